//! Carrying sealed objects to the relay and from it.
//!
//! A transfer has a connection of its own, so that a large attachment delays nobody's changes; it
//! proves who it is as the connection of the [engine](crate::sync) does. Everything is asked and
//! answered one piece at a time: what the relay has stored is what its answer says, and a transfer that
//! breaks off goes on from there, whichever side broke.

use replica::object;
use wire::limits::OBJECT_PIECE;
use wire::{ClientFrame, Hash, LogId, PROTOCOL, Refusal, RelayFrame, connect_input};

use crate::device::Device;
use crate::objects::{ObjectError, ObjectState};
use crate::storage::{Storage, StorageError, Vault};

/// One connection to the relay: whole messages, in order.
#[expect(
    async_fn_in_trait,
    reason = "a browser tab is one thread: futures need no Send bound, and callers are generic"
)]
pub trait Line {
    /// Sends one message. What cannot be sent is noticed by [`Line::receive`].
    async fn send(&mut self, message: Vec<u8>);

    /// The next message; `None` once the line is gone, or nothing was heard for too long.
    async fn receive(&mut self) -> Option<Vec<u8>>;
}

/// Why a transfer did not come to its end. What was carried so far stays on both sides.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The line broke: connect again and go on.
    #[error("the connection broke")]
    Cut,
    /// The relay does not do it. After [`Refusal::Quota`] other objects are refused too.
    #[error("the relay refuses: {0}")]
    Refused(Refusal),
    /// The relay does not have the object, or not all of it.
    #[error("the relay does not have it")]
    Absent,
    /// What the relay says makes no sense.
    #[error("the relay's answer is not understood")]
    Confused,
    /// This device's own part failed.
    #[error(transparent)]
    Object(#[from] ObjectError),
}

impl From<StorageError> for TransferError {
    fn from(error: StorageError) -> Self {
        Self::Object(error.into())
    }
}

/// A line whose other end knows this device.
#[derive(Debug)]
pub struct Transfer<'d, L, S, V> {
    device: &'d Device<S, V>,
    line: L,
    life: LogId,
}

/// The bytes that an attachment of this many has when it is sealed.
pub fn sealed_length(content: u64) -> u64 {
    object::sealed_length(content)
}

impl<'d, L: Line, S: Storage, V: Vault> Transfer<'d, L, S, V> {
    /// Greets the relay on a line that was just opened.
    ///
    /// # Errors
    /// See [`TransferError`].
    pub async fn begin(device: &'d Device<S, V>, mut line: L) -> Result<Self, TransferError> {
        let RelayFrame::Hello { versions: (lowest, highest), nonce } = hear(&mut line).await?
        else {
            return Err(TransferError::Confused);
        };
        let version = highest.min(*PROTOCOL.end());
        if version < lowest || version < *PROTOCOL.start() {
            return Err(TransferError::Refused(Refusal::VersionUnsupported));
        }
        let place = device.place().ok_or(TransferError::Refused(Refusal::NotActive))?;
        let (key, origin) = (device.device(), device.origin());
        let input = connect_input(&nonce, &place.space, &origin, &key);
        let connect = ClientFrame::Connect {
            version,
            space: place.space,
            origin,
            device: key,
            as_invite: false,
            cursor: 0,
            log: None,
            signature: device.secrets.sign(&input),
        };
        line.send(connect.encode()).await;
        match hear(&mut line).await? {
            RelayFrame::Connected { log, .. } => Ok(Self { device, line, life: log }),
            RelayFrame::Refused { reason, .. } => Err(TransferError::Refused(reason)),
            _ => Err(TransferError::Confused),
        }
    }

    /// The life of the log at the other end.
    pub fn life(&self) -> LogId {
        self.life
    }

