//! vCards (RFC 6350, and the older 2.1 and 3.0) read into what a contact needs.
//!
//! A card without a name is given one from its parts, its organisation or its address, in this order; a card that has none
//! of them is a bad row with its reason, never a nameless contact.

use ical::{
    LineReader,
    property::{Property, PropertyParser},
};

use crate::{search::fold, words::Sentence};

/// The largest vCard file taken in, in bytes: ten thousand people with portraits.
pub const MAX_CARD_FILE_BYTES: usize = 64 << 20;

/// One person as a card tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The card's own identity, if it has one.
    pub uid: Option<String>,
    /// Never empty.
    pub name: String,
    /// The organisation, without its units.
    pub organisation: Option<String>,
    /// A unit of the organisation.
    pub department: Option<String>,
    /// The job title, or else the role.
    pub job_title: Option<String>,
    /// E-mail addresses in the card's order.
    pub emails: Vec<String>,
    /// Telephone numbers in the card's order; fax and pager numbers are left out.
    pub phones: Vec<String>,
    /// One line.
    pub address: Option<String>,
    /// The language that the person prefers, as the card gives it.
    pub language: Option<String>,
    /// Free text.
    pub note: Option<String>,
}

/// A card, or the reason why it cannot become a contact; `number` counts the file's cards from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// Position in the file, from 1.
    pub number: usize,
    /// The card, or why not.
    pub card: Result<Card, CardProblem>,
}

/// Why a card was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardProblem {
    /// Neither name nor organisation nor address.
    #[error(
        "This card has no name, no organisation and no e-mail address, so nobody could find it again."
    )]
    Nameless,
    /// The card's end is missing: the file may have been cut.
    #[error("This card has no end; the file seems to be cut off here.")]
    CutOff,
    /// Not a vCard.
    #[error("This is not a vCard: “{0}”.")]
    Unreadable(String),
}

impl CardProblem {
    /// What a person reads.
    pub fn sentence(&self) -> Sentence {
        let de = match self {
            Self::Nameless => {
                "Diese Karte hat weder Namen noch Firma noch E-Mail-Adresse; niemand fände sie wieder."
                    .to_owned()
            }
            Self::CutOff => {
                "Diese Karte hat kein Ende; die Datei scheint hier abgeschnitten zu sein.".to_owned()
            }
            Self::Unreadable(line) => format!("Das ist keine vCard: „{line}“."),
        };
        Sentence::new(self.to_string(), de)
    }
}

/// Reads every card of a file. A line that cannot be read is left out of its card; what stands outside of any card is a bad row.
pub fn read(text: &str) -> Vec<CardRow> {
    let mut cards = Vec::new();
    let mut open: Option<Vec<Property>> = None;
    for line in PropertyParser::new(LineReader::new(text.trim_start_matches('\u{feff}').as_bytes()))
    {
        let Ok(property) = line else {
            if open.is_none() && cards.is_empty() {
                cards.push(Err(CardProblem::Unreadable(first_line(text))));
            }
            continue;
        };
        let is_card = property
            .value
            .as_deref()
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("VCARD"));
        match (property.name.as_str(), open.as_mut()) {
            ("BEGIN", unfinished) if is_card => {
                if unfinished.is_some() {
                    cards.push(Err(CardProblem::CutOff));
                }
                open = Some(Vec::new());
            }
            ("END", Some(properties)) if is_card => {
                cards.push(Card::from_properties(properties).ok_or(CardProblem::Nameless));
                open = None;
            }
            (_, Some(properties)) => properties.push(property),
            (_, None) if cards.is_empty() => {
                cards.push(Err(CardProblem::Unreadable(first_line(text))));
            }
            (_, None) => {}
        }
    }
    if open.is_some() {
        cards.push(Err(CardProblem::CutOff));
    }
    cards.into_iter().enumerate().map(|(index, card)| CardRow { number: index + 1, card }).collect()
}

fn first_line(text: &str) -> String {
    text.trim().lines().next().unwrap_or_default().chars().take(60).collect()
}

