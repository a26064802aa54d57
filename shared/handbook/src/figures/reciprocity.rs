//! Reciprocity: what they did for us less what we did for them, over twelve months (S1.25).

use chrono::NaiveDate;

use super::thresholds::months_before;
use crate::ids::RecordId;
use crate::known::Known;
use crate::records::{Promotion, PromotionDirection};

/// How many months count.
const MONTHS: u32 = 12;

/// Promotion in both directions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reciprocity {
    /// The first day that counts.
    pub since: NaiveDate,
    /// What they did for us.
    pub from_them: Vec<RecordId>,
    /// What we did for them.
    pub from_us: Vec<RecordId>,
}

impl Reciprocity {
    /// They for us less we for them: below zero they owe us, above we owe them.
    pub fn balance(&self) -> i64 {
        self.from_them.len() as i64 - self.from_us.len() as i64
    }
}

/// The promotions of the twelve months until today.
pub fn reciprocity(promotions: &[Known<Promotion>], today: NaiveDate) -> Reciprocity {
    let since = months_before(today, MONTHS);
    let in_window =
        |promotion: &&Known<Promotion>| promotion.on.is_some_and(|on| on > since && on <= today);
    let of = |direction: PromotionDirection| {
        let those = promotions.iter().filter(in_window);
        those.filter(|one| one.direction == Some(direction)).map(|one| one.id).collect()
    };
    Reciprocity {
        since: since.succ_opt().unwrap_or(since),
        from_them: of(PromotionDirection::TheyForUs),
        from_us: of(PromotionDirection::WeForThem),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, id};
    use super::*;

    /// Covers: S1.25
    #[test]
    fn twelve_months_both_ways() {
        use PromotionDirection::{TheyForUs, WeForThem};
        let promotion = |number, on: &str, direction| {
            let (on, direction) = (on.parse().ok(), Some(direction));
            Known::new(id(number), Promotion { on, direction, ..Promotion::default() })
        };
        let promotions = [
            promotion(1, "2025-11-12", TheyForUs), // a day too early
            promotion(2, "2025-11-13", TheyForUs),
            promotion(3, "2026-11-12", WeForThem),
            promotion(4, "2026-06-01", WeForThem),
            promotion(5, "2026-11-13", WeForThem), // ahead of today
            promotion(6, "", TheyForUs),
        ];
        let found = reciprocity(&promotions, day("2026-11-12"));
        assert_eq!(found.since, day("2025-11-13"));
        assert_eq!((&found.from_them[..], &found.from_us[..]), (&[id(2)][..], &[id(3), id(4)][..]));
        assert_eq!(found.balance(), -1);
    }
}
