//! No decoder panics, whatever it is given, and what it accepts it would have written itself.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use wire::roster::Record;
use wire::{ClientFrame, Envelope, Header, Life, RelayFrame, Roster};

use crate::roster_story::story;
use crate::samples::{client_frames, envelope, header, records, relay_frames};
use crate::team::team;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_bytes(bytes in vec(any::<u8>(), 0..300)) {
        decode_all(&bytes);
    }

    #[test]
    fn bytes_that_begin_like_cbor(bytes in vec(cbor_byte(), 0..80)) {
        decode_all(&bytes);
    }

    #[test]
    fn damaged_samples(sample in select(samples()), damages in vec(damage(), 1..5)) {
        let mut bytes = sample;
        for damage in damages {
            damage.to(&mut bytes);
        }
        decode_all(&bytes);
    }
}

#[test]
fn shortened_samples() {
    for sample in samples() {
        for end in 0..sample.len() {
            decode_all(&sample[..end]);
        }
    }
}

/// Made once: that takes several signatures.
static TEAM: LazyLock<Roster> = LazyLock::new(team);

fn decode_all(bytes: &[u8]) {
    if let Ok(frame) = ClientFrame::decode(bytes) {
        assert_eq!(frame.encode(), bytes);
    }
    if let Ok(frame) = RelayFrame::decode(bytes) {
        assert_eq!(frame.encode(), bytes);
    }
    if let Ok(header) = Header::decode(bytes) {
        assert_eq!(header.encode(), bytes);
    }
    if let Ok(life) = Life::decode(bytes) {
        assert_eq!(life.encode(), bytes);
    }
    if let Ok(roster) = Roster::decode(bytes) {
        assert_eq!(roster.encode(), bytes);
        read_all(&roster);
    }
    if let Ok(envelope) = Envelope::parse(bytes) {
        assert_eq!(envelope.bytes(), bytes);
        let _ = envelope.verify();
    }
    let _ = Record::parse(bytes);
    let _ = Roster::start(bytes);
    let _ = TEAM.clone().apply(bytes);
}

/// A roster from a damaged store answers something, but never panics.
fn read_all(roster: &Roster) {
    let _ = (roster.space(), roster.head(), roster.epoch());
    let _ = (roster.kit(), roster.owes_rotation(), roster.gone_devices().count());
    let _ = (roster.devices().count(), roster.members().count(), roster.invites().count());
    for (_, record) in records() {
        let _ = roster.clone().apply(&record);
    }
}

fn samples() -> Vec<Vec<u8>> {
    let mut samples = vec![envelope(), header().encode(), TEAM.encode(), story().encode()];
    samples.extend(client_frames().into_iter().map(|(_, frame)| frame.encode()));
    samples.extend(relay_frames().into_iter().map(|(_, frame)| frame.encode()));
    samples.extend(records().into_iter().map(|(_, record)| record));
    samples
}

/// Heads of arrays, maps, strings and small numbers, more often than anything else.
fn cbor_byte() -> impl Strategy<Value = u8> {
    prop_oneof![
        0u8..12,
        select(vec![0x80, 0x81, 0x82, 0x83, 0x9f, 0xff, 0xbf, 0xf6, 0xf4, 0xf5]),
        select(vec![0xa0, 0xab, 0x40, 0x41, 0x50, 0x58, 0x60, 0x18, 0x1b, 0x5f, 0xc0]),
        any::<u8>(),
    ]
}

#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Cut(Index, u8),
    Insert(Index, Vec<u8>),
    Repeat(Index, u8),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (any::<Index>(), 0u8..8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        (any::<Index>(), 1u8..40).prop_map(|(at, len)| Damage::Cut(at, len)),
        (any::<Index>(), vec(cbor_byte(), 1..6)).prop_map(|(at, new)| Damage::Insert(at, new)),
        (any::<Index>(), 1u8..40).prop_map(|(at, len)| Damage::Repeat(at, len)),
    ]
}

impl Damage {
    fn to(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let (size, range) =
            (bytes.len(), |at: usize, len: u8, size: usize| at..(at + usize::from(len)).min(size));
        match self {
            Self::Flip(at, bit) => bytes[at.index(size)] ^= 1 << bit,
            Self::Cut(at, len) => drop(bytes.drain(range(at.index(size), *len, size))),
            Self::Insert(at, new) => {
                let at = at.index(size);
                bytes.splice(at..at, new.iter().copied());
            }
            Self::Repeat(at, len) => {
                let range = range(at.index(size), *len, size);
                let copy = bytes[range.clone()].to_vec();
                bytes.splice(range.start..range.start, copy);
            }
        }
    }
}
