//! The sponsor also does the client's work (S4.46).

use super::{Facts, Reason, Setting, Severity};
use crate::figures::sponsor::sponsor;
use crate::typed::Choice;
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let conflicts = sponsor(&facts.assignments, &facts.engagements, setting.today).conflicts;
    conflicts
        .into_iter()
        .map(|conflict| {
            let role = conflict.role.label();
            let sentence = Sentence::new(
                format!("Their client sponsor also has the role “{}” and does not stand apart from the work.", role.en),
                format!("Der Kundensponsor hat zugleich die Rolle „{}“ und steht nicht außerhalb der Arbeit.", role.de),
            );
            Reason::new("sponsor-dependent", Severity::Watch, sentence)
                .seen_in(Sentence::new("Assignment", "Zuständigkeit"), Some(("assignment", conflict.assignment)))
                .clears("somebody else has one of the two roles", "eine der beiden Rollen jemand anderem gehört")
                .of(Some(conflict.person))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, ours};
    use super::*;
    use crate::records::Role;

    /// Covers: S4.46
    #[test]
    fn two_roles_of_one_person() {
        let facts = |role, person| Facts {
            assignments: vec![ours(Role::ClientSponsor, 1), ours(role, person)],
            ..Facts::default()
        };
        let sentence = "Their client sponsor also has the role “Project manager” and does not stand apart from the work.";
        check(rule, &facts(Role::ProjectManager, 1), &[(Severity::Watch, sentence)]);
        let german = [
            "Der Kundensponsor hat zugleich die Rolle „Projektleitung“ und steht nicht außerhalb der Arbeit.",
            "Zuständigkeit",
            "eine der beiden Rollen jemand anderem gehört",
        ];
        check_german(rule, &facts(Role::ProjectManager, 1), german);
        check(rule, &facts(Role::ProjectManager, 2), &[]);
        check(rule, &facts(Role::AccountManager, 1), &[]);
    }
}
