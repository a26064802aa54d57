//! The attention list and what falls due, as pages show them.

use chrono::{Days, NaiveDate};
use device::model::Model;
use handbook::typed::Choice;
use handbook::{
    DocumentId, Op, Record, RecordKey, Row, Value,
    attention::{self, Reason, Setting},
    figures::clocks::response_due,
    records::{Action, ActionState, Client, Complaint, Complexity, Promise, PromiseState},
};

use super::facts::{self, living};
use crate::{
    texts::{complaint, say, title_of},
    ui::model::{DueItem, Place},
};

/// How far ahead "due this week" looks.
const AHEAD_DAYS: u64 = 7;

/// One client's reasons, from all documents that are read as it, the most pressing first; those laid aside are left out.
pub(super) fn of_client(
    model: &Model,
    documents: &[DocumentId],
    client: &Row,
    setting: &Setting,
) -> Vec<Reason> {
    let facts = facts::facts(model, documents, client, setting.today);
    attention::reasons(&facts, setting).open
}

/// Promises, actions and complaint clocks in one document of a client that fall due until a week from today, late ones included.
pub(super) fn due(
    model: &Model,
    document: DocumentId,
    client: &Row,
    setting: &Setting,
) -> Vec<DueItem> {
    let until = setting.today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(setting.today);
    let title = title_of(client);
    let name = short_client(&title);
    let place = |row: &Row| Place::Record(document, row.key());
    let mut items = Vec::new();
    for row in living(model, document, Promise::KIND) {
        let open = row.get("state").as_text().and_then(PromiseState::from_key).unwrap_or_default()
            == PromiseState::Made;
        if let Some(on) = row.get("due").as_date().filter(|on| open && *on <= until) {
            let kept = if setting.today > on { PromiseState::Late } else { PromiseState::Kept };
            let done = set(row.key(), "state", Value::Choice(kept.key().into()));
            let detail = format!("{}, {name}", say(Promise::KIND.one));
            items.push(DueItem {
                on,
                text: title_of(&row),
                detail,
                place: place(&row),
                done: Some((document, done)),
            });
        }
    }
    for row in living(model, document, Action::KIND) {
        let state = row.get("state").as_text().and_then(ActionState::from_key).unwrap_or_default();
        let open = matches!(state, ActionState::Open | ActionState::UnderWay);
        if let Some(on) = row.get("due").as_date().filter(|on| open && *on <= until) {
            let done = set(row.key(), "state", Value::Choice(ActionState::Done.key().into()));
            let detail = format!("{}, {name}", say(Action::KIND.one));
            items.push(DueItem {
                on,
                text: title_of(&row),
                detail,
                place: place(&row),
                done: Some((document, done)),
            });
        }
    }
    for row in living(model, document, Complaint::KIND) {
        if !row.get("response_sent").is_empty() || !facts::is_open(&facts::state(&row)) {
            continue;
        }
        let Some(on) = respond_by(&row, setting).filter(|on| *on <= until) else { continue };
        let number = row.get("number").as_text().unwrap_or_default();
        let text = complaint::respond_to(number, &title_of(&row));
        items.push(DueItem {
            on,
            text,
            detail: format!("{}, {name}", say(Complaint::KIND.one)),
            place: place(&row),
            done: None,
        });
    }
    items
}

/// The day by which a complaint is to be answered: the one somebody set, else the procedure's.
pub(super) fn respond_by(complaint: &Row, setting: &Setting) -> Option<NaiveDate> {
    complaint.get("respond_due").as_date().or_else(|| {
        let complex = complaint.get("complexity").as_text() == Some(Complexity::Complex.key());
        let received = complaint.get("received").as_date()?;
        Some(response_due(received, complex, setting.targets, &setting.calendar))
    })
}

fn set(key: RecordKey, field: &'static str, value: Value) -> Op {
    Op::Set { key, field, value }
}

/// The first word of a client's name, for the narrow margin list.
fn short_client(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// Every client that is not gone or archived.
pub(super) fn clients(model: &Model) -> Vec<Row> {
    let rows = model.rows(Client::KIND).into_iter().map(|(_, row)| row);
    rows.filter(|row| row.get("status").as_text() != Some("archived")).collect()
}
