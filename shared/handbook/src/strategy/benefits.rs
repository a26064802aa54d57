//! Looking for what a client can give us besides money: what speaks for a reference, a case study, a word of praise, before
//! anybody has thought of it (S1.21).

use chrono::{Months, NaiveDate};

use crate::attention::{Facts, contact_name};
use crate::figures::thresholds::months_before;
use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::{opportunity, states};
use crate::records::{BenefitKind, Contact, ServedWell, Stance};
use crate::typed::Id;
use crate::words::Sentence;

/// What lies further back is no occasion any more.
const MONTHS: u32 = 12;
/// A client is asked for its logo once it has stood with us for so long.
const LOGO_MONTHS: u32 = 12;

/// Something worth asking the client for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idea {
    /// What to ask for.
    pub kind: BenefitKind,
    /// Whom to ask; `None` for the client as a whole.
    pub contact: Option<RecordId>,
    /// The work it would speak of.
    pub engagement: Option<RecordId>,
    /// What it might be called.
    pub title: Sentence,
    /// What speaks for it.
    pub why: Sentence,
}

/// Everything worth asking for. What was asked for before is not named again, however it ended: whoever said no once is
/// not asked by a list.
pub fn look_for(facts: &Facts, today: NaiveDate) -> Vec<Idea> {
    let mut found = contented(facts, today);
    found.extend(supporters(facts, today));
    found.extend(finished(facts, today));
    found.extend(won(facts, today));
    found.extend(logo(facts, today));
    // A person is asked once for a thing, whatever work it would speak of; without a person, the work counts.
    let about = |contact: Option<RecordId>, engagement: Option<RecordId>| {
        if contact.is_some() { contact } else { engagement }
    };
    let known = |idea: &Idea| {
        facts.benefits.iter().any(|one| {
            let (contact, engagement) =
                (one.contact.map(|of| of.id), one.engagement.map(|of| of.id));
            let wanted = about(idea.contact, idea.engagement);
            one.kind == Some(idea.kind)
                && (wanted.is_none() || wanted == contact || wanted == engagement)
        })
    };
    let mut seen = Vec::new();
    found.retain(|idea| {
        let of = (idea.kind, about(idea.contact, idea.engagement));
        let new = !seen.contains(&of) && !known(idea);
        seen.push(of);
        new
    });
    found
}

/// Contacts whom we may ask.
fn asked(facts: &Facts, today: NaiveDate) -> impl Iterator<Item = &Known<Contact>> {
    facts.active_contacts(today).filter(|one| !one.do_not_contact)
}

/// Whoever told the sponsor that they are well served may say so to others.
fn contented(facts: &Facts, today: NaiveDate) -> Vec<Idea> {
    let since = months_before(today, MONTHS);
    let well = facts.dialogues.iter().filter(|one| {
        one.served_well == Some(ServedWell::Yes)
            && one.on.is_some_and(|on| on > since && on <= today)
    });
    well.flat_map(|one| {
        let there = |contact: &&Known<Contact>| one.contacts.contains(&Id::new(contact.id));
        asked(facts, today).filter(there).map(|contact| {
            let name = contact_name(contact);
            Idea {
                kind: BenefitKind::Testimonial,
                contact: Some(contact.id),
                engagement: one.engagement.map(|engagement| engagement.id),
                title: around("What {} says of us", "Was {} über uns sagt", &name),
                why: around(
                    "{} told the sponsor that they are well served.",
                    "{} hat im Sponsorgespräch gesagt, gut betreut zu sein.",
                    &name,
                ),
            }
        })
    })
    .collect()
}

/// Whoever supports us may be named as a reference; whoever leads may open a door.
fn supporters(facts: &Facts, today: NaiveDate) -> Vec<Idea> {
    asked(facts, today)
        .filter_map(|contact| {
            let name = contact_name(contact);
            let (kind, title, why) = match contact.stance? {
                Stance::Supportive => (
                    BenefitKind::Reference,
                    around("Reference: {}", "Referenz: {}", &name),
                    around("{} supports what we do.", "{} unterstützt, was wir tun.", &name),
                ),
                Stance::Leading => (
                    BenefitKind::Introduction,
                    around("Introduction by {}", "Vermittlung durch {}", &name),
                    around(
                        "{} drives what we do and knows others who might want it.",
                        "{} treibt voran, was wir tun, und kennt andere, die es brauchen könnten.",
                        &name,
                    ),
                ),
                _ => return None,
            };
            Some(Idea { kind, contact: Some(contact.id), engagement: None, title, why })
        })
        .collect()
}

