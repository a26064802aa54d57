//! A workspace that its relay does not have: setting it up there again, from a device of the team.

use handbook::Language::{De, En};

use super::language;

texts! {
    gone = "The relay does not have this workspace any more. It was emptied or set up anew. Everything here is safe, and you can go on working. Ask who runs the relay to restore a backup; if there is none, open its new set-up link on this device, or paste it under “Team and devices”."
        | "Das Relay hat diesen Arbeitsbereich nicht mehr. Es wurde geleert oder neu eingerichtet. Alles hier ist sicher, und Sie können weiterarbeiten. Bitten Sie, wer das Relay betreibt, eine Sicherung zurückzuspielen; gibt es keine, öffnen Sie seinen neuen Einrichtungslink auf diesem Gerät, oder fügen Sie ihn unter „Team und Geräte“ ein.";
    never = "This workspace is on this device only. It came to the relay without a set-up link, or with one that does not count. Open the relay’s current set-up link on this device, or paste it under “Team and devices”."
        | "Diesen Arbeitsbereich gibt es nur auf diesem Gerät. Er kam ohne Einrichtungslink zum Relay, oder mit einem, der nicht gilt. Öffnen Sie den aktuellen Einrichtungslink des Relays auf diesem Gerät, oder fügen Sie ihn unter „Team und Geräte“ ein.";
    paste = "Paste set-up link" | "Einrichtungslink einfügen";
    title = "Set-up link" | "Einrichtungslink";
    empty = "This relay is empty: it does not have the workspace any more. This device can give it the team and all that it holds."
        | "Dieses Relay ist leer: Es hat den Arbeitsbereich nicht mehr. Dieses Gerät kann ihm das Team geben und alles, was es enthält.";
    colleagues = "Colleagues have nothing to do. Their devices are let in as before, notice it when they connect next, and send what they have."
        | "Die anderen im Team müssen nichts tun. Ihre Geräte werden eingelassen wie zuvor, merken es, wenn sie sich das nächste Mal verbinden, und senden, was sie haben.";
    safe = "Whatever any device of the team holds is safe, also what was written meanwhile. What lay on the relay alone is lost."
        | "Was irgendein Gerät des Teams enthält, ist sicher, auch was inzwischen geschrieben wurde. Was nur auf dem Relay lag, ist verloren.";
    invitations = "Open invitations go on counting, and so does the recovery kit."
        | "Offene Einladungen gelten weiter, das Wiederherstellungsblatt ebenso.";
    backup = "If there is a backup of the relay, ask for that to be restored instead: it may hold what no device has."
        | "Gibt es eine Sicherung des Relays, bitten Sie stattdessen um diese: Sie kann enthalten, was kein Gerät hat.";
    set_up_again = "Set up again" | "Wieder einrichten";
    put_there = "This workspace is on this device only so far. With the set-up link of its operator the relay takes it, and you can invite others."
        | "Diesen Arbeitsbereich gibt es bisher nur auf diesem Gerät. Mit dem Einrichtungslink seines Betreibers nimmt das Relay ihn auf, und Sie können andere einladen.";
    set_up = "Set up on relay" | "Auf dem Relay einrichten";
    asking = "Asking the relay what it has. Nothing was changed."
        | "Das Relay wird gefragt, was es hat. Es wurde nichts geändert.";
    is_there = "The relay has this workspace; there is nothing to set up here. The link is for starting another workspace."
        | "Das Relay hat diesen Arbeitsbereich; hier ist nichts einzurichten. Der Link ist dafür da, einen anderen zu beginnen.";
    another = "Start another workspace" | "Anderen Arbeitsbereich beginnen";
    help = "From whoever runs your relay; “rapport token” makes one." | "Von der Person, die Ihr Relay betreibt; „rapport token“ erstellt einen.";
    missing = "Paste the set-up link." | "Bitte fügen Sie den Einrichtungslink ein.";
    working = "Setting up" | "Wird eingerichtet";
    no_setup_link = "This is not a set-up link. Nothing was changed; paste the link that the relay printed, which has “#setup=” in it."
        | "Das ist kein Einrichtungslink. Es wurde nichts geändert; fügen Sie den Link ein, den das Relay ausgegeben hat. Er enthält „#setup=“.";
    there_already = "The relay has this workspace. Nothing was changed."
        | "Das Relay hat diesen Arbeitsbereich. Es wurde nichts geändert.";
    unreached = "The relay cannot be reached. Nothing was changed; try again once you are online."
        | "Das Relay ist nicht erreichbar. Es wurde nichts geändert; versuchen Sie es wieder, wenn Sie online sind.";
    late = "The relay has not answered yet. It is gone on with by itself as soon as it can be reached; the line about the relay says when it is done."
        | "Das Relay hat noch nicht geantwortet. Es geht von selbst weiter, sobald es erreichbar ist; die Zeile über das Relay sagt, wann es so weit ist.";
    not_of_team = "This device does not belong to the team. Nothing was changed; somebody in the team has to open the link."
        | "Dieses Gerät gehört nicht zum Team. Es wurde nichts geändert; jemand aus dem Team muss den Link öffnen.";
    too_large = "The team’s records are more than a relay takes at once. Nothing was changed; the workspace is safe here, and can be exported in Settings."
        | "Die Einträge des Teams sind mehr, als ein Relay auf einmal annimmt. Es wurde nichts geändert; der Arbeitsbereich ist hier sicher und lässt sich in den Einstellungen exportieren.";
}

/// The question, where the relay had the workspace and does not any more.
pub fn again_title(firm: &str) -> String {
    match language() {
        En => format!("Set {firm} up again from this device?"),
        De => format!("{firm} von diesem Gerät aus wieder einrichten?"),
    }
}

/// The question, where no relay ever had it.
pub fn first_title(firm: &str) -> String {
    match language() {
        En => format!("Set {firm} up on this relay?"),
        De => format!("{firm} auf diesem Relay einrichten?"),
    }
}

/// It is done.
pub fn done(firm: &str) -> String {
    match language() {
        En => format!("{firm} is set up on the relay."),
        De => format!("{firm} ist auf dem Relay eingerichtet."),
    }
}

/// The link leads to another relay than the workspace's.
pub fn other_relay(link: &str, own: &str) -> String {
    match language() {
        En => format!(
            "This link is for another relay ({link}). The team’s devices look for this workspace at {own}, so it has to be set up there. Nothing was changed."
        ),
        De => format!(
            "Dieser Link gilt für ein anderes Relay ({link}). Die Geräte des Teams suchen diesen Arbeitsbereich unter {own}; dort muss er eingerichtet werden. Es wurde nichts geändert."
        ),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn sentences_with_names() {
        check_both(
            || again_title("Northwind"),
            "Set Northwind up again from this device?",
            "Northwind von diesem Gerät aus wieder einrichten?",
        );
        check_both(
            || first_title("Northwind"),
            "Set Northwind up on this relay?",
            "Northwind auf diesem Relay einrichten?",
        );
        check_both(
            || done("Northwind"),
            "Northwind is set up on the relay.",
            "Northwind ist auf dem Relay eingerichtet.",
        );
        check_both(
            || other_relay("http://a", "http://b"),
            "This link is for another relay (http://a). The team’s devices look for this workspace at http://b, so it has to be set up there. Nothing was changed.",
            "Dieser Link gilt für ein anderes Relay (http://a). Die Geräte des Teams suchen diesen Arbeitsbereich unter http://b; dort muss er eingerichtet werden. Es wurde nichts geändert.",
        );
    }
}
