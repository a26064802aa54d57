//! What a declaration says: a kind of record, its fields, and how each field behaves.
//!
//! These are plain tables. `#[derive(Record)]` writes them; documents, forms, tables, exports,
//! history and search read them and know nothing of the structs.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use crate::ids::{DocumentId, RecordId};
use crate::lifecycles::Lifecycle;
use crate::words::Words;

/// The version of the declarations that this program writes.
///
/// New kinds, fields and choices do not raise what a document asks of its writers; only a change
/// of meaning does.
pub const SCHEMA: u16 = 1;

/// Which document a kind of record lives in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// The firm's one document.
    Firm,
    /// A client's document.
    Client,
}

/// One kind of record, declared once.
#[derive(Debug)]
pub struct Kind {
    /// Its name in documents, addresses and exports; never changes.
    pub key: &'static str,
    /// Where its records live.
    pub home: Home,
    /// There is exactly one, kept as scalars at the document's root (settings).
    pub singleton: bool,
    /// The [`SCHEMA`] that introduced it.
    pub since: u16,
    /// "Complaint".
    pub one: Words,
    /// "Complaints".
    pub many: Words,
    /// What it is, in a sentence.
    pub help: Words,
    /// Its fields in the order of a form.
    pub fields: &'static [Field],
    /// The letter of its human numbers: `"C"` for `C-26-A3-014`, kept in the field `number`.
    pub number: Option<&'static str>,
    /// Its state machine, if it has one.
    pub lifecycle: Option<&'static Lifecycle>,
}

impl Kind {
    /// The place of a field in [`Kind::fields`] and in a row's values.
    pub fn index(&self, field: &str) -> Option<usize> {
        self.fields.iter().position(|known| known.key == field)
    }

    /// A field by its key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|known| known.key == key)
    }

    /// The fields that name a record to a person, in order.
    pub fn titles(&self) -> impl Iterator<Item = (usize, &'static Field)> {
        self.fields.iter().enumerate().filter(|(_, field)| field.title)
    }

    /// The document of the record `id` of this kind when something in `here` refers to it: the
    /// firm's for the firm's kinds, a client's own for clients, else the same document.
    pub fn document(&self, id: RecordId, here: DocumentId) -> DocumentId {
        match self.home {
            Home::Firm => DocumentId::Firm,
            Home::Client if self.key == crate::records::CLIENT => DocumentId::Client(id),
            Home::Client => here,
        }
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Kind {}

impl PartialOrd for Kind {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Kind {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(other.key)
    }
}

impl Hash for Kind {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// One field of a kind, or of a fact.
#[derive(Debug)]
pub struct Field {
    /// Its name in documents and exports; never changes and contains no `/`.
    pub key: &'static str,
    /// Its label.
    pub label: Words,
    /// What belongs in it.
    pub help: Words,
    /// What it holds.
    pub ty: FieldType,
    /// How two versions of it meet.
    pub class: Class,
    /// A record is incomplete without it.
    pub required: bool,
    /// A client may see it: in client mode, by share link, on a printed report.
    pub client_visible: bool,
    /// It is about a person: it goes into the file they may ask for, and out with an erasure.
    pub personal: bool,
    /// It is part of the record's name.
    pub title: bool,
    /// Tables show it unless told otherwise.
    pub column: bool,
    /// The global search reads it.
    pub search: bool,
    /// It is for the program and not for people (a key, a place, a small picture as text): no form, page, list, history,
    /// table or file that is handed on has it. Only the JSON file of the whole workspace, which can be taken in again, carries it.
    pub hidden: bool,
    /// The [`SCHEMA`] that introduced it.
    pub since: u16,
}

impl Field {
    /// A field without any flag; the derive starts from it.
    pub const fn new(key: &'static str, label: Words, ty: FieldType, class: Class) -> Self {
        Self {
            key,
            label,
            help: Words::new("", ""),
            ty,
            class,
            required: false,
            client_visible: false,
            personal: false,
            title: false,
            column: false,
            search: false,
            hidden: false,
            since: 1,
        }
    }

    /// Is it small enough for the columns that are loaded at start?
    pub const fn is_hot(&self) -> bool {
        !matches!(self.ty, FieldType::Note | FieldType::Prose)
    }
}

/// How two versions of a field meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Jointly edited text: letters merge.
    Prose,
    /// Members are added and taken away one by one; an addition beats a removal made apart.
    Set,
    /// One value wins everywhere alike, and the other stays visible until somebody settles it.
    Decisive,
    /// Append-only; nothing to settle.
    Fact,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum FieldType {
    /// A line of text.
    Line,
    /// Some lines of text that one person writes; not in the columns loaded at start.
    Note,
    /// Long text that several people edit at once; not in the columns loaded at start.
    Prose,
    /// A whole number within bounds.
    Integer {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// An amount with its currency.
    Money,
    /// A civil date.
    Date,
    /// A point in time with the UTC offset of the place where it was logged.
    Moment,
    /// A duration in minutes.
    Minutes,
    /// A time of day on the clock of the place, in minutes after midnight.
    Time,
    /// Yes or no.
    Flag,
    /// One of a list.
    Choice(&'static Choices),
    /// Another record, by the key of its kind.
    Link(&'static str),
    /// An e-mail address.
    Email,
    /// A telephone number as people write it.
    Phone,
    /// A web address.
    Web,
    /// A set of any scalar type above.
    Many(&'static FieldType),
    /// Append-only facts with these fields.
    Facts(&'static [Field]),
}

/// The values of a choice.
#[derive(Debug)]
pub struct Choices {
    /// The Rust name of the type, for debugging.
    pub name: &'static str,
    /// In the order people expect.
    pub options: &'static [Choosable],
}

/// One value of a choice.
#[derive(Debug)]
pub struct Choosable {
    /// Its name in documents and exports; never changes.
    pub key: &'static str,
    /// Its label.
    pub label: Words,
    /// What it means, where that needs saying; for who reads the declaration, shown nowhere.
    pub help: &'static str,
}

impl Choices {
    /// The value of that key; `None` for one that a newer version wrote.
    pub fn get(&self, key: &str) -> Option<&'static Choosable> {
        self.options.iter().find(|option| option.key == key)
    }
}
