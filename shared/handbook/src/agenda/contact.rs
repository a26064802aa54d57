//! When to speak with the client: scheduled contacts, cadence, sponsor dialogues, final debriefings, friendly touches
//! (S1.14, S1.33, S4.48, S4.49).

use chrono::{Days, NaiveDate};

use super::{AgendaItem, Series, around, date, dated};
use crate::attention::{Facts, Setting, contact_name};
use crate::figures::cadence::{by_contact, cadence};
use crate::figures::sponsor::holders;
use crate::ids::{RecordId, RecordKey};
use crate::lifecycles::{scheduled_contact, states};
use crate::records::{Client, DialogueKind, EngagementKind, Role, Stage};
use crate::typed::{Id, Record};
use crate::words::Sentence;

/// After so many days nobody holds a final debriefing any more.
const DEBRIEF_DAYS: u64 = 180;

pub(super) fn items(facts: &Facts, setting: &Setting) -> Vec<AgendaItem> {
    let mut items: Vec<AgendaItem> = scheduled(facts).collect();
    if facts.living {
        items.extend(client_cadence(facts, setting));
        items.extend(contact_cadence(facts, setting));
        items.extend(dialogue(facts, setting));
    }
    items.extend(debriefings(facts, setting));
    items.extend(friendly_touch(facts, setting));
    items
}

fn scheduled(facts: &Facts) -> impl Iterator<Item = AgendaItem> {
    let open = facts.scheduled.iter().filter(|one| {
        let here = states(&one.transitions, scheduled_contact::State::Planned);
        here.iter().any(|state| state.is_open())
    });
    open.filter_map(|one| {
        let moved = one.transitions.0.iter().any(|step| step.body.new_date.is_some());
        Some(AgendaItem {
            source: "scheduled-contact",
            day: scheduled_contact::date(one)?,
            what: around("Hold: {}", "Durchführen: {}", &one.subject),
            why: if moved {
                Sentence::new(
                    "It is planned in the contact schedule and was moved to this day.",
                    "Es steht im Kontaktplan und wurde auf diesen Tag verschoben.",
                )
            } else {
                Sentence::new("It is planned in the contact schedule.", "Es steht im Kontaktplan.")
            },
            record: Some(one.key()),
            owner: one.organiser.map(|organiser| organiser.id),
            client: Some(facts.id),
            again: Series::of(one, facts),
        })
    })
}

fn client_cadence(facts: &Facts, setting: &Setting) -> Option<AgendaItem> {
    let last = facts.last_conversation(setting.today);
    let reading = cadence(last, facts.since?, setting.today, setting.rhythm);
    Some(AgendaItem {
        source: "cadence",
        day: reading.next,
        what: Sentence::new("Speak with the client", "Mit dem Kunden sprechen"),
        why: spoken(last, setting.rhythm.ideal),
        record: None,
        owner: holders(&facts.assignments, Role::AccountManager, setting.today).next(),
        client: Some(facts.id),
        again: None,
    })
}

fn contact_cadence(facts: &Facts, setting: &Setting) -> Vec<AgendaItem> {
    let since = |one: Option<NaiveDate>| one.or(facts.since);
    let key = facts.key_contacts(setting.today);
    let known = key.filter_map(|one| Some((one.id, since(one.since)?)));
    let read = by_contact(known, &facts.touches, setting.today, setting.rhythm);
    let item = |one: crate::figures::cadence::OfContact| {
        let contact = facts.contacts.iter().find(|contact| contact.id == one.contact)?;
        Some(AgendaItem {
            source: "contact-cadence",
            day: one.cadence.next,
            what: around("Speak with {}", "Mit {} sprechen", &contact_name(contact)),
            why: spoken(one.cadence.last, setting.rhythm.ideal),
            record: Some(contact.key()),
            owner: holders(&facts.assignments, Role::AccountManager, setting.today).next(),
            client: Some(facts.id),
            again: None,
        })
    };
    read.into_iter().filter_map(item).collect()
}

/// "The last conversation was on …, and one is wanted every 30 days."
fn spoken(last: Option<NaiveDate>, ideal: u32) -> Sentence {
    match last.map(date) {
        Some(last) => Sentence::new(
            format!(
                "The last conversation was on {}, and one is wanted every {ideal} days.",
                last.en
            ),
            format!(
                "Das letzte Gespräch war am {}, gewünscht ist eines alle {ideal} Tage.",
                last.de
            ),
        ),
        None => Sentence::new(
            format!("No conversation is logged, and one is wanted every {ideal} days."),
            format!("Kein Gespräch ist festgehalten, gewünscht ist eines alle {ideal} Tage."),
        ),
    }
}

