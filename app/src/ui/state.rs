//! What a page may see of the open workspace, and what it may ask of it.
//!
//! Pages know nothing of storage, sync or documents. They read through [`Reads`], which answer at once from
//! memory and are reactive, and act through [`Acts`], which answer once the device has kept the result. The
//! workspace fills both; the look-book in `examples/gallery.rs` fills them from a fixture.
//!
//! [`AppState`] is `Copy` and made once under the root owner: no page ever disposes of it.

use std::{collections::HashMap, future::Future, pin::Pin, rc::Rc, sync::Arc};

use chrono::NaiveDate;
use handbook::{
    DocumentId, MemberId, Moment, Op, Record, RecordId, RecordKey, Row,
    attention::Setting,
    document::{Entry, Version},
    import::Plan,
    merged::Merged,
    records::Settings,
};
use leptos::prelude::*;
use uuid::Uuid;

use super::model::{
    Arrived, Attention, Batch, Clock, DeviceTruth, DueItem, Export, Hit, ImportSource, Imported,
    InviteRole, MemberDevice, OpenInvite, Stage, Sync, Trashed, Undone, Visit, Workspace,
};
use crate::platform;

/// What went wrong, as a person reads it: what happened, what is safe, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble(pub String);

/// A result that comes once the device has done it.
pub type Pending<A> = Pin<Box<dyn Future<Output = Result<A, Trouble>>>>;
/// A question answered from memory.
pub type Ask<Q, A> = Rc<dyn Fn(Q) -> A>;
/// A request whose answer is durable.
pub type Act<Q, A> = Rc<dyn Fn(Q) -> Pending<A>>;

/// A row together with the document it lives in.
#[derive(Clone, PartialEq)]
pub struct Placed {
    /// The firm's document, or the client's.
    pub document: DocumentId,
    /// The record. Rows from [`Reads::list`] are hot rows: notes and prose are `Value::Empty` in them.
    pub row: Row,
}

/// Reads: answered at once, from memory. None of them touches a signal; [`AppState`]'s methods do the tracking.
pub struct Reads {
    /// Hot rows of one kind over all documents, gone ones left out. The question is a kind's key.
    pub list: Ask<&'static str, Arc<Vec<Placed>>>,
    /// All full rows of one document, gone ones included. `None` while it is being read from the device:
    /// the workspace then loads it and calls [`AppState::changed`].
    pub document: Ask<DocumentId, Option<Arc<Vec<Row>>>>,
    /// Reasons to act, worst first, over all clients.
    pub attention: Ask<(), Arc<Vec<Attention>>>,
    /// Promises, actions and complaint clocks that fall due in the seven days from today, and what is late.
    pub due: Ask<(), Arc<Vec<DueItem>>>,
    /// Visits and formal contacts of today, by time.
    pub visits: Ask<(), Arc<Vec<Visit>>>,
    /// The firm's calendar and thresholds, and today.
    pub setting: Ask<(), Setting>,
    /// Full-text search over everything on this device, best first, at most fifty.
    pub search: Ask<String, Vec<Hit>>,
    /// The team's devices, from the roster.
    pub devices: Ask<(), Vec<MemberDevice>>,
    /// Invitations nobody has used yet.
    pub invites: Ask<(), Vec<OpenInvite>>,
    /// What people call a record; `None` if this device does not have it. Seen from the document it is named in.
    pub title: Ask<(DocumentId, RecordKey), Option<String>>,
    /// Which clients are part of others.
    pub merged: Ask<(), Arc<Merged>>,
    /// A new record id.
    pub new_id: Ask<(), RecordId>,
}

/// One change to one document. A client's document that does not exist yet is made by its first write.
#[derive(Clone)]
pub struct Write {
    /// The document to change.
    pub document: DocumentId,
    /// What to do, in order, as one change.
    pub ops: Vec<Op>,
    /// The command's name as kept in the change's message, such as `"log touchpoint"`.
    pub what: &'static str,
}

/// The first person of a firm starts a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The firm's name.
    pub firm: String,
    /// The person's own name.
    pub name: String,
    /// The one-time token from the relay's set-up link; empty for a workspace on this device only.
    pub token: String,
}

/// Somebody joins a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The invitation link, as pasted or opened.
    pub link: String,
    /// The person's own name.
    pub name: String,
}

