//! The team, its devices, its keys and its recovery kit: who may read, who may no longer, and how to get back in. Long
//! because it is a catalogue, every text twice.

use handbook::Language::{De, En};

use super::{count, language};

texts! {
    title = "Team and devices" | "Team und Geräte";
    lead = "Who can read this workspace, and on which devices. The relay knows keys and roles, never names."
        | "Wer diesen Arbeitsbereich lesen kann, und auf welchen Geräten. Das Relay kennt Schlüssel und Rollen, keine Namen.";
    people = "In the team" | "Im Team";
    you = "You" | "Sie";
    never_seen = "Nothing of it has been read here yet" | "Hier wurde noch nichts davon gelesen";
    change_role = "Change role" | "Rolle ändern";
    save_role = "Save role" | "Rolle speichern";
    role_saved = "The role is changed." | "Die Rolle ist geändert.";
    role_owner = "Reads and writes everything, invites, removes, and gives roles."
        | "Liest und schreibt alles, lädt ein, entfernt und vergibt Rollen.";
    role_editor = "Reads and writes everything, and invites." | "Liest und schreibt alles und lädt ein.";
    role_reader = "Reads everything and writes nothing." | "Liest alles und schreibt nichts.";
    link_device = "Link another device" | "Weiteres Gerät verbinden";
    link_device_help = "For a phone or tablet of your own. It gets the whole workspace under your name."
        | "Für ein eigenes Telefon oder Tablet. Es erhält den ganzen Arbeitsbereich unter Ihrem Namen.";
    device_link = "Link for the device" | "Link für das Gerät";
    device_code = "The link for the device as a code to scan" | "Der Link für das Gerät als Code zum Scannen";
    for_device = "Your own further device" | "Eigenes weiteres Gerät";
    for_their_device = "A further device of theirs" | "Ein weiteres Gerät von ihnen";
    invited = "Invited" | "Eingeladen";
    invite_over = "Expired: take it back and make another" | "Abgelaufen: nehmen Sie sie zurück, und erstellen Sie eine neue";
    remove = "Remove" | "Entfernen";
    remove_and_wipe = "Remove and wipe" | "Entfernen und löschen";
    wipe = "Ask for everything there to be deleted" | "Dort alles löschen lassen";
    wipe_help = "It happens when the app there is next online; work that exists only there can be exported first. A device that stays offline, or whose app was changed, keeps what it has."
        | "Es geschieht, sobald die App dort wieder online ist; Arbeit, die es nur dort gibt, lässt sich vorher exportieren. Ein Gerät, das offline bleibt oder dessen App verändert wurde, behält, was es hat.";
    what_happens = "What happens" | "Was geschieht";
    new_key_begins = "A new key begins: nothing that is written from now on opens there."
        | "Ein neuer Schlüssel beginnt: Nichts, was von nun an geschrieben wird, lässt sich dort öffnen.";
    unsent_stays = "What was written there and not sent is not taken any more. It stays there."
        | "Was dort geschrieben und nicht gesandt wurde, wird nicht mehr angenommen. Es bleibt dort.";
    kit_replaced_with_it = "The recovery kit may be known there, so it is replaced: a new sheet to print comes next."
        | "Das Wiederherstellungsblatt könnte dort bekannt sein und wird ersetzt: Als Nächstes kommt ein neues Blatt zum Drucken.";
    kit_dropped_with_it = "The recovery kit may be known there, so it counts no longer. Ask an owner to make another one."
        | "Das Wiederherstellungsblatt könnte dort bekannt sein und gilt nicht mehr. Bitten Sie eine Inhaberin oder einen Inhaber um ein neues.";
    removed_now = "Removed. A new key has begun." | "Entfernt. Ein neuer Schlüssel hat begonnen.";
    leave = "Leave team" | "Team verlassen";
    leave_title = "Leave this team?" | "Dieses Team verlassen?";
    leave_out = "All your devices are shut out at once. They keep what they have."
        | "Alle Ihre Geräte sind sofort ausgeschlossen. Sie behalten, was sie haben.";
    leave_owed = "The next owner who is online begins a new key."
        | "Die nächste Inhaberin oder der nächste Inhaber, der online ist, beginnt einen neuen Schlüssel.";
    leave_back = "You come back only by a new invitation." | "Zurück kommen Sie nur mit einer neuen Einladung.";
    leave_last = "You are the only owner. Make somebody else an owner first, or a workspace without owners would be left behind."
        | "Sie sind die einzige Inhaberin oder der einzige Inhaber. Geben Sie diese Rolle zuerst jemand anderem; sonst bliebe ein Arbeitsbereich ohne sie zurück.";
    gone = "No longer in the team" | "Nicht mehr im Team";
    gone_left = "Left" | "Gegangen";
    gone_removed = "Removed" | "Entfernt";
    gone_wiped = "Removed, to be wiped" | "Entfernt, zu löschen";
    owed = "A new key is owed. Somebody left, and until an owner is online, new work is still sealed with a key that they have; the relay does not give it to them."
        | "Ein neuer Schlüssel steht aus. Jemand ist gegangen, und bis eine Inhaberin oder ein Inhaber online ist, wird neue Arbeit noch mit einem Schlüssel versiegelt, den diese Person hat; das Relay gibt sie ihr nicht.";
    owed_yours = "A new key is owed, because somebody left. It begins by itself as soon as this device is online."
        | "Ein neuer Schlüssel steht aus, weil jemand gegangen ist. Er beginnt von selbst, sobald dieses Gerät online ist.";
    key = "Key" | "Schlüssel";
    key_help = "Every removal begins a new key by itself. Begin one by hand if a device says that it lacks the current key, or if you fear that a key has leaked. Open invitations are shut by it."
        | "Jedes Entfernen beginnt von selbst einen neuen Schlüssel. Beginnen Sie einen von Hand, wenn ein Gerät sagt, dass ihm der aktuelle Schlüssel fehlt, oder wenn Sie fürchten, dass ein Schlüssel bekannt wurde. Offene Einladungen gelten dann nicht mehr.";
    new_key = "Begin new key" | "Neuen Schlüssel beginnen";
    new_key_done = "A new key has begun." | "Ein neuer Schlüssel hat begonnen.";
    kit = "Recovery kit" | "Wiederherstellungsblatt";
    kit_for = "A printed sheet that lets an owner back in when every device is lost. Nobody else has a copy of the keys: without a device and without the sheet the data is gone."
        | "Ein gedrucktes Blatt, das eine Inhaberin oder einen Inhaber wieder einlässt, wenn jedes Gerät verloren ist. Sonst hat niemand eine Kopie der Schlüssel: Ohne Gerät und ohne Blatt sind die Daten verloren.";
    kit_none = "There is no recovery kit. If every device is lost, everything is lost."
        | "Es gibt kein Wiederherstellungsblatt. Gehen alle Geräte verloren, ist alles verloren.";
    kit_none_not_yours = "There is no recovery kit. Ask an owner to make one."
        | "Es gibt kein Wiederherstellungsblatt. Bitten Sie eine Inhaberin oder einen Inhaber, eines zu erstellen.";
    kit_unprinted = "The kit was made here, but nobody said that it was printed. A kit on no paper opens nothing: make another one."
        | "Das Blatt wurde hier erstellt, aber niemand hat bestätigt, dass es gedruckt ist. Ein Blatt, das es nicht gibt, öffnet nichts: Erstellen Sie ein neues.";
    kit_stale = "The kit that was printed here was replaced. Destroy that sheet: it opens nothing any more."
        | "Das hier gedruckte Blatt wurde ersetzt. Vernichten Sie es: Es öffnet nichts mehr.";
    kit_used = "The kit was used to come back in. Remove the device that was lost; that makes a new kit."
        | "Mit dem Blatt wurde der Zugang wiederhergestellt. Entfernen Sie das verlorene Gerät; damit entsteht ein neues Blatt.";
    kit_used_notice = "This workspace was recovered with its kit. Until the lost device is removed, it can go on reading."
        | "Dieser Arbeitsbereich wurde mit seinem Blatt wiederhergestellt. Bis das verlorene Gerät entfernt ist, kann es weiterlesen.";
    kit_used_act = "Remove lost device" | "Verlorenes Gerät entfernen";
    make_kit = "Make kit" | "Blatt erstellen";
    replace_kit = "Replace kit" | "Blatt ersetzen";
    kit_begins_key = "A new key begins with it." | "Mit ihm beginnt ein neuer Schlüssel.";
    kit_replaces = "The sheet that was printed before opens nothing then." | "Das zuvor gedruckte Blatt öffnet dann nichts mehr.";
    kit_ready = "The sheet is shown once: have a printer at hand, or pen and paper."
        | "Das Blatt wird einmal gezeigt: Halten Sie einen Drucker bereit, oder Stift und Papier.";
    kit_made = "The recovery kit is printed and counts." | "Das Wiederherstellungsblatt ist gedruckt und gilt.";
    sheet_for = "Keep this sheet in a safe. It lets its holder back into the workspace as an owner when every device is lost: whoever finds it can read everything."
        | "Verwahren Sie dieses Blatt in einem Tresor. Es lässt, wer es hat, als Inhaberin oder Inhaber wieder ein, wenn jedes Gerät verloren ist: Wer es findet, kann alles lesen.";
    sheet_how = "To use it, scan the code; or open the app, choose “Use recovery kit”, and type phrase, workspace and relay."
        | "So benutzen Sie es: Scannen Sie den Code; oder öffnen Sie die App, wählen Sie „Blatt benutzen“, und geben Sie Wortlaut, Arbeitsbereich und Relay ein.";
    sheet_code = "The recovery kit as a code to scan" | "Das Wiederherstellungsblatt als Code zum Scannen";
    sheet_once = "It is shown this once. Print it now, or write it down."
        | "Es wird nur dieses eine Mal gezeigt. Drucken Sie es jetzt, oder schreiben Sie es ab.";
    sheet_phrase = "Phrase" | "Wortlaut";
    sheet_number = "Workspace" | "Arbeitsbereich";
    sheet_relay = "Relay" | "Relay";
    sheet_head = "Roster" | "Teamliste";
    copy_help = "If you keep it in a password manager instead of on paper, copy the link."
        | "Wenn Sie es statt auf Papier in einem Passwortspeicher verwahren, kopieren Sie den Link.";
    is_destroyed = "It is destroyed" | "Es ist vernichtet";
    print_sheet = "Print sheet" | "Blatt drucken";
    is_printed = "It is printed" | "Es ist gedruckt";
    recover_title = "Use recovery kit" | "Blatt benutzen";
    recover_text = "For an owner who has lost every device. Scan the code of the sheet with this device’s camera, paste its link, or type what it says."
        | "Für Inhaberinnen und Inhaber, die jedes Gerät verloren haben. Scannen Sie den Code des Blatts mit der Kamera dieses Geräts, fügen Sie seinen Link ein, oder geben Sie ein, was darauf steht.";
    recover_phrase = "Phrase or recovery link" | "Wortlaut oder Link des Blatts";
    recover_number = "Workspace" | "Arbeitsbereich";
    recover_number_help = "The fourteen groups under that word on the sheet. Upper or lower case does not matter."
        | "Die vierzehn Gruppen unter diesem Wort auf dem Blatt. Groß oder klein ist gleich.";
    recover_relay = "Relay" | "Relay";
    recover = "Recover workspace" | "Arbeitsbereich wiederherstellen";
    working_recover = "Recovering the workspace" | "Der Arbeitsbereich wird wiederhergestellt";
    phrase_missing = "Enter the phrase or the link of the sheet." | "Bitte geben Sie den Wortlaut oder den Link des Blatts ein.";
    number_missing = "Enter the workspace that the sheet names." | "Bitte geben Sie den Arbeitsbereich ein, den das Blatt nennt.";
    phrase_wrong = "Some letter of the phrase is mistyped. Nothing was changed; compare it with the sheet."
        | "Ein Zeichen des Wortlauts ist falsch. Es wurde nichts geändert; vergleichen Sie mit dem Blatt.";
    number_wrong = "Some letter of the workspace is mistyped. Nothing was changed; compare it with the sheet."
        | "Ein Zeichen des Arbeitsbereichs ist falsch. Es wurde nichts geändert; vergleichen Sie mit dem Blatt.";
    link_title = "Link this device" | "Dieses Gerät verbinden";
    link_text = "This device becomes one more of the person who made the link, with the whole workspace."
        | "Dieses Gerät wird ein weiteres der Person, die den Link erstellt hat, mit dem ganzen Arbeitsbereich.";
    link_this = "Link device" | "Gerät verbinden";
    working_link = "Linking this device" | "Dieses Gerät wird verbunden";
    out_removed = "This device was removed from the team." | "Dieses Gerät wurde aus dem Team entfernt.";
    out_left = "You have left the team." | "Sie haben das Team verlassen.";
    out_keeps = "What is here can be read and exported, and is not changed any more. To come back, ask for a new invitation."
        | "Was hier ist, lässt sich lesen und exportieren und wird nicht mehr geändert. Um zurückzukommen, bitten Sie um eine neue Einladung.";
    export = "Export" | "Exportieren";
    empty_device = "Delete everything here" | "Hier alles löschen";
    empty_title = "Delete this workspace from this device?" | "Diesen Arbeitsbereich von diesem Gerät löschen?";
    empty_help = "Everything of this workspace on this device is deleted, its keys included. The team keeps its own copies."
        | "Alles von diesem Arbeitsbereich auf diesem Gerät wird gelöscht, auch seine Schlüssel. Das Team behält seine eigenen Kopien.";
    wiping_title = "This device was removed" | "Dieses Gerät wurde entfernt";
    wiping_text = "An owner of the team removed it and asked for everything here to be deleted."
        | "Jemand mit der Rolle Inhaber hat es aus dem Team entfernt und darum gebeten, dass hier alles gelöscht wird.";
    wiping_now = "Everything is being deleted." | "Alles wird gelöscht.";
    export_first = "Export first" | "Zuerst exportieren";
    emptied = "This device was removed from its team, and everything it held was deleted, as the team had asked. To work with the team again, ask for a new invitation."
        | "Dieses Gerät wurde aus seinem Team entfernt, und alles, was es enthielt, wurde gelöscht, wie das Team es wollte. Um wieder mit dem Team zu arbeiten, bitten Sie um eine neue Einladung.";
    emptied_by_you = "Everything of the workspace that this device held was deleted."
        | "Alles, was dieses Gerät vom Arbeitsbereich enthielt, wurde gelöscht.";
}

