//! Damage on the way: every single bit.

use automerge::Automerge;
use automerge::transaction::Transactable;
use replica::check::{Rejected, parse};
use sha2::{Digest, Sha256};

use crate::safely::{blank, copy, take};

/// Documents and a next change to each, so that together they use all that a change can.
fn samples() -> Vec<(Automerge, Vec<u8>)> {
    let mut document =
        blank().with_author(Some(vec![9; 16].into())).with_actor([7; 16].as_slice().into());
    let mut samples = Vec::new();
    let mut sample = |document: &mut Automerge, edit: &dyn Fn(&mut dyn Write)| {
        let before = copy(document);
        let mut transaction = document.transaction();
        edit(&mut transaction);
        let (hash, _) = transaction.commit();
        let change = automerge::ReadDoc::get_change_by_hash(document, &hash.unwrap()).unwrap();
        samples.push((before, change.raw_bytes().to_vec()));
    };
    sample(&mut document, &|write| write.record());
    sample(&mut document, &|write| write.values("Nordwind"));
    sample(&mut document, &|write| write.prose(0, 0, "some words"));
    let mut other = copy(&document).with_actor([3; 16].as_slice().into());
    sample(&mut other, &|write| write.prose(4, 3, "é😀"));
    sample(&mut other, &|write| write.values("Südwind"));
    sample(&mut document, &|write| write.prose(2, 5, "x"));
    document.merge(&mut other).unwrap();
    sample(&mut document, &|write| write.delete());
    samples
}

trait Write {
    fn record(&mut self);
    fn values(&mut self, name: &str);
    fn prose(&mut self, at: usize, delete: isize, text: &str);
    fn delete(&mut self);
}

impl<T: Transactable> Write for T {
    fn record(&mut self) {
        let record = self.put_object(automerge::ROOT, "client/1", automerge::ObjType::Map).unwrap();
        self.put_object(record, "minutes", automerge::ObjType::Text).unwrap();
    }

    fn values(&mut self, name: &str) {
        let (_, record) = self.get(automerge::ROOT, "client/1").unwrap().unwrap();
        self.put(&record, "name", name).unwrap();
        self.put(&record, "size", 300).unwrap();
        self.put(&record, "rate", 0.5).unwrap();
        self.put(&record, "open", true).unwrap();
        self.put(&record, "hash", vec![1, 2, 3]).unwrap();
    }

    fn prose(&mut self, at: usize, delete: isize, text: &str) {
        let (_, record) = self.get(automerge::ROOT, "client/1").unwrap().unwrap();
        let (_, minutes) = self.get(&record, "minutes").unwrap().unwrap();
        self.splice_text(minutes, at, delete, text).unwrap();
    }

    fn delete(&mut self) {
        let (_, record) = self.get(automerge::ROOT, "client/1").unwrap().unwrap();
        self.delete(record, "name").unwrap();
        Transactable::delete(self, automerge::ROOT, "client/1").unwrap();
    }
}

#[test]
fn the_samples_are_good() {
    for (document, raw) in samples() {
        take(&document, &raw).unwrap();
    }
}

#[test]
fn no_flipped_bit_passes() {
    for (_, raw) in samples() {
        each_flip(&raw, |flipped| {
            assert!(matches!(parse(flipped), Err(Rejected::Checksum | Rejected::Malformed)));
        });
    }
}

/// Whoever damages a change on purpose makes the checksum fit again.
#[test]
fn no_flipped_bit_under_a_new_checksum_does_harm() {
    let mut passed = 0;
    for (document, raw) in samples() {
        each_flip(&raw, |flipped| {
            if let Some(resealed) = with_checksum(flipped) {
                passed += usize::from(take(&document, &resealed).is_ok());
            }
        });
    }
    assert!(passed > 100, "other values are as good as these: {passed}");
}

#[test]
fn no_shortened_change_passes() {
    for (_, raw) in samples() {
        for end in 0..raw.len() {
            assert!(parse(&raw[..end]).is_err());
        }
        assert!(parse(&[raw.as_slice(), &[0]].concat()).is_err());
    }
}

fn each_flip(raw: &[u8], mut check: impl FnMut(&[u8])) {
    for bit in 0..raw.len() * 8 {
        let mut flipped = raw.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        check(&flipped);
    }
}

/// The checksum is the beginning of the hash of all that follows it.
fn with_checksum(raw: &[u8]) -> Option<Vec<u8>> {
    let (magic, rest) = raw.split_first_chunk::<4>()?;
    let (_, framed) = rest.split_first_chunk::<4>()?;
    let checksum = Sha256::digest(framed);
    Some([magic, checksum.first_chunk::<4>()?, framed].concat())
}
