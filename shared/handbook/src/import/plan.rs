//! What would become of a file, and how rows of clients and people are placed.

use rand_core::CryptoRng;

use super::{
    drafts::{Drafts, Placed, Values},
    same::{Origin, client_sentence, contact_title, person_sentence, text_in},
    setting::Setting,
};
use crate::{
    ids::{DocumentId, RecordId},
    kind::Field,
    op::Op,
    records::{Client, Contact},
    row::Row,
    typed::Record,
    value::Value,
    words::Sentence,
};

/// What is here already, as far as an import of clients and people has to know it.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Each client's document.
    pub documents: Vec<KnownDocument>,
}

/// A client and its people.
#[derive(Debug, Clone)]
pub struct KnownDocument {
    /// The client's record.
    pub client: Row,
    /// Its contacts.
    pub contacts: Vec<Row>,
}

impl Known {
    /// The living clients and people of these documents.
    pub fn of(documents: &[(DocumentId, Vec<Row>)]) -> Self {
        let known = documents.iter().filter_map(|(_, rows)| {
            let of = |kind| rows.iter().filter(move |row| row.kind == kind && !row.gone).cloned();
            let client = of(Client::KIND).next()?;
            Some(KnownDocument { client, contacts: of(Contact::KIND).collect() })
        });
        Self { documents: known.collect() }
    }
}

/// What would become of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// The file's headings and the field each was recognised as: kind's key and field's key.
    pub columns: Vec<(String, Option<(&'static str, &'static str)>)>,
    /// What becomes of each row.
    pub rows: Vec<PlannedRow>,
    /// What is to be written, one change a document.
    pub writes: Vec<(DocumentId, Vec<Op>)>,
    /// Bad rows as a file to mend, if there are any.
    pub bad_file: Option<String>,
    /// How that file's name ends: `csv`, `vcf`, `ics`, `json`.
    pub bad_ending: &'static str,
}

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// What it is about.
    pub title: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Why it is taken for what is here or stands in the file already, or what else is to be said of it.
    pub why: Option<String>,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It makes at least one new record.
    New,
    /// It matches records that are here; so many of their empty fields are filled in.
    Matches {
        /// What it matches.
        title: String,
        /// Fields it fills in.
        fills: usize,
    },
    /// It is left out, and why.
    Bad(String),
}

/// Places rows of clients and people.
pub(super) struct Planner<'r, R> {
    pub(super) setting: Setting,
    pub(super) drafts: Drafts,
    pub(super) rng: &'r mut R,
}

/// What a row says.
#[derive(Default)]
pub(super) struct Said {
    pub(super) client: Values,
    pub(super) contact: Values,
    /// The id that the file gives the person.
    pub(super) claimed: Option<RecordId>,
}

impl<R: CryptoRng> Planner<'_, R> {
    /// Places a row; the second is the person's record.
    pub(super) fn place(
        &mut self,
        line: u64,
        said: Said,
    ) -> Result<(PlannedRow, Option<RecordId>), Sentence> {
        if !said.contact.is_empty() && text_in(&said.contact, "family_name").is_none() {
            return Err(Sentence::new(
                "This row has a person without a name.",
                "Diese Zeile hat eine Person ohne Namen.",
            ));
        }
        let now = self.setting.now;
        let chosen = self.setting.client.and_then(|id| self.drafts.client_of(id));
        let (at, known_client) = match (text_in(&said.client, "name"), chosen) {
            (Some(name), _) => self.drafts.client(&name, line, || RecordId::new(now, self.rng)),
            (None, Some(at)) => (at, Some(Origin::Here)),
            (None, None) => return Err(homeless()),
        };
        let name = text_in(&said.client, "name").unwrap_or_else(|| self.drafts.client_title(at));
        let named = text_in(&said.client, "name").is_some();
        let mut why = known_client.filter(|_| named).map(|origin| client_sentence(&name, origin));
        let mut fills = self.drafts.fill_client(at, said.client);
        let mut title = name;
        let mut is_new = known_client.is_none();
        let mut person = None;
        if !said.contact.is_empty() {
            title = format!("{}, {title}", contact_title(&said.contact));
            let fresh = || RecordId::new(now, self.rng);
            match self.drafts.contact(at, said.contact, said.claimed, line, fresh) {
                Placed::New(id) => {
                    is_new = true;
                    person = Some(id);
                }
                Placed::Known { row, same, origin, fills: more } => {
                    fills += more;
                    why = Some(person_sentence(&row, &same, origin));
                    person = Some(row.id);
                }
            }
        }
        let fate = if is_new { Fate::New } else { Fate::Matches { title: title.clone(), fills } };
        let why = why.map(|why| why.get(self.setting.language).to_owned());
        Ok((PlannedRow { line, title, fate, why }, person))
    }

    /// A row that is left out.
    pub(super) fn bad(&self, line: u64, title: String, reason: &Sentence) -> PlannedRow {
        let reason = reason.get(self.setting.language).to_owned();
        PlannedRow { line, title, fate: Fate::Bad(reason), why: None }
    }
}

fn homeless() -> Sentence {
    Sentence::new(
        "This row names no client, so it is not known where it belongs.",
        "Diese Zeile nennt keinen Kunden; es ist nicht bekannt, wohin sie gehört.",
    )
}

/// Two columns may bring members of one set; of a single value the first speaks.
pub(super) fn add(values: &mut Values, field: &'static Field, value: Value) {
    let same = values.iter_mut().find(|(known, _)| known.key == field.key);
    match (same, value) {
        (Some((_, Value::Many(members))), Value::Many(more)) => members.extend(more),
        (Some(_), _) => {}
        (None, value) => values.push((field, value)),
    }
}

/// Given and family name of a whole name, also where it is written "Family, Given".
pub(super) fn split_name(name: &str) -> (String, String) {
    let owned = |(given, family): (&str, &str)| (given.trim().to_owned(), family.trim().to_owned());
    if let Some((family, given)) = name.split_once(',').filter(|(family, _)| !family.is_empty()) {
        return owned((given, family));
    }
    owned(name.trim().rsplit_once(' ').unwrap_or(("", name)))
}
