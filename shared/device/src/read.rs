//! Reading what the model in memory does not hold: notes, prose, versions, history.

use automerge::Automerge;
use handbook::document::{Inverse, Past, Recent, Undo, Version};
use handbook::{DocumentId, Moment, RecordKey, Row, document};

use crate::device::Device;
use crate::loaded::LoadError;
use crate::model;
use crate::storage::{Storage, Table, Vault};

impl<S: Storage, V: Vault> Device<S, V> {
    /// All records of a document with all their fields, gone ones included, by kind and id; empty
    /// if the document is not here.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn rows(&self, document: DocumentId) -> Result<Vec<Row>, LoadError> {
        let Some(tag) = self.index.borrow().tag(document) else { return Ok(Vec::new()) };
        if let Some(loaded) = self.cache.borrow().peek(tag).filter(|loaded| !loaded.behind) {
            return Ok(loaded.rows.clone());
        }
        let entry = self.storage.get(Table::Rows, &tag.to_string()).await?;
        match entry.map(|entry| model::read_rows(&entry)) {
            Some(Ok(rows)) => Ok(rows),
            // Missing, or of another layout: the document itself knows.
            _ => self.with(document, |_, rows| rows.to_vec()).await.map(Option::unwrap_or_default),
        }
    }

    /// One record with all its fields, gone or not.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn row(
        &self,
        document: DocumentId,
        key: RecordKey,
    ) -> Result<Option<Row>, LoadError> {
        let rows = self.rows(document).await?;
        Ok(rows.into_iter().find(|row| row.key() == key))
    }

    /// The versions of a field, the current one first; one unless two people decided it
    /// differently.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn versions(
        &self,
        document: DocumentId,
        key: RecordKey,
        field: &str,
    ) -> Result<Vec<Version>, LoadError> {
        let versions = self.with(document, |it, _| document::versions(it, key, field)).await?;
        Ok(versions.unwrap_or_default())
    }

    /// What the last `most` changes did to a record, newest first.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn history(
        &self,
        document: DocumentId,
        key: RecordKey,
        most: usize,
    ) -> Result<Recent, LoadError> {
        let recent = self.with(document, |it, _| document::recent(it, key, most)).await?;
        Ok(recent.unwrap_or_default())
    }

    /// Every value that a field has had, newest first.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn values(
        &self,
        document: DocumentId,
        key: RecordKey,
        field: &str,
    ) -> Result<Vec<Past>, LoadError> {
        let values = self.with(document, |it, _| document::values(it, key, field)).await?;
        Ok(values.unwrap_or_default())
    }

    /// All records of a document as they stood at a moment, gone ones included, by kind and id; none
    /// before it was made.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn rows_at(
        &self,
        document: DocumentId,
        moment: Moment,
    ) -> Result<Vec<Row>, LoadError> {
        let rows = self.with(document, |it, _| document::rows_at(it, moment)).await?;
        let mut rows = rows.unwrap_or_default();
        model::sort(&mut rows);
        Ok(rows)
    }

    /// How to take a command or a batch back in one document, where nobody has changed it since.
    /// The steps are written like any others.
    ///
    /// # Errors
    /// See [`LoadError`].
    pub async fn undo(&self, document: DocumentId, what: Undo) -> Result<Inverse, LoadError> {
        let undo =
            |it: &Automerge, _: &[Row]| document::undo(it, what, &mut *self.rng.borrow_mut());
        let inverse = self.with(document, undo).await?;
        Ok(inverse.unwrap_or_default())
    }

    /// Looks into a document; `None` if it is not here.
    pub(crate) async fn with<T>(
        &self,
        document: DocumentId,
        look: impl FnOnce(&Automerge, &[Row]) -> T,
    ) -> Result<Option<T>, LoadError> {
        let _turn = self.turn.take().await;
        let Some(tag) = self.index.borrow().tag(document) else { return Ok(None) };
        let Some(loaded) = self.take(tag).await? else { return Ok(None) };
        let seen = look(&loaded.automerge, &loaded.rows);
        self.cache.borrow_mut().put(loaded);
        Ok(Some(seen))
    }
}
