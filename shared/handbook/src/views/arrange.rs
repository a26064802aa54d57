//! A view applied to the lines of a list.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::test::{keys, number};
use super::{Asks, Column, NAME, View};
use crate::search::fold;
use crate::value::Value;

/// A line of a list.
pub trait Line {
    /// What it is called.
    fn name(&self) -> &str;
    /// All that the list's own search reads of it, folded.
    fn folded(&self) -> &str;
    /// What stands in a column.
    fn value(&self, column: &Column) -> &Value;
    /// The same as people read it.
    fn words(&self, column: &Column) -> String;
}

/// The places of the lines that a view shows, in its order. Lines of which nothing is to be said by the column that
/// sorts come last, whichever end is first; what is equal stays in the order of the list.
pub fn apply<L: Line>(
    view: &View,
    columns: &[Column],
    lines: &[L],
    today: NaiveDate,
) -> Vec<usize> {
    let words = fold(&view.words);
    let asked: Vec<_> = view
        .filters
        .iter()
        .filter_map(|(key, test)| Some((columns.iter().find(|column| column.key == *key)?, test)))
        .collect();
    let seen = |line: &L| {
        words.split_whitespace().all(|word| line.folded().contains(word))
            && asked.iter().all(|(column, test)| {
                // Reading a value costs; only a search for words needs it.
                let said =
                    if column.asks == Asks::Words { line.words(column) } else { String::new() };
                test.holds(column.asks, line.value(column), &said, today)
            })
    };
    let mut found: Vec<(usize, &L)> =
        lines.iter().enumerate().filter(|(_, line)| seen(line)).collect();
    if let Some(sort) = &view.sort {
        let column = columns.iter().find(|column| column.key == sort.column);
        let mut ranked: Vec<(Rank, usize)> = found
            .iter()
            .map(|(at, line)| (rank(*line, column.filter(|_| sort.column != NAME)), *at))
            .collect();
        ranked.sort_by(|(a, _), (b, _)| a.compare(b, sort.descending));
        return ranked.into_iter().map(|(_, at)| at).collect();
    }
    found.drain(..).map(|(at, _)| at).collect()
}

/// What a line is sorted by.
enum Rank {
    Number(f64),
    Day(NaiveDate),
    Place(usize, String),
    Nothing,
}

impl Rank {
    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let order = match (self, other) {
            (Self::Nothing, Self::Nothing) => return Ordering::Equal,
            (Self::Nothing, _) => return Ordering::Greater,
            (_, Self::Nothing) => return Ordering::Less,
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Day(a), Self::Day(b)) => a.cmp(b),
            (Self::Place(a, ours), Self::Place(b, theirs)) => {
                a.cmp(b).then_with(|| ours.cmp(theirs))
            }
            // Values of different types stand in one column only after a newer version wrote some of them.
            (Self::Number(_), _) | (Self::Day(_), Self::Place(..)) => Ordering::Less,
            (Self::Place(..) | Self::Day(_), _) => Ordering::Greater,
        };
        if descending { order.reverse() } else { order }
    }
}

fn rank<L: Line>(line: &L, column: Option<&Column>) -> Rank {
    let Some(column) = column else { return Rank::Place(0, fold(line.name())) };
    let value = line.value(column);
    if value.is_empty() && column.asks != Asks::YesNo {
        return Rank::Nothing;
    }
    if let Some(number) = number(value) {
        return Rank::Number(number);
    }
    match value.as_date() {
        Some(day) => Rank::Day(day),
        None if column.asks == Asks::YesNo => {
            Rank::Number(if *value == Value::Flag(true) { 0.0 } else { 1.0 })
        }
        None => {
            let own = keys(column.asks, value);
            let place = |key: &String| column.order.iter().position(|known| known == key);
            let place = own.iter().filter_map(place).min().unwrap_or(column.order.len());
            Rank::Place(place, fold(&line.words(column)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Client;
    use crate::typed::Record;
    use crate::views::columns;

    struct Given {
        name: &'static str,
        folded: String,
        values: Vec<(&'static str, Value)>,
    }

    impl Line for Given {
        fn name(&self) -> &str {
            self.name
        }

        fn folded(&self) -> &str {
            &self.folded
        }

        fn value(&self, column: &Column) -> &Value {
            let own = self.values.iter().find(|(key, _)| *key == column.key);
            own.map_or(&Value::Empty, |(_, value)| value)
        }

        fn words(&self, column: &Column) -> String {
            self.value(column).as_text().unwrap_or_default().to_owned()
        }
    }

    fn lines() -> Vec<Given> {
        let line = |name: &'static str, sector: &str, tier: &str, since: &str| {
            let mut values = vec![("sector", Value::Text(sector.into()))];
            if !tier.is_empty() {
                values.push(("tier", Value::Choice(tier.into())));
            }
            if let Ok(since) = since.parse() {
                values.push(("service_since", Value::Date(since)));
            }
            Given { name, folded: fold(&format!("{name} {sector}")), values }
        };
        vec![
            line("Östland Rail", "rail", "standard", "2019-05-01"),
            line("Merrow Water", "utility", "key", "2023-01-01"),
            line("Anholt Port", "port", "", ""),
            line("Brack & Sons", "Trade", "key", "2021-02-03"),
        ]
    }

    /// Covers: S2.12
    #[test]
    fn lines_that_a_view_shows() {
        let columns: Vec<Column> = columns(Client::KIND).map(|(_, _, column)| column).collect();
        let lines = lines();
        let check = |query: &str, expected: &[&str]| {
            let view = View::parse(query, &columns, &[]);
            let found = apply(&view, &columns, &lines, "2026-11-22".parse().unwrap());
            let names: Vec<_> = found.into_iter().map(|at| lines[at].name).collect();
            assert_eq!(names, expected, "{query}");
        };
        let (rail, water, port, sons) =
            ("Östland Rail", "Merrow Water", "Anholt Port", "Brack & Sons");
        check("", &[rail, water, port, sons]);
        check("q=ostland", &[rail]);
        check("q=o%20rail", &[rail]);
        check("tier=key", &[water, sons]);
        check("tier=key&tier=", &[water, port, sons]);
        check("tier=key&sector=trade", &[sons]);
        check("service_since=2020-01-01..", &[water, sons]);
        check("service_since=", &[port]);
        check("sort=name", &[port, sons, water, rail]);
        check("sort=-name", &[rail, water, sons, port]);
        // Choices as people rank them, days by the calendar; what is not filled in last, both ways.
        check("sort=tier", &[water, sons, rail, port]);
        check("sort=-tier", &[rail, water, sons, port]);
        check("sort=service_since", &[rail, sons, water, port]);
        check("sort=-service_since", &[water, sons, rail, port]);
        check("sort=sector", &[port, rail, sons, water]);
        check("sort=long_term", &[rail, water, port, sons]);
    }
}
