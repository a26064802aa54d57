//! The view models of pages: plain values that the workspace computes and pages only show. Long because
//! it is their whole vocabulary, and each is a few lines.

pub mod erase;
pub mod team;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use handbook::{
    DocumentId, Known, MemberId, Moment, Op, RecordId, RecordKey, Row, Sentence,
    agenda::Topic,
    attention::{Reason, Snoozed, team::Who},
    figures::reach::Reach,
    records::ScheduledContact,
};
use uuid::Uuid;

use crate::platform::files::PickedFile;

/// Which face the app shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The device's storage is being opened; shown as an empty page, for it takes a moment at most.
    Opening,
    /// No workspace on this device: the three doors.
    Doors,
    /// An invitation was accepted on this device, and the relay is being waited for. What is happening.
    Joining(String),
    /// Joining was stopped by the person; it can go on where it was.
    Paused,
    /// A workspace is open.
    Open,
    /// This device was removed from the team of the open workspace, and is to delete what it holds.
    Emptying,
    /// Something keeps the app from working at all, such as an insecure origin. What happened and what to do.
    Stopped(String),
}

/// What the link brought along that opened the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrived {
    /// A set-up token: start a workspace on this relay.
    Setup(String),
    /// An invitation, as the part behind `#join=`.
    Join(String),
    /// The link for a further device of somebody, as the part behind `#link=`.
    Link(String),
    /// A recovery kit, as the part behind `#recover=`.
    Recover(String),
}

/// Why a device holds no workspace any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emptied {
    /// It was removed from its team, which wanted that.
    ByTeam,
    /// Its person wanted that, after it had gone from the team.
    ByPerson,
}

/// The open workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workspace {
    /// The firm's name.
    pub firm: String,
    /// This person's name.
    pub name: String,
    /// This person's record of kind `member`.
    pub member: Option<RecordId>,
    /// Whether this is the sample firm.
    pub sample: bool,
    /// Whether this person may invite others.
    pub may_invite: bool,
    /// How this device went from the team, if it did.
    pub out: Option<team::Removal>,
    /// This person is an owner, and somebody came back by the recovery kit: what was lost is to be removed.
    pub was_recovered: bool,
}

/// What the sync sentence says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sync {
    /// Everything lies on the relay.
    Safe,
    /// Connected; so much is not acknowledged yet.
    OnlyHere(Unsent),
    /// Not connected since then; so many changes are only on this device.
    Offline {
        /// Since when, in local time; `None` if there was no connection in this session.
        since: Option<NaiveDateTime>,
        /// What the relay has not acknowledged.
        unsent: Unsent,
    },
    /// Connected, and fetching what others did.
    CatchingUp {
        /// The last row of the log that is stored here.
        at: u64,
        /// The last row of the log.
        of: u64,
    },
    /// The workspace has no relay (the sample firm, or started without a token).
    NoRelay,
    /// Sync stopped and says why; edits go on being kept here.
    Stopped(String),
}

/// Whether the relay has the open workspace, as far as it has said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AtRelay {
    /// It has said nothing yet, or cannot be reached.
    #[default]
    Unsaid,
    /// It has it.
    There,
    /// It had it, and does not any more.
    Gone,
    /// It has not taken it yet, for want of a set-up link that counts.
    Never,
    /// It does not talk to this device, for a reason that the sync sentence says.
    Shut,
}

impl AtRelay {
    /// Whether the workspace can be set up there.
    pub fn lacks_it(self) -> bool {
        matches!(self, Self::Gone | Self::Never)
    }
}

/// What only this device has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unsent {
    /// Changes.
    pub changes: u64,
    /// Attachments whose bytes are here and not at the relay.
    pub attachments: u64,
}

impl Unsent {
    /// How much in all.
    pub fn all(self) -> u64 {
        self.changes + self.attachments
    }

    /// Whether there is nothing.
    pub fn is_nothing(self) -> bool {
        self.all() == 0
    }
}

/// What this device knows of the bytes of attachments, by address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holdings {
    /// Those of which there is something here.
    pub held: BTreeMap<String, Holding>,
    /// Those on their way at this moment, in this tab.
    pub carried: BTreeMap<String, Carriage>,
    /// Those that the relay was asked for and did not have.
    pub absent: BTreeSet<String>,
    /// Why nothing is carried, if something is wrong.
    pub trouble: Option<String>,
}

