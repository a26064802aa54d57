//! The tables of spaces, rosters and tokens.

use rusqlite::{OptionalExtension, params};
use wire::{Hash, LogId, Millis, Refusal, Roster, Seq, SpaceId};

use super::fault::{Fault, int, number};
use super::writer::Pass;
use super::{Sql, receipts, rows, tails};
use crate::limits::TOKENS;
use crate::log::{Addition, Beginning, Standing};
use crate::store::rosters::{self, Rosters};
use crate::store::{Taken, TokenDigest, tokens};

/// A space in the file.
pub(super) struct Kept {
    /// Its number within the file.
    pub(super) id: i64,
    pub(super) standing: Standing,
}

/// The space's number within the file.
pub(super) fn id(sql: &Sql, space: &SpaceId) -> Result<Option<i64>, Fault> {
    let mut query = sql.prepare_cached("SELECT id FROM spaces WHERE space = ?1")?;
    Ok(query.query_row([space.as_bytes()], |row| row.get(0)).optional()?)
}

/// The space as it stands.
pub(super) fn find(sql: &Sql, rosters: &Rosters, space: &SpaceId) -> Result<Option<Kept>, Fault> {
    let mut query = sql.prepare_cached(
        "SELECT id, log, head, chain, roster_head, bytes FROM spaces WHERE space = ?1",
    )?;
    let found = query.query_row([space.as_bytes()], |row| {
        let id: i64 = row.get(0)?;
        let log = LogId(row.get(1)?);
        let head = number(row.get(2)?);
        let (chain, roster_head) = (Hash(row.get(3)?), Hash(row.get(4)?));
        Ok((id, log, head, chain, roster_head, number(row.get(5)?)))
    });
    let Some((id, log, head, chain, roster_head, bytes)) = found.optional()? else {
        return Ok(None);
    };
    let roster = match rosters.find(space, &roster_head) {
        Some(roster) => roster,
        None => rosters.keep(roster(sql, id)?),
    };
    Ok(Some(Kept { id, standing: Standing { space: *space, log, head, chain, roster, bytes } }))
}

/// How many spaces there are.
pub(super) fn count(sql: &Sql) -> Result<u64, Fault> {
    Ok(number(sql.query_row("SELECT count(*) FROM spaces", [], |row| row.get(0))?))
}

/// All spaces, oldest first.
pub(super) fn all(sql: &Sql) -> Result<Vec<SpaceId>, Fault> {
    let mut query = sql.prepare_cached("SELECT space FROM spaces ORDER BY id")?;
    let spaces = query.query_map([], |row| Ok(SpaceId(row.get(0)?)))?;
    Ok(spaces.collect::<Result<_, _>>()?)
}

/// Makes a space of its first rows.
pub(super) fn begin(pass: &mut Pass<'_>, begun: &Beginning) -> Result<Seq, Fault> {
    let Standing { space, log, head, chain, roster, bytes } = &begun.standing;
    pass.execute(
        "INSERT INTO spaces (space, log, head, chain, roster_head, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            space.as_bytes(),
            log.as_bytes(),
            int(*head),
            chain.as_bytes(),
            roster.head().as_bytes(),
            int(*bytes),
        ],
    )?;
    let id = pass.last_insert_rowid();
    put_roster(pass, id, roster)?;
    for addition in &begun.rows {
        rows::insert(pass, id, &addition.row, &addition.chain)?;
    }
    pass.tell(*space, *head);
    // The space's first row, whatever followed at once.
    Ok(1)
}

impl Kept {
    /// Writes an addition and moves the space's end.
    pub(super) fn add(&self, pass: &mut Pass<'_>, addition: Addition) -> Result<Taken, Fault> {
        let freed = match &addition.cover {
            Some(cover) => rows::cover(pass, self.id, cover)?,
            None => 0,
        };
        let after = self.standing.with(&addition, freed);
        if let Some(tail) = &addition.tail {
            tails::put(pass, self.id, &addition.row.tag, tail)?;
        }
        if let Some(receipt) = &addition.receipt {
            receipts::put(pass, self.id, receipt)?;
        }
        if addition.roster.is_some() {
            put_roster(pass, self.id, &after.roster)?;
        }
        rows::insert(pass, self.id, &addition.row, &addition.chain)?;
        let mut update = pass.prepare_cached(
            "UPDATE spaces SET log = ?2, head = ?3, chain = ?4, roster_head = ?5, bytes = ?6
             WHERE id = ?1",
        )?;
        update.execute(params![
            self.id,
            after.log.as_bytes(),
            int(after.head),
            after.chain.as_bytes(),
            after.roster.head().as_bytes(),
            int(after.bytes),
        ])?;
        drop(update);
        pass.tell(after.space, after.head);
        Ok(Taken { seq: after.head, hint: addition.hint })
    }
}

/// Lets a token in.
pub(super) fn put_token(
    pass: &mut Pass<'_>,
    token: &TokenDigest,
    now: Millis,
    replace: bool,
) -> Result<(), Fault> {
    if replace {
        pass.execute("DELETE FROM tokens WHERE used = 0", [])?;
    }
    let values = params![token.0.as_bytes(), int(now)];
    pass.execute("INSERT INTO tokens (digest, made_at) VALUES (?1, ?2)", values)?;
    pass.execute(
        "DELETE FROM tokens WHERE id IN (SELECT id FROM tokens ORDER BY id DESC LIMIT -1 OFFSET ?1)",
        [int(TOKENS)],
    )?;
    Ok(())
}

/// Uses a token up.
pub(super) fn redeem_token(
    pass: &mut Pass<'_>,
    token: &TokenDigest,
) -> Result<Result<(), Refusal>, Fault> {
    let mut query = pass.prepare_cached("SELECT digest, used FROM tokens")?;
    let kept = query
        .query_map([], |row| Ok(tokens::Kept { digest: Hash(row.get(0)?), used: row.get(1)? }))?
        .collect::<Result<Vec<_>, _>>()?;
    drop(query);
    let redeemed = tokens::redeem(kept, token);
    if redeemed.is_ok() {
        pass.execute("UPDATE tokens SET used = 1 WHERE digest = ?1", [token.0.as_bytes()])?;
    }
    Ok(redeemed)
}

fn put_roster(sql: &Sql, space: i64, roster: &Roster) -> Result<(), Fault> {
    let mut put =
        sql.prepare_cached("INSERT OR REPLACE INTO rosters (space, roster) VALUES (?1, ?2)")?;
    put.execute(params![space, roster.encode()])?;
    Ok(())
}

/// The roster as stored or, where another version stored it, made again from its records.
fn roster(sql: &Sql, space: i64) -> Result<Roster, Fault> {
    let mut query = sql.prepare_cached("SELECT roster FROM rosters WHERE space = ?1")?;
    let stored: Option<Vec<u8>> = query.query_row([space], |row| row.get(0)).optional()?;
    match rosters::decode(stored.as_deref()) {
        Some(roster) => Ok(roster),
        None => rosters::replay(&rows::records(sql, space)?).map_err(Fault::Broken),
    }
}
