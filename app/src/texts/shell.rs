//! Rail, bars, search, sync sentence.

use chrono::NaiveDateTime;
use handbook::Language::{De, En};

use super::{count, language};
use crate::ui::{
    format,
    model::{Sync, Unsent},
};

texts! {
    today = "Today" | "Heute";
    clients = "Clients" | "Kunden";
    firm = "Firm" | "Firma";
    settings = "Settings" | "Einstellungen";
    places = "Places" | "Bereiche";
    search = "Search" | "Suchen";
    search_key = "Ctrl K" | "Strg K";
    log_touchpoint = "Log touchpoint" | "Kontakt festhalten";
    log = "Log" | "Kontakt";
    skip_to_content = "Skip to content" | "Zum Inhalt";
    close = "Close" | "Schließen";
    cancel = "Cancel" | "Abbrechen";
    more = "More" | "Mehr";
    saved_here = "Saved on this device" | "Auf diesem Gerät gespeichert";
    saving = "Saving" | "Wird gespeichert";
    search_hint = "Clients, people, notes, kind:complaint" | "Kunden, Personen, Notizen, art:beschwerde";
    search_nothing = "Nothing on this device matches." | "Nichts auf diesem Gerät passt dazu.";
    search_reading = "Still reading; more may be found in a moment."
        | "Es wird noch gelesen; gleich findet sich vielleicht mehr.";
    go_to = "Go to" | "Gehe zu";
    do_it = "Do" | "Aktionen";
    found = "Found" | "Gefunden";
    sample_note = "This is a sample firm. Nothing in it is real, and nothing leaves this device."
        | "Dies ist eine Musterfirma. Nichts darin ist echt, und nichts verlässt dieses Gerät.";
    discard_sample = "Discard sample firm" | "Musterfirma verwerfen";
    update_ready = "A newer version is ready." | "Eine neuere Version liegt bereit.";
    update_now = "Load it now" | "Jetzt laden";
    not_found = "No such page" | "Keine solche Seite";
    not_found_why = "This address leads nowhere. It may be cut off, or lead to something that another version of the app has."
        | "Diese Adresse führt nirgendwohin. Vielleicht ist sie abgeschnitten, oder sie führt zu etwas, das eine andere Version der App hat.";
    record_not_here = "Not here" | "Nicht hier";
    to_today = "Go to Today" | "Zu Heute";
    record_missing = "This record is not on this device. It may be on its way, or it was deleted."
        | "Dieser Eintrag ist nicht auf diesem Gerät. Vielleicht ist er unterwegs, oder er wurde gelöscht.";
    reading = "Reading from this device" | "Wird von diesem Gerät gelesen";
    back = "Back" | "Zurück";
    new_client = "New client" | "Neuer Kunde";
    new_complaint = "New complaint" | "Neue Beschwerde";
    all_complaints = "Complaints" | "Beschwerden";
    safe = "All safe on the relay" | "Alles sicher auf dem Relay";
    no_relay = "Kept on this device only" | "Nur auf diesem Gerät aufbewahrt";
    offline_now = "Offline" | "Offline";
    read_on = "Read on" | "Mehr dazu";
}

/// What the line about the relay says: of a stop its first sentence.
pub fn sync_line(state: &Sync) -> String {
    match state {
        Sync::Stopped(why) => first_sentence(why).0.to_owned(),
        state => sync(state),
    }
}

/// The first sentence with its full stop, and what follows it.
pub fn first_sentence(text: &str) -> (&str, &str) {
    text.split_once(". ")
        .map_or((text, ""), |(first, rest)| (text.get(..=first.len()).unwrap_or(first), rest))
}

