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
    import_unknown = "This import is not known on this device any more. Nothing was changed."
        | "Dieser Import ist auf diesem Gerät nicht mehr bekannt. Es wurde nichts geändert.";
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

/// What became of taking an import back: how many records are as before, and the names of those of which something stays.
pub fn undone(taken: usize, kept: &[String]) -> String {
    let taken = taken_back(taken);
    if kept.is_empty() {
        return taken;
    }
    let n = kept.len();
    let mut names = kept.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = n.saturating_sub(NAMED);
    if more > 0 {
        match language() {
            En => names.push_str(&format!(" and {more} more")),
            De => names.push_str(&format!(" und {more} weitere")),
        }
    }
    match (n, language()) {
        (1, En) => format!(
            "{taken} Of 1 something stays, because it was changed since or something new belongs to it: {names}."
        ),
        (n, En) => format!(
            "{taken} Of {n} something stays, because they were changed since or something new belongs to them: {names}."
        ),
        (1, De) => format!(
            "{taken} Von einem bleibt etwas, weil es seither geändert wurde oder Neues dazugehört: {names}."
        ),
        (n, De) => format!(
            "{taken} Von {n} bleibt etwas, weil sie seither geändert wurden oder Neues dazugehört: {names}."
        ),
    }
}

/// So many names are read out.
const NAMED: usize = 5;

fn taken_back(n: usize) -> String {
    match (n, language()) {
        (0, En) => "Nothing was taken back.".into(),
        (1, En) => "1 record was taken back.".into(),
        (n, En) => format!("{n} records were taken back."),
        (0, De) => "Es wurde nichts zurückgenommen.".into(),
        (1, De) => "1 Eintrag wurde zurückgenommen.".into(),
        (n, De) => format!("{n} Einträge wurden zurückgenommen."),
    }
}

/// Some of an import is taken back, and why it went no further (a sentence).
pub fn undo_stopped(taken: usize, why: &str) -> String {
    let taken = taken_back(taken);
    match language() {
        En => format!("{taken} {why} Undo the import again to go on."),
        De => {
            format!("{taken} {why} Machen Sie den Import noch einmal rückgängig, um fortzufahren.")
        }
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
        let three = ["A".to_owned(), "B".to_owned(), "C".to_owned()];
        check_both(
            || undone(12, &[]),
            "12 records were taken back.",
            "12 Einträge wurden zurückgenommen.",
        );
        check_both(
            || undone(1, &three),
            "1 record was taken back. Of 3 something stays, because they were changed since or something new belongs to them: A, B, C.",
            "1 Eintrag wurde zurückgenommen. Von 3 bleibt etwas, weil sie seither geändert wurden oder Neues dazugehört: A, B, C.",
        );
        check_both(
            || undone(0, &[three.as_slice(), three.as_slice()].concat()),
            "Nothing was taken back. Of 6 something stays, because they were changed since or something new belongs to them: A, B, C, A, B and 1 more.",
            "Es wurde nichts zurückgenommen. Von 6 bleibt etwas, weil sie seither geändert wurden oder Neues dazugehört: A, B, C, A, B und 1 weitere.",
        );
        check_both(
            || undo_stopped(1, "Why."),
            "1 record was taken back. Why. Undo the import again to go on.",
            "1 Eintrag wurde zurückgenommen. Why. Machen Sie den Import noch einmal rückgängig, um fortzufahren.",
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
