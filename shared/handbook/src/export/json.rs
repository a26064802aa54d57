//! The whole workspace as one JSON file, with ids, facts, and what this version does not know.
//!
//! ```json
//! {"format": "rapport", "version": 1, "exported_at": "…", "documents": [
//!   {"id": "client/…", "records": [{"kind": "client", "id": "…", "created": {…}, "fields": {…}}]}]}
//! ```
//! Dates are ISO 8601, moments RFC 3339 with the offset of the place, amounts `{"minor": …, "currency": …}`. A field with nothing
//! in it is left out.

use serde_json::{Map, Value as Json, json as object};

use crate::{
    ids::{DocumentId, MemberId, RecordId},
    kind::{Field, FieldType},
    row::Row,
    value::{Fact, Moment, Value},
};

/// The version of the file's shape. Readers refuse a higher one.
pub const EXPORT_VERSION: u32 = 1;

/// Writes the documents with all their rows, gone ones included and marked.
pub fn json(documents: &[(DocumentId, Vec<Row>)], exported_at: Moment) -> String {
    format!("{:#}", tree(documents, exported_at))
}

/// The same before it is written out.
pub(super) fn tree(documents: &[(DocumentId, Vec<Row>)], exported_at: Moment) -> Json {
    let documents: Vec<Json> = documents
        .iter()
        .map(|(id, rows)| object!({"id": id.to_string(), "records": rows.iter().map(record).collect::<Vec<_>>()}))
        .collect();
    object!({
        "format": "rapport",
        "version": EXPORT_VERSION,
        "exported_at": exported_at.to_string(),
        "documents": documents,
    })
}

fn record(row: &Row) -> Json {
    let mut record = Map::new();
    record.insert("kind".into(), row.kind.key.into());
    if !row.kind.singleton {
        record.insert("id".into(), row.id.to_string().into());
        let created = object!({"by": member(row.created.by), "at": row.created.at.to_string()});
        record.insert("created".into(), created);
    }
    if row.gone {
        record.insert("gone".into(), true.into());
    }
    record.insert("fields".into(), fields(row.kind.fields, &row.values, &row.unknown));
    Json::Object(record)
}

fn fields(fields: &[Field], values: &[Value], unknown: &[(String, Value)]) -> Json {
    let known = fields.iter().zip(values).filter(|(_, value)| !value.is_empty());
    let known = known.map(|(field, held)| (field.key.to_owned(), value(held, Some(&field.ty))));
    let unknown = unknown.iter().map(|(key, unknown)| (key.clone(), value(unknown, None)));
    Json::Object(known.chain(unknown).collect())
}

pub(super) fn value(of: &Value, ty: Option<&FieldType>) -> Json {
    match of {
        Value::Empty => Json::Null,
        Value::Text(text) | Value::Choice(text) | Value::Foreign(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Flag(flag) => (*flag).into(),
        Value::Date(date) => date.to_string().into(),
        Value::Moment(moment) => moment.to_string().into(),
        Value::Money(money) => object!({"minor": money.minor, "currency": money.code()}),
        Value::Link(id) => id.to_string().into(),
        Value::Many(members) => members.iter().map(|member| value(member, None)).collect(),
        Value::Facts(facts) => {
            let of_fact = match ty {
                Some(FieldType::Facts(fields)) => *fields,
                _ => &[],
            };
            facts.iter().map(|stated| fact(stated, of_fact)).collect()
        }
    }
}

fn fact(fact: &Fact, of_fact: &[Field]) -> Json {
    object!({
        "id": fact.id.to_string(),
        "by": member(fact.by),
        "at": fact.at.to_string(),
        "after": fact.after.iter().map(RecordId::to_string).collect::<Vec<_>>(),
        "fields": fields(of_fact, &fact.values, &fact.unknown),
    })
}

fn member(id: MemberId) -> String {
    RecordId::from_bytes(id).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{records::Complaint, typed::Record};

    /// Covers: S1.9
    #[test]
    fn ids_facts_and_unknown_fields_are_kept() {
        let mut row = Row::empty(Complaint::KIND, RecordId::from_bytes([7; 16]));
        let at = |key: &str| Complaint::KIND.index(key).unwrap();
        row.values[at("subject")] = Value::Text("Late “again”".into());
        row.values[at("transitions")] = Value::Facts(vec![Fact {
            by: [1; 16],
            at: Moment { ms: 1_763_000_000_000, offset_min: 60 },
            after: vec![RecordId::from_bytes([2; 16])],
            ..Fact::new(
                RecordId::from_bytes([3; 16]),
                vec![Value::Choice("captured".into()), Value::Choice("recorded".into())],
            )
        }]);
        row.unknown.push(("colour".into(), Value::Text("blue".into())));
        let file = json(
            &[(DocumentId::Client(RecordId::from_bytes([9; 16])), vec![row])],
            Moment { ms: 0, offset_min: 0 },
        );
        let read: Json = serde_json::from_str(&file).unwrap();
        assert_eq!(read["version"], 1);
        let fields = &read["documents"][0]["records"][0]["fields"];
        assert_eq!(fields["subject"], "Late “again”");
        assert_eq!(fields["colour"], "blue");
        let fact = &fields["transitions"][0];
        assert_eq!(fact["fields"]["to"], "recorded");
        assert_eq!(fact["after"][0], "02".repeat(16));
        assert_eq!(fact["at"], "2025-11-13T03:13:20.000+01:00");
    }
}
