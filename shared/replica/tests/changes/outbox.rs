//! The outbox against a set: what the relay has is the set of changes in its rows.

use std::collections::BTreeSet;

use automerge::{Automerge, Change, ChangeHash};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use replica::Chunk;
use replica::outbox::{advance, derive, fits, lacking};
use wire::{Tag, limits};

use crate::history::{play, steps};

const TAG: Tag = Tag([7; 16]);

/// What relay heads may claim at most: changes in rows, with all that they depend on in rows.
struct Model {
    changes: Vec<Change>,
    in_rows: BTreeSet<ChangeHash>,
}

impl Model {
    fn closed(&self) -> BTreeSet<ChangeHash> {
        let mut closed = BTreeSet::new();
        for change in &self.changes {
            let held = change.deps().iter().all(|dep| closed.contains(dep));
            if held && self.in_rows.contains(&change.hash()) {
                closed.insert(change.hash());
            }
        }
        closed
    }
}

fn hashes(chunks: &[Chunk]) -> Vec<ChangeHash> {
    chunks.iter().flat_map(|chunk| &chunk.hashes).copied().map(ChangeHash).collect()
}

fn reached(document: &Automerge, heads: &[ChangeHash]) -> BTreeSet<ChangeHash> {
    let lacking: BTreeSet<_> =
        document.get_changes_meta(heads).into_iter().map(|change| change.hash).collect();
    let all = document.get_changes_meta(&[]).into_iter().map(|change| change.hash);
    all.filter(|hash| !lacking.contains(hash)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Rows arrive in any order, with gaps, twice, and with changes that are not here.
    #[test]
    fn nothing_is_hidden(
        steps in steps(),
        rows in vec(vec(any::<Index>(), 1..6), 0..12),
    ) {
        let document = play(&steps);
        let changes = document.get_changes(&[]);
        let mut model = Model { changes, in_rows: BTreeSet::new() };
        let mut heads = Vec::new();
        for row in rows {
            let mut row: Vec<ChangeHash> = row
                .iter()
                .filter(|_| !model.changes.is_empty())
                .map(|at| at.get(&model.changes).hash())
                .collect();
            row.push(ChangeHash([0xee; 32]));
            model.in_rows.extend(&row);
            let before = reached(&document, &heads);
            heads = advance(&document, &heads, &row);

            let held = reached(&document, &heads);
            prop_assert!(held.is_superset(&before), "what is held stays held");
            prop_assert!(held.is_subset(&model.closed()), "nothing is held that is not in rows");
            let pushed = hashes(&derive(&document, TAG, &heads, 300));
            let all: BTreeSet<_> = held.iter().chain(&pushed).copied().collect();
            let expected: BTreeSet<_> = model.changes.iter().map(Change::hash).collect();
            prop_assert_eq!(all, expected, "held and pushed are all");
            prop_assert_eq!(pushed.len() + held.len(), model.changes.len(), "and none is both");
            prop_assert_eq!(lacking(&document, &heads), pushed.len());
        }
        // Once all rows are known together, everything in them that is closed is held.
        let in_rows: Vec<_> = model.in_rows.iter().copied().collect();
        let heads = advance(&document, &heads, &in_rows);
        prop_assert_eq!(reached(&document, &heads), model.closed());
    }

    /// Acknowledgements come in the order of the push, and end somewhere.
    #[test]
    fn a_push_that_is_cut_goes_on_where_it_was(
        steps in steps(),
        acknowledged in vec(0usize..4, 1..8),
        max_bytes in 1usize..600,
    ) {
        let document = play(&steps);
        let mut heads = Vec::new();
        let mut rows: Vec<ChangeHash> = Vec::new();
        for count in acknowledged {
            let chunks = derive(&document, TAG, &heads, max_bytes);
            for chunk in chunks.iter().take(count) {
                let acked = hashes(std::slice::from_ref(chunk));
                heads = advance(&document, &heads, &acked);
                rows.extend(acked);
            }
        }
        let rest = hashes(&derive(&document, TAG, &heads, max_bytes));
        heads = advance(&document, &heads, &rest);
        rows.extend(rest);
        prop_assert_eq!(&heads, &document.get_heads());
        prop_assert_eq!(derive(&document, TAG, &heads, max_bytes), vec![]);
        let once: BTreeSet<_> = rows.iter().copied().collect();
        prop_assert_eq!(once.len(), rows.len(), "nothing was pushed twice");
        // The log is causally closed at every row.
        let mut seen = BTreeSet::new();
        for hash in rows {
            let change = document.get_change_meta_by_hash(&hash).unwrap();
            prop_assert!(change.deps.iter().all(|dep| seen.contains(dep)));
            seen.insert(hash);
        }
    }

    #[test]
    fn chunks_keep_to_their_size(steps in steps(), max_bytes in 1usize..600) {
        let document = play(&steps);
        let chunks = derive(&document, TAG, &[], max_bytes);
        let mut raw = document.get_changes(&[]).into_iter();
        for chunk in &chunks {
            prop_assert_eq!(chunk.tag, TAG);
            prop_assert_eq!(chunk.changes.len(), chunk.hashes.len());
            let size: usize = chunk.changes.iter().map(Vec::len).sum();
            prop_assert!(size <= max_bytes || chunk.changes.len() == 1);
            for (bytes, hash) in chunk.changes.iter().zip(&chunk.hashes) {
                let change = raw.next().unwrap();
                prop_assert_eq!(bytes.as_slice(), change.raw_bytes());
                prop_assert_eq!(*hash, change.hash().0);
            }
        }
        prop_assert!(raw.next().is_none());
    }
}

#[test]
fn heads_that_are_not_here_count_for_nothing() {
    let document = play(&[]);
    let unknown = [ChangeHash([0xee; 32])];
    assert_eq!(advance(&document, &unknown, &unknown), vec![]);
}

#[test]
fn what_fits_into_an_envelope_can_be_pushed() {
    let mut noise = vec![0; limits::MAX_ENVELOPE];
    ChaCha8Rng::from_seed([7; 32]).fill_bytes(&mut noise);
    for (what, raw, expected) in [
        ("nothing to speak of", &noise[..1000], true),
        ("a full chunk of noise", &noise[..limits::TARGET_CHUNK], true),
        ("an envelope of noise", &noise, false),
        ("a change of zeros", &vec![0; limits::MAX_CHANGE], true),
        ("more than a change", &vec![0; limits::MAX_CHANGE + 1], false),
    ] {
        assert_eq!(fits(raw), expected, "{what}");
    }
}