/// The sync sentence.
pub fn sync(state: &Sync) -> String {
    match state {
        Sync::Safe => safe().into(),
        Sync::OnlyHere(unsent) => only_here(*unsent),
        Sync::Offline { since, unsent } if unsent.is_nothing() => offline(*since),
        Sync::Offline { since, unsent } => {
            format!("{}, {}", offline(*since), only_here(*unsent))
        }
        Sync::CatchingUp { at, of } => {
            let (at, of) = (format::integer(*at), format::integer(*of));
            match language() {
                En => format!("Fetching {at} of {of}"),
                De => format!("{at} von {of} geholt"),
            }
        }
        Sync::NoRelay => no_relay().into(),
        Sync::Stopped(why) => why.clone(),
    }
}

fn only_here(unsent: Unsent) -> String {
    let Unsent { changes, attachments } = unsent;
    let said = [
        (changes, ["change", "changes"], ["Änderung", "Änderungen"]),
        (attachments, ["attachment", "attachments"], ["Anlage", "Anlagen"]),
    ];
    let said: Vec<_> =
        said.into_iter().filter(|(n, ..)| *n > 0).map(|(n, en, de)| count(n, en, de)).collect();
    let said = format::list(&said);
    match language() {
        En => format!("{said} only on this device"),
        De => format!("{said} nur auf diesem Gerät"),
    }
}

fn offline(since: Option<NaiveDateTime>) -> String {
    let Some(since) = since else { return offline_now().into() };
    let since = since.format("%H:%M");
    match language() {
        En => format!("Offline since {since}"),
        De => format!("Offline seit {since}"),
    }
}

/// "Saved on this device, 11:48".
pub fn saved_at(time: &str) -> String {
    format!("{}, {time}", saved_here())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn the_line_says_the_first_sentence_of_a_stop() {
        let check = |given: &str, first: &str, rest: &str| {
            assert_eq!(first_sentence(given), (first, rest));
            assert_eq!(sync_line(&Sync::Stopped(given.into())), first);
        };
        check("So it is. Do this. Or that.", "So it is.", "Do this. Or that.");
        check("So it is.", "So it is.", "");
        check("", "", "");
        assert_eq!(sync_line(&Sync::Safe), sync(&Sync::Safe));
    }

    #[test]
    fn the_sync_sentence() {
        let check = |given: Sync, en: &str, de: &str| check_both(|| sync(&given), en, de);
        let nine = "2026-11-12T09:12:00".parse().ok();
        check(Sync::Safe, "All safe on the relay", "Alles sicher auf dem Relay");
        let unsent = |changes, attachments| Unsent { changes, attachments };
        check(
            Sync::OnlyHere(unsent(1, 0)),
            "1 change only on this device",
            "1 Änderung nur auf diesem Gerät",
        );
        check(
            Sync::OnlyHere(unsent(0, 1)),
            "1 attachment only on this device",
            "1 Anlage nur auf diesem Gerät",
        );
        check(
            Sync::Offline { since: nine, unsent: unsent(2, 3) },
            "Offline since 09:12, 2 changes and 3 attachments only on this device",
            "Offline seit 09:12, 2 Änderungen und 3 Anlagen nur auf diesem Gerät",
        );
        check(
            Sync::OnlyHere(unsent(3, 0)),
            "3 changes only on this device",
            "3 Änderungen nur auf diesem Gerät",
        );
        check(
            Sync::Offline { since: nine, unsent: unsent(0, 0) },
            "Offline since 09:12",
            "Offline seit 09:12",
        );
        check(
            Sync::Offline { since: nine, unsent: unsent(2, 0) },
            "Offline since 09:12, 2 changes only on this device",
            "Offline seit 09:12, 2 Änderungen nur auf diesem Gerät",
        );
        check(Sync::Offline { since: None, unsent: unsent(0, 0) }, "Offline", "Offline");
        check(
            Sync::CatchingUp { at: 1200, of: 3400 },
            "Fetching 1,200 of 3,400",
            "1.200 von 3.400 geholt",
        );
        check_both(
            || saved_at("11:48"),
            "Saved on this device, 11:48",
            "Auf diesem Gerät gespeichert, 11:48",
        );
    }
}
