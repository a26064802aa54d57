//! A store in PostgreSQL, for any number of relays on one database.
//!
//! A write takes the row of its space first (`SELECT … FOR UPDATE`) and asks everything after that,
//! so relays come one after the other in each space, and numbers are given out in the order of the
//! commits. What waits in this relay for one space shares a commit ([`lanes`]). A read sees one
//! snapshot. Relays tell each other what is new by NOTIFY ([`news`]).
//!
//! While the database is away every piece of work fails after a bounded time and leaves nothing; when
//! it is back the next one finds it, with nobody's help.

mod access;
mod append;
mod drops;
mod fault;
mod import;
mod lanes;
mod news;
mod objects;
mod pass;
mod rows;
mod schema;
mod sessions;
mod spaces;
mod stats;

use std::sync::Arc;

use deadpool_postgres::{Client, Pool, Transaction};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_postgres::IsolationLevel;
use wire::{DeviceKey, LogId, Millis, Refusal, Seq, SpaceId};

use super::rosters::Rosters;
use super::watches::Watches;
use super::{
    AppendError, Arrival, Entry, Founding, Later, Log, Pulled, StoreError, Taken, TokenDigest,
    Tokens,
};
use crate::clock::Clock;
use crate::limits::DATABASE_WORK_WITHIN;
use crate::log::{Again, Quota};
use append::{Append, NewLife};
use fault::Fault;
use lanes::{Job, Lane, Lanes, Writer};
use news::News;
use pass::Pass;
use spaces::{Found, PutToken};

pub use access::{Access, DatabaseError, DatabaseUrl};
pub use import::{MoveError, copy_from_sqlite};

/// A store in a PostgreSQL database.
pub struct Postgres {
    inner: Arc<Inner>,
    lanes: Lanes,
    clock: Clock,
    quota: Quota,
}

struct Inner {
    pool: Pool,
    rosters: Rosters,
    watches: Arc<Watches>,
    news: News,
}

impl Postgres {
    /// Opens the database, and makes the tables if there are none. The time comes from `clock`.
    ///
    /// # Errors
    /// [`DatabaseError`] if it cannot be used, or would not keep what it acknowledges.
    pub async fn open(access: &Access, clock: Clock) -> Result<Self, DatabaseError> {
        Self::open_with(access, clock, Quota::default()).await
    }

    /// Opens the database with another quota for each space.
    ///
    /// # Errors
    /// [`DatabaseError`] as for [`Postgres::open`].
    pub async fn open_with(
        access: &Access,
        clock: Clock,
        quota: Quota,
    ) -> Result<Self, DatabaseError> {
        let connector = access.connector()?;
        let mut first = connector.connect_driven().await?;
        access::prepare(&first).await?;
        schema::update(&mut first).await?;
        Self::on(&connector, access, clock, quota)
    }

    /// Opens a database that must hold a relay's data.
    ///
    /// # Errors
    /// [`DatabaseError`] as for [`Postgres::open`], and [`DatabaseError::Absent`].
    pub async fn open_existing(access: &Access, clock: Clock) -> Result<Self, DatabaseError> {
        let connector = access.connector()?;
        let mut first = connector.connect_driven().await?;
        access::prepare(&first).await?;
        schema::expect(&mut first).await?;
        schema::update(&mut first).await?;
        Self::on(&connector, access, clock, Quota::default())
    }

    fn on(
        connector: &access::Connector,
        access: &Access,
        clock: Clock,
        quota: Quota,
    ) -> Result<Self, DatabaseError> {
        let watches = Arc::new(Watches::default());
        let news = News::start(connector.clone(), watches.clone(), access.recheck);
        let inner =
            Arc::new(Inner { pool: connector.pool()?, rosters: Rosters::default(), watches, news });
        Ok(Self { lanes: Lanes::new(inner.clone()), inner, clock, quota })
    }
}

impl Inner {
    async fn client(&self) -> Result<Client, Fault> {
        Ok(self.pool.get().await?)
    }

    /// One snapshot of the database, in which nothing can be written.
    async fn view<'c>(&self, client: &'c mut Client) -> Result<Transaction<'c>, Fault> {
        let view = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead);
        Ok(view.read_only(true).start().await?)
    }

    /// The answer, or an error if it takes too long.
    async fn within<T>(
        &self,
        work: impl Future<Output = Result<T, Fault>> + Send,
    ) -> Result<T, StoreError> {
        let done = timeout(DATABASE_WORK_WITHIN, work).await;
        Ok(done.unwrap_or_else(|elapsed| Err(Fault::from(elapsed)))?)
    }

    async fn write_all(&self, lane: Lane, jobs: &mut [Box<dyn Job>]) -> Result<(), Fault> {
        let mut client = self.client().await?;
        let begin = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted);
        let transaction = begin.read_only(false).start().await?;
        let mut pass = Pass::lock(&transaction, &self.rosters, lane).await?;
        for job in jobs {
            job.run(&mut pass).await?;
        }
        let news = pass.settle().await?;
        transaction.commit().await?;
        if let Some((space, head)) = news {
            self.watches.announce(&space, head);
            self.news.tell(space, head);
        }
        Ok(())
    }
}

