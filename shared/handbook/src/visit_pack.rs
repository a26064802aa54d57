//! The visit pack: what somebody reads in the four minutes before they meet a client (S1.2, S1.3).
//!
//! It is composed of the rows of the client's own document and nothing else, so it is there without a network, and it
//! says the same on every device. Each file is one part of it.

mod changes;
mod commitments;
mod lately;
mod people;
mod questions;

use chrono::{Days, NaiveDate};

pub use changes::Change;
pub use commitments::{Commitment, OpenComplaint};
pub use lately::Lately;
pub use people::Person;
pub use questions::Question;

use crate::agenda::{AgendaItem, agenda};
use crate::attention::{Facts, Reason, Setting};
use crate::ids::{RecordId, RecordKey};
use crate::known::{Known, known};
use crate::records::{Channel, Promise, ScheduledContact, Touchpoint};
use crate::row::Row;
use crate::typed::Record;

/// Without an earlier visit, what changed in so many days is told.
const SINCE_DAYS: u64 = 90;
/// What falls due in so many days belongs to the conversation.
const AHEAD_DAYS: u64 = 30;
/// So much of it.
const NEXT: usize = 6;

/// Everything that is worth knowing at the client's door.
#[derive(Debug, Clone, Default)]
pub struct VisitPack {
    /// The visit, where it was planned.
    pub visit: Option<Known<ScheduledContact>>,
    /// The day of the last visit or meeting; `None` if none is logged.
    pub last_visit: Option<NaiveDate>,
    /// Who is met; where nobody is named, those on whom much depends.
    pub people: Vec<Person>,
    /// Whether the people are those named in the plan.
    pub named: bool,
    /// What we promised and have not kept yet, the earliest first.
    pub ours: Vec<Commitment>,
    /// What they said they would do.
    pub theirs: Vec<Commitment>,
    /// Complaints that wait for something, the oldest first.
    pub complaints: Vec<OpenComplaint>,
    /// What changed since the last visit, the newest first.
    pub changes: Vec<Change>,
    /// What each of our functions logged last, in the order of the functions.
    pub lately: Vec<Lately>,
    /// What falls due next, apart from the promises.
    pub next: Vec<AgendaItem>,
    /// Three questions worth asking.
    pub questions: Vec<Question>,
}

/// What the parts are made from.
struct Source<'a> {
    rows: &'a [Row],
    facts: &'a Facts,
    setting: &'a Setting,
    touchpoints: &'a [Known<Touchpoint>],
    /// What happened after this day is news.
    since: NaiveDate,
}

/// Composes the pack from all rows of a client's document, notes among them. `facts` are those of the same rows, and
/// `reasons` what presses at this client; `visit` is the planned one, if there is one.
pub fn visit_pack(
    rows: &[Row],
    facts: &Facts,
    reasons: &[Reason],
    setting: &Setting,
    visit: Option<RecordId>,
) -> VisitPack {
    let touchpoints: Vec<Known<Touchpoint>> = known(rows);
    let visit = facts.scheduled.iter().find(|one| Some(one.id) == visit).cloned();
    let last_visit = last_visit(&touchpoints, setting.today);
    let long_ago = setting.today.checked_sub_days(Days::new(SINCE_DAYS)).unwrap_or(setting.today);
    let since = last_visit.unwrap_or(long_ago);
    let source = Source { rows, facts, setting, touchpoints: &touchpoints, since };
    let (people, named) = people::of(&source, visit.as_ref());
    let pack = VisitPack {
        last_visit,
        people,
        named,
        ours: commitments::ours(&source),
        theirs: commitments::theirs(&source),
        complaints: commitments::complaints(&source),
        changes: changes::of(&source),
        lately: lately::of(&source),
        next: next(&source, visit.as_ref()),
        questions: Vec::new(),
        visit,
    };
    VisitPack { questions: questions::of(&source, &pack, reasons), ..pack }
}

/// The day on which we last sat together, before today.
fn last_visit(touchpoints: &[Known<Touchpoint>], today: NaiveDate) -> Option<NaiveDate> {
    let met =
        |one: &&Known<Touchpoint>| matches!(one.channel, Some(Channel::Visit | Channel::Meeting));
    let days = touchpoints.iter().filter(met).filter_map(|one| Some(one.at?.local()?.date()));
    days.filter(|day| *day < today).max()
}

