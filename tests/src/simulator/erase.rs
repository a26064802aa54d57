//! People ask to be forgotten: somebody erases a contact, at any moment, whatever else is going on.

use std::rc::Rc;

use device::memory::finish;
use device::sync::LinkEvent;
use device::{Confirmation, EraseError, ErasureState, StorageError, Table};
use handbook::records::Contact;
use handbook::{DocumentId, Record, RecordKey, Stamp};
use uuid::Uuid;
use wire::{Role, RowBody};

use super::check;
use super::ledger::{Asked, Told};
use super::profile::Profile;
use super::tab::{Own, Tab};
use super::witness::Verdict;
use super::world::World;

/// An owner erases somebody.
pub(super) fn ask(world: &Rc<World>, tab: &Rc<Tab>, device: &Rc<Own>) {
    if device.role() != Some(Role::Owner) {
        return;
    }
    let contacts = device.model().rows(Contact::KIND);
    let Some((document, row)) = world.dice.pick_early(&contacts) else { return };
    let name = row.get("family_name").as_text().unwrap_or_default().to_owned();
    let (world, tab, device) = (Rc::clone(world), Rc::clone(tab), Rc::clone(device));
    let task = erase(Rc::clone(&world), Rc::clone(&tab), device, document, row.key(), name);
    world.spawn(&tab, task);
}

async fn erase(
    world: Rc<World>,
    tab: Rc<Tab>,
    device: Rc<Own>,
    document: DocumentId,
    key: RecordKey,
    name: String,
) {
    let command = Uuid::from_bytes(world.dice.seed().first_chunk().copied().unwrap_or_default());
    let (member, at) = (device.member().0, world.moment());
    let stamp = Stamp { member, at, command, batch: None, what: "erase" };
    let asked = Asked { document, key, name, by: tab.profile.index, told: Told::Nothing };
    let number = world.ledger.borrow_mut().ask(asked);
    world.note(format!("{}: erase {key}", tab.name()));
    let told = match device.erase(&[document], &[key], stamp).await {
        Ok(()) => {
            world.count("erasures asked for");
            tab.tell(LinkEvent::Dirty);
            world.tell_others(&tab, &[]);
            Told::Saved
        }
        Err(EraseError::Load(device::LoadError::Storage(StorageError::Unknown(_)))) => {
            world.look_again(&tab);
            Told::Nothing
        }
        Err(error) => {
            world.note(format!("{}: not erased: {error}", tab.name()));
            world.count("erasures refused");
            Told::Refused
        }
    };
    world.note(format!("{}: erase {key}: {told:?}", tab.name()));
    world.ledger.borrow_mut().answer(number, told);
}

/// Whether an erasure still waits on this device that it may carry out.
pub(super) fn waits(profile: &Profile) -> bool {
    let asked = profile.memory().peek(Table::Local).keys().any(|key| key.starts_with("erasing/"));
    asked && is_owner(profile)
}

/// Whether the device may carry an erasure out. Who may no more leaves theirs waiting.
fn is_owner(profile: &Profile) -> bool {
    let device = check::open(&profile.memory(), profile);
    device.is_ok_and(|device| device.role() == Some(Role::Owner))
}

fn erasures(profile: &Profile) -> Verdict<Vec<ErasureState>> {
    let device = check::open(&profile.memory(), profile)?;
    finish(device.erasures()).map_err(|error| ("what is erased is nowhere", error.to_string()))
}

/// Who was to be erased is nowhere, every device has said so, and nobody else is gone.
pub(super) fn is_done(world: &World, profiles: &[Rc<Profile>]) -> Verdict {
    const RULE: &str = "what is erased is nowhere";
    let here: Vec<&Rc<Profile>> = profiles.iter().filter(|it| !it.gone.get()).collect();
    let Some(first) = here.first() else { return Ok(()) };
    let states = erasures(first)?;
    // A life of the log that never had the document has nothing to be told: whoever carried it out knows alone.
    let mut known = Vec::new();
    for profile in &here {
        known.extend(erasures(profile)?.into_iter().filter(|it| it.begun.is_some()));
    }
    let keys: Vec<_> = here.iter().filter_map(|profile| profile.key()).collect();
    for state in &states {
        let waiting = state
            .devices
            .iter()
            .find(|(key, confirmed)| *confirmed == Confirmation::Waiting && keys.contains(key));
        if (state.begun.is_none() && is_owner(first)) || waiting.is_some() {
            let what = format!("{state:?} as {} sees it", first.name);
            return Err(("every device confirms an erasure", what));
        }
    }
    let done = |document, key| {
        known.iter().any(|it| it.document == document && it.subjects.contains(&key))
    };
    let asked = world.ledger.borrow().asked.clone();
    let mut names = Vec::new();
    for Asked { document, key, name, by, told } in asked {
        let may = profiles.get(by).is_some_and(|it| !it.gone.get() && is_owner(it));
        if done(document, key) {
            names.push(name);
        } else if told == Told::Saved && may {
            return Err(("an erasure that was asked for is done", key.to_string()));
        }
    }
    world.count_many("erasures at the end", states.len() as u64);
    world.count_many("receipts at the end", states.iter().map(|it| it.devices.len() as u64).sum());
    for profile in &here {
        for (place, text) in texts(profile)? {
            if let Some(name) = names.iter().find(|name| contains(&text, name)) {
                return Err((RULE, format!("{name} is in {place} of {}", profile.name)));
            }
        }
    }
    let Some(pulled) = world.relay.borrow().rows(0) else { return Ok(()) };
    for row in &pulled.rows {
        let RowBody::Whole(bytes) = &row.body else { continue };
        for text in world.witness.borrow().texts(row.kind, bytes)? {
            if let Some(name) = names.iter().find(|name| contains(&text, name)) {
                return Err((RULE, format!("{name} is in row {} of the relay", row.seq)));
            }
        }
    }
    Ok(())
}

/// All that a device has stored, as plain as it gets.
fn texts(profile: &Profile) -> Verdict<Vec<(String, Vec<u8>)>> {
    const RULE: &str = "what is stored can be read";
    let mut texts = Vec::new();
    for table in Table::ALL {
        for (key, value) in profile.memory().peek(table) {
            let place = format!("{}/{key}", table.name());
            if table == Table::Bytes && key.contains("/snapshot/") {
                let document = handbook::document::load(&value);
                let document = document.map_err(|error| (RULE, error.to_string()))?;
                for change in document.get_changes(&[]) {
                    texts.push((place.clone(), change.raw_bytes().to_vec()));
                }
            }
            texts.push((place, [key.as_bytes(), &value].concat()));
        }
    }
    Ok(texts)
}

fn contains(text: &[u8], name: &str) -> bool {
    !name.is_empty() && text.windows(name.len()).any(|part| part == name.as_bytes())
}
