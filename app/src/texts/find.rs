//! Palette, comments, wording, what is shared and dropped, "Log it?".

use handbook::Language::{De, En};

use super::language;

texts! {
    recent = "Recent" | "Zuletzt";
    one_kind = "Only this kind" | "Nur diese Art";
    plan_visit = "Plan visit" | "Besuch planen";
    theme_light = "Switch to light" | "Auf hell umschalten";
    theme_dark = "Switch to dark" | "Auf dunkel umschalten";
    theme_system = "Follow the system’s light and dark" | "Hell und dunkel wie das System";
    sync_now = "Sync now" | "Jetzt abgleichen";
    print_page = "Print this page" | "Diese Seite drucken";
    export_all = "Export everything as JSON" | "Alles als JSON exportieren";
    comments = "Comments" | "Kommentare";
    comment = "Comment" | "Kommentar";
    comment_help = "For colleagues only; no client sees it. Write @ and a name to point it out to somebody."
        | "Nur für Kolleginnen und Kollegen; kein Kunde sieht es. Mit @ und einem Namen weisen Sie jemanden darauf hin.";
    add_comment = "Add comment" | "Kommentar hinzufügen";
    no_comments = "Nobody has commented on this yet." | "Dazu hat noch niemand etwas angemerkt.";
    colleagues = "Colleagues" | "Kolleginnen und Kollegen";
    edit_comment = "Edit comment" | "Kommentar bearbeiten";
    seen = "Seen" | "Gesehen";
    mentions = "You were mentioned" | "Sie wurden erwähnt";
    wording = "Wording" | "Formulierung";
    instead = "Better" | "Besser";
    client_could_read = "The client could read this" | "Der Kunde könnte das lesen";
    client_sees = "What the client would read" | "Was der Kunde lesen würde";
    team_only = "This record is for the team. Were it shared, the client would read only what stands here."
        | "Dieser Eintrag ist für das Team. Würde er geteilt, läse der Kunde nur, was hier steht.";
    client_sees_nothing = "Nothing of it: no field that a client may see is filled in."
        | "Nichts davon: Kein Feld, das ein Kunde sehen darf, ist ausgefüllt.";
    not_now = "Not now" | "Jetzt nicht";
    log_it = "Log it" | "Festhalten";
    drop_to_import = "Drop it to see what would become of it" | "Ablegen, um zu sehen, was daraus würde";
    taking_shared = "Taking in what was shared" | "Geteiltes wird übernommen";
    share_failed = "What was shared could not be read. It is still in the app it came from; save it there as a file and drop it here."
        | "Das Geteilte ließ sich nicht lesen. Es liegt noch in der App, aus der es kam; speichern Sie es dort als Datei und legen Sie sie hier ab.";
}

/// "Archive Merrow", or the way back.
pub fn archive(client: &str, archived: bool) -> String {
    match (language(), archived) {
        (En, false) => format!("Archive {client}"),
        (En, true) => format!("Bring {client} back"),
        (De, false) => format!("{client} archivieren"),
        (De, true) => format!("{client} zurückholen"),
    }
}

/// "Deutsch": the name of a language as a command.
pub fn switch_to(language_name: &str) -> String {
    match language() {
        En => format!("Switch to {language_name}"),
        De => format!("Auf {language_name} umschalten"),
    }
}

/// "on Late delivery": what a comment is about.
pub fn about(title: &str) -> String {
    match language() {
        En => format!("on {title}"),
        De => format!("zu {title}"),
    }
}

/// "with Greta Holm and Anna": who was there.
pub fn with(names: &str) -> String {
    match language() {
        En => format!("with {names}"),
        De => format!("mit {names}"),
    }
}

/// "by Anna": who wrote it down.
pub fn by(name: &str) -> String {
    match language() {
        En => format!("by {name}"),
        De => format!("von {name}"),
    }
}

/// "Bruno commented: please call.": a line of history.
pub fn commented(name: &str, text: &str) -> String {
    match language() {
        En => format!("{name} commented: {text}"),
        De => format!("{name} merkte an: {text}"),
    }
}

/// "seen by Anna".
pub fn seen_by(names: &str) -> String {
    match language() {
        En => format!("seen by {names}"),
        De => format!("gesehen von {names}"),
    }
}

/// "Bruno, on Late delivery, Merrow".
pub fn mentioned_by(name: &str, title: &str, client: &str) -> String {
    let about = about(title);
    if client.is_empty() || client == title {
        format!("{name}, {about}")
    } else {
        format!("{name}, {about}, {client}")
    }
}

/// "“idiots” may hurt."
pub fn hint(words: &str, concern: &str) -> String {
    match language() {
        En => format!("“{words}” {concern}."),
        De => format!("„{words}“ {concern}."),
    }
}

/// "Stays with the team: What was said, Function."
pub fn stays(fields: &str) -> String {
    match language() {
        En => format!("Stays with the team: {fields}."),
        De => format!("Bleibt im Team: {fields}."),
    }
}

/// "You called Zoë Müller."
pub fn called(name: &str) -> String {
    match language() {
        En => format!("You called {name}."),
        De => format!("Sie haben {name} angerufen."),
    }
}

/// "You wrote to Zoë Müller."
pub fn wrote(name: &str) -> String {
    match language() {
        En => format!("You wrote to {name}."),
        De => format!("Sie haben {name} geschrieben."),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn sentences() {
        check_both(|| archive("Merrow", false), "Archive Merrow", "Merrow archivieren");
        check_both(|| archive("Merrow", true), "Bring Merrow back", "Merrow zurückholen");
        check_both(
            || mentioned_by("Bruno", "Late delivery", "Merrow"),
            "Bruno, on Late delivery, Merrow",
            "Bruno, zu Late delivery, Merrow",
        );
        check_both(
            || mentioned_by("Bruno", "Merrow", "Merrow"),
            "Bruno, on Merrow",
            "Bruno, zu Merrow",
        );
        check_both(|| hint("idiots", "may hurt"), "“idiots” may hurt.", "„idiots“ may hurt.");
    }
}
