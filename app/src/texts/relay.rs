//! What stands between this device and the relay: what is so, what is safe, who can help. The first sentence of what keeps a
//! device from syncing is a short one: the line about the relay says no more.

use handbook::Language::{De, En};

use super::language;

texts! {
    quota = "The relay has no room left. Your changes are kept on this device and offered again; ask who runs the relay to raise the quota."
        | "Das Relay hat keinen Platz mehr. Ihre Änderungen bleiben auf diesem Gerät und werden wieder angeboten; bitten Sie, wer das Relay betreibt, um mehr Platz.";
    may_only_read = "You may read this workspace but not change it. Changes made here stay on this device."
        | "Sie dürfen diesen Arbeitsbereich lesen, aber nicht ändern. Was hier geändert wurde, bleibt auf diesem Gerät.";
    rolled_back = "The relay has lost rows that this device already has. Nothing was changed here; whoever runs the relay has to declare a restore."
        | "Das Relay hat Einträge verloren, die dieses Gerät schon hat. Hier wurde nichts geändert; wer das Relay betreibt, muss eine Wiederherstellung erklären.";
    forked = "The relay shows another history than before. Nothing of it was taken over; speak to whoever runs the relay."
        | "Das Relay zeigt eine andere Geschichte als zuvor. Nichts davon wurde übernommen; sprechen Sie mit der Person, die das Relay betreibt.";
    damaged = "What the relay sent arrived damaged. Nothing of it was taken over; it is tried again from time to time."
        | "Was das Relay sandte, kam beschädigt an. Nichts davon wurde übernommen; es wird von Zeit zu Zeit wieder versucht.";
    parted = "The relay lets somebody in whom the team has removed. It was restored from a backup in which they still belong to the team. Nothing is sent from here until an owner has removed them again; an owner’s device that knows of it does so by itself. What is here stays here. Ask an owner to look under “Team and devices”."
        | "Das Relay lässt jemanden ein, den das Team entfernt hat. Es wurde aus einer Sicherung wiederhergestellt, in der die Person noch zum Team gehört. Von hier wird nichts gesandt, bis eine Inhaberin oder ein Inhaber sie noch einmal entfernt hat; ein Gerät, das davon weiß, tut das von selbst. Was hier ist, bleibt hier. Bitten Sie darum, unter „Team und Geräte“ nachzusehen.";
    another_copy = "A copy of this browser profile is also in use. Your changes are kept here; use only one of the two."
        | "Eine Kopie dieses Browserprofils ist ebenfalls in Gebrauch. Ihre Änderungen bleiben hier; benutzen Sie nur eines von beiden.";
    update = "The team uses a newer version of Rapport. Everything here can be read; update the app to go on together."
        | "Das Team benutzt eine neuere Version von Rapport. Hier lässt sich alles lesen; aktualisieren Sie die App, um gemeinsam fortzufahren.";
    no_key = "This device lacks the workspace’s current key. Whoever began it sealed it wrongly; what is here stays here, and is sent once an owner begins a new key under “Team and devices”. Ask one to do so."
        | "Diesem Gerät fehlt der aktuelle Schlüssel des Arbeitsbereichs. Wer ihn begann, hat ihn falsch versiegelt; was hier ist, bleibt und wird gesandt, sobald eine Inhaberin oder ein Inhaber unter „Team und Geräte“ einen neuen Schlüssel beginnt. Bitten Sie darum.";
    wrong_log = "The relay does not have the workspace that the invitation names. Check the link with who sent it."
        | "Das Relay hat den Arbeitsbereich nicht, den die Einladung nennt. Prüfen Sie den Link mit der Person, die ihn gesandt hat.";
    not_active = "The relay does not let this device in. No record of the team says why; after a restore of the relay that happens to those who came in since. What is here stays, and is sent once the relay lets it in. Ask an owner of the team for an invitation, and open it in this browser."
        | "Das Relay lässt dieses Gerät nicht ein. Kein Eintrag des Teams sagt, warum; nach einer Wiederherstellung des Relays trifft das alle, die erst danach dazukamen. Was hier ist, bleibt und wird gesandt, sobald das Relay es einlässt. Bitten Sie eine Inhaberin oder einen Inhaber um eine Einladung, und öffnen Sie sie in diesem Browser.";
    removed = "This device was removed from the team. Nothing is sent any more, and what is here stays here."
        | "Dieses Gerät wurde aus dem Team entfernt. Nichts wird mehr gesandt, und was hier ist, bleibt hier.";
    removed_to_wipe = "This device was removed from the team. It is to delete what it holds; export first what is only here."
        | "Dieses Gerät wurde aus dem Team entfernt. Es soll löschen, was es enthält; exportieren Sie zuerst, was nur hier ist.";
    left_team = "You have left the team. Nothing is sent any more, and what is here stays here."
        | "Sie haben das Team verlassen. Nichts wird mehr gesandt, und was hier ist, bleibt hier.";
    kit_unknown = "The team has another recovery kit by now, or none. Nothing was kept on this device. Look for a newer sheet, or ask an owner for an invitation."
        | "Das Team hat inzwischen ein anderes Wiederherstellungsblatt oder keines. Auf diesem Gerät blieb nichts zurück. Suchen Sie ein neueres Blatt, oder bitten Sie eine Inhaberin oder einen Inhaber um eine Einladung.";
    join_no_key = "The key of this workspace could not be opened with that: whoever began it sealed it wrongly. Nothing was kept on this device; ask an owner to begin a new key, or for a new invitation."
        | "Der Schlüssel dieses Arbeitsbereichs ließ sich damit nicht öffnen: Wer ihn begann, hat ihn falsch versiegelt. Auf diesem Gerät blieb nichts zurück; bitten Sie eine Inhaberin oder einen Inhaber um einen neuen Schlüssel oder eine neue Einladung.";
    invite_used = "This invitation was used already; each lets one person in. Ask for another one."
        | "Diese Einladung wurde schon genutzt; jede lässt eine Person ein. Bitten Sie um eine neue.";
    invite_expired = "This invitation has expired. Ask for another one." | "Diese Einladung ist abgelaufen. Bitten Sie um eine neue.";
    invite_revoked = "This invitation was taken back. Ask who invited you for another one."
        | "Diese Einladung wurde zurückgenommen. Bitten Sie die Person, die Sie eingeladen hat, um eine neue.";
    invite_unknown = "The relay does not know this invitation. Check that the whole link was pasted."
        | "Das Relay kennt diese Einladung nicht. Prüfen Sie, ob der ganze Link eingefügt ist.";
    roster_head = "Somebody else changed the team at the same moment. Nothing was changed here; try again."
        | "Jemand anderes hat im selben Augenblick das Team geändert. Hier wurde nichts geändert; versuchen Sie es noch einmal.";
    token_wrong = "The set-up link is not the relay’s current one. Nothing was changed; open the link that the relay printed last."
        | "Der Einrichtungslink ist nicht der aktuelle des Relays. Es wurde nichts geändert; öffnen Sie den Link, den das Relay zuletzt ausgegeben hat.";
    token_used = "This set-up link was used already. Nothing was changed; whoever runs the relay can make another with “rapport token”."
        | "Dieser Einrichtungslink wurde schon genutzt. Es wurde nichts geändert; wer das Relay betreibt, kann mit „rapport token“ einen neuen erstellen.";
    origin_mismatch = "The relay is not configured for this address. Open the app at the address that the relay printed."
        | "Das Relay ist nicht für diese Adresse eingerichtet. Öffnen Sie die App unter der Adresse, die das Relay ausgegeben hat.";
    rate_limited = "The relay asks to wait a little; it is tried again by itself."
        | "Das Relay bittet um etwas Geduld; es wird von selbst wieder versucht.";
    space_unknown = "The relay does not have this workspace. If it was emptied or set up anew, somebody in the team has to set the workspace up again first; their app says how."
        | "Das Relay hat diesen Arbeitsbereich nicht. Wurde es geleert oder neu eingerichtet, muss ihn zuerst jemand aus dem Team wieder einrichten; deren App sagt, wie.";
    join_wrong_log = "The relay does not have the workspace that this invitation names. Check the link with who sent it; nothing was kept on this device."
        | "Das Relay hat den Arbeitsbereich nicht, den diese Einladung nennt. Prüfen Sie den Link mit der Person, die ihn gesandt hat; auf diesem Gerät blieb nichts zurück.";
    join_update = "The team uses a newer version of Rapport. Reload to update, then open the link again."
        | "Das Team benutzt eine neuere Version von Rapport. Laden Sie neu, um zu aktualisieren, und öffnen Sie dann den Link noch einmal.";
}

