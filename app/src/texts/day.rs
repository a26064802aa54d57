//! Days as people name them.

use handbook::Language::{De, En};

use super::language;

texts! {
    today = "today" | "heute";
    tomorrow = "tomorrow" | "morgen";
    yesterday = "yesterday" | "gestern";
}

/// "Today": at the beginning of a line.
pub fn today_first() -> &'static str {
    super::today::due_today()
}

/// "today", "1 day ago", "97 days ago".
pub fn days_ago(days: i64) -> String {
    match (days, language()) {
        (..=0, _) => today().into(),
        (1, En) => "1 day ago".into(),
        (1, De) => "vor 1 Tag".into(),
        (n, En) => format!("{n} days ago"),
        (n, De) => format!("vor {n} Tagen"),
    }
}

/// "Friday 13".
pub fn weekday_and_day(weekday: &str, day: u32) -> String {
    match language() {
        En => format!("{weekday} {day}"),
        De => format!("{weekday}, {day}."),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn days_in_words() {
        check_both(|| days_ago(0), "today", "heute");
        check_both(|| days_ago(1), "1 day ago", "vor 1 Tag");
        check_both(|| days_ago(97), "97 days ago", "vor 97 Tagen");
        check_both(|| weekday_and_day("Freitag", 13), "Freitag 13", "Freitag, 13.");
    }
}
