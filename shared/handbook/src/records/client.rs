//! Client.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, Function};
use crate::typed::{Choice, Id, Note, Phone, Prose, Record, Scale, Web};

/// A firm or body that we serve. Everything about it lives in its own document.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Kunde", de_many = "Kunden", de_help = "Eine Firma oder Körperschaft, für die wir arbeiten. Alles über sie liegt in ihrem eigenen Dokument.")]
pub struct Client {
    /// The name people use.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        de = "Name",
        de_help = "Der Name, den man benutzt."
    )]
    pub name: String,
    /// The name on contracts.
    #[field(client_visible, search, de = "Firmierung", de_help = "Der Name auf Verträgen.")]
    pub legal_name: String,
    /// Number in the trade register, or its like.
    #[field(
        client_visible,
        label = "Registration number",
        de = "Registernummer",
        de_help = "Nummer im Handelsregister oder dergleichen."
    )]
    pub registration_no: String,
    /// Line of business.
    #[field(column, search, de = "Branche", de_help = "Geschäftszweig.")]
    pub sector: String,
    /// How many people work there.
    #[field(de = "Größe", de_help = "Wie viele Menschen dort arbeiten.")]
    pub size: Option<SizeBand>,
    /// Where the relationship stands.
    #[field(column, de = "Status", de_help = "Wo die Beziehung steht.")]
    pub status: ClientStatus,
    /// Addresses, one each.
    #[field(client_visible, search, de = "Standorte", de_help = "Anschriften, je eine.")]
    pub sites: BTreeSet<String>,
    /// Its web site.
    #[field(client_visible, de = "Website", de_help = "Die Website des Kunden.")]
    pub website: Option<Web>,
    /// The switchboard.
    #[field(client_visible, de = "Telefon", de_help = "Die Zentrale.")]
    pub phone: Option<Phone>,
    /// Languages spoken with us.
    #[field(client_visible, de = "Sprachen", de_help = "Sprachen, die mit uns gesprochen werden.")]
    pub languages: BTreeSet<String>,
    /// The client that owns this one.
    #[field(
        label = "Parent client",
        de = "Mutterunternehmen",
        de_help = "Der Kunde, dem dieser gehört."
    )]
    pub parent: Option<Id<Client>>,
    /// ISO 4217 code of invoices; the firm's own where empty.
    #[field(
        client_visible,
        de = "Währung",
        de_help = "ISO-4217-Kürzel der Rechnungen; leer: das der Firma."
    )]
    pub currency: String,
    /// As agreed: days, discount.
    #[field(client_visible, de = "Zahlungsbedingungen", de_help = "Wie vereinbart: Tage, Skonto.")]
    pub payment_terms: String,
    /// Since when we serve it.
    #[field(
        client_visible,
        label = "Client since",
        de = "Kunde seit",
        de_help = "Seit wann wir für ihn arbeiten."
    )]
    pub service_since: Option<NaiveDate>,
    /// A long-term client is surveyed every six months.
    #[field(
        label = "Long-term",
        de = "Langjährig",
        de_help = "Ein langjähriger Kunde wird alle sechs Monate befragt."
    )]
    pub long_term: bool,
    /// How much attention it is due, compared with others.
    #[field(
        column,
        de = "Priorität",
        de_help = "Wie viel Aufmerksamkeit ihm zukommt, verglichen mit anderen."
    )]
    pub tier: Option<Tier>,
    /// How far the relations procedures are adopted here.
    #[field(
        de = "Einführungsstand",
        de_help = "Wie weit die Beziehungsverfahren hier eingeführt sind."
    )]
    pub adoption: Option<Adoption>,
    /// How much it is willing to invest in the relationship, 1 to 5.
    #[field(
        de = "Investitionsbereitschaft",
        de_help = "Wie viel er in die Beziehung zu investieren bereit ist, 1 bis 5."
    )]
    pub willingness_to_invest: Option<Scale<1, 5>>,
    /// What the client wants to reach.
    #[field(label = "Goals", de = "Ziele", search, de_help = "Was der Kunde erreichen will.")]
    pub profile_goals: Prose,
    /// How it means to get there.
    #[field(
        label = "Strategy",
        de = "Strategie",
        search,
        de_help = "Wie er dorthin gelangen will."
    )]
    pub profile_strategy: Prose,
    /// Where it is growing.
    #[field(
        label = "New markets and products",
        de = "Neue Märkte und Produkte",
        search,
        de_help = "Wo er wächst."
    )]
    pub profile_markets: Prose,
    /// Who came, who left, who decides now.
    #[field(
        label = "Changes of key people",
        de = "Wechsel wichtiger Personen",
        search,
        de_help = "Wer kam, wer ging, wer jetzt entscheidet."
    )]
    pub profile_people: Prose,
    /// Competition, law, economy.
    #[field(
        label = "Business environment",
        de = "Geschäftsumfeld",
        search,
        de_help = "Wettbewerb, Recht, Wirtschaft."
    )]
    pub profile_environment: Prose,
    /// Whom to go back to when nothing runs any more.
    #[field(de = "Einstieg: Person", de_help = "An wen man sich wendet, wenn nichts mehr läuft.")]
    pub entry_person: Option<Id<Contact>>,
    /// How to go back: occasion, common ground, who introduces.
    #[field(
        de = "Einstieg: Weg",
        de_help = "Wie man zurückfindet: Anlass, Gemeinsames, wer vorstellt."
    )]
    pub entry_route: Note,
    /// When to send the next friendly word.
    #[field(
        label = "Next friendly touch",
        de = "Nächster freundlicher Kontakt",
        de_help = "Wann das nächste freundliche Wort fällig ist."
    )]
    pub entry_next: Option<NaiveDate>,
    /// There is no way back, and somebody has thought about it.
    #[field(
        label = "No entry point",
        de = "Kein Einstieg",
        de_help = "Es gibt keinen Weg zurück, und jemand hat darüber nachgedacht."
    )]
    pub entry_none: bool,
    /// Why we may keep personal data of its people.
    #[field(
        de = "Rechtsgrundlage",
        de_help = "Warum wir personenbezogene Daten seiner Leute aufbewahren dürfen."
    )]
    pub lawful_basis: Option<LawfulBasis>,
    /// When to look at that again.
    #[field(
        label = "Lawful basis reviewed by",
        de = "Rechtsgrundlage prüfen bis",
        de_help = "Wann das wieder zu prüfen ist."
    )]
    pub lawful_basis_review: Option<NaiveDate>,
    /// The functions that serve this client; all five where none is named.
    #[field(
        de = "Beteiligte Funktionen",
        de_help = "Die Funktionen, die diesen Kunden betreuen; alle fünf, wo keine genannt ist."
    )]
    pub functions: BTreeSet<Function>,
    /// When somebody last went through the profile.
    #[field(
        label = "Profile looked through on",
        de = "Profil durchgesehen am",
        de_help = "Wann zuletzt jemand das Profil durchgesehen hat."
    )]
    pub profile_reviewed: Option<NaiveDate>,
    /// The client that this one has become part of; pages read both as one. Empty again: they are two.
    #[field(
        de = "Zusammengeführt mit",
        de_help = "Der Kunde, in dem dieser aufgegangen ist; die Seiten zeigen beide als einen. Wieder leer: Es sind zwei."
    )]
    pub merged_into: Option<Id<Client>>,
    /// Clients that look like this one, and of which somebody said that they are others.
    #[field(
        label = "Not the same as",
        de = "Nicht derselbe wie",
        de_help = "Kunden, die diesem ähnlich sehen und von denen jemand gesagt hat, dass es andere sind."
    )]
    pub not_same_as: BTreeSet<Id<Client>>,
    /// Words to find it by.
    #[field(column, search, de = "Schlagwörter", de_help = "Wörter, unter denen man ihn findet.")]
    pub tags: BTreeSet<String>,
}

