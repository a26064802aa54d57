//! What is known of one client, and how it is read from the rows of its document.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::figures::rollout_gate::Rollouts;
use crate::figures::sponsor::holders;
use crate::figures::thresholds::months_after;
use crate::figures::touch::Touch;
use crate::ids::RecordId;
use crate::known::{Known, known};
use crate::lifecycles::{Standing, complaint};
use crate::records::{
    self, Action, Assignment, Cause, Client, ClientStatus, Contact, ContactRole, Demand,
    Engagement, IntangibleBenefit, MajorDeliverable, Obligation, Opportunity, PromiseState, Risk,
    Role, Rollout, SalvagePlan, ScheduledContact, Sla, SlaResult, SlaTarget, Snooze,
    SponsorDialogue, Stance, Swot, Touchpoint,
};
use crate::row::Row;
use crate::typed::Record;
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
    /// Reads the rows of a client's document, gone ones among them or not. Rows without notes and prose are enough.
    /// What rows cannot tell is left empty: [`Facts::stances_before`] and [`Facts::firm_rollouts`].
    pub fn from_rows(client: &Row, rows: &[Row], today: NaiveDate) -> Self {
        let assignments: Vec<Known<Assignment>> = known(rows);
        let read = Client::from_row(client).unwrap_or_default();
        let alive = || rows.iter().filter(|row| !row.gone);
        let touchpoints: Vec<Known<Touchpoint>> = known(rows);
        Self {
            id: client.id,
            living: matches!(read.status, ClientStatus::PreContract | ClientStatus::Active),
            client: read,
            since: client.created.at.local().map(|local| local.date()),
            touches: touchpoints.iter().filter_map(Touch::of).collect(),
            promises: known(rows).iter().filter_map(promise).collect(),
            complaints: alive().filter_map(complaint).collect(),
            account_managers: holders(&assignments, Role::AccountManager, today).count(),
            two_versions: alive().flat_map(two_versions).collect(),
            parted: alive().filter_map(parted).collect(),
            contacts: known(rows),
            stances_before: BTreeMap::new(),
            engagements: known(rows),
            assignments,
            deliverables: known(rows),
            scheduled: known(rows),
            actions: known(rows),
            demands: known(rows),
            obligations: known(rows),
            slas: known(rows),
            sla_targets: known(rows),
            sla_results: known(rows),
            dialogues: known(rows),
            swots: known(rows),
            risks: known(rows),
            opportunities: known(rows),
            salvage_plans: known(rows),
            benefits: known(rows),
            rollouts: known(rows),
            snoozes: known(rows),
            firm_rollouts: None,
        }
    }

    /// Contacts who are still there on that day.
    pub fn active_contacts(&self, today: NaiveDate) -> impl Iterator<Item = &Known<Contact>> {
        self.contacts.iter().filter(move |one| one.left_on.is_none_or(|left| left > today))
    }

    /// Those of them on whom much depends and whom we may contact.
    pub fn key_contacts(&self, today: NaiveDate) -> impl Iterator<Item = &Known<Contact>> {
        self.active_contacts(today).filter(|one| is_key(one) && !one.do_not_contact)
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

fn promise(promise: &Known<records::Promise>) -> Option<Promise> {
    if promise.state == PromiseState::Withdrawn {
        return None;
    }
    Some(Promise {
        id: promise.id,
        text: promise.text.clone(),
        due: promise.due?,
        made: promise.made_on,
        kept: matches!(promise.state, PromiseState::Kept | PromiseState::Late),
        broken: promise.state == PromiseState::Broken,
        by: promise.by.map(|by| by.id.bytes()),
    })
}

fn complaint(row: &Row) -> Option<Complaint> {
    if row.kind != records::Complaint::KIND {
        return None;
    }
    let read = records::Complaint::from_row(row).ok()?;
    let here = complaint::states(&read);
    let steps = read.transitions.0.iter().filter_map(|step| step.at.local());
    Some(Complaint {
        id: row.id,
        number: name(row),
        received: read.received?.local()?.date(),
        due: read.respond_due,
        responded: read.response_sent.is_some(),
        open: here.iter().any(|state| state.is_open()),
        captured: here == [complaint::State::Captured],
        complex: read.complexity == Some(records::Complexity::Complex),
        owner: read.owner.map(|owner| owner.id.bytes()),
        critical: read.severity == Some(records::Severity::Critical),
        cause: read.cause,
        state: here.last().copied().unwrap_or_default(),
        acknowledge_due: read.acknowledge_due,
        assess_due: read.assess_due,
        update_due: read.update_due,
        effect_due: read.effect_due,
        effect_told: read.effect.is_some(),
        last_step: steps.map(|at| at.date()).max(),
    })
}

/// A record's number, else what people call it.
fn name(row: &Row) -> Sentence {
    let number = row.get("number").as_text().filter(|number| !number.is_empty());
    number.map_or_else(|| row.named(), |number| Sentence::new(number, number))
}

fn two_versions(row: &Row) -> impl Iterator<Item = (Sentence, Words, &'static str, RecordId)> {
    let fields = row.two_versions.iter().filter_map(|index| row.kind.fields.get(*index));
    fields.map(|field| (name(row), field.label, row.kind.key, row.id))
}

fn parted(row: &Row) -> Option<Parted> {
    let life = row.kind.lifecycle?;
    let Standing::Parted(keys) = life.standing(row) else { return None };
    let label = |key: &String| life.states.get(key).map(|state| state.label);
    let states = keys.iter().filter_map(label).collect();
    Some(Parted { name: name(row), kind: row.kind.key, id: row.id, states })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{day, id};
    use crate::records::{Direction, Function, Severity};
    use crate::typed::Id;
    use crate::value::{Fact, Moment, Value};

    fn row<R: Record>(number: u8, record: R) -> Row {
        let mut row = Row::empty(R::KIND, id(number));
        for (field, value) in record.into_values() {
            row.values[R::KIND.index(field).unwrap()] = value;
        }
        row
    }

    /// A step of a complaint into that state.
    fn step(number: u8, to: &str) -> Fact {
        let body = complaint::LIFECYCLE.fact.iter().map(|field| match field.key {
            "to" => Value::Choice(to.to_owned()),
            "from" => Value::Choice("captured".to_owned()),
            _ => Value::Empty,
        });
        Fact {
            at: Moment::parse("2026-11-02T09:00:00.000+01:00").unwrap(),
            ..Fact::new(id(number), body.collect())
        }
    }

    #[test]
    fn from_the_rows_of_a_document() {
        let mut client = row(1, Client { status: ClientStatus::Active, ..Client::default() });
        client.created.at = Moment::parse("2026-01-05T09:00:00.000+01:00").unwrap();
        let touchpoint = Touchpoint {
            at: Moment::parse("2026-11-10T09:00:00.000+01:00"),
            function: Some(Function::Sales),
            direction: Some(Direction::TwoWay),
            contacts: [Id::new(id(5))].into(),
            ..Touchpoint::default()
        };
        let promise = |state| records::Promise {
            text: "Figures".into(),
            due: Some(day("2026-12-01")),
            state,
            ..records::Promise::default()
        };
        let complained = records::Complaint {
            number: "C-26-A3-014".into(),
            received: Moment::parse("2026-11-01T09:00:00.000+01:00"),
            severity: Some(Severity::Critical),
            ..records::Complaint::default()
        };
        let mut complaint = row(8, complained);
        let transitions = complaint.kind.index("transitions").unwrap();
        complaint.values[transitions] =
            Value::Facts(vec![step(30, "recorded"), step(31, "withdrawn")]);
        complaint.two_versions = vec![complaint.kind.index("severity").unwrap()];
        let ours = |number, until: &str| {
            let role = Some(Role::AccountManager);
            let (person, until) = (Some(Id::new(id(number))), until.parse().ok());
            row(number, Assignment { role, person, until, ..Assignment::default() })
        };
        let gone = Row { gone: true, ..row(12, promise(PromiseState::Made)) };
        let rows = [
            row(5, Contact { given_name: "Iris".into(), ..Contact::default() }),
            row(6, touchpoint),
            row(7, promise(PromiseState::Late)),
            row(13, promise(PromiseState::Withdrawn)),
            gone,
            complaint,
            ours(9, ""),
            ours(10, "2026-11-11"),
        ];
        let facts = Facts::from_rows(&client, &rows, day("2026-11-12"));
        assert_eq!((facts.id, facts.living, facts.since), (id(1), true, Some(day("2026-01-05"))));
        assert_eq!(facts.last_conversation(day("2026-11-12")), Some(day("2026-11-10")));
        assert_eq!(facts.touches[0].contacts, [id(5)]);
        let promises: Vec<_> = facts.promises.iter().map(|one| (one.id, one.kept)).collect();
        assert_eq!(promises, [(id(7), true)]);
        assert_eq!(facts.account_managers, 1);
        assert_eq!(facts.contacts.len(), 1);
        let complaint = &facts.complaints[0];
        assert_eq!(complaint.number.en, "C-26-A3-014");
        assert!(complaint.critical && complaint.open && !complaint.captured);
        assert_eq!(complaint.last_step, Some(day("2026-11-02")));
        let parted: Vec<_> = facts.parted[0].states.iter().map(|state| state.en).collect();
        assert_eq!(parted, ["Recorded", "Withdrawn"]);
        assert_eq!(facts.two_versions.len(), 1);
        assert_eq!(facts.two_versions[0].1.en, "Severity");
    }
}
