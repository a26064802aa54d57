//! A colleague without a browser: a whole device in this process, over a real socket to a real
//! relay.
//!
//! Stories and benches use colleagues to fill a workspace, to be the other side of a conversation,
//! and to measure what the way through the relay takes. Long because it is one person: everything that somebody at a device
//! can do, a few lines each.

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use device::memory::{Memory, OpenVault};
use device::storage::{Table, Vault};
use device::sync::{Engine, LinkAction, LinkEvent};
use device::transfer::{Line, Transfer, TransferError};
use device::{Device, Edit, Founding, Joining, Opening, Prepared, SpaceKind};
use futures_util::{SinkExt, StreamExt};
use handbook::records::{Attachment, Client, Touchpoint};
use handbook::{DocumentId, Moment, Op, Record, RecordId, RecordKey, Stamp};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use replica::{DeviceSecrets, InviteLink, KeyRing, LinkState, SealedObject, StopReason};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use wire::{ClientFrame, InviteState, PROTOCOL, Role, connect_input};

use crate::bench::Stopwatch;
use crate::deadline::{Deadline, PATIENCE};
use crate::relay::Relay;

type OwnDevice = Device<Memory, OpenVault>;
pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long an invite of these tests may be used, milliseconds.
const INVITE_MS: u64 = 3_600_000;

/// One person with one device.
#[derive(Debug)]
pub struct Colleague {
    device: Rc<OwnDevice>,
    storage: Memory,
    engine: Engine<Memory, OpenVault>,
    socket: Option<Socket>,
    timer: Option<u64>,
    heard: u64,
    rng: ChaCha20Rng,
}

impl Colleague {
    /// The first person of a firm: founds its workspace at an empty relay.
    ///
    /// # Panics
    /// If the device cannot begin.
    pub async fn found(relay: &Relay, firm: &str, name: &str) -> Self {
        let mut rng = fresh();
        let link = relay.setup_link();
        let token = link.split_once("#setup=").map(|(_, token)| token).expect("a set-up link");
        let founding = Founding {
            kind: SpaceKind::Team,
            origin: relay.url(),
            token: token.to_owned(),
            firm: firm.to_owned(),
            name: name.to_owned(),
            at: now(),
        };
        let opening = opening(&mut rng);
        let prepared = Prepared::found(&founding, &mut rng).expect("a space can be made");
        let storage = Memory::new();
        let device = Device::found(storage.tab(), OpenVault::default(), opening, prepared);
        let device = Box::pin(device).await.expect("a space can be founded");
        Box::pin(Self::begin(device, storage, rng)).await
    }

    /// Joins by an invitation link and waits until everything is here.
    ///
    /// # Panics
    /// If the link is broken, the device cannot begin, or nobody is let in by this link.
    pub async fn join(link: &str, name: &str) -> Self {
        let link = InviteLink::parse(link).expect("an invitation link");
        Box::pin(Self::knock(link, name)).await.expect("an invitation that is good")
    }

    /// Tries to join by an invitation.
    ///
    /// # Errors
    /// Why nobody is let in by it; the device then has nothing of the workspace.
    ///
    /// # Panics
    /// If the device cannot begin, or was half let in.
    pub async fn knock(link: InviteLink, name: &str) -> Result<Self, StopReason> {
        let mut rng = fresh();
        let joining = Joining { link, name: name.to_owned() };
        let opening = opening(&mut rng);
        let storage = Memory::new();
        let device = Device::join(storage.tab(), OpenVault::default(), opening, joining);
        let device = Box::pin(device).await.expect("a device can join");
        let mut newcomer = Box::pin(Self::idle(device, storage, rng)).await;
        newcomer.happen(LinkEvent::Resumed).await;
        newcomer
            .until("answer at the door", |state| {
                matches!(state, Some(LinkState::Live | LinkState::Stopped(_)))
            })
            .await;
        if let Some(LinkState::Stopped(reason)) = newcomer.engine.state() {
            let device = newcomer.device();
            assert!(device.place().is_none() && device.model().documents().is_empty());
            return Err(reason.clone());
        }
        newcomer.sync().await;
        Ok(newcomer)
    }

    async fn begin(device: OwnDevice, storage: Memory, rng: ChaCha20Rng) -> Self {
        let mut colleague = Box::pin(Self::idle(device, storage, rng)).await;
        colleague.sync().await;
        colleague
    }

