//! What must hold once the team is at rest, and what can be checked of a device at any moment.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use device::doc_state::DocState;
use device::memory::{Memory, OpenVault, finish};
use device::{Device, OpenError, Opening, Table};
use handbook::records::Complaint;
use handbook::{DocumentId, Record, Row};
use replica::{DeviceSecrets, KeyRing, Lost, unlock};
use wire::{Epoch, Hash, RowBody, RowKind, Tag};

use super::erase;
use super::ledger::{Ledger, Made, Told};
use super::profile::Profile;
use super::witness::{ChangeHash, Verdict};
use super::world::World;

/// Everything that must hold in the end.
pub(super) fn all(world: &World) {
    world.judge(team(world));
}

fn team(world: &World) -> Verdict {
    let profiles = world.profiles.borrow().clone();
    let (mut first, mut witness): (Option<End>, usize) = (None, 0);
    for profile in &profiles {
        read_model(profile)?;
        if profile.gone.get() {
            continue;
        }
        witness = profile.index;
        let end = End::of(profile)?;
        end.is_settled(profile)?;
        holds_the_log(world, profile)?;
        tabs_agree(profile)?;
        match &mut first {
            None => first = Some(end),
            Some(first) => {
                first.equals(&end, profile)?;
                // The present life of the log may never have had what began again: not everybody has heard of it.
                first.begun.extend(end.begun);
            }
        }
    }
    for profile in profiles.iter().filter(|profile| !profile.gone.get()) {
        let parted = profile.place().is_some_and(|place| place.lost != Lost::default());
        world.count_many("devices that knew a lost branch", u64::from(parted));
    }
    let Some(end) = first else { return Ok(()) };
    erase::is_done(world, &profiles)?;
    promises(world, &end, witness)?;
    begins_anew(world, &end)?;
    keys(world)?;
    numbers(world, &end)?;
    world.count_many("rows at the end", super::line::head(world));
    world.count_many("documents at the end", end.states.len() as u64);
    world.count_many("fields in conflict at the end", end.conflicts());
    Ok(())
}

/// What a device has stored in the end.
struct End {
    states: BTreeMap<Tag, DocState>,
    hot: BTreeMap<String, Vec<u8>>,
    entries: BTreeMap<String, Vec<u8>>,
    rows: BTreeMap<DocumentId, Vec<Row>>,
    /// Documents that have begun again, and under which tag they lie now.
    begun: BTreeSet<(DocumentId, Tag)>,
}

impl End {
    fn of(profile: &Profile) -> Verdict<Self> {
        let memory = profile.memory();
        let mut states = BTreeMap::new();
        for (tag, bytes) in memory.peek(Table::Documents) {
            let state = minicbor::decode(&bytes).map_err(|error| unreadable(profile, &error))?;
            states.insert(tag.parse().map_err(|error| unreadable(profile, &error))?, state);
        }
        let device = open(&memory, profile)?;
        let erasures = finish(device.erasures()).map_err(|error| unreadable(profile, &error))?;
        let anew: BTreeSet<DocumentId> = erasures.iter().map(|it| it.document).collect();
        let of = |(tag, state): (&Tag, &DocState)| Some((state.document?, *tag));
        let begun = states.iter().filter_map(of).filter(|(it, _)| anew.contains(it)).collect();
        let mut rows = BTreeMap::new();
        for document in device.model().documents() {
            let all = finish(device.rows(document)).map_err(|error| unreadable(profile, &error))?;
            rows.insert(document, all);
        }
        let (hot, entries) = (memory.peek(Table::Hot), memory.peek(Table::Rows));
        Ok(Self { states, hot, entries, rows, begun })
    }

