//! The load of the bench, small and short: nobody is left behind.

use tests::bench::load::{Load, bear};

#[tokio::test]
async fn every_row_reaches_everybody_who_is_there() {
    let borne = bear(Load { devices: 10, seconds: 3, burst: 20 }).await;
    assert_eq!(borne.behind, 0);
    assert!(borne.saved >= 10, "{} saved", borne.saved);
    // A row that came while somebody was away or returned is read, and counts as neither quick nor slow.
    assert!(borne.reached.len() <= borne.saved * 9);
    assert!(
        borne.reached.len() >= borne.saved * 6,
        "{} of {}",
        borne.reached.len(),
        borne.saved * 9
    );
    assert!(borne.memory > 1e6 && borne.relay_share > 0.0 && borne.devices_share > 0.0);
    assert!(borne.appends > 0.0 && borne.floor > 0.0, "{borne:?}");
}
