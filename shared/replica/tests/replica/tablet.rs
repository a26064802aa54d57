//! A device around a session: a storage, a clock and a socket, all of them toys. Its documents
//! are sets of byte strings.

use std::collections::{BTreeSet, VecDeque};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use replica::founding::Invited;
use replica::{
    Chunk, Content, DeviceSecrets, Effect, Input, InviteLink, KeyRing, LinkState, OpenedRow, Place,
    RecoverySheet, Session, Snapshot, Task, Vouch, chunk, founding, unlock,
};
use wire::{Hash, MemberId, Millis, Refusal, RelayFrame, Role, Seq, SessionId, Tag};

use crate::relay::{Connection, ORIGIN, Relay, TOKEN};

pub(crate) const TAG: Tag = Tag([7; 16]);

type Lie = Box<dyn FnMut(RelayFrame) -> Vec<RelayFrame>>;

pub(crate) struct Tablet {
    pub(crate) session: Session,
    pub(crate) secrets: DeviceSecrets,
    pub(crate) ring: KeyRing,
    pub(crate) member: MemberId,
    pub(crate) rng: ChaCha8Rng,
    pub(crate) now: Millis,
    /// What is stored.
    pub(crate) place: Option<Place>,
    pub(crate) changes: BTreeSet<Vec<u8>>,
    pub(crate) held: BTreeSet<Vec<u8>>,
    pub(crate) rows: Vec<OpenedRow>,
    pub(crate) shown: Vec<LinkState>,
    pub(crate) done: Vec<Result<Seq, Refusal>>,
    pub(crate) wake: Option<Millis>,
    pub(crate) new_lives: usize,
    pub(crate) sent: Vec<wire::ClientFrame>,
    /// Between the relay and this device.
    pub(crate) lie: Option<Lie>,
    /// No way to the relay.
    pub(crate) offline: bool,
    /// What this device has seen of snapshots of others, and could vouch for.
    pub(crate) vouches: Vec<Vouch>,
    pub(crate) tasks: VecDeque<Task>,
    /// The generation for which a receipt is owed until it was read back.
    pub(crate) owed: Option<Hash>,
    /// Whether its own snapshot is what it made.
    pub(crate) whole: bool,
    /// Rows that it was told are lost.
    pub(crate) lost: Vec<Seq>,
    /// Storing takes until [`Tablet::finish_storing`].
    pub(crate) slow_storage: bool,
    unfinished: Vec<Input>,
    connection: Option<Connection>,
    connections: u8,
}

pub(crate) fn hash_of(change: &[u8]) -> [u8; 32] {
    wire::hash(b"test", &[change]).0
}

impl Tablet {
    fn around(
        session: Session,
        secrets: DeviceSecrets,
        ring: KeyRing,
        member: MemberId,
        place: Option<Place>,
        rng: ChaCha8Rng,
    ) -> Self {
        Self {
            session,
            secrets,
            ring,
            member,
            rng,
            now: 1_000_000,
            place,
            changes: BTreeSet::new(),
            held: BTreeSet::new(),
            rows: Vec::new(),
            shown: Vec::new(),
            done: Vec::new(),
            wake: None,
            new_lives: 0,
            sent: Vec::new(),
            lie: None,
            offline: false,
            vouches: Vec::new(),
            tasks: VecDeque::new(),
            owed: None,
            whole: true,
            lost: Vec::new(),
            slow_storage: false,
            unfinished: Vec::new(),
            connection: None,
            connections: 0,
        }
    }

    pub(crate) fn founder(seed: u64) -> Self {
        Self::founder_with(seed, TOKEN)
    }