fn dialogue(facts: &Facts, setting: &Setting) -> Option<AgendaItem> {
    let months = setting.thresholds.dialogue_months;
    Some(AgendaItem {
        source: "sponsor-dialogue",
        day: facts.dialogue_due(setting.today, months)?,
        what: Sentence::new("Hold the sponsor dialogue", "Sponsorgespräch führen"),
        why: Sentence::new(
            format!("The sponsor speaks with the client every {months} months."),
            format!("Der Kundensponsor spricht alle {months} Monate mit dem Kunden."),
        ),
        record: None,
        owner: holders(&facts.assignments, Role::ClientSponsor, setting.today).next(),
        client: Some(facts.id),
        again: None,
    })
}

/// A final debriefing for each project that closes and each major deliverable done, while none was held since.
fn debriefings(facts: &Facts, setting: &Setting) -> Vec<AgendaItem> {
    let deliverables = facts.deliverables.iter().filter_map(|one| {
        let engagement = one.engagement.map(|engagement| engagement.id);
        Some((one.key(), one.name.as_str(), one.done_on?, engagement))
    });
    let projects = facts.engagements.iter().filter_map(|one| {
        let here = states(&one.transitions, one.stage);
        let closes = here.iter().any(|stage| matches!(stage, Stage::CloseOut | Stage::Ended));
        let project = one.kind == Some(EngagementKind::Project);
        let told = one.transitions.0.iter().filter_map(|step| step.at.local()).max();
        let day = one.actual_end.or_else(|| told.map(|told| told.date()))?;
        (closes && project).then_some((one.key(), one.name.as_str(), day, Some(one.id)))
    });
    let open = deliverables.chain(projects).filter(|(_, _, done, engagement)| {
        let late = done.checked_add_days(Days::new(DEBRIEF_DAYS));
        let held = facts.dialogues.iter().any(|dialogue| {
            let about = dialogue.engagement.map(|engagement| engagement.id);
            dialogue.kind == Some(DialogueKind::Final)
                && dialogue.on.is_some_and(|on| on >= *done && on <= setting.today)
                && (about.is_none() || about == *engagement)
        });
        late.is_some_and(|late| setting.today <= late) && !held
    });
    let sponsor = holders(&facts.assignments, Role::ClientSponsor, setting.today).next();
    let item =
        |(record, name, day, _): (RecordKey, &str, NaiveDate, Option<RecordId>)| AgendaItem {
            source: "debriefing",
            day,
            what: around("Hold the final debriefing: {}", "Abschlussgespräch führen: {}", name),
            why: dated(
                "It was done on {}, and no final debriefing has been held since.",
                "Es wurde am {} abgeschlossen, und seither gab es kein Abschlussgespräch.",
                day,
            ),
            record: Some(record),
            owner: sponsor,
            client: Some(facts.id),
            again: None,
        };
    open.map(item).collect()
}

