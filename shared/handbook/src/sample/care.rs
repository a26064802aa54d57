//! What the engagements of the sample rest on: services, tools, agreements and their results, demands, deliverables, and
//! the people who came, left or are known to one of us alone.

mod story;

use chrono::{Datelike, NaiveDate};
use rand_core::CryptoRng;

use super::{
    Sample, contact,
    story::{Person, SampleClient},
    text,
};
use crate::{
    ids::{RecordId, RecordKey},
    lifecycles::Move,
    op::Op,
    records::{
        Acceptance, Accepted, Assignment, Contact, Demand, DemandStatus, Direction, Engagement,
        Function, MajorDeliverable, Role, ScheduledContact, ScheduledKind, Service, Sla,
        SlaOutcome, SlaResult, SlaTarget, Stage, Tool, Touchpoint, ValueAdd, ValueShown,
    },
    typed::{Choice, FactBody, Id, Record, Scale},
    value::{Fact, Value},
};
use story::{Agreement, CARE, Care, LIBRARY, Meeting, SERVICES, SampleDemand, TOOLS};

/// Somebody at a client, as others of the sample refer to them.
pub(super) struct Met {
    name: &'static str,
    client: (&'static str, RecordId),
    contact: RecordId,
}

/// What a client's document begins with.
pub(super) struct Begun<'a> {
    pub(super) name: &'static str,
    pub(super) id: RecordId,
    pub(super) people: &'a [RecordId],
    pub(super) names: &'a [Person],
    pub(super) engagement: RecordId,
}

