//! One open space in this tab: the device, its link, and what is remembered between two questions of a page.

use std::{
    cell::RefCell,
    collections::HashMap,
    rc::{Rc, Weak},
    sync::Arc,
};

use chrono::NaiveDate;
use device::{Changed, Device, SpaceKind, StorageError};
use handbook::{
    DocumentId, Record, RecordId, RecordKey, Row, Stamp,
    attention::Setting,
    deeds::Deeds,
    records::{Attachment, Client},
};
use leptos::{prelude::*, task::spawn_local};
use replica::session::LinkState;
use wire::{Hash, Refusal, Seq};

use super::{
    attachments::Porter, find::Finder, memory::Memory, now, roster::Sheets, setting, status,
};
use crate::{
    link::{Link, News},
    platform::timer::{self, Breath},
    storage::{BrowserVault, SpaceEntry, SpaceStorage},
    texts::{error::Told, title_of},
    ui::state::{AppState, Placed},
};

/// The device of this browser profile.
pub(super) type Tab = Device<SpaceStorage, BrowserVault>;

/// One open space.
pub(super) struct Space {
    /// The device.
    pub(super) device: Rc<Tab>,
    /// What the index of spaces says of it.
    pub(super) entry: SpaceEntry,
    /// What can be found.
    pub(super) finder: Finder,
    pub(super) app: AppState,
    pub(super) link: RefCell<Option<Link>>,
    pub(super) shown: RefCell<Option<LinkState>>,
    /// Who waits for the relay's word on a roster record.
    pub(super) judged:
        RefCell<HashMap<Hash, futures_channel::oneshot::Sender<Result<Seq, Refusal>>>>,
    /// What this person did in this tab, for taking it back.
    pub(super) deeds: RefCell<Deeds>,
    pub(super) memory: RefCell<Memory>,
    /// What carries attachments.
    pub(super) porter: Porter,
    /// What this device remembers of recovery kits.
    pub(super) sheets: RefCell<Sheets>,
    /// What others changed and nobody has taken in; `None` while nobody is at it.
    pub(super) gathered: RefCell<Option<Changed>>,
}

impl Space {
    /// Puts an opened device to work. Nothing is shown or sent yet: see [`Space::begin`].
    pub(super) fn new(device: Tab, entry: SpaceEntry, app: AppState) -> Rc<Self> {
        Rc::new(Self {
            device: Rc::new(device),
            entry,
            finder: Finder::default(),
            app,
            link: RefCell::default(),
            shown: RefCell::default(),
            judged: RefCell::default(),
            deeds: RefCell::default(),
            memory: RefCell::default(),
            porter: Porter::default(),
            sheets: RefCell::default(),
            gathered: RefCell::default(),
        })
    }

    /// Connects to the relay, if the space has one.
    pub(super) fn begin(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let link = Link::start(Rc::clone(&self.device), &self.device.origin(), move |news| {
            if let Some(space) = weak.upgrade() {
                space.heard(news);
            }
        });
        *self.link.borrow_mut() = Some(link);
        self.begin_carrying();
        status::show(self);
    }

    /// Fills the search while nobody waits for it.
    pub(super) fn fill_search(self: &Rc<Self>) {
        spawn_local(fill_finder(Rc::downgrade(self)));
    }

    /// Whether this is the sample firm.
    pub(super) fn is_sample(&self) -> bool {
        self.device.kind() == SpaceKind::Sample
    }

    /// This person's record.
    pub(super) fn you(&self) -> RecordId {
        RecordId::from_bytes(self.device.member().0)
    }

    /// The stamp of a command given now. One batch may span several commands.
    pub(super) fn stamp(&self, what: &'static str, batch: Option<uuid::Uuid>) -> Stamp {
        now::stamp(self.device.member(), what, batch)
    }

    /// Does a command, and tells the other tabs. Durable once it returns, and what it wrote can be read; the pages are told
    /// right after, so that the word "saved" does not wait until they are drawn anew.
    pub(super) async fn write(
        self: &Rc<Self>,
        edits: Vec<device::Edit>,
    ) -> Result<Vec<RecordKey>, device::WriteError> {
        let written = self.device.write_many(edits).await;
        Ok(self.wrote(self.known(written)?).await)
    }

