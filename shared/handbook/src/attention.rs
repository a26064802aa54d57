//! Attention: what a relationship needs, as sentences with their evidence and what clears them.
//!
//! There is no score. Each rule is one file and one line in [`RULES`]: a pure function of what is known about one client and
//! the day. A reason says what is so, where that can be seen, and what has to happen for it to go away (S0.6, S1.14).

mod assigned;
mod complaint_critical;
mod complaint_response;
mod complaint_unrecorded;
mod complaints_repeated;
mod concentration;
mod consent_expiring;
mod contact_left;
mod contact_missed;
mod coverage_thin;
mod demand_unanswered;
mod engagement_ends;
mod facts;
mod friendly_touch;
mod key_contact_silent;
mod labels;
mod loss_unsalvaged;
mod no_account_manager;
mod no_contact;
mod no_sponsor;
mod opportunity_overdue;
mod promise_overdue;
mod risk_unprovided;
mod rollout_gate;
mod silence;
mod sla_missed;
mod snooze;
mod sponsor_dependent;
mod sponsor_silent;
mod stance_regressing;
mod states_parted;
mod swot_stale;
pub mod team;
mod two_versions;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use assigned::assign;
pub(crate) use facts::contact_name;
pub use facts::{Complaint, Facts, Parted, Promise};
pub use labels::{LABELS, rule_label};
pub use snooze::{Reasons, Snoozed, first_days, pressing, snooze};

pub use crate::figures::touch::Touch;
use crate::{
    calendar::Calendar,
    figures::{cadence::Rhythm, clocks::Targets, thresholds::Thresholds},
    ids::RecordId,
    text::day_of_year,
    words::{Language, Sentence, Words},
};

/// How much a reason presses; the order is the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Late or broken.
    Urgent,
    /// Due, waiting or silent.
    Soon,
    /// Worth an eye.
    Watch,
}

/// One reason to act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule's name; with the record it names this reason from day to day.
    pub rule: &'static str,
    /// How much it presses.
    pub severity: Severity,
    /// What is so, as a sentence with its full stop.
    pub sentence: Sentence,
    /// Where it can be seen.
    pub evidence: Evidence,
    /// What makes it go away: the words after "Clears when".
    pub clears: Sentence,
    /// Whose it is, if that is said.
    pub owner: Option<[u8; 16]>,
}

impl Reason {
    /// A reason that is yet to say where it can be seen and what clears it.
    fn new(rule: &'static str, severity: Severity, sentence: Sentence) -> Self {
        let evidence = Evidence { words: Sentence::default(), record: None };
        Self { rule, severity, sentence, evidence, clears: Sentence::default(), owner: None }
    }

    fn seen_in(self, words: Sentence, record: Option<(&'static str, RecordId)>) -> Self {
        Self { evidence: Evidence { words, record }, ..self }
    }

    fn clears(self, en: &str, de: &str) -> Self {
        Self { clears: Sentence::new(en, de), ..self }
    }

    fn of(self, owner: Option<RecordId>) -> Self {
        Self { owner: owner.map(|owner| owner.bytes()), ..self }
    }

    /// What a [`Snooze`](crate::records::Snooze) of it is about: the record as kind/id; empty for the client as a whole.
    pub fn subject(&self) -> String {
        self.evidence.record.map_or_else(String::new, |(kind, id)| format!("{kind}/{id}"))
    }
}

/// Where a reason can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The link's words.
    pub words: Sentence,
    /// The record it leads to: kind's key and id; without one it leads to the client.
    pub record: Option<(&'static str, RecordId)>,
}

/// The firm's thresholds and the day.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Today in the firm's zone.
    pub today: NaiveDate,
    /// Working days.
    pub calendar: Calendar,
    /// How often to speak with a client.
    pub rhythm: Rhythm,
    /// The complaint procedure's times.
    pub targets: Targets,
    /// The functions' labels, in the order of [`Touch::function`].
    pub functions: Vec<Words>,
    /// From when on a figure is worth a word.
    pub thresholds: Thresholds,
    /// What our people are called.
    pub people: BTreeMap<RecordId, String>,
}

/// A rule: what it finds about one client.
pub type Rule = fn(&Facts, &Setting) -> Vec<Reason>;

/// Every rule, one line each.
pub const RULES: &[Rule] = &[
    complaint_critical::rule,
    complaint_response::rule,
    promise_overdue::rule,
    sla_missed::rule,
    two_versions::rule,
    states_parted::rule,
    complaint_unrecorded::rule,
    complaints_repeated::rule,
    silence::rule,
    key_contact_silent::rule,
    no_contact::rule,
    contact_left::rule,
    contact_missed::rule,
    sponsor_silent::rule,
    stance_regressing::rule,
    risk_unprovided::rule,
    engagement_ends::rule,
    demand_unanswered::rule,
    consent_expiring::rule,
    coverage_thin::rule,
    concentration::rule,
    no_account_manager::rule,
    no_sponsor::rule,
    sponsor_dependent::rule,
    swot_stale::rule,
    opportunity_overdue::rule,
    loss_unsalvaged::rule,
    friendly_touch::rule,
    rollout_gate::rule,
];

/// The rules that still speak about a client that was put away: what somebody there waits for, what two of us have to
/// settle, and the way back. Who answers for them and how they stand with us no longer matters.
const PUT_AWAY: &[Rule] = &[
    complaint_critical::rule,
    complaint_response::rule,
    promise_overdue::rule,
    two_versions::rule,
    states_parted::rule,
    consent_expiring::rule,
    friendly_touch::rule,
];

