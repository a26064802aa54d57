//! What the team of the sample said of reasons: which may rest, and who looks after one.

use super::{Sample, story::SampleClient};
use crate::op::Op;
use crate::records::{Pressing, ReasonOwner, Snooze};
use crate::typed::Record;
use rand_core::CryptoRng;

/// Client, rule, why it may rest, for so many days from today.
const RESTING: &[(&str, &str, &str, i64)] = &[(
    "Pellworth District Council",
    "no-sponsor",
    "Nothing is signed yet; the sponsor is named with the contract",
    16,
)];

/// Client, rule, who looks after it: index into the team.
const LOOKED_AFTER: &[(&str, &str, usize)] = &[("Tessel Foods", "no-sponsor", 3)];

/// What was said of one client's reasons.
pub(super) fn said<R: CryptoRng>(sample: &mut Sample<'_, R>, client: &SampleClient) -> Vec<Op> {
    let mut ops = Vec::new();
    for (_, rule, why, days) in RESTING.iter().filter(|(name, ..)| *name == client.name) {
        let snooze = Snooze {
            rule: (*rule).into(),
            subject: String::new(),
            reason: (*why).into(),
            until: Some(sample.day(-days)),
            pressing: Some(Pressing::Watch),
        };
        ops.push(snooze.create(sample.id()));
    }
    for (_, rule, person) in LOOKED_AFTER.iter().filter(|(name, ..)| *name == client.name) {
        let owner = sample.ours(*person);
        let record = ReasonOwner { rule: (*rule).into(), subject: String::new(), owner };
        ops.push(record.create(sample.id()));
    }
    ops
}
