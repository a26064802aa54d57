//! Bytes that look right and are not accepted.

use minicbor::Encoder;
use wire::frame::FrameError;
use wire::roster::Record;
use wire::{
    ClientFrame, Envelope, EnvelopeError, Header, RelayFrame, Role, Roster, RosterError, RowKind,
    limits,
};

use crate::samples::{
    attest_header, envelope, envelope_of, generation_header, header, records, rows, snapshot_header,
};
use crate::team::team;

#[test]
fn every_value_has_one_encoding() {
    let header = header().encode();
    // Key 9 (the counter) and its value 1, near the end.
    let counter = header.windows(3).rposition(|w| w == [9, 1, 10]).unwrap();
    let spliced = |at: usize, old: usize, new: &[u8]| {
        let mut bytes = header.clone();
        bytes.splice(at..at + old, new.iter().copied());
        bytes
    };
    let with_entries = |count: u8, mut bytes: Vec<u8>| {
        bytes[0] = 0xa0 | count;
        bytes
    };
    let indefinite = || {
        let mut bytes = spliced(0, 1, &[0xbf]);
        bytes.push(0xff);
        bytes
    };
    for (what, bytes) in [
        ("trailing byte", [header.clone(), vec![0]].concat()),
        ("duplicate key", with_entries(12, spliced(counter, 2, &[9, 1, 9, 1]))),
        ("duplicate key with another value", with_entries(12, spliced(counter, 2, &[9, 1, 9, 2]))),
        ("key out of order", spliced(1, 4, &[1, 1, 0, 1])),
        ("unknown key", with_entries(12, [header.clone(), vec![13, 0]].concat())),
        ("missing key", with_entries(10, spliced(counter, 2, &[]))),
        ("longer number than needed", spliced(counter, 2, &[9, 0x18, 1])),
        ("indefinite length", indefinite()),
    ] {
        let refused = Header::decode(&bytes);
        assert!(
            matches!(refused, Err(EnvelopeError::Malformed(_) | EnvelopeError::Newer { .. })),
            "{what}: {refused:?}"
        );
        assert!(Envelope::parse(&envelope_of(bytes)).is_err(), "{what}");
    }
}

#[test]
fn newer_is_not_broken() {
    let mut newer_header = header();
    newer_header.version = 2;
    let mut bytes = newer_header.encode();
    bytes[0] += 1;
    bytes.extend([0x18, 99, 0xf6]);
    assert!(matches!(
        Envelope::parse(&envelope_of(bytes)),
        Err(EnvelopeError::Newer { version: 2 })
    ));

    let newer_record = encoded(|e| {
        let body = encoded(|e| drop(e.array(2).unwrap().u8(10).unwrap().str("?")));
        e.array(2).unwrap().bytes(&body).unwrap().bytes(&[0; 64]).unwrap();
    });
    assert!(matches!(Record::parse(&newer_record), Err(RosterError::Newer { kind: 10 })));
    assert!(matches!(team().apply(&newer_record), Err(RosterError::Newer { kind: 10 })));

    for number in [6, 10, 15, 19, 23, 27, 1000, u64::MAX] {
        let frame = encoded(|e| drop(e.array(1).unwrap().u64(number)));
        if number >= 10 {
            let refused = RelayFrame::decode(&frame);
            assert!(matches!(refused, Err(FrameError::Unknown { number: n }) if n == number));
        }
        let refused = ClientFrame::decode(&frame);
        assert!(matches!(refused, Err(FrameError::Unknown { number: n }) if n == number));
    }
}

#[test]
fn some_rows_never_come_in_envelopes() {
    for (kind, bare) in [
        (RowKind::Roster, true),
        (RowKind::Life, true),
        (RowKind::Changes, false),
        (RowKind::Unknown(77), false),
    ] {
        let mut header = header();
        header.kind = kind;
        let parsed = Envelope::parse(&envelope_of(header.encode()));
        assert_eq!(matches!(parsed, Err(EnvelopeError::Bare { .. })), bare, "{kind:?}");
    }
}

