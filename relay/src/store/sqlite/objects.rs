//! The tables of objects and drops.

use rusqlite::{OptionalExtension, params};
use wire::limits::MAX_OBJECT_PIECE;
use wire::{Hash, Millis, SpaceId};

use super::fault::{Fault, int, number};
use super::writer::Pass;
use super::{Sql, Sqlite, spaces};
use crate::limits::DROPS;
use crate::store::drops::decide_fill;
use crate::store::objects::{Hasher, Piece, decide_piece, forgotten_before};
use crate::store::{Answer, DropError, Drops, Later, ObjectError, Objects, StoreError};

/// An object's entry, without its pieces.
#[derive(Clone, Copy)]
struct Object {
    id: i64,
    size: u64,
    held: u64,
}

impl Objects for Sqlite {
    fn put_piece(
        &self,
        space: SpaceId,
        address: Hash,
        size: u64,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Later<'_, Result<u64, ObjectError>> {
        let (clock, quota) = (self.clock.clone(), self.quota.objects);
        let writing = self.writer.write(move |pass| {
            let given = Given { address, size, offset, bytes: &bytes };
            put(pass, &space, &given, quota, clock())
        });
        Box::pin(async move { writing.await? })
    }

    fn read_object(
        &self,
        space: SpaceId,
        address: Hash,
        offset: u64,
        length: usize,
    ) -> Later<'_, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(self.readers.read(move |view| read(view, &space, &address, offset, length)))
    }

    fn drop_object(&self, space: SpaceId, address: Hash) -> Later<'_, Result<(), StoreError>> {
        Box::pin(self.writer.write(move |pass| {
            let Some(space) = spaces::id(pass, &space)? else { return Ok(()) };
            let Some(object) = find(pass, space, &address)? else { return Ok(()) };
            forget(pass, space, &object)
        }))
    }
}

impl Drops for Sqlite {
    fn open_drop(
        &self,
        space: SpaceId,
        token: Hash,
        expires: Millis,
    ) -> Later<'_, Result<(), DropError>> {
        let clock = self.clock.clone();
        let writing = self.writer.write(move |pass| open(pass, &space, &token, expires, clock()));
        Box::pin(async move { writing.await? })
    }

    fn fill_drop(
        &self,
        space: SpaceId,
        token: Hash,
        sealed: Vec<u8>,
        now: Millis,
    ) -> Later<'_, Result<(), DropError>> {
        let writing = self.writer.write(move |pass| fill(pass, &space, &token, &sealed, now));
        Box::pin(async move { writing.await? })
    }

    fn pull_drops(
        &self,
        space: SpaceId,
        limit: usize,
    ) -> Later<'_, Result<Vec<Answer>, StoreError>> {
        Box::pin(self.readers.read(move |view| {
            let mut query = view.prepare_cached(
                "SELECT token, received_at, sealed FROM drops JOIN spaces ON spaces.id = drops.space
                 WHERE spaces.space = ?1 AND sealed IS NOT NULL ORDER BY received_at, token LIMIT ?2",
            )?;
            let answers = query.query_map(params![space.as_bytes(), int(limit as u64)], |row| {
                Ok(Answer {
                    token: Hash(row.get(0)?),
                    received_at: number(row.get(1)?),
                    sealed: row.get(2)?,
                })
            })?;
            Ok(answers.collect::<Result<_, _>>()?)
        }))
    }

    fn delete_drop(&self, space: SpaceId, token: Hash) -> Later<'_, Result<(), StoreError>> {
        Box::pin(self.writer.write(move |pass| {
            let Some(space) = spaces::id(pass, &space)? else { return Ok(()) };
            let key = params![space, token.as_bytes()];
            pass.execute("DELETE FROM drops WHERE space = ?1 AND token = ?2", key)?;
            Ok(())
        }))
    }
}

/// A piece as it came.
struct Given<'a> {
    address: Hash,
    size: u64,
    offset: u64,
    bytes: &'a [u8],
}

