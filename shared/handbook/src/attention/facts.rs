//! What is known of one client.

mod rows;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::figures::rollout_gate::Rollouts;
use crate::figures::thresholds::months_after;
use crate::figures::touch::Touch;
use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::complaint;
use crate::records::{
    Action, Assignment, Cause, Client, ClientStatus, Contact, ContactRole, Demand, Engagement,
    IntangibleBenefit, MajorDeliverable, Obligation, Opportunity, ReasonOwner, Risk, Rollout,
    SalvagePlan, ScheduledContact, Sla, SlaResult, SlaTarget, Snooze, SponsorDialogue, Stance,
    Swot,
};
use crate::words::{Sentence, Words};

/// From this influence on a contact is a key contact whatever their role.
const KEY_INFLUENCE: i64 = 4;

/// What is known of one client, as far as rules and the agenda need it.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The client.
    pub id: RecordId,
    /// Its own record.
    pub client: Client,
    /// The client's state; rules about contact hold for living relationships only.
    pub living: bool,
    /// Since when the client stands in the handbook.
    pub since: Option<NaiveDate>,
    /// Touchpoints, in no order.
    pub touches: Vec<Touch>,
    /// Promises that are not withdrawn.
    pub promises: Vec<Promise>,
    /// Complaints.
    pub complaints: Vec<Complaint>,
    /// How many members are account manager today.
    pub account_managers: usize,
    /// Fields that two people decided differently: words for the record, the field's label, the record.
    pub two_versions: Vec<(Sentence, Words, &'static str, RecordId)>,
    /// Records that stand in several states at once.
    pub parted: Vec<Parted>,
    /// People at the client, those who have left included.
    pub contacts: Vec<Known<Contact>>,
    /// Where each contact stood before their stance was last changed, as far as the history was read.
    pub stances_before: BTreeMap<RecordId, Stance>,
    /// Engagements.
    pub engagements: Vec<Known<Engagement>>,
    /// Who of us has which role, past ones included.
    pub assignments: Vec<Known<Assignment>>,
    /// Major deliverables of the engagements.
    pub deliverables: Vec<Known<MajorDeliverable>>,
    /// Scheduled contacts.
    pub scheduled: Vec<Known<ScheduledContact>>,
    /// Actions.
    pub actions: Vec<Known<Action>>,
    /// Demands and requirements.
    pub demands: Vec<Known<Demand>>,
    /// Obligations, certifications and methods.
    pub obligations: Vec<Known<Obligation>>,
    /// Service level agreements.
    pub slas: Vec<Known<Sla>>,
    /// Their targets.
    pub sla_targets: Vec<Known<SlaTarget>>,
    /// Their results.
    pub sla_results: Vec<Known<SlaResult>>,
    /// Sponsor dialogues.
    pub dialogues: Vec<Known<SponsorDialogue>>,
    /// SWOT analyses.
    pub swots: Vec<Known<Swot>>,
    /// Risks.
    pub risks: Vec<Known<Risk>>,
    /// Opportunities.
    pub opportunities: Vec<Known<Opportunity>>,
    /// Salvage plans.
    pub salvage_plans: Vec<Known<SalvagePlan>>,
    /// Intangible benefits.
    pub benefits: Vec<Known<IntangibleBenefit>>,
    /// Rollouts of our procedures.
    pub rollouts: Vec<Known<Rollout>>,
    /// Reasons that somebody laid aside.
    pub snoozes: Vec<Known<Snooze>>,
    /// Who looks after reasons that stand on no record of somebody's.
    pub reason_owners: Vec<Known<ReasonOwner>>,
    /// The firm's rollouts over all clients, where they were counted.
    pub firm_rollouts: Option<Rollouts>,
}

/// A promise as the rules need it.
#[derive(Debug, Clone, Default)]
pub struct Promise {
    /// Its record.
    pub id: RecordId,
    /// What was promised.
    pub text: String,
    /// The day.
    pub due: NaiveDate,
    /// The day it was made, if known.
    pub made: Option<NaiveDate>,
    /// Kept, on whichever day.
    pub kept: bool,
    /// Said to be broken.
    pub broken: bool,
    /// Who promised.
    pub by: Option<[u8; 16]>,
}

