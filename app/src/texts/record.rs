//! Records made from their declaration: forms, lists, history, versions.

texts! {
    no_moment = "Enter the day and the time.";
    save_step = "Save" | "Speichern";
    optional = "(optional)" | "(freiwillig)";
    put_right = "Put this right first" | "Bitte zuerst berichtigen";
    edit = "Edit" | "Bearbeiten";
    done_editing = "Done" | "Fertig";
    delete = "Delete" | "Löschen";
    restore = "Restore" | "Wiederherstellen";
    keep_this = "Keep this" | "Dies behalten";
    join_both = "Join both versions" | "Beide verbinden";
    join_title = "Join both versions" | "Beide Fassungen verbinden";
    join_help = "Write what shall stand. Both versions stay in the history.";
    keep_joined = "Keep joined version";
    shown_for_now = "shown for now";
    history = "History" | "Verlauf";
    no_history = "Nothing has changed since it was made.";
    details = "Details";
    nothing = "–";
    choose = "Choose" | "Bitte wählen";
    add = "Add" | "Hinzufügen";
    remove = "Remove" | "Entfernen";
    yes = "Yes" | "Ja";
    no = "No" | "Nein";
    amount = "Amount" | "Betrag";
    currency = "Currency" | "Währung";
    newer = "From a newer version of Rapport; kept as it is.";
    unknown_fields = "Written by a newer version of Rapport, kept as it is";
    deleted = "Deleted";
    returned = "It was deleted, but somebody edited it apart from that, so it stayed.";
    keep_it = "Keep it";
    show_empty = "Show all fields";
    hide_empty = "Hide empty fields";
    two_versions_word = "Two versions";
    related = "Belongs to it";
    someone = "Somebody";
    nobody_yet = "Nothing is written here yet.";
    all_fields = "All fields";
}

/// "Remedy asked has two versions".
pub fn has_two_versions(field: &str) -> String {
    format!("{field} has two versions")
}

/// "Save client", "Save complaint".
pub fn save(kind: &str) -> String {
    format!("Save {}", kind.to_lowercase())
}

/// "New client".
pub fn new(kind: &str) -> String {
    format!("New {}", kind.to_lowercase())
}

/// "Edit client".
pub fn edit_kind(kind: &str) -> String {
    format!("Edit {}", kind.to_lowercase())
}

/// "Delete complaint".
pub fn delete_kind(kind: &str) -> String {
    format!("Delete {}", kind.to_lowercase())
}

/// Why a list of this kind is empty, with what it is for.
pub fn empty_list(kind: &str, help: &str) -> String {
    let help = help.trim();
    if help.is_empty() {
        format!("No {} yet.", kind.to_lowercase())
    } else {
        format!("No {} yet. {help}", kind.to_lowercase())
    }
}

/// "Complaint was deleted".
pub fn was_deleted(kind: &str) -> String {
    format!("{kind} was deleted. Restore it to work on it again.")
}

/// What is said under an empty field that must be filled in.
pub fn needed(field: &str) -> String {
    format!("{field} must be filled in.")
}

/// "Remedy asked is settled."
pub fn settled(field: &str) -> String {
    format!("{field} is settled.")
}
