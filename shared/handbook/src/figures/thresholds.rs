//! The thresholds of the figures and of attention, with the defaults of the domain model ("Derived figures").

use chrono::{Months, NaiveDate};

use crate::records::Settings;
use crate::typed::Scale;

/// From when on a figure is worth a word. All of them can be set by the firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Months for which a SWOT analysis holds (S1.35).
    pub swot_months: u32,
    /// Months between two sponsor dialogues (S4.48).
    pub dialogue_months: u32,
    /// Months after which a client's profile is looked through.
    pub profile_months: u32,
    /// Months between two friendly touches of an archived client (S1.33).
    pub touch_months: u32,
    /// Months after which it is confirmed anew that a tool is in use (S0.29).
    pub tool_months: u32,
    /// Days over which concentration is counted (S1.26).
    pub concentration_days: u32,
    /// Conversations from which concentration is judged.
    pub concentration_touches: usize,
    /// The share of one of us that is too much, in per cent.
    pub concentration_ours: u32,
    /// The share of one contact that is too much, in per cent.
    pub concentration_theirs: u32,
    /// Days in which complaints of one cause count together.
    pub repeat_days: u32,
    /// Days after which to look whether a complaint's remedy helped.
    pub effect_days: u32,
    /// Days in which a demand is answered (S2.14).
    pub answer_days: u32,
    /// Days before an end from which it is worth a word.
    pub end_days: u32,
    /// Days before an expiry from which it is worth a word.
    pub expiry_days: u32,
    /// Days by which a scheduled contact may slip and still count as on time.
    pub grace_days: u32,
    /// Pilots that may run before the first success (S4.56).
    pub pilots: usize,
    /// The share of promises kept on time before a pilot may be added, in per cent (S4.59).
    pub on_time_percent: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self::from(&Settings::default())
    }
}

impl From<&Settings> for Thresholds {
    fn from(settings: &Settings) -> Self {
        Self {
            swot_months: number(settings.swot_months, 3),
            dialogue_months: number(settings.dialogue_months, 3),
            profile_months: number(settings.profile_months, 6),
            touch_months: number(settings.touch_months, 3),
            tool_months: number(settings.tool_months, 12),
            concentration_days: number(settings.concentration_days, 180),
            concentration_touches: number(settings.concentration_touches, 5) as usize,
            concentration_ours: number(settings.concentration_ours, 60),
            concentration_theirs: number(settings.concentration_theirs, 70),
            repeat_days: number(settings.repeat_days, 90),
            effect_days: number(settings.effect_days, 30),
            answer_days: number(settings.answer_days, 30),
            end_days: number(settings.end_days, 90),
            expiry_days: number(settings.expiry_days, 30),
            grace_days: number(settings.grace_days, 0),
            pilots: number(settings.pilots, 2) as usize,
            on_time_percent: number(settings.on_time_percent, 85),
        }
    }
}

fn number<const MIN: i64, const MAX: i64>(set: Option<Scale<MIN, MAX>>, otherwise: u32) -> u32 {
    set.and_then(|set| u32::try_from(set.get()).ok()).unwrap_or(otherwise)
}

/// The day so many months later, at the end of the month where the month is shorter; the day itself beyond the calendar.
pub fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(day)
}

/// The day so many months earlier.
pub fn months_before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_firm_sets_and_what_it_leaves() {
        let set = Settings { swot_months: Scale::new(6), ..Settings::default() };
        let thresholds = Thresholds::from(&set);
        assert_eq!((thresholds.swot_months, thresholds.dialogue_months), (6, 3));
        let all = Thresholds::default();
        assert_eq!((all.concentration_ours, all.concentration_theirs), (60, 70));
        assert_eq!((all.pilots, all.on_time_percent), (2, 85));
    }

    #[test]
    fn months() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(months_after(day("2026-11-30"), 3), day("2027-02-28"));
        assert_eq!(months_before(day("2026-05-31"), 3), day("2026-02-28"));
    }
}