/// The relay did not take what was done here; `why` is a technical word for the log's readers.
pub fn not_taken(why: &str) -> String {
    match language() {
        En => format!(
            "The relay did not take the last changes ({why}). They are kept here and offered again."
        ),
        De => format!(
            "Das Relay hat die letzten Änderungen nicht angenommen (technische Angabe: {why}). Sie bleiben hier und werden wieder angeboten."
        ),
    }
}

/// The relay lost a row: what is so, what is safe, what to do.
pub fn lost_row(row: u64) -> String {
    match language() {
        En => format!(
            "The relay lost row {row} of this workspace’s log. No snapshot that somebody vouched for holds what it said. Everything on this device is safe; what stood there may be missing on devices that had not read it. Tell whoever runs the relay: after a backup that has the row is restored, every device sends again by itself what it has beyond it."
        ),
        De => format!(
            "Das Relay hat Zeile {row} im Protokoll dieses Arbeitsbereichs verloren. Keine bezeugte Momentaufnahme enthält, was darin stand. Alles auf diesem Gerät ist sicher; auf Geräten, die die Zeile nicht gelesen hatten, kann fehlen, was darin stand. Sagen Sie es der Person, die das Relay betreibt: Ist eine Sicherung wiederhergestellt, die sie noch hat, sendet jedes Gerät von selbst noch einmal, was es darüber hinaus hat."
        ),
    }
}

