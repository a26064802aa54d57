//! Dates, times and amounts as a person reads them, by the browser's `Intl`.

use chrono::{Datelike, NaiveDate, NaiveTime};
use handbook::{Language, Moment, Money};

use crate::{
    platform::{
        intl::{DateStyle, Locale},
        timer::Breath,
    },
    texts::{self, day as words},
};

thread_local! {
    static ENGLISH: Locale = Locale::new("en-GB");
    static GERMAN: Locale = Locale::new("de");
}

fn locale() -> Locale {
    match texts::language() {
        Language::En => ENGLISH.with(Locale::clone),
        Language::De => GERMAN.with(Locale::clone),
    }
}

/// Builds what dates are written with while nobody waits for it, so that no page has to.
pub async fn prepare(today: NaiveDate) {
    let locale = locale();
    let mut breath = Breath::begin();
    for style in DateStyle::ALL {
        let _ = locale.date(today, style);
        breath.take().await;
    }
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

/// "12 November 2026".
pub fn full_day(day: NaiveDate) -> String {
    locale().date(day, DateStyle::Long)
}

/// "today", else as [`day`].
pub fn day_or_today(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => words::today().into(),
        1 => words::tomorrow().into(),
        -1 => words::yesterday().into(),
        _ => day(date, today),
    }
}

/// "Friday 13".
pub fn weekday_long(date: NaiveDate) -> String {
    let title = day_title(date);
    let name = title.split([' ', ',']).next().unwrap_or_default();
    words::weekday_and_day(name, date.day())
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

/// "10:30": a time of day.
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// "Today 09:52", "11 Nov 17:42".
pub fn when(moment: Moment, today: NaiveDate) -> String {
    let Some(local) = moment.local() else { return String::new() };
    let date = local.date();
    let date = if date == today { words::today_first().into() } else { day(date, today) };
    format!("{date} {}", local.format("%H:%M"))
}

/// "Wed 11 Nov 17:42": who decided when, with the day of the week.
pub fn when_exactly(moment: Moment, today: NaiveDate) -> String {
    let Some(local) = moment.local() else { return String::new() };
    format!("{} {}", weekday(local.date(), today), local.format("%H:%M"))
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
    use crate::texts::check_both;

    #[test]
    fn days_and_amounts() {
        let today: NaiveDate = "2026-11-12".parse().unwrap();
        let on = |date: &str| date.parse::<NaiveDate>().unwrap();
        // Commas and stops differ between versions of the browsers' language data.
        let check_both = |given: &dyn Fn() -> String, en: &str, de: &str| {
            check_both(|| given().replace([',', '.'], ""), en, de);
        };
        check_both(&|| day_title(today), "Thursday 12 November", "Donnerstag 12 November");
        check_both(&|| day(on("2026-10-28"), today), "28 Oct", "28 Okt");
        check_both(&|| day(on("2025-10-28"), today), "28 Oct 2025", "28 Okt 2025");
        check_both(&|| day_or_today(on("2026-11-11"), today), "yesterday", "gestern");
        check_both(&|| weekday_long(on("2026-11-13")), "Friday 13", "Freitag 13");
        check_both(&|| weekday(on("2026-10-28"), today), "Wed 28 Oct", "Mi 28 Okt");
        check_both(&|| month(today), "November 2026", "November 2026");
        check_both(&|| integer(12_345), "12345", "12345");
        check_both(&|| bytes(12_400_000), "124 MB", "124 MB");
        let names = ["Ann".to_owned(), "Ben".to_owned(), "Cem".to_owned()];
        check_both(&|| list(&names), "Ann Ben and Cem", "Ann Ben und Cem");
        let moment = Moment { ms: 1_794_476_400_000, offset_min: 60 };
        check_both(&|| when(moment, today), "Today 10:40", "Heute 10:40");
    }

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
