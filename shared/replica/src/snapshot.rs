//! What a snapshot row carries: one document whole.

use crate::ChangeHash;

/// A document as it stands after all rows that the snapshot covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Changes in the covered rows that the check refused, and descendants of such. Whoever begins
    /// with the snapshot never sees these rows, and must refuse what builds on them as all others do.
    pub refused: Vec<ChangeHash>,
    /// The document's bytes, not deflated: the envelope does that.
    pub document: Vec<u8>,
}

/// Why a payload is no snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the payload ends inside its list of refused changes")]
pub struct SnapshotError;

impl Snapshot {
    /// The payload: how many changes were refused as a big-endian `u32`, their hashes, the document.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let count = u32::try_from(self.refused.len()).unwrap_or(u32::MAX);
        let mut payload = count.to_be_bytes().to_vec();
        payload.extend(self.refused.iter().take(count as usize).flatten());
        payload.extend_from_slice(&self.document);
        payload
    }

    /// Reads a payload. The document is not looked at.
    ///
    /// # Errors
    /// [`SnapshotError`].
    pub fn decode(payload: &[u8]) -> Result<Self, SnapshotError> {
        let (count, rest) = payload.split_first_chunk::<4>().ok_or(SnapshotError)?;
        let length = (u32::from_be_bytes(*count) as usize).checked_mul(size_of::<ChangeHash>());
        let (refused, document) =
            length.and_then(|length| rest.split_at_checked(length)).ok_or(SnapshotError)?;
        let (refused, _) = refused.as_chunks();
        Ok(Self { refused: refused.to_vec(), document: document.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_reads_back() {
        for refused in [vec![], vec![[1; 32]], vec![[1; 32], [2; 32]]] {
            let snapshot = Snapshot { refused, document: b"automerge".to_vec() };
            assert_eq!(Snapshot::decode(&snapshot.encode()), Ok(snapshot));
        }
    }

    #[test]
    fn lengths_that_lie_are_refused() {
        for payload in [&b""[..], b"\0\0\0", b"\0\0\0\x01short", b"\xff\xff\xff\xff"] {
            assert_eq!(Snapshot::decode(payload), Err(SnapshotError));
        }
    }
}
