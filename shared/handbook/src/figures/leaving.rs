//! "If this person leaves": what goes with one of us, or with somebody we depend on at the client (S1.26).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::concentration::{Leaving, if_leaves};
use super::touch::Touch;
use crate::attention::Facts;
use crate::ids::RecordId;
use crate::known::Known;
use crate::records::{Promise, PromiseState};

/// Somebody, and what would be lost with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaver {
    /// Who.
    pub who: Who,
    /// What is open between them and the other side, and whom nobody but them has met there.
    pub lost: Leaving,
}

/// On which side somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// One of us.
    OfUs(RecordId),
    /// A contact on whom much depends.
    Contact(RecordId),
}

/// Everybody who would be missed: our people first, the greater loss first on each side. Who takes nothing along is left
/// out.
pub fn leavers(facts: &Facts, promises: &[Known<Promise>], today: NaiveDate) -> Vec<Leaver> {
    let open: Vec<&Known<Promise>> = promises
        .iter()
        .filter(|one| matches!(one.state, PromiseState::Made | PromiseState::Broken))
        .collect();
    let ours: BTreeSet<RecordId> = facts.touches.iter().flat_map(|it| it.members.clone()).collect();
    let givers = open.iter().filter_map(|one| Some(one.by?.id));
    let ours: BTreeSet<RecordId> = ours.into_iter().chain(givers).collect();
    let mut found: Vec<Leaver> = ours
        .into_iter()
        .map(|member| {
            let given = open.iter().map(|one| (one.id, one.by.map(|by| by.id)));
            Leaver { who: Who::OfUs(member), lost: if_leaves(member, given, &facts.touches, today) }
        })
        .collect();
    let seen_from_there: Vec<Touch> = facts.touches.iter().map(turned).collect();
    found.extend(facts.key_contacts(today).map(|contact| {
        let to_them = open.iter().map(|one| {
            let is_alone = one.to.len() == 1;
            (one.id, one.to.first().filter(|_| is_alone).map(|to| to.id))
        });
        Leaver {
            who: Who::Contact(contact.id),
            lost: if_leaves(contact.id, to_them, &seen_from_there, today),
        }
    }));
    found.retain(|one| !one.lost.promises.is_empty() || !one.lost.contacts.is_empty());
    let side = |who| matches!(who, Who::Contact(_));
    let loss = |lost: &Leaving| std::cmp::Reverse(lost.promises.len() + lost.contacts.len());
    found.sort_by_key(|one| (side(one.who), loss(&one.lost), one.who));
    found
}

/// The same conversation as the other side would tell it.
fn turned(touch: &Touch) -> Touch {
    Touch { contacts: touch.members.clone(), members: touch.contacts.clone(), ..touch.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id};
    use super::*;
    use crate::records::{Contact, ContactRole};
    use crate::typed::Id;

    /// Covers: S1.26
    #[test]
    fn on_both_sides() {
        let talk = |members: &[u8], contacts: &[u8]| Touch {
            on: day("2026-10-01"),
            two_way: true,
            members: members.iter().copied().map(id).collect(),
            contacts: contacts.iter().copied().map(id).collect(),
            ..Touch::default()
        };
        let contact = |number, role| {
            let roles = BTreeSet::from([role]);
            Known::new(id(number), Contact { roles, ..Contact::default() })
        };
        let promise = |number, by, to: &[u8], state| {
            let to = to.iter().copied().map(|to| Id::new(id(to))).collect();
            let record = Promise { by: Some(Id::new(id(by))), to, state, ..Promise::default() };
            Known::new(id(number), record)
        };
        let facts = Facts {
            touches: vec![talk(&[1], &[11]), talk(&[1, 2], &[12]), talk(&[3], &[12])],
            contacts: vec![
                contact(11, ContactRole::User),
                contact(12, ContactRole::DecisionMaker),
                contact(13, ContactRole::Sponsor),
            ],
            ..Facts::default()
        };
        let promises = [
            promise(21, 2, &[12], PromiseState::Made),
            promise(22, 2, &[11, 12], PromiseState::Broken),
            promise(23, 2, &[12], PromiseState::Kept),
            promise(24, 4, &[], PromiseState::Made),
        ];
        let lost = |promises: &[u8], others: &[u8]| Leaving {
            promises: promises.iter().copied().map(id).collect(),
            contacts: others.iter().copied().map(id).collect(),
        };
        let found = leavers(&facts, &promises, day("2026-11-12"));
        let expected = [
            // Two promises; whom they have met, others have met too.
            Leaver { who: Who::OfUs(id(2)), lost: lost(&[21, 22], &[]) },
            Leaver { who: Who::OfUs(id(1)), lost: lost(&[], &[11]) },
            Leaver { who: Who::OfUs(id(4)), lost: lost(&[24], &[]) },
            // Two and three of us know nobody else there; the other promise was made to two.
            Leaver { who: Who::Contact(id(12)), lost: lost(&[21], &[2, 3]) },
        ];
        assert_eq!(found, expected);
    }
}