    /// The same for a record and the attachment's bytes that it points to.
    pub(super) async fn write_with_object(
        self: &Rc<Self>,
        edit: device::Edit,
        object: &replica::SealedObject,
    ) -> Result<Vec<RecordKey>, device::WriteError> {
        let written = self.device.write_with_object(edit, object).await;
        Ok(self.wrote(self.known(written)?).await)
    }

    /// What was written. If not even the storage knows whether it was, every tab looks.
    fn known(
        &self,
        written: Result<device::Written, device::WriteError>,
    ) -> Result<device::Written, device::WriteError> {
        if let Err(device::WriteError::Storage(StorageError::Unknown(_))) = &written {
            self.look_again();
        }
        written
    }

    /// Every tab looks at what is stored.
    pub(super) fn look_again(&self) {
        if let Some(link) = self.link.borrow().as_ref() {
            link.look_again();
        }
    }

    async fn wrote(self: &Rc<Self>, written: device::Written) -> Vec<RecordKey> {
        let keys = written.changed.records.iter().map(|(_, key)| *key).collect();
        if !written.changed.is_empty() {
            if let Some(link) = self.link.borrow().as_ref() {
                link.wrote(&written.changed);
            }
            let renewed = self.renew(written.changed).await;
            let space = Rc::clone(self);
            spawn_local(async move {
                timer::sleep(0).await;
                space.look_over().await;
                space.tell(renewed);
            });
        }
        keys
    }

    fn heard(self: &Rc<Self>, news: News) {
        match news {
            News::State(state) => {
                let is_live = matches!(state, LinkState::Live | LinkState::Held(_));
                *self.shown.borrow_mut() = Some(state);
                status::show(self);
                if is_live {
                    self.mind_attachments();
                }
            }
            News::Changed(changed) => {
                let is_one = |(_, key): &(_, RecordKey)| key.kind == Attachment::KIND;
                let minded = changed.space || changed.records.iter().any(is_one);
                self.gather(changed);
                if minded {
                    self.mind_attachments();
                }
            }
            News::RecordDone { hash, outcome } => {
                if let Some(waiting) = self.judged.borrow_mut().remove(&hash) {
                    // Whoever waited may have left the page; the record is judged all the same.
                    let _ = waiting.send(outcome);
                }
                self.app.all_changed();
            }
            News::Skipped(seq, skipped) => {
                crate::platform::log::note(&format!(
                    "row {seq} was passed over: {:?}",
                    skipped.reason
                ));
            }
            News::Discarded => crate::platform::address::reload(),
            News::Failed(sentence) => status::stopped(self, &sentence),
        }
    }

    /// Attachments may have become ours to carry, or been carried by another tab.
    fn mind_attachments(self: &Rc<Self>) {
        let space = Rc::clone(self);
        spawn_local(async move {
            space.look_at_attachments().await;
            space.nudge_porter();
        });
    }

    /// Tries the relay now instead of waiting.
    pub(super) fn retry(&self) {
        if let Some(link) = self.link.borrow().as_ref() {
            link.retry();
        }
    }

    /// All rows of one document. The first question for it answers `None` and reads it.
    pub(super) fn one_document(self: &Rc<Self>, document: DocumentId) -> Option<Arc<Vec<Row>>> {
        let mut memory = self.memory.borrow_mut();
        if let Some(rows) = memory.recall(document) {
            return Some(rows);
        }
        if memory.loading.insert(document) {
            let space = Rc::clone(self);
            spawn_local(async move {
                let rows = space.device.rows(document).await;
                space.memory.borrow_mut().loading.remove(&document);
                match rows {
                    Ok(rows) => {
                        space.memory.borrow_mut().keep(document, Arc::new(rows));
                        space.app.changed(&document, &[]);
                        let shown = space.shown_in(document);
                        if shown != document {
                            space.app.changed(&shown, &[]);
                        }
                    }
                    Err(error) => status::stopped(&space, &error.told()),
                }
            });
        }
        None
    }

