//! What people do: one command after another, on what they see at that moment.

mod choose;

use std::rc::Rc;

use device::{Edit, WriteError, Written};
use handbook::Stamp;
use uuid::Uuid;

use super::ledger::Told;
use super::life;
use super::tab::{Own, Tab};
use super::world::World;
use choose::{Chooser, Command};

/// Somebody does something in this tab, whatever comes to mind.
pub(super) async fn edit(world: Rc<World>, tab: Rc<Tab>, device: Rc<Own>) {
    let Some(command) = Chooser::new(&world, &device).command().await else { return };
    give(&world, &tab, &device, command).await;
}

/// The person gives the command, and hears what became of it.
async fn give(world: &World, tab: &Tab, device: &Own, command: Command) {
    let Command { what, edits, certain, makes } = command;
    let id = Uuid::from_bytes(world.dice.seed().first_chunk().copied().unwrap_or_default());
    let member = device.member().0;
    let stamp = Stamp { member, at: world.moment(), command: id, batch: None, what };
    let documents =
        if certain { edits.iter().map(|(document, _)| *document).collect() } else { Vec::new() };
    world.ledger.borrow_mut().begin(id, tab.profile.index, documents, makes);
    world.note(format!("{}: {what}", tab.name()));

    let edits = edits
        .into_iter()
        .map(|(document, ops)| Edit { document, ops, stamp: stamp.clone() })
        .collect();
    let written = device.write_many(edits).await;
    let told = match written {
        Ok(Written { changed }) => {
            world.count("commands saved");
            tab.tell(device::sync::LinkEvent::Dirty);
            life::tell_others(world, tab, &changed);
            Told::Saved
        }
        Err(error) => hear(world, tab, &error),
    };
    world.note(format!("{}: {what}: {told:?}", tab.name()));
    world.ledger.borrow_mut().tell(id, told);
    if told == Told::Saved {
        world.judge(is_durable(world, tab, id));
    }
}

/// I2: what is shown as saved is durable at that moment.
fn is_durable(world: &World, tab: &Tab, command: Uuid) -> Result<(), (&'static str, String)> {
    let ledger = world.ledger.borrow();
    let Some(promise) = ledger.promises.get(&command) else { return Ok(()) };
    let found = world.witness.borrow().documents_of(tab.profile.index, command).len();
    if found >= promise.documents.len() {
        return Ok(());
    }
    let what = format!("{}: {command} in {found} of {}", tab.name(), promise.documents.len());
    Err(("I2: what is shown as saved is durable", what))
}

fn hear(world: &World, tab: &Tab, error: &WriteError) -> Told {
    world.note(format!("{}: not saved: {error}", tab.name()));
    match error {
        WriteError::Storage(device::StorageError::Unknown(_)) => {
            world.count("commands of unknown fate");
            world.look_again(tab);
            return Told::Nothing;
        }
        // A tab that missed a notice works on what it sees; a reader may not write.
        WriteError::Content(_) | WriteError::NotAllowed | WriteError::NoDocument(_) => {
            world.count("commands that did not fit any more");
        }
        WriteError::Storage(_) | WriteError::Load(device::LoadError::Storage(_)) => {
            world.count("commands that the storage refused");
        }
        WriteError::Rejected(_) | WriteError::Load(_) => {
            world.fail("what people do passes the check", format!("{}: {error}", tab.name()));
        }
    }
    Told::Refused
}
