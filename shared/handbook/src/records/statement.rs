//! Statement.

use chrono::NaiveDate;

use super::Member;
use crate::typed::{Choice, Id, Prose, Record};

/// A certification or management method of the firm. Procedures are checked against it.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = firm, label = "Certification or method", many = "Certifications and methods", de = "Zertifizierung oder Methode", de_many = "Zertifizierungen und Methoden")]
pub struct Statement {
    /// What people call it.
    #[field(required, client_visible, title, column, search, de = "Name")]
    pub name: String,
    /// What it is.
    #[field(client_visible, column, de = "Art")]
    pub kind: Option<StatementKind>,
    /// Where it is written: norm, chapter, handbook.
    #[field(client_visible, column, search, label = "Reference", de = "Fundstelle")]
    pub reference: String,
    /// What it says.
    #[field(client_visible, search, label = "Wording", de = "Wortlaut")]
    pub text: Prose,
    /// Who sees to it.
    #[field(column, de = "Verantwortlich")]
    pub owner: Option<Id<Member>>,
    /// Last day.
    #[field(client_visible, column, de = "Gültig bis")]
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
