//! Who is met.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::Source;
use crate::known::Known;
use crate::records::{Contact, ScheduledContact};

/// Where nobody is named, so many are shown.
const MOST: usize = 6;

/// Somebody at the client's.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// All that is known of them.
    pub contact: Known<Contact>,
    /// The day of the last conversation with them.
    pub last: Option<NaiveDate>,
}

/// Those named in the plan, also one who has left meanwhile, for that must be known at the door. Where nobody is named,
/// those who are there, the most influential first. And which of both it is.
pub(super) fn of(
    source: &Source<'_>,
    visit: Option<&Known<ScheduledContact>>,
) -> (Vec<Person>, bool) {
    let facts = source.facts;
    let named: Vec<&Known<Contact>> = facts
        .contacts
        .iter()
        .filter(|one| visit.is_some_and(|visit| visit.contacts.contains(&one.id.into())))
        .collect();
    let are_named = !named.is_empty();
    let mut people = named;
    if !are_named {
        people.extend(facts.active_contacts(source.setting.today));
    }
    people.sort_by_key(|one| (Reverse(one.influence), one.family_name.clone(), one.id));
    if !are_named {
        people.truncate(MOST);
    }
    let person =
        |contact: &Known<Contact>| Person { contact: contact.clone(), last: last(source, contact) };
    (people.into_iter().map(person).collect(), are_named)
}

fn last(source: &Source<'_>, contact: &Known<Contact>) -> Option<NaiveDate> {
    let with = source.facts.touches.iter().filter(|touch| {
        touch.two_way && touch.on <= source.setting.today && touch.contacts.contains(&contact.id)
    });
    with.map(|touch| touch.on).max()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{pack, row};
    use super::*;
    use crate::figures::fixture::day;
    use crate::typed::Scale;

    #[test]
    fn those_named_else_those_who_count() {
        let contact = |number: u8, name: &str, influence: i64, left: &str| {
            let contact = Contact {
                family_name: name.into(),
                influence: Scale::new(influence),
                left_on: left.parse().ok(),
                ..Contact::default()
            };
            row(number, "2026-01-05", contact)
        };
        let visit = |contacts: &[u8]| ScheduledContact {
            target_date: Some(day("2026-11-12")),
            contacts: contacts.iter().map(|n| crate::figures::fixture::id(*n).into()).collect(),
            ..ScheduledContact::default()
        };
        let mut rows = vec![
            contact(1, "Voss", 5, ""),
            contact(2, "Ferreira", 3, ""),
            contact(3, "Gone", 5, "2026-11-01"),
            row(10, "2026-11-01", visit(&[2, 3])),
            row(11, "2026-11-01", visit(&[])),
        ];
        let check = |rows: &[crate::row::Row], visit, expected: &[&str], named| {
            let found = pack(rows, visit);
            let names: Vec<_> =
                found.people.iter().map(|one| one.contact.family_name.as_str()).collect();
            assert_eq!((names.as_slice(), found.named), (expected, named));
        };
        check(&rows, Some(10), &["Gone", "Ferreira"], true);
        check(&rows, Some(11), &["Voss", "Ferreira"], false);
        check(&rows, None, &["Voss", "Ferreira"], false);
        rows.extend((20..30).map(|number| contact(number, "More", 1, "")));
        check(&rows, None, &["Voss", "Ferreira", "More", "More", "More", "More"], false);
    }
}
