//! Which rows have lost their bytes, and whether what they held is still there.
//!
//! A stub names the snapshot that covers it. That snapshot may itself have become a stub, covered
//! by a later one. Followed to its end, every stub must lead to a snapshot *of its own tag* whose bytes
//! are there and for which somebody vouched who may ([`Roster::may_attest`]), or to the generation that
//! closed its tag; otherwise the relay has lost the row.
//!
//! One stub may name a generation of another tag: a first snapshot that was to follow on the closed tag
//! and was named by nobody. It is the only row of its tag for ever, and no generation begins with it.

use std::collections::BTreeMap;

use minicbor::data::Type;
use minicbor::{Decode, Decoder, Encode};

use crate::{Begins, DeviceKey, Hash, Header, Millis, Roster, Row, RowBody, RowKind, Seq, Tag};

/// What a walk along the log has met as stubs and not yet found again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode)]
pub struct Covers {
    /// By the row that is said to hold what they held.
    #[n(0)]
    owed: BTreeMap<Hash, Owed>,
    /// Tags of which nothing was met but one snapshot that lost its bytes, and for which no stub stands.
    #[n(1)]
    lone: BTreeMap<Tag, Lone>,
}

/// What one row is said to hold in place of others.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
struct Owed {
    /// The first of these others.
    #[n(0)]
    first: Seq,
    /// What that row is, once it was found with its bytes.
    #[n(1)]
    found: Option<Found>,
    /// The first of them under each tag. Entries that an older version stored have none: of whatever tag.
    #[n(2)]
    tags: Option<BTreeMap<Tag, Seq>>,
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

/// The only row of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
struct Lone {
    #[n(0)]
    row: Hash,
    #[n(1)]
    seq: Seq,
    /// The generation that it names stands for it.
    #[n(2)]
    gone: bool,
}

impl Owed {
    /// Nothing so far.
    const NOTHING: Self = Self { first: Seq::MAX, found: None, tags: None };

    fn add(&mut self, tag: Tag, first: Seq) {
        self.first = self.first.min(first);
        let of_tag = self.tags.get_or_insert_default().entry(tag).or_insert(first);
        *of_tag = first.min(*of_tag);
    }

    /// Takes out what is found again, by its tag and its first row, and says whether something is left.
    fn settle(&mut self, mut is_found: impl FnMut(&Tag, Seq) -> bool) -> bool {
        let Some(tags) = &mut self.tags else { return false };
        tags.retain(|tag, first| !is_found(tag, *first));
        self.first = tags.values().copied().min().unwrap_or(Seq::MAX);
        !tags.is_empty()
    }
}

impl Covers {
    /// Notes a row: whether it is a stub, and of what tag it is.
    pub fn pass(&mut self, row: &Row) {
        self.goes_on(&row.tag);
        let RowBody::Stub { covered_by } = &row.body else { return };
        // What other rows of its tag held goes with it to whatever covers it. Others' cannot.
        let mut before = None;
        if let Some(owed) = self.owed.get_mut(&row.hash) {
            before = match &owed.tags {
                Some(tags) => tags.get(&row.tag).copied(),
                None => Some(owed.first),
            };
            if !owed.settle(|tag, _| *tag == row.tag) {
                self.owed.remove(&row.hash);
            }
        }
        // A row that nothing covers can only be found under its own name, and it is gone.
        let by = covered_by.unwrap_or(row.hash);
        let owed = self.owed.entry(by).or_insert(Owed::NOTHING);
        let known = owed.tags.as_ref().is_some_and(|tags| tags.contains_key(&row.tag));
        if row.kind == RowKind::Snapshot && before.is_none() && !known {
            let lone = Lone { row: row.hash, seq: row.seq, gone: false };
            self.lone.insert(row.tag, lone);
        }
        owed.add(row.tag, before.unwrap_or(row.seq).min(row.seq));
    }

    /// There is more of that tag than one row that nobody needs.
    fn goes_on(&mut self, tag: &Tag) {
        if let Some(Lone { row, seq, gone: true }) = self.lone.remove(tag) {
            self.owed.entry(row).or_insert(Owed::NOTHING).add(*tag, seq);
        }
    }

    /// Whether stubs before it name this row as the one that covers them.
    #[must_use]
    pub fn names(&self, hash: &Hash) -> bool {
        self.owed.contains_key(hash)
    }

    /// A snapshot is there with its bytes, under this header.
    pub fn found(&mut self, row: &Row, header: &Header) {
        if let (Some(owed), Some(covers)) = (self.owed.get_mut(&row.hash), header.covers) {
            let (tag, seq, made_at) = (row.tag, row.seq, row.received_at);
            owed.found = Some(Found { tag, seq, covers, made_by: header.device, made_at });
        }
    }

    /// A device vouches for it, in a row received at `now` under this roster.
    pub fn attested(&mut self, snapshot: &Hash, roster: &Roster, by: &DeviceKey, now: Millis) {
        let found = self.owed.get(snapshot).and_then(|owed| owed.found);
        let Some(Found { tag, seq, covers, made_by, made_at }) = found else { return };
        if roster.may_attest(&made_by, made_at, by, now) {
            // The word for an earlier one that was read whole may have gone together with it.
            self.settle(|it| it.tag == tag && (it.seq == seq || it.seq <= covers), &tag);
        }
    }

    /// A generation closed the row's tag: what its rows held goes on under another, without what was
    /// erased.
    pub fn closed(&mut self, row: &Row, begins: &Begins) {
        self.goes_on(&begins.tag);
        let lone = &mut self.lone;
        let of_this = |tag: &Tag, first: Seq| {
            let lone = lone.get_mut(tag).filter(|lone| lone.seq == first);
            *tag == row.tag || lone.map(|lone| lone.gone = true).is_some()
        };
        if self.owed.get_mut(&row.hash).is_some_and(|owed| !owed.settle(of_this)) {
            self.owed.remove(&row.hash);
        }
        // The word for a snapshot that was read whole may have gone together with it.
        self.settle(|found| found.tag == row.tag, &row.tag);
    }

    /// Snapshots stand for what lies under their tag.
    fn settle(&mut self, stands: impl Fn(Found) -> bool, tag: &Tag) {
        self.owed
            .retain(|_, owed| !owed.found.is_some_and(&stands) || owed.settle(|it, _| it == tag));
    }

    /// The first row that is not found again. At the head of the log it is lost.
    #[must_use]
    pub fn first(&self) -> Option<Seq> {
        self.owed.values().map(|owed| owed.first).min()
    }

    /// Whether all stubs were found again.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.owed.is_empty()
    }
}

impl<'b, C> Decode<'b, C> for Covers {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, minicbor::decode::Error> {
        #[derive(Decode)]
        struct Stored(#[n(0)] BTreeMap<Hash, Owed>, #[n(1)] BTreeMap<Tag, Lone>);

        // Before there were generations there was nothing but what is owed.
        let Stored(owed, lone) = match d.datatype()? {
            Type::Map => Stored(Decode::decode(d, ctx)?, BTreeMap::new()),
            _ => Decode::decode(d, ctx)?,
        };
        Ok(Self { owed, lone })
    }
}