/// A complaint as the rules need it.
#[derive(Debug, Clone, Default)]
pub struct Complaint {
    /// Its record.
    pub id: RecordId,
    /// Its number, as printed; else what people call it.
    pub number: Sentence,
    /// The day the client spoke.
    pub received: NaiveDate,
    /// The day by which to respond, where somebody set another than the procedure's.
    pub due: Option<NaiveDate>,
    /// The response is recorded as sent.
    pub responded: bool,
    /// Open, that is neither withdrawn nor a duplicate nor closed.
    pub open: bool,
    /// Only captured, not recorded yet.
    pub captured: bool,
    /// Takes the longer time.
    pub complex: bool,
    /// Who answers for it.
    pub owner: Option<[u8; 16]>,
    /// Judged critical.
    pub critical: bool,
    /// What caused it, once found.
    pub cause: Option<Cause>,
    /// Where it stands.
    pub state: complaint::State,
    /// The day by which to acknowledge, where somebody set one.
    pub acknowledge_due: Option<NaiveDate>,
    /// The day by which to assess, where somebody set one.
    pub assess_due: Option<NaiveDate>,
    /// The day of the next update, where somebody set one.
    pub update_due: Option<NaiveDate>,
    /// The day on which to look whether the remedy helped, where somebody set one.
    pub effect_due: Option<NaiveDate>,
    /// Somebody has looked.
    pub effect_told: bool,
    /// The day of its last step.
    pub last_step: Option<NaiveDate>,
}

impl Complaint {
    /// "Complaint C-26-A3-014".
    pub(super) fn named(&self) -> Sentence {
        Sentence::new(
            format!("Complaint {}", self.number.en),
            format!("Beschwerde {}", self.number.de),
        )
    }
}

/// A record that devices acting apart left in several states.
#[derive(Debug, Clone)]
pub struct Parted {
    /// Words for the record.
    pub name: Sentence,
    /// What it is.
    pub kind: &'static str,
    /// Which one.
    pub id: RecordId,
    /// The states.
    pub states: Vec<Words>,
}

impl Facts {
    /// Contacts who are still there on that day.
    pub fn active_contacts(&self, today: NaiveDate) -> impl Iterator<Item = &Known<Contact>> {
        self.contacts.iter().filter(move |one| one.left_on.is_none_or(|left| left > today))
    }

    /// Those of them on whom much depends and whom we may contact.
    pub fn key_contacts(&self, today: NaiveDate) -> impl Iterator<Item = &Known<Contact>> {
        self.active_contacts(today).filter(|one| is_key(one) && !one.do_not_contact)
    }

    /// Whether the client was archived.
    pub fn is_put_away(&self) -> bool {
        self.client.status == ClientStatus::Archived
    }

    /// The day of the last conversation.
    pub fn last_conversation(&self, today: NaiveDate) -> Option<NaiveDate> {
        let talks = self.touches.iter().filter(|touch| touch.two_way && touch.on <= today);
        talks.map(|touch| touch.on).max()
    }

    /// The day of the next friendly touch of a client that has been put away or has lapsed: the one somebody set, unless
    /// they were spoken with since, else so many months after the last conversation. `None` where no way back is wanted.
    pub fn friendly_touch_due(&self, today: NaiveDate, months: u32) -> Option<NaiveDate> {
        let away = matches!(self.client.status, ClientStatus::Archived | ClientStatus::Lapsed);
        if !away || self.client.entry_none {
            return None;
        }
        let last = self.last_conversation(today);
        let set = self.client.entry_next.filter(|next| last.is_none_or(|last| last < *next));
        set.or_else(|| Some(months_after(last.or(self.since)?, months)))
    }

    /// The day by which the sponsor speaks with the client: so many months after the last dialogue, else after the
    /// relationship entered the handbook.
    pub fn dialogue_due(&self, today: NaiveDate, months: u32) -> Option<NaiveDate> {
        let held = self.dialogues.iter().filter_map(|one| one.on).filter(|on| *on <= today).max();
        Some(months_after(held.or(self.since)?, months))
    }

    /// Engagements under way: neither ended nor only being prepared.
    pub fn current_engagements(&self) -> impl Iterator<Item = &Known<Engagement>> {
        self.engagements.iter().filter(|one| crate::figures::sponsor::is_current(one))
    }
}

/// Whether much depends on a contact: they decide, they sponsor, or they have great influence.
pub(crate) fn is_key(contact: &Contact) -> bool {
    let roles = [ContactRole::DecisionMaker, ContactRole::Sponsor];
    roles.iter().any(|role| contact.roles.contains(role))
        || contact.influence.is_some_and(|influence| influence.get() >= KEY_INFLUENCE)
}

/// What people call a contact.
pub(crate) fn contact_name(contact: &Contact) -> String {
    let names = [contact.given_name.trim(), contact.family_name.trim()];
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ")
}
