//! A scheduled contact was not held (domain.md "scheduled contact due/missed").

use super::{Facts, Reason, Setting, Severity, day_named};
use crate::lifecycles::scheduled_contact::{State, date};
use crate::lifecycles::states;
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let grace = i64::from(setting.thresholds.grace_days);
    let missed = facts.scheduled.iter().filter_map(|one| {
        let here = states(&one.transitions, State::Planned);
        let waits = here.iter().any(|state| state.is_open() || *state == State::Missed);
        let day = date(one).filter(|day| (setting.today - *day).num_days() > grace && waits)?;
        let (subject, told) = (&one.subject, day_named(day));
        let sentence = Sentence::new(
            format!("“{subject}” was planned for {} and has not been held.", told.en),
            format!("„{subject}“ war für den {} geplant und hat nicht stattgefunden.", told.de),
        );
        let reason = Reason::new("contact-missed", Severity::Soon, sentence)
            .seen_in(
                Sentence::new("Scheduled contact", "Geplanter Kontakt"),
                Some(("scheduled_contact", one.id)),
            )
            .clears(
                "it is held, postponed or cancelled",
                "er durchgeführt, verschoben oder abgesagt ist",
            )
            .of(one.organiser.map(|organiser| organiser.id));
        Some(reason)
    });
    missed.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, day, setting};
    use super::*;
    use crate::figures::fixture::{id, step};
    use crate::figures::thresholds::Thresholds;
    use crate::known::Known;
    use crate::lifecycles::scheduled_contact::Scheduling;
    use crate::records::ScheduledContact;
    use crate::typed::{Entry, Facts as Steps};

    /// Covers: S0.6
    #[test]
    fn from_the_day_after() {
        let facts = |target: &str, to: Option<State>| {
            let told = to.map(|to| {
                let told = step(State::Planned, to, "2026-11-01").0.remove(0);
                let body = Scheduling { from: State::Planned, to, why: "".into(), new_date: None };
                Entry { id: told.id, by: told.by, at: told.at, after: told.after, body }
            });
            let record = ScheduledContact {
                subject: "Kick-off".into(),
                target_date: Some(day(target)),
                transitions: Steps(told.into_iter().collect()),
                ..ScheduledContact::default()
            };
            Facts { scheduled: vec![Known::new(id(1), record)], ..Facts::default() }
        };
        let sentence = "“Kick-off” was planned for 4 November and has not been held.";
        check(rule, &facts("2026-11-04", None), &[(Severity::Soon, sentence)]);
        let german = [
            "„Kick-off“ war für den 4. November geplant und hat nicht stattgefunden.",
            "Geplanter Kontakt",
            "er durchgeführt, verschoben oder abgesagt ist",
        ];
        check_german(rule, &facts("2026-11-04", None), german);
        check(rule, &facts("2026-11-04", Some(State::Missed)), &[(Severity::Soon, sentence)]);
        check(rule, &facts("2026-11-04", Some(State::Held)), &[]);
        check(rule, &facts("2026-11-04", Some(State::Cancelled)), &[]);
        check(rule, &facts("2026-11-12", None), &[]);
        let patient = |grace_days| {
            let thresholds = Thresholds { grace_days, ..Thresholds::default() };
            super::super::Setting { thresholds, ..setting() }
        };
        assert_eq!(rule(&facts("2026-11-04", None), &patient(8)), []);
        assert_eq!(rule(&facts("2026-11-04", None), &patient(7)).len(), 1);
    }
}
