//! What the relay says of itself in figures, for Prometheus.
//!
//! Figures name kinds, reasons and outcomes, never a space, a device or an address: whoever watches
//! a relay need not learn who works with it. `docs/operate.md` lists them all; a test compares.

mod measured;
mod page;

use std::time::Duration;

use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use wire::{CloseReason, Millis, Refusal, RowKind};

use crate::store::{StoreError, Totals};

pub use measured::Measured;
pub use page::router;

/// Counters told apart by one label.
type By = Family<[(&'static str, String); 1], Counter>;
type ByTwo = Family<[(&'static str, &'static str); 2], Counter>;

/// Seconds: from a commit on a fast disk to one that people notice.
const SECONDS: [f64; 12] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// All figures of one relay.
pub struct Metrics {
    registry: Registry,
    connections: Gauge,
    connections_opened: Counter,
    connections_closed: By,
    connections_turned_away: By,
    received_bytes: Counter,
    sent_bytes: Counter,
    refusals: By,
    throttled: Counter,
    throttled_seconds: Counter<f64, std::sync::atomic::AtomicU64>,
    appends: ByTwo,
    append_seconds: Histogram,
    appends_in_flight: Gauge,
    work_bytes: Gauge,
    pull_seconds: Histogram,
    pulled_rows: Counter,
    store_errors: By,
    spaces: Gauge,
    rows: Gauge,
    row_bytes: Gauge,
}

impl Metrics {
    /// Figures of a relay that starts now.
    #[must_use]
    pub fn new(now: Millis) -> Self {
        let mut registry = Registry::with_prefix("rapport");
        let histogram = || Histogram::new(SECONDS);
        let (append_seconds, pull_seconds) = (histogram(), histogram());
        let mut metrics = Self {
            connections: Gauge::default(),
            connections_opened: Counter::default(),
            connections_closed: By::default(),
            connections_turned_away: By::default(),
            received_bytes: Counter::default(),
            sent_bytes: Counter::default(),
            refusals: By::default(),
            throttled: Counter::default(),
            throttled_seconds: Counter::default(),
            appends: ByTwo::default(),
            append_seconds,
            appends_in_flight: Gauge::default(),
            work_bytes: Gauge::default(),
            pull_seconds,
            pulled_rows: Counter::default(),
            store_errors: By::default(),
            spaces: Gauge::default(),
            rows: Gauge::default(),
            row_bytes: Gauge::default(),
            registry: Registry::default(),
        };
        metrics.register(&mut registry, now);
        metrics.registry = registry;
        metrics
    }

    /// The one list of names.
    fn register(&self, to: &mut Registry, now: Millis) {
        let started: Gauge = Gauge::default();
        started.set(int(now / 1000));
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        to.register("build", "The program", version);
        to.register_with_unit("start_time", "When it started, since 1970", Unit::Seconds, started);

        to.register("connections", "WebSockets that are open", self.connections.clone());
        let opened = self.connections_opened.clone();
        to.register("connections_opened", "WebSockets that were opened", opened);
        let closed = self.connections_closed.clone();
        to.register("connections_closed", "WebSockets that ended, by why", closed);
        let away = self.connections_turned_away.clone();
        to.register("connections_turned_away", "Requests for a WebSocket refused, by why", away);
        let received = self.received_bytes.clone();
        to.register_with_unit("received", "Frames that came in", Unit::Bytes, received);
        to.register_with_unit("sent", "Frames that went out", Unit::Bytes, self.sent_bytes.clone());

        to.register("refusals", "Frames that were refused, by reason", self.refusals.clone());
        to.register(
            "throttled",
            "Batches after which a device had to wait",
            self.throttled.clone(),
        );
        let waited = self.throttled_seconds.clone();
        to.register_with_unit("throttled", "How long devices had to wait", Unit::Seconds, waited);

        to.register("appends", "Appends by kind of row and outcome", self.appends.clone());
        let append = self.append_seconds.clone();
        to.register_with_unit(
            "append_duration",
            "From handing in to durable",
            Unit::Seconds,
            append,
        );
        let flight = self.appends_in_flight.clone();
        to.register("appends_in_flight", "Appends handed to the store and not answered", flight);
        let work = self.work_bytes.clone();
        to.register_with_unit("work", "Frames read and not answered", Unit::Bytes, work);

        let pull = self.pull_seconds.clone();
        to.register_with_unit(
            "pull_duration",
            "How long the store took to read",
            Unit::Seconds,
            pull,
        );
        to.register("pulled_rows", "Rows given out", self.pulled_rows.clone());
        let errors = self.store_errors.clone();
        to.register("store_errors", "What the store could not do, by why", errors);

        to.register("spaces", "Spaces held", self.spaces.clone());
        to.register("rows", "Rows held, stubs included", self.rows.clone());
        let bytes = self.row_bytes.clone();
        to.register_with_unit("row", "Rows held, as quotas count them", Unit::Bytes, bytes);
    }

    /// All of it in the text form of OpenMetrics.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // A string takes everything.
        let _ = text::encode(&mut text, &self.registry);
        text
    }

    /// A socket is open until the answer is dropped.
    pub(crate) fn connection(&self) -> Open<'_> {
        self.connections_opened.inc();
        Open::new(&self.connections)
    }

    pub(crate) fn closed(&self, why: Option<CloseReason>) {
        let why = why.map_or_else(|| "gone".to_owned(), |why| name(&why));
        self.connections_closed.get_or_create(&[("why", why)]).inc();
    }

    pub(crate) fn turned_away(&self, why: &'static str) {
        self.connections_turned_away.get_or_create(&[("why", why.to_owned())]).inc();
    }

    pub(crate) fn received(&self, bytes: usize) {
        self.received_bytes.inc_by(bytes as u64);
    }

    pub(crate) fn sent(&self, bytes: usize) {
        self.sent_bytes.inc_by(bytes as u64);
    }

    pub(crate) fn refused(&self, reason: &Refusal) {
        self.refusals.get_or_create(&[("reason", name(reason))]).inc();
    }

    pub(crate) fn throttled(&self, wait: Duration) {
        self.throttled.inc();
        self.throttled_seconds.inc_by(wait.as_secs_f64());
    }

    fn appended(&self, kind: Option<RowKind>, outcome: &'static str, took: Duration) {
        let kind = match kind {
            None => "found",
            Some(RowKind::Roster) => "roster",
            Some(RowKind::Changes) => "changes",
            Some(RowKind::Snapshot) => "snapshot",
            Some(RowKind::Attest) => "attest",
            Some(RowKind::Generation) => "generation",
            Some(_) => "other",
        };
        self.appends.get_or_create(&[("kind", kind), ("outcome", outcome)]).inc();
        self.append_seconds.observe(took.as_secs_f64());
    }

    fn in_flight(&self) -> Open<'_> {
        Open::new(&self.appends_in_flight)
    }

    fn pulled(&self, rows: usize, took: Duration) {
        self.pulled_rows.inc_by(rows as u64);
        self.pull_seconds.observe(took.as_secs_f64());
    }

    fn store_failed(&self, error: &StoreError) {
        let why = match error {
            StoreError::Full => "full",
            StoreError::Failed(_) => "failed",
        };
        self.store_errors.get_or_create(&[("why", why.to_owned())]).inc();
    }

    /// What is looked up when somebody asks.
    fn stands(&self, totals: &Totals, work_bytes: u64) {
        self.spaces.set(int(totals.spaces));
        self.rows.set(int(totals.rows));
        self.row_bytes.set(int(totals.row_bytes));
        self.work_bytes.set(int(work_bytes));
    }
}

