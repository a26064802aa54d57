//! Days named in words, in English and German.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A day named in words, and the bytes those words take, "by" and "on" included.
pub(super) fn find_date(text: &str, today: NaiveDate) -> Option<(NaiveDate, Range<usize>)> {
    let words = words(text);
    for first in 0..words.len() {
        for count in (1..=5).rev() {
            let Some(slice) = words.get(first..first + count) else { continue };
            let lower: Vec<String> = slice.iter().map(|(_, word)| word.to_lowercase()).collect();
            let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
            let led = strip_lead(&lower);
            let dotted = slice.last().is_some_and(|(at, word)| is_dotted(text, at + word.len()));
            // "Morgen" in the middle of a clause is the time of day: "am Morgen".
            let morning = slice.last().is_some_and(|(at, word)| *at > 0 && *word == "Morgen");
            // A bare "20." or "3.12" is a day only where a word such as "by" leads to it.
            let day = match led {
                [one] if led.len() < lower.len() => {
                    let nth = ordinal(one).filter(|_| dotted);
                    nth.and_then(|day| next_day_of_month(today, day))
                        .or_else(|| dotted_date(one, today))
                }
                [one] if one.matches('.').count() == 2 => dotted_date(one, today),
                _ => None,
            };
            let day = day.or_else(|| read_date(led, today)).filter(|_| !morning);
            if let Some(day) = day {
                let start = slice.first()?.0;
                let (last, word) = slice.last()?;
                return Some((day, start..last + word.len()));
            }
        }
    }
    None
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = !sign.is_whitespace() && sign != ',' && sign != ';';
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.extend(text.get(from..at).map(|word| (from, word.trim_end_matches('.'))));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether a full stop follows there, or the text ends: "zum 20.".
fn is_dotted(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn strip_lead<'a, 'b>(words: &'b [&'a str]) -> &'b [&'a str] {
    match words {
        ["by" | "on" | "until" | "till" | "before" | "bis" | "am" | "vor" | "zum", rest @ ..] => {
            match rest {
                // "by the 20th" keeps its article: see `read_date`.
                ["the", nth] if nth.ends_with(char::is_alphabetic) => rest,
                ["the" | "zum" | "dem" | "kommenden", rest @ ..] => rest,
                _ => rest,
            }
        }
        _ => words,
    }
}

fn read_date(words: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    let plus = |days: u64| today.checked_add_days(Days::new(days));
    let in_month = |nth: &str, name: &str| day_and_month(today, ordinal(nth)?, month(name)?);
    let of_weekday =
        |name: &str, nth: &str| weekday(name).and(next_day_of_month(today, ordinal(nth)?));
    match words {
        ["today" | "heute"] => Some(today),
        ["tomorrow" | "morgen"] => plus(1),
        ["übermorgen"] => plus(2),
        ["next", "week"] | ["nächste" | "nächster" | "kommende", "woche"] => plus(7),
        ["end", "of", "the" | "this", "week"] | ["ende", "der" | "dieser", "woche"] => {
            Some(this_friday(today))
        }
        ["end", "of", "next", "week"] | ["ende", "nächster" | "kommender", "woche"] => {
            this_friday(today).checked_add_days(Days::new(7))
        }
        ["in", count, "day" | "days" | "tag" | "tagen"] => small_number(count)
            .or_else(|| count.parse().ok())
            .filter(|days| *days <= 365)
            .and_then(plus),
        ["in", count, "week" | "weeks" | "woche" | "wochen"] => plus(7 * small_number(count)?),
        [name] => weekday(name).map(|day| next_weekday(today, day)).or_else(|| name.parse().ok()),
        [name, "the" | "den" | "dem", nth] => of_weekday(name, nth),
        // "the 20th" names a day, "the 20" may be anything.
        ["the", nth] if nth.ends_with(char::is_alphabetic) => {
            next_day_of_month(today, ordinal(nth)?)
        }
        // Said of the coming one, as a rule; the earlier day is the safer one to be reminded of.
        ["nächsten" | "kommenden", name] => weekday(name).map(|day| next_weekday(today, day)),
        ["next", name] => next_weekday(today, weekday(name)?).checked_add_days(Days::new(7)),
        [one, other] => {
            in_month(one, other).or_else(|| in_month(other, one)).or_else(|| of_weekday(one, other))
        }
        [name, nth, month] | [name, "the" | "den" | "dem", nth, month]
            if weekday(name).is_some() =>
        {
            in_month(nth, month)
        }
        _ => None,
    }
}

/// "3.12.2026", "3.12.26", "3.12".
fn dotted_date(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let mut parts = word.split('.').map(|part| part.parse::<u32>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next());
    match (year, parts.next()) {
        (None, None) => day_and_month(today, day, month),
        (Some(Some(year)), None) => {
            let year = if year < 100 { 2000 + year } else { year };
            NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
        }
        _ => None,
    }
}

/// The Friday of this week, or of the next one at the weekend.
fn this_friday(today: NaiveDate) -> NaiveDate {
    today.iter_days().find(|day| day.weekday() == Weekday::Fri).unwrap_or(today)
}

fn small_number(word: &str) -> Option<u64> {
    match word {
        "one" | "a" | "einer" | "einem" => Some(1),
        "two" | "zwei" => Some(2),
        "three" | "drei" => Some(3),
        "four" | "vier" => Some(4),
        "sechs" | "six" => Some(6),
        _ => word.parse().ok().filter(|weeks| *weeks <= 52),
    }
}

fn ordinal(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', '.']);
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" | "montag" => Weekday::Mon,
        "tuesday" | "tue" | "dienstag" => Weekday::Tue,
        "wednesday" | "wed" | "mittwoch" => Weekday::Wed,
        "thursday" | "thu" | "donnerstag" => Weekday::Thu,
        "friday" | "fri" | "freitag" => Weekday::Fri,
        "saturday" | "sat" | "samstag" | "sonnabend" => Weekday::Sat,
        "sunday" | "sun" | "sonntag" => Weekday::Sun,
        _ => return None,
    })
}

/// Whether the word names a month, in either language and any case.
pub(super) fn is_month(word: &str) -> bool {
    month(&word.to_lowercase()).is_some()
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "jan", "januar", "jänner"],
        &["february", "feb", "februar"],
        &["march", "mar", "märz"],
        &["april", "apr"],
        &["may", "mai"],
        &["june", "jun", "juni"],
        &["july", "jul", "juli"],
        &["august", "aug"],
        &["september", "sep", "sept"],
        &["october", "oct", "oktober", "okt"],
        &["november", "nov"],
        &["december", "dec", "dezember", "dez"],
    ];
    (1..).zip(MONTHS).find(|(_, names)| names.contains(&word)).map(|(number, _)| number)
}

/// The next such weekday, today excluded: who says "Friday" on a Friday means the coming one.
fn next_weekday(today: NaiveDate, wanted: Weekday) -> NaiveDate {
    today.iter_days().skip(1).find(|day| day.weekday() == wanted).unwrap_or(today)
}

fn next_day_of_month(today: NaiveDate, day: u32) -> Option<NaiveDate> {
    today.iter_days().take(62).find(|candidate| candidate.day() == day)
}

fn day_and_month(today: NaiveDate, day: u32, month: u32) -> Option<NaiveDate> {
    let this_year = NaiveDate::from_ymd_opt(today.year(), month, day)?;
    if this_year >= today {
        Some(this_year)
    } else {
        NaiveDate::from_ymd_opt(today.year() + 1, month, day)
    }
}
