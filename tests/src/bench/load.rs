//! Two hundred devices at work on one relay: a real process, real sockets.
//!
//! The devices know no documents, so that the relay is measured and not they: they sign what they send and hand
//! on what they read. Twenty teams of ten; each device saves about once a second in one of its team's
//! documents, reads what the others save, and connects anew now and then. After that all of them send as fast
//! as a device may what they sealed beforehand, for the appends per second; the floor is the same rows written
//! straight to SQLite with group commit, on the same disk.

mod device;
mod floor;
mod team;

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{Figure, Measure, Stopwatch};
use crate::process;
use crate::relay::Relay;
use device::Worked;
use team::Team;

/// Devices of a team, all of which read what one saves.
const TEAM: usize = 10;

/// What is asked of the relay.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Devices, in teams of ten.
    pub devices: usize,
    /// How long the mixed work lasts, seconds.
    pub seconds: u64,
    /// Rows that each device sends as fast as it may, afterwards.
    pub burst: usize,
}

impl Load {
    /// Two hundred devices, for that long.
    #[must_use]
    pub fn whole(seconds: u64) -> Self {
        Self { devices: 200, seconds, burst: 250 }
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Borne {
    /// Rows that were saved in the mixed work.
    pub saved: usize,
    /// Times at which one of them reached another device that was connected, and how long each took from being
    /// sent, milliseconds, ascending.
    pub reached: Vec<f64>,
    /// Connections made anew, and how long each took until everything was read, milliseconds, ascending.
    pub returned: Vec<f64>,
    /// Devices that in the end had not read all rows of their team. None.
    pub behind: usize,
    /// The most memory that the relay held in the mixed work, bytes.
    pub memory: f64,
    /// Of one processor, what the relay took in the mixed work.
    pub relay_share: f64,
    /// The same of this process: the devices.
    pub devices_share: f64,
    /// Rows a second when all send as fast as they may.
    pub appends: f64,
    /// Of one processor, what the relay took meanwhile.
    pub relay_burst_share: f64,
    /// The same of the devices.
    pub burst_share: f64,
    /// The same rows a second, written straight to SQLite.
    pub floor: f64,
    /// Of the same rows, how many signatures one processor verifies in a second.
    pub verified: f64,
}

/// Measures it.
///
/// # Panics
/// If the relay does not play along, or a row does not arrive.
pub async fn measure(seconds: u64) -> Vec<Measure> {
    let borne = bear(Load::whole(seconds)).await;
    assert_eq!(borne.behind, 0, "rows did not arrive");
    let row = |name, figure| Measure { name, figure, floor: None };
    let part = |share: f64| Figure::Percent(share * 100.0);
    vec![
        row("load: rows saved", Figure::Count(borne.saved as f64)),
        row("load: push to peer, median", Figure::Milliseconds(part_of(&borne.reached, 0.5))),
        row("load: push to peer, 99th of 100", Figure::Milliseconds(part_of(&borne.reached, 0.99))),
        row(
            "load: return until all is read, 99th",
            Figure::Milliseconds(part_of(&borne.returned, 0.99)),
        ),
        row("load: relay memory at most", Figure::Kilobytes(borne.memory / 1000.0)),
        row("load: relay, of one processor", part(borne.relay_share)),
        row("load: devices, of one processor", part(borne.devices_share)),
        Measure {
            name: "load: appends",
            figure: Figure::EachSecond(borne.appends),
            floor: Some(borne.floor),
        },
        row("load: relay while appending", part(borne.relay_burst_share)),
        row("load: devices while appending", part(borne.burst_share)),
        row("load: signatures verified by one processor", Figure::EachSecond(borne.verified)),
    ]
}

/// Puts the load on a relay of its own.
///
/// # Panics
/// If the relay does not play along.
pub async fn bear(load: Load) -> Borne {
    // All of them come from one address here.
    let relay = Relay::bare(&["--open-registration", "--address-opens", "10000"]);
    let mut teams = Vec::new();
    for number in 0..load.devices.div_ceil(TEAM) {
        teams.push(Team::found(&relay, number, TEAM.min(load.devices)).await);
    }

    let mut devices = JoinSet::new();
    let (began, cpu) = (Stopwatch::start(), [relay.cpu_seconds(), process::own_cpu_seconds()]);
    let lasts = Duration::from_secs(load.seconds);
    for team in &teams {
        team.work(&mut devices, lasts);
    }
    let mut memory = 0.0_f64;
    let mut worked = Worked::default();
    while !devices.is_empty() {
        tokio::select! {
            device = devices.join_next() => {
                worked.extend(device.expect("a device").expect("a device that comes to the end"));
            }
            () = sleep(Duration::from_millis(500)) => memory = memory.max(relay.memory_bytes()),
        }
    }
    let seconds = began.milliseconds() / 1000.0;
    let [of_relay, of_devices] = cpu;
    let relay_share = (relay.cpu_seconds() - of_relay) / seconds;
    let devices_share = (process::own_cpu_seconds() - of_devices) / seconds;

    let mut bursts = Vec::new();
    for team in &teams {
        bursts.extend(team.bursts(load.burst).await);
    }
    let rows = floor::as_they_come(bursts.iter().map(device::Burst::rows));
    let (began, cpu) = (Stopwatch::start(), [relay.cpu_seconds(), process::own_cpu_seconds()]);
    let mut sending = JoinSet::new();
    for burst in bursts {
        sending.spawn(burst.send());
    }
    while let Some(sent) = sending.join_next().await {
        sent.expect("a device that comes to the end");
    }
    let seconds = began.milliseconds() / 1000.0;
    let [of_relay, of_devices] = cpu;
    let relay_burst_share = (relay.cpu_seconds() - of_relay) / seconds;
    let burst_share = (process::own_cpu_seconds() - of_devices) / seconds;
    let appends = rows.len() as f64 / seconds;
    let floor = floor::straight(relay.data(), &rows);
    let verified = floor::verified(&rows);

    worked.reached.sort_by(f64::total_cmp);
    worked.returned.sort_by(f64::total_cmp);
    Borne {
        saved: worked.saved,
        reached: worked.reached,
        returned: worked.returned,
        behind: worked.behind,
        memory,
        relay_share,
        devices_share,
        appends,
        relay_burst_share,
        burst_share,
        floor,
        verified,
    }
}

/// The value below which that part of the values lies; zero for none.
fn part_of(ascending: &[f64], part: f64) -> f64 {
    let at = (ascending.len() as f64 * part) as usize;
    ascending.get(at.min(ascending.len().saturating_sub(1))).copied().unwrap_or_default()
}
