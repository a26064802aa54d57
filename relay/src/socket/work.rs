//! How much all connections together have in work.

use tokio::sync::{Semaphore, SemaphorePermit};

/// The room for frames that were read and are not answered yet.
pub(super) struct Work {
    room: Semaphore,
    pieces: u32,
}

/// Room is given out in pieces of so many bytes: a semaphore counts to 2^32.
const PIECE: u64 = 1 << 10;

impl Work {
    /// Room for so many bytes.
    pub(super) fn new(bytes: u64) -> Self {
        let pieces = u32::try_from(bytes.div_ceil(PIECE)).unwrap_or(u32::MAX);
        let pieces = pieces.min(u32::try_from(Semaphore::MAX_PERMITS).unwrap_or(u32::MAX));
        Self { room: Semaphore::new(pieces as usize), pieces }
    }

    /// Waits for room for that many bytes, first come first served, and has it until the answer is
    /// dropped. Something larger than all the room waits for all of it.
    pub(super) async fn begin(&self, bytes: usize) -> Option<SemaphorePermit<'_>> {
        let pieces = u32::try_from((bytes as u64).div_ceil(PIECE)).unwrap_or(u32::MAX);
        // The semaphore is never closed.
        self.room.acquire_many(pieces.min(self.pieces)).await.ok()
    }

    /// Bytes that are in work now.
    pub(super) fn taken(&self) -> u64 {
        (self.pieces as usize).saturating_sub(self.room.available_permits()) as u64 * PIECE
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn no_more_is_in_work_than_there_is_room_for() {
        let work = Work::new(10 << 10);
        let first = work.begin(6 << 10).await.unwrap();
        assert!(work.begin(5 << 10).now_or_never().is_none());
        let second = work.begin(4 << 10).await.unwrap();
        assert_eq!(work.taken(), 10 << 10);
        drop(first);
        assert!(work.begin(5 << 10).now_or_never().is_some());
        drop(second);
        assert_eq!(work.taken(), 0);
    }

    #[tokio::test]
    async fn what_is_larger_than_the_room_gets_all_of_it() {
        let work = Work::new(1);
        let place = work.begin(5 << 20).await;
        assert!(place.is_some() && work.begin(1).now_or_never().is_none());
    }
}
