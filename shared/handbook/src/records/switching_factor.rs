//! Switching-cost factor.

use chrono::NaiveDate;

use super::{Engagement, Member};
use crate::typed::{Choice, Id, Note, Record, Scale};

/// What it would cost a client to leave us; for our eyes only.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, label = "Switching-cost factor", de = "Wechselhürde", de_many = "Wechselhürden", de_help = "Was es einen Kunden kosten würde, uns zu verlassen; nur für unsere Augen.")]
pub struct SwitchingFactor {
    /// In a line.
    #[field(
        required,
        title,
        column,
        search,
        label = "What",
        de = "Was",
        de_help = "In einer Zeile."
    )]
    pub text: String,
    /// What sort of bond.
    #[field(required, column, de = "Art", de_help = "Welche Art von Bindung.")]
    pub kind: Option<SwitchingKind>,
    /// How strong it is, 1 to 5.
    #[field(column, de = "Stärke", de_help = "Wie stark sie ist, 1 bis 5.")]
    pub strength: Option<Scale<1, 5>>,
    /// What makes us think so.
    #[field(search, de = "Beleg", de_help = "Was uns das annehmen lässt.")]
    pub evidence: Note,
    /// What may wear it away.
    #[field(
        search,
        label = "Risk of erosion",
        de = "Erosionsrisiko",
        de_help = "Was sie abtragen könnte."
    )]
    pub erosion: Note,
    /// When it ends: a term, a certificate.
    #[field(
        column,
        label = "Expires on",
        de = "Endet am",
        de_help = "Wann sie endet: eine Laufzeit, ein Zertifikat."
    )]
    pub expires: Option<NaiveDate>,
    /// The engagement it comes from.
    #[field(de = "Auftrag", de_help = "Der Auftrag, aus dem sie stammt.")]
    pub engagement: Option<Id<Engagement>>,
    /// Who looks after it.
    #[field(column, de = "Verantwortlich", de_help = "Wer sich darum kümmert.")]
    pub owner: Option<Id<Member>>,
}

/// What binds a client to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum SwitchingKind {
    /// Our work is built into theirs.
    #[choice(de = "Integration")]
    Integration,
    /// Data or knowledge lies with us.
    #[choice(label = "Embedded data or knowledge", de = "Eingebettete Daten oder Wissen")]
    Knowledge,
    /// Their people have learned our ways.
    #[choice(de = "Geschultes Personal")]
    TrainedStaff,
    /// They have several services from us.
    #[choice(label = "Several services", de = "Mehrere Dienstleistungen")]
    MultiService,
    /// The contract runs on.
    #[choice(de = "Vertragslaufzeit")]
    ContractTerm,
    /// We invent together.
    #[choice(label = "Joint innovation", de = "Gemeinsame Innovation")]
    CoInnovation,
    /// They trust one of us.
    #[choice(de = "Persönliches Vertrauen")]
    PersonalTrust,
    /// We hold what they must ask for.
    #[choice(de = "Zertifizierung")]
    Certification,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
