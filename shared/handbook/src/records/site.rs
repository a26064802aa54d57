//! Site.

use crate::typed::{Choice, Id, Note, Phone, Record, Web};

/// A place of a client, or a unit of its organisation.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Standort", de_many = "Standorte", de_help = "Ein Ort eines Kunden oder eine Einheit seiner Organisation.")]
pub struct Site {
    /// What people call it.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        de = "Name",
        de_help = "Wie man ihn nennt."
    )]
    pub name: String,
    /// A place, or a part of the house.
    #[field(client_visible, column, de = "Art", de_help = "Ein Ort oder ein Teil des Hauses.")]
    pub kind: Option<SiteKind>,
    /// The site or unit that it belongs to.
    #[field(
        client_visible,
        de = "Gehört zu",
        de_help = "Der Standort oder die Einheit, zu der er gehört."
    )]
    pub part_of: Option<Id<Site>>,
    /// Where it is.
    #[field(client_visible, search, de = "Anschrift", de_help = "Wo er ist.")]
    pub address: Note,
    /// Where it is on a map.
    #[field(
        client_visible,
        label = "Map link",
        de = "Kartenlink",
        de_help = "Wo er auf einer Karte ist."
    )]
    pub map: Option<Web>,
    /// Reception, gatehouse.
    #[field(client_visible, de = "Telefon", de_help = "Empfang, Pforte.")]
    pub phone: Option<Phone>,
    /// When somebody is there.
    #[field(client_visible, column, de = "Öffnungszeiten", de_help = "Wann jemand da ist.")]
    pub opening_hours: String,
    /// How to get in: gate, badge, safety shoes, whom to ring.
    #[field(
        label = "Access notes",
        de = "Zugangshinweise",
        de_help = "Wie man hineinkommt: Tor, Ausweis, Sicherheitsschuhe, bei wem man klingelt."
    )]
    pub access: Note,
}

/// What a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum SiteKind {
    /// A place.
    #[choice(de = "Standort")]
    Site,
    /// A part of the organisation.
    #[choice(label = "Organisation unit", de = "Organisationseinheit")]
    Unit,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
