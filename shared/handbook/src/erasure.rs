//! Which records of a document go with a person, and what of the others has to go.
//!
//! - Whole records: the person's own; what hangs on a record that goes (comments, attachments, own
//!   values: whatever names it as kind/id); and records that are nothing without it, because a
//!   required link names it (an involvement).
//! - Out of all others, gone ones and facts included: links to what goes, and the person's whole name,
//!   addresses and numbers where they stand in a text. A name of one word is everybody's and
//!   stays, and so does an address or a number that a record lists which stays.
//!
//! A contact that was deleted as another record of the same person goes with them; whoever
//! lives under the same name does not.
//!
//! [`crate::document::erasure`] knows what people were called before, too, and
//! [`crate::document::begin_again`] makes a document without all that. [`Erasure::passages`] shows
//! beforehand what becomes of what stays.

mod alike;
mod folded;
mod number;
mod passage;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use alike::alike;
pub use passage::Passage;
use serde_json::Value as Json;

use crate::ids::RecordKey;
use crate::kind::FieldType;
use crate::records::{Attachment, Contact};
use crate::row::Row;
use crate::typed::Record;
use crate::value::Value;
use words::{Word, Words};

/// What stands where words about a person stood.
pub const ERASED: &str = "[…]";

/// What goes with some people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasure {
    /// Records that go whole, as kind/id; also of kinds that this version does not know.
    records: BTreeSet<String>,
    /// Their ids, as links are written.
    ids: BTreeSet<String>,
    /// What tells the people, whoever else it may tell.
    theirs: Vec<Word>,
    /// What other records say of themselves, by kind/id.
    others: BTreeMap<String, Vec<Word>>,
    /// What goes out of texts: what is theirs alone.
    words: Words,
}

impl Erasure {
    /// What goes with these records, which are people, out of a document with these rows, gone ones
    /// included.
    pub fn of(rows: &[Row], subjects: &[RecordKey]) -> Self {
        let mut erasure = Self::default();
        for key in subjects {
            erasure.add(&key.to_string());
        }
        loop {
            let more: Vec<String> = rows
                .iter()
                .filter(|row| erasure.hangs_on(row))
                .map(|row| row.key().to_string())
                .collect();
            let before = erasure.records.len();
            more.iter().for_each(|key| erasure.add(key));
            if erasure.records.len() == before {
                break;
            }
        }
        erasure.others = rows.iter().map(|row| (row.key().to_string(), said_by(row))).collect();
        erasure.also_as(rows.iter().filter(|row| subjects.contains(&row.key())))
    }

