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
#[derive(Debug, Clone, Default, PartialEq)]
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
/// `reasons` what presses at this client; `visit` is the planned one, if there is one, and `reader` who reads.
pub fn visit_pack(
    rows: &[Row],
    facts: &Facts,
    reasons: &[Reason],
    setting: &Setting,
    visit: Option<RecordId>,
    reader: Option<RecordId>,
) -> VisitPack {
    let touchpoints: Vec<Known<Touchpoint>> = known(rows);
    let visit = facts.scheduled.iter().find(|one| Some(one.id) == visit).cloned();
    let last_visit = last_visit(&touchpoints, &visitors(visit.as_ref(), reader), setting.today);
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

/// Who of us goes there: those in the plan, else who reads.
fn visitors(visit: Option<&Known<ScheduledContact>>, reader: Option<RecordId>) -> Vec<RecordId> {
    let planned = visit.into_iter().flat_map(|one| one.members.iter().chain(&one.organiser));
    let planned: Vec<RecordId> = planned.map(|member| member.id).collect();
    if planned.is_empty() { reader.into_iter().collect() } else { planned }
}

/// The day, before today, on which one of those who go last sat together with the client; where none of them ever did,
/// on which any of us did.
fn last_visit(
    touchpoints: &[Known<Touchpoint>],
    visitors: &[RecordId],
    today: NaiveDate,
) -> Option<NaiveDate> {
    let met = touchpoints
        .iter()
        .filter(|one| matches!(one.channel, Some(Channel::Visit | Channel::Meeting)));
    let dated = met.filter_map(|one| Some((one.at?.day()?, one)));
    let before: Vec<_> = dated.filter(|(day, _)| *day < today).collect();
    let theirs = before
        .iter()
        .filter(|(_, one)| one.members.iter().any(|member| visitors.contains(&member.id)));
    theirs.map(|(day, _)| *day).max().or_else(|| before.iter().map(|(day, _)| *day).max())
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
    let is_said = |item: &AgendaItem| {
        item.source == "complaint-response" || item.record.is_some_and(elsewhere)
    };
    let items = agenda(source.facts, source.setting).into_iter();
    items.filter(|item| item.day <= until && !is_said(item)).take(NEXT).collect()
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
        visit_pack(&all, &facts, &reasons, &setting(), visit.map(id), Some(id(7)))
    }

    /// A conversation of that channel, which our member 7 had.
    pub(super) fn talk(number: u8, on: &str, channel: Channel) -> Row {
        talk_of(number, on, channel, 7)
    }

    /// A conversation of that channel and that member.
    pub(super) fn talk_of(number: u8, on: &str, channel: Channel, member: u8) -> Row {
        let touchpoint = Touchpoint {
            members: [id(member).into()].into(),
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
    use super::fixture::{moment, pack, row, talk, talk_of};
    use super::*;
    use crate::figures::fixture::{day, id};
    use crate::records::{Action, Complaint, Contact};
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

    #[test]
    fn the_last_visit_of_those_who_go() {
        let members = |members: &[u8]| ScheduledContact {
            target_date: Some(day("2026-11-12")),
            members: members.iter().map(|number| id(*number).into()).collect(),
            ..ScheduledContact::default()
        };
        let rows = [
            talk_of(1, "2026-10-10", Channel::Visit, 7),
            talk_of(2, "2026-10-20", Channel::Visit, 8),
            talk_of(3, "2026-11-11", Channel::Visit, 9),
            row(11, "2026-11-01", members(&[7, 8])),
            row(12, "2026-11-01", members(&[6])),
            row(13, "2026-11-01", members(&[])),
        ];
        let check =
            |visit, expected| assert_eq!(pack(&rows, visit).last_visit, Some(day(expected)));
        check(Some(11), "2026-10-20");
        check(Some(12), "2026-11-11"); // has never been there
        check(Some(13), "2026-10-10"); // who reads
        check(None, "2026-10-10");
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
            row(
                7,
                "2026-11-02",
                Complaint { received: Some(moment("2026-11-02")), ..Complaint::default() },
            ),
        ];
        let found = pack(&rows, Some(1));
        let next: Vec<_> = found.next.iter().map(|item| item.what.en.as_str()).collect();
        // When the complaint is to be answered stands with the complaint.
        let expected = [
            "Acknowledge ",
            "Assess ",
            "Tell the client how far it is: ",
            "Action: Book the hall",
            "Hold: Review",
        ];
        assert_eq!(next, expected);
        assert_eq!(found.visit.map(|visit| visit.id), Some(id(1)));
        assert_eq!((found.ours.len(), found.theirs.len()), (1, 1));
    }
}
