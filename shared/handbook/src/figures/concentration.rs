//! Concentration: whether a relationship hangs on one person, of ours or of theirs (S1.26, domain.md "Concentration").

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::thresholds::Thresholds;
use super::touch::{Touch, conversations};
use crate::ids::RecordId;

/// How conversations spread over the people of one side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// Each person with the conversations they took part in, the busiest first.
    pub people: Vec<(RecordId, usize)>,
    /// Parts in all: a conversation of two counts for both.
    pub parts: usize,
}

impl Side {
    /// The busiest person and their share of the parts in whole per cent, rounded down so that a share below a threshold
    /// never reads as the threshold.
    pub fn top(&self) -> Option<(RecordId, usize)> {
        let (person, count) = self.people.first()?;
        Some((*person, (count * 100).checked_div(self.parts)?))
    }

    /// The Herfindahl–Hirschman index, the sum of squared shares, from 0 to 10 000 (one person alone); `None` without a part.
    pub fn hhi(&self) -> Option<usize> {
        let squares: usize = self.people.iter().map(|(_, count)| count * count).sum();
        (squares * 10_000).checked_div(self.parts * self.parts)
    }

    fn of<'a>(people: impl Iterator<Item = &'a RecordId>) -> Self {
        let mut counts: BTreeMap<RecordId, usize> = BTreeMap::new();
        for person in people {
            *counts.entry(*person).or_default() += 1;
        }
        let parts = counts.values().sum();
        let mut people: Vec<_> = counts.into_iter().collect();
        people.sort_by_key(|(person, count)| (std::cmp::Reverse(*count), *person));
        Self { people, parts }
    }
}

/// The concentration of one client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concentration {
    /// The first day that counts.
    pub since: NaiveDate,
    /// Conversations since then: the n of the figure.
    pub conversations: usize,
    /// Our people.
    pub ours: Side,
    /// Their people.
    pub theirs: Side,
    /// Contacts who are still there.
    pub active_contacts: usize,
    /// What is too much of it; empty where nothing is.
    pub flags: Vec<Flag>,
}

/// Why a relationship counts as hanging on one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// One of us has so many per cent of the conversations.
    OneOfUs(RecordId, usize),
    /// One contact has so many per cent of the conversations.
    OneContact(RecordId, usize),
    /// Only one contact is left at the client.
    OnlyContact,
}

/// The concentration on `today`, of a client with so many contacts who are still there.
pub fn concentration(
    touches: &[Touch],
    active_contacts: usize,
    today: NaiveDate,
    thresholds: &Thresholds,
) -> Concentration {
    let days = Days::new(u64::from(thresholds.concentration_days));
    let since = today.checked_sub_days(days).unwrap_or(today);
    let talks: Vec<&Touch> = conversations(touches, since, today).collect();
    let ours = Side::of(talks.iter().flat_map(|touch| &touch.members));
    let theirs = Side::of(talks.iter().flat_map(|touch| &touch.contacts));
    let mut flags = Vec::new();
    if talks.len() >= thresholds.concentration_touches {
        if let Some((person, share)) = ours.top()
            && share >= thresholds.concentration_ours as usize
        {
            flags.push(Flag::OneOfUs(person, share));
        }
        if let Some((person, share)) = theirs.top()
            && share >= thresholds.concentration_theirs as usize
        {
            flags.push(Flag::OneContact(person, share));
        }
    }
    if active_contacts == 1 {
        flags.push(Flag::OnlyContact);
    }
    Concentration { since, conversations: talks.len(), ours, theirs, active_contacts, flags }
}

/// What would be lost if one of us left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leaving {
    /// Promises of theirs that are still open.
    pub promises: Vec<RecordId>,
    /// Contacts whom nobody else of us has ever met.
    pub contacts: Vec<RecordId>,
}

