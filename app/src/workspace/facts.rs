//! What the attention rules need of one client, read from the hot columns.

use chrono::NaiveDate;
use device::model::{Cell, Model, Records};
use handbook::typed::Choice;
use handbook::{
    DocumentId, Record, RecordId, Row, Sentence, Words,
    attention::{Facts, Touch},
    figures::{promises::KeptRate, rollout_gate::Rollouts},
    lifecycles::rollout,
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
    let mut touches = Vec::new();
    let mut two_versions = Vec::new();
    for document in documents {
        for records in model.all_in(*document) {
            conflicts(&records, &mut two_versions);
            match records.kind().key {
                Client::KEY => {}
                Touchpoint::KEY => touches.extend(touches_of(&records)),
                _ => rows.extend(records.living().into_iter().map(|(_, row)| row)),
            }
        }
    }
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

/// All touchpoints of a client, read column by column: a busy client has hundreds.
fn touches_of(records: &Records) -> Vec<Touch> {
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

fn conflicts(records: &Records, found: &mut Vec<(Sentence, Words, &'static str, RecordId)>) {
    let kind = records.kind();
    for place in (0..records.len()).filter(|place| records.has_two_versions(*place)) {
        let Some(row) = records.row(place).filter(|row| !row.gone) else { continue };
        let name = name(&row);
        for field in row.two_versions.iter().filter_map(|index| kind.fields.get(*index)) {
            found.push((name.clone(), field.label, kind.key, row.id));
        }
    }
}
