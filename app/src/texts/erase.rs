//! Erasing what is held about a person: what goes, what stays, and who has carried it out.

use handbook::Language::{De, En};

use super::{count, language};

texts! {
    erase = "Erase this person" | "Diese Person löschen";
    for_ever = "Erase for ever" | "Endgültig löschen";
    lead = "Everything below goes from every device of the team and from the relay. It cannot be taken back."
        | "Alles Folgende verschwindet von allen Geräten des Teams und vom Relay. Es lässt sich nicht zurücknehmen.";
    looking = "Looking what is held about them" | "Es wird gesucht, was vorliegt";
    goes = "Goes" | "Verschwindet";
    stays = "Stays, without them in it" | "Bleibt, ohne diese Person";
    reach = "How far it reaches" | "Wie weit es reicht";
    in_words = "What somebody wrote about them under another name, in a picture or in a file of somebody else is not found: look for that yourself."
        | "Was jemand unter anderem Namen, in einem Bild oder in einer fremden Datei über sie festgehalten hat, wird nicht gefunden: Bitte selbst danach suchen.";
    offline = "Devices that are offline carry it out when they are next online. Team and devices shows which have."
        | "Geräte, die offline sind, führen es aus, sobald sie wieder online sind. Welche das getan haben, steht unter Team und Geräte.";
    backups = "Exports, prints and backups of the relay made before keep it."
        | "Frühere Exporte, Ausdrucke und Sicherungen des Relays behalten es.";
    export_first = "Export it first" | "Zuerst exportieren";
    understood = "I have read what goes, and mean it" | "Ich habe gelesen, was verschwindet, und will das";
    asked = "The person is being erased." | "Die Person wird gelöscht.";
    erasures = "Erased people" | "Gelöschte Personen";
    waits = "Waits" | "Wartet";
    waits_here = "Waits on this device for the relay, or for changes that are still on their way."
        | "Wartet auf diesem Gerät auf das Relay oder auf Änderungen, die noch unterwegs sind.";
    waits_for_owner = "Waits on this device: only owners erase people, and you are no longer one. Ask an owner to erase this person, and take this back."
        | "Wartet auf diesem Gerät: Nur Inhaberinnen und Inhaber löschen Personen, und Sie gehören nicht mehr dazu. Bitten Sie jemanden von ihnen darum, und nehmen Sie dies zurück.";
    device_waits = "has not carried it out yet" | "hat es noch nicht ausgeführt";
    device_gone = "was removed before it could say so, and may have kept it"
        | "wurde vorher entfernt und hat es vielleicht behalten";
    not_owner = "Only an owner of this workspace erases what is held about a person."
        | "Nur Inhaberinnen und Inhaber dieses Arbeitsbereichs löschen, was über eine Person vorliegt.";
    missing = "This person is not on this device, so nothing was erased."
        | "Diese Person ist nicht auf diesem Gerät; es wurde nichts gelöscht.";
    troubled = "Some changes of this client could not be read on this device yet, so nothing was erased. Wait until everything is here, or update the app, and try again."
        | "Einige Änderungen bei diesem Kunden konnten auf diesem Gerät noch nicht gelesen werden; es wurde nichts gelöscht. Warten Sie, bis alles da ist, oder aktualisieren Sie die App, und versuchen Sie es erneut.";
    under_way = "An erasure at this client is still under way. Begin the next when it is done."
        | "Bei diesem Kunden läuft noch eine Löschung. Beginnen Sie die nächste, wenn sie fertig ist.";
    begun = "This erasure has begun already: it cannot be taken back."
        | "Diese Löschung hat schon begonnen: Sie lässt sich nicht mehr zurücknehmen.";
    too_large = "What this client holds is too much to begin again with at once, so nothing was erased. Photos weigh most: remove those that nobody needs, and try again."
        | "Was bei diesem Kunden vorliegt, ist zu viel, um damit auf einmal neu zu beginnen; es wurde nichts gelöscht. Fotos wiegen am meisten: Entfernen Sie, welche niemand braucht, und versuchen Sie es erneut.";
    device_lost = "its word was lost when the relay was restored; what it may still hold goes when it is next online"
        | "seine Bestätigung ging verloren, als das Relay wiederhergestellt wurde; was es noch hat, verschwindet, sobald es wieder online ist";
    withdraw = "Do not erase" | "Doch nicht löschen";
    withdrawn = "Nobody is erased." | "Es wird niemand gelöscht.";
    will_go = "This person will be erased as soon as the relay can be reached."
        | "Diese Person wird gelöscht, sobald das Relay erreichbar ist.";
    is_going = "This person is being erased." | "Diese Person wird gerade gelöscht.";
    update = "A newer version of the app has written at this client. Update the app, then erase."
        | "Eine neuere Version der App hat bei diesem Kunden geschrieben. Aktualisieren Sie die App, und löschen Sie dann.";
}

/// "Erase Lena Novak?".
pub fn question(name: &str) -> String {
    match language() {
        En => format!("Erase {name}?"),
        De => format!("{name} löschen?"),
    }
}

/// "A person at Merrow Water Board".
pub fn whom(people: usize, client: &str) -> String {
    let people = count(people as u64, ["person", "people"], ["Person", "Personen"]);
    match (client, language()) {
        ("", _) => people,
        (client, En) => format!("{people} at {client}"),
        (client, De) => format!("{people} bei {client}"),
    }
}

/// "Carried out on 2 of 3 devices. Asked for by Ada."
pub fn carried_out(done: usize, of: usize, by: &str) -> String {
    match language() {
        En if done == of => format!("Carried out on every device. Asked for by {by}."),
        De if done == of => format!("Auf allen Geräten ausgeführt. Veranlasst von {by}."),
        En => format!("Carried out on {done} of {of} devices. Asked for by {by}."),
        De => format!("Ausgeführt auf {done} von {of} Geräten. Veranlasst von {by}."),
    }
}

/// "Ada's device A0 carried it out on 3 November, 10:20".
pub fn device_done(at: &str) -> String {
    match language() {
        En => format!("carried it out, {at}"),
        De => format!("hat es ausgeführt, {at}"),
    }
}
