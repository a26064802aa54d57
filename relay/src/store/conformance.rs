//! What every store must do, told as stories. All stores run all of them.
//!
//! The stories leave nothing to the store under test but storing: what may be appended is judged by
//! [`crate::log`], which has tests of its own.

mod appending;
mod belongings;
mod closing;
mod covering;
mod founding;
mod people;
mod removing;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use wire::{LogId, Millis, Seq, SessionId, SpaceId};

use super::{AppendError, Entry, Founding, Later, Pulled, Store};
use crate::clock::Clock;
use crate::command::verify;
use crate::log::{Author, Quota, Standing};
use crate::token;

pub use people::Person;

/// Tells all stories, each to a store of its own, which `make` makes empty with the given clock and
/// quota.
///
/// # Panics
/// If the store does not do what it must.
pub async fn run(make: impl Fn(Clock, Quota) -> Box<dyn Store>) {
    founding::a_space_is_founded_once_and_by_one_token(&Stage::new(&make)).await;
    founding::a_space_is_set_up_again_whole_or_not_at_all(&Stage::new(&make)).await;
    founding::new_tokens_replace_old_ones(&Stage::new(&make)).await;
    founding::a_log_begins_another_life(&Stage::new(&make)).await;
    appending::rows_are_numbered_chained_and_given_out_as_they_came(&Stage::new(&make)).await;
    appending::the_same_bytes_keep_their_place(&Stage::new(&make)).await;
    appending::counters_run_by_session_and_old_sessions_are_forgotten(&Stage::new(&make)).await;
    appending::a_refusal_leaves_nothing(&Stage::new(&make)).await;
    appending::a_team_grows_by_invitation(&Stage::new(&make)).await;
    appending::an_answer_is_bounded_but_never_empty(&Stage::new(&make)).await;
    appending::many_at_once_make_one_order(&Stage::new(&make)).await;
    appending::a_space_has_an_end(&make).await;
    appending::a_space_has_a_last_row(&make).await;
    appending::those_who_watch_are_told(&Stage::new(&make)).await;
    covering::rows_under_an_attested_snapshot_become_stubs(&Stage::new(&make)).await;
    covering::without_an_attestation_nothing_goes(&Stage::new(&make)).await;
    covering::a_snapshot_covers_all_of_a_document_or_nothing(&Stage::new(&make)).await;
    covering::one_device_is_asked_when_a_tail_is_long(&make).await;
    covering::a_full_space_can_be_covered(&make).await;
    closing::a_document_goes_on_under_another_tag(&Stage::new(&make)).await;
    closing::a_first_snapshot_is_inert_until_it_is_named(&Stage::new(&make)).await;
    closing::one_receipt_of_each_device_is_enough(&Stage::new(&make)).await;
    closing::what_came_in_meanwhile_keeps_a_tag_open(&Stage::new(&make)).await;
    removing::whoever_is_removed_is_out_from_that_row_on(&Stage::new(&make)).await;
    removing::of_two_owners_who_remove_each_other_one_stays(&Stage::new(&make)).await;
    removing::whoever_leaves_leaves_a_debt(&Stage::new(&make)).await;
    removing::the_kit_lets_an_owner_back_in(&Stage::new(&make)).await;
    belongings::an_object_comes_in_pieces(&Stage::new(&make)).await;
    belongings::objects_have_an_end(&make).await;
    belongings::a_drop_is_filled_once_and_pulled(&Stage::new(&make)).await;
    belongings::what_is_held_is_counted(&Stage::new(&make)).await;
}

/// A store, its clock, and what all stories do.
struct Stage {
    store: Box<dyn Store>,
    clock: Arc<AtomicU64>,
}

impl Stage {
    fn new(make: impl Fn(Clock, Quota) -> Box<dyn Store>) -> Self {
        Self::with_quota(make, Quota::default())
    }

    fn with_quota(make: impl Fn(Clock, Quota) -> Box<dyn Store>, quota: Quota) -> Self {
        let clock = Arc::new(AtomicU64::new(1_000));
        let read = clock.clone();
        Self { store: make(Arc::new(move || read.load(Ordering::SeqCst)), quota), clock }
    }

    fn set_clock(&self, now: Millis) {
        self.clock.store(now, Ordering::SeqCst);
    }

    /// Founds a space by a token of its own.
    async fn found(&self, founder: &Person) -> SpaceId {
        let digest = token::digest("welcome");
        self.store.put_token(digest, 0, true).await.expect("a token is taken");
        let founding = founding_of(founder, Some("welcome"));
        let space = founding.roster.space();
        assert_eq!(self.store.found(founding).await, Ok(1));
        space
    }

    async fn standing(&self, space: SpaceId) -> Standing {
        self.pull(space, 0, 0).await.standing
    }

    async fn pull(&self, space: SpaceId, after: Seq, max_bytes: u32) -> Pulled {
        let pulled = self.store.pull(space, after, max_bytes).await;
        pulled.expect("the store works").expect("the space exists")
    }

    fn append(&self, space: SpaceId, entry: Entry) -> Later<'_, Result<Seq, AppendError>> {
        self.store.append(space, entry)
    }

    /// Appends a record as a device of the team does.
    async fn record(
        &self,
        space: SpaceId,
        by: &Person,
        bytes: Vec<u8>,
    ) -> Result<Seq, AppendError> {
        let author = Author::Device(by.key());
        self.append(space, Entry::Record { author, bytes }).await
    }

    /// Walks the log as the operator's `verify` does.
    async fn is_sound(&self, space: SpaceId) {
        let report = verify(&*self.store, space).await.expect("the store works");
        assert_eq!(report.expect("the space exists").problems, Vec::<String>::new());
    }
}

fn founding_of(founder: &Person, token: Option<&str>) -> Founding {
    let (record, roster) = founder.founds();
    Founding { token: token.map(token::digest), record, roster, log: LogId([7; 16]) }
}

fn session(number: u8) -> SessionId {
    SessionId([number; 16])
}
