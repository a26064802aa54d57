//! Settings: team, devices, import and export, this device.

use handbook::Language::{De, En};

use super::{count, language};

texts! {
    title = "Settings" | "Einstellungen";
    this_device = "This device" | "Dieses Gerät";
    owner = "Owner" | "Inhaber";
    editor = "Editor" | "Bearbeiter";
    reader = "Reader" | "Leser";
    not_introduced = "Not introduced yet" | "Noch nicht vorgestellt";
    invite = "Invite teammate" | "Teammitglied einladen";
    invite_help = "One link lets one person in. Whoever has it can read the whole workspace, so send it to them alone."
        | "Ein Link lässt eine Person ein. Wer ihn hat, kann den ganzen Arbeitsbereich lesen; senden Sie ihn nur ihr.";
    role = "May" | "Darf";
    invitations = "Open invitations" | "Offene Einladungen";
    make_link = "Make link" | "Link erstellen";
    take_back = "Take back" | "Zurücknehmen";
    taken_back = "The invitation was taken back." | "Die Einladung ist zurückgenommen.";
    copy_link = "Copy link" | "Link kopieren";
    copied = "The link is copied." | "Der Link ist kopiert.";
    not_copied = "The browser did not let the link be copied. Mark it and copy it by hand."
        | "Der Browser hat das Kopieren nicht zugelassen. Markieren Sie den Link und kopieren Sie ihn von Hand.";
    link = "Invitation link" | "Einladungslink";
    code = "The invitation as a code to scan" | "Die Einladung als Code zum Scannen";
    local_only = "This link was made on localhost: it works on this computer only. Open the app at its public address to invite others."
        | "Dieser Link wurde auf localhost erstellt: Er gilt nur auf diesem Rechner. Öffnen Sie die App unter ihrer öffentlichen Adresse, um andere einzuladen.";
    sample_no_invite = "The sample firm is for you alone. Start a workspace to work with others."
        | "Die Musterfirma ist nur für Sie. Beginnen Sie einen Arbeitsbereich, um mit anderen zu arbeiten.";
    import = "Import" | "Import";
    import_help = "Tables of clients and people (CSV, Excel), vCards, saved e-mails, calendars, or an export of Rapport. Nothing is written before you have seen what would become of it."
        | "Tabellen mit Kunden und Ansprechpartnern (CSV, Excel), vCards, gespeicherte E-Mails, Kalender oder ein Export von Rapport. Nichts wird geschrieben, bevor Sie gesehen haben, was daraus würde.";
    choose_file = "Choose file" | "Datei wählen";
    drop_here = "or drop it here" | "oder hier ablegen";
    no_client = "The client that the file names" | "Dem Kunden, den die Datei nennt";
    belongs_to = "Belongs to" | "Gehört zu";
    belongs_help = "For people, e-mails and visits whose file names no client."
        | "Für Personen, E-Mails und Besuche, deren Datei keinen Kunden nennt.";
    dry_run = "What would become of it" | "Was daraus würde";
    columns = "Columns" | "Spalten";
    left_out = "left out" | "ausgelassen";
    line = "Line" | "Zeile";
    row = "Row" | "Eintrag";
    fate = "What becomes of it" | "Was daraus wird";
    fate_new = "New" | "Neu";
    download_bad = "Save bad rows as a file" | "Fehlerhafte Zeilen als Datei speichern";
    bad_file = "bad-rows" | "fehlerhafte-zeilen";
    take_in = "Import rows" | "Zeilen übernehmen";
    forget = "Forget this file" | "Datei verwerfen";
    nothing_to_import = "There is nothing in this file that could be taken in."
        | "In dieser Datei ist nichts, was sich übernehmen ließe.";
    reading_file = "Reading the file" | "Die Datei wird gelesen";
    importing = "Importing" | "Wird übernommen";
    undo_import = "Undo import" | "Import rückgängig machen";
    undoing = "Undoing the import" | "Der Import wird rückgängig gemacht";
    earlier_imports = "Earlier imports" | "Frühere Importe";
    import_in_part = "Only a part of this file was imported." | "Nur ein Teil dieser Datei wurde übernommen.";
    export = "Export" | "Export";
    export_help = "Everything on this device, in open formats. It can be read without Rapport."
        | "Alles auf diesem Gerät, in offenen Formaten. Es lässt sich ohne Rapport lesen.";
    export_json = "Export everything as JSON" | "Alles als JSON exportieren";
    export_csv = "Export as CSV" | "Als CSV exportieren";
    csv_kind = "Which records" | "Welche Einträge";
    export_cards = "Export all people as vCards" | "Alle Ansprechpartner als vCards exportieren";
    export_cards_help = "The people of all clients, for an address book." | "Die Ansprechpartner aller Kunden, für ein Adressbuch.";
    exported = "The file is made." | "Die Datei ist erstellt.";
    storage = "This device" | "Dieses Gerät";
    persisted = "Storage" | "Speicher";
    persisted_yes = "The browser promised to keep what is stored here."
        | "Der Browser hat zugesagt zu behalten, was hier gespeichert ist.";
    persisted_no = "The browser may clear what is stored here when space runs short. Installing the app usually changes that."
        | "Der Browser darf löschen, was hier gespeichert ist, wenn der Platz knapp wird. Die App zu installieren ändert das in der Regel.";
    persisted_unknown = "It was not asked yet whether the browser keeps what is stored here."
        | "Es wurde noch nicht gefragt, ob der Browser behält, was hier gespeichert ist.";
    ask_persist = "Keep storage" | "Speicher behalten";
    space_used = "Space used" | "Belegter Platz";
    sync = "Sync" | "Abgleich";
    sync_now = "Sync now" | "Jetzt abgleichen";
    relay = "Relay" | "Relay";
    no_relay = "None: this workspace lives on this device alone." | "Keines: Dieser Arbeitsbereich liegt nur auf diesem Gerät.";
    last_sync = "Last agreement with the relay" | "Zuletzt mit dem Relay abgeglichen";
    never = "not yet" | "noch nicht";
    quarantined = "Held back" | "Zurückgehalten";
    relay_restored = "Relay restored" | "Relay wiederhergestellt";
    version = "Version" | "Version";
    look = "Look" | "Darstellung";
    theme = "Theme" | "Farbschema";
    theme_system = "As the system" | "Wie das System";
    theme_light = "Light" | "Hell";
    theme_dark = "Dark" | "Dunkel";
    language_both = "Language / Sprache" | "Sprache / Language";
    language_help = "On this device only; colleagues keep theirs." | "Nur auf diesem Gerät; andere behalten ihre eigene.";
    language_system = "As the browser" | "Wie der Browser";
    firm_settings = "What holds for the firm" | "Was für die Firma gilt";
    firm_settings_help = "Name, calendar, thresholds of attention and the times of the complaint procedure."
        | "Name, Kalender, Schwellen der Aufmerksamkeit und die Fristen des Beschwerdeverfahrens.";
    sample = "Sample firm" | "Musterfirma";
    sample_help = "Everything in it is made up. Discarding it removes it from this device."
        | "Alles darin ist erfunden. Beim Verwerfen wird sie von diesem Gerät entfernt.";
    team_list = "People" | "Personen";
    no_team = "Your colleagues stand here once they join." | "Hier steht Ihr Team, sobald es beitritt.";
}

