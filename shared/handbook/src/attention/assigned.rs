//! Whose a reason is: the owner of the record it stands on, else whoever was asked to look after it.

use super::Reason;
use crate::ids::{RecordId, RecordKey};
use crate::kind::Field;
use crate::known::Known;
use crate::op::Op;
use crate::records::{
    Complaint, IntangibleBenefit, Opportunity, Promise, ReasonOwner, Risk, Rollout,
    ScheduledContact, kind,
};
use crate::typed::{Id, Record};
use crate::value::Value;

/// The field that says whose a reason of that rule is; `None` where it stands on nothing that is somebody's.
fn owner_field(rule: &str) -> Option<&'static Field> {
    Some(match rule {
        "complaint-critical"
        | "complaint-response"
        | "complaint-unrecorded"
        | "complaints-repeated" => Complaint::KEYS.owner.field(),
        "promise-overdue" => Promise::KEYS.by.field(),
        "risk-unprovided" => Risk::KEYS.owner.field(),
        "opportunity-overdue" | "loss-unsalvaged" => Opportunity::KEYS.owner.field(),
        "consent-expiring" => IntangibleBenefit::KEYS.owner.field(),
        "contact-missed" => ScheduledContact::KEYS.organiser.field(),
        "rollout-gate" => Rollout::KEYS.owner.field(),
        _ => return None,
    })
}

/// What gives a reason to `member`: the owner of its record, or a record that says so, under the fresh `id`.
pub fn assign(reason: &Reason, member: RecordId, id: RecordId) -> Op {
    let record = reason.evidence.record;
    let owned = record.and_then(|(key, about)| {
        let (kind, field) = (kind(key)?, owner_field(reason.rule)?);
        Some((RecordKey::new(kind, about), field.key))
    });
    match owned {
        Some((key, field)) => Op::Set { key, field, value: Value::Link(member) },
        None => ReasonOwner {
            rule: reason.rule.to_owned(),
            subject: reason.subject(),
            owner: Some(Id::new(member)),
        }
        .create(id),
    }
}

/// Says of each reason who was asked to look after it; of several the one who was asked last.
pub(super) fn give(reasons: &mut [Reason], owners: &[Known<ReasonOwner>]) {
    if owners.is_empty() {
        return;
    }
    for reason in reasons.iter_mut().filter(|reason| owner_field(reason.rule).is_none()) {
        let subject = reason.subject();
        let asked = owners.iter().filter(|one| one.rule == reason.rule && one.subject == subject);
        let last = asked.max_by_key(|one| one.id).and_then(|one| one.owner);
        if let Some(owner) = last {
            reason.owner = Some(owner.id.bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Severity, fixture::setting, reasons};
    use super::*;
    use crate::attention::{Facts, Promise as Promised};
    use crate::figures::fixture::{day, id};
    use crate::words::Sentence;

    /// Covers: S0.6
    #[test]
    fn the_one_asked_last_looks_after_it() {
        let asked = |number, rule: &str, subject: &str, owner| {
            let (rule, subject) = (rule.to_owned(), subject.to_owned());
            let owner = Some(Id::new(id(owner)));
            Known::new(id(number), ReasonOwner { rule, subject, owner })
        };
        let check = |owners: Vec<Known<ReasonOwner>>, expected: Option<[u8; 16]>| {
            let facts = Facts {
                living: true,
                since: Some(day("2026-11-01")),
                reason_owners: owners,
                ..Facts::default()
            };
            let found = reasons(&facts, &setting()).open;
            let found = found.iter().find(|one| one.rule == "no-account-manager").unwrap();
            assert_eq!(found.owner, expected);
        };
        check(vec![], None);
        check(vec![asked(1, "no-account-manager", "", 7)], Some([7; 16]));
        let both =
            vec![asked(2, "no-account-manager", "", 8), asked(1, "no-account-manager", "", 7)];
        check(both, Some([8; 16]));
        check(vec![asked(1, "no-sponsor", "", 7)], None);
        check(vec![asked(1, "no-account-manager", "contact/x", 7)], None);
    }

    #[test]
    fn a_record_of_somebodys_is_given_itself() {
        let promise = Promised { id: id(1), due: day("2026-11-01"), ..Promised::default() };
        let facts = Facts { promises: vec![promise], ..Facts::default() };
        let found = reasons(&facts, &setting()).open.remove(0);
        let key = RecordKey::new(Promise::KIND, id(1));
        let expected = Op::Set { key, field: "by", value: Value::Link(id(7)) };
        assert_eq!(assign(&found, id(7), id(9)), expected);

        let plain = Reason::new("silence", Severity::Soon, Sentence::default());
        let Op::Create { key, values } = assign(&plain, id(7), id(9)) else { panic!("no record") };
        assert_eq!((key.kind.key, key.id), ("reason_owner", id(9)));
        assert!(values.contains(&("owner", Value::Link(id(7)))));
    }
}