    pub(crate) fn founder_with(seed: u64, token: &str) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let secrets = DeviceSecrets::make(&mut rng);
        let member = MemberId([seed as u8; 16]);
        let founded = founding::found(&secrets, member, None, &mut rng).unwrap();
        let place = Place::before_founding(founded.record).unwrap();
        let session = Session::founding(
            place.clone(),
            secrets.clone(),
            founded.ring.clone(),
            ORIGIN.into(),
            token.into(),
        );
        Self::around(session, secrets, founded.ring, member, Some(place), rng)
    }

    pub(crate) fn newcomer(seed: u64, link: &InviteLink) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let secrets = DeviceSecrets::make(&mut rng);
        let member = MemberId([seed as u8; 16]);
        let session = Session::joining(link.clone(), member, secrets.clone());
        Self::around(session, secrets, KeyRing::new(), member, None, rng)
    }

    /// Somebody who has a recovery kit and nothing else.
    pub(crate) fn recovering(seed: u64, sheet: &RecoverySheet) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let secrets = DeviceSecrets::make(&mut rng);
        let session = Session::recovering(sheet.clone(), None, secrets.clone());
        let member = MemberId([seed as u8; 16]);
        Self::around(session, secrets, KeyRing::new(), member, None, rng)
    }

    /// The page is loaded again: only what was stored is left.
    pub(crate) fn reload(&mut self) {
        let place = self.place.clone().unwrap();
        self.session = Session::new(place, self.secrets.clone(), self.ring.clone(), ORIGIN.into());
        self.connection = None;
        self.wake = None;
        self.unfinished.clear();
    }

    /// The page leaves its socket.
    pub(crate) fn forget_connection(&mut self) {
        self.connection = None;
        self.wake = None;
    }

    /// Another browser profile with the same content.
    pub(crate) fn copy(&self, seed: u64) -> Self {
        let place = self.place.clone().unwrap();
        let session =
            Session::new(place.clone(), self.secrets.clone(), self.ring.clone(), ORIGIN.into());
        let rng = ChaCha8Rng::seed_from_u64(seed);
        let (secrets, ring) = (self.secrets.clone(), self.ring.clone());
        let mut copy = Self::around(session, secrets, ring, self.member, Some(place), rng);
        copy.changes = self.changes.clone();
        copy.held = self.held.clone();
        copy
    }

    pub(crate) fn start(&mut self, relay: &mut Relay) {
        self.tell(relay, Input::Resumed);
    }

    pub(crate) fn edit(&mut self, relay: &mut Relay, change: &str) {
        self.changes.insert(change.as_bytes().to_vec());
        self.tell(relay, Input::Dirty);
    }

    /// The relay told that something is new.
    pub(crate) fn pull(&mut self, relay: &mut Relay) {
        self.hear(relay, RelayFrame::Head { seq: relay.head() });
    }

    pub(crate) fn hear(&mut self, relay: &mut Relay, frame: RelayFrame) {
        self.tell(relay, Input::Received(frame.encode()));
    }

    /// The socket breaks.
    pub(crate) fn cut(&mut self, relay: &mut Relay) {
        self.connection = None;
        self.tell(relay, Input::Closed);
    }

    /// Lets time pass until the session wants to be woken.
    pub(crate) fn sleep(&mut self, relay: &mut Relay) {
        self.now = self.now.max(self.wake.take().unwrap());
        self.tell(relay, Input::Tick);
    }

    /// Lets time pass while that is so, but not for ever.
    pub(crate) fn sleep_while(&mut self, relay: &mut Relay, so: impl Fn(&Self) -> bool) {
        for _ in 0..20 {
            if !so(self) {
                return;
            }
            self.sleep(relay);
        }
        panic!("nothing changed in {} sleeps", 20);
    }

    pub(crate) fn finish_storing(&mut self, relay: &mut Relay) {
        self.slow_storage = false;
        for input in std::mem::take(&mut self.unfinished) {
            self.tell(relay, input);
        }
    }

    pub(crate) fn invite(&mut self, relay: &mut Relay, role: Role) -> InviteLink {
        let invited = self.draft_invite(role, self.now + 1_000_000);
        self.tell(relay, Input::Record(invited.record));
        assert!(matches!(self.done.pop(), Some(Ok(_))));
        InviteLink::at(self.place.as_ref().unwrap(), ORIGIN.into(), invited.secret)
    }

    /// Hands in a record and gives what became of it.
    pub(crate) fn record(&mut self, relay: &mut Relay, record: Vec<u8>) -> Result<Seq, Refusal> {
        self.tell(relay, Input::Record(record));
        self.done.pop().unwrap()
    }

    pub(crate) fn roster(&self) -> &wire::Roster {
        &self.place.as_ref().unwrap().roster
    }

    /// An invite on the roster as this tablet knows it, not handed in.
    pub(crate) fn draft_invite(&mut self, role: Role, expires: u64) -> Invited {
        let roster = &self.place.as_ref().unwrap().roster;
        founding::invite(&self.secrets, roster, &self.ring, role, expires, &mut self.rng).unwrap()
    }

    pub(crate) fn state(&self) -> &LinkState {
        self.session.state().unwrap()
    }

    pub(crate) fn unsynced(&self) -> usize {
        self.changes.difference(&self.held).count()
    }

    pub(crate) fn contents(&self) -> impl Iterator<Item = &Content> {
        self.rows.iter().map(|row| &row.content)
    }

    /// Hands in an input and everything that follows from it.
    pub(crate) fn tell(&mut self, relay: &mut Relay, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            for effect in self.session.handle(self.now, &mut self.rng, input) {
                self.perform(relay, effect, &mut inputs);
            }
        }
    }

    fn perform(&mut self, relay: &mut Relay, effect: Effect, inputs: &mut VecDeque<Input>) {
        match effect {
            Effect::Connect if self.offline => inputs.push_back(Input::Closed),
            Effect::Connect => {
                assert!(self.connection.is_none(), "two sockets at once");
                self.connections += 1;
                let (connection, hello) = relay.open(self.connections);
                self.connection = Some(connection);
                inputs.push_back(Input::Opened);
                inputs.push_back(Input::Received(hello));
            }
            Effect::Send(frame) => {
                let connection = self.connection.as_mut().expect("sent without a socket");
                self.sent.push(wire::ClientFrame::decode(&frame).unwrap());
                for frame in relay.on(connection, &frame) {
                    let frames = match &mut self.lie {
                        Some(lie) => lie(frame),
                        None => vec![frame],
                    };
                    inputs.extend(frames.iter().map(|frame| Input::Received(frame.encode())));
                }
            }
            Effect::Disconnect => {
                self.connection = None;
                inputs.retain(|input| {
                    !matches!(input, Input::Received(_) | Input::Opened | Input::Closed)
                });
            }
            Effect::Wake { at } => self.wake = Some(at),
            Effect::StoreSession(session) => {
                self.place.as_mut().unwrap().remember_session(session);
                if self.slow_storage {
                    self.unfinished.push(Input::SessionStored);
                } else {
                    inputs.push_back(Input::SessionStored);
                }
            }
            Effect::RecallSession(session) => {
                let known = self.place.as_ref().unwrap().sessions.contains(&session);
                inputs.push_back(Input::SessionRecalled { session, known });
            }
            Effect::Apply { rows, place } => {
                for row in &rows {
                    match &row.content {
                        Content::Changes { changes, .. } => {
                            self.changes.extend(changes.iter().cloned());
                            self.held.extend(changes.iter().cloned());
                        }
                        Content::OwnChanges { hashes, .. } => self.hold(hashes),
                        Content::Attest { of, .. } if self.owed == Some(*of) => self.owed = None,
                        Content::Snapshot { snapshot, needed: true, .. } => {
                            let changes = chunk::decode_changes(&snapshot.document).unwrap();
                            self.changes.extend(changes.iter().cloned());
                            self.held.extend(changes);
                        }
                        _ => {}
                    }
                }
                self.rows.extend(rows);
                self.store(place, inputs);
            }
            Effect::Removed { place } => {
                let before = self.place.as_ref().unwrap();
                assert_eq!((place.cursor, place.walked), (before.cursor, before.walked));
                self.store(place, inputs);
            }
            Effect::NewLife { place } => {
                self.held.clear();
                self.new_lives += 1;
                self.store(place, inputs);
            }
            Effect::Joined { place, ring } => {
                self.ring = ring;
                self.held.clear();
                let place = match &self.place {
                    Some(before) => before.come_in_again(place),
                    None => place,
                };
                self.place = Some(place.clone());
                inputs.push_back(Input::Stored { place });
            }
            Effect::MakeSnapshot { tag } => {
                let changes: Vec<_> = self.changes.iter().cloned().collect();
                let held = self.unsynced() == 0 && tag == TAG;
                let document = chunk::encode_changes(&changes).unwrap_or_default();
                let snapshot = Snapshot { refused: Vec::new(), document };
                inputs.push_back(Input::SnapshotMade(held.then_some(snapshot)));
            }
            Effect::Vouch => inputs.push_back(Input::Vouches(self.vouches.clone())),
            Effect::Task { said } => {
                let owed = self.owed.filter(|generation| !said.contains(generation));
                let receipt = owed.map(|generation| Task::Receipt { tag: TAG, generation });
                let task = receipt.or_else(|| self.tasks.pop_front());
                inputs.push_back(Input::Task(task.map(Box::new)));
            }
            Effect::Examine { snapshot, .. } => {
                let read = chunk::decode_changes(&snapshot.document);
                inputs.push_back(Input::Examined(self.whole && read.is_ok()));
            }
            Effect::Lost { seq } => self.lost.push(seq),
            Effect::Derive => inputs.push_back(Input::Outbox(self.outbox())),
            Effect::Acked { hashes, .. } => {
                self.hold(&hashes);
                inputs.push_back(Input::AckStored);
            }
            Effect::Show(state) => self.shown.push(state),
            Effect::RecordDone { outcome, .. } => self.done.push(outcome),
        }
    }

    fn store(&mut self, place: Place, inputs: &mut VecDeque<Input>) {
        let place = place.with_knowledge_of(self.place.as_ref().unwrap());
        assert_eq!(Place::decode(&place.encode()).unwrap(), place);
        unlock::top_up(&self.secrets, &place.roster, &place.records, &mut self.ring).unwrap();
        self.place = Some(place.clone());
        if self.slow_storage {
            self.unfinished.push(Input::Stored { place });
        } else {
            inputs.push_back(Input::Stored { place });
        }
    }

    fn hold(&mut self, hashes: &[[u8; 32]]) {
        for change in &self.changes {
            if hashes.contains(&hash_of(change)) {
                self.held.insert(change.clone());
            }
        }
    }

    /// One chunk for each change; a change may name its document by its first letter.
    fn outbox(&self) -> Vec<Chunk> {
        let missing = self.changes.difference(&self.held);
        missing
            .map(|change| Chunk {
                tag: if change.starts_with(b"!") { Tag([8; 16]) } else { TAG },
                hashes: vec![hash_of(change)],
                changes: vec![change.clone()],
            })
            .collect()
    }
}

/// A founder and somebody who joined, both live.
pub(crate) fn pair(relay: &mut Relay) -> (Tablet, Tablet) {
    let mut ada = Tablet::founder(1);
    ada.start(relay);
    let link = ada.invite(relay, Role::Editor);
    let mut bo = Tablet::newcomer(2, &link);
    bo.start(relay);
    ada.pull(relay);
    (ada, bo)
}

pub(crate) fn chain_of(tablet: &Tablet) -> (Seq, Hash) {
    let place = tablet.place.as_ref().unwrap();
    (place.cursor, place.chain)
}

pub(crate) fn last_session(tablet: &Tablet) -> SessionId {
    *tablet.place.as_ref().unwrap().sessions.last().unwrap()
}
