//! What happened to a record, in words.

mod groups;

use crate::document::{Entry, Event};
use crate::ids::RecordId;
use crate::kind::{Class, Field, FieldType, Kind};
use crate::text::show;
use crate::value::Value;
use crate::words::Language;

pub use groups::{Group, by_command, has_past, settled};

/// Beyond this many characters a value is not quoted in a sentence.
const QUOTED_MAX: usize = 80;

/// A line of history as a sentence: "Tomas Reuter changed “Owner” from Ines to Tomas."
///
/// `name_of` gives the title of a record by its kind's key, where it is known; the author is the
/// record of the kind `member` with the author's id.
pub fn sentence(
    kind: &Kind,
    entry: &Entry,
    language: Language,
    name_of: &dyn Fn(&str, RecordId) -> Option<String>,
) -> String {
    let who = entry
        .by
        .and_then(|by| name_of("member", RecordId::from_bytes(by)))
        .unwrap_or_else(|| nobody(language).to_owned());
    let what = match entry.field.and_then(|index| kind.fields.get(index)) {
        Some(field) => of_field(field, entry, language, name_of),
        None => of_record(kind, entry.event, language),
    };
    format!("{who} {what}.")
}

fn nobody(language: Language) -> &'static str {
    match language {
        Language::En => "Somebody",
        Language::De => "Jemand",
    }
}

fn of_record(kind: &Kind, event: Event, language: Language) -> String {
    let one = kind.one.get(language);
    match (event, language) {
        (Event::Created, Language::En) => format!("made this record ({})", one.to_lowercase()),
        (Event::Created, Language::De) => format!("hat diesen Eintrag angelegt ({one})"),
        (Event::Deleted, Language::En) => "deleted it".to_owned(),
        (Event::Deleted, Language::De) => "hat den Eintrag gelöscht".to_owned(),
        (Event::Restored, Language::En) => "brought it back".to_owned(),
        (Event::Restored, Language::De) => "hat den Eintrag zurückgeholt".to_owned(),
        (Event::Changed | Event::Settled, Language::En) => "changed it".to_owned(),
        (Event::Changed | Event::Settled, Language::De) => "hat den Eintrag geändert".to_owned(),
    }
}

fn of_field(
    field: &Field,
    entry: &Entry,
    language: Language,
    name_of: &dyn Fn(&str, RecordId) -> Option<String>,
) -> String {
    let label = field.label.get(language);
    let short = |value: &Value| {
        let text = show(&field.ty, value, language, name_of);
        let fits = !text.is_empty()
            && text.chars().count() <= QUOTED_MAX
            && !matches!(field.ty, FieldType::Prose);
        fits.then_some(text)
    };
    let (before, after) = (short(&entry.before), short(&entry.after));
    let emptied = entry.after.is_empty();
    let german = language == Language::De;
    match (entry.event, field.class) {
        (Event::Settled, _) => match (after, german) {
            (Some(after), false) => format!("settled “{label}” on {after}"),
            (Some(after), true) => format!("hat „{label}“ entschieden: {after}"),
            (None, false) => format!("settled the versions of “{label}”"),
            (None, true) => format!("hat zwischen den Fassungen von „{label}“ entschieden"),
        },
        (_, Class::Set) => in_set(label, before, after, german),
        (_, Class::Fact) => match (after, german) {
            (Some(after), false) => format!("noted under “{label}”: {after}"),
            (Some(after), true) => format!("hat unter „{label}“ festgehalten: {after}"),
            (None, false) => format!("added to “{label}”"),
            (None, true) => format!("hat „{label}“ ergänzt"),
        },
        _ => match (before, after, german) {
            (_, _, false) if emptied => format!("emptied “{label}”"),
            (_, _, true) if emptied => format!("hat „{label}“ geleert"),
            (Some(before), Some(after), false) => {
                format!("changed “{label}” from {before} to {after}")
            }
            (Some(before), Some(after), true) => {
                format!("hat „{label}“ von {before} auf {after} geändert")
            }
            (None, Some(after), false) => format!("set “{label}” to {after}"),
            (None, Some(after), true) => format!("hat „{label}“ auf {after} gesetzt"),
            (_, None, false) => format!("changed “{label}”"),
            (_, None, true) => format!("hat „{label}“ geändert"),
        },
    }
}

fn in_set(label: &str, out: Option<String>, into: Option<String>, german: bool) -> String {
    match (out, into, german) {
        (None, Some(new), false) => format!("added {new} to “{label}”"),
        (None, Some(new), true) => format!("hat {new} zu „{label}“ hinzugefügt"),
        (Some(old), None, false) => format!("took {old} out of “{label}”"),
        (Some(old), None, true) => format!("hat {old} aus „{label}“ entfernt"),
        (Some(old), Some(new), false) => format!("replaced {old} by {new} in “{label}”"),
        (Some(old), Some(new), true) => format!("hat in „{label}“ {old} durch {new} ersetzt"),
        (None, None, false) => format!("changed “{label}”"),
        (None, None, true) => format!("hat „{label}“ geändert"),
    }
}