/// Work that was handed over makes a story.
fn finished(facts: &Facts, today: NaiveDate) -> Vec<Idea> {
    let since = months_before(today, MONTHS);
    let done = facts
        .deliverables
        .iter()
        .filter(|one| one.done_on.is_some_and(|on| on > since && on <= today));
    done.filter_map(|one| {
        let engagement = one.engagement?.id;
        let name = facts.engagements.iter().find(|of| of.id == engagement)?.name.as_str();
        Some(Idea {
            kind: BenefitKind::CaseStudy,
            contact: None,
            engagement: Some(engagement),
            title: around("Case study: {}", "Fallstudie: {}", name),
            why: around("“{}” was handed over.", "„{}“ wurde übergeben.", &one.name),
        })
    })
    .collect()
}

/// Whoever chose us once more can tell others why.
fn won(facts: &Facts, today: NaiveDate) -> Vec<Idea> {
    let since = months_before(today, MONTHS);
    let chosen = facts.opportunities.iter().find(|one| {
        let here = states(&one.transitions, opportunity::State::Spotted);
        let told = one.transitions.0.iter().filter_map(|step| step.at.local()).max();
        here.contains(&opportunity::State::Won)
            && told.is_some_and(|told| told.date() > since && told.date() <= today)
    });
    chosen
        .map(|one| Idea {
            kind: BenefitKind::Talk,
            contact: None,
            engagement: None,
            title: Sentence::new("A talk together", "Ein gemeinsamer Vortrag"),
            why: around(
                "They chose us for “{}” and can tell others why.",
                "Der Kunde hat sich bei „{}“ für uns entschieden und kann anderen sagen, warum.",
                &one.title,
            ),
        })
        .into_iter()
        .collect()
}

/// A client of long standing may let us show its logo.
fn logo(facts: &Facts, today: NaiveDate) -> Option<Idea> {
    let since = facts.client.service_since.or(facts.since)?;
    let long = since.checked_add_months(Months::new(LOGO_MONTHS))? <= today;
    (facts.living && long).then(|| Idea {
        kind: BenefitKind::Logo,
        contact: None,
        engagement: None,
        title: Sentence::new("Their logo on our pages", "Logo auf unseren Seiten"),
        why: Sentence::new(
            "They have been our client for more than a year.",
            "Der Kunde ist seit über einem Jahr bei uns.",
        ),
    })
}

