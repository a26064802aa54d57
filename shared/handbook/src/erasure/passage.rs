//! What an erasure alters in records that stay, to be read before it is done.

use std::ops::Range;

use super::{ERASED, Erasure};
use crate::ids::RecordKey;
use crate::row::Row;
use crate::value::Value;

/// How many letters around a match are shown, at most.
const AROUND: usize = 40;

/// One passage of a record that stays and loses something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The record.
    pub row: RecordKey,
    /// The field's key.
    pub field: String,
    /// What stands there, with some words around it: `…` where more stands before or behind. Of a link
    /// what the other record is called.
    pub was: String,
    /// The same without what goes; empty of a link.
    pub becomes: String,
}

impl Erasure {
    /// What changes in the records that stay, in their order; values that stand beside the one shown
    /// are not among it, and change alike.
    pub fn passages(&self, rows: &[Row]) -> Vec<Passage> {
        let mut passages = Vec::new();
        for row in self.touched(rows) {
            let known = row.kind.fields.iter().map(|field| field.key).zip(&row.values);
            let unknown = row.unknown.iter().map(|(key, value)| (key.as_str(), value));
            for (field, value) in known.chain(unknown) {
                for (was, becomes) in self.altered(rows, value) {
                    passages.push(Passage {
                        row: row.key(),
                        field: field.to_owned(),
                        was,
                        becomes,
                    });
                }
            }
        }
        passages
    }

    fn altered(&self, rows: &[Row], value: &Value) -> Vec<(String, String)> {
        match value {
            Value::Link(id) if self.is_link(&id.to_string()) => {
                vec![(self.called(rows, &id.to_string()), String::new())]
            }
            Value::Text(text) | Value::Foreign(text) if self.is_link(text) => {
                vec![(self.called(rows, text), String::new())]
            }
            Value::Text(text) | Value::Foreign(text) => cut(text, &self.words.find(text)),
            Value::Many(members) => {
                members.iter().flat_map(|member| self.altered(rows, member)).collect()
            }
            Value::Facts(facts) => facts
                .iter()
                .flat_map(|fact| fact.values.iter().chain(fact.unknown.iter().map(|(_, it)| it)))
                .flat_map(|value| self.altered(rows, value))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// What people call a record that goes; the link itself, if it is not here.
    fn called(&self, rows: &[Row], link: &str) -> String {
        let id = link.split_once('/').map_or(link, |(_, id)| id);
        let row =
            rows.iter().find(|row| row.id.to_string() == id && self.takes(&row.key().to_string()));
        let title = row.map(Row::title).filter(|title| !title.is_empty());
        title.unwrap_or_else(|| row.map_or_else(|| link.to_owned(), |row| row.key().to_string()))
    }
}

/// The text with [`ERASED`] in these places, which stand in order.
pub(super) fn without(text: &str, places: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut copied = 0;
    for place in places {
        out.push_str(text.get(copied..place.start).unwrap_or_default());
        out.push_str(ERASED);
        copied = place.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// The surroundings of these places before and after; places near each other stand in one piece.
fn cut(text: &str, places: &[Range<usize>]) -> Vec<(String, String)> {
    let mut pieces: Vec<(Range<usize>, Vec<Range<usize>>)> = Vec::new();
    for place in places {
        let around = begin(text, place.start)..end(text, place.end);
        match pieces.last_mut() {
            Some((piece, inside)) if around.start <= piece.end => {
                piece.end = around.end;
                inside.push(place.clone());
            }
            _ => pieces.push((around, vec![place.clone()])),
        }
    }
    let marked = |piece: &Range<usize>, words: String| {
        let before = if piece.start > 0 { "…" } else { "" };
        let behind = if piece.end < text.len() { "…" } else { "" };
        format!("{before}{words}{behind}")
    };
    let both = |(piece, inside): (Range<usize>, Vec<Range<usize>>)| {
        let words = text.get(piece.clone()).unwrap_or_default();
        let moved: Vec<_> =
            inside.iter().map(|place| place.start - piece.start..place.end - piece.start).collect();
        (marked(&piece, words.to_owned()), marked(&piece, without(words, &moved)))
    };
    pieces.into_iter().map(both).collect()
}

/// Where the surroundings of something that begins there begin: with a whole word, if there is one.
fn begin(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let Some((far, _)) = before.char_indices().rev().nth(AROUND - 1).filter(|(far, _)| *far > 0)
    else {
        return 0;
    };
    let near = before.get(far..).unwrap_or_default();
    near.find(char::is_whitespace).map_or(far, |space| {
        let words = near.get(space..).unwrap_or_default();
        at - words.trim_start().len()
    })
}

/// Where the surroundings of something that ends there end.
fn end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let Some((far, _)) = rest.char_indices().nth(AROUND) else { return text.len() };
    let near = rest.get(..far).unwrap_or_default();
    at + near
        .rfind(char::is_whitespace)
        .map_or(far, |space| near.get(..space).unwrap_or_default().trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_as_tells_where_it_stands() {
        let far = "one two three four five six seven eight nine ten ";
        let check = |text: &str, expected: &[(&str, &str)]| {
            let places: Vec<_> =
                text.match_indices("Zoë").map(|(at, it)| at..at + it.len()).collect();
            let found = cut(text, &places);
            let found: Vec<_> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("", &[]);
        check("nobody", &[]);
        check("Zoë", &[("Zoë", "[…]")]);
        check("Ask Zoë or Zoë.", &[("Ask Zoë or Zoë.", "Ask […] or […].")]);
        check(
            &format!("{far}Zoë {far}"),
            &[(
                "…four five six seven eight nine ten Zoë one two three four five six seven…",
                "…four five six seven eight nine ten […] one two three four five six seven…",
            )],
        );
        check(
            &format!("Zoë {far}{far}Zoë"),
            &[
                (
                    "Zoë one two three four five six seven…",
                    "[…] one two three four five six seven…",
                ),
                (
                    "…four five six seven eight nine ten Zoë",
                    "…four five six seven eight nine ten […]",
                ),
            ],
        );
        let long = "ä".repeat(60);
        let short = "ä".repeat(40);
        check(
            &format!("{long}Zoë{long}"),
            &[(&format!("…{short}Zoë{short}…"), &format!("…{short}[…]{short}…"))],
        );
    }
}
