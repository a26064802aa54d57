//! The sponsor has not spoken with the client for too long (S4.47, S4.48).

use super::{Facts, Reason, Setting, Severity, day_named};
use crate::figures::sponsor::holders;
use crate::records::Role;
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let months = setting.thresholds.dialogue_months;
    let due = facts.dialogue_due(setting.today, months);
    if !facts.living || due.is_none_or(|due| due >= setting.today) {
        return Vec::new();
    }
    let held = facts.dialogues.iter().filter(|one| one.on.is_some_and(|on| on <= setting.today));
    let last = held.max_by_key(|one| one.on);
    let sentence = match last.and_then(|one| one.on).map(day_named) {
        Some(day) => Sentence::new(
            format!(
                "The last sponsor dialogue was on {}; one is wanted every {months} months.",
                day.en
            ),
            format!(
                "Das letzte Sponsorgespräch war am {}; gewünscht ist eines alle {months} Monate.",
                day.de
            ),
        ),
        None => Sentence::new(
            format!("No sponsor dialogue has been held; one is wanted every {months} months."),
            format!("Es gab noch kein Sponsorgespräch; gewünscht ist eines alle {months} Monate."),
        ),
    };
    let reason = Reason::new("sponsor-silent", Severity::Soon, sentence)
        .seen_in(
            Sentence::new("Sponsor dialogues", "Sponsorgespräche"),
            last.map(|one| (one.key().kind.key, one.id)),
        )
        .clears("a sponsor dialogue is written down", "ein Sponsorgespräch festgehalten ist");
    let sponsor = holders(&facts.assignments, Role::ClientSponsor, setting.today).next();
    vec![reason.of(sponsor)]
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, day, ours};
    use super::*;
    use crate::known::Known;
    use crate::records::SponsorDialogue;

    /// Covers: S4.47, S4.48
    #[test]
    fn after_three_months() {
        let facts = |last: Option<&str>| Facts {
            living: true,
            since: Some(day("2026-01-01")),
            assignments: vec![ours(Role::ClientSponsor, 7)],
            dialogues: last
                .map(|on| SponsorDialogue { on: Some(day(on)), ..SponsorDialogue::default() })
                .map(|record| Known::new(Default::default(), record))
                .into_iter()
                .collect(),
            ..Facts::default()
        };
        let late = "The last sponsor dialogue was on 11 August; one is wanted every 3 months.";
        check(rule, &facts(Some("2026-08-11")), &[(Severity::Soon, late)]);
        check(rule, &facts(Some("2026-08-12")), &[]);
        let never = "No sponsor dialogue has been held; one is wanted every 3 months.";
        check(rule, &facts(None), &[(Severity::Soon, never)]);
        let german = [
            "Das letzte Sponsorgespräch war am 11. August; gewünscht ist eines alle 3 Monate.",
            "Sponsorgespräche",
            "ein Sponsorgespräch festgehalten ist",
        ];
        check_german(rule, &facts(Some("2026-08-11")), german);
        check(rule, &Facts { living: false, ..facts(None) }, &[]);
        check(rule, &Facts { since: Some(day("2026-09-01")), ..facts(None) }, &[]);
        let found = rule(&facts(None), &super::super::fixture::setting());
        assert_eq!(found[0].owner, Some([7; 16]));
    }
}
