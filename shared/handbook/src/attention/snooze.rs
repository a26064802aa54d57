//! Reasons that somebody laid aside until a day, with a justification.

use chrono::{Days, NaiveDate};

use super::{Reason, Severity};
use crate::figures::thresholds::months_after;
use crate::ids::RecordId;
use crate::known::Known;
use crate::records::{Pressing, Snooze};
use crate::words::{Sentence, Words};

/// The reasons about one client, those laid aside apart from the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reasons {
    /// What asks for somebody, the most pressing first.
    pub open: Vec<Reason>,
    /// What rests, the one that comes back first before the others.
    pub snoozed: Vec<Snoozed>,
}

/// A reason that rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snoozed {
    /// The reason, as it is today.
    pub reason: Reason,
    /// Why it may rest.
    pub why: String,
    /// The last day on which it rests.
    pub until: NaiveDate,
    /// The record that says so.
    pub snooze: RecordId,
}

/// Splits the reasons by what was laid aside. One comes back when its day is over, and when it presses more than it did
/// when somebody laid it aside. Where several snoozes fit, the one that lasts longest holds.
pub(super) fn split(found: Vec<Reason>, snoozes: &[Known<Snooze>], today: NaiveDate) -> Reasons {
    let mut reasons = Reasons::default();
    for reason in found {
        let subject = reason.subject();
        let rests = snoozes
            .iter()
            .filter(|one| one.rule == reason.rule && one.subject == subject)
            .filter(|one| !one.is_outdone_by(pressing(reason.severity)))
            .filter_map(|one| Some((one.until.filter(|until| *until >= today)?, one)))
            .max_by_key(|(until, one)| (*until, one.id));
        match rests {
            None => reasons.open.push(reason),
            Some((until, one)) => {
                let (why, snooze) = (one.reason.clone(), one.id);
                reasons.snoozed.push(Snoozed { reason, why, until, snooze });
            }
        }
    }
    reasons.open.sort_by_key(|reason| reason.severity);
    reasons.snoozed.sort_by_key(|one| one.until);
    reasons
}