// Why the team could not be changed.
texts! {
    needs_relay = "The relay cannot be reached, and the team is changed there. Nothing was changed; try again once you are online."
        | "Das Relay ist nicht erreichbar, und das Team wird dort geändert. Es wurde nichts geändert; versuchen Sie es wieder, wenn Sie online sind.";
    no_answer = "The relay has not answered yet. The change is made as soon as it does; look at this page again before you repeat it."
        | "Das Relay hat noch nicht geantwortet. Die Änderung wird gemacht, sobald es antwortet; sehen Sie wieder auf diese Seite, bevor Sie sie wiederholen.";
    no_relay = "This workspace has no relay and so no team. Nothing was changed."
        | "Dieser Arbeitsbereich hat kein Relay und deshalb kein Team. Es wurde nichts geändert.";
    late = "The change is made, but has not come back to this device yet. Look at this page again in a moment."
        | "Die Änderung ist gemacht, aber noch nicht zu diesem Gerät zurückgekommen. Sehen Sie gleich noch einmal auf diese Seite.";
    no_role = "Your role does not allow this. Nothing was changed; ask an owner of the team."
        | "Ihre Rolle erlaubt das nicht. Es wurde nichts geändert; fragen Sie eine Inhaberin oder einen Inhaber des Teams.";
    last_owner = "An owner must remain. Nothing was changed; make somebody else an owner first."
        | "Jemand mit der Rolle Inhaber muss bleiben. Es wurde nichts geändert; geben Sie diese Rolle zuerst jemand anderem.";
    removes_itself = "A device cannot remove itself. Nothing was changed; use another of your devices, or leave the team."
        | "Ein Gerät kann sich nicht selbst entfernen. Es wurde nichts geändert; benutzen Sie ein anderes Ihrer Geräte, oder verlassen Sie das Team.";
    member_unknown = "This person does not belong to the team any more. Nothing was changed."
        | "Diese Person gehört nicht mehr zum Team. Es wurde nichts geändert.";
    device_unknown = "This device does not belong to the team any more. Nothing was changed."
        | "Dieses Gerät gehört nicht mehr zum Team. Es wurde nichts geändert.";
    not_active = "This device does not belong to the team any more, so it changes nothing there. What is here stays here."
        | "Dieses Gerät gehört nicht mehr zum Team und ändert dort nichts. Was hier ist, bleibt hier.";
    lacks_key = "This device lacks the workspace’s current key, so it cannot give it to others. Nothing was changed; ask an owner to begin a new key under “Team and devices”."
        | "Diesem Gerät fehlt der aktuelle Schlüssel des Arbeitsbereichs; es kann ihn nicht weitergeben. Es wurde nichts geändert; bitten Sie eine Inhaberin oder einen Inhaber, unter „Team und Geräte“ einen neuen Schlüssel zu beginnen.";
    full = "The team has as many devices, invitations or changes as the protocol allows. Nothing was changed; take back open invitations, or remove devices that nobody uses."
        | "Das Team hat so viele Geräte, Einladungen oder Änderungen, wie das Protokoll erlaubt. Es wurde nichts geändert; nehmen Sie offene Einladungen zurück, oder entfernen Sie Geräte, die niemand benutzt.";
    moved_on = "Somebody else changes the team at the same time. Nothing was changed here; try again."
        | "Jemand anderes ändert gerade das Team. Hier wurde nichts geändert; versuchen Sie es noch einmal.";
    kit_exposed = "Somebody who goes may know the recovery kit, so it must be replaced. Nothing was changed; try again."
        | "Jemand, der geht, könnte das Wiederherstellungsblatt kennen; es muss ersetzt werden. Es wurde nichts geändert; versuchen Sie es noch einmal.";
    not_removed = "No record of the team removes this device, so nothing was deleted."
        | "Kein Eintrag des Teams entfernt dieses Gerät; deshalb wurde nichts gelöscht.";
    tab_writes = "Another tab goes on writing. Close the other tabs of this app and try again; the keys are deleted already."
        | "Ein anderer Tab schreibt weiter. Schließen Sie die anderen Tabs dieser App, und versuchen Sie es noch einmal; die Schlüssel sind schon gelöscht.";
    no_sheet = "This is not the link of a recovery kit. Nothing was changed; compare it with the sheet."
        | "Das ist nicht der Link eines Wiederherstellungsblatts. Es wurde nichts geändert; vergleichen Sie mit dem Blatt.";
    sheet_cut = "The link of the recovery kit is cut off. Nothing was changed; copy all of it."
        | "Der Link des Wiederherstellungsblatts ist abgeschnitten. Es wurde nichts geändert; kopieren Sie ihn ganz.";
    sheet_altered = "The link of the recovery kit was altered on its way. Nothing was changed; scan the code, or type what the sheet says."
        | "Der Link des Wiederherstellungsblatts wurde unterwegs verändert. Es wurde nichts geändert; scannen Sie den Code, oder geben Sie ein, was auf dem Blatt steht.";
    sheet_newer = "The recovery kit was made by a newer version of the app. Nothing was changed; reload to update, then try again."
        | "Das Wiederherstellungsblatt stammt aus einer neueren Version der App. Es wurde nichts geändert; laden Sie neu, um zu aktualisieren, und versuchen Sie es dann noch einmal.";
}

