//! Sealed objects: taking them in by pieces, giving them out by ranges, erasing them.
//!
//! Each frame asks the roster anew, as a pull does: who was removed puts and gets nothing more. A
//! piece is answered once it is stored, and devices send the next one then, so that what waits here
//! for one connection is bounded by what a frame may hold.

use wire::limits::MAX_OBJECT_PIECE;
use wire::{CloseReason, Hash, Refusal, RelayFrame, RowKind, SpaceId};

use super::{Reply, Session};
use crate::log::Author;
use crate::store::{ObjectError, Store};

/// A piece as it came.
pub(super) struct Piece {
    pub(super) size: u64,
    pub(super) offset: u64,
    pub(super) bytes: Vec<u8>,
}

/// What somebody wants with an object or a drop.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// What every active device may.
    Read,
    /// What those may who write.
    Change,
}

impl Session {
    pub(super) async fn put_object(
        &mut self,
        store: &dyn Store,
        address: Hash,
        piece: Piece,
        reply: &mut Reply,
    ) {
        let Some(space) = self.let_in(store, address, Wish::Change, reply).await else { return };
        let Piece { size, offset, bytes } = piece;
        match store.put_piece(space, address, size, offset, bytes).await {
            Ok(held) => reply.say(&RelayFrame::ObjectHeld { address, held }),
            Err(ObjectError::Store(error)) => reply.fail(address, &error),
            Err(error) => reply.refuse(address, Refusal::from(&error)),
        }
    }

    pub(super) async fn get_object(
        &mut self,
        store: &dyn Store,
        address: Hash,
        offset: u64,
        length: u32,
        reply: &mut Reply,
    ) {
        let Some(space) = self.let_in(store, address, Wish::Read, reply).await else { return };
        let length = usize::try_from(length).unwrap_or(usize::MAX).min(MAX_OBJECT_PIECE);
        match store.read_object(space, address, offset, length).await {
            Ok(Some(bytes)) => reply.say(&RelayFrame::ObjectBytes { address, offset, bytes }),
            Ok(None) => reply.say(&RelayFrame::ObjectAbsent { address }),
            Err(error) => reply.fail(address, &error),
        }
    }

    pub(super) async fn drop_object(
        &mut self,
        store: &dyn Store,
        address: Hash,
        reply: &mut Reply,
    ) {
        let Some(space) = self.let_in(store, address, Wish::Change, reply).await else { return };
        match store.drop_object(space, address).await {
            Ok(()) => reply.say(&RelayFrame::ObjectAbsent { address }),
            Err(error) => reply.fail(address, &error),
        }
    }

    /// The space, if this connection is an active device's and its role allows what it wants.
    pub(super) async fn let_in(
        &mut self,
        store: &dyn Store,
        address: Hash,
        wish: Wish,
        reply: &mut Reply,
    ) -> Option<SpaceId> {
        let Some(member) = &self.member else {
            self.strike(address, Refusal::Malformed, reply);
            return None;
        };
        let space = member.space;
        let Author::Device(key) = member.author else {
            let removed = matches!(member.author, Author::Removed(_));
            let reason = if removed { Refusal::NotActive } else { Refusal::Role };
            self.strike(address, reason, reply);
            return None;
        };
        let roster = match store.arrive(space, key, 0).await {
            Ok(Some(arrival)) => arrival.standing.roster,
            Ok(None) => {
                self.strike(address, Refusal::SpaceUnknown, reply);
                return None;
            }
            Err(error) => {
                reply.fail(address, &error);
                return None;
            }
        };
        if roster.active(&key).is_none() {
            reply.refuse(address, Refusal::NotActive);
            reply.end(CloseReason::NotActive);
            return None;
        }
        if wish == Wish::Change && !roster.may_append(&key, RowKind::Changes) {
            self.strike(address, Refusal::Role, reply);
            return None;
        }
        Some(space)
    }
}
