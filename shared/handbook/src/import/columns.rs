//! Which of our fields a file's column means.
//!
//! A heading is compared with the field's key and its labels in both languages, and with the names that other programs use for
//! the same thing. Names alone are ambiguous ("Name" may be a firm or a person), so the file's other headings decide.

use crate::{
    kind::{Field, Kind},
    records::{Client, Contact},
    search::fold,
    typed::Record,
};

/// A column of the file and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Position in the file, from 0.
    pub index: usize,
    /// Whose field it is.
    pub kind: &'static Kind,
    /// Which one.
    pub field: &'static Field,
}

/// Names that other programs give to our fields: folded heading, kind, field. The exports of the common CRMs, of mail
/// programs and of professional networks were the source.
const NAMES: &[(&str, &str, &str)] = &[
    ("company", "client", "name"),
    ("company name", "client", "name"),
    ("account", "client", "name"),
    ("account name", "client", "name"),
    ("organisation", "client", "name"),
    ("organization", "client", "name"),
    ("organization name", "client", "name"),
    ("organisation name", "client", "name"),
    ("customer", "client", "name"),
    ("customer name", "client", "name"),
    ("client", "client", "name"),
    ("client name", "client", "name"),
    ("firma", "client", "name"),
    ("kunde", "client", "name"),
    ("industry", "client", "sector"),
    ("branche", "client", "sector"),
    ("web site", "client", "website"),
    ("url", "client", "website"),
    ("company domain name", "client", "website"),
    ("company phone", "client", "phone"),
    ("account phone", "client", "phone"),
    ("customer since", "client", "service_since"),
    ("first name", "contact", "given_name"),
    ("firstname", "contact", "given_name"),
    ("given name", "contact", "given_name"),
    ("vorname", "contact", "given_name"),
    ("last name", "contact", "family_name"),
    ("lastname", "contact", "family_name"),
    ("surname", "contact", "family_name"),
    ("family name", "contact", "family_name"),
    ("nachname", "contact", "family_name"),
    ("contact", "contact", FULL_NAME),
    ("contact name", "contact", FULL_NAME),
    ("full name", "contact", FULL_NAME),
    ("person", "contact", FULL_NAME),
    ("ansprechpartner", "contact", FULL_NAME),
    ("title", "contact", "job_title"),
    ("position", "contact", "job_title"),
    ("role", "contact", "job_title"),
    ("email", "contact", "emails"),
    ("e-mail", "contact", "emails"),
    ("email address", "contact", "emails"),
    ("e-mail address", "contact", "emails"),
    ("mobile", "contact", "phones"),
    ("mobile phone", "contact", "phones"),
    ("mobile phone number", "contact", "phones"),
    ("direct phone", "contact", "phones"),
];

/// Stands for a whole name in one column; it is parted when the row is read.
pub(super) const FULL_NAME: &str = "family_name";

/// Headings that name a person when the file has a column for the firm, and the firm when it has not.
const EITHER: &[&str] = &["name", "phone", "phone number", "telephone", "telefon", "notes", "note"];

/// The columns that mean something, in the file's order. A field is taken once: the first column that fits has it, but
/// several columns may bring addresses or numbers of one person.
pub fn recognise(headings: &[String]) -> Vec<Column> {
    let folded: Vec<String> = headings.iter().map(|heading| tidy(heading)).collect();
    let has_firm = folded.iter().any(|heading| {
        by_name(heading).is_some_and(|(kind, field)| (kind, field) == ("client", "name"))
    });
    let has_person =
        folded.iter().any(|heading| by_name(heading).is_some_and(|(kind, _)| kind == "contact"));
    let mut columns: Vec<Column> = Vec::new();
    for (index, heading) in folded.iter().enumerate() {
        let found = if EITHER.contains(&heading.as_str()) {
            either(heading, has_firm && (has_person || heading == "name"))
        } else {
            named(heading)
                .or_else(|| declared(heading, Client::KIND))
                .or_else(|| declared(heading, Contact::KIND))
        };
        let Some((kind, field)) = found else { continue };
        let many = matches!(field.ty, crate::kind::FieldType::Many(_));
        if many
            || !columns.iter().any(|column| column.kind == kind && column.field.key == field.key)
        {
            columns.push(Column { index, kind, field });
        }
    }
    columns
}

fn tidy(heading: &str) -> String {
    fold(heading).replace(['_', ':', '*'], " ").trim().to_owned()
}

fn by_name(heading: &str) -> Option<(&'static str, &'static str)> {
    NAMES.iter().find(|(name, ..)| *name == heading).map(|(_, kind, field)| (*kind, *field))
}

fn named(heading: &str) -> Option<(&'static Kind, &'static Field)> {
    let (kind, field) = by_name(heading)?;
    let kind: &'static Kind = if kind == Client::KIND.key { Client::KIND } else { Contact::KIND };
    kind.field(field).map(|field| (kind, field))
}

fn either(heading: &str, person: bool) -> Option<(&'static Kind, &'static Field)> {
    let kind: &'static Kind = if person { Contact::KIND } else { Client::KIND };
    let key = match (heading, person) {
        ("name", true) => FULL_NAME,
        ("name", false) => "name",
        ("notes" | "note", true) => "notes",
        ("notes" | "note", false) => "profile_goals",
        (_, true) => "phones",
        (_, false) => "phone",
    };
    kind.field(key).map(|field| (kind, field))
}

fn declared(heading: &str, kind: &'static Kind) -> Option<(&'static Kind, &'static Field)> {
    let fits = |field: &&Field| {
        [field.key, field.label.en, field.label.de]
            .iter()
            .any(|name| !name.is_empty() && tidy(name) == heading)
    };
    let field = kind.fields.iter().find(fits)?;
    importable(field).then_some((kind, field))
}

/// Links and facts cannot be told from a cell of text.
fn importable(field: &Field) -> bool {
    !matches!(field.ty, crate::kind::FieldType::Link(_) | crate::kind::FieldType::Facts(_))
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
        check("Company|Name|E-Mail", "0=client.name 1=contact.family_name 2=contact.emails");
        check(
            "First Name|Last Name|Company Name|Job Title|Email|Mobile Phone|Phone",
            "0=contact.given_name 1=contact.family_name 2=client.name 3=contact.job_title 4=contact.emails \
             5=contact.phones 6=contact.phones",
        );
        check(
            "Firma|Branche|Vorname|Nachname",
            "0=client.name 1=client.sector 2=contact.given_name 3=contact.family_name",
        );
        check("registration_no|Favourite colour", "0=client.registration_no");
    }
}
