//! Contact.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Channel, Client, Site};
use crate::typed::{Choice, Email, FactBody, Facts, Id, Note, Phone, Record, Scale};

/// A person at a client.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Ansprechpartner", de_many = "Ansprechpartner")]
pub struct Contact {
    /// First name.
    #[field(client_visible, personal, title, column, search, de = "Vorname")]
    pub given_name: String,
    /// Last name.
    #[field(required, client_visible, personal, title, column, search, de = "Nachname")]
    pub family_name: String,
    /// How to address them: "Dr", "Frau".
    #[field(client_visible, personal, de = "Anrede")]
    pub salutation: String,
    /// How the name is spoken.
    #[field(personal, de = "Aussprache")]
    pub pronunciation: String,
    /// What it says on their card.
    #[field(client_visible, personal, column, search, de = "Position")]
    pub job_title: String,
    /// Where in the house they work.
    #[field(client_visible, personal, search, de = "Abteilung")]
    pub department: String,
    /// Since when they work there.
    #[field(personal, label = "There since", de = "Dort seit")]
    pub since: Option<NaiveDate>,
    /// E-mail addresses.
    #[field(client_visible, personal, column, search, label = "E-mail", de = "E-Mail")]
    pub emails: BTreeSet<Email>,
    /// Telephone numbers.
    #[field(client_visible, personal, column, search, de = "Telefon")]
    pub phones: BTreeSet<Phone>,
    /// Postal address.
    #[field(client_visible, personal, de = "Anschrift")]
    pub address: Note,
    /// How they like to be reached.
    #[field(client_visible, personal, de = "Bevorzugter Kanal")]
    pub preferred_channel: Option<Channel>,
    /// The language they like to speak.
    #[field(client_visible, personal, de = "Sprache")]
    pub language: String,
    /// Where their clock stands: "Europe/Lisbon".
    #[field(personal, de = "Zeitzone")]
    pub time_zone: String,
    /// Only if they told us.
    #[field(personal, de = "Geburtstag")]
    pub birthday: Option<NaiveDate>,
    /// How much they can decide, 1 to 5.
    #[field(personal, label = "Influence", de = "Einfluss")]
    pub influence: Option<Scale<1, 5>>,
    /// How much it matters to them, 1 to 5.
    #[field(personal, de = "Interesse")]
    pub interest: Option<Scale<1, 5>>,
    /// How they stand to us now.
    #[field(personal, column, label = "Stance now", de = "Haltung heute")]
    pub stance: Option<Stance>,
    /// How we would like them to stand.
    #[field(personal, label = "Stance wanted", de = "Haltung gewünscht")]
    pub stance_wanted: Option<Stance>,
    /// What they are in our engagements.
    #[field(personal, column, de = "Rollen")]
    pub roles: BTreeSet<ContactRole>,
    /// They asked us to leave them alone.
    #[field(personal, de = "Nicht kontaktieren")]
    pub do_not_contact: bool,
    /// What they agreed to, or took back.
    #[field(personal, de = "Einwilligungen")]
    pub consents: Facts<Consent>,
    /// The day they left.
    #[field(personal, column, de = "Ausgeschieden am")]
    pub left_on: Option<NaiveDate>,
    /// The other client at which we know the same person.
    #[field(personal, label = "Same person at", de = "Dieselbe Person bei")]
    pub same_person_at: Option<Id<Client>>,
    /// Their record there, in that client's document.
    #[field(personal, de = "Dieselbe Person")]
    pub same_person: Option<Id<Contact>>,
    /// Anything else worth knowing.
    #[field(personal, search, de = "Notizen")]
    pub notes: Note,
    /// Where they sit.
    #[field(client_visible, personal, de = "Standort")]
    pub site: Option<Id<Site>>,
    /// Words to find them by.
    #[field(personal, column, search, de = "Schlagwörter")]
    pub tags: BTreeSet<String>,
}

/// Something a person agreed to, or took back.
#[derive(Clone, Debug, PartialEq, Eq, FactBody)]
pub struct Consent {
    /// To what: mailings, a photo, being named as a reference.
    #[field(required, personal, de = "Wozu")]
    pub scope: String,
    /// Yes, or taken back.
    #[field(personal, de = "Erteilt")]
    pub given: bool,
    /// How they said so.
    #[field(personal, de = "Nachweis")]
    pub evidence: Note,
}

/// How a person stands to us and to the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Stance {
    /// Does not know of it.
    #[choice(de = "Ahnungslos")]
    Unaware,
    /// Is against it.
    #[choice(de = "Ablehnend")]
    Resistant,
    /// Neither for nor against.
    #[choice(de = "Neutral")]
    Neutral,
    /// Is for it.
    #[choice(de = "Unterstützend")]
    Supportive,
    /// Drives it.
    #[choice(de = "Führend")]
    Leading,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// What a person is in our engagements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ContactRole {
    /// Decides.
    #[choice(de = "Entscheider")]
    DecisionMaker,
    /// Stands for the work at the top.
    #[choice(de = "Sponsor")]
    Sponsor,
    /// Approves results.
    #[choice(de = "Freigebender")]
    Approver,
    /// Works with the results.
    #[choice(de = "Anwender")]
    User,
    /// Our counterpart day by day.
    #[choice(de = "Projektleitung")]
    ProjectLead,
    /// Buys.
    #[choice(de = "Einkauf")]
    Procurement,
    /// Pays.
    #[choice(de = "Kreditorenbuchhaltung")]
    AccountsPayable,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