impl Writer for Inner {
    fn write<'a>(
        &'a self,
        lane: Lane,
        jobs: &'a mut [Box<dyn Job>],
    ) -> Later<'a, Result<(), Fault>> {
        Box::pin(async move { timeout(DATABASE_WORK_WITHIN, self.write_all(lane, jobs)).await? })
    }
}

impl Log for Postgres {
    fn begin(
        &self,
        founding: Founding,
        again: Option<Again>,
    ) -> Later<'_, Result<Seq, AppendError>> {
        let writing = self.lanes.write(None, Found { founding, again, clock: self.clock.clone() });
        Box::pin(async move { flatten(writing.await) })
    }

    fn take(&self, space: SpaceId, entry: Entry) -> Later<'_, Result<Taken, AppendError>> {
        let work = Append { entry, quota: self.quota, clock: self.clock.clone() };
        let writing = self.lanes.write(Some(space), work);
        Box::pin(async move { flatten(writing.await) })
    }

    fn new_life(&self, space: SpaceId, log: LogId) -> Later<'_, Result<Option<Seq>, StoreError>> {
        Box::pin(self.lanes.write(Some(space), NewLife { log, clock: self.clock.clone() }))
    }

    fn arrive(
        &self,
        space: SpaceId,
        device: DeviceKey,
        cursor: Seq,
    ) -> Later<'_, Result<Option<Arrival>, StoreError>> {
        Box::pin(self.inner.within(async move {
            let mut client = self.inner.client().await?;
            let view = self.inner.view(&mut client).await?;
            let Some(kept) = spaces::find(&view, &self.inner.rosters, &space).await? else {
                return Ok(None);
            };
            Ok(Some(Arrival {
                chain_at_cursor: rows::chain_at(&view, kept.id, &space, cursor).await?,
                last: sessions::last(&view, kept.id, &device).await?,
                standing: kept.standing,
            }))
        }))
    }

    fn pull(
        &self,
        space: SpaceId,
        after: Seq,
        max_bytes: u32,
    ) -> Later<'_, Result<Option<Pulled>, StoreError>> {
        Box::pin(self.inner.within(async move {
            let mut client = self.inner.client().await?;
            let view = self.inner.view(&mut client).await?;
            let Some(kept) = spaces::find(&view, &self.inner.rosters, &space).await? else {
                return Ok(None);
            };
            let (rows, last) = rows::after(&view, &kept, after, max_bytes).await?;
            let chain = match last {
                Some(chain) => Some(chain),
                None => rows::chain_at(&view, kept.id, &space, after).await?,
            };
            Ok(Some(Pulled { standing: kept.standing, rows, chain }))
        }))
    }

    fn spaces(&self) -> Later<'_, Result<Vec<SpaceId>, StoreError>> {
        Box::pin(self.inner.within(async move {
            let mut client = self.inner.client().await?;
            spaces::all(&self.inner.view(&mut client).await?).await
        }))
    }

    fn watch(&self, space: SpaceId) -> watch::Receiver<Seq> {
        self.inner.watches.watch(space)
    }

    fn ready(&self) -> Later<'_, Result<(), StoreError>> {
        Box::pin(self.inner.within(async move {
            let client = self.inner.client().await?;
            // A primary that became a standby still answers, and takes nothing.
            let sql = "SELECT version, current_setting('transaction_read_only') = 'on' FROM relay";
            if client.query_one(sql, &[]).await?.try_get(1)? {
                return Err(Fault::Broken("the database takes no writes"));
            }
            Ok(())
        }))
    }

    fn check(&self) -> Later<'_, Result<Vec<String>, StoreError>> {
        Box::pin(async move {
            let mut client = self.inner.client().await?;
            Ok(schema::check(&self.inner.view(&mut client).await?).await?)
        })
    }
}

impl Tokens for Postgres {
    fn put_token(
        &self,
        token: TokenDigest,
        now: Millis,
        replace: bool,
    ) -> Later<'_, Result<(), StoreError>> {
        Box::pin(self.lanes.write(None, PutToken { token, now, replace }))
    }
}

fn flatten<T>(answer: Result<Result<T, Refusal>, StoreError>) -> Result<T, AppendError> {
    answer?.map_err(AppendError::Refused)
}
