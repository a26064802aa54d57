//! Which of our fields a file's column means.
//!
//! A heading is compared with the field's key and its labels in both languages, and with the names that other programs use for
//! the same thing. Names alone are ambiguous ("Name" may be a firm or a person), so the file's other headings decide.

mod names;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::{
    kind::{Field, FieldType, Kind},
    records::{Client, Contact},
    search::fold,
    typed::Record,
};
use names::{EITHER, NAMES, PIECES, WHOLE_NAMES, WHOSE};

/// A column of the file and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Position in the file, from 0.
    pub index: usize,
    /// Whose field it is.
    pub kind: &'static Kind,
    /// Which one.
    pub field: &'static Field,
    /// How much of the field it brings.
    pub holds: Holds,
}

/// How much of a field a column brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// All of it.
    Value,
    /// A person's given and family name at once.
    WholeName,
    /// A piece of an address; pieces are put together in this order.
    Piece(u8),
}

/// The columns that mean something: those with a field of their own in the file's order, then whole names, then pieces of
/// addresses in the order of an address. Where several columns bring one field, the first that is filled speaks; several
/// may bring addresses or numbers of one person.
pub fn recognise(headings: &[String]) -> Vec<Column> {
    let tidied: Vec<String> = headings.iter().map(|heading| tidy(heading)).collect();
    let any = |wanted: &str| {
        tidied.iter().filter_map(|heading| by_name(heading)).any(|(kind, _)| kind == wanted)
    };
    let has_firm = tidied.iter().any(|heading| by_name(heading) == Some(("client", "name")));
    let has_person = any("contact") || (has_firm && tidied.iter().any(|it| it == "name"));
    let mut columns: Vec<Column> = Vec::new();
    for (index, heading) in tidied.iter().enumerate() {
        let Some((kind, field, holds)) = meaning(heading, has_person) else { continue };
        let piece = matches!(holds, Holds::Piece(_));
        let again = |column: &Column| {
            column.kind == kind && column.field.key == field.key && column.holds == holds
        };
        if !piece || !columns.iter().any(again) {
            columns.push(Column { index, kind, field, holds });
        }
    }
    columns.sort_by_key(|column| column.holds);
    columns
}

type Meaning = (&'static Kind, &'static Field, Holds);

fn meaning(heading: &str, person: bool) -> Option<Meaning> {
    let of = |kind: &'static Kind, key: &str, holds: Holds| {
        kind.field(key).map(|field| (kind, field, holds))
    };
    if let Some((_, firms, persons)) = EITHER.iter().find(|(name, ..)| *name == heading) {
        return if person {
            of(Contact::KIND, persons, Holds::Value)
        } else {
            of(Client::KIND, firms, Holds::Value)
        };
    }
    if let Some((kind, key)) = by_name(heading) {
        return of(crate::records::kind(kind)?, key, Holds::Value);
    }
    if WHOLE_NAMES.contains(&heading) {
        return if person || heading != "name" {
            of(Contact::KIND, FAMILY_NAME, Holds::WholeName)
        } else {
            of(Client::KIND, "name", Holds::Value)
        };
    }
    if let Some((whose, rank)) = piece(heading) {
        return if whose.unwrap_or(person) {
            of(Contact::KIND, "address", Holds::Piece(rank))
        } else {
            of(Client::KIND, "sites", Holds::Piece(rank))
        };
    }
    declared(heading, Client::KIND).or_else(|| declared(heading, Contact::KIND))
}

/// Where a whole name is put until it is parted.
pub(super) const FAMILY_NAME: &str = "family_name";

