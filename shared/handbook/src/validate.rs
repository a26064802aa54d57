//! What is wrong with the values of a form, said before anything is written.

use crate::kind::{Field, FieldType, Kind};
use crate::text;
use crate::value::Value;
use crate::words::{Language, Sentence};

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's key.
    pub field: &'static str,
    /// What to say under it.
    pub sentence: Sentence,
}

/// The longest line, in characters. Lines are shown in tables and stand in every device's memory.
pub const LINE_MAX: usize = 500;
/// The longest note, in characters.
pub const NOTE_MAX: usize = 20_000;
/// The longest prose, in characters; a chapter, not a book.
pub const PROSE_MAX: usize = 200_000;
/// The most members of a set.
pub const MEMBERS_MAX: usize = 500;

/// Checks the values of a new record: those given, and that none required is missing. A singleton
/// and an edit of single fields are checked by [`validate_field`].
pub fn validate(kind: &'static Kind, values: &[(&'static str, Value)]) -> Vec<Problem> {
    let given = |field: &Field| values.iter().find(|(key, _)| *key == field.key);
    kind.fields
        .iter()
        .filter_map(|field| {
            let value = given(field).map_or(&Value::Empty, |(_, value)| value);
            validate_field(field, value)
        })
        .collect()
}

/// Checks the new value of one field.
pub fn validate_field(field: &'static Field, value: &Value) -> Option<Problem> {
    let sentence = if value.is_empty() {
        let label = field.label;
        field.required.then(|| {
            Sentence::new(
                format!("Fill in “{}”.", label.en),
                format!("Bitte „{}“ ausfüllen.", label.get(Language::De)),
            )
        })
    } else {
        fits(&field.ty, value)
    };
    sentence.map(|sentence| Problem { field: field.key, sentence })
}

fn fits(ty: &FieldType, value: &Value) -> Option<Sentence> {
    match (ty, value) {
        (FieldType::Line, Value::Text(text)) => longer(text, LINE_MAX),
        (FieldType::Note, Value::Text(text)) => longer(text, NOTE_MAX),
        (FieldType::Prose, Value::Text(text)) => longer(text, PROSE_MAX),
        (FieldType::Many(inner), Value::Many(members)) => {
            if members.len() > MEMBERS_MAX {
                return Some(Sentence::new(
                    format!("At most {MEMBERS_MAX} fit in here."),
                    format!("Hier passen höchstens {MEMBERS_MAX} hinein."),
                ));
            }
            members.iter().find_map(|member| fits(inner, member))
        }
        (FieldType::Facts(_), Value::Facts(_))
        | (FieldType::Link(_), Value::Link(_))
        // What a newer version wrote may stay.
        | (_, Value::Foreign(_)) => None,
        // The rest is right if it reads back as itself.
        (ty, value) => match text::parse(ty, &text::format(ty, value)) {
            Ok(read) if read == *value => None,
            Ok(_) => Some(Sentence::new(
                "That does not belong into this field.",
                "Das gehört nicht in dieses Feld.",
            )),
            Err(sentence) => Some(sentence),
        },
    }
}

fn longer(text: &str, max: usize) -> Option<Sentence> {
    (text.chars().count() > max).then(|| {
        Sentence::new(
            format!("At most {max} characters fit in here."),
            format!("Hier passen höchstens {max} Zeichen hinein."),
        )
    })
}
