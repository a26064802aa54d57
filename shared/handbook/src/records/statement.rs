//! Statement.

use chrono::NaiveDate;

use super::Member;
use crate::typed::{Choice, Id, Prose, Record};

/// A certification or management method of the firm. Procedures are checked against it.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, label = "Certification or method", many = "Certifications and methods", de = "Zertifizierung oder Methode", de_many = "Zertifizierungen und Methoden", de_help = "Eine Zertifizierung oder Managementmethode der Firma. Abläufe werden daran geprüft.")]
pub struct Statement {
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
    /// What it is.
    #[field(client_visible, column, de = "Art", de_help = "Was sie ist.")]
    pub kind: Option<StatementKind>,
    /// Where it is written: norm, chapter, handbook.
    #[field(
        client_visible,
        column,
        search,
        label = "Reference",
        de = "Fundstelle",
        de_help = "Wo sie geschrieben steht: Norm, Kapitel, Handbuch."
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
    /// Who sees to it.
    #[field(column, de = "Verantwortlich", de_help = "Wer sich darum kümmert.")]
    pub owner: Option<Id<Member>>,
    /// Last day.
    #[field(client_visible, column, de = "Gültig bis", de_help = "Letzter Tag.")]
    pub valid_until: Option<NaiveDate>,
}

/// What a statement of the firm is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum StatementKind {
    /// Somebody outside certifies it.
    #[choice(de = "Zertifizierung")]
    Certification,
    /// How we manage.
    #[choice(label = "Management method", de = "Managementmethode")]
    Method,
    /// A rule of the house.
    #[choice(de = "Hausregel")]
    Policy,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
