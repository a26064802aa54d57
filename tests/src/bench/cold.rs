//! A device that has nothing reads a whole firm: how long a newcomer waits for the first look at a
//! thousand clients.
//!
//! The firm was written as firms are, a touchpoint now and then, each in a row of its own; snapshots
//! were asked for, made and vouched for on the way. The floor is what no device can do without:
//! Automerge reading the same documents. A browser begins too, on a relay that serves the app.

use std::time::Duration;

use handbook::Moment;
use handbook::records::{Channel, Function, Touchpoint};
use tokio::task::LocalSet;

use super::{Figure, Measure, Stopwatch};
use crate::browser::{Browser, Role};
use crate::colleague::{Colleague, now_ms};
use crate::relay::Relay;

/// Touchpoints are logged in so many rounds: each client has a row for each round.
const ROUNDS: usize = 20;

/// How long a device may wait before it vouches, and some more, milliseconds.
const VOUCHED_WITHIN: u64 = 8_000;

/// How long a snapshot, or a word for one, may take, milliseconds.
const EACH: u64 = 20;

/// How long a browser may take for the whole firm.
const BROWSER: Duration = Duration::from_secs(300);

/// Runs in the page before the app: notes when somebody joins, and when the line about the relay
/// says, after it said something else, that everything is here.
const WATCH: &str = "
    let joined = null, busy = false;
    addEventListener('click', (click) => {
        if (click.target.closest('button')?.innerText.includes('Join team')) {
            joined = performance.now();
        }
    }, true);
    const look = () => {
        const line = document.querySelector('.sync-line')?.textContent ?? '';
        const safe = line.includes('All safe on the relay');
        busy ||= joined !== null && line !== '' && !safe;
        if (busy && safe) {
            window.firstLook = performance.now() - joined;
        } else {
            requestAnimationFrame(look);
        }
    };
    requestAnimationFrame(look);";

/// Measures it for a thousand clients of twenty and of a hundred touchpoints, natively and in
/// Chromium.
///
/// # Panics
/// If the relay or the browser does not play along.
pub async fn measure() -> Vec<Measure> {
    let mut measures = Vec::new();
    for (natively, in_chromium, touchpoints) in [
        (
            "cold device, 1000 clients of 20 touchpoints",
            "cold device in Chromium, 1000 clients of 20 touchpoints",
            20,
        ),
        (
            "cold device, 1000 clients of 100 touchpoints",
            "cold device in Chromium, 1000 clients of 100 touchpoints",
            100,
        ),
    ] {
        let relay = Relay::start();
        let first =
            LocalSet::new().run_until(Box::pin(first_look(&relay, 1000, touchpoints))).await;
        let figure = Figure::Milliseconds(first.milliseconds);
        measures.push(Measure { name: natively, figure, floor: Some(first.floor) });
        let figure = Figure::Milliseconds(first_look_in_chromium(&first.invitation).await);
        measures.push(Measure { name: in_chromium, figure, floor: None });
    }
    measures
}

/// From the tap on *Join team* until the page says that everything is here, milliseconds.
async fn first_look_in_chromium(invitation: &str) -> f64 {
    let browser = Browser::open("Bench").await;
    browser.inject(WATCH).await;
    browser.go(invitation).await;
    let dialog = browser.within(Role::Dialog, "Join a team");
    dialog.fill("Your name", "Dora").await;
    dialog.click("Join team").await;
    browser.patient(BROWSER).eventually("return window.firstLook").await
}

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
