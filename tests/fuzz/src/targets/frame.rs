//! What arrives on a socket, at the relay and at a device.

use wire::{
    ClientFrame, Covers, Envelope, Life, RelayFrame, Row, RowBody, SpaceId, chain_next,
    chain_start, limits,
};

use crate::corpus::goldens;
use crate::{Memory, Target};

pub(crate) const TARGET: Target = Target {
    name: "frame",
    run,
    seeds,
    // A row in CBOR is a tenth of a row in memory, and all is written once more to be compared.
    memory: Memory { base: 64 << 10, each: 64 },
};

fn run(input: &[u8]) -> bool {
    let mut good = false;
    if let Ok(frame) = ClientFrame::decode(input) {
        good = true;
        assert_eq!(frame.encode(), input, "another encoding was accepted");
        match &frame {
            ClientFrame::Connect { origin, .. } => assert!(origin.len() <= limits::MAX_ORIGIN),
            ClientFrame::Found { token, .. } => assert!(token.len() <= limits::MAX_TOKEN),
            ClientFrame::PutObject { bytes, .. } => {
                assert!(bytes.len() <= limits::MAX_OBJECT_PIECE);
            }
            _ => {}
        }
    }
    if let Ok(frame) = RelayFrame::decode(input) {
        good = true;
        assert_eq!(frame.encode(), input, "another encoding was accepted");
        if let RelayFrame::Rows { rows, .. } = &frame {
            assert!(rows.len() <= limits::MAX_PULL_ROWS);
            walk(rows);
        }
    }
    if let Ok(life) = Life::decode(input) {
        assert_eq!(life.encode(), input, "another encoding was accepted");
    }
    good
}

/// What any reader does with rows before it trusts them.
fn walk(rows: &[Row]) {
    let mut chain = chain_start(&SpaceId([0x51; 32]));
    let mut covers = Covers::default();
    for row in rows {
        let next = chain_next(&chain, row);
        assert_ne!(next, chain, "a row that leaves no trace");
        chain = next;
        covers.pass(row);
        if let RowBody::Whole(bytes) = &row.body {
            assert_eq!(row.body_fits(), row.kind.hash_of(bytes) == row.hash);
            if let Ok(envelope) = Envelope::parse(bytes) {
                covers.found(row, &envelope.header);
            }
        }
    }
    let stubs = rows.iter().filter(|row| matches!(row.body, RowBody::Stub { .. }));
    assert_eq!(covers.is_empty(), stubs.count() == 0, "nobody has vouched yet");
}

fn seeds() -> Vec<Vec<u8>> {
    let folder = "wire/tests/golden";
    [goldens(folder, "client_"), goldens(folder, "relay_")].concat()
}
