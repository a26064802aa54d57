//! The agenda: everything that falls due at one client, or for the firm as a whole, whatever it comes from, in one list by day.
//!
//! Each file is one family of sources; each item says what is to be done, and why it stands here. What is late stays in the
//! list until it is done; nothing is taken out because its day has passed.

mod commitments;
mod complaints;
mod contact;
mod ends;
mod parts;
mod reviews;
mod series;
mod tools;
mod topic;

use chrono::NaiveDate;

pub use parts::{Part, week_end};
pub use series::Series;
pub use topic::Topic;

use crate::attention::{Facts, Setting};
use crate::export::{CalendarItem, Start};
use crate::ids::{RecordId, RecordKey};
use crate::row::Row;
use crate::words::{Language, Sentence};

/// Days before a due day on which a calendar reminds.
const ALARM_DAYS: u16 = 1;

/// Something that falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// Where it comes from; with the record it names this item from day to day.
    pub source: &'static str,
    /// The day.
    pub day: NaiveDate,
    /// What is to be done.
    pub what: Sentence,
    /// Why it stands here.
    pub why: Sentence,
    /// The record it is about; without one, the client as a whole, or the firm.
    pub record: Option<RecordKey>,
    /// Whose it is, if that is said.
    pub owner: Option<RecordId>,
    /// The client; `None` for what concerns the firm as a whole.
    pub client: Option<RecordId>,
    /// How it comes again after its day.
    pub again: Option<Series>,
}

impl AgendaItem {
    /// Its name in a calendar: the same in every export and on every device, and another for every item.
    pub fn uid(&self) -> String {
        match self.record.map(|record| record.id).or(self.client) {
            Some(about) => format!("{}-{about}@rapport", self.source),
            None => format!("{}@rapport", self.source),
        }
    }

    /// The entries of a calendar file: its day, and where it comes again, the series of the days that follow. `whose` is what
    /// its reader calls the client, or the firm.
    pub fn calendar_items(&self, whose: &str, language: Language) -> Vec<CalendarItem> {
        let entry = |uid: String, day: NaiveDate, rule: Option<String>| CalendarItem {
            uid,
            start: Start::Day(day),
            end: None,
            summary: format!("{whose}: {}", self.what.get(language)),
            description: self.why.get(language).to_owned(),
            alarm_days: Some(ALARM_DAYS),
            rule,
        };
        let mut entries = vec![entry(self.uid(), self.day, None)];
        if let Some(again) = &self.again {
            entries.push(entry(again.uid(), again.next, Some(again.rule())));
        }
        entries
    }
}

/// A family of sources: what of it falls due at one client.
type Source = fn(&Facts, &Setting) -> Vec<AgendaItem>;

/// Every family, one line each.
const SOURCES: &[Source] =
    &[contact::items, commitments::items, complaints::items, reviews::items, ends::items];

/// Whether an item still matters at a client that was put away: what was promised, what the law asks, and the way back.
fn outlasts(source: &str) -> bool {
    matches!(source, "promise" | "action" | "consent" | "lawful-basis" | "friendly-touch")
        || source.starts_with("complaint-")
}

/// What falls due at one client, earliest first, late ones included.
pub fn agenda(facts: &Facts, setting: &Setting) -> Vec<AgendaItem> {
    let mut items: Vec<AgendaItem> =
        SOURCES.iter().flat_map(|source| source(facts, setting)).collect();
    if facts.is_put_away() {
        items.retain(|item| outlasts(item.source));
    }
    items.sort_by(|a, b| (a.day, a.source, a.record).cmp(&(b.day, b.source, b.record)));
    items
}

/// What falls due for the firm as a whole, by the rows of its document, earliest first.
pub fn of_firm(rows: &[Row], setting: &Setting) -> Vec<AgendaItem> {
    let mut items = tools::items(rows, setting);
    items.sort_by(|a, b| (a.day, a.source, a.record).cmp(&(b.day, b.source, b.record)));
    items
}

/// A day as a sentence gives it in full: "12 November 2026".
fn date(day: NaiveDate) -> Sentence {
    use crate::text::day_of_year;
    let year = day.format("%Y");
    Sentence::new(
        format!("{} {year}", day_of_year(day, Language::En)),
        format!("{} {year}", day_of_year(day, Language::De)),
    )
}

/// A sentence around one name: `{}` stands for it.
fn around(en: &str, de: &str, name: &str) -> Sentence {
    Sentence::new(en.replace("{}", name), de.replace("{}", name))
}

/// A sentence around a day.
fn dated(en: &str, de: &str, day: NaiveDate) -> Sentence {
    let day = date(day);
    Sentence::new(en.replace("{}", &day.en), de.replace("{}", &day.de))
}

#[cfg(test)]
mod fixture {
    use super::*;
    use crate::attention::fixture::setting;

    /// The items as of 12 November 2026: source, day, what.
    pub(super) fn check(source: Source, facts: &Facts, expected: &[(&str, &str, &str)]) {
        let mut found = source(facts, &setting());
        found.sort_by_key(|item| item.day);
        assert!(found.iter().all(|item| Topic::of(item.source).is_some()), "no topic");
        let found: Vec<_> = found
            .iter()
            .map(|item| (item.source, item.day.to_string(), item.what.en.as_str()))
            .collect();
        let found: Vec<_> =
            found.iter().map(|(source, day, what)| (*source, day.as_str(), *what)).collect();
        assert_eq!(found, expected);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::{Promise, fixture};
    use crate::figures::fixture::{day, id};

    /// Covers: S1.33
    #[test]
    fn of_a_client_put_away_what_outlasts_it() {
        use crate::known::Known;
        use crate::records::{Client, ClientStatus, Contact, MajorDeliverable};
        let facts = |status| Facts {
            since: Some(day("2026-01-31")),
            client: Client { status, ..Client::default() },
            promises: vec![Promise { due: day("2026-12-01"), ..Promise::default() }],
            deliverables: vec![Known::new(
                id(1),
                MajorDeliverable { due: Some(day("2026-12-02")), ..MajorDeliverable::default() },
            )],
            contacts: vec![Known::new(id(2), Contact::default())],
            ..Facts::default()
        };
        let sources = |status| -> Vec<_> {
            let found = agenda(&facts(status), &fixture::setting());
            found.iter().map(|item| item.source).collect()
        };
        assert_eq!(sources(ClientStatus::Archived), ["friendly-touch", "promise"]);
        assert_eq!(sources(ClientStatus::Lapsed), ["friendly-touch", "promise", "deliverable"]);
    }

    #[test]
    fn one_list_by_day_and_a_stable_name() {
        let promise = |number, due: &str| Promise {
            id: id(number),
            text: "Send the figures".into(),
            due: day(due),
            by: Some([7; 16]),
            ..Promise::default()
        };
        let facts = Facts {
            id: id(1),
            promises: vec![promise(2, "2026-12-01"), promise(3, "2026-11-01")],
            ..Facts::default()
        };
        let found = agenda(&facts, &fixture::setting());
        let days: Vec<_> = found.iter().map(|item| item.day).collect();
        assert_eq!(days, [day("2026-11-01"), day("2026-12-01")]);
        assert_eq!(found[0].owner, Some(id(7)));
        let [entry] = &*found[0].calendar_items("Marten", Language::De) else { panic!("one day") };
        assert_eq!(entry.uid, "promise-03030303030303030303030303030303@rapport");
        assert_eq!(entry.summary, "Marten: Zusage halten: Send the figures");
        assert_eq!(entry.start, Start::Day(day("2026-11-01")));
        assert_ne!(entry.uid, found[1].uid());
    }
}
