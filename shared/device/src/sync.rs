//! The engine: it carries out what the session asks for, and tells it what became of that.
//!
//! [`replica::Session`] decides and does nothing; [`Device`] stores and knows no connection.
//! Between them stands this loop. The app drives it with a WebSocket and a timer, the simulator
//! with neither. Long because each thing that the session asks for is carried out here, in one order.

use std::collections::VecDeque;
use std::rc::Rc;

use handbook::Moment;
use replica::session::{Effect, Input, LinkState, SkipReason, Skipped, StopReason};
use replica::{Place, Session};
use wire::{Hash, LogId, Millis, Record, Refusal, Seq};

use crate::apply::ApplyError;
use crate::device::{Changed, Device, OpenError};
use crate::edit::WriteError;
use crate::loaded::LoadError;
use crate::space_state::SpaceKind;
use crate::storage::{Storage, StorageError, Vault};

/// How long to wait before the relay is tried again after this device's own storage failed,
/// milliseconds. The person has to make room first, or the storage has to recover.
const STORAGE_PAUSE_MS: Millis = 30_000;

/// What happened outside.
#[derive(Clone, Debug)]
pub enum LinkEvent {
    /// The socket is open.
    Opened,
    /// The socket is gone, or could not be opened.
    Closed,
    /// One binary message arrived.
    Message(Vec<u8>),
    /// The engine begins, the page came back, or the network did.
    Resumed,
    /// The moment of the latest [`LinkAction::Timer`] has come.
    Timer,
    /// Something was written on this device, in whichever tab.
    Dirty,
    /// A roster record that the person made is to be appended.
    Record(Vec<u8>),
    /// The person has read about the other copy of this profile and goes on with this one.
    GoOn,
}

/// What is to be done outside, in this order.
#[derive(Clone, Debug)]
pub enum LinkAction {
    /// Open a socket to the relay.
    Connect,
    /// Send one binary message.
    Send(Vec<u8>),
    /// Drop the socket, and report nothing more about it.
    Close,
    /// Report `Timer` at this moment, milliseconds since 1970. Replaces an earlier wish.
    Timer(Millis),
    /// For the status line.
    Show(LinkState),
    /// Something that others did was stored: for signals, and for the other tabs.
    Changed(Changed),
    /// A row was passed over, for people to know.
    Skipped(Seq, Skipped),
    /// A record handed in was appended, or refused for good.
    RecordDone {
        /// The record's hash.
        hash: Hash,
        /// Its number, or why not.
        outcome: Result<Seq, Refusal>,
    },
    /// This device could not store or read something; nothing is lost, and the engine tries again
    /// by itself.
    Failed(SyncError),
}

/// Why the engine could not go on for now.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// The storage failed; on [`StorageError::Full`] the person must make room.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A document or the keys cannot be read.
    #[error("{0}")]
    Unreadable(String),
}

/// Why an engine cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A sample never meets a relay.
    #[error("the sample stays on this device")]
    Sample,
    /// What it needs cannot be read.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// A device and its conversation with the relay. At most one of a profile's tabs should run one at
/// a time; if two do, that is wasteful and safe.
#[derive(Debug)]
pub struct Engine<S, V> {
    device: Rc<Device<S, V>>,
    session: Session,
    /// The life of the log that the present session reads.
    log: Option<LogId>,
    /// The storage failed, so the session no longer knows where it stands. A new one begins where
    /// the storage stands, when the timer rings.
    resting: bool,
    /// Records handed in and not judged yet: a new session takes them over.
    records: Vec<Vec<u8>>,
    shown: Option<LinkState>,
    /// What was found when the engine began or woke, and nobody has been told yet.
    found: Changed,
    /// A document went on under another tag after the session had asked what is to be pushed: what was carried over
    /// may be.
    carried: bool,
}

