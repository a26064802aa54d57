//! A handbook from a backup: our own JSON, as [`crate::export::json`] writes it, back into rows and documents.
//!
//! Ids, facts and their authors are kept, and so is what this version does not know: fields stay in the rows' `unknown`,
//! records of unknown kinds stay as they stand in the file. Nothing that is here is overwritten: a record that is here stays
//! as it is, but for fields that are empty.

mod values;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{
    drafts::create,
    plan::{Fate, Plan, PlannedRow},
    setting::Setting,
};
use crate::{
    export::EXPORT_VERSION,
    ids::{DocumentId, RecordId, RecordKey},
    op::Op,
    row::{Created, Row},
    value::{Moment, Value},
    words::Sentence,
};
pub(super) use values::value_of_own;

/// The largest backup taken in, in bytes.
pub const MAX_BACKUP_BYTES: usize = 512 << 20;

/// A backup as it stands in the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Backup {
    /// When it was made, if it says so.
    pub exported_at: Option<Moment>,
    /// Documents with their rows, in the file's order.
    pub documents: Vec<(DocumentId, Vec<Row>)>,
    /// Records that this version cannot hold: their document, the record as it stands, and why.
    pub strangers: Vec<(String, Json, Sentence)>,
}

/// Reads a backup.
pub fn read(text: &str) -> Result<Backup, Sentence> {
    let file: Json = serde_json::from_str(text).map_err(|error| {
        Sentence::new(
            format!("This file is damaged: it breaks off or cannot be read at line {}. Nothing was imported.", error.line()),
            format!("Diese Datei ist beschädigt: Sie bricht in Zeile {} ab oder ist dort nicht zu lesen. Es wurde nichts importiert.", error.line()),
        )
    })?;
    if file.get("format").and_then(Json::as_str) != Some("rapport") {
        return Err(Sentence::new(
            "This is not an export of Rapport. Nothing was imported.",
            "Das ist kein Export von Rapport. Es wurde nichts importiert.",
        ));
    }
    let version = file.get("version").and_then(Json::as_u64).unwrap_or(u64::MAX);
    if version > u64::from(EXPORT_VERSION) {
        return Err(Sentence::new(
            "A newer version of Rapport wrote this file. Update this app and import it again; nothing was imported.",
            "Eine neuere Version von Rapport hat diese Datei geschrieben. Bitte die App aktualisieren und erneut importieren; es wurde nichts importiert.",
        ));
    }
    let mut backup = Backup {
        exported_at: file.get("exported_at").and_then(Json::as_str).and_then(Moment::parse),
        ..Backup::default()
    };
    for document in file.get("documents").and_then(Json::as_array).into_iter().flatten() {
        let name = document.get("id").and_then(Json::as_str).unwrap_or_default();
        let id: Option<DocumentId> = name.parse().ok();
        let mut rows = Vec::new();
        for record in document.get("records").and_then(Json::as_array).into_iter().flatten() {
            let read = match id {
                Some(id) => row(record, id),
                None => Err(no_document(name)),
            };
            match read {
                Ok(row) => rows.push(row),
                Err(why) => backup.strangers.push((name.to_owned(), record.clone(), why)),
            }
        }
        backup.documents.extend(id.map(|id| (id, rows)));
    }
    Ok(backup)
}

fn no_document(name: &str) -> Sentence {
    Sentence::new(
        format!("“{name}” names no document."),
        format!("„{name}“ bezeichnet kein Dokument."),
    )
}

fn row(record: &Json, document: DocumentId) -> Result<Row, Sentence> {
    let said = |key: &str| record.get(key).and_then(Json::as_str);
    let name = said("kind").unwrap_or_default();
    let Some(kind) = crate::records::kind(name) else {
        return Err(Sentence::new(
            format!(
                "This version does not know the kind “{name}”. Update the app and import this file again."
            ),
            format!(
                "Diese Version kennt die Art „{name}“ nicht. Bitte die App aktualisieren und diese Datei erneut importieren."
            ),
        ));
    };
    let id = match said("id").and_then(|id| id.parse().ok()) {
        _ if kind.singleton => RecordId::ONLY,
        Some(id) => id,
        None => {
            return Err(Sentence::new(
                "This record has no id.",
                "Dieser Eintrag hat keine Kennung.",
            ));
        }
    };
    if kind.home != document.home() || kind.document(id, document) != document {
        return Err(Sentence::new(
            "This record stands in a document where it does not belong.",
            "Dieser Eintrag steht in einem Dokument, in das er nicht gehört.",
        ));
    }
    let mut row = Row::empty(kind, id);
    if let Some(created) = record.get("created") {
        let by: Option<RecordId> =
            created.get("by").and_then(Json::as_str).and_then(|it| it.parse().ok());
        let at = created.get("at").and_then(Json::as_str).and_then(Moment::parse);
        row.created = Created { by: by.unwrap_or_default().bytes(), at: at.unwrap_or_default() };
    }
    row.gone = record.get("gone").and_then(Json::as_bool).unwrap_or(false);
    let nothing = Map::new();
    let fields = record.get("fields").and_then(Json::as_object).unwrap_or(&nothing);
    (row.values, row.unknown) = values::fields(kind.fields, fields);
    Ok(row)
}

