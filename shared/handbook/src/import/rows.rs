//! The dry run of a table of clients and their people.

use rand_core::CryptoRng;

use super::{
    cells,
    columns::{Column, FAMILY_NAME, Holds, recognise},
    drafts::{Drafts, Values},
    plan::{Known, Plan, Planner, Said, add, split_name},
    same::text_in,
    setting::Setting,
    table::{BadRow, Table, TableRow, bad_rows_csv},
};
use crate::{
    kind::FieldType,
    records::{Client, Contact},
    typed::Record,
    value::Value,
    words::Sentence,
};

/// Plans the import of a table, in English and with no client chosen. `now` is in milliseconds since 1970.
pub fn plan_table(table: &Table, known: &Known, now: u64, rng: &mut impl CryptoRng) -> Plan {
    plan_rows(table, known, &Setting::new(now), rng)
}

/// Plans the import of a table. Rows that name no client belong to the chosen one.
pub(super) fn plan_rows(
    table: &Table,
    known: &Known,
    setting: &Setting,
    rng: &mut impl CryptoRng,
) -> Plan {
    let columns = recognise(&table.headings);
    let headings = table.headings.iter().enumerate().map(|(index, heading)| {
        let column = columns.iter().find(|column| column.index == index);
        (heading.clone(), column.map(|column| (column.kind.key, column.field.key)))
    });
    let headings = headings.collect();
    let mut planner = Planner { setting: *setting, drafts: Drafts::from_known(known), rng };
    let mut bad = table.bad.clone();
    let mut rows = Vec::new();
    for row in &table.rows {
        let placed = said(&columns, row, setting).and_then(|said| planner.place(row.line, said));
        rows.push(placed.map(|(planned, _)| planned).unwrap_or_else(|reason| {
            let title = row.cells.iter().find(|cell| !cell.is_empty()).cloned();
            let planned = planner.bad(row.line, title.unwrap_or_default(), &reason);
            bad.push(BadRow { line: row.line, cells: row.cells.clone(), reason });
            planned
        }));
    }
    rows.extend(table.bad.iter().map(|row| {
        let title = row.cells.first().cloned().unwrap_or_default();
        planner.bad(row.line, title, &row.reason)
    }));
    rows.sort_by_key(|row| row.line);
    bad.sort_by_key(|row| row.line);
    let bad_file = (!bad.is_empty()).then(|| bad_rows_csv(&table.headings, &bad, setting.language));
    Plan {
        columns: headings,
        rows,
        writes: planner.drafts.into_writes(),
        bad_file,
        bad_ending: "csv",
    }
}

/// The row's client and contact, as far as its cells can be read.
fn said(columns: &[Column], row: &TableRow, setting: &Setting) -> Result<Said, Sentence> {
    let mut said = Said::default();
    let (mut site, mut address) = (Vec::new(), Vec::new());
    let mut whole_name = None;
    for column in columns {
        let Some(cell) = row.cells.get(column.index).filter(|cell| !cell.is_empty()) else {
            continue;
        };
        let of_client = column.kind == Client::KIND;
        match column.holds {
            Holds::Value => {
                let values = if of_client { &mut said.client } else { &mut said.contact };
                add(values, column.field, cells::read(column.field, cell, &setting.defaults)?);
            }
            Holds::WholeName => whole_name = whole_name.or(Some(cell.as_str())),
            Holds::Piece(_) if of_client => site.push(cell.as_str()),
            Holds::Piece(_) => address.push(cell.as_str()),
        }
    }
    add_address(&mut said.client, Client::KIND, "sites", &site);
    add_address(&mut said.contact, Contact::KIND, "address", &address);
    name(&mut said.contact, whole_name);
    Ok(said)
}

fn add_address(values: &mut Values, kind: &'static crate::Kind, key: &str, pieces: &[&str]) {
    let Some(field) = kind.field(key).filter(|_| !pieces.is_empty()) else { return };
    let line = pieces.join(", ").split_whitespace().collect::<Vec<_>>().join(" ");
    let value = match field.ty {
        FieldType::Many(_) => Value::Many(vec![Value::Text(line)]),
        _ => Value::Text(line),
    };
    // The address of a person who is not named is nobody's.
    if key == "sites" || !values.is_empty() {
        add(values, field, value);
    }
}

/// Parts a whole name where the row has no family name. A family name of several words without a given name is taken for a
/// whole one, and a given name alone for the family's: nobody is without a name that has one.
fn name(contact: &mut Values, whole: Option<&str>) {
    let given = text_in(contact, "given_name");
    let family = text_in(contact, FAMILY_NAME);
    let (given, family) = match (given, family, whole) {
        (None, Some(name), _) => split_name(&name),
        (None, None, Some(name)) => split_name(name),
        (Some(given), None, Some(name)) => match name.strip_prefix(given.as_str()).map(str::trim) {
            Some(rest) if !rest.is_empty() => (given, rest.to_owned()),
            _ => (String::new(), name.to_owned()),
        },
        (Some(given), None, None) => (String::new(), given),
        _ => return,
    };
    contact.retain(|(field, _)| field.key != "given_name" && field.key != FAMILY_NAME);
    for (key, text) in [(FAMILY_NAME, family), ("given_name", given)] {
        if let Some(field) = Contact::KIND.field(key).filter(|_| !text.is_empty()) {
            contact.insert(0, (field, Value::Text(text)));
        }
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
