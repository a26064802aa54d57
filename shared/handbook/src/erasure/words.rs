//! What tells a person in a text, and where it stands there.
//!
//! A full name stands where its words do, whole, but for the ending that a language gives a name. It
//! does not stand inside the longer name of somebody who stays. An address or a number is a person's
//! own only as long as nobody who stays has it too: a switchboard is no person.

use std::ops::Range;

use super::folded::Folded;
use super::number::{self, Number};
use crate::kind::FieldType;
use crate::records::Contact;
use crate::row::Row;
use crate::search::fold;
use crate::typed::Record;
use crate::value::{Moment, Money, Value};

/// The shortest address that is looked for in texts: a shorter one could be anything.
const SHORTEST: usize = 6;

/// Endings of a name: "Brandts", "Voßens"; after an apostrophe a word ends anyway.
const ENDINGS: &[&str] = &["s", "es", "n", "en", "ns"];

/// One thing that tells a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Given and family name, in an order that people write; folded.
    Name(String),
    /// An address; folded.
    Address(String),
    /// A telephone number.
    Number(Number),
}

impl Word {
    /// What a contact is told by.
    pub(super) fn of_person(row: &Row) -> Vec<Self> {
        if row.kind != Contact::KIND {
            return Vec::new();
        }
        let [given, family] = names(row);
        let mut words = Vec::new();
        // A name of one word is everybody's.
        if !given.is_empty() && !family.is_empty() {
            let orders = [
                format!("{given} {family}"),
                format!("{family} {given}"),
                format!("{family}, {given}"),
            ];
            words.extend(orders.map(Self::Name));
        }
        words.extend(Self::reaching(row));
        words
    }

    /// The addresses and numbers that a record of any kind lists itself.
    pub(super) fn reaching(row: &Row) -> Vec<Self> {
        let mut words = Vec::new();
        for (field, value) in row.kind.fields.iter().zip(&row.values) {
            let ty = match &field.ty {
                FieldType::Many(ty) => ty,
                ty => ty,
            };
            let one = std::slice::from_ref(value);
            let values = if matches!(value, Value::Many(_)) { value.members() } else { one };
            for text in values.iter().filter_map(Value::as_text) {
                let is_phone = matches!(ty, FieldType::Phone);
                if is_phone {
                    words.extend(Number::read(text).map(Self::Number));
                }
                let literal = fold(text.trim());
                // "040 12345678 ext. 9" is more than its digits.
                let whole = !is_phone || literal.contains(char::is_alphabetic);
                if whole
                    && matches!(ty, FieldType::Email | FieldType::Phone)
                    && literal.len() >= SHORTEST
                {
                    words.push(Self::Address(literal));
                }
            }
        }
        words
    }

    /// Whether both are the same name, or reach the same person.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.is(other),
            _ => self == other,
        }
    }

    /// Whether it says how to reach somebody, and not what they are called.
    pub(super) fn reaches(&self) -> bool {
        !matches!(self, Self::Name(_))
    }
}

/// A contact's full name, folded; empty without any.
pub(super) fn full_name(row: &Row) -> String {
    names(row).join(" ").trim().to_owned()
}

fn names(row: &Row) -> [String; 2] {
    let part = |field| fold(row.get(field).as_text().unwrap_or_default().trim());
    [Contact::KEYS.given_name.key(), Contact::KEYS.family_name.key()].map(part)
}

/// All that goes out of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// The longest first.
    names: Vec<Name>,
    /// The longest first.
    addresses: Vec<String>,
    numbers: Vec<Number>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    text: String,
    /// Names of others that it is a part of, and where in them it stands.
    inside: Vec<(usize, String)>,
}