    /// Nothing waits, nothing was set aside or refused, and the relay holds everything.
    fn is_settled(&self, profile: &Profile) -> Verdict {
        for (tag, state) in &self.states {
            if !state.pending.is_empty() || !state.quarantined.is_empty() {
                let what = format!(
                    "{}: {tag}: {} rows wait, {} are set aside",
                    profile.name,
                    state.pending.len(),
                    state.quarantined.len()
                );
                return Err(("I1: nothing is pending at rest", what));
            }
            if !state.refused.as_slice().is_empty() {
                return Err(("the check lets our own changes pass", profile.name.to_owned()));
            }
            if state.unsynced > 0 || state.relay_heads != state.heads {
                let what = format!("{}: {tag}", profile.name);
                return Err(("the relay heads are the heads at rest", what));
            }
        }
        Ok(())
    }

    /// I1 and I14 between devices.
    fn equals(&self, other: &Self, profile: &Profile) -> Verdict {
        let differs = |what: &str| Err(("I1: replicas agree", format!("{}: {what}", profile.name)));
        if !self.states.keys().eq(other.states.keys()) {
            return differs("other documents");
        }
        for (tag, state) in &self.states {
            let theirs = &other.states[tag];
            if state.heads != theirs.heads || state.changes != theirs.changes {
                return differs(&format!("other heads of {tag}"));
            }
        }
        if self.rows != other.rows {
            return differs("other rows");
        }
        if self.hot != other.hot || self.entries != other.entries {
            return differs("other bytes of the read model");
        }
        Ok(())
    }

    fn row(&self, document: DocumentId, key: handbook::RecordKey) -> Option<&Row> {
        self.rows.get(&document)?.iter().find(|row| row.key() == key)
    }

    fn conflicts(&self) -> u64 {
        self.rows.values().flatten().map(|row| row.two_versions.len() as u64).sum()
    }
}

/// I14: the read model is what its documents say, byte by byte. Reads every document strictly.
pub(super) fn read_model(profile: &Profile) -> Verdict {
    let memory = profile.memory();
    let copy = Memory::from_snapshot(&memory.snapshot());
    let device = match open(&copy, profile) {
        Ok(device) => device,
        // Nothing is stored yet.
        Err(_) if memory.peek(Table::Space).is_empty() => return Ok(()),
        Err(error) => return Err(error),
    };
    finish(device.rebuild()).map_err(|error| unreadable(profile, &error))?;
    for table in [Table::Hot, Table::Rows] {
        if copy.peek(table) != memory.peek(table) {
            let what = format!("{}: {}", profile.name, table.name());
            return Err(("I14: rebuilding gives the stored read model", what));
        }
    }
    Ok(())
}

/// I2: what the relay holds is on the device, and the other way round.
fn holds_the_log(world: &World, profile: &Profile) -> Verdict {
    let witness = world.witness.borrow();
    let life = world.relay.borrow().life;
    let nothing = BTreeSet::new();
    let held = life.map(|life| witness.held(life)).unwrap_or_default();
    let durable = witness.durable(profile.index).map_or(&nothing, |durable| &durable.changes);
    let parted: Vec<&ChangeHash> = held.symmetric_difference(durable).collect();
    match parted.first() {
        None => Ok(()),
        Some(hash) => {
            let here = durable.contains(*hash);
            let what = format!(
                "{}: {} changes are only {}",
                profile.name,
                parted.len(),
                if here { "here" } else { "there" }
            );
            Err(("I2: nothing acknowledged is missing", what))
        }
    }
}

/// I8: whoever begins now ends up where everybody is, whatever rows have lost their bytes.
fn begins_anew(world: &World, end: &End) -> Verdict {
    const RULE: &str = "I8: compaction changes nothing for a newcomer";
    let (life, pulled) = (world.relay.borrow().life, world.relay.borrow().rows(0));
    let (Some(life), Some(pulled)) = (life, pulled) else { return Ok(()) };
    let stubs = pulled.rows.iter().filter(|row| matches!(row.body, RowBody::Stub { .. })).count();
    world.count_many("stubs at the end", stubs as u64);
    let found = world.witness.borrow_mut().found_by_a_newcomer(life, &pulled.rows)?;
    for (tag, state) in &end.states {
        let heads = found.get(tag).into_iter().flatten().copied();
        if !heads.eq(state.heads.as_slice().iter().map(|head| head.0)) {
            return Err((RULE, format!("other heads of {tag}")));
        }
    }
    Ok(())
}

