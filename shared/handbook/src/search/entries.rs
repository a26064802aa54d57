//! What of a record the search knows: its title, the text of every field declared `search`, and of which kind it is.

use chrono::NaiveTime;

use super::{Entry, question::mark};
use crate::ids::{DocumentId, RecordKey};
use crate::records::{Client, Complaint, Contact, Engagement, Member};
use crate::row::Row;
use crate::typed::Record;
use crate::value::Value;
use crate::words::Sentence;

/// The entries of a document's rows, notes and prose included; a deleted record is not to be found, and nobody looks for
/// the settings by their contents.
pub fn entries(
    document: DocumentId,
    rows: &[Row],
) -> impl Iterator<Item = Entry<(DocumentId, RecordKey)>> {
    let found = rows.iter().filter(|row| !row.gone && !row.kind.singleton);
    found.map(move |row| entry(document, row))
}

/// One record's entry.
pub fn entry(document: DocumentId, row: &Row) -> Entry<(DocumentId, RecordKey)> {
    let fields = row.kind.fields.iter().zip(&row.values);
    let mut rest = String::new();
    for (_, value) in fields.filter(|(field, _)| field.search && !field.title) {
        push(&mut rest, value);
    }
    // A title may be a choice, which is called differently in each language.
    let Sentence { en: title, de } = row.named();
    if de != title {
        rest.push_str(&de);
    }
    rest.extend(mark(row.kind));
    Entry { key: (document, row.key()), title, rest, weight: weight(row), at: at(row) }
}

/// When it happened: the first day or moment that the record names, else when it was made.
fn at(row: &Row) -> i64 {
    let named = row.values.iter().find_map(|value| match value {
        Value::Moment(moment) => Some(moment.ms),
        Value::Date(day) => Some(day.and_time(NaiveTime::MIN).and_utc().timestamp_millis()),
        _ => None,
    });
    named.unwrap_or(row.created.at.ms)
}

fn push(text: &mut String, value: &Value) {
    match value {
        Value::Many(members) => members.iter().for_each(|member| push(text, member)),
        value => {
            if let Some(part) = value.as_text() {
                text.push_str(part);
                text.push(' ');
            }
        }
    }
}

/// Parties before what happened with them.
fn weight(row: &Row) -> u8 {
    match row.kind.key {
        Client::KEY => 60,
        Contact::KEY | Member::KEY => 50,
        Complaint::KEY | Engagement::KEY => 30,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RecordId;
    use crate::records::{Assignment, Promise, Role, Settings, Touchpoint};
    use crate::search::{Index, question::is_mark};
    use crate::value::Moment;

    const HERE: DocumentId = DocumentId::Client(RecordId::from_bytes([1; 16]));

    fn row<R: Record>(number: u8, record: R) -> Row {
        let mut row = Row::empty(R::KIND, RecordId::from_bytes([number; 16]));
        for (field, value) in record.into_values() {
            row.values[R::KIND.index(field).unwrap()] = value;
        }
        row
    }

    fn zoe() -> Contact {
        Contact {
            given_name: "Zoë".into(),
            family_name: "Müller".into(),
            emails: ["zoe@merrow.example".into(), "office@merrow.example".into()].into(),
            ..Contact::default()
        }
    }

    #[test]
    fn titles_apart_from_the_rest() {
        let check = |row: &Row, expected: (&str, &str, u8)| {
            let entry = entry(HERE, row);
            assert_eq!(entry.key, (HERE, row.key()));
            let rest = entry.rest.trim_end_matches(is_mark).trim();
            assert_eq!((entry.title.as_str(), rest, entry.weight), expected);
        };
        let addresses = "office@merrow.example zoe@merrow.example";
        check(&row(2, zoe()), ("Zoë Müller", addresses, 50));
        let said = Touchpoint {
            subject: "Late invoices".into(),
            notes: "They come late.".into(),
            ..Touchpoint::default()
        };
        check(&row(3, said), ("Late invoices", "They come late.", 0));
        let manager = Assignment { role: Some(Role::AccountManager), ..Assignment::default() };
        check(&row(4, manager), ("Account manager", "Kundenbetreuung", 0));
        check(&Row::empty(Client::KIND, RecordId::from_bytes([1; 16])), ("", "", 60));
    }

    #[test]
    fn when_it_happened_or_else_was_made() {
        let made = Moment { ms: 9_000, offset_min: 0 };
        let check = |mut row: Row, expected: i64| {
            row.created.at = made;
            assert_eq!(entry(HERE, &row).at, expected);
        };
        check(row(2, zoe()), 9_000);
        let at = Some(Moment { ms: 5_000, offset_min: 120 });
        check(row(3, Touchpoint { at, ..Touchpoint::default() }), 5_000);
        let due = chrono::NaiveDate::from_ymd_opt(1970, 1, 2);
        check(row(4, Promise { due, ..Promise::default() }), 86_400_000);
    }

    #[test]
    fn the_deleted_and_the_settings_are_not_found() {
        let gone = Row { gone: true, ..row(2, zoe()) };
        let settings = Row::empty(Settings::KIND, RecordId::ONLY);
        let rows = [gone, settings, row(4, zoe())];
        let keys: Vec<_> = entries(HERE, &rows).map(|entry| entry.key.1).collect();
        assert_eq!(keys, [rows[2].key()]);

        let mut index = Index::default();
        index.replace(HERE, entries(HERE, &rows));
        let found: Vec<_> =
            index.find("muller office", 10).into_iter().map(|hit| hit.key).collect();
        assert_eq!(found, [(HERE, rows[2].key())]);
    }

    #[test]
    fn only_of_the_kind_that_is_asked_for() {
        let promise = |text: &str| Promise { text: text.into(), ..Promise::default() };
        let said = |subject: &str, notes: &str| Touchpoint {
            subject: subject.into(),
            notes: notes.into(),
            ..Touchpoint::default()
        };
        let rows = [
            row(2, promise("Repair the cooling")),
            row(3, said("The cooling again", "Two pallets were thawed.")),
            row(4, promise("Send the figures")),
        ];
        let mut index = Index::default();
        index.replace(HERE, entries(HERE, &rows));
        let check = |question: &str, expected: &[usize]| {
            let found = index.find(question, 10);
            let mut found: Vec<_> = found.into_iter().map(|hit| hit.key.1).collect();
            found.sort();
            let expected: Vec<_> = expected.iter().map(|at| rows[*at].key()).collect();
            assert_eq!(found, expected, "{question:?}");
        };
        check("cooling", &[0, 1]);
        check("kind:promise cooling", &[0]);
        check("cooling art:Zusage", &[0]);
        check("kind:touchpoint", &[1]);
        check("kind:promise", &[0, 2]);
        check("kind:gardening cooling", &[]);
        // The sign is not quoted, and the kind's name is no word of its records.
        let hit = index.find("kind:touchpoint thawed", 10).remove(0);
        assert_eq!(hit.passage.as_deref(), Some("Two pallets were thawed."));
        check("promise", &[]);
    }
}
