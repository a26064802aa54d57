//! Which rows have lost their bytes, and whether what they held is still there.
//!
//! A stub names the snapshot that covers it. That snapshot may itself have become a stub, covered
//! by a later one. Followed to its end, every stub must lead to a snapshot whose bytes are there
//! and for which somebody vouched who may ([`Roster::may_attest`]), or to the generation that closed
//! its tag; otherwise the relay has lost the row.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use crate::{DeviceKey, Hash, Header, Millis, Roster, Row, RowBody, Seq, Tag};

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
    /// What that row is, once it was found with its bytes.
    #[n(1)]
    found: Option<Found>,
}

/// A snapshot that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
struct Found {
    #[n(0)]
    tag: Tag,
    #[n(1)]
    seq: Seq,
    #[n(2)]
    covers: Seq,
    #[n(3)]
    made_by: DeviceKey,
    #[n(4)]
    made_at: Millis,
}

impl Covers {
    /// Notes a row if it is a stub.
    pub fn pass(&mut self, row: &Row) {
        let RowBody::Stub { covered_by } = &row.body else { return };
        let before = self.0.remove(&row.hash).map_or(row.seq, |owed| owed.first);
        // A row that nothing covers can only be found under its own name, and it is gone.
        let by = covered_by.unwrap_or(row.hash);
        let owed = self.0.entry(by).or_insert(Owed { first: before, found: None });
        owed.first = owed.first.min(before);
    }

    /// Whether stubs before it name this row as the one that covers them.
    #[must_use]
    pub fn names(&self, hash: &Hash) -> bool {
        self.0.contains_key(hash)
    }

    /// A snapshot is there with its bytes, under this header.
    pub fn found(&mut self, row: &Row, header: &Header) {
        if let (Some(owed), Some(covers)) = (self.0.get_mut(&row.hash), header.covers) {
            let (tag, seq, made_at) = (row.tag, row.seq, row.received_at);
            owed.found = Some(Found { tag, seq, covers, made_by: header.device, made_at });
        }
    }

    /// A device vouches for it, in a row received at `now` under this roster.
    pub fn attested(&mut self, snapshot: &Hash, roster: &Roster, by: &DeviceKey, now: Millis) {
        let found = self.0.get(snapshot).and_then(|owed| owed.found);
        let Some(Found { tag, covers, made_by, made_at, .. }) = found else { return };
        if roster.may_attest(&made_by, made_at, by, now) {
            self.0.remove(snapshot);
            // The word for an earlier one that was read whole may have gone together with it.
            let stands_for = |it: Found| it.tag == tag && it.seq <= covers;
            self.0.retain(|_, owed| !owed.found.is_some_and(stands_for));
        }
    }

    /// A generation closed the row's tag: what its rows held goes on under another, without what was
    /// erased.
    pub fn closed(&mut self, row: &Row) {
        self.0.remove(&row.hash);
        // The word for a snapshot that was read whole may have gone together with it.
        self.0.retain(|_, owed| owed.found.is_none_or(|found| found.tag != row.tag));
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