/// That the relay began another life of the log.
pub fn restored_times(n: u64) -> String {
    let times = count(n, ["time", "times"], ["Mal", "Mal"]);
    match language() {
        En => format!(
            "{times} since this device joined. It sent again by itself what the relay lacked then."
        ),
        De => format!(
            "{times}, seit dieses Gerät dabei ist. Es hat von selbst noch einmal gesandt, was dem Relay dann fehlte."
        ),
    }
}

/// "12 changes came damaged or from a newer version and stay aside."
pub fn held_back(n: u64) -> String {
    let changes = count(n, ["change", "changes"], ["Änderung", "Änderungen"]);
    match (language(), n) {
        (En, 1) => format!(
            "{changes} came damaged or from a newer version and stays aside; nothing else waits for it."
        ),
        (En, _) => format!(
            "{changes} came damaged or from a newer version and stay aside; nothing else waits for them."
        ),
        (De, 1) => format!(
            "{changes} kam beschädigt oder aus einer neueren Version und bleibt beiseite; nichts anderes wartet darauf."
        ),
        (De, _) => format!(
            "{changes} kamen beschädigt oder aus einer neueren Version und bleiben beiseite; nichts anderes wartet darauf."
        ),
    }
}

/// "Can be used once, until 20 Nov".
pub fn usable_until(day: &str) -> String {
    match language() {
        En => format!("Can be used once, until {day}"),
        De => format!("Einmal nutzbar, bis {day}"),
    }
}

