//! Photos and files that belong to a record.

use handbook::Language::{De, En};

use super::language;
use crate::ui::format;

texts! {
    attachments = "Photos and files" | "Fotos und Dateien";
    none = "There is no photo or file here yet." | "Hier ist noch kein Foto und keine Datei.";
    take_photo = "Take photo" | "Foto aufnehmen";
    add_file = "Add file" | "Datei hinzufügen";
    taking_in = "Taking it in" | "Wird übernommen";
    help = "For the team only. Photos are kept at most 2,560 pixels long and without what cameras write into them, such as the place; other files stay as they are."
        | "Nur für das Team. Fotos bleiben höchstens 2.560 Bildpunkte lang und ohne das, was Kameras hineinschreiben, etwa den Ort; andere Dateien bleiben, wie sie sind.";
    open = "Open" | "Öffnen";
    save_file = "Save as file" | "Als Datei speichern";
    fetch = "Fetch" | "Holen";
    edit = "Edit caption" | "Beschriftung bearbeiten";
    remove = "Remove" | "Entfernen";
    photo = "Photo" | "Foto";
    file = "File" | "Datei";
    only_here = "Only on this device" | "Nur auf diesem Gerät";
    not_here = "Not on this device yet" | "Noch nicht auf diesem Gerät";
    relay_full = "The relay has no room left for attachments. They stay on this device and are offered again; ask who runs the relay for more room. Everything else goes on."
        | "Das Relay hat keinen Platz mehr für Anlagen. Sie bleiben auf diesem Gerät und werden wieder angeboten; bitten Sie, wer das Relay betreibt, um mehr Platz. Alles andere geht weiter.";
    unknown = "This attachment is not on this device any more." | "Diese Anlage ist nicht mehr auf diesem Gerät.";
    damaged = "What this device has of the attachment is damaged, and the relay has never had it. It was left as it is; add the photo or file again if you have it elsewhere."
        | "Was dieses Gerät von der Anlage hat, ist beschädigt, und das Relay hatte sie nie. Es bleibt, wie es ist; fügen Sie das Foto oder die Datei noch einmal hinzu, wenn Sie sie anderswo haben.";
    damaged_fetch = "What this device had of the attachment was damaged and has been deleted. Fetch it again from the relay."
        | "Was dieses Gerät von der Anlage hatte, war beschädigt und wurde gelöscht. Holen Sie sie noch einmal vom Relay.";
    fetch_offline = "The relay is not reachable now. The attachment can be fetched when it is."
        | "Das Relay ist gerade nicht erreichbar. Die Anlage lässt sich holen, sobald es das ist.";
    no_picture = "The browser cannot show this picture; save it as a file." | "Der Browser kann dieses Bild nicht zeigen; speichern Sie es als Datei.";
    client_files = "All photos and files" | "Alle Fotos und Dateien";
    not_saved = "The browser did not save the file." | "Der Browser hat die Datei nicht gespeichert.";
}

/// "Sending, 40 %".
pub fn sending(percent: u64) -> String {
    match language() {
        En => format!("Only on this device, sending: {percent} %"),
        De => format!("Nur auf diesem Gerät, wird gesandt: {percent} %"),
    }
}

/// "Fetching, 40 %".
pub fn fetching(percent: u64) -> String {
    match language() {
        En => format!("Fetching: {percent} %"),
        De => format!("Wird geholt: {percent} %"),
    }
}

/// Part of it came before the line broke.
pub fn partly(percent: u64) -> String {
    match language() {
        En => format!("Not on this device yet: {percent} % of it came"),
        De => format!("Noch nicht auf diesem Gerät: {percent} % davon sind da"),
    }
}

/// Where it is, if the relay was asked and did not have it.
pub fn elsewhere(name: &str) -> String {
    match language() {
        En if name.is_empty() => {
            "Not on this device yet: it is on the device that added it, which has not sent it so far".into()
        }
        De if name.is_empty() => {
            "Noch nicht auf diesem Gerät: Es liegt auf dem Gerät, das es hinzugefügt und noch nicht gesandt hat".into()
        }
        En => format!("Not on this device yet: it is on a device of {name}, which has not sent it so far"),
        De => format!("Noch nicht auf diesem Gerät: Es liegt auf einem Gerät von {name}, das es noch nicht gesandt hat"),
    }
}

/// "Photo, 240 kB".
pub fn what(picture: bool, bytes: u64) -> String {
    let what = if picture { photo() } else { file() };
    format!("{what}, {}", format::bytes(bytes))
}

/// "Open quay.jpg": the name of a button that shows a picture.
pub fn open_named(name: &str) -> String {
    match language() {
        En => format!("Open {name}"),
        De => format!("{name} öffnen"),
    }
}

/// It is stored.
pub fn added(name: &str) -> String {
    match language() {
        En => format!("{name} is kept on this device"),
        De => format!("{name} ist auf diesem Gerät gespeichert"),
    }
}

/// Larger than an attachment may be.
pub fn too_large(name: &str, most: u64) -> String {
    let most = format::bytes(most);
    match language() {
        En => format!(
            "“{name}” was not added: it is larger than {most}. Add a smaller version, or a link to where it lies."
        ),
        De => format!(
            "„{name}“ wurde nicht hinzugefügt: Die Datei ist größer als {most}. Fügen Sie eine kleinere Fassung hinzu oder einen Link dorthin, wo sie liegt."
        ),
    }
}

/// The storage refused: nothing was added, and why.
pub fn not_kept(why: &str) -> String {
    match language() {
        En => format!(
            "The attachment was not added, and nothing of it was stored. {why} What was saved before is safe; make room on this device and add it again."
        ),
        De => format!(
            "Die Anlage wurde nicht hinzugefügt, und nichts davon wurde gespeichert. {why} Was vorher gespeichert wurde, ist sicher; schaffen Sie Platz auf diesem Gerät, und fügen Sie sie noch einmal hinzu."
        ),
    }
}

/// Attachments stay where they are.
pub fn not_carried(why: &str) -> String {
    match language() {
        En => format!(
            "Attachments are not sent or fetched at the moment ({why}). They stay where they are, and it is tried again."
        ),
        De => format!(
            "Anlagen werden gerade weder gesandt noch geholt (technische Angabe: {why}). Sie bleiben, wo sie sind, und es wird wieder versucht."
        ),
    }
}

/// "Belongs to: Late delivery".
pub fn belongs_to(title: &str) -> String {
    match language() {
        En => format!("Belongs to: {title}"),
        De => format!("Gehört zu: {title}"),
    }
}
