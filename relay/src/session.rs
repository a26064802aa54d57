//! One connection, from greeting to close, without a socket.
//!
//! The driver sends [`Session::hello`], then hands in every message that arrives and sends what
//! comes back, in order. When the store has news of [`Session::space`], it asks [`Session::wake`].
//! The WebSocket task does this with the clock and randomness of the machine, the simulator with its
//! own; with a store in memory no runtime is needed.

mod connect;
mod drops;
mod objects;
mod pull;
mod push;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use rand_core::CryptoRng;
use wire::{
    ClientFrame, CloseReason, DeviceKey, FrameError, Hash, Millis, PROTOCOL, Refusal, RelayFrame,
    Seq, SpaceId,
};

use crate::config::Limits;
use crate::limits::{DEVICE_AHEAD, STRIKES};
use crate::log::Author;
use crate::metrics::name;
use crate::origin::Origin;
use crate::store::{Store, StoreError};
use crate::throttle::{self, Paces};
use push::Push;

/// What all connections of a relay share.
pub struct Terms {
    origins: Vec<Origin>,
    open_registration: bool,
    limits: Limits,
    devices: Paces<DeviceKey>,
}

impl Terms {
    /// The terms of a relay that people reach under these origins, and where a space is made
    /// with a set-up token only.
    #[must_use]
    pub fn new(origins: Vec<Origin>) -> Self {
        let (limits, devices) = (Limits::default(), Paces::new(DEVICE_AHEAD));
        Self { origins, open_registration: false, limits, devices }
    }

    /// The same with other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same, but anybody may make a space.
    #[must_use]
    pub fn with_open_registration(self, open_registration: bool) -> Self {
        Self { open_registration, ..self }
    }

    /// How much is allowed.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Under which origins people reach the relay.
    #[must_use]
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }
}

/// One connection.
pub struct Session {
    terms: Arc<Terms>,
    nonce: [u8; 32],
    strikes: u8,
    member: Option<Box<Member>>,
}

/// Who is on the other side, once that is proved.
struct Member {
    space: SpaceId,
    key: DeviceKey,
    author: Author,
    /// The version that both speak.
    version: u8,
    /// The head that this device was last told.
    told: Seq,
    /// Rows that came from this connection and were not pulled yet: their bytes need not go back.
    own: VecDeque<Seq>,
}

/// What is to be done about what arrived.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Frames to be sent, in order.
    pub frames: Vec<Vec<u8>>,
    /// Why the connection ends after them, if it does.
    pub close: Option<CloseReason>,
    /// How long to wait before the next message is read, because the device is too fast.
    pub pause: Duration,
    /// What was refused, for the relay's own figures; it is among the frames as well.
    pub refused: Vec<Refusal>,
}

impl Session {
    /// A connection with a fresh random nonce.
    #[must_use]
    pub fn new(nonce: [u8; 32], terms: Arc<Terms>) -> Self {
        Self { terms, nonce, strikes: 0, member: None }
    }

    /// The first frame.
    #[must_use]
    pub fn hello(&self) -> Vec<u8> {
        let versions = (*PROTOCOL.start(), *PROTOCOL.end());
        RelayFrame::Hello { versions, nonce: self.nonce }.encode()
    }

    /// The last frame, whatever the reason.
    #[must_use]
    pub fn closing(why: CloseReason) -> Vec<u8> {
        RelayFrame::Closing { why }.encode()
    }

    /// The space that the other side has proved to belong to; `None` before that.
    #[must_use]
    pub fn space(&self) -> Option<SpaceId> {
        self.member.as_ref().map(|member| member.space)
    }

    /// What to send now that the space's log has come to `head`, if it is news.
    pub fn wake(&mut self, head: Seq) -> Option<Vec<u8>> {
        let member = self.member.as_mut().filter(|member| head > member.told)?;
        member.told = head;
        Some(RelayFrame::Head { seq: head }.encode())
    }

    /// Answers one message.
    pub async fn handle(
        &mut self,
        store: &dyn Store,
        now: Millis,
        rng: &mut (impl CryptoRng + Send),
        frame: &[u8],
    ) -> Reply {
        self.handle_all(store, now, rng, &[frame]).await
    }

