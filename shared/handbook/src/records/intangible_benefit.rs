//! Intangible benefit.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Contact, Engagement, Member};
use crate::lifecycles::Move;
use crate::lifecycles::benefit::{LIFECYCLE, State};
use crate::typed::{Choice, FactBody, Facts, Id, Note, Record};

/// What a client gives us that is not money: a reference, a testimonial, a name.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, lifecycle = LIFECYCLE, de = "Immaterieller Nutzen", de_many = "Immaterieller Nutzen")]
pub struct IntangibleBenefit {
    /// What people call it.
    #[field(required, client_visible, title, column, search, de = "Titel")]
    pub title: String,
    /// What it is.
    #[field(required, client_visible, column, de = "Art")]
    pub kind: Option<BenefitKind>,
    /// Who at the client gives it.
    #[field(client_visible, personal, column, label = "From", de = "Von")]
    pub contact: Option<Id<Contact>>,
    /// The work it speaks of.
    #[field(client_visible, de = "Auftrag")]
    pub engagement: Option<Id<Engagement>>,
    /// Who of us looks after it.
    #[field(column, de = "Verantwortlich")]
    pub owner: Option<Id<Member>>,
    /// What the client agreed to.
    #[field(client_visible, search, label = "Consent: scope", de = "Einwilligung: Umfang")]
    pub consent_scope: String,
    /// Where it may be shown: web site, offers, talks.
    #[field(client_visible, label = "Consent: channels", de = "Einwilligung: Kanäle")]
    pub consent_channels: BTreeSet<String>,
    /// Last day of the consent.
    #[field(client_visible, column, label = "Consent: until", de = "Einwilligung: bis")]
    pub consent_until: Option<NaiveDate>,
    /// Who at the client approved it.
    #[field(
        client_visible,
        personal,
        label = "Consent: approved by",
        de = "Einwilligung: freigegeben von"
    )]
    pub approver: Option<Id<Contact>>,
    /// The words themselves, or where the finished piece lies.
    #[field(client_visible, search, label = "Wording or place", de = "Wortlaut oder Ablageort")]
    pub text: Note,
    /// Every time it was used.
    #[field(client_visible, label = "Uses", de = "Verwendungen")]
    pub uses: Facts<BenefitUse>,
    /// Its steps; the state is their fold.
    #[field(de = "Verlauf")]
    pub transitions: Facts<Move<State>>,
}

/// One use of an intangible benefit.
#[derive(Clone, Debug, PartialEq, Eq, FactBody)]
pub struct BenefitUse {
    /// The day.
    #[field(required, client_visible, de = "Am")]
    pub on: Option<NaiveDate>,
    /// Before whom: an offer, a talk, a page.
    #[field(required, client_visible, label = "Audience", de = "Publikum")]
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
