//! Another tab wrote: what it stored is read again.

use std::collections::BTreeSet;

use handbook::{DocumentId, RecordKey};
use wire::Tag;

use crate::codec;
use crate::device::{Changed, Device, Kept, parse_tag};
use crate::doc_state::DocState;
use crate::keys;
use crate::storage::{Storage, StorageError, Table, Vault};

impl<S: Storage, V: Vault> Device<S, V> {
    /// Takes over what other tabs stored: in these documents, or with no tags in all. Gives what
    /// reads differently; of a document that changed these are all its records.
    ///
    /// # Errors
    /// What the storage says.
    pub async fn refresh(&self, tags: &[Tag]) -> Result<Changed, StorageError> {
        let _turn = self.turn.take().await;
        self.recall_steps().await?;
        let mut changed = match tags {
            [] => self.refresh_all().await?,
            tags => self.refresh_tags(tags).await?,
        };
        changed.space |= self.refresh_space().await?;
        changed.extend(self.unsaid.take());
        Ok(changed)
    }

    /// The same for all documents, for whoever holds the turn.
    pub(crate) async fn refresh_all(&self) -> Result<Changed, StorageError> {
        let mut gone: BTreeSet<Tag> = self.index.borrow().tags().into_iter().collect();
        let mut tags = Vec::new();
        for (key, bytes) in self.storage.scan(Table::Documents, "").await? {
            let tag = parse_tag(&key)?;
            gone.remove(&tag);
            let state: DocState = codec::decode(&bytes)?;
            if self.index.borrow().state(tag) != Some(&state) {
                tags.push(tag);
            }
        }
        tags.extend(gone);
        self.refresh_tags(&tags).await
    }

    /// The same for whoever holds the turn.
    pub(crate) async fn refresh_tags(&self, tags: &[Tag]) -> Result<Changed, StorageError> {
        let mut changed = Changed::default();
        let (there, next) = self.without_gone(tags, &mut changed).await?;
        for tag in there.iter().chain(&next) {
            let key = tag.to_string();
            let Some(stored) = self.storage.get(Table::Documents, &key).await? else { continue };
            self.cache.borrow_mut().forget_unless_at(*tag, &stored);
            let state: DocState = codec::decode(&stored)?;
            if self.index.borrow().state(*tag) == Some(&state) && !next.contains(tag) {
                continue;
            }
            let document = state.document;
            let mut records = self.keys_of(document);
            let entry = self.storage.get(Table::Hot, &key).await?;
            self.install_state(*tag, state);
            if let Some(entry) = entry {
                self.install_entry(*tag, entry);
            }
            records.extend(self.keys_of(document));
            changed.tags.push(*tag);
            changed.records.extend(records);
        }
        Ok(changed)
    }

    /// Lets go of what is stored no longer: its document has gone on under another tag. Gives the rest,
    /// and those, which are to be shown now even if they were known before.
    async fn without_gone(
        &self,
        tags: &[Tag],
        changed: &mut Changed,
    ) -> Result<(Vec<Tag>, Vec<Tag>), StorageError> {
        let mut rest = Vec::new();
        let mut gone = Vec::new();
        for tag in tags {
            match self.storage.get(Table::Documents, &tag.to_string()).await? {
                Some(_) => rest.push(*tag),
                None if self.index.borrow().state(*tag).is_some() => gone.push(*tag),
                None => {}
            }
        }
        if gone.is_empty() {
            return Ok((rest, Vec::new()));
        }
        let mut next = Vec::new();
        self.recall_steps().await?;
        changed.erased = true;
        for tag in gone {
            let document = self.index.borrow().state(tag).and_then(|state| state.document);
            changed.records.extend(self.keys_of(document));
            changed.tags.push(tag);
            self.forget_document(tag);
            next.extend(self.index.borrow().closed().get(&tag).map(|closed| closed.to));
        }
        Ok((rest, next))
    }

    /// Reads the state of the space again; says whether it differs.
    pub(crate) async fn refresh_space(&self) -> Result<bool, StorageError> {
        let Some(stored) = self.storage.get(Table::Space, keys::SPACE_STATE).await? else {
            return Ok(false);
        };
        if self.space.borrow().bytes == stored {
            return Ok(false);
        }
        let kept = Kept::read(stored)?;
        self.install_space(kept);
        Ok(true)
    }

    fn keys_of(&self, document: Option<DocumentId>) -> BTreeSet<(DocumentId, RecordKey)> {
        let Some(document) = document else { return BTreeSet::new() };
        let records = handbook::kinds().filter_map(|kind| self.model.records_in(document, kind));
        records
            .flat_map(|records| {
                (0..records.len()).map(|place| (document, records.key(place))).collect::<Vec<_>>()
            })
            .collect()
    }
}
