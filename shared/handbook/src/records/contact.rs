//! Contact.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Channel, Client, Site};
use crate::typed::{Choice, Email, FactBody, Facts, Id, Note, Phone, Record, Scale};

/// A person at a client.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Ansprechpartner", de_many = "Ansprechpartner", de_help = "Eine Person bei einem Kunden.")]
pub struct Contact {
    /// First name.
    #[field(
        client_visible,
        personal,
        title,
        column,
        search,
        de = "Vorname",
        de_help = "Der Vorname."
    )]
    pub given_name: String,
    /// Last name.
    #[field(
        required,
        client_visible,
        personal,
        title,
        column,
        search,
        de = "Nachname",
        de_help = "Der Nachname."
    )]
    pub family_name: String,
    /// How to address them: "Dr", "Frau".
    #[field(
        client_visible,
        personal,
        de = "Anrede",
        de_help = "Wie man sie anredet: „Frau“, „Dr.“."
    )]
    pub salutation: String,
    /// How the name is spoken.
    #[field(personal, de = "Aussprache", de_help = "Wie der Name gesprochen wird.")]
    pub pronunciation: String,
    /// What it says on their card.
    #[field(
        client_visible,
        personal,
        column,
        search,
        de = "Position",
        de_help = "Was auf der Visitenkarte steht."
    )]
    pub job_title: String,
    /// Where in the house they work.
    #[field(
        client_visible,
        personal,
        search,
        de = "Abteilung",
        de_help = "Wo im Haus die Person arbeitet."
    )]
    pub department: String,
    /// Since when they work there.
    #[field(
        personal,
        label = "There since",
        de = "Dort seit",
        de_help = "Seit wann die Person dort arbeitet."
    )]
    pub since: Option<NaiveDate>,
    /// E-mail addresses.
    #[field(
        client_visible,
        personal,
        column,
        search,
        label = "E-mail",
        de = "E-Mail",
        de_help = "E-Mail-Adressen."
    )]
    pub emails: BTreeSet<Email>,
    /// Telephone numbers.
    #[field(client_visible, personal, column, search, de = "Telefon", de_help = "Telefonnummern.")]
    pub phones: BTreeSet<Phone>,
    /// Postal address.
    #[field(client_visible, personal, de = "Anschrift", de_help = "Postanschrift.")]
    pub address: Note,
    /// How they like to be reached.
    #[field(
        client_visible,
        personal,
        de = "Bevorzugter Kanal",
        de_help = "Wie die Person erreicht werden möchte."
    )]
    pub preferred_channel: Option<Channel>,
    /// The language they like to speak.
    #[field(
        client_visible,
        personal,
        de = "Sprache",
        de_help = "Die Sprache, die die Person gern spricht."
    )]
    pub language: String,
    /// Where their clock stands: "Europe/Lisbon".
    #[field(personal, de = "Zeitzone", de_help = "Wo ihre Uhr steht: „Europe/Lisbon“.")]
    pub time_zone: String,
    /// Only if they told us.
    #[field(personal, de = "Geburtstag", de_help = "Nur, wenn die Person es uns gesagt hat.")]
    pub birthday: Option<NaiveDate>,
    /// How much they can decide, 1 to 5.
    #[field(
        personal,
        label = "Influence",
        de = "Einfluss",
        de_help = "Wie viel die Person entscheiden kann, 1 bis 5."
    )]
    pub influence: Option<Scale<1, 5>>,
    /// How much it matters to them, 1 to 5.
    #[field(personal, de = "Interesse", de_help = "Wie wichtig es ihr ist, 1 bis 5.")]
    pub interest: Option<Scale<1, 5>>,
    /// How they stand to us now.
    #[field(
        personal,
        column,
        label = "Stance now",
        de = "Haltung heute",
        de_help = "Wie die Person heute zu uns steht."
    )]
    pub stance: Option<Stance>,
    /// How we would like them to stand.
    #[field(
        personal,
        label = "Stance wanted",
        de = "Haltung gewünscht",
        de_help = "Wie sie nach unserem Wunsch zu uns stünde."
    )]
    pub stance_wanted: Option<Stance>,
    /// What they are in our engagements.
    #[field(personal, column, de = "Rollen", de_help = "Was die Person in unseren Aufträgen ist.")]
    pub roles: BTreeSet<ContactRole>,
    /// They asked us to leave them alone.
    #[field(
        personal,
        de = "Nicht kontaktieren",
        de_help = "Die Person hat darum gebeten, nicht angesprochen zu werden."
    )]
    pub do_not_contact: bool,
    /// What they agreed to, or took back.
    #[field(
        personal,
        de = "Einwilligungen",
        de_help = "Worin die Person eingewilligt oder was sie widerrufen hat."
    )]
    pub consents: Facts<Consent>,
    /// The day they left.
    #[field(personal, column, de = "Ausgeschieden am", de_help = "Der Tag des Ausscheidens.")]
    pub left_on: Option<NaiveDate>,
    /// The other client at which we know the same person.
    #[field(
        personal,
        label = "Same person at",
        de = "Dieselbe Person bei",
        de_help = "Der andere Kunde, bei dem wir dieselbe Person kennen."
    )]
    pub same_person_at: Option<Id<Client>>,
    /// Their record there, in that client's document.
    #[field(
        personal,
        de = "Dieselbe Person",
        de_help = "Ihr Eintrag dort, im Dokument jenes Kunden."
    )]
    pub same_person: Option<Id<Contact>>,
    /// Anything else worth knowing.
    #[field(personal, search, de = "Notizen", de_help = "Was sonst zu wissen lohnt.")]
    pub notes: Note,
    /// Where they sit.
    #[field(client_visible, personal, de = "Standort", de_help = "Wo die Person ihren Platz hat.")]
    pub site: Option<Id<Site>>,
    /// Words to find them by.
    #[field(
        personal,
        column,
        search,
        de = "Schlagwörter",
        de_help = "Wörter, unter denen man die Person findet."
    )]
    pub tags: BTreeSet<String>,
}

/// Something a person agreed to, or took back.
#[derive(Clone, Debug, PartialEq, Eq, FactBody)]
pub struct Consent {
    /// To what: mailings, a photo, being named as a reference.
    #[field(
        required,
        personal,
        de = "Wozu",
        de_help = "Wozu: Rundschreiben, ein Foto, die Nennung als Referenz."
    )]
    pub scope: String,
    /// Yes, or taken back.
    #[field(personal, de = "Erteilt", de_help = "Ja, oder widerrufen.")]
    pub given: bool,
    /// How they said so.
    #[field(personal, de = "Nachweis", de_help = "Wie die Person es gesagt hat.")]
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
