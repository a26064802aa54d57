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

/// One thing that the gate looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Nothing here speaks against another pilot.
    pub holds: bool,
    /// How it stands.
    pub sentence: Sentence,
}

/// Everything that the gate looks at, in the same order as the reasons of [`against_another_pilot`], said also where
/// nothing speaks against a pilot.
pub fn inputs(rollouts: &Rollouts, thresholds: &Thresholds) -> Vec<Input> {
    let mut against = against_another_pilot(rollouts, thresholds).into_iter();
    let mut input = |speaks_against: bool, fine: Sentence| {
        let sentence = if speaks_against { against.next() } else { None };
        Input { holds: sentence.is_none(), sentence: sentence.unwrap_or(fine) }
    };
    let Rollouts { running, kept, .. } = *rollouts;
    vec![
        input(too_many(rollouts, thresholds), running_said(rollouts, thresholds)),
        input(too_late(kept, thresholds), kept_said(kept, thresholds)),
        input(
            rollouts.in_trouble > 0,
            match running {
                0 => Sentence::new(
                    "No pilot runs, so none needs attention.",
                    "Es läuft kein Pilot, also braucht auch keiner Aufmerksamkeit.",
                ),
                _ => Sentence::new(
                    "No running pilot needs attention urgently.",
                    "Kein laufender Pilot braucht dringend Aufmerksamkeit.",
                ),
            },
        ),
        input(too_little_time(rollouts), time_said(rollouts)),
    ]
}

fn running_said(rollouts: &Rollouts, thresholds: &Thresholds) -> Sentence {
    let (running, most) = (rollouts.running, thresholds.pilots);
    let pilots = match running {
        0 => Sentence::new("No pilot runs", "Es läuft kein Pilot"),
        1 => Sentence::new("One pilot runs", "Ein Pilot läuft"),
        _ => Sentence::new(format!("{running} pilots run"), format!("{running} Piloten laufen")),
    };
    if rollouts.succeeded {
        return Sentence::new(
            format!(
                "{}, and one has succeeded already; the number is no longer limited.",
                pilots.en
            ),
            format!(
                "{}, und einer war schon erfolgreich; die Zahl ist nicht mehr begrenzt.",
                pilots.de
            ),
        );
    }
    Sentence::new(
        format!("{}; until the first success there may be {most}.", pilots.en),
        format!("{}; bis zum ersten Erfolg dürfen es {most} sein.", pilots.de),
    )
}

fn kept_said(kept: KeptRate, thresholds: &Thresholds) -> Sentence {
    let wanted = thresholds.on_time_percent;
    let KeptRate { kept, due } = kept;
    // Rounded down: a share below the threshold never reads as the threshold.
    match (kept * 100).checked_div(due) {
        None => Sentence::new(
            "No promise fell due in the last 90 days.",
            "In den letzten 90 Tagen wurde keine Zusage fällig.",
        ),
        Some(percent) => Sentence::new(
            format!(
                "{kept} of {due} promises of the last 90 days were kept on time, {percent} %; {wanted} % are wanted."
            ),
            format!(
                "{kept} von {due} Zusagen der letzten 90 Tage wurden pünktlich gehalten, {percent} %; gewünscht sind {wanted} %."
            ),
        ),
    }
}

fn time_said(rollouts: &Rollouts) -> Sentence {
    match (rollouts.spare_minutes, rollouts.needed_minutes) {
        (Some(spare), Some(needed)) => {
            let (spare, needed) = (spare / 60, needed.div_ceil(60));
            Sentence::new(
                format!("The team has {spare} hours to spare, and a pilot needs {needed}."),
                format!("Das Team hat {spare} Stunden frei, ein Pilot braucht {needed}."),
            )
        }
        (Some(spare), None) => {
            let spare = spare / 60;
            Sentence::new(
                format!(
                    "The team has {spare} hours to spare; nobody has said how many a pilot needs."
                ),
                format!(
                    "Das Team hat {spare} Stunden frei; wie viele ein Pilot braucht, ist nicht angegeben."
                ),
            )
        }
        (None, _) => Sentence::new(
            "Nobody has written down how much time the team has to spare.",
            "Wie viel Zeit das Team frei hat, ist nicht angegeben.",
        ),
    }
}

fn too_many(rollouts: &Rollouts, thresholds: &Thresholds) -> bool {
    !rollouts.succeeded && rollouts.running >= thresholds.pilots
}

fn too_little_time(rollouts: &Rollouts) -> bool {
    matches!((rollouts.spare_minutes, rollouts.needed_minutes), (Some(spare), Some(needed)) if spare < needed)
}

/// Every reason against another pilot; empty if one may be added.
pub fn against_another_pilot(rollouts: &Rollouts, thresholds: &Thresholds) -> Vec<Sentence> {
    let mut reasons = Vec::new();
    let Rollouts { running, kept, .. } = *rollouts;
    if too_many(rollouts, thresholds) {
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
        reasons.push(kept_said(kept, thresholds));
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
    if too_little_time(rollouts) {
        reasons.push(time_said(rollouts));
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

    /// Covers: S4.59, S4.60
    #[test]
    fn what_the_gate_looks_at() {
        let check = |rollouts: &Rollouts, expected: [(bool, &str); 4]| {
            let thresholds = Thresholds::default();
            let found = inputs(rollouts, &thresholds);
            let said: Vec<_> = found.iter().map(|one| (one.holds, &*one.sentence.en)).collect();
            assert_eq!(said, expected);
            // The inputs that do not hold are the reasons, word for word.
            let against: Vec<_> =
                found.into_iter().filter(|one| !one.holds).map(|one| one.sentence).collect();
            assert_eq!(against, against_another_pilot(rollouts, &thresholds));
        };
        let start = Rollouts::count([], KeptRate { kept: 0, due: 0 });
        check(
            &start,
            [
                (true, "No pilot runs; until the first success there may be 2."),
                (true, "No promise fell due in the last 90 days."),
                (true, "No pilot runs, so none needs attention."),
                (true, "Nobody has written down how much time the team has to spare."),
            ],
        );
        let pilots = [(State::Pilot, true), (State::Pilot, false)];
        let busy = Rollouts {
            spare_minutes: Some(600),
            needed_minutes: Some(1_201),
            ..Rollouts::count(pilots, KeptRate { kept: 16, due: 20 })
        };
        check(
            &busy,
            [
                (false, "2 of at most 2 pilots run, and none has succeeded yet."),
                (
                    false,
                    "16 of 20 promises of the last 90 days were kept on time, 80 %; 85 % are wanted.",
                ),
                (false, "One running pilot needs attention urgently."),
                (false, "The team has 10 hours to spare, and a pilot needs 21."),
            ],
        );
        let going = Rollouts {
            spare_minutes: Some(1_260),
            ..Rollouts::count([(State::Pilot, false), (State::Adopted, false)], GOOD)
        };
        check(
            &going,
            [
                (
                    true,
                    "One pilot runs, and one has succeeded already; the number is no longer limited.",
                ),
                (
                    true,
                    "17 of 20 promises of the last 90 days were kept on time, 85 %; 85 % are wanted.",
                ),
                (true, "No running pilot needs attention urgently."),
                (true, "The team has 21 hours to spare; nobody has said how many a pilot needs."),
            ],
        );
    }
}
