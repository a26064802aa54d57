//! What a page may see of the open workspace, and what it may ask of it.
//!
//! Pages know nothing of storage, sync or documents. They read through [`Reads`], which answer at once from
//! memory and are reactive, and act through [`Acts`], which answer once the device has kept the result. The
//! workspace fills both. Long because it is the one list of everything that pages may read and ask for.
//!
//! [`AppState`] is `Copy` and made once under the root owner: no page ever disposes of it.

use std::{collections::HashMap, future::Future, pin::Pin, rc::Rc, sync::Arc};

use chrono::{NaiveDate, NaiveDateTime};
use handbook::{
    DocumentId, MemberId, Moment, Op, Record, RecordId, RecordKey, Row,
    attention::Setting,
    document::{Past, Recent, Version},
    figures::rollout_gate::Input,
    import::Plan,
    merged::Merged,
    records::Settings,
};
use leptos::prelude::*;
use uuid::Uuid;

use super::model::{
    Arrived, AsOf, AttachFile, AttachedFile, Attention, Batch, ClientReach, Clock, DeviceTruth,
    Done, DueItem, Emptied, Export, Hit, Holdings, ImportSource, Imported, Resting, Stage, Sync,
    TakenBack, Trashed, Undone, Visit, Workspace,
    team::{Going, OpenInvite, Sheet, Team, TeamRole},
};
use crate::{
    platform,
    texts::{self, title_of},
};

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
    /// The same rows as they stood at the end of a day.
    pub document_at: Ask<(DocumentId, NaiveDate), Option<Arc<Vec<Row>>>>,
    /// Records that wait for somebody to decide between two versions or two states, over all documents; hot
    /// rows, by client.
    pub unsettled: Ask<(), Arc<Vec<Placed>>>,
    /// Reasons to act, worst first, over all clients.
    pub attention: Ask<(), Arc<Vec<Attention>>>,
    /// Reasons that rest, over all clients.
    pub resting: Ask<(), Arc<Vec<Resting>>>,
    /// Everything that falls due until that day, or ever, late ones first.
    pub due: Ask<Option<NaiveDate>, Arc<Vec<DueItem>>>,
    /// What the gate looks at before another pilot begins, over all clients.
    pub rollout_gate: Ask<(), Vec<Input>>,
    /// Who of us is in touch with each living client, by the client's name.
    pub reach: Ask<(), Arc<Vec<ClientReach>>>,
    /// Visits and formal contacts of today that are still to be held or told of, by time.
    pub visits: Ask<(), Arc<Vec<Visit>>>,
    /// The firm's calendar and thresholds, and today.
    pub setting: Ask<(), Setting>,
    /// Full-text search over everything on this device, best first, at most fifty.
    pub search: Ask<String, Vec<Hit>>,
    /// The team, from the roster.
    pub team: Ask<(), Team>,
    /// What people call a record; `None` if this device does not have it. Seen from the document it is named in.
    pub title: Ask<(DocumentId, RecordKey), Option<String>>,
    /// Whether what a command did in this tab can be taken back: it was not yet.
    pub stands: Ask<Uuid, bool>,
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

/// An owner comes back by a recovery kit.
#[derive(Clone, PartialEq, Eq)]
pub struct Recover {
    /// The phrase as typed, or the sheet's link.
    pub phrase: String,
    /// The space's number as typed; not looked at beside a link.
    pub number: String,
    /// The relay's origin; not looked at beside a link.
    pub relay: String,
}

