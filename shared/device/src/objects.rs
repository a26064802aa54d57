//! Sealed objects on this device: the bytes of attachments, in pieces, and what is known of each.
//!
//! What an attachment's record says travels as every record does. Its bytes do not: they are here on
//! the device that took them in, from then on at the relay, and on every device that asked for them. An object
//! is *to be sent* while its bytes are here whole, a living record points to it, and the relay is not known to hold it
//! in the present life of its log. That is a difference too and no queue: a lost answer or a restored relay is mended by
//! asking again.

use handbook::{Record, records::Attachment};
use minicbor::{Decode, Encode};
use replica::object::{self, ObjectKey, SealedObject};
use replica::seal::{OpenError, SealError};
use wire::limits::OBJECT_PIECE;
use wire::{Hash, LogId};

use crate::codec;
use crate::device::Device;
use crate::edit::{Edit, MAX_ATTEMPTS, WriteError, Written};
use crate::keys;
use crate::storage::{Batch, Storage, StorageError, Table, Vault};

/// The largest attachment, bytes. It is in a tablet's memory several times while it is sealed and stored: a scanned contract
/// and any photo fit, a film does not. The protocol allows more ([`wire::limits::MAX_OBJECT`]).
pub const MAX_ATTACHMENT: usize = 24 << 20;

const PIECE: u64 = OBJECT_PIECE as u64;

/// What this device knows of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ObjectState {
    /// Its sealed bytes in all.
    #[n(0)]
    pub size: u64,
    /// How many of them are here, from the first on.
    #[n(1)]
    pub here: u64,
    /// The life of the log in which the relay was last known to hold all of it.
    #[n(2)]
    pub held_in: Option<LogId>,
}

/// Why an object could not be read or taken in.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// The storage failed; on [`StorageError::Full`] the person must make room.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The bytes are not those that the address names, or its key does not open them. What came is
    /// deleted, so that it can be fetched again.
    #[error("the attachment's bytes are damaged")]
    Damaged,
    /// A piece came that does not follow what is here.
    #[error("byte {expected} was expected next")]
    Misplaced {
        /// How many bytes are here.
        expected: u64,
    },
}

impl ObjectState {
    /// Whether all its bytes are here.
    pub fn is_here(&self) -> bool {
        self.here == self.size
    }

    pub(crate) fn delete_pieces(&self, address: &Hash, batch: &mut Batch) {
        for number in 0..self.here.div_ceil(PIECE) {
            batch.delete(Table::Objects, keys::piece(address, number));
        }
    }
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Seals an attachment's bytes under a key of their own. Nothing is stored yet.
    ///
    /// # Errors
    /// [`SealError::TooLarge`] above [`MAX_ATTACHMENT`].
    pub fn seal_object(&self, content: &[u8]) -> Result<SealedObject, SealError> {
        if content.len() > MAX_ATTACHMENT {
            return Err(SealError::TooLarge);
        }
        object::make(content, &mut *self.rng.borrow_mut())
    }