fn friendly_touch(facts: &Facts, setting: &Setting) -> Option<AgendaItem> {
    let months = setting.thresholds.touch_months;
    let record = facts.client.entry_person.map(|person: Id<_>| person.id);
    Some(AgendaItem {
        source: "friendly-touch",
        day: facts.friendly_touch_due(setting.today, months)?,
        what: Sentence::new(
            "Get in touch, with nothing to sell",
            "Freundlich melden, ohne Anliegen",
        ),
        why: Sentence::new(
            "The way back to this client stays open only while somebody uses it.",
            "Der Weg zurück zu diesem Kunden bleibt nur offen, solange ihn jemand geht.",
        ),
        record: Some(record.map_or(RecordKey::new(Client::KIND, facts.id), |person| {
            RecordKey::new(crate::records::Contact::KIND, person)
        })),
        owner: None,
        client: Some(facts.id),
        again: None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::check;
    use super::*;
    use crate::figures::fixture::{day, id, step};
    use crate::figures::touch::Touch;
    use crate::known::Known;
    use crate::records::{
        ClientStatus, Contact, ContactRole, Engagement, MajorDeliverable, ScheduledContact,
        SponsorDialogue,
    };

    fn talk(on: &str, contacts: &[u8]) -> Touch {
        let contacts = contacts.iter().copied().map(id).collect();
        Touch { on: day(on), two_way: true, contacts, ..Touch::default() }
    }

    /// Covers: S4.48
    #[test]
    fn of_a_living_client() {
        let contact = |number, name: &str, roles: &[ContactRole]| {
            let (given_name, roles) = (name.to_owned(), roles.iter().copied().collect());
            Known::new(id(number), Contact { given_name, roles, ..Contact::default() })
        };
        let facts = Facts {
            living: true,
            since: Some(day("2026-09-01")),
            touches: vec![talk("2026-10-20", &[1])],
            contacts: vec![
                contact(1, "Iris", &[ContactRole::User]),
                contact(2, "Otto", &[ContactRole::DecisionMaker]),
            ],
            ..Facts::default()
        };
        let expected = [
            ("contact-cadence", "2026-10-01", "Speak with Otto"),
            ("cadence", "2026-11-19", "Speak with the client"),
            ("sponsor-dialogue", "2026-12-01", "Hold the sponsor dialogue"),
        ];
        check(items, &facts, &expected);
        let on = |text: &str| {
            let on = Some(day(text));
            Known::new(id(3), SponsorDialogue { on, ..SponsorDialogue::default() })
        };
        let held = Facts { dialogues: vec![on("2026-11-02")], contacts: vec![], ..facts.clone() };
        let expected = [expected[1], ("sponsor-dialogue", "2027-02-02", expected[2].2)];
        check(items, &held, &expected);
        check(items, &Facts { living: false, ..facts }, &[]);
    }

    #[test]
    fn scheduled_contacts() {
        use scheduled_contact::{Scheduling, State};
        let contact = |to: Option<State>, new_date: &str| {
            let mut steps = crate::typed::Facts::default();
            if let Some(to) = to {
                let told = step(State::Planned, to, "2026-11-01").0.remove(0);
                let new_date = new_date.parse().ok();
                let body = Scheduling { from: State::Planned, to, why: "".into(), new_date };
                let (id, by, at) = (told.id, told.by, told.at);
                steps.0.push(crate::typed::Entry { id, by, at, after: Vec::new(), body });
            }
            let (subject, target_date) = ("Kick-off".into(), Some(day("2026-11-10")));
            let record =
                ScheduledContact { subject, target_date, transitions: steps, ..Default::default() };
            Facts { scheduled: vec![Known::new(id(1), record)], ..Facts::default() }
        };
        let due = |day| [("scheduled-contact", day, "Hold: Kick-off")];
        check(items, &contact(None, ""), &due("2026-11-10"));
        check(items, &contact(Some(State::Postponed), "2026-11-24"), &due("2026-11-24"));
        check(items, &contact(Some(State::Held), ""), &[]);
        check(items, &contact(Some(State::Missed), ""), &[]);
    }

    /// Covers: S4.49
    #[test]
    fn final_debriefings() {
        let deliverable = |done: &str| MajorDeliverable {
            name: "Slip two".into(),
            engagement: Some(Id::new(id(5))),
            done_on: done.parse().ok(),
            ..MajorDeliverable::default()
        };
        let on = |done| Facts {
            deliverables: vec![Known::new(id(1), deliverable(done))],
            ..Facts::default()
        };
        let expected = [("debriefing", "2026-11-01", "Hold the final debriefing: Slip two")];
        check(items, &on("2026-11-01"), &expected);
        check(items, &on(""), &[]);
        check(items, &on("2026-05-15"), &[]); // 181 days ago
        let held = |kind, when: &str, engagement| {
            let (kind, on) = (Some(kind), Some(day(when)));
            let engagement = Some(Id::new(id(engagement)));
            Known::new(
                id(2),
                SponsorDialogue { kind, on, engagement, ..SponsorDialogue::default() },
            )
        };
        let with = |dialogue| Facts { dialogues: vec![dialogue], ..on("2026-11-01") };
        check(items, &with(held(DialogueKind::Final, "2026-11-05", 5)), &[]);
        check(items, &with(held(DialogueKind::Final, "2026-11-05", 6)), &expected);
        check(items, &with(held(DialogueKind::Periodic, "2026-11-05", 5)), &expected);
        check(items, &with(held(DialogueKind::Final, "2026-10-31", 5)), &expected);

        let project = |stage| {
            let transitions = step(Stage::Implementation, stage, "2026-11-02");
            let (kind, name) = (Some(EngagementKind::Project), "Harbour".into());
            let record = Engagement { kind, name, transitions, ..Engagement::default() };
            Facts { engagements: vec![Known::new(id(5), record)], ..Facts::default() }
        };
        let expected = [("debriefing", "2026-11-02", "Hold the final debriefing: Harbour")];
        check(items, &project(Stage::CloseOut), &expected);
        check(items, &project(Stage::PostContract), &[]);
    }

    /// Covers: S1.33
    #[test]
    fn friendly_touches() {
        let facts = |status, next: &str, entry_none| Facts {
            client: Client {
                status,
                entry_next: next.parse().ok(),
                entry_none,
                ..Client::default()
            },
            touches: vec![talk("2026-09-10", &[])],
            ..Facts::default()
        };
        let due = |day| [("friendly-touch", day, "Get in touch, with nothing to sell")];
        check(items, &facts(ClientStatus::Archived, "", false), &due("2026-12-10"));
        check(items, &facts(ClientStatus::Lapsed, "2026-11-30", false), &due("2026-11-30"));
        // Spoken with since the day that was set.
        check(items, &facts(ClientStatus::Archived, "2026-09-10", false), &due("2026-12-10"));
        check(items, &facts(ClientStatus::Archived, "", true), &[]);
        check(items, &facts(ClientStatus::Dormant, "", false), &[]);
    }
}
