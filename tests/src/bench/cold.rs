//! How long a newcomer waits for the first look at a thousand clients: a device in this process, and one in a browser.

use std::time::Duration;

use tokio::task::LocalSet;

use super::first_look::first_look;
use super::{Figure, Measure};
use crate::browser::{Browser, Role};
use crate::relay::Relay;

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
    for (natively, in_a_browser, touchpoints) in [
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
        let figure = Figure::Milliseconds(in_chromium(&first.invitation).await);
        measures.push(Measure { name: in_a_browser, figure, floor: None });
    }
    measures
}

/// From the tap on *Join team* until the page says that everything is here, milliseconds.
async fn in_chromium(invitation: &str) -> f64 {
    let browser = Browser::open("Bench").await;
    browser.inject(WATCH).await;
    browser.go(invitation).await;
    let dialog = browser.within(Role::Dialog, "Join a team");
    dialog.fill("Your name", "Dora").await;
    dialog.click("Join team").await;
    browser.patient(BROWSER).eventually("return window.firstLook").await
}
