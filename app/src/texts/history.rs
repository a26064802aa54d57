//! What was: past values, taking back, the desk of what waits for a decision, the handbook as of a day.

use handbook::Language::{De, En};

use super::{count, language};
use crate::ui::format;

texts! {
    now = "stands now" | "gilt jetzt";
    empty = "empty" | "leer";
    restore_value = "Restore this value" | "Diesen Wert wiederherstellen";
    never_filled = "It has never been filled in." | "Hier hat noch nie etwas gestanden.";
    undo = "Undo" | "Rückgängig machen";
    undo_last = "Undo what you did last" | "Das Letzte rückgängig machen";
    redo_last = "Redo what you undid last" | "Das zuletzt Rückgängige wiederholen";
    nothing_to_undo = "There is nothing to undo in this tab." | "In diesem Fenster gibt es nichts rückgängig zu machen.";
    nothing_to_redo = "There is nothing to redo in this tab." | "In diesem Fenster gibt es nichts zu wiederholen.";
    desk = "To settle" | "Zu entscheiden";
    desk_help = "Two people decided the same thing differently while they were apart. Both versions stay until one of you settles it."
        | "Zwei Personen haben dasselbe getrennt voneinander verschieden entschieden. Beide Fassungen bleiben, bis jemand von Ihnen entscheidet.";
    desk_empty = "Nothing waits for a decision. When two people change the same field apart from each other, both values stand here with who and when, until one of you keeps one or joins them."
        | "Nichts wartet auf eine Entscheidung. Ändern zwei Personen dasselbe Feld getrennt voneinander, stehen hier beide Werte mit Name und Zeit, bis jemand einen behält oder beide verbindet.";
    desk_more = "Show more" | "Mehr anzeigen";
    settle = "Settle" | "Entscheiden";
    two_states = "Two states at once" | "Zwei Zustände zugleich";
    as_of = "As of a date…" | "Stand an einem Tag …";
    as_of_title = "The handbook as of a date" | "Das Handbuch an einem Tag";
    as_of_help = "Everything about this client is shown as it stood at the end of that day, for reading only."
        | "Alles zu diesem Kunden wird so gezeigt, wie es am Ende jenes Tages stand, nur zum Lesen.";
    day = "Day" | "Tag";
    no_day = "Choose a day before today." | "Bitte einen Tag vor heute wählen.";
    show_day = "Show that day" | "Diesen Tag zeigen";
    back_to_today = "Back to today" | "Zurück zu heute";
    not_yet = "This client was not in the handbook yet on that day."
        | "Dieser Kunde stand an jenem Tag noch nicht im Handbuch.";
    export_day = "Export handbook of that day" | "Handbuch jenes Tages exportieren";
    only_read = "You are looking at a past day, which can only be read. Nothing was changed. Go back to today to change something."
        | "Sie sehen einen vergangenen Tag, der nur gelesen werden kann. Nichts wurde geändert. Gehen Sie zurück zu heute, um etwas zu ändern.";
}

/// "Past values of Sector": the button beside a field.
pub fn past_values(field: &str) -> String {
    match language() {
        En => format!("Past values of {field}"),
        De => format!("Frühere Werte: {field}"),
    }
}

/// "Sector has its earlier value again."
pub fn restored(field: &str) -> String {
    match language() {
        En => format!("{field} has its earlier value again."),
        De => format!("„{field}“ hat wieder den früheren Wert."),
    }
}

/// "Show 30 earlier changes".
pub fn earlier(changes: usize) -> String {
    match language() {
        En => format!(
            "Show {}",
            count(changes as u64, ["earlier change", "earlier changes"], ["", ""])
        ),
        De => format!(
            "{} anzeigen",
            count(changes as u64, ["", ""], ["frühere Änderung", "frühere Änderungen"])
        ),
    }
}

/// "Undone: Sector changed."
pub fn undone(told: &str) -> String {
    match language() {
        En => format!("Undone: {told}."),
        De => format!("Rückgängig gemacht: {told}."),
    }
}

/// "Done again: Sector changed."
pub fn redone(told: &str) -> String {
    match language() {
        En => format!("Done again: {told}."),
        De => format!("Wiederholt: {told}."),
    }
}

/// What is said of records in which something stays.
pub fn stays(names: &[String]) -> String {
    let names = format::list(names);
    match (names.is_empty(), language()) {
        (true, En) => "Somebody went on from there, so that part stays as it is.".to_owned(),
        (true, De) => {
            "Daran wurde seither weitergearbeitet, deshalb bleibt dieser Teil.".to_owned()
        }
        (false, En) => {
            format!("{names}: somebody went on from there, so that part stays as it is.")
        }
        (false, De) => {
            format!("{names}: Daran wurde seither weitergearbeitet, deshalb bleibt dieser Teil.")
        }
    }
}

/// "“Sector changed” was not undone."
pub fn not_undone(told: &str) -> String {
    match language() {
        En => format!("“{told}” was not undone."),
        De => format!("„{told}“ wurde nicht rückgängig gemacht."),
    }
}

/// "3 decisions to settle".
pub fn waiting(records: usize) -> String {
    count(
        records as u64,
        ["record waits for a decision", "records wait for a decision"],
        ["Eintrag wartet auf eine Entscheidung", "Einträge warten auf eine Entscheidung"],
    )
}

/// "Keep Recorded": settles on one of two states.
pub fn keep_state(state: &str) -> String {
    match language() {
        En => format!("Keep {state}"),
        De => format!("Bei „{state}“ bleiben"),
    }
}

/// "As of 3 March 2026".
pub fn as_of_day(day: &str) -> String {
    match language() {
        En => format!("As of {day}"),
        De => format!("Stand: {day}"),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn history_in_sentences() {
        check_both(|| past_values("Sector"), "Past values of Sector", "Frühere Werte: Sector");
        check_both(|| earlier(1), "Show 1 earlier change", "1 frühere Änderung anzeigen");
        check_both(|| earlier(12), "Show 12 earlier changes", "12 frühere Änderungen anzeigen");
        check_both(|| undone("X"), "Undone: X.", "Rückgängig gemacht: X.");
        check_both(|| redone("X"), "Done again: X.", "Wiederholt: X.");
        check_both(
            || stays(&["Merrow".to_owned()]),
            "Merrow: somebody went on from there, so that part stays as it is.",
            "Merrow: Daran wurde seither weitergearbeitet, deshalb bleibt dieser Teil.",
        );
        check_both(
            || waiting(1),
            "1 record waits for a decision",
            "1 Eintrag wartet auf eine Entscheidung",
        );
        check_both(|| as_of_day("3 March 2026"), "As of 3 March 2026", "Stand: 3 March 2026");
    }
}
