//! The place of sealed objects: attachments too large for a row.
//!
//! An object's address is the hash of its sealed bytes, so nobody can put another one in its place,
//! and its key is in the document that points to it. It comes in pieces, in order, and exists from
//! the moment when all of them are here and their hash is its address.

use sha2::{Digest, Sha256};
use wire::label::OBJECT as OBJECT_LABEL;
use wire::{Hash, Millis, Refusal, SpaceId};

use super::{Later, StoreError};

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
    /// on where that number says. Without bytes it only asks.
    ///
    /// What is not complete goes when nobody has added to it for [`crate::limits::OBJECT_WAITS`] and
    /// another object begins in its space; whoever comes back to it then begins anew.
    fn put_piece(
        &self,
        space: SpaceId,
        address: Hash,
        size: u64,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Later<'_, Result<u64, ObjectError>>;

    /// At most `length` bytes of a complete object from `offset` on, no more than
    /// [`wire::limits::MAX_OBJECT_PIECE`]; `None` if there is no such object or it is not complete.
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

impl From<&ObjectError> for Refusal {
    fn from(error: &ObjectError) -> Self {
        match error {
            ObjectError::Misplaced { held } => Self::ObjectPiece { held: *held },
            ObjectError::WrongAddress => Self::ObjectAddress,
            ObjectError::TooLarge { limit } => Self::TooLarge { limit: *limit },
            ObjectError::Quota => Self::Quota,
            ObjectError::SpaceUnknown => Self::SpaceUnknown,
            ObjectError::Store(_) => Self::Unavailable,
        }
    }
}

/// The last moment at which somebody must have added to an object that is not complete, so that it
/// stays at `now`.
pub(super) fn forgotten_before(now: Millis) -> Millis {
    now.saturating_sub(u64::try_from(crate::limits::OBJECT_WAITS.as_millis()).unwrap_or(u64::MAX))
}

/// [`wire::object_address`], taken piece by piece.
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
/// `announced` bytes, in a space that stores `stored` bytes of objects and may store `quota`.
pub(super) fn decide_piece(
    announced: Option<u64>,
    held: u64,
    (stored, quota): (u64, u64),
    size: u64,
    offset: u64,
    length: usize,
) -> Result<Piece, ObjectError> {
    use wire::limits::{MAX_OBJECT as OBJECT_MAX, MAX_OBJECT_PIECE as OBJECT_PIECE};
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
    if stored.saturating_add(length) > quota {
        return Err(ObjectError::Quota);
    }
    Ok(Piece::Store)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_hash_in_its_own_domain() {
        let mut hasher = Hasher::new(6);
        hasher.update(b"sea");
        hasher.update(b"led");
        assert_eq!(hasher.address(), wire::object_address(b"sealed"));
    }

    #[test]
    fn pieces_come_in_order_and_within_the_quota() {
        let misplaced = |held| Err(ObjectError::Misplaced { held });
        let full = 1 << 20;
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
            let decided = decide_piece(announced, held, (stored, full), 100, offset, length);
            assert_eq!(decided, expected, "{held} held, {length} at {offset}");
        }
    }
}
