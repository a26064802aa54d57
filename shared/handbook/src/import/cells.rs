//! One cell of a table as the value of a field, as other programs write it.

use crate::{
    kind::{Field, FieldType},
    records::SizeBand,
    text::{self, Defaults},
    typed::Choice,
    value::Value,
    words::Sentence,
};

/// Sets are taken apart at semicolons, and at the `:::` of Google; a number of people becomes its band; of a moment where a
/// date belongs, the day is taken.
pub(super) fn read(
    field: &'static Field,
    cell: &str,
    defaults: &Defaults,
) -> Result<Value, Sentence> {
    let one = |ty: &FieldType, part: &str| {
        text::parse_with(ty, part, defaults).or_else(|why| looser(field, part).ok_or(why))
    };
    let misfit = |why: Sentence| {
        Sentence::new(
            format!("“{cell}” does not fit {}: {}", field.label.en, why.en),
            format!("„{cell}“ passt nicht zu {}: {}", field.label.get(crate::Language::De), why.de),
        )
    };
    let read = match &field.ty {
        FieldType::Many(member) => {
            let parts = cell.split(';').flat_map(|part| part.split(":::")).map(str::trim);
            let parts = parts.filter(|part| !part.is_empty()).map(|part| one(member, part));
            parts.collect::<Result<Vec<_>, _>>().map(Value::Many)
        }
        ty => one(ty, cell),
    };
    read.map_err(misfit)
}

fn looser(field: &'static Field, cell: &str) -> Option<Value> {
    match field.ty {
        FieldType::Date => {
            let day = cell.split([' ', 'T']).next()?;
            text::parse(&FieldType::Date, day).ok()
        }
        FieldType::Choice(choices) if std::ptr::eq(choices, SizeBand::CHOICES) => {
            let digits: String = cell.chars().filter(|sign| !",. '".contains(*sign)).collect();
            let band = match digits.parse::<u64>().ok()? {
                0..=9 => SizeBand::Micro,
                10..=49 => SizeBand::Small,
                50..=249 => SizeBand::Medium,
                _ => SizeBand::Large,
            };
            Some(Value::Choice(band.key().to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        records::{Client, Contact},
        typed::Record,
    };

    #[test]
    fn as_other_programs_write_it() {
        let check = |kind: &'static crate::Kind, key: &str, cell: &str, expected: &str| {
            let field = kind.field(key).unwrap();
            let value = read(field, cell, &Defaults::default()).unwrap();
            assert_eq!(text::format(&field.ty, &value), expected, "{cell}");
        };
        check(Client::KIND, "size", "120", "medium");
        check(Client::KIND, "size", "1,200", "large");
        check(Client::KIND, "size", "10 to 49", "small");
        check(Client::KIND, "service_since", "2021-04-03 09:30", "2021-04-03");
        check(Client::KIND, "website", "merrow.example", "merrow.example");
        check(Contact::KIND, "phones", "+44 20 1 ::: 030 222", "+44 20 1; 030 222");
        let since = Client::KIND.field("service_since").unwrap();
        let why = read(since, "soon", &Defaults::default()).unwrap_err();
        assert!(why.de.starts_with("„soon“ passt nicht zu Kunde seit"), "{why:?}");
    }
}
