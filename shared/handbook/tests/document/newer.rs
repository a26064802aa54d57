//! Documents that a newer version wrote on: nothing it wrote is lost or hidden.

use automerge::transaction::Transactable;
use automerge::{ObjType, ROOT, ReadDoc};
use handbook::document::{self, WriteError};
use handbook::records::{Complaint, Severity};
use handbook::typed::Record;
use handbook::{Op, Value};

use crate::team::{Device, INES, complaint, text};

/// Writes into the complaint what this version would not write.
fn from_the_future(
    write: impl Fn(&mut automerge::transaction::Transaction<'_>, &automerge::ObjId),
) -> Device {
    let mut device = Device::first(INES);
    let (_, object) = device.doc.get(ROOT, complaint().to_string()).unwrap().unwrap();
    let mut tx = device.doc.transaction();
    write(&mut tx, &object);
    tx.commit();
    device
}

#[test]
fn an_unknown_choice_is_kept_shown_and_not_overwritten_silently() {
    let mut device = from_the_future(|tx, object| tx.put(object, "severity", "galactic").unwrap());
    let foreign = Value::Foreign("galactic".to_owned());
    assert_eq!(device.get("severity"), foreign);
    let read = Complaint::from_row(&device.row()).unwrap();
    assert_eq!(read.severity, Some(Severity::Foreign));
    assert!(read.into_values().iter().all(|(field, _)| *field != "severity"));

    let major = Value::Choice("major".to_owned());
    let set = Op::Set { key: complaint(), field: "severity", value: major.clone() };
    assert!(matches!(device.try_write(&[set]), Err(WriteError::Foreign { field: "severity", .. })));
    assert_eq!(device.get("severity"), foreign);
    device.write(&[Op::Settle { key: complaint(), field: "severity", value: major.clone() }]);
    assert_eq!(device.get("severity"), major);
    // A form that offers both versions may choose the foreign one.
    device.write(&[Op::Settle { key: complaint(), field: "severity", value: foreign.clone() }]);
    assert_eq!(device.get("severity"), foreign);
}

#[test]
fn a_decisive_field_that_cannot_be_read_is_an_error_of_the_struct_only() {
    let device = from_the_future(|tx, object| tx.put(object, "respond_due", 20_270_101).unwrap());
    assert_eq!(device.get("respond_due"), Value::Foreign("20270101".to_owned()));
    let unreadable = Complaint::from_row(&device.row()).unwrap_err();
    assert_eq!((unreadable.kind, unreadable.field), ("complaint", "respond_due"));
}

#[test]
fn unknown_fields_members_and_facts_are_kept() {
    let mut device = from_the_future(|tx, object| {
        tx.put(object, "odour", "faint").unwrap();
        tx.put(object, "moods/grim", true).unwrap();
        tx.put(
            object,
            "transitions/00000000000000000000000000000071",
            r#"{"after":[],"at":"2030-01-01T00:00:00.000+00:00","by":"11111111111111111111111111111111","says":{"from":"captured","to":"mediated","mediator":"Ada"},"seal":1}"#,
        )
        .unwrap();
    });
    device.set("service", text("Survey"));
    let row = device.row();
    assert_eq!(
        row.unknown,
        [("moods/grim".to_owned(), Value::Flag(true)), ("odour".to_owned(), text("faint"))]
    );
    let fact = &row.get("transitions").facts()[0];
    assert_eq!(fact.values[1], Value::Foreign("mediated".to_owned()));
    assert_eq!(fact.unknown, [("mediator".to_owned(), text("Ada"))]);
    assert!(Complaint::from_row(&row).is_ok());
}

#[test]
fn records_of_unknown_kinds_are_kept_and_can_be_listed() {
    let mut device = Device::first(INES);
    let mut tx = device.doc.transaction();
    let object = tx.put_object(ROOT, "hologram/11111111111111111111111111111111", ObjType::Map);
    tx.put(object.unwrap(), "depth", 3).unwrap();
    tx.commit();
    device.set("service", text("Survey"));
    let strangers = document::strangers(&device.doc);
    assert_eq!(strangers.len(), 1);
    assert_eq!(strangers[0].key, "hologram/11111111111111111111111111111111");
    assert_eq!(strangers[0].values, [("depth".to_owned(), Value::Integer(3))]);
    assert_eq!(document::rows(&device.doc).len(), 2);
}

#[test]
fn a_document_that_asks_for_a_newer_writer_is_read_but_not_written() {
    let mut device = Device::first(INES);
    let mut tx = device.doc.transaction();
    tx.put(ROOT, "document/min_writer", 2).unwrap();
    tx.commit();
    let edit = Op::Set { key: complaint(), field: "service", value: text("x") };
    assert!(matches!(device.try_write(&[edit]), Err(WriteError::Newer(2))));
    assert_eq!(document::rows(&device.doc).len(), 2);
}

#[test]
fn an_unknown_field_is_taken_over_only_where_nothing_is() {
    let mut device = Device::first(INES);
    let keep =
        |field: &str, value: Value| Op::Keep { key: complaint(), field: field.into(), value };
    device.write(&[keep("odour", text("faint")), keep("moods/grim", Value::Flag(true))]);
    device.write(&[keep("odour", text("strong")), keep("weight", Value::Integer(3))]);
    let unknown = device.row().unknown;
    let said =
        |name: &str| unknown.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    assert_eq!(said("odour"), Some(text("faint")));
    assert_eq!(said("moods/grim"), Some(Value::Flag(true)));
    assert_eq!(said("weight"), Some(Value::Integer(3)));
    for taken in ["subject", "affected/x", "rev", ""] {
        let refused = device.try_write(&[keep(taken, text("x"))]);
        assert!(matches!(refused, Err(WriteError::NoField { .. })), "{taken}");
    }
}
