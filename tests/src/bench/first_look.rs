//! A device that has nothing reads a whole firm.
//!
//! The firm was written as firms are, a touchpoint now and then, each in a row of its own; snapshots
//! were asked for, made and vouched for on the way. The floor is what no device can do without:
//! Automerge reading the same documents.

use handbook::Moment;
use handbook::records::{Channel, Function, Touchpoint};

use super::Stopwatch;
use crate::colleague::{Colleague, now_ms};
use crate::relay::Relay;

/// Touchpoints are logged in so many rounds: each client has a row for each round.
const ROUNDS: usize = 20;

/// How long a device may wait before it vouches, and some more, milliseconds.
const VOUCHED_WITHIN: u64 = 8_000;

/// How long a snapshot, or a word for one, may take, milliseconds.
const EACH: u64 = 20;

/// What a first look took, and what was looked at.
#[derive(Clone, Debug)]
pub struct FirstLook {
    /// From the first frame until everything is here.
    pub milliseconds: f64,
    /// What Automerge takes for reading the documents.
    pub floor: f64,
    /// Records that the newcomer sees.
    pub records: usize,
    /// Records that those who wrote them see.
    pub expected: usize,
    /// A link by which one more may begin.
    pub invitation: String,
}

/// Fills a firm at an empty relay, and lets somebody begin.
///
/// # Panics
/// If the relay does not play along.
pub async fn first_look(relay: &Relay, clients: usize, touchpoints: usize) -> FirstLook {
    let mut anna = Colleague::found(relay, "Northwind", "Anna").await;
    let invitation = anna.invite().await;
    let mut bruno = Colleague::join(&invitation, "Bruno").await;
    let mut ids = Vec::new();
    for number in 0..clients {
        ids.push(anna.add_client(&format!("Client {number}")).await);
    }
    for round in 0..ROUNDS {
        for id in &ids {
            let each = touchpoints.div_ceil(ROUNDS);
            anna.log(*id, (0..each).map(|place| talk(round * each + place)).collect()).await;
        }
        anna.push().await;
        // A round at a time: reading all of them row by row takes longer than anything may.
        bruno.sync().await;
    }
    // Whoever comes to rest makes what it was asked for, and its colleague vouches.
    let each = EACH * clients as u64;
    anna.until_quiet(now_ms() + each).await;
    bruno.sync().await;
    bruno.until_quiet(now_ms() + VOUCHED_WITHIN + each).await;
    anna.sync().await;
    let invitation = anna.invite().await;
    let floor = anna.reading_time().await;
    let stopwatch = Stopwatch::start();
    let clara = Colleague::join(&invitation, "Clara").await;
    let milliseconds = stopwatch.milliseconds();
    anna.sync().await;
    FirstLook {
        milliseconds,
        floor,
        records: clara.touchpoints(),
        expected: anna.touchpoints(),
        invitation: anna.invite().await,
    }
}

fn talk(number: usize) -> Touchpoint {
    let ms = i64::try_from(now_ms()).unwrap_or_default();
    Touchpoint {
        at: Some(Moment { ms, offset_min: 60 }),
        function: Some(Function::Delivery),
        channel: Some(Channel::Call),
        subject: format!("Call number {number} about the late delivery"),
        notes: "Greta wants to know by Friday which of the three lots is on its way. The second \
                one was promised for Tuesday; Harbour will send somebody to look at the seals."
            .into(),
        ..Touchpoint::default()
    }
}
