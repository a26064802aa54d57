//! Two people decided a field differently, and nobody has settled it (product.md, "Nothing lost, nothing hidden").

use super::{Evidence, Facts, Reason, Setting, Severity};

pub(super) fn rule(facts: &Facts, _: &Setting) -> Vec<Reason> {
    let open = facts.two_versions.iter();
    open.map(|(record, field, kind, id)| Reason {
        rule: "two-versions",
        severity: Severity::Soon,
        sentence: format!("{field} of {record} has two versions."),
        evidence: Evidence { words: "Both versions".into(), record: Some((kind, *id)) },
        clears: "one of them is kept, or both are joined".into(),
        owner: None,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::check;
    use super::*;
    use crate::ids::RecordId;

    #[test]
    fn one_line_a_field() {
        let field =
            ("C-26-A3-014".to_owned(), "Remedy".to_owned(), "complaint", RecordId::default());
        let facts = Facts { two_versions: vec![field], ..Facts::default() };
        check(rule, &facts, &[(Severity::Soon, "Remedy of C-26-A3-014 has two versions.")]);
        check(rule, &Facts::default(), &[]);
    }
}