/// Acts: each resolves once the device has kept the result, or says in a [`Trouble`] why it did not.
pub struct Acts {
    /// Changes a document; answers with the records touched.
    pub write: Act<Write, Vec<RecordKey>>,
    /// Changes many documents as one act; answers with its name, under which it can be taken back.
    pub batch: Act<Batch, Uuid>,
    /// Takes back what such an act wrote into these documents and nobody changed since.
    pub undo_batch: Act<(Uuid, Vec<DocumentId>), Undone>,
    /// Whole rows of these documents, notes and prose included.
    pub whole: Act<Vec<DocumentId>, Vec<(DocumentId, Vec<Row>)>>,
    /// Everything that was deleted, the latest first.
    pub trash: Act<(), Vec<Trashed>>,
    /// Both values of a field that two people changed apart, and who and when.
    pub versions: Act<(DocumentId, RecordKey, &'static str), Vec<Version>>,
    /// What became of a record's fields, newest first.
    pub history: Act<(DocumentId, RecordKey), Vec<Entry>>,
    /// Starts a workspace and opens it.
    pub start: Act<Start, ()>,
    /// Joins a team and opens its workspace.
    pub join: Act<Join, ()>,
    /// Makes the sample firm and opens it.
    pub open_sample: Act<(), ()>,
    /// Discards the sample firm and goes back to the three doors.
    pub discard_sample: Act<(), ()>,
    /// Makes an invitation; answers with its link.
    pub invite: Act<InviteRole, String>,
    /// Takes an unused invitation back.
    pub revoke: Act<OpenInvite, ()>,
    /// Reads a file and says what would become of it; nothing is written.
    pub dry_run: Act<ImportSource, Plan>,
    /// Takes in the good rows of a dry run of the file of that name.
    pub import: Act<(String, Plan), Imported>,
    /// The last imports done on this device, newest first.
    pub imports: Act<(), Vec<Imported>>,
    /// Takes back what an import wrote and nobody changed since; answers in words.
    pub undo_import: Act<Uuid, String>,
    /// Makes a file of the workspace.
    pub export: Act<Export, ExportedFile>,
    /// Keeps what is being typed under a name, on this device only; an empty text forgets it.
    pub keep_draft: Act<(String, String), ()>,
    /// What was being typed under a name; empty if nothing was.
    pub draft: Act<String, String>,
    /// Asks the browser to keep this device's storage; answers whether it will.
    pub persist: Act<(), bool>,
    /// Connects to the relay now instead of waiting.
    pub sync_now: Act<(), ()>,
}

/// A file made for the person to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// The name it is offered under.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The open workspace as pages see it.
#[derive(Clone, Copy)]
pub struct AppState {
    /// Which face the app shows.
    pub stage: RwSignal<Stage>,
    /// What the link brought along that opened the app; taken by the page of the three doors.
    pub arrived: RwSignal<Option<Arrived>>,
    /// Firm, person and whether this is the sample.
    pub workspace: RwSignal<Workspace>,
    /// What the sync sentence says.
    pub sync: RwSignal<Sync>,
    /// The date and time of day that pages reckon with.
    pub clock: RwSignal<Clock>,
    /// What is true of this device: storage, persistence, version.
    pub device: RwSignal<DeviceTruth>,
    ticks: StoredValue<Ticks, LocalStorage>,
    doors: StoredValue<Rc<(Reads, Acts)>, LocalStorage>,
}

/// One counter per kind and per document: a page hears only of what it read.
#[derive(Default)]
struct Ticks {
    kinds: HashMap<&'static str, ArcTrigger>,
    documents: HashMap<DocumentId, ArcTrigger>,
    all: ArcTrigger,
}

impl AppState {
    /// Builds the state under the current owner, which must live as long as the app does.
    pub fn new(reads: Reads, acts: Acts, clock: Clock) -> Self {
        Self {
            stage: RwSignal::new(Stage::Opening),
            arrived: RwSignal::new(None),
            workspace: RwSignal::new(Workspace::default()),
            sync: RwSignal::new(Sync::Safe),
            clock: RwSignal::new(clock),
            device: RwSignal::new(DeviceTruth::default()),
            ticks: StoredValue::new_local(Ticks::default()),
            doors: StoredValue::new_local(Rc::new((reads, acts))),
        }
    }

