//! A store in one SQLite file.
//!
//! One thread writes, and appends that wait together share a commit ([`writer`]); a few threads
//! read, each on its own connection, undisturbed by the writer ([`readers`]). The journal is a
//! write-ahead log with `synchronous = FULL`: a commit that returned is on the disk.

mod copy;
mod export;
mod fault;
mod objects;
mod readers;
mod receipts;
mod rows;
mod schema;
mod sessions;
mod spaces;
mod stats;
mod tails;
mod writer;

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use tokio::sync::watch;
use wire::{DeviceKey, LogId, Millis, Refusal, Seq, SpaceId};

use super::rosters::Rosters;
use super::watches::Watches;
use super::{
    AppendError, Arrival, Entry, Founding, Later, Log, Pulled, StoreError, Taken, TokenDigest,
    Tokens,
};
use crate::clock::Clock;
use crate::log::{self, Again, Known, Quota, Verdict};
use fault::Fault;
use readers::Readers;
use spaces::Kept;
use writer::{Pass, Writer};

pub use copy::{companions, copy, seal};
pub(super) use export::export;
pub use schema::OpenError;

/// A store in one SQLite file.
pub struct Sqlite {
    // Closed in this order: the last connection is then one that can fold the log into the file.
    readers: Readers,
    writer: Writer,
    rosters: Arc<Rosters>,
    watches: Arc<Watches>,
    clock: Clock,
    quota: Quota,
}

impl Sqlite {
    /// Opens the file, and makes it if there is none. The time comes from `clock`.
    ///
    /// # Errors
    /// [`OpenError`] if it cannot be opened or belongs to something else.
    pub fn open(file: &Path, clock: Clock) -> Result<Self, OpenError> {
        Self::open_with(file, clock, Quota::default())
    }

    /// Opens the file with another quota for each space.
    ///
    /// # Errors
    /// [`OpenError`] as for [`Sqlite::open`].
    pub fn open_with(file: &Path, clock: Clock, quota: Quota) -> Result<Self, OpenError> {
        let watches = Arc::new(Watches::default());
        let first = schema::open_to_write(file)?;
        Ok(Self {
            writer: Writer::start(first, watches.clone())?,
            readers: Readers::start(file)?,
            rosters: Arc::default(),
            watches,
            clock,
            quota,
        })
    }

    /// Makes all set-up tokens that were not used worth nothing.
    ///
    /// # Errors
    /// [`StoreError`] if that cannot be written.
    pub async fn void_tokens(&self) -> Result<(), StoreError> {
        self.writer
            .write(|pass| Ok(pass.execute("DELETE FROM tokens WHERE used = 0", [])?))
            .await?;
        Ok(())
    }

    /// Allows the file no more than so many pages of 4096 bytes: what a full disk looks like.
    ///
    /// # Errors
    /// [`StoreError`] if the limit could not be set.
    pub async fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        let set = move |pass: &mut Pass<'_>| {
            pass.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
            Ok(())
        };
        self.writer.write(set).await
    }
}

impl Log for Sqlite {
    fn begin(
        &self,
        founding: Founding,
        again: Option<Again>,
    ) -> Later<'_, Result<Seq, AppendError>> {
        let clock = self.clock.clone();
        let writing = self.writer.write(move |pass| begin(pass, founding, again.as_ref(), &clock));
        Box::pin(async move { flatten(writing.await) })
    }

    fn take(&self, space: SpaceId, entry: Entry) -> Later<'_, Result<Taken, AppendError>> {
        let (clock, quota, rosters) = (self.clock.clone(), self.quota, self.rosters.clone());
        let writing =
            self.writer.write(move |pass| append(pass, &space, entry, &clock, &quota, &rosters));
        Box::pin(async move { flatten(writing.await) })
    }

    fn new_life(&self, space: SpaceId, log: LogId) -> Later<'_, Result<Option<Seq>, StoreError>> {
        let (clock, rosters) = (self.clock.clone(), self.rosters.clone());
        Box::pin(self.writer.write(move |pass| {
            let Some(kept) = spaces::find(pass, &rosters, &space)? else { return Ok(None) };
            Ok(Some(kept.add(pass, log::decide_life(&kept.standing, log, clock()))?.seq))
        }))
    }

    fn arrive(
        &self,
        space: SpaceId,
        device: DeviceKey,
        cursor: Seq,
    ) -> Later<'_, Result<Option<Arrival>, StoreError>> {
        let rosters = self.rosters.clone();
        Box::pin(self.readers.read(move |view| {
            let Some(Kept { id, standing }) = spaces::find(view, &rosters, &space)? else {
                return Ok(None);
            };
            Ok(Some(Arrival {
                chain_at_cursor: rows::chain_at(view, id, &space, cursor)?,
                last: sessions::last(view, id, &device)?,
                standing,
            }))
        }))
    }

    fn pull(
        &self,
        space: SpaceId,
        after: Seq,
        max_bytes: u32,
    ) -> Later<'_, Result<Option<Pulled>, StoreError>> {
        let rosters = self.rosters.clone();
        Box::pin(self.readers.read(move |view| {
            let Some(Kept { id, standing }) = spaces::find(view, &rosters, &space)? else {
                return Ok(None);
            };
            let (rows, last) = rows::after(view, id, after, max_bytes)?;
            let chain = match last {
                Some(chain) => Some(chain),
                None => rows::chain_at(view, id, &space, after)?,
            };
            Ok(Some(Pulled { standing, rows, chain }))
        }))
    }

    fn spaces(&self) -> Later<'_, Result<Vec<SpaceId>, StoreError>> {
        Box::pin(self.readers.read(spaces::all))
    }

    fn watch(&self, space: SpaceId) -> watch::Receiver<Seq> {
        self.watches.watch(space)
    }

    fn ready(&self) -> Later<'_, Result<(), StoreError>> {
        let reading = self.readers.read(|view| Ok(view.query_row("SELECT 1", [], |_| Ok(()))?));
        let writing = self.writer.write(|_| Ok(()));
        Box::pin(async move { reading.await.and(writing.await) })
    }

    fn check(&self) -> Later<'_, Result<Vec<String>, StoreError>> {
        Box::pin(self.readers.read(|view| {
            let mut query = view.prepare("PRAGMA quick_check")?;
            let lines = query.query_map([], |row| row.get::<_, String>(0))?;
            Ok(lines.filter(|line| line.as_deref() != Ok("ok")).collect::<Result<_, _>>()?)
        }))
    }
}

