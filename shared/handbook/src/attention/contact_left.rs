//! A key contact has left the client, and nobody has their place (domain.md "key contact left").

use super::{Facts, Reason, Setting, Severity, contact_name, facts::is_key, past};
use crate::words::Sentence;

/// For so many days it is news.
const NEWS_DAYS: i64 = 90;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let left = facts.contacts.iter().filter(|one| is_key(one)).filter_map(|contact| {
        let left = contact.left_on?;
        let ago = (setting.today - left).num_days();
        let replaced = facts.active_contacts(setting.today).any(|one| {
            let newer = one.since.is_some_and(|since| (since - left).num_days().abs() <= NEWS_DAYS);
            newer && is_key(one)
        });
        if !(0..=NEWS_DAYS).contains(&ago) || replaced {
            return None;
        }
        let (name, told) = (contact_name(contact), past(left, setting.today));
        let sentence = Sentence::new(
            format!("{name} left the client {}, and nobody has their place.", told.en),
            format!("{name} hat den Kunden {} verlassen, und niemand ist nachgefolgt.", told.de),
        );
        let reason = Reason::new("contact-left", Severity::Soon, sentence)
            .seen_in(Sentence::new(name.clone(), name), Some(("contact", contact.id)))
            .clears(
                "a successor is entered with a role and a first day",
                "die Nachfolge mit Rolle und erstem Tag eingetragen ist",
            );
        Some(reason)
    });
    left.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, contact, day};
    use super::*;
    use crate::records::ContactRole;

    /// Covers: S1.14
    #[test]
    fn until_somebody_follows() {
        let facts = |role, left: &str, successor: Option<&str>| {
            let mut one = contact(1, "Otto", role);
            one.record.left_on = left.parse().ok();
            let next = successor.map(|since| {
                let mut next = contact(2, "Iris", ContactRole::DecisionMaker);
                next.record.since = Some(day(since));
                next
            });
            Facts { contacts: std::iter::once(one).chain(next).collect(), ..Facts::default() }
        };
        let decides = ContactRole::DecisionMaker;
        let yesterday = "Otto left the client yesterday, and nobody has their place.";
        check(rule, &facts(decides, "2026-11-11", None), &[(Severity::Soon, yesterday)]);
        let german = [
            "Otto hat den Kunden gestern verlassen, und niemand ist nachgefolgt.",
            "Otto",
            "die Nachfolge mit Rolle und erstem Tag eingetragen ist",
        ];
        check_german(rule, &facts(decides, "2026-11-11", None), german);
        check(rule, &facts(decides, "2026-11-11", Some("2026-11-01")), &[]);
        check(
            rule,
            &facts(decides, "2026-11-11", Some("2020-01-01")),
            &[(Severity::Soon, yesterday)],
        );
        check(rule, &facts(decides, "2026-08-13", None), &[]); // 91 days ago
        check(rule, &facts(decides, "2026-11-13", None), &[]); // tomorrow
        check(rule, &facts(ContactRole::User, "2026-11-11", None), &[]);
    }
}
