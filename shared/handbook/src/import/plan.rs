//! The dry run of a table of clients and their people.

use std::collections::{BTreeMap, BTreeSet};

use rand_core::CryptoRng;

use super::{
    columns::{Column, FULL_NAME, recognise},
    table::{BadRow, Table, TableRow, bad_rows_csv},
};
use crate::{
    ids::{DocumentId, RecordId, RecordKey},
    kind::{Field, FieldType, Kind},
    op::Op,
    records::{Client, Contact},
    row::Row,
    search::fold,
    text,
    typed::Record,
    value::Value,
    words::{Language, Sentence},
};

/// What is here already, as far as an import has to know it.
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

/// What would become of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The file's headings and the field each was recognised as: kind's key and field's key.
    pub columns: Vec<(String, Option<(&'static str, &'static str)>)>,
    /// What becomes of each row.
    pub rows: Vec<PlannedRow>,
    /// What is to be written, one change a document.
    pub writes: Vec<(DocumentId, Vec<Op>)>,
    /// Bad rows to mend, if there are any.
    pub bad: Option<BadRows>,
}

/// The rows of a table that were left out, to be mended and imported again.
#[derive(Debug, Clone, PartialEq)]
pub struct BadRows {
    headings: Vec<String>,
    rows: Vec<BadRow>,
}

impl BadRows {
    /// A file with their reasons in a last column.
    pub fn csv(&self, language: Language) -> String {
        bad_rows_csv(&self.headings, &self.rows, language)
    }
}

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// What it is about; empty where nothing says it.
    pub title: String,
    /// What becomes of it.
    pub fate: Fate,
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
    Bad(Sentence),
}

/// Plans the import of a table. `now` is in milliseconds since 1970.
pub fn plan_table(table: &Table, known: &Known, now: u64, rng: &mut impl CryptoRng) -> Plan {
    let columns = recognise(&table.headings);
    let headings = table.headings.iter().enumerate().map(|(index, heading)| {
        let column = columns.iter().find(|column| column.index == index);
        (heading.clone(), column.map(|column| (column.kind.key, column.field.key)))
    });
    let headings = headings.collect();
    let mut planner =
        Planner { columns, drafts: Drafts::from_known(known), now, rng, bad: table.bad.clone() };
    let mut rows: Vec<PlannedRow> = table.rows.iter().map(|row| planner.row(row)).collect();
    rows.extend(table.bad.iter().map(|row| PlannedRow {
        line: row.line,
        title: row.cells.first().cloned().unwrap_or_default(),
        fate: Fate::Bad(row.reason.clone()),
    }));
    rows.sort_by_key(|row| row.line);
    let bad = (!planner.bad.is_empty())
        .then(|| BadRows { headings: table.headings.clone(), rows: planner.bad });
    Plan { columns: headings, rows, writes: planner.drafts.into_writes(), bad }
}

struct Planner<'r, R> {
    columns: Vec<Column>,
    drafts: Drafts,
    now: u64,
    rng: &'r mut R,
    bad: Vec<BadRow>,
}

type Values = Vec<(&'static Field, Value)>;

impl<R: CryptoRng> Planner<'_, R> {
    fn row(&mut self, row: &TableRow) -> PlannedRow {
        let title = row.cells.iter().find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
        match self.read(row) {
            Ok((client, contact)) => self.place(row.line, client, contact),
            Err(reason) => {
                self.bad.push(BadRow {
                    line: row.line,
                    cells: row.cells.clone(),
                    reason: reason.clone(),
                });
                PlannedRow { line: row.line, title, fate: Fate::Bad(reason) }
            }
        }
    }

    /// The row's client and contact, as far as its cells can be read.
    fn read(&self, row: &TableRow) -> Result<(Values, Values), Sentence> {
        let mut client = Values::new();
        let mut contact = Values::new();
        for column in &self.columns {
            let Some(cell) = row.cells.get(column.index).filter(|cell| !cell.is_empty()) else {
                continue;
            };
            let values = if column.kind == Client::KIND { &mut client } else { &mut contact };
            add(values, column.field, read_cell(column.field, cell)?);
        }
        if value_of(&client, "name").is_none() {
            return Err(Sentence::new(
                "This row names no client, so it is not known where it belongs.",
                "Diese Zeile nennt keinen Kunden; es ist nicht bekannt, wohin sie gehört.",
            ));
        }
        part_full_name(&mut contact);
        if !contact.is_empty() && value_of(&contact, FULL_NAME).is_none() {
            return Err(Sentence::new(
                "This row has a person without a name.",
                "In dieser Zeile steht eine Person ohne Namen.",
            ));
        }
        Ok((client, contact))
    }

    fn place(&mut self, line: u64, client: Values, contact: Values) -> PlannedRow {
        let name = value_of(&client, "name").unwrap_or_default();
        let (at, client_is_new) = self.drafts.client(&name, || RecordId::new(self.now, self.rng));
        let mut fills = self.drafts.fill_client(at, client);
        let mut title = name;
        let mut contact_is_new = false;
        if !contact.is_empty() {
            let person = contact_title(&contact);
            let fresh = RecordId::new(self.now, self.rng);
            let (filled, made) = self.drafts.contact(at, contact, fresh);
            fills += filled;
            contact_is_new = made;
            title = format!("{person}, {title}");
        }
        let fate = if client_is_new || contact_is_new {
            Fate::New
        } else {
            Fate::Matches { title: title.clone(), fills }
        };
        PlannedRow { line, title, fate }
    }
}

