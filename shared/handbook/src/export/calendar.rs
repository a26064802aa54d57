//! Due dates and visits as a calendar file (RFC 5545).

use chrono::{DateTime, Days, NaiveDate};

use super::content_line::{escaped, property};
use crate::value::Moment;

/// One entry of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarItem {
    /// Its identity: the same in every export, so that a calendar renews it and does not double it.
    pub uid: String,
    /// When it begins.
    pub start: Start,
    /// When it ends; of whole days the last, that day included.
    pub end: Option<Start>,
    /// What it is, in a line.
    pub summary: String,
    /// What else there is to say.
    pub description: String,
    /// Remind so many days before.
    pub alarm_days: Option<u16>,
    /// How it comes again: a recurrence rule (RFC 5545, 3.3.10) without its name.
    pub rule: Option<String>,
}

/// A whole day, or a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// All day.
    Day(NaiveDate),
    /// Written in UTC: every calendar shows it on its reader's clock.
    Moment(Moment),
}

/// Writes a calendar. `name` is what calendars show it under, `stamp` when it was made.
pub fn calendar(items: &[CalendarItem], name: &str, stamp: Moment) -> String {
    let mut file = [
        property("BEGIN", "VCALENDAR"),
        property("VERSION", "2.0"),
        property("PRODID", "-//Rapport//Handbook//EN"),
        property("CALSCALE", "GREGORIAN"),
        property("METHOD", "PUBLISH"),
        property("X-WR-CALNAME", &escaped(name)),
    ]
    .concat();
    for item in items {
        event(&mut file, item, stamp);
    }
    file.push_str(&property("END", "VCALENDAR"));
    file
}

fn event(file: &mut String, item: &CalendarItem, stamp: Moment) {
    let mut add = |name: &str, value: &str| file.push_str(&property(name, value));
    add("BEGIN", "VEVENT");
    add("UID", &escaped(&item.uid));
    add("DTSTAMP", &utc(stamp));
    match item.start {
        Start::Day(day) => add("DTSTART;VALUE=DATE", &date(day)),
        Start::Moment(moment) => add("DTSTART", &utc(moment)),
    }
    match (item.start, item.end) {
        // The day after the last.
        (Start::Day(first), Some(Start::Day(last))) if last >= first => {
            let after = last.checked_add_days(Days::new(1)).unwrap_or(last);
            add("DTEND;VALUE=DATE", &date(after));
        }
        (Start::Moment(first), Some(Start::Moment(last))) if last.ms > first.ms => {
            add("DTEND", &utc(last));
        }
        _ => {}
    }
    if let Some(rule) = &item.rule {
        add("RRULE", rule);
    }
    add("SUMMARY", &escaped(&item.summary));
    if !item.description.is_empty() {
        add("DESCRIPTION", &escaped(&item.description));
    }
    if matches!(item.start, Start::Day(_)) {
        // A due date does not make its reader busy.
        add("TRANSP", "TRANSPARENT");
    }
    if let Some(days) = item.alarm_days {
        add("BEGIN", "VALARM");
        add("ACTION", "DISPLAY");
        add("DESCRIPTION", &escaped(&item.summary));
        add("TRIGGER", &if days == 0 { "PT0S".to_owned() } else { format!("-P{days}D") });
        add("END", "VALARM");
    }
    add("END", "VEVENT");
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

fn utc(moment: Moment) -> String {
    let utc = DateTime::from_timestamp_millis(moment.ms).unwrap_or_default();
    utc.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> CalendarItem {
        CalendarItem {
            uid: "promise-1@rapport".into(),
            start: Start::Day(NaiveDate::from_ymd_opt(2026, 12, 31).unwrap()),
            end: None,
            summary: "Send figures; all, please".into(),
            description: "To Zoë\nMüller".into(),
            alarm_days: Some(2),
            rule: None,
        }
    }

    #[test]
    fn a_due_date() {
        let file = calendar(&[item()], "Rapport, due", Moment { ms: 0, offset_min: 60 });
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Rapport//Handbook//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n\
            X-WR-CALNAME:Rapport\\, due\r\nBEGIN:VEVENT\r\nUID:promise-1@rapport\r\nDTSTAMP:19700101T000000Z\r\n\
            DTSTART;VALUE=DATE:20261231\r\nSUMMARY:Send figures\\; all\\, please\r\nDESCRIPTION:To Zoë\\nMüller\r\n\
            TRANSP:TRANSPARENT\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Send figures\\; all\\, please\r\n\
            TRIGGER:-P2D\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(file, expected);
    }

    #[test]
    fn comes_again() {
        let rule = Some("FREQ=WEEKLY;INTERVAL=2".to_owned());
        let file = calendar(&[CalendarItem { rule, ..item() }], "", Moment::default());
        let begins = "DTSTART;VALUE=DATE:20261231\r\nRRULE:FREQ=WEEKLY;INTERVAL=2\r\nSUMMARY";
        assert!(file.contains(begins), "{file}");
    }

    #[test]
    fn ends() {
        let day = |day| Start::Day(NaiveDate::from_ymd_opt(2026, 12, day).unwrap());
        let moment = |ms| Start::Moment(Moment { ms, offset_min: 60 });
        let check = |start, end, expected: Option<&str>| {
            let item = CalendarItem { start, end: Some(end), ..item() };
            let file = calendar(&[item], "", Moment::default());
            let line = file.lines().find(|line| line.starts_with("DTEND"));
            assert_eq!(line, expected);
        };
        check(day(30), day(31), Some("DTEND;VALUE=DATE:20270101"));
        check(day(30), day(30), Some("DTEND;VALUE=DATE:20261231"));
        check(day(30), day(29), None);
        check(moment(0), moment(3_600_000), Some("DTEND:19700101T010000Z"));
        check(moment(0), moment(0), None);
        check(moment(0), day(1), None);
    }
}
