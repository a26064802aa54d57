//! vCards out and in again: the same fields.

use std::collections::BTreeSet;

use handbook::export::cards;
use handbook::import::{KnownDocument, plan_cards};
use handbook::records::{Channel, Client, Consent, Contact, ContactRole, Stance};
use handbook::typed::{Email, FactBody, Facts, Id, Note, Phone, Record, Scale};
use handbook::value::{Fact, Moment};
use handbook::{Op, RecordId, Row, Value};
use proptest::prelude::*;

use crate::space::{self, MERROW, fates, made, read, row, setting};

fn client() -> KnownDocument {
    let client = row(Client { name: "Merrow Water Board".into(), ..Client::default() }, MERROW);
    KnownDocument { client, contacts: Vec::new() }
}

fn back(file: &str) -> Row {
    let plan = plan_cards(file, client(), 0, &mut space::rng());
    assert_eq!(plan.rows.len(), 1, "{file}");
    made(&plan.writes[0].1[0])
}

/// Sets have no order, and a plain *no* is what an absent flag reads as.
fn comparable(row: &Row) -> Vec<(&'static str, String)> {
    let filled = row.kind.fields.iter().zip(&row.values).filter(|(_, value)| !value.is_empty());
    filled
        .map(|(field, value)| match value {
            Value::Many(members) => {
                let members: BTreeSet<String> =
                    members.iter().map(|it| format!("{it:?}")).collect();
                (field.key, format!("{members:?}"))
            }
            value => (field.key, format!("{value:?}")),
        })
        .collect()
}

/// Covers: S1.9
#[test]
fn every_field_comes_back() {
    let contact = Contact {
        given_name: "Zoë Anna".into(),
        family_name: "van der Müller; née \\ Ray, jr".into(),
        salutation: "Frau Dr.".into(),
        pronunciation: "zo-ee".into(),
        job_title: "Head, works".into(),
        department: "Pumps; and valves".into(),
        since: "2019-05-06".parse().ok(),
        emails: [Email::from("zoe@merrow.example"), Email::from("z@home.example")].into(),
        phones: [Phone::from("+44 20 1"), Phone::from("030/222")].into(),
        address: Note::from("1 Quay\nMerrow, UK"),
        preferred_channel: Some(Channel::Call),
        language: "Deutsch".into(),
        time_zone: "Europe/Lisbon".into(),
        birthday: "1980-02-29".parse().ok(),
        influence: Scale::new(4),
        interest: Scale::new(2),
        stance: Some(Stance::Neutral),
        stance_wanted: Some(Stance::Leading),
        roles: [ContactRole::Sponsor, ContactRole::User].into(),
        do_not_contact: true,
        consents: Facts::default(),
        left_on: "2026-01-02".parse().ok(),
        same_person_at: Some(Id::new(RecordId::from_bytes([8; 16]))),
        same_person: Some(Id::new(RecordId::from_bytes([9; 16]))),
        site: Some(Id::new(RecordId::from_bytes([10; 16]))),
        tags: ["key; person".to_owned(), "pilot, maybe".to_owned()].into(),
        notes: Note::from("First line; with \"signs\"\n\nlast line 🙂".repeat(9).as_str()),
    };
    let mut row = row(contact, RecordId::from_bytes([7; 16]));
    let consent = Consent { scope: "photo".into(), given: true, evidence: Note::from("by mail") };
    let fact = Fact {
        by: [5; 16],
        at: Moment { ms: 1_700_000_000_000, offset_min: -210 },
        ..consent.into_fact(RecordId::from_bytes([6; 16]))
    };
    row.values[Contact::KIND.index("consents").unwrap()] = Value::Facts(vec![fact]);
    assert!(row.values.iter().all(|value| !value.is_empty()), "a new field needs a value here");
    row.values[Contact::KIND.index("stance").unwrap()] = Value::Foreign("enchanted".into());

    let file = cards([("Merrow Water Board", &row)]);
    assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
    assert_eq!(comparable(&back(&file)), comparable(&row));
    let other = calcard::vcard::VCard::parse(&file).unwrap();
    assert_eq!(other.uid(), Some("urn:uuid:07070707-0707-0707-0707-070707070707"));
    assert_eq!(other.version(), Some(calcard::vcard::VCardVersion::V4_0));
}

#[test]
fn our_own_card_finds_its_record() {
    let zoe = &space::space()[1].1[1].clone();
    let renamed = cards([("", zoe)]).replace("Müller", "Ray").replace("zoe@", "ray@");
    let chosen = handbook::import::Setting { client: Some(MERROW), ..setting() };
    let plan = read("zoe.vcf", renamed.as_bytes(), &chosen).unwrap();
    assert_eq!(
        fates(&plan),
        [
            "1 Zoë Ray, Merrow Water Board: +1 (“Zoë Müller” is here: the file says that they are one.)"
        ]
    );
    assert!(matches!(plan.writes[0].1.as_slice(), [Op::Include { field: "emails", .. }]));
}

#[test]
fn cards_in_dry_run() {
    let card = |lines: &str| format!("BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n");
    let file = [
        card("UID:a\nFN:Bo Li\nORG:Tessel Foods\nEMAIL:bo@tessel.example"),
        card("UID:a\nFN:Robert Li\nORG:Tessel Foods\nTEL:12345"),
        card("FN:Bo Li\nORG:Tessel Foods\nTEL:555;x=1\nEMAIL:bo@tessel.example"),
        card("NOTE:nobody"),
        card("FN:No Firm"),
    ]
    .concat();
    let plan = read("cards.vcf", file.as_bytes(), &setting()).unwrap();
    assert_eq!(
        fates(&plan),
        [
            "1 Bo Li, Tessel Foods: new",
            "2 Robert Li, Tessel Foods: +1 (“Bo Li” stands on line 1 already: the file says that they are one.)",
            "3 Bo Li, Tessel Foods: +1 (“Bo Li” stands on line 1 already: the file says that they are one.)",
            "4 vCard 4: bad: This card has no name, no organisation and no e-mail address, so nobody could find it again.",
            "5 No Firm: bad: This card names no organisation. Choose the client to whom its people belong.",
        ]
    );
    let bad = plan.bad_file.unwrap();
    assert_eq!(bad.matches("X-RAPPORT-REASON:").count(), 2, "{bad}");
    assert_eq!(read("bad.vcf", bad.as_bytes(), &setting()).unwrap().rows.len(), 2);
}

proptest! {
    #[test]
    fn any_words_come_back(
        family in "[^\\s,\\p{C}][^\\p{C}]{0,90}",
        note in "[^\\p{C}]{0,300}(\n[^\\p{C}]{0,80}){0,3}",
        site in "[^\\p{C}]{0,40}",
    ) {
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let contact = Contact {
            given_name: line(&site),
            family_name: line(&family),
            notes: Note::from(note.trim()),
            language: line(&site),
            ..Contact::default()
        };
        prop_assume!(!contact.family_name.is_empty());
        let row = row(contact, RecordId::from_bytes([7; 16]));
        prop_assert_eq!(comparable(&back(&cards([("M", &row)]))), comparable(&row));
    }
}