/// I10: whoever was removed opens nothing of a later epoch, whatever else they get hold of; whoever
/// stays opens every epoch with nothing but the records and their own private key, and so does the
/// recovery kit.
fn keys(world: &World) -> Verdict {
    const RULE: &str = "I10: epochs open for those who stay and for nobody else";
    let Some(pulled) = world.relay.borrow().rows(0) else { return Ok(()) };
    let roster = pulled.standing.roster;
    let records: Vec<&Vec<u8>> = pulled
        .rows
        .iter()
        .filter(|row| row.kind == RowKind::Roster)
        .filter_map(|row| if let RowBody::Whole(bytes) = &row.body { Some(bytes) } else { None })
        .collect();
    let number = |hash: &Hash| roster.records().iter().position(|record| record == hash);
    let opens = |ring: &KeyRing, epoch: Epoch| {
        roster.epoch_record(epoch).is_some_and(|record| ring.key(&record).is_some())
    };
    let all = |secrets: &DeviceSecrets| {
        let ring = unlock::recover_ring(secrets, &roster, &records);
        ring.is_ok_and(|ring| (1..=roster.epoch()).all(|epoch| opens(&ring, epoch)))
    };
    for profile in &*world.profiles.borrow() {
        let (Some(secrets), Some(key)) = (profile.secrets(), profile.key()) else { continue };
        if roster.active(&key).is_some() && !all(&secrets) {
            return Err((RULE, format!("{} lacks a key", profile.name)));
        }
        let Some(removal) = roster.removal(&key) else { continue };
        let mut ring = profile.keys().map(|(_, ring)| ring).unwrap_or_default();
        let read = unlock::top_up(&secrets, &roster, &records, &mut ring);
        let from = number(&removal.record);
        let later = (1..=roster.epoch()).find(|epoch| {
            let begun = roster.epoch_record(*epoch).and_then(|record| number(&record));
            begun >= from && opens(&ring, *epoch)
        });
        if read.is_err() || later.is_some() {
            return Err((RULE, format!("{} opens epoch {later:?}", profile.name)));
        }
        world.count("removed devices at the end");
    }
    if let (Some(sheet), Some(kit)) = (&*world.sheet.borrow(), roster.kit()) {
        let keys = sheet.secret.derive_keys();
        if keys.device() == kit.key {
            world.count("recovery kits at the end");
            if !all(&keys) {
                return Err((RULE, "the recovery kit lacks a key".to_owned()));
            }
        }
    }
    world.count_many("epochs at the end", u64::from(roster.epoch()));
    Ok(())
}

/// What every open tab shows is what is stored.
fn tabs_agree(profile: &Profile) -> Verdict {
    let stored = open(&profile.memory(), profile)?;
    for tab in profile.living() {
        let Some(device) = tab.open_device() else { continue };
        for kind in handbook::kinds() {
            if device.model().rows(kind) != stored.model().rows(kind) {
                let what = format!("{}: {}", tab.name(), kind.key);
                return Err(("I14: a tab shows what is stored", what));
            }
        }
        // A tab hears of its colleague's sessions when it needs them.
        let stands = |place: replica::Place| (place.log, place.cursor, place.roster.head());
        if device.place().map(stands) != stored.place().map(stands) {
            return Err(("I14: a tab stands where is stored", tab.name()));
        }
    }
    Ok(())
}

