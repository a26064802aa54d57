//! Attention: what a relationship needs, as sentences with their evidence and what clears them.
//!
//! There is no score. Each rule is one file and one line in [`RULES`]: a pure function of what is known about one client and
//! the day. A reason says what is so, where that can be seen, and what has to happen for it to go away (S0.6, S1.14).

mod complaint_response;
mod complaint_unrecorded;
mod coverage_thin;
mod no_account_manager;
mod promise_overdue;
mod silence;
mod two_versions;

use chrono::NaiveDate;

use crate::{
    calendar::Calendar,
    figures::{cadence::Rhythm, clocks::Targets},
    ids::RecordId,
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
    pub sentence: String,
    /// Where it can be seen.
    pub evidence: Evidence,
    /// What makes it go away: the words after "Clears when".
    pub clears: String,
    /// Whose it is, if that is said.
    pub owner: Option<[u8; 16]>,
}

/// Where a reason can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The link's words.
    pub words: String,
    /// The record it leads to: kind's key and id; without one it leads to the client.
    pub record: Option<(&'static str, RecordId)>,
}

/// What is known of one client, as far as the rules need it.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The client's state; rules about contact hold for living relationships only.
    pub living: bool,
    /// Since when the client stands in the handbook.
    pub since: Option<NaiveDate>,
    /// Touchpoints: the function's key, the day, and whether both sides spoke.
    pub touches: Vec<Touch>,
    /// Promises that are not withdrawn.
    pub promises: Vec<Promise>,
    /// Complaints.
    pub complaints: Vec<Complaint>,
    /// How many members are account manager today.
    pub account_managers: usize,
    /// Fields that two people decided differently: words for the record, the field's label, the record.
    pub two_versions: Vec<(String, String, &'static str, RecordId)>,
}

/// A touchpoint as the rules need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// Index into the function list of the settings.
    pub function: u8,
    /// The day.
    pub on: NaiveDate,
    /// Whether both sides spoke.
    pub two_way: bool,
}

/// A promise as the rules need it.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Its record.
    pub id: RecordId,
    /// What was promised.
    pub text: String,
    /// The day.
    pub due: NaiveDate,
    /// The day it was made, if known.
    pub made: Option<NaiveDate>,
    /// Kept, on whichever day.
    pub kept: bool,
    /// Said to be broken.
    pub broken: bool,
    /// Who promised.
    pub by: Option<[u8; 16]>,
}

/// A complaint as the rules need it.
#[derive(Debug, Clone)]
pub struct Complaint {
    /// Its record.
    pub id: RecordId,
    /// Its number, as printed.
    pub number: String,
    /// The day the client spoke.
    pub received: NaiveDate,
    /// The day by which to respond, where somebody set another than the procedure's.
    pub due: Option<NaiveDate>,
    /// The response is recorded as sent.
    pub responded: bool,
    /// Open, that is neither withdrawn nor a duplicate nor closed.
    pub open: bool,
    /// Only captured, not recorded yet.
    pub captured: bool,
    /// Takes the longer time.
    pub complex: bool,
    /// Who answers for it.
    pub owner: Option<[u8; 16]>,
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
    pub functions: Vec<&'static str>,
}

/// A rule: what it finds about one client.
pub type Rule = fn(&Facts, &Setting) -> Vec<Reason>;

/// Every rule, one line each.
pub const RULES: &[Rule] = &[
    complaint_response::rule,
    promise_overdue::rule,
    two_versions::rule,
    complaint_unrecorded::rule,
    silence::rule,
    coverage_thin::rule,
    no_account_manager::rule,
];

/// All reasons about one client, the most pressing first.
pub fn reasons(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let mut found: Vec<Reason> = RULES.iter().flat_map(|rule| rule(facts, setting)).collect();
    found.sort_by_key(|reason| reason.severity);
    found
}

/// "today", "yesterday", "3 days ago", "6 November": a past day as a sentence says it.
fn past(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        0 => "today".into(),
        1 => "yesterday".into(),
        days @ 2..=6 => format!("{days} days ago"),
        _ => format!("on {}", day.format("%-d %B")),
    }
}

#[cfg(test)]
mod fixture {
    use super::*;

    pub(super) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub(super) fn setting() -> Setting {
        Setting {
            today: day("2026-11-12"),
            calendar: Calendar::default(),
            rhythm: Rhythm::default(),
            targets: Targets::default(),
            functions: vec!["Sales", "Marketing", "Engagement", "Delivery", "Finance"],
        }
    }

    pub(super) fn check(rule: Rule, facts: &Facts, expected: &[(Severity, &str)]) {
        let found = rule(facts, &setting());
        let found: Vec<_> =
            found.iter().map(|reason| (reason.severity, reason.sentence.as_str())).collect();
        assert_eq!(found, expected);
    }
}
