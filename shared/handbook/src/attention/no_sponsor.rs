//! An active client without a sponsor of ours, or with two after a merge (S4.45).

use super::{Facts, Reason, Setting, Severity};
use crate::figures::sponsor::sponsor;
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let people = sponsor(&facts.assignments, &facts.engagements, setting.today).people.len();
    let reason = |sentence| {
        Reason::new("no-sponsor", Severity::Watch, sentence)
            .seen_in(Sentence::new("Assignments", "Zuständigkeiten"), None)
    };
    match (facts.living, people) {
        (true, 0) => vec![
            reason(Sentence::new(
                "Nobody is their client sponsor.",
                "Niemand ist Kundensponsor für diesen Kunden.",
            ))
            .clears("a client sponsor is assigned", "ein Kundensponsor zugewiesen ist"),
        ],
        (_, many @ 2..) => vec![
            reason(Sentence::new(
                format!("They have {many} client sponsors at once."),
                format!("{many} Personen sind zugleich Kundensponsor."),
            ))
            .clears("only one of them remains", "nur noch eine von ihnen Kundensponsor ist"),
        ],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, ours};
    use super::*;
    use crate::records::Role;

    /// Covers: S4.45
    #[test]
    fn exactly_one() {
        let facts = |living, people: &[u8]| Facts {
            living,
            assignments: people.iter().map(|one| ours(Role::ClientSponsor, *one)).collect(),
            ..Facts::default()
        };
        check(rule, &facts(true, &[]), &[(Severity::Watch, "Nobody is their client sponsor.")]);
        check(rule, &facts(true, &[1]), &[]);
        check(
            rule,
            &facts(true, &[1, 2]),
            &[(Severity::Watch, "They have 2 client sponsors at once.")],
        );
        let german = [
            "2 Personen sind zugleich Kundensponsor.",
            "Zuständigkeiten",
            "nur noch eine von ihnen Kundensponsor ist",
        ];
        check_german(rule, &facts(true, &[1, 2]), german);
        check(rule, &facts(false, &[]), &[]);
    }
}
