//! Lists of many records: filters, views, one change to many, tags, duplicates, the trash, own fields. Long because it is
//! a catalogue, every text twice.

use handbook::Language::{De, En};

use super::{count, inline, language};

texts! {
    add_filter = "Add filter" | "Filter hinzufügen";
    filters = "Filters" | "Filter";
    arrange = "Arrange" | "Anordnen";
    columns = "Columns" | "Spalten";
    sort_by = "Sort by" | "Sortieren nach";
    own_order = "As the list begins" | "Wie die Liste beginnt";
    last_first = "Last first" | "Das Letzte zuerst";
    show_all = "Show all" | "Alle anzeigen";
    done = "Done" | "Fertig";
    clear = "Clear" | "Leeren";
    clear_filters = "Clear filters" | "Filter leeren";
    not_filled = "Not filled in" | "Nicht ausgefüllt";
    has_words = "Has these words in it" | "Enthält diese Wörter";
    from_day = "First day" | "Erster Tag";
    to_day = "Last day" | "Letzter Tag";
    smallest = "At least" | "Mindestens";
    largest = "At most" | "Höchstens";
    range = "Range" | "Zeitraum";
    own_range = "These days" | "Diese Tage";
    last_30 = "The last 30 days" | "Die letzten 30 Tage";
    last_90 = "The last 90 days" | "Die letzten 90 Tage";
    last_365 = "The last 365 days" | "Die letzten 365 Tage";
    next_30 = "The next 30 days" | "Die nächsten 30 Tage";
    next_90 = "The next 90 days" | "Die nächsten 90 Tage";
    none_match = "Nothing matches these filters." | "Nichts passt zu diesen Filtern.";
    today = "today" | "heute";
    // Views
    views = "Saved views" | "Gespeicherte Ansichten";
    save_view = "Save view" | "Ansicht speichern";
    view_name = "Name of the view" | "Name der Ansicht";
    for_whom = "For" | "Für";
    for_me = "Me" | "Mich";
    for_all = "Everybody" | "Alle";
    rename_view = "Rename view" | "Ansicht umbenennen";
    delete_view = "Delete view" | "Ansicht löschen";
    view_deleted = "The view is in the trash." | "Die Ansicht liegt im Papierkorb.";
    name_needed = "Give it a name." | "Bitte einen Namen eingeben.";
    this_view = "This view" | "Diese Ansicht";
    // One change to many
    select = "Select" | "Auswählen";
    stop_selecting = "Stop selecting" | "Auswahl beenden";
    change = "Change" | "Ändern";
    change_many = "Change selected" | "Ausgewählte ändern";
    what_to_change = "What to change" | "Was geändert wird";
    new_value = "New value" | "Neuer Wert";
    tag = "Tag" | "Schlagwort";
    archive = "Archive" | "Archivieren";
    nothing_to_change = "Nothing would change." | "Es würde sich nichts ändern.";
    emptied = "empty" | "leer";
    undo = "Undo" | "Rückgängig machen";
    working = "Working" | "Wird bearbeitet";
    not_selectable = "Choose what to change." | "Bitte wählen, was geändert wird.";
    // Tags
    tags = "Tags" | "Schlagwörter";
    manage_tags = "Rename tags" | "Schlagwörter umbenennen";
    no_tags = "No tag is in use yet. A record gets one in its form."
        | "Noch ist kein Schlagwort in Gebrauch. Ein Eintrag bekommt es in seinem Formular.";
    rename = "Rename" | "Umbenennen";
    new_name = "New name" | "Neuer Name";
    // Merging
    merge_into = "Merge into …" | "Zusammenführen mit …";
    merge = "Merge" | "Zusammenführen";
    unmerge = "Un-merge" | "Trennen";
    merge_help = "Pages of the client you choose will show both as one. Nothing is copied or deleted, and you can take it apart again."
        | "Die Seiten des gewählten Kunden zeigen dann beide als einen. Nichts wird kopiert oder gelöscht, und Sie können beide wieder trennen.";
    merge_which = "Becomes part of" | "Geht auf in";
    merge_contact_help = "Everything that names this person will name the one you choose, who also gets what they lack. This person then lies in the trash, from where all of it can be taken back."
        | "Alles, was diese Person nennt, nennt dann die gewählte; ihr wird ergänzt, was ihr fehlt. Diese Person liegt danach im Papierkorb, von wo aus sich alles zurücknehmen lässt.";
    same_person = "Is the same person as" | "Ist dieselbe Person wie";
    merged_here = "Part of this client" | "Teil dieses Kunden";
    duplicates = "Possible duplicates" | "Mögliche Dubletten";
    not_same = "Not the same" | "Nicht dieselben";
    same_name = "the same name" | "gleicher Name";
    // Trash
    trash = "Trash" | "Papierkorb";
    trash_help = "What was deleted, the latest first. Nothing leaves it by itself."
        | "Was gelöscht wurde, das Letzte zuerst. Von selbst verschwindet hier nichts.";
    trash_empty = "The trash is empty." | "Der Papierkorb ist leer.";
    trash_search = "Search the trash" | "Papierkorb durchsuchen";
    deleted_by = "Deleted by" | "Gelöscht von";
    when = "When" | "Wann";
    take_merge_back = "Un-merge" | "Trennen";
    // Own fields
    own_fields = "Own fields" | "Eigene Felder";
    own_fields_help = "Fields that you add to clients, contacts and other records"
        | "Felder, die Sie Kunden, Ansprechpartnern und anderen Einträgen hinzufügen";
    keep = "Keep this" | "Diesen behalten";
}

