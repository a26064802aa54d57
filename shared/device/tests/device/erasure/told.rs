//! A team with Zoë in its handbook, over a log that has more than changes in it.

use std::collections::{BTreeMap, BTreeSet};

use device::memory::{Memory, finish};
use device::{EraseError, ErasureState, Table};
use handbook::records::{Comment, Contact};
use handbook::typed::Record;
use handbook::{DocumentId, RecordId, RecordKey};
use replica::check::CHECK_VERSION;
use replica::{Content, OpenedRow, Task};
use wire::{Hash, LogId, RowKind, Tag};

use crate::kit::*;

/// A word that stands only where Zoë is.
pub(super) const ZOE: &str = "Quayside-Müllerin";

pub(super) fn zoe() -> RecordKey {
    RecordKey::new(Contact::KIND, RecordId::from_bytes([0x2e; 16]))
}

/// A log in which there is more than changes.
pub(super) struct Told {
    pub(super) log: Log,
    pub(super) special: BTreeMap<u64, Content>,
    pub(super) devices: Vec<wire::DeviceKey>,
}

impl Told {
    /// What the device has to append for a generation, as others read it; whether there was anything.
    pub(super) fn take(&mut self, device: &Tablet) -> bool {
        self.pull(device);
        let task = finish(device.task(&BTreeSet::new())).unwrap();
        let Some(task) = task else { return false };
        let by = device.device();
        let (tag, content, own) = match task {
            Task::Begin { tag, after, snapshot, hashes } => {
                let after = Some(after);
                let own = Content::OwnSnapshot { tag, after, hashes };
                let check = CHECK_VERSION;
                (tag, Content::Snapshot { tag, snapshot, needed: false, after, by, check }, own)
            }
            Task::Close { tag, begins, step } => {
                let (step, devices) = (Box::new(step), self.devices.clone());
                let content = Content::Generation { tag, begins, step, by, devices };
                (tag, content.clone(), content)
            }
            Task::Receipt { tag, generation } => {
                let content = Content::Attest { tag, of: generation, by };
                (tag, content.clone(), content)
            }
        };
        self.log.rows.push((tag, vec![]));
        let seq = self.log.rows.len() as u64;
        self.special.insert(seq, own);
        self.pull(device);
        self.special.insert(seq, content);
        true
    }

    pub(super) fn behind(&self, device: &Tablet) -> (Vec<OpenedRow>, replica::Place) {
        let (mut rows, place) = self.log.behind(device);
        for row in &mut rows {
            if let Some(content) = self.special.get(&row.row.seq) {
                row.row.received_at = 5_000 + row.row.seq;
                row.row.hash = hash_at(row.row.seq);
                row.row.kind = match content {
                    Content::Generation { .. } => RowKind::Generation,
                    Content::Attest { .. } => RowKind::Attest,
                    _ => RowKind::Snapshot,
                };
                row.content = content.clone();
            }
        }
        (rows, place)
    }

    pub(super) fn pull(&self, device: &Tablet) {
        let (rows, place) = self.behind(device);
        let applied = finish(device.apply(rows, place)).unwrap();
        assert!(applied.skipped.is_empty(), "{:?}", applied.skipped);
    }

    pub(super) fn push(&mut self, device: &Tablet) {
        self.pull(device);
        for chunk in finish(device.derive()).unwrap() {
            self.log.rows.push((chunk.tag, chunk.changes));
            finish(device.acked(chunk.tag, &chunk.hashes, Some(self.log.id))).unwrap();
        }
    }

    /// The relay was restored: the rows are those of another life.
    pub(super) fn begin_life(&mut self, devices: &[&Tablet]) {
        self.special.clear();
        self.log.id = LogId([2; 16]);
        for device in devices {
            let place = device.place().unwrap().in_new_life(self.log.id);
            finish(device.begin_life(place)).unwrap();
        }
    }

    /// Everybody appends what there is for generations, and reads what others did.
    pub(super) fn settle(&mut self, devices: &[&Tablet]) {
        for _ in 0..10 {
            let mut quiet = true;
            for device in devices {
                quiet &= !self.take(device);
                self.push(device);
            }
            if quiet {
                devices.iter().for_each(|device| self.pull(device));
                return;
            }
        }
        panic!("it goes on for ever");
    }
}

fn hash_at(seq: u64) -> Hash {
    wire::hash(b"special", &[&seq.to_be_bytes()])
}

pub(super) fn people(device: &Tablet, document: DocumentId) {
    let zoe = Contact { given_name: "Zoë".into(), family_name: ZOE.into(), ..Contact::default() };
    write(device, document, vec![zoe.create(zoe_id())]);
    let about = self::zoe().to_string();
    let comment = Comment { about, text: "dislikes mornings".into(), ..Comment::default() };
    write(device, document, vec![comment.create(RecordId::from_bytes([0x2f; 16]))]);
    let note = format!("with Zoë {ZOE}");
    let talk = create(touchpoint(3), &[("subject", "On the quay"), ("notes", &note)]);
    write(device, document, vec![talk]);
}

pub(super) fn zoe_id() -> RecordId {
    zoe().id
}

/// Anna and Ben, with a client of theirs and Zoë in it.
pub(super) fn team() -> (Memory, Tablet, Memory, Tablet, Told) {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let (document, key) = new_client(&anna, 1, "Birch");
    write(&anna, document, vec![set(key, "sector", "Rail")]);
    people(&anna, document);
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    log.push(&ben, true);
    log.pull(&anna).unwrap();
    let devices = vec![anna.device(), ben.device()];
    (ours, anna, theirs, ben, Told { log, special: BTreeMap::new(), devices })
}

pub(super) fn erase(device: &Tablet) -> Result<(), EraseError> {
    erase_one(device, zoe())
}

pub(super) fn erase_one(device: &Tablet, person: RecordKey) -> Result<(), EraseError> {
    let stamp = device.stamp(NOW, "erase");
    finish(device.erase(&[client(1).0], &[person], stamp))
}

pub(super) fn erasure(device: &Tablet) -> ErasureState {
    let mut all = finish(device.erasures()).unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

pub(super) fn tags(memory: &Memory) -> Vec<Tag> {
    let states = states(memory);
    let of = states.iter().filter(|(_, state)| state.document == Some(client(1).0));
    of.map(|(tag, _)| tag.parse().unwrap()).collect()
}

/// Where a word is found in everything that is stored, read as plainly as it can be.
pub(super) fn found_in(memory: &Memory, word: &str) -> Vec<String> {
    let mut places = Vec::new();
    for table in Table::ALL {
        for (key, value) in memory.peek(table) {
            let mut texts = vec![[key.as_bytes(), &value].concat()];
            if key.contains("/snapshot/") {
                let document = handbook::document::load(&value).unwrap();
                let changes = document.get_changes(&[]);
                texts.extend(changes.iter().map(|change| change.raw_bytes().to_vec()));
            }
            let has = |text: &Vec<u8>| text.windows(word.len()).any(|it| it == word.as_bytes());
            if texts.iter().any(has) {
                places.push(format!("{}/{key}", table.name()));
            }
        }
    }
    places
}
