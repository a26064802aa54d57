//! At most two of our functions speak with a client (S1.3, domain.md "coverage ≤ 2/5").

use chrono::Days;

use super::{Evidence, Facts, Reason, Setting, Severity};
use crate::figures::coverage::WINDOW_DAYS;
use crate::words::{Sentence, Words};

/// As many functions, or fewer, are thin.
const THIN: usize = 2;
/// A client with fewer touchpoints in the window is new or quiet: cadence speaks about those.
const ENOUGH_TOUCHES: usize = 5;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    if !facts.living {
        return Vec::new();
    }
    let since = setting.today.checked_sub_days(Days::new(WINDOW_DAYS)).unwrap_or(setting.today);
    let mut spoke = vec![0_usize; setting.functions.len()];
    for touch in facts.touches.iter().filter(|touch| (since..=setting.today).contains(&touch.on)) {
        if let Some(count) = spoke.get_mut(usize::from(touch.function)) {
            *count += 1;
        }
    }
    if spoke.iter().sum::<usize>() < ENOUGH_TOUCHES {
        return Vec::new();
    }
    let spoke = setting.functions.iter().zip(spoke).filter(|(_, count)| *count > 0);
    let names: Vec<Words> = spoke.map(|(name, _)| *name).collect();
    let (who, spoke) = match names.as_slice() {
        [one] => (Sentence::new(one.en.to_lowercase(), one.de), ("has", "hat")),
        [one, two] => (
            Sentence::new(
                format!("{} and {}", one.en.to_lowercase(), two.en.to_lowercase()),
                format!("{} und {}", one.de, two.de),
            ),
            ("have", "haben"),
        ),
        _ => return Vec::new(),
    };
    let sentence = Sentence::new(
        format!("Only {} {} spoken with them in the last {WINDOW_DAYS} days.", who.en, spoke.0),
        format!(
            "Nur {} {} in den letzten {WINDOW_DAYS} Tagen mit dem Kunden gesprochen.",
            who.de, spoke.1
        ),
    );
    let (covered, of) = (names.len(), setting.functions.len());
    vec![Reason {
        rule: "coverage-thin",
        severity: Severity::Watch,
        sentence,
        evidence: Evidence {
            words: Sentence::new(
                format!("Coverage, {covered} of {of}"),
                format!("Abdeckung, {covered} von {of}"),
            ),
            record: None,
        },
        clears: if covered < THIN {
            Sentence::new(
                "a second and third function logs a touchpoint",
                "eine zweite und eine dritte Funktion einen Kontakt festhalten",
            )
        } else {
            Sentence::new(
                "a third function logs a touchpoint",
                "eine dritte Funktion einen Kontakt festhält",
            )
        },
        owner: None,
    }]
}

#[cfg(test)]
mod tests {
    use super::super::{
        Touch,
        fixture::{check, check_german, day},
    };
    use super::*;

    /// Covers: S0.6, S1.3
    #[test]
    fn counted_over_the_window() {
        let touch =
            |function, on: &str| Touch { function, on: day(on), two_way: true, ..Touch::default() };
        let facts = |touches: Vec<Touch>| Facts { living: true, touches, ..Facts::default() };
        let five = |function| vec![touch(function, "2026-11-01"); 5];
        check(
            rule,
            &facts(five(3)),
            &[(Severity::Watch, "Only delivery has spoken with them in the last 90 days.")],
        );
        let mut two = five(3);
        two.push(touch(0, "2026-08-14"));
        let sentence = "Only sales and delivery have spoken with them in the last 90 days.";
        check(rule, &facts(two.clone()), &[(Severity::Watch, sentence)]);
        let german = [
            "Nur Vertrieb und Leistung haben in den letzten 90 Tagen mit dem Kunden gesprochen.",
            "Abdeckung, 2 von 5",
            "eine dritte Funktion einen Kontakt festhält",
        ];
        check_german(rule, &facts(two.clone()), german);
        two.push(touch(4, "2026-11-12"));
        check(rule, &facts(two), &[]);
        check(rule, &facts(vec![touch(3, "2026-11-01"); 4]), &[]);
        check(rule, &facts(vec![touch(3, "2026-08-13"); 9]), &[]);
    }
}