    async fn idle(device: OwnDevice, storage: Memory, rng: ChaCha20Rng) -> Self {
        let device = Rc::new(device);
        let engine = Engine::start(Rc::clone(&device), false).await.expect("an engine");
        Self { device, storage, engine, socket: None, timer: None, heard: 0, rng }
    }

    /// The device, to look at.
    #[must_use]
    pub fn device(&self) -> &OwnDevice {
        &self.device
    }

    /// The private keys of this device and the keys that open the space, each as it is.
    ///
    /// # Panics
    /// If the device has none.
    pub async fn keys(&self) -> Vec<Vec<u8>> {
        let kept = self.storage.peek(Table::Keys);
        let vault = OpenVault::default();
        let secrets = vault.unwrap(&kept["device"]).await.expect("the device's keys");
        let ring = vault.unwrap(&kept["ring"]).await.expect("the space's keys");
        read_keys(&secrets, &ring).expect("keys as they are stored")
    }

    /// What this device signs and opens with, and the keys that it has of the space.
    ///
    /// # Panics
    /// If the device has none.
    pub async fn secrets(&self) -> (DeviceSecrets, KeyRing) {
        let kept = self.storage.peek(Table::Keys);
        let vault = OpenVault::default();
        let secrets = vault.unwrap(&kept["device"]).await.expect("the device's keys");
        let ring = vault.unwrap(&kept["ring"]).await.expect("the space's keys");
        let secrets = DeviceSecrets::decode(&secrets).expect("keys as they are stored");
        (secrets, KeyRing::decode(&ring).expect("keys as they are stored"))
    }

    /// Removes a colleague with all devices, and waits until the relay knows.
    ///
    /// # Panics
    /// If this member may not do that.
    pub async fn remove(&mut self, whom: &Self) {
        let change = self.device.remove_member(whom.device.member(), false).expect("a removal");
        self.happen(LinkEvent::Record(change.record)).await;
        let (device, gone) = (Rc::clone(&self.device), whom.device.device());
        self.until("word of the removal", |_| {
            device.place().is_some_and(|place| place.roster.removal(&gone).is_some())
        })
        .await;
    }

    /// Connects anew and hears that this device was removed.
    pub async fn hear_of_removal(&mut self) {
        self.socket = None;
        self.happen(LinkEvent::Closed).await;
        self.happen(LinkEvent::Resumed).await;
        self.until("word of the removal", |state| {
            matches!(state, Some(LinkState::Stopped(StopReason::Removed { .. })))
        })
        .await;
    }

    /// A new id.
    pub fn id(&mut self) -> RecordId {
        RecordId::new(now_ms(), &mut self.rng)
    }

    /// Adds a client.
    pub async fn add_client(&mut self, name: &str) -> RecordId {
        let id = self.id();
        let client = Client { name: name.to_owned(), ..Client::default() };
        self.write(DocumentId::Client(id), vec![client.create(id)]).await;
        id
    }

    /// Logs touchpoints with a client, as one command.
    pub async fn log(&mut self, client: RecordId, touchpoints: Vec<Touchpoint>) {
        let ops = touchpoints.into_iter().map(|touchpoint| touchpoint.create(self.id()));
        let ops = ops.collect();
        self.write(DocumentId::Client(client), ops).await;
    }

    /// Changes a document on this device; nothing is sent before [`Colleague::sync`].
    ///
    /// # Panics
    /// If the device does not take it.
    pub async fn write(&mut self, document: DocumentId, ops: Vec<Op>) {
        let stamp = self.stamp();
        self.device.write(document, ops, stamp).await.expect("a write");
    }

    /// Erases people's records, and waits until the relay has closed what they were in.
    ///
    /// # Panics
    /// If the device refuses.
    pub async fn erase(&mut self, document: DocumentId, people: &[RecordKey]) {
        let stamp = self.stamp();
        self.device.erase(&[document], people, stamp).await.expect("an erasure");
        self.happen(LinkEvent::Dirty).await;
        while self.device.erasures().await.expect("erasures").iter().any(|it| it.begun.is_none()) {
            self.until_quiet(now_ms() + 100).await;
        }
    }

    /// All that lies on this device, by table and key.
    #[must_use]
    pub fn stored(&self) -> Vec<(String, Vec<u8>)> {
        let entries = |table: Table| {
            let all = self.storage.peek(table).into_iter();
            all.map(move |(key, value)| (format!("{}/{key}", table.name()), value))
        };
        Table::ALL.into_iter().flat_map(entries).collect()
    }

