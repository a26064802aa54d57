//! What is owed: by us, by them, and the complaints that wait.

use chrono::NaiveDate;

use super::Source;
use crate::figures::clocks::response_due;
use crate::ids::{RecordId, RecordKey};
use crate::known::{Known, known};
use crate::records::{Action, ActionState, Complaint, Promise, PromiseState};
use crate::typed::Record;
use crate::words::Sentence;

/// Something that somebody said they would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Its record.
    pub record: RecordKey,
    /// What.
    pub text: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// That day has passed.
    pub late: bool,
    /// People at the client: to whom it was promised, or who is to do it.
    pub contacts: Vec<RecordId>,
    /// Who of us.
    pub member: Option<RecordId>,
}

/// A complaint that is not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenComplaint {
    /// Its record.
    pub record: RecordKey,
    /// Its number, else empty.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Working days since the client spoke.
    pub days: i64,
    /// The day by which to respond; `None` once the response is sent.
    pub respond_by: Option<NaiveDate>,
    /// That day has passed.
    pub late: bool,
    /// Where it stands.
    pub state: Sentence,
    /// Who answers for it.
    pub owner: Option<RecordId>,
}

/// What we promised and have not kept.
pub(super) fn ours(source: &Source<'_>) -> Vec<Commitment> {
    let promises: Vec<Known<Promise>> = known(source.rows);
    let open = promises.iter().filter(|promise| promise.state == PromiseState::Made);
    in_order(open.map(|promise| Commitment {
        record: promise.key(),
        text: promise.text.clone(),
        due: promise.due,
        late: is_late(source, promise.due),
        contacts: promise.to.iter().map(|contact| contact.id).collect(),
        member: promise.by.map(|by| by.id),
    }))
}

/// What they said they would do.
pub(super) fn theirs(source: &Source<'_>) -> Vec<Commitment> {
    let open = source.facts.actions.iter().filter_map(|action: &Known<Action>| {
        let is_open = matches!(action.state, ActionState::Open | ActionState::UnderWay);
        let owner = action.client_owner.filter(|_| is_open)?;
        Some(Commitment {
            record: action.key(),
            text: action.text.clone(),
            due: action.due,
            late: is_late(source, action.due),
            contacts: vec![owner.id],
            member: None,
        })
    });
    in_order(open)
}

/// The earliest first; those without a day last.
fn in_order(found: impl Iterator<Item = Commitment>) -> Vec<Commitment> {
    let mut found: Vec<Commitment> = found.collect();
    found.sort_by_key(|one| (one.due.is_none(), one.due, one.record));
    found
}

fn is_late(source: &Source<'_>, due: Option<NaiveDate>) -> bool {
    due.is_some_and(|due| due < source.setting.today)
}

/// Complaints that are open, the oldest first.
pub(super) fn complaints(source: &Source<'_>) -> Vec<OpenComplaint> {
    let setting = source.setting;
    let mut open: Vec<_> = source.facts.complaints.iter().filter(|one| one.open).collect();
    open.sort_by_key(|one| (one.received, one.id));
    let found = open.into_iter().filter_map(|one| {
        let row = source.rows.iter().find(|row| row.kind == Complaint::KIND && row.id == one.id)?;
        let said = |field: &str| row.get(field).as_text().unwrap_or_default().to_owned();
        let by = one.due.unwrap_or_else(|| {
            response_due(one.received, one.complex, setting.targets, &setting.calendar)
        });
        let respond_by = (!one.responded).then_some(by);
        Some(OpenComplaint {
            record: row.key(),
            number: said("number"),
            subject: said("subject"),
            days: setting.calendar.between(one.received, setting.today).max(0),
            respond_by,
            late: is_late(source, respond_by),
            state: row.kind.lifecycle.map(|life| life.told(row)).unwrap_or_default(),
            owner: one.owner.map(RecordId::from_bytes),
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{moment, pack, row};
    use crate::figures::fixture::{day, id};
    use crate::records::{Action, ActionState, Complaint, Promise, PromiseState};

    /// Covers: S4.31, S4.38
    #[test]
    fn what_is_owed_on_both_sides() {
        let promise = |number, text: &str, due: &str, state| {
            let due = due.parse().ok();
            row(
                number,
                "2026-10-01",
                Promise { text: text.into(), due, state, ..Promise::default() },
            )
        };
        let action = |number, text: &str, theirs: bool, state| {
            let client_owner = theirs.then(|| id(7).into());
            let due = Some(day("2026-11-11"));
            let text = text.into();
            row(
                number,
                "2026-10-01",
                Action { text, due, client_owner, state, ..Action::default() },
            )
        };
        let found = pack(
            &[
                promise(1, "Some day", "", PromiseState::Made),
                promise(2, "Today", "2026-11-12", PromiseState::Made),
                promise(3, "Yesterday", "2026-11-11", PromiseState::Made),
                promise(4, "Kept", "2026-11-10", PromiseState::Kept),
                promise(5, "Withdrawn", "2026-11-10", PromiseState::Withdrawn),
                action(6, "Theirs", true, ActionState::UnderWay),
                action(8, "Theirs, done", true, ActionState::Done),
                action(9, "Ours", false, ActionState::Open),
            ],
            None,
        );
        let told = |of: &[super::Commitment]| {
            of.iter().map(|one| (one.text.clone(), one.late)).collect::<Vec<_>>()
        };
        let expected = [("Yesterday", true), ("Today", false), ("Some day", false)]
            .map(|(t, l)| (t.to_owned(), l));
        assert_eq!(told(&found.ours), expected);
        assert_eq!(told(&found.theirs), [("Theirs".to_owned(), true)]);
        assert_eq!(found.theirs[0].contacts, [id(7)]);
    }

    /// Covers: S2.10
    #[test]
    fn complaints_with_their_age_in_working_days() {
        let complaint = |number, subject: &str, received: &str, sent: &str| {
            let complaint = Complaint {
                subject: subject.into(),
                received: Some(moment(received)),
                response_sent: sent.parse().ok(),
                ..Complaint::default()
            };
            row(number, received, complaint)
        };
        let found = pack(
            &[
                complaint(1, "Noise", "2026-11-06", ""), // a Friday
                complaint(2, "Two revisions", "2026-10-20", ""),
                complaint(3, "Answered", "2026-10-01", "2026-10-09"),
            ],
            None,
        );
        let told: Vec<_> = found
            .complaints
            .iter()
            .map(|one| (one.subject.as_str(), one.days, one.respond_by, one.late))
            .collect();
        let expected = [
            ("Answered", 30, None, false),
            ("Two revisions", 17, Some(day("2026-11-03")), true),
            ("Noise", 4, Some(day("2026-11-20")), false),
        ];
        assert_eq!(told, expected);
        assert_eq!(found.complaints[1].state.en, "Captured");
    }
}