/// I2: what people were told is saved is everywhere, what they were told is not saved is nowhere.
fn promises(world: &World, end: &End, of: usize) -> Verdict {
    let gone = |index: usize| world.profiles.borrow().get(index).is_some_and(|it| it.gone.get());
    let witness = world.witness.borrow();
    let tags = |documents: &[DocumentId]| -> BTreeSet<Tag> {
        let tags = end.states.iter().filter(|(_, state)| {
            // What no generation has named yet is shown to nobody.
            state.after.is_none()
                && state.document.is_some_and(|document| documents.contains(&document))
        });
        tags.map(|(tag, _)| *tag).collect()
    };
    for (command, promise) in &world.ledger.borrow().promises {
        let mut found = witness.documents_of(of, *command);
        let expected = tags(&promise.documents);
        // What was written before a document began again may have been overwritten before that. What was
        // written to the old one later is there.
        let begun = end.begun.iter().filter(|(document, _)| promise.documents.contains(document));
        for (document, tag) in begun {
            let before = witness.was_held(*command)
                || world.ledger.borrow().has_erased(promise.by, *document);
            let known = promise.told == Told::Saved || !found.is_empty();
            if before && promise.told != Told::Refused && known {
                found.insert(*tag);
            }
        }
        if gone(promise.by) {
            // What the relay did not take any more is kept where it was done.
            let kept = witness.documents_of(promise.by, *command);
            if promise.told == Told::Saved && kept.len() < promise.documents.len() {
                return Err(("I2: whoever is removed keeps what they did", command.to_string()));
            }
            continue;
        }
        match promise.told {
            Told::Saved
                if !found.is_superset(&expected) || expected.len() < promise.documents.len() =>
            {
                let what = format!("{command} of {} is in {found:?}, not {expected:?}", promise.by);
                return Err(("I2: nothing shown as saved is lost", what));
            }
            Told::Refused if !found.is_empty() => {
                return Err(("nothing shown as not saved is kept", command.to_string()));
            }
            Told::Nothing if !found.is_empty() && !found.is_superset(&expected) => {
                return Err(("a command is done whole or not at all", command.to_string()));
            }
            _ => {}
        }
        if promise.told == Told::Saved {
            let ledger = world.ledger.borrow();
            made(end, &promise.makes, &ledger)?;
        }
    }
    Ok(())
}

/// Records and facts that were made are there.
fn made(end: &End, makes: &[Made], ledger: &Ledger) -> Verdict {
    for made in makes {
        let (Made::Record(document, key) | Made::Fact(document, key, ..)) = made;
        if ledger.is_unwanted(*document, *key) {
            continue;
        }
        let (there, what) = match made {
            Made::Record(document, key) => (end.row(*document, *key).is_some(), key),
            Made::Fact(document, key, field, id) => {
                let row = end.row(*document, *key);
                let facts = row.map_or(&[][..], |row| row.get(field).facts());
                (facts.iter().any(|fact| fact.id == *id), key)
            }
        };
        if !there {
            return Err(("I2: records and facts stay", what.to_string()));
        }
    }
    Ok(())
}

/// No two complaints have the same number, and none has none. Two copies of one device would have to
/// know of each other for that, and so would two devices of which one came in while the log had lost the
/// other.
fn numbers(world: &World, end: &End) -> Verdict {
    let apart = world.copied.get() || world.parted.get();
    let mut seen = BTreeSet::new();
    for row in end.rows.values().flatten().filter(|row| row.kind == Complaint::KIND) {
        let number = row.get("number").as_text().unwrap_or_default();
        if number.is_empty() || !seen.insert(number.to_owned()) && !apart {
            let what = format!("{number:?} of {}", row.key());
            return Err(("human numbers are unique", what));
        }
    }
    world.count_many("complaints at the end", seen.len() as u64);
    Ok(())
}

pub(super) fn open(memory: &Memory, profile: &Profile) -> Verdict<Rc<Device<Memory, OpenVault>>> {
    let opening = Opening { seed: [1; 32], build: "a check".to_owned() };
    let device = finish(Device::open(memory.tab(), profile.vault(), opening));
    device.map(Rc::new).map_err(|error: OpenError| unreadable(profile, &error))
}

fn unreadable(profile: &Profile, error: &dyn std::fmt::Display) -> (&'static str, String) {
    ("what is stored can be read", format!("{}: {error}", profile.name))
}