impl<S: Storage, V: Vault> Engine<S, V> {
    /// An engine that has not done anything yet: hand it [`LinkEvent::Resumed`]. `panicked` says
    /// whether the panic hook left its sign since an engine last started on this profile.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(device: Rc<Device<S, V>>, panicked: bool) -> Result<Self, StartError> {
        if device.kind() == SpaceKind::Sample {
            return Err(StartError::Sample);
        }
        device.count_deaths(panicked).await.map_err(OpenError::from)?;
        // The tab that did this before may have died before it could say what it had stored.
        let mut found = device.refresh(&[]).await.map_err(OpenError::from)?;
        match device.retry_kept().await {
            Ok(changed) => found.extend(changed),
            Err(LoadError::Storage(error)) => return Err(OpenError::from(error).into()),
            // A document that cannot be loaded keeps nobody from syncing the others.
            Err(LoadError::Damaged { .. }) => {}
        }
        // Where a document goes on may have been set aside by the build before: it is here now.
        match Box::pin(device.close_late_now()).await {
            Ok(changed) => found.extend(changed),
            Err(ApplyError::Storage(error) | ApplyError::Load(LoadError::Storage(error))) => {
                return Err(OpenError::from(error).into());
            }
            // It is tried again when nothing else is to be done.
            Err(_) => {}
        }
        let session = session(&device).await?;
        let log = device.life();
        let (records, shown) = (Vec::new(), None);
        Ok(Self { device, session, log, resting: false, records, shown, found, carried: false })
    }

    /// The device.
    pub fn device(&self) -> &Rc<Device<S, V>> {
        &self.device
    }

    /// What was shown last.
    pub fn state(&self) -> Option<&LinkState> {
        self.shown.as_ref()
    }

    /// Takes what happened at `now` (milliseconds since 1970; `offset_min` is how far the wall
    /// clock is from UTC), and answers with what is to be done.
    pub async fn step(
        &mut self,
        now: Millis,
        offset_min: i16,
        event: LinkEvent,
    ) -> Vec<LinkAction> {
        let mut actions = Vec::new();
        let mut inputs = match self.hear(event).await {
            Ok(inputs) => inputs,
            Err(error) => {
                self.rest(now, Some(error), &mut actions);
                return actions;
            }
        };
        report(std::mem::take(&mut self.found), &mut actions);
        if self.resting {
            return actions;
        }
        loop {
            while let Some(input) = inputs.pop_front() {
                let effects = {
                    let mut rng = self.device.rng.borrow_mut();
                    self.session.handle(now, &mut *rng, input)
                };
                for effect in effects {
                    // Boxed, because this future holds those of every way to store something.
                    match Box::pin(self.carry_out(now, effect, &mut actions)).await {
                        Ok(answer) => inputs.extend(answer),
                        Err(error) => {
                            self.rest(now, sync_error(error), &mut actions);
                            return actions;
                        }
                    }
                }
            }
            let wrote = self.introduce(now, offset_min, &mut actions).await;
            let carried = std::mem::take(&mut self.carried);
            if self.resting || !(wrote || carried) {
                return actions;
            }
            inputs.push_back(Input::Dirty);
        }
    }

    /// What the session is to hear of an event. While the engine rests there is nobody to hear it.
    async fn hear(&mut self, event: LinkEvent) -> Result<VecDeque<Input>, SyncError> {
        if let LinkEvent::Record(record) = &event {
            self.records.push(record.clone());
        }
        let asks_anew =
            self.is_invited_again(&event).await? || self.has_another_token(&event).await?;
        if !self.resting && !asks_anew {
            return Ok(VecDeque::from([input(event)]));
        }
        let mut inputs = VecDeque::new();
        if let LinkEvent::Timer | LinkEvent::Resumed = event {
            // A batch may have become durable although the storage failed right after it: the place has moved on then,
            // and nobody would pull these rows again.
            self.found.extend(self.device.refresh(&[]).await?);
            self.session = session(&self.device).await?;
            self.log = self.device.life();
            self.resting = false;
            inputs.push_back(Input::Resumed);
            inputs.extend(self.records.iter().cloned().map(Input::Record));
        }
        Ok(inputs)
    }

    /// Whether the person of a device that the relay does not let in has another invitation by now.
    async fn is_invited_again(&self, event: &LinkEvent) -> Result<bool, SyncError> {
        let looks = matches!(event, LinkEvent::Timer | LinkEvent::Resumed);
        let outside = matches!(self.shown, Some(LinkState::Stopped(StopReason::NotActive)));
        Ok(looks && outside && self.device.invitation().await?.is_some())
    }

    /// Whether the person has handed in another set-up token since the relay said no.
    async fn has_another_token(&self, event: &LinkEvent) -> Result<bool, SyncError> {
        let looks = matches!(event, LinkEvent::Timer | LinkEvent::Resumed);
        let refused = matches!(self.shown, Some(LinkState::Stopped(StopReason::Refused(_))));
        if !(looks && refused) {
            return Ok(false);
        }
        // It may have been handed to another tab.
        self.device.recall_space().await?;
        if self.device.place().is_none_or(|place| place.founded) {
            return Ok(false);
        }
        Ok(self.session.token() != Some(self.device.token().await?.as_str()))
    }

    /// A token by which a space wanted to be set up again is no good: it is forgotten, and the device
    /// looks at the relay again as one of a space that the relay should have.
    async fn give_up_setting_up(&mut self, state: &LinkState) -> Result<(), ApplyError> {
        let no_good = matches!(state, LinkState::Stopped(StopReason::Refused(_)))
            && self.session.token().is_some();
        if no_good && self.device.forget_setting_up().await? {
            self.resting = true;
        }
        Ok(())
    }

    /// An invitation by which a device wanted to come in once more is no good: it is forgotten, and the
    /// device looks at the relay again as the member's that it was.
    async fn give_up_coming_in(&mut self, state: &LinkState) -> Result<(), ApplyError> {
        let again = self.session.place().is_none() && self.device.place().is_some();
        let no_good =
            matches!(state, LinkState::Stopped(StopReason::Refused(_) | StopReason::WrongLog));
        if again && no_good {
            self.device.forget_invitation().await?;
            self.resting = true;
        }
        Ok(())
    }

    /// Does what the session asks for; what it wants to hear about that.
    async fn carry_out(
        &mut self,
        now: Millis,
        effect: Effect,
        actions: &mut Vec<LinkAction>,
    ) -> Result<Option<Input>, ApplyError> {
        let device = Rc::clone(&self.device);
        Ok(match effect {
            Effect::Connect => {
                actions.push(LinkAction::Connect);
                None
            }
            Effect::Send(message) => {
                actions.push(LinkAction::Send(message));
                None
            }
            Effect::Disconnect => {
                actions.push(LinkAction::Close);
                None
            }
            Effect::Wake { at } => {
                actions.push(LinkAction::Timer(at));
                None
            }
            Effect::Show(state) => {
                self.give_up_coming_in(&state).await?;
                self.give_up_setting_up(&state).await?;
                self.shown = Some(state.clone());
                actions.push(LinkAction::Show(state));
                None
            }
            Effect::RecordDone { hash, outcome } => {
                self.records.retain(|record| Record::hash_of(record) != hash);
                actions.push(LinkAction::RecordDone { hash, outcome });
                None
            }
            Effect::StoreSession(session) => {
                device.store_session(session).await?;
                Some(Input::SessionStored)
            }
            Effect::RecallSession(session) => {
                let known = device.recall_session(session).await?;
                Some(Input::SessionRecalled { session, known })
            }
            Effect::Apply { rows, place } => {
                let applied = device.apply(rows, place).await?;
                let skipped = applied.skipped.into_iter();
                actions.extend(skipped.map(|(seq, skipped)| LinkAction::Skipped(seq, skipped)));
                report(applied.changed, actions);
                Some(self.stored(applied.place))
            }
            Effect::NewLife { place } => {
                let place = device.begin_life(place).await?;
                report(Changed { space: true, ..Changed::default() }, actions);
                Some(self.stored(place))
            }
            Effect::Joined { place, ring } => {
                let place = device.joined(place, ring).await?;
                report(Changed { space: true, ..Changed::default() }, actions);
                Some(self.stored(place))
            }
            Effect::Removed { place } => {
                let place = device.removed(place).await?;
                report(Changed { space: true, ..Changed::default() }, actions);
                Some(self.stored(place))
            }
            Effect::MakeSnapshot { tag } => {
                Some(Input::SnapshotMade(readable(device.make_snapshot(tag).await)?.flatten()))
            }
            Effect::Vouch => Some(Input::Vouches(device.vouches(now))),
            Effect::Examine { vouch, snapshot } => {
                let whole = readable(device.examine(&vouch, &snapshot).await)?;
                Some(Input::Examined(whole.unwrap_or(false)))
            }
            Effect::Task { said } => {
                let changed = device.close_late_now().await?;
                self.carried |= changed.erased;
                report(changed, actions);
                Some(Input::Task(readable(device.task(&said).await)?.flatten().map(Box::new)))
            }
            Effect::Lost { seq } => {
                let lost = Skipped { reason: SkipReason::Lost, signer: None };
                actions.push(LinkAction::Skipped(seq, lost));
                None
            }
            Effect::Derive => Some(Input::Outbox(device.derive().await?)),
            Effect::Acked { tag, hashes } => {
                report(device.acked(tag, &hashes, self.log).await?, actions);
                Some(Input::AckStored)
            }
        })
    }

    fn stored(&mut self, place: Place) -> Input {
        self.log = place.log;
        Input::Stored { place }
    }

    /// Something could not be stored or read.
    fn rest(&mut self, now: Millis, error: Option<SyncError>, actions: &mut Vec<LinkAction>) {
        self.resting = true;
        let pause = if error.is_some() { STORAGE_PAUSE_MS } else { 0 };
        let offline = LinkState::Offline { since: now };
        self.shown = Some(offline.clone());
        actions.push(LinkAction::Close);
        actions.extend(error.map(LinkAction::Failed));
        actions.push(LinkAction::Show(offline));
        actions.push(LinkAction::Timer(now + pause));
    }

    /// A newcomer's own record follows as soon as the firm's document is here. Says whether there
    /// is something to push now.
    async fn introduce(
        &mut self,
        now: Millis,
        offset_min: i16,
        actions: &mut Vec<LinkAction>,
    ) -> bool {
        let at = Moment { ms: i64::try_from(now).unwrap_or(i64::MAX), offset_min };
        match self.device.introduce(at).await {
            Ok(written) => {
                let wrote = !written.changed.tags.is_empty();
                report(written.changed, actions);
                wrote
            }
            // It may be stored even so: that is seen when the storage is read again.
            Err(WriteError::Storage(error) | WriteError::Load(LoadError::Storage(error))) => {
                self.rest(now, Some(SyncError::Storage(error)), actions);
                false
            }
            // A reader stays without a record; a document that is damaged, or that a newer app has written, says so itself.
            Err(_) => false,
        }
    }
}

