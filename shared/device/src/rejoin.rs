//! Coming in once more: a relay that was restored may not know this device, because the record by which
//! it had come in is missing in the backup and nobody could put it back. Then its person is invited
//! again, and the device comes in with the keys and the documents that it has.

use replica::InviteLink;

use crate::begin::put_secret;
use crate::device::Device;
use crate::keys;
use crate::space_state::SpaceState;
use crate::storage::{Batch, Storage, StorageError, Table, Vault, VaultError};

/// Why an invitation is not taken up. Nothing is stored then.
#[derive(Debug, thiserror::Error)]
pub enum RejoinError {
    /// It leads to the space of another team.
    #[error("the invitation leads to another workspace")]
    OtherSpace,
    /// The team removed this device, and its keys let nobody in again.
    #[error("this device was removed from the team")]
    Removed,
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The vault cannot keep the invitation's secret.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Stores the intent to come in once more. The engine does it when it next hears that the page
    /// came back, or looks at the relay again.
    ///
    /// # Errors
    /// See [`RejoinError`].
    pub async fn rejoin(&self, link: &InviteLink) -> Result<(), RejoinError> {
        if link.space != self.space() {
            return Err(RejoinError::OtherSpace);
        }
        if self.removal().is_some() {
            return Err(RejoinError::Removed);
        }
        let mut batch = Batch::new();
        put_secret(&mut batch, &self.vault, keys::INVITE, link.format().as_bytes()).await?;
        let origin = &link.origin;
        self.change_space(batch, |kept| {
            Some(SpaceState { origin: origin.clone(), ..kept.state.clone() })
        })
        .await?;
        Ok(())
    }

    /// The invitation let nobody in: the device waits for another.
    pub(crate) async fn forget_invitation(&self) -> Result<(), StorageError> {
        let mut batch = Batch::new();
        batch.delete(Table::Keys, keys::INVITE);
        self.storage.commit(batch).await
    }
}
