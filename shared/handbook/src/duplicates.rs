//! Clients that may be one and the same, and why one may think so. Nobody merges them but a person.

use std::collections::BTreeMap;

use crate::ids::{RecordId, RecordKey};
use crate::import::card::dialled;
use crate::op::Op;
use crate::records::Client;
use crate::row::Row;
use crate::search::fold;
use crate::typed::Record;
use crate::value::Value;

/// Two clients that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The one that was made first.
    pub first: RecordId,
    /// The other.
    pub second: RecordId,
    /// What they share.
    pub why: Vec<Shared>,
}

/// What two clients share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The name, but for case, accents, punctuation and legal form.
    Name,
    /// The domain of their web sites.
    Site(String),
    /// The telephone number, as the one writes it.
    Phone(String),
}

/// What a company is by law, as it stands behind its name.
const FORMS: &[&str] = &[
    "ag",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "ek",
    "eg",
    "ev",
    "gbr",
    "gmbh",
    "inc",
    "kg",
    "kgaa",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "ohg",
    "plc",
    "sa",
    "sarl",
    "se",
    "spa",
    "srl",
    "ug",
];

/// Digits of a telephone number that tell it apart, from its end: one writes the country before it, another does not.
const TELLING: usize = 8;

/// The pairs among these clients, those that share most first. Each client is named with every other that it shares
/// something with, unless somebody said of either that they are not the same.
pub fn possible<'r>(clients: impl IntoIterator<Item = &'r Row>) -> Vec<Pair> {
    let mut rows: Vec<&Row> = clients.into_iter().collect();
    rows.sort_by_key(|row| (row.created.at.ms, row.id));
    let mut found: BTreeMap<(usize, usize), Vec<Shared>> = BTreeMap::new();
    let text = |row: &Row, field: &str| row.get(field).as_text().unwrap_or_default().to_owned();
    let keys = &Client::KEYS;
    share(&rows, &mut found, |row| name_key(&text(row, keys.name.key())), |_| Shared::Name);
    share(
        &rows,
        &mut found,
        |row| domain(&text(row, keys.website.key())),
        |row| Shared::Site(domain(&text(row, keys.website.key()))),
    );
    share(
        &rows,
        &mut found,
        |row| phone_key(&text(row, keys.phone.key())),
        |row| Shared::Phone(text(row, keys.phone.key())),
    );
    let mut pairs: Vec<Pair> = found
        .into_iter()
        .filter_map(|((first, second), why)| {
            let (first, second) = (rows.get(first)?, rows.get(second)?);
            let apart = says_not(first, second.id) || says_not(second, first.id);
            (!apart).then_some(Pair { first: first.id, second: second.id, why })
        })
        .collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.why.len()));
    pairs
}

/// Whether somebody said that this client is not that one.
fn says_not(client: &Row, other: RecordId) -> bool {
    let others = Client::KEYS.not_same_as.raw(client).members();
    others.iter().any(|one| one.as_link() == Some(other))
}

impl Pair {
    /// The step that keeps it from being proposed again, at the client that was made first.
    pub fn not_the_same(&self) -> Op {
        Op::Include {
            key: RecordKey::new(Client::KIND, self.first),
            field: Client::KEYS.not_same_as.key(),
            item: Value::Link(self.second),
        }
    }
}

/// Notes for each two rows of the same key what they share; an empty key is nobody's.
fn share(
    rows: &[&Row],
    found: &mut BTreeMap<(usize, usize), Vec<Shared>>,
    key: impl Fn(&Row) -> String,
    why: impl Fn(&Row) -> Shared,
) {
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let key = key(row);
        if !key.is_empty() {
            same.entry(key).or_default().push(at);
        }
    }
    for places in same.values() {
        for (n, first) in places.iter().enumerate() {
            for second in places.iter().skip(n + 1) {
                let Some(row) = rows.get(*first) else { continue };
                found.entry((*first, *second)).or_default().push(why(row));
            }
        }
    }
}

/// The words of a name that tell it apart.
fn name_key(name: &str) -> String {
    // "G.m.b.H." and "S. A." are written with points; what they join is one word.
    let plain: String = fold(name).replace('.', "").replace('&', " and ").replace(" und ", " and ");
    let words: Vec<&str> =
        plain.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let telling = words.iter().rposition(|word| !FORMS.contains(word) && *word != "and");
    let kept = telling.map_or(words.len(), |last| last + 1);
    words.get(..kept).unwrap_or_default().join(" ")
}

