//! What may be appended, and what the row then looks like. Pure: a store looks things up under the
//! space's lock, asks here, and writes the answer down.
//!
//! The order of the questions is part of the protocol:
//!
//! 1. *Have I got it already?* Then its old place is the answer, whatever has changed since, so a
//!    device that lost an acknowledgement can ask again.
//! 2. *Is it the session's next?* A device sends several envelopes without waiting. Once one is
//!    refused, all after it are gaps, and nothing lands out of order.
//! 3. Everything else.
//!
//! No refusal uses up a counter.

mod cover;
mod tail;

use std::sync::Arc;

use wire::roster::{Body, Record};
use wire::{
    Counter, DeviceKey, Envelope, Hash, InviteState, Life, LogId, Millis, Refusal, Roster,
    RosterError, Row, RowBody, RowKind, Seen, Seq, SpaceId, Tag, chain_next, chain_start,
};

pub use cover::{Cover, Vouched};
pub use tail::{Hint, Tail};

/// A space as it stands under its lock, or in one snapshot.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Which space.
    pub space: SpaceId,
    /// The present life of its log.
    pub log: LogId,
    /// The last row.
    pub head: Seq,
    /// The chain up to and including that row.
    pub chain: Hash,
    /// The roster as of that row.
    pub roster: Arc<Roster>,
    /// Bytes of all rows, as [`row_bytes`] counts them.
    pub bytes: u64,
}

/// What the log holds about the one thing that is to be appended.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// The row that has its hash.
    pub row: Option<Seq>,
    /// The last counter of its session; 0 before the first. Records have none.
    pub counter: Counter,
    /// The chain at the row that it says it has seen.
    pub seen: Option<Hash>,
    /// What its tag's rows come to. Records have none.
    pub tail: Tail,
    /// Of an attestation: the snapshot that it names, if its bytes are there.
    pub vouched: Option<Vouched>,
}

/// What the operator allows one space, and one document in it.
#[derive(Clone, Copy, Debug)]
pub struct Quota {
    /// Bytes of all rows, as [`row_bytes`] counts them.
    pub bytes: u64,
    /// Rows, stubs included.
    pub rows: Seq,
    /// Rows of a document after which a device is asked for a snapshot of it.
    pub tail_rows: u64,
    /// Bytes of sealed objects.
    pub objects: u64,
}

impl Default for Quota {
    fn default() -> Self {
        use crate::limits::{OBJECT_BYTES, SPACE_BYTES, SPACE_ROWS, TAIL_ROWS};
        Self { bytes: SPACE_BYTES, rows: SPACE_ROWS, objects: OBJECT_BYTES, tail_rows: TAIL_ROWS }
    }
}

/// The answer to what is allowed.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It lies in the log already, there.
    Held(Seq),
    /// It is to be written.
    Add(Box<Addition>),
}

/// A row that is to be written, and what it makes of the space.
#[derive(Clone, Debug, PartialEq)]
pub struct Addition {
    /// The row.
    pub row: Row,
    /// The chain up to and including it.
    pub chain: Hash,
    /// The roster from this row on, if it changes.
    pub roster: Option<Roster>,
    /// The log's id from this row on, if it changes.
    pub log: Option<LogId>,
    /// What its tag's rows come to with it; `None` for rows that belong to no document.
    pub tail: Option<Tail>,
    /// Rows that lose their bytes with it.
    pub cover: Option<Cover>,
    /// What whoever appends it is asked for.
    pub hint: Option<Hint>,
}

/// Who asks. The connection has proved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// A device of the team.
    Device(DeviceKey),
    /// The holder of the invite with that record hash: may append the one record that uses it.
    Invite(Hash),
    /// The holder of the recovery kit: may append `link-device`.
    Kit,
    /// A device that the record with that hash removed: may read up to it, and append nothing.
    Removed(Hash),
}