/// What falls due soon or is late, without what the pack says elsewhere.
fn next(source: &Source<'_>, visit: Option<&Known<ScheduledContact>>) -> Vec<AgendaItem> {
    let today = source.setting.today;
    let until = today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(today);
    let theirs: Vec<RecordKey> =
        commitments::theirs(source).into_iter().map(|theirs| theirs.record).collect();
    let elsewhere = |record: RecordKey| {
        record.kind == Promise::KIND
            || Some(record.id) == visit.map(|visit| visit.id)
            || theirs.contains(&record)
    };
    let items = agenda(source.facts, source.setting).into_iter();
    items
        .filter(|item| item.day <= until && !item.record.is_some_and(elsewhere))
        .take(NEXT)
        .collect()
}

#[cfg(test)]
mod fixture {
    use super::*;
    use crate::attention::fixture::setting;
    use crate::figures::fixture::id;
    use crate::records::Client;
    use crate::value::Moment;

    /// A row of that number, recorded on that day.
    pub(super) fn row<R: Record>(number: u8, on: &str, record: R) -> Row {
        let mut row = Row::empty(R::KIND, id(number));
        for (field, value) in record.into_values() {
            row.values[R::KIND.index(field).unwrap()] = value;
        }
        row.created.at = moment(on);
        row
    }

    pub(super) fn moment(on: &str) -> Moment {
        Moment::parse(&format!("{on}T09:00:00.000+01:00")).unwrap()
    }

    /// The pack of those rows on 12 November 2026, at a client known since January.
    pub(super) fn pack(rows: &[Row], visit: Option<u8>) -> VisitPack {
        let client = row(200, "2026-01-05", Client { name: "Merrow".into(), ..Client::default() });
        let mut all = vec![client.clone()];
        all.extend_from_slice(rows);
        let facts = Facts::from_rows(&client, &all, setting().today);
        let reasons = crate::attention::reasons(&facts, &setting()).open;
        visit_pack(&all, &facts, &reasons, &setting(), visit.map(id))
    }

    /// A conversation of that channel.
    pub(super) fn talk(number: u8, on: &str, channel: Channel) -> Row {
        let touchpoint = Touchpoint {
            at: Some(moment(on)),
            channel: Some(channel),
            function: Some(crate::records::Function::Delivery),
            ..Touchpoint::default()
        };
        row(number, on, touchpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::{pack, row, talk};
    use super::*;
    use crate::figures::fixture::{day, id};
    use crate::records::{Action, Contact};
    use crate::typed::Id;

    #[test]
    fn the_last_visit() {
        let check = |talks: &[(&str, Channel)], expected: Option<&str>| {
            let talks = talks.iter().zip(1..).map(|((on, channel), n)| talk(n, on, *channel));
            assert_eq!(pack(&talks.collect::<Vec<_>>(), None).last_visit, expected.map(day));
        };
        check(&[], None);
        check(&[("2026-11-10", Channel::Call)], None);
        check(
            &[("2026-10-10", Channel::Visit), ("2026-10-20", Channel::Meeting)],
            Some("2026-10-20"),
        );
        // This morning's is the one that is talked about, not the one before it.
        check(
            &[("2026-10-10", Channel::Visit), ("2026-11-12", Channel::Visit)],
            Some("2026-10-10"),
        );
    }

    /// Each thing stands in one place only.
    #[test]
    fn what_falls_due_next() {
        let due = |text: &str, on: &str, client_owner: Option<Id<Contact>>| Action {
            text: text.into(),
            due: on.parse().ok(),
            client_owner,
            ..Action::default()
        };
        let visit = ScheduledContact {
            subject: "Progress".into(),
            target_date: Some(day("2026-11-12")),
            ..ScheduledContact::default()
        };
        let promise =
            Promise { text: "The list".into(), due: Some(day("2026-11-20")), ..Promise::default() };
        let rows = [
            row(1, "2026-10-01", visit.clone()),
            row(2, "2026-10-01", ScheduledContact { subject: "Review".into(), ..visit }),
            row(3, "2026-10-01", promise),
            row(4, "2026-10-01", due("Book the hall", "2026-11-10", None)),
            row(5, "2026-10-01", due("Name a guard", "2026-11-13", Some(Id::new(id(9))))),
            row(6, "2026-10-01", due("Paint the door", "2026-12-13", None)),
        ];
        let found = pack(&rows, Some(1));
        let next: Vec<_> = found.next.iter().map(|item| item.what.en.as_str()).collect();
        assert_eq!(next, ["Action: Book the hall", "Hold: Review"]);
        assert_eq!(found.visit.map(|visit| visit.id), Some(id(1)));
        assert_eq!((found.ours.len(), found.theirs.len()), (1, 1));
    }
}
