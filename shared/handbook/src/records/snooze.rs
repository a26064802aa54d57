//! Snooze.

use chrono::NaiveDate;

use crate::typed::{Choice, Record};

/// A reason for attention that rests until a day, because somebody says why.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Snoozed reason", de = "Zurückgestellter Grund", de_many = "Zurückgestellte Gründe", de_help = "Ein Anlass zum Handeln, der bis zu einem Tag ruht, weil jemand sagt, warum.")]
pub struct Snooze {
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
    /// Why it may rest.
    #[field(
        required,
        column,
        search,
        label = "Why",
        de = "Begründung",
        de_help = "Warum er ruhen darf."
    )]
    pub reason: String,
    /// The last day on which it rests.
    #[field(required, column, de = "Bis", de_help = "Der letzte Tag, an dem er ruht.")]
    pub until: Option<NaiveDate>,
    /// How much it pressed when it was laid aside; it comes back when it presses more.
    #[field(
        label = "Pressed then",
        de = "Dringlichkeit damals",
        de_help = "Wie dringend er war, als er zurückgestellt wurde; wird er dringender, kommt er wieder."
    )]
    pub pressing: Option<Pressing>,
}

/// How much a reason presses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Pressing {
    /// Late or broken.
    #[choice(de = "Dringend")]
    Urgent,
    /// Due, waiting or silent.
    #[choice(de = "Bald")]
    Soon,
    /// Worth an eye.
    #[choice(de = "Beobachten")]
    Watch,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
