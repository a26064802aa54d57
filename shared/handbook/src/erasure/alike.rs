//! Who was deleted and is one with somebody: the other half of two contacts that were joined
//! ([`crate::one_person`]), and whoever was entered twice.

use std::collections::BTreeSet;

use super::words::{Word, full_name};
use crate::ids::RecordKey;
use crate::records::Contact;
use crate::row::Row;
use crate::typed::Record;

/// Contacts that were deleted and are one of these people: by their full name, or by an address or a
/// number that no living record has beside them. `people` are their rows as they ever were.
pub(crate) fn alike(rows: &[Row], subjects: &[RecordKey], people: &[Row]) -> Vec<RecordKey> {
    let others = rows.iter().filter(|row| !subjects.contains(&row.key()));
    let living: Vec<Word> =
        others.clone().filter(|row| !row.gone).flat_map(Word::reaching).collect();
    let shared = |word: &Word| living.iter().any(|other| other.is(word));
    let names: BTreeSet<String> = people.iter().map(full_name).collect();
    let mut theirs: Vec<Word> = people.iter().flat_map(Word::reaching).collect();
    theirs.retain(|word| !shared(word));
    let is_one = |row: &&Row| {
        let name = full_name(row);
        !name.is_empty() && names.contains(&name)
            || Word::reaching(row).iter().any(|word| theirs.iter().any(|own| own.is(word)))
    };
    let deleted = others.filter(|row| row.gone && row.kind == Contact::KIND);
    deleted.filter(is_one).map(Row::key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::id;
    use crate::typed::{Email, Phone};

    fn contact(number: u8, given: &str, family: &str, emails: &[&str], phones: &[&str]) -> Row {
        let contact = Contact {
            given_name: given.into(),
            family_name: family.into(),
            emails: emails.iter().map(|text| Email::from(*text)).collect(),
            phones: phones.iter().map(|text| Phone::from(*text)).collect(),
            ..Contact::default()
        };
        let mut row = Row::empty(Contact::KIND, id(number));
        for (field, value) in contact.into_values() {
            row.values[Contact::KIND.index(field).unwrap()] = value;
        }
        row
    }

    #[test]
    fn who_is_one_of_them() {
        let gone = |row: Row| Row { gone: true, ..row };
        let zoe = contact(1, "Zoë", "Berg", &["z@quay.example"], &["040 1234560", "0171 7654321"]);
        let rows = [
            zoe.clone(),
            gone(contact(2, "ZOE", "Berg", &[], &[])),
            gone(contact(3, "Z.", "Berg", &["Z@quay.example"], &[])),
            gone(contact(4, "Z.", "B.", &[], &["+49 171 765 4321"])),
            gone(contact(5, "Otto", "Brandt", &[], &["040 1234560"])),
            contact(6, "Zoë", "Berg", &["z2@quay.example"], &[]),
            contact(7, "Ola", "Lind", &[], &["040 1234560"]),
            gone(contact(8, "", "", &[], &[])),
            gone(contact(9, "Zora", "Voss", &["zora@quay.example"], &[])),
        ];
        let found = |people: &[Row]| {
            let keys = alike(&rows, &[zoe.key()], people);
            keys.iter().map(|key| key.id.bytes()[0]).collect::<Vec<_>>()
        };
        assert_eq!(found(std::slice::from_ref(&zoe)), [2, 3, 4]);
        // Who was called otherwise once is one with whom was called so.
        assert_eq!(found(&[zoe.clone(), contact(1, "Zora", "Voss", &[], &[])]), [2, 3, 4, 9]);
        assert_eq!(found(&[contact(1, "", "", &[], &[])]), Vec::<u8>::new());
    }
}