/// Acts: each resolves once the device has kept the result, or says in a [`Trouble`] why it did not.
pub struct Acts {
    /// Changes a document; answers with the records touched.
    pub write: Act<Write, Vec<RecordKey>>,
    /// Changes many documents as one act; answers with its name, under which it can be taken back.
    pub batch: Act<Batch, Uuid>,
    /// Takes back what such an act wrote into these documents and nobody changed since.
    pub undo_batch: Act<(Uuid, Vec<DocumentId>), TakenBack>,
    /// Whole rows of these documents, notes and prose included.
    pub whole: Act<Vec<DocumentId>, Vec<(DocumentId, Vec<Row>)>>,
    /// Everything that was deleted, the latest first.
    pub trash: Act<(), Vec<Trashed>>,
    /// Both values of a field that two people changed apart, and who and when.
    pub versions: Act<(DocumentId, RecordKey, &'static str), Vec<Version>>,
    /// What the last so many changes did to a record, newest first.
    pub history: Act<(DocumentId, RecordKey, usize), Recent>,
    /// Every value that a field has had, newest first.
    pub values: Act<(DocumentId, RecordKey, &'static str), Vec<Past>>,
    /// Takes back what this person did in this tab: the command named, else the last one. `None` if there is none.
    pub undo: Act<Option<Uuid>, Option<Undone>>,
    /// Does again what was taken back last.
    pub redo: Act<(), Option<Undone>>,
    /// Starts a workspace and opens it.
    pub start: Act<Start, ()>,
    /// Joins a team and opens its workspace.
    pub join: Act<Join, ()>,
    /// Stops joining; what was fetched stays.
    pub cancel_joining: Act<(), ()>,
    /// Goes on with it.
    pub resume_joining: Act<(), ()>,
    /// Makes the sample firm and opens it.
    pub open_sample: Act<(), ()>,
    /// Discards the sample firm and goes back to the three doors.
    pub discard_sample: Act<(), ()>,
    /// Links this device, as one more of whoever made the link, and opens their workspace.
    pub link: Act<String, ()>,
    /// Comes back as an owner by a recovery kit and opens the workspace.
    pub recover: Act<Recover, ()>,
    /// Deletes the open workspace from this device, which was removed from its team, and goes back to the doors.
    pub empty: Act<(), ()>,
    /// Makes an invitation; answers with its link.
    pub invite: Act<TeamRole, String>,
    /// Makes an invitation for a further device of this person; answers with its link.
    pub invite_device: Act<(), String>,
    /// Gives somebody another role.
    pub set_role: Act<(RecordId, TeamRole), ()>,
    /// Removes devices and begins a new key; answers with the recovery kit that comes with it, to be printed.
    pub remove: Act<Going, Option<Sheet>>,
    /// Leaves the team, with all devices.
    pub leave: Act<(), ()>,
    /// Begins a new key; with `true`, or where the present recovery kit must not stay, with another kit.
    pub new_key: Act<bool, Option<Sheet>>,
    /// Remembers that the recovery kit made here last is on paper, or that the paper of one before is destroyed.
    pub sheet_settled: Act<(), ()>,
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
    /// Takes in a file for a record: it is scaled down, sealed and stored on this device.
    pub attach: Act<AttachFile, RecordKey>,
    /// An attachment's file; `None` if its bytes are not here.
    pub open_attachment: Act<(DocumentId, RecordKey), Option<AttachedFile>>,
    /// Asks the relay for an attachment's bytes.
    pub fetch_attachment: Act<(DocumentId, RecordKey), ()>,
    /// Sets the workspace up on a relay that does not have it, with what was pasted or opened: a set-up link or its token.
    pub set_up: Act<String, ()>,
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
    /// Why this device has no workspace any more: it was emptied.
    pub emptied: RwSignal<Option<Emptied>>,
    /// What the sync sentence says.
    pub sync: RwSignal<Sync>,
    /// Whether the person reads why sync stopped.
    pub why_stopped: RwSignal<bool>,
    /// Which attachments' bytes are here, and which are on their way.
    pub holdings: RwSignal<Holdings>,
    /// The date and time of day that pages reckon with.
    pub clock: RwSignal<Clock>,
    /// What is true of this device: storage, persistence, version.
    pub device: RwSignal<DeviceTruth>,
    /// The last deed that is offered to be taken back at once.
    pub done: RwSignal<Option<Done>>,
    /// The past day that a client's pages show; `None` while they show today.
    pub as_of: RwSignal<Option<AsOf>>,
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
            emptied: RwSignal::new(None),
            sync: RwSignal::new(Sync::Safe),
            why_stopped: RwSignal::new(false),
            holdings: RwSignal::new(Holdings::default()),
            clock: RwSignal::new(clock),
            device: RwSignal::new(DeviceTruth::default()),
            done: RwSignal::new(None),
            as_of: RwSignal::new(None),
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

    /// All rows of a document; reactive; `None` while it is being read. Of a client that is looked at as it was
    /// on a past day, those of that day.
    pub fn document(&self, document: &DocumentId) -> Option<Arc<Vec<Row>>> {
        self.track_document(document);
        match self.as_of.get() {
            Some(past) if past.document() == *document => {
                (self.doors().0.document_at)((*document, past.day))
            }
            _ => (self.doors().0.document)(*document),
        }
    }

    /// Records that wait for a decision; reactive.
    pub fn unsettled(&self) -> Arc<Vec<Placed>> {
        self.track_all();
        (self.doors().0.unsettled)(())
    }

    /// Reasons to act; reactive.
    pub fn attention(&self) -> Arc<Vec<Attention>> {
        self.track_all();
        (self.doors().0.attention)(())
    }

    /// Reasons that rest; reactive.
    pub fn resting(&self) -> Arc<Vec<Resting>> {
        self.track_all();
        (self.doors().0.resting)(())
    }

    /// What falls due until that day, or ever; reactive.
    pub fn due(&self, until: Option<NaiveDate>) -> Arc<Vec<DueItem>> {
        self.track_all();
        (self.doors().0.due)(until)
    }

    /// What the gate looks at before another pilot begins; reactive.
    pub fn rollout_gate(&self) -> Vec<Input> {
        self.track_all();
        (self.doors().0.rollout_gate)(())
    }

    /// Who of us is in touch with each living client; reactive.
    pub fn reach(&self) -> Arc<Vec<ClientReach>> {
        self.track_all();
        (self.doors().0.reach)(())
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
        let setting = (self.doors().0.setting)(());
        match self.as_of.get() {
            Some(past) => Setting { today: past.day, ..setting },
            None => setting,
        }
    }

    /// Searches everything on this device; reactive.
    pub fn search(&self, text: String) -> Vec<Hit> {
        self.track_all();
        (self.doors().0.search)(text)
    }

    /// The team; reactive.
    pub fn team(&self) -> Team {
        self.track_all();
        (self.doors().0.team)(())
    }

    /// What people call a record named in `document`; reactive; empty if this device does not have it.
    pub fn title(&self, document: DocumentId, key: RecordKey) -> String {
        self.track_kind(key.kind.key);
        if let Some(past) =
            self.as_of.get().filter(|past| past.document() == key.document(document))
        {
            let rows = (self.doors().0.document_at)((past.document(), past.day));
            let row = rows.iter().flat_map(|rows| rows.iter()).find(|row| row.key() == key);
            return row.map(title_of).unwrap_or_default();
        }
        (self.doors().0.title)((document, key)).unwrap_or_default()
    }

    /// Whether what a command did in this tab can be taken back; reactive.
    pub fn stands(&self, command: Uuid) -> bool {
        self.track_all();
        (self.doors().0.stands)(command)
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

    /// The day that pages reckon with: today, or the past day that is looked at; reactive.
    pub fn today(&self) -> NaiveDate {
        let today = self.clock.get().today;
        self.as_of.get().map_or(today, |past| past.day)
    }

    /// The clock on the wall; reactive.
    pub fn local(&self) -> Option<NaiveDateTime> {
        let Clock { now_ms, offset_min, .. } = self.clock.get();
        Moment { ms: now_ms, offset_min }.local()
    }

    /// Now, with the offset that holds here; not reactive.
    pub fn now(&self) -> Moment {
        let ms = i64::try_from(platform::clock::now()).unwrap_or_default();
        let offset_min = self.clock.try_get_untracked().map_or(0, |clock| clock.offset_min);
        Moment { ms, offset_min }
    }

    /// Changes a document; answers with the records touched. Nobody writes while they look at a past day.
    pub fn write(
        &self,
        document: DocumentId,
        ops: Vec<Op>,
        what: &'static str,
    ) -> Pending<Vec<RecordKey>> {
        if self.as_of.get_untracked().is_some() {
            return Box::pin(async { Err(Trouble(texts::history::only_read().into())) });
        }
        (self.doors().1.write)(Write { document, ops, what })
    }

    /// Changes many documents as one act; answers with its name. Nobody writes while they look at a past day.
    pub fn batch(&self, batch: Batch) -> Pending<Uuid> {
        if self.as_of.get_untracked().is_some() {
            return Box::pin(async { Err(Trouble(texts::history::only_read().into())) });
        }
        (self.doors().1.batch)(batch)
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