/// What the relay deletes rows by must be said, and by nothing else.
#[test]
fn a_header_names_what_its_kind_calls_for() {
    let check = |kind, covers, attests, good| {
        let header = Header { kind, covers, attests, ..header() };
        assert_eq!(Header::decode(&header.encode()).is_ok(), good, "{header:?}");
    };
    let hash = Some(wire::Hash([7; 32]));
    for (kind, good) in [
        (RowKind::Changes, [true, false, false, false]),
        (RowKind::Snapshot, [false, true, false, false]),
        (RowKind::Attest, [false, false, true, false]),
        (RowKind::Generation, [false, false, false, false]),
        (RowKind::Unknown(77), [true, true, true, true]),
    ] {
        let names = [(None, None), (Some(3), None), (None, hash), (Some(3), hash)];
        for ((covers, attests), good) in names.into_iter().zip(good) {
            check(kind, covers, attests, good);
        }
    }
    let here = header().tag;
    let begins = |tag: wire::Tag| Some(wire::Begins { tag, snapshot: wire::Hash([7; 32]) });
    let (new, old) = (begins(wire::Tag([9; 16])), Some(wire::Tag([9; 16])));
    for (kind, covers, begins, after, good) in [
        (RowKind::Generation, None, new, None, true),
        (RowKind::Generation, None, begins(here), None, false),
        (RowKind::Generation, None, new, old, false),
        (RowKind::Generation, Some(3), new, None, false),
        (RowKind::Changes, None, new, None, false),
        (RowKind::Changes, None, None, old, false),
        (RowKind::Snapshot, Some(0), None, old, true),
        (RowKind::Snapshot, Some(3), None, old, false),
        (RowKind::Snapshot, None, None, old, false),
        (RowKind::Snapshot, Some(0), None, Some(here), false),
        (RowKind::Snapshot, Some(0), new, None, false),
        (RowKind::Unknown(77), Some(3), new, old, true),
    ] {
        let header = Header { kind, covers, begins, after, ..header() };
        assert_eq!(Header::decode(&header.encode()).is_ok(), good, "{header:?}");
    }
}

/// What closes a tag lets go of all its rows, of whatever kind: records of the roster lie under none.
#[test]
fn no_document_has_the_tag_of_the_roster() {
    let tag = wire::Tag::ZERO;
    for header in [header(), snapshot_header(), attest_header(), generation_header()] {
        assert!(Header::decode(&header.encode()).is_ok());
        let header = Header { tag, ..header };
        assert!(Header::decode(&header.encode()).is_err(), "{header:?}");
    }
    // What a newer version may have to say there is its own affair.
    let newer = Header { tag, kind: RowKind::Unknown(77), ..header() };
    assert!(Header::decode(&newer.encode()).is_ok());
}

#[test]
fn an_envelope_signed_by_another_is_not_its_own() {
    let mut other = header();
    other.device = crate::team::ben().key();
    let parsed = Envelope::parse(&envelope_of(other.encode())).unwrap();
    assert!(matches!(parsed.verify(), Err(EnvelopeError::Signature(_))));

    // A key of small order, under which a signature can fit many texts.
    other.device = wire::DeviceKey([0; 32]);
    let parsed = Envelope::parse(&envelope_of(other.encode())).unwrap();
    assert!(parsed.verify().is_err());
}

