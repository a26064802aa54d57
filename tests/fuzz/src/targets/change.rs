//! Changes of others, between the envelope and Automerge.
//!
//! First byte: the document they meet. Then [pieces](cut::pieces), applied one after the other: bit 0 of a
//! piece's first byte unset: a change as it came. Set: what stands in a change, framed with a length and a
//! checksum that fit; bit 1: at the document's heads, so that it depends on what is there.

use std::sync::LazyLock;

use automerge::{Automerge, Change, LoadOptions, ReadDoc, TextEncoding};
use handbook::document;
use replica::check::{self, Rejected};

use crate::targets::documents::{self, Sample};
use crate::{Memory, Target, cut};

pub(crate) const TARGET: Target = Target {
    name: "change",
    run,
    seeds,
    // Run lengths make many operations out of few bytes: `check::limits` bounds them, not the input.
    memory: Memory { base: 256 << 20, each: 4 << 10 },
};

const FRAMED: u8 = 1;
const AT_HEADS: u8 = 2;

fn run(input: &[u8]) -> bool {
    let Some((which, rest)) = cut::first(input) else { return false };
    let samples = &*SAMPLES;
    let mut document = documents::copy(&samples[usize::from(which) % samples.len()].before);
    let mut good = false;
    for (how, piece) in cut::pieces(rest) {
        let raw = if how & FRAMED == 0 {
            piece.to_vec()
        } else if how & AT_HEADS == 0 {
            framed(piece)
        } else {
            framed(&at_heads(&document, piece))
        };
        good = take(&mut document, &raw);
    }
    good
}

/// What a device does with the raw bytes of a change.
fn take(document: &mut Automerge, raw: &[u8]) -> bool {
    let Ok(change) = check::parse(raw) else { return false };
    assert_eq!(change.raw_bytes(), raw, "another encoding was accepted");
    let (hash, heads) = (change.hash(), document.get_heads());
    match check::check(document, &change) {
        Ok(()) => apply(document, change, raw),
        Err(Rejected::Missing { missing }) => {
            assert!(missing.iter().all(|hash| document.get_change_by_hash(hash).is_none()));
            assert!(missing.iter().all(|hash| change.deps().contains(hash)));
        }
        Err(_) => {
            assert!(document.get_change_by_hash(&hash).is_none(), "refused what is here already");
        }
    }
    let good = document.get_change_by_hash(&hash).is_some();
    assert!(good || document.get_heads() == heads, "a refused change was applied");
    good
}

/// Whatever passed the check may do no harm, here and in all that reads the document.
fn apply(document: &mut Automerge, change: Change, raw: &[u8]) {
    let (hash, before) = (change.hash(), document.get_changes_meta(&[]).len());
    let known = document.get_change_by_hash(&hash).is_some();
    document.apply_changes([change.clone()]).expect("it passed the check");
    let kept = document.get_change_by_hash(&hash).expect("it was applied");
    assert_eq!(kept.raw_bytes(), raw, "the change does not keep its bytes");
    assert_eq!(document.get_changes_meta(&[]).len(), before + usize::from(!known));
    let stored = document.save_nocompress();
    let options = LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
    let loaded = Automerge::load_with_options(&stored, options).expect("it loads again");
    assert_eq!(loaded.get_heads(), document.get_heads());
    documents::read_all(document);
    document::touched(document, &change);
    assert!(check::check(document, &change).is_ok(), "what is here counts as checked");
}

/// A change around what stands in it.
fn framed(data: &[u8]) -> Vec<u8> {
    documents::chunk(1, data)
}

/// The same, with the document's heads in place of what it says it depends on.
fn at_heads(document: &Automerge, data: &[u8]) -> Vec<u8> {
    // Behind the number of dependencies, which is one byte in all that matters here.
    let Some((count, rest)) = data.split_first() else { return Vec::new() };
    let rest = rest.get(usize::from(*count) * 32..).unwrap_or_default();
    let mut heads = document.get_heads();
    heads.sort_unstable();
    let mut whole = vec![u8::try_from(heads.len()).unwrap_or_default()];
    whole.extend(heads.iter().flat_map(|head| head.0));
    whole.extend_from_slice(rest);
    whole
}

static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(documents::samples);

fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (number, sample) in (0u8..).zip(&*SAMPLES) {
        let data = documents::inside(&sample.change);
        assert_eq!(framed(data), sample.change);
        for (how, bytes) in [(0, &sample.change[..]), (FRAMED, data), (FRAMED | AT_HEADS, data)] {
            seeds.push([&[number][..], &cut::join([(how, bytes)])].concat());
        }
    }
    seeds
}
