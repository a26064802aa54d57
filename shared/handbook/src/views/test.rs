//! What a column is asked, and whether a value answers it.

use chrono::{Days, NaiveDate};

use super::Asks;
use crate::search::fold;
use crate::value::{Money, Value};

/// What a column must answer for a line to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// It has every one of these words in it.
    Words(String),
    /// It is, or one of its members is, one of these keys; the empty key stands for an empty field.
    OneOf(Vec<String>),
    /// It lies from the one day to the other, both included; open where there is none.
    Days {
        /// The first day.
        from: Option<Day>,
        /// The last day.
        to: Option<Day>,
    },
    /// It lies from the one number to the other, both included; open where there is none.
    Numbers {
        /// The smallest.
        from: Option<i64>,
        /// The largest.
        to: Option<i64>,
    },
}

/// A day of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// That one.
    On(NaiveDate),
    /// So many days after today; before it where negative. A kept view moves on with the days.
    Today(i64),
}

impl Day {
    /// The day itself.
    pub fn on(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::On(date) => date,
            Self::Today(days) => {
                let length = Days::new(days.unsigned_abs());
                let day = if days < 0 {
                    today.checked_sub_days(length)
                } else {
                    today.checked_add_days(length)
                };
                day.unwrap_or(today)
            }
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("today") {
            Some("") => Some(Self::Today(0)),
            Some(days) => {
                let days = days.trim_start_matches([' ', '+']);
                Some(Self::Today(days.parse().ok()?))
            }
            None => Some(Self::On(text.parse().ok()?)),
        }
    }

    fn format(self) -> String {
        match self {
            Self::On(date) => date.to_string(),
            Self::Today(0) => "today".to_owned(),
            Self::Today(days) => format!("today{days:+}"),
        }
    }
}

impl Test {
    /// Reads one text of an address.
    pub fn parse(asks: Asks, text: &str) -> Option<Self> {
        // An empty text asks for what is not filled in, of whatever type.
        if text.trim().is_empty() {
            return Some(Self::OneOf(vec![String::new()]));
        }
        match asks {
            Asks::Words => Some(Self::Words(text.to_owned())),
            Asks::OneOf => Some(Self::OneOf(vec![text.to_owned()])),
            Asks::YesNo => {
                ["yes", "no"].contains(&text).then(|| Self::OneOf(vec![text.to_owned()]))
            }
            Asks::Days => {
                let (from, to) = range(text, Day::parse)?;
                Some(Self::Days { from, to })
            }
            Asks::Numbers => {
                let (from, to) = range(text, |text| text.parse().ok())?;
                Some(Self::Numbers { from, to })
            }
        }
    }

    /// The texts of an address, one for each key of a choice.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Words(words) => vec![words.clone()],
            Self::OneOf(keys) => keys.clone(),
            Self::Days { from, to } => vec![between(from.map(Day::format), to.map(Day::format))],
            Self::Numbers { from, to } => {
                let text = |number: Option<i64>| number.map(|number| number.to_string());
                vec![between(text(*from), text(*to))]
            }
        }
    }

    /// Whether a value answers it. `words` are the value as people read it.
    pub fn holds(&self, asks: Asks, value: &Value, words: &str, today: NaiveDate) -> bool {
        match self {
            Self::Words(sought) => {
                let words = fold(words);
                fold(sought).split_whitespace().all(|word| words.contains(word))
            }
            Self::OneOf(keys) => {
                let own = self::keys(asks, value);
                keys.iter().any(|key| own.contains(key))
            }
            Self::Days { from, to } => value.as_date().is_some_and(|date| {
                from.is_none_or(|from| from.on(today) <= date)
                    && to.is_none_or(|to| date <= to.on(today))
            }),
            Self::Numbers { from, to } => number(value).is_some_and(|number| {
                from.is_none_or(|from| from as f64 <= number)
                    && to.is_none_or(|to| number <= to as f64)
            }),
        }
    }
}

/// The keys under which a value is found: of a set, each member's; of an empty field, the empty one.
pub(super) fn keys(asks: Asks, value: &Value) -> Vec<String> {
    match value {
        Value::Flag(true) => vec!["yes".to_owned()],
        Value::Flag(false) => vec!["no".to_owned()],
        _ if asks == Asks::YesNo => vec!["no".to_owned()],
        value if value.is_empty() => vec![String::new()],
        Value::Many(members) => members.iter().flat_map(|member| keys(asks, member)).collect(),
        Value::Link(id) => vec![id.to_string()],
        Value::Date(date) => vec![date.to_string()],
        Value::Integer(number) => vec![number.to_string()],
        value => value.as_text().map(str::to_owned).into_iter().collect(),
    }
}

