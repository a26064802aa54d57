//! Touchpoint.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Complaint, Contact, Engagement, Member};
use crate::typed::{Choice, Id, Minutes, Note, Record, Scale};
use crate::value::Moment;

/// One contact with a client, whichever of our functions had it.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Kontakt", de_many = "Kontakte", de_help = "Ein Kontakt mit einem Kunden, gleich welche unserer Funktionen ihn hatte.")]
pub struct Touchpoint {
    /// When it began.
    #[field(
        required,
        client_visible,
        column,
        label = "When",
        de = "Wann",
        de_help = "Wann er begann."
    )]
    pub at: Option<Moment>,
    /// How long it took.
    #[field(client_visible, de = "Dauer", de_help = "Wie lange er dauerte.")]
    pub duration: Option<Minutes>,
    /// Which of our functions spoke.
    #[field(required, column, de = "Funktion", de_help = "Welche unserer Funktionen sprach.")]
    pub function: Option<Function>,
    /// By what means.
    #[field(
        required,
        client_visible,
        column,
        label = "How",
        de = "Wie",
        de_help = "Auf welchem Weg."
    )]
    pub channel: Option<Channel>,
    /// Who turned to whom.
    #[field(de = "Richtung", de_help = "Wer sich an wen wandte.")]
    pub direction: Option<Direction>,
    /// Planned and minuted, or by the way.
    #[field(de = "Förmlichkeit", de_help = "Geplant und protokolliert, oder nebenbei.")]
    pub formality: Option<Formality>,
    /// The engagement it was about.
    #[field(client_visible, column, de = "Auftrag", de_help = "Der Auftrag, um den es ging.")]
    pub engagement: Option<Id<Engagement>>,
    /// Who was there from the client.
    #[field(
        client_visible,
        column,
        label = "With",
        de = "Mit",
        de_help = "Wer vom Kunden dabei war."
    )]
    pub contacts: BTreeSet<Id<Contact>>,
    /// Who was there from us.
    #[field(
        client_visible,
        column,
        label = "Our people",
        de = "Von uns",
        de_help = "Wer von uns dabei war."
    )]
    pub members: BTreeSet<Id<Member>>,
    /// What it was about, in a line.
    #[field(
        client_visible,
        title,
        column,
        search,
        de = "Betreff",
        de_help = "Worum es ging, in einer Zeile."
    )]
    pub subject: String,
    /// What was said.
    #[field(
        search,
        label = "What was said",
        de = "Was gesagt wurde",
        de_help = "Was gesagt wurde."
    )]
    pub notes: Note,
    /// How the client seemed, from -2 to +2.
    #[field(de = "Stimmung", de_help = "Wie der Kunde gestimmt schien, von -2 bis +2.")]
    pub mood: Option<Scale<-2, 2>>,
    /// What happens next.
    #[field(
        client_visible,
        search,
        de = "Nächster Schritt",
        de_help = "Was als Nächstes geschieht."
    )]
    pub next_step: String,
    /// By when.
    #[field(
        client_visible,
        label = "Next step by",
        de = "Nächster Schritt bis",
        de_help = "Bis wann."
    )]
    pub next_step_due: Option<NaiveDate>,
    /// Who takes the next step.
    #[field(
        client_visible,
        label = "Next step by whom",
        de = "Nächster Schritt durch",
        de_help = "Wer den nächsten Schritt tut."
    )]
    pub next_step_by: Option<Id<Member>>,
    /// The complaint it belonged to.
    #[field(de = "Beschwerde", de_help = "Die Beschwerde, zu der er gehörte.")]
    pub complaint: Option<Id<Complaint>>,
    /// Who may see it.
    #[field(de = "Sichtbar für", de_help = "Wer ihn sehen darf.")]
    pub visibility: Visibility,
}

/// The five functions that meet a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Function {
    /// Sells.
    #[choice(de = "Vertrieb")]
    Sales,
    /// Makes us known.
    #[choice(de = "Marketing")]
    Marketing,
    /// Manages the engagement.
    #[choice(de = "Auftragsleitung")]
    Engagement,
    /// Does the work.
    #[choice(de = "Leistung")]
    Delivery,
    /// Invoices.
    #[choice(de = "Finanzen")]
    Finance,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// By what means people spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Channel {
    /// We went to them, or they came to us.
    #[choice(de = "Besuch")]
    Visit,
    /// Around a table.
    #[choice(de = "Besprechung")]
    Meeting,
    /// By telephone.
    #[choice(de = "Anruf")]
    Call,
    /// By video.
    #[choice(label = "Video call", de = "Videogespräch")]
    Video,
    /// By e-mail.
    #[choice(label = "E-mail", de = "E-Mail")]
    Email,
    /// By chat or text message.
    #[choice(de = "Nachricht")]
    Message,
    /// By post.
    #[choice(de = "Brief")]
    Letter,
    /// At a fair, a talk, a party.
    #[choice(de = "Veranstaltung")]
    Event,
    /// A document handed over.
    #[choice(de = "Dokument")]
    Document,
    /// In passing.
    #[choice(de = "Beiläufig")]
    Casual,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// Who turned to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Direction {
    /// The client spoke.
    #[choice(key = "in", label = "From the client", de = "Vom Kunden")]
    Inbound,
    /// We spoke.
    #[choice(key = "out", label = "To the client", de = "Zum Kunden")]
    Outbound,
    /// Both spoke.
    #[choice(label = "Two-way", de = "Wechselseitig")]
    TwoWay,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// How formal a contact was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Formality {
    /// Planned in the schedule, with an agenda.
    #[choice(de = "Förmlich")]
    Formal,
    /// Called for an occasion.
    #[choice(label = "Ad hoc", de = "Anlassbezogen")]
    AdHoc,
    /// By the way.
    #[choice(de = "Zwanglos")]
    Casual,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// Who may see a record as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Visibility {
    /// Our people.
    #[choice(default, de = "Team")]
    Team,
    /// Also the client, in the fields that a client may see.
    #[choice(label = "Team and client", de = "Team und Kunde")]
    Client,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
