//! Values as text: for forms and CSV columns ([`format()`], [`parse()`]), and for people ([`show()`]).
//!
//! What `format` writes, `parse` reads back as the same value. `parse` also takes what people
//! write and what other programs export: dates with dots or slashes, amounts with either decimal
//! sign, choices by their labels in both languages.

mod parse;
mod show;

pub use parse::{Defaults, parse, parse_with};
pub use show::{day_of_year, show};

use crate::kind::FieldType;
use crate::value::{Money, Value};

/// A value as text, independent of language. Links are ids, choices are keys, sets are joined by
/// semicolons, facts are only told apart.
pub fn format(ty: &FieldType, value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) | Value::Choice(text) | Value::Foreign(text) => text.clone(),
        Value::Integer(minutes) if matches!(ty, FieldType::Minutes) => {
            format!("{}:{:02}", minutes / 60, minutes % 60)
        }
        Value::Integer(minutes) if matches!(ty, FieldType::Time) => time_of_day(*minutes),
        Value::Integer(number) => number.to_string(),
        Value::Flag(true) => "yes".to_owned(),
        Value::Flag(false) => "no".to_owned(),
        Value::Date(date) => date.to_string(),
        Value::Moment(moment) => moment.to_string(),
        Value::Money(money) => format!("{} {}", decimal(money, '.'), money.code()),
        Value::Link(id) => id.to_string(),
        Value::Many(members) => {
            let inner = match ty {
                FieldType::Many(inner) => inner,
                _ => ty,
            };
            join(members.iter().map(|member| format(inner, member)).collect())
        }
        Value::Facts(facts) => {
            let fields = match ty {
                FieldType::Facts(fields) => *fields,
                _ => &[],
            };
            let says = |fact: &crate::value::Fact| {
                let values = fields.iter().zip(&fact.values);
                let filled = values.filter(|(_, value)| !value.is_empty());
                let texts: Vec<_> = filled
                    .map(|(f, value)| format!("{}={}", f.key, format(&f.ty, value)))
                    .collect();
                format!("{} {}", fact.at, texts.join(", "))
            };
            facts.iter().map(says).collect::<Vec<_>>().join("; ")
        }
    }
}

/// Minutes after midnight as the clock shows them: "09:05".
pub(crate) fn time_of_day(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Members by semicolons; where one contains a semicolon, a line each, ended by a line break.
fn join(members: Vec<String>) -> String {
    if members.iter().any(|member| member.contains(';')) {
        return members.iter().map(|member| format!("{member}\n")).collect();
    }
    members.join("; ")
}

/// The amount with the decimals of its currency and no grouping.
fn decimal(money: &Money, sign: char) -> String {
    let decimals = money.decimals();
    let digits = format!("{:0width$}", money.minor.unsigned_abs(), width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    let minus = if money.minor < 0 { "-" } else { "" };
    match part {
        "" => format!("{minus}{whole}"),
        part => format!("{minus}{whole}{sign}{part}"),
    }
}