/// The relay refused for a reason that has no words of its own.
pub fn refused(why: &str) -> String {
    match language() {
        En => format!("The relay refused: {why}. Nothing was changed here."),
        De => format!(
            "Das Relay hat abgelehnt (technische Angabe: {why}). Hier wurde nichts geändert."
        ),
    }
}

/// Joining ended for a reason that has no words of its own.
pub fn not_joined(why: &str) -> String {
    match language() {
        En => format!("Joining did not succeed: {why}. Nothing was kept on this device."),
        De => format!(
            "Der Beitritt ist nicht gelungen (technische Angabe: {why}). Auf diesem Gerät blieb nichts zurück."
        ),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn refusals_without_words_of_their_own() {
        check_both(
            || not_taken("why"),
            "The relay did not take the last changes (why). They are kept here and offered again.",
            "Das Relay hat die letzten Änderungen nicht angenommen (technische Angabe: why). Sie bleiben hier und werden wieder angeboten.",
        );
        check_both(
            || lost_row(3)[..35].to_owned(),
            "The relay lost row 3 of this worksp",
            "Das Relay hat Zeile 3 im Protokoll ",
        );
        check_both(
            || refused("why"),
            "The relay refused: why. Nothing was changed here.",
            "Das Relay hat abgelehnt (technische Angabe: why). Hier wurde nichts geändert.",
        );
        check_both(
            || not_joined("why"),
            "Joining did not succeed: why. Nothing was kept on this device.",
            "Der Beitritt ist nicht gelungen (technische Angabe: why). Auf diesem Gerät blieb nichts zurück.",
        );
    }
}
