//! Writes what `strategy` tells as records of a client; long because each of its tables has a writer.

use std::collections::BTreeSet;

use rand_core::CryptoRng;

use super::{
    Sample,
    strategy::{
        CAPACITY, LIBRARY, STRATEGIES, SampleBenefit, SampleBond, SampleDialogue, SampleItem,
        SampleOpportunity, SampleRisk, SampleRollout, SampleSalvage, SampleService, SampleStrategy,
        SampleSwot,
    },
};
use crate::{
    figures::spare_capacity::monday_of,
    ids::RecordId,
    lifecycles::{Move, benefit, opportunity, risk, rollout, swot},
    op::Op,
    records::{
        Action, ActionSource, ActionState, Adoption, Assignment, BenefitUse, Capacity, Client,
        Contact, Controllable, Decision, DialogueKind, IntangibleBenefit, Lens, Opportunity,
        ProactiveService, Promotion, PromotionDirection, Risk, RiskScope, Rollout, SalvagePlan,
        SponsorDialogue, SwitchingFactor, Swot, SwotItem, ValueAdd, ValueShown,
    },
    strategy::rollout::adoption,
    typed::{Choice, Entry, Facts, Id, Minutes, Record, Scale},
    value::Money,
};

/// What the writers of one client share.
pub(super) struct Of<'a> {
    pub(super) client: RecordId,
    pub(super) people: &'a [RecordId],
    pub(super) engagement: RecordId,
    pub(super) sponsor: Option<usize>,
    pub(super) ops: &'a mut Vec<Op>,
}

/// What is to be done: what, who, days ago it is due.
type ToDo = Option<(&'static str, usize, i64)>;

impl Of<'_> {
    fn person(&self, index: usize) -> Option<Id<Contact>> {
        self.people.get(index).map(|id| Id::new(*id))
    }
}