/// Plans the import of a backup. `line` counts the file's records.
pub(super) fn plan_backup(
    backup: &Backup,
    known: &[(DocumentId, Vec<Row>)],
    setting: &Setting,
) -> Plan {
    let mut here: BTreeMap<(DocumentId, RecordKey), &Row> = BTreeMap::new();
    for (document, rows) in known {
        here.extend(rows.iter().map(|row| ((*document, row.key()), row)));
    }
    let mut plan = Plan { bad_ending: "json", ..Plan::default() };
    let mut line = 0;
    for (document, rows) in &backup.documents {
        let mut ops = Vec::new();
        for row in in_order(rows) {
            line += 1;
            let known = here.get(&(*document, row.key())).copied();
            plan.rows.push(planned(line, row, known, &mut ops, setting));
        }
        if !ops.is_empty() {
            plan.writes.push((*document, ops));
        }
    }
    for (_, record, why) in &backup.strangers {
        line += 1;
        let title = record.get("kind").and_then(Json::as_str).unwrap_or_default().to_owned();
        let fate = Fate::Bad(why.get(setting.language).to_owned());
        plan.rows.push(PlannedRow { line, title, fate, why: None });
    }
    plan.bad_file = bad_file(backup, setting);
    plan
}

/// A client's record first: its document begins with it.
fn in_order(rows: &[Row]) -> impl Iterator<Item = &Row> {
    let is_client = |row: &&Row| row.kind.key == crate::records::CLIENT;
    rows.iter().filter(is_client).chain(rows.iter().filter(move |row| !is_client(row)))
}

fn planned(
    line: u64,
    row: &Row,
    known: Option<&Row>,
    ops: &mut Vec<Op>,
    setting: &Setting,
) -> PlannedRow {
    let label = row.kind.one.get(setting.language);
    let name = row.title_in(setting.language);
    let title = if name.is_empty() { label.to_owned() } else { format!("{label}: {name}") };
    let unknown = (!row.unknown.is_empty()).then(|| unknown_fields(row));
    let (fate, why) = match known {
        None if !row.kind.singleton => {
            ops.push(create(row));
            ops.extend(keep(row));
            ops.extend(row.gone.then(|| Op::Delete { key: row.key() }));
            (Fate::New, unknown)
        }
        known => {
            let blank = Row::empty(row.kind, row.id);
            let before = known.unwrap_or(&blank);
            let fills = fill(row, before, ops);
            if before.unknown.is_empty() {
                ops.extend(keep(row));
            }
            let here = Sentence::new(
                "This very record is here; what is filled in here stays.",
                "Genau dieser Eintrag ist hier; was hier ausgefüllt ist, bleibt.",
            );
            (Fate::Matches { title: title.clone(), fills }, Some(here))
        }
    };
    PlannedRow { line, title, fate, why: why.map(|why| why.get(setting.language).to_owned()) }
}

fn keep(row: &Row) -> impl Iterator<Item = Op> {
    row.unknown.iter().map(|(field, value)| Op::Keep {
        key: row.key(),
        field: field.clone(),
        value: value.clone(),
    })
}

fn unknown_fields(row: &Row) -> Sentence {
    let names: Vec<&str> = row.unknown.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(", ");
    Sentence::new(
        format!("Kept, though this version does not know it: {names}."),
        format!("Bleibt erhalten, obwohl diese Version es nicht kennt: {names}."),
    )
}

/// Fills in what is empty here.
fn fill(row: &Row, here: &Row, ops: &mut Vec<Op>) -> usize {
    let key = row.key();
    let mut fills = 0;
    for (field, (value, known)) in row.kind.fields.iter().zip(row.values.iter().zip(&here.values)) {
        if !known.is_empty() || value.is_empty() || here.gone {
            continue;
        }
        fills += 1;
        match value {
            Value::Facts(facts) => ops.extend(facts.iter().map(|fact| Op::Append {
                key,
                field: field.key,
                fact: fact.clone(),
            })),
            value => ops.push(Op::Set { key, field: field.key, value: value.clone() }),
        }
    }
    fills
}

/// Records that were not taken, in the form of the file, each with its reason.
fn bad_file(backup: &Backup, setting: &Setting) -> Option<String> {
    if backup.strangers.is_empty() {
        return None;
    }
    let mut documents: BTreeMap<&str, Vec<Json>> = BTreeMap::new();
    for (document, record, why) in &backup.strangers {
        let mut record = record.clone();
        if let Json::Object(members) = &mut record {
            members.insert("why_not_imported".into(), why.get(setting.language).into());
        }
        documents.entry(document).or_default().push(record);
    }
    let documents: Vec<Json> = documents
        .into_iter()
        .map(|(id, records)| serde_json::json!({"id": id, "records": records}))
        .collect();
    let file = serde_json::json!({
        "format": "rapport",
        "version": EXPORT_VERSION,
        "documents": documents,
    });
    Some(format!("{file:#}"))
}
