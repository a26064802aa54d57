//! One door for every file: what it is, is decided by what is in it; its name only helps to say what is wrong.

use rand_core::CryptoRng;

use super::{
    card, json, mail,
    people::plan_people,
    plan::{Known, Plan},
    rows::plan_rows,
    setting::Setting,
    table, visits, workbook,
};
use crate::{ids::DocumentId, row::Row, words::Sentence};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma, semicolon or tab separated values.
    Table,
    /// A workbook of a spreadsheet.
    Workbook,
    /// vCards.
    Cards,
    /// A mail.
    Mail,
    /// A calendar.
    Calendar,
    /// Our own JSON.
    Backup,
}

impl Format {
    /// The most bytes taken in.
    pub const fn max_bytes(self) -> usize {
        match self {
            Self::Table => table::MAX_TABLE_BYTES,
            Self::Workbook => workbook::MAX_WORKBOOK_BYTES,
            Self::Cards => card::MAX_CARD_FILE_BYTES,
            Self::Mail => mail::MAX_MAIL_BYTES,
            Self::Calendar => visits::MAX_CALENDAR_BYTES,
            Self::Backup => json::MAX_BACKUP_BYTES,
        }
    }
}

/// Reads a file and says what would become of it, or in a sentence why nothing can. `known` is every document with its rows,
/// those of the firm included; `name` is the file's name.
pub fn read(
    name: &str,
    bytes: &[u8],
    known: &[(DocumentId, Vec<Row>)],
    setting: &Setting,
    rng: &mut impl CryptoRng,
) -> Result<Plan, Sentence> {
    let format = format(name, bytes)?;
    if bytes.len() > format.max_bytes() {
        let megabytes = format.max_bytes() >> 20;
        return Err(Sentence::new(
            format!(
                "This file is larger than {megabytes} MB. Split it and import the parts; nothing was imported."
            ),
            format!(
                "Diese Datei ist größer als {megabytes} MB. Bitte teilen und die Teile importieren; es wurde nichts importiert."
            ),
        ));
    }
    let plan = match format {
        Format::Table => {
            let table = table::read(bytes).map_err(|error| error.sentence())?;
            plan_rows(&placeable(table, setting)?, &Known::of(known), setting, rng)
        }
        Format::Workbook => {
            let table = workbook::read(bytes).map_err(|error| error.sentence())?;
            plan_rows(&placeable(table, setting)?, &Known::of(known), setting, rng)
        }
        Format::Cards => plan_people(&text(bytes)?, &Known::of(known), setting, rng),
        Format::Mail => mail::plan_mail(bytes, known, setting, rng)?,
        Format::Calendar => visits::plan_visits(&text(bytes)?, known, setting, rng),
        Format::Backup => json::plan_backup(&json::read(&text(bytes)?)?, known, setting),
    };
    if plan.rows.is_empty() {
        return Err(Sentence::new(
            "There is nothing in this file that could be imported.",
            "In dieser Datei steht nichts, was sich importieren ließe.",
        ));
    }
    Ok(plan)
}

/// What a file is by its content; a sentence if it is nothing that can be taken in, or not what its name claims.
pub fn format(name: &str, bytes: &[u8]) -> Result<Format, Sentence> {
    if bytes.is_empty() {
        return Err(table::TableError::Empty.sentence());
    }
    let found = by_content(bytes)?;
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let claimed = match ending.as_deref() {
        Some("vcf") => Some((Format::Cards, "vCard", "vCard")),
        Some("ics") => Some((Format::Calendar, "calendar", "Kalender")),
        Some("eml") => Some((Format::Mail, "mail", "E-Mail")),
        Some("json") => Some((Format::Backup, "export of Rapport", "Export von Rapport")),
        Some("xlsx") => Some((Format::Workbook, "workbook", "Arbeitsmappe")),
        _ => None,
    };
    match claimed {
        // Anything can be read as a table, so a table is only what does not claim to be something else.
        Some((format, en, de)) if found == Format::Table && format != found => Err(Sentence::new(
            format!("The file's name says {en}, but there is none in it. Nothing was imported."),
            format!(
                "Dem Namen nach: {de}; in der Datei steht aber nichts dergleichen. Es wurde nichts importiert."
            ),
        )),
        _ => Ok(found),
    }
}

fn by_content(bytes: &[u8]) -> Result<Format, Sentence> {
    let refuse = |en: &str, de: &str| {
        Err(Sentence::new(
            format!("{en} Nothing was imported."),
            format!("{de} Es wurde nichts importiert."),
        ))
    };
    match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Ok(Format::Workbook),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            return refuse(
                "This is a file of an old office program. Save it there as .xlsx or CSV and import that.",
                "Das ist die Datei eines alten Büroprogramms. Bitte dort als .xlsx oder CSV speichern und das importieren.",
            );
        }
        [b'%', b'P', b'D', b'F', ..] => {
            return refuse(
                "This is a PDF; its pages cannot be told apart into fields.",
                "Das ist ein PDF; seine Seiten lassen sich nicht in Felder zerlegen.",
            );
        }
        _ => {}
    }
    if mail::is_mail(bytes) {
        return Ok(Format::Mail);
    }
    // What is no text is left to the table, whose reader says so.
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let head = table::decode_head(head);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let begins =
        |with: &str| head.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    // A stray line may stand before the first card.
    let has_line = |with: &str| head.lines().any(|line| line.trim().eq_ignore_ascii_case(with));
    if has_line("BEGIN:VCARD") {
        return Ok(Format::Cards);
    }
    if has_line("BEGIN:VCALENDAR") {
        return Ok(Format::Calendar);
    }
    if begins("{") || begins("[") {
        return Ok(Format::Backup);
    }
    if begins("<") {
        return refuse(
            "This is a web page or another XML file, no table.",
            "Das ist eine Webseite oder eine andere XML-Datei, keine Tabelle.",
        );
    }
    Ok(Format::Table)
}

/// Text in any of the encodings that tables come in.
fn text(bytes: &[u8]) -> Result<String, Sentence> {
    table::decode(bytes).map_err(|error| error.sentence())
}

/// A table whose rows can be placed: some column names a client, or one was chosen and some column names a person.
fn placeable(table: table::Table, setting: &Setting) -> Result<table::Table, Sentence> {
    let columns = super::columns::recognise(&table.headings);
    let names = |kind: &str, field: &str| {
        columns.iter().any(|column| column.kind.key == kind && column.field.key == field)
    };
    let has_client = names("client", "name");
    let has_person = names("contact", "family_name") || names("contact", "given_name");
    if has_client || (setting.client.is_some() && has_person) {
        return Ok(table);
    }
    Err(if has_person {
        Sentence::new(
            "No column of this file names the people's client. Choose the client to whom they belong; nothing was imported.",
            "Keine Spalte dieser Datei nennt den Kunden der Personen. Bitte den Kunden wählen, zu dem sie gehören; es wurde nichts importiert.",
        )
    } else {
        Sentence::new(
            "No column of this file names a client (such as “Company” or “Name”), so its rows cannot be placed. Nothing was imported.",
            "Keine Spalte dieser Datei nennt einen Kunden (etwa „Firma“ oder „Name“); ihre Zeilen lassen sich nicht zuordnen. Es wurde nichts importiert.",
        )
    })
}