impl Card {
    fn from_properties(properties: &[Property]) -> Option<Self> {
        let named = |wanted: &'static str| {
            properties.iter().filter(move |property| plain_name(property) == wanted)
        };
        let first = |wanted| named(wanted).find_map(text);
        let mut units = named("ORG").flat_map(parts).filter(filled);
        let (organisation, department) = (units.next(), units.next());
        let emails = distinct(named("EMAIL"));
        let phones = distinct(named("TEL").filter(|property| !is_machine(property)));
        let name = first("FN")
            .or_else(|| named("N").find_map(name_from_parts))
            .or_else(|| organisation.clone())
            .or_else(|| emails.first().cloned())?;
        Some(Self {
            uid: first("UID"),
            name,
            organisation,
            department,
            job_title: first("TITLE").or_else(|| first("ROLE")),
            emails,
            phones,
            address: named("ADR").map(|property| join(&parts(property), ", ")).find(filled),
            language: first("LANG"),
            note: first("NOTE"),
        })
    }

    /// Whether two cards mean one person: the same UID, or else the same name with a shared address or number, or else
    /// the same name and organisation with no address on either.
    pub fn same_person(&self, other: &Self) -> bool {
        if let (Some(own), Some(their)) = (&self.uid, &other.uid)
            && own == their
        {
            return true;
        }
        if fold(&self.name) != fold(&other.name) {
            return false;
        }
        let shares = |own: &[String], their: &[String], same: fn(&str) -> String| {
            own.iter().any(|mine| their.iter().any(|theirs| same(mine) == same(theirs)))
        };
        shares(&self.emails, &other.emails, fold)
            || shares(&self.phones, &other.phones, dialled)
            || (self.reachable_by_nothing()
                && other.reachable_by_nothing()
                && self.organisation == other.organisation)
    }

    fn reachable_by_nothing(&self) -> bool {
        self.emails.is_empty() && self.phones.is_empty()
    }
}

/// A number as it is dialled: digits only, an international prefix as `+`.
pub fn dialled(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if number.trim_start().starts_with('+') {
        return format!("+{digits}");
    }
    digits.strip_prefix("00").map(|rest| format!("+{rest}")).unwrap_or(digits)
}

/// The name without the group before it, as in `item1.EMAIL`.
fn plain_name(property: &Property) -> &str {
    property.name.rsplit('.').next().unwrap_or(&property.name)
}

fn distinct<'p>(properties: impl Iterator<Item = &'p Property>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in properties.filter_map(text) {
        let value = value.trim_start_matches("tel:").trim_start_matches("mailto:").to_owned();
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// A number nobody answers.
fn is_machine(property: &Property) -> bool {
    says(property, &["FAX", "PAGER", "MODEM"])
}

fn says(property: &Property, wanted: &[&str]) -> bool {
    let values = property.params.iter().flatten().flat_map(|(_, values)| values);
    values
        .flat_map(|value| value.split(','))
        .any(|value| wanted.iter().any(|it| value.eq_ignore_ascii_case(it)))
}

/// The whole value, its escapes undone.
fn text(property: &Property) -> Option<String> {
    Some(unescaped(&raw(property)).trim().to_owned()).filter(filled)
}

/// The components of a structured value, parted at semicolons that are not escaped.
fn parts(property: &Property) -> Vec<String> {
    let value = raw(property);
    let mut parts = vec![String::new()];
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        if sign == ';' {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(sign);
            part.extend((sign == '\\').then(|| signs.next()).flatten());
        }
    }
    parts.iter().map(|part| unescaped(part).trim().to_owned()).collect()
}

fn raw(property: &Property) -> String {
    let value = property.value.clone().unwrap_or_default();
    if says(property, &["QUOTED-PRINTABLE"]) { from_quoted_printable(&value) } else { value }
}

fn unescaped(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            plain.push(sign);
            continue;
        }
        match signs.next() {
            Some('n' | 'N') => plain.push('\n'),
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}

