//! Service level agreement.

use chrono::NaiveDate;

use super::{Engagement, Service};
use crate::typed::{Id, Note, Record};

/// What service levels are agreed with a client, and where that is written.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Service level agreement", de = "Service-Level-Vereinbarung", de_many = "Service-Level-Vereinbarungen")]
pub struct Sla {
    /// What people call it.
    #[field(required, client_visible, title, column, search, de = "Name")]
    pub name: String,
    /// The engagement it belongs to.
    #[field(client_visible, column, de = "Auftrag")]
    pub engagement: Option<Id<Engagement>>,
    /// The service it is about.
    #[field(client_visible, column, de = "Dienstleistung")]
    pub service: Option<Id<Service>>,
    /// First day.
    #[field(client_visible, column, de = "Gültig von")]
    pub valid_from: Option<NaiveDate>,
    /// Last day.
    #[field(client_visible, column, de = "Gültig bis")]
    pub valid_until: Option<NaiveDate>,
    /// Where it is written: annex, file, address.
    #[field(client_visible, search, de = "Dokument")]
    pub document: String,
    /// Anything else worth knowing.
    #[field(de = "Notizen")]
    pub notes: Note,
}
