//! The conformance suite, run on every store.

use relay::store::conformance;
use relay::store::{Memory, Sqlite};

/// Holds: I3, I4
#[tokio::test]
async fn memory_conforms() {
    conformance::run(|clock, quota| Box::new(Memory::with_quota(clock, quota))).await;
}

/// Holds: I3, I4
#[tokio::test]
async fn sqlite_conforms() {
    let folder = tempfile::tempdir().unwrap();
    let count = std::cell::Cell::new(0);
    conformance::run(|clock, quota| {
        count.set(count.get() + 1);
        let file = folder.path().join(format!("{}.db", count.get()));
        Box::new(Sqlite::open_with(&file, clock, quota).unwrap())
    })
    .await;
}
