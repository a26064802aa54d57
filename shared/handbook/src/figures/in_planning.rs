//! Whether what the relationship needs stands in the plan of each engagement, like any other work (S4.61).

use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::{scheduled_contact, states};
use crate::records::{Engagement, EngagementKind, ScheduledContact, ScheduledKind, Stage};

use super::sponsor::is_current;

/// What belongs into a plan, in the order of an engagement's life.
const PROJECT: &[ScheduledKind] = &[
    ScheduledKind::Kickoff,
    ScheduledKind::FormalMeeting,
    ScheduledKind::SponsorDialogue,
    ScheduledKind::Survey,
    ScheduledKind::Debrief,
];
/// The same for a service that runs on: it neither begins nor ends.
const SERVICE: &[ScheduledKind] = &[
    ScheduledKind::FormalMeeting,
    ScheduledKind::Review,
    ScheduledKind::SponsorDialogue,
    ScheduledKind::Survey,
];

/// What the plan of one engagement lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InPlan {
    /// The engagement.
    pub engagement: RecordId,
    /// What nobody has scheduled, in the order of its life; empty if the relationship is part of the plan.
    pub missing: Vec<ScheduledKind>,
}

/// Every engagement under way with what its plan lacks. What was planned counts, held or not, but not what was called off;
/// a kick-off is no longer asked for once the work has begun.
pub fn in_planning(
    engagements: &[Known<Engagement>],
    scheduled: &[Known<ScheduledContact>],
) -> Vec<InPlan> {
    let planned = |engagement: RecordId, kind: ScheduledKind| {
        scheduled.iter().any(|one| {
            let here = states(&one.transitions, scheduled_contact::State::Planned);
            one.kind == Some(kind)
                && one.engagement.is_some_and(|of| of.id == engagement)
                && here.iter().any(|state| *state != scheduled_contact::State::Cancelled)
        })
    };
    let under_way = engagements.iter().filter(|one| is_current(one));
    under_way
        .map(|one| {
            let project = one.kind != Some(EngagementKind::Service);
            let wanted = if project { PROJECT } else { SERVICE };
            let begun = !states(&one.transitions, one.stage).contains(&Stage::PostContract);
            let lacks = |kind: &ScheduledKind| {
                let over = *kind == ScheduledKind::Kickoff && begun;
                !over && !planned(one.id, *kind)
            };
            InPlan { engagement: one.id, missing: wanted.iter().copied().filter(lacks).collect() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{id, step};
    use super::*;
    use crate::lifecycles::scheduled_contact::{Scheduling, State};
    use crate::typed::{Entry, Facts, Id};

    /// Covers: S4.61
    #[test]
    fn what_nobody_planned() {
        use ScheduledKind::{Debrief, FormalMeeting, Kickoff, Review, SponsorDialogue, Survey};
        let engagement = |kind, stage| {
            let transitions = step(Stage::PreContract, stage, "2026-10-01");
            Known::new(id(1), Engagement { kind: Some(kind), transitions, ..Engagement::default() })
        };
        let contact = |kind, of: u8, to: Option<State>| {
            let mut transitions = Facts::default();
            if let Some(to) = to {
                let told = step(State::Planned, to, "2026-11-01").0.remove(0);
                let body = Scheduling { from: State::Planned, to, why: "".into(), new_date: None };
                let (id, by, at) = (told.id, told.by, told.at);
                transitions.0.push(Entry { id, by, at, after: Vec::new(), body });
            }
            let (kind, engagement) = (Some(kind), Some(Id::new(id(of))));
            Known::new(
                id(of),
                ScheduledContact { kind, engagement, transitions, ..Default::default() },
            )
        };
        let check = |kind, stage, scheduled: &[_], expected: Option<&[ScheduledKind]>| {
            let found = in_planning(&[engagement(kind, stage)], scheduled);
            let found: Vec<_> = found.iter().map(|one| one.missing.as_slice()).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        };
        use EngagementKind::{Project, Service};
        let all = [Kickoff, FormalMeeting, SponsorDialogue, Survey, Debrief];
        check(Project, Stage::PostContract, &[], Some(&all));
        check(Project, Stage::Implementation, &[], Some(&all[1..]));
        check(
            Service,
            Stage::LifeCycle,
            &[],
            Some(&[FormalMeeting, Review, SponsorDialogue, Survey]),
        );
        // Neither what is only being sold nor what is over.
        check(Project, Stage::PreContract, &[], None);
        check(Project, Stage::Ended, &[], None);

        let planned: Vec<_> = all.iter().map(|kind| contact(*kind, 1, None)).collect();
        check(Project, Stage::PostContract, &planned, Some(&[]));
        let elsewhere: Vec<_> = all.iter().map(|kind| contact(*kind, 2, None)).collect();
        check(Project, Stage::PostContract, &elsewhere, Some(&all));
        let survey = |to| [&planned[..3], &[contact(Survey, 1, Some(to))], &planned[4..]].concat();
        check(Project, Stage::PostContract, &survey(State::Held), Some(&[]));
        check(Project, Stage::PostContract, &survey(State::Cancelled), Some(&[Survey]));
    }
}
