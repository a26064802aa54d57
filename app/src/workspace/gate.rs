//! May another pilot begin? What the gate looks at, read from all clients; pages show it, and no write goes past it.

use chrono::{Days, NaiveDate};
use handbook::{
    Choice, DocumentId, Known, Op, Record, RecordId, Row,
    attention::Severity,
    figures::{
        promises::{KeptRate, Outcome, kept_rate},
        rollout_gate::{Input, Rollouts, inputs},
        spare_capacity::{monday_of, spare_capacity},
    },
    known,
    lifecycles::rollout::{LIFECYCLE, State},
    records::{Capacity, Promise, PromiseState, Rollout},
    strategy::rollout::refusals,
};

use super::{now, space::Space};
use crate::{texts::tell, ui::state::Trouble};

/// Promises are looked at over so many days.
const DAYS: u64 = 90;
/// Time to spare is looked at over so many weeks.
const WEEKS: u64 = 4;

impl Space {
    /// What the gate looks at, over all clients.
    pub(super) fn rollout_gate(&self, today: NaiveDate) -> Vec<Input> {
        let thresholds = self.setting(today).thresholds;
        let attention = self.attention(today);
        let urgent = |client: RecordId| {
            attention
                .iter()
                .any(|found| found.client == client && found.reason.severity == Severity::Urgent)
        };
        let list = self.list(Rollout::KEY);
        let states: Vec<(State, &Row, bool)> = list
            .iter()
            .filter_map(|placed| {
                let DocumentId::Client(client) = placed.document else { return None };
                let state = State::from_key(LIFECYCLE.standing(&placed.row).shown())?;
                Some((state, &placed.row, urgent(client)))
            })
            .collect();
        let candidates = states.iter().filter(|(state, ..)| *state == State::Candidate);
        let needs = candidates.filter_map(|(_, row, _)| {
            let needs = Rollout::KEYS.needs.get(row).ok().flatten()?;
            Some(u64::from(needs.0))
        });
        let rows = |kind| -> Vec<Row> {
            self.list(kind).iter().map(|placed| placed.row.clone()).collect()
        };
        let kept = kept_since(&known::<Promise>(&rows(Promise::KEY)), today);
        let rollouts = Rollouts {
            spare_minutes: spare(&known::<Capacity>(&rows(Capacity::KEY)), today),
            needed_minutes: needs.max(),
            ..Rollouts::count(states.iter().map(|(state, _, urgent)| (*state, *urgent)), kept)
        };
        inputs(&rollouts, &thresholds)
    }

    /// Nobody begins a pilot past the gate, from whichever page.
    pub(super) fn allowed(&self, ops: &[Op]) -> Result<(), Trouble> {
        let refusals = refusals(ops, || self.rollout_gate(now::clock_face().today));
        if refusals.is_empty() {
            return Ok(());
        }
        Err(Trouble(refusals.iter().map(tell).collect::<Vec<_>>().join(" ")))
    }
}

fn kept_since(promises: &[Known<Promise>], today: NaiveDate) -> KeptRate {
    let outcomes = promises.iter().filter_map(|one| {
        Some(Outcome {
            due: one.due?,
            kept: one.kept_on,
            withdrawn: one.state == PromiseState::Withdrawn,
        })
    });
    kept_rate(outcomes, today.checked_sub_days(Days::new(DAYS)).unwrap_or(today), today)
}

/// Minutes without a purpose in the weeks ahead; `None` where nobody wrote any down.
fn spare(entries: &[Known<Capacity>], today: NaiveDate) -> Option<u64> {
    let until = monday_of(today).checked_add_days(Days::new(7 * WEEKS)).unwrap_or(today);
    let weeks = spare_capacity(entries, today);
    let ahead: Vec<_> = weeks.iter().filter(|week| week.monday < until).collect();
    (!ahead.is_empty()).then(|| ahead.iter().map(|week| week.free).sum())
}