    /// The same with what people were called before: as these rows, which are theirs, have it.
    #[must_use]
    pub(crate) fn also_as<'r>(mut self, past: impl IntoIterator<Item = &'r Row>) -> Self {
        for word in past.into_iter().flat_map(Word::of_person) {
            if !self.theirs.contains(&word) {
                self.theirs.push(word);
            }
        }
        self.sought()
    }

    /// The same with records that somebody else knows of, as kind/id.
    #[must_use]
    pub fn with<'k>(mut self, records: impl IntoIterator<Item = &'k str>) -> Self {
        records.into_iter().for_each(|key| self.add(key));
        self.sought()
    }

    /// Both, of documents that are read as one: the people's record lies in one of them.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.records.extend(other.records.iter().cloned());
        self.ids.extend(other.ids.iter().cloned());
        self.others.extend(other.others.iter().map(|(key, said)| (key.clone(), said.clone())));
        let more = other.theirs.iter().filter(|word| !self.theirs.contains(word));
        let more: Vec<Word> = more.cloned().collect();
        self.theirs.extend(more);
        self.sought()
    }

    fn add(&mut self, key: &str) {
        if let Some((_, id)) = key.split_once('/') {
            self.ids.insert(id.to_owned());
            self.records.insert(key.to_owned());
        }
    }

    /// What goes out of texts depends on who stays.
    fn sought(mut self) -> Self {
        let stay = self.others.iter().filter(|(key, _)| !self.records.contains(*key));
        self.words = Words::of(&self.theirs, stay.flat_map(|(_, words)| words));
        self
    }

    /// Records that go whole, as kind/id, ascending.
    pub fn records(&self) -> impl Iterator<Item = &str> {
        self.records.iter().map(String::as_str)
    }

    /// Whether the record with that key, kind/id, goes whole.
    pub fn takes(&self, key: &str) -> bool {
        self.records.contains(key)
    }

    /// Records that stay and lose something.
    pub fn touched<'r>(&'r self, rows: &'r [Row]) -> impl Iterator<Item = &'r Row> {
        rows.iter().filter(|row| !self.takes(&row.key().to_string()) && self.is_in(row))
    }

    /// Addresses of the sealed objects that only records name which go.
    pub fn objects(&self, rows: &[Row]) -> BTreeSet<String> {
        let address = |row: &Row| Attachment::KEYS.address.raw(row).as_text().map(str::to_owned);
        let attachments = || rows.iter().filter(|row| row.kind == Attachment::KIND);
        let goes = |row: &&Row| self.takes(&row.key().to_string());
        let stay: BTreeSet<_> =
            attachments().filter(|row| !goes(row)).filter_map(address).collect();
        let go = attachments().filter(goes).filter_map(address);
        go.filter(|address| !stay.contains(address)).collect()
    }

    fn hangs_on(&self, row: &Row) -> bool {
        row.kind.fields.iter().zip(&row.values).any(|(field, value)| match (&field.ty, value) {
            (FieldType::Link(_), Value::Link(id)) => {
                field.required && self.ids.contains(&id.to_string())
            }
            (_, Value::Text(text)) => self.takes(text),
            _ => false,
        })
    }

    fn is_in(&self, row: &Row) -> bool {
        let unknown = row.unknown.iter().map(|(_, value)| value);
        row.values.iter().chain(unknown).any(|value| self.is_in_value(value))
    }

    fn is_in_value(&self, value: &Value) -> bool {
        match value {
            Value::Link(id) => self.ids.contains(&id.to_string()),
            Value::Text(text) | Value::Foreign(text) => {
                self.is_link(text) || self.without(text).is_some()
            }
            Value::Many(members) => members.iter().any(|member| self.is_in_value(member)),
            Value::Facts(facts) => facts.iter().any(|fact| {
                let unknown = fact.unknown.iter().map(|(_, value)| value);
                fact.values.iter().chain(unknown).any(|value| self.is_in_value(value))
            }),
            _ => false,
        }
    }

    /// Whether the id of a record that goes stands anywhere in a text.
    pub fn is_named_in(&self, text: &str) -> bool {
        self.ids.iter().any(|id| text.contains(id))
    }

    /// Whether a stored text does nothing but name a record that goes.
    pub fn is_link(&self, text: &str) -> bool {
        self.ids.contains(text) || self.records.contains(text)
    }

    /// A stored text without what goes: another text, or none. A fact is gone through value by value.
    pub(crate) fn clean(&self, text: &str) -> Option<String> {
        if self.is_link(text) {
            return None;
        }
        match serde_json::from_str::<Json>(text) {
            Ok(Json::Object(mut fact)) if fact.contains_key("says") => {
                if let Some(Json::Object(says)) = fact.get_mut("says") {
                    says.values_mut().for_each(|value| self.clean_json(value));
                    says.retain(|_, value| !value.is_null());
                }
                Some(Json::Object(fact).to_string())
            }
            _ => Some(self.without(text).unwrap_or_else(|| text.to_owned())),
        }
    }

    fn clean_json(&self, value: &mut Json) {
        match value {
            Json::String(text) if self.is_link(text) => *value = Json::Null,
            Json::String(text) => {
                if let Some(other) = self.without(text) {
                    *text = other;
                }
            }
            Json::Array(members) => {
                members.iter_mut().for_each(|member| self.clean_json(member));
                members.retain(|member| !member.is_null());
            }
            _ => {}
        }
    }

    /// The text with [`ERASED`] where the words stood; `None` if none of them stands there.
    pub fn without(&self, text: &str) -> Option<String> {
        let places = self.words.find(text);
        (!places.is_empty()).then(|| passage::without(text, &places))
    }
}