    /// Gives the relay what it lacks of an object that is here whole, and stores that it holds it. `told`
    /// hears how many bytes it has and how many there are.
    ///
    /// # Errors
    /// See [`TransferError`].
    pub async fn put(
        &mut self,
        address: Hash,
        told: impl Fn(u64, u64),
    ) -> Result<(), TransferError> {
        let state = self.device.object(&address).await?.filter(ObjectState::is_here);
        let Some(ObjectState { size, .. }) = state else { return Err(TransferError::Absent) };
        // First a question: how much is there?
        let mut bytes = Vec::new();
        let mut offset = 0;
        loop {
            let frame = ClientFrame::PutObject { address, size, offset, bytes };
            let held = match self.ask(&frame, address).await? {
                RelayFrame::ObjectHeld { held, .. } => held,
                // Another tab of this device, or another device, sends it too.
                RelayFrame::Refused { reason: Refusal::ObjectPiece { held }, .. }
                    if held != offset =>
                {
                    held
                }
                RelayFrame::Refused { reason, .. } => return Err(TransferError::Refused(reason)),
                _ => return Err(TransferError::Confused),
            };
            told(held, size);
            if held == size {
                self.device.object_is_held(&address, Some(self.life)).await?;
                return Ok(());
            }
            bytes = self.device.object_bytes(&address, held).await?;
            if held > size || bytes.is_empty() {
                return Err(TransferError::Confused);
            }
            offset = held;
        }
    }

    /// Fetches what this device lacks of an object of so many sealed bytes. Each piece is durable before
    /// the next is asked for.
    ///
    /// # Errors
    /// See [`TransferError`].
    pub async fn get(
        &mut self,
        address: Hash,
        size: u64,
        told: impl Fn(u64, u64),
    ) -> Result<(), TransferError> {
        let state = self.device.object(&address).await?;
        let mut here = state.map_or(0, |state| state.here);
        while here < size {
            told(here, size);
            let length = u32::try_from(OBJECT_PIECE).unwrap_or(u32::MAX);
            let frame = ClientFrame::GetObject { address, offset: here, length };
            let bytes = match self.ask(&frame, address).await? {
                RelayFrame::ObjectBytes { offset, bytes, .. } if offset == here => bytes,
                RelayFrame::ObjectAbsent { .. } => return Err(TransferError::Absent),
                RelayFrame::Refused { reason, .. } => return Err(TransferError::Refused(reason)),
                _ => return Err(TransferError::Confused),
            };
            let life = Some(self.life);
            let taken = self.device.take_object_piece(address, size, here, bytes, life).await?;
            here = taken.here;
        }
        told(size, size);
        Ok(())
    }

    /// Has the relay erase an object.
    ///
    /// # Errors
    /// See [`TransferError`].
    pub async fn erase(&mut self, address: Hash) -> Result<(), TransferError> {
        match self.ask(&ClientFrame::DropObject { address }, address).await? {
            RelayFrame::ObjectAbsent { .. } => Ok(()),
            RelayFrame::Refused { reason, .. } => Err(TransferError::Refused(reason)),
            _ => Err(TransferError::Confused),
        }
    }

    /// Sends a frame, and gives the answer that is about this object.
    async fn ask(&mut self, frame: &ClientFrame, about: Hash) -> Result<RelayFrame, TransferError> {
        self.line.send(frame.encode()).await;
        let answer = hear(&mut self.line).await?;
        let named = match &answer {
            RelayFrame::ObjectHeld { address, .. }
            | RelayFrame::ObjectBytes { address, .. }
            | RelayFrame::ObjectAbsent { address } => *address,
            // A relay that is too old to know of objects names none.
            RelayFrame::Refused { hash, .. } if *hash == Hash::ZERO => about,
            RelayFrame::Refused { hash, .. } => *hash,
            _ => return Err(TransferError::Confused),
        };
        if named == about { Ok(answer) } else { Err(TransferError::Confused) }
    }
}

/// The next frame that answers something.
async fn hear(line: &mut impl Line) -> Result<RelayFrame, TransferError> {
    loop {
        let message = line.receive().await.ok_or(TransferError::Cut)?;
        match RelayFrame::decode(&message).map_err(|_| TransferError::Confused)? {
            // The engine hears of new rows on its own connection.
            RelayFrame::Head { .. } => {}
            RelayFrame::Closing { .. } => return Err(TransferError::Cut),
            frame => return Ok(frame),
        }
    }
}
