//! Dates, times and amounts as a person reads them, by the browser's `Intl`.

use chrono::{Datelike, NaiveDate};
use handbook::{Language, Moment, Money};

use crate::{
    platform::intl::{DateStyle, Locale},
    texts,
};

thread_local! {
    static LOCALE: std::cell::OnceCell<Locale> = const { std::cell::OnceCell::new() };
}

fn locale() -> Locale {
    LOCALE.with(|cell| {
        let tag = match texts::language() {
            Language::En => "en-GB",
            Language::De => "de",
        };
        cell.get_or_init(|| Locale::new(tag)).clone()
    })
}

/// "Thursday 12 November".
pub fn day_title(day: NaiveDate) -> String {
    locale().date(day, DateStyle::Day)
}

/// "12 Nov", with the year where it is not this one.
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    locale()
        .date(day, if day.year() == today.year() { DateStyle::Short } else { DateStyle::Medium })
}

/// "today", else as [`day`].
pub fn day_or_today(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => "today".into(),
        1 => "tomorrow".into(),
        -1 => "yesterday".into(),
        _ => day(date, today),
    }
}

/// "Friday 13".
pub fn weekday_long(date: NaiveDate) -> String {
    let title = day_title(date);
    let name = title.split([' ', ',']).next().unwrap_or_default();
    format!("{name} {}", date.day())
}

/// "Wed 28 Oct".
pub fn weekday(date: NaiveDate, today: NaiveDate) -> String {
    // Three letters in English, two in German.
    let letters = if texts::language() == Language::De { 2 } else { 3 };
    let name: String = day_title(date).chars().take(letters).collect();
    format!("{name} {}", day(date, today))
}

/// "March 2019".
pub fn month(day: NaiveDate) -> String {
    locale().date(day, DateStyle::Month)
}

/// "Nov": the heading of a narrow column.
pub fn month_short(day: NaiveDate) -> String {
    let text = locale().date(day, DateStyle::Short);
    text.split(' ')
        .find(|word| !word.starts_with(|sign: char| sign.is_ascii_digit()))
        .unwrap_or_default()
        .to_owned()
}

/// The clock on the wall where it was logged: "11:48".
pub fn time(moment: Moment) -> String {
    moment.local().map(|local| local.format("%H:%M").to_string()).unwrap_or_default()
}

/// "Today 09:52", "11 Nov 17:42".
pub fn when(moment: Moment, today: NaiveDate) -> String {
    let Some(local) = moment.local() else { return String::new() };
    let date = local.date();
    let date = if date == today { "Today".into() } else { day(date, today) };
    format!("{date} {}", local.format("%H:%M"))
}

/// "Wed 11 Nov 17:42": who decided when, with the day of the week.
pub fn when_exactly(moment: Moment, today: NaiveDate) -> String {
    let Some(local) = moment.local() else { return String::new() };
    format!("{} {}", weekday(local.date(), today), local.format("%H:%M"))
}

/// "today", "1 day ago", "97 days ago".
pub fn days_ago(days: i64) -> String {
    match days {
        ..=0 => "today".into(),
        1 => "1 day ago".into(),
        n => format!("{n} days ago"),
    }
}

/// "€2,280.00".
pub fn money(amount: Money) -> String {
    locale().money(amount.minor, amount.currency)
}

/// A whole number, grouped.
pub fn integer(value: u64) -> String {
    locale().number(value as f64, 0)
}

/// "12.4 MB".
pub fn bytes(count: u64) -> String {
    let (value, unit) = match count {
        0..1_000_000 => (count as f64 / 1e3, "kB"),
        1_000_000..1_000_000_000 => (count as f64 / 1e6, "MB"),
        _ => (count as f64 / 1e9, "GB"),
    };
    format!("{} {unit}", locale().number(value, 1))
}

/// "Ann, Ben and Cem".
pub fn list(items: &[String]) -> String {
    locale().list(items)
}

/// Two letters for a face: first and last word.
pub fn initials(name: &str) -> String {
    let mut words =
        name.split_whitespace().filter_map(|word| word.chars().find(|sign| sign.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// Two letters for a firm: its first two words.
pub fn firm_initials(name: &str) -> String {
    let firsts =
        name.split_whitespace().filter_map(|word| word.chars().find(|sign| sign.is_alphanumeric()));
    firsts.take(2).flat_map(char::to_uppercase).collect()
}

/// The first word of a name, as colleagues say it.
pub fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn faces() {
        let check = |given: &str, expected: &str| assert_eq!(initials(given), expected);
        check("Katharina Voss", "KV");
        check("Merrow Water Board", "MB");
        assert_eq!(firm_initials("Merrow Water Board"), "MW");
        check("Ines", "I");
        check("", "");
    }
}