/// "3 new, 12 matched, 2 bad".
pub fn fates(new: usize, matched: usize, bad: usize) -> String {
    match language() {
        En => format!("{new} new, {matched} matched, {bad} bad"),
        De => format!("{new} neu, {matched} zugeordnet, {bad} fehlerhaft"),
    }
}

/// "Imported 12 new, 3 matched at 11:40", and how many were left out.
pub fn imported_at(new: usize, matched: usize, bad: usize, when: &str) -> String {
    match (bad, language()) {
        (0, En) => format!("Imported {new} new, {matched} matched at {when}"),
        (bad, En) => format!("Imported {new} new, {matched} matched, {bad} left out at {when}"),
        (0, De) => format!("Übernommen um {when}: {new} neu, {matched} zugeordnet"),
        (bad, De) => {
            format!("Übernommen um {when}: {new} neu, {matched} zugeordnet, {bad} ausgelassen")
        }
    }
}

/// "2 more files wait".
pub fn files_wait(n: usize) -> String {
    match (n, language()) {
        (1, En) => "1 more file waits until this one is decided.".into(),
        (n, En) => format!("{n} more files wait until this one is decided."),
        (1, De) => "1 weitere Datei wartet, bis über diese entschieden ist.".into(),
        (n, De) => format!("{n} weitere Dateien warten, bis über diese entschieden ist."),
    }
}

/// "Undo import of clients.csv".
pub fn undo_import_of(file: &str) -> String {
    match language() {
        En => format!("Undo import of {file}"),
        De => format!("Import rückgängig machen: {file}"),
    }
}

/// "Matches Merrow Water Board, fills 2 fields".
pub fn matches(title: &str, fills: usize) -> String {
    let fields = count(fills as u64, ["field", "fields"], ["Feld", "Felder"]);
    match (fills, language()) {
        (0, En) => format!("Matches {title}, adds nothing"),
        (0, De) => format!("Gehört zu {title}, ergänzt nichts"),
        (_, En) => format!("Matches {title}, fills {fields}"),
        (_, De) => format!("Gehört zu {title}, füllt {fields}"),
    }
}

/// Why a file was not read (a sentence), and that nothing happened.
pub fn unreadable(why: &str) -> String {
    match language() {
        En => format!("{why} Nothing was taken in."),
        De => format!("{why} Es wurde nichts übernommen."),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn what_was_held_back() {
        check_both(
            || held_back(1),
            "1 change came damaged or from a newer version and stays aside; nothing else waits for it.",
            "1 Änderung kam beschädigt oder aus einer neueren Version und bleibt beiseite; nichts anderes wartet darauf.",
        );
        check_both(
            || held_back(12),
            "12 changes came damaged or from a newer version and stay aside; nothing else waits for them.",
            "12 Änderungen kamen beschädigt oder aus einer neueren Version und bleiben beiseite; nichts anderes wartet darauf.",
        );
    }

    #[test]
    fn invitations_and_imports() {
        check_both(
            || usable_until("20 Nov"),
            "Can be used once, until 20 Nov",
            "Einmal nutzbar, bis 20 Nov",
        );
        check_both(
            || fates(3, 12, 2),
            "3 new, 12 matched, 2 bad",
            "3 neu, 12 zugeordnet, 2 fehlerhaft",
        );
        check_both(
            || imported_at(12, 3, 0, "11:40"),
            "Imported 12 new, 3 matched at 11:40",
            "Übernommen um 11:40: 12 neu, 3 zugeordnet",
        );
        check_both(
            || imported_at(12, 3, 1, "11:40"),
            "Imported 12 new, 3 matched, 1 left out at 11:40",
            "Übernommen um 11:40: 12 neu, 3 zugeordnet, 1 ausgelassen",
        );
        check_both(
            || files_wait(2),
            "2 more files wait until this one is decided.",
            "2 weitere Dateien warten, bis über diese entschieden ist.",
        );
        check_both(
            || undo_import_of("a.csv"),
            "Undo import of a.csv",
            "Import rückgängig machen: a.csv",
        );
        check_both(
            || matches("Merrow", 0),
            "Matches Merrow, adds nothing",
            "Gehört zu Merrow, ergänzt nichts",
        );
        check_both(
            || matches("Merrow", 1),
            "Matches Merrow, fills 1 field",
            "Gehört zu Merrow, füllt 1 Feld",
        );
        check_both(
            || unreadable("No."),
            "No. Nothing was taken in.",
            "No. Es wurde nichts übernommen.",
        );
    }
}