/// Whether an envelope may be appended, and as what. Its signature has been verified.
///
/// # Errors
/// The refusal to be sent.
pub fn decide_append(
    standing: &Standing,
    known: &Known,
    quota: &Quota,
    envelope: &Envelope,
    received_at: Millis,
) -> Result<Verdict, Refusal> {
    if let Some(seq) = known.row {
        return Ok(Verdict::Held(seq));
    }
    let header = &envelope.header;
    let expected = known.counter.saturating_add(1);
    if header.counter != expected {
        return Err(Refusal::CounterGap { expected });
    }
    if header.log != standing.log {
        return Err(Refusal::WrongLog { current: standing.log });
    }
    if standing.roster.active(&header.device).is_none() {
        return Err(Refusal::NotActive);
    }
    if !standing.roster.may_append(&header.device, header.kind) {
        return Err(Refusal::Role);
    }
    let current = standing.roster.epoch();
    if header.epoch < current {
        return Err(Refusal::StaleEpoch { current });
    }
    if header.epoch > current {
        return Err(Refusal::UnknownEpoch { current });
    }
    if known.seen != Some(header.seen.chain) {
        return Err(Refusal::SeenMismatch);
    }
    let hash = envelope.hash();
    let cover = cover::judge(standing, known, header, received_at)?;
    let bytes = envelope.bytes();
    // An attestation makes room: where there is none left it is the way out.
    let bytes_allowed = if cover.is_some() { u64::MAX } else { quota.bytes };
    within(&Quota { bytes: bytes_allowed, ..*quota }, standing, bytes.len())?;
    let row = next(standing, received_at, header.kind, header.tag, hash, bytes.to_vec());
    let mut tail = known.tail.with(&row);
    if let Some(cover) = &cover {
        tail.covered = cover.up_to;
    }
    let hint = tail.hint(&row, quota.tail_rows);
    let plain = Addition::plain(standing, row);
    Ok(Verdict::Add(Box::new(Addition { tail: Some(tail), cover, hint, ..plain })))
}

/// Whether a roster record may be appended, and as what.
///
/// # Errors
/// The refusal to be sent.
pub fn decide_record(
    standing: &Standing,
    known: &Known,
    quota: &Quota,
    author: &Author,
    bytes: &[u8],
    received_at: Millis,
) -> Result<Verdict, Refusal> {
    if let Some(seq) = known.row {
        return Ok(Verdict::Held(seq));
    }
    let record = Record::parse(bytes).map_err(|e| Refusal::from(&e))?;
    let roster = &standing.roster;
    match author {
        Author::Device(key) if roster.active(key).is_none() => return Err(Refusal::NotActive),
        Author::Device(_) => {}
        Author::Invite(invite) => {
            if invite_of(roster, &record.body) != Some(*invite) {
                return Err(Refusal::Role);
            }
        }
        Author::Kit => {
            let Body::LinkDevice(link) = &record.body else { return Err(Refusal::Role) };
            // It may have been replaced since it connected.
            if roster.kit().is_none_or(|kit| kit.key != link.by) {
                return Err(Refusal::NotActive);
            }
        }
        Author::Removed(_) => return Err(Refusal::NotActive),
    }
    let mut after = Roster::clone(roster);
    match after.apply(bytes) {
        Ok(_) => {}
        // Two who come by one invite at once: the later one is told that, and not that the roster
        // has gone on, which would only make it try once more.
        Err(RosterError::WrongHead { head }) => {
            let spent = invite_of(roster, &record.body)
                .and_then(|invite| invite_spent(roster, &invite, received_at));
            return Err(spent.unwrap_or(Refusal::RosterHead { head }));
        }
        Err(error) => return Err(Refusal::from(&error)),
    }
    roster.check_expiry(&record, received_at).map_err(|e| Refusal::from(&e))?;
    within(quota, standing, bytes.len())?;
    let row = next(standing, received_at, RowKind::Roster, Tag::ZERO, record.hash, bytes.to_vec());
    let roster = Some(after);
    Ok(Verdict::Add(Box::new(Addition { roster, ..Addition::plain(standing, row) })))
}

/// What a space that was on another relay before begins with, besides its first row.
#[derive(Clone, Debug)]
pub struct Again {
    /// The records of its roster after the first.
    pub records: Vec<Vec<u8>>,
    /// The life of its log that begins with it.
    pub life: LogId,
}

/// The rows that a space begins with, and what it is behind them.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// Behind the last of them.
    pub standing: Standing,
    /// At least one.
    pub rows: Vec<Addition>,
}

/// What a space begins with: its first row, and where it is set up again the row of another life and all
/// other records of its roster. Invites by which somebody came in were in time then: nobody is asked to judge
/// that again.
///
/// # Errors
/// The refusal to be sent, if the records make no roster.
pub fn decide_begin(
    record: &[u8],
    roster: Roster,
    log: LogId,
    again: Option<&Again>,
    received_at: Millis,
) -> Result<Beginning, Refusal> {
    let (space, first) = (roster.space(), decide_found(record, roster.clone(), log, received_at));
    let roster = Arc::new(roster);
    let empty = Standing { space, log, head: 0, chain: chain_start(&space), roster, bytes: 0 };
    let mut standing = empty.with(&first, 0);
    let mut rows = vec![first];
    let Some(Again { records, life }) = again else { return Ok(Beginning { standing, rows }) };
    // Before all others: whatever an invitation names by its place in the log, lies behind it.
    let life = decide_life(&standing, *life, received_at);
    standing = standing.with(&life, 0);
    rows.push(life);
    for bytes in records {
        let mut after = Roster::clone(&standing.roster);
        after.apply(bytes).map_err(|e| Refusal::from(&e))?;
        let (kind, hash) = (RowKind::Roster, Record::hash_of(bytes));
        let row = next(&standing, received_at, kind, Tag::ZERO, hash, bytes.clone());
        let addition = Addition { roster: Some(after), ..Addition::plain(&standing, row) };
        standing = standing.with(&addition, 0);
        rows.push(addition);
    }
    Ok(Beginning { standing, rows })
}