    fn stamp(&mut self) -> Stamp {
        let mut command = [0; 16];
        self.rng.fill_bytes(&mut command);
        Stamp {
            member: self.device.member().0,
            at: now(),
            command: uuid::Uuid::from_bytes(command),
            batch: None,
            what: "test",
        }
    }

    /// Attaches a file to a client on this device; the bytes are sent by [`Colleague::transfer`].
    ///
    /// # Panics
    /// If the device does not take it.
    pub async fn attach(&mut self, client: RecordId, name: &str, content: &[u8]) -> SealedObject {
        let object = self.device.seal_object(content).expect("no larger than it may be");
        let attachment = Attachment {
            about: format!("{}/{client}", Client::KEY),
            name: name.to_owned(),
            size: i64::try_from(content.len()).ok(),
            address: object.address.to_string(),
            key: object.key.to_text().as_str().into(),
            ..Attachment::default()
        };
        let ops = vec![attachment.create(self.id())];
        let edit = Edit { document: DocumentId::Client(client), ops, stamp: self.stamp() };
        self.device.write_with_object(edit, &object).await.expect("an attachment");
        object
    }

    /// What this device says to a relay that greets with that nonce.
    ///
    /// # Panics
    /// If the device has no keys, or has not joined.
    pub async fn greeting(&self, nonce: &[u8; 32]) -> ClientFrame {
        let kept = self.storage.peek(Table::Keys);
        let secrets = OpenVault::default().unwrap(&kept["device"]).await.expect("its keys");
        let secrets = DeviceSecrets::decode(&secrets).expect("keys as they are stored");
        let (device, origin) = (secrets.device(), self.device.origin());
        let space = self.device.place().expect("a member").space;
        let signature = secrets.sign(&connect_input(nonce, &space, &origin, &device));
        let version = *PROTOCOL.end();
        let (as_invite, cursor, log) = (false, 0, None);
        ClientFrame::Connect { version, space, origin, device, as_invite, cursor, log, signature }
    }

