//! The agenda.

use chrono::{Datelike, NaiveDate};
use handbook::{
    Language::{De, En},
    agenda::Part,
};

use super::{count, language};
use crate::ui::format;

texts! {
    title = "Agenda" | "Agenda";
    all = "All of the agenda" | "Ganze Agenda";
    whose = "Whose" | "Wessen";
    mine = "Mine" | "Meine";
    everyone = "Everyone" | "Alle";
    nobodys = "Nobody’s" | "Ohne Zuständige";
    topic = "About" | "Worum es geht";
    any_topic = "Everything" | "Alles";
    late = "Late" | "Überfällig";
    today = "Today" | "Heute";
    this_week = "This week" | "Diese Woche";
    done = "Done" | "Erledigt";
    export = "Export as calendar" | "Als Kalender exportieren";
    export_schedule = "Export contact schedule" | "Kontaktplan exportieren";
    export_agenda = "Export agenda as calendar" | "Agenda als Kalender exportieren";
    export_help = "What falls due at all clients, and the contact schedule, for a calendar (.ics). Taken in again it renews its entries."
        | "Was bei allen Kunden fällig wird, und der Kontaktplan, für einen Kalender (.ics). Erneut eingelesen erneuert die Datei ihre Einträge.";
    nothing = "Nothing falls due here. Promises, actions, planned contacts and what has to be looked at again will stand here by day."
        | "Hier ist nichts fällig. Zusagen, Maßnahmen, geplante Kontakte und alles, was zu überprüfen ist, werden hier nach Tagen stehen.";
    show_everyone = "Show everyone’s" | "Alle zeigen";
}

/// The heading of a stretch of time.
pub fn part(part: Part) -> String {
    match part {
        Part::Late => late().into(),
        Part::Today => today().into(),
        Part::Week => this_week().into(),
        Part::Month(first) => format::month(first),
    }
}

/// "42 items, 7 of them late."
pub fn lead(items: usize, late: usize) -> String {
    let all = count(items as u64, ["item", "items"], ["Eintrag", "Einträge"]);
    match (language(), late) {
        (_, 0) => format!("{all}."),
        (En, late) => format!("{all}, {late} of them late."),
        (De, late) => format!("{all}, davon {late} überfällig."),
    }
}

/// "23 late ones", where they are too many for the margin.
pub fn all_late(late: usize) -> String {
    match language() {
        En => format!("All {late} late ones"),
        De => format!("Alle {late} überfälligen"),
    }
}

/// "Show 120 more".
pub fn more(items: usize) -> String {
    match language() {
        En => format!("Show {items} more"),
        De => format!("Weitere {items} zeigen"),
    }
}

/// The day in the margin: "Fri 13 Nov". Later months are named over it; what is late says its year, if it is another.
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    if day < today && day.year() != today.year() {
        format::day(day, today)
    } else {
        format::weekday(day, day)
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn counts() {
        check_both(|| lead(1, 0), "1 item.", "1 Eintrag.");
        check_both(|| lead(42, 7), "42 items, 7 of them late.", "42 Einträge, davon 7 überfällig.");
        check_both(|| all_late(23), "All 23 late ones", "Alle 23 überfälligen");
        let on = |text: &str| text.parse::<NaiveDate>().unwrap();
        let margin = |text: &str| day(on(text), on("2026-11-12")).replace(['.', ','], "");
        check_both(|| margin("2027-05-22"), "Sat 22 May", "Sa 22 Mai");
        check_both(|| margin("2025-10-28"), "28 Oct 2025", "28 Okt 2025");
        check_both(|| more(120), "Show 120 more", "Weitere 120 zeigen");
    }
}