/// What hangs on `member`: of the open promises `(record, by whom)` and of everybody ever spoken with until today.
pub fn if_leaves(
    member: RecordId,
    open_promises: impl IntoIterator<Item = (RecordId, Option<RecordId>)>,
    touches: &[Touch],
    today: NaiveDate,
) -> Leaving {
    let theirs = open_promises.into_iter().filter(|(_, by)| *by == Some(member));
    let mut met_by_others: Vec<RecordId> = Vec::new();
    let mut contacts: Vec<RecordId> = Vec::new();
    for touch in conversations(touches, NaiveDate::MIN, today) {
        if touch.members.iter().any(|other| *other != member) {
            met_by_others.extend(&touch.contacts);
        } else if touch.members.contains(&member) {
            contacts.extend(&touch.contacts);
        }
    }
    contacts.sort_unstable();
    contacts.dedup();
    contacts.retain(|contact| !met_by_others.contains(contact));
    Leaving { promises: theirs.map(|(promise, _)| promise).collect(), contacts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn who(number: u8) -> RecordId {
        RecordId::from_bytes([number; 16])
    }

    fn talk(on: &str, members: &[u8], contacts: &[u8]) -> Touch {
        let ids = |numbers: &[u8]| numbers.iter().copied().map(who).collect();
        Touch {
            on: day(on),
            two_way: true,
            members: ids(members),
            contacts: ids(contacts),
            ..Touch::default()
        }
    }

    /// Covers: S1.26
    #[test]
    fn shares_and_flags() {
        let check = |talks: &[(&[u8], &[u8])], active, expected: &[Flag]| {
            let touches: Vec<Touch> =
                talks.iter().map(|(ours, theirs)| talk("2026-11-01", ours, theirs)).collect();
            let found = concentration(&touches, active, day("2026-11-12"), &Thresholds::default());
            assert_eq!(found.flags, expected, "{talks:?}");
        };
        let (ann, ben, x, y): (&[u8], &[u8], &[u8], &[u8]) = (&[1], &[2], &[11], &[12]);
        // Three of five conversations: 60 % of us; two and three of theirs stay below 70 %.
        let five = [(ann, x), (ann, y), (ann, x), (ben, y), (ben, x)];
        check(&five, 2, &[Flag::OneOfUs(who(1), 60)]);
        // The same with four conversations is not judged.
        check(&five[..4], 2, &[]);
        check(&five[..4], 1, &[Flag::OnlyContact]);
        // 4 of 7 is 57 %, below 60; 5 of 7 contacts is 71 %.
        let seven = [(ann, x), (ann, x), (ann, x), (ann, x), (ben, x), (ben, y), (ben, y)];
        check(&seven, 2, &[Flag::OneContact(who(11), 71)]);
        check(&[], 0, &[]);
    }

    #[test]
    fn window_and_index() {
        let touches = [
            talk("2026-05-16", &[1], &[11]), // the first day of the window
            talk("2026-05-15", &[2], &[11]), // before it
            talk("2026-11-12", &[1, 2], &[12]),
            Touch { two_way: false, ..talk("2026-11-01", &[3], &[13]) },
            talk("2026-11-13", &[3], &[13]), // ahead of today
        ];
        let found = concentration(&touches, 2, day("2026-11-12"), &Thresholds::default());
        assert_eq!((found.since, found.conversations), (day("2026-05-16"), 2));
        assert_eq!(found.ours.people, [(who(1), 2), (who(2), 1)]);
        assert_eq!(found.ours.top(), Some((who(1), 66)));
        assert_eq!(found.ours.hhi(), Some(5_555)); // (2/3)² + (1/3)²
        assert_eq!(found.theirs.hhi(), Some(5_000));
        assert_eq!(Side::default().hhi(), None);
    }

    /// Covers: S1.26
    #[test]
    fn what_hangs_on_one_of_us() {
        let touches = [
            talk("2020-01-01", &[1], &[11, 12]),
            talk("2020-02-01", &[1, 2], &[12]),
            talk("2020-03-01", &[2], &[13]),
        ];
        let promises = [(who(21), Some(who(1))), (who(22), Some(who(2))), (who(23), None)];
        let check = |member, promises_lost: &[u8], contacts: &[u8]| {
            let ids = |numbers: &[u8]| numbers.iter().copied().map(who).collect();
            let found = if_leaves(who(member), promises, &touches, day("2026-11-12"));
            assert_eq!(found, Leaving { promises: ids(promises_lost), contacts: ids(contacts) });
        };
        check(1, &[21], &[11]);
        check(2, &[22], &[13]);
        check(3, &[], &[]);
    }
}
