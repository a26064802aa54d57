//! Setting the workspace up again on a relay that does not have it: the old one is lost with all its
//! backups, and any one device that is still of the team has enough to begin anew.
//!
//! The relay gets the roster, whole, and begins another life of the log behind it. What the documents hold
//! follows as after any restore: the relay holds nothing of it, so all of it is to be sent. The other
//! devices of the team find that another life began, put back what they know beyond it and send what they
//! have.

use replica::Place;
use wire::limits;

use crate::begin::put_secret;
use crate::device::Device;
use crate::keys;
use crate::space_state::SpaceState;
use crate::storage::{Batch, Storage, StorageError, Table, Vault, VaultError};

/// Why the workspace is not set up again. Nothing is stored then.
#[derive(Debug, thiserror::Error)]
pub enum AgainError {
    /// This device has not joined the team, or was removed from it.
    #[error("this device does not belong to the team")]
    NotOfTheTeam,
    /// The records are more than a relay takes at once.
    #[error("the team's records are {bytes} bytes, more than a relay takes at once")]
    TooLarge {
        /// How many bytes they are.
        bytes: usize,
    },
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The vault cannot keep the token.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Stores the intent to set the workspace up again on the relay at `origin`, which handed out the
    /// set-up `token` and does not have it. An engine that starts after this does it, and takes it up
    /// again after any interruption. Where the relay has the workspace after all nothing is lost: the
    /// device goes on with that.
    ///
    /// # Errors
    /// See [`AgainError`].
    pub async fn set_up_again(&self, origin: &str, token: &str) -> Result<(), AgainError> {
        let place = self.place().ok_or(AgainError::NotOfTheTeam)?;
        if place.roster.active(&self.device()).is_none() {
            return Err(AgainError::NotOfTheTeam);
        }
        let bytes = place.records.iter().map(Vec::len).sum();
        if bytes > limits::MAX_FRAME - limits::MAX_RECORDS * 8 {
            return Err(AgainError::TooLarge { bytes });
        }
        let mut batch = Batch::new();
        put_secret(&mut batch, &self.vault, keys::TOKEN, token.as_bytes()).await?;
        self.change_space(batch, |kept| {
            let mut place = kept.state.place.clone()?;
            place.founded = false;
            let origin = origin.to_owned();
            Some(SpaceState { origin, place: Some(place), ..kept.state.clone() })
        })
        .await?;
        Ok(())
    }

    /// The relay does not take the token: the intent is forgotten. Says whether there was one; a space
    /// that never was on a relay goes on waiting for a better token.
    ///
    /// # Errors
    /// What the storage says.
    pub(crate) async fn forget_setting_up(&self) -> Result<bool, StorageError> {
        let intended = |place: &Place| !place.founded && place.log.is_some();
        if !self.place().as_ref().is_some_and(intended) {
            return Ok(false);
        }
        let mut batch = Batch::new();
        batch.delete(Table::Keys, keys::TOKEN);
        self.change_space(batch, |kept| {
            let place = kept.state.place.clone().filter(intended)?;
            let place = Some(Place { founded: true, ..place });
            Some(SpaceState { place, ..kept.state.clone() })
        })
        .await?;
        Ok(true)
    }
}