/// The domain of a web address, without `www`.
fn domain(address: &str) -> String {
    let folded = address.trim().to_lowercase();
    let behind = folded.split_once("://").map_or(folded.as_str(), |(_, rest)| rest);
    let host = behind.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// The last digits of a number; none of one that is too short to tell.
fn phone_key(number: &str) -> String {
    let digits: String = dialled(number).chars().filter(char::is_ascii_digit).collect();
    match digits.len().checked_sub(TELLING) {
        Some(from) => digits.get(from..).unwrap_or_default().to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(n: u8, name: &str, website: &str, phone: &str) -> Row {
        let mut row = Row::empty(Client::KIND, RecordId::from_bytes([n; 16]));
        row.created.at.ms = i64::from(n);
        for (field, text) in [("name", name), ("website", website), ("phone", phone)] {
            if !text.is_empty() {
                let index = Client::KIND.index(field).unwrap();
                row.values[index] = crate::value::Value::Text(text.into());
            }
        }
        row
    }

    /// Covers: S2.17
    #[test]
    fn who_may_be_one() {
        let check = |a: (&str, &str, &str), b: (&str, &str, &str), expected: &[Shared]| {
            let rows = [client(2, b.0, b.1, b.2), client(1, a.0, a.1, a.2)];
            let pairs = possible(&rows);
            let why: Vec<_> = pairs.iter().flat_map(|pair| pair.why.clone()).collect();
            assert_eq!(why, expected, "{a:?} {b:?}");
            assert!(pairs.iter().all(|pair| pair.first == rows[1].id));
        };
        let site = |text: &str| Shared::Site(text.into());
        let phone = |text: &str| Shared::Phone(text.into());
        check(("Harbour Foods", "", ""), ("HARBOUR  FOODS Ltd.", "", ""), &[Shared::Name]);
        check(("Müller & Söhne GmbH", "", ""), ("Muller und Söhne", "", ""), &[Shared::Name]);
        check(("Alder G.m.b.H. & Co. KG", "", ""), ("Alder", "", ""), &[Shared::Name]);
        check(("Harbour Foods", "", ""), ("Harbour Fish", "", ""), &[]);
        check(("Ltd", "", ""), ("GmbH", "", ""), &[]);
        check(
            ("Merrow", "https://www.merrow.example/en", ""),
            ("Merrow Water Board", "merrow.example", ""),
            &[site("merrow.example")],
        );
        check(("A", "a.example", ""), ("B", "b.example", ""), &[]);
        check(("A", "", "+49 40 1234 567"), ("B", "", "040/1234567"), &[phone("+49 40 1234 567")]);
        check(("A", "", "112"), ("B", "", "112"), &[]);
        check(
            ("Merrow", "merrow.example", "040 1234567"),
            ("Merrow Ltd", "merrow.example", "040 1234567"),
            &[Shared::Name, site("merrow.example"), phone("040 1234567")],
        );
    }

    #[test]
    fn the_surest_first() {
        let rows = [
            client(1, "North", "", ""),
            client(2, "North", "", ""),
            client(3, "South", "south.example", ""),
            client(4, "South", "south.example", ""),
            client(5, "North", "", ""),
        ];
        let pairs: Vec<_> = possible(&rows)
            .iter()
            .map(|pair| (pair.first.bytes()[0], pair.second.bytes()[0]))
            .collect();
        assert_eq!(pairs, [(3, 4), (1, 2), (1, 5), (2, 5)]);
    }

    /// Covers: S2.17
    #[test]
    fn not_proposed_again() {
        let rows =
            [client(1, "North", "", ""), client(2, "North", "", ""), client(3, "North", "", "")];
        let said = |at: usize, of: u8| {
            let mut rows = rows.clone();
            let index = Client::KIND.index(Client::KEYS.not_same_as.key()).unwrap();
            let other = Value::Link(RecordId::from_bytes([of; 16]));
            rows[at].values[index] = Value::Many(vec![other]);
            let pairs: Vec<_> = possible(&rows)
                .iter()
                .map(|pair| (pair.first.bytes()[0], pair.second.bytes()[0]))
                .collect();
            pairs
        };
        // Whichever of the two it stands at; of a third it says nothing.
        assert_eq!(said(0, 2), [(1, 3), (2, 3)]);
        assert_eq!(said(1, 1), [(1, 3), (2, 3)]);
        assert_eq!(said(0, 9), [(1, 2), (1, 3), (2, 3)]);

        let pair = possible(&rows).remove(0);
        let Op::Include { key, field, item } = pair.not_the_same() else { panic!("an addition") };
        assert_eq!((key.id, field, item.as_link()), (pair.first, "not_same_as", Some(pair.second)));
    }
}
