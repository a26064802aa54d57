//! Data completeness: of what must be known of a client, what is (S2.12, S2.17, S2.29).
//!
//! Rows read whole are asked for: the client's goals are prose, which the hot columns do not have.

use chrono::NaiveDate;

use super::sponsor::holders;
use crate::known::{Known, known};
use crate::records::{Assignment, Client, Contact, ContactRole, Role};
use crate::row::Row;
use crate::words::Words;

/// How complete the handbook is about one client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness {
    /// What is known.
    pub present: Vec<Words>,
    /// What is missing.
    pub missing: Vec<Words>,
}

impl Completeness {
    /// Everything that is asked for: the n of the figure.
    pub fn required(&self) -> usize {
        self.present.len() + self.missing.len()
    }

    /// Present ÷ required in whole per cent, rounded down: only what is complete reads as 100.
    pub fn percent(&self) -> usize {
        (self.present.len() * 100).checked_div(self.required()).unwrap_or(100)
    }
}

/// What is known of a client, read once.
struct Whole {
    client: Client,
    contacts: Vec<Known<Contact>>,
    assignments: Vec<Known<Assignment>>,
    today: NaiveDate,
}

/// A fact that must be known, and whether it is.
type Required = (Words, fn(&Whole) -> bool);

const REQUIRED: &[Required] = &[
    (Words::new("Name", "Name"), |it| !it.client.name.is_empty()),
    (Words::new("Legal name", "Firmierung"), |it| !it.client.legal_name.is_empty()),
    (Words::new("Sector", "Branche"), |it| !it.client.sector.is_empty()),
    (Words::new("Size", "Größe"), |it| it.client.size.is_some()),
    (Words::new("Tier", "Stufe"), |it| it.client.tier.is_some()),
    (Words::new("Telephone or web site", "Telefon oder Website"), |it| {
        it.client.phone.is_some() || it.client.website.is_some()
    }),
    (Words::new("Languages", "Sprachen"), |it| !it.client.languages.is_empty()),
    (Words::new("Payment terms", "Zahlungsbedingungen"), |it| !it.client.payment_terms.is_empty()),
    (Words::new("Service since", "Kunde seit"), |it| it.client.service_since.is_some()),
    (Words::new("Goals", "Ziele"), |it| !it.client.profile_goals.is_empty()),
    (Words::new("Lawful basis for personal data", "Rechtsgrundlage für Personendaten"), |it| {
        it.client.lawful_basis.is_some()
    }),
    (Words::new("Contact who can be reached", "Erreichbarer Ansprechpartner"), |it| {
        it.still_there().any(|one| !one.emails.is_empty() || !one.phones.is_empty())
    }),
    (Words::new("Decision maker", "Entscheider"), |it| {
        it.still_there().any(|one| one.roles.contains(&ContactRole::DecisionMaker))
    }),
    (Words::new("Account manager", "Kundenbetreuung"), |it| it.has(Role::AccountManager)),
    (Words::new("Client sponsor", "Kundensponsor"), |it| it.has(Role::ClientSponsor)),
];

impl Whole {
    fn still_there(&self) -> impl Iterator<Item = &Known<Contact>> {
        self.contacts.iter().filter(|one| one.left_on.is_none_or(|left| left > self.today))
    }

    fn has(&self, role: Role) -> bool {
        holders(&self.assignments, role, self.today).next().is_some()
    }
}

/// The completeness of a client from the rows of its document; `None` where its own row is missing or of a newer version.
pub fn completeness(rows: &[Row], today: NaiveDate) -> Option<Completeness> {
    let client = known::<Client>(rows).into_iter().next()?.record;
    let whole = Whole { client, contacts: known(rows), assignments: known(rows), today };
    let (present, missing): (Vec<&Required>, Vec<&Required>) =
        REQUIRED.iter().partition(|(_, is_known)| is_known(&whole));
    let names = |facts: Vec<&Required>| facts.into_iter().map(|(name, _)| *name).collect();
    Some(Completeness { present: names(present), missing: names(missing) })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id};
    use super::*;
    use crate::ids::RecordId;
    use crate::records::{LawfulBasis, SizeBand, Tier};
    use crate::typed::{Email, Id, Phone, Record};

    fn row<R: Record>(id: RecordId, record: R) -> Row {
        let mut row = Row::empty(R::KIND, id);
        for (field, value) in record.into_values() {
            row.values[R::KIND.index(field).unwrap()] = value;
        }
        row
    }

    fn missing(rows: &[Row]) -> Vec<&'static str> {
        let found = completeness(rows, day("2026-11-12")).unwrap();
        assert_eq!(found.required(), REQUIRED.len());
        found.missing.iter().map(|name| name.en).collect()
    }

    /// Covers: S2.12, S2.17, S2.29
    #[test]
    fn names_what_is_missing() {
        let client = Client {
            name: "Marten & Sons".into(),
            legal_name: "Marten & Sons Ltd".into(),
            sector: "Shipyards".into(),
            size: Some(SizeBand::Medium),
            tier: Some(Tier::Key),
            phone: Some(Phone("+44 20 7946 0000".into())),
            languages: ["English".to_owned()].into(),
            payment_terms: "30 days".into(),
            service_since: Some(day("2020-01-01")),
            profile_goals: "Two new slips".into(),
            lawful_basis: Some(LawfulBasis::Contract),
            ..Client::default()
        };
        let contact = |left: &str| Contact {
            given_name: "Iris".into(),
            emails: [Email("iris@marten.example".into())].into(),
            roles: [ContactRole::DecisionMaker].into(),
            left_on: left.parse().ok(),
            ..Contact::default()
        };
        let ours = |role| Assignment {
            role: Some(role),
            person: Some(Id::new(id(7))),
            ..Assignment::default()
        };
        let mut rows = vec![
            row(id(1), client),
            row(id(2), contact("2026-11-13")),
            row(id(3), ours(Role::AccountManager)),
            row(id(4), ours(Role::ClientSponsor)),
        ];
        assert_eq!(missing(&rows), [""; 0]);
        rows[1] = row(id(2), contact("2026-11-12"));
        assert_eq!(missing(&rows), ["Contact who can be reached", "Decision maker"]);
        rows[3].gone = true;
        assert_eq!(missing(&rows).last(), Some(&"Client sponsor"));
        let found = completeness(&rows, day("2026-11-12")).unwrap();
        assert_eq!((found.present.len(), found.percent()), (12, 80));
        assert_eq!(completeness(&rows[1..], day("2026-11-12")), None);
    }
}
