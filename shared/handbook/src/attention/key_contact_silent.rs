//! Nobody has spoken with a key contact for too long (domain.md "Contact cadence", per contact).

use super::{Facts, Reason, Setting, Severity, contact_name};
use crate::figures::cadence::{Standing, by_contact, cadence};
use crate::words::Sentence;

/// Where the client as a whole is silent, one reason says so; this one is about people passed over.
pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let (true, Some(since)) = (facts.living, facts.since) else { return Vec::new() };
    let (today, rhythm) = (setting.today, setting.rhythm);
    let whole = cadence(facts.last_conversation(today), since, today, rhythm);
    if whole.standing == Standing::Overdue {
        return Vec::new();
    }
    let key = facts.key_contacts(today).map(|one| (one.id, one.since.unwrap_or(since)));
    let read = by_contact(key, &facts.touches, today, rhythm);
    let overdue = read.iter().filter(|one| one.cadence.standing == Standing::Overdue);
    overdue
        .filter_map(|one| {
            let contact = facts.contacts.iter().find(|contact| contact.id == one.contact)?;
            let (name, days) = (contact_name(contact), one.cadence.days);
            let sentence = match one.cadence.last {
                Some(_) => Sentence::new(
                    format!("Nobody has spoken with {name} for {days} days."),
                    format!("Seit {days} Tagen hat niemand mit {name} gesprochen."),
                ),
                None => Sentence::new(
                    format!("No conversation with {name} is logged."),
                    format!("Kein Gespräch mit {name} ist festgehalten."),
                ),
            };
            let reason = Reason::new("key-contact-silent", Severity::Soon, sentence)
                .seen_in(Sentence::new(name.clone(), name), Some(("contact", one.contact)))
                .clears(
                    "a conversation with them is logged",
                    "ein Gespräch mit dieser Person festgehalten ist",
                );
            Some(reason)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::Touch;
    use super::super::fixture::{check, check_german, contact, day};
    use super::*;
    use crate::figures::fixture::id;
    use crate::records::ContactRole;

    /// Covers: S1.14
    #[test]
    fn passed_over() {
        let talk = |on: &str, who| Touch {
            on: day(on),
            two_way: true,
            contacts: vec![id(who)],
            ..Touch::default()
        };
        let facts = |touches: &[Touch]| Facts {
            living: true,
            since: Some(day("2026-01-01")),
            contacts: vec![
                contact(1, "Otto", ContactRole::DecisionMaker),
                contact(2, "Iris", ContactRole::User),
            ],
            touches: touches.to_vec(),
            ..Facts::default()
        };
        let recent = talk("2026-11-01", 2);
        let silent = "Nobody has spoken with Otto for 45 days.";
        check(rule, &facts(&[recent.clone(), talk("2026-09-28", 1)]), &[(Severity::Soon, silent)]);
        let german = [
            "Seit 45 Tagen hat niemand mit Otto gesprochen.",
            "Otto",
            "ein Gespräch mit dieser Person festgehalten ist",
        ];
        check_german(rule, &facts(&[recent.clone(), talk("2026-09-28", 1)]), german);
        check(rule, &facts(&[recent.clone(), talk("2026-09-29", 1)]), &[]);
        let never = "No conversation with Otto is logged.";
        check(rule, &facts(&[recent]), &[(Severity::Soon, never)]);
        check(rule, &facts(&[talk("2026-09-28", 1)]), &[]); // the whole client is silent
    }
}
