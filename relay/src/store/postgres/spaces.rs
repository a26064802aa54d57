//! The tables of spaces, rosters and tokens.

use deadpool_postgres::Transaction;
use tokio_postgres::Row;
use wire::{Hash, LogId, Millis, Refusal, Roster, Seq, SpaceId};

use super::fault::{Fault, fixed, int, number};
use super::lanes::Work;
use super::pass::Pass;
use super::rows;
use crate::clock::Clock;
use crate::limits::{SPACES, TOKENS};
use crate::log::{self, Again, Standing};
use crate::store::rosters::{self, Rosters};
use crate::store::{Founding, TokenDigest, tokens};

/// A space in the database.
pub(super) struct Kept {
    /// Its number within the database.
    pub(super) id: i64,
    pub(super) standing: Standing,
}

/// Makes a space. In the relay's own lane.
pub(super) struct Found {
    pub(super) founding: Founding,
    pub(super) again: Option<Again>,
    pub(super) clock: Clock,
}

/// Lets a token in. In the relay's own lane.
pub(super) struct PutToken {
    pub(super) token: TokenDigest,
    pub(super) now: Millis,
    pub(super) replace: bool,
}

/// The space as it stands, within a snapshot.
pub(super) async fn find(
    sql: &Transaction<'_>,
    rosters: &Rosters,
    space: &SpaceId,
) -> Result<Option<Kept>, Fault> {
    let query = sql
        .prepare_cached(
            "SELECT id, log, head, chain, roster_head, bytes FROM spaces WHERE space = $1",
        )
        .await?;
    kept(sql, rosters, space, sql.query_opt(&query, &[&space.as_bytes().as_slice()]).await?).await
}

/// The same with its lock. What is asked after this was committed before.
pub(super) async fn lock(
    sql: &Transaction<'_>,
    rosters: &Rosters,
    space: &SpaceId,
) -> Result<Option<Kept>, Fault> {
    let query = sql
        .prepare_cached(
            "SELECT id, log, head, chain, roster_head, bytes FROM spaces WHERE space = $1 FOR UPDATE",
        )
        .await?;
    kept(sql, rosters, space, sql.query_opt(&query, &[&space.as_bytes().as_slice()]).await?).await
}