    /// Saves the record that points to an object together with the object's bytes: both or neither.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub async fn write_with_object(
        &self,
        edit: Edit,
        object: &SealedObject,
    ) -> Result<Written, WriteError> {
        let mut batch = Batch::new();
        let size = object.sealed.len() as u64;
        for (number, piece) in (0..).zip(object.sealed.chunks(OBJECT_PIECE)) {
            batch.put(Table::Objects, keys::piece(&object.address, number), piece.to_vec());
        }
        let state = ObjectState { size, here: size, held_in: None };
        batch.put(Table::Local, keys::object(&object.address), codec::encode(&state));
        self.write_beside(vec![edit], &batch).await
    }

    /// What is known of every object that this device has bytes of.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn objects(&self) -> Result<Vec<(Hash, ObjectState)>, StorageError> {
        let mut objects = Vec::new();
        for (key, bytes) in self.storage.scan(Table::Local, keys::OBJECT).await? {
            let address = key.strip_prefix(keys::OBJECT).and_then(|text| text.parse().ok());
            let address = address.ok_or_else(|| StorageError::Failed(format!("the key {key}")))?;
            objects.push((address, codec::decode(&bytes)?));
        }
        Ok(objects)
    }

    /// What is known of one; `None` if no byte of it is here.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn object(&self, address: &Hash) -> Result<Option<ObjectState>, StorageError> {
        Ok(self.object_entry(address).await?.1)
    }

    async fn object_entry(
        &self,
        address: &Hash,
    ) -> Result<(Option<Vec<u8>>, Option<ObjectState>), StorageError> {
        let bytes = self.storage.get(Table::Local, &keys::object(address)).await?;
        let state = bytes.as_deref().map(codec::decode).transpose()?;
        Ok((bytes, state))
    }

    /// Addresses of all attachments that are not deleted.
    pub fn attached(&self) -> std::collections::BTreeSet<Hash> {
        let rows = self.model.rows(Attachment::KIND);
        let address =
            |row: &handbook::Row| Attachment::KEYS.address.raw(row).as_text()?.parse().ok();
        rows.iter().filter_map(|(_, row)| address(row)).collect()
    }

    /// Sealed objects that the relay is to erase: in this life of its log it has not been seen to. Hand each to
    /// [`crate::transfer::Transfer::erase`], and then to [`Device::object_is_erased`].
    ///
    /// # Errors
    /// What the storage says.
    pub async fn objects_to_erase(&self) -> Result<Vec<Hash>, StorageError> {
        let life = self.life();
        let mut owed = Vec::new();
        if self.may_write().is_none() {
            return Ok(owed);
        }
        for (key, bytes) in self.storage.scan(Table::Local, keys::ERASED).await? {
            let erased: Option<LogId> = codec::decode(&bytes)?;
            let address = key.strip_prefix(keys::ERASED).and_then(|text| text.parse().ok());
            let address: Hash =
                address.ok_or_else(|| StorageError::Failed(format!("the key {key}")))?;
            if (erased.is_none() || erased != life) && !self.attached().contains(&address) {
                owed.push(address);
            }
        }
        Ok(owed)
    }

    /// The relay has erased the object, in that life of its log.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn object_is_erased(
        &self,
        address: &Hash,
        life: Option<LogId>,
    ) -> Result<(), StorageError> {
        let mut batch = Batch::new();
        batch.put(Table::Local, keys::erased(address), codec::encode(&life));
        self.storage.commit(batch).await
    }

    /// What the relay is to be given: what it lacks, unless this device may only read or was removed.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn objects_to_send(&self) -> Result<Vec<(Hash, ObjectState)>, StorageError> {
        match self.may_write() {
            Some(_) => self.objects_only_here().await,
            None => Ok(Vec::new()),
        }
    }

    /// What the relay lacks, as far as this device knows: whole here, pointed to, and not held in the
    /// present life of the log.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn objects_only_here(&self) -> Result<Vec<(Hash, ObjectState)>, StorageError> {
        let (life, attached) = (self.life(), self.attached());
        let owed = |(address, state): &(Hash, ObjectState)| {
            let held = state.held_in.is_some() && state.held_in == life;
            state.is_here() && !held && attached.contains(address)
        };
        Ok(self.objects().await?.into_iter().filter(owed).collect())
    }

    /// The stored bytes from `offset` to the end of the piece that it lies in; nothing beyond what is
    /// here.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn object_bytes(&self, address: &Hash, offset: u64) -> Result<Vec<u8>, StorageError> {
        let piece = self.storage.get(Table::Objects, &keys::piece(address, offset / PIECE)).await?;
        let mut piece = piece.unwrap_or_default();
        let within = usize::try_from(offset % PIECE).unwrap_or(usize::MAX).min(piece.len());
        Ok(piece.split_off(within))
    }

    /// Stores the next piece of an object that is being fetched, durably. Once all are here they are
    /// compared with the address.
    ///
    /// # Errors
    /// See [`ObjectError`].
    pub async fn take_object_piece(
        &self,
        address: Hash,
        size: u64,
        offset: u64,
        bytes: Vec<u8>,
        held_in: Option<LogId>,
    ) -> Result<ObjectState, ObjectError> {
        for _ in 0..MAX_ATTEMPTS {
            let (stored, state) = self.object_entry(&address).await?;
            let state = state.unwrap_or(ObjectState { size, here: 0, held_in });
            // Another tab fetches it too, and was faster.
            if state.here >= offset + bytes.len() as u64 {
                return Ok(state);
            }
            let end = (offset + PIECE).min(size);
            if state.size != size || state.here != offset || end - offset != bytes.len() as u64 {
                return Err(ObjectError::Misplaced { expected: state.here });
            }
            let state = ObjectState { here: end, held_in, ..state };
            if state.is_here() && !self.fits(&address, offset, &bytes).await? {
                self.forget_object(&address).await?;
                return Err(ObjectError::Damaged);
            }
            let mut batch = Batch::new();
            batch.expect(Table::Local, keys::object(&address), stored);
            batch.put(Table::Local, keys::object(&address), codec::encode(&state));
            batch.put(Table::Objects, keys::piece(&address, offset / PIECE), bytes.clone());
            match self.storage.commit(batch).await {
                Ok(()) => return Ok(state),
                Err(StorageError::Conflict) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(StorageError::Conflict.into())
    }

    async fn fits(&self, address: &Hash, offset: u64, last: &[u8]) -> Result<bool, StorageError> {
        let mut sealed = self.object_up_to(address, offset).await?;
        sealed.extend_from_slice(last);
        Ok(wire::object_address(&sealed) == *address)
    }

    async fn object_up_to(&self, address: &Hash, end: u64) -> Result<Vec<u8>, StorageError> {
        let mut sealed = Vec::new();
        for number in 0..end.div_ceil(PIECE) {
            let piece = self.storage.get(Table::Objects, &keys::piece(address, number)).await?;
            sealed.extend(piece.unwrap_or_default());
        }
        Ok(sealed)
    }

    /// The relay holds all of it in this life of its log.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn object_is_held(
        &self,
        address: &Hash,
        life: Option<LogId>,
    ) -> Result<(), StorageError> {
        for _ in 0..MAX_ATTEMPTS {
            let (stored, Some(state)) = self.object_entry(address).await? else { return Ok(()) };
            let mut batch = Batch::new();
            let state = ObjectState { held_in: life, ..state };
            batch.expect(Table::Local, keys::object(address), stored);
            batch.put(Table::Local, keys::object(address), codec::encode(&state));
            match self.storage.commit(batch).await {
                Err(StorageError::Conflict) => {}
                done => return done,
            }
        }
        Err(StorageError::Conflict)
    }

    /// The content of an object that is here whole; `None` if it is not.
    ///
    /// # Errors
    /// See [`ObjectError`].
    pub async fn open_object(
        &self,
        address: &Hash,
        key: &ObjectKey,
    ) -> Result<Option<Vec<u8>>, ObjectError> {
        let Some(state) = self.object(address).await?.filter(ObjectState::is_here) else {
            return Ok(None);
        };
        let sealed = self.object_up_to(address, state.size).await?;
        match object::open(&sealed, key) {
            Ok(content) => Ok(Some(content)),
            Err(OpenError::Sealed | OpenError::Framing | OpenError::Inflate) => {
                Err(ObjectError::Damaged)
            }
        }
    }

    /// Deletes the bytes from this device. Where the relay holds them they can be fetched again.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn forget_object(&self, address: &Hash) -> Result<(), StorageError> {
        for _ in 0..MAX_ATTEMPTS {
            let (stored, Some(state)) = self.object_entry(address).await? else { return Ok(()) };
            let mut batch = Batch::new();
            batch.expect(Table::Local, keys::object(address), stored);
            batch.delete(Table::Local, keys::object(address));
            state.delete_pieces(address, &mut batch);
            match self.storage.commit(batch).await {
                Err(StorageError::Conflict) => {}
                done => return done,
            }
        }
        Err(StorageError::Conflict)
    }
}
