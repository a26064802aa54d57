//! Giving a client its sponsor: there is exactly one, so whoever had the role hands it on (S4.45).

use chrono::NaiveDate;

use crate::figures::sponsor::holds;
use crate::ids::{RecordId, RecordKey};
use crate::known::Known;
use crate::op::Op;
use crate::records::{Assignment, Member, Role};
use crate::typed::{Id, Record};

/// Makes `person` the sponsor of the whole client from `today` on. Whoever has the role keeps it until the day before; an
/// assignment that would then end before it began is taken back. Nothing to do for the one who has it alone already.
pub fn assign(
    person: RecordId,
    assignments: &[Known<Assignment>],
    today: NaiveDate,
    id: RecordId,
) -> Vec<Op> {
    let sponsors = assignments.iter().filter(|one| {
        one.role == Some(Role::ClientSponsor) && one.engagement.is_none() && holds(one, today)
    });
    let (own, others): (Vec<_>, Vec<_>) =
        sponsors.partition(|one| one.person.is_some_and(|own| own.id == person));
    let mut ops: Vec<Op> = others.into_iter().map(|one| hand_on(one, today)).collect();
    if own.is_empty() {
        let new = Assignment {
            role: Some(Role::ClientSponsor),
            person: Some(Id::<Member>::new(person)),
            engagement: None,
            from: Some(today),
            until: None,
        };
        ops.push(new.create(id));
    }
    ops
}

fn hand_on(one: &Known<Assignment>, today: NaiveDate) -> Op {
    let last = today.pred_opt().filter(|last| one.from.is_none_or(|from| from <= *last));
    match last {
        Some(last) => Assignment::KEYS.until.set(one.id, Some(last)),
        None => Op::Delete { key: RecordKey::new(Assignment::KIND, one.id) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{day, id};

    /// Covers: S4.45
    #[test]
    fn one_sponsor_at_a_time() {
        let today = day("2026-11-12");
        let held = |number: u8, person: u8, from: &str, role| {
            let person = Some(Id::new(id(person)));
            let from = from.parse().ok();
            Known::new(
                id(number),
                Assignment { role: Some(role), person, from, ..Assignment::default() },
            )
        };
        let sponsor = Role::ClientSponsor;
        let check = |all: &[Known<Assignment>], expected: &[Op]| {
            assert_eq!(assign(id(7), all, today, id(90)), expected);
        };
        let new = Op::Create {
            key: RecordKey::new(Assignment::KIND, id(90)),
            values: Assignment {
                role: Some(sponsor),
                person: Some(Id::new(id(7))),
                from: Some(today),
                ..Assignment::default()
            }
            .into_values(),
        };
        check(&[], std::slice::from_ref(&new));
        check(&[held(1, 9, "2026-01-01", Role::AccountManager)], std::slice::from_ref(&new));
        let until = Assignment::KEYS.until.set(id(1), Some(day("2026-11-11")));
        check(&[held(1, 9, "2026-01-01", sponsor)], &[until.clone(), new.clone()]);
        check(&[held(1, 9, "", sponsor)], &[until, new.clone()]);
        let key = RecordKey::new(Assignment::KIND, id(1));
        check(&[held(1, 9, "2026-11-12", sponsor)], &[Op::Delete { key }, new]);
        check(&[held(1, 7, "2026-01-01", sponsor)], &[]);
    }
}