/// The session that fits what is stored.
async fn session<S: Storage, V: Vault>(device: &Device<S, V>) -> Result<Session, OpenError> {
    // Another tab may have joined, or gone on, since this one looked last.
    device.recall_space().await?;
    let (link, mut sheet) = (device.invitation().await?, None);
    if device.place().is_none() {
        sheet = device.recovery().await?;
        if link.is_none() && sheet.is_none() {
            // It has come in just now: by what is forgotten then.
            device.recall_space().await?;
        }
    }
    let secrets = device.secrets.clone();
    let ring = device.ring.borrow().clone();
    // A device that has a place comes in once more: a restored relay did not know it any more.
    let link = link.filter(|_| device.removal().is_none());
    Ok(match (device.place(), link, sheet) {
        (_, Some(link), _) => Session::joining(link, device.member(), secrets),
        (Some(place), ..) if place.founded => Session::new(place, secrets, ring, device.origin()),
        (Some(place), ..) => {
            let token = device.token().await?;
            Session::founding(place, secrets, ring, device.origin(), token)
        }
        (None, None, Some(sheet)) => Session::recovering(sheet, None, secrets),
        (None, None, None) => return Err(OpenError::Nothing),
    })
}

/// What to tell the person; nothing of another life, which the next session takes up.
fn sync_error(error: ApplyError) -> Option<SyncError> {
    match error {
        ApplyError::OtherLife => None,
        ApplyError::Storage(error) | ApplyError::Load(LoadError::Storage(error)) => {
            Some(SyncError::Storage(error))
        }
        error => Some(SyncError::Unreadable(error.to_string())),
    }
}

impl From<OpenError> for SyncError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Storage(error) => Self::Storage(error),
            error => Self::Unreadable(error.to_string()),
        }
    }
}

/// What was asked of one document; `None` if it is damaged here, which keeps nobody from syncing the
/// others.
fn readable<T>(asked: Result<T, LoadError>) -> Result<Option<T>, LoadError> {
    match asked {
        Ok(value) => Ok(Some(value)),
        Err(LoadError::Damaged { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn report(changed: Changed, actions: &mut Vec<LinkAction>) {
    if !changed.is_empty() {
        actions.push(LinkAction::Changed(changed));
    }
}

fn input(event: LinkEvent) -> Input {
    match event {
        LinkEvent::Opened => Input::Opened,
        LinkEvent::Closed => Input::Closed,
        LinkEvent::Message(message) => Input::Received(message),
        LinkEvent::Resumed => Input::Resumed,
        LinkEvent::Timer => Input::Tick,
        LinkEvent::Dirty => Input::Dirty,
        LinkEvent::Record(record) => Input::Record(record),
        LinkEvent::GoOn => Input::GoOn,
    }
}
