//! What a person can ask for in an open space.

use std::rc::Rc;

use handbook::deeds::{self, Deed};
use leptos::prelude::Set;

use super::space::Space;
use crate::{
    texts::error::Told,
    ui::{
        model::Done,
        state::{Trouble, Write},
    },
};

/// Changes one document, and remembers it for taking it back.
pub(super) async fn write(
    space: Rc<Space>,
    write: Write,
) -> Result<Vec<handbook::RecordKey>, Trouble> {
    let Write { document, ops, what } = write;
    space.allowed(&ops)?;
    let mut stamp = space.stamp(what, None);
    if let Some(command) = space.deeds.borrow().goes_on(document, &ops, &stamp) {
        stamp.command = command;
    }
    let mut deed = Deed::new(document, &ops, &stamp);
    let offered =
        deeds::weighs(&ops).then(|| Done { command: stamp.command, told: deed.told.clone() });
    let edits = space.routed(document, ops, &stamp);
    deed.parts = edits.iter().map(|edit| (edit.document, stamp.command)).collect();
    let keys = space.write(edits).await.map_err(trouble)?;
    if !keys.is_empty() {
        space.deeds.borrow_mut().did(deed);
        if offered.is_some() {
            space.app.done.set(offered);
        }
    }
    Ok(keys)
}

/// Keeps what is being typed under a name, on this device only.
pub(super) async fn keep_draft(
    space: Rc<Space>,
    name: String,
    text: String,
) -> Result<(), Trouble> {
    let value = (!text.is_empty()).then(|| text.into_bytes());
    space.device.set_setting(&format!("draft/{name}"), value).await.map_err(trouble)
}

/// What was being typed under a name.
pub(super) async fn draft(space: Rc<Space>, name: String) -> Result<String, Trouble> {
    let value = space.device.setting(&format!("draft/{name}")).await.map_err(trouble)?;
    Ok(value.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default())
}

/// An error in words for people.
pub(super) fn trouble(error: impl Told) -> Trouble {
    Trouble(error.told())
}
