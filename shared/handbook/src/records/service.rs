//! Service.

use super::Member;
use crate::typed::{Choice, Id, Prose, Record};

/// A service of the firm's catalogue.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, de = "Dienstleistung", de_many = "Dienstleistungen", de_help = "Eine Dienstleistung aus dem Katalog der Firma.")]
pub struct Service {
    /// What it is called.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        de = "Name",
        de_help = "Wie sie heißt."
    )]
    pub name: String,
    /// What a client gets.
    #[field(client_visible, search, de = "Beschreibung", de_help = "Was ein Kunde bekommt.")]
    pub description: Prose,
    /// Who answers for it.
    #[field(client_visible, column, de = "Verantwortlich", de_help = "Wer dafür einsteht.")]
    pub owner: Option<Id<Member>>,
    /// Whether it is offered.
    #[field(column, de = "Status", de_help = "Ob sie angeboten wird.")]
    pub status: ServiceStatus,
    /// Which issue of the description this is.
    #[field(
        client_visible,
        column,
        de = "Version",
        de_help = "Welche Ausgabe der Beschreibung das ist."
    )]
    pub version: String,
    /// For whom it is made.
    #[field(client_visible, search, de = "Zielgruppe", de_help = "Für wen sie gemacht ist.")]
    pub audience: String,
    /// How it is priced: by the day, by the month, fixed.
    #[field(
        client_visible,
        de = "Preisbasis",
        de_help = "Wie sie berechnet wird: nach Tagen, nach Monaten, pauschal."
    )]
    pub price_basis: String,
}

/// Whether a service is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ServiceStatus {
    /// Being prepared.
    #[choice(label = "In preparation", de = "In Vorbereitung")]
    Pipeline,
    /// Offered.
    #[choice(default, de = "Aktiv")]
    Active,
    /// No longer offered.
    #[choice(de = "Eingestellt")]
    Retired,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