/// "Device A3".
pub fn device(mark: &str) -> String {
    match language() {
        En => format!("Device {mark}"),
        De => format!("Gerät {mark}"),
    }
}

/// "Last seen today 11:40".
pub fn last_seen(when: &str) -> String {
    match language() {
        En => format!("Last seen {when}"),
        De => format!("Zuletzt gesehen {when}"),
    }
}

/// Whose device a restored relay does not know any more.
pub fn to_invite(names: &[String]) -> String {
    let names = names.join(", ");
    match language() {
        En => format!(
            "The relay was restored from a backup from before these came in: {names}. Nothing is lost on their devices. Invite them again; each opens the new link in the browser used before, and everything there goes on."
        ),
        De => format!(
            "Das Relay wurde aus einer Sicherung wiederhergestellt, die älter ist als der Beitritt von: {names}. Auf deren Geräten ist nichts verloren. Laden Sie noch einmal ein; wer den neuen Link im bisherigen Browser öffnet, fährt dort mit allem fort."
        ),
    }
}

/// "3 people, 5 devices".
pub fn counted(people: usize, devices: usize) -> String {
    let people = count(people as u64, ["person", "people"], ["Person", "Personen"]);
    let devices = count(devices as u64, ["device", "devices"], ["Gerät", "Geräte"]);
    format!("{people}, {devices}")
}

