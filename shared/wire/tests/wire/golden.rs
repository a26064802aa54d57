//! What is stored or sent never changes by accident.
//!
//! The files are hex. Whoever changes a form on purpose gives it a new number and adds a file:
//! logs that lie on relays do not change with the code. `GOLDEN=write cargo test -p wire` writes
//! the files that are missing and never touches one that exists.

use std::fmt::Write as _;
use std::path::Path;

use wire::{
    ClientFrame, Covers, Envelope, Header, RelayFrame, Roster, Row, RowBody, RowKind, SpaceId,
    chain_next, chain_start, connect_input, hash,
};

use crate::roster_story::story;
use crate::samples::{
    attest_header, client_frames, close_reasons, envelope, first_snapshot_header,
    generation_header, header, object_refusals, records, refusals, refusals_of_generations,
    refusals_of_snapshots, relay_frames, rows, snapshot_header,
};
use crate::team::{ada, team};

#[test]
fn headers_and_envelopes() {
    golden("header", &header().encode());
    golden("envelope", &envelope());
    let parsed = Envelope::parse(&read("envelope")).unwrap();
    parsed.verify().unwrap();
    assert_eq!(parsed.header, header());
    assert_eq!(Header::decode(&read("header")).unwrap(), header());
    for (name, header) in [
        ("snapshot", snapshot_header()),
        ("attest", attest_header()),
        ("first_snapshot", first_snapshot_header()),
        ("generation", generation_header()),
    ] {
        let name = format!("header_{name}");
        golden(&name, &header.encode());
        assert_eq!(Header::decode(&read(&name)).unwrap(), header);
    }
    golden("envelope_hash", parsed.hash().as_ref());
    golden("envelope_signing_input", &Envelope::signing_input(&header().encode(), b"sealed"));
}

#[test]
fn frames_of_devices() {
    for (name, frame) in client_frames() {
        let name = format!("client_{name}");
        golden(&name, &frame.encode());
        assert_eq!(ClientFrame::decode(&read(&name)).unwrap(), frame);
    }
}

#[test]
fn frames_of_the_relay() {
    for (name, frame) in relay_frames() {
        let name = format!("relay_{name}");
        golden(&name, &frame.encode());
        assert_eq!(RelayFrame::decode(&read(&name)).unwrap(), frame);
    }
}

#[test]
fn refusals_and_reasons_to_close() {
    let hash = wire::Hash::ZERO;
    let refused = |reasons: Vec<_>| {
        reasons.into_iter().map(move |reason| RelayFrame::Refused { hash, reason })
    };
    let closing = close_reasons().into_iter().map(|why| RelayFrame::Closing { why });
    let all = |frames: Vec<RelayFrame>| {
        let mut all = Vec::new();
        for frame in frames {
            let bytes = frame.encode();
            assert_eq!(RelayFrame::decode(&bytes).unwrap(), frame);
            all.extend(bytes);
        }
        all
    };
    golden("relay_reasons", &all(refused(refusals()).chain(closing).collect()));
    golden("relay_reasons_of_snapshots", &all(refused(refusals_of_snapshots()).collect()));
    golden("relay_reasons_of_generations", &all(refused(refusals_of_generations()).collect()));
    golden("relay_reasons_of_objects", &all(refused(object_refusals()).collect()));
    golden("object_address", wire::object_address(b"sealed").as_ref());
    golden("drop_digest", wire::drop_digest(&[7; 32]).as_ref());
}

/// What is kept of stubs while the row that covers them is still to come.
#[test]
fn what_is_owed() {
    let mut covers = Covers::default();
    rows().iter().for_each(|row| covers.pass(row));
    let mut snapshot = rows().remove(2);
    snapshot.hash = wire::Hash([0x33; 32]);
    covers.found(&snapshot, &snapshot_header());
    let [mut orphan, mut lone] = [1, 1].map(|it| rows().remove(it));
    (orphan.kind, orphan.tag, orphan.hash) =
        (RowKind::Snapshot, wire::Tag([0x7d; 16]), wire::Hash([0x55; 32]));
    covers.pass(&orphan);
    (lone.seq, lone.kind, lone.tag) = (9, RowKind::Snapshot, wire::Tag([0x7c; 16]));
    (lone.hash, lone.body) =
        (wire::Hash([0x66; 32]), RowBody::Stub { covered_by: Some(GENERATION) });
    covers.pass(&lone);
    let mut generation = rows().remove(4);
    generation.hash = GENERATION;
    let begins = generation_header().begins.unwrap();
    covers.closed(&generation, &begins);
    golden("covers_by_tag", &minicbor::to_vec(&covers).unwrap());
    assert_eq!(minicbor::decode::<Covers>(&read("covers_by_tag")).unwrap(), covers);
}

const GENERATION: wire::Hash = wire::Hash([0x77; 32]);

/// What a version stored that did not know of tags: as good as ever.
#[test]
fn what_was_owed_before_there_were_generations() {
    let mut covers = minicbor::decode::<Covers>(&read("covers")).unwrap();
    assert_eq!(covers.first(), Some(2));
    assert!(covers.names(&wire::Hash([0x33; 32])));
    let generation = Row { tag: wire::Tag([0x7a; 16]), hash: GENERATION, ..rows().remove(2) };
    covers.closed(&generation, &generation_header().begins.unwrap());
    assert_eq!(covers.first(), Some(5), "what nothing covers");
}

#[test]
fn roster_records() {
    for (name, record) in records() {
        golden(&format!("record_{name}"), &record);
    }
    let space = Roster::start(&read("record_found")).unwrap().space();
    golden("space_id", space.as_ref());
}

#[test]
fn a_stored_roster() {
    golden("roster", &team().encode());
    assert_eq!(Roster::decode(&read("roster")).unwrap(), team());
}

/// With everything that a roster came to hold later: old ones still have their old bytes.
#[test]
fn a_stored_roster_after_changes() {
    golden("roster_after_changes", &story().encode());
    assert_eq!(Roster::decode(&read("roster_after_changes")).unwrap(), story());
}

#[test]
fn the_chain() {
    let mut chain = chain_start(&SpaceId([0x51; 32]));
    let mut links = chain.0.to_vec();
    for row in rows() {
        assert!(row.body_fits());
        chain = chain_next(&chain, &row);
        links.extend(chain.0);
    }
    golden("chain", &links);
}

#[test]
fn hashes_and_inputs_to_sign() {
    golden("hash", hash(b"label", &[b"one", b"", b"three"]).as_ref());
    let input = connect_input(&[0x88; 32], &SpaceId([0x51; 32]), "https://r.example", &ada().key());
    golden("connect_input", &input);
}

fn golden(name: &str, bytes: &[u8]) {
    let path = path(name);
    if !path.exists() && std::env::var_os("GOLDEN").is_some() {
        std::fs::write(&path, to_hex(bytes)).unwrap();
    }
    assert_eq!(to_hex(bytes), to_hex(&read(name)), "{name} is not what it was");
}

fn read(name: &str) -> Vec<u8> {
    let text = std::fs::read_to_string(path(name)).unwrap_or_else(|e| panic!("{name}.hex: {e}"));
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let pairs = digits.chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

fn path(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name).with_extension("hex")
}

fn to_hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for line in bytes.chunks(32) {
        for byte in line {
            write!(text, "{byte:02x}").unwrap();
        }
        text.push('\n');
    }
    text
}
