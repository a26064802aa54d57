//! Two people decided a field differently, and nobody has settled it (product.md, "Nothing lost, nothing hidden").

use super::{Evidence, Facts, Reason, Setting, Severity};
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, _: &Setting) -> Vec<Reason> {
    let open = facts.two_versions.iter();
    open.map(|(record, field, kind, id)| Reason {
        rule: "two-versions",
        severity: Severity::Soon,
        sentence: Sentence::new(
            format!("{} of {} has two versions.", field.en, record.en),
            format!("„{}“ bei {} liegt in zwei Fassungen vor.", field.de, record.de),
        ),
        evidence: Evidence {
            words: Sentence::new("Both versions", "Beide Fassungen"),
            record: Some((kind, *id)),
        },
        clears: Sentence::new(
            "one of them is kept, or both are joined",
            "eine von ihnen behalten wird oder beide verbunden sind",
        ),
        owner: None,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german};
    use super::*;
    use crate::ids::RecordId;
    use crate::words::Words;

    #[test]
    fn one_line_a_field() {
        let number = Sentence::new("C-26-A3-014", "C-26-A3-014");
        let field = (number, Words::new("Remedy", "Abhilfe"), "complaint", RecordId::default());
        let facts = Facts { two_versions: vec![field], ..Facts::default() };
        check(rule, &facts, &[(Severity::Soon, "Remedy of C-26-A3-014 has two versions.")]);
        let german = [
            "„Abhilfe“ bei C-26-A3-014 liegt in zwei Fassungen vor.",
            "Beide Fassungen",
            "eine von ihnen behalten wird oder beide verbunden sind",
        ];
        check_german(rule, &facts, german);
        check(rule, &Facts::default(), &[]);
    }
}
