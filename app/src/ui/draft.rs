//! Values of a record that is not written yet, and the text in which the device keeps them meanwhile.

use std::collections::BTreeMap;

use handbook::{Field, Kind, Value, text};

/// First values by field key.
pub type Values = BTreeMap<&'static str, Value>;

/// One line a field: its key, a tab, and the value with line ends and backslashes escaped.
pub fn to_text(kind: &'static Kind, values: &Values) -> String {
    values
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .filter_map(|(key, value)| {
            Some(format!("{key}\t{}\n", escape(&text::format(&kind.field(key)?.ty, value))))
        })
        .collect()
}

/// Reads what [`to_text`] wrote; what does not fit the declaration any more is left out.
pub fn from_text(kind: &'static Kind, kept: &str) -> Values {
    kept.lines()
        .filter_map(|line| {
            let (key, value) = line.split_once('\t')?;
            let field: &'static Field = kind.field(key)?;
            Some((field.key, text::parse(&field.ty, &unescape(value)).ok()?))
        })
        .collect()
}

/// The key of what is kept beside the values; no field has it.
const BESIDE: &str = "*";

/// A further line of such a text, for what is no value of the record; nothing if it is empty.
pub fn beside_to_text(beside: &str) -> String {
    if beside.is_empty() { String::new() } else { format!("{BESIDE}\t{}\n", escape(beside)) }
}

/// What was kept beside the values.
pub fn beside_from_text(kept: &str) -> String {
    let mut lines = kept.lines().filter_map(|line| line.split_once('\t'));
    let beside = lines.find(|(key, _)| *key == BESIDE);
    beside.map(|(_, text)| unescape(text)).unwrap_or_default()
}

/// Text without line ends and tabs, which stand between what is kept.
pub fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

/// Reads what [`escape`] wrote.
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n') => plain.push('\n'),
                Some('r') => plain.push('\r'),
                Some('t') => plain.push('\t'),
                Some(other) => plain.push(other),
                None => {}
            },
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use handbook::{Moment, Record, RecordId, records::Touchpoint};

    use super::*;

    #[test]
    fn what_is_typed_comes_back() {
        let id = RecordId::from_bytes([7; 16]);
        let values: Values = [
            ("notes", Value::Text("Walked the hall.\nA \\ and\ttabs".into())),
            ("function", Value::Choice("engagement".into())),
            ("at", Value::Moment(Moment { ms: 1_794_000_000_000, offset_min: 60 })),
            ("contacts", Value::Many(vec![Value::Link(id), Value::Link(RecordId::ONLY)])),
            ("mood", Value::Integer(-1)),
        ]
        .into();
        assert_eq!(from_text(Touchpoint::KIND, &to_text(Touchpoint::KIND, &values)), values);
        let beside = "step\t2026-11-20\t-\n";
        let both = to_text(Touchpoint::KIND, &values) + &beside_to_text(beside);
        assert_eq!(from_text(Touchpoint::KIND, &both), values);
        assert_eq!(beside_from_text(&both), beside);
        assert_eq!(beside_to_text(""), "");
        let elsewhere = "function\tgardening\nnonsense\nunheard\tof\n";
        assert_eq!(from_text(Touchpoint::KIND, elsewhere), Values::new());
    }
}