/// What vCard 2.1 wrote for letters beyond ASCII (RFC 2045, section 6.7).
fn from_quoted_printable(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'=') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `N` is family, given, additional, prefixes, suffixes.
fn name_from_parts(property: &Property) -> Option<String> {
    let parts = parts(property);
    let at = |index: usize| parts.get(index).cloned().unwrap_or_default();
    Some(join(&[at(3), at(1), at(2), at(0), at(4)], " ")).filter(filled)
}

fn join(parts: &[String], between: &str) -> String {
    let parts: Vec<&str> =
        parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

#[expect(clippy::ptr_arg, reason = "what Option::filter hands over")]
fn filled(text: &String) -> bool {
    !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Result<Card, CardProblem> {
        let mut rows = read(text);
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0).card
    }

    #[test]
    fn a_card_with_everything() {
        let card = only(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nFN:Zoë Müller\r\nORG:Merrow Water Board;Works\r\n\
             TITLE:Head of works\r\nEMAIL:zoe@merrow.example\r\nEMAIL;TYPE=home:zoe@home.example\r\n\
             TEL;VALUE=uri:tel:+44-20-1\r\nTEL;TYPE=fax:+44 20 2\r\nADR:;;1 Quay;Merrow;;M1 1AA;UK\r\n\
             NOTE:Call after ten\r\nEND:VCARD\r\n",
        )
        .unwrap();
        assert_eq!(card.name, "Zoë Müller");
        assert_eq!(card.organisation.as_deref(), Some("Merrow Water Board"));
        assert_eq!(card.department.as_deref(), Some("Works"));
        assert_eq!(card.emails, ["zoe@merrow.example", "zoe@home.example"]);
        assert_eq!(card.phones, ["+44-20-1"]);
        assert_eq!(card.address.as_deref(), Some("1 Quay, Merrow, M1 1AA, UK"));
    }

    #[test]
    fn a_name_is_made_where_none_is_given() {
        let check = |lines: &str, expected: Result<&str, CardProblem>| {
            let card = only(&format!("BEGIN:VCARD\nVERSION:3.0\n{lines}END:VCARD\n"));
            assert_eq!(card.map(|card| card.name), expected.map(str::to_owned), "{lines}");
        };
        check("N:Voss;Katharina;;Dr.;\n", Ok("Dr. Katharina Voss"));
        check("ORG:Northmere Rail\n", Ok("Northmere Rail"));
        check("EMAIL:desk@northmere.example\n", Ok("desk@northmere.example"));
        check("NOTE:nobody\n", Err(CardProblem::Nameless));
        check(
            "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB M=C3=BCller\n",
            Ok("Zoë Müller"),
        );
        check("FN:Tarn\\, Alder & Sons\n", Ok("Tarn, Alder & Sons"));
        check("N:Stevenson\\;Smith;John;;;\n", Ok("John Stevenson;Smith"));
        check("item1.FN:Grouped\n", Ok("Grouped"));
    }

    #[test]
    fn files_that_are_not_what_they_claim() {
        assert_eq!(read(""), []);
        assert!(read("%PDF-1.7 nonsense").iter().all(|row| row.card.is_err()));
        let rows = read("BEGIN:VCARD\nVERSION:4.0\nFN:Cut");
        assert!(rows.iter().all(|row| row.card.is_err()), "{rows:?}");
    }

    #[test]
    fn one_person_twice() {
        let card = |name: &str, email: &str, phone: &str| Card {
            name: name.into(),
            emails: (!email.is_empty()).then(|| email.to_owned()).into_iter().collect(),
            phones: (!phone.is_empty()).then(|| phone.to_owned()).into_iter().collect(),
            ..Card::default()
        };
        assert!(card("Zoe Muller", "Z@m.example", "").same_person(&card(
            "Zoë Müller",
            "z@m.example",
            ""
        )));
        assert!(card("A B", "", "+44 20 1").same_person(&card("A B", "", "0044201")));
        assert!(card("A B", "", "").same_person(&card("a b", "", "")));
        assert!(!card("A B", "x@m.example", "").same_person(&card("A B", "y@m.example", "")));
        assert!(!card("A B", "x@m.example", "").same_person(&card("C D", "x@m.example", "")));
    }
}
