//! Values as people read them.

use chrono::{Datelike, NaiveDate, Timelike};

use super::{decimal, time_of_day};
use crate::ids::RecordId;
use crate::kind::{Choices, FieldType};
use crate::value::{Moment, Money, Value};
use crate::words::Language;

/// A value in words, for history and plain text. `name_of` gives the title of the record that a
/// link names, by the key of its kind, where it is known.
pub fn show(
    ty: &FieldType,
    value: &Value,
    language: Language,
    name_of: &dyn Fn(&str, RecordId) -> Option<String>,
) -> String {
    let german = language == Language::De;
    match (ty, value) {
        (_, Value::Empty) => String::new(),
        (FieldType::Choice(choices), Value::Choice(key)) => choice(choices, key, language),
        (_, Value::Text(text) | Value::Choice(text) | Value::Foreign(text)) => text.clone(),
        (FieldType::Minutes, Value::Integer(minutes)) => duration(*minutes),
        (FieldType::Time, Value::Integer(minutes)) => time_of_day(*minutes),
        (_, Value::Integer(number)) => number.to_string(),
        (_, Value::Flag(flag)) => match (flag, german) {
            (true, false) => "yes",
            (false, false) => "no",
            (true, true) => "ja",
            (false, true) => "nein",
        }
        .to_owned(),
        (_, Value::Date(date)) => day(*date, language),
        (_, Value::Moment(moment)) => time(moment, language),
        (_, Value::Money(money)) => amount(money, language),
        (FieldType::Link(kind), Value::Link(id)) => {
            name_of(kind, *id).unwrap_or_else(|| unknown(language).to_owned())
        }
        (_, Value::Link(_)) => unknown(language).to_owned(),
        (ty, Value::Many(members)) => {
            let inner = match ty {
                FieldType::Many(inner) => inner,
                _ => ty,
            };
            let shown: Vec<_> =
                members.iter().map(|member| show(inner, member, language, name_of)).collect();
            shown.join(", ")
        }
        (ty, Value::Facts(facts)) => {
            let fields = match ty {
                FieldType::Facts(fields) => *fields,
                _ => &[],
            };
            let says = |values: &[Value]| {
                let filled = fields.iter().zip(values).filter(|(_, value)| !value.is_empty());
                let texts: Vec<_> = filled
                    .map(|(field, value)| {
                        let shown = show(&field.ty, value, language, name_of);
                        format!("{}: {shown}", field.label.get(language))
                    })
                    .collect();
                texts.join(", ")
            };
            facts.iter().map(|fact| says(&fact.values)).collect::<Vec<_>>().join("; ")
        }
    }
}

fn choice(choices: &Choices, key: &str, language: Language) -> String {
    choices.get(key).map_or(key, |option| option.label.get(language)).to_owned()
}

fn unknown(language: Language) -> &'static str {
    match language {
        Language::En => "a record that is not here",
        Language::De => "ein Eintrag, der hier fehlt",
    }
}

fn duration(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn day(date: NaiveDate, language: Language) -> String {
    match language {
        Language::En => date.format("%-d %b %Y").to_string(),
        Language::De => date.format("%d.%m.%Y").to_string(),
    }
}

/// "6 November": a day in the middle of a sentence, where the year is plain.
pub fn day_of_year(date: NaiveDate, language: Language) -> String {
    const MONTHS: [&str; 12] = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ];
    match language {
        Language::En => date.format("%-d %B").to_string(),
        Language::De => {
            let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
            format!("{}. {month}", date.day())
        }
    }
}

fn time(moment: &Moment, language: Language) -> String {
    let Some(local) = moment.local() else { return String::new() };
    format!("{}, {:02}:{:02}", day(local.date(), language), local.hour(), local.minute())
}

fn amount(money: &Money, language: Language) -> String {
    let (point, group) = match language {
        Language::En => ('.', ','),
        Language::De => (',', '.'),
    };
    let plain = decimal(money, point);
    let (minus, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.as_str()),
    };
    let (whole, part) = digits.split_once(point).unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(group);
        }
        grouped.push(digit);
    }
    let part = if part.is_empty() { String::new() } else { format!("{point}{part}") };
    format!("{minus}{grouped}{part} {}", money.code())
}
