//! A team without a relay: a log in memory that devices pull from and push to by hand.

use std::cell::Cell;
use std::collections::BTreeMap;

use device::memory::{Fault, Memory, OpenVault, finish};
use device::{
    Applied, ApplyError, Device, Founding, Joining, Opening, Prepared, SpaceKind, Table, Vault,
};
use handbook::records::{Client, Complaint, Touchpoint};
use handbook::{DocumentId, Moment, Op, Record, RecordId, RecordKey, Value};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use replica::founding::Invited;
use replica::{Content, DeviceSecrets, InviteLink, OpenedRow, Place, founding};
use wire::{Hash, LogId, Role, Row, RowBody, RowKind, Tag};

pub(crate) type Tablet = Device<Memory, OpenVault>;

pub(crate) const NOW: Moment = Moment { ms: 1_790_000_000_000, offset_min: 120 };

thread_local! {
    static SEEDS: Cell<u64> = const { Cell::new(1) };
}

/// A tab session like no other in this test.
pub(crate) fn opening() -> Opening {
    let number = SEEDS.replace(SEEDS.get() + 1);
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&number.to_be_bytes());
    Opening { seed, build: "build 1".to_owned() }
}

/// A space that is not stored yet, like no other in this test.
pub(crate) fn prepared(founding: &Founding) -> Prepared {
    Prepared::found(founding, &mut ChaCha20Rng::from_seed(opening().seed)).unwrap()
}

/// Anna founds a team's space on this profile.
pub(crate) fn found(memory: &Memory) -> Tablet {
    found_as(memory, SpaceKind::Team)
}

pub(crate) fn found_as(memory: &Memory, kind: SpaceKind) -> Tablet {
    let founding = Founding {
        kind,
        origin: "http://localhost:7117".to_owned(),
        token: "token".to_owned(),
        firm: "Alder & Tarn".to_owned(),
        name: "Anna".to_owned(),
        at: NOW,
    };
    finish(Device::found(memory.tab(), OpenVault::default(), opening(), prepared(&founding)))
        .unwrap()
}

pub(crate) fn open(memory: &Memory) -> Tablet {
    finish(Device::open(memory.tab(), OpenVault::default(), opening())).unwrap()
}

/// The same after an update of the app.
pub(crate) fn open_updated(memory: &Memory) -> Tablet {
    let opening = Opening { build: "build 2".to_owned(), ..opening() };
    finish(Device::open(memory.tab(), OpenVault::default(), opening)).unwrap()
}

/// A tab that dies while it applies what is new: after the mark, before the rows are stored.
pub(crate) fn die(
    memory: &Memory,
    panicked: bool,
    pull: impl Fn(&Tablet) -> Result<Applied, ApplyError>,
) {
    let tab = open(memory);
    finish(tab.count_deaths(panicked)).unwrap();
    for call in tab.storage().calls().. {
        let profile = Memory::from_snapshot(&memory.snapshot());
        let trial = open(&profile);
        finish(trial.count_deaths(panicked)).unwrap();
        trial.storage().fail_at(call, Fault::CrashBefore);
        assert!(pull(&trial).is_err(), "the row is applied without a mark");
        let marks =
            profile.peek(Table::Local).keys().filter(|key| key.starts_with("applying/")).count();
        if marks > 0 {
            memory.restore(&profile.snapshot());
            return;
        }
    }
}

/// The log, as far as these tests need one.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    pub(crate) id: LogId,
    pub(crate) rows: Vec<(Tag, Vec<Vec<u8>>)>,
    roster: wire::Roster,
    records: Vec<Vec<u8>>,
}

impl Log {
    /// The log of the space that `founder` founded.
    pub(crate) fn of(founder: &Tablet) -> Self {
        let place = founder.place().unwrap();
        Self { id: LogId([1; 16]), rows: Vec::new(), roster: place.roster, records: place.records }
    }

