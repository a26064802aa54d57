//! The storage of one tab: the profile's memory, with everything that goes wrong between a program
//! and a disk.
//!
//! A tab that dies here does not learn of it, and neither does its code: the call never returns.

use std::convert::Infallible;
use std::future::pending;
use std::rc::Rc;

use device::memory::{Fault, Memory};
use device::{Batch, Storage, StorageError, Table};

use super::planted;
use super::point::Point;
use super::tab::Tab;
use super::witness::Stored;
use super::world::World;

pub(super) struct Disk {
    memory: Memory,
    world: Rc<World>,
    tab: Rc<Tab>,
}

impl Disk {
    pub(super) fn new(world: Rc<World>, tab: Rc<Tab>) -> Self {
        Self { memory: tab.profile.memory(), world, tab }
    }

    /// What goes wrong at this call, and how long it takes until then.
    async fn arrive(&self, point: &Point) -> Option<Fault> {
        self.linger().await;
        let fault = self.draw(point)?;
        let (name, tab) = (point.name(), self.tab.name());
        self.world.note(format!("{tab}: {fault:?} at {name}"));
        self.world.count_at(match fault {
            Fault::CrashBefore => format!("crash before {name}"),
            Fault::CrashAfter => format!("crash after {name}"),
            fault => format!("storage fault: {fault:?}"),
        });
        if fault == Fault::CrashBefore {
            self.crash().await;
        }
        Some(fault)
    }

    fn draw(&self, point: &Point) -> Option<Fault> {
        let (weather, dice) = (self.world.weather(), &self.world.dice);
        if point.applies_rows() && dice.chance(weather.fragile) {
            self.tab.profile.panicked.set(true);
            return Some(Fault::CrashBefore);
        }
        if dice.chance(weather.crash) {
            return dice.pick(&[Fault::CrashBefore, Fault::CrashAfter]);
        }
        if dice.chance(weather.conflict) {
            return Some(Fault::Conflict);
        }
        if !matches!(point, Point::Commit(_)) {
            return None;
        }
        if dice.chance(weather.unknown) {
            return dice.pick(&[Fault::UnknownKept, Fault::UnknownLost]);
        }
        dice.chance(weather.full).then_some(Fault::Full)
    }

    async fn linger(&self) {
        if self.world.dice.chance(self.world.weather().slow) {
            let ms = self.world.dice.between(1, 200);
            self.world.pause(ms).await;
        }
    }

    /// The tab is gone, as far as its own code can tell.
    async fn crash(&self) -> Infallible {
        self.world.count("tabs that crashed at a storage call");
        if self.world.dice.chance(200) {
            self.tab.profile.panicked.set(true);
        }
        self.tab.die();
        pending().await
    }

    async fn read<T>(
        &self,
        point: Point,
        read: impl AsyncFnOnce() -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let fault = self.arrive(&point).await;
        let answer = read().await;
        match fault {
            None => answer,
            Some(Fault::CrashAfter) => match self.crash().await {},
            Some(fault) => Err(StorageError::Failed(format!("{fault:?} at a read"))),
        }
    }
}

impl Storage for Disk {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.read(Point::Get(table), async || self.memory.get(table, key).await).await
    }

    async fn scan(
        &self,
        table: Table,
        prefix: &str,
    ) -> Result<Vec<(String, Vec<u8>)>, StorageError> {
        self.read(Point::Scan(table), async || self.memory.scan(table, prefix).await).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StorageError> {
        let fault = self.arrive(&Point::commit(&batch)).await;
        let unknown = || Err(StorageError::Unknown("as it happens".to_owned()));
        match fault {
            Some(Fault::Conflict) => return Err(StorageError::Conflict),
            Some(Fault::Full) => return Err(StorageError::Full),
            Some(Fault::UnknownLost) => return unknown(),
            _ => {}
        }
        let Some(batch) = planted::in_storage(&self.world, &self.tab, batch, fault) else {
            return Ok(());
        };
        let stored = Stored::of(&batch);
        if let Err(error) = self.memory.commit(batch).await {
            if error == StorageError::Conflict {
                self.world.count("commits that another tab was faster than");
            }
            return Err(error);
        }
        self.world.count_many("rows kept for later", stored.kept_rows() as u64);
        // Nobody else was polled between the commit and this.
        let verdict = self.world.witness.borrow_mut().stored(self.tab.profile.index, stored);
        self.world.judge(verdict);
        match fault {
            Some(Fault::CrashAfter) => match self.crash().await {},
            Some(Fault::UnknownKept) => return unknown(),
            _ => {}
        }
        self.linger().await;
        Ok(())
    }
}
