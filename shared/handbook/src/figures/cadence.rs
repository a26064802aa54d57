//! Contact cadence: how long a client has not been spoken with, and whether that is too long (S1.14, domain.md
//! "Contact cadence").
//!
//! Only conversations count, that is two-way touchpoints: a newsletter is no contact.

use chrono::{Days, NaiveDate};

use super::touch::Touch;
use crate::ids::RecordId;

/// How often the firm wants to speak with a client, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// After so many days a contact is wanted.
    pub ideal: u32,
    /// After so many it is overdue.
    pub max: u32,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self { ideal: 30, max: 45 }
    }
}

/// Where a client stands in its rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Fewer days than the ideal.
    InTime,
    /// The ideal is reached.
    Wanted,
    /// The maximum is reached.
    Overdue,
}

/// The cadence of one client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cadence {
    /// The day of the last conversation, if there was one.
    pub last: Option<NaiveDate>,
    /// Days since then, or since the client was entered.
    pub days: i64,
    /// The day on which the next one is wanted.
    pub next: NaiveDate,
    /// What to make of it.
    pub standing: Standing,
}

/// The cadence on `today`, of a client known since `since` whose last conversation was on `last`.
pub fn cadence(
    last: Option<NaiveDate>,
    since: NaiveDate,
    today: NaiveDate,
    rhythm: Rhythm,
) -> Cadence {
    let from = last.unwrap_or(since);
    let days = (today - from).num_days().max(0);
    let standing = if days >= i64::from(rhythm.max) {
        Standing::Overdue
    } else if days >= i64::from(rhythm.ideal) {
        Standing::Wanted
    } else {
        Standing::InTime
    };
    let next = from.checked_add_days(Days::new(u64::from(rhythm.ideal))).unwrap_or(from);
    Cadence { last, days, next, standing }
}

/// The cadence of one contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfContact {
    /// Who.
    pub contact: RecordId,
    /// How many conversations with them are logged.
    pub conversations: usize,
    /// Where they stand.
    pub cadence: Cadence,
}

/// The cadence of each contact `(who, known since)`, the longest silence first.
pub fn by_contact(
    contacts: impl IntoIterator<Item = (RecordId, NaiveDate)>,
    touches: &[Touch],
    today: NaiveDate,
    rhythm: Rhythm,
) -> Vec<OfContact> {
    let of = |(contact, since)| {
        let days = touches
            .iter()
            .filter(|touch| touch.two_way && touch.on <= today && touch.contacts.contains(&contact))
            .map(|touch| touch.on);
        let (mut conversations, mut last) = (0, None);
        for day in days {
            conversations += 1;
            last = last.max(Some(day));
        }
        OfContact { contact, conversations, cadence: cadence(last, since, today, rhythm) }
    };
    let mut found: Vec<OfContact> = contacts.into_iter().map(of).collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.cadence.days));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_by_contact() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let who = |number| RecordId::from_bytes([number; 16]);
        let touch = |on: &str, two_way, contacts: &[u8]| Touch {
            on: day(on),
            two_way,
            contacts: contacts.iter().copied().map(who).collect(),
            ..Touch::default()
        };
        let touches = [
            touch("2026-01-10", true, &[1, 2]),
            touch("2026-02-20", true, &[1]),
            touch("2026-03-01", false, &[2]), // a letter
            touch("2026-03-09", true, &[2]),  // ahead of today
        ];
        let known = [1, 2, 3].map(|number| (who(number), day("2026-01-01")));
        let found = by_contact(known, &touches, day("2026-03-02"), Rhythm::default());
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.contact, one.conversations, one.cadence.days, one.cadence.standing))
            .collect();
        let expected = [
            (who(3), 0, 60, Standing::Overdue),
            (who(2), 1, 51, Standing::Overdue),
            (who(1), 2, 10, Standing::InTime),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn days_and_standing() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let check = |last: Option<&str>, expected: (i64, Standing, &str)| {
            let found =
                cadence(last.map(day), day("2026-01-01"), day("2026-03-02"), Rhythm::default());
            assert_eq!(
                (found.days, found.standing, found.next),
                (expected.0, expected.1, day(expected.2)),
                "{last:?}"
            );
        };
        check(Some("2026-03-01"), (1, Standing::InTime, "2026-03-31"));
        check(Some("2026-02-01"), (29, Standing::InTime, "2026-03-03"));
        check(Some("2026-01-31"), (30, Standing::Wanted, "2026-03-02"));
        check(Some("2026-01-16"), (45, Standing::Overdue, "2026-02-15"));
        check(None, (60, Standing::Overdue, "2026-01-31"));
        check(Some("2026-03-05"), (0, Standing::InTime, "2026-04-04")); // logged on a clock ahead of ours
    }
}
