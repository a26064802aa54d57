//! Assignment.

use chrono::NaiveDate;

use super::{Engagement, Member};
use crate::typed::{Choice, Id, Record};

/// Who of us has which role for a client, or for one engagement of it.
#[derive(Clone, Debug, Default, PartialEq, Record)]
#[record(home = client, de = "Zuständigkeit", de_many = "Zuständigkeiten", de_help = "Wer von uns welche Rolle für einen Kunden oder einen seiner Aufträge hat.")]
pub struct Assignment {
    /// The role.
    #[field(required, client_visible, title, column, de = "Rolle", de_help = "Die Rolle.")]
    pub role: Option<Role>,
    /// Who has it.
    #[field(required, client_visible, column, de = "Person", de_help = "Wer sie hat.")]
    pub person: Option<Id<Member>>,
    /// For this engagement only; empty: for the whole client.
    #[field(
        client_visible,
        column,
        de = "Auftrag",
        de_help = "Nur für diesen Auftrag; leer: für den ganzen Kunden."
    )]
    pub engagement: Option<Id<Engagement>>,
    /// First day.
    #[field(column, de = "Von", de_help = "Erster Tag.")]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[field(column, label = "Until", de = "Bis", de_help = "Letzter Tag.")]
    pub until: Option<NaiveDate>,
}

/// What one of us is for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Role {
    /// Answers for the relationship; exactly one for each active client.
    #[choice(de = "Kundenbetreuung")]
    AccountManager,
    /// Looks after the client from outside the engagements; exactly one for each active client.
    #[choice(de = "Kundensponsor")]
    ClientSponsor,
    /// Stands for the client in our management.
    #[choice(de = "Executive Sponsor")]
    ExecutiveSponsor,
    /// Runs the engagement.
    #[choice(de = "Auftragsleitung")]
    EngagementManager,
    /// Runs the project.
    #[choice(de = "Projektleitung")]
    ProjectManager,
    /// Speaks for the project team in the relations plan.
    #[choice(label = "Project-team representative", de = "Vertretung des Projektteams")]
    TeamRepresentative,
    /// Speaks for sales in the relations plan.
    #[choice(de = "Vertrieb")]
    SalesRepresentative,
    /// Answers for delivery.
    #[choice(de = "Leistungserbringung")]
    DeliveryLead,
    /// Answers for invoices.
    #[choice(de = "Finanzen")]
    FinanceContact,
    /// Answers for marketing.
    #[choice(de = "Marketing")]
    MarketingContact,
    /// From a newer version.
    #[choice(foreign)]
    Foreign,
}
