//! The search index of the open workspace, filled document by document while nobody waits for it.

use std::cell::RefCell;

use handbook::{
    DocumentId, FieldType, Record, RecordKey, Row, Value,
    records::Client,
    search::{self, Index},
    text,
};

use crate::{
    texts::{language, record, say, title_of},
    ui::model::{Hit, Place},
};

/// As many results as the palette shows.
const MOST_HITS: usize = 50;

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

    /// The best records for what was typed. `client` names a client; `row` gives a record's hot row.
    pub(super) fn find(
        &self,
        question: &str,
        client: impl Fn(DocumentId) -> Option<String>,
        row: impl Fn(DocumentId, RecordKey) -> Option<Row>,
    ) -> Vec<Hit> {
        let hits = self.index.borrow().find(question, MOST_HITS);
        let shown = hits.into_iter().filter_map(|hit| {
            let (document, key) = hit.key;
            let row = row(document, key)?;
            let title = named(&row);
            let is_client = key.kind == Client::KIND;
            let of = client(document).filter(|_| !is_client);
            let detail = [Some(say(key.kind.one).to_owned()), of]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ");
            let place =
                if is_client { Place::Client(key.id) } else { Place::Record(document, key) };
            Some(Hit { title, detail, passage: hit.passage, place })
        });
        shown.collect()
    }
}

/// A record's title; one without a title is called by its kind and the day it carries.
fn named(row: &Row) -> String {
    let title = title_of(row);
    if !title.is_empty() {
        return title;
    }
    let day = row.kind.fields.iter().zip(&row.values).find_map(|(field, value)| {
        let language = language();
        match value {
            Value::Date(_) => Some(text::show(&field.ty, value, language, &|_, _| None)),
            Value::Moment(moment) => {
                let day = Value::Date(moment.local()?.date());
                Some(text::show(&FieldType::Date, &day, language, &|_, _| None))
            }
            _ => None,
        }
    });
    let kind = say(row.kind.one);
    day.map_or_else(|| kind.to_owned(), |day| record::of_day(kind, &day))
}
