//! What is for the program only (an attachment's key above all) is met nowhere by people, and leaves in no file that is handed on.

use chrono::NaiveDate;
use handbook::export::{Handbook, handbook_html, json, sheet};
use handbook::records::Attachment;
use handbook::search::entry;
use handbook::typed::Note;
use handbook::words::Language;
use handbook::{DocumentId, Field, Kind, Moment, Record, RecordId, Row, bulk, form, kinds, views};

const SECRET: &str = "5ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4e75ec4";

fn row() -> Row {
    let record = Attachment {
        about: "client/1".into(),
        name: "quay.jpg".into(),
        address: SECRET.into(),
        key: Note(SECRET.into()),
        thumbnail: Note(SECRET.into()),
        ..Attachment::default()
    };
    let mut row = Row::empty(Attachment::KIND, RecordId::from_bytes([1; 16]));
    for (field, value) in record.into_values() {
        row.values[Attachment::KIND.index(field).unwrap()] = value;
    }
    row
}

fn hidden() -> impl Iterator<Item = (&'static Kind, &'static Field)> {
    let fields = kinds().flat_map(|kind| kind.fields.iter().map(move |field| (kind, field)));
    fields.filter(|(_, field)| field.hidden)
}

#[test]
fn these_fields_are_the_programs() {
    let fields: Vec<_> =
        hidden().map(|(kind, field)| format!("{}.{}", kind.key, field.key)).collect();
    assert_eq!(fields, ["attachment.address", "attachment.key", "attachment.thumbnail"]);
}

#[test]
fn no_form_list_or_bulk_edit_has_them() {
    for (kind, field) in hidden() {
        let is = |other: &Field| other.key == field.key;
        assert!(!form::offered(kind).any(is) && !form::is_typed(kind));
        assert!(!views::columns(kind).any(|(_, other, _)| is(other)));
        assert!(!bulk::settable(kind).any(is));
        let told = field.title || field.column || field.search || field.client_visible;
        assert!(!told, "{}", field.key);
    }
}

#[test]
fn no_file_for_people_has_them() {
    let (row, id) = (row(), RecordId::from_bytes([1; 16]));
    let csv = sheet(Attachment::KIND, [("Merrow", &row)], &|_| None);
    assert!(csv.contains("quay.jpg") && !csv.contains(SECRET), "{csv}");
    let rows = [row.clone()];
    let page = handbook_html(&Handbook {
        document: DocumentId::Client(id),
        rows: &rows,
        firm: &[],
        day: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        language: Language::En,
        firm_name: "Northwind",
        about: None,
    });
    assert!(page.contains("quay.jpg") && !page.contains(SECRET));
    let found = entry(DocumentId::Client(id), &row);
    assert!(!format!("{}{}", found.title, found.rest).contains(SECRET));
    // What can be taken in again whole has all of it.
    let whole = json(&[(DocumentId::Client(id), rows.to_vec())], Moment { ms: 0, offset_min: 0 });
    assert_eq!(whole.matches(SECRET).count(), 3);
}
