//! vCards (RFC 6350, and the older 2.1 and 3.0) read into what a contact needs.
//!
//! A card without a name is given one from its parts, its organisation or its address, in this order; a card that has none
//! of them is a bad row with its reason, never a nameless contact.

use chrono::NaiveDate;

use super::content_line::{self, Property, parts, raw, says, text};
use crate::{search::fold, words::Sentence};

/// The largest vCard file taken in, in bytes: ten thousand people with portraits.
pub const MAX_CARD_FILE_BYTES: usize = 64 << 20;
/// Cards beyond so many are not read.
pub const MAX_CARDS: usize = 50_000;
/// What our own properties begin with, followed by the field's key.
pub const OWN: &str = "X-RAPPORT-";

/// One person as a card tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The card's own identity, if it has one.
    pub uid: Option<String>,
    /// Never empty.
    pub name: String,
    /// Given and family name and what goes before them, where the card tells them apart.
    pub named: Option<NameParts>,
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
    /// Their time zone as the card gives it.
    pub time_zone: Option<String>,
    /// The day of birth, if the card has its year.
    pub birthday: Option<NaiveDate>,
    /// Free text.
    pub note: Option<String>,
    /// Our own properties: the field's key and its text, one for each member of a set.
    pub own: Vec<(String, String)>,
    /// The card as it stands in the file, to hand it back.
    pub source: String,
}

/// A name in its parts; the family name is never empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameParts {
    /// Given and additional names.
    pub given: String,
    /// The family name, with what follows it.
    pub family: String,
    /// "Dr.", "Frau".
    pub prefix: String,
}

/// A card, or the reason why it cannot become a contact; `number` counts the file's cards from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRow {
    /// Position in the file, from 1.
    pub number: usize,
    /// The card, or why not.
    pub card: Result<Card, CardProblem>,
    /// What stands in the file.
    pub source: String,
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
    /// For people, in both languages.
    pub fn sentence(&self) -> Sentence {
        let de = match self {
            Self::Nameless => {
                "Diese Karte hat weder Namen noch Organisation noch E-Mail-Adresse; niemand fände sie wieder.".to_owned()
            }
            Self::CutOff => {
                "Diese Karte hat kein Ende; die Datei scheint hier abgeschnitten zu sein.".to_owned()
            }
            Self::Unreadable(line) => format!("Das ist keine vCard: „{line}“."),
        };
        Sentence::new(self.to_string(), de)
    }
}

/// Reads every card of a file. A line that cannot be read is left out of its card; a file without any card is one bad row.
pub fn read(text: &str) -> Vec<CardRow> {
    let mut reader = Reader::default();
    for line in content_line::lines(text.trim_start_matches('\u{feff}')) {
        if reader.cards.len() >= MAX_CARDS {
            break;
        }
        reader.take(&line);
    }
    if reader.open.is_some() {
        reader.close(Err(CardProblem::CutOff));
    }
    if reader.cards.is_empty() && !text.trim().is_empty() {
        reader.close(Err(CardProblem::Unreadable(first_line(text))));
    }
    reader.cards
}

#[derive(Default)]
struct Reader {
    cards: Vec<CardRow>,
    open: Option<Vec<Property>>,
    source: String,
    /// Cards inside of the open one: an assistant's (vCard 3.0, AGENT).
    inside: usize,
}

impl Reader {
    fn take(&mut self, line: &str) {
        let property = content_line::property(line);
        let is_card = |name: &str| {
            property.as_ref().is_some_and(|property| {
                property.name == name && raw(property).trim().eq_ignore_ascii_case("VCARD")
            })
        };
        let begins = is_card("BEGIN");
        if begins && self.open.is_some() && !self.after_agent() && self.inside == 0 {
            self.close(Err(CardProblem::CutOff));
        }
        if self.open.is_some() || begins {
            self.source.push_str(line);
            self.source.push_str("\r\n");
        }
        match (self.open.as_mut(), property) {
            (Some(_), _) if begins => self.inside += 1,
            (None, _) if begins => self.open = Some(Vec::new()),
            (Some(_), Some(_)) if is_card_end(line) && self.inside > 0 => self.inside -= 1,
            (Some(properties), Some(_)) if is_card_end(line) => {
                let card = Card::from_properties(properties).ok_or(CardProblem::Nameless);
                self.close(card);
            }
            (Some(properties), Some(property)) if self.inside == 0 => properties.push(property),
            _ => {}
        }
    }

