//! Making snapshots for the log, and vouching for those in it.

use handbook::document;
use replica::{Snapshot, Vouch, check};
use wire::{Millis, Tag};

use crate::device::Device;
use crate::loaded::{LoadError, damaged};
use crate::storage::{Storage, Vault};
use crate::touched::Touched;

impl<S: Storage, V: Vault> Device<S, V> {
    /// The document whole, for the log; `None` while the relay lacks something of it, or something in
    /// it waits or was set aside. It is read back strictly before anybody gets it.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn make_snapshot(&self, tag: Tag) -> Result<Option<Snapshot>, LoadError> {
        let _turn = self.turn.take().await;
        let Some(loaded) = self.take(tag).await? else { return Ok(None) };
        let state = &loaded.state;
        let held = state.unsynced_in(self.life()) == 0 && state.changes > 0;
        let document = (held && state.is_clean()).then(|| loaded.automerge.save_nocompress());
        // What others would not read is not made: its rows stay.
        let document = document.filter(|document| check::weigh(document).is_ok());
        let snapshot = if let Some(document) = document {
            let again = document::load(&document).map_err(|error| damaged(tag, &error))?;
            if again.get_heads() != loaded.automerge.get_heads() {
                return Err(damaged(tag, &"a snapshot does not read back as it was written"));
            }
            let refused = state.refused.as_slice().iter().map(|hash| hash.0).collect();
            Some(Snapshot { refused, document })
        } else {
            None
        };
        self.cache.borrow_mut().put(loaded);
        Ok(snapshot)
    }

    /// The snapshots that this device may vouch for at `now`.
    pub fn vouches(&self, now: Millis) -> Vec<Vouch> {
        let space = self.space.borrow();
        let Some(place) = &space.state.place else { return Vec::new() };
        let me = self.device();
        let noted = self.index.borrow().noted(place.log).into_iter();
        noted
            .filter(|(_, noted)| place.roster.may_attest(&noted.by, noted.at, &me, now))
            .map(|(tag, noted)| Vouch {
                tag,
                snapshot: noted.hash,
                seq: noted.seq,
                examined: noted.examined,
            })
            .collect()
    }

    /// Whether what lies in the log as this device's own snapshot is what it made: read strictly, with
    /// everything inside that the relay held before it, and nothing else.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn examine(&self, vouch: &Vouch, snapshot: &Snapshot) -> Result<bool, LoadError> {
        let _turn = self.turn.take().await;
        let Some(loaded) = self.take(vouch.tag).await? else { return Ok(false) };
        let touched = Touched::of(loaded, self.life(), &self.build);
        let noted = touched.loaded.state.snapshot.as_ref();
        let noted = noted.filter(|noted| noted.hash == vouch.snapshot);
        let other =
            check::weigh(&snapshot.document).ok().map(|()| document::load(&snapshot.document));
        let whole = match (noted, other) {
            (Some(noted), Some(Ok(other))) => {
                touched.is_whole(snapshot, &other, noted.heads.as_slice())
            }
            _ => false,
        };
        self.cache.borrow_mut().put(touched.loaded);
        Ok(whole)
    }
}
