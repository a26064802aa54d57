//! What the tests of figures and rules share: days, ids and records that stand somewhere.

use chrono::NaiveDate;

use crate::ids::RecordId;
use crate::lifecycles::Move;
use crate::row::Row;
use crate::typed::{Entry, Facts, Record};
use crate::value::Moment;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn id(number: u8) -> RecordId {
    RecordId::from_bytes([number; 16])
}

/// A record as it shows in a document.
pub(crate) fn row<R: Record>(number: u8, record: R) -> Row {
    let mut row = Row::empty(R::KIND, id(number));
    for (field, value) in record.into_values() {
        row.values[R::KIND.index(field).unwrap()] = value;
    }
    row
}

/// A history of one step, told at noon of that day.
pub(crate) fn step<S>(from: S, to: S, on: &str) -> Facts<Move<S>> {
    let at = Moment {
        ms: day(on).and_hms_opt(12, 0, 0).unwrap().and_utc().timestamp_millis(),
        offset_min: 0,
    };
    let body = Move { from, to, why: "".into() };
    Facts(vec![Entry { id: id(200), by: [0; 16], at, after: Vec::new(), body }])
}
