//! Devices acting apart left a record in two states at once (domain.md, "Rules for all records").

use super::{Facts, Reason, Setting, Severity};
use crate::words::{Language, Sentence};

pub(super) fn rule(facts: &Facts, _: &Setting) -> Vec<Reason> {
    let parted = facts.parted.iter().map(|one| {
        let listed = |language| {
            let labels: Vec<_> = one.states.iter().map(|state| state.get(language)).collect();
            labels.join(", ")
        };
        let sentence = Sentence::new(
            format!(
                "{} stands in {} states at once: {}.",
                one.name.en,
                one.states.len(),
                listed(Language::En)
            ),
            format!(
                "{} steht in {} Zuständen zugleich: {}.",
                one.name.de,
                one.states.len(),
                listed(Language::De)
            ),
        );
        Reason::new("states-parted", Severity::Soon, sentence)
            .seen_in(one.name.clone(), Some((one.kind, one.id)))
            .clears("somebody settles on one of them", "jemand sich auf einen davon festlegt")
    });
    parted.collect()
}

#[cfg(test)]
mod tests {
    use super::super::Parted;
    use super::super::fixture::{check, check_german};
    use super::*;
    use crate::figures::fixture::id;
    use crate::words::Words;

    #[test]
    fn one_line_a_record() {
        let states =
            vec![Words::new("Recorded", "Erfasst"), Words::new("Withdrawn", "Zurückgezogen")];
        let name = Sentence::new("C-26-A3-014", "C-26-A3-014");
        let parted = vec![Parted { name, kind: "complaint", id: id(1), states }];
        let facts = Facts { parted, ..Facts::default() };
        let sentence = "C-26-A3-014 stands in 2 states at once: Recorded, Withdrawn.";
        check(rule, &facts, &[(Severity::Soon, sentence)]);
        let german = [
            "C-26-A3-014 steht in 2 Zuständen zugleich: Erfasst, Zurückgezogen.",
            "C-26-A3-014",
            "jemand sich auf einen davon festlegt",
        ];
        check_german(rule, &facts, german);
        check(rule, &Facts::default(), &[]);
    }
}