/// How much of an attachment is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// All of it.
    Here {
        /// Whether the relay has it too.
        at_relay: bool,
    },
    /// Some bytes of it.
    Partly {
        /// How many.
        here: u64,
        /// Of how many.
        of: u64,
    },
}

/// An attachment on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carriage {
    /// To the relay, rather than from it.
    pub up: bool,
    /// Bytes that have arrived.
    pub done: u64,
    /// Of how many.
    pub of: u64,
}

impl Carriage {
    /// From 0 to 100.
    pub fn percent(self) -> u64 {
        (self.done * 100).checked_div(self.of).unwrap_or(0)
    }
}

/// A file for a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachFile {
    /// The document in which its record shall lie.
    pub document: DocumentId,
    /// The record that it belongs to.
    pub about: RecordKey,
    /// The file.
    pub file: PickedFile,
}

/// An attachment's file, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The date and time of day pages reckon with, in the device's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds since 1970, UTC.
    pub now_ms: i64,
    /// Minutes east of UTC here and now.
    pub offset_min: i16,
    /// Today's date here.
    pub today: NaiveDate,
}

/// What is true of this device.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeviceTruth {
    /// Changes that the relay has not taken.
    pub only_here: u64,
    /// Whether the browser promised not to evict the storage; `None` before it was asked.
    pub persisted: Option<bool>,
    /// Bytes in use by this app.
    pub used_bytes: Option<u64>,
    /// Bytes the browser grants.
    pub quota_bytes: Option<u64>,
    /// Whether the relay has the workspace.
    pub at_relay: AtRelay,
    /// The relay's address, if the workspace has one.
    pub relay: Option<String>,
    /// The last full agreement with the relay, in local time.
    pub last_sync: Option<NaiveDateTime>,
    /// Changes held back because they came damaged or from a newer app.
    pub quarantined: u64,
    /// How often the relay was restored while this device was in the team.
    pub restored: u64,
    /// The app's version.
    pub version: String,
    /// Whether a newer version waits to be loaded.
    pub update_ready: bool,
    /// Whether every document has been read for the search; until then it says that it is still reading.
    pub search_ready: bool,
}

/// A past day that one client's pages show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The client.
    pub client: RecordId,
    /// The day; its end is what is shown.
    pub day: NaiveDate,
}

impl AsOf {
    /// The client's document.
    pub fn document(&self) -> DocumentId {
        DocumentId::Client(self.client)
    }
}

/// A deed that is offered to be taken back at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// Its command.
    pub command: Uuid,
    /// What it was: "Complaint deleted".
    pub told: Sentence,
}

/// What became of taking a deed back, or of doing it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// What it was: "Sector changed".
    pub told: Sentence,
    /// Whether anything was written.
    pub changed: bool,
    /// What the records are called in which something stays as it is.
    pub kept: Vec<String>,
}

/// A place in the app that a link can lead to.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// The client's overview.
    Client(RecordId),
    /// One record, on its own page.
    Record(DocumentId, RecordKey),
    /// An address inside the app, such as `/clients?filter=silent`.
    Path(String),
}

/// One reason to act, and at which client.
#[derive(Debug, Clone, PartialEq)]
pub struct Attention {
    /// The client concerned.
    pub client: RecordId,
    /// Its name.
    pub client_name: String,
    /// The reason, with its evidence and what clears it.
    pub reason: Reason,
    /// Who has to deal with it: whose it is, else the client's account manager.
    pub accountable: Option<RecordId>,
}

/// A reason that somebody laid aside, and at which client.
#[derive(Debug, Clone, PartialEq)]
pub struct Resting {
    /// The client concerned.
    pub client: RecordId,
    /// Its name.
    pub client_name: String,
    /// The reason, until when it rests and why.
    pub snoozed: Snoozed,
}

/// Who of us is in touch with a client.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientReach {
    /// The client.
    pub client: RecordId,
    /// Its name.
    pub client_name: String,
    /// Touchpoints by function, and what hangs on one person.
    pub reach: Reach,
}

