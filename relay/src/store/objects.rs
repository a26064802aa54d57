//! The place of sealed objects: attachments too large for a row.
//!
//! An object's address is the hash of its sealed bytes, so nobody can put another one in its place,
//! and its key is in the document that points to it. It comes in pieces, in order, and exists from
//! the moment when all of them are here and their hash is its address.

use sha2::{Digest, Sha256};
use wire::{Hash, SpaceId};

use super::{Later, StoreError};

/// The domain of an object's address.
pub const OBJECT_LABEL: &[u8] = b"rapport/object/1";

/// Why a piece was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ObjectError {
    /// The piece does not begin where the last one ended, or goes beyond the object's end.
    #[error("a piece is expected at byte {held}")]
    Misplaced {
        /// How many bytes are here.
        held: u64,
    },
    /// The bytes are not those that the address names. All of them are gone again.
    #[error("the bytes do not fit the address")]
    WrongAddress,
    /// Larger than an object or a piece may be.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit, bytes.
        limit: u64,
    },
    /// The space has used up what it may store.
    #[error("the space has used up its quota for objects")]
    Quota,
    /// The relay has no such space.
    #[error("no such space")]
    SpaceUnknown,
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The sealed objects of all spaces.
pub trait Objects: Send + Sync {
    /// Takes a piece of the object at `address`, which has `size` bytes in all, and says how many
    /// of them are here. A piece that is here already changes nothing; an upload that broke off goes
    /// on where that number says.
    fn put_piece(
        &self,
        space: SpaceId,
        address: Hash,
        size: u64,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Later<'_, Result<u64, ObjectError>>;

    /// At most `length` bytes of a complete object from `offset` on, no more than
    /// [`crate::limits::OBJECT_PIECE`]; `None` if there is no such object or it is not complete.
    fn read_object(
        &self,
        space: SpaceId,
        address: Hash,
        offset: u64,
        length: usize,
    ) -> Later<'_, Result<Option<Vec<u8>>, StoreError>>;

    /// Deletes an object, complete or not. Nothing happens if there is none.
    fn drop_object(&self, space: SpaceId, address: Hash) -> Later<'_, Result<(), StoreError>>;
}

/// The address of an object: the hash under [`OBJECT_LABEL`] of all its bytes.
#[must_use]
pub fn object_address(sealed: &[u8]) -> Hash {
    let mut hasher = Hasher::new(sealed.len() as u64);
    hasher.update(sealed);
    hasher.address()
}

/// [`wire::hash`] of one part, taken piece by piece.
pub(super) struct Hasher(Sha256);

impl Hasher {
    pub(super) fn new(size: u64) -> Self {
        let mut hasher = Sha256::new();
        hasher.update((OBJECT_LABEL.len() as u64).to_be_bytes());
        hasher.update(OBJECT_LABEL);
        hasher.update(size.to_be_bytes());
        Self(hasher)
    }

    pub(super) fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    pub(super) fn address(self) -> Hash {
        Hash(self.0.finalize().into())
    }
}

/// What is to be done with a piece.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// It is here already.
    Held,
    /// It is to be stored.
    Store,
}

/// Whether a piece may be stored next to `held` bytes of an object that was announced with
/// `announced` bytes, in a space that stores `stored` bytes of objects.
pub(super) fn decide_piece(
    announced: Option<u64>,
    held: u64,
    stored: u64,
    size: u64,
    offset: u64,
    length: usize,
) -> Result<Piece, ObjectError> {
    use crate::limits::{OBJECT_BYTES, OBJECT_MAX, OBJECT_PIECE};
    if size > OBJECT_MAX {
        return Err(ObjectError::TooLarge { limit: OBJECT_MAX });
    }
    if length > OBJECT_PIECE {
        return Err(ObjectError::TooLarge { limit: OBJECT_PIECE as u64 });
    }
    let length = length as u64;
    let end = offset.checked_add(length).filter(|end| *end <= size);
    let (Some(end), true) = (end, announced.is_none_or(|announced| announced == size)) else {
        return Err(ObjectError::Misplaced { held });
    };
    if end <= held {
        return Ok(Piece::Held);
    }
    if offset != held {
        return Err(ObjectError::Misplaced { held });
    }
    if stored + length > OBJECT_BYTES {
        return Err(ObjectError::Quota);
    }
    Ok(Piece::Store)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_hash_in_its_own_domain() {
        assert_eq!(object_address(b"sealed"), wire::hash(OBJECT_LABEL, &[b"sealed"]));
    }

    #[test]
    fn pieces_come_in_order_and_within_the_quota() {
        let misplaced = |held| Err(ObjectError::Misplaced { held });
        let full = crate::limits::OBJECT_BYTES;
        for (announced, held, stored, offset, length, expected) in [
            (None, 0, 0, 0, 10, Ok(Piece::Store)),
            (Some(100), 10, 10, 10, 90, Ok(Piece::Store)),
            (Some(100), 10, 10, 0, 10, Ok(Piece::Held)),
            (Some(100), 10, 10, 5, 10, misplaced(10)),
            (Some(100), 10, 10, 20, 10, misplaced(10)),
            (Some(100), 10, 10, 10, 91, misplaced(10)),
            (Some(100), 10, 10, u64::MAX, 1, misplaced(10)),
            (Some(99), 10, 10, 10, 10, misplaced(10)),
            (None, 0, full - 10, 0, 10, Ok(Piece::Store)),
            (None, 0, full - 9, 0, 10, Err(ObjectError::Quota)),
        ] {
            let decided = decide_piece(announced, held, stored, 100, offset, length);
            assert_eq!(decided, expected, "{held} held, {length} at {offset}");
        }
    }
}
