//! Proactive service.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Engagement, Member, SwotItem};
use crate::typed::{Choice, Id, Minutes, Note, Record};

/// Something we did for a client before anybody asked.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Proaktive Leistung", de_many = "Proaktive Leistungen", de_help = "Etwas, das wir für einen Kunden getan haben, bevor jemand darum bat.")]
pub struct ProactiveService {
    /// What it is.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        de = "Idee",
        de_help = "Worum es geht."
    )]
    pub idea: String,
    /// What gave the idea.
    #[field(column, label = "Occasion", de = "Anlass", de_help = "Was auf die Idee gebracht hat.")]
    pub trigger: Option<ProactiveTrigger>,
    /// The engagement it belongs to.
    #[field(client_visible, de = "Auftrag", de_help = "Der Auftrag, zu dem sie gehört.")]
    pub engagement: Option<Id<Engagement>>,
    /// The SWOT item that gave the idea.
    #[field(
        label = "From the SWOT item",
        de = "Aus dem SWOT-Eintrag",
        de_help = "Der SWOT-Eintrag, der auf die Idee gebracht hat."
    )]
    pub swot_item: Option<Id<SwotItem>>,
    /// Who did it.
    #[field(
        client_visible,
        column,
        label = "Our people",
        de = "Von uns",
        de_help = "Wer es getan hat."
    )]
    pub members: BTreeSet<Id<Member>>,
    /// The day it was done; empty: still an idea.
    #[field(
        client_visible,
        column,
        de = "Erledigt am",
        de_help = "Der Tag der Erledigung; leer: noch eine Idee."
    )]
    pub done_on: Option<NaiveDate>,
    /// How much work it was.
    #[field(column, de = "Aufwand", de_help = "Wie viel Arbeit es war.")]
    pub effort: Option<Minutes>,
    /// What it was good for, in the client's words.
    #[field(
        client_visible,
        search,
        label = "Benefit in the client's words",
        de = "Nutzen mit den Worten des Kunden",
        de_help = "Wozu es gut war, mit den Worten des Kunden."
    )]
    pub benefit: Note,
    /// The day the client was told of it.
    #[field(
        client_visible,
        column,
        label = "Made known on",
        de = "Bekannt gemacht am",
        de_help = "Der Tag, an dem der Kunde davon erfuhr."
    )]
    pub broadcast_on: Option<NaiveDate>,
    /// How.
    #[field(label = "Made known how", de = "Bekannt gemacht wie", de_help = "Wie.")]
    pub broadcast_how: String,
    /// What the client said.
    #[field(search, de = "Reaktion", de_help = "Was der Kunde dazu gesagt hat.")]
    pub reaction: Note,
}

/// What gave the idea of a proactive service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ProactiveTrigger {
    /// Something the client expects.
    #[choice(de = "Erwartung")]
    Expectation,
    /// A SWOT analysis.
    #[choice(key = "swot", label = "SWOT", de = "SWOT")]
    Swot,
    /// Somebody had time.
    #[choice(de = "Freie Kapazität")]
    SpareCapacity,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
