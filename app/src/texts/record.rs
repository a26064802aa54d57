//! Records made from their declaration: forms, lists, history, versions.

use handbook::Language::{De, En};

use super::{inline, language};

texts! {
    export_person = "Export all about this person" | "Alles zu dieser Person exportieren";
    no_moment = "Enter the day and the time." | "Bitte Tag und Uhrzeit eingeben.";
    save_step = "Save" | "Speichern";
    optional = "(optional)" | "(freiwillig)";
    put_right = "Put this right first" | "Bitte zuerst berichtigen";
    edit = "Edit" | "Bearbeiten";
    done_editing = "Done" | "Fertig";
    delete = "Delete" | "Löschen";
    restore = "Restore" | "Wiederherstellen";
    keep_this = "Keep this" | "Diese behalten";
    join_both = "Join both versions" | "Beide Fassungen verbinden";
    join_title = "Join both versions" | "Beide Fassungen verbinden";
    join_help = "Write what shall stand. Both versions stay in the history."
        | "Schreiben Sie, was gelten soll. Beide Fassungen bleiben im Verlauf.";
    keep_joined = "Keep joined version" | "Verbundene Fassung behalten";
    shown_for_now = "shown for now" | "vorläufig angezeigt";
    history = "History" | "Verlauf";
    no_history = "Nothing has changed since it was made." | "Seit dem Anlegen hat sich nichts geändert.";
    details = "Details" | "Einzelheiten";
    nothing = "–" | "–";
    choose = "Choose" | "Bitte wählen";
    choose_nothing = "Choose nothing" | "Nichts wählen";
    nothing_fits = "Nothing of that name is on this device." | "Auf diesem Gerät ist nichts mit diesem Namen.";
    add = "Add" | "Hinzufügen";
    remove = "Remove" | "Entfernen";
    yes = "Yes" | "Ja";
    no = "No" | "Nein";
    amount = "Amount" | "Betrag";
    currency = "Currency" | "Währung";
    newer = "From a newer version of Rapport; kept as it is."
        | "Aus einer neueren Version von Rapport; bleibt, wie es ist.";
    unknown_fields = "Written by a newer version of Rapport, kept as it is"
        | "Von einer neueren Version von Rapport geschrieben, bleibt, wie es ist";
    deleted = "Deleted" | "Gelöscht";
    returned = "It was deleted, but somebody edited it apart from that, so it stayed."
        | "Der Eintrag wurde gelöscht, aber getrennt davon bearbeitet; deshalb ist er geblieben.";
    keep_it = "Keep it" | "Behalten";
    show_empty = "Show all fields" | "Alle Felder anzeigen";
    hide_empty = "Hide empty fields" | "Leere Felder ausblenden";
    two_versions_word = "Two versions" | "Zwei Fassungen";
    related = "Belongs to it" | "Gehört dazu";
    someone = "Somebody" | "Jemand";
    nobody_yet = "Nothing is written here yet." | "Hier steht noch nichts.";
    standing = "State" | "Stand";
    next_steps = "Next steps" | "Nächste Schritte";
    parted = "Two devices took different steps apart. Choose the one that shall stand."
        | "Zwei Geräte sind getrennt voneinander verschiedene Schritte gegangen. Wählen Sie den, der gelten soll.";
    all_fields = "All fields" | "Alle Felder";
}

/// "Remedy asked has two versions".
pub fn has_two_versions(field: &str) -> String {
    match language() {
        En => format!("{field} has two versions"),
        De => format!("Zwei Fassungen: {field}"),
    }
}

/// "Save client", "Save complaint".
pub fn save(kind: &str) -> String {
    match language() {
        En => format!("Save {}", inline(kind)),
        De => format!("{kind} speichern"),
    }
}

/// "New client". German would have to know the noun's gender, and names the act instead.
pub fn new(kind: &str) -> String {
    match language() {
        En => format!("New {}", inline(kind)),
        De => format!("{kind} anlegen"),
    }
}

/// "Edit client".
pub fn edit_kind(kind: &str) -> String {
    match language() {
        En => format!("Edit {}", inline(kind)),
        De => format!("{kind} bearbeiten"),
    }
}

/// "Delete complaint".
pub fn delete_kind(kind: &str) -> String {
    match language() {
        En => format!("Delete {}", inline(kind)),
        De => format!("{kind} löschen"),
    }
}

/// Why a list of this kind (its plural) is empty, with what it is for.
pub fn empty_list(kind: &str, help: &str) -> String {
    let nothing = match language() {
        En => format!("No {} yet.", inline(kind)),
        De => format!("Noch nichts unter „{kind}“."),
    };
    format!("{nothing} {}", help.trim()).trim_end().to_owned()
}

/// "Complaint was deleted".
pub fn was_deleted(kind: &str) -> String {
    match language() {
        En => format!("{kind} was deleted. Restore it to work on it again."),
        De => format!(
            "Gelöscht: {kind}. Stellen Sie den Eintrag wieder her, um daran weiterzuarbeiten."
        ),
    }
}

/// "Touchpoint of 11 Nov 2026": a record that nobody gave a name.
pub fn of_day(kind: &str, day: &str) -> String {
    match language() {
        En => format!("{kind} of {day}"),
        De => format!("{kind} vom {day}"),
    }
}

/// What is said under an empty field that must be filled in.
pub fn needed(field: &str) -> String {
    match language() {
        En => format!("{field} must be filled in."),
        De => format!("Bitte „{field}“ ausfüllen."),
    }
}

/// "Remedy asked is settled."
pub fn settled(field: &str) -> String {
    match language() {
        En => format!("{field} is settled."),
        De => format!("„{field}“ ist entschieden."),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn kinds_in_sentences() {
        check_both(|| save("Client"), "Save client", "Client speichern");
        check_both(|| new("Client"), "New client", "Client anlegen");
        check_both(|| edit_kind("Client"), "Edit client", "Client bearbeiten");
        check_both(|| delete_kind("Client"), "Delete client", "Client löschen");
        check_both(|| of_day("Visit", "1.2."), "Visit of 1.2.", "Visit vom 1.2.");
        check_both(|| empty_list("Actions", ""), "No actions yet.", "Noch nichts unter „Actions“.");
        check_both(
            || empty_list("Actions", " What is done. "),
            "No actions yet. What is done.",
            "Noch nichts unter „Actions“. What is done.",
        );
        check_both(
            || was_deleted("Client"),
            "Client was deleted. Restore it to work on it again.",
            "Gelöscht: Client. Stellen Sie den Eintrag wieder her, um daran weiterzuarbeiten.",
        );
    }

    #[test]
    fn fields_in_sentences() {
        check_both(
            || has_two_versions("Remedy"),
            "Remedy has two versions",
            "Zwei Fassungen: Remedy",
        );
        check_both(|| needed("Name"), "Name must be filled in.", "Bitte „Name“ ausfüllen.");
        check_both(|| settled("Remedy"), "Remedy is settled.", "„Remedy“ ist entschieden.");
    }
}
