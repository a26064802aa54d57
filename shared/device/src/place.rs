//! The device's place in the log, where it changes without rows.

use replica::{KeyRing, Place};
use wire::SessionId;

use crate::apply::ApplyError;
use crate::device::{Device, Kept};
use crate::edit::MAX_ATTEMPTS;
use crate::keys;
use crate::space_state::SpaceState;
use crate::storage::{Batch, Storage, StorageError, Table, Vault};

impl<S: Storage, V: Vault> Device<S, V> {
    /// Remembers an own session, before anything is pushed in it.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn store_session(&self, session: SessionId) -> Result<(), StorageError> {
        self.change_space(Batch::new(), |kept| {
            let mut place = kept.state.place.clone()?;
            place.remember_session(session);
            Some(SpaceState { place: Some(place), ..kept.state.clone() })
        })
        .await
    }

    /// Whether this is a session of this profile, of any of its tabs.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn recall_session(&self, session: SessionId) -> Result<bool, StorageError> {
        self.recall_space().await?;
        let space = self.space.borrow();
        Ok(space.state.place.as_ref().is_some_and(|place| place.sessions.contains(&session)))
    }

    /// Takes over what other tabs stored of the space.
    pub(crate) async fn recall_space(&self) -> Result<(), StorageError> {
        let _turn = self.turn.take().await;
        self.refresh_space().await.map(drop)
    }

    /// The log began another life: what the relay held of each document counts no longer. Gives the
    /// place that is stored now.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn begin_life(&self, place: Place) -> Result<Place, StorageError> {
        // Relay heads name the life they belong to, so nothing else has to be written.
        let mut batch = Batch::new();
        if self.place().is_some_and(|stored| !stored.founded) {
            // The relay took the space: the token is used.
            batch.delete(Table::Keys, keys::TOKEN);
        }
        self.change_space(batch, |kept| {
            let stored = kept.state.place.as_ref();
            if stored.is_some_and(|stored| stored.log == place.log) {
                return None;
            }
            let place = match stored {
                Some(stored) => place.clone().with_knowledge_of(stored),
                None => place.clone(),
            };
            Some(SpaceState { place: Some(place), ..kept.state.clone() })
        })
        .await?;
        Ok(self.place().unwrap_or(place))
    }

    /// This device has joined: its place and its keys are stored, and the invitation is forgotten. If
    /// it had been in before, in records that a restored relay lost, it keeps what it knows. Gives the
    /// place that is stored now.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn joined(&self, place: Place, mut ring: KeyRing) -> Result<Place, ApplyError> {
        ring.extend(&self.ring.borrow());
        let wrapped = self.vault.wrap(&ring.encode()).await?;
        let mut batch = Batch::new();
        batch.put(Table::Keys, keys::RING, wrapped);
        batch.delete(Table::Keys, keys::INVITE);
        batch.delete(Table::Keys, keys::RECOVERY);
        self.change_space(batch, |kept| {
            let own = place.roster.active(&kept.state.device);
            let member = own.map_or(kept.state.member, |own| own.member);
            // A further device of somebody has nobody to introduce.
            let is_new = member == kept.state.member;
            let place = match &kept.state.place {
                Some(before) => before.come_in_again(place.clone()),
                None => place.clone(),
            };
            Some(SpaceState {
                member,
                introduce: kept.state.introduce.clone().filter(|_| is_new),
                place: Some(place),
                ..kept.state.clone()
            })
        })
        .await?;
        *self.ring.borrow_mut() = ring;
        Ok(self.place().unwrap_or(place))
    }

    /// A record of the roster removed this device. Gives the place that is stored now.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn removed(&self, place: Place) -> Result<Place, StorageError> {
        self.change_space(Batch::new(), |kept| {
            let stored = kept.state.place.as_ref()?;
            let news = stored.roster.removal(&kept.state.device).is_none();
            let (roster, records) = (place.roster.clone(), place.records.clone());
            // Where the log's records parted from those known here there may be fewer of them.
            let (lost, walked) = (place.lost.clone(), stored.walked.min(records.len()));
            let place = Place { roster, records, lost, walked, ..stored.clone() };
            news.then(|| SpaceState { place: Some(place), ..kept.state.clone() })
        })
        .await?;
        Ok(self.place().unwrap_or(place))
    }

    /// Stores what `next` makes of the present state, together with `batch`; nothing if it makes
    /// nothing of it.
    pub(crate) async fn change_space(
        &self,
        batch: Batch,
        next: impl Fn(&Kept) -> Option<SpaceState>,
    ) -> Result<(), StorageError> {
        let _turn = self.turn.take().await;
        let mut failure = StorageError::Conflict;
        for _ in 0..MAX_ATTEMPTS {
            let kept = self.space.borrow().clone();
            let Some(state) = next(&kept) else { return Ok(()) };
            let mut batch = batch.clone();
            let changed = self.put_space(&mut batch, &kept, state);
            match self.storage.commit(batch).await {
                Ok(()) => {
                    self.install_space(changed);
                    return Ok(());
                }
                Err(error @ (StorageError::Conflict | StorageError::Unknown(_))) => {
                    self.refresh_space().await?;
                    failure = error;
                }
                Err(error) => return Err(error),
            }
        }
        Err(failure)
    }
}