/// Where a relationship stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ClientStatus {
    /// We would like to serve it.
    #[choice(default, de = "Interessent")]
    Prospect,
    /// We are preparing a contract.
    #[choice(label = "Pre-contract", de = "Vor Vertrag")]
    PreContract,
    /// We serve it.
    #[choice(de = "Aktiv")]
    Active,
    /// Nothing runs at present.
    #[choice(de = "Ruhend")]
    Dormant,
    /// It went elsewhere.
    #[choice(de = "Verloren")]
    Lapsed,
    /// Put away, with a way back.
    #[choice(de = "Archiviert")]
    Archived,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// How many people work at a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum SizeBand {
    /// Up to 9 people.
    #[choice(label = "Up to 9", de = "Bis 9")]
    Micro,
    /// 10 to 49 people.
    #[choice(label = "10 to 49", de = "10 bis 49")]
    Small,
    /// 50 to 249 people.
    #[choice(label = "50 to 249", de = "50 bis 249")]
    Medium,
    /// 250 people and more.
    #[choice(label = "250 and more", de = "250 und mehr")]
    Large,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// How much attention a client is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Tier {
    /// Looked at every week.
    #[choice(de = "Schlüsselkunde")]
    Key,
    /// The usual care.
    #[choice(de = "Standard")]
    Standard,
    /// Cared for on request.
    #[choice(de = "Gelegentlich")]
    Occasional,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// How far the relations procedures are adopted at a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Adoption {
    /// Not begun.
    #[choice(de = "Keine")]
    None,
    /// Being tried.
    #[choice(de = "Pilot")]
    Pilot,
    /// In use.
    #[choice(de = "Eingeführt")]
    Adopted,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// Why personal data may be kept (GDPR, article 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum LawfulBasis {
    /// To perform a contract.
    #[choice(de = "Vertrag")]
    Contract,
    /// A legitimate interest, weighed.
    #[choice(de = "Berechtigtes Interesse")]
    LegitimateInterest,
    /// The persons agreed.
    #[choice(de = "Einwilligung")]
    Consent,
    /// A law demands it.
    #[choice(de = "Rechtliche Verpflichtung")]
    LegalObligation,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
