//! Taking back what this person did in this tab, and doing it again. Both are new edits: what somebody changed since stays.

use std::{collections::BTreeSet, rc::Rc};

use device::Edit;
use handbook::{DocumentId, deeds::Deed, document::Undo};
use uuid::Uuid;

use super::{acts::trouble, many::AT_ONCE, space::Space};
use crate::{
    texts::title_of,
    ui::{model::Undone, state::Trouble},
};

/// The commands that turned a deed back, and what the records are called in which something stays.
type Turned = (Vec<(DocumentId, Uuid)>, Vec<String>);

/// Takes back the deed of that command, else the last one.
pub(super) async fn undo(
    space: Rc<Space>,
    command: Option<Uuid>,
) -> Result<Option<Undone>, Trouble> {
    let Some(deed) = space.deeds.borrow_mut().undo(command) else { return Ok(None) };
    match turn(&space, &deed, "undo").await {
        Ok((parts, kept)) => {
            let undone = undone(&deed, &parts, kept);
            if undone.changed {
                space.deeds.borrow_mut().put_undone(deed.by(parts));
            }
            Ok(Some(undone))
        }
        Err(trouble) => {
            space.deeds.borrow_mut().put(deed);
            Err(trouble)
        }
    }
}

/// Does again what was taken back last.
pub(super) async fn redo(space: Rc<Space>) -> Result<Option<Undone>, Trouble> {
    let Some(deed) = space.deeds.borrow_mut().redo() else { return Ok(None) };
    match turn(&space, &deed, "redo").await {
        Ok((parts, kept)) => {
            let undone = undone(&deed, &parts, kept);
            if undone.changed {
                space.deeds.borrow_mut().put(deed.by(parts));
            }
            Ok(Some(undone))
        }
        Err(trouble) => {
            space.deeds.borrow_mut().put_undone(deed);
            Err(trouble)
        }
    }
}

fn undone(deed: &Deed, parts: &[(DocumentId, Uuid)], kept: Vec<String>) -> Undone {
    Undone { told: deed.told.clone(), changed: !parts.is_empty(), kept }
}

/// Writes the inverse of a deed, over all its documents.
async fn turn(space: &Rc<Space>, deed: &Deed, what: &'static str) -> Result<Turned, Trouble> {
    let stamp = space.stamp(what, None);
    let (mut edits, mut kept) = (Vec::new(), BTreeSet::new());
    for (document, command) in &deed.parts {
        let inverse =
            space.device.undo(*document, Undo::Command(*command)).await.map_err(trouble)?;
        kept.extend(inverse.kept.iter().map(|key| (*document, *key)));
        if !inverse.ops.is_empty() {
            edits.push(Edit { document: *document, ops: inverse.ops, stamp: stamp.clone() });
        }
    }
    let parts = edits.iter().map(|edit| (edit.document, stamp.command)).collect();
    while !edits.is_empty() {
        let rest = edits.split_off(edits.len().min(AT_ONCE));
        space.write(std::mem::replace(&mut edits, rest)).await.map_err(trouble)?;
    }
    let model = space.device.model();
    let name = |(document, key)| {
        let row = model.row(document, key);
        row.map(|row| title_of(&row)).filter(|name| !name.is_empty())
    };
    Ok((parts, kept.into_iter().filter_map(name).collect()))
}
