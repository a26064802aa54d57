//! The tables of objects and their pieces.

use deadpool_postgres::Transaction;
use wire::limits::MAX_OBJECT_PIECE;
use wire::{Hash, Millis, SpaceId};

use super::fault::{Fault, int, number};
use super::lanes::Work;
use super::pass::Pass;
use super::{Postgres, spaces};
use crate::clock::Clock;
use crate::store::objects::{Hasher, Piece, decide_piece, forgotten_before};
use crate::store::{Later, ObjectError, Objects, StoreError};

/// An object's entry, without its pieces.
#[derive(Clone, Copy)]
struct Object {
    size: u64,
    held: u64,
}

/// Takes a piece of an object.
struct Put {
    address: Hash,
    size: u64,
    offset: u64,
    bytes: Vec<u8>,
    quota: u64,
    clock: Clock,
}

/// Deletes an object.
struct Forget(Hash);

impl Objects for Postgres {
    fn put_piece(
        &self,
        space: SpaceId,
        address: Hash,
        size: u64,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Later<'_, Result<u64, ObjectError>> {
        let (quota, clock) = (self.quota.objects, self.clock.clone());
        let put = Put { address, size, offset, bytes, quota, clock };
        let writing = self.lanes.write(Some(space), put);
        Box::pin(async move { writing.await? })
    }

    fn read_object(
        &self,
        space: SpaceId,
        address: Hash,
        offset: u64,
        length: usize,
    ) -> Later<'_, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(self.inner.within(async move {
            let mut client = self.inner.client().await?;
            let view = self.inner.view(&mut client).await?;
            read(&view, &space, &address, offset, length).await
        }))
    }

    fn drop_object(&self, space: SpaceId, address: Hash) -> Later<'_, Result<(), StoreError>> {
        Box::pin(self.lanes.write(Some(space), Forget(address)))
    }
}

impl Work for Put {
    type Answer = Result<u64, ObjectError>;

    async fn run(&self, pass: &mut Pass<'_>) -> Result<Self::Answer, Fault> {
        let Self { address, size, offset, bytes, quota, clock } = self;
        let Some(space) = pass.space().map(|kept| kept.id) else {
            return Ok(Err(ObjectError::SpaceUnknown));
        };
        let (object, now) = (find(pass, space, address).await?, clock());
        if object.is_none() {
            forget_broken_off(pass, space, forgotten_before(now)).await?;
        }
        let stored =
            pass.query_one("SELECT object_bytes FROM spaces WHERE id = $1", &[&space]).await?;
        let (announced, held) = (object.map(|o| o.size), object.map_or(0, |o| o.held));
        let quota = (number(stored.try_get(0)?), *quota);
        match decide_piece(announced, held, quota, *size, *offset, bytes.len()) {
            Err(error) => return Ok(Err(error)),
            Ok(Piece::Held) if announced.is_some() || *size > 0 => return Ok(Ok(held)),
            Ok(Piece::Held | Piece::Store) => {}
        }
        extend(pass, space, (address, *size), held, bytes, now).await?;
        let held = held + bytes.len() as u64;
        if held == *size && address_of(pass, space, address, held).await? != *address {
            forget(pass, space, address, held).await?;
            return Ok(Err(ObjectError::WrongAddress));
        }
        Ok(Ok(held))
    }
}

impl Work for Forget {
    type Answer = ();

    async fn run(&self, pass: &mut Pass<'_>) -> Result<(), Fault> {
        let Some(space) = pass.space().map(|kept| kept.id) else { return Ok(()) };
        let Some(object) = find(pass, space, &self.0).await? else { return Ok(()) };
        forget(pass, space, &self.0, object.held).await
    }
}

async fn find(sql: &Transaction<'_>, space: i64, address: &Hash) -> Result<Option<Object>, Fault> {
    let query = sql
        .prepare_cached("SELECT size, held FROM objects WHERE space = $1 AND address = $2")
        .await?;
    let Some(row) = sql.query_opt(&query, &[&space, &address.as_bytes().as_slice()]).await? else {
        return Ok(None);
    };
    Ok(Some(Object { size: number(row.try_get(0)?), held: number(row.try_get(1)?) }))
}

