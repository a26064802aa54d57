//! Complaint (ISO 10002).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Action, Channel, Contact, Effect, Engagement, Member};
use crate::lifecycles::complaint::{LIFECYCLE, Transition};
use crate::typed::{Choice, Facts, Id, Note, Prose, Record, Scale};
use crate::value::{Moment, Money};

/// A client's expression of dissatisfaction that expects an answer (ISO 10002).
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, number = "C", lifecycle = LIFECYCLE, de = "Beschwerde", de_many = "Beschwerden", de_help = "Eine Äußerung der Unzufriedenheit eines Kunden, die eine Antwort erwartet (ISO 10002).")]
pub struct Complaint {
    /// Given when it is saved; no two devices give the same.
    #[field(
        client_visible,
        column,
        search,
        de = "Nummer",
        de_help = "Wird beim Speichern vergeben; keine zwei Geräte vergeben dieselbe."
    )]
    pub number: String,
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
    /// When the client spoke; all clocks run from here.
    #[field(
        required,
        client_visible,
        column,
        de = "Eingegangen",
        de_help = "Wann der Kunde sprach; alle Fristen laufen von hier."
    )]
    pub received: Option<Moment>,
    /// Who of us heard it.
    #[field(client_visible, de = "Entgegengenommen von", de_help = "Wer von uns sie gehört hat.")]
    pub received_by: Option<Id<Member>>,
    /// How it reached us.
    #[field(
        client_visible,
        label = "Received by way of",
        de = "Eingangsweg",
        de_help = "Wie sie uns erreicht hat."
    )]
    pub channel: Option<Channel>,
    /// Who complains.
    #[field(client_visible, column, label = "From", de = "Von", de_help = "Wer sich beschwert.")]
    pub complainant: Option<Id<Contact>>,
    /// Who else is affected.
    #[field(client_visible, de = "Betroffen", de_help = "Wer noch betroffen ist.")]
    pub affected: BTreeSet<Id<Contact>>,
    /// The engagement it is about.
    #[field(client_visible, column, de = "Auftrag", de_help = "Der Auftrag, um den es geht.")]
    pub engagement: Option<Id<Engagement>>,
    /// The service it is about.
    #[field(
        client_visible,
        search,
        de = "Dienstleistung",
        de_help = "Die Dienstleistung, um die es geht."
    )]
    pub service: String,
    /// The service level that was missed.
    #[field(
        client_visible,
        label = "Service level",
        de = "Service-Level",
        de_help = "Das Service-Level, das verfehlt wurde."
    )]
    pub service_level: String,
    /// What happened, in the client's words.
    #[field(
        client_visible,
        search,
        de = "Beschreibung",
        de_help = "Was geschehen ist, in den Worten des Kunden."
    )]
    pub description: Prose,
    /// What the client asks us to do, in the client's words.
    #[field(
        client_visible,
        search,
        label = "Remedy asked",
        de = "Gewünschte Abhilfe",
        de_help = "Was wir nach Wunsch des Kunden tun sollen, in seinen Worten."
    )]
    pub remedy: Note,
    /// The client was asked and named no remedy.
    #[field(
        client_visible,
        label = "No remedy stated",
        de = "Keine Abhilfe genannt",
        de_help = "Der Kunde wurde gefragt und hat keine Abhilfe genannt."
    )]
    pub remedy_none: bool,
    /// What sort of trouble it is.
    #[field(column, search, de = "Kategorie", de_help = "Welche Art von Ärger es ist.")]
    pub category: String,
    /// How bad it is for the client.
    #[field(column, de = "Schwere", de_help = "Wie schlimm es für den Kunden ist.")]
    pub severity: Option<Severity>,
    /// How hard it is to answer; a complex one has more time.
    #[field(
        de = "Komplexität",
        de_help = "Wie schwer sie zu beantworten ist; eine komplexe hat mehr Zeit."
    )]
    pub complexity: Option<Complexity>,
    /// What it does to the client.
    #[field(client_visible, de = "Auswirkung", de_help = "Was sie für den Kunden bedeutet.")]
    pub impact: Note,
    /// Something must be done at once.
    #[field(
        column,
        label = "Immediate action needed",
        de = "Sofortmaßnahme nötig",
        de_help = "Es muss sofort etwas geschehen."
    )]
    pub immediate: bool,
    /// How far the team may spread it.
    #[field(de = "Vertraulichkeit", de_help = "Wie weit sie im Team verbreitet werden darf.")]
    pub confidentiality: Confidentiality,
    /// Who answers for it.
    #[field(client_visible, column, de = "Verantwortlich", de_help = "Wer für sie einsteht.")]
    pub owner: Option<Id<Member>>,
    /// How high it was taken, 0 to 3.
    #[field(de = "Eskalationsstufe", de_help = "Wie hoch sie getragen wurde, 0 bis 3.")]
    pub escalation_level: Option<Scale<0, 3>>,
    /// To whom.
    #[field(client_visible, de = "Eskaliert an", de_help = "An wen.")]
    pub escalated_to: Option<Id<Member>>,
    /// Acknowledge by.
    #[field(
        client_visible,
        label = "Acknowledge by",
        de = "Bestätigen bis",
        de_help = "Eingang bestätigen bis zu diesem Tag."
    )]
    pub acknowledge_due: Option<NaiveDate>,
    /// Assess by.
    #[field(label = "Assess by", de = "Bewerten bis", de_help = "Bewerten bis zu diesem Tag.")]
    pub assess_due: Option<NaiveDate>,
    /// Tell the client how it stands by.
    #[field(
        client_visible,
        label = "Next update by",
        de = "Zwischenbescheid bis",
        de_help = "Dem Kunden den Stand mitteilen bis zu diesem Tag."
    )]
    pub update_due: Option<NaiveDate>,
    /// Respond by.
    #[field(
        client_visible,
        column,
        label = "Respond by",
        de = "Antworten bis",
        de_help = "Antworten bis zu diesem Tag."
    )]
    pub respond_due: Option<NaiveDate>,
    /// What was looked at and found.
    #[field(search, de = "Untersuchung", de_help = "Was untersucht und festgestellt wurde.")]
    pub investigation: Prose,
    /// The sort of cause.
    #[field(column, label = "Root cause", de = "Ursache", de_help = "Die Art der Ursache.")]
    pub cause: Option<Cause>,
    /// The cause in words.
    #[field(
        search,
        label = "Root cause in words",
        de = "Ursache in Worten",
        de_help = "Die Ursache in Worten."
    )]
    pub cause_text: Note,
    /// What we decided to do.
    #[field(
        client_visible,
        search,
        de = "Entscheidung",
        de_help = "Was wir zu tun entschieden haben."
    )]
    pub decision: Note,
    /// What we wrote to the client.
    #[field(
        client_visible,
        search,
        de = "Antwort",
        de_help = "Was wir dem Kunden geschrieben haben."
    )]
    pub response: Prose,
    /// The day it was sent.
    #[field(
        client_visible,
        label = "Response sent on",
        de = "Antwort gesendet am",
        de_help = "Der Tag, an dem sie gesendet wurde."
    )]
    pub response_sent: Option<NaiveDate>,
    /// What the client says to it.
    #[field(
        client_visible,
        label = "Client's answer",
        de = "Antwort des Kunden",
        de_help = "Was der Kunde dazu sagt."
    )]
    pub answer: Option<Answer>,
    /// How the client answered, or how we tried to reach them.
    #[field(
        label = "Answer in words",
        de = "Antwort in Worten",
        de_help = "Wie der Kunde geantwortet hat, oder wie wir ihn zu erreichen versuchten."
    )]
    pub answer_text: Note,
    /// What we pay or waive.
    #[field(client_visible, de = "Entschädigung", de_help = "Was wir zahlen oder erlassen.")]
    pub compensation: Option<Money>,
    /// The client was told where else it can turn.
    #[field(
        client_visible,
        label = "External recourse told",
        de = "Externe Stelle genannt",
        de_help = "Dem Kunden wurde gesagt, wohin er sich sonst wenden kann."
    )]
    pub recourse_told: bool,
    /// How content the client is with the handling, 1 to 5.
    #[field(
        client_visible,
        label = "Satisfaction with handling",
        de = "Zufriedenheit mit der Bearbeitung",
        de_help = "Wie zufrieden der Kunde mit der Bearbeitung ist, 1 bis 5."
    )]
    pub satisfaction: Option<Scale<1, 5>>,
    /// When to look whether the cause is gone.
    #[field(
        label = "Check effect on",
        de = "Wirksamkeit prüfen am",
        de_help = "Wann zu prüfen ist, ob die Ursache behoben ist."
    )]
    pub effect_due: Option<NaiveDate>,
    /// Whether it is.
    #[field(label = "Effect", de = "Wirksamkeit", de_help = "Ob sie behoben ist.")]
    pub effect: Option<Effect>,
    /// What we learn from it.
    #[field(search, de = "Lehre", de_help = "Was wir daraus lernen.")]
    pub lesson: Note,
    /// The improvement that came of it.
    #[field(de = "Verbesserung", de_help = "Die Verbesserung, die daraus entstand.")]
    pub improvement: Option<Id<Action>>,
    /// Its steps; the state is their fold.
    #[field(de = "Verlauf", de_help = "Ihre Schritte; aus ihnen ergibt sich der Stand.")]
    pub transitions: Facts<Transition>,
}

