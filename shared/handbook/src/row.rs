//! A record as the untyped core sees it.

use crate::ids::{MemberId, RecordId, RecordKey};
use crate::kind::Kind;
use crate::text::show;
use crate::value::{Moment, Value};
use crate::words::{Language, Sentence};

/// A record as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: &'static Kind,
    /// Which one it is; [`RecordId::ONLY`] for a singleton.
    pub id: RecordId,
    /// Parallel to [`Kind::fields`].
    pub values: Vec<Value>,
    /// What a newer version wrote beside them, kept and shown as unknown.
    pub unknown: Vec<(String, Value)>,
    /// Who made it, and when. Zero for a singleton.
    pub created: Created,
    /// Places of the fields that two people decided differently, in ascending order.
    pub two_versions: Vec<usize>,
    /// It was deleted, and nobody edited it apart from the deletion.
    pub gone: bool,
    /// It was deleted, but an edit made apart kept it; cleared by `Op::Restore`.
    pub returned: bool,
}

/// Who made a record, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Created {
    /// The member.
    pub by: MemberId,
    /// Their clock.
    pub at: Moment,
}

static NOTHING: Value = Value::Empty;

impl Row {
    /// A row in which every field is empty.
    pub fn empty(kind: &'static Kind, id: RecordId) -> Self {
        Self {
            kind,
            id,
            values: vec![Value::Empty; kind.fields.len()],
            unknown: Vec::new(),
            created: Created::default(),
            two_versions: Vec::new(),
            gone: false,
            returned: false,
        }
    }

    /// What of it the client may see: every other field is empty, and nothing unknown is left.
    pub fn for_client(&self) -> Self {
        let hide = |(field, value): (&crate::kind::Field, &Value)| {
            if field.client_visible { value.clone() } else { Value::Empty }
        };
        let values = self.kind.fields.iter().zip(&self.values).map(hide).collect();
        Self { values, unknown: Vec::new(), two_versions: Vec::new(), ..self.clone() }
    }

    /// Its name inside its document.
    pub fn key(&self) -> RecordKey {
        RecordKey::new(self.kind, self.id)
    }

    /// A field's value by the field's key; empty for a key that the kind does not have.
    pub fn get(&self, field: &str) -> &Value {
        self.kind.index(field).and_then(|index| self.values.get(index)).unwrap_or(&NOTHING)
    }

    /// A field's value by its place; empty beyond the last field.
    pub fn at(&self, index: usize) -> &Value {
        self.values.get(index).unwrap_or(&NOTHING)
    }

    /// What people call it: its title fields, joined by spaces.
    pub fn title(&self) -> String {
        self.title_in(Language::En)
    }

    /// What people call it, in every language.
    pub fn named(&self) -> Sentence {
        Sentence::new(self.title_in(Language::En), self.title_in(Language::De))
    }

    /// What people call it, with the labels of choices in that language.
    pub fn title_in(&self, language: Language) -> String {
        let mut title = String::new();
        for (index, field) in self.kind.titles() {
            let text = show(&field.ty, self.at(index), language, &|_, _| None);
            if !text.is_empty() {
                if !title.is_empty() {
                    title.push(' ');
                }
                title.push_str(&text);
            }
        }
        title
    }
}