/// All reasons about one client: those that ask for somebody, the most pressing first, and those that rest.
pub fn reasons(facts: &Facts, setting: &Setting) -> Reasons {
    let rules = if facts.is_put_away() { PUT_AWAY } else { RULES };
    let mut found: Vec<Reason> = rules.iter().flat_map(|rule| rule(facts, setting)).collect();
    assigned::give(&mut found, &facts.reason_owners);
    snooze::split(found, &facts.snoozes, setting.today)
}

/// "today", "yesterday", "3 days ago", "on 6 November": a past day as a sentence says it.
fn past(day: NaiveDate, today: NaiveDate) -> Sentence {
    match (today - day).num_days() {
        0 => Sentence::new("today", "heute"),
        1 => Sentence::new("yesterday", "gestern"),
        days @ 2..=6 => Sentence::new(format!("{days} days ago"), format!("vor {days} Tagen")),
        _ => Sentence::new(
            format!("on {}", day_of_year(day, Language::En)),
            format!("am {}", day_of_year(day, Language::De)),
        ),
    }
}

/// "6 November": a day in the middle of a sentence.
fn day_named(day: NaiveDate) -> Sentence {
    Sentence::new(day_of_year(day, Language::En), day_of_year(day, Language::De))
}

/// "1 day", "45 days"; in German as the subject or object has it: "1 Tag", "45 Tage".
fn days(count: i64) -> Sentence {
    let one = count == 1;
    Sentence::new(
        format!("{count} {}", if one { "day" } else { "days" }),
        format!("{count} {}", if one { "Tag" } else { "Tage" }),
    )
}

#[cfg(test)]
pub(crate) mod fixture {
    use super::*;
    use crate::{
        figures::fixture::id,
        known::Known,
        records::{Assignment, Contact, ContactRole, Function, Role},
        typed::{Choice, Id},
    };

    /// Somebody at the client, in that role.
    pub(super) fn contact(number: u8, given_name: &str, role: ContactRole) -> Known<Contact> {
        let (given_name, roles) = (given_name.to_owned(), [role].into());
        Known::new(id(number), Contact { given_name, roles, ..Contact::default() })
    }

    /// One of us who has that role for the whole client.
    pub(super) fn ours(role: Role, person: u8) -> Known<Assignment> {
        let (role, person) = (Some(role), Some(Id::new(id(person))));
        Known::new(id(100), Assignment { role, person, ..Assignment::default() })
    }

    pub(super) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub(crate) fn setting() -> Setting {
        Setting {
            today: day("2026-11-12"),
            calendar: Calendar::default(),
            rhythm: Rhythm::default(),
            targets: Targets::default(),
            functions: Function::ALL.iter().map(|function| function.label()).collect(),
            thresholds: Thresholds::default(),
            people: BTreeMap::new(),
        }
    }

    pub(super) fn check(rule: Rule, facts: &Facts, expected: &[(Severity, &str)]) {
        let found = rule(facts, &setting());
        assert!(found.iter().all(|reason| rule_label(reason.rule).is_some()), "no label");
        let found: Vec<_> =
            found.iter().map(|reason| (reason.severity, reason.sentence.en.as_str())).collect();
        assert_eq!(found, expected);
    }

    /// In German: the sentence, the link's words, and what follows "Erledigt, sobald".
    pub(super) fn check_german(rule: Rule, facts: &Facts, expected: [&str; 3]) {
        let found = rule(facts, &setting());
        let found: Vec<_> = found
            .iter()
            .map(|reason| [&*reason.sentence.de, &*reason.evidence.words.de, &*reason.clears.de])
            .collect();
        assert_eq!(found, [expected]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Covers: S1.33
    #[test]
    fn of_a_client_put_away_only_the_way_back_and_what_is_waited_for() {
        use crate::records::{Client, ClientStatus, Engagement};
        let facts = |status| Facts {
            since: Some(fixture::day("2026-01-01")),
            client: Client { status, ..Client::default() },
            promises: vec![Promise { due: fixture::day("2026-11-01"), ..Promise::default() }],
            contacts: vec![crate::known::Known {
                record: crate::records::Contact {
                    left_on: Some(fixture::day("2026-11-01")),
                    influence: crate::typed::Scale::new(5),
                    ..Default::default()
                },
                ..fixture::contact(1, "Iris", crate::records::ContactRole::Sponsor)
            }],
            engagements: vec![crate::known::Known::new(
                crate::figures::fixture::id(3),
                Engagement {
                    stage: crate::records::Stage::Implementation,
                    planned_end: Some(fixture::day("2026-12-01")),
                    ..Engagement::default()
                },
            )],
            ..Facts::default()
        };
        let found = |status| -> Vec<&str> {
            let found = reasons(&facts(status), &fixture::setting()).open;
            found.iter().map(|reason| reason.rule).collect()
        };
        assert_eq!(found(ClientStatus::Archived), ["promise-overdue", "friendly-touch"]);
        assert!(found(ClientStatus::Lapsed).contains(&"engagement-ends"));
    }

    #[test]
    fn past_days() {
        let check = |day: &str, en: &str, de: &str| {
            let (day, today) = (fixture::day(day), fixture::day("2026-11-12"));
            assert_eq!(past(day, today), Sentence::new(en, de));
        };
        check("2026-11-12", "today", "heute");
        check("2026-11-11", "yesterday", "gestern");
        check("2026-11-09", "3 days ago", "vor 3 Tagen");
        check("2026-03-01", "on 1 March", "am 1. März");
    }
}
