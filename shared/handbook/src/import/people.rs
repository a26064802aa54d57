//! The dry run of vCards: people of one client.

use rand_core::CryptoRng;

use super::{
    card::{self, Card},
    plan::{Drafts, Fate, Known, KnownDocument, Plan, PlannedRow, split_name},
};
use crate::{ids::RecordId, kind::Field, records::Contact, typed::Record, value::Value};

/// Plans the import of vCards into the people of `client`. `now` is in milliseconds since 1970. Lines count the file's cards.
pub fn plan_cards(text: &str, client: KnownDocument, now: u64, rng: &mut impl CryptoRng) -> Plan {
    let mut drafts = Drafts::from_known(&Known { documents: vec![client] });
    let mut taken: Vec<Card> = Vec::new();
    let mut rows = Vec::new();
    for row in card::read(text) {
        let line = row.number as u64;
        let planned = match row.card {
            Err(problem) => {
                PlannedRow { line, title: String::new(), fate: Fate::Bad(problem.sentence()) }
            }
            Ok(card) => {
                let title = card.name.clone();
                let again = taken.iter().find(|known| known.same_person(&card));
                // A card that stands twice in the file is one person under the name it had first.
                let name = again.map_or_else(|| card.name.clone(), |known| known.name.clone());
                let fresh = RecordId::new(now, rng);
                let (fills, new) = drafts.contact(0, values(&card, &name), fresh);
                taken.push(card);
                let fate =
                    if new { Fate::New } else { Fate::Matches { title: title.clone(), fills } };
                PlannedRow { line, title, fate }
            }
        };
        rows.push(planned);
    }
    Plan { columns: Vec::new(), rows, writes: drafts.into_writes(), bad: None }
}

fn values(card: &Card, name: &str) -> Vec<(&'static Field, Value)> {
    let (given, family) = split_name(name);
    let line = |text: &Option<String>| text.clone().map_or(Value::Empty, Value::Text);
    let many = |texts: &[String]| Value::Many(texts.iter().cloned().map(Value::Text).collect());
    let values = [
        ("given_name", Value::Text(given)),
        ("family_name", Value::Text(family)),
        ("job_title", line(&card.job_title)),
        ("department", line(&card.department)),
        ("emails", many(&card.emails)),
        ("phones", many(&card.phones)),
        ("address", line(&card.address)),
        ("language", line(&card.language)),
        ("notes", line(&card.note)),
    ];
    let filled = values.into_iter().filter(|(_, value)| !value.is_empty());
    filled.filter_map(|(key, value)| Some((Contact::KIND.field(key)?, value))).collect()
}