/// "Change role of Bruno".
pub fn change_role_of(name: &str) -> String {
    match language() {
        En => format!("Change role of {name}"),
        De => format!("Rolle ändern von {name}"),
    }
}

/// "Remove Bruno from the team".
pub fn remove_member(name: &str) -> String {
    match language() {
        En => format!("Remove {name} from the team"),
        De => format!("{name} aus dem Team entfernen"),
    }
}

/// "Remove device A3 of Bruno".
pub fn remove_device(mark: &str, name: &str) -> String {
    match language() {
        En => format!("Remove device {mark} of {name}"),
        De => format!("Gerät {mark} von {name} entfernen"),
    }
}

/// Until when an invitation can be used, and who made it where that is known.
pub fn until_by(until: &str, name: &str) -> String {
    match (name, language()) {
        ("", _) => format!("{until}."),
        (name, En) => format!("{until}. Made by {name}."),
        (name, De) => format!("{until}. Erstellt von {name}."),
    }
}

/// The accessible name of a short "Remove", which it begins with.
pub fn remove_what(what: &str) -> String {
    format!("{}: {what}", remove())
}

/// What becomes of the devices that go.
pub fn shut_out(devices: usize) -> String {
    match (devices, language()) {
        (1, En) => "1 device is shut out at once. It keeps what it has read.".into(),
        (n, En) => format!("{n} devices are shut out at once. They keep what they have read."),
        (1, De) => "1 Gerät ist sofort ausgeschlossen. Es behält, was es gelesen hat.".into(),
        (n, De) => {
            format!("{n} Geräte sind sofort ausgeschlossen. Sie behalten, was sie gelesen haben.")
        }
    }
}

