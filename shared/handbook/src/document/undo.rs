//! Taking back a command, or a whole batch such as an import.

use std::collections::BTreeSet;

use automerge::{Automerge, ChangeHash, ReadDoc};
use rand_core::CryptoRng;
use uuid::Uuid;

use super::beginning;
use super::history::{Step, steps};
use super::layout::{Place, touched};
use super::message::{Provenance, writer};
use super::read::{View, rows};
use crate::ids::{RecordId, RecordKey};
use crate::kind::{Class, Field};
use crate::op::Op;
use crate::records::Client;
use crate::row::Row;
use crate::typed::Record;
use crate::value::{Fact, Value};

/// What is to be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// One command.
    Command(Uuid),
    /// Every command of a batch.
    Batch(Uuid),
}

/// How to take it back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inverse {
    /// The operations, to be written as a command of their own.
    pub ops: Vec<Op>,
    /// Records in which something stays, because it was changed since, or is a fact, or because nobody
    /// knows any more what was there before.
    pub kept: Vec<RecordKey>,
}

/// The inverse of a command or batch in this document: every field that still holds what it wrote
/// gets its value from before, records it made are deleted while they hold what it wrote, those it
/// deleted are restored, and a plain step in a record's life leads back. What
/// somebody changed since is left alone, and so are records of which the document, having begun again,
/// does not know what stood there before. A client stays as long as anything in its document does.
/// The inverse of an inverse does the same again.
pub fn undo(document: &Automerge, what: Undo, rng: &mut impl CryptoRng) -> Inverse {
    let mut inverse = Inverse::default();
    let (later, frame) = (beginning::later(document), beginning::frame(document));
    let (mut keys, mut kept) = (BTreeSet::<RecordKey>::new(), BTreeSet::<RecordKey>::new());
    for meta in document.get_changes_meta(&[]) {
        if what.covers(&Provenance::of(&meta)) && !frame.contains(&meta.hash) {
            let change = document.get_change_by_hash(&meta.hash);
            let known = later.as_ref().is_none_or(|later| later.contains(&meta.hash));
            let keys = if known { &mut keys } else { &mut kept };
            keys.extend(change.iter().flat_map(|change| touched(document, change)));
        }
    }
    for key in keys.difference(&kept) {
        inverse.take_back(document, *key, what, rng);
    }
    inverse.kept.extend(kept);
    inverse.spare_client(document);
    inverse
}

impl Undo {
    fn covers(self, from: &Provenance) -> bool {
        match self {
            Self::Command(command) => from.command == Some(command),
            Self::Batch(batch) => from.batch == Some(batch),
        }
    }
}

impl Inverse {
    fn take_back(
        &mut self,
        document: &Automerge,
        key: RecordKey,
        what: Undo,
        rng: &mut impl CryptoRng,
    ) {
        let steps = steps(document, key);
        let ours: Vec<&Step> = steps.iter().filter(|step| what.covers(&step.from)).collect();
        let (Some(first), Some(last)) = (ours.first(), ours.last()) else { return };
        let hashes: Vec<ChangeHash> = ours.iter().map(|step| step.hash).collect();
        let after = [last.hash];
        let at = u64::try_from(last.from.at.ms).unwrap_or_default();
        let Some(now) = View::now(document).find(key) else { return };
        let Some(done) = View::at(document, &after).find(key) else { return };
        let Some(before) = View::at(document, &first.before).find(key) else {
            let unchanged = now.values == done.values && now.two_versions.is_empty();
            let alone = steps.iter().all(|step| hashes.contains(&step.hash));
            if !now.gone && (alone || unchanged) {
                self.ops.push(Op::Delete { key });
            } else if !now.gone {
                self.kept.push(key);
            }
            return;
        };
        match (before.gone, done.gone, now.gone) {
            (false, true, true) => self.ops.push(Op::Restore { key }),
            (true, false, false) => self.ops.push(Op::Delete { key }),
            _ => {}
        }
        let Some(place) = Place::find(document, key) else { return };
        let mut kept = false;
        for (index, field) in key.kind.fields.iter().enumerate() {
            let rows = [&before, &done, &now].map(|row: &Row| row.at(index));
            if rows[0] == rows[1] {
                // Settled on what was shown before: two versions cannot be written again.
                kept |= before.two_versions.contains(&index) && !done.two_versions.contains(&index);
                continue;
            }
            if key.kind.lifecycle.is_some_and(|life| life.field == field.key) {
                kept |= !self.step_back(&now, rows, RecordId::new(at, rng));
                continue;
            }
            // What was undone and done again since holds the same value by another change.
            let own = || {
                let all = View::now(document).all(&place.object, &place.key(field.key));
                let ids: Vec<_> = all.iter().map(|(_, id)| writer(document, id)).collect();
                matches!(ids.as_slice(), [Some(hash)] if hashes.contains(hash) || rows[1] == rows[2])
            };
            kept |= !self.restore(key, field, rows, own);
        }
        if kept {
            self.kept.push(key);
        }
    }

    /// Leads back from the steps taken, if the record still stands where they led; `false` if it stays there.
    fn step_back(&mut self, row: &Row, [before, done, _]: [&Value; 3], id: RecordId) -> bool {
        let is_new = |fact: &&Fact| !before.facts().iter().any(|known| known.id == fact.id);
        let taken: Vec<RecordId> = done.facts().iter().filter(is_new).map(|fact| fact.id).collect();
        let back = row.kind.lifecycle.and_then(|life| life.back(row, &taken, id));
        let found = back.is_some();
        self.ops.extend(back);
        found
    }

    /// Keeps the client of what stays: with the client gone, nobody would find it again.
    fn spare_client(&mut self, document: &Automerge) {
        let deleted = |ops: &[Op], key| ops.contains(&Op::Delete { key });
        let client = self
            .ops
            .iter()
            .map(Op::key)
            .find(|key| key.kind == Client::KIND && deleted(&self.ops, *key));
        let Some(client) = client else { return };
        let stays = rows(document).iter().any(|row| !deleted(&self.ops, row.key()));
        if stays {
            self.ops.retain(|op| *op != Op::Delete { key: client });
            self.kept.push(client);
        }
    }

    /// Gives a field its value from before; `false` if something of it stays.
    fn restore(
        &mut self,
        key: RecordKey,
        field: &'static Field,
        [before, done, now]: [&Value; 3],
        own: impl Fn() -> bool,
    ) -> bool {
        let name = field.key;
        match field.class {
            Class::Decisive if own() => {
                self.ops.push(Op::Set { key, field: name, value: before.clone() });
                true
            }
            Class::Prose if now == done => {
                let text = before.as_text().unwrap_or_default().to_owned();
                self.ops.push(Op::Edit { key, field: name, text });
                true
            }
            Class::Set => {
                let (before, done, now) = (before.members(), done.members(), now.members());
                for item in done.iter().filter(|m| !before.contains(m) && now.contains(m)) {
                    self.ops.push(Op::Exclude { key, field: name, item: item.clone() });
                }
                for item in before.iter().filter(|m| !done.contains(m) && !now.contains(m)) {
                    self.ops.push(Op::Include { key, field: name, item: item.clone() });
                }
                true
            }
            Class::Decisive | Class::Prose | Class::Fact => false,
        }
    }
}
