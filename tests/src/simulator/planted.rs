//! Bugs that are planted to see that they are found.
//!
//! All of them are in what the simulator makes up: a storage, a network or a relay that breaks its
//! word as a wrong implementation of it would.

use std::rc::Rc;

use device::memory::Fault;
use device::{Batch, Storage, Table};

use super::tab::Tab;
use super::witness::Stored;
use super::world::World;

/// A bug, planted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// The storage does not compare before it writes: two tabs overwrite each other.
    StorageForgetsToCompare,
    /// The storage says that something is stored before it is, and a crash takes it back.
    StorageAnswersEarly,
    /// A crash leaves half of a transaction.
    StorageTearsTransactions,
    /// The storage now and then loses what is written to the read model.
    StorageLosesReadModel,
    /// The storage does not keep the counters of human numbers.
    StorageLosesCounters,
    /// Every tab session draws the same randomness, so two of them write as one actor.
    TabsShareTheirSeed,
    /// Something on the way acknowledges what never reached the relay.
    NetworkAcknowledges,
    /// The relay forgets its last row when it stops.
    RelayLosesLastRow,
    /// A message is lost although its connection goes on.
    NetworkSwallows,
    /// Somebody hands a removed device the keys of those who stayed.
    ColleagueHandsOutKeys,
}

impl Bug {
    /// Every bug there is.
    pub const ALL: [Self; 10] = [
        Self::StorageForgetsToCompare,
        Self::StorageAnswersEarly,
        Self::StorageTearsTransactions,
        Self::StorageLosesReadModel,
        Self::StorageLosesCounters,
        Self::TabsShareTheirSeed,
        Self::NetworkAcknowledges,
        Self::RelayLosesLastRow,
        Self::NetworkSwallows,
        Self::ColleagueHandsOutKeys,
    ];
}

/// What a broken storage makes of a batch; `None` if it answers before it does anything.
pub(super) fn in_storage(
    world: &Rc<World>,
    tab: &Rc<Tab>,
    mut batch: Batch,
    fault: Option<Fault>,
) -> Option<Batch> {
    let dice = &world.dice;
    match world.bug {
        Some(Bug::StorageForgetsToCompare) => batch.expect.clear(),
        Some(Bug::StorageTearsTransactions) if fault == Some(Fault::CrashAfter) => {
            let kept = batch.put.len() / 2;
            batch.put.reverse();
            batch.put.truncate(kept);
            batch.delete.clear();
        }
        Some(Bug::StorageLosesReadModel) if dice.chance(50) => {
            batch.put.retain(|(table, ..)| *table != Table::Hot);
        }
        Some(Bug::StorageLosesCounters) => {
            batch.put.retain(|(_, key, _)| !key.starts_with("number/"));
        }
        Some(Bug::StorageAnswersEarly) if dice.chance(100) => {
            world.spawn(tab, late(Rc::clone(world), Rc::clone(tab), batch));
            return None;
        }
        _ => {}
    }
    Some(batch)
}

/// Stores what was reported as stored before.
async fn late(world: Rc<World>, tab: Rc<Tab>, batch: Batch) {
    world.pause(world.dice.between(1, 500)).await;
    let stored = Stored::of(&batch);
    if tab.profile.memory().commit(batch).await.is_ok() {
        let verdict = world.witness.borrow_mut().stored(tab.profile.index, stored);
        world.judge(verdict);
    }
}
