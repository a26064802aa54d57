//! A document as it was: on which clocks, and what comes late.

use handbook::document::{self, rows_at};
use handbook::{Moment, Op, Row, Value};

use crate::team::{Device, INES, JONAS, NOW, TOMAS, complaint, meet, text};

const HOUR: i64 = 3_600_000;

fn at(device: &Device, ms: i64) -> Option<Row> {
    let rows = rows_at(&device.doc, Moment { ms, offset_min: 0 });
    rows.into_iter().find(|row| row.key() == complaint())
}

fn service(device: &Device, ms: i64) -> Option<Value> {
    at(device, ms).map(|row| row.get("service").clone())
}

/// Covers: S1.9
#[test]
fn a_record_is_shown_as_it_stood() {
    let mut ines = Device::first(INES);
    ines.clock = NOW + HOUR - 60_000;
    ines.set("service", text("Survey"));
    ines.clock = NOW + 2 * HOUR - 60_000;
    ines.set("service", text("Drawings"));
    ines.clock = NOW + 3 * HOUR - 60_000;
    ines.write(&[Op::Delete { key: complaint() }]);

    assert_eq!(at(&ines, NOW - 1), None, "before the document was made");
    assert_eq!(rows_at(&ines.doc, Moment { ms: NOW - 1, offset_min: 0 }), []);
    let check = |ms: i64, expected: Value| assert_eq!(service(&ines, ms), Some(expected));
    check(NOW, Value::Empty);
    check(NOW + HOUR - 1, Value::Empty);
    check(NOW + HOUR, text("Survey"));
    check(NOW + 2 * HOUR, text("Drawings"));
    assert!(!at(&ines, NOW + 2 * HOUR).unwrap().gone);
    assert!(at(&ines, NOW + 3 * HOUR).unwrap().gone);
    // Looking back changes nothing, and the end of time is now.
    let now = document::all(&ines.doc).len();
    assert_eq!(rows_at(&ines.doc, Moment { ms: i64::MAX, offset_min: 0 }).len(), now);
}

#[test]
fn what_was_done_apart_counts_when_it_was_done() {
    let first = Device::first(INES);
    let (mut tomas, mut jonas) = (first.copy(TOMAS), first.copy(JONAS));
    tomas.clock = NOW + HOUR;
    tomas.set("service", text("Survey"));
    jonas.clock = NOW + 5 * HOUR;
    jonas.set("category", text("Late work"));
    // Jonas's device has not met Tomas's: his handbook of the second hour lacks what came late.
    assert_eq!(service(&jonas, NOW + 2 * HOUR), Some(Value::Empty));
    meet(&mut tomas, &mut jonas);
    assert_eq!(service(&jonas, NOW + 2 * HOUR), Some(text("Survey")));
    assert_eq!(at(&jonas, NOW + 2 * HOUR).unwrap().get("category"), &Value::Empty);
    for hour in 0..7 {
        let moment = Moment { ms: NOW + hour * HOUR, offset_min: 0 };
        assert_eq!(rows_at(&jonas.doc, moment), rows_at(&tomas.doc, moment), "hour {hour}");
    }
}

#[test]
fn two_decisions_stand_side_by_side_until_the_day_they_were_settled() {
    let first = Device::first(INES);
    let (mut tomas, mut jonas) = (first.copy(TOMAS), first.copy(JONAS));
    tomas.set("remedy", text("bear the cost"));
    jonas.set("remedy", text("attend the meeting"));
    meet(&mut tomas, &mut jonas);
    jonas.clock = NOW + HOUR;
    jonas.write(&[Op::Settle { key: complaint(), field: "remedy", value: text("both") }]);
    let remedy = complaint().kind.index("remedy").unwrap();
    assert_eq!(at(&jonas, NOW + HOUR).unwrap().two_versions, [remedy]);
    let settled = at(&jonas, NOW + 2 * HOUR).unwrap();
    assert_eq!((settled.two_versions.len(), settled.at(remedy)), (0, &text("both")));
}

#[test]
fn a_wrong_clock_never_shows_anything_too_early() {
    let mut ines = Device::first(INES);
    ines.clock = NOW + HOUR;
    ines.set("service", text("Survey"));
    // A tablet whose battery was empty believes that it is 1970.
    let mut tomas = ines.copy(TOMAS);
    tomas.clock = 0;
    tomas.set("category", text("Late work"));
    assert_eq!(at(&tomas, 0), None);
    assert_eq!(at(&tomas, NOW).unwrap().get("category"), &Value::Empty);
    assert_eq!(at(&tomas, NOW + 2 * HOUR).unwrap().get("category"), &text("Late work"));
    // One that runs a day ahead is believed, and so is what was built on it no earlier.
    let mut jonas = tomas.copy(JONAS);
    jonas.clock = NOW + 24 * HOUR;
    jonas.set("service", text("Drawings"));
    let mut ines = jonas.copy(INES);
    ines.clock = NOW + 3 * HOUR;
    ines.set("category", text("Design"));
    assert_eq!(service(&ines, NOW + 4 * HOUR), Some(text("Survey")));
    assert_eq!(at(&ines, NOW + 4 * HOUR).unwrap().get("category"), &text("Late work"));
    assert_eq!(at(&ines, NOW + 25 * HOUR).unwrap().get("category"), &text("Design"));
}
