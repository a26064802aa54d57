//! The rollout gate: may another client become a pilot, and if not, why not (S4.56 to S4.60).

use super::promises::KeptRate;
use super::thresholds::Thresholds;
use crate::lifecycles::rollout::State;
use crate::words::Sentence;

/// What the firm's rollouts and its delivery look like, counted over all clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rollouts {
    /// Rollouts that stand in *pilot*.
    pub running: usize,
    /// Whether one has been adopted, the first success.
    pub succeeded: bool,
    /// Running pilots at clients with an urgent reason.
    pub in_trouble: usize,
    /// Promises due in the last 90 days and those of them kept on time.
    pub kept: KeptRate,
    /// Minutes to spare in the weeks ahead, where somebody said so.
    pub spare_minutes: Option<u64>,
    /// Minutes that another pilot would need, where somebody said so.
    pub needed_minutes: Option<u64>,
}

impl Rollouts {
    /// Counts states `(the rollout's, whether its client has an urgent reason)`; delivery and capacity are filled in apart.
    pub fn count(states: impl IntoIterator<Item = (State, bool)>, kept: KeptRate) -> Self {
        let mut found = Self {
            running: 0,
            succeeded: false,
            in_trouble: 0,
            kept,
            spare_minutes: None,
            needed_minutes: None,
        };
        for (state, urgent) in states {
            found.succeeded |= state == State::Adopted;
            if state == State::Pilot {
                found.running += 1;
                found.in_trouble += usize::from(urgent);
            }
        }
        found
    }
}

/// Every reason against another pilot; empty if one may be added.
pub fn against_another_pilot(rollouts: &Rollouts, thresholds: &Thresholds) -> Vec<Sentence> {
    let mut reasons = Vec::new();
    let Rollouts { running, kept, .. } = *rollouts;
    if !rollouts.succeeded && running >= thresholds.pilots {
        reasons.push(Sentence::new(
            format!(
                "{running} of at most {} pilots run, and none has succeeded yet.",
                thresholds.pilots
            ),
            format!(
                "{running} von höchstens {} Piloten laufen, und noch keiner war erfolgreich.",
                thresholds.pilots
            ),
        ));
    }
    if too_late(kept, thresholds) {
        // Rounded down: a share below the threshold never reads as the threshold.
        let percent = (kept.kept * 100).checked_div(kept.due).unwrap_or(0);
        let wanted = thresholds.on_time_percent;
        let (on_time, due) = (kept.kept, kept.due);
        reasons.push(Sentence::new(
            format!("{on_time} of {due} promises of the last 90 days were kept on time, {percent} %; {wanted} % are wanted."),
            format!("{on_time} von {due} Zusagen der letzten 90 Tage wurden pünktlich gehalten, {percent} %; gewünscht sind {wanted} %."),
        ));
    }
    if rollouts.in_trouble > 0 {
        let count = rollouts.in_trouble;
        reasons.push(Sentence::new(
            match count {
                1 => "One running pilot needs attention urgently.".to_owned(),
                _ => format!("{count} running pilots need attention urgently."),
            },
            match count {
                1 => "Ein laufender Pilot braucht dringend Aufmerksamkeit.".to_owned(),
                _ => format!("{count} laufende Piloten brauchen dringend Aufmerksamkeit."),
            },
        ));
    }
    if let (Some(spare), Some(needed)) = (rollouts.spare_minutes, rollouts.needed_minutes)
        && spare < needed
    {
        let (spare, needed) = (spare / 60, needed.div_ceil(60));
        reasons.push(Sentence::new(
            format!("The team has {spare} hours to spare, and a pilot needs {needed}."),
            format!("Das Team hat {spare} Stunden frei, ein Pilot braucht {needed}."),
        ));
    }
    reasons
}

/// Compared without rounding: 84.6 % is not 85 %.
fn too_late(kept: KeptRate, thresholds: &Thresholds) -> bool {
    kept.kept * 100 < kept.due * thresholds.on_time_percent as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: KeptRate = KeptRate { kept: 17, due: 20 };

    fn check(rollouts: &Rollouts, expected: &[&str]) {
        let found = against_another_pilot(rollouts, &Thresholds::default());
        let found: Vec<_> = found.iter().map(|reason| reason.en.as_str()).collect();
        assert_eq!(found, expected);
    }

    /// Covers: S4.56, S4.58, S4.59, S4.60
    #[test]
    fn both_sides_of_each_reason() {
        use State::{Adopted, Candidate, Pilot, Stopped};
        let of = |states: &[(State, bool)]| Rollouts::count(states.iter().copied(), GOOD);
        check(&of(&[]), &[]);
        check(&of(&[(Pilot, false), (Candidate, true), (Stopped, true)]), &[]);
        let two = [(Pilot, false), (Pilot, false)];
        check(&of(&two), &["2 of at most 2 pilots run, and none has succeeded yet."]);
        check(&of(&[(Pilot, false), (Pilot, false), (Adopted, false)]), &[]);
        check(&of(&[(Pilot, true)]), &["One running pilot needs attention urgently."]);

        let one = of(&[]);
        let late =
            "11 of 13 promises of the last 90 days were kept on time, 84 %; 85 % are wanted.";
        // 84.6 %.
        check(&Rollouts { kept: KeptRate { kept: 11, due: 13 }, ..one }, &[late]);
        check(&Rollouts { kept: KeptRate { kept: 0, due: 0 }, ..one }, &[]);

        let hours =
            |spare, needed| Rollouts { spare_minutes: spare, needed_minutes: Some(needed), ..one };
        check(&hours(Some(600), 600), &[]);
        check(&hours(Some(599), 600), &["The team has 9 hours to spare, and a pilot needs 10."]);
        check(&hours(None, 600), &[]);
    }
}