/// Lays a reason aside until that day, its last; a sentence if that cannot be: it needs a justification and a day ahead.
pub fn snooze(
    reason: &Reason,
    why: &str,
    until: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Snooze, Sentence> {
    let why = why.trim();
    if why.is_empty() {
        return Err(Sentence::new("Say why it may rest.", "Bitte angeben, warum er ruhen darf."));
    }
    if until.is_none_or(|until| until <= today) {
        return Err(Sentence::new(
            "Choose a day ahead until which it rests.",
            "Bitte einen künftigen Tag wählen, bis zu dem er ruht.",
        ));
    }
    Ok(Snooze {
        rule: reason.rule.to_owned(),
        subject: reason.subject(),
        reason: why.to_owned(),
        until,
        pressing: Some(pressing(reason.severity)),
    })
}

/// The days that are offered first, and what they are called.
pub fn first_days(today: NaiveDate) -> [(Words, NaiveDate); 3] {
    let after = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
    [
        (Words::new("Tomorrow", "Morgen"), after(1)),
        (Words::new("In a week", "In einer Woche"), after(7)),
        (Words::new("In a month", "In einem Monat"), months_after(today, 1)),
    ]
}

impl Snooze {
    /// Whether a reason that presses like that presses more than when it was laid aside. One whose pressing nobody wrote
    /// down rests whatever happens.
    fn is_outdone_by(&self, now: Pressing) -> bool {
        self.pressing.is_some_and(|then| now < then)
    }
}

/// How a severity is written down.
pub fn pressing(severity: Severity) -> Pressing {
    match severity {
        Severity::Urgent => Pressing::Urgent,
        Severity::Soon => Pressing::Soon,
        Severity::Watch => Pressing::Watch,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, setting};
    use super::super::{Facts, Promise, reasons};
    use super::*;
    use crate::figures::fixture::id;

    /// A promise due on that day, and a snooze of its reason.
    fn facts(due: &str, until: &str, pressing: Option<Pressing>, about: u8) -> Facts {
        let promise =
            Promise { id: id(1), text: "Figures".into(), due: day(due), ..Promise::default() };
        let snooze = Snooze {
            rule: "promise-overdue".into(),
            subject: format!("promise/{}", id(about)),
            reason: "The client is on holiday".into(),
            until: until.parse().ok(),
            pressing,
        };
        Facts {
            promises: vec![promise],
            snoozes: vec![Known::new(id(9), snooze)],
            ..Facts::default()
        }
    }

    #[test]
    fn rests_until_its_day_is_over_or_it_gets_worse() {
        let check = |facts: &Facts, rests: bool| {
            let found = reasons(facts, &setting());
            assert_eq!(
                (found.open.len(), found.snoozed.len()),
                if rests { (0, 1) } else { (1, 0) }
            );
        };
        let (late, today) = ("2026-11-01", "2026-11-12");
        let (urgent, soon) = (Some(Pressing::Urgent), Some(Pressing::Soon));
        check(&facts(late, "2026-11-12", urgent, 1), true);
        check(&facts(late, "2026-11-11", urgent, 1), false); // its day is over
        check(&facts(late, "", urgent, 1), false);
        check(&facts(today, "2026-12-01", soon, 1), true);
        check(&facts(late, "2026-12-01", soon, 1), false); // due then, late now
        check(&facts(today, "2026-12-01", urgent, 1), true); // better than then
        check(&facts(late, "2026-12-01", None, 1), true);
        check(&facts(late, "2026-12-01", urgent, 2), false); // about another promise
        let mut other = facts(late, "2026-12-01", urgent, 1);
        other.snoozes[0].record.rule = "silence".into();
        check(&other, false);
    }

    /// Covers: S0.6
    #[test]
    fn asks_for_a_justification_and_a_day_ahead() {
        let facts = facts("2026-11-01", "", None, 1);
        let reason = reasons(&facts, &setting()).open.remove(0);
        let today = day("2026-11-12");
        let check = |why: &str, until: &str, expected: Option<&str>| {
            let made = snooze(&reason, why, until.parse().ok(), today);
            assert_eq!(made.as_ref().err().map(|why| why.en.as_str()), expected);
            made
        };
        let (why, when) = ("Say why it may rest.", "Choose a day ahead until which it rests.");
        drop(check(" ", "2026-11-13", Some(why)));
        drop(check("Talks are paused", "", Some(when)));
        drop(check("Talks are paused", "2026-11-12", Some(when)));
        let made = check(" Talks are paused ", "2026-11-13", None).unwrap();
        assert_eq!(made.reason, "Talks are paused");
        let resting = Facts { snoozes: vec![Known::new(id(9), made)], ..facts };
        let found = reasons(&resting, &setting());
        assert_eq!((found.open.len(), found.snoozed.len()), (0, 1));
    }

    #[test]
    fn days_offered_first() {
        let days = first_days(day("2027-01-30")).map(|(_, day)| day);
        assert_eq!(days, [day("2027-01-31"), day("2027-02-06"), day("2027-02-28")]);
    }

    #[test]
    fn says_why_and_until_when() {
        let mut facts = facts("2026-11-01", "2026-11-20", Some(Pressing::Urgent), 1);
        let mut longer = facts.snoozes[0].clone();
        (longer.id, longer.record.until) = (id(8), Some(day("2026-11-30")));
        facts.snoozes.push(longer);
        let found = reasons(&facts, &setting());
        let one = &found.snoozed[0];
        assert_eq!((one.why.as_str(), one.until), ("The client is on holiday", day("2026-11-30")));
        assert_eq!((one.reason.rule, one.snooze), ("promise-overdue", id(8)));
    }
}
