//! One kind as a CSV table (RFC 4180, UTF-8 with a mark so that spreadsheets read it), names instead of ids for people to read.

use crate::{
    ids::RecordId,
    kind::{Field, FieldType, Kind},
    row::Row,
    text,
    value::Value,
};

/// Writes `rows` of `kind`: an id, the client, every field under its label. `client` and `name` say how records are called; a link without a
/// name keeps its id.
pub fn sheet<'r>(
    kind: &'static Kind,
    rows: impl IntoIterator<Item = (&'r str, &'r Row)>,
    name: &dyn Fn(RecordId) -> Option<String>,
) -> String {
    let mut writer = csv::Writer::from_writer(Vec::from("\u{feff}"));
    let told = |field: &&Field| !field.hidden && !matches!(field.ty, FieldType::Facts(_));
    let fields = || kind.fields.iter().filter(told);
    let headings = ["Id", "Client"].into_iter().chain(fields().map(|field| field.label.en));
    let mut written = writer.write_record(headings);
    for (client, row) in rows {
        let cells = fields().map(|field| cell(field, row.get(field.key), name));
        let record = [row.id.to_string(), client.to_owned()].into_iter().chain(cells);
        written = written.and_then(|()| writer.write_record(record));
    }
    // A vector takes any number of bytes and every record has the same width, so neither can fail.
    match (written, writer.into_inner()) {
        (Ok(()), Ok(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    }
}

fn cell(field: &Field, value: &Value, name: &dyn Fn(RecordId) -> Option<String>) -> String {
    let called = |id: &RecordId| name(*id).unwrap_or_else(|| id.to_string());
    match value {
        Value::Link(id) => called(id),
        Value::Many(members) if members.iter().any(|member| member.as_link().is_some()) => {
            let names: Vec<String> =
                members.iter().filter_map(Value::as_link).map(|id| called(&id)).collect();
            names.join("; ")
        }
        value => text::format(&field.ty, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{records::Contact, typed::Record};

    #[test]
    fn names_sets_and_quotes() {
        let mut row = Row::empty(Contact::KIND, RecordId::from_bytes([1; 16]));
        let at = |key: &str| Contact::KIND.index(key).unwrap();
        row.values[at("family_name")] = Value::Text("Voss, K".into());
        row.values[at("emails")] =
            Value::Many(vec![Value::Text("a@b.example".into()), Value::Text("c@d.example".into())]);
        let file = sheet(Contact::KIND, [("Merrow", &row)], &|_| None);
        let mut lines = file.lines();
        assert!(
            lines.next().unwrap().starts_with("\u{feff}Id,Client,Given name,Family name"),
            "{file}"
        );
        let line = lines.next().unwrap();
        assert!(
            line.contains("Merrow,,\"Voss, K\"") && line.contains("a@b.example; c@d.example"),
            "{line}"
        );
    }
}