fn put(
    pass: &mut Pass<'_>,
    space: &SpaceId,
    given: &Given<'_>,
    quota: u64,
    now: Millis,
) -> Result<Result<u64, ObjectError>, Fault> {
    let Given { address, size, offset, bytes } = *given;
    let Some(space) = spaces::id(pass, space)? else { return Ok(Err(ObjectError::SpaceUnknown)) };
    let object = find(pass, space, &address)?;
    if object.is_none() {
        forget_broken_off(pass, space, forgotten_before(now))?;
    }
    let stored: i64 =
        pass.query_row("SELECT object_bytes FROM spaces WHERE id = ?1", [space], |row| row.get(0))?;
    let (announced, held) = (object.map(|o| o.size), object.map_or(0, |o| o.held));
    match decide_piece(announced, held, (number(stored), quota), size, offset, bytes.len()) {
        Err(error) => return Ok(Err(error)),
        Ok(Piece::Held) if announced.is_some() || size > 0 => return Ok(Ok(held)),
        Ok(Piece::Held | Piece::Store) => {}
    }
    let object = match object {
        Some(object) => object,
        None => begin(pass, space, &address, size)?,
    };
    let object = extend(pass, space, object, bytes, now)?;
    if object.held == object.size && address_of(pass, &object)? != address {
        forget(pass, space, &object)?;
        return Ok(Err(ObjectError::WrongAddress));
    }
    Ok(Ok(object.held))
}

fn find(sql: &Sql, space: i64, address: &Hash) -> Result<Option<Object>, Fault> {
    let mut query =
        sql.prepare_cached("SELECT id, size, held FROM objects WHERE space = ?1 AND address = ?2")?;
    let found = query.query_row(params![space, address.as_bytes()], |row| {
        Ok(Object { id: row.get(0)?, size: number(row.get(1)?), held: number(row.get(2)?) })
    });
    Ok(found.optional()?)
}

fn begin(sql: &Sql, space: i64, address: &Hash, size: u64) -> Result<Object, Fault> {
    sql.execute(
        "INSERT INTO objects (space, address, size, held) VALUES (?1, ?2, ?3, 0)",
        params![space, address.as_bytes(), int(size)],
    )?;
    Ok(Object { id: sql.last_insert_rowid(), size, held: 0 })
}

/// Deletes what is not complete and nobody has added to since `before`.
fn forget_broken_off(sql: &Sql, space: i64, before: Millis) -> Result<(), Fault> {
    let mut query = sql.prepare_cached(
        "SELECT id, size, held FROM objects WHERE space = ?1 AND held < size AND touched < ?2",
    )?;
    let broken_off = query.query_map(params![space, int(before)], |row| {
        Ok(Object { id: row.get(0)?, size: number(row.get(1)?), held: number(row.get(2)?) })
    })?;
    for object in broken_off.collect::<Result<Vec<_>, _>>()? {
        forget(sql, space, &object)?;
    }
    Ok(())
}

fn extend(
    sql: &Sql,
    space: i64,
    object: Object,
    bytes: &[u8],
    now: Millis,
) -> Result<Object, Fault> {
    let length = bytes.len() as u64;
    if length > 0 {
        sql.prepare_cached("INSERT INTO pieces (object, start, bytes) VALUES (?1, ?2, ?3)")?
            .execute(params![object.id, int(object.held), bytes])?;
    }
    let object = Object { held: object.held + length, ..object };
    sql.execute(
        "UPDATE objects SET held = ?2, touched = ?3 WHERE id = ?1",
        params![object.id, int(object.held), int(now)],
    )?;
    weigh(sql, space, int(length))?;
    Ok(object)
}

fn forget(sql: &Sql, space: i64, object: &Object) -> Result<(), Fault> {
    // In place first, as with rows.
    sql.execute(
        "UPDATE pieces SET bytes = zeroblob(length(bytes)) WHERE object = ?1",
        [object.id],
    )?;
    sql.execute("DELETE FROM objects WHERE id = ?1", [object.id])?;
    weigh(sql, space, -int(object.held))
}

/// Counts bytes of objects for the quota.
fn weigh(sql: &Sql, space: i64, more: i64) -> Result<(), Fault> {
    sql.prepare_cached("UPDATE spaces SET object_bytes = object_bytes + ?2 WHERE id = ?1")?
        .execute(params![space, more])?;
    Ok(())
}

