//! A transaction that writes, from the lock of its space to its end.

use std::ops::Deref;

use deadpool_postgres::Transaction;
use futures_util::future::try_join5;
use wire::{Header, Seq, SpaceId};

use super::fault::{Fault, int};
use super::lanes::Lane;
use super::spaces::{self, Kept};
use super::{rows, sessions};
use crate::log::Addition;
use crate::store::Taken;
use crate::store::rosters::Rosters;

/// A transaction in the making, as work sees it. It holds the lock of its lane: no other relay
/// writes there before its end, and whatever is asked now was committed before it began.
pub(super) struct Pass<'t> {
    sql: &'t Transaction<'t>,
    space: Option<Kept>,
    moved: bool,
    news: Option<(SpaceId, Seq)>,
}

impl<'t> Pass<'t> {
    /// Takes the lock, before anything else is asked.
    pub(super) async fn lock(
        sql: &'t Transaction<'t>,
        rosters: &Rosters,
        lane: Lane,
    ) -> Result<Self, Fault> {
        let space = match lane {
            Some(space) => spaces::lock(sql, rosters, &space).await?,
            None => {
                let relay = sql.prepare_cached("SELECT version FROM relay FOR UPDATE").await?;
                sql.query_one(&relay, &[]).await?;
                None
            }
        };
        Ok(Self { sql, space, moved: false, news: None })
    }

    /// The space of this lane, as this transaction leaves it so far; `None` if there is none.
    pub(super) fn space(&self) -> Option<&Kept> {
        self.space.as_ref()
    }

    /// Writes an addition, counts the envelope that it comes from, and moves the space's end.
    pub(super) async fn add(
        &mut self,
        addition: Addition,
        header: Option<&Header>,
    ) -> Result<Taken, Fault> {
        let kept = self.space.as_mut().ok_or(Fault::Broken("an addition to no space"))?;
        let (sql, id, seq) = (self.sql, kept.id, addition.row.seq);
        // All at once: each would wait for the database alone.
        let (.., freed) = try_join5(
            rows::insert(sql, id, &addition.row, &addition.chain),
            async {
                match header {
                    Some(header) => sessions::count(sql, id, header, seq).await,
                    None => Ok(()),
                }
            },
            async {
                match &addition.tail {
                    Some(tail) => rows::put_tail(sql, id, &addition.row.tag, tail).await,
                    None => Ok(()),
                }
            },
            async {
                match &addition.receipt {
                    Some(receipt) => rows::put_receipt(sql, id, receipt).await,
                    None => Ok(()),
                }
            },
            async {
                match &addition.cover {
                    Some(cover) => rows::cover(sql, id, cover).await,
                    None => Ok(0),
                }
            },
        )
        .await?;
        let after = kept.standing.with(&addition, freed);
        if addition.roster.is_some() {
            spaces::put_roster(sql, id, &after.roster).await?;
        }
        let space = after.space;
        kept.standing = after;
        self.moved = true;
        self.tell(space, seq);
        Ok(Taken { seq, hint: addition.hint })
    }

    /// To be told to those who watch the space, once this transaction is durable.
    pub(super) fn tell(&mut self, space: SpaceId, head: Seq) {
        self.news = Some((space, head));
    }

    /// Writes down where the space ends now. The last thing before the commit; gives the news.
    pub(super) async fn settle(self) -> Result<Option<(SpaceId, Seq)>, Fault> {
        if let (Some(Kept { id, standing }), true) = (&self.space, self.moved) {
            let update = self
                .sql
                .prepare_cached(
                    "UPDATE spaces SET log = $2, head = $3, chain = $4, roster_head = $5, bytes = $6
                     WHERE id = $1",
                )
                .await?;
            self.sql
                .execute(
                    &update,
                    &[
                        id,
                        &standing.log.as_bytes().as_slice(),
                        &int(standing.head),
                        &standing.chain.as_bytes().as_slice(),
                        &standing.roster.head().as_bytes().as_slice(),
                        &int(standing.bytes),
                    ],
                )
                .await?;
        }
        Ok(self.news)
    }
}

impl<'t> Deref for Pass<'t> {
    type Target = Transaction<'t>;

    fn deref(&self) -> &Transaction<'t> {
        self.sql
    }
}
