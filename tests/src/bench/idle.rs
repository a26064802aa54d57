//! What the relay keeps in memory for documents that nobody touches, and for connections that say
//! nothing.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::line::Line;
use super::{Figure, Measure};
use crate::relay::Relay;

/// Documents of the smaller and of the larger relay.
const DOCUMENTS: [usize; 2] = [10_000, 100_000];
/// Documents in one space; a device may be this far ahead of the relay's pace.
const EACH_SPACE: usize = 2_500;
/// Bytes of the change in each document: a client with its name.
const CHANGE: usize = 300;
/// Idle connections.
const CONNECTIONS: usize = 400;

/// Memory of a relay that was restarted over its store, at rest.
///
/// # Panics
/// If the relay does not play along.
pub async fn measure() -> Vec<Measure> {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let mut relay = Relay::bare(&["--open-registration"]);
    let mut filled = 0;
    let mut memory = [0.0; 2];
    let mut last = None;
    for (documents, memory) in DOCUMENTS.into_iter().zip(&mut memory) {
        while filled < documents {
            let mut line = Line::found(&relay, &mut rng).await;
            line.fill(EACH_SPACE, CHANGE, &mut rng).await;
            filled += EACH_SPACE;
            last = Some(line);
        }
        relay.stop();
        relay.start_again();
        *memory = relay.memory_bytes();
    }
    let [small, large] = memory;
    let added = (DOCUMENTS[1] - DOCUMENTS[0]) as f64;

    let line = last.expect("a space");
    let before = relay.memory_bytes();
    let mut sockets = Vec::new();
    for _ in 0..CONNECTIONS {
        sockets.push(line.idle(EACH_SPACE as u64 + 1).await);
    }
    let connected = relay.memory_bytes() - before;
    drop(sockets);
    vec![
        Measure {
            name: "relay memory, 10,000 idle documents",
            figure: Figure::Kilobytes(small / 1000.0),
            floor: None,
        },
        Measure {
            name: "relay memory, 100,000 idle documents",
            figure: Figure::Kilobytes(large / 1000.0),
            floor: None,
        },
        Measure {
            name: "relay memory per idle document",
            figure: Figure::BytesEach((large - small) / added),
            floor: None,
        },
        Measure {
            name: "relay memory per idle connection",
            figure: Figure::BytesEach(connected / CONNECTIONS as f64),
            floor: None,
        },
    ]
}

/// Fills the relay with so many documents, a thousand in a space.
///
/// # Panics
/// If the relay does not play along.
pub async fn fill(relay: &Relay, documents: usize, rng: &mut ChaCha20Rng) {
    const EACH: usize = 1_000;
    for _ in 0..documents.div_ceil(EACH) {
        Line::found(relay, rng).await.fill(EACH, CHANGE, rng).await;
    }
}