/// "8 of 12": how many lines a view shows.
pub fn shown_of(shown: usize, of: usize) -> String {
    match language() {
        En => format!("{shown} of {of}"),
        De => format!("{shown} von {of}"),
    }
}

/// "3 selected".
pub fn selected(n: usize) -> String {
    match language() {
        En => format!("{n} selected"),
        De => format!("{n} ausgewählt"),
    }
}

/// "Select all 12".
pub fn select_all(n: usize) -> String {
    match language() {
        En => format!("Select all {n}"),
        De => format!("Alle {n} auswählen"),
    }
}

/// "Select Merrow".
pub fn select_one(name: &str) -> String {
    match language() {
        En => format!("Select {name}"),
        De => format!("{name} auswählen"),
    }
}

/// "Sort by Tier".
pub fn sort_column(label: &str) -> String {
    match language() {
        En => format!("Sort by {label}"),
        De => format!("Nach {label} sortieren"),
    }
}

/// "Filter by Tier".
pub fn filter_by(label: &str) -> String {
    match language() {
        En => format!("Filter by {label}"),
        De => format!("Nach {label} filtern"),
    }
}

/// "Clear filter Tier".
pub fn clear_filter(label: &str) -> String {
    match language() {
        En => format!("Clear filter {label}"),
        De => format!("Filter {label} leeren"),
    }
}

/// "Set Tier": a thing that can be done to many.
pub fn set_field(label: &str) -> String {
    match language() {
        En => format!("Set {label}"),
        De => format!("{label} setzen"),
    }
}

/// "Add to Tags".
pub fn add_to(label: &str) -> String {
    match language() {
        En => format!("Add to {label}"),
        De => format!("Zu {label} hinzufügen"),
    }
}

/// "Take out of Tags".
pub fn take_out_of(label: &str) -> String {
    match language() {
        En => format!("Take out of {label}"),
        De => format!("Aus {label} entfernen"),
    }
}

/// "Assign Account manager".
pub fn assign(role: &str) -> String {
    match language() {
        En => format!("Assign {}", inline(role)),
        De => format!("{role} zuweisen"),
    }
}

/// "12 clients"; `one` and `many` as the declaration has them.
pub fn of_kind(n: usize, one: &str, many: &str) -> String {
    let (one, many) = (inline(one), inline(many));
    count(n as u64, [one.as_str(), many.as_str()], [one.as_str(), many.as_str()])
}

/// "12 clients: Tier → Key".
pub fn summary(records: &str, what: &str) -> String {
    format!("{records}: {what}")
}

/// "Tier → Key".
pub fn becomes(label: &str, value: &str) -> String {
    format!("{label} → {}", if value.is_empty() { emptied() } else { value })
}

/// "Tags: + harbour".
pub fn gets(label: &str, item: &str) -> String {
    format!("{label} + {item}")
}