fn around(en: &str, de: &str, name: &str) -> Sentence {
    Sentence::new(en.replace("{}", name), de.replace("{}", name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{day, id, step};
    use crate::lifecycles::benefit;
    use crate::records::{
        Engagement, IntangibleBenefit, MajorDeliverable, Opportunity, SponsorDialogue,
    };

    fn check(facts: &Facts, expected: &[(BenefitKind, &str)]) {
        let found = look_for(facts, day("2026-11-12"));
        let found: Vec<_> = found.iter().map(|idea| (idea.kind, idea.why.en.as_str())).collect();
        assert_eq!(found, expected);
    }

    fn contact(number: u8, name: &str, stance: Option<Stance>) -> Known<Contact> {
        let (given_name, stance) = (name.to_owned(), stance);
        Known::new(id(number), Contact { given_name, stance, ..Contact::default() })
    }

    fn benefit(kind: BenefitKind, contact: Option<u8>, engagement: Option<u8>) -> Facts {
        let record = IntangibleBenefit {
            kind: Some(kind),
            contact: contact.map(|number| Id::new(id(number))),
            engagement: engagement.map(|number| Id::new(id(number))),
            transitions: step(benefit::State::Asked, benefit::State::Refused, "2026-05-01"),
            ..IntangibleBenefit::default()
        };
        Facts { benefits: vec![Known::new(id(80), record)], ..Facts::default() }
    }

    /// Covers: S1.21
    #[test]
    fn people_who_stand_by_us() {
        use BenefitKind::{Introduction, Reference, Testimonial};
        let dialogue = |on: &str, served_well| {
            let (on, contacts) = (Some(day(on)), [Id::new(id(1))].into());
            let served_well = Some(served_well);
            Known::new(
                id(7),
                SponsorDialogue { on, contacts, served_well, ..SponsorDialogue::default() },
            )
        };
        let facts = |dialogues| Facts {
            contacts: vec![
                contact(1, "Iris", None),
                contact(2, "Otto", Some(Stance::Supportive)),
                contact(3, "Vera", Some(Stance::Leading)),
                contact(4, "Nils", Some(Stance::Neutral)),
            ],
            dialogues,
            ..Facts::default()
        };
        let otto = (Reference, "Otto supports what we do.");
        let vera = (Introduction, "Vera drives what we do and knows others who might want it.");
        let iris = (Testimonial, "Iris told the sponsor that they are well served.");
        let well = || vec![dialogue("2026-09-01", ServedWell::Yes)];
        check(&facts(well()), &[iris, otto, vera]);
        // Said twice, asked once.
        let twice = [well(), vec![dialogue("2026-10-01", ServedWell::Yes)]].concat();
        check(&facts(twice), &[iris, otto, vera]);
        check(&facts(vec![dialogue("2026-09-01", ServedWell::Partly)]), &[otto, vera]);
        check(&facts(vec![dialogue("2025-11-12", ServedWell::Yes)]), &[otto, vera]);

        // What was asked for before, even in vain, is not named again; of another person it is.
        let before =
            |facts: Facts, kind, of| Facts { benefits: benefit(kind, of, None).benefits, ..facts };
        check(&before(facts(well()), Reference, Some(2)), &[iris, vera]);
        check(&before(facts(well()), Reference, Some(3)), &[iris, otto, vera]);

        // Nobody who has left or does not want to hear from us.
        let mut apart = facts(well());
        apart.contacts[0].record.left_on = Some(day("2026-11-01"));
        apart.contacts[1].record.do_not_contact = true;
        check(&apart, &[vera]);
    }

    /// Covers: S1.21
    #[test]
    fn work_that_speaks_for_itself() {
        use BenefitKind::{CaseStudy, Logo, Talk};
        let harbour = Engagement { name: "Harbour".into(), ..Engagement::default() };
        let done = |on: &str| {
            let deliverable = MajorDeliverable {
                name: "Slip two".into(),
                engagement: Some(Id::new(id(5))),
                done_on: on.parse().ok(),
                ..MajorDeliverable::default()
            };
            Facts {
                engagements: vec![Known::new(id(5), harbour.clone())],
                deliverables: vec![Known::new(id(6), deliverable)],
                ..Facts::default()
            }
        };
        check(&done("2026-10-01"), &[(CaseStudy, "“Slip two” was handed over.")]);
        check(&done(""), &[]);
        check(&done("2025-11-12"), &[]);
        let told =
            Facts { benefits: benefit(CaseStudy, None, Some(5)).benefits, ..done("2026-10-01") };
        check(&told, &[]);

        let opportunity = |state| {
            let transitions = step(opportunity::State::Proposed, state, "2026-08-01");
            let record =
                Opportunity { title: "Slip three".into(), transitions, ..Opportunity::default() };
            Facts { opportunities: vec![Known::new(id(8), record)], ..Facts::default() }
        };
        let why = "They chose us for “Slip three” and can tell others why.";
        check(&opportunity(opportunity::State::Won), &[(Talk, why)]);
        check(&opportunity(opportunity::State::Lost), &[]);

        let since =
            |since: &str, living| Facts { living, since: Some(day(since)), ..Facts::default() };
        let long = "They have been our client for more than a year.";
        check(&since("2025-11-12", true), &[(Logo, long)]);
        check(&since("2025-11-13", true), &[]);
        check(&since("2025-11-12", false), &[]);
    }
}