/// What becomes of open invitations.
pub fn shuts_invites(n: usize) -> String {
    match (n, language()) {
        (1, En) => "1 open invitation is shut with it. Make a new one afterwards.".into(),
        (n, En) => format!("{n} open invitations are shut with it. Make new ones afterwards."),
        (1, De) => {
            "1 offene Einladung gilt dann nicht mehr. Erstellen Sie danach eine neue.".into()
        }
        (n, De) => {
            format!("{n} offene Einladungen gelten dann nicht mehr. Erstellen Sie danach neue.")
        }
    }
}

/// "The kit was made by Anna."
pub fn kit_by(name: &str) -> String {
    match language() {
        En => format!(
            "A kit exists; {name} made it. Whoever has the sheet can come back in as an owner."
        ),
        De => format!(
            "Es gibt ein Blatt; erstellt von {name}. Wer es hat, kommt als Inhaberin oder Inhaber wieder hinein."
        ),
    }
}

/// "Key 3 of this workspace."
pub fn key_number(epoch: u32) -> String {
    match language() {
        En => format!("This workspace is at its key number {epoch}."),
        De => format!("Dieser Arbeitsbereich ist bei seinem Schlüssel Nummer {epoch}."),
    }
}

/// "Recovery kit of Northwind".
pub fn sheet_of(firm: &str) -> String {
    match language() {
        En => format!("Recovery kit of {firm}"),
        De => format!("Wiederherstellungsblatt von {firm}"),
    }
}

