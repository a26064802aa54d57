//! Obligation.

use chrono::NaiveDate;

use super::{Engagement, Member};
use crate::typed::{Choice, Id, Prose, Record};

/// What a contract, or a rule of the client's, binds us to. Procedures are checked against it.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Verpflichtung", de_many = "Verpflichtungen", de_help = "Wozu uns ein Vertrag oder eine Regel des Kunden verpflichtet. Abläufe werden daran geprüft.")]
pub struct Obligation {
    /// What people call it.
    #[field(
        required,
        client_visible,
        title,
        column,
        search,
        de = "Name",
        de_help = "Wie man sie nennt."
    )]
    pub name: String,
    /// Where it comes from.
    #[field(client_visible, column, de = "Art", de_help = "Woher sie kommt.")]
    pub kind: Option<ObligationKind>,
    /// Where it is written: contract, clause, norm.
    #[field(
        client_visible,
        column,
        search,
        label = "Reference",
        de = "Fundstelle",
        de_help = "Wo sie geschrieben steht: Vertrag, Klausel, Norm."
    )]
    pub reference: String,
    /// What it says.
    #[field(
        client_visible,
        search,
        label = "Wording",
        de = "Wortlaut",
        de_help = "Was darin steht."
    )]
    pub text: Prose,
    /// The engagement it binds; empty: all of them.
    #[field(
        client_visible,
        column,
        de = "Auftrag",
        de_help = "Der Auftrag, für den sie gilt; leer: für alle."
    )]
    pub engagement: Option<Id<Engagement>>,
    /// Who sees to it.
    #[field(column, de = "Verantwortlich", de_help = "Wer sich darum kümmert.")]
    pub owner: Option<Id<Member>>,
    /// Last day.
    #[field(client_visible, de = "Gültig bis", de_help = "Letzter Tag.")]
    pub valid_until: Option<NaiveDate>,
}

/// Where an obligation comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum ObligationKind {
    /// A clause of the contract.
    #[choice(label = "Contract obligation", de = "Vertragspflicht")]
    Contract,
    /// A certification that the client asks of us.
    #[choice(label = "Certification asked for", de = "Verlangte Zertifizierung")]
    Certification,
    /// A management method of the client's.
    #[choice(label = "Management method of the client", de = "Managementmethode des Kunden")]
    Method,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
