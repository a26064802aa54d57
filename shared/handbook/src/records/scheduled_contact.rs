//! Scheduled contact.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, Engagement, Member, Stage, Touchpoint};
use crate::lifecycles::scheduled_contact::{LIFECYCLE, Scheduling};
use crate::typed::{Choice, DayTime, Facts, Id, Minutes, Note, Record};

/// A formal contact that is planned ahead.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, lifecycle = LIFECYCLE, de = "Geplanter Kontakt", de_many = "Geplante Kontakte", de_help = "Ein förmlicher Kontakt, der im Voraus geplant ist.")]
pub struct ScheduledContact {
    /// What it is about, in a line.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        de = "Betreff",
        de_help = "Worum es geht, in einer Zeile."
    )]
    pub subject: String,
    /// What sort of contact.
    #[field(required, client_visible, column, de = "Art", de_help = "Welche Art von Kontakt.")]
    pub kind: Option<ScheduledKind>,
    /// The day as first planned; later days stand in its steps.
    #[field(
        required,
        client_visible,
        column,
        label = "Planned for",
        de = "Geplant für",
        de_help = "Der zuerst geplante Tag; spätere Termine stehen in den Schritten."
    )]
    pub target_date: Option<NaiveDate>,
    /// When it begins, on the clock of the place; empty: some time that day.
    #[field(
        client_visible,
        column,
        label = "At",
        de = "Um",
        de_help = "Wann er beginnt, nach der Uhr am Ort; leer: irgendwann an dem Tag."
    )]
    pub time: Option<DayTime>,
    /// How long it is to take; an hour where empty.
    #[field(
        client_visible,
        de = "Dauer",
        de_help = "Wie lange er dauern soll; eine Stunde, wo nichts steht."
    )]
    pub duration: Option<Minutes>,
    /// Where: the address, the room, the gate.
    #[field(
        client_visible,
        column,
        search,
        de = "Ort",
        de_help = "Wo: die Anschrift, der Raum, das Tor."
    )]
    pub place: String,
    /// How often it comes again; empty: once.
    #[field(
        client_visible,
        column,
        label = "Repeats",
        de = "Wiederholung",
        de_help = "Wie oft er wiederkehrt; leer: einmal."
    )]
    pub recurrence: Option<Recurrence>,
    /// The engagement it is about.
    #[field(client_visible, column, de = "Auftrag", de_help = "Der Auftrag, um den es geht.")]
    pub engagement: Option<Id<Engagement>>,
    /// The phase of the engagement in which it belongs.
    #[field(client_visible, de = "Phase", de_help = "Die Phase des Auftrags, in die er gehört.")]
    pub phase: Option<Stage>,
    /// Who shall be there from the client.
    #[field(
        client_visible,
        column,
        label = "With",
        de = "Mit",
        de_help = "Wer vom Kunden dabei sein soll."
    )]
    pub contacts: BTreeSet<Id<Contact>>,
    /// Who shall be there from us.
    #[field(
        client_visible,
        label = "Our people",
        de = "Von uns",
        de_help = "Wer von uns dabei sein soll."
    )]
    pub members: BTreeSet<Id<Member>>,
    /// Who invites.
    #[field(client_visible, column, de = "Organisation", de_help = "Wer einlädt.")]
    pub organiser: Option<Id<Member>>,
    /// What shall be spoken of.
    #[field(client_visible, de = "Tagesordnung", de_help = "Worüber gesprochen werden soll.")]
    pub agenda: Note,
    /// The touchpoint in which it was held.
    #[field(
        label = "Held in",
        de = "Stattgefunden im Kontakt",
        de_help = "Der Kontakt, in dem er stattgefunden hat."
    )]
    pub held_in: Option<Id<Touchpoint>>,
    /// Its steps; the state is their fold.
    #[field(de = "Verlauf", de_help = "Die bisherigen Schritte; aus ihnen ergibt sich der Stand.")]
    pub transitions: Facts<Scheduling>,
}

/// What sort of formal contact is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ScheduledKind {
    /// We go to them, or they come to us.
    #[choice(de = "Besuch")]
    Visit,
    /// The first meeting of an engagement.
    #[choice(label = "Kick-off", de = "Auftaktgespräch")]
    Kickoff,
    /// A regular meeting with an agenda.
    #[choice(de = "Förmliche Besprechung")]
    FormalMeeting,
    /// A service review.
    #[choice(de = "Leistungsreview")]
    Review,
    /// The sponsor and the client.
    #[choice(de = "Sponsorgespräch")]
    SponsorDialogue,
    /// A survey.
    #[choice(de = "Umfrage")]
    Survey,
    /// A look back.
    #[choice(label = "Debriefing", de = "Nachbesprechung")]
    Debrief,
    /// A test that the client accepts the work by.
    #[choice(de = "Abnahmetest")]
    AcceptanceTest,
    /// Teaching.
    #[choice(de = "Schulung")]
    Training,
    /// A day that the plan names.
    #[choice(de = "Meilenstein")]
    Milestone,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// How often something comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Recurrence {
    /// Every week.
    #[choice(de = "Wöchentlich")]
    Weekly,
    /// Every two weeks.
    #[choice(label = "Every two weeks", de = "Alle zwei Wochen")]
    Fortnightly,
    /// Every month.
    #[choice(de = "Monatlich")]
    Monthly,
    /// Every three months.
    #[choice(de = "Vierteljährlich")]
    Quarterly,
    /// Every six months.
    #[choice(label = "Every six months", de = "Halbjährlich")]
    HalfYearly,
    /// Every year.
    #[choice(de = "Jährlich")]
    Yearly,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
