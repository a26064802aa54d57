//! Switching costs: what would make leaving us dear, as a list by weight (S1.13, S1.15).
//!
//! There is no index on its own: a sum without its factors would hide that one of them runs out next month.

use chrono::NaiveDate;

use crate::ids::RecordId;
use crate::known::Known;
use crate::records::{SwitchingFactor, SwitchingKind};

/// The factors of one client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switching {
    /// Factors that hold today, the strongest first.
    pub factors: Vec<Factor>,
    /// Factors whose last day has passed, the latest first: what was lost.
    pub expired: Vec<Factor>,
    /// The sum of the strengths that hold; to be shown with the list only.
    pub weight: i64,
}

/// One factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factor {
    /// Its record.
    pub id: RecordId,
    /// What it is.
    pub kind: Option<SwitchingKind>,
    /// 1 to 5; 0 where nobody has judged it.
    pub strength: i64,
    /// Its last day.
    pub expires: Option<NaiveDate>,
}

impl Switching {
    /// The factor that runs out first, among those that hold.
    pub fn nearest_expiry(&self) -> Option<&Factor> {
        self.factors.iter().filter(|factor| factor.expires.is_some()).min_by_key(|f| f.expires)
    }
}

/// The factors as of `today`.
pub fn switching(factors: &[Known<SwitchingFactor>], today: NaiveDate) -> Switching {
    let read = |factor: &Known<SwitchingFactor>| Factor {
        id: factor.id,
        kind: factor.kind,
        strength: factor.strength.map_or(0, |strength| strength.get()),
        expires: factor.expires,
    };
    let (mut expired, mut holding): (Vec<Factor>, Vec<Factor>) = factors
        .iter()
        .map(read)
        .partition(|factor| factor.expires.is_some_and(|expires| expires < today));
    holding.sort_by_key(|factor| (std::cmp::Reverse(factor.strength), factor.expires));
    expired.sort_by_key(|factor| std::cmp::Reverse(factor.expires));
    let weight = holding.iter().map(|factor| factor.strength).sum();
    Switching { factors: holding, expired, weight }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id};
    use super::*;
    use crate::typed::Scale;

    /// Covers: S1.13, S1.15
    #[test]
    fn by_weight_with_what_runs_out() {
        let factor = |number, strength, expires: &str| {
            let (strength, expires) = (Scale::new(strength), expires.parse().ok());
            Known::new(
                id(number),
                SwitchingFactor { strength, expires, ..SwitchingFactor::default() },
            )
        };
        let factors = [
            factor(1, 2, "2027-06-30"),
            factor(2, 5, ""),
            factor(3, 4, "2026-11-12"), // its last day is today
            factor(4, 5, "2026-11-11"),
            factor(5, 0, ""), // not judged
        ];
        let found = switching(&factors, day("2026-11-12"));
        let order: Vec<_> = found.factors.iter().map(|factor| factor.id).collect();
        assert_eq!(order, [2, 3, 1, 5].map(id));
        assert_eq!(found.weight, 11);
        assert_eq!(found.nearest_expiry().map(|factor| factor.id), Some(id(3)));
        assert_eq!(found.expired.iter().map(|factor| factor.id).collect::<Vec<_>>(), [id(4)]);
        assert_eq!(switching(&[], day("2026-11-12")).nearest_expiry(), None);
    }
}
