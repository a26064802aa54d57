//! At most two of our functions speak with a client (S1.3, domain.md "coverage ≤ 2/5").

use super::{Evidence, Facts, Reason, Setting, Severity};
use crate::figures::coverage::WINDOW_DAYS;

/// As many functions, or fewer, are thin.
const THIN: usize = 2;
/// A client with fewer touchpoints in the window is new or quiet: cadence speaks about those.
const ENOUGH_TOUCHES: usize = 5;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let recent = || {
        let window = 0..=WINDOW_DAYS as i64;
        facts
            .touches
            .iter()
            .filter(move |touch| window.contains(&(setting.today - touch.on).num_days()))
    };
    if !facts.living || recent().count() < ENOUGH_TOUCHES {
        return Vec::new();
    }
    let spoke = |index: usize| recent().any(|touch| usize::from(touch.function) == index);
    let names: Vec<String> = setting
        .functions
        .iter()
        .enumerate()
        .filter(|(index, _)| spoke(*index))
        .map(|(_, name)| name.to_lowercase())
        .collect();
    let sentence = match names.as_slice() {
        [one] => format!("Only {one} has spoken with them in the last {WINDOW_DAYS} days."),
        [one, two] => {
            format!("Only {one} and {two} have spoken with them in the last {WINDOW_DAYS} days.")
        }
        _ => return Vec::new(),
    };
    vec![Reason {
        rule: "coverage-thin",
        severity: Severity::Watch,
        sentence,
        evidence: Evidence {
            words: format!("Coverage, {} of {}", names.len(), setting.functions.len()),
            record: None,
        },
        clears: format!(
            "a {} function logs a touchpoint",
            if names.len() < THIN { "second and third" } else { "third" }
        ),
        owner: None,
    }]
}

#[cfg(test)]
mod tests {
    use super::super::{
        Touch,
        fixture::{check, day},
    };
    use super::*;

    #[test]
    fn counted_over_the_window() {
        let touch = |function, on: &str| Touch { function, on: day(on), two_way: true };
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
        two.push(touch(4, "2026-11-12"));
        check(rule, &facts(two), &[]);
        check(rule, &facts(vec![touch(3, "2026-11-01"); 4]), &[]);
        check(rule, &facts(vec![touch(3, "2026-08-13"); 9]), &[]);
    }
}
