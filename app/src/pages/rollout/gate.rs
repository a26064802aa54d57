//! May another pilot begin? Everything that the answer rests on, as sentences.

use chrono::{Days, NaiveDate};
use handbook::{
    Known, Record, Row,
    attention::Severity,
    figures::{
        promises::{Outcome, kept_rate},
        rollout_gate::{Input, Rollouts, inputs},
        spare_capacity::{monday_of, spare_capacity},
    },
    known,
    lifecycles::rollout::State,
    records::{Capacity, Promise, PromiseState},
};
use leptos::prelude::*;

use super::Taking;
use crate::{
    texts::{rollout as t, tell},
    ui::{
        icons::{Glyph, Icon},
        section::Section,
        state::AppState,
    },
};

/// Promises are looked at over so many days.
const DAYS: u64 = 90;
/// Time to spare is looked at over so many weeks.
const WEEKS: u64 = 4;

#[component]
pub fn Gate(found: Memo<Vec<Input>>) -> impl IntoView {
    let answer = move || {
        let open = found.with(|found| found.iter().all(|input| input.holds));
        if open { t::may_begin() } else { t::not_now() }
    };
    let lines = move || found.get().iter().map(line).collect_view();
    view! {
        <Section title=t::gate()>
            <p class="finding firm-words">{answer}</p>
            <ul class="gate">{lines}</ul>
            <p class="support">{t::gate_how()}</p>
        </Section>
    }
}

fn line(input: &Input) -> impl IntoView + use<> {
    let (class, glyph) = if input.holds {
        ("state wraps kept", Glyph::CheckCircle)
    } else {
        ("state wraps late", Glyph::Octagon)
    };
    view! {
        <li class=class>
            <Icon glyph=glyph />
            {tell(&input.sentence)}
        </li>
    }
}

/// What the gate looks at, over all clients; reactive.
pub fn gate(app: &AppState, taking: &[Taking]) -> Vec<Input> {
    let setting = app.setting();
    let attention = app.attention();
    let urgent = |one: &Taking| {
        attention
            .iter()
            .any(|found| found.client == one.client && found.reason.severity == Severity::Urgent)
    };
    let stages = taking.iter().map(|one| (one.state, urgent(one)));
    let rows =
        |kind| -> Vec<Row> { app.list(kind).iter().map(|placed| placed.row.clone()).collect() };
    let kept = kept_since(&known::<Promise>(&rows(Promise::KEY)), setting.today);
    let spare_minutes = spare(&known::<Capacity>(&rows(Capacity::KEY)), setting.today);
    let candidates = taking.iter().filter(|one| one.state == State::Candidate);
    let needs = candidates.filter_map(|one| one.rollout.needs).map(|time| u64::from(time.0));
    let rollouts =
        Rollouts { spare_minutes, needed_minutes: needs.max(), ..Rollouts::count(stages, kept) };
    inputs(&rollouts, &setting.thresholds)
}

fn kept_since(
    promises: &[Known<Promise>],
    today: NaiveDate,
) -> handbook::figures::promises::KeptRate {
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