/// Something that falls due on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct DueItem {
    /// The day.
    pub on: NaiveDate,
    /// What is to be done.
    pub text: String,
    /// Why it stands here, as a sentence.
    pub why: String,
    /// What it is and whose, such as "Promise, Merrow".
    pub detail: String,
    /// The client; `None` for what concerns the firm as a whole.
    pub client: Option<RecordId>,
    /// What the client is called, or the firm.
    pub client_name: String,
    /// What it is about; `None` for a source that nobody has sorted.
    pub topic: Option<Topic>,
    /// Who has to deal with it: whose it is, else the client's account manager.
    pub accountable: Option<RecordId>,
    /// Where it leads.
    pub place: Place,
    /// The write that ticks it off; `None` where a tick is not enough, as for a complaint.
    pub done: Option<(DocumentId, handbook::Op)>,
}

/// A visit or formal contact of today.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The client.
    pub client: RecordId,
    /// Its name.
    pub client_name: String,
    /// What is planned; its agenda is left out.
    pub planned: Known<ScheduledContact>,
    /// The names of the people met.
    pub people: Vec<String>,
}

impl Visit {
    /// Whether that member goes there, or invites.
    pub fn is_of(&self, member: RecordId) -> bool {
        self.planned.members.contains(&member.into())
            || self.planned.organiser.is_some_and(|organiser| organiser.id == member)
    }

    /// Whether it is said who goes there.
    pub fn is_anybodys(&self) -> bool {
        self.planned.members.is_empty() && self.planned.organiser.is_none()
    }
}

/// One search result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The record's title.
    pub title: String,
    /// Kind, client and where the words were found.
    pub detail: String,
    /// A passage with the words, if they were found inside a text.
    pub passage: Option<String>,
    /// Where it leads.
    pub place: Place,
}

/// A file to take in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSource {
    /// The file's name; what it is shows its content.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The client to whom belongs what the file gives to nobody.
    pub client: Option<RecordId>,
}

/// An import that was done on this device, so that it can be taken back as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The batch of its commands.
    pub batch: Uuid,
    /// The file's name.
    pub file: String,
    /// When it was done.
    pub at: Moment,
    /// Rows that made something new.
    pub new: usize,
    /// Rows that matched what was here.
    pub matched: usize,
    /// Rows left out.
    pub bad: usize,
    /// Whether everything that was planned is written; not so after a crash or a full device.
    pub whole: bool,
    /// The documents it wrote, or was about to write.
    pub documents: Vec<DocumentId>,
}

/// Which file to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Export {
    /// Everything, as versioned JSON.
    Json,
    /// One kind as CSV, by its key.
    Csv(&'static str),
    /// All people of all clients, as vCards.
    Cards,
    /// What falls due as a calendar: whose, and what it is about; `None`: everything.
    Agenda(Who, Option<Topic>),
    /// A client's handbook as one page to print, keep or hand over.
    Handbook(RecordId),
    /// The same as it stood at the end of a day.
    HandbookAsOf(RecordId, NaiveDate),
    /// Everything that is about a client's contact, as one page: for whoever asks what we hold about them.
    Person(RecordId, RecordId),
}

/// One act over many documents.
#[derive(Clone)]
pub struct Batch {
    /// The command's name as kept in the messages of its changes.
    pub what: &'static str,
    /// What to do in each document, in order.
    pub writes: Vec<(DocumentId, Vec<Op>)>,
}

/// The command that makes two contacts one, as kept in its changes: more than a deletion belongs to it.
pub const JOIN_CONTACTS: &str = "join contacts";

/// What became of taking back an act over many documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TakenBack {
    /// Records that are as they were.
    pub taken: usize,
    /// Names of records in which something stays, because it was changed since.
    pub kept: Vec<String>,
}

/// A deleted record.
#[derive(Debug, Clone, PartialEq)]
pub struct Trashed {
    /// Where it lies.
    pub document: DocumentId,
    /// What the client is called that it belongs to.
    pub client: Option<String>,
    /// As it was; notes and prose are left out.
    pub row: Row,
    /// Who deleted it, as far as the document says.
    pub by: Option<MemberId>,
    /// When, on their clock.
    pub at: Option<Moment>,
    /// The act that it is taken back with, where more than the deletion belongs to it.
    pub batch: Option<Uuid>,
}
