//! Intangible benefit.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, Engagement, Member};
use crate::lifecycles::Move;
use crate::lifecycles::benefit::{LIFECYCLE, State};
use crate::typed::{Choice, FactBody, Facts, Id, Note, Record};

/// What a client gives us that is not money: a reference, a testimonial, a name.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, lifecycle = LIFECYCLE, de = "Immaterieller Nutzen", de_many = "Immaterieller Nutzen", de_help = "Was uns ein Kunde gibt, das kein Geld ist: eine Referenz, eine Stellungnahme, einen Namen.")]
pub struct IntangibleBenefit {
    /// What people call it.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        de = "Titel",
        de_help = "Wie man ihn nennt."
    )]
    pub title: String,
    /// What it is.
    #[field(required, client_visible, column, de = "Art", de_help = "Was er ist.")]
    pub kind: Option<BenefitKind>,
    /// Who at the client gives it.
    #[field(
        client_visible,
        personal,
        column,
        label = "From",
        de = "Von",
        de_help = "Wer beim Kunden ihn gibt."
    )]
    pub contact: Option<Id<Contact>>,
    /// The work it speaks of.
    #[field(client_visible, de = "Auftrag", de_help = "Die Arbeit, von der er spricht.")]
    pub engagement: Option<Id<Engagement>>,
    /// Who of us looks after it.
    #[field(column, de = "Verantwortlich", de_help = "Wer von uns sich darum kümmert.")]
    pub owner: Option<Id<Member>>,
    /// What the client agreed to.
    #[field(
        client_visible,
        search,
        label = "Consent: scope",
        de = "Einwilligung: Umfang",
        de_help = "Worin der Kunde eingewilligt hat."
    )]
    pub consent_scope: String,
    /// Where it may be shown: web site, offers, talks.
    #[field(
        client_visible,
        label = "Consent: channels",
        de = "Einwilligung: Kanäle",
        de_help = "Wo er gezeigt werden darf: Website, Angebote, Vorträge."
    )]
    pub consent_channels: BTreeSet<String>,
    /// Last day of the consent.
    #[field(
        client_visible,
        column,
        label = "Consent: until",
        de = "Einwilligung: bis",
        de_help = "Letzter Tag der Einwilligung."
    )]
    pub consent_until: Option<NaiveDate>,
    /// Who at the client approved it.
    #[field(
        client_visible,
        personal,
        label = "Consent: approved by",
        de = "Einwilligung: freigegeben von",
        de_help = "Wer beim Kunden ihn freigegeben hat."
    )]
    pub approver: Option<Id<Contact>>,
    /// The words themselves, or where the finished piece lies.
    #[field(
        client_visible,
        search,
        label = "Wording or place",
        de = "Wortlaut oder Ablageort",
        de_help = "Der Wortlaut selbst oder der Ort, an dem das fertige Stück liegt."
    )]
    pub text: Note,
    /// Every time it was used.
    #[field(
        client_visible,
        label = "Uses",
        de = "Verwendungen",
        de_help = "Jede einzelne Verwendung."
    )]
    pub uses: Facts<BenefitUse>,
    /// Its steps; the state is their fold.
    #[field(de = "Verlauf", de_help = "Die bisherigen Schritte; aus ihnen ergibt sich der Stand.")]
    pub transitions: Facts<Move<State>>,
}

/// One use of an intangible benefit.
#[derive(Clone, Debug, PartialEq, Eq, FactBody)]
pub struct BenefitUse {
    /// The day.
    #[field(required, client_visible, de = "Am", de_help = "Der Tag.")]
    pub on: Option<NaiveDate>,
    /// Before whom: an offer, a talk, a page.
    #[field(
        required,
        client_visible,
        label = "Audience",
        de = "Publikum",
        de_help = "Vor wem: ein Angebot, ein Vortrag, eine Seite."
    )]
    pub audience: String,
}

/// What a client can give us besides money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum BenefitKind {
    /// They speak for us when asked.
    #[choice(de = "Referenz")]
    Reference,
    /// The story of the work, or other material.
    #[choice(label = "Case study or collateral", de = "Fallstudie oder Material")]
    CaseStudy,
    /// A sentence that we may quote.
    #[choice(de = "Kundenstimme")]
    Testimonial,
    /// Their logo.
    #[choice(label = "Use of the logo", de = "Logonutzung")]
    Logo,
    /// The work is entered for an award.
    #[choice(label = "Award entry", de = "Wettbewerbsbeitrag")]
    Award,
    /// They speak with us, or about us.
    #[choice(de = "Vortrag")]
    Talk,
    /// They introduce us to somebody.
    #[choice(de = "Vermittlung")]
    Introduction,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
