//! Dates and moments.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::refuse;
use crate::value::{Moment, Value};
use crate::words::Sentence;

/// Day before month where both are possible: so writes most of the world that uses slashes.
const DATES: &[&str] = &[
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y/%m/%d",
    "%d-%m-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d. %B %Y",
    "%Y%m%d",
];
const SHORT_DATES: &[&str] = &["%d.%m.%y", "%d/%m/%y"];
const TIMES: &[&str] =
    &["%H:%M:%S%.f", "%H:%M", "%H.%M Uhr", "%H:%M Uhr", "%I:%M %p", "%I:%M:%S %p"];

pub(super) fn date(text: &str) -> Result<Value, Sentence> {
    read_date(text).map(Value::Date).ok_or_else(|| {
        refuse(
            text,
            "is not a date; write 2026-11-21",
            "ist kein Datum; bitte 21.11.2026 schreiben",
        )
    })
}

fn read_date(text: &str) -> Option<NaiveDate> {
    let text = german_months(text);
    let sane = |date: &NaiveDate| (1800..2300).contains(&date.year());
    let read = |formats: &[&str]| {
        formats.iter().find_map(|format| NaiveDate::parse_from_str(&text, format).ok().filter(sane))
    };
    read(DATES).or_else(|| read(SHORT_DATES))
}

/// The months whose German names `chrono` does not read as English ones.
fn german_months(text: &str) -> String {
    const MONTHS: &[(&str, &str)] = &[
        ("januar", "january"),
        ("februar", "february"),
        ("märz", "march"),
        ("mai", "may"),
        ("juni", "june"),
        ("juli", "july"),
        ("oktober", "october"),
        ("dezember", "december"),
    ];
    let lower = text.to_lowercase();
    for (german, english) in MONTHS {
        if lower.split([' ', '.', ',']).any(|word| word == *german) {
            return lower.replace(german, english);
        }
    }
    text.to_owned()
}

pub(super) fn time(text: &str) -> Result<Value, Sentence> {
    let read = TIMES.iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok());
    read.map(|time| Value::Integer(i64::from(time.hour() * 60 + time.minute()))).ok_or_else(|| {
        refuse(
            text,
            "is not a time of day; write 14:30",
            "ist keine Uhrzeit; bitte 14:30 schreiben",
        )
    })
}

pub(super) fn moment(text: &str, offset_min: i16) -> Result<Value, Sentence> {
    if let Some(moment) = Moment::parse(text) {
        return Ok(Value::Moment(moment));
    }
    let local = local(text).ok_or_else(|| {
        refuse(
            text,
            "is not a time; write 2026-11-21 14:30",
            "ist kein Zeitpunkt; bitte 21.11.2026 14:30 schreiben",
        )
    })?;
    let ms = local.and_utc().timestamp_millis() - i64::from(offset_min) * 60_000;
    Ok(Value::Moment(Moment { ms, offset_min }))
}

fn local(text: &str) -> Option<NaiveDateTime> {
    if let Some(date) = read_date(text) {
        return Some(date.and_time(NaiveTime::MIN));
    }
    // The date may contain spaces as well as the time: try every place between them.
    let breaks = text.char_indices().filter(|(_, c)| *c == ' ' || *c == 'T');
    breaks.into_iter().find_map(|(at, _)| {
        let date = read_date(text.get(..at)?.trim_end_matches(',').trim())?;
        let rest = text.get(at + 1..)?.trim();
        let time = TIMES.iter().find_map(|format| NaiveTime::parse_from_str(rest, format).ok())?;
        Some(date.and_time(time))
    })
}
