//! Inviting people. The records are made here and handed to the engine, which appends them to the
//! log.

use replica::InviteLink;
use replica::founding::{self, FoundingError, Invited};
use wire::{Hash, Millis, Role};

use crate::device::Device;
use crate::storage::{Storage, Vault};

/// Why there is no record.
#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    /// This device has not joined yet.
    #[error("this device does not belong to a team yet")]
    NotJoined,
    /// The roster or the keys do not allow it.
    #[error(transparent)]
    Founding(#[from] FoundingError),
}

impl<S: Storage, V: Vault> Device<S, V> {
    /// Makes an invite. Its record is to be appended; after that there is a link.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub fn invite(&self, role: Role, expires: Millis) -> Result<Invited, TeamError> {
        let place = self.place().ok_or(TeamError::NotJoined)?;
        let ring = self.ring.borrow();
        let mut rng = self.rng.borrow_mut();
        Ok(founding::invite(&self.secrets, &place.roster, &ring, role, expires, &mut *rng)?)
    }

    /// The link of an invite, as soon as its record has come back in the log.
    pub fn invite_link(&self, invited: &Invited) -> Option<InviteLink> {
        let place = self.place()?;
        place.roster.invite(&invited.hash)?;
        Some(InviteLink::at(&place, self.origin(), invited.secret.clone()))
    }

    /// Makes the record that takes an open invite back. It is to be appended.
    ///
    /// # Errors
    /// See [`TeamError`].
    pub fn revoke(&self, invite: Hash) -> Result<Vec<u8>, TeamError> {
        let place = self.place().ok_or(TeamError::NotJoined)?;
        Ok(founding::revoke(&self.secrets, &place.roster, invite)?)
    }
}
