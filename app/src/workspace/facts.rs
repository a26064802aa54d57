//! What the attention rules need of one client, read from the hot columns.

use chrono::NaiveDate;
use device::model::{Cell, Model, Records};
use handbook::typed::Choice;
use handbook::{
    DocumentId, Home, Kind, Record, RecordId, Row, Sentence, Words,
    attention::{Facts, Touch},
    figures::{promises::KeptRate, rollout_gate::Rollouts},
    lifecycles::{
        complaint::{LIFECYCLE, State},
        rollout,
    },
    records::{Client, Direction, Function, Rollout, Touchpoint},
};

/// Everything the rules and the agenda look at, for one client on `today`, in all documents that are read as it. Where a contact stood before
/// (`stances_before`) is only in the document's history, which is not read here.
pub(super) fn facts(
    model: &Model,
    documents: &[DocumentId],
    client: &Row,
    today: NaiveDate,
) -> Facts {
    let mut rows = Vec::new();
    let mut two_versions = Vec::new();
    let mut touched = Vec::new();
    for document in documents {
        for kind in handbook::kinds().filter(|kind| kind.home == Home::Client) {
            conflicts(model, *document, kind, &mut two_versions);
            if kind.key != Client::KEY && kind.key != Touchpoint::KEY {
                rows.extend(living(model, *document, kind));
            }
        }
        let records = model.records_in(*document, Touchpoint::KIND);
        touched.extend(records.iter().flat_map(touches));
    }
    let touches = touched;
    let read = Facts::from_rows(client, &rows, today);
    let firm_rollouts = (!read.rollouts.is_empty()).then(|| firm_rollouts(model));
    Facts { touches, two_versions, firm_rollouts, ..read }
}

/// The firm's rollouts over all clients, as far as the rule about too many pilots looks at them: delivery and trouble
/// are left out.
fn firm_rollouts(model: &Model) -> Rollouts {
    let rows = model.rows(Rollout::KIND).into_iter();
    let state = |row: &Row| {
        rollout::State::from_key(rollout::LIFECYCLE.standing(row).shown())
            .map(|state| (state, false))
    };
    Rollouts::count(rows.filter_map(|(_, row)| state(&row)), KeptRate { kept: 0, due: 0 })
}

/// The records of a kind in one document that are not gone.
pub(super) fn living(model: &Model, document: DocumentId, kind: &'static Kind) -> Vec<Row> {
    let records = model.records_in(document, kind);
    records
        .map(|records| records.living().into_iter().map(|(_, row)| row).collect())
        .unwrap_or_default()
}

/// All touchpoints of a client, read column by column: a busy client has hundreds.
pub(super) fn touches(records: &Records) -> Vec<Touch> {
    let (Some(at), Some(function)) = (records.column("at"), records.column("function")) else {
        return Vec::new();
    };
    let mut direction = records.column("direction");
    let mut contacts = records.column("contacts");
    let mut members = records.column("members");
    let mut found = Vec::with_capacity(records.len());
    for (place, (at, function)) in at.zip(function).enumerate() {
        let direction = next(&mut direction);
        let contacts = links(next(&mut contacts));
        let members = links(next(&mut members));
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
            let id = records.id(place);
            found.push(Touch { id, function, on, two_way, contacts, members });
        }
    }
    found
}

/// The next cell of a column that may be missing.
fn next<'a>(column: &mut Option<impl Iterator<Item = Cell<'a>>>) -> Cell<'a> {
    column.as_mut().and_then(Iterator::next).unwrap_or(Cell::Empty)
}

/// The records that a set of links names.
fn links(cell: Cell<'_>) -> Vec<RecordId> {
    match cell {
        Cell::Many(members) => members.iter().filter_map(|member| member.as_link()).collect(),
        _ => Vec::new(),
    }
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
