//! The dry run of vCards: people, of the chosen client or of the organisation that their card names.

use std::collections::BTreeMap;

use rand_core::CryptoRng;

use super::{
    card::{self, Card, OWN},
    drafts::{Drafts, Values},
    json::value_of_own,
    plan::{Known, KnownDocument, Plan, Planner, Said, split_name},
    setting::Setting,
};
use crate::{
    export::content_line,
    ids::RecordId,
    kind::FieldType,
    records::{Client, Contact},
    search::fold,
    text,
    typed::Record,
    value::Value,
    words::Sentence,
};

/// Plans the import of vCards into the people of `client`, in English. `now` is in milliseconds since 1970. Lines count the
/// file's cards.
pub fn plan_cards(text: &str, client: KnownDocument, now: u64, rng: &mut impl CryptoRng) -> Plan {
    let setting = Setting { client: Some(client.client.id), ..Setting::new(now) };
    plan_people(text, &Known { documents: vec![client] }, &setting, rng)
}

/// Plans the import of vCards. With a client chosen all belong to it; else each to the organisation that it names.
pub(super) fn plan_people(
    text: &str,
    known: &Known,
    setting: &Setting,
    rng: &mut impl CryptoRng,
) -> Plan {
    let mut planner = Planner { setting: *setting, drafts: Drafts::from_known(known), rng };
    let mut taken = Taken::default();
    let mut rows = Vec::new();
    let mut bad = String::new();
    for row in card::read(text) {
        let line = row.number as u64;
        let placed =
            row.card.map_err(|problem| (nameless(line), problem.sentence())).and_then(|card| {
                let title = card.name.clone();
                let claimed = taken.again(&card).or_else(|| own_id(&card));
                let said = said(&card, claimed, setting);
                let placed = said.and_then(|said| planner.place(line, said));
                let (planned, person) = placed.map_err(|reason| (title, reason))?;
                taken.push(card, person);
                Ok(planned)
            });
        rows.push(placed.unwrap_or_else(|(title, reason)| {
            bad.push_str(&with_reason(&row.source, reason.get(setting.language)));
            planner.bad(line, title, &reason)
        }));
    }
    let bad_file = (!bad.is_empty()).then_some(bad);
    Plan {
        columns: Vec::new(),
        rows,
        writes: planner.drafts.into_writes(),
        bad_file,
        bad_ending: "vcf",
    }
}

/// Cards of the file that were placed, found again by identity and by name.
#[derive(Default)]
struct Taken {
    cards: Vec<(Card, Option<RecordId>)>,
    by_word: BTreeMap<String, Vec<usize>>,
}

impl Taken {
    /// The record of an earlier card of the same person.
    fn again(&self, card: &Card) -> Option<RecordId> {
        let places = words(card).filter_map(|word| self.by_word.get(&word)).flatten();
        let cards = places.filter_map(|place| self.cards.get(*place));
        cards.into_iter().find(|(known, _)| known.same_person(card)).and_then(|(_, id)| *id)
    }

    fn push(&mut self, card: Card, id: Option<RecordId>) {
        for word in words(&card) {
            self.by_word.entry(word).or_default().push(self.cards.len());
        }
        self.cards.push((card, id));
    }
}

/// What two cards of one person share at least one of.
fn words(card: &Card) -> impl Iterator<Item = String> {
    let uid = card.uid.as_ref().map(|uid| format!("uid {uid}"));
    uid.into_iter().chain([format!("name {}", fold(&card.name))])
}

fn nameless(line: u64) -> String {
    format!("vCard {line}")
}

/// The record's own id on a card that we wrote.
fn own_id(card: &Card) -> Option<RecordId> {
    card.uid.as_deref()?.strip_prefix("urn:uuid:")?.parse().ok()
}

/// A card as it stands in the file, with the reason in a property of our own, which an import passes over.
fn with_reason(source: &str, reason: &str) -> String {
    if source.is_empty() {
        return String::new();
    }
    let reason = content_line::property(&format!("{OWN}REASON"), &content_line::escaped(reason));
    let (before, after) = match source.rfind("END:VCARD") {
        Some(at) => source.split_at(at),
        None => (source, ""),
    };
    format!("{before}{reason}{after}")
}

fn said(card: &Card, claimed: Option<RecordId>, setting: &Setting) -> Result<Said, Sentence> {
    let mut said = Said { claimed, ..Said::default() };
    if setting.client.is_none() {
        let Some(organisation) = &card.organisation else {
            return Err(Sentence::new(
                "This card names no organisation. Choose the client to whom its people belong.",
                "Diese Karte nennt keine Organisation. Bitte den Kunden wählen, zu dem die Personen gehören.",
            ));
        };
        let name =
            Client::KIND.field("name").map(|field| (field, Value::Text(one_line(organisation))));
        said.client.extend(name);
    }
    said.contact = values(card);
    Ok(said)
}

fn values(card: &Card) -> Values {
    let name = card.named.clone().unwrap_or_else(|| {
        let (given, family) = split_name(&card.name);
        card::NameParts { given, family, prefix: String::new() }
    });
    let line = |text: &str| Value::Text(one_line(text));
    let maybe = |text: &Option<String>| text.as_deref().map_or(Value::Empty, line);
    let note = |text: &Option<String>| text.clone().map_or(Value::Empty, Value::Text);
    let many = |texts: &[String]| Value::Many(texts.iter().map(|text| line(text)).collect());
    let standard = [
        ("given_name", line(&name.given)),
        ("family_name", line(&name.family)),
        ("salutation", line(&name.prefix)),
        ("job_title", maybe(&card.job_title)),
        ("department", maybe(&card.department)),
        ("emails", many(&card.emails)),
        ("phones", many(&card.phones)),
        ("address", note(&card.address)),
        ("language", maybe(&card.language)),
        ("time_zone", maybe(&card.time_zone)),
        ("birthday", card.birthday.map_or(Value::Empty, Value::Date)),
        ("notes", note(&card.note)),
    ];
    let mut values = Values::new();
    for (key, value) in standard {
        if let Some(field) = Contact::KIND.field(key).filter(|_| !value.is_empty()) {
            values.push((field, value));
        }
    }
    for (key, text) in &card.own {
        let Some(field) = Contact::KIND.field(key) else { continue };
        let value = match &field.ty {
            FieldType::Facts(_) => value_of_own(&field.ty, text),
            FieldType::Many(member) => {
                own_value(member, text).map(|value| Value::Many(vec![value]))
            }
            ty => own_value(ty, text),
        };
        if let Some(value) = value {
            super::plan::add(&mut values, field, value);
        }
    }
    values
}

/// A choice that a newer version wrote stays what it is.
fn own_value(ty: &FieldType, text: &str) -> Option<Value> {
    let newer = || matches!(ty, FieldType::Choice(_)).then(|| Value::Foreign(text.to_owned()));
    text::parse(ty, text).ok().or_else(newer)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