    /// Answers messages that arrived together. Appends among them are handed to the store together
    /// and may share a commit; the answers are in the order of the messages all the same.
    pub async fn handle_all(
        &mut self,
        store: &dyn Store,
        now: Millis,
        rng: &mut (impl CryptoRng + Send),
        frames: &[impl AsRef<[u8]> + Sync],
    ) -> Reply {
        let mut reply = Reply::default();
        let mut pushes = Vec::new();
        for frame in frames.iter().map(AsRef::as_ref) {
            reply.pause = reply.pause.max(self.spend(frame.len(), now));
            let frame = ClientFrame::decode(frame);
            if let Ok(ClientFrame::Append { .. } | ClientFrame::AppendRecord { .. }) = frame {
                pushes.extend(frame.ok().and_then(Push::of));
                continue;
            }
            self.push(store, std::mem::take(&mut pushes), &mut reply).await;
            if reply.close.is_some() {
                return reply;
            }
            match frame {
                Ok(frame) => self.answer(store, now, rng, frame, &mut reply).await,
                Err(error) => self.strike(Hash::ZERO, unreadable(&error), &mut reply),
            }
            if reply.close.is_some() {
                return reply;
            }
        }
        self.push(store, pushes, &mut reply).await;
        reply
    }

    async fn answer(
        &mut self,
        store: &dyn Store,
        now: Millis,
        rng: &mut (impl CryptoRng + Send),
        frame: ClientFrame,
        reply: &mut Reply,
    ) {
        match frame {
            ClientFrame::Connect {
                version,
                space,
                origin,
                device,
                as_invite,
                cursor,
                log,
                signature,
            } => {
                let proof = connect::Proof { version, space, origin, device, signature };
                let place = connect::Place { as_invite, cursor, log };
                self.connect(store, now, &proof, &place, reply).await;
            }
            ClientFrame::Found { token, record } => {
                self.found(store, rng, &token, record, None, reply).await;
            }
            ClientFrame::FoundAgain { token, records } => {
                let mut records = records.into_iter().map(Vec::from);
                let first = records.next().unwrap_or_default();
                let again = Some(records.collect());
                self.found(store, rng, &token, first, again, reply).await;
            }
            ClientFrame::Pull { after, max_bytes } => {
                self.pull(store, now, after, max_bytes, reply).await;
            }
            ClientFrame::Ping { n } => reply.say(&RelayFrame::Pong { n }),
            ClientFrame::PutObject { address, size, offset, bytes } => {
                let piece = objects::Piece { size, offset, bytes };
                self.put_object(store, address, piece, reply).await;
            }
            ClientFrame::GetObject { address, offset, length } => {
                self.get_object(store, address, offset, length, reply).await;
            }
            ClientFrame::DropObject { address } => self.drop_object(store, address, reply).await,
            ClientFrame::OpenDrop { token, expires } => {
                self.open_drop(store, now, token, expires, reply).await;
            }
            ClientFrame::PullDrops { most } => self.pull_drops(store, most, reply).await,
            ClientFrame::CloseDrop { token } => self.close_drop(store, token, reply).await,
            // Gathered by `handle_all` before they come here.
            ClientFrame::Append { .. } | ClientFrame::AppendRecord { .. } => {}
        }
    }

    /// Refuses something outside the log, and closes the connection if that happens too often.
    fn strike(&mut self, hash: Hash, reason: Refusal, reply: &mut Reply) {
        self.strikes = self.strikes.saturating_add(1);
        reply.refuse(hash, reason);
        if self.strikes >= STRIKES {
            reply.refuse(Hash::ZERO, Refusal::RateLimited);
            reply.end(CloseReason::Protocol);
        }
    }

    fn spend(&self, bytes: usize, now: Millis) -> Duration {
        let Some(member) = &self.member else { return Duration::ZERO };
        let Limits { device_frames, device_bytes, .. } = self.terms.limits;
        let cost = throttle::each(device_frames) + throttle::some(bytes as u64, device_bytes);
        self.terms.devices.spend(member.key, cost, now)
    }
}

impl Reply {
    fn say(&mut self, frame: &RelayFrame) {
        self.frames.push(frame.encode());
    }

    fn refuse(&mut self, hash: Hash, reason: Refusal) {
        tracing::debug!(reason = %name(&reason), "refused");
        self.refused.push(reason);
        self.say(&RelayFrame::Refused { hash, reason });
    }

    fn fail(&mut self, hash: Hash, error: &StoreError) {
        tracing::error!(%error, "the store failed");
        self.refused.push(Refusal::Unavailable);
        self.say(&RelayFrame::Refused { hash, reason: Refusal::Unavailable });
    }

    fn end(&mut self, why: CloseReason) {
        self.say(&RelayFrame::Closing { why });
        self.close = Some(why);
    }
}

fn unreadable(error: &FrameError) -> Refusal {
    match error {
        FrameError::Malformed(_) => Refusal::Malformed,
        FrameError::Unknown { .. } => Refusal::VersionUnsupported,
        FrameError::TooLarge { .. } => Refusal::TooLarge { limit: wire::limits::MAX_FRAME as u64 },
    }
}