/// The first row of a space.
fn decide_found(record: &[u8], roster: Roster, log: LogId, received_at: Millis) -> Addition {
    let space = roster.space();
    let before = Standing {
        space,
        log,
        head: 0,
        chain: chain_start(&space),
        roster: Arc::new(roster),
        bytes: 0,
    };
    let hash = Record::hash_of(record);
    let row = next(&before, received_at, RowKind::Roster, Tag::ZERO, hash, record.to_vec());
    let addition = Addition::plain(&before, row);
    Addition { roster: Arc::into_inner(before.roster), log: Some(log), ..addition }
}

/// The row with which a log begins another life.
#[must_use]
pub fn decide_life(standing: &Standing, log: LogId, received_at: Millis) -> Addition {
    let bytes = Life { log, before: standing.log }.encode();
    let hash = RowKind::Life.hash_of(&bytes);
    let row = next(standing, received_at, RowKind::Life, Tag::ZERO, hash, bytes);
    Addition { log: Some(log), ..Addition::plain(standing, row) }
}

/// The invite by which the record lets somebody in, if it does.
fn invite_of(roster: &Roster, body: &Body) -> Option<Hash> {
    match body {
        Body::Join(join) => Some(join.invite),
        Body::LinkDevice(link) => roster.invite_by_key(&link.by).map(|(invite, _)| invite),
        _ => None,
    }
}

/// Why nobody can come in by this invite any more, if nobody can.
#[must_use]
pub fn invite_spent(roster: &Roster, invite: &Hash, now: Millis) -> Option<Refusal> {
    let Some(status) = roster.invite(invite) else { return Some(Refusal::InviteUnknown) };
    match status.state {
        InviteState::Used { .. } => Some(Refusal::InviteUsed),
        InviteState::Revoked => Some(Refusal::InviteRevoked),
        InviteState::Open if status.invite.expires <= now => Some(Refusal::InviteExpired),
        InviteState::Open => None,
    }
}

/// What a row counts for in a quota, bytes: its own, and about what the store adds to it.
#[must_use]
pub fn row_bytes(row: &Row) -> u64 {
    let body = match &row.body {
        RowBody::Whole(bytes) => bytes.len(),
        RowBody::HashOnly | RowBody::Stub { .. } => 0,
    };
    body as u64 + ROW_OVERHEAD
}

/// Bytes that a store needs for a row besides its body: two hashes, a tag, numbers, indexes.
pub(crate) const ROW_OVERHEAD: u64 = 192;

impl Standing {
    /// What the space is once the addition is written, and so many bytes were let go with it.
    #[must_use]
    pub fn with(&self, addition: &Addition, freed: u64) -> Self {
        let roster = addition.roster.clone().map_or_else(|| self.roster.clone(), Arc::new);
        Self {
            space: self.space,
            log: addition.log.unwrap_or(self.log),
            head: addition.row.seq,
            chain: addition.chain,
            roster,
            bytes: (self.bytes + row_bytes(&addition.row)).saturating_sub(freed),
        }
    }

    /// The place that a device which has read everything has seen.
    #[must_use]
    pub fn seen(&self) -> Seen {
        Seen { seq: self.head, chain: self.chain }
    }
}

impl Addition {
    fn plain(standing: &Standing, row: Row) -> Self {
        let chain = chain_next(&standing.chain, &row);
        Self { row, chain, roster: None, log: None, tail: None, cover: None, hint: None }
    }
}

fn next(
    standing: &Standing,
    received_at: Millis,
    kind: RowKind,
    tag: Tag,
    hash: Hash,
    bytes: Vec<u8>,
) -> Row {
    Row { seq: standing.head + 1, received_at, kind, tag, hash, body: RowBody::Whole(bytes) }
}

fn within(quota: &Quota, standing: &Standing, size: usize) -> Result<(), Refusal> {
    let after = standing.bytes + size as u64 + ROW_OVERHEAD;
    let fits = after <= quota.bytes && standing.head < quota.rows;
    if fits { Ok(()) } else { Err(Refusal::Quota) }
}
