//! From a person to value (S1.27): how far a relationship has moved from hanging on one person to resting on what it is worth.

use chrono::NaiveDate;

use super::met::met;
use crate::attention::Facts;
use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::{scheduled_contact, states};
use crate::records::{ScheduledContact, ValueShown};

/// How far it has moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Widening {
    /// Contacts who are still there and whom one of us has met: the n of the first step.
    pub met: usize,
    /// Those whom only one of us has met.
    pub alone: Vec<Alone>,
    /// It is written down what the client wants to reach.
    pub goals_known: bool,
    /// How often value-adds were shown within the window.
    pub shown: usize,
}

/// A contact whom only one of us has met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alone {
    /// The contact.
    pub contact: RecordId,
    /// The one of us.
    pub by: RecordId,
    /// The planned contact at which another of us will be there, and its day.
    pub planned: Option<(RecordId, NaiveDate)>,
}

impl Widening {
    /// Those who are known to two of us or more.
    pub fn known_to_two(&self) -> usize {
        self.met - self.alone.len()
    }

    /// Whether every step is taken.
    pub fn is_done(&self) -> bool {
        self.alone.is_empty() && self.goals_known && self.shown > 0
    }
}

/// How far the relationship has moved on `today`; what was shown since `since` counts. Wants the client's own row read
/// whole: its goals are prose.
pub fn widening(
    facts: &Facts,
    shown: &[Known<ValueShown>],
    since: NaiveDate,
    today: NaiveDate,
) -> Widening {
    let contacts: Vec<RecordId> = facts.active_contacts(today).map(|one| one.id).collect();
    let mut members: Vec<RecordId> =
        facts.touches.iter().flat_map(|touch| &touch.members).copied().collect();
    members.sort_unstable();
    members.dedup();
    let lines = met(&contacts, &members, &facts.touches, today).lines;
    let alone = lines.iter().filter(|line| line.known_to() == 1).filter_map(|line| {
        let place = line.cells.iter().position(|cell| cell.conversations > 0)?;
        let by = *members.get(place)?;
        let planned = introduction(&facts.scheduled, line.contact, by, today);
        Some(Alone { contact: line.contact, by, planned })
    });
    Widening {
        met: lines.iter().filter(|line| line.known_to() > 0).count(),
        alone: alone.collect(),
        goals_known: !facts.client.profile_goals.is_empty(),
        shown: shown
            .iter()
            .filter(|one| one.on.is_some_and(|on| (since..=today).contains(&on)))
            .count(),
    }
}

/// The next contact in the schedule at which somebody else of us meets this contact.
fn introduction(
    scheduled: &[Known<ScheduledContact>],
    contact: RecordId,
    by: RecordId,
    today: NaiveDate,
) -> Option<(RecordId, NaiveDate)> {
    let meets = |one: &&Known<ScheduledContact>| {
        let is_open = states(&one.transitions, scheduled_contact::State::Planned)
            .into_iter()
            .any(scheduled_contact::State::is_open);
        let another = one.members.iter().any(|member| member.id != by);
        is_open && another && one.contacts.iter().any(|with| with.id == contact)
    };
    let ahead = scheduled.iter().filter(meets).filter_map(|one| {
        let on = scheduled_contact::date(one).filter(|on| *on >= today)?;
        Some((one.id, on))
    });
    ahead.min_by_key(|(id, on)| (*on, *id))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id};
    use super::super::touch::Touch;
    use super::*;
    use crate::records::{Client, Contact};
    use crate::typed::Id;

    /// Covers: S1.27
    #[test]
    fn step_by_step() {
        let talk = |members: &[u8], contact| Touch {
            on: day("2026-10-01"),
            two_way: true,
            members: members.iter().copied().map(id).collect(),
            contacts: vec![id(contact)],
            ..Touch::default()
        };
        let contact = |number, left: &str| {
            let left_on = left.parse().ok();
            Known::new(id(number), Contact { left_on, ..Contact::default() })
        };
        let meeting = |number, on: &str, members: &[u8]| {
            let record = ScheduledContact {
                target_date: Some(day(on)),
                contacts: [Id::new(id(11))].into(),
                members: members.iter().copied().map(|member| Id::new(id(member))).collect(),
                ..ScheduledContact::default()
            };
            Known::new(id(number), record)
        };
        let shown = |on: &str| {
            Known::new(id(40), ValueShown { on: on.parse().ok(), ..ValueShown::default() })
        };
        let mut facts = Facts {
            touches: vec![talk(&[1], 11), talk(&[1, 2], 12), talk(&[1], 13)],
            contacts: vec![contact(11, ""), contact(12, ""), contact(13, "2026-01-01")],
            ..Facts::default()
        };
        let read = |facts: &Facts, shown: &[Known<ValueShown>]| {
            widening(facts, shown, day("2026-05-16"), day("2026-11-12"))
        };
        let found = read(&facts, &[shown("2026-05-15")]);
        let alone = Alone { contact: id(11), by: id(1), planned: None };
        let expected = Widening { met: 2, alone: vec![alone], goals_known: false, shown: 0 };
        assert_eq!((found.known_to_two(), found.is_done()), (1, false));
        assert_eq!(found, expected);

        facts.scheduled = vec![
            meeting(31, "2026-11-20", &[1]),    // nobody new
            meeting(32, "2026-11-11", &[1, 2]), // over
            meeting(33, "2026-11-25", &[1, 2]),
        ];
        let planned = read(&facts, &[]).alone.first().and_then(|one| one.planned);
        assert_eq!(planned, Some((id(33), day("2026-11-25"))));

        facts.touches.push(talk(&[2], 11));
        facts.client = Client { profile_goals: "Fewer sites".into(), ..Client::default() };
        assert!(read(&facts, &[shown("2026-05-16")]).is_done());
    }
}