    /// `host` invites somebody.
    pub(crate) fn invite(&mut self, host: &Tablet) -> (Invited, InviteLink) {
        self.pull(host).unwrap();
        let invited = host.invite(Role::Editor, u64::MAX).unwrap();
        self.roster.apply(&invited.record).unwrap();
        self.records.push(invited.record.clone());
        self.pull(host).unwrap();
        let link = host.invite_link(&invited).unwrap();
        (invited, link)
    }

    /// A record comes into the log, and the device reads it.
    pub(crate) fn append(&mut self, device: &Tablet, record: &[u8]) {
        self.roster.apply(record).unwrap();
        self.records.push(record.to_vec());
        self.pull(device).unwrap();
    }

    /// The records as they lie in the log.
    pub(crate) fn records(&self) -> &[Vec<u8>] {
        &self.records
    }

    /// The roster by all of them.
    pub(crate) fn roster(&self) -> &wire::Roster {
        &self.roster
    }

    /// Another device joins by an invite of `host`.
    pub(crate) fn join(&mut self, host: &Tablet, memory: &Memory, name: &str) -> Tablet {
        let (invited, link) = self.invite(host);
        self.admit(&invited, link, memory, name)
    }

    /// Somebody joins by an invite that lies in the log.
    pub(crate) fn admit(
        &mut self,
        invited: &Invited,
        link: InviteLink,
        memory: &Memory,
        name: &str,
    ) -> Tablet {
        let guest = self.let_in(invited, link, memory, name);
        finish(guest.introduce(NOW)).unwrap();
        guest
    }

    /// The same; they have not written down yet who they are.
    pub(crate) fn let_in(
        &mut self,
        invited: &Invited,
        link: InviteLink,
        memory: &Memory,
        name: &str,
    ) -> Tablet {
        let joining = Joining { link, name: name.to_owned() };
        let guest =
            finish(Device::join(memory.tab(), OpenVault::default(), opening(), joining)).unwrap();

        let wrapped = memory.peek(Table::Keys)["device"].clone();
        let secrets = finish(OpenVault::default().unwrap(&wrapped)).unwrap();
        let secrets = DeviceSecrets::decode(&secrets).unwrap();
        let mut rng = <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([9; 32]);
        let joined =
            founding::join(&invited.secret, &secrets, guest.member(), &self.roster, &mut rng)
                .unwrap();
        self.roster.apply(&joined.record).unwrap();
        self.records.push(joined.record);
        let place = Place::at_start(self.roster.clone(), self.records.clone());
        finish(guest.joined(place, joined.ring)).unwrap();
        self.pull(&guest).unwrap();
        guest
    }

    /// The device stores all rows that it does not have yet.
    pub(crate) fn pull(&self, device: &Tablet) -> Result<Applied, ApplyError> {
        finish(self.pulling(device))
    }

    pub(crate) async fn pulling(&self, device: &Tablet) -> Result<Applied, ApplyError> {
        let (rows, place) = self.behind(device);
        Box::pin(device.apply(rows, place)).await
    }

    /// The rows behind the device's cursor, and the place behind them.
    pub(crate) fn behind(&self, device: &Tablet) -> (Vec<OpenedRow>, Place) {
        let place = device.place().unwrap();
        let rows = self.rows.iter().enumerate().skip(place.cursor as usize);
        let rows = rows.map(|(index, (tag, changes))| row(index as u64 + 1, *tag, changes));
        let place = Place {
            cursor: self.rows.len() as u64,
            log: Some(self.id),
            roster: self.roster.clone(),
            records: self.records.clone(),
            walked: self.records.len(),
            founded: true,
            ..place
        };
        (rows.collect(), place)
    }