impl Tokens for Sqlite {
    fn put_token(
        &self,
        token: TokenDigest,
        now: Millis,
        replace: bool,
    ) -> Later<'_, Result<(), StoreError>> {
        Box::pin(self.writer.write(move |pass| spaces::put_token(pass, &token, now, replace)))
    }
}

fn flatten<T>(answer: Result<Result<T, Refusal>, StoreError>) -> Result<T, AppendError> {
    answer?.map_err(AppendError::Refused)
}

fn begin(
    pass: &mut Pass<'_>,
    founding: Founding,
    again: Option<&Again>,
    clock: &Clock,
) -> Result<Result<Seq, Refusal>, Fault> {
    let space = founding.roster.space();
    if spaces::id(pass, &space)?.is_some() {
        return Ok(Ok(1));
    }
    if spaces::count(pass)? >= crate::limits::SPACES {
        return Ok(Err(Refusal::Quota));
    }
    let Founding { token, record, roster, log } = founding;
    let begun = match log::decide_begin(&record, roster, log, again, clock()) {
        Ok(begun) => begun,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Some(token) = &token
        && let Err(refusal) = spaces::redeem_token(pass, token)?
    {
        return Ok(Err(refusal));
    }
    spaces::begin(pass, &begun).map(Ok)
}

fn append(
    pass: &mut Pass<'_>,
    space: &SpaceId,
    entry: Entry,
    clock: &Clock,
    quota: &Quota,
    rosters: &Rosters,
) -> Result<Result<Taken, Refusal>, Fault> {
    let Some(kept) = spaces::find(pass, rosters, space)? else {
        return Ok(Err(Refusal::SpaceUnknown));
    };
    let verdict = match &entry {
        Entry::Envelope(envelope) => {
            let header = &envelope.header;
            let vouched = header.names().map(|row| rows::vouched(pass, kept.id, &row));
            let other = header.other_tag().map(|tag| tails::find(pass, kept.id, &tag));
            let known = Known {
                row: rows::place(pass, kept.id, &envelope.hash())?,
                counter: sessions::counter(pass, kept.id, header)?,
                seen: rows::chain_at(pass, kept.id, space, header.seen.seq)?,
                tail: tails::find(pass, kept.id, &header.tag)?,
                other: other.transpose()?.unwrap_or_default(),
                vouched: vouched.transpose()?.flatten(),
                receipt: receipts::is_given(pass, kept.id, header)?,
            };
            log::decide_append(&kept.standing, &known, quota, envelope, clock())
        }
        Entry::Record { author, bytes } => {
            let row = rows::place(pass, kept.id, &wire::Record::hash_of(bytes))?;
            let known = Known { row, ..Known::default() };
            log::decide_record(&kept.standing, &known, quota, author, bytes, clock())
        }
    };
    match verdict {
        Err(refusal) => Ok(Err(refusal)),
        Ok(Verdict::Held(seq)) => Ok(Ok(Taken { seq, hint: None })),
        Ok(Verdict::Add(addition)) => {
            if let Entry::Envelope(envelope) = &entry {
                sessions::count(pass, kept.id, &envelope.header, addition.row.seq)?;
            }
            kept.add(pass, *addition).map(Ok)
        }
    }
}

/// Whatever can be asked by SQL: a reader's view, or the writer's pass.
type Sql = Connection;
