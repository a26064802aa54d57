//! Clients that have become part of others: two documents, read as one, and taken apart again.
//!
//! Nothing is copied. The link `merged_into` says that a client is part of another; whoever reads the other reads the rows
//! of both. Without the link both are what they were.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::RecordId;
use crate::lifecycles::client::shown_as;

/// Who is part of whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    whole: BTreeMap<RecordId, RecordId>,
    parts: BTreeMap<RecordId, Vec<RecordId>>,
}

impl Merged {
    /// Of the clients that are here, each with what it is merged into. A link to a client that is not here, or is not
    /// here yet, merges nothing: its rows would have no page.
    pub fn of(clients: impl IntoIterator<Item = (RecordId, Option<RecordId>)>) -> Self {
        let links: BTreeMap<RecordId, Option<RecordId>> = clients.into_iter().collect();
        let link = |id: RecordId| {
            links.get(&id).copied().flatten().filter(|into| links.contains_key(into))
        };
        let mut merged = Self::default();
        for client in links.keys() {
            let whole = shown_as(*client, link);
            if whole != *client {
                merged.whole.insert(*client, whole);
                merged.parts.entry(whole).or_default().push(*client);
            }
        }
        merged
    }

    /// The client whose pages show this one; itself unless it is merged.
    pub fn shown_as(&self, client: RecordId) -> RecordId {
        self.whole.get(&client).copied().unwrap_or(client)
    }

    /// Whether another client's pages show this one.
    pub fn is_part(&self, client: RecordId) -> bool {
        self.whole.contains_key(&client)
    }

    /// The clients that are part of this one.
    pub fn parts(&self, client: RecordId) -> &[RecordId] {
        self.parts.get(&client).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many documents are read as one client at most.
    pub fn largest(&self) -> usize {
        self.parts.values().map(|parts| parts.len() + 1).max().unwrap_or(1)
    }

    /// Those whose documents are read for this client: its own, then its parts'.
    pub fn whole(&self, client: RecordId) -> impl Iterator<Item = RecordId> {
        std::iter::once(client).chain(self.parts(client).iter().copied())
    }

    /// Every client that is shown as this one, or that this one is shown as: what reads differently when one of them
    /// changes.
    pub fn beside(&self, client: RecordId) -> BTreeSet<RecordId> {
        self.whole(self.shown_as(client)).filter(|other| *other != client).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Covers: S2.17, S2.20
    #[test]
    fn who_is_shown_as_whom() {
        let id = |n: u8| RecordId::from_bytes([n; 16]);
        let check = |links: &[(u8, u8)], shown: &[u8], parts_of_one: &[u8]| {
            let link = |(from, into): &(u8, u8)| (id(*from), (*into > 0).then(|| id(*into)));
            let merged = Merged::of(links.iter().map(link));
            let found: Vec<_> = links.iter().map(|(from, _)| merged.shown_as(id(*from))).collect();
            assert_eq!(found, shown.iter().map(|n| id(*n)).collect::<Vec<_>>(), "{links:?}");
            let parts: Vec<_> = parts_of_one.iter().map(|n| id(*n)).collect();
            assert_eq!(merged.parts(id(1)), parts, "{links:?}");
            for (from, shown) in links.iter().zip(shown) {
                assert_eq!(merged.is_part(id(from.0)), from.0 != *shown, "{links:?}");
            }
        };
        check(&[(1, 0), (2, 0)], &[1, 2], &[]);
        check(&[(1, 0), (2, 1)], &[1, 1], &[2]);
        check(&[(1, 0), (2, 1), (3, 2)], &[1, 1, 1], &[2, 3]);
        // Not on this device.
        check(&[(1, 9), (2, 0)], &[1, 2], &[]);
        // Two devices merged each into the other: the least stays, on every device.
        check(&[(1, 2), (2, 1)], &[1, 1], &[2]);
        check(&[(1, 1)], &[1], &[]);
    }

    #[test]
    fn what_changes_with_a_part() {
        let id = |n: u8| RecordId::from_bytes([n; 16]);
        let merged = Merged::of([(id(1), None), (id(2), Some(id(1))), (id(3), Some(id(1)))]);
        let check = |client: u8, expected: &[u8]| {
            let expected: BTreeSet<_> = expected.iter().map(|n| id(*n)).collect();
            assert_eq!(merged.beside(id(client)), expected);
        };
        check(1, &[2, 3]);
        check(2, &[1, 3]);
        check(4, &[]);
    }
}