impl Words {
    /// What tells these people, and not those who stay.
    pub(super) fn of<'w>(theirs: &[Word], others: impl Iterator<Item = &'w Word> + Clone) -> Self {
        let mut words = Self::default();
        for word in theirs {
            let shared = word.reaches() && others.clone().any(|other| other.is(word));
            match word {
                _ if shared => {}
                Word::Name(text) => {
                    let longer = others.clone().filter_map(|other| match other {
                        Word::Name(name) if name != text => {
                            name.find(text).map(|at| (at, name.clone()))
                        }
                        _ => None,
                    });
                    let name = Name { inside: longer.collect(), text: text.clone() };
                    words.names.push(name);
                }
                Word::Address(text) => words.addresses.push(text.clone()),
                Word::Number(number) => words.numbers.push(number.clone()),
            }
        }
        let longest_first =
            |one: &str, other: &str| other.len().cmp(&one.len()).then_with(|| one.cmp(other));
        words.names.sort_by(|one, other| longest_first(&one.text, &other.text));
        words.names.dedup();
        words.addresses.sort_by(|one, other| longest_first(one, other));
        words.addresses.dedup();
        words
    }

    /// Where they stand in a text, from its beginning on and apart from each other.
    pub(super) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        if self.is_empty() || is_measured(text) {
            return found;
        }
        let folded = Folded::of(text);
        let mut behind = 0;
        for (at, _) in folded.text.char_indices() {
            if at < behind {
                continue;
            }
            let Some(end) = self.end(&folded.text, at) else { continue };
            behind = end;
            let range = folded.range(at, end);
            // One sign of the text may be several of the folded one.
            if found.last().is_none_or(|last| last.end <= range.start) {
                found.push(range);
            }
        }
        found
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.addresses.is_empty() && self.numbers.is_empty()
    }

    /// Where the longest of them ends that begins there.
    fn end(&self, text: &str, at: usize) -> Option<usize> {
        let name = self.names.iter().find(|name| name.stands(text, at));
        let name = name.map(|name| at + name.text.len());
        let address = self.addresses.iter().find(|address| address_stands(text, at, address));
        let address = address.map(|address| at + address.len());
        name.max(address).max(number::end(text, at, &self.numbers))
    }
}

impl Name {
    fn stands(&self, text: &str, at: usize) -> bool {
        name_stands(text, at, &self.text)
            && !self.inside.iter().any(|(offset, longer)| {
                at.checked_sub(*offset).is_some_and(|at| name_stands(text, at, longer))
            })
    }
}

/// Whether a name stands there as whole words.
fn name_stands(text: &str, at: usize, name: &str) -> bool {
    let Some((before, rest)) = text.split_at_checked(at) else { return false };
    let Some(rest) = rest.strip_prefix(name) else { return false };
    let mut back = before.chars().rev();
    let begins = match (back.next(), back.next()) {
        // "Hans-Peter Weiß" is not Peter Weiß.
        (Some('-' | '\u{2010}'), Some(sign)) => !sign.is_alphanumeric(),
        (Some(sign), _) => !sign.is_alphanumeric(),
        (None, _) => true,
    };
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    begins && (ends(rest) || ENDINGS.iter().any(|it| rest.strip_prefix(it).is_some_and(ends)))
}

/// Whether an address stands there whole.
fn address_stands(text: &str, at: usize, address: &str) -> bool {
    let Some((before, rest)) = text.split_at_checked(at) else { return false };
    let Some(rest) = rest.strip_prefix(address) else { return false };
    let mut back = before.chars().rev();
    let begins = match (back.next(), back.next()) {
        (Some('.' | '-' | '_' | '+'), Some(sign)) => !sign.is_alphanumeric(),
        (Some(sign), _) => !sign.is_alphanumeric(),
        (None, _) => true,
    };
    let mut on = rest.chars();
    let ends = match (on.next(), on.next()) {
        (Some('.'), Some(sign)) => !sign.is_alphanumeric(),
        (Some(sign), _) => !sign.is_alphanumeric(),
        (None, _) => true,
    };
    begins && ends
}

/// Whether a stored text is a day, a moment or an amount, whose digits are nobody's number.
fn is_measured(text: &str) -> bool {
    text.parse::<chrono::NaiveDate>().is_ok()
        || Moment::parse(text).is_some()
        || Money::parse(text).is_some()
}
