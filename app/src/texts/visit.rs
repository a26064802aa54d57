//! Visits: their row on Today, the pack, the plan.

use handbook::{
    Language::{De, En},
    visits::When,
};

use super::{count, day, language};
use crate::ui::format;

texts! {
    pack = "Visit pack" | "Besuchsmappe";
    open_pack = "Open visit pack" | "Besuchsmappe öffnen";
    debrief = "Debrief" | "Nachbereiten";
    plan_visit = "Plan visit" | "Besuch planen";
    edit_plan = "Edit plan" | "Plan bearbeiten";
    over = "over" | "vorbei";
    unplanned = "Not planned; as things stand today" | "Nicht geplant; Stand heute";
    held = "This visit was held." | "Dieser Besuch hat stattgefunden.";
    open_touchpoint = "Open touchpoint" | "Kontakt öffnen";
    who_you_meet = "Who you meet" | "Wen Sie treffen";
    who_counts = "Who counts there" | "Auf wen es dort ankommt";
    nobody_known = "Nobody is known there yet. Ask who decides."
        | "Dort ist noch niemand bekannt. Fragen Sie, wer entscheidet.";
    do_not_contact = "Asked not to be contacted" | "Möchte nicht angesprochen werden";
    never_spoken = "never spoken with" | "noch nie gesprochen";
    purpose = "What it is about" | "Worum es geht";
    promises = "Open promises" | "Offene Zusagen";
    ours = "Ours" | "Unsere";
    theirs = "Theirs" | "Des Kunden";
    nothing_owed = "Nothing is owed on either side." | "Auf keiner Seite steht etwas aus.";
    no_day = "no day" | "ohne Tag";
    complaints = "Open complaints" | "Offene Beschwerden";
    no_complaints = "None." | "Keine.";
    answered = "the response is sent" | "die Antwort ist gegeben";
    no_changes = "Nothing that the handbook knows of." | "Nichts, wovon das Handbuch weiß.";
    last_words = "What each function logged last" | "Was jede Funktion zuletzt festhielt";
    never_logged = "Nothing yet." | "Noch nichts.";
    questions = "Three questions worth asking" | "Drei Fragen, die sich lohnen";
    presses = "What presses" | "Was drängt";
    nothing_presses = "Nothing." | "Nichts.";
    next_due = "Due next" | "Als Nächstes fällig";
    nothing_due = "Nothing in the next 30 days." | "In den nächsten 30 Tagen nichts.";
}

/// "in 25 min", "until 11:30", "over"; nothing where no time is known.
pub fn wait(when: When) -> String {
    match (when, language()) {
        (When::NotToday | When::Today, _) => String::new(),
        (When::In(minutes), En) => format!("in {}", length(minutes)),
        (When::In(minutes), De) => format!("in {}", length(minutes)),
        (When::Until(time), En) => format!("until {}", format::clock(time)),
        (When::Until(time), De) => format!("bis {}", format::clock(time)),
        (When::Over, _) => over().to_owned(),
    }
}

/// "45 min": how long it takes.
pub fn takes(minutes: u32) -> String {
    length(minutes.into())
}

/// "25 min", "4 h", "4 h 30".
fn length(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

/// "supportive → leading": as the word and its wish; one word where both agree.
pub fn stance(now: &str, wanted: Option<&str>) -> String {
    match wanted.filter(|wanted| *wanted != now) {
        Some(wanted) => format!("{now} → {wanted}"),
        None => now.to_owned(),
    }
}

/// "influence 5 of 5".
pub fn influence(of_five: i64) -> String {
    match language() {
        En => format!("influence {of_five} of 5"),
        De => format!("Einfluss {of_five} von 5"),
    }
}

/// "spoken with 3 days ago".
pub fn spoken(days: i64) -> String {
    match language() {
        En => format!("spoken with {}", day::days_ago(days)),
        De => format!("zuletzt gesprochen {}", day::days_ago(days)),
    }
}

/// "prefers calls": the channel as the declaration calls it.
pub fn prefers(channel: &str) -> String {
    match language() {
        En => format!("prefers: {channel}"),
        De => format!("bevorzugt: {channel}"),
    }
}

/// "speaks Portuguese".
pub fn speaks(tongue: &str) -> String {
    match language() {
        En => format!("speaks {tongue}"),
        De => format!("spricht {tongue}"),
    }
}

/// "says it “KAH-tah-ree-nah”".
pub fn pronounced(name: &str) -> String {
    match language() {
        En => format!("“{name}”"),
        De => format!("„{name}“"),
    }
}

/// "left on 2 Nov".
pub fn left(day: &str) -> String {
    match language() {
        En => format!("Left on {day}"),
        De => format!("Ausgeschieden am {day}"),
    }
}

/// "11 working days old".
pub fn working_days_old(days: i64) -> String {
    let days =
        count(days.unsigned_abs(), ["working day", "working days"], ["Arbeitstag", "Arbeitstage"]);
    match language() {
        En => format!("{days} old"),
        De => format!("{days} alt"),
    }
}

/// "response due 20 Nov", "response was due 3 Nov".
pub fn respond_by(day: &str, late: bool) -> String {
    match (language(), late) {
        (En, false) => format!("response due {day}"),
        (En, true) => format!("response was due {day}"),
        (De, false) => format!("Antwort fällig {day}"),
        (De, true) => format!("Antwort war fällig {day}"),
    }
}

/// "Changed since 20 Oct": since the last visit, where there was one.
pub fn changed_since(day: Option<&str>) -> String {
    match (language(), day) {
        (En, Some(day)) => format!("What changed since the visit of {day}"),
        (De, Some(day)) => format!("Was sich seit dem Besuch vom {day} geändert hat"),
        (En, None) => "What changed in the last 90 days".to_owned(),
        (De, None) => "Was sich in den letzten 90 Tagen geändert hat".to_owned(),
    }
}

/// "to Daniel Ferreira, by Ines".
pub fn to_and_by(to: &str, by: &str) -> String {
    match (language(), to.is_empty(), by.is_empty()) {
        (_, true, true) => String::new(),
        (En, false, true) => format!("to {to}"),
        (En, true, false) => format!("by {by}"),
        (En, false, false) => format!("to {to}, by {by}"),
        (De, false, true) => format!("an {to}"),
        (De, true, false) => format!("von {by}"),
        (De, false, false) => format!("an {to}, von {by}"),
    }
}

/// "Why: the last visit was on 2 November."
pub fn why(sentence: &str) -> String {
    match language() {
        En => format!("Why: {sentence}"),
        De => format!("Warum: {sentence}"),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn waits() {
        let check = |when, en: &str, de: &str| check_both(|| wait(when), en, de);
        check(When::In(25), "in 25 min", "in 25 min");
        check(When::In(240), "in 4 h", "in 4 h");
        check(When::In(245), "in 4 h 05", "in 4 h 05");
        let time = chrono::NaiveTime::from_hms_opt(11, 30, 0).unwrap();
        check(When::Until(time), "until 11:30", "bis 11:30");
        check(When::Over, "over", "vorbei");
        check(When::Today, "", "");
    }

    #[test]
    fn who_and_whose() {
        check_both(|| to_and_by("Ann", "Ben"), "to Ann, by Ben", "an Ann, von Ben");
        check_both(|| to_and_by("", "Ben"), "by Ben", "von Ben");
        check_both(
            || stance("neutral", Some("supportive")),
            "neutral → supportive",
            "neutral → supportive",
        );
        check_both(|| stance("neutral", Some("neutral")), "neutral", "neutral");
        check_both(|| working_days_old(1), "1 working day old", "1 Arbeitstag alt");
    }
}
