//! The search index of the open workspace, filled document by document while nobody waits for it.

use std::cell::RefCell;

use chrono::NaiveDate;
use handbook::{
    DocumentId, Record, RecordId, RecordKey, Row, Value,
    records::{Client, Comment, Contact, Member, Touchpoint},
    search::{self, Index},
};

use super::{now, space::Space};
use crate::{
    texts::{find as t, record, say, title_of},
    ui::{
        format,
        model::{Hit, Place},
    },
};

/// As many results as the palette shows.
const MOST_HITS: usize = 50;

/// Whom things happen with: nobody asks when they happened and who wrote them down.
const PARTIES: [&str; 3] = [Client::KEY, Contact::KEY, Member::KEY];

/// Everything that can be found.
#[derive(Default)]
pub(super) struct Finder {
    index: RefCell<Index<DocumentId, (DocumentId, RecordKey)>>,
}

impl Finder {
    /// Replaces what is known of one document by its rows, notes and prose included.
    pub(super) fn put(&self, document: DocumentId, rows: &[Row]) {
        self.index.borrow_mut().replace(document, search::entries(document, rows));
    }

    /// The best records for what was typed, each with its kind, client, day and people, so that it can be told from others of its kind.
    pub(super) fn find(&self, question: &str, space: &Space) -> Vec<Hit> {
        let hits = self.index.borrow().find(question, MOST_HITS);
        let today = now::clock_face().today;
        let shown = hits.into_iter().filter_map(|hit| {
            let (document, key) = hit.key;
            let row = space.device.model().row(document, key)?;
            let is_client = key.kind == Client::KIND;
            let happened = !PARTIES.contains(&key.kind.key);
            let about = about(&row);
            let parts = [
                Some(say(key.kind.one).to_owned()),
                about.and_then(|about| space.title(document, about)).map(|title| t::about(&title)),
                space.client_name(document).filter(|_| !is_client),
                day_of(&row).filter(|_| happened).map(|day| format::day(day, today)),
                happened.then(|| who(space, document, &row)).flatten(),
            ];
            let detail = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let place = match about {
                _ if is_client => Place::Client(key.id),
                // A comment is read where it was made.
                Some(about) => Place::Record(about.document(document), about),
                None => Place::Record(document, key),
            };
            Some(Hit { title: named(&row, today), detail, passage: hit.passage, place })
        });
        shown.collect()
    }
}

/// What a comment is about.
fn about(row: &Row) -> Option<RecordKey> {
    (row.kind == Comment::KIND)
        .then(|| RecordKey::parse(Comment::KEYS.about.raw(row).as_text()?))
        .flatten()
}

/// Who was there, of a conversation; else who wrote it down.
fn who(space: &Space, document: DocumentId, row: &Row) -> Option<String> {
    if row.kind == Touchpoint::KIND {
        let keys = &Touchpoint::KEYS;
        let names = |value: &Value, kind| {
            let links = value.members().iter().filter_map(Value::as_link);
            links
                .filter_map(|id| space.title(document, RecordKey::new(kind, id)))
                .collect::<Vec<_>>()
        };
        let mut people = names(keys.contacts.raw(row), Contact::KIND);
        people.extend(names(keys.members.raw(row), Member::KIND));
        if !people.is_empty() {
            return Some(t::with(&format::list(&people)));
        }
    }
    let author = RecordKey::new(Member::KIND, RecordId::from_bytes(row.created.by));
    space.title(DocumentId::Firm, author).map(|name| t::by(&name))
}

/// A record's title; one without a title is called by its kind and the day it carries.
fn named(row: &Row, today: NaiveDate) -> String {
    let title = title_of(row);
    if !title.is_empty() {
        return title;
    }
    let kind = say(row.kind.one);
    day_of(row)
        .map_or_else(|| kind.to_owned(), |day| record::of_day(kind, &format::day(day, today)))
}

/// The first day that a record names, else that on which it was made.
fn day_of(row: &Row) -> Option<NaiveDate> {
    let named = row.values.iter().find_map(Value::as_date);
    named.or_else(|| row.created.at.day())
}
