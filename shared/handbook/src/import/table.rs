//! Tables out of files: CSV as other programs really write it (RFC 4180, and what is said to be it).

use super::columns::recognise;
use crate::words::{Language, Sentence};

/// The largest table file taken in, in bytes; a hundred thousand rows of five hundred bytes.
pub const MAX_TABLE_BYTES: usize = 50 << 20;
/// The most rows of a table.
pub const MAX_TABLE_ROWS: usize = 200_000;
/// The most columns of a table; a spreadsheet's own most.
pub const MAX_TABLE_COLUMNS: usize = 16_384;
/// The longest cell kept, in bytes; a chapter fits.
pub const MAX_CELL_BYTES: usize = 1 << 20;
/// Notes before the headings may take so many rows.
const MAX_PREAMBLE_ROWS: usize = 20;

/// A file's rows under its headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Headings, trimmed.
    pub headings: Vec<String>,
    /// Rows that can be used, each as wide as the headings.
    pub rows: Vec<TableRow>,
    /// Rows that cannot, with their reason.
    pub bad: Vec<BadRow>,
}

/// A row as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The line on which it begins, from 1, as an editor counts.
    pub line: u64,
    /// One cell a heading, trimmed.
    pub cells: Vec<String>,
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells as far as they could be read.
    pub cells: Vec<String>,
    /// Why.
    pub reason: Sentence,
}

/// Why a file is no table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No content.
    #[error("This file is empty. Nothing was imported.")]
    Empty,
    /// Binary content.
    #[error("This is not a text file. Save the sheet as CSV and try again; nothing was imported.")]
    NotText,
    /// Past [`MAX_TABLE_BYTES`].
    #[error("This file is larger than 50 MB. Split it and import the parts; nothing was imported.")]
    TooLarge,
    /// Past [`MAX_TABLE_ROWS`].
    #[error(
        "This table has more than 200,000 rows. Split it and import the parts; nothing was imported."
    )]
    TooLong,
    /// No heading row.
    #[error(
        "The first line has no headings, so the columns cannot be told apart. Nothing was imported."
    )]
    NoHeadings,
}

impl TableError {
    /// For people, in both languages.
    pub fn sentence(&self) -> Sentence {
        let de = match self {
            Self::Empty => "Diese Datei ist leer. Es wurde nichts importiert.",
            Self::NotText => {
                "Das ist keine Textdatei. Bitte die Tabelle als CSV speichern und erneut versuchen; es wurde nichts importiert."
            }
            Self::TooLarge => {
                "Diese Datei ist größer als 50 MB. Bitte teilen und die Teile importieren; es wurde nichts importiert."
            }
            Self::TooLong => {
                "Diese Tabelle hat mehr als 200 000 Zeilen. Bitte teilen und die Teile importieren; es wurde nichts importiert."
            }
            Self::NoHeadings => {
                "Die erste Zeile hat keine Überschriften; die Spalten sind nicht zu unterscheiden. Es wurde nichts importiert."
            }
        };
        Sentence::new(self.to_string(), de)
    }
}

/// Reads a CSV file: UTF-8, UTF-16 with a mark or Windows-1252; separated by comma, semicolon or tab. Notes before the
/// headings are passed over.
pub fn read(bytes: &[u8]) -> Result<Table, TableError> {
    if bytes.len() > MAX_TABLE_BYTES {
        return Err(TableError::TooLarge);
    }
    let text = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(TableError::Empty);
    }
    let mut lines = Vec::new();
    let mut unread = Vec::new();
    for record in reader(&text, separator(&text)).records() {
        if lines.len() > MAX_TABLE_ROWS + MAX_PREAMBLE_ROWS {
            return Err(TableError::TooLong);
        }
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                lines.push((line, record.iter().map(str::to_owned).collect()));
            }
            Err(error) => unread.push(BadRow {
                line: error.position().map_or(0, csv::Position::line),
                cells: Vec::new(),
                reason: Sentence::new(
                    "This row cannot be read as text.",
                    "Diese Zeile ist nicht als Text zu lesen.",
                ),
            }),
        }
    }
    let mut table = Table::of(lines)?;
    table.bad.extend(unread);
    Ok(table)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes())
}

impl Table {
    /// The table of a sheet's rows with their lines. The headings are the first of the first rows in which two columns are
    /// recognised, or else the first row; what stands before them is passed over.
    pub(super) fn of(lines: Vec<(u64, Vec<String>)>) -> Result<Self, TableError> {
        let at = heading_row(lines.iter().map(|(_, cells)| cells.as_slice())).0;
        let mut lines = lines.into_iter().skip(at);
        let Some((_, headings)) = lines.next() else { return Err(TableError::NoHeadings) };
        if headings.iter().all(String::is_empty) || headings.len() > MAX_TABLE_COLUMNS {
            return Err(TableError::NoHeadings);
        }
        let mut table = Self { headings, rows: Vec::new(), bad: Vec::new() };
        for (line, cells) in lines {
            if table.rows.len() >= MAX_TABLE_ROWS {
                return Err(TableError::TooLong);
            }
            table.take(line, cells);
        }
        Ok(table)
    }

    fn take(&mut self, line: u64, mut cells: Vec<String>) {
        if cells.iter().all(String::is_empty) {
            return;
        }
        let (found, wanted) = (cells.len(), self.headings.len());
        if cells.iter().skip(wanted).any(|cell| !cell.is_empty()) {
            let reason = Sentence::new(
                format!(
                    "This row has {found} cells under {wanted} headings; perhaps a quotation mark is missing."
                ),
                format!(
                    "Diese Zeile hat {found} Zellen unter {wanted} Überschriften; vielleicht fehlt ein Anführungszeichen."
                ),
            );
            self.bad.push(BadRow { line, cells, reason });
            return;
        }
        if cells.iter().any(|cell| cell.len() > MAX_CELL_BYTES) {
            let reason = Sentence::new(
                "A cell of this row holds more than a megabyte.",
                "Eine Zelle dieser Zeile enthält mehr als ein Megabyte.",
            );
            self.bad.push(BadRow { line, cells: Vec::new(), reason });
            return;
        }
        cells.resize(wanted, String::new());
        self.rows.push(TableRow { line, cells });
    }
}

