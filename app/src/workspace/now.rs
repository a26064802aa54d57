//! The present, as commands need it.

use chrono::{DateTime, Datelike, NaiveDate};
use handbook::{Moment, Stamp};
use uuid::Uuid;
use wire::MemberId;

use crate::{
    platform::{clock, random::Random},
    ui::model::Clock,
};

/// This moment, with the offset of the place.
pub(super) fn moment() -> Moment {
    let ms = clock::now();
    Moment { ms: i64::try_from(ms).unwrap_or(i64::MAX), offset_min: clock::offset_minutes(ms) }
}

/// The stamp of a command that `member` gives now. One batch may span several commands.
pub(super) fn stamp(member: MemberId, what: &'static str, batch: Option<Uuid>) -> Stamp {
    Stamp { member: member.0, at: moment(), command: uuid(), batch, what }
}

/// What pages reckon with.
pub(super) fn clock_face() -> Clock {
    let now = moment();
    let local = now.day();
    let today = local
        .or_else(|| DateTime::from_timestamp_millis(now.ms).map(|at| at.date_naive()))
        .unwrap_or(NaiveDate::MIN);
    Clock { now_ms: now.ms, offset_min: now.offset_min, today }
}

/// The last moment of a day, where this device is.
pub(super) fn end_of(day: NaiveDate) -> Moment {
    let ms = clock::end_of_day(day.year(), day.month(), day.day());
    let offset_min = clock::offset_minutes(u64::try_from(ms).unwrap_or_default());
    Moment { ms, offset_min }
}

/// A fresh name for a command or a batch.
pub(super) fn uuid() -> Uuid {
    Uuid::from_bytes(handbook::RecordId::new(clock::now(), &mut Random).bytes())
}
