//! Capacity entry.

use chrono::NaiveDate;

use super::Member;
use crate::typed::{Choice, Id, Minutes, Note, Record};

/// Time that one of us has to spare in one week.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, label = "Capacity entry", many = "Capacity entries", de = "Kapazitätseintrag", de_many = "Kapazitätseinträge", de_help = "Zeit, die eine Person von uns in einer Woche übrig hat.")]
pub struct Capacity {
    /// Who.
    #[field(required, personal, column, de = "Person", de_help = "Wer.")]
    pub person: Option<Id<Member>>,
    /// The Monday of the week.
    #[field(
        required,
        title,
        column,
        label = "Week from",
        de = "Woche ab",
        de_help = "Der Montag der Woche."
    )]
    pub week: Option<NaiveDate>,
    /// How much.
    #[field(required, column, label = "Time to spare", de = "Freie Zeit", de_help = "Wie viel.")]
    pub spare: Option<Minutes>,
    /// What it is spent on.
    #[field(column, de = "Verwendet für", de_help = "Wofür sie verwendet wird.")]
    pub used_for: Option<CapacityUse>,
    /// What exactly.
    #[field(de = "Anmerkung", de_help = "Was genau.")]
    pub note: Note,
}

/// What spare time is spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum CapacityUse {
    /// Something nobody asked for yet.
    #[choice(de = "Proaktive Leistung")]
    ProactiveService,
    /// Something that is owed.
    #[choice(de = "Liefergegenstand")]
    Deliverable,
    /// Making ourselves known.
    #[choice(de = "Positionierung")]
    Positioning,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