    /// Opens a connection for objects. It breaks after so many messages of the relay's.
    ///
    /// # Errors
    /// See [`TransferError`].
    pub async fn transfer(
        &self,
        most: usize,
    ) -> Result<Transfer<'_, SocketLine, Memory, OpenVault>, TransferError> {
        let socket = connect(&self.device.origin()).await.ok_or(TransferError::Cut)?;
        Transfer::begin(&self.device, SocketLine { socket, most }).await
    }

    /// Makes an invitation and waits until the relay has it; its link as it is sent to a person.
    ///
    /// # Panics
    /// If this member may not invite.
    pub async fn invite(&mut self) -> String {
        self.invite_until(now_ms() + INVITE_MS).await.url(&self.device.origin())
    }

    /// Makes an invitation that may be used until then, milliseconds since 1970, and waits until
    /// the relay has it.
    ///
    /// # Panics
    /// If this member may not invite.
    pub async fn invite_until(&mut self, expires: u64) -> InviteLink {
        let invited = self.device.invite(Role::Editor, expires).expect("an invite");
        self.happen(LinkEvent::Record(invited.record.clone())).await;
        let device = Rc::clone(&self.device);
        self.until("an invitation", |_| device.invite_link(&invited).is_some()).await;
        self.device.invite_link(&invited).expect("the invite is in the roster")
    }

    /// Takes an invitation back, and waits until the relay knows.
    ///
    /// # Panics
    /// If it is none of this team's that is open.
    pub async fn take_back(&mut self, link: &InviteLink) {
        let key = link.secret.derive_keys().device();
        let roster = self.device.place().expect("a member").roster;
        let (invite, _) = roster.invite_by_key(&key).expect("an invite of this team");
        let record = self.device.revoke(invite).expect("an open invite");
        self.happen(LinkEvent::Record(record)).await;
        let device = Rc::clone(&self.device);
        self.until("word that it was taken back", |_| {
            let place = device.place();
            place
                .and_then(|place| Some(place.roster.invite(&invite)?.state == InviteState::Revoked))
                == Some(true)
        })
        .await;
    }

    /// Sets the workspace up again on a relay that does not have it, and waits until it is there.
    ///
    /// # Panics
    /// If this device is not of the team.
    pub async fn set_up_again(&mut self, relay: &Relay) {
        let link = relay.setup_link();
        let token = link.split_once("#setup=").map(|(_, token)| token).expect("a set-up link");
        self.device.set_up_again(&relay.url(), token).await.expect("a device of the team");
        self.engine = Engine::start(Rc::clone(&self.device), false).await.expect("an engine");
        (self.socket, self.timer) = (None, None);
        self.sync().await;
    }

    /// Goes to the relay, which lets this device in no more.
    ///
    /// # Panics
    /// If it is let in after all.
    pub async fn is_turned_away(&mut self) -> StopReason {
        self.socket = None;
        self.happen(LinkEvent::Closed).await;
        self.happen(LinkEvent::Resumed).await;
        self.until("the relay's no", |state| matches!(state, Some(LinkState::Stopped(_)))).await;
        match self.engine.state() {
            Some(LinkState::Stopped(reason)) => reason.clone(),
            state => panic!("{state:?}"),
        }
    }

    /// Opens a new connection, fetches what is new there and sends what is new here.
    pub async fn sync(&mut self) {
        self.socket = None;
        self.happen(LinkEvent::Closed).await;
        self.happen(LinkEvent::Resumed).await;
        let device = Rc::clone(&self.device);
        self.until("agreement with the relay", |state| {
            state == Some(&LinkState::Live) && device.unsynced() == 0
        })
        .await;
    }

    /// Sends what is new here until the relay has acknowledged it all, or is gone.
    pub async fn push_as_far_as_possible(&mut self) {
        self.happen(LinkEvent::Dirty).await;
        let device = Rc::clone(&self.device);
        self.until("end of pushing", |state| {
            device.unsynced() == 0 || matches!(state, Some(LinkState::Offline { .. }))
        })
        .await;
    }

    /// Sends what is new here and waits until the relay has acknowledged it.
    pub async fn push(&mut self) {
        self.happen(LinkEvent::Dirty).await;
        let device = Rc::clone(&self.device);
        self.until("acknowledgement", |_| device.unsynced() == 0).await;
    }

    /// Goes on talking to the relay until that moment, milliseconds since 1970.
    pub async fn until_quiet(&mut self, at: u64) {
        while now_ms() < at {
            let left = Duration::from_millis(at.saturating_sub(now_ms()));
            if let Ok(event) = timeout(left, self.next()).await {
                self.happen(event).await;
            }
        }
    }

    /// How many touchpoints there are.
    #[must_use]
    pub fn touchpoints(&self) -> usize {
        self.device.model().rows(Touchpoint::KIND).len()
    }

    /// What Automerge takes for reading all documents from their bytes, milliseconds.
    ///
    /// # Panics
    /// If a document cannot be read, or the relay lacks something of one.
    pub async fn reading_time(&self) -> f64 {
        let mut milliseconds = 0.0;
        for tag in self.storage.peek(Table::Documents).into_keys() {
            let tag = tag.parse().expect("a document's tag");
            let snapshot = self.device.make_snapshot(tag).await.expect("a readable document");
            let bytes = snapshot.expect("the relay has all of it").document;
            let stopwatch = Stopwatch::start();
            handbook::document::load(&bytes).expect("a readable document");
            milliseconds += stopwatch.milliseconds();
        }
        milliseconds
    }

    /// How many batches of other people's changes were stored here.
    #[must_use]
    pub fn heard(&self) -> u64 {
        self.heard
    }

    /// Waits until more than `before` batches of other people's changes are stored here.
    ///
    /// # Panics
    /// If none comes.
    pub async fn hear_beyond(&mut self, before: u64) {
        let deadline = Deadline::soon();
        while self.heard <= before {
            let event = timeout(deadline.left(), self.next()).await;
            self.happen(event.expect("something is heard")).await;
        }
    }

    /// Goes on talking to the relay until `done`. It must not be dropped before it returns: an
    /// engine does not take kindly to being left in the middle of a step. `done` sees what the
    /// device shows of its link.
    ///
    /// # Panics
    /// If it takes too long.
    pub async fn until(&mut self, what: &str, done: impl Fn(Option<&LinkState>) -> bool) {
        let deadline = Deadline::soon();
        while !done(self.engine.state()) {
            let event = timeout(deadline.left(), self.next()).await;
            match event {
                Ok(event) => self.happen(event).await,
                Err(_) => panic!("no {what}; the link is {:?}", self.engine.state()),
            }
        }
    }

    /// What happens next outside.
    async fn next(&mut self) -> LinkEvent {
        let wait = self.timer.map(|at| Duration::from_millis(at.saturating_sub(now_ms())));
        let alarm = async {
            match wait {
                Some(wait) => sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        let message = async {
            match &mut self.socket {
                Some(socket) => socket.next().await,
                None => std::future::pending().await,
            }
        };
        let message = tokio::select! {
            () = alarm => {
                self.timer = None;
                return LinkEvent::Timer;
            }
            message = message => message,
        };
        match message {
            Some(Ok(Message::Binary(bytes))) => LinkEvent::Message(bytes.to_vec()),
            // Pings are answered below us.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Box::pin(self.next()).await,
            Some(Ok(_) | Err(_)) | None => {
                self.socket = None;
                LinkEvent::Closed
            }
        }
    }

    /// Tells the engine and does what it asks for.
    async fn happen(&mut self, event: LinkEvent) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            // Boxed: what a step needs would be part of every future above it.
            for action in Box::pin(self.engine.step(now_ms(), 0, event)).await {
                events.extend(self.carry_out(action).await);
            }
        }
    }

    async fn carry_out(&mut self, action: LinkAction) -> Option<LinkEvent> {
        match action {
            LinkAction::Connect => match connect(&self.device.origin()).await {
                Some(socket) => {
                    self.socket = Some(socket);
                    Some(LinkEvent::Opened)
                }
                None => Some(LinkEvent::Closed),
            },
            LinkAction::Send(bytes) => {
                let socket = self.socket.as_mut()?;
                let sent = socket.send(Message::Binary(bytes.into())).await;
                sent.is_err().then(|| {
                    self.socket = None;
                    LinkEvent::Closed
                })
            }
            LinkAction::Close => {
                self.socket = None;
                None
            }
            LinkAction::Timer(at) => {
                self.timer = Some(at);
                None
            }
            LinkAction::Failed(error) => panic!("the device failed: {error}"),
            LinkAction::Changed(_) => {
                self.heard += 1;
                None
            }
            LinkAction::Show(_) | LinkAction::Skipped(..) | LinkAction::RecordDone { .. } => None,
        }
    }
}

