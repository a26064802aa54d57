//! An active client without an account manager of ours, or with two after a merge (S2.5).

use super::{Evidence, Facts, Reason, Setting, Severity};
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, _: &Setting) -> Vec<Reason> {
    let (sentence, clears) = match (facts.living, facts.account_managers) {
        (true, 0) => (
            Sentence::new(
                "Nobody is their account manager.",
                "Niemand ist für die Kundenbetreuung zuständig.",
            ),
            Sentence::new("an account manager is assigned", "die Kundenbetreuung zugewiesen ist"),
        ),
        (_, many @ 2..) => (
            Sentence::new(
                format!("They have {many} account managers at once."),
                format!("Für die Kundenbetreuung sind {many} Personen zugleich zuständig."),
            ),
            Sentence::new("only one of them remains", "nur noch eine von ihnen zuständig ist"),
        ),
        _ => return Vec::new(),
    };
    vec![Reason {
        rule: "no-account-manager",
        severity: Severity::Watch,
        sentence,
        evidence: Evidence {
            words: Sentence::new("Assignments", "Zuständigkeiten"), record: None
        },
        clears,
        owner: None,
    }]
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german};
    use super::*;

    /// Covers: S2.5
    #[test]
    fn exactly_one() {
        let facts =
            |living, account_managers| Facts { living, account_managers, ..Facts::default() };
        check(rule, &facts(true, 0), &[(Severity::Watch, "Nobody is their account manager.")]);
        check(rule, &facts(true, 2), &[(Severity::Watch, "They have 2 account managers at once.")]);
        let german = [
            "Für die Kundenbetreuung sind 2 Personen zugleich zuständig.",
            "Zuständigkeiten",
            "nur noch eine von ihnen zuständig ist",
        ];
        check_german(rule, &facts(true, 2), german);
        check(rule, &facts(true, 1), &[]);
        check(rule, &facts(false, 0), &[]);
    }
}
