//! Which records of a document go with a person, and what of the others has to go.
//!
//! - Whole records: the person's own; what hangs on a record that goes (comments, attachments, own
//!   values: whatever names it as kind/id); and records that are nothing without it, because a
//!   required link names it (an involvement).
//! - Out of all others, gone ones and facts included: links to what goes, and the person's whole name,
//!   addresses and numbers where they stand in a text. A name of one word is everybody's and stays.
//!
//! [`crate::document::erasure`] knows what people were called before, too, and
//! [`crate::document::begin_again`] makes a document without all that.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::ids::RecordKey;
use crate::kind::FieldType;
use crate::records::{Attachment, Contact};
use crate::row::Row;
use crate::search::fold;
use crate::typed::Record;
use crate::value::Value;

/// What stands where words about a person stood.
pub const ERASED: &str = "[…]";

/// The shortest address or number that is looked for in texts: a shorter one could be anything.
const SHORTEST: usize = 6;

/// What goes with some people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasure {
    /// Records that go whole, as kind/id; also of kinds that this version does not know.
    records: BTreeSet<String>,
    /// Their ids, as links are written.
    ids: BTreeSet<String>,
    /// Words that go, folded as the search folds them, the longest first.
    words: Vec<String>,
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
        erasure.also_as(rows.iter().filter(|row| subjects.contains(&row.key())))
    }

    /// The same with what people were called before: as these rows, which are theirs, have it.
    #[must_use]
    pub(crate) fn also_as<'r>(mut self, past: impl IntoIterator<Item = &'r Row>) -> Self {
        self.words.extend(past.into_iter().flat_map(words_of).filter(|word| !word.is_empty()));
        self.in_order()
    }

    /// The same with records that somebody else knows of, as kind/id.
    #[must_use]
    pub fn with<'k>(mut self, records: impl IntoIterator<Item = &'k str>) -> Self {
        records.into_iter().for_each(|key| self.add(key));
        self
    }

    /// The same with what is known of the same people in another document: their record may lie there.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.words.extend(other.words.iter().cloned());
        self.in_order()
    }

    fn in_order(mut self) -> Self {
        self.words.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        self.words.dedup();
        self
    }

    fn add(&mut self, key: &str) {
        if let Some((_, id)) = key.split_once('/') {
            self.ids.insert(id.to_owned());
            self.records.insert(key.to_owned());
        }
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
        if self.words.is_empty() {
            return None;
        }
        let folded = Folded::of(text);
        let mut out = String::new();
        let (mut copied, mut at) = (0, 0);
        while at < folded.text.len() {
            let found = self.words.iter().find(|word| {
                folded.text.get(at..).is_some_and(|rest| rest.starts_with(word.as_str()))
            });
            let Some(word) = found else {
                at += 1;
                continue;
            };
            let (begin, end) = folded.range(at, at + word.len());
            if begin >= copied {
                out.push_str(text.get(copied..begin)?);
                out.push_str(ERASED);
                copied = end;
            }
            at += word.len();
        }
        if copied == 0 {
            return None;
        }
        out.push_str(text.get(copied..)?);
        Some(out)
    }
}

/// What tells a person in a text.
fn words_of(row: &Row) -> Vec<String> {
    if row.kind != Contact::KIND {
        return Vec::new();
    }
    let part = |field: &str| row.get(field).as_text().unwrap_or_default().trim().to_owned();
    let (given, family) = (part("given_name"), part("family_name"));
    let mut words = Vec::new();
    if !given.is_empty() && !family.is_empty() {
        for name in
            [format!("{given} {family}"), format!("{family} {given}"), format!("{family}, {given}")]
        {
            words.push(fold(&name));
        }
    }
    for field in ["emails", "phones"] {
        let members = row.get(field).members().iter().filter_map(Value::as_text);
        words.extend(members.map(fold).filter(|word| word.len() >= SHORTEST));
    }
    words
}

/// A folded text that knows where each of its bytes comes from.
struct Folded {
    text: String,
    /// For each byte of it, where the character begins and ends that it comes from.
    from: Vec<(usize, usize)>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), from: Vec::new() };
        let mut sign_text = [0; 4];
        for (begin, sign) in text.char_indices() {
            let end = begin + sign.len_utf8();
            let piece = fold(sign.encode_utf8(&mut sign_text));
            if piece == " " && folded.text.ends_with(' ') {
                continue;
            }
            if piece.is_empty() {
                // A mark belongs to the letter that it stands over.
                folded
                    .from
                    .iter_mut()
                    .rev()
                    .take_while(|(_, last)| *last == begin)
                    .for_each(|it| it.1 = end);
            }
            folded.from.resize(folded.from.len() + piece.len(), (begin, end));
            folded.text.push_str(&piece);
        }
        folded
    }

    /// Where the bytes `begin..end` of the folded text lie in the other.
    fn range(&self, begin: usize, end: usize) -> (usize, usize) {
        let first = self.from.get(begin).map_or(0, |(begin, _)| *begin);
        (first, self.from.get(end.saturating_sub(1)).map_or(first, |(_, end)| *end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::id;
    use crate::records::{Comment, Involvement, Touchpoint};
    use crate::typed::{Id, Note};

    fn row<R: Record>(number: u8, record: R) -> Row {
        let mut row = Row::empty(R::KIND, id(number));
        for (field, value) in record.into_values() {
            row.values[R::KIND.index(field).unwrap()] = value;
        }
        row
    }

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