/// How bad a complaint is for the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Severity {
    /// Annoying.
    #[choice(de = "Gering")]
    Minor,
    /// Costs the client time or money.
    #[choice(de = "Erheblich")]
    Major,
    /// Endangers people, business or the relationship.
    #[choice(de = "Kritisch")]
    Critical,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// How hard a complaint is to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Complexity {
    /// One of us can answer.
    #[choice(de = "Einfach")]
    Simple,
    /// Several must look into it.
    #[choice(de = "Komplex")]
    Complex,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// How far a complaint may spread in the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Confidentiality {
    /// Everybody may speak of it.
    #[choice(default, de = "Offen im Team")]
    Open,
    /// Only those who work on it speak of it; it is kept out of lists that are printed.
    #[choice(de = "Vertraulich")]
    Confidential,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// The sort of cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Cause {
    /// We did not know or say enough.
    #[choice(de = "Kommunikation")]
    Communication,
    /// The way of working.
    #[choice(de = "Ablauf")]
    Process,
    /// What was delivered.
    #[choice(de = "Qualität der Leistung")]
    Quality,
    /// Too few people, or too little time.
    #[choice(de = "Kapazität")]
    Capacity,
    /// How somebody behaved.
    #[choice(de = "Verhalten")]
    Conduct,
    /// A tool or system.
    #[choice(de = "Technik")]
    Technology,
    /// Somebody who works for us.
    #[choice(de = "Lieferant")]
    Supplier,
    /// Something on the client's side.
    #[choice(label = "Client's side", de = "Beim Kunden")]
    Client,
    /// Looked for and not found.
    #[choice(label = "Not found", de = "Nicht gefunden")]
    NotFound,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// What the client says to our response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Answer {
    /// Yes.
    #[choice(de = "Akzeptiert")]
    Accepted,
    /// No.
    #[choice(label = "Not accepted", de = "Nicht akzeptiert")]
    NotAccepted,
    /// We tried to reach them, and say how.
    #[choice(label = "No answer", de = "Keine Antwort")]
    NoAnswer,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
