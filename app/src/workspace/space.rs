//! One open space in this tab: the device, its link, and what is remembered between two questions of a page.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    rc::{Rc, Weak},
    sync::Arc,
};

use chrono::NaiveDate;
use device::{Changed, Device, SpaceKind};
use handbook::{
    DocumentId, Record, RecordId, RecordKey, Row, Stamp,
    agenda::AgendaItem,
    attention::{Setting, team::accountable},
    deeds::Deeds,
    export::CalendarItem,
    records::{Client, Member, Rollout, Settings},
};
use leptos::{prelude::*, task::spawn_local};
use replica::session::LinkState;
use wire::{Hash, Refusal, Seq};

use super::{
    describe,
    find::Finder,
    memory::Memory,
    now,
    reasons::{self, OfClient},
    setting, status,
};
use crate::{
    link::{Link, News},
    platform::{clock, timer},
    storage::{BrowserVault, SpaceEntry, SpaceStorage},
    texts::{error::Told, language, title_of},
    ui::{
        model::{Attention, ClientReach, DueItem, Resting},
        state::{AppState, Placed},
    },
};

/// The device of this browser profile.
pub(super) type Tab = Device<SpaceStorage, BrowserVault>;

/// How long pages are left alone while many documents arrive at once, milliseconds.
const BETWEEN_ROUNDS_MS: u32 = 1_000;

