//! An active client without an account manager of ours, or with two after a merge (S2.5).

use super::{Evidence, Facts, Reason, Setting, Severity};

pub(super) fn rule(facts: &Facts, _: &Setting) -> Vec<Reason> {
    let (sentence, clears) = match (facts.living, facts.account_managers) {
        (true, 0) => {
            ("Nobody is their account manager.".to_owned(), "an account manager is assigned")
        }
        (_, 2..) => (
            format!("They have {} account managers at once.", facts.account_managers),
            "only one of them remains",
        ),
        _ => return Vec::new(),
    };
    vec![Reason {
        rule: "no-account-manager",
        severity: Severity::Watch,
        sentence,
        evidence: Evidence { words: "Assignments".into(), record: None },
        clears: clears.into(),
        owner: None,
    }]
}

#[cfg(test)]
mod tests {
    use super::super::fixture::check;
    use super::*;

    #[test]
    fn exactly_one() {
        let facts =
            |living, account_managers| Facts { living, account_managers, ..Facts::default() };
        check(rule, &facts(true, 0), &[(Severity::Watch, "Nobody is their account manager.")]);
        check(rule, &facts(true, 2), &[(Severity::Watch, "They have 2 account managers at once.")]);
        check(rule, &facts(true, 1), &[]);
        check(rule, &facts(false, 0), &[]);
    }
}