impl<R: CryptoRng> Sample<'_, R> {
    /// The library and the time to spare.
    pub(super) fn firm_strategy(&mut self, ops: &mut Vec<Op>) {
        self.library.clear();
        for (title, kind, summary, sectors, topic) in LIBRARY {
            let id = self.id();
            self.library.push(id);
            let item = ValueAdd {
                title: (*title).into(),
                kind: Choice::from_key(kind),
                summary: (*summary).into(),
                sectors: sectors.iter().map(|sector| (*sector).to_owned()).collect(),
                topics: [(*topic).to_owned()].into(),
                owner: self.ours(5),
                ..ValueAdd::default()
            };
            ops.push(item.create(id));
        }
        for (who, week, hours, used, note) in CAPACITY {
            let entry = Capacity {
                person: self.ours(*who),
                week: Some(monday_of(self.day(-7 * week))),
                spare: Some(Minutes(hours * 60)),
                used_for: Choice::from_key(used),
                note: (*note).into(),
            };
            let id = self.id();
            ops.push(entry.create(id));
        }
    }

    /// Everything that is written down about the strategy of the client of that name.
    pub(super) fn strategy(&mut self, name: &str, mut of: Of<'_>) {
        let Some(told) = STRATEGIES.iter().find(|told| told.client == name) else { return };
        self.standing(told, &mut of);
        for lens in [false, true] {
            let versions: Vec<_> = told.swots.iter().filter(|one| one.business == lens).collect();
            self.swots(&versions, &mut of);
        }
        for one in told.risks {
            self.risk(one, &mut of);
        }
        let opportunities: Vec<RecordId> =
            told.opportunities.iter().map(|one| self.opportunity(one, &mut of)).collect();
        for one in told.salvage {
            self.salvage(one, &opportunities, &mut of);
        }
        for one in told.services {
            self.service(one, &mut of);
        }
        for one in told.benefits {
            self.benefit(one, &mut of);
        }
        for one in told.bonds {
            self.bond(one, &mut of);
        }
        for one in told.dialogues {
            self.dialogue(one, &mut of);
        }
        self.goodwill(told, &mut of);
        if let Some(one) = &told.rollout {
            self.rollout(one, &mut of);
        }
    }

    /// What stands at the client itself, and further roles of our people.
    fn standing(&mut self, told: &SampleStrategy, of: &mut Of<'_>) {
        let keys = &Client::KEYS;
        if told.willingness > 0 {
            let willing = Scale::new(told.willingness);
            of.ops.push(keys.willingness_to_invest.set(of.client, willing));
        }
        let (route, next) = told.entry;
        if !route.is_empty() {
            of.ops.push(keys.entry_route.set(of.client, route.into()));
            of.ops.push(keys.entry_next.set(of.client, Some(self.day(next))));
        }
        for (who, role) in told.roles {
            let assignment = Assignment {
                role: Choice::from_key(role),
                person: self.ours(*who),
                engagement: Some(Id::new(of.engagement)),
                from: Some(self.day(200)),
                until: None,
            };
            let id = self.id();
            of.ops.push(assignment.create(id));
        }
    }

    /// The versions of one lens: the last one holds.
    fn swots(&mut self, versions: &[&SampleSwot], of: &mut Of<'_>) {
        let (mut before, mut before_items) = (None, Vec::new());
        for (at, one) in versions.iter().enumerate() {
            let id = self.id();
            let mut steps = vec![(swot::State::Current, one.on)];
            if let Some(next) = versions.get(at + 1) {
                steps.push((swot::State::Superseded, next.on));
            }
            let swot = Swot {
                lens: Some(if one.business { Lens::Business } else { Lens::Relationship }),
                on: Some(self.day(one.on)),
                authors: self.ours(one.by).into_iter().collect(),
                summary: one.conclusion.into(),
                supersedes: before.map(Id::new),
                transitions: self.life(swot::State::Draft, &steps, one.by),
            };
            of.ops.push(swot.create(id));
            let items = one.items.iter().map(|item| self.item(item, id, &before_items, of));
            before_items = items.collect();
            before = Some(id);
        }
    }

    fn item(
        &mut self,
        one: &SampleItem,
        swot: RecordId,
        before: &[RecordId],
        of: &mut Of<'_>,
    ) -> RecordId {
        let id = self.id();
        let item = SwotItem {
            swot: Some(Id::new(swot)),
            quadrant: Choice::from_key(one.quadrant),
            text: one.text.into(),
            weight: Scale::new(one.weight),
            evidence: one.evidence.into(),
            follows: one.follows.and_then(|at| before.get(at)).map(|id| Id::new(*id)),
            ..SwotItem::default()
        };
        of.ops.push(item.create(id));
        self.arising(one.action, ActionSource::Swot, of, |action| {
            action.swot_item = Some(Id::new(id));
        });
        id
    }

    fn risk(&mut self, one: &SampleRisk, of: &mut Of<'_>) {
        let id = self.id();
        let risk = Risk {
            description: one.text.into(),
            scope: Some(RiskScope::Relationship),
            engagement: Some(Id::new(of.engagement)),
            probability: Scale::new(one.probability),
            impact: Scale::new(one.impact),
            response: Choice::from_key(one.response),
            mitigation: one.mitigation.into(),
            contingency: one.contingency.into(),
            trigger: one.trigger.into(),
            owner: self.ours(one.owner),
            next_review: Some(self.day(one.review)),
            transitions: self.told(risk::State::Identified, one.steps, one.owner),
            ..Risk::default()
        };
        of.ops.push(risk.create(id));
        self.arising(one.action, ActionSource::Risk, of, |action| action.risk = Some(Id::new(id)));
    }

    fn opportunity(&mut self, one: &SampleOpportunity, of: &mut Of<'_>) -> RecordId {
        let id = self.id();
        let decided = one.steps.iter().find(|(state, _)| *state == "decided_to_propose");
        let beyond = |ours: bool| if ours { Controllable::Yes } else { Controllable::No };
        let opportunity = Opportunity {
            title: one.title.into(),
            description: one.description.into(),
            contacts: of.person(one.with).into_iter().collect(),
            owner: self.ours(one.owner),
            value: (one.value > 0).then_some(Money { minor: one.value * 100, currency: *b"EUR" }),
            probability: Scale::new(one.probability),
            decided_on: decided.map(|(_, ago)| self.day(*ago)),
            close_date: Some(self.day(one.closes)),
            loss_reason: one.loss.map(|(why, _)| why.into()).unwrap_or_default(),
            controllable: one.loss.map(|(_, ours)| beyond(ours)),
            competitor: one.competitor.into(),
            transitions: self.told(opportunity::State::Spotted, one.steps, one.owner),
            ..Opportunity::default()
        };
        of.ops.push(opportunity.create(id));
        id
    }

    fn salvage(&mut self, one: &SampleSalvage, lost: &[RecordId], of: &mut Of<'_>) {
        let id = self.id();
        let plan = SalvagePlan {
            name: one.name.into(),
            opportunity: one.of.and_then(|at| lost.get(at)).map(|id| Id::new(*id)),
            gains: one.gains.iter().filter_map(|gain| Choice::from_key(gain)).collect(),
            notes: one.how.into(),
            owner: self.ours(one.owner),
            entry_person: of.person(one.person),
            entry_route: one.route.into(),
            entry_next: Some(self.day(one.next)),
        };
        of.ops.push(plan.create(id));
        self.arising(one.action, ActionSource::SalvagePlan, of, |action| {
            action.salvage_plan = Some(Id::new(id));
        });
    }

    fn service(&mut self, one: &SampleService, of: &mut Of<'_>) {
        let (told, how) = one.told.map_or((None, ""), |(ago, how)| (Some(ago), how));
        let service = ProactiveService {
            idea: one.idea.into(),
            trigger: Choice::from_key(one.trigger),
            engagement: Some(Id::new(of.engagement)),
            members: self.ours(one.by).into_iter().collect(),
            done_on: one.done.map(|ago| self.day(ago)),
            effort: Some(Minutes(one.hours * 60)),
            benefit: one.benefit.into(),
            broadcast_on: told.map(|ago| self.day(ago)),
            broadcast_how: how.into(),
            reaction: one.reaction.into(),
            ..ProactiveService::default()
        };
        let id = self.id();
        of.ops.push(service.create(id));
    }

    fn benefit(&mut self, one: &SampleBenefit, of: &mut Of<'_>) {
        let uses = one
            .uses
            .iter()
            .map(|(ago, audience)| {
                let on = Some(self.day(*ago));
                self.fact(BenefitUse { on, audience: (*audience).into() }, *ago, 4, None)
            })
            .collect();
        let benefit = IntangibleBenefit {
            title: one.title.into(),
            kind: Choice::from_key(one.kind),
            contact: of.person(one.from),
            engagement: Some(Id::new(of.engagement)),
            owner: self.ours(5),
            consent_scope: one.scope.into(),
            consent_channels: one
                .channels
                .iter()
                .map(|it| (*it).to_owned())
                .collect::<BTreeSet<_>>(),
            consent_until: one.until.map(|ago| self.day(ago)),
            approver: of.person(one.from).filter(|_| !one.scope.is_empty()),
            text: one.words.into(),
            uses: Facts(uses),
            transitions: self.told(benefit::State::Idea, one.steps, 5),
        };
        let id = self.id();
        of.ops.push(benefit.create(id));
    }

    fn bond(&mut self, one: &SampleBond, of: &mut Of<'_>) {
        let id = self.id();
        let bond = SwitchingFactor {
            text: one.text.into(),
            kind: Choice::from_key(one.kind),
            strength: Scale::new(one.strength),
            evidence: one.evidence.into(),
            erosion: one.erosion.into(),
            expires: one.expires.map(|ago| self.day(ago)),
            engagement: Some(Id::new(of.engagement)),
            owner: self.ours(one.owner),
        };
        of.ops.push(bond.create(id));
        self.arising(one.action, ActionSource::SwitchingFactor, of, |action| {
            action.switching_factor = Some(Id::new(id));
        });
    }

    fn dialogue(&mut self, one: &SampleDialogue, of: &mut Of<'_>) {
        let id = self.id();
        let dialogue = SponsorDialogue {
            kind: Some(if one.last { DialogueKind::Final } else { DialogueKind::Periodic }),
            on: Some(self.day(one.on)),
            sponsor: of.sponsor.and_then(|index| self.ours(index)),
            contacts: of.person(one.with).into_iter().collect(),
            engagement: None,
            served_well: Choice::from_key(one.served),
            works: one.works.into(),
            concerns: one.concerns.into(),
            unmet: one.unmet.into(),
            touchpoint: None,
        };
        of.ops.push(dialogue.create(id));
        self.arising(one.action, ActionSource::SponsorDialogue, of, |action| {
            action.sponsor_dialogue = Some(Id::new(id));
        });
    }

    /// What they were shown, and what was done for each other's name.
    fn goodwill(&mut self, told: &SampleStrategy, of: &mut Of<'_>) {
        for (item, ago, to, by, said) in told.shown {
            let shown = ValueShown {
                item: self.library.get(*item).map(|id| Id::new(*id)),
                on: Some(self.day(*ago)),
                contacts: of.person(*to).into_iter().collect(),
                by: self.ours(*by),
                touchpoint: None,
                reaction: (*said).into(),
            };
            let id = self.id();
            of.ops.push(shown.create(id));
        }
        for (ours, what, place, ago) in told.promotions {
            let (we, they) = (PromotionDirection::WeForThem, PromotionDirection::TheyForUs);
            let promotion = Promotion {
                what: (*what).into(),
                direction: Some(if *ours { we } else { they }),
                place: (*place).into(),
                on: Some(self.day(*ago)),
                ..Promotion::default()
            };
            let id = self.id();
            of.ops.push(promotion.create(id));
        }
    }

    fn rollout(&mut self, one: &SampleRollout, of: &mut Of<'_>) {
        let decisions = one
            .decisions
            .iter()
            .map(|(ago, what, why)| {
                let decision = Decision { what: (*what).into(), why: (*why).into() };
                self.fact(decision, *ago, one.owner, None)
            })
            .collect();
        let states = one.steps.iter().filter_map(|(key, _)| rollout::State::from_key(key));
        let adopted = states.filter_map(adoption).next_back().unwrap_or(Adoption::None);
        of.ops.push(Client::KEYS.adoption.set(of.client, Some(adopted)));
        let rollout = Rollout {
            name: "Relations procedures".into(),
            owner: self.ours(one.owner),
            started_on: one.begins.map(|ago| self.day(ago)),
            evaluate_on: one.evaluate.map(|ago| self.day(ago)),
            needs: Some(Minutes(one.hours * 60)),
            entry_criteria: one.fit.into(),
            metrics: one.measured.into(),
            evidence: one.evidence.into(),
            decisions: Facts(decisions),
            transitions: self.told(rollout::State::Candidate, one.steps, one.owner),
        };
        let id = self.id();
        of.ops.push(rollout.create(id));
    }

    fn arising(
        &mut self,
        what: ToDo,
        source: ActionSource,
        of: &mut Of<'_>,
        about: impl FnOnce(&mut Action),
    ) {
        let Some((text, who, due)) = what else { return };
        let mut action = Action {
            text: text.into(),
            owner: self.ours(who),
            due: Some(self.day(due)),
            state: ActionState::Open,
            source: Some(source),
            ..Action::default()
        };
        about(&mut action);
        let id = self.id();
        of.ops.push(action.create(id));
    }

    /// A life of steps named by their keys.
    fn told<S: Choice>(
        &mut self,
        start: S,
        steps: &[(&'static str, i64)],
        by: usize,
    ) -> Facts<Move<S>> {
        let known = steps.iter().filter_map(|(key, ago)| Some((S::from_key(key)?, *ago)));
        let known: Vec<(S, i64)> = known.collect();
        self.life(start, &known, by)
    }

    /// One step after the other, each so many days ago.
    fn life<S: Choice>(&mut self, start: S, steps: &[(S, i64)], by: usize) -> Facts<Move<S>> {
        let mut facts: Vec<Entry<Move<S>>> = Vec::new();
        for (to, ago) in steps {
            let from = facts.last().map_or(start, |last| last.body.to);
            let after = facts.last().map(|last| last.id);
            let why = "".into();
            facts.push(self.fact(Move { from, to: *to, why }, *ago, by, after));
        }
        Facts(facts)
    }

    fn fact<T>(&mut self, body: T, ago: i64, by: usize, after: Option<RecordId>) -> Entry<T> {
        let by = self.team.get(by).map(|id| id.bytes()).unwrap_or_default();
        let at = self.moment(ago, 11);
        Entry { id: self.id(), by, at, after: after.into_iter().collect(), body }
    }
}
