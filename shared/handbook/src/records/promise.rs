//! Promise.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Complaint, Contact, Engagement, Member, Touchpoint};
use crate::typed::{Choice, Id, Note, Record, Scale};

/// Something one of us told a client they would do.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Zusage", de_many = "Zusagen", de_help = "Etwas, das jemand von uns einem Kunden zugesagt hat.")]
pub struct Promise {
    /// What was promised.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        label = "Promise",
        de = "Zusage",
        de_help = "Was zugesagt wurde."
    )]
    pub text: String,
    /// To whom.
    #[field(client_visible, column, de = "An", de_help = "Wem.")]
    pub to: BTreeSet<Id<Contact>>,
    /// Who gave it.
    #[field(required, client_visible, column, de = "Von", de_help = "Wer sie gegeben hat.")]
    pub by: Option<Id<Member>>,
    /// The day it was given.
    #[field(
        client_visible,
        label = "Given on",
        de = "Gegeben am",
        de_help = "Der Tag, an dem sie gegeben wurde."
    )]
    pub made_on: Option<NaiveDate>,
    /// By when.
    #[field(client_visible, column, de = "Fällig", de_help = "Bis wann.")]
    pub due: Option<NaiveDate>,
    /// How sure we are that we can keep it, 1 to 5.
    #[field(de = "Zuversicht", de_help = "Wie sicher wir sind, sie halten zu können, 1 bis 5.")]
    pub confidence: Option<Scale<1, 5>>,
    /// What became of it.
    #[field(client_visible, column, de = "Stand", de_help = "Was daraus geworden ist.")]
    pub state: PromiseState,
    /// The day it was kept.
    #[field(client_visible, de = "Erfüllt am", de_help = "Der Tag, an dem sie gehalten wurde.")]
    pub kept_on: Option<NaiveDate>,
    /// Where that can be seen.
    #[field(client_visible, de = "Nachweis", de_help = "Wo das zu sehen ist.")]
    pub evidence: Note,
    /// The engagement it belongs to.
    #[field(client_visible, de = "Auftrag", de_help = "Der Auftrag, zu dem sie gehört.")]
    pub engagement: Option<Id<Engagement>>,
    /// The touchpoint in which it was given.
    #[field(de = "Aus dem Kontakt", de_help = "Der Kontakt, in dem sie gegeben wurde.")]
    pub touchpoint: Option<Id<Touchpoint>>,
    /// The complaint over which it was given.
    #[field(de = "Aus der Beschwerde", de_help = "Die Beschwerde, zu der sie gegeben wurde.")]
    pub complaint: Option<Id<Complaint>>,
}

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum PromiseState {
    /// Given, not yet kept.
    #[choice(default, de = "Gegeben")]
    Made,
    /// Kept in time.
    #[choice(de = "Gehalten")]
    Kept,
    /// Kept, but late.
    #[choice(label = "Kept late", de = "Verspätet gehalten")]
    Late,
    /// Not kept.
    #[choice(de = "Gebrochen")]
    Broken,
    /// Taken back, and the client knows.
    #[choice(de = "Zurückgenommen")]
    Withdrawn,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
