//! Tool.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Member;
use crate::typed::{Choice, Id, Note, Record, Web};

/// Something in which we keep what we know of clients.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, de = "Werkzeug", de_many = "Werkzeuge", de_help = "Etwas, worin wir festhalten, was wir über Kunden wissen.")]
pub struct Tool {
    /// What it is called.
    #[field(required, title, column, search, de = "Name", de_help = "Wie es heißt.")]
    pub name: String,
    /// What it is for.
    #[field(column, search, de = "Zweck", de_help = "Wozu es dient.")]
    pub purpose: String,
    /// Who answers for it.
    #[field(column, de = "Verantwortlich", de_help = "Wer dafür einsteht.")]
    pub owner: Option<Id<Member>>,
    /// About what it holds data.
    #[field(
        column,
        label = "Holds data about",
        de = "Enthält Daten über",
        de_help = "Worüber es Daten enthält."
    )]
    pub holds: BTreeSet<ToolData>,
    /// Where it is: server, shelf, drive.
    #[field(search, de = "Ort", de_help = "Wo es ist: Server, Regal, Laufwerk.")]
    pub location: String,
    /// Its address.
    #[field(label = "Web address", de = "Webadresse", de_help = "Die Adresse im Web.")]
    pub address: Option<Web>,
    /// When somebody last made sure that it is there and in use.
    #[field(
        column,
        de = "Bestätigt am",
        de_help = "Wann sich zuletzt jemand vergewissert hat, dass es da und in Gebrauch ist."
    )]
    pub confirmed_on: Option<NaiveDate>,
    /// Who.
    #[field(de = "Bestätigt von", de_help = "Wer.")]
    pub confirmed_by: Option<Id<Member>>,
    /// What becomes of it.
    #[field(column, de = "Entscheidung", de_help = "Was daraus wird.")]
    pub decision: Option<ToolDecision>,
    /// Why.
    #[field(label = "Reason of the decision", de = "Grund der Entscheidung", de_help = "Warum.")]
    pub reason: Note,
    /// With whom: the engagement manager confirms together with the account manager (S0.29).
    #[field(
        label = "Confirmed with",
        de = "Bestätigt mit",
        de_help = "Mit wem: Die Auftragsleitung bestätigt gemeinsam mit der Kundenbetreuung."
    )]
    pub confirmed_with: Option<Id<Member>>,
}

/// About what a tool holds data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ToolData {
    /// Clients.
    #[choice(de = "Kunden")]
    Clients,
    /// Services.
    #[choice(de = "Dienstleistungen")]
    Services,
    /// Projects.
    #[choice(de = "Projekte")]
    Projects,
    /// Opportunities.
    #[choice(de = "Chancen")]
    Opportunities,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// What becomes of a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ToolDecision {
    /// It stays.
    #[choice(de = "Behalten")]
    Keep,
    /// Something else takes its place.
    #[choice(de = "Ersetzen")]
    Replace,
    /// It is new, and comes into use.
    #[choice(de = "Einführen")]
    Adopt,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