/// "Tags: − harbour".
pub fn loses(label: &str, item: &str) -> String {
    format!("{label} − {item}")
}

/// "3 are so already".
pub fn same_already(n: usize) -> String {
    match language() {
        En if n == 1 => "1 is so already.".to_owned(),
        En => format!("{n} are so already."),
        De if n == 1 => "Bei einem ist es schon so.".to_owned(),
        De => format!("Bei {n} ist es schon so."),
    }
}

/// "2 stay as they are:"; what follows says why.
pub fn refused(n: usize) -> String {
    match language() {
        En if n == 1 => "1 stays as it is:".to_owned(),
        En => format!("{n} stay as they are:"),
        De if n == 1 => "Einer bleibt, wie er ist:".to_owned(),
        De => format!("{n} bleiben, wie sie sind:"),
    }
}

/// "Change 12 clients": the button.
pub fn change_records(records: &str) -> String {
    match language() {
        En => format!("Change {records}"),
        De => format!("{records} ändern"),
    }
}

/// "Changed. 12 clients: Tier → Key".
pub fn changed(summary: &str) -> String {
    match language() {
        En => format!("Changed: {summary}."),
        De => format!("Geändert: {summary}."),
    }
}

/// "12 records are as they were." and what stays.
pub fn undone(taken: usize, kept: &[String]) -> String {
    let mut text = match language() {
        En => format!("{} as before.", count(taken as u64, ["record is", "records are"], ["", ""])),
        De => {
            format!(
                "{} wie zuvor.",
                count(taken as u64, ["", ""], ["Eintrag ist", "Einträge sind"])
            )
        }
    };
    if !kept.is_empty() {
        let names = kept.join(", ");
        text.push_str(&match language() {
            En => format!(" Changed since, and left so: {names}."),
            De => format!(" Seitdem geändert und so belassen: {names}."),
        });
    }
    text
}

/// A batch that stopped half-way, for this reason (a sentence).
pub fn batch_stopped(done: usize, of: usize, why: &str) -> String {
    match language() {
        En => format!("{done} of {of} were changed and are saved. {why} Do it again to go on."),
        De => format!(
            "{done} von {of} wurden geändert und sind gespeichert. {why} Wiederholen Sie es, um fortzufahren."
        ),
    }
}

/// Taking back that stopped half-way, for this reason (a sentence).
pub fn undo_stopped(done: usize, why: &str) -> String {
    format!("{} {why}", undone(done, &[]))
}

/// "The tag is now called port. 3 records."
pub fn tag_renamed(tag: &str, n: usize) -> String {
    match language() {
        En => {
            format!("{}: the tag is “{tag}” now.", count(n as u64, ["record", "records"], ["", ""]))
        }
        De => format!(
            "{}: Das Schlagwort heißt jetzt „{tag}“.",
            count(n as u64, ["", ""], ["Eintrag", "Einträge"])
        ),
    }
}

/// "Rename tag port".
pub fn rename_tag(tag: &str) -> String {
    match language() {
        En => format!("Rename tag {tag}"),
        De => format!("Schlagwort {tag} umbenennen"),
    }
}

/// "Remove tag port".
pub fn remove_tag(tag: &str) -> String {
    match language() {
        En => format!("Remove tag {tag}"),
        De => format!("Schlagwort {tag} entfernen"),
    }
}

/// "Merge Merrow Ltd into …": the dialog.
pub fn merge_title(name: &str) -> String {
    match language() {
        En => format!("Merge {name} into another client"),
        De => format!("{name} mit einem anderen Kunden zusammenführen"),
    }
}

/// "Merge Ola into another contact": the dialog.
pub fn merge_contact_title(name: &str) -> String {
    match language() {
        En => format!("Merge {name} into another contact"),
        De => format!("{name} mit einem anderen Ansprechpartner zusammenführen"),
    }
}

/// Said on a client's page for one that has become part of it.
pub fn is_part(part: &str, whole: &str) -> String {
    match language() {
        En => format!("{part} has become part of {whole}. These pages show both."),
        De => format!("{part} ist in {whole} aufgegangen. Diese Seiten zeigen beide."),
    }
}

