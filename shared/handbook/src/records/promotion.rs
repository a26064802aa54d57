//! Mutual promotion.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, Member};
use crate::typed::{Choice, Id, Note, Record};

/// Something we did to make a client better known, or a client us.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Mutual promotion", de = "Gegenseitige Empfehlung", de_many = "Gegenseitige Empfehlungen", de_help = "Etwas, womit wir einen Kunden bekannter gemacht haben oder ein Kunde uns.")]
pub struct Promotion {
    /// What was done.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        de = "Was",
        de_help = "Was getan wurde."
    )]
    pub what: String,
    /// Who spoke for whom.
    #[field(
        required,
        client_visible,
        column,
        de = "Richtung",
        de_help = "Wer für wen gesprochen hat."
    )]
    pub direction: Option<PromotionDirection>,
    /// Where: a fair, a magazine, a post.
    #[field(
        client_visible,
        column,
        search,
        label = "Where",
        de = "Wo",
        de_help = "Wo: eine Messe, eine Zeitschrift, ein Beitrag."
    )]
    pub place: String,
    /// The day.
    #[field(required, client_visible, column, de = "Am", de_help = "Der Tag.")]
    pub on: Option<NaiveDate>,
    /// Who at the client had part in it.
    #[field(
        client_visible,
        personal,
        label = "With",
        de = "Mit",
        de_help = "Wer beim Kunden beteiligt war."
    )]
    pub contacts: BTreeSet<Id<Contact>>,
    /// Who of us had part in it.
    #[field(
        client_visible,
        label = "Our people",
        de = "Von uns",
        de_help = "Wer von uns beteiligt war."
    )]
    pub members: BTreeSet<Id<Member>>,
    /// Where that can be seen.
    #[field(client_visible, de = "Nachweis", de_help = "Wo das zu sehen ist.")]
    pub evidence: Note,
}

/// Who spoke for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum PromotionDirection {
    /// We for the client.
    #[choice(label = "We for the client", de = "Wir für den Kunden")]
    WeForThem,
    /// The client for us.
    #[choice(label = "The client for us", de = "Der Kunde für uns")]
    TheyForUs,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
