//! Which rows have lost their bytes, and whether what they held is still there.
//!
//! A stub names the snapshot that covers it. That snapshot may itself have become a stub, covered
//! by a later one. Followed to its end, every stub must lead to a snapshot whose bytes are there
//! and for which somebody vouched who may ([`Roster::may_attest`]); otherwise the relay has lost
//! the row.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use crate::{DeviceKey, Hash, Millis, Roster, Row, RowBody, Seq};

/// What a walk along the log has met as stubs and not yet found again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Covers(#[n(0)] BTreeMap<Hash, Owed>);

/// What one row is said to hold in place of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
struct Owed {
    /// The first of these others.
    #[n(0)]
    first: Seq,
    /// Who made it, and when it came in, once it was found with its bytes.
    #[n(1)]
    made: Option<(DeviceKey, Millis)>,
}

impl Covers {
    /// Notes a row if it is a stub.
    pub fn pass(&mut self, row: &Row) {
        let RowBody::Stub { covered_by } = &row.body else { return };
        let before = self.0.remove(&row.hash).map_or(row.seq, |owed| owed.first);
        // A row that nothing covers can only be found under its own name, and it is gone.
        let by = covered_by.unwrap_or(row.hash);
        let owed = self.0.entry(by).or_insert(Owed { first: before, made: None });
        owed.first = owed.first.min(before);
    }

    /// Whether stubs before it name this row as the one that covers them.
    #[must_use]
    pub fn names(&self, hash: &Hash) -> bool {
        self.0.contains_key(hash)
    }

    /// A snapshot is there with its bytes.
    pub fn found(&mut self, snapshot: &Hash, made_by: DeviceKey, made_at: Millis) {
        if let Some(owed) = self.0.get_mut(snapshot) {
            owed.made = Some((made_by, made_at));
        }
    }

    /// A device vouches for it, in a row received at `now` under this roster.
    pub fn attested(&mut self, snapshot: &Hash, roster: &Roster, by: &DeviceKey, now: Millis) {
        let made = self.0.get(snapshot).and_then(|owed| owed.made);
        if made.is_some_and(|(made_by, made_at)| roster.may_attest(&made_by, made_at, by, now)) {
            self.0.remove(snapshot);
        }
    }

    /// The first row that is not found again. At the head of the log it is lost.
    #[must_use]
    pub fn first(&self) -> Option<Seq> {
        self.0.values().map(|owed| owed.first).min()
    }

    /// Whether all stubs were found again.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
