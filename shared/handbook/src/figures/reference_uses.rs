//! Reference fatigue: how often each contact's reference was used in twelve months (S1.24).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::thresholds::months_before;
use crate::ids::RecordId;
use crate::known::Known;
use crate::records::IntangibleBenefit;

/// How many months count.
const MONTHS: u32 = 12;

/// The uses of one contact's references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uses {
    /// Who vouches; `None` for the client as a whole.
    pub contact: Option<RecordId>,
    /// The days of the uses with the benefit that was used, oldest first.
    pub uses: Vec<(NaiveDate, RecordId)>,
}

/// Uses by contact in the twelve months until today, the most tired first. A use without a day counts on the day it was
/// written down.
pub fn reference_uses(benefits: &[Known<IntangibleBenefit>], today: NaiveDate) -> Vec<Uses> {
    let since = months_before(today, MONTHS);
    let mut by_contact: BTreeMap<Option<RecordId>, Vec<(NaiveDate, RecordId)>> = BTreeMap::new();
    for benefit in benefits {
        for told in &benefit.uses.0 {
            let on = told.body.on.or_else(|| told.at.day());
            if let Some(on) = on.filter(|on| *on > since && *on <= today) {
                let contact = benefit.contact.map(|contact| contact.id);
                by_contact.entry(contact).or_default().push((on, benefit.id));
            }
        }
    }
    let mut found: Vec<Uses> = by_contact
        .into_iter()
        .map(|(contact, mut uses)| {
            uses.sort_unstable();
            Uses { contact, uses }
        })
        .collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.uses.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id};
    use super::*;
    use crate::records::BenefitUse;
    use crate::typed::{Entry, Facts, Id};
    use crate::value::Moment;

    /// Covers: S1.24
    #[test]
    fn by_contact() {
        let benefit = |number, contact: Option<u8>, days: &[&str]| {
            let told = |on: &&str| Entry {
                id: id(99),
                by: [0; 16],
                at: Moment::parse("2026-11-02T10:00:00.000+01:00").unwrap(),
                after: Vec::new(),
                body: BenefitUse { on: on.parse().ok(), audience: "A bid".into() },
            };
            let uses = Facts(days.iter().map(told).collect());
            let contact = contact.map(|number| Id::new(id(number)));
            Known::new(
                id(number),
                IntangibleBenefit { contact, uses, ..IntangibleBenefit::default() },
            )
        };
        let benefits = [
            benefit(1, Some(11), &["2026-06-01", "2025-11-12"]), // the second a day too early
            benefit(2, Some(11), &["2026-02-01"]),
            benefit(3, None, &["", "2026-11-13"]), // without a day; ahead of today
        ];
        let expected = [
            Uses {
                contact: Some(id(11)),
                uses: vec![(day("2026-02-01"), id(2)), (day("2026-06-01"), id(1))],
            },
            Uses { contact: None, uses: vec![(day("2026-11-02"), id(3))] },
        ];
        assert_eq!(reference_uses(&benefits, day("2026-11-12")), expected);
    }
}
