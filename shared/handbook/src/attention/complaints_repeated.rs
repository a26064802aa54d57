//! Several complaints have the same cause (domain.md "≥ 2 complaints same cause in 90 d").

use super::{Facts, Reason, Setting, Severity};
use crate::lifecycles::complaint::State;
use crate::records::Cause;
use crate::typed::Choice;
use crate::words::Sentence;

/// From this many on they are no coincidence.
const REPEATED: usize = 2;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let days = setting.thresholds.repeat_days;
    let causes = Cause::ALL.iter().filter(|cause| **cause != Cause::NotFound);
    let of = |cause: &Cause| {
        let mut those: Vec<_> = facts
            .complaints
            .iter()
            .filter(|one| one.cause == Some(*cause) && counts(one.state))
            .filter(|one| {
                (0..=i64::from(days)).contains(&(setting.today - one.received).num_days())
            })
            .collect();
        those.sort_by_key(|one| one.received);
        let last = those.last().filter(|_| those.len() >= REPEATED)?;
        let (count, label) = (those.len(), cause.label());
        let sentence = Sentence::new(
            format!(
                "{count} complaints of the last {days} days have the same cause: {}.",
                label.en
            ),
            format!(
                "{count} Beschwerden der letzten {days} Tage haben dieselbe Ursache: {}.",
                label.de
            ),
        );
        let reason = Reason::new("complaints-repeated", Severity::Soon, sentence)
            .seen_in(last.named(), Some(("complaint", last.id)))
            .clears(
                "no two of them lie that close together",
                "keine zwei mehr so nahe beieinander liegen",
            );
        Some(Reason { owner: last.owner, ..reason })
    };
    causes.filter_map(of).collect()
}

fn counts(state: State) -> bool {
    !matches!(state, State::Withdrawn | State::Duplicate | State::NotAComplaint)
}

#[cfg(test)]
mod tests {
    use super::super::Complaint;
    use super::super::fixture::{check, check_german, day};
    use super::*;

    /// Covers: S2.16
    #[test]
    fn two_within_ninety_days() {
        let complaint = |received: &str, cause| Complaint {
            number: Sentence::new("C-26-A3-014", "C-26-A3-014"),
            received: day(received),
            cause: Some(cause),
            ..Complaint::default()
        };
        let on = |complaints: &[Complaint]| Facts {
            complaints: complaints.to_vec(),
            ..Facts::default()
        };
        let (old, new) =
            (complaint("2026-08-14", Cause::Process), complaint("2026-11-01", Cause::Process));
        let two = "2 complaints of the last 90 days have the same cause: Process.";
        check(rule, &on(&[old.clone(), new.clone()]), &[(Severity::Soon, two)]);
        let german = [
            "2 Beschwerden der letzten 90 Tage haben dieselbe Ursache: Ablauf.",
            "Beschwerde C-26-A3-014",
            "keine zwei mehr so nahe beieinander liegen",
        ];
        check_german(rule, &on(&[old.clone(), new.clone()]), german);
        check(rule, &on(&[complaint("2026-08-13", Cause::Process), new.clone()]), &[]);
        check(rule, &on(&[complaint("2026-11-01", Cause::Quality), new.clone()]), &[]);
        let withdrawn = Complaint { state: State::Withdrawn, ..old };
        check(rule, &on(&[withdrawn, new]), &[]);
        let unknown = complaint("2026-11-01", Cause::NotFound);
        check(rule, &on(&[unknown.clone(), unknown]), &[]);
    }
}
