//! A snapshot as it was fetched: the body of a row, loaded strictly and merged.
//!
//! First byte 0: the rest is the payload as it came. 1: the rest is what stands in Automerge's document,
//! framed with a length and a checksum that fit.

use std::sync::LazyLock;

use automerge::{Automerge, ReadDoc};
use handbook::document;
use replica::{Snapshot, check};

use crate::contained::in_automerge;
use crate::targets::documents::{self, Sample};
use crate::{Memory, Target, cut};

pub(crate) const TARGET: Target =
    Target { name: "snapshot", run, seeds, memory: Memory { base: 256 << 20, each: 4 << 10 } };

fn run(input: &[u8]) -> bool {
    let Some((how, rest)) = cut::first(input) else { return false };
    let payload = match how % 2 {
        0 => rest.to_vec(),
        _ => Snapshot { refused: vec![], document: documents::chunk(0, rest) }.encode(),
    };
    let Ok(snapshot) = Snapshot::decode(&payload) else { return false };
    assert_eq!(snapshot.encode(), payload, "another encoding was accepted");
    if check::weigh(&snapshot.document).is_err() {
        return false;
    }
    let Some(Ok(other)) = in_automerge(|| document::load(&snapshot.document)) else {
        return false;
    };
    // A newcomer takes it as it is, and stores it.
    let Some(stored) = in_automerge(|| {
        documents::read_all(&other);
        other.save_nocompress()
    }) else {
        return false;
    };
    let again = in_automerge(|| document::load(&stored));
    if let Some(Ok(again)) = again {
        assert_eq!(again.get_heads(), other.get_heads(), "it does not read back");
    }
    // Whoever has something of the document takes each change through the check.
    let mut mine = documents::copy(&SAMPLES[SAMPLES.len() - 1].before);
    let Some(missing) = in_automerge(|| other.get_changes(&mine.get_heads())) else {
        return false;
    };
    for change in missing {
        merge(&mut mine, change.raw_bytes());
    }
    true
}

fn merge(mine: &mut Automerge, raw: &[u8]) {
    let Ok(change) = check::parse(raw) else { return };
    if check::check(mine, &change).is_ok() {
        let hash = change.hash();
        mine.apply_changes([change]).expect("it passed the check");
        assert!(mine.get_change_by_hash(&hash).is_some());
    }
}

static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(documents::samples);

fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for sample in SAMPLES.iter().skip(1) {
        let document = sample.before.save_nocompress();
        seeds.push([&[1], documents::inside(&document)].concat());
        let snapshot = Snapshot { refused: vec![[7; 32]], document };
        seeds.push([&[0], snapshot.encode().as_slice()].concat());
        seeds.push([&[1], documents::inside(&sample.before.save())].concat());
    }
    seeds
}