#[test]
fn sizes_end_somewhere() {
    let long = |n: usize| "x".repeat(n);
    let found = |n| ClientFrame::Found { token: long(n), record: vec![] }.encode();
    assert!(ClientFrame::decode(&found(limits::MAX_TOKEN)).is_ok());
    assert!(ClientFrame::decode(&found(limits::MAX_TOKEN + 1)).is_err());

    let frame = |n| ClientFrame::Append { envelope: vec![0; n] }.encode();
    let overhead = frame(limits::MAX_FRAME).len() - limits::MAX_FRAME;
    assert!(ClientFrame::decode(&frame(limits::MAX_FRAME - overhead)).is_ok());
    assert!(matches!(
        ClientFrame::decode(&frame(limits::MAX_FRAME - overhead + 1)),
        Err(FrameError::TooLarge { .. })
    ));

    let answer = wire::DropAnswer {
        token: wire::Hash::ZERO,
        received_at: 1,
        sealed: vec![0; limits::MAX_DROP],
    };
    let drops = |n| RelayFrame::Drops { answers: vec![answer.clone(); n] }.encode();
    assert!(RelayFrame::decode(&drops(limits::MAX_DROPS_PULLED)).is_ok());
    assert!(RelayFrame::decode(&drops(limits::MAX_DROPS_PULLED + 1)).is_err());

    let piece = |n| {
        let (address, size) = (wire::Hash::ZERO, limits::MAX_OBJECT);
        ClientFrame::PutObject { address, size, offset: 0, bytes: vec![0; n] }.encode()
    };
    assert!(ClientFrame::decode(&piece(limits::MAX_OBJECT_PIECE)).is_ok());
    assert!(ClientFrame::decode(&piece(limits::MAX_OBJECT_PIECE + 1)).is_err());

    let row = rows().remove(4);
    let answer = |n| {
        let rows = vec![row.clone(); n];
        RelayFrame::Rows { rows, head: 5, chain: wire::Hash::ZERO }.encode()
    };
    assert!(RelayFrame::decode(&answer(limits::MAX_PULL_ROWS)).is_ok());
    assert!(RelayFrame::decode(&answer(limits::MAX_PULL_ROWS + 1)).is_err());

    let sealed = |n| Envelope::assemble(header().encode(), vec![0; n], [0; 64]);
    let overhead = sealed(limits::MAX_ENVELOPE).len() - limits::MAX_ENVELOPE;
    assert!(Envelope::parse(&sealed(limits::MAX_ENVELOPE - overhead)).is_ok());
    assert!(matches!(
        Envelope::parse(&sealed(limits::MAX_ENVELOPE - overhead + 1)),
        Err(EnvelopeError::TooLarge { .. })
    ));

    let mut invite =
        crate::team::invite(&crate::team::founded(), &crate::team::ada(), 1, Role::Editor);
    invite.sealed_key = vec![0; limits::MAX_SEALED_KEY + 1];
    let body = wire::roster::Body::Invite(invite);
    let record = crate::team::signed(&body, &[&crate::team::ada().signing]);
    assert!(matches!(Record::parse(&record), Err(RosterError::TooLarge { .. })));
    assert!(matches!(
        Record::parse(&vec![0; limits::MAX_RECORD + 1]),
        Err(RosterError::TooLarge { .. })
    ));
}

#[test]
fn the_largest_answer_fits_a_frame() {
    // A pull filled to its limit with the smallest rows, then one envelope of maximal size.
    let mut rows = vec![rows().remove(3); limits::MAX_PULL_ROWS - 1];
    let mut last = rows[0].clone();
    last.body = wire::RowBody::Whole(vec![0; limits::MAX_ENVELOPE]);
    rows.push(last);
    let frame = RelayFrame::Rows { rows, head: 5, chain: wire::Hash::ZERO }.encode();
    assert!(frame.len() < limits::MAX_FRAME - limits::MAX_PULL_BYTES as usize);
}

#[test]
fn lengths_that_lie_are_refused_at_once() {
    for head in [0x9b, 0xbb, 0x5b, 0x7b, 0x82, 0x83] {
        for lie in [u64::MAX, u64::MAX / 2, 1 << 40, 1 << 20] {
            let bytes = [vec![head], lie.to_be_bytes().to_vec(), vec![0; 32]].concat();
            assert!(ClientFrame::decode(&bytes).is_err());
            assert!(RelayFrame::decode(&bytes).is_err());
            assert!(Envelope::parse(&bytes).is_err());
            assert!(Header::decode(&bytes).is_err());
            assert!(Record::parse(&bytes).is_err());
            assert!(Roster::decode(&bytes).is_err());
        }
    }
}

#[test]
fn no_flipped_bit_passes() {
    let whole = envelope();
    each_flip(&whole, |bytes| {
        let accepted = Envelope::parse(bytes).is_ok_and(|envelope| envelope.verify().is_ok());
        assert!(!accepted, "a changed envelope verifies");
    });
    for (name, record) in records() {
        let mut before = crate::team::founded();
        if matches!(name, "revoke" | "join") {
            crate::team::invites(&mut before, &crate::team::ada(), 1, Role::Editor);
        }
        each_flip(&record, |bytes| {
            assert!(Roster::start(bytes).is_err(), "a changed {name} begins a roster");
            assert!(before.clone().apply(bytes).is_err(), "a changed {name} is applied");
        });
    }
}

fn each_flip(bytes: &[u8], mut check: impl FnMut(&[u8])) {
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        check(&flipped);
    }
}

fn encoded(write: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut Encoder::new(&mut bytes));
    bytes
}