/// Which row has the headings, and how many of them are recognised.
fn heading_row<'c>(rows: impl Iterator<Item = &'c [String]>) -> (usize, usize) {
    let counts: Vec<usize> =
        rows.take(MAX_PREAMBLE_ROWS).map(|cells| recognise(cells).len()).collect();
    let at = counts.iter().position(|count| *count >= 2).unwrap_or(0);
    (at, counts.get(at).copied().unwrap_or(0))
}

/// Bad rows as a file to mend and import again: the headings, then each row with its reason in a last column.
pub fn bad_rows_csv(headings: &[String], bad: &[BadRow], language: Language) -> String {
    let why = match language {
        Language::En => "Why it was not imported",
        Language::De => "Warum nicht importiert",
    };
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let first = headings.iter().map(String::as_str);
    let written = std::iter::once(first.chain([why]).collect::<Vec<_>>())
        .chain(bad.iter().map(|row| {
            let missing = headings.len().saturating_sub(row.cells.len());
            let cells = row.cells.iter().map(String::as_str);
            let cells = cells.chain(std::iter::repeat_n("", missing));
            cells.chain([row.reason.get(language)]).collect::<Vec<_>>()
        }))
        .try_for_each(|row| writer.write_record(row));
    // A vector takes any number of bytes, so neither can fail.
    match (written, writer.into_inner()) {
        (Ok(()), Ok(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    }
}

pub(super) fn decode(bytes: &[u8]) -> Result<String, TableError> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> =
            bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(unit)).collect();
        String::from_utf16(&units).map_err(|_| TableError::NotText)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            String::from_utf8(rest.to_vec()).map_err(|_| TableError::NotText)
        }
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ if bytes.contains(&0) => Err(TableError::NotText),
        _ => Ok(String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| windows_1252(bytes))),
    }
}

/// The beginning of a file as text, to see what it is; a letter may be cut at its end.
pub(super) fn decode_head(bytes: &[u8]) -> String {
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            let even = bytes.len() & !1;
            decode(bytes.get(..even).unwrap_or_default()).unwrap_or_default()
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The bytes 0x80 to 0x9F of Windows-1252; all others are Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> String {
    let sign = |byte: &u8| match byte {
        0x80..=0x9F => WINDOWS_1252.get(usize::from(*byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        _ => char::from(*byte),
    };
    bytes.iter().map(sign).collect()
}

/// The sign with which most headings are recognised, or else the one that stands most often in the first line.
fn separator(text: &str) -> u8 {
    let first: String = text.lines().next().unwrap_or_default().split('"').step_by(2).collect();
    let score = |sign: u8| {
        let records = reader(text, sign).into_records().take(MAX_PREAMBLE_ROWS);
        let rows: Vec<Vec<String>> =
            records.flatten().map(|record| record.iter().map(str::to_owned).collect()).collect();
        let recognised = heading_row(rows.iter().map(Vec::as_slice)).1;
        (recognised, first.matches(char::from(sign)).count(), sign == b',')
    };
    [b',', b';', b'\t'].into_iter().max_by_key(|sign| score(*sign)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes).unwrap().rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn as_programs_write_it() {
        let check =
            |bytes: &[u8], expected: [&str; 2]| assert_eq!(cells(bytes), [expected], "{bytes:?}");
        check(b"Name,City\nMerrow,\"Port, old\"\n", ["Merrow", "Port, old"]);
        check(b"Name;City\r\nMerrow;Port\r\n\r\n", ["Merrow", "Port"]);
        check(b"Name\tCity\nMerrow\tPort", ["Merrow", "Port"]);
        check(b"\xEF\xBB\xBFName,City\nMerrow,Port", ["Merrow", "Port"]);
        check(b"Name,City\nM\xFCller,\x80 5", ["Müller", "€ 5"]);
        check(b"\xFF\xFEN\0,\0C\0\n\0M\0,\0P\0", ["M", "P"]);
        check(b"Name,City\nMerrow", ["Merrow", ""]);
        check(
            b"Notes:\n\"Some, of them; hidden\"\n\nCompany,E-mail\nMerrow,Port",
            ["Merrow", "Port"],
        );
        check(b"sep=;\r\nCompany;E-mail\r\nMerrow;a,b,c", ["Merrow", "a,b,c"]);
        check(b"Name,City\n\"two\nlines\",Port", ["two\nlines", "Port"]);
    }

    #[test]
    fn what_is_no_table() {
        let check = |bytes: &[u8], expected| assert_eq!(read(bytes).unwrap_err(), expected);
        check(b"", TableError::Empty);
        check(b" \n ", TableError::Empty);
        check(b"PK\x03\x04\0\0", TableError::NotText);
        check(b",,\nx", TableError::NoHeadings);
    }

    #[test]
    fn bad_rows_come_back_with_their_reason() {
        let table = read(b"Name,City\nA,B,C,D\nE,F\n").unwrap();
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.bad[0].line, 2);
        let file = bad_rows_csv(&table.headings, &table.bad, Language::En);
        assert!(
            file.starts_with("Name,City,Why it was not imported\nA,B,C,D,This row has 4 cells"),
            "{file}"
        );
    }
}
