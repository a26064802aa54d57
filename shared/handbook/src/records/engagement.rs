//! Engagement.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, Service};
use crate::lifecycles::Move;
use crate::lifecycles::engagement::LIFECYCLE;
use crate::typed::{Choice, FactBody, Facts, Id, Note, Prose, Record};
use crate::value::Money;

/// A project, or a service that runs on.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, lifecycle = LIFECYCLE, de = "Auftrag", de_many = "Aufträge", de_help = "Ein Projekt oder eine laufende Dienstleistung.")]
pub struct Engagement {
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
    /// A project ends, a service runs on.
    #[field(
        client_visible,
        column,
        de = "Art",
        de_help = "Ein Projekt endet, eine Dienstleistung läuft weiter."
    )]
    pub kind: Option<EngagementKind>,
    /// Where it stood when it was written down; its steps lead on from there.
    #[field(
        column,
        de = "Phase",
        de_help = "Wo er stand, als er aufgenommen wurde; die Schritte führen von dort weiter."
    )]
    pub stage: Stage,
    /// What is in and what is not.
    #[field(
        client_visible,
        search,
        label = "Scope statement",
        de = "Leistungsumfang",
        de_help = "Was dazugehört und was nicht."
    )]
    pub scope: Prose,
    /// The work to be done.
    #[field(
        client_visible,
        search,
        label = "Work description",
        de = "Beschreibung der Arbeiten",
        de_help = "Die zu leistenden Arbeiten."
    )]
    pub work: Prose,
    /// The client's goals and objectives for it.
    #[field(
        client_visible,
        search,
        label = "Client's goals",
        de = "Ziele des Kunden",
        de_help = "Was der Kunde damit erreichen will."
    )]
    pub goals: Prose,
    /// How the goals will be met.
    #[field(
        client_visible,
        search,
        label = "How goals are met",
        de = "Weg zu den Zielen",
        de_help = "Wie die Ziele erreicht werden."
    )]
    pub approach: Prose,
    /// Anything else that matters.
    #[field(
        search,
        label = "Other information",
        de = "Sonstiges",
        de_help = "Was sonst wichtig ist."
    )]
    pub other: Prose,
    /// The contract's number or place.
    #[field(
        client_visible,
        column,
        search,
        label = "Contract",
        de = "Vertrag",
        de_help = "Nummer oder Ablageort des Vertrags."
    )]
    pub contract_ref: String,
    /// What it is worth.
    #[field(column, de = "Wert", de_help = "Was er wert ist.")]
    pub value: Option<Money>,
    /// First day.
    #[field(client_visible, column, de = "Beginn", de_help = "Erster Tag.")]
    pub start: Option<NaiveDate>,
    /// Last day as planned.
    #[field(client_visible, column, de = "Geplantes Ende", de_help = "Letzter Tag nach Plan.")]
    pub planned_end: Option<NaiveDate>,
    /// Last day as it was.
    #[field(client_visible, de = "Tatsächliches Ende", de_help = "Letzter Tag, wie er war.")]
    pub actual_end: Option<NaiveDate>,
    /// What the client accepted: the plan at the start, the result at the end.
    #[field(
        client_visible,
        de = "Abnahmen",
        de_help = "Was der Kunde abgenommen hat: den Plan zu Beginn, das Ergebnis am Ende."
    )]
    pub acceptances: Facts<Acceptance>,
    /// The services of the catalogue that it makes use of.
    #[field(
        client_visible,
        de = "Dienstleistungen",
        de_help = "Die Dienstleistungen des Katalogs, die er nutzt."
    )]
    pub services: BTreeSet<Id<Service>>,
    /// Words to find it by.
    #[field(column, search, de = "Schlagwörter", de_help = "Wörter, unter denen man ihn findet.")]
    pub tags: BTreeSet<String>,
    /// Its steps; where it stands is their fold.
    #[field(
        de = "Verlauf",
        de_help = "Die bisherigen Schritte; aus ihnen ergibt sich, wo er steht."
    )]
    pub transitions: Facts<Move<Stage>>,
}

/// The client's word that something is accepted.
#[derive(Clone, Debug, PartialEq, Eq, FactBody)]
pub struct Acceptance {
    /// What was accepted.
    #[field(required, client_visible, de = "Was", de_help = "Was abgenommen wurde.")]
    pub what: String,
    /// Who at the client.
    #[field(
        client_visible,
        label = "Accepted by",
        de = "Abgenommen von",
        de_help = "Wer beim Kunden."
    )]
    pub contact: Option<Id<Contact>>,
    /// The day.
    #[field(client_visible, de = "Am", de_help = "Der Tag.")]
    pub on: Option<NaiveDate>,
    /// Where that can be read.
    #[field(client_visible, de = "Nachweis", de_help = "Wo das nachzulesen ist.")]
    pub evidence: Note,
    /// What sort of thing it was: the plan at the start, the work at the end.
    #[field(
        client_visible,
        label = "Which acceptance",
        de = "Art der Abnahme",
        de_help = "Worum es ging: zu Beginn der Plan, am Ende die Arbeit."
    )]
    pub of: Option<Accepted>,
}

/// What sort of thing a client accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Accepted {
    /// The plan, before the work begins.
    #[choice(label = "The plan", de = "Der Plan")]
    Plan,
    /// One result on the way.
    #[choice(label = "A deliverable", de = "Ein Liefergegenstand")]
    Deliverable,
    /// The work as a whole, at its end.
    #[choice(label = "The work", de = "Die Arbeit")]
    Work,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// The two sorts of engagement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum EngagementKind {
    /// Has an end.
    #[choice(de = "Projekt")]
    Project,
    /// Runs on.
    #[choice(label = "Ongoing service", de = "Laufende Dienstleistung")]
    Service,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// Where an engagement stands; the phases of the relations plan follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Stage {
    /// Being sold.
    #[choice(default, label = "Pre-contract", de = "Vor Vertrag")]
    PreContract,
    /// Signed, being planned.
    #[choice(label = "Post-contract", de = "Nach Vertrag")]
    PostContract,
    /// Being done.
    #[choice(de = "Umsetzung")]
    Implementation,
    /// Being handed over and reviewed.
    #[choice(label = "Close-out", de = "Abschluss")]
    CloseOut,
    /// Cared for after the project.
    #[choice(label = "Life cycle management", de = "Betreuung im Lebenszyklus")]
    LifeCycle,
    /// Over.
    #[choice(de = "Beendet")]
    Ended,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
