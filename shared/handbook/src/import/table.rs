//! Tables out of files: CSV as other programs really write it (RFC 4180, and what is said to be it).

use crate::words::{Language, Sentence};

/// The largest table file taken in, in bytes; a hundred thousand rows of five hundred bytes.
pub const MAX_TABLE_BYTES: usize = 50 << 20;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
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
    /// No heading row.
    #[error(
        "The first line has no headings, so the columns cannot be told apart. Nothing was imported."
    )]
    NoHeadings,
}

impl TableError {
    /// What a person reads.
    pub fn sentence(self) -> Sentence {
        let de = match self {
            Self::Empty => "Diese Datei ist leer. Es wurde nichts übernommen.",
            Self::NotText => {
                "Das ist keine Textdatei. Bitte speichern Sie die Tabelle als CSV und versuchen Sie es \
                 noch einmal; es wurde nichts übernommen."
            }
            Self::TooLarge => {
                "Diese Datei ist größer als 50 MB. Bitte teilen Sie sie und übernehmen Sie die Teile \
                 einzeln; es wurde nichts übernommen."
            }
            Self::NoHeadings => {
                "Die erste Zeile hat keine Überschriften, so dass sich die Spalten nicht zuordnen \
                 lassen. Es wurde nichts übernommen."
            }
        };
        Sentence::new(self.to_string(), de)
    }
}

/// Reads a CSV file: UTF-8, UTF-16 with a mark or Windows-1252; separated by comma, semicolon or tab.
pub fn read(bytes: &[u8]) -> Result<Table, TableError> {
    if bytes.len() > MAX_TABLE_BYTES {
        return Err(TableError::TooLarge);
    }
    let text = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(TableError::Empty);
    }
    let separator = separator(text.lines().next().unwrap_or_default());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let headings: Vec<String> = match records.next() {
        Some(Ok(first)) => first.iter().map(str::to_owned).collect(),
        _ => return Err(TableError::NoHeadings),
    };
    if headings.iter().all(String::is_empty) {
        return Err(TableError::NoHeadings);
    }
    let mut table = Table { headings, rows: Vec::new(), bad: Vec::new() };
    for record in records {
        match record {
            Ok(record) => table.take(&record),
            Err(error) => table.bad.push(BadRow {
                line: error.position().map_or(0, csv::Position::line),
                cells: Vec::new(),
                reason: Sentence::new(
                    "This row cannot be read as text.",
                    "Diese Zeile lässt sich nicht als Text lesen.",
                ),
            }),
        }
    }
    Ok(table)
}

impl Table {
    fn take(&mut self, record: &csv::StringRecord) {
        let line = record.position().map_or(0, csv::Position::line);
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if cells.iter().all(String::is_empty) {
            return;
        }
        let surplus = cells.iter().skip(self.headings.len()).any(|cell| !cell.is_empty());
        if surplus {
            let (found, wanted) = (cells.len(), self.headings.len());
            let reason = Sentence::new(
                format!(
                    "This row has {found} cells under {wanted} headings; perhaps a quotation mark is missing."
                ),
                format!(
                    "Diese Zeile hat {found} Zellen unter {wanted} Überschriften; vielleicht fehlt ein \
                     Anführungszeichen."
                ),
            );
            self.bad.push(BadRow { line, cells, reason });
            return;
        }
        cells.resize(self.headings.len(), String::new());
        self.rows.push(TableRow { line, cells });
    }
}

/// Bad rows as a file to mend and import again: the headings, then each row with its reason in a last column.
pub fn bad_rows_csv(headings: &[String], bad: &[BadRow], language: Language) -> String {
    let why = match language {
        Language::En => "Why it was not imported",
        Language::De => "Warum nicht übernommen",
    };
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let headings = headings.iter().map(String::as_str);
    let written = std::iter::once(headings.chain([why]).collect::<Vec<_>>())
        .chain(bad.iter().map(|row| {
            row.cells
                .iter()
                .map(String::as_str)
                .chain([row.reason.get(language)])
                .collect::<Vec<_>>()
        }))
        .try_for_each(|row| writer.write_record(row));
    // A vector takes any number of bytes, so neither can fail.
    match (written, writer.into_inner()) {
        (Ok(()), Ok(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    }
}

fn decode(bytes: &[u8]) -> Result<String, TableError> {
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

/// The sign that occurs most often in the heading line, outside quotation marks.
fn separator(line: &str) -> u8 {
    let outside: String = line.split('"').step_by(2).collect();
    let count = |sign: char| outside.matches(sign).count();
    [(b',', count(',')), (b';', count(';')), (b'\t', count('\t'))]
        .into_iter()
        .max_by_key(|(sign, count)| (*count, *sign == b','))
        .map_or(b',', |(sign, _)| sign)
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
        let file = bad_rows_csv(&table.headings, &table.bad, Language::De);
        assert!(
            file.starts_with("Name,City,Warum nicht übernommen\nA,B,C,D,Diese Zeile hat 4 Zellen"),
            "{file}"
        );
    }
}
