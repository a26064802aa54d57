//! The rows of one sheet as people see them.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    WorkbookError, dates,
    parts::{attribute, push_text},
};
use crate::import::table::{MAX_TABLE_COLUMNS, MAX_TABLE_ROWS, TableError};

/// What a sheet's cells refer to.
pub(super) struct Look {
    pub(super) texts: Vec<String>,
    pub(super) date_styles: Vec<bool>,
    pub(super) since_1904: bool,
}

/// More filled cells than so many are no table of clients.
const MAX_CELLS: usize = 4_000_000;

#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    style: usize,
    text: String,
}

/// The filled rows of a sheet, each with its number.
pub(super) fn rows(xml: &str, look: &Look) -> Result<Vec<(u64, Vec<String>)>, WorkbookError> {
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    let mut reader = Reader::from_str(xml);
    let mut open: Option<Cell> = None;
    let (mut in_value, mut phonetic) = (false, false);
    let mut cells = 0;
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(rows),
            Event::Start(tag) => match tag.local_name().as_ref() {
                "row" => rows.push((row_number(&tag, &rows), Vec::new())),
                "c" => open = Some(Cell::of(&tag, rows.last())),
                "v" | "t" => in_value = true,
                "rPh" => phonetic = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" | "t" => in_value = false,
                "rPh" => phonetic = false,
                "c" => {
                    cells += 1;
                    if let (Some(cell), Some((_, row))) = (open.take(), rows.last_mut()) {
                        put(row, cell, look);
                    }
                }
                "row" if rows.last().is_some_and(|(_, cells)| cells.is_empty()) => {
                    rows.pop();
                }
                _ => {}
            },
            event if in_value && !phonetic => {
                if let Some(cell) = &mut open {
                    push_text(&mut cell.text, &event);
                }
            }
            _ => {}
        }
        if rows.len() > MAX_TABLE_ROWS + 100 || cells > MAX_CELLS {
            return Err(TableError::TooLong.into());
        }
    }
}

fn row_number(tag: &BytesStart<'_>, rows: &[(u64, Vec<String>)]) -> u64 {
    let next = rows.last().map_or(1, |(number, _)| number.saturating_add(1));
    attribute(tag, "r").and_then(|number| number.parse().ok()).unwrap_or(next)
}

impl Cell {
    fn of(tag: &BytesStart<'_>, row: Option<&(u64, Vec<String>)>) -> Self {
        let next = row.map_or(0, |(_, cells)| cells.len());
        Self {
            column: attribute(tag, "r").and_then(|name| column(&name)).unwrap_or(next),
            kind: attribute(tag, "t").unwrap_or_default(),
            style: attribute(tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0),
            text: String::new(),
        }
    }

    fn shown(self, look: &Look) -> String {
        match self.kind.as_str() {
            "s" => {
                let index: Option<usize> = self.text.trim().parse().ok();
                index.and_then(|index| look.texts.get(index)).cloned().unwrap_or_default()
            }
            "b" if self.text.trim() == "1" => "yes".to_owned(),
            "b" => "no".to_owned(),
            // What a formula could not work out is no value.
            "e" => String::new(),
            "" | "n" => number(&self.text, self.style, look),
            // Texts, and ISO dates.
            _ => self.text,
        }
    }
}

fn number(text: &str, style: usize, look: &Look) -> String {
    let is_date = look.date_styles.get(style).copied().unwrap_or(false);
    let Ok(number) = text.trim().parse::<f64>() else { return text.to_owned() };
    if let Some(day) = dates::day(number, look.since_1904).filter(|_| is_date) {
        return day;
    }
    // A telephone number without its digits as a power of ten.
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    text.trim().to_owned()
}

fn put(row: &mut Vec<String>, cell: Cell, look: &Look) {
    let column = cell.column;
    let text = cell.shown(look).trim().to_owned();
    if text.is_empty() || column >= MAX_TABLE_COLUMNS {
        return;
    }
    if row.len() <= column {
        row.resize(column + 1, String::new());
    }
    if let Some(slot) = row.get_mut(column) {
        *slot = text;
    }
}

/// The place of `AB12`, from 0.
fn column(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let place = letters
        .fold(0usize, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    place.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_name() {
        let check = |name: &str, expected| assert_eq!(column(name), expected, "{name}");
        check("A1", Some(0));
        check("Z9", Some(25));
        check("AA1", Some(26));
        check("12", None);
        check("ÄÖ", None);
    }

    #[test]
    fn cells_of_every_kind() {
        let look = Look {
            texts: vec!["Merrow".into()],
            date_styles: vec![false, true],
            since_1904: false,
        };
        let sheet = r#"<worksheet><sheetData><row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>45000</v></c>
            <c r="D3" t="inlineStr"><is><r><t>a &amp; </t></r><r><t>b&#33;</t></r></is></c><c t="b"><v>1</v></c>
            <c r="F3"><v>4.4201234567E10</v></c><c r="G3" t="e"><v>#N/A</v></c><c r="H3" t="s"><v>9</v></c></row>
            <row/><row></row><row><c t="str"><v>x</v></c></row></sheetData></worksheet>"#;
        assert_eq!(
            rows(sheet, &look).unwrap(),
            [
                (
                    3,
                    ["Merrow", "2023-03-15", "", "a & b!", "yes", "44201234567"]
                        .map(str::to_owned)
                        .to_vec()
                ),
                (4, vec!["x".to_owned()]),
            ]
        );
    }
}
