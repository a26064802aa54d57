//! Which changes the relay lacks.
//!
//! The outbox is a difference and not a queue: what a document has minus what its **relay heads**
//! reach. A lost acknowledgement, a new epoch, a restored relay, a device that was off for a month
//! are all mended by taking the difference again.
//!
//! # Invariant
//!
//! A change that relay heads reach is **held** by the relay: it lies in a row, and so does all
//! that it depends on. A head whose ancestors the relay lacks would hide these ancestors for ever,
//! because the difference is all that is ever pushed. So [`advance`] takes a change only with its
//! dependencies. Pushing a change twice is harmless: it is an extra row that everybody passes
//! over.

use std::collections::{BTreeSet, HashSet};

use automerge::{Automerge, ChangeHash};
use miniz_oxide::deflate::compress_to_vec;
use wire::{Tag, limits};

use crate::chunk::Chunk;

/// What the relay lacks of a document, in chunks of at most `max_bytes` of raw changes each (more
/// only if a single change is larger), every change after those it depends on.
///
/// Relay heads that the document does not know count for nothing.
#[must_use]
pub fn derive(
    document: &Automerge,
    tag: Tag,
    relay_heads: &[ChangeHash],
    max_bytes: usize,
) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut room = 0;
    for change in document.get_changes(relay_heads) {
        let raw = change.raw_bytes();
        match chunks.last_mut() {
            Some(chunk) if raw.len() <= room => {
                room -= raw.len();
                chunk.changes.push(raw.to_vec());
                chunk.hashes.push(change.hash().0);
            }
            _ => {
                room = max_bytes.saturating_sub(raw.len());
                chunks.push(Chunk {
                    tag,
                    changes: vec![raw.to_vec()],
                    hashes: vec![change.hash().0],
                });
            }
        }
    }
    chunks
}

/// The relay heads once rows with these changes are in the log, in whatever order.
///
/// A change whose dependencies are neither held nor among `in_rows` does not count, nor does one
/// that the document does not have. Both are pushed again, which costs a row and hides nothing.
#[must_use]
pub fn advance(
    document: &Automerge,
    relay_heads: &[ChangeHash],
    in_rows: &[ChangeHash],
) -> Vec<ChangeHash> {
    let in_rows: HashSet<&ChangeHash> = in_rows.iter().collect();
    let mut heads: BTreeSet<ChangeHash> = relay_heads
        .iter()
        .filter(|head| document.get_change_meta_by_hash(head).is_some())
        .copied()
        .collect();
    let mut lacking: HashSet<ChangeHash> = HashSet::new();
    // In causal order: what a change depends on has been decided before it.
    for change in document.get_changes_meta(relay_heads) {
        let closed = change.deps.iter().all(|dependency| !lacking.contains(dependency));
        if closed && in_rows.contains(&change.hash) {
            for dependency in &change.deps {
                heads.remove(dependency);
            }
            heads.insert(change.hash);
        } else {
            lacking.insert(change.hash);
        }
    }
    heads.into_iter().collect()
}

/// How many changes of a document the relay lacks.
#[must_use]
pub fn lacking(document: &Automerge, relay_heads: &[ChangeHash]) -> usize {
    document.get_changes_meta(relay_heads).len()
}

/// Whether a change can be pushed: sealed alone, its envelope must be within
/// [`MAX_ENVELOPE`](limits::MAX_ENVELOPE). To be asked before a change is committed: one that does
/// not fit would stay in the outbox for ever, and all that depends on it.
#[must_use]
pub fn fits(raw: &[u8]) -> bool {
    // Padding adds at most an eighth; then come nonce, tag, signature and a few lengths.
    let sealed = |deflated: usize| deflated + deflated / 8 + limits::MAX_HEADER + 256;
    raw.len() <= limits::MAX_CHANGE
        && (sealed(raw.len()) <= limits::MAX_ENVELOPE
            || sealed(compress_to_vec(raw, FASTEST).len()) <= limits::MAX_ENVELOPE)
}

/// Compresses worst, so what fits by it fits by every level.
const FASTEST: u8 = 1;
