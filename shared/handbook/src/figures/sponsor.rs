//! The client sponsor: who it is, and whether they stand apart from the work (S4.45, S4.46).

use chrono::NaiveDate;

use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::states;
use crate::records::{Assignment, Engagement, Role, Stage};

/// The roles that a client's sponsor must not have in its current engagements.
pub const NOT_INDEPENDENT: [Role; 3] =
    [Role::EngagementManager, Role::ProjectManager, Role::DeliveryLead];

/// The sponsor of a client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sponsor {
    /// Who has the role today; one, unless a merge left two.
    pub people: Vec<RecordId>,
    /// The assignments that take their independence away.
    pub conflicts: Vec<Conflict>,
}

/// An assignment by which a sponsor does the client's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// The assignment.
    pub assignment: RecordId,
    /// The sponsor.
    pub person: RecordId,
    /// What they are besides.
    pub role: Role,
    /// In which engagement; `None` for all of them.
    pub engagement: Option<RecordId>,
}

/// The sponsor on `today`.
pub fn sponsor(
    assignments: &[Known<Assignment>],
    engagements: &[Known<Engagement>],
    today: NaiveDate,
) -> Sponsor {
    let people: Vec<RecordId> = holders(assignments, Role::ClientSponsor, today).collect();
    let ended = |id: RecordId| engagements.iter().any(|one| one.id == id && !is_current(one));
    let conflict = |one: &Known<Assignment>| {
        let (role, person) = (one.role?, one.person?.id);
        let engagement = one.engagement.map(|engagement| engagement.id);
        let works = NOT_INDEPENDENT.contains(&role) && holds(one, today);
        let counts = works && people.contains(&person) && !engagement.is_some_and(ended);
        counts.then_some(Conflict { assignment: one.id, person, role, engagement })
    };
    let conflicts = assignments.iter().filter_map(conflict).collect();
    Sponsor { people, conflicts }
}

/// What would take a sponsor's independence away if `proposed` held too: asked where somebody is assigned. `id` is the
/// proposed assignment's own, so that one that is being changed is not counted twice.
pub fn in_the_way(
    proposed: Known<Assignment>,
    assignments: &[Known<Assignment>],
    engagements: &[Known<Engagement>],
    today: NaiveDate,
) -> Vec<Conflict> {
    let Some(person) = proposed.person.map(|person| person.id) else { return Vec::new() };
    let mut all: Vec<_> = assignments.iter().filter(|one| one.id != proposed.id).cloned().collect();
    all.push(proposed);
    let mut conflicts = sponsor(&all, engagements, today).conflicts;
    conflicts.retain(|conflict| conflict.person == person);
    conflicts
}

/// Who has that role for the whole client on that day, everybody once.
pub fn holders(
    assignments: &[Known<Assignment>],
    role: Role,
    today: NaiveDate,
) -> impl Iterator<Item = RecordId> {
    let those = assignments
        .iter()
        .filter(move |one| one.role == Some(role) && one.engagement.is_none() && holds(one, today));
    let mut seen = Vec::new();
    those.filter_map(|one| one.person).map(|person| person.id).filter(move |person| {
        let new = !seen.contains(person);
        seen.push(*person);
        new
    })
}

/// Whether an assignment holds on that day.
pub fn holds(assignment: &Assignment, today: NaiveDate) -> bool {
    assignment.from.is_none_or(|from| from <= today)
        && assignment.until.is_none_or(|until| until >= today)
}

/// Whether an engagement is neither ended nor only being prepared.
pub fn is_current(engagement: &Engagement) -> bool {
    let here = states(&engagement.transitions, engagement.stage);
    here.iter().any(|stage| !matches!(stage, Stage::PreContract | Stage::Ended))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id, step};
    use super::*;
    use crate::typed::Id;

    fn assignment(number: u8, role: Role, person: u8, engagement: Option<u8>) -> Known<Assignment> {
        let engagement = engagement.map(|number| Id::new(id(number)));
        let (role, person) = (Some(role), Some(Id::new(id(person))));
        Known::new(id(number), Assignment { role, person, engagement, ..Assignment::default() })
    }

    /// Covers: S4.45, S4.46
    #[test]
    fn stands_apart_from_the_work() {
        let engagement = |number, stage| {
            let transitions = step(Stage::PreContract, stage, "2026-01-01");
            Known::new(id(number), Engagement { transitions, ..Engagement::default() })
        };
        let engagements = [engagement(20, Stage::Implementation), engagement(21, Stage::Ended)];
        let check = |others: &[Known<Assignment>], expected: &[u8]| {
            let mut all = vec![assignment(1, Role::ClientSponsor, 7, None)];
            all.extend_from_slice(others);
            let found = sponsor(&all, &engagements, day("2026-11-12"));
            assert_eq!(found.people, [id(7)]);
            let conflicts: Vec<_> = found.conflicts.iter().map(|one| one.assignment).collect();
            assert_eq!(conflicts, expected.iter().copied().map(id).collect::<Vec<_>>());
        };
        let manager = assignment(2, Role::ProjectManager, 7, Some(20));
        check(&[], &[]);
        check(std::slice::from_ref(&manager), &[2]);
        check(&[assignment(2, Role::ProjectManager, 7, Some(21))], &[]); // of an ended engagement
        check(&[assignment(2, Role::ProjectManager, 8, Some(20))], &[]); // another person
        check(&[assignment(2, Role::AccountManager, 7, None)], &[]);
        check(&[assignment(2, Role::DeliveryLead, 7, None)], &[2]); // for the whole client
        let until = |text: &str| {
            let mut past = manager.clone();
            past.record.until = Some(day(text));
            past
        };
        check(&[until("2026-11-12")], &[2]);
        check(&[until("2026-11-11")], &[]);
    }

    #[test]
    fn who_it_is() {
        let of =
            |assignments: &[Known<Assignment>]| sponsor(assignments, &[], day("2026-11-12")).people;
        assert_eq!(of(&[]), []);
        let twice = [
            assignment(1, Role::ClientSponsor, 7, None),
            assignment(2, Role::ClientSponsor, 7, None),
        ];
        assert_eq!(of(&twice), [id(7)]);
        assert_eq!(of(&[assignment(1, Role::ClientSponsor, 7, Some(20))]), []);
        let mut ahead = assignment(1, Role::ClientSponsor, 7, None);
        ahead.record.from = Some(day("2026-11-13"));
        assert_eq!(of(&[ahead]), []);
    }

    /// Covers: S4.46
    #[test]
    fn said_before_it_is_assigned() {
        let all = [
            assignment(1, Role::ProjectManager, 7, None),
            assignment(2, Role::AccountManager, 8, None),
            assignment(3, Role::ClientSponsor, 9, None),
        ];
        let check = |proposed: Known<Assignment>, expected: &[Role]| {
            let found = in_the_way(proposed, &all, &[], day("2026-11-12"));
            assert_eq!(found.iter().map(|one| one.role).collect::<Vec<_>>(), expected);
        };
        check(assignment(50, Role::ClientSponsor, 7, None), &[Role::ProjectManager]);
        check(assignment(50, Role::ClientSponsor, 8, None), &[]);
        // The other way round: the sponsor is given the work.
        check(assignment(50, Role::DeliveryLead, 9, None), &[Role::DeliveryLead]);
        check(assignment(50, Role::FinanceContact, 9, None), &[]);
        // The same assignment, given to somebody else.
        check(assignment(1, Role::ProjectManager, 9, None), &[Role::ProjectManager]);
        check(assignment(3, Role::ClientSponsor, 8, None), &[]);
        check(Known::new(id(50), Assignment::default()), &[]);
    }
}
