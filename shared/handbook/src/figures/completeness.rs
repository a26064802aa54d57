//! Data completeness: of what must be known of a client, what is (S2.12, S2.17, S2.29).
//!
//! Rows read whole are asked for: the client's goals are prose, which the hot columns do not have.

use chrono::NaiveDate;

use super::sponsor::holders;
use crate::ids::RecordId;
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
    pub missing: Vec<Missing>,
}

/// A fact that is not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// What it is called.
    pub name: Words,
    /// Where somebody fills it in.
    pub place: Place,
}

/// Where a missing fact is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In this field of the client's own record.
    Client(&'static str),
    /// With a contact: the one who has most to say, or a new one where there is none.
    Contact(Option<RecordId>),
    /// By giving somebody this role.
    Assignment(Role),
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

/// A fact that must be known, where it is filled in, and whether it is known.
type Required = (Words, Place, fn(&Whole) -> bool);

/// Which contact it is, only the rows can tell.
const SOME_CONTACT: Place = Place::Contact(None);

const REQUIRED: &[Required] = &[
    (Words::new("Name", "Name"), Place::Client("name"), |it| !it.client.name.is_empty()),
    (Words::new("Legal name", "Firmierung"), Place::Client("legal_name"), |it| {
        !it.client.legal_name.is_empty()
    }),
    (Words::new("Sector", "Branche"), Place::Client("sector"), |it| !it.client.sector.is_empty()),
    (Words::new("Size", "Größe"), Place::Client("size"), |it| it.client.size.is_some()),
    (Words::new("Tier", "Stufe"), Place::Client("tier"), |it| it.client.tier.is_some()),
    (Words::new("Telephone or web site", "Telefon oder Website"), Place::Client("phone"), |it| {
        it.client.phone.is_some() || it.client.website.is_some()
    }),
    (Words::new("Languages", "Sprachen"), Place::Client("languages"), |it| {
        !it.client.languages.is_empty()
    }),
    (Words::new("Payment terms", "Zahlungsbedingungen"), Place::Client("payment_terms"), |it| {
        !it.client.payment_terms.is_empty()
    }),
    (Words::new("Service since", "Kunde seit"), Place::Client("service_since"), |it| {
        it.client.service_since.is_some()
    }),
    (Words::new("Goals", "Ziele"), Place::Client("profile_goals"), |it| {
        !it.client.profile_goals.is_empty()
    }),
    (
        Words::new("Lawful basis for personal data", "Rechtsgrundlage für Personendaten"),
        Place::Client("lawful_basis"),
        |it| it.client.lawful_basis.is_some(),
    ),
    (
        Words::new("Contact who can be reached", "Erreichbarer Ansprechpartner"),
        SOME_CONTACT,
        |it| it.still_there().any(|one| !one.emails.is_empty() || !one.phones.is_empty()),
    ),
    (Words::new("Decision maker", "Entscheider"), SOME_CONTACT, |it| {
        it.still_there().any(|one| one.roles.contains(&ContactRole::DecisionMaker))
    }),
    (
        Words::new("Account manager", "Kundenbetreuung"),
        Place::Assignment(Role::AccountManager),
        |it| it.has(Role::AccountManager),
    ),
    (Words::new("Client sponsor", "Kundensponsor"), Place::Assignment(Role::ClientSponsor), |it| {
        it.has(Role::ClientSponsor)
    }),
];

impl Whole {
    fn still_there(&self) -> impl Iterator<Item = &Known<Contact>> {
        self.contacts.iter().filter(|one| one.left_on.is_none_or(|left| left > self.today))
    }

    /// The contact who has most to say, the first of equals.
    fn first_contact(&self) -> Option<RecordId> {
        let rank = |one: &&Known<Contact>| (one.influence.map_or(0, |it| -it.get()), one.id);
        self.still_there().min_by_key(rank).map(|one| one.id)
    }

    fn place(&self, place: Place) -> Place {
        if place == SOME_CONTACT { Place::Contact(self.first_contact()) } else { place }
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
        REQUIRED.iter().partition(|(_, _, is_known)| is_known(&whole));
    let missing = missing.into_iter();
    Some(Completeness {
        present: present.into_iter().map(|(name, _, _)| *name).collect(),
        missing: missing
            .map(|(name, place, _)| Missing { name: *name, place: whole.place(*place) })
            .collect(),
    })
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
        found.missing.iter().map(|missing| missing.name.en).collect()
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
        rows.push(row(id(5), contact("")));
        rows[4].values[Contact::KEYS.roles.index()] = crate::value::Value::Empty;
        let found = completeness(&rows, day("2026-11-12")).unwrap();
        let places: Vec<Place> = found.missing.iter().map(|missing| missing.place).collect();
        assert_eq!(places, [Place::Contact(Some(id(5))), Place::Assignment(Role::ClientSponsor)]);
    }
}
