//! A critical complaint is open (domain.md "complaint overdue/critical").

use super::{Facts, Reason, Setting, Severity, past};
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let critical = facts.complaints.iter().filter(|one| one.open && one.critical);
    critical
        .map(|one| {
            let told = past(one.received, setting.today);
            let sentence = Sentence::new(
                format!("A critical complaint came {} and is still open.", told.en),
                format!("Eine kritische Beschwerde kam {} und ist noch offen.", told.de),
            );
            let reason = Reason::new("complaint-critical", Severity::Urgent, sentence)
                .seen_in(one.named(), Some(("complaint", one.id)))
                .clears(
                    "it is closed, or judged less severe",
                    "sie abgeschlossen oder als weniger schwer eingestuft ist",
                );
            Reason { owner: one.owner, ..reason }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::Complaint;
    use super::super::fixture::{check, check_german, day};
    use super::*;

    /// Covers: S0.6
    #[test]
    fn while_it_is_open() {
        let on = |open, critical| Facts {
            complaints: vec![Complaint {
                number: Sentence::new("C-26-A3-014", "C-26-A3-014"),
                received: day("2026-11-11"),
                open,
                critical,
                ..Complaint::default()
            }],
            ..Facts::default()
        };
        let sentence = "A critical complaint came yesterday and is still open.";
        check(rule, &on(true, true), &[(Severity::Urgent, sentence)]);
        let german = [
            "Eine kritische Beschwerde kam gestern und ist noch offen.",
            "Beschwerde C-26-A3-014",
            "sie abgeschlossen oder als weniger schwer eingestuft ist",
        ];
        check_german(rule, &on(true, true), german);
        check(rule, &on(true, false), &[]);
        check(rule, &on(false, true), &[]);
    }
}
