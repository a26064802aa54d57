//! What the attention rules need of one client, read from the hot columns.

use chrono::NaiveDate;
use device::model::{Cell, Model, Records};
use handbook::typed::Choice;
use handbook::{
    DocumentId, Home, Kind, Record, RecordId, Row, Sentence, Words,
    attention::{self, Facts, Touch},
    lifecycles::complaint::{LIFECYCLE, State},
    records::{
        Assignment, ClientStatus, Complaint, Complexity, Direction, Function, Promise,
        PromiseState, Role, Touchpoint,
    },
};

use crate::texts::title_of;

/// Everything the rules look at, for one client on `today`.
pub(super) fn facts(model: &Model, document: DocumentId, client: &Row, today: NaiveDate) -> Facts {
    let rows = |kind: &'static Kind| living(model, document, kind);
    let complaints = rows(Complaint::KIND);
    let mut two_versions = Vec::new();
    for kind in handbook::kinds().filter(|kind| kind.home == Home::Client) {
        conflicts(model, document, kind, &mut two_versions);
    }
    Facts {
        living: is_living(client),
        since: client.created.at.local().map(|local| local.date()),
        touches: model
            .records_in(document, Touchpoint::KIND)
            .map(|records| touches(&records))
            .unwrap_or_default(),
        promises: rows(Promise::KIND).iter().filter_map(promise).collect(),
        complaints: complaints.iter().filter_map(complaint).collect(),
        account_managers: rows(Assignment::KIND)
            .iter()
            .filter(|row| is_account_manager(row, today))
            .count(),
        two_versions,
    }
}

/// Whether a relationship lives, so that silence in it means something.
pub(super) fn is_living(client: &Row) -> bool {
    let status =
        client.get("status").as_text().and_then(ClientStatus::from_key).unwrap_or_default();
    matches!(status, ClientStatus::PreContract | ClientStatus::Active)
}

/// The records of a kind in one document that are not gone.
pub(super) fn living(model: &Model, document: DocumentId, kind: &'static Kind) -> Vec<Row> {
    let records = model.records_in(document, kind);
    records
        .map(|records| records.living().into_iter().map(|(_, row)| row).collect())
        .unwrap_or_default()
}

/// Whether the assignment names an account manager on that day.
pub(super) fn is_account_manager(row: &Row, today: NaiveDate) -> bool {
    holds(row, Role::AccountManager, today)
}

/// Whether the assignment gives that role, for the whole client, on that day.
pub(super) fn holds(row: &Row, role: Role, today: NaiveDate) -> bool {
    let begun = row.get("from").as_date().is_none_or(|from| from <= today);
    let ended = row.get("until").as_date().is_some_and(|until| until < today);
    let here = row.get("role").as_text().and_then(Role::from_key) == Some(role);
    here && begun && !ended && row.get("engagement").is_empty()
}

/// All touchpoints of a client, read column by column: a busy client has hundreds.
pub(super) fn touches(records: &Records) -> Vec<Touch> {
    let (Some(at), Some(function)) = (records.column("at"), records.column("function")) else {
        return Vec::new();
    };
    let mut direction = records.column("direction");
    let mut found = Vec::with_capacity(records.len());
    for (place, (at, function)) in at.zip(function).enumerate() {
        let direction = direction.as_mut().and_then(Iterator::next).unwrap_or(Cell::Empty);
        if records.is_gone(place) {
            continue;
        }
        let function = function.as_text().and_then(Function::from_key);
        let index =
            function.and_then(|function| Function::ALL.iter().position(|known| *known == function));
        if let (Some(on), Some(function)) =
            (at.as_date(), index.and_then(|index| u8::try_from(index).ok()))
        {
            // A touchpoint without a direction was logged in person: both spoke.
            let two_way = direction.as_text().is_none_or(|key| key == Direction::TwoWay.key());
            found.push(Touch { function, on, two_way });
        }
    }
    found
}

fn promise(row: &Row) -> Option<attention::Promise> {
    let state = row.get("state").as_text().and_then(PromiseState::from_key).unwrap_or_default();
    if state == PromiseState::Withdrawn {
        return None;
    }
    Some(attention::Promise {
        id: row.id,
        text: title_of(row),
        due: row.get("due").as_date()?,
        made: row.get("made_on").as_date(),
        kept: matches!(state, PromiseState::Kept | PromiseState::Late),
        broken: state == PromiseState::Broken,
        by: row.get("by").as_link().map(|id| id.bytes()),
    })
}

fn complaint(row: &Row) -> Option<attention::Complaint> {
    let state = state(row);
    Some(attention::Complaint {
        id: row.id,
        number: name(row),
        received: row.get("received").as_date()?,
        due: row.get("respond_due").as_date(),
        responded: !row.get("response_sent").is_empty(),
        open: is_open(&state),
        captured: state == State::Captured.key(),
        complex: row.get("complexity").as_text() == Some(Complexity::Complex.key()),
        owner: row.get("owner").as_link().map(|id| id.bytes()),
    })
}

/// A record's number, else what people call it.
fn name(row: &Row) -> Sentence {
    let number = row.get("number").as_text().filter(|number| !number.is_empty());
    number.map_or_else(|| row.named(), |number| Sentence::new(number, number))
}

/// The complaint's state: the fold of its transitions.
pub(super) fn state(row: &Row) -> String {
    LIFECYCLE.standing(row).shown().to_owned()
}

/// Whether a complaint in this state still waits for something; a state of a newer version counts as open.
pub(super) fn is_open(state: &str) -> bool {
    State::from_key(state).is_none_or(State::is_open)
}

fn conflicts(
    model: &Model,
    document: DocumentId,
    kind: &'static Kind,
    found: &mut Vec<(Sentence, Words, &'static str, RecordId)>,
) {
    let Some(records) = model.records_in(document, kind) else { return };
    for place in (0..records.len()).filter(|place| records.has_two_versions(*place)) {
        let Some(row) = records.row(place).filter(|row| !row.gone) else { continue };
        let name = name(&row);
        for field in row.two_versions.iter().filter_map(|index| kind.fields.get(*index)) {
            found.push((name.clone(), field.label, kind.key, row.id));
        }
    }
}