/// "Made on 22 November 2026 by Anna."
pub fn sheet_made(day: &str, by: &str) -> String {
    match language() {
        En => format!("Made on {day} by {by}. It counts until another kit is made."),
        De => format!("Erstellt am {day} von {by}. Es gilt, bis ein anderes erstellt wird."),
    }
}

/// What exists on this device only and is not sent.
pub fn only_here(n: u64) -> String {
    match (n, language()) {
        (1, En) => "1 change exists only here: the relay does not take it any more.".into(),
        (n, En) => format!("{n} changes exist only here: the relay does not take them any more."),
        (1, De) => "1 Änderung gibt es nur hier: Das Relay nimmt sie nicht mehr an.".into(),
        (n, De) => format!("{n} Änderungen gibt es nur hier: Das Relay nimmt sie nicht mehr an."),
    }
}

/// The same, before it is deleted.
pub fn lost_with_it(n: u64) -> String {
    let changes =
        count(n, ["change exists", "changes exist"], ["Änderung gibt", "Änderungen gibt"]);
    match (n, language()) {
        (1, En) => format!("{changes} only here. Export first if you need it."),
        (_, En) => format!("{changes} only here. Export first if you need them."),
        (_, De) => format!("{changes} es nur hier. Exportieren Sie zuerst, wenn Sie sie brauchen."),
    }
}

