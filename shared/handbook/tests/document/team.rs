//! The people of the stories, each with a device.

use automerge::Automerge;
use handbook::document;
use handbook::records::{Client, Complaint};
use handbook::typed::{Note, Record};
use handbook::{DocumentId, MemberId, Moment, Op, RecordId, RecordKey, Row, Stamp, Value};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use uuid::Uuid;

pub(crate) const INES: MemberId = [0x11; 16];
pub(crate) const TOMAS: MemberId = [0x22; 16];
pub(crate) const JONAS: MemberId = [0x33; 16];

/// 2026-11-11 16:20 in UTC.
pub(crate) const NOW: i64 = 1_794_414_000_000;

pub(crate) fn id(number: u8) -> RecordId {
    RecordId::from_bytes([number; 16])
}

pub(crate) const MERROW: u8 = 0xa0;

pub(crate) fn complaint() -> RecordKey {
    RecordKey::new(Complaint::KIND, id(0xc1))
}

pub(crate) fn set(key: RecordKey, field: &'static str, value: Value) -> Op {
    Op::Set { key, field, value }
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A device: a copy of the document, its member, its clock, its randomness.
pub(crate) struct Device {
    pub(crate) doc: Automerge,
    pub(crate) member: MemberId,
    pub(crate) clock: i64,
    pub(crate) rng: ChaCha20Rng,
    pub(crate) commands: u128,
}

impl Device {
    /// Makes the document of the client Merrow, with one complaint in it.
    pub(crate) fn first(member: MemberId) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let stamp = stamp(member, NOW, 1, None);
        let ops = [
            Client { name: "Merrow Water Board".to_owned(), ..Client::default() }
                .create(id(MERROW)),
            Complaint {
                subject: "Drawings issued at two revisions".to_owned(),
                remedy: Note("Re-issue the set".to_owned()),
                ..Complaint::default()
            }
            .create(complaint().id),
        ];
        let doc = document::create(DocumentId::Client(id(MERROW)), &ops, &stamp, &mut rng)
            .expect("the document is made");
        Self { doc, member, clock: NOW, rng, commands: 1 }
    }

    /// A copy of it on another device, under its own actor.
    pub(crate) fn copy(&self, member: MemberId) -> Self {
        let seed = u64::from(member[0]);
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let mut doc = document::load(&self.doc.save()).expect("loads");
        document::sign_in(&mut doc, member, &mut rng);
        Self { doc, member, clock: self.clock, rng, commands: u128::from(member[0]) << 64 }
    }

    pub(crate) fn write(&mut self, ops: &[Op]) -> Option<Vec<u8>> {
        self.try_write(ops).expect("writes")
    }

    pub(crate) fn try_write(
        &mut self,
        ops: &[Op],
    ) -> Result<Option<Vec<u8>>, document::WriteError> {
        self.clock += 60_000;
        self.commands += 1;
        let stamp = stamp(self.member, self.clock, self.commands, None);
        document::write(&mut self.doc, ops, &stamp, &mut self.rng)
    }

    pub(crate) fn set(&mut self, field: &'static str, value: Value) {
        self.write(&[set(complaint(), field, value)]);
    }

    /// The id of the last command.
    pub(crate) fn command(&self) -> Uuid {
        Uuid::from_u128(self.commands)
    }

    pub(crate) fn row(&self) -> Row {
        document::row(&self.doc, complaint()).expect("the complaint is there")
    }

    pub(crate) fn get(&self, field: &str) -> Value {
        self.row().get(field).clone()
    }
}

/// Both devices get what the other has.
pub(crate) fn meet(one: &mut Device, other: &mut Device) {
    one.doc.merge(&mut other.doc).expect("merges");
    other.doc.merge(&mut one.doc).expect("merges");
    assert_eq!(document::rows(&one.doc), document::rows(&other.doc));
}

pub(crate) fn stamp(member: MemberId, ms: i64, command: u128, batch: Option<Uuid>) -> Stamp {
    let at = Moment { ms, offset_min: 60 };
    Stamp { member, at, command: Uuid::from_u128(command), batch, what: "edit" }
}