/// "Un-merge Merrow Ltd".
pub fn unmerge_name(name: &str) -> String {
    match language() {
        En => format!("Un-merge {name}"),
        De => format!("{name} trennen"),
    }
}

/// After a merge.
pub fn merged(part: &str, whole: &str) -> String {
    match language() {
        En => format!("{part} is part of {whole} now."),
        De => format!("{part} gehört jetzt zu {whole}."),
    }
}

/// After an un-merge.
pub fn unmerged(part: &str) -> String {
    match language() {
        En => format!("{part} is a client of its own again."),
        De => format!("{part} ist wieder ein eigener Kunde."),
    }
}

/// "the web site merrow.example".
pub fn same_site(site: &str) -> String {
    match language() {
        En => format!("the web site {site}"),
        De => format!("Website {site}"),
    }
}

/// "the number 040 123".
pub fn same_phone(phone: &str) -> String {
    match language() {
        En => format!("the number {phone}"),
        De => format!("Telefonnummer {phone}"),
    }
}

/// "2 possible duplicates".
pub fn duplicates_found(n: usize) -> String {
    count(
        n as u64,
        ["possible duplicate", "possible duplicates"],
        ["mögliche Dublette", "mögliche Dubletten"],
    )
}

/// "Merge Merrow Ltd into Merrow": the button of a pair.
pub fn merge_pair(part: &str, whole: &str) -> String {
    match language() {
        En => format!("Merge {part} into {whole}"),
        De => format!("{part} mit {whole} zusammenführen"),
    }
}

/// "Merrow and Merrow Ltd are not the same": the other button of a pair.
pub fn not_same_pair(one: &str, other: &str) -> String {
    match language() {
        En => format!("{one} and {other} are not the same"),
        De => format!("{one} und {other} sind nicht dieselben"),
    }
}

/// "Restore Ola Lindqvist".
pub fn restore(name: &str) -> String {
    match language() {
        En => format!("Restore {name}"),
        De => format!("{name} wiederherstellen"),
    }
}

/// "Ola Lindqvist is back."
pub fn restored(name: &str) -> String {
    match language() {
        En => format!("{name} is back."),
        De => format!("{name} ist wieder da."),
    }
}

/// Two people filled in an own field apart.
pub fn apart(label: &str) -> String {
    match language() {
        En => format!("{label} was filled in twice, apart. Choose what shall stand."),
        De => format!(
            "{label} wurde getrennt voneinander zweimal ausgefüllt. Wählen Sie, was gelten soll."
        ),
    }
}

/// "Filter opportunities": the search field of a list.
pub fn filter_kind(many: &str) -> String {
    match language() {
        En => format!("Filter {}", inline(many)),
        De => format!("{many} filtern"),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn many_records_in_sentences() {
        let clients = |n| {
            move || {
                if language() == En {
                    of_kind(n, "Client", "Clients")
                } else {
                    of_kind(n, "Kunde", "Kunden")
                }
            }
        };
        check_both(clients(1), "1 client", "1 Kunde");
        check_both(clients(12), "12 clients", "12 Kunden");
        check_both(
            || summary(&clients(2)(), &becomes("Tier", "Key")),
            "2 clients: Tier → Key",
            "2 Kunden: Tier → Key",
        );
        check_both(|| becomes("Tier", ""), "Tier → empty", "Tier → leer");
        check_both(|| same_already(1), "1 is so already.", "Bei einem ist es schon so.");
        check_both(|| undone(2, &[]), "2 records are as before.", "2 Einträge sind wie zuvor.");
        check_both(
            || undone(1, &["Merrow".to_owned()]),
            "1 record is as before. Changed since, and left so: Merrow.",
            "1 Eintrag ist wie zuvor. Seitdem geändert und so belassen: Merrow.",
        );
        check_both(
            || tag_renamed("port", 3),
            "3 records: the tag is “port” now.",
            "3 Einträge: Das Schlagwort heißt jetzt „port“.",
        );
        check_both(
            || assign("Account manager"),
            "Assign account manager",
            "Account manager zuweisen",
        );
        check_both(|| duplicates_found(1), "1 possible duplicate", "1 mögliche Dublette");
    }
}