/// A number to compare by; amounts in whole units of their currency.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Money(money) => Some(money.minor as f64 / units(money)),
        _ => None,
    }
}

fn units(money: &Money) -> f64 {
    (0..money.decimals()).fold(1.0, |units, _| units * 10.0)
}

/// `from..to`, each of which may be missing, or a single one for both.
fn range<T: Copy>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<(Option<T>, Option<T>)> {
    let end = |text: &str| if text.is_empty() { Some(None) } else { read(text).map(Some) };
    let (from, to) = match text.split_once("..") {
        Some((from, to)) => (end(from)?, end(to)?),
        None => (end(text)?, end(text)?),
    };
    (from.is_some() || to.is_some()).then_some((from, to))
}

fn between(from: Option<String>, to: Option<String>) -> String {
    format!("{}..{}", from.unwrap_or_default(), to.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RecordId;
    use crate::value::Moment;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Covers: S2.12
    #[test]
    fn values_and_what_they_are_asked() {
        let check = |asks: Asks, test: &str, value: Value, words: &str, expected: bool| {
            let test = Test::parse(asks, test).unwrap();
            let found = test.holds(asks, &value, words, day("2026-11-22"));
            assert_eq!(found, expected, "{test:?} of {value:?}");
        };
        let text = |text: &str| Value::Text(text.into());
        check(Asks::Words, "wärme", text("Fernwärme Nord"), "Fernwärme Nord", true);
        check(Asks::Words, "nord fern", text("Fernwärme Nord"), "Fernwärme Nord", true);
        check(Asks::Words, "süd", text("Fernwärme Nord"), "Fernwärme Nord", false);
        check(Asks::Words, "", text("Fernwärme Nord"), "Fernwärme Nord", false);
        check(Asks::Words, "", Value::Empty, "", true);
        check(Asks::OneOf, "key", Value::Choice("key".into()), "Key", true);
        check(Asks::OneOf, "key", Value::Choice("standard".into()), "Standard", false);
        check(Asks::OneOf, "", Value::Choice("standard".into()), "Standard", false);
        check(Asks::OneOf, "", Value::Empty, "", true);
        let tags = || Value::Many(vec![text("east"), text("harbour")]);
        check(Asks::OneOf, "harbour", tags(), "", true);
        check(Asks::OneOf, "west", tags(), "", false);
        check(Asks::OneOf, "", tags(), "", false);
        let id = RecordId::from_bytes([3; 16]);
        check(Asks::OneOf, &id.to_string(), Value::Link(id), "Ines", true);
        check(Asks::YesNo, "yes", Value::Flag(true), "yes", true);
        check(Asks::YesNo, "no", Value::Flag(false), "no", true);
        check(Asks::YesNo, "no", Value::Empty, "", true);
        check(Asks::YesNo, "yes", Value::Empty, "", false);
        let date = |text: &str| Value::Date(day(text));
        check(Asks::Days, "2026-11-01..2026-11-22", date("2026-11-22"), "", true);
        check(Asks::Days, "2026-11-01..2026-11-22", date("2026-11-23"), "", false);
        check(Asks::Days, "..2026-11-22", date("1999-01-01"), "", true);
        check(Asks::Days, "today-7..today", date("2026-11-15"), "", true);
        check(Asks::Days, "today-7..today", date("2026-11-14"), "", false);
        check(Asks::Days, "today+1..today+30", date("2026-12-22"), "", true);
        check(Asks::Days, "today-7..", Value::Empty, "", false);
        check(Asks::Days, "2026-11-22", date("2026-11-22"), "", true);
        let late = Moment { ms: 1_795_390_200_000, offset_min: 60 };
        check(Asks::Days, "2026-11-23", Value::Moment(late), "", true);
        check(Asks::Numbers, "2..4", Value::Integer(4), "", true);
        check(Asks::Numbers, "2..4", Value::Integer(5), "", false);
        check(Asks::Numbers, "-3..", Value::Integer(-3), "", true);
        let euros = |minor| Value::Money(Money { minor, currency: *b"EUR" });
        check(Asks::Numbers, "1000..", euros(99_999), "", false);
        check(Asks::Numbers, "1000..", euros(100_000), "", true);
        check(Asks::Numbers, "..5", Value::Empty, "", false);
    }

    #[test]
    fn texts_nobody_can_ask() {
        let check = |asks: Asks, text: &str| assert_eq!(Test::parse(asks, text), None, "{text}");
        check(Asks::YesNo, "maybe");
        check(Asks::Days, "..");
        check(Asks::Days, "soon..");
        check(Asks::Days, "2026-02-30");
        check(Asks::Days, "today~3");
        check(Asks::Numbers, "many");
    }
}
