//! A living client at which we know nobody who is still there (domain.md "no primary contact").
//!
//! Whose contact is the primary one belongs to the phases of a relations plan; this is what is true without a plan.

use super::{Facts, Reason, Setting, Severity};
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let reachable = facts.active_contacts(setting.today).any(|one| !one.do_not_contact);
    if !facts.living || reachable {
        return Vec::new();
    }
    let sentence = Sentence::new(
        "There is nobody at the client with whom we may speak.",
        "Beim Kunden gibt es niemanden, mit dem wir sprechen können.",
    );
    vec![
        Reason::new("no-contact", Severity::Soon, sentence)
            .seen_in(Sentence::new("Contacts", "Ansprechpartner"), None)
            .clears("a contact is entered", "ein Ansprechpartner eingetragen ist"),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, contact};
    use super::*;
    use crate::records::ContactRole;

    /// Covers: S0.6
    #[test]
    fn while_nobody_is_there() {
        let facts = |left: &str, do_not_contact, living| {
            let mut one = contact(1, "Iris", ContactRole::User);
            one.record.left_on = left.parse().ok();
            one.record.do_not_contact = do_not_contact;
            Facts { living, contacts: vec![one], ..Facts::default() }
        };
        let nobody = [(Severity::Soon, "There is nobody at the client with whom we may speak.")];
        check(rule, &facts("", false, true), &[]);
        check(rule, &facts("2026-11-13", false, true), &[]);
        check(rule, &facts("2026-11-12", false, true), &nobody);
        check(rule, &facts("", true, true), &nobody);
        check(rule, &facts("", true, false), &[]);
        let german = [
            "Beim Kunden gibt es niemanden, mit dem wir sprechen können.",
            "Ansprechpartner",
            "ein Ansprechpartner eingetragen ist",
        ];
        check_german(rule, &facts("", true, true), german);
    }
}