    /// The device pulls, and pushes what the log lacks. Without an answer it learns of it from the
    /// rows.
    pub(crate) fn push(&mut self, device: &Tablet, answered: bool) {
        self.pull(device).unwrap();
        for chunk in finish(device.derive()).unwrap() {
            self.rows.push((chunk.tag, chunk.changes));
            if answered {
                finish(device.acked(chunk.tag, &chunk.hashes, Some(self.id))).unwrap();
            }
        }
    }
}

pub(crate) fn row(seq: u64, tag: Tag, changes: &[Vec<u8>]) -> OpenedRow {
    let parts: Vec<&[u8]> = changes.iter().map(Vec::as_slice).collect();
    let hash = wire::hash(b"test row", &[&parts.concat(), &seq.to_be_bytes()]);
    let row =
        Row { seq, received_at: 0, kind: RowKind::Changes, tag, hash, body: RowBody::HashOnly };
    let content = Content::Changes {
        tag,
        changes: changes.to_vec(),
        by: wire::DeviceKey([0; 32]),
        member: wire::MemberId([0; 16]),
        check: replica::check::CHECK_VERSION,
    };
    OpenedRow { row, content }
}

pub(crate) fn client(number: u8) -> (DocumentId, RecordKey) {
    let id = RecordId::from_bytes([number; 16]);
    (DocumentId::Client(id), RecordKey::new(Client::KIND, id))
}

pub(crate) fn touchpoint(number: u8) -> RecordKey {
    RecordKey::new(Touchpoint::KIND, RecordId::from_bytes([number; 16]))
}

pub(crate) fn complaint(number: u8) -> RecordKey {
    RecordKey::new(Complaint::KIND, RecordId::from_bytes([number; 16]))
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(crate) fn create(key: RecordKey, values: &[(&'static str, &str)]) -> Op {
    Op::Create { key, values: values.iter().map(|(field, value)| (*field, text(value))).collect() }
}

pub(crate) fn set(key: RecordKey, field: &'static str, value: &str) -> Op {
    Op::Set { key, field, value: text(value) }
}

/// Writes and expects it to succeed.
pub(crate) fn write(device: &Tablet, document: DocumentId, ops: Vec<Op>) {
    let stamp = device.stamp(NOW, "edit");
    finish(device.write(document, ops, stamp)).unwrap();
}

pub(crate) fn new_client(device: &Tablet, number: u8, name: &str) -> (DocumentId, RecordKey) {
    let (document, key) = client(number);
    write(device, document, vec![create(key, &[("name", name)])]);
    (document, key)
}

/// A field as the rows entry has it.
pub(crate) fn field(
    device: &Tablet,
    document: DocumentId,
    key: RecordKey,
    field: &str,
) -> Option<String> {
    let row = finish(device.row(document, key)).unwrap()?;
    row.get(field).as_text().map(str::to_owned)
}

/// Everything that a person can see in all documents.
pub(crate) fn seen(device: &Tablet) -> BTreeMap<DocumentId, Vec<handbook::Row>> {
    let documents = device.model().documents();
    documents.into_iter().map(|id| (id, finish(device.rows(id)).unwrap())).collect()
}

/// The stored read model is the one that the documents give, byte by byte, and what is in memory is
/// what is stored.
pub(crate) fn check_model(memory: &Memory) {
    let stored = (memory.peek(Table::Hot), memory.peek(Table::Rows));
    let copy = Memory::from_snapshot(&memory.snapshot());
    let device = open(&copy);
    finish(device.rebuild()).unwrap();
    assert_eq!((copy.peek(Table::Hot), copy.peek(Table::Rows)), stored, "the read model differs");
}

/// What is stored of each document: heads, relay heads, and so on.
pub(crate) fn states(memory: &Memory) -> BTreeMap<String, device::doc_state::DocState> {
    let stored = memory.peek(Table::Documents);
    stored.into_iter().map(|(tag, bytes)| (tag, minicbor::decode(&bytes).unwrap())).collect()
}

pub(crate) fn hash(number: u8) -> Hash {
    Hash([number; 32])
}
