//! What a generation row says to those who have the key: how a document goes on under another tag.
//!
//! What was erased is named by ids only; no word of it is in here.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use wire::Hash;

use crate::{ChangeHash, codec};

/// The version of the encoding.
const STEP_VERSION: u8 = 1;

/// How many bytes tell one change of a document from another.
const SHORT: usize = 8;

/// How a document goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The first change of the new document: every record and every text, empty.
    pub skeleton: ChangeHash,
    /// The heads of the snapshot in which it begins.
    pub first: Vec<ChangeHash>,
    /// The changes of the old document that are in that snapshot, or were left behind on purpose.
    pub inside: Inside,
    /// The records that were to be erased, as kind/id.
    pub subjects: Vec<String>,
    /// All records that went with them, as kind/id.
    pub erased: Vec<String>,
    /// The sealed objects that only those named.
    pub objects: Vec<Hash>,
}

/// A set of changes, by the first bytes of their hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inside(BTreeSet<[u8; SHORT]>);

/// Why a payload says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// Not what [`Step::encode`] wrote.
    #[error("the payload of the generation cannot be read")]
    Damaged,
    /// Made by a newer version.
    #[error("the generation was made by a newer version")]
    Newer,
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Stored {
    #[n(0)]
    version: u8,
    #[cbor(n(1), with = "minicbor::bytes")]
    skeleton: ChangeHash,
    #[n(2)]
    first: Vec<minicbor::bytes::ByteArray<32>>,
    #[cbor(n(3), with = "minicbor::bytes")]
    inside: Vec<u8>,
    #[n(4)]
    subjects: Vec<String>,
    #[n(5)]
    erased: Vec<String>,
    #[n(6)]
    objects: Vec<Hash>,
}

impl Step {
    /// The payload.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(&Stored {
            version: STEP_VERSION,
            skeleton: self.skeleton,
            first: self.first.iter().map(|hash| (*hash).into()).collect(),
            inside: self.inside.0.iter().flatten().copied().collect(),
            subjects: self.subjects.clone(),
            erased: self.erased.clone(),
            objects: self.objects.clone(),
        })
    }

    /// Reads a payload.
    ///
    /// # Errors
    /// See [`StepError`].
    pub fn decode(payload: &[u8]) -> Result<Self, StepError> {
        let version = leading_version(payload).ok_or(StepError::Damaged)?;
        if version > STEP_VERSION {
            return Err(StepError::Newer);
        }
        let stored: Stored = minicbor::decode(payload).map_err(|_| StepError::Damaged)?;
        let (inside, rest) = stored.inside.as_chunks::<SHORT>();
        if !rest.is_empty() {
            return Err(StepError::Damaged);
        }
        Ok(Self {
            skeleton: stored.skeleton,
            first: stored.first.into_iter().map(Into::into).collect(),
            inside: Inside(inside.iter().copied().collect()),
            subjects: stored.subjects,
            erased: stored.erased,
            objects: stored.objects,
        })
    }
}

impl Inside {
    /// Whether the change is one of them.
    #[must_use]
    pub fn contains(&self, change: &ChangeHash) -> bool {
        change.first_chunk().is_some_and(|short| self.0.contains(short))
    }

    /// Whether the other has all of them.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }
}

impl FromIterator<ChangeHash> for Inside {
    fn from_iter<I: IntoIterator<Item = ChangeHash>>(changes: I) -> Self {
        Self(changes.into_iter().filter_map(|hash| hash.first_chunk().copied()).collect())
    }
}

fn leading_version(bytes: &[u8]) -> Option<u8> {
    let mut decoder = minicbor::Decoder::new(bytes);
    decoder.map().ok()??;
    (decoder.u8().ok()? == 0).then(|| decoder.u8().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_payloads_are_refused() {
        let step = Step {
            skeleton: [1; 32],
            first: vec![[2; 32]],
            inside: [[3; 32]].into_iter().collect(),
            subjects: vec!["contact/1".to_owned()],
            erased: vec![],
            objects: vec![],
        };
        let good = step.encode();
        assert_eq!(Step::decode(&good).as_ref(), Ok(&step));
        assert!(step.inside.contains(&[3; 32]) && !step.inside.contains(&[2; 32]));
        for end in 0..good.len() {
            assert_eq!(Step::decode(&good[..end]), Err(StepError::Damaged));
        }
        let mut newer = good;
        newer[2] = STEP_VERSION + 1;
        assert_eq!(Step::decode(&newer), Err(StepError::Newer));
    }
}