/// What a record says of itself, or of the person that it is.
fn said_by(row: &Row) -> Vec<Word> {
    if row.kind == Contact::KIND { Word::of_person(row) } else { Word::reaching(row) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{id, row};
    use crate::records::{Comment, Involvement, Site, Touchpoint};
    use crate::typed::{Email, Id, Note, Phone};

    fn zoe() -> Row {
        row(
            1,
            Contact {
                given_name: "Zoë".into(),
                family_name: "Müller".into(),
                emails: ["z.mueller@quay.example".into()].into(),
                phones: ["112".into(), "+351 21 555 0199".into()].into(),
                ..Contact::default()
            },
        )
    }

    #[test]
    fn words_go_and_the_rest_stays() {
        let erasure = Erasure::of(&[zoe()], &[zoe().key()]);
        for (text, expected) in [
            ("Asked for ZOE MULLER, who was away.", Some("Asked for […], who was away.")),
            ("Zoë  Müllers Büro", Some("[…]s Büro")),
            ("Müller, Zoë", Some("[…]")),
            ("Zoe\u{308} Mu\u{308}ller!", Some("[…]!")),
            ("write to Z.Mueller@Quay.example", Some("write to […]")),
            ("+351 21 555 0199 or 112", Some("[…] or 112")),
            ("Zoë Müller and Zoë Müller", Some("[…] and […]")),
            ("Zoë was away", None),
            ("", None),
        ] {
            assert_eq!(erasure.without(text).as_deref(), expected, "{text}");
        }
    }

    fn contact(number: u8, given: &str, family: &str, emails: &[&str], phones: &[&str]) -> Row {
        row(
            number,
            Contact {
                given_name: given.into(),
                family_name: family.into(),
                emails: emails.iter().map(|text| Email::from(*text)).collect(),
                phones: phones.iter().map(|text| Phone::from(*text)).collect(),
                ..Contact::default()
            },
        )
    }

    #[test]
    fn a_name_stands_as_whole_words_only() {
        let check = |given: &str, family: &str, text: &str, expected: Option<&str>| {
            let who = contact(1, given, family, &[], &[]);
            let erasure = Erasure::of(std::slice::from_ref(&who), &[who.key()]);
            assert_eq!(erasure.without(text).as_deref(), expected, "{given} {family}: {text}");
        };
        check("An", "Le", "The plan left nothing to the man Lee", None);
        check("An", "Le", "An Le left", Some("[…] left"));
        check("Anna", "Berg", "Anna Bergmann and Johanna Berg", None);
        check("Peter", "Weiß", "Hans-Peter Weiß", None);
        check("Peter", "Weiß", "- Peter Weiß-Termin", Some("- […]-Termin"));
        for (text, expected) in [
            ("Jan Voß's desk", "[…]'s desk"),
            ("Jan Voß’ Büro", "[…]’ Büro"),
            ("Jan Vossens Büro", "Jan Vossens Büro"),
            ("mit Jan Vossen", "mit […]en"),
            ("the Jan Vosses", "the […]es"),
            ("Jan Vosser", "Jan Vosser"),
            ("(Jan Voss)", "([…])"),
            ("Voss, Jan", "[…]"),
            ("Vosss, Jan", "Vosss, Jan"),
        ] {
            check("Jan", "Voß", text, Some(expected).filter(|other| *other != text));
        }
    }

    #[test]
    fn what_others_have_too_stays() {
        let zoe = contact(
            1,
            "Zoë",
            "Berg",
            &["zoe@quay.example", "info@quay.example"],
            &["+49 40 123 4560", "+49 40 123 4567"],
        );
        // The number of the house, as each writes it; a name that holds hers.
        let otto = contact(2, "Otto", "Brandt", &["Info@quay.example"], &["040/123-4560"]);
        let longer = contact(3, "Maria Zoë", "Berg", &[], &[]);
        let double = contact(4, "Zoë", "Berg-Huber", &[], &[]);
        let site = row(5, Site { phone: Some("(040) 1234569".into()), ..Site::default() });
        let rows = [zoe.clone(), otto.clone(), longer, double, site];
        let erasure = Erasure::of(&rows, &[zoe.key()]);
        for (text, expected) in [
            ("info@quay.example or 0049 40 123 45 60", None),
            ("zoe@quay.example or 040 12 34 567", Some("[…] or […]")),
            ("lazoe@quay.example, zoe@quay.example.org, j.zoe@quay.example", None),
            ("Maria Zoë Berg met Zoë Berg", Some("Maria Zoë Berg met […]")),
            ("Zoë Berg-Huber met Zoë Berg-Voss", Some("Zoë Berg-Huber met […]-Voss")),
            ("040 123 4567 8", Some("[…] 8")),
            ("040 123 4567-8, 2040 1234567, 1234567", None),
        ] {
            assert_eq!(erasure.without(text).as_deref(), expected, "{text}");
        }
        assert_eq!(erasure.touched(&rows).map(Row::key).collect::<Vec<_>>(), []);
        // Once Otto goes as well, the house's number is nobody's.
        let both = erasure.with([otto.key().to_string().as_str()]);
        assert_eq!(both.without("040 1234560").as_deref(), Some("[…]"));
    }

    /// A number is no day and no amount, whatever its digits.
    #[test]
    fn what_is_measured_stays() {
        let who = contact(1, "Zoë", "Berg", &[], &["2026 1125", "1234567"]);
        let erasure = Erasure::of(std::slice::from_ref(&who), &[who.key()]);
        for text in ["2026-11-25", "1234567 EUR", "2026-11-25T16:20:00.000+01:00"] {
            assert_eq!(erasure.without(text), None, "{text}");
        }
        assert_eq!(erasure.without("call 2026-1125").as_deref(), Some("call […]"));
    }

    #[test]
    fn what_stays_is_shown_as_it_is_and_becomes() {
        let talk = Touchpoint {
            contacts: [Id::new(id(1)), Id::new(id(2))].into(),
            subject: "With Zoë Müller".into(),
            notes: Note::from("Zoë Müller was late"),
            ..Touchpoint::default()
        };
        let rows = [zoe(), row(4, talk), row(6, Touchpoint::default())];
        let erasure = Erasure::of(&rows, &[zoe().key()]);
        let passages = erasure.passages(&rows);
        let shown: Vec<_> = passages
            .iter()
            .map(|it| (it.row, it.field.as_str(), it.was.as_str(), it.becomes.as_str()))
            .collect();
        let key = rows[1].key();
        let expected = [
            (key, "contacts", "Zoë Müller", ""),
            (key, "subject", "With Zoë Müller", "With […]"),
            (key, "notes", "Zoë Müller was late", "[…] was late"),
        ];
        assert_eq!(BTreeSet::from_iter(shown), BTreeSet::from(expected));
    }

    #[test]
    fn what_hangs_on_them_goes_and_what_names_them_is_touched() {
        let about = |number, about: String| row(number, Comment { about, ..Comment::default() });
        let involved = Involvement { contact: Some(Id::new(id(1))), ..Involvement::default() };
        let talk = Touchpoint { contacts: [Id::new(id(1))].into(), ..Touchpoint::default() };
        let noted = Touchpoint { notes: Note::from("with Zoë Müller"), ..Touchpoint::default() };
        let rows = [
            zoe(),
            about(2, zoe().key().to_string()),
            row(3, involved),
            row(4, talk),
            row(5, noted),
            row(6, Touchpoint::default()),
            row(
                7,
                Attachment {
                    about: format!("comment/{}", id(2)),
                    address: "aa".into(),
                    ..Attachment::default()
                },
            ),
            row(8, Attachment { address: "aa".into(), ..Attachment::default() }),
            row(
                9,
                Attachment {
                    about: zoe().key().to_string(),
                    address: "bb".into(),
                    ..Attachment::default()
                },
            ),
        ];
        let erasure = Erasure::of(&rows, &[zoe().key()]);
        let numbers =
            |rows: Vec<&Row>| rows.iter().map(|row| row.id.bytes()[0]).collect::<Vec<_>>();
        let gone = rows.iter().filter(|row| erasure.takes(&row.key().to_string())).collect();
        assert_eq!(numbers(gone), [1, 2, 3, 7, 9]);
        assert_eq!(numbers(erasure.touched(&rows).collect()), [4, 5]);
        // Another record still names the first one's address.
        assert_eq!(erasure.objects(&rows), ["bb".to_owned()].into());
    }
}
