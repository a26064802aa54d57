//! The relationship hangs on one person, of ours or of theirs (S1.26).

use super::{Facts, Reason, Setting, Severity, contact_name};
use crate::figures::concentration::{Concentration, Flag, concentration, if_leaves};
use crate::ids::RecordId;
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    if !facts.living {
        return Vec::new();
    }
    let active = facts.active_contacts(setting.today).count();
    let found = concentration(&facts.touches, active, setting.today, &setting.thresholds);
    found.flags.iter().map(|flag| reason(*flag, &found, facts, setting)).collect()
}

fn reason(flag: Flag, found: &Concentration, facts: &Facts, setting: &Setting) -> Reason {
    let (talks, window) = (found.conversations, setting.thresholds.concentration_days);
    let watch = |rule, sentence| Reason::new(rule, Severity::Watch, sentence);
    match flag {
        Flag::OneOfUs(person, share) => {
            let left = left_behind(person, facts, setting);
            let known = setting.people.get(&person);
            let name = |unknown: &str| known.map_or_else(|| unknown.to_owned(), String::clone);
            watch("one-of-us", Sentence::new(
                format!("{} has {share} % of their {talks} conversations of the last {window} days.{}", name("One of us"), left.en),
                format!("Auf {} entfallen {share} % ihrer {talks} Gespräche der letzten {window} Tage.{}", name("eine Person von uns"), left.de),
            ))
            .seen_in(Sentence::new("Who has met whom", "Wer kennt wen"), None)
            .clears("others of us speak with them too", "auch andere von uns mit ihnen sprechen")
        }
        Flag::OneContact(contact, share) => {
            let known = facts.contacts.iter().find(|one| one.id == contact);
            let name = known.map(|one| contact_name(one)).unwrap_or_default();
            watch("one-contact", Sentence::new(
                format!("{share} % of their {talks} conversations of the last {window} days were with {name}."),
                format!("{share} % ihrer {talks} Gespräche der letzten {window} Tage waren mit {name}."),
            ))
            .seen_in(Sentence::new("Who has met whom", "Wer kennt wen"), Some(("contact", contact)))
            .clears("we speak with others there too", "wir dort auch mit anderen sprechen")
        }
        Flag::OnlyContact => {
            let only = facts.active_contacts(setting.today).next();
            let name = only.map(|one| contact_name(one)).unwrap_or_default();
            watch(
                "only-contact",
                Sentence::new(
                    format!("{name} is the only person we know there."),
                    format!("{name} ist die einzige Person, die wir dort kennen."),
                ),
            )
            .seen_in(
                Sentence::new("Contacts", "Ansprechpartner"),
                only.map(|one| ("contact", one.id)),
            )
            .clears("a second contact is entered", "ein zweiter Ansprechpartner eingetragen ist")
        }
    }
}

/// What would be lost with one of us, as a second sentence; empty where nothing would.
fn left_behind(person: RecordId, facts: &Facts, setting: &Setting) -> Sentence {
    let open = facts.promises.iter().filter(|promise| !promise.kept && !promise.broken);
    let open = open.map(|promise| (promise.id, promise.by.map(RecordId::from_bytes)));
    let lost = if_leaves(person, open, &facts.touches, setting.today);
    let promises = match lost.promises.len() {
        0 => None,
        1 => Some(Sentence::new("one open promise", "eine offene Zusage")),
        many => {
            Some(Sentence::new(format!("{many} open promises"), format!("{many} offene Zusagen")))
        }
    };
    let contacts = match lost.contacts.len() {
        0 => None,
        1 => Some(Sentence::new(
            "one contact whom nobody else has met",
            "ein Ansprechpartner, den sonst niemand kennt",
        )),
        many => Some(Sentence::new(
            format!("{many} contacts whom nobody else has met"),
            format!("{many} Ansprechpartner, die sonst niemand kennt"),
        )),
    };
    let parts: Vec<Sentence> = promises.into_iter().chain(contacts).collect();
    let joined = |word: &str, get: fn(&Sentence) -> &str| {
        parts.iter().map(get).collect::<Vec<_>>().join(word)
    };
    if parts.is_empty() {
        return Sentence::default();
    }
    Sentence::new(
        format!(" If they left, we would lose: {}.", joined(" and ", |part| &part.en)),
        format!(" Ginge sie, verlören wir: {}.", joined(" und ", |part| &part.de)),
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, contact, day, setting};
    use super::super::{Promise, Touch};
    use super::*;
    use crate::figures::fixture::id;
    use crate::records::ContactRole;

    /// Covers: S1.26, S1.27
    #[test]
    fn one_person_on_either_side() {
        let facts = |talks: &[(u8, u8)], contacts: u8| Facts {
            living: true,
            touches: talks
                .iter()
                .map(|(ours, theirs)| Touch {
                    on: day("2026-11-01"),
                    two_way: true,
                    members: vec![id(*ours)],
                    contacts: vec![id(*theirs)],
                    ..Touch::default()
                })
                .collect(),
            contacts: (1..=contacts).map(|one| contact(one, "Iris", ContactRole::User)).collect(),
            promises: vec![Promise { by: Some([8; 16]), ..Promise::default() }],
            ..Facts::default()
        };
        // Three of five conversations are one person's, who alone has met the third contact.
        let spread = [(7, 1), (7, 2), (7, 3), (8, 1), (8, 2)];
        let three = "One of us has 60 % of their 5 conversations of the last 180 days. If they left, we would lose: one contact whom nobody else has met.";
        check(rule, &facts(&spread, 3), &[(Severity::Watch, three)]);
        check(rule, &facts(&spread[..4], 3), &[]);
        let people = [(id(7), "Tomas Reuter".to_owned())].into();
        let named = rule(&facts(&spread, 3), &Setting { people, ..setting() });
        assert!(named[0].sentence.en.starts_with("Tomas Reuter has 60 % of their 5"));
        assert!(named[0].sentence.de.starts_with("Auf Tomas Reuter entfallen 60 %"));
        let same = [(7, 1), (8, 1), (9, 1), (10, 2), (11, 1)];
        let theirs = "80 % of their 5 conversations of the last 180 days were with Iris.";
        check(rule, &facts(&same, 2), &[(Severity::Watch, theirs)]);
        check(rule, &facts(&[], 1), &[(Severity::Watch, "Iris is the only person we know there.")]);
        check(rule, &facts(&[], 2), &[]);
        check(rule, &Facts { living: false, ..facts(&[], 1) }, &[]);
    }
}