/// A letter that no sheet has.
pub fn letter_unknown(letter: char) -> String {
    match language() {
        En => format!(
            "“{letter}” does not occur on a sheet. Nothing was changed; compare it with the sheet."
        ),
        De => format!(
            "„{letter}“ kommt auf keinem Blatt vor. Es wurde nichts geändert; vergleichen Sie mit dem Blatt."
        ),
    }
}

/// Too few or too many letters.
pub fn letters_wrong(expected: usize, found: usize) -> String {
    match language() {
        En => format!(
            "It has {expected} letters on the sheet, and {found} were entered. Nothing was changed."
        ),
        De => format!(
            "Auf dem Blatt hat es {expected} Zeichen; eingegeben wurden {found}. Es wurde nichts geändert."
        ),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn sentences_with_numbers_and_names() {
        check_both(|| counted(1, 2), "1 person, 2 devices", "1 Person, 2 Geräte");
        check_both(
            || shut_out(1),
            "1 device is shut out at once. It keeps what it has read.",
            "1 Gerät ist sofort ausgeschlossen. Es behält, was es gelesen hat.",
        );
        check_both(
            || shuts_invites(2),
            "2 open invitations are shut with it. Make new ones afterwards.",
            "2 offene Einladungen gelten dann nicht mehr. Erstellen Sie danach neue.",
        );
        check_both(
            || {
                to_invite(&["Ada".into(), "Bo".into()])
                    .split(". ")
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            },
            "The relay was restored from a backup from before these came in: Ada, Bo",
            "Das Relay wurde aus einer Sicherung wiederhergestellt, die älter ist als der Beitritt von: Ada, Bo",
        );
        check_both(
            || remove_device("A3", "Bruno"),
            "Remove device A3 of Bruno",
            "Gerät A3 von Bruno entfernen",
        );
        check_both(
            || lost_with_it(1),
            "1 change exists only here. Export first if you need it.",
            "1 Änderung gibt es nur hier. Exportieren Sie zuerst, wenn Sie sie brauchen.",
        );
        check_both(
            || letters_wrong(32, 31),
            "It has 32 letters on the sheet, and 31 were entered. Nothing was changed.",
            "Auf dem Blatt hat es 32 Zeichen; eingegeben wurden 31. Es wurde nichts geändert.",
        );
    }
}
