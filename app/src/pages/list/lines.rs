//! The lines of a list: rows, and what a page knows beside them.

use std::{collections::HashMap, sync::Arc};

use handbook::{
    DocumentId, FieldType, Kind, Record, RecordId, RecordKey, Row, Value,
    own::{self, Definition},
    records::{OwnField, OwnValue},
    search::fold,
    views::{self, Asks, Column, NAME},
};

use crate::{
    texts::{self, record as record_texts, say},
    ui::{
        state::{AppState, Placed},
        steps,
        value::shown,
    },
};

/// A column of a list.
#[derive(Clone, PartialEq)]
pub struct Head {
    /// As an address knows it.
    pub column: Column,
    /// What stands above it.
    pub label: String,
    /// What stands behind it.
    pub behind: Behind,
    /// Whether a list begins with it.
    pub first: bool,
}

/// What stands behind a column.
#[derive(Clone, PartialEq)]
pub enum Behind {
    /// A field of the kind, by its place.
    Field(usize),
    /// An own field.
    Own(Definition),
    /// What the page knows.
    Added,
}

/// What a page knows of a record beside its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The column.
    pub column: String,
    /// To filter and sort by.
    pub value: Value,
    /// To read.
    pub words: String,
}

/// A record in a list.
#[derive(Clone)]
pub struct Line {
    app: AppState,
    rows: Arc<Vec<Placed>>,
    at: usize,
    name: String,
    folded: String,
    added: Vec<Added>,
}

/// All lines; as long as nobody makes them anew, they are the same.
#[derive(Clone)]
pub struct Lines(pub Arc<Vec<Line>>);

impl PartialEq for Lines {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.added == other.added && self.placed() == other.placed()
    }
}

static NOTHING: Value = Value::Empty;

impl Line {
    fn placed(&self) -> Option<&Placed> {
        self.rows.get(self.at)
    }

    /// The row; of a list over many documents without its notes and prose.
    pub fn row(&self) -> Option<&Row> {
        self.placed().map(|placed| &placed.row)
    }

    /// On whose pages it is met.
    pub fn document(&self) -> DocumentId {
        self.placed().map_or(DocumentId::Firm, |placed| placed.document)
    }

    /// Its name inside its document.
    pub fn key(&self) -> Option<RecordKey> {
        self.row().map(Row::key)
    }

    /// Which record it is.
    pub fn id(&self) -> RecordId {
        self.row().map_or(RecordId::ONLY, |row| row.id)
    }

    /// What the page knows of it under a column.
    pub fn added(&self, column: &str) -> Option<&Added> {
        self.added.iter().find(|added| added.column == column)
    }

    /// What each member of a value in a column is called, with its key in addresses.
    pub fn options(&self, head: &Head) -> Vec<(String, String)> {
        let value = views::Line::value(self, &head.column);
        match (&head.behind, value) {
            (_, value) if value.is_empty() && head.column.asks != Asks::YesNo => Vec::new(),
            (Behind::Field(at), Value::Many(members)) => {
                let Some(FieldType::Many(inner)) =
                    self.row().and_then(|row| row.kind.fields.get(*at)).map(|field| field.ty)
                else {
                    return Vec::new();
                };
                let words = |member: &Value| shown(&self.app, self.document(), inner, member);
                members.iter().map(|member| (key_of(member), words(member))).collect()
            }
            (_, Value::Flag(true)) => vec![("yes".to_owned(), record_texts::yes().to_owned())],
            _ if head.column.asks == Asks::YesNo => {
                vec![("no".to_owned(), record_texts::no().to_owned())]
            }
            (_, value) => vec![(key_of(value), views::Line::words(self, &head.column))],
        }
    }
}

fn key_of(value: &Value) -> String {
    match value {
        Value::Link(id) => id.to_string(),
        value => value.as_text().unwrap_or_default().to_owned(),
    }
}

impl views::Line for Line {
    fn name(&self) -> &str {
        &self.name
    }

    fn folded(&self) -> &str {
        &self.folded
    }

    fn value(&self, column: &Column) -> &Value {
        if let Some(added) = self.added(&column.key) {
            return &added.value;
        }
        self.row().map_or(&NOTHING, |row| row.get(&column.key))
    }

    fn words(&self, column: &Column) -> String {
        if let Some(added) = self.added(&column.key) {
            return added.words.clone();
        }
        let field = self.row().and_then(|row| row.kind.field(&column.key));
        field
            .zip(self.row())
            .map(|(field, row)| shown(&self.app, self.document(), &field.ty, row.get(field.key)))
            .unwrap_or_default()
    }
}

