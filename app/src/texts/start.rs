//! The three doors.

use handbook::Language::{De, En};

use super::language;

texts! {
    title = "The relationship handbook of your firm" | "Das Beziehungshandbuch Ihrer Firma";
    lead = "What each client expects, what was promised, what went wrong and how it was put right. On this device, with or without a network."
        | "Was jeder Kunde erwartet, was zugesagt wurde, was schiefging und wie es in Ordnung gebracht wurde. Auf diesem Gerät, mit oder ohne Netz.";
    start_title = "Start a workspace" | "Einen Arbeitsbereich beginnen";
    start_text = "For the first person of a firm. Name it, add a client, log one conversation; the rest waits until you want it."
        | "Für die erste Person einer Firma. Benennen Sie sie, legen Sie einen Kunden an, halten Sie ein Gespräch fest; alles Weitere wartet, bis Sie es brauchen.";
    start_workspace = "Start workspace" | "Arbeitsbereich beginnen";
    join_title = "Join a team" | "Einem Team beitreten";
    join_text = "Open your invitation here, or scan it. You get the whole workspace, years back, and keep it offline."
        | "Öffnen Sie hier Ihre Einladung, oder scannen Sie sie. Sie erhalten den ganzen Arbeitsbereich, Jahre zurück, und behalten ihn offline.";
    join_team = "Join team" | "Team beitreten";
    invitation_link = "Invitation link" | "Einladungslink";
    look_title = "Look around" | "Umsehen";
    look_text = "A sample firm with believable work, marked as a sample on every page. Gone again in one tap."
        | "Eine Musterfirma mit glaubhaften Vorgängen (auf Englisch), auf jeder Seite als Muster gekennzeichnet. Mit einem Tippen wieder fort.";
    open_sample = "Open sample firm" | "Musterfirma öffnen";
    firm_name = "Firm’s name" | "Name der Firma";
    your_name = "Your name" | "Ihr Name";
    your_name_help = "As colleagues and clients know you." | "Wie Team und Kunden Sie kennen.";
    works_offline = "Works whole without a network" | "Arbeitet vollständig ohne Netz";
    relay_blind = "The relay cannot read a word" | "Das Relay kann kein Wort lesen";
    leaves_with_you = "Leaves with you in one open file" | "Geht mit Ihnen in einer offenen Datei";
    firm_missing = "Enter the firm’s name." | "Bitte geben Sie den Namen der Firma ein.";
    name_missing = "Enter your name." | "Bitte geben Sie Ihren Namen ein.";
    link_missing = "Paste the invitation link." | "Bitte fügen Sie den Einladungslink ein.";
    no_setup_link = "Without a set-up link the workspace stays on this device. Whoever runs the relay gets the link from its first line of output."
        | "Ohne Einrichtungslink bleibt der Arbeitsbereich auf diesem Gerät. Wer das Relay betreibt, findet den Link in seiner ersten Ausgabezeile.";
    setup_link = "Set-up link or token" | "Einrichtungslink oder -code";
    setup_link_help = "From whoever runs your relay. Leave it empty to work on this device only."
        | "Von der Person, die Ihr Relay betreibt. Leer lassen, um nur auf diesem Gerät zu arbeiten.";
    working_start = "Starting the workspace" | "Der Arbeitsbereich wird angelegt";
    working_join = "Joining the team" | "Beitritt zum Team läuft";
    working_sample = "Making the sample firm" | "Die Musterfirma wird angelegt";
    joining_goes_on = "Joining the team. The workspace is fetched as soon as the relay can be reached."
        | "Beitritt zum Team läuft. Der Arbeitsbereich wird geholt, sobald das Relay erreichbar ist.";
    cancel_joining = "Cancel" | "Abbrechen";
    joining_paused = "Joining was stopped. What was fetched so far stays on this device, and going on begins where it stopped."
        | "Der Beitritt wurde angehalten. Was schon geholt wurde, bleibt auf diesem Gerät; beim Fortfahren geht es dort weiter.";
    joining_resume = "Go on joining" | "Beitritt fortsetzen";
    problem_title = "That did not work" | "Das hat nicht geklappt";
}

/// How much of a workspace was fetched.
pub fn fetching(at: u64, of: u64) -> String {
    match language() {
        En => format!("Fetching the workspace: {at} of {of} entries"),
        De => format!("Der Arbeitsbereich wird geholt: {at} von {of} Einträgen"),
    }
}
