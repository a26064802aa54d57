//! Action.

use chrono::NaiveDate;

use super::{
    Assessment, Complaint, Contact, Engagement, Member, Risk, SalvagePlan, SponsorDialogue,
    SwitchingFactor, SwotItem, Touchpoint,
};
use crate::typed::{Choice, Id, Note, Record};

/// Something to be done for a client, by us or by them.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Maßnahme", de_many = "Maßnahmen", de_help = "Etwas, das für einen Kunden zu tun ist, von uns oder von ihm.")]
pub struct Action {
    /// What is to be done.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        label = "Action",
        de = "Maßnahme",
        de_help = "Was zu tun ist."
    )]
    pub text: String,
    /// Who of us does it.
    #[field(client_visible, column, de = "Verantwortlich", de_help = "Wer von uns es tut.")]
    pub owner: Option<Id<Member>>,
    /// Who at the client does it, where it is theirs.
    #[field(
        client_visible,
        column,
        label = "Owner at the client",
        de = "Verantwortlich beim Kunden",
        de_help = "Wer beim Kunden es tut, wo es seine Sache ist."
    )]
    pub client_owner: Option<Id<Contact>>,
    /// By when.
    #[field(client_visible, column, de = "Fällig", de_help = "Bis wann.")]
    pub due: Option<NaiveDate>,
    /// How far it is.
    #[field(client_visible, column, de = "Stand", de_help = "Wie weit sie ist.")]
    pub state: ActionState,
    /// The day it was done.
    #[field(client_visible, de = "Erledigt am", de_help = "Der Tag, an dem sie erledigt wurde.")]
    pub done_on: Option<NaiveDate>,
    /// What it came from.
    #[field(column, de = "Anlass", de_help = "Woraus sie entstand.")]
    pub source: Option<ActionSource>,
    /// The complaint it came from.
    #[field(
        client_visible,
        de = "Aus der Beschwerde",
        de_help = "Die Beschwerde, aus der sie entstand."
    )]
    pub complaint: Option<Id<Complaint>>,
    /// The touchpoint it came from.
    #[field(de = "Aus dem Kontakt", de_help = "Der Kontakt, aus dem sie entstand.")]
    pub touchpoint: Option<Id<Touchpoint>>,
    /// The engagement it belongs to.
    #[field(client_visible, de = "Auftrag", de_help = "Der Auftrag, zu dem sie gehört.")]
    pub engagement: Option<Id<Engagement>>,
    /// When to look whether it helped.
    #[field(
        label = "Check effect on",
        de = "Wirksamkeit prüfen am",
        de_help = "Wann zu prüfen ist, ob sie gewirkt hat."
    )]
    pub effect_due: Option<NaiveDate>,
    /// Whether it helped.
    #[field(label = "Effect", de = "Wirksamkeit", de_help = "Ob sie gewirkt hat.")]
    pub effect: Option<Effect>,
    /// What was seen.
    #[field(label = "What was seen", de = "Feststellung", de_help = "Was festgestellt wurde.")]
    pub effect_note: Note,
    /// The risk it makes smaller.
    #[field(
        label = "From the risk",
        de = "Aus dem Risiko",
        de_help = "Das Risiko, das sie verringert."
    )]
    pub risk: Option<Id<Risk>>,
    /// The SWOT item it came from.
    #[field(
        label = "From the SWOT item",
        de = "Aus dem SWOT-Eintrag",
        de_help = "Der SWOT-Eintrag, aus dem sie entstand."
    )]
    pub swot_item: Option<Id<SwotItem>>,
    /// The sponsor dialogue it came from.
    #[field(
        label = "From the sponsor dialogue",
        de = "Aus dem Sponsorgespräch",
        de_help = "Das Sponsorgespräch, aus dem sie entstand."
    )]
    pub sponsor_dialogue: Option<Id<SponsorDialogue>>,
    /// The relationship assessment it came from.
    #[field(
        label = "From the assessment",
        de = "Aus der Beziehungsbewertung",
        de_help = "Die Beziehungsbewertung, aus der sie entstand."
    )]
    pub assessment: Option<Id<Assessment>>,
    /// The salvage plan it belongs to.
    #[field(
        label = "From the salvage plan",
        de = "Aus dem Rettungsplan",
        de_help = "Der Rettungsplan, zu dem sie gehört."
    )]
    pub salvage_plan: Option<Id<SalvagePlan>>,
    /// The switching-cost factor it keeps up.
    #[field(
        label = "From the switching-cost factor",
        de = "Aus der Wechselhürde",
        de_help = "Die Wechselhürde, die sie aufrechterhält."
    )]
    pub switching_factor: Option<Id<SwitchingFactor>>,
}

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ActionState {
    /// To be done.
    #[choice(default, de = "Offen")]
    Open,
    /// Begun.
    #[choice(label = "Under way", de = "In Arbeit")]
    UnderWay,
    /// Done.
    #[choice(de = "Erledigt")]
    Done,
    /// Handed on to something else that carries it.
    #[choice(de = "Übertragen")]
    Transferred,
    /// Will not be done.
    #[choice(de = "Verworfen")]
    Dropped,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// What an action came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ActionSource {
    /// A contact.
    #[choice(de = "Kontakt")]
    Touchpoint,
    /// A complaint.
    #[choice(de = "Beschwerde")]
    Complaint,
    /// A service review.
    #[choice(de = "Leistungsreview")]
    Review,
    /// A survey.
    #[choice(de = "Umfrage")]
    Survey,
    /// A SWOT analysis.
    #[choice(key = "swot", label = "SWOT", de = "SWOT")]
    Swot,
    /// A risk.
    #[choice(de = "Risiko")]
    Risk,
    /// A sponsor dialogue.
    #[choice(de = "Sponsorgespräch")]
    SponsorDialogue,
    /// A relationship assessment.
    #[choice(de = "Beziehungsbewertung")]
    Assessment,
    /// A salvage plan.
    #[choice(de = "Rettungsplan")]
    SalvagePlan,
    /// A switching-cost factor.
    #[choice(label = "Switching-cost factor", de = "Wechselhürde")]
    SwitchingFactor,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}

/// Whether something helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Effect {
    /// It helped.
    #[choice(de = "Wirksam")]
    Effective,
    /// It did not.
    #[choice(label = "Not effective", de = "Nicht wirksam")]
    NotEffective,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