    fn after_agent(&self) -> bool {
        let last = self.open.as_ref().and_then(|properties| properties.last());
        last.is_some_and(|property| plain_name(property) == "AGENT" && raw(property).is_empty())
    }

    fn close(&mut self, card: Result<Card, CardProblem>) {
        let source = std::mem::take(&mut self.source);
        let card = card.map(|card| Card { source: source.clone(), ..card });
        self.cards.push(CardRow { number: self.cards.len() + 1, card, source });
        self.open = None;
        self.inside = 0;
    }
}

fn is_card_end(line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else { return false };
    name.trim().eq_ignore_ascii_case("END") && value.trim().eq_ignore_ascii_case("VCARD")
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
        let organisation = named("ORG").flat_map(parts).find(filled);
        let department = named("ORG").find_map(|property| {
            let units: Vec<String> = parts(property).into_iter().skip(1).filter(filled).collect();
            (!units.is_empty()).then(|| units.join(", "))
        });
        let emails = distinct(named("EMAIL"));
        let phones = distinct(named("TEL").filter(|property| !is_machine(property)));
        let name = first("FN")
            .or_else(|| named("N").find_map(name_from_parts))
            .or_else(|| organisation.clone())
            .or_else(|| emails.first().cloned())?;
        let own = properties.iter().filter_map(|property| {
            let key = plain_name(property).strip_prefix(OWN)?;
            Some((key.to_ascii_lowercase().replace('-', "_"), text(property)?))
        });
        Some(Self {
            uid: first("UID"),
            name,
            named: named("N").find_map(name_parts),
            organisation,
            department,
            job_title: first("TITLE").or_else(|| first("ROLE")),
            emails,
            phones,
            address: named("ADR").map(|property| join(&parts(property), ", ")).find(filled),
            language: first("LANG"),
            time_zone: first("TZ"),
            birthday: first("BDAY").and_then(|day| whole_day(&day)),
            note: first("NOTE"),
            own: own.collect(),
            source: String::new(),
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

/// `N` is family, given, additional, prefixes, suffixes.
fn name_from_parts(property: &Property) -> Option<String> {
    let parts = parts(property);
    let at = |index: usize| parts.get(index).cloned().unwrap_or_default();
    Some(join(&[at(3), at(1), at(2), at(0), at(4)], " ")).filter(filled)
}

fn name_parts(property: &Property) -> Option<NameParts> {
    let parts = parts(property);
    let at = |index: usize| parts.get(index).cloned().unwrap_or_default();
    let family = join(&[at(0), at(4)], " ");
    let parts = NameParts { given: join(&[at(1), at(2)], " "), family, prefix: at(3) };
    Some(parts).filter(|name| filled(&name.family))
}

/// A date with its year, as `1980-05-12` or `19800512`, also as the day of a moment.
fn whole_day(text: &str) -> Option<NaiveDate> {
    let day = text.split('T').next().unwrap_or_default();
    ["%Y-%m-%d", "%Y%m%d"].iter().find_map(|form| NaiveDate::parse_from_str(day, form).ok())
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
        check("FN;QUOTED-PRINTABLE:Zo=C3=\n=AB\n", Ok("Zoë"));
    }

    #[test]
    fn files_that_are_not_what_they_claim() {
        assert_eq!(read(""), []);
        assert!(read("%PDF-1.7 nonsense").iter().all(|row| row.card.is_err()));
        let rows = read("BEGIN:VCARD\nVERSION:4.0\nFN:Cut");
        assert!(rows.iter().all(|row| row.card.is_err()), "{rows:?}");
    }

    #[test]
    fn an_assistants_card_stays_inside() {
        let rows = read(
            "BEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Help\nEND:VCARD\nTEL:12345\nEND:VCARD\n",
        );
        let cards: Vec<_> = rows.into_iter().map(|row| row.card.unwrap()).collect();
        assert_eq!(cards.len(), 1, "{cards:?}");
        assert_eq!((cards[0].name.as_str(), cards[0].phones.len()), ("Boss", 1));
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