fn address_of(sql: &Sql, object: &Object) -> Result<Hash, Fault> {
    let mut query =
        sql.prepare_cached("SELECT bytes FROM pieces WHERE object = ?1 ORDER BY start")?;
    let mut pieces = query.query([object.id])?;
    let mut hasher = Hasher::new(object.size);
    while let Some(piece) = pieces.next()? {
        hasher.update(&piece.get::<_, Vec<u8>>(0)?);
    }
    Ok(hasher.address())
}

fn read(
    sql: &Sql,
    space: &SpaceId,
    address: &Hash,
    offset: u64,
    length: usize,
) -> Result<Option<Vec<u8>>, Fault> {
    let Some(space) = spaces::id(sql, space)? else { return Ok(None) };
    let object = find(sql, space, address)?.filter(|object| object.held == object.size);
    let Some(object) = object else { return Ok(None) };
    let end = offset.saturating_add(length.min(MAX_OBJECT_PIECE) as u64).min(object.size);
    // Pieces that reach into the range: those before its end, from the last that begins before it.
    let mut query = sql.prepare_cached(
        "SELECT start, bytes FROM pieces WHERE object = ?1 AND start < ?3 AND start >=
             coalesce((SELECT max(start) FROM pieces WHERE object = ?1 AND start <= ?2), 0)
         ORDER BY start",
    )?;
    let mut pieces = query.query(params![object.id, int(offset), int(end)])?;
    let mut range = Vec::new();
    while let Some(piece) = pieces.next()? {
        let (start, bytes) = (number(piece.get(0)?), piece.get::<_, Vec<u8>>(1)?);
        let from = usize::try_from(offset.saturating_sub(start)).unwrap_or(usize::MAX);
        let to = usize::try_from(end - start).unwrap_or(usize::MAX).min(bytes.len());
        range.extend_from_slice(bytes.get(from..to).unwrap_or_default());
    }
    Ok(Some(range))
}

fn open(
    pass: &mut Pass<'_>,
    space: &SpaceId,
    token: &Hash,
    expires: Millis,
    now: Millis,
) -> Result<Result<(), DropError>, Fault> {
    let Some(space) = spaces::id(pass, space)? else { return Ok(Err(DropError::Unknown)) };
    pass.execute(
        "DELETE FROM drops WHERE space = ?1 AND sealed IS NULL AND expires <= ?2",
        params![space, int(now)],
    )?;
    if drop_state(pass, space, token)?.is_some() {
        return Ok(Ok(()));
    }
    let count: i64 =
        pass.query_row("SELECT count(*) FROM drops WHERE space = ?1", [space], |row| row.get(0))?;
    if number(count) >= DROPS {
        return Ok(Err(DropError::Quota));
    }
    pass.execute(
        "INSERT INTO drops (space, token, expires) VALUES (?1, ?2, ?3)",
        params![space, token.as_bytes(), int(expires)],
    )?;
    Ok(Ok(()))
}

fn fill(
    pass: &mut Pass<'_>,
    space: &SpaceId,
    token: &Hash,
    sealed: &[u8],
    now: Millis,
) -> Result<Result<(), DropError>, Fault> {
    let Some(space) = spaces::id(pass, space)? else { return Ok(Err(DropError::Unknown)) };
    let decided = decide_fill(drop_state(pass, space, token)?, sealed.len(), now);
    if decided.is_ok() {
        pass.execute(
            "UPDATE drops SET received_at = ?3, sealed = ?4 WHERE space = ?1 AND token = ?2",
            params![space, token.as_bytes(), int(now), sealed],
        )?;
    }
    Ok(decided)
}

/// When the drop expires, and whether it is filled.
fn drop_state(sql: &Sql, space: i64, token: &Hash) -> Result<Option<(Millis, bool)>, Fault> {
    let mut query = sql.prepare_cached(
        "SELECT expires, sealed IS NOT NULL FROM drops WHERE space = ?1 AND token = ?2",
    )?;
    let found = query
        .query_row(params![space, token.as_bytes()], |row| Ok((number(row.get(0)?), row.get(1)?)));
    Ok(found.optional()?)
}
