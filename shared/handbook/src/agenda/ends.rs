//! What ends: engagements, service levels and contracts 90, 60 and 30 days ahead, consents, opportunities (S1.24, S2.15).

use chrono::{Days, NaiveDate};

use super::{AgendaItem, around, dated};
use crate::attention::{Facts, Setting};
use crate::ids::{RecordId, RecordKey};
use crate::lifecycles::{benefit, opportunity, states};

/// How many days ahead an end is announced, and the source of each: three entries of a calendar, not one that moves.
type Marks = [(u64, &'static str); 3];

const ENGAGEMENT: Marks =
    [(90, "engagement-end-90"), (60, "engagement-end-60"), (30, "engagement-end-30")];
const SLA: Marks = [(90, "sla-end-90"), (60, "sla-end-60"), (30, "sla-end-30")];
const OBLIGATION: Marks =
    [(90, "obligation-end-90"), (60, "obligation-end-60"), (30, "obligation-end-30")];

pub(super) fn items(facts: &Facts, setting: &Setting) -> Vec<AgendaItem> {
    let engagements = facts.current_engagements().filter_map(|one| {
        let end = Ends { name: &one.name, on: one.planned_end?, record: one.key(), owner: None };
        Some((end, ENGAGEMENT))
    });
    let slas = facts.slas.iter().filter_map(|one| {
        let end = Ends { name: &one.name, on: one.valid_until?, record: one.key(), owner: None };
        Some((end, SLA))
    });
    let obligations = facts.obligations.iter().filter_map(|one| {
        let owner = one.owner.map(|owner| owner.id);
        Some((Ends { name: &one.name, on: one.valid_until?, record: one.key(), owner }, OBLIGATION))
    });
    let ends = engagements.chain(slas).chain(obligations);
    let mut items: Vec<AgendaItem> =
        ends.flat_map(|(end, marks)| end.announced(marks, facts, setting.today)).collect();
    items.extend(consents(facts, setting));
    items.extend(opportunities(facts));
    items
}

/// Something with a last day.
struct Ends<'a> {
    name: &'a str,
    on: NaiveDate,
    record: RecordKey,
    owner: Option<RecordId>,
}

impl Ends<'_> {
    /// The marks that lie ahead and the last one that has passed; nothing once it has ended.
    fn announced(&self, marks: Marks, facts: &Facts, today: NaiveDate) -> Vec<AgendaItem> {
        if self.on < today {
            return Vec::new();
        }
        let days = marks.into_iter().filter_map(|(ahead, source)| {
            Some((self.on.checked_sub_days(Days::new(ahead))?, source))
        });
        let days: Vec<_> = days.collect();
        let passed = days.iter().filter(|(day, _)| *day < today).map(|(day, _)| *day).max();
        let wanted = days.into_iter().filter(|(day, _)| *day >= today || Some(*day) == passed);
        wanted
            .map(|(day, source)| AgendaItem {
                source,
                day,
                what: around("Agree what follows: {}", "Klären, was folgt: {}", self.name),
                why: dated("It ends on {}.", "Es endet am {}.", self.on),
                record: Some(self.record),
                owner: self.owner,
                client: Some(facts.id),
                again: None,
            })
            .collect()
    }
}

fn consents(facts: &Facts, setting: &Setting) -> impl Iterator<Item = AgendaItem> {
    let usable = facts.benefits.iter().filter(|one| {
        states(&one.transitions, benefit::State::Idea).iter().any(|state| state.may_be_used())
    });
    usable.filter_map(|one| {
        let until = one.consent_until?;
        let ahead = Days::new(u64::from(setting.thresholds.expiry_days));
        Some(AgendaItem {
            source: "consent",
            day: until.checked_sub_days(ahead)?,
            what: around("Renew the consent: {}", "Einwilligung erneuern: {}", &one.title),
            why: dated(
                "The client's consent runs out on {}.",
                "Die Einwilligung des Kunden läuft am {} aus.",
                until,
            ),
            record: Some(one.key()),
            owner: one.owner.map(|owner| owner.id),
            client: Some(facts.id),
            again: None,
        })
    })
}

