//! Why something was not done, what is safe, and what helps.

use handbook::Language::{De, En};

use super::language;

texts! {
    no_workspace = "No workspace is open. Nothing was changed." | "Es ist kein Arbeitsbereich geöffnet. Es wurde nichts geändert.";
    belongs_already = "This device belongs to that team already. Nothing was changed."
        | "Dieses Gerät gehört schon zu diesem Team. Es wurde nichts geändert.";
    join_needs_relay = "The relay cannot be reached, and joining needs it once. Nothing was kept on this device; try again when you are online."
        | "Das Relay ist nicht erreichbar, und der Beitritt braucht es einmal. Auf diesem Gerät blieb nichts zurück; versuchen Sie es wieder, wenn Sie online sind.";
    not_the_sample = "This is a team’s workspace, not the sample. Nothing was changed."
        | "Dies ist der Arbeitsbereich eines Teams, nicht die Musterfirma. Es wurde nichts geändert.";
    still_starting = "The app is still starting." | "Die App startet noch.";
    storage_opening = "The storage of this device is still being opened. Try again."
        | "Der Speicher dieses Geräts wird noch geöffnet. Bitte versuchen Sie es noch einmal.";
    keys_opening = "The keys of this device are still being opened. Try again."
        | "Die Schlüssel dieses Geräts werden noch geöffnet. Bitte versuchen Sie es noch einmal.";
    invitation_late = "The invitation is on the relay, but has not come back to this device. Revoke it below and try again."
        | "Die Einladung ist auf dem Relay, aber noch nicht zu diesem Gerät zurückgekommen. Nehmen Sie sie unten zurück und versuchen Sie es noch einmal.";
    invitation_unknown = "This invitation is not known here. Nothing was changed."
        | "Diese Einladung ist hier nicht bekannt. Es wurde nichts geändert.";
    invite_without_relay = "This workspace has no relay, so nobody can be invited to it."
        | "Dieser Arbeitsbereich hat kein Relay; deshalb lässt sich niemand einladen.";
    invite_needs_relay = "The relay cannot be reached, and an invitation needs it. Nothing was changed; try again once you are online."
        | "Das Relay ist nicht erreichbar, und eine Einladung braucht es. Es wurde nichts geändert; versuchen Sie es wieder, wenn Sie online sind.";
    no_client_column = "No column of this file names a client (such as “Company” or “Name”), so its rows cannot be placed. Nothing was imported."
        | "Keine Spalte dieser Datei nennt einen Kunden (etwa „Firma“ oder „Name“), so dass sich die Zeilen nicht zuordnen lassen. Es wurde nichts übernommen.";
    cards_need_client = "A vCard file brings people of one client: choose the client first. Nothing was imported."
        | "Eine vCard-Datei bringt Ansprechpartner eines Kunden: Bitte wählen Sie zuerst den Kunden. Es wurde nichts übernommen.";
    cards_too_large = "This file is larger than 64 MB. Split it and import the parts; nothing was imported."
        | "Diese Datei ist größer als 64 MB. Bitte teilen Sie sie und übernehmen Sie die Teile einzeln; es wurde nichts übernommen.";
    client_missing = "This client is not on this device. Nothing was imported."
        | "Dieser Kunde ist nicht auf diesem Gerät. Es wurde nichts übernommen.";
    no_cards = "There is no vCard in this file. Nothing was imported."
        | "In dieser Datei ist keine vCard. Es wurde nichts übernommen.";
    kind_unknown = "This kind of record is not known here." | "Diese Art von Eintrag ist hier nicht bekannt.";
    no_room = "This device has no room left, so the change was not saved. What was saved before is safe; make room, or export the workspace in Settings."
        | "Auf diesem Gerät ist kein Platz mehr; die Änderung wurde nicht gespeichert. Was vorher gespeichert war, ist sicher; schaffen Sie Platz, oder exportieren Sie den Arbeitsbereich in den Einstellungen.";
    closed_elsewhere = "Another tab updated the app or closed this workspace. Reload this page; what was marked as saved is safe."
        | "Ein anderer Tab hat die App aktualisiert oder diesen Arbeitsbereich geschlossen. Laden Sie diese Seite neu; was als gespeichert bezeichnet war, ist sicher.";
    may_only_read = "You may read this workspace but not change it. Nothing was changed."
        | "Sie dürfen diesen Arbeitsbereich lesen, aber nicht ändern. Es wurde nichts geändert.";
}

/// Some of an import is done, and why it went no further (a sentence).
pub fn import_stopped(done: usize, total: usize, why: &str) -> String {
    match language() {
        En => format!(
            "{done} of {total} clients were imported and are saved. {why} Import the file again to go on."
        ),
        De => format!(
            "{done} von {total} Kunden wurden übernommen und sind gespeichert. {why} Übernehmen Sie die Datei noch einmal, um fortzufahren."
        ),
    }
}

/// What an import did.
pub fn imported(new: usize, matched: usize, bad: usize) -> String {
    match language() {
        En => format!(
            "{new} new, {matched} matched, {bad} left out. Everything is saved on this device."
        ),
        De => format!(
            "{new} neu, {matched} zugeordnet, {bad} ausgelassen. Alles ist auf diesem Gerät gespeichert."
        ),
    }
}

/// The edit was not kept for this reason (a sentence).
pub fn not_saved(why: &str) -> String {
    match language() {
        En => format!("The change was not saved. {why}"),
        De => format!("Die Änderung wurde nicht gespeichert. {why}"),
    }
}

/// The storage could not be opened for this reason (a sentence).
pub fn unopened(why: &str) -> String {
    match language() {
        En => format!(
            "The storage of this device could not be opened. {why} Nothing was changed. Reload; if that does not help, close the other tabs of this app."
        ),
        De => format!(
            "Der Speicher dieses Geräts ließ sich nicht öffnen. {why} Es wurde nichts geändert. Laden Sie neu; wenn das nicht hilft, schließen Sie die anderen Tabs dieser App."
        ),
    }
}

/// Something on this device keeps sync or storage from working (a sentence).
pub fn stopped(why: &str) -> String {
    match language() {
        En => format!("{why} What is saved on this device stays here; reload to try again."),
        De => format!(
            "{why} Was auf diesem Gerät gespeichert ist, bleibt hier; laden Sie neu, um es noch einmal zu versuchen."
        ),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn what_is_safe_is_said() {
        check_both(
            || import_stopped(1, 3, "Why."),
            "1 of 3 clients were imported and are saved. Why. Import the file again to go on.",
            "1 von 3 Kunden wurden übernommen und sind gespeichert. Why. Übernehmen Sie die Datei noch einmal, um fortzufahren.",
        );
        check_both(
            || imported(3, 12, 2),
            "3 new, 12 matched, 2 left out. Everything is saved on this device.",
            "3 neu, 12 zugeordnet, 2 ausgelassen. Alles ist auf diesem Gerät gespeichert.",
        );
        check_both(
            || not_saved("Why."),
            "The change was not saved. Why.",
            "Die Änderung wurde nicht gespeichert. Why.",
        );
        check_both(
            || stopped("Why."),
            "Why. What is saved on this device stays here; reload to try again.",
            "Why. Was auf diesem Gerät gespeichert ist, bleibt hier; laden Sie neu, um es noch einmal zu versuchen.",
        );
    }
}
