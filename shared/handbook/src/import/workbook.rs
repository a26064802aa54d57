//! Workbooks of spreadsheets (ECMA-376, `.xlsx`) as tables.
//!
//! Read here and not by `calamine` or `zip`: both bring `getrandom` and with it `wasm-bindgen` into a crate that knows no
//! browser, and the first also the tables of every text encoding. What a sheet of clients needs are four small XML parts.

mod archive;
mod cells;
mod dates;
mod parts;

use super::{
    columns::recognise,
    table::{Table, TableError},
};
use crate::words::Sentence;
use archive::Archive;

/// The largest workbook taken in, in bytes.
pub const MAX_WORKBOOK_BYTES: usize = 50 << 20;

/// Why a file is no workbook that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    /// Past [`MAX_WORKBOOK_BYTES`], or it unpacks to more than any table needs.
    #[error("This workbook is too large. Split it and import the parts; nothing was imported.")]
    TooLarge,
    /// The archive is cut off, encrypted or otherwise not to be unpacked.
    #[error(
        "This workbook cannot be unpacked; it seems to be damaged or protected by a password. Nothing was imported."
    )]
    Damaged,
    /// A ZIP archive, but with something else in it.
    #[error("This is not a workbook of a spreadsheet. Nothing was imported.")]
    Other,
    /// No sheet has headings.
    #[error("No sheet of this workbook has a row of headings. Nothing was imported.")]
    NoHeadings,
    /// A sheet with too much in it.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl WorkbookError {
    /// For people, in both languages.
    pub fn sentence(&self) -> Sentence {
        let de = match self {
            Self::TooLarge => {
                "Diese Arbeitsmappe ist zu groß. Bitte teilen und die Teile importieren; es wurde nichts importiert."
            }
            Self::Damaged => {
                "Diese Arbeitsmappe ist nicht zu entpacken; sie scheint beschädigt oder durch ein Kennwort geschützt zu sein. Es wurde nichts importiert."
            }
            Self::Other => {
                "Das ist keine Arbeitsmappe einer Tabellenkalkulation. Es wurde nichts importiert."
            }
            Self::NoHeadings => {
                "Kein Blatt dieser Arbeitsmappe hat eine Zeile mit Überschriften. Es wurde nichts importiert."
            }
            Self::Table(error) => return error.sentence(),
        };
        Sentence::new(self.to_string(), de)
    }
}

/// The first sheet with headings that are recognised, or else the first with anything in it. Dates come as ISO 8601.
pub fn read(bytes: &[u8]) -> Result<Table, WorkbookError> {
    if bytes.len() > MAX_WORKBOOK_BYTES {
        return Err(WorkbookError::TooLarge);
    }
    let mut archive = Archive::open(bytes)?;
    let book = archive.part("xl/workbook.xml")?.ok_or(WorkbookError::Other)?;
    let book = parts::workbook(&book)?;
    let links = archive.part("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let links = parts::relations(&links)?;
    let target =
        |id: &str| links.iter().find(|(known, _)| known == id).map(|(_, path)| path.clone());
    let texts = archive.part("xl/sharedStrings.xml")?.unwrap_or_default();
    let texts = parts::shared_texts(&texts)?;
    let styles = archive.part("xl/styles.xml")?.unwrap_or_default();
    let look = cells::Look {
        texts,
        date_styles: parts::date_styles(&styles)?,
        since_1904: book.since_1904,
    };
    let mut first = None;
    for id in &book.sheets {
        let Some(path) = target(id) else { continue };
        let Some(sheet) = archive.part(&path)? else { continue };
        let lines = cells::rows(&sheet, &look)?;
        let table = match Table::of(lines) {
            Err(TableError::NoHeadings) => continue,
            table => table?,
        };
        if !recognise(&table.headings).is_empty() {
            return Ok(table);
        }
        first = first.or(Some(table));
    }
    first.ok_or(WorkbookError::NoHeadings)
}

impl From<quick_xml::Error> for WorkbookError {
    fn from(_: quick_xml::Error) -> Self {
        Self::Damaged
    }
}