fn opportunities(facts: &Facts) -> impl Iterator<Item = AgendaItem> {
    let open = facts.opportunities.iter().filter(|one| {
        states(&one.transitions, opportunity::State::Spotted).iter().any(|state| state.is_open())
    });
    open.filter_map(|one| {
        let day = one.close_date?;
        Some(AgendaItem {
            source: "opportunity",
            day,
            what: around("Bring to a decision: {}", "Zur Entscheidung bringen: {}", &one.title),
            why: dated(
                "The client's decision is expected by {}.",
                "Die Entscheidung des Kunden wird bis zum {} erwartet.",
                day,
            ),
            record: Some(one.key()),
            owner: one.owner.map(|owner| owner.id),
            client: Some(facts.id),
            again: None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::check;
    use super::*;
    use crate::figures::fixture::{day, id, step};
    use crate::known::Known;
    use crate::records::{Engagement, IntangibleBenefit, Opportunity, Sla, Stage};

    /// Covers: S2.15
    #[test]
    fn ninety_sixty_thirty() {
        let engagement = |stage, end: &str| {
            let transitions = step(Stage::PreContract, stage, "2026-01-01");
            let (name, planned_end) = ("Harbour".into(), end.parse().ok());
            let record = Engagement { name, planned_end, transitions, ..Engagement::default() };
            Facts { engagements: vec![Known::new(id(1), record)], ..Facts::default() }
        };
        let (work, what) = (Stage::Implementation, "Agree what follows: Harbour");
        let (ninety, sixty, thirty) =
            ("engagement-end-90", "engagement-end-60", "engagement-end-30");
        // In 90 days exactly.
        let all = [
            (ninety, "2026-11-12", what),
            (sixty, "2026-12-12", what),
            (thirty, "2027-01-11", what),
        ];
        check(items, &engagement(work, "2027-02-10"), &all);
        // In 40 days: of the two that have passed only the later one.
        let two = [(sixty, "2026-10-23", what), (thirty, "2026-11-22", what)];
        check(items, &engagement(work, "2026-12-22"), &two);
        check(items, &engagement(work, "2026-11-12"), &[(thirty, "2026-10-13", what)]);
        check(items, &engagement(work, "2026-11-11"), &[]);
        check(items, &engagement(Stage::Ended, "2027-02-10"), &[]);

        let sla =
            Sla { name: "Hotline".into(), valid_until: Some(day("2026-12-01")), ..Sla::default() };
        let facts = Facts { slas: vec![Known::new(id(2), sla)], ..Facts::default() };
        check(items, &facts, &[("sla-end-30", "2026-11-01", "Agree what follows: Hotline")]);
    }

    /// Covers: S1.24
    #[test]
    fn consents_and_decisions() {
        let consent = |state| {
            let transitions = step(benefit::State::Idea, state, "2026-01-01");
            let (title, consent_until) = ("Reference call".into(), Some(day("2026-12-31")));
            let record =
                IntangibleBenefit { title, consent_until, transitions, ..Default::default() };
            Facts { benefits: vec![Known::new(id(1), record)], ..Facts::default() }
        };
        let expected = [("consent", "2026-12-01", "Renew the consent: Reference call")];
        check(items, &consent(benefit::State::Usable), &expected);
        check(items, &consent(benefit::State::Withdrawn), &[]);

        let opportunity = |state| {
            let transitions = step(opportunity::State::Spotted, state, "2026-01-01");
            let (title, close_date) = ("Third slip".into(), Some(day("2026-11-30")));
            let record = Opportunity { title, close_date, transitions, ..Opportunity::default() };
            Facts { opportunities: vec![Known::new(id(1), record)], ..Facts::default() }
        };
        let expected = [("opportunity", "2026-11-30", "Bring to a decision: Third slip")];
        check(items, &opportunity(opportunity::State::Proposed), &expected);
        check(items, &opportunity(opportunity::State::Won), &[]);
    }
}
