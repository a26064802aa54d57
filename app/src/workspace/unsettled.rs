//! Records that wait for somebody to decide: two versions of a field, or two states at once.

use std::rc::Rc;

use device::model::{Model, Records};
use handbook::{DocumentId, Record, Row, lifecycles, records::Client};

use super::space::Space;
use crate::ui::state::Placed;

/// All of them, the firm's first, then by the client's name. What a document holds is remembered until it changes.
pub(super) fn all(space: &Rc<Space>) -> Vec<Placed> {
    let model = space.device.model();
    let mut found: Vec<(String, Placed)> = Vec::new();
    for document in model.documents() {
        let known = space.memory.borrow().unsettled.get(&document).map(Rc::clone);
        let rows = known.unwrap_or_else(|| {
            let made = Rc::new(of_document(&model, document));
            space.memory.borrow_mut().unsettled.insert(document, Rc::clone(&made));
            made
        });
        if !rows.is_empty() {
            // They are met on the pages that show them; a client's own record is always its own.
            let shown = space.shown_in(document);
            let client = space.client_name(shown).unwrap_or_default();
            let placed = |row: &Row| {
                let document = if row.kind == Client::KIND { document } else { shown };
                (client.clone(), Placed { document, row: row.clone() })
            };
            found.extend(rows.iter().map(placed));
        }
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    found.into_iter().map(|(_, placed)| placed).collect()
}

fn of_document(model: &Model, document: DocumentId) -> Vec<Row> {
    let kinds = handbook::kinds().filter(|kind| kind.home == document.home());
    let records = kinds.filter_map(|kind| model.records_in(document, kind));
    records.flat_map(|records| of_kind(&records)).collect()
}

/// Only the columns that tell are read; a row is made of those that were found.
fn of_kind(records: &Records) -> Vec<Row> {
    let mut places: Vec<usize> =
        (0..records.len()).filter(|place| records.has_two_versions(*place)).collect();
    let life = records.kind().lifecycle;
    if let Some(steps) = life.and_then(|life| records.column(life.field)) {
        for (place, cell) in steps.enumerate() {
            if lifecycles::latest(cell.to_value().facts()).nth(1).is_some() {
                places.push(place);
            }
        }
    }
    places.sort_unstable();
    places.dedup();
    let rows = places.into_iter().filter_map(|place| records.row(place));
    rows.filter(|row| !row.gone && waits(row)).collect()
}

/// Two devices may have taken the same step apart: then nothing is to be decided.
fn waits(row: &Row) -> bool {
    let parted = || {
        let life = row.kind.lifecycle;
        life.is_some_and(|life| matches!(life.standing(row), lifecycles::Standing::Parted(_)))
    };
    !row.two_versions.is_empty() || parted()
}
