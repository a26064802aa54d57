//! What the relay remembers of documents: nothing.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use tests::bench::idle::fill;
use tests::relay::Relay;

/// Documents before the first look: the store's page cache is full then. And between the two.
const FEW: usize = 5_000;
const MORE: usize = 15_000;
/// What caches and the allocator may keep or not, bytes for each document. The least that a relay could remember of
/// one, its name and the hash and number of its last row in a map, is half as much again.
const NOISE: f64 = 64.0;

/// The bench `idle` takes the same figure between 10,000 and 100,000 documents.
///
/// Holds: I12
#[tokio::test]
async fn memory_does_not_grow_with_the_number_of_documents() {
    let relay = Relay::bare(&["--open-registration"]);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    fill(&relay, FEW, &mut rng).await;
    let before = relay.memory_bytes();
    fill(&relay, MORE, &mut rng).await;
    let each = (relay.memory_bytes() - before) / MORE as f64;
    assert!(each < NOISE, "{each} bytes for each document");
}