    /// The workspace tells of a change: pages that read one of these kinds or this document read again.
    pub fn changed(&self, document: &DocumentId, kinds: &[&'static str]) {
        let ticks = self.ticks.with_value(|ticks| {
            let mut heard: Vec<ArcTrigger> =
                kinds.iter().filter_map(|kind| ticks.kinds.get(kind).cloned()).collect();
            heard.extend(ticks.documents.get(document).cloned());
            heard.push(ticks.all.clone());
            heard
        });
        ticks.iter().for_each(ArcTrigger::notify);
    }

    /// Everything may have changed: a workspace was opened, or an import or a long pull ended.
    pub fn all_changed(&self) {
        let ticks = self.ticks.with_value(|ticks| {
            let mut heard: Vec<ArcTrigger> =
                ticks.kinds.values().chain(ticks.documents.values()).cloned().collect();
            heard.push(ticks.all.clone());
            heard
        });
        ticks.iter().for_each(ArcTrigger::notify);
    }

    /// Hot rows of `kind` over all documents; reactive.
    pub fn list(&self, kind: &'static str) -> Arc<Vec<Placed>> {
        self.track_kind(kind);
        (self.doors().0.list)(kind)
    }

    /// All rows of a document; reactive; `None` while it is being read.
    pub fn document(&self, document: &DocumentId) -> Option<Arc<Vec<Row>>> {
        self.track_document(document);
        (self.doors().0.document)(*document)
    }

    /// Reasons to act; reactive.
    pub fn attention(&self) -> Arc<Vec<Attention>> {
        self.track_all();
        (self.doors().0.attention)(())
    }

    /// What falls due; reactive.
    pub fn due(&self) -> Arc<Vec<DueItem>> {
        self.track_all();
        (self.doors().0.due)(())
    }

    /// Today's visits; reactive.
    pub fn visits(&self) -> Arc<Vec<Visit>> {
        self.track_all();
        (self.doors().0.visits)(())
    }

    /// The firm's calendar and thresholds, and today; reactive.
    pub fn setting(&self) -> Setting {
        self.track_kind(Settings::KEY);
        self.clock.track();
        (self.doors().0.setting)(())
    }

    /// Searches everything on this device; reactive.
    pub fn search(&self, text: String) -> Vec<Hit> {
        self.track_all();
        (self.doors().0.search)(text)
    }

    /// The team's devices; reactive.
    pub fn devices(&self) -> Vec<MemberDevice> {
        self.track_all();
        (self.doors().0.devices)(())
    }

    /// Unused invitations; reactive.
    pub fn invites(&self) -> Vec<OpenInvite> {
        self.track_all();
        (self.doors().0.invites)(())
    }

    /// What people call a record named in `document`; reactive; empty if this device does not have it.
    pub fn title(&self, document: DocumentId, key: RecordKey) -> String {
        self.track_kind(key.kind.key);
        (self.doors().0.title)((document, key)).unwrap_or_default()
    }

    /// Which clients are part of others; reactive.
    pub fn merged(&self) -> Arc<Merged> {
        self.track_kind(handbook::records::CLIENT);
        (self.doors().0.merged)(())
    }

    /// A colleague's name; reactive; empty if this device does not know them.
    pub fn member_name(&self, member: MemberId) -> String {
        handbook::kind("member")
            .map(|kind| {
                self.title(DocumentId::Firm, RecordKey::new(kind, RecordId::from_bytes(member)))
            })
            .unwrap_or_default()
    }

    /// A new record id.
    pub fn new_id(&self) -> RecordId {
        (self.doors().0.new_id)(())
    }

    /// Today's date; reactive.
    pub fn today(&self) -> NaiveDate {
        self.clock.get().today
    }

    /// Now, with the offset that holds here; not reactive.
    pub fn now(&self) -> Moment {
        let ms = i64::try_from(platform::clock::now()).unwrap_or_default();
        let offset_min = self.clock.try_get_untracked().map_or(0, |clock| clock.offset_min);
        Moment { ms, offset_min }
    }

    /// Changes a document; answers with the records touched.
    pub fn write(
        &self,
        document: DocumentId,
        ops: Vec<Op>,
        what: &'static str,
    ) -> Pending<Vec<RecordKey>> {
        (self.doors().1.write)(Write { document, ops, what })
    }

    /// The acts, for everything that is not a plain write.
    pub fn act<A>(&self, choose: impl FnOnce(&Acts) -> Pending<A>) -> Pending<A> {
        choose(&self.doors().1)
    }

    fn doors(&self) -> Rc<(Reads, Acts)> {
        self.doors.with_value(Rc::clone)
    }

    fn track_kind(&self, kind: &'static str) {
        self.tick(|ticks| ticks.kinds.entry(kind).or_default().clone());
    }

    fn track_document(&self, document: &DocumentId) {
        self.tick(|ticks| ticks.documents.entry(*document).or_default().clone());
    }

    fn track_all(&self) {
        self.tick(|ticks| ticks.all.clone());
    }

    fn tick(&self, choose: impl FnOnce(&mut Ticks) -> ArcTrigger) {
        if let Some(trigger) = self.ticks.try_update_value(choose) {
            trigger.track();
        }
    }
}

/// The state in this context.
pub fn use_app() -> AppState {
    expect_context::<AppState>()
}