    /// All rows of a document as they stood at the end of a day. The first question for it answers `None` and reads it.
    pub(super) fn document_at(
        self: &Rc<Self>,
        document: DocumentId,
        day: NaiveDate,
    ) -> Option<Arc<Vec<Row>>> {
        let mut memory = self.memory.borrow_mut();
        if let Some((known, of, rows)) = &memory.past
            && (*known, *of) == (document, day)
        {
            return Some(Arc::clone(rows));
        }
        if memory.recalling != Some((document, day)) {
            memory.recalling = Some((document, day));
            let space = Rc::clone(self);
            spawn_local(async move {
                let rows = space.whole_rows(document, Some(day)).await;
                let mut memory = space.memory.borrow_mut();
                // Another day was asked for meanwhile.
                if memory.recalling != Some((document, day)) {
                    return;
                }
                memory.recalling = None;
                match rows {
                    Ok(rows) => {
                        memory.past = Some((document, day, Arc::new(rows)));
                        drop(memory);
                        space.app.changed(&document, &[]);
                    }
                    Err(error) => status::stopped(&space, &error.told()),
                }
            });
        }
        None
    }

    /// Hot rows of a kind over all documents.
    pub(super) fn list(&self, key: &'static str) -> Arc<Vec<Placed>> {
        if let Some(list) = self.memory.borrow().lists.get(key) {
            return Arc::clone(list);
        }
        let rows =
            handbook::kind(key).map(|kind| self.device.model().rows(kind)).unwrap_or_default();
        // A record is met on the pages that show it; a client that is part of another has none.
        let merged = self.merged();
        let met = rows.into_iter().filter(|(_, row)| key != Client::KEY || !merged.is_part(row.id));
        let placed = |(document, row)| Placed { document: self.shown_in(document), row };
        let list: Arc<Vec<Placed>> = Arc::new(met.map(placed).collect());
        self.memory.borrow_mut().lists.insert(key, Arc::clone(&list));
        list
    }

    /// The thresholds and the day.
    pub(super) fn setting(&self, today: NaiveDate) -> Rc<Setting> {
        let mut memory = self.memory.borrow_mut();
        match &memory.setting {
            Some(setting) if setting.today == today => Rc::clone(setting),
            _ => {
                let model = self.device.model();
                let settings = setting::setting(&setting::settings(&model), today);
                let setting = Rc::new(Setting { people: setting::people(&model), ..settings });
                memory.forget_clients();
                memory.setting = Some(Rc::clone(&setting));
                setting
            }
        }
    }

    /// What a client is called, for a document of its own.
    pub(super) fn client_name(&self, document: DocumentId) -> Option<String> {
        match document {
            DocumentId::Firm => None,
            DocumentId::Client(id) => self.title(document, RecordKey::new(Client::KIND, id)),
        }
    }

    /// What people call a record.
    pub(super) fn title(&self, here: DocumentId, key: RecordKey) -> Option<String> {
        let row = self.device.model().row(self.home_of(here, key), key)?;
        Some(title_of(&row)).filter(|title| !title.is_empty())
    }

    /// Every document with all its rows, deleted ones included.
    pub(super) async fn everything(
        &self,
    ) -> Result<Vec<(DocumentId, Vec<Row>)>, device::LoadError> {
        let mut documents = Vec::new();
        for document in self.device.model().documents() {
            documents.push((document, self.device.rows(document).await?));
        }
        Ok(documents)
    }
}

/// Reads every document once for the search, giving the page a breath in between.
async fn fill_finder(space: Weak<Space>) {
    let Some(documents) = space.upgrade().map(|space| space.device.model().documents()) else {
        return;
    };
    let mut breath = Breath::begin();
    for document in documents {
        let Some(space) = space.upgrade() else { return };
        match space.device.rows(document).await {
            Ok(rows) => space.finder.put(document, &rows),
            Err(error) => status::stopped(&space, &error.told()),
        }
        drop(space);
        breath.take().await;
    }
    if let Some(space) = space.upgrade() {
        space.app.device.update(|truth| truth.search_ready = true);
    }
}