/// A real socket as a line for objects.
#[derive(Debug)]
pub struct SocketLine {
    socket: Socket,
    /// After so many messages it breaks.
    most: usize,
}

impl Line for SocketLine {
    async fn send(&mut self, message: Vec<u8>) {
        // What does not go out is noticed where the answer is missing.
        let _ = self.socket.send(Message::Binary(message.into())).await;
    }

    async fn receive(&mut self) -> Option<Vec<u8>> {
        self.most = self.most.checked_sub(1)?;
        loop {
            match timeout(PATIENCE, self.socket.next()).await.ok()?? {
                Ok(Message::Binary(bytes)) => return Some(bytes.to_vec()),
                Ok(Message::Ping(_) | Message::Pong(_)) => {}
                Ok(_) | Err(_) => return None,
            }
        }
    }
}

/// The keys in the stored forms of [`replica`]: `[1, signing, sealing]` and
/// `[1, [[record, epoch, key], …]]`.
fn read_keys(secrets: &[u8], ring: &[u8]) -> Result<Vec<Vec<u8>>, minicbor::decode::Error> {
    let mut decoder = minicbor::Decoder::new(secrets);
    decoder.array()?;
    decoder.u8()?;
    let mut keys = vec![decoder.bytes()?.to_vec(), decoder.bytes()?.to_vec()];
    let mut decoder = minicbor::Decoder::new(ring);
    decoder.array()?;
    decoder.u8()?;
    for _ in 0..decoder.array()?.unwrap_or_default() {
        decoder.array()?;
        decoder.bytes()?;
        decoder.u32()?;
        keys.push(decoder.bytes()?.to_vec());
    }
    Ok(keys)
}

/// A socket as a browser opens it from the app's page.
pub(crate) async fn connect(origin: &str) -> Option<Socket> {
    let address = format!("{}/sync", origin.replacen("http", "ws", 1));
    let mut request = address.into_client_request().ok()?;
    request.headers_mut().insert("origin", HeaderValue::from_str(origin).ok()?);
    connect_async(request).await.ok().map(|(socket, _)| socket)
}

fn opening(rng: &mut ChaCha20Rng) -> Opening {
    let mut seed = [0; 32];
    rng.fill_bytes(&mut seed);
    Opening { seed, build: "tests".to_owned() }
}

/// Randomness that differs from colleague to colleague and from run to run; it protects nothing but
/// tests.
fn fresh() -> ChaCha20Rng {
    use std::hash::{BuildHasher, RandomState};
    ChaCha20Rng::seed_from_u64(RandomState::new().hash_one(now_ms()))
}

fn now() -> Moment {
    Moment { ms: i64::try_from(now_ms()).unwrap_or_default(), offset_min: 0 }
}

/// Milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the clock of a real device")]
#[must_use]
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}
