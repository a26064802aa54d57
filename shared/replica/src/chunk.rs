//! What one envelope carries: raw changes of one document, in causal order.

use wire::{Tag, limits};

/// The hash by which Automerge names a change.
pub type ChangeHash = [u8; 32];

/// Changes of one document that travel in one envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The document's tag.
    pub tag: Tag,
    /// The raw bytes of each change, every change after those it depends on.
    pub changes: Vec<Vec<u8>>,
    /// The hash of each change, parallel to `changes`.
    pub hashes: Vec<ChangeHash>,
}

/// Why a payload is not a list of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// A length points behind the end.
    #[error("the payload ends inside a change")]
    Truncated,
    /// Nobody sends an envelope about nothing.
    #[error("the payload holds no change, or an empty one")]
    Empty,
    /// Larger than [`limits::MAX_CHANGE`].
    #[error("a change is larger than {} bytes", limits::MAX_CHANGE)]
    TooLarge,
}

/// The payload of a `changes` row: each change led by its length as a big-endian `u32`.
///
/// # Errors
/// [`ChunkError::Empty`] and [`ChunkError::TooLarge`], so that nothing is sent that a receiver
/// would refuse.
pub fn encode_changes<C: AsRef<[u8]>>(changes: &[C]) -> Result<Vec<u8>, ChunkError> {
    if changes.is_empty() {
        return Err(ChunkError::Empty);
    }
    let mut payload = Vec::new();
    for change in changes {
        let change = change.as_ref();
        let length = check_length(change.len())?;
        payload.extend_from_slice(&length.to_be_bytes());
        payload.extend_from_slice(change);
    }
    Ok(payload)
}

/// The changes in a payload, as they were given to [`encode_changes`].
///
/// # Errors
/// See [`ChunkError`]. The changes themselves are not looked at.
pub fn decode_changes(payload: &[u8]) -> Result<Vec<Vec<u8>>, ChunkError> {
    let mut changes = Vec::new();
    let mut rest = payload;
    while !rest.is_empty() {
        let (length, tail) = rest.split_first_chunk::<4>().ok_or(ChunkError::Truncated)?;
        let length = u32::from_be_bytes(*length) as usize;
        check_length(length)?;
        let (change, tail) = tail.split_at_checked(length).ok_or(ChunkError::Truncated)?;
        changes.push(change.to_vec());
        rest = tail;
    }
    if changes.is_empty() { Err(ChunkError::Empty) } else { Ok(changes) }
}

fn check_length(length: usize) -> Result<u32, ChunkError> {
    match u32::try_from(length) {
        Ok(0) => Err(ChunkError::Empty),
        Ok(short) if length <= limits::MAX_CHANGE => Ok(short),
        _ => Err(ChunkError::TooLarge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_come_back_in_their_order() {
        let changes = vec![b"one".to_vec(), b"".repeat(0).into_iter().chain([7]).collect()];
        let payload = encode_changes(&changes).unwrap();
        assert_eq!(payload, b"\0\0\0\x03one\0\0\0\x01\x07");
        assert_eq!(decode_changes(&payload), Ok(changes));
    }

    #[test]
    fn other_payloads_are_refused() {
        let check = |payload: &[u8], expected| assert_eq!(decode_changes(payload), Err(expected));
        check(b"", ChunkError::Empty);
        check(b"\0\0\0\0", ChunkError::Empty);
        check(b"\0\0\0", ChunkError::Truncated);
        check(b"\0\0\0\x02a", ChunkError::Truncated);
        check(b"\0\0\0\x01a\0", ChunkError::Truncated);
        check(b"\xff\xff\xff\xff", ChunkError::TooLarge);
        assert_eq!(encode_changes::<Vec<u8>>(&[]), Err(ChunkError::Empty));
        assert_eq!(encode_changes(&[vec![]]), Err(ChunkError::Empty));
        assert_eq!(encode_changes(&[vec![0; limits::MAX_CHANGE + 1]]), Err(ChunkError::TooLarge));
    }
}