fn tidy(heading: &str) -> String {
    let spaced = fold(heading).replace(['_', ':', '*'], " ");
    let words =
        spaced.split_whitespace().filter(|word| !word.bytes().all(|it| it.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}

fn by_name(heading: &str) -> Option<(&'static str, &'static str)> {
    NAMES.iter().find(|(name, ..)| *name == heading).map(|(_, kind, field)| (*kind, *field))
}

/// Whether it is a person's, if that is said, and the rank of the piece.
fn piece(heading: &str) -> Option<(Option<bool>, u8)> {
    let rank = |name: &str| PIECES.iter().find(|(piece, _)| *piece == name).map(|(_, rank)| *rank);
    let said = WHOSE.iter().find_map(|(whose, person)| {
        rank(heading.strip_prefix(whose)?.trim_start()).map(|rank| (Some(*person), rank))
    });
    said.or_else(|| rank(heading).map(|rank| (None, rank)))
}

fn declared(heading: &str, kind: &'static Kind) -> Option<Meaning> {
    let field = *DECLARED.get(&(kind.key, heading.to_owned()))?;
    importable(field).then_some((kind, field, Holds::Value))
}

/// The fields of clients and people by kind and name, in any language. Tidied once and not for each heading: a table
/// may have thousands of columns, and all of them are looked at for each separator that it could have.
static DECLARED: LazyLock<HashMap<(&str, String), &'static Field>> = LazyLock::new(|| {
    let mut declared = HashMap::new();
    for kind in [Client::KIND, Contact::KIND] {
        for field in kind.fields {
            let names = [field.key, field.label.en, field.label.de];
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                declared.entry((kind.key, tidy(name))).or_insert(field);
            }
        }
    }
    declared
});

/// Links and facts cannot be told from a cell of text.
fn importable(field: &Field) -> bool {
    !field.hidden && !matches!(field.ty, FieldType::Link(_) | FieldType::Facts(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_a_field() {
        for (name, kind, field) in NAMES {
            let kind = crate::records::kind(kind).unwrap();
            assert!(kind.field(field).is_some_and(importable), "{name}");
        }
    }

    #[test]
    fn headings_of_real_files() {
        let check = |headings: &str, expected: &str| {
            let headings: Vec<String> = headings.split('|').map(str::to_owned).collect();
            let columns = recognise(&headings);
            let found: Vec<_> = columns
                .iter()
                .map(|it| format!("{}={}.{}", it.index, it.kind.key, it.field.key))
                .collect();
            assert_eq!(found.join(" "), expected, "{headings:?}");
        };
        check("Name|Sector|Phone", "0=client.name 1=client.sector 2=client.phone");
        check("Company|Name|E-Mail", "0=client.name 2=contact.emails 1=contact.family_name");
        check(
            "First Name|Last Name|Company Name|Job Title|Email|Mobile Phone|Phone",
            "0=contact.given_name 1=contact.family_name 2=client.name 3=contact.job_title 4=contact.emails \
             5=contact.phones 6=contact.phones",
        );
        check(
            "Firma|Branche|Vorname|Nachname",
            "0=client.name 1=client.sector 2=contact.given_name 3=contact.family_name",
        );
        check(
            "First Name|Last Name|URL|Email Address|Company|Position|Connected On",
            "0=contact.given_name 1=contact.family_name 3=contact.emails 4=client.name 5=contact.job_title",
        );
        check(
            "Name|Given Name|Family Name|Organization 1 - Name|E-mail 1 - Type|E-mail 1 - Value|E-mail 2 - Value",
            "1=contact.given_name 2=contact.family_name 3=client.name 5=contact.emails 6=contact.emails \
             0=contact.family_name",
        );
        check(
            "Account Name|Billing Country|Billing City|Billing Street|Phone|Employees",
            "0=client.name 4=client.phone 5=client.size 3=client.sites 2=client.sites 1=client.sites",
        );
        check(
            "LASTNAME|ACCOUNT.NAME|MAILINGSTREET|MAILINGCITY|PHONE",
            "0=contact.family_name 1=client.name 4=contact.phones 2=contact.address 3=contact.address",
        );
        check("registration_no|Favourite colour", "0=client.registration_no");
    }
}
