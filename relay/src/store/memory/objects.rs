//! Objects and drops in memory.

use std::future::ready;

use wire::limits::MAX_OBJECT_PIECE;
use wire::{Hash, Millis, SpaceId, object_address};

use super::Memory;
use crate::limits::DROPS;
use crate::store::drops::decide_fill;
use crate::store::objects::{Piece, decide_piece, forgotten_before};
use crate::store::{Answer, DropError, Drops, Later, ObjectError, Objects, StoreError};

#[derive(Clone)]
pub(super) struct KeptObject {
    size: u64,
    bytes: Vec<u8>,
    /// When somebody added to it last.
    touched: Millis,
}

#[derive(Clone)]
pub(super) struct KeptDrop {
    expires: Millis,
    filled: Option<(Millis, Vec<u8>)>,
}

impl KeptObject {
    pub(super) fn held(&self) -> u64 {
        self.bytes.len() as u64
    }
}

impl KeptDrop {
    pub(super) fn held(&self) -> u64 {
        self.filled.as_ref().map_or(0, |(_, sealed)| sealed.len() as u64)
    }
}

impl Memory {
    fn put_now(
        &self,
        space: &SpaceId,
        address: Hash,
        size: u64,
        offset: u64,
        bytes: &[u8],
    ) -> Result<u64, ObjectError> {
        let (mut content, now) = (self.content(), self.now());
        let kept = content.spaces.get_mut(space).ok_or(ObjectError::SpaceUnknown)?;
        if !kept.objects.contains_key(&address) {
            let waits = |object: &KeptObject| object.touched >= forgotten_before(now);
            kept.objects.retain(|_, object| object.held() == object.size || waits(object));
        }
        let stored = kept.objects.values().map(|object| object.bytes.len() as u64).sum();
        let object = kept.objects.get(&address);
        let announced = object.map(|object| object.size);
        let held = object.map_or(0, |object| object.bytes.len() as u64);
        let quota = (stored, self.inner.quota.objects);
        match decide_piece(announced, held, quota, size, offset, bytes.len())? {
            // Held as it is, but an object of no bytes at all is stored by its only piece.
            Piece::Held if announced.is_some() || size > 0 => return Ok(held),
            Piece::Held | Piece::Store => {}
        }
        let begun = KeptObject { size, bytes: Vec::new(), touched: now };
        let object = kept.objects.entry(address).or_insert(begun);
        object.bytes.extend_from_slice(bytes);
        object.touched = now;
        let held = object.bytes.len() as u64;
        if held == size && object_address(&object.bytes) != address {
            kept.objects.remove(&address);
            return Err(ObjectError::WrongAddress);
        }
        Ok(held)
    }

    fn read_now(
        &self,
        space: &SpaceId,
        address: &Hash,
        offset: u64,
        length: usize,
    ) -> Option<Vec<u8>> {
        let content = self.content();
        let object = content.spaces.get(space)?.objects.get(address)?;
        if (object.bytes.len() as u64) < object.size {
            return None;
        }
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = object.bytes.iter().skip(offset);
        Some(rest.take(length.min(MAX_OBJECT_PIECE)).copied().collect())
    }

    fn open_now(&self, space: &SpaceId, token: Hash, expires: Millis) -> Result<(), DropError> {
        let (mut content, now) = (self.content(), self.now());
        let drops = &mut content.spaces.get_mut(space).ok_or(DropError::Unknown)?.drops;
        drops.retain(|_, drop| drop.filled.is_some() || drop.expires > now);
        if !drops.contains_key(&token) {
            if drops.len() as u64 >= DROPS {
                return Err(DropError::Quota);
            }
            drops.insert(token, KeptDrop { expires, filled: None });
        }
        Ok(())
    }

    fn fill_now(
        &self,
        space: &SpaceId,
        token: &Hash,
        sealed: Vec<u8>,
        now: Millis,
    ) -> Result<(), DropError> {
        let mut content = self.content();
        let kept = content.spaces.get_mut(space).and_then(|kept| kept.drops.get_mut(token));
        let state = kept.as_ref().map(|drop| (drop.expires, drop.filled.is_some()));
        decide_fill(state, sealed.len(), now)?;
        if let Some(kept) = kept {
            kept.filled = Some((now, sealed));
        }
        Ok(())
    }

    fn pull_now(&self, space: &SpaceId, limit: usize) -> Vec<Answer> {
        let content = self.content();
        let kept = content.spaces.get(space).map(|kept| &kept.drops);
        let mut filled: Vec<_> = kept
            .into_iter()
            .flatten()
            .filter_map(|(token, drop)| {
                let (received_at, sealed) = drop.filled.clone()?;
                Some(Answer { token: *token, received_at, sealed })
            })
            .collect();
        filled.sort_by_key(|drop| (drop.received_at, drop.token));
        filled.truncate(limit);
        filled
    }
}

impl Objects for Memory {
    fn put_piece(
        &self,
        space: SpaceId,
        address: Hash,
        size: u64,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Later<'_, Result<u64, ObjectError>> {
        Box::pin(ready(self.put_now(&space, address, size, offset, &bytes)))
    }

    fn read_object(
        &self,
        space: SpaceId,
        address: Hash,
        offset: u64,
        length: usize,
    ) -> Later<'_, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(ready(Ok(self.read_now(&space, &address, offset, length))))
    }

    fn drop_object(&self, space: SpaceId, address: Hash) -> Later<'_, Result<(), StoreError>> {
        if let Some(kept) = self.content().spaces.get_mut(&space) {
            kept.objects.remove(&address);
        }
        Box::pin(ready(Ok(())))
    }
}

impl Drops for Memory {
    fn open_drop(
        &self,
        space: SpaceId,
        token: Hash,
        expires: Millis,
    ) -> Later<'_, Result<(), DropError>> {
        Box::pin(ready(self.open_now(&space, token, expires)))
    }

    fn fill_drop(
        &self,
        space: SpaceId,
        token: Hash,
        sealed: Vec<u8>,
        now: Millis,
    ) -> Later<'_, Result<(), DropError>> {
        Box::pin(ready(self.fill_now(&space, &token, sealed, now)))
    }

    fn pull_drops(
        &self,
        space: SpaceId,
        limit: usize,
    ) -> Later<'_, Result<Vec<Answer>, StoreError>> {
        Box::pin(ready(Ok(self.pull_now(&space, limit))))
    }

    fn delete_drop(&self, space: SpaceId, token: Hash) -> Later<'_, Result<(), StoreError>> {
        if let Some(kept) = self.content().spaces.get_mut(&space) {
            kept.drops.remove(&token);
        }
        Box::pin(ready(Ok(())))
    }
}
