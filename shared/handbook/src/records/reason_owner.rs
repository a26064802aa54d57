//! Assigned reason.

use super::Member;
use crate::typed::{Id, Record};

/// Who looks after a reason for attention that stands on no record of somebody's.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Assigned reason", de = "Zugewiesener Anlass", de_many = "Zugewiesene Anlässe", de_help = "Wer sich um einen Anlass zum Handeln kümmert, der an keinem Eintrag mit einer verantwortlichen Person hängt.")]
pub struct ReasonOwner {
    /// The key of the attention rule.
    #[field(
        required,
        title,
        column,
        label = "Rule",
        de = "Regel",
        de_help = "Der Schlüssel der Aufmerksamkeitsregel."
    )]
    pub rule: String,
    /// The record it is about, as kind/id; empty: the client as a whole.
    #[field(
        label = "About",
        de = "Betrifft",
        de_help = "Der Eintrag, um den es geht, als Art/Kennung; leer: der Kunde als Ganzes."
    )]
    pub subject: String,
    /// Who looks after it; of several the one named last.
    #[field(
        required,
        column,
        de = "Verantwortlich",
        de_help = "Wer sich darum kümmert; von mehreren die zuletzt genannte Person."
    )]
    pub owner: Option<Id<Member>>,
}
