//! Service.

use super::Member;
use crate::typed::{Choice, Id, Prose, Record};

/// A service of the firm's catalogue.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, de = "Dienstleistung", de_many = "Dienstleistungen")]
pub struct Service {
    /// What it is called.
    #[field(required, client_visible, title, column, search, de = "Name")]
    pub name: String,
    /// What a client gets.
    #[field(client_visible, search, de = "Beschreibung")]
    pub description: Prose,
    /// Who answers for it.
    #[field(client_visible, column, de = "Verantwortlich")]
    pub owner: Option<Id<Member>>,
    /// Whether it is offered.
    #[field(column, de = "Status")]
    pub status: ServiceStatus,
    /// Which issue of the description this is.
    #[field(client_visible, column, de = "Version")]
    pub version: String,
    /// For whom it is made.
    #[field(client_visible, search, de = "Zielgruppe")]
    pub audience: String,
    /// How it is priced: by the day, by the month, fixed.
    #[field(client_visible, de = "Preisbasis")]
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