/// The columns of a kind: its fields, its own fields, and before them what a page adds. Reactive where own fields are.
pub fn heads(app: &AppState, kind: &'static Kind, added: Vec<Head>) -> Arc<Vec<Head>> {
    let mut heads = added;
    if let Some(life) = kind.lifecycle {
        let standing = Column::new(life.field, Asks::OneOf);
        heads.push(Head {
            column: standing,
            label: record_texts::standing().to_owned(),
            behind: Behind::Added,
            first: true,
        });
    }
    // Where a record stood when it was written down is no column: where it stands has one. Nor is a merge.
    let start = kind.lifecycle.and_then(|life| life.start_field);
    let hidden = |key: &str| Some(key) == start || key == "merged_into";
    heads.extend(views::columns(kind).filter(|(_, field, _)| !hidden(field.key)).map(
        |(index, field, column)| Head {
            column,
            label: say(field.label).to_owned(),
            behind: Behind::Field(index),
            first: field.column,
        },
    ));
    heads.extend(definitions(app, kind).into_iter().map(|definition| Head {
        column: definition.column(),
        label: definition.label.clone(),
        behind: Behind::Own(definition),
        first: false,
    }));
    // What a page adds under the name of a field stands for it.
    let mut known = Vec::new();
    heads.retain(|head| {
        let new = !known.contains(&head.column.key);
        known.push(head.column.key.clone());
        new
    });
    Arc::new(heads)
}

/// The own fields of a kind; reactive.
pub fn definitions(app: &AppState, kind: &'static Kind) -> Vec<Definition> {
    let fields = app.list(OwnField::KEY);
    own::definitions(fields.iter().map(|placed| &placed.row), kind)
}

/// Every row as a line; reactive. `named` says what a row is called, `beside` what the page knows of it.
pub fn lines(
    app: &AppState,
    kind: &'static Kind,
    rows: Arc<Vec<Placed>>,
    named: impl Fn(&Placed) -> String,
    beside: impl Fn(&Row) -> Vec<Added>,
) -> Lines {
    let definitions = definitions(app, kind);
    let values = if definitions.is_empty() { HashMap::new() } else { own_values(app, kind) };
    let lines = rows.iter().enumerate().map(|(at, placed)| {
        let row = &placed.row;
        let mut added = beside(row);
        if let Some(life) = kind.lifecycle {
            let words = steps::standing(row).unwrap_or_default().to_string();
            let value = if words.is_empty() { Value::Empty } else { Value::Text(words.clone()) };
            added.push(Added { column: life.field.to_owned(), value, words });
        }
        added.extend(definitions.iter().filter_map(|definition| {
            let stored = values.get(&(row.id, definition.id))?;
            let words = definition.show(stored, texts::language());
            Some(Added { column: definition.column().key, value: definition.read(stored), words })
        }));
        let name = named(placed);
        let mut sought = name.clone();
        for (field, value) in
            kind.fields.iter().zip(&row.values).filter(|(f, _)| f.search || f.column)
        {
            let words = match value {
                Value::Text(text) => text.clone(),
                Value::Many(members) => {
                    members.iter().filter_map(Value::as_text).collect::<Vec<_>>().join(" ")
                }
                value => shown(app, placed.document, &field.ty, value),
            };
            sought.push(' ');
            sought.push_str(&words);
        }
        for added in &added {
            sought.push(' ');
            sought.push_str(&added.words);
        }
        Line { app: *app, rows: Arc::clone(&rows), at, name, folded: fold(&sought), added }
    });
    Lines(Arc::new(lines.collect()))
}

/// What stands in own fields, by record and definition. Of two made apart the older stands, as [`own::slot`] has it.
fn own_values(app: &AppState, kind: &'static Kind) -> HashMap<(RecordId, RecordId), String> {
    let keys = &OwnValue::KEYS;
    let mut found: HashMap<(RecordId, RecordId), (RecordId, String)> = HashMap::new();
    for placed in app.list(OwnValue::KEY).iter() {
        let row = &placed.row;
        let about = keys.about.raw(row).as_text().and_then(RecordKey::parse);
        let about = about.filter(|about| about.kind == kind);
        let (Some(about), Some(field)) = (about, keys.field.raw(row).as_link()) else { continue };
        let text = keys.value.raw(row).as_text().unwrap_or_default().to_owned();
        let known = found.entry((about.id, field)).or_insert_with(|| (row.id, text.clone()));
        if row.id < known.0 {
            *known = (row.id, text);
        }
    }
    found.into_iter().map(|(place, (_, text))| (place, text)).collect()
}

/// What a column is called in the list of columns to sort by.
pub fn label_of(heads: &[Head], column: &str, name: &str) -> String {
    if column == NAME {
        return name.to_owned();
    }
    heads
        .iter()
        .find(|head| head.column.key == column)
        .map(|head| head.label.clone())
        .unwrap_or_default()
}