/// One more of something, until it is dropped.
pub(crate) struct Open<'m>(&'m Gauge);

impl<'m> Open<'m> {
    fn new(gauge: &'m Gauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// The name of a refusal or of a reason, without what it says in particular: `CounterGap { .. }` is
/// `counter_gap`.
#[must_use]
pub(crate) fn name(variant: &impl std::fmt::Debug) -> String {
    let mut name = String::new();
    for letter in format!("{variant:?}").chars().take_while(char::is_ascii_alphanumeric) {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_named_without_its_particulars() {
        for (given, expected) in [
            (Refusal::Quota, "quota"),
            (Refusal::CounterGap { expected: 7 }, "counter_gap"),
            (Refusal::RosterHead { head: wire::Hash([9; 32]) }, "roster_head"),
        ] {
            assert_eq!(name(&given), expected);
        }
    }

    #[test]
    fn each_figure_is_explained_to_the_operator() {
        let manual = include_str!("../../docs/operate.md");
        let text = Metrics::new(0).text();
        let names: Vec<_> =
            text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' ')).collect();
        assert!(names.len() > 15, "{text}");
        for (name, kind) in names {
            let suffix = match kind {
                "counter" => "_total",
                "info" => "_info",
                _ => "",
            };
            let row = format!("| `{name}{suffix}");
            assert!(manual.contains(&row), "docs/operate.md has no row that begins {row}");
        }
    }
}