/// The space's number within the database.
pub(super) async fn id(sql: &Transaction<'_>, space: &SpaceId) -> Result<Option<i64>, Fault> {
    let query = sql.prepare_cached("SELECT id FROM spaces WHERE space = $1").await?;
    let row = sql.query_opt(&query, &[&space.as_bytes().as_slice()]).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

/// All spaces, oldest first.
pub(super) async fn all(sql: &Transaction<'_>) -> Result<Vec<SpaceId>, Fault> {
    let rows = sql.query("SELECT space FROM spaces ORDER BY id", &[]).await?;
    rows.iter().map(|row| Ok(SpaceId(fixed(row.try_get(0)?)?))).collect()
}

pub(super) async fn put_roster(
    sql: &Transaction<'_>,
    space: i64,
    roster: &Roster,
) -> Result<(), Fault> {
    let put = sql
        .prepare_cached(
            "INSERT INTO rosters (space, roster) VALUES ($1, $2)
             ON CONFLICT (space) DO UPDATE SET roster = excluded.roster",
        )
        .await?;
    sql.execute(&put, &[&space, &roster.encode()]).await?;
    Ok(())
}

impl Work for Found {
    type Answer = Result<Seq, Refusal>;

    async fn run(&self, pass: &mut Pass<'_>) -> Result<Self::Answer, Fault> {
        let Founding { token, record, roster, log } = &self.founding;
        let space = roster.space();
        if id(pass, &space).await?.is_some() {
            return Ok(Ok(1));
        }
        let count = pass.query_one("SELECT count(*), max(id) FROM spaces", &[]).await?;
        if number(count.try_get(0)?) >= SPACES {
            return Ok(Err(Refusal::Quota));
        }
        let (at, again) = ((self.clock)(), self.again.as_ref());
        let begun = match log::decide_begin(record, roster.clone(), *log, again, at) {
            Ok(begun) => begun,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(token) = token
            && let Err(refusal) = redeem_token(pass, token).await?
        {
            return Ok(Err(refusal));
        }
        let Standing { log, head, chain, roster, bytes, .. } = &begun.standing;
        let id = count.try_get::<_, Option<i64>>(1)?.unwrap_or(0) + 1;
        pass.execute(
            "INSERT INTO spaces (id, space, log, head, chain, roster_head, bytes)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                &id,
                &space.as_bytes().as_slice(),
                &log.as_bytes().as_slice(),
                &int(*head),
                &chain.as_bytes().as_slice(),
                &roster.head().as_bytes().as_slice(),
                &int(*bytes),
            ],
        )
        .await?;
        put_roster(pass, id, roster).await?;
        for addition in &begun.rows {
            rows::insert(pass, id, &addition.row, &addition.chain).await?;
        }
        pass.tell(space, *head);
        // The space's first row, whatever followed at once.
        Ok(Ok(1))
    }
}

impl Work for PutToken {
    type Answer = ();

    async fn run(&self, pass: &mut Pass<'_>) -> Result<(), Fault> {
        if self.replace {
            pass.execute("DELETE FROM tokens WHERE NOT used", &[]).await?;
        }
        pass.execute(
            "INSERT INTO tokens (id, digest, made_at)
             SELECT coalesce(max(id), 0) + 1, $1, $2 FROM tokens",
            &[&self.token.0.as_bytes().as_slice(), &int(self.now)],
        )
        .await?;
        pass.execute(
            "DELETE FROM tokens WHERE id IN (SELECT id FROM tokens ORDER BY id DESC OFFSET $1)",
            &[&int(TOKENS)],
        )
        .await?;
        Ok(())
    }
}

async fn redeem_token(pass: &Pass<'_>, token: &TokenDigest) -> Result<Result<(), Refusal>, Fault> {
    let rows = pass.query("SELECT digest, used FROM tokens", &[]).await?;
    let kept = rows.iter().map(|row| {
        Ok(tokens::Kept { digest: Hash(fixed(row.try_get(0)?)?), used: row.try_get(1)? })
    });
    let redeemed = tokens::redeem(kept.collect::<Result<Vec<_>, Fault>>()?, token);
    if redeemed.is_ok() {
        let digest = token.0.as_bytes().as_slice();
        pass.execute("UPDATE tokens SET used = true WHERE digest = $1", &[&digest]).await?;
    }
    Ok(redeemed)
}

async fn kept(
    sql: &Transaction<'_>,
    rosters: &Rosters,
    space: &SpaceId,
    row: Option<Row>,
) -> Result<Option<Kept>, Fault> {
    let Some(row) = row else { return Ok(None) };
    let id = row.try_get(0)?;
    let roster_head = Hash(fixed(row.try_get(4)?)?);
    let roster = match rosters.find(space, &roster_head) {
        Some(roster) => roster,
        None => rosters.keep(roster(sql, id).await?),
    };
    let standing = Standing {
        space: *space,
        log: LogId(fixed(row.try_get(1)?)?),
        head: number(row.try_get(2)?),
        chain: Hash(fixed(row.try_get(3)?)?),
        roster,
        bytes: number(row.try_get(5)?),
    };
    Ok(Some(Kept { id, standing }))
}

/// The roster as stored or, where another version stored it, made again from its records.
async fn roster(sql: &Transaction<'_>, space: i64) -> Result<Roster, Fault> {
    let stored = sql.query_opt("SELECT roster FROM rosters WHERE space = $1", &[&space]).await?;
    let stored: Option<&[u8]> = stored.as_ref().map(|row| row.try_get(0)).transpose()?;
    match rosters::decode(stored) {
        Some(roster) => Ok(roster),
        None => rosters::replay(&rows::records(sql, space).await?).map_err(Fault::Broken),
    }
}
