//! Value-add item.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Member;
use crate::typed::{Choice, Id, Note, Record, Web};

/// Something worth showing to clients, in the firm's library.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, label = "Value-add item", de = "Mehrwertbeitrag", de_many = "Mehrwertbeiträge", de_help = "Etwas, das sich Kunden zu zeigen lohnt, in der Bibliothek der Firma.")]
pub struct ValueAdd {
    /// What it is called.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        de = "Titel",
        de_help = "Wie er heißt."
    )]
    pub title: String,
    /// What it is.
    #[field(required, client_visible, column, de = "Art", de_help = "Was er ist.")]
    pub kind: Option<ValueAddKind>,
    /// What a client gains from it.
    #[field(
        client_visible,
        search,
        label = "What it offers",
        de = "Was es bietet",
        de_help = "Was ein Kunde davon hat."
    )]
    pub summary: Note,
    /// The lines of business it speaks to.
    #[field(column, search, de = "Branchen", de_help = "Die Branchen, die er anspricht.")]
    pub sectors: BTreeSet<String>,
    /// What it is about.
    #[field(client_visible, column, search, de = "Themen", de_help = "Worum es geht.")]
    pub topics: BTreeSet<String>,
    /// Its address.
    #[field(client_visible, label = "Link", de = "Link", de_help = "Die Adresse im Web.")]
    pub link: Option<Web>,
    /// Where the file lies.
    #[field(de = "Datei", de_help = "Wo die Datei liegt.")]
    pub file: String,
    /// Last day on which it may be shown.
    #[field(column, de = "Gültig bis", de_help = "Letzter Tag, an dem er gezeigt werden darf.")]
    pub valid_until: Option<NaiveDate>,
    /// Who keeps it up to date.
    #[field(column, de = "Verantwortlich", de_help = "Wer ihn aktuell hält.")]
    pub owner: Option<Id<Member>>,
}

/// What a value-add item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ValueAddKind {
    /// How somebody like their competitor succeeded.
    #[choice(de = "Fallstudie")]
    CaseStudy,
    /// What a technology can do.
    #[choice(de = "Techniknotiz")]
    TechnologyNote,
    /// How others stand.
    #[choice(de = "Vergleichswert")]
    Benchmark,
    /// To a talk, a visit, a workshop.
    #[choice(de = "Einladung")]
    Invitation,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
