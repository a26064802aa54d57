//! The table of drops.

use deadpool_postgres::Transaction;
use wire::{Hash, Millis, SpaceId};

use super::Postgres;
use super::fault::{Fault, fixed, int, number};
use super::lanes::Work;
use super::pass::Pass;
use crate::clock::Clock;
use crate::limits::DROPS;
use crate::store::drops::decide_fill;
use crate::store::{Answer, DropError, Drops, Later, StoreError};

/// Opens a drop.
struct Open {
    token: Hash,
    expires: Millis,
    clock: Clock,
}

/// Leaves an answer.
struct Fill {
    token: Hash,
    sealed: Vec<u8>,
    now: Millis,
}

/// Deletes a drop.
struct Delete(Hash);

impl Drops for Postgres {
    fn open_drop(
        &self,
        space: SpaceId,
        token: Hash,
        expires: Millis,
    ) -> Later<'_, Result<(), DropError>> {
        let writing =
            self.lanes.write(Some(space), Open { token, expires, clock: self.clock.clone() });
        Box::pin(async move { writing.await? })
    }

    fn fill_drop(
        &self,
        space: SpaceId,
        token: Hash,
        sealed: Vec<u8>,
        now: Millis,
    ) -> Later<'_, Result<(), DropError>> {
        let writing = self.lanes.write(Some(space), Fill { token, sealed, now });
        Box::pin(async move { writing.await? })
    }

    fn pull_drops(
        &self,
        space: SpaceId,
        limit: usize,
    ) -> Later<'_, Result<Vec<Answer>, StoreError>> {
        Box::pin(self.inner.within(async move {
            let mut client = self.inner.client().await?;
            let view = self.inner.view(&mut client).await?;
            pull(&view, &space, limit).await
        }))
    }

    fn delete_drop(&self, space: SpaceId, token: Hash) -> Later<'_, Result<(), StoreError>> {
        Box::pin(self.lanes.write(Some(space), Delete(token)))
    }
}

impl Work for Open {
    type Answer = Result<(), DropError>;

    async fn run(&self, pass: &mut Pass<'_>) -> Result<Self::Answer, Fault> {
        let Some(space) = pass.space().map(|kept| kept.id) else {
            return Ok(Err(DropError::Unknown));
        };
        pass.execute(
            "DELETE FROM drops WHERE space = $1 AND sealed IS NULL AND expires <= $2",
            &[&space, &int((self.clock)())],
        )
        .await?;
        if state(pass, space, &self.token).await?.is_some() {
            return Ok(Ok(()));
        }
        let count =
            pass.query_one("SELECT count(*) FROM drops WHERE space = $1", &[&space]).await?;
        if number(count.try_get(0)?) >= DROPS {
            return Ok(Err(DropError::Quota));
        }
        pass.execute(
            "INSERT INTO drops (space, token, expires) VALUES ($1, $2, $3)",
            &[&space, &self.token.as_bytes().as_slice(), &int(self.expires)],
        )
        .await?;
        Ok(Ok(()))
    }
}

impl Work for Fill {
    type Answer = Result<(), DropError>;

    async fn run(&self, pass: &mut Pass<'_>) -> Result<Self::Answer, Fault> {
        let Self { token, sealed, now } = self;
        let Some(space) = pass.space().map(|kept| kept.id) else {
            return Ok(Err(DropError::Unknown));
        };
        let decided = decide_fill(state(pass, space, token).await?, sealed.len(), *now);
        if decided.is_ok() {
            pass.execute(
                "UPDATE drops SET received_at = $3, sealed = $4 WHERE space = $1 AND token = $2",
                &[&space, &token.as_bytes().as_slice(), &int(*now), sealed],
            )
            .await?;
        }
        Ok(decided)
    }
}

impl Work for Delete {
    type Answer = ();

    async fn run(&self, pass: &mut Pass<'_>) -> Result<(), Fault> {
        let Some(space) = pass.space().map(|kept| kept.id) else { return Ok(()) };
        let token = self.0.as_bytes().as_slice();
        pass.execute("DELETE FROM drops WHERE space = $1 AND token = $2", &[&space, &token])
            .await?;
        Ok(())
    }
}

/// When the drop expires, and whether it is filled.
async fn state(
    sql: &Transaction<'_>,
    space: i64,
    token: &Hash,
) -> Result<Option<(Millis, bool)>, Fault> {
    let row = sql
        .query_opt(
            "SELECT expires, sealed IS NOT NULL FROM drops WHERE space = $1 AND token = $2",
            &[&space, &token.as_bytes().as_slice()],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some((number(row.try_get(0)?), row.try_get(1)?)))
}

async fn pull(sql: &Transaction<'_>, space: &SpaceId, limit: usize) -> Result<Vec<Answer>, Fault> {
    let rows = sql
        .query(
            "SELECT token, received_at, sealed FROM drops JOIN spaces ON spaces.id = drops.space
             WHERE spaces.space = $1 AND sealed IS NOT NULL ORDER BY received_at, token LIMIT $2",
            &[&space.as_bytes().as_slice(), &int(limit as u64)],
        )
        .await?;
    let answers = rows.iter().map(|row| {
        Ok(Answer {
            token: Hash(fixed(row.try_get(0)?)?),
            received_at: number(row.try_get(1)?),
            sealed: row.try_get(2)?,
        })
    });
    answers.collect()
}
