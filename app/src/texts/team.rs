//! Reasons laid aside or given to somebody, the team's view of the list, and who of us is in touch with whom.

use chrono::NaiveDate;
use handbook::{
    Language::{De, En},
    attention::team::By,
};

use super::{count, language};
use crate::ui::format;

texts! {
    snooze = "Snooze" | "Später";
    snooze_until = "Snooze until a day" | "Bis zu einem Tag zurückstellen";
    snooze_act = "Snooze reason" | "Anlass zurückstellen";
    why = "Why it may rest" | "Warum er ruhen darf";
    until = "Rests until" | "Ruht bis";
    snoozed = "Snoozed" | "Ruht";
    wake = "Wake" | "Wecken";
    undo = "Undo" | "Rückgängig";
    was_snoozed = "The reason rests." | "Der Anlass ruht.";
    awake = "The reason is back." | "Der Anlass ist wieder da.";
    person = "Person" | "Person";
    any_person = "Any person" | "Alle Personen";
    nobody = "Nobody yet" | "Noch niemand";
    silent = "Silent function" | "Stille Funktion";
    any_function = "Any function" | "Alle Funktionen";
    rule = "Rule" | "Regel";
    any_rule = "Any rule" | "Alle Regeln";
    grouped_by = "Group by" | "Gruppieren nach";
    by_urgency = "Urgency" | "Dringlichkeit";
    by_person = "Person" | "Person";
    by_rule = "Rule" | "Regel";
    clear = "Clear filters" | "Filter aufheben";
    none_match = "No reason matches these filters." | "Kein Anlass passt zu diesen Filtern.";
    coverage = "Coverage of all clients" | "Abdeckung aller Kunden";
    coverage_caption = "Touchpoints of the last 90 days by client and function"
        | "Kontakte der letzten 90 Tage nach Kunde und Funktion";
    coverage_empty = "Which of our functions speak with a client, and whether it hangs on one person, stands here once clients are there."
        | "Welche unserer Funktionen mit einem Kunden sprechen und ob er an einer Person hängt, steht hier, sobald es Kunden gibt.";
    depends = "Depends on, of conversations" | "Hängt ab von, nach Gesprächen";
    only_contact = "Only one contact" | "Nur ein Ansprechpartner";
    one_person = "Depends on one person" | "Hängt an einer Person";
    all_in_touch = "Every function is in touch with every client." | "Jede Funktion ist mit jedem Kunden in Kontakt.";
    covered = "In touch" | "In Kontakt";
}

/// What the lines stand under.
pub fn by(by: By) -> &'static str {
    match by {
        By::Urgency => by_urgency(),
        By::Person => by_person(),
        By::Rule => by_rule(),
    }
}

/// "Finance is silent".
pub fn is_silent(function: &str) -> String {
    match language() {
        En => format!("{function} is silent"),
        De => format!("{function} ist still"),
    }
}

/// "until Mon 16 Nov: talks are paused".
pub fn rests(until: NaiveDate, why: &str, today: NaiveDate) -> String {
    let day = format::weekday(until, today);
    match language() {
        En => format!("until {day}: {why}"),
        De => format!("bis {day}: {why}"),
    }
}

/// "Show all 7 snoozed".
pub fn show_snoozed(count: usize) -> String {
    match language() {
        En => format!("Show all {count} snoozed"),
        De => format!("Alle {count} ruhenden zeigen"),
    }
}

/// "4 reasons".
pub fn reasons(n: usize) -> String {
    count(n as u64, ["reason", "reasons"], ["Anlass", "Anlässe"])
}

/// "at 5 of 7 clients in the last 90 days.", after "Finance is silent".
pub fn silent_at(silent: usize, of: usize) -> String {
    match language() {
        En => {
            format!(
                "at {silent} of {} in the last 90 days.",
                count(of as u64, ["client", "clients"], ["", ""])
            )
        }
        De => format!("bei {silent} von {of} Kunden in den letzten 90 Tagen."),
    }
}

/// "2 clients depend on one person."
pub fn concentrated(n: usize) -> String {
    match (language(), n) {
        (En, 0) => "No client depends on one person.".into(),
        (En, 1) => "1 client depends on one person.".into(),
        (En, n) => format!("{n} clients depend on one person."),
        (De, 0) => "Kein Kunde hängt an einer Person.".into(),
        (De, 1) => "1 Kunde hängt an einer Person.".into(),
        (De, n) => format!("{n} Kunden hängen an einer Person."),
    }
}

/// "Tomas Reuter, 78 % of 9", under a heading that says of what.
pub fn share(name: &str, share: usize, conversations: usize) -> String {
    match language() {
        En => format!("{name}, {share} % of {conversations}"),
        De => format!("{name}, {share} % von {conversations}"),
    }
}

/// "3 of 5".
pub fn covered_of(covered: usize, of: usize) -> String {
    match language() {
        En => format!("{covered} of {of}"),
        De => format!("{covered} von {of}"),
    }
}

/// "Snooze: Nobody has spoken with them for 47 days."
pub fn snooze_what(sentence: &str) -> String {
    format!("{}: {sentence}", snooze())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn sentences() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let plain = || {
            rests(day("2026-11-16"), "talks are paused", day("2026-11-12")).replace(['.', ','], "")
        };
        check_both(plain, "until Mon 16 Nov: talks are paused", "bis Mo 16 Nov: talks are paused");
        check_both(
            || silent_at(5, 7),
            "at 5 of 7 clients in the last 90 days.",
            "bei 5 von 7 Kunden in den letzten 90 Tagen.",
        );
        check_both(
            || silent_at(1, 1),
            "at 1 of 1 client in the last 90 days.",
            "bei 1 von 1 Kunden in den letzten 90 Tagen.",
        );
        check_both(
            || concentrated(1),
            "1 client depends on one person.",
            "1 Kunde hängt an einer Person.",
        );
        check_both(|| share("Tomas", 78, 9), "Tomas, 78 % of 9", "Tomas, 78 % von 9");
        check_both(|| show_snoozed(7), "Show all 7 snoozed", "Alle 7 ruhenden zeigen");
    }
}
