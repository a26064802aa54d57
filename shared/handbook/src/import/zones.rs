//! The clocks that a calendar file explains (RFC 5545, section 3.6.5): which offset held at a local time.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};

use super::content_line::{Property, raw};

/// A time zone by its name in the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Zone {
    pub(super) id: String,
    parts: Vec<Part>,
}

/// STANDARD or DAYLIGHT: the offset from its onset on.
#[derive(Debug, Clone)]
struct Part {
    start: NaiveDateTime,
    offset_min: i16,
    rule: Option<Rule>,
}

/// Every year in this month, on the n-th of these weekdays; the last ones count from the end.
#[derive(Debug, Clone, Copy)]
struct Rule {
    month: u32,
    nth: i32,
    weekday: Weekday,
    until_year: i32,
}

impl Zone {
    /// The zone of these lines; parts that cannot be read are left out.
    pub(super) fn of(properties: &[Property]) -> Option<Self> {
        let mut zone = Self::default();
        let mut part: Option<Vec<&Property>> = None;
        for property in properties {
            match (property.name.as_str(), &mut part) {
                ("TZID", None) => zone.id = raw(property),
                ("BEGIN", _) => part = Some(Vec::new()),
                ("END", Some(lines)) => {
                    zone.parts.extend(Part::of(lines));
                    part = None;
                }
                (_, Some(lines)) => lines.push(property),
                _ => {}
            }
        }
        (!zone.id.is_empty() && !zone.parts.is_empty()).then_some(zone)
    }

    /// Minutes east of UTC at that time on the zone's own clock.
    pub(super) fn offset(&self, local: NaiveDateTime) -> i16 {
        let onsets =
            self.parts.iter().filter_map(|part| Some((part.onset(local)?, part.offset_min)));
        let latest = onsets.max_by_key(|(onset, _)| *onset).map(|(_, offset)| offset);
        let earliest = self.parts.iter().min_by_key(|part| part.start);
        latest.or(earliest.map(|part| part.offset_min)).unwrap_or(0)
    }
}

impl Part {
    fn of(lines: &[&Property]) -> Option<Self> {
        let value = |name: &str| lines.iter().find(|line| line.name == name).map(|line| raw(line));
        Some(Self {
            start: local(&value("DTSTART")?)?,
            offset_min: offset(&value("TZOFFSETTO")?)?,
            rule: value("RRULE").and_then(|rule| Rule::of(&rule)),
        })
    }

    /// Its last onset at or before that time.
    fn onset(&self, at: NaiveDateTime) -> Option<NaiveDateTime> {
        let Some(rule) = self.rule else { return (self.start <= at).then_some(self.start) };
        let years = [at.year(), at.year().checked_sub(1)?, rule.until_year];
        let onsets = years.into_iter().filter(|year| *year <= rule.until_year.min(at.year()));
        let onsets = onsets.filter_map(|year| Some(rule.day(year)?.and_time(self.start.time())));
        onsets.filter(|onset| self.start <= *onset && *onset <= at).max()
    }
}

impl Rule {
    fn of(text: &str) -> Option<Self> {
        let value = |name: &str| {
            text.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        };
        let day = value("BYDAY")?;
        let (nth, name) = day.split_at_checked(day.len().checked_sub(2)?)?;
        let weekday = match name {
            "MO" => Weekday::Mon,
            "TU" => Weekday::Tue,
            "WE" => Weekday::Wed,
            "TH" => Weekday::Thu,
            "FR" => Weekday::Fri,
            "SA" => Weekday::Sat,
            "SU" => Weekday::Sun,
            _ => return None,
        };
        let until = value("UNTIL").and_then(|until| until.get(..4)?.parse().ok());
        Some(Self {
            month: value("BYMONTH")?.parse().ok()?,
            nth: if nth.is_empty() { 1 } else { nth.parse().ok()? },
            weekday,
            until_year: until.unwrap_or(i32::MAX),
        })
    }

    fn day(&self, year: i32) -> Option<NaiveDate> {
        if self.nth > 0 {
            let nth = u8::try_from(self.nth).ok()?;
            return NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, nth);
        }
        let (year, month) = if self.month == 12 { (year + 1, 1) } else { (year, self.month + 1) };
        let last = NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()?;
        let back =
            (7 + last.weekday().num_days_from_monday() - self.weekday.num_days_from_monday()) % 7;
        let weeks = u64::from(self.nth.unsigned_abs().saturating_sub(1));
        last.checked_sub_days(Days::new(u64::from(back) + weeks * 7))
    }
}

/// `20261122T093000`, without a zone.
pub(super) fn local(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), "%Y%m%dT%H%M%S").ok()
}

/// `+0100` and `-0330` in minutes.
fn offset(text: &str) -> Option<i16> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let hours: i16 = digits.get(..2)?.parse().ok()?;
    let minutes: i16 = digits.get(2..4)?.parse().ok()?;
    (hours <= 15 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::content_line;

    #[test]
    fn summer_and_winter() {
        let lines = "TZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n\
                     RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:19700329T020000\n\
                     TZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\n";
        let properties: Vec<Property> =
            content_line::lines(lines).filter_map(|line| content_line::property(&line)).collect();
        let zone = Zone::of(&properties).unwrap();
        let check = |time: &str, expected| {
            assert_eq!(zone.offset(local(time).unwrap()), expected, "{time}")
        };
        check("20260115T120000", 60);
        check("20260329T015959", 60);
        check("20260329T030000", 120);
        check("20260701T120000", 120);
        check("20261025T040000", 60);
        check("20261122T090000", 60);
        check("19600101T000000", 120);
    }
}
