//! The kinds of record, one short file each. A new kind is a file here and a line in [`KINDS`].
//!
//! A choice that several kinds share stands in the file of the kind that it belongs to most.

mod action;
mod assessment;
mod assignment;
mod attachment;
mod capacity;
mod client;
mod comment;
mod complaint;
mod contact;
mod demand;
mod engagement;
mod intangible_benefit;
mod involvement;
mod major_deliverable;
mod member;
mod obligation;
mod opportunity;
mod own_field;
mod proactive_service;
mod promise;
mod promotion;
mod reason_owner;
mod risk;
mod rollout;
mod salvage_plan;
mod saved_view;
mod scheduled_contact;
mod service;
mod settings;
mod site;
mod sla;
mod sla_result;
mod sla_target;
mod snooze;
mod sponsor_dialogue;
mod statement;
mod switching_factor;
mod swot;
mod swot_item;
mod tool;
mod touchpoint;
mod value_add;
mod value_shown;

use std::sync::OnceLock;

pub use action::*;
pub use assessment::*;
pub use assignment::*;
pub use attachment::*;
pub use capacity::*;
pub use client::*;
pub use comment::*;
pub use complaint::*;
pub use contact::*;
pub use demand::*;
pub use engagement::*;
pub use intangible_benefit::*;
pub use involvement::*;
pub use major_deliverable::*;
pub use member::*;
pub use obligation::*;
pub use opportunity::*;
pub use own_field::*;
pub use proactive_service::*;
pub use promise::*;
pub use promotion::*;
pub use reason_owner::*;
pub use risk::*;
pub use rollout::*;
pub use salvage_plan::*;
pub use saved_view::*;
pub use scheduled_contact::*;
pub use service::*;
pub use settings::*;
pub use site::*;
pub use sla::*;
pub use sla_result::*;
pub use sla_target::*;
pub use snooze::*;
pub use sponsor_dialogue::*;
pub use statement::*;
pub use switching_factor::*;
pub use swot::*;
pub use swot_item::*;
pub use tool::*;
pub use touchpoint::*;
pub use value_add::*;
pub use value_shown::*;

use crate::kind::Kind;
use crate::typed::Record;

/// Every kind that this version declares, in the order in which people meet them. Walk
/// [`kinds`], which knows added ones too.
pub static KINDS: &[&Kind] = &[
    Client::KIND,
    Site::KIND,
    Contact::KIND,
    Engagement::KIND,
    Involvement::KIND,
    MajorDeliverable::KIND,
    Assignment::KIND,
    Touchpoint::KIND,
    ScheduledContact::KIND,
    Promise::KIND,
    Action::KIND,
    Demand::KIND,
    Obligation::KIND,
    Sla::KIND,
    SlaTarget::KIND,
    SlaResult::KIND,
    Complaint::KIND,
    SponsorDialogue::KIND,
    Assessment::KIND,
    Swot::KIND,
    SwotItem::KIND,
    Risk::KIND,
    Opportunity::KIND,
    SalvagePlan::KIND,
    ProactiveService::KIND,
    ValueShown::KIND,
    IntangibleBenefit::KIND,
    Promotion::KIND,
    SwitchingFactor::KIND,
    Rollout::KIND,
    Comment::KIND,
    Attachment::KIND,
    Snooze::KIND,
    OwnValue::KIND,
    ReasonOwner::KIND,
    Member::KIND,
    Service::KIND,
    ValueAdd::KIND,
    Capacity::KIND,
    Statement::KIND,
    Tool::KIND,
    SavedView::KIND,
    OwnField::KIND,
    Settings::KIND,
];

/// The key of the kind that has a document of its own.
pub const CLIENT: &str = Client::KEY;

static ADDED: OnceLock<&'static [&'static Kind]> = OnceLock::new();

/// Adds kinds to those declared here, once, before the first document is read. `false` if kinds
/// were added before.
pub fn add(kinds: &'static [&'static Kind]) -> bool {
    ADDED.set(kinds).is_ok()
}

/// Every kind, in the order in which people meet them.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().copied().chain(ADDED.get().copied().unwrap_or_default().iter().copied())
}

/// A kind by its key.
pub fn kind(key: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.key == key)
}
