//! Many records at once: a batch over several documents, taking it back, and what lies in the trash.

use std::{collections::BTreeSet, rc::Rc};

use device::Edit;
use handbook::{
    DocumentId, Op, RecordKey, Row, Stamp,
    deeds::Deed,
    document::{Entry, Event, Undo},
};
use uuid::Uuid;

use super::{acts::trouble, now, space::Space};
use crate::{
    platform::timer::Breath,
    texts::{error::Told, list as t, title_of},
    ui::{
        model::{Batch, JOIN_CONTACTS, TakenBack, Trashed},
        state::Trouble,
    },
};

/// Documents written in one transaction: as many as a tablet writes in a breath.
pub(super) const AT_ONCE: usize = 50;

/// Writes to many documents as one command, remembered for taking all of it back, also where it stopped half-way. Answers
/// with its name.
pub(super) async fn write(space: Rc<Space>, batch: Batch) -> Result<Uuid, Trouble> {
    let name = now::uuid();
    let all: Vec<Op> = batch.writes.iter().flat_map(|(_, ops)| ops.iter().cloned()).collect();
    space.allowed(&all)?;
    let stamp = Stamp { command: name, ..space.stamp(batch.what, Some(name)) };
    let writes = batch.writes.into_iter();
    let edits: Vec<Edit> =
        writes.flat_map(|(document, ops)| space.routed(document, ops, &stamp)).collect();
    let total = edits.len();
    let mut edits = edits.into_iter();
    let mut done = Vec::with_capacity(total);
    let mut stopped = None;
    loop {
        let part: Vec<Edit> = edits.by_ref().take(AT_ONCE).collect();
        if part.is_empty() {
            break;
        }
        let documents: Vec<DocumentId> = part.iter().map(|edit| edit.document).collect();
        if let Err(error) = space.write(part).await {
            stopped = Some(Trouble(t::batch_stopped(done.len(), total, &error.told())));
            break;
        }
        done.extend(documents);
    }
    if !done.is_empty() {
        space.deeds.borrow_mut().did(Deed::over(done, &all, name));
    }
    stopped.map_or(Ok(name), Err)
}

/// Takes back what a batch wrote into these documents and nobody changed since. If it was done in this tab, it can be done
/// again.
pub(super) async fn undo(
    space: Rc<Space>,
    (batch, documents): (Uuid, Vec<DocumentId>),
) -> Result<TakenBack, Trouble> {
    let deed = space.deeds.borrow_mut().undo(Some(batch));
    let mut undone = TakenBack::default();
    let taken = take_back(&space, batch, &documents, "undo", &mut undone).await;
    let mut deeds = space.deeds.borrow_mut();
    match (taken, deed) {
        (Ok(parts), Some(deed)) if !parts.is_empty() => deeds.put_undone(deed.by(parts)),
        (Ok(_), _) => {}
        (Err(why), deed) => {
            if let Some(deed) = deed {
                deeds.put(deed);
            }
            return Err(Trouble(t::undo_stopped(undone.taken, &why)));
        }
    }
    Ok(undone)
}

/// Takes a batch back, adding up what was done even if it stops half-way; the reason then. Answers with the commands that
/// did it.
pub(super) async fn take_back(
    space: &Rc<Space>,
    batch: Uuid,
    documents: &[DocumentId],
    what: &'static str,
    undone: &mut TakenBack,
) -> Result<Vec<(DocumentId, Uuid)>, String> {
    let undoing = now::uuid();
    let mut parts = Vec::new();
    let documents: BTreeSet<DocumentId> =
        documents.iter().flat_map(|document| space.whole(*document)).collect();
    let documents: Vec<DocumentId> = documents.into_iter().collect();
    for part in documents.chunks(AT_ONCE) {
        let mut edits = Vec::new();
        let mut of_part = 0;
        for document in part {
            let inverse = space.device.undo(*document, Undo::Batch(batch)).await;
            let inverse = inverse.map_err(|error| error.told())?;
            let whole: BTreeSet<RecordKey> = inverse.ops.iter().map(|op| op.key()).collect();
            of_part += whole.iter().filter(|key| !inverse.kept.contains(key)).count();
            undone.kept.extend(inverse.kept.iter().filter_map(|key| {
                let row = space.device.model().row(*document, *key)?;
                Some(title_of(&row))
            }));
            if !inverse.ops.is_empty() {
                let stamp = Stamp { command: undoing, ..space.stamp(what, Some(undoing)) };
                parts.push((*document, undoing));
                edits.push(Edit { document: *document, ops: inverse.ops, stamp });
            }
        }
        if !edits.is_empty() {
            space.write(edits).await.map_err(|error| error.told())?;
        }
        undone.taken += of_part;
    }
    Ok(parts)
}

/// Whole rows, notes and prose included, of each of these clients with all that is part of it.
pub(super) async fn whole(
    space: Rc<Space>,
    documents: Vec<DocumentId>,
) -> Result<Vec<(DocumentId, Vec<Row>)>, Trouble> {
    let mut found = Vec::new();
    let mut breath = Breath::begin();
    for document in documents {
        let mut rows = Vec::new();
        for part in space.whole(document) {
            rows.extend(space.device.rows(part).await.map_err(trouble)?);
        }
        found.push((document, rows));
        breath.take().await;
    }
    Ok(found)
}

/// Everything that was deleted, the latest first.
pub(super) async fn trash(space: Rc<Space>) -> Result<Vec<Trashed>, Trouble> {
    let model = space.device.model();
    let mut found = Vec::new();
    let mut breath = Breath::begin();
    for document in model.documents() {
        let kinds =
            handbook::kinds().filter(|kind| !kind.singleton && kind.home == document.home());
        for kind in kinds {
            let Some(records) = model.records_in(document, kind) else { continue };
            for place in (0..records.len()).filter(|place| records.is_gone(*place)) {
                let Some(row) = records.row(place) else { continue };
                let history = space.device.history(document, row.key(), usize::MAX).await;
                let history = history.map_err(trouble)?;
                found.push(trashed(&space, document, row, &history.entries));
            }
        }
        breath.take().await;
    }
    found.sort_by_key(|trashed| std::cmp::Reverse(trashed.at.map_or(0, |at| at.ms)));
    Ok(found)
}

fn trashed(space: &Space, document: DocumentId, row: Row, history: &[Entry]) -> Trashed {
    let deleted = history.iter().find(|entry| entry.event == Event::Deleted);
    Trashed {
        document,
        client: space.client_name(document),
        by: deleted.and_then(|entry| entry.by),
        at: deleted.map(|entry| entry.at),
        batch: deleted.filter(|entry| entry.what == JOIN_CONTACTS).and_then(|entry| entry.batch),
        row,
    }
}