impl<R: CryptoRng> Sample<'_, R> {
    /// The catalogue, the library and the tools.
    pub(super) fn shelves(&mut self, ops: &mut Vec<Op>) {
        for (name, description, price_basis) in SERVICES {
            let id = self.id();
            self.services.push(id);
            let record = Service {
                name: (*name).into(),
                description: (*description).into(),
                owner: self.ours(1),
                price_basis: (*price_basis).into(),
                ..Service::default()
            };
            ops.push(record.create(id));
        }
        for (title, kind, summary) in LIBRARY {
            let id = self.id();
            self.shelf.push(id);
            let record = ValueAdd {
                title: (*title).into(),
                kind: Choice::from_key(kind),
                summary: (*summary).into(),
                ..ValueAdd::default()
            };
            ops.push(record.create(id));
        }
        for (name, purpose, holds, confirmed) in TOOLS {
            let id = self.id();
            let record = Tool {
                name: (*name).into(),
                purpose: (*purpose).into(),
                owner: self.ours(0),
                holds: holds.iter().filter_map(|key| Choice::from_key(key)).collect(),
                confirmed_on: confirmed.map(|ago| self.day(ago)),
                confirmed_by: confirmed.and_then(|_| self.ours(0)),
                ..Tool::default()
            };
            ops.push(record.create(id));
        }
    }

    /// The engagement of a client, where its story has led it, and what the client accepted of it.
    pub(super) fn engagement_record(
        &mut self,
        story: &SampleClient,
        id: RecordId,
        decider: Option<RecordId>,
    ) -> Op {
        let (name, scope, begun, ends) = story.engagement;
        let stages: &[(Stage, i64)] = match (story.status, ends > 0) {
            ("pre_contract", _) => &[],
            (_, true) => &[
                (Stage::PostContract, begun + 45),
                (Stage::Implementation, begun),
                (Stage::CloseOut, ends + 20),
                (Stage::LifeCycle, ends),
            ],
            _ => &[(Stage::PostContract, begun + 45), (Stage::Implementation, begun)],
        };
        let mut values = vec![
            ("name", text(name)),
            ("kind", Value::Choice("project".into())),
            ("scope", text(scope)),
            ("start", Value::Date(self.day(begun))),
            ("planned_end", Value::Date(self.day(ends))),
            ("transitions", Value::Facts(self.passed(stages, story.account_manager))),
        ];
        let accepted = [(Accepted::Plan, "The plan of the work", begun + 6)]
            .into_iter()
            .chain((ends > 0).then_some((Accepted::Work, "The work as a whole", ends + 3)))
            .filter(|_| !stages.is_empty())
            .map(|(of, what, ago)| {
                let said = Acceptance {
                    what: what.into(),
                    contact: decider.map(Id::new),
                    on: Some(self.day(ago)),
                    evidence: "Minutes of the day".into(),
                    of: Some(of),
                };
                self.stated(said, story.account_manager, ago, &[])
            })
            .collect();
        values.push(("acceptances", Value::Facts(accepted)));
        Op::Create { key: RecordKey::new(Engagement::KIND, id), values }
    }

    /// The steps that led to the last of these stages, each on its day.
    fn passed(&mut self, stages: &[(Stage, i64)], by: usize) -> Vec<Fact> {
        let mut from = Stage::PreContract;
        let mut facts: Vec<Fact> = Vec::new();
        for (to, ago) in stages {
            let step = Move { from, to: *to, why: "".into() };
            let after: Vec<RecordId> = facts.last().map(|fact| fact.id).into_iter().collect();
            facts.push(self.stated(step, by, *ago, &after));
            from = *to;
        }
        facts
    }

    /// A fact that one of us stated so many days ago.
    fn stated(&mut self, body: impl FactBody, by: usize, ago: i64, after: &[RecordId]) -> Fact {
        let by = self.team.get(by).copied().unwrap_or_default().bytes();
        let at = self.moment(ago, 16);
        Fact { by, at, after: after.to_vec(), ..body.into_fact(self.id()) }
    }

    /// Everything in [`CARE`] about one client.
    pub(super) fn care(&mut self, begun: &Begun<'_>, ops: &mut Vec<Op>) {
        let mut people = begun.people.to_vec();
        for (person, id) in begun.names.iter().zip(begun.people) {
            let client = (begun.name, begun.id);
            self.met.push(Met { name: person.name, client, contact: *id });
        }
        let Some(care) = CARE.iter().find(|care| care.client == begun.name) else { return };
        for (role, id) in care.roles.iter().zip(begun.people) {
            let item = Value::Choice((*role).into());
            ops.push(Op::Include { key: RecordKey::new(Contact::KIND, *id), field: "roles", item });
        }
        ops.extend(care.alone.as_ref().map(|(person, ..)| {
            let id = self.id();
            people.push(id);
            contact(person, id)
        }));
        if let Some((_, by, ago, said)) = &care.alone {
            let with = people.last().copied();
            ops.push(self.spoke(*by, *ago, with, said, begun.engagement));
        }
        if let Some((person, ago)) = &care.left {
            let id = self.id();
            ops.push(contact(person, id));
            ops.push(Contact::KEYS.left_on.set(id, Some(self.day(*ago))));
            let client = (begun.name, begun.id);
            self.met.push(Met { name: person.name, client, contact: id });
        }
        if let Some((name, other)) = care.known_from {
            ops.extend(self.same_person(begun, name, other));
        }
        self.engaged(care, begun, &people, ops);
        if let Some(agreement) = &care.agreement {
            self.agreement(agreement, begun.engagement, ops);
        }
        for demand in care.demands {
            ops.push(self.demand(demand, begun));
        }
    }

    fn engaged(&mut self, care: &Care, begun: &Begun<'_>, people: &[RecordId], ops: &mut Vec<Op>) {
        let engagement = Some(Id::new(begun.engagement));
        let ids = |at: &[usize], of: &[RecordId]| -> Vec<RecordId> {
            at.iter().filter_map(|at| of.get(*at).copied()).collect()
        };
        let key = RecordKey::new(Engagement::KIND, begun.engagement);
        for service in ids(care.services, &self.services) {
            ops.push(Op::Include { key, field: "services", item: Value::Link(service) });
        }
        let manager = Assignment {
            role: Some(Role::EngagementManager),
            person: self.ours(care.manager),
            engagement,
            from: Some(self.day(300)),
            until: None,
        };
        let id = self.id();
        ops.push(manager.create(id));
        for (name, due, done) in care.deliverables {
            let record = MajorDeliverable {
                name: (*name).into(),
                engagement,
                due: Some(self.day(*due)),
                done_on: done.map(|ago| self.day(ago)),
                evidence: "".into(),
            };
            let id = self.id();
            ops.push(record.create(id));
        }
        for Meeting { subject, kind, ahead, theirs, ours } in care.meetings {
            let record = ScheduledContact {
                subject: (*subject).into(),
                kind: ScheduledKind::from_key(kind),
                target_date: Some(self.day(-ahead)),
                engagement,
                contacts: ids(theirs, people).into_iter().map(Id::new).collect(),
                members: ids(ours, &self.team).into_iter().map(Id::new).collect(),
                organiser: ours.first().and_then(|at| self.ours(*at)),
                ..ScheduledContact::default()
            };
            let id = self.id();
            ops.push(record.create(id));
        }
        for (item, ago, to, by) in care.shown {
            let record = ValueShown {
                item: self.shelf.get(*item).copied().map(Id::new),
                on: Some(self.day(*ago)),
                contacts: people.get(*to).map(|id| Id::new(*id)).into_iter().collect(),
                by: self.ours(*by),
                ..ValueShown::default()
            };
            let id = self.id();
            ops.push(record.create(id));
        }
    }

    fn spoke(
        &mut self,
        by: usize,
        ago: i64,
        with: Option<RecordId>,
        said: &str,
        engagement: RecordId,
    ) -> Op {
        let record = Touchpoint {
            at: Some(self.moment(ago, 10)),
            function: Some(Function::Delivery),
            channel: Choice::from_key("visit"),
            direction: Some(Direction::TwoWay),
            engagement: Some(Id::new(engagement)),
            contacts: with.map(Id::new).into_iter().collect(),
            members: self.ours(by).into_iter().collect(),
            subject: "At the harbour office".into(),
            notes: said.into(),
            mood: Scale::new(1),
            ..Touchpoint::default()
        };
        let id = self.id();
        record.create(id)
    }

    fn same_person(&self, begun: &Begun<'_>, name: &str, other: &str) -> Vec<Op> {
        let here = self.met.iter().find(|met| met.name == name && met.client.1 == begun.id);
        let there = self.met.iter().find(|met| met.name == name && met.client.0 == other);
        let (Some(here), Some(there)) = (here, there) else { return Vec::new() };
        let keys = &Contact::KEYS;
        vec![
            keys.same_person_at.set(here.contact, Some(Id::new(there.client.1))),
            keys.same_person.set(here.contact, Some(Id::new(there.contact))),
        ]
    }

    fn agreement(&mut self, story: &Agreement, engagement: RecordId, ops: &mut Vec<Op>) {
        let (sla, target) = (self.id(), self.id());
        let record = Sla {
            name: story.name.into(),
            engagement: Some(Id::new(engagement)),
            service: self.services.get(story.service).copied().map(Id::new),
            valid_from: Some(self.day(300)),
            document: "Annex B".into(),
            ..Sla::default()
        };
        ops.push(record.create(sla));
        let record = SlaTarget {
            sla: Some(Id::new(sla)),
            metric: story.metric.into(),
            operator: Choice::from_key(story.operator),
            value: story.value.into(),
            unit: story.unit.into(),
            window: Choice::from_key("month"),
        };
        ops.push(record.create(target));
        let mut ends = month_before(self.today);
        for (measured, met) in story.results {
            let record = SlaResult {
                target: Some(Id::new(target)),
                period: ends.format("%B %Y").to_string(),
                ends: Some(ends),
                outcome: Some(if *met { SlaOutcome::Met } else { SlaOutcome::Missed }),
                value: (*measured).into(),
                ..SlaResult::default()
            };
            let id = self.id();
            ops.push(record.create(id));
            ends = month_before(ends);
        }
    }

    fn demand(&mut self, story: &SampleDemand, begun: &Begun<'_>) -> Op {
        let record = Demand {
            text: story.text.into(),
            kind: Choice::from_key(story.kind),
            raised_by: begun.people.get(story.by).copied().map(Id::new),
            raised_on: Some(self.day(story.ago)),
            status: DemandStatus::from_key(story.status).unwrap_or_default(),
            answer: story.answer.into(),
            engagement: Some(Id::new(begun.engagement)),
            ..Demand::default()
        };
        let id = self.id();
        record.create(id)
    }
}

/// The last day of the month before that day's.
fn month_before(day: NaiveDate) -> NaiveDate {
    day.with_day(1).and_then(|first| first.pred_opt()).unwrap_or(day)
}