/// Reads one cell; sets take several values apart by semicolon.
fn read_cell(field: &'static Field, cell: &str) -> Result<Value, Sentence> {
    let read = |ty: &FieldType, part: &str| {
        let value = text::parse(ty, part).map_err(|why| {
            Sentence::new(
                format!("“{cell}” does not fit {}: {}", field.label.en, why.en),
                format!("„{cell}“ passt nicht zu „{}“: {}", field.label.de, why.de),
            )
        })?;
        Ok::<_, Sentence>(value)
    };
    match &field.ty {
        FieldType::Many(member) => {
            let parts = cell.split(';').map(str::trim).filter(|part| !part.is_empty());
            parts.map(|part| read(member, part)).collect::<Result<Vec<_>, _>>().map(Value::Many)
        }
        ty => read(ty, cell),
    }
}

/// Two columns may bring members of one set.
fn add(values: &mut Values, field: &'static Field, value: Value) {
    let same = values.iter_mut().find(|(known, _)| known.key == field.key);
    match (same, value) {
        (Some((_, Value::Many(members))), Value::Many(more)) => members.extend(more),
        (Some(_), _) => {}
        (None, value) => values.push((field, value)),
    }
}

fn value_of(values: &Values, key: &str) -> Option<String> {
    let (_, value) = values.iter().find(|(field, _)| field.key == key)?;
    value.as_text().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A family name of several words without a given name is a whole name: its last word is the family's.
fn part_full_name(contact: &mut Values) {
    let (Some(name), None) = (value_of(contact, FULL_NAME), value_of(contact, "given_name")) else {
        return;
    };
    let (given, family) = split_name(&name);
    let Some(field) = Contact::KIND.field("given_name").filter(|_| !given.is_empty()) else {
        return;
    };
    contact.push((field, Value::Text(given)));
    if let Some((_, value)) = contact.iter_mut().find(|(field, _)| field.key == FULL_NAME) {
        *value = Value::Text(family);
    }
}

/// Given and family name of a whole name, also where it is written "Family, Given".
pub(super) fn split_name(name: &str) -> (String, String) {
    let owned = |(given, family): (&str, &str)| (given.trim().to_owned(), family.trim().to_owned());
    if let Some((family, given)) = name.split_once(',') {
        return owned((given, family));
    }
    owned(name.trim().rsplit_once(' ').unwrap_or(("", name)))
}

fn contact_title(contact: &Values) -> String {
    let names = ["given_name", FULL_NAME].iter().filter_map(|key| value_of(contact, key));
    names.collect::<Vec<_>>().join(" ")
}

/// The clients as they are and as they would be.
#[derive(Default)]
pub(super) struct Drafts {
    drafts: Vec<Draft>,
    by_name: BTreeMap<String, usize>,
}

struct Draft {
    client: Row,
    contacts: Vec<Row>,
    client_is_new: bool,
    new_contacts: BTreeSet<RecordId>,
    ops: Vec<Op>,
}

impl Drafts {
    pub(super) fn from_known(known: &Known) -> Self {
        let mut drafts = Self::default();
        for document in &known.documents {
            let draft = Draft {
                client: document.client.clone(),
                contacts: document.contacts.clone(),
                client_is_new: false,
                new_contacts: BTreeSet::new(),
                ops: Vec::new(),
            };
            drafts.push(draft);
        }
        drafts
    }

    fn push(&mut self, draft: Draft) -> usize {
        let at = self.drafts.len();
        self.by_name.entry(fold(&draft.client.title())).or_insert(at);
        self.drafts.push(draft);
        at
    }

    /// The client of that name, made if there is none; and whether this row made it.
    fn client(&mut self, name: &str, fresh: impl FnOnce() -> RecordId) -> (usize, bool) {
        if let Some(at) = self.by_name.get(&fold(name)) {
            return (*at, false);
        }
        let mut client = Row::empty(Client::KIND, fresh());
        put(&mut client, "name", Value::Text(name.to_owned()));
        let contacts = Vec::new();
        let draft = Draft {
            client,
            contacts,
            client_is_new: true,
            new_contacts: BTreeSet::new(),
            ops: Vec::new(),
        };
        (self.push(draft), true)
    }

    fn fill_client(&mut self, at: usize, values: Values) -> usize {
        let Some(draft) = self.drafts.get_mut(at) else { return 0 };
        fill(&mut draft.client, values, draft.client_is_new, &mut draft.ops)
    }

    /// The contact of these values in that client: fields filled in, and whether it is new.
    pub(super) fn contact(&mut self, at: usize, values: Values, fresh: RecordId) -> (usize, bool) {
        let Some(draft) = self.drafts.get_mut(at) else { return (0, false) };
        let same = draft.contacts.iter().position(|row| same_person(row, &values));
        let (place, made) = match same {
            Some(place) => (place, false),
            None => {
                draft.contacts.push(Row::empty(Contact::KIND, fresh));
                draft.new_contacts.insert(fresh);
                (draft.contacts.len() - 1, true)
            }
        };
        let Some(row) = draft.contacts.get_mut(place) else { return (0, false) };
        let new = draft.new_contacts.contains(&row.id);
        (fill(row, values, new, &mut draft.ops), made)
    }

    pub(super) fn into_writes(self) -> Vec<(DocumentId, Vec<Op>)> {
        self.drafts.into_iter().map(Draft::into_write).filter(|(_, ops)| !ops.is_empty()).collect()
    }
}

impl Draft {
    fn into_write(self) -> (DocumentId, Vec<Op>) {
        let mut ops = Vec::new();
        if self.client_is_new {
            ops.push(create(&self.client));
        }
        ops.extend(
            self.contacts.iter().filter(|row| self.new_contacts.contains(&row.id)).map(create),
        );
        ops.extend(self.ops);
        (DocumentId::Client(self.client.id), ops)
    }
}

fn create(row: &Row) -> Op {
    let values = row.kind.fields.iter().zip(&row.values).filter(|(_, value)| !value.is_empty());
    let values = values.map(|(field, value)| (field.key, value.clone())).collect();
    Op::Create { key: RecordKey::new(row.kind, row.id), values }
}

/// Fills empty fields of `row`; of sets, adds what is missing. What a new record gets is written when it is created.
fn fill(row: &mut Row, values: Values, new: bool, ops: &mut Vec<Op>) -> usize {
    let key = row.key();
    let mut filled = 0;
    for (field, value) in values {
        let before = row.get(field.key).clone();
        match (&before, value) {
            (_, Value::Many(members)) => {
                let missing: Vec<Value> =
                    members.into_iter().filter(|member| !has_member(&before, member)).collect();
                filled += usize::from(!missing.is_empty());
                if !new {
                    ops.extend(missing.iter().map(|item| Op::Include {
                        key,
                        field: field.key,
                        item: item.clone(),
                    }));
                }
                let all = before.members().iter().cloned().chain(missing).collect();
                put(row, field.key, Value::Many(all));
            }
            (before, value) if before.is_empty() && !value.is_empty() => {
                filled += 1;
                if !new {
                    ops.push(Op::Set { key, field: field.key, value: value.clone() });
                }
                put(row, field.key, value);
            }
            _ => {}
        }
    }
    filled
}

fn has_member(set: &Value, member: &Value) -> bool {
    let same = |known: &Value| match (known.as_text(), member.as_text()) {
        (Some(known), Some(member)) => fold(known) == fold(member),
        _ => known == member,
    };
    set.members().iter().any(same)
}

fn put(row: &mut Row, field: &str, value: Value) {
    let kind: &'static Kind = row.kind;
    if let Some(slot) = kind.index(field).and_then(|index| row.values.get_mut(index)) {
        *slot = value;
    }
}

/// The same name, and no address that speaks against it: one that both have, or one of them has none.
fn same_person(row: &Row, values: &Values) -> bool {
    if fold(&row.title()) != fold(&contact_title(values)) {
        return false;
    }
    let emails =
        values.iter().find(|(field, _)| field.key == "emails").map(|(_, value)| value.clone());
    let here = row.get("emails");
    match emails {
        Some(theirs) if !theirs.is_empty() && !here.is_empty() => {
            theirs.members().iter().any(|mail| has_member(here, mail))
        }
        _ => true,
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