/// How long the search is filled without a breath for the page, milliseconds.
const BREATH_MS: f64 = 12.0;

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
    /// What others changed and nobody has taken in; `None` while nobody is at it.
    gathered: RefCell<Option<Changed>>,
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
            gathered: RefCell::default(),
        })
    }

    /// Connects to the relay, if the space has one, and fills the search index.
    pub(super) fn begin(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let link = Link::start(Rc::clone(&self.device), &self.device.origin(), move |news| {
            if let Some(space) = weak.upgrade() {
                space.heard(news);
            }
        });
        *self.link.borrow_mut() = Some(link);
        status::show(self);
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
        let written = self.device.write_many(edits).await?;
        let keys = written.changed.records.iter().map(|(_, key)| *key).collect();
        if !written.changed.is_empty() {
            if let Some(link) = self.link.borrow().as_ref() {
                link.wrote(&written.changed);
            }
            let renewed = self.renew(written.changed).await;
            let space = Rc::clone(self);
            spawn_local(async move {
                timer::sleep(0).await;
                space.tell(renewed);
            });
        }
        Ok(keys)
    }

    fn heard(self: &Rc<Self>, news: News) {
        match news {
            News::State(state) => {
                *self.shown.borrow_mut() = Some(state);
                status::show(self);
            }
            News::Changed(changed) => self.gather(changed),
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

    /// Tries the relay now instead of waiting.
    pub(super) fn retry(&self) {
        if let Some(link) = self.link.borrow().as_ref() {
            link.retry();
        }
    }

    /// Takes in what others changed. What arrives meanwhile is gathered and taken in together, so that a first sync of
    /// a thousand clients is not a thousand times a new page.
    fn gather(self: &Rc<Self>, changed: Changed) {
        match &mut *self.gathered.borrow_mut() {
            Some(gathered) => return gathered.extend(changed),
            none => *none = Some(changed),
        }
        let space = Rc::clone(self);
        spawn_local(async move {
            loop {
                let changed = {
                    let mut gathered = space.gathered.borrow_mut();
                    let Some(changed) = gathered.as_mut().map(std::mem::take) else { return };
                    if changed.is_empty() {
                        *gathered = None;
                        return;
                    }
                    changed
                };
                let many = changed.tags.len() > 1;
                space.take_in(changed).await;
                if many {
                    timer::sleep(BETWEEN_ROUNDS_MS).await;
                }
            }
        });
    }

    /// Renews what was remembered of what changed, then lets the pages read again.
    async fn take_in(self: &Rc<Self>, changed: Changed) {
        let renewed = self.renew(changed).await;
        self.tell(renewed);
    }

    /// Renews what was remembered of what changed: from here on questions are answered anew.
    async fn renew(self: &Rc<Self>, changed: Changed) -> Renewed {
        let documents: BTreeSet<DocumentId> =
            changed.records.iter().map(|(document, _)| *document).collect();
        let kinds: BTreeSet<&'static str> =
            changed.records.iter().map(|(_, key)| key.kind.key).collect();
        let settings_changed =
            kinds.contains(Settings::KIND.key) || kinds.contains(Member::KIND.key);
        let clients_moved = kinds.contains(Client::KIND.key)
            && self
                .memory
                .borrow()
                .merged
                .as_ref()
                .is_some_and(|known| **known != self.read_merged());
        // What is read as one changes as one.
        let shown: BTreeSet<DocumentId> =
            documents.iter().flat_map(|document| [*document, self.shown_in(*document)]).collect();
        {
            let mut memory = self.memory.borrow_mut();
            memory.lists.retain(|kind, _| !kinds.contains(kind));
            if clients_moved {
                memory.lists.clear();
                memory.clients.clear();
                memory.merged = None;
                memory.past = None;
            }
            if settings_changed {
                memory.clients.clear();
                memory.setting = None;
            }
            // Whether too many pilots run is said at each of them.
            if kinds.contains(Rollout::KIND.key) {
                memory.clients.clear();
            }
            if memory.past.as_ref().is_some_and(|(document, ..)| shown.contains(document)) {
                memory.past = None;
            }
            for document in &documents {
                memory.unsettled.remove(document);
            }
            for document in &shown {
                if let DocumentId::Client(client) = document {
                    memory.clients.remove(client);
                }
            }
        }
        let mut renewed = Vec::with_capacity(documents.len());
        for document in documents {
            match self.device.rows(document).await {
                Ok(rows) => {
                    let rows = Arc::new(rows);
                    self.memory.borrow_mut().renew(document, Arc::clone(&rows));
                    renewed.push((document, rows));
                }
                Err(error) => status::stopped(self, &error.told()),
            }
        }
        let described = settings_changed || changed.space;
        let kinds = kinds.into_iter().collect();
        Renewed { documents: renewed, shown, kinds, clients_moved, described }
    }

    /// Lets the search know what was renewed, and the pages read again.
    fn tell(self: &Rc<Self>, renewed: Renewed) {
        let Renewed { documents, shown, kinds, clients_moved, described } = renewed;
        for (document, rows) in &documents {
            self.finder.put(*document, rows);
        }
        if described {
            let described = describe::workspace(self);
            if self.app.workspace.with_untracked(|known| *known != described) {
                self.app.workspace.set(described);
            }
        }
        status::show(self);
        match documents.as_slice() {
            [] if described => self.app.all_changed(),
            [] => {}
            [_] if !clients_moved => {
                shown.iter().for_each(|document| self.app.changed(document, &kinds));
            }
            _ => self.app.all_changed(),
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
                memory.clients.clear();
                memory.setting = Some(Rc::clone(&setting));
                setting
            }
        }
    }

    /// Every client with what is known of it at a glance, those put away among them.
    fn clients(&self, setting: &Setting) -> Vec<(RecordId, String, Rc<OfClient>)> {
        let model = self.device.model();
        let list = self.list(Client::KEY);
        let known = |client: &Row| {
            if let Some(known) = self.memory.borrow().clients.get(&client.id) {
                return Rc::clone(known);
            }
            let documents = self.whole(DocumentId::Client(client.id));
            let made = Rc::new(reasons::of_client(&model, &documents, client, setting));
            self.memory.borrow_mut().clients.insert(client.id, Rc::clone(&made));
            made
        };
        list.iter().map(|it| (it.row.id, title_of(&it.row), known(&it.row))).collect()
    }

    /// Reasons to act over all clients, the most pressing first, then by client.
    pub(super) fn attention(&self, today: NaiveDate) -> Vec<Attention> {
        let setting = self.setting(today);
        let mut found = Vec::new();
        for (client, name, of) in self.clients(&setting) {
            found.extend(of.reasons.open.iter().map(|reason| {
                let owner = reason.owner.map(RecordId::from_bytes);
                Attention {
                    client,
                    client_name: name.clone(),
                    reason: reason.clone(),
                    accountable: accountable(owner, &of.managers),
                }
            }));
        }
        found.sort_by(|a, b| {
            let order = |it: &Attention| it.reason.severity;
            order(a).cmp(&order(b)).then_with(|| a.client_name.cmp(&b.client_name))
        });
        found
    }

    /// Reasons that rest over all clients, the one that comes back first before the others.
    pub(super) fn resting(&self, today: NaiveDate) -> Vec<Resting> {
        let setting = self.setting(today);
        let mut found = Vec::new();
        for (client, client_name, of) in self.clients(&setting) {
            found.extend(of.reasons.snoozed.iter().map(|snoozed| Resting {
                client,
                client_name: client_name.clone(),
                snoozed: snoozed.clone(),
            }));
        }
        found.sort_by(|a, b| {
            a.snoozed.until.cmp(&b.snoozed.until).then_with(|| a.client_name.cmp(&b.client_name))
        });
        found
    }

    /// What falls due until that day, or ever, by day.
    pub(super) fn due(&self, until: Option<NaiveDate>, today: NaiveDate) -> Vec<DueItem> {
        let setting = self.setting(today);
        let model = self.device.model();
        let mut items = Vec::new();
        for (client, name, of) in self.clients(&setting) {
            let document = DocumentId::Client(client);
            let row = |key| model.row(self.home_of(document, key), key);
            let near =
                of.agenda.iter().take_while(|item| until.is_none_or(|until| item.day <= until));
            items.extend(near.map(|item| reasons::due(row, item, &name, &of.managers, &setting)));
        }
        items.sort_by(|a, b| a.on.cmp(&b.on).then_with(|| a.text.cmp(&b.text)));
        items
    }

    /// The agenda as entries of a calendar, as far as `wanted` says.
    pub(super) fn calendar(
        &self,
        wanted: impl Fn(&AgendaItem, Option<RecordId>) -> bool,
        today: NaiveDate,
    ) -> Vec<CalendarItem> {
        let setting = self.setting(today);
        let mut entries = Vec::new();
        for (_, name, of) in self.clients(&setting) {
            let wanted = |item: &&AgendaItem| wanted(item, accountable(item.owner, &of.managers));
            let those = of.agenda.iter().filter(wanted);
            entries.extend(those.map(|item| item.calendar_item(&name, language())));
        }
        entries
    }

    /// Who of us is in touch with each living client, by name.
    pub(super) fn reach(&self, today: NaiveDate) -> Vec<ClientReach> {
        let setting = self.setting(today);
        let living = self.clients(&setting).into_iter().filter(|(_, _, of)| of.living);
        let mut lines: Vec<ClientReach> = living
            .map(|(client, client_name, of)| ClientReach {
                client,
                client_name,
                reach: of.reach.clone(),
            })
            .collect();
        lines.sort_by(|a, b| a.client_name.cmp(&b.client_name));
        lines
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

/// What was read again after a change, for the search and the pages.
struct Renewed {
    documents: Vec<(DocumentId, Arc<Vec<Row>>)>,
    /// The same documents, and those on whose pages they are read.
    shown: BTreeSet<DocumentId>,
    kinds: Vec<&'static str>,
    /// Who is part of whom.
    clients_moved: bool,
    /// The firm, its people or the space itself: what is said of the workspace as a whole.
    described: bool,
}

/// Reads every document once for the search, giving the page a breath in between.
async fn fill_finder(space: Weak<Space>) {
    let Some(documents) = space.upgrade().map(|space| space.device.model().documents()) else {
        return;
    };
    let mut breath = clock::elapsed();
    for document in documents {
        let Some(space) = space.upgrade() else { return };
        match space.device.rows(document).await {
            Ok(rows) => space.finder.put(document, &rows),
            Err(error) => status::stopped(&space, &error.told()),
        }
        drop(space);
        // A timer costs milliseconds, however short it is.
        if clock::elapsed() - breath > BREATH_MS {
            timer::sleep(0).await;
            breath = clock::elapsed();
        }
    }
    if let Some(space) = space.upgrade() {
        space.app.device.update(|truth| truth.search_ready = true);
    }
}