/// Writes a piece behind the `held` bytes that are here, and counts it for the quota.
async fn extend(
    sql: &Transaction<'_>,
    space: i64,
    (address, size): (&Hash, u64),
    held: u64,
    bytes: &[u8],
    now: Millis,
) -> Result<(), Fault> {
    let (key, length) = (address.as_bytes().as_slice(), bytes.len() as u64);
    sql.execute(
        "INSERT INTO objects (space, address, size, held, touched) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (space, address) DO UPDATE
         SET held = excluded.held, touched = excluded.touched",
        &[&space, &key, &int(size), &int(held + length), &int(now)],
    )
    .await?;
    if length > 0 {
        let insert = sql
            .prepare_cached(
                "INSERT INTO pieces (space, address, start, bytes) VALUES ($1, $2, $3, $4)",
            )
            .await?;
        sql.execute(&insert, &[&space, &key, &int(held), &bytes]).await?;
    }
    weigh(sql, space, int(length)).await
}

async fn forget(sql: &Transaction<'_>, space: i64, address: &Hash, held: u64) -> Result<(), Fault> {
    let key = address.as_bytes().as_slice();
    sql.execute("DELETE FROM objects WHERE space = $1 AND address = $2", &[&space, &key]).await?;
    weigh(sql, space, -int(held)).await
}

/// Deletes what is not complete and nobody has added to since `before`.
async fn forget_broken_off(sql: &Transaction<'_>, space: i64, before: Millis) -> Result<(), Fault> {
    let gone = sql
        .query(
            "DELETE FROM objects WHERE space = $1 AND held < size AND touched < $2 RETURNING held",
            &[&space, &int(before)],
        )
        .await?;
    for row in gone {
        weigh(sql, space, -row.try_get::<_, i64>(0)?).await?;
    }
    Ok(())
}

async fn weigh(sql: &Transaction<'_>, space: i64, more: i64) -> Result<(), Fault> {
    sql.execute(
        "UPDATE spaces SET object_bytes = object_bytes + $2 WHERE id = $1",
        &[&space, &more],
    )
    .await?;
    Ok(())
}

/// The address of the bytes that are here, looked at a few pieces at a time.
async fn address_of(
    sql: &Transaction<'_>,
    space: i64,
    address: &Hash,
    size: u64,
) -> Result<Hash, Fault> {
    let query = sql
        .prepare_cached(
            "SELECT start, bytes FROM pieces WHERE space = $1 AND address = $2 AND start >= $3
             ORDER BY start LIMIT 8",
        )
        .await?;
    let (mut hasher, mut next) = (Hasher::new(size), 0);
    loop {
        let key = address.as_bytes().as_slice();
        let pieces = sql.query(&query, &[&space, &key, &next]).await?;
        if pieces.is_empty() {
            return Ok(hasher.address());
        }
        for piece in pieces {
            let bytes: &[u8] = piece.try_get(1)?;
            hasher.update(bytes);
            next = piece.try_get::<_, i64>(0)? + int(bytes.len() as u64);
        }
    }
}

async fn read(
    sql: &Transaction<'_>,
    space: &SpaceId,
    address: &Hash,
    offset: u64,
    length: usize,
) -> Result<Option<Vec<u8>>, Fault> {
    let Some(space) = spaces::id(sql, space).await? else { return Ok(None) };
    let object = find(sql, space, address).await?.filter(|object| object.held == object.size);
    let Some(object) = object else { return Ok(None) };
    let end = offset.saturating_add(length.min(MAX_OBJECT_PIECE) as u64).min(object.size);
    // Pieces that reach into the range: those before its end, from the last that begins before it.
    let query = sql
        .prepare_cached(
            "SELECT start, bytes FROM pieces
             WHERE space = $1 AND address = $2 AND start < $4 AND start >= coalesce(
                 (SELECT max(start) FROM pieces WHERE space = $1 AND address = $2 AND start <= $3), 0)
             ORDER BY start",
        )
        .await?;
    let key = address.as_bytes().as_slice();
    let mut range = Vec::new();
    for piece in sql.query(&query, &[&space, &key, &int(offset), &int(end)]).await? {
        let (start, bytes) = (number(piece.try_get(0)?), piece.try_get::<_, &[u8]>(1)?);
        let from = usize::try_from(offset.saturating_sub(start)).unwrap_or(usize::MAX);
        let to = usize::try_from(end - start).unwrap_or(usize::MAX).min(bytes.len());
        range.extend_from_slice(bytes.get(from..to).unwrap_or_default());
    }
    Ok(Some(range))
}
