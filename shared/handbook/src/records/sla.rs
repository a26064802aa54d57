//! Service level agreement.

use chrono::NaiveDate;

use super::{Engagement, Service};
use crate::typed::{Id, Note, Record};

/// What service levels are agreed with a client, and where that is written.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Service level agreement", de = "Service-Level-Vereinbarung", de_many = "Service-Level-Vereinbarungen", de_help = "Welche Service-Level mit einem Kunden vereinbart sind und wo das geschrieben steht.")]
pub struct Sla {
    /// What people call it.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        de = "Name",
        de_help = "Wie man sie nennt."
    )]
    pub name: String,
    /// The engagement it belongs to.
    #[field(client_visible, column, de = "Auftrag", de_help = "Der Auftrag, zu dem sie gehört.")]
    pub engagement: Option<Id<Engagement>>,
    /// The service it is about.
    #[field(
        client_visible,
        column,
        de = "Dienstleistung",
        de_help = "Die Dienstleistung, um die es geht."
    )]
    pub service: Option<Id<Service>>,
    /// First day.
    #[field(client_visible, column, de = "Gültig von", de_help = "Erster Tag.")]
    pub valid_from: Option<NaiveDate>,
    /// Last day.
    #[field(client_visible, column, de = "Gültig bis", de_help = "Letzter Tag.")]
    pub valid_until: Option<NaiveDate>,
    /// Where it is written: annex, file, address.
    #[field(
        client_visible,
        search,
        de = "Dokument",
        de_help = "Wo sie geschrieben steht: Anlage, Datei, Adresse."
    )]
    pub document: String,
    /// Anything else worth knowing.
    #[field(de = "Notizen", de_help = "Was sonst wissenswert ist.")]
    pub notes: Note,
}
