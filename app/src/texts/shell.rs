//! Rail, bars, search, sync sentence.

use chrono::NaiveDateTime;

use super::count;
use crate::ui::{format, model::Sync};

texts! {
    today = "Today" | "Heute";
    clients = "Clients" | "Kunden";
    firm = "Firm" | "Firma";
    settings = "Settings" | "Einstellungen";
    places = "Places" | "Orte";
    search = "Search" | "Suchen";
    search_key = "Ctrl K";
    log_touchpoint = "Log touchpoint" | "Kontakt festhalten";
    log = "Log" | "Kontakt";
    skip_to_content = "Skip to content" | "Zum Inhalt";
    close = "Close" | "Schließen";
    cancel = "Cancel" | "Abbrechen";
    more = "More" | "Mehr";
    saved_here = "Saved on this device" | "Auf diesem Gerät gespeichert";
    saving = "Saving" | "Wird gespeichert";
    search_hint = "Clients, people, notes, numbers" | "Kunden, Personen, Notizen, Nummern";
    search_nothing = "Nothing on this device matches." | "Nichts auf diesem Gerät passt dazu.";
    search_reading = "Still reading; more may be found in a moment.";
    go_to = "Go to";
    do_it = "Do";
    found = "Found";
    sample_note = "This is a sample firm. Nothing in it is real, and nothing leaves this device.";
    discard_sample = "Discard sample firm";
    update_ready = "A newer version is ready.";
    update_now = "Load it now";
    not_found = "There is no such page.";
    record_missing = "This record is not on this device. It may be on its way, or it was deleted.";
    reading = "Reading from this device";
    back = "Back";
    new_client = "New client" | "Neuer Kunde";
    new_complaint = "New complaint" | "Neue Beschwerde";
    all_complaints = "Complaints" | "Beschwerden";
}

/// The sync sentence.
pub fn sync(state: &Sync) -> String {
    match state {
        Sync::Safe => "All safe on the relay".into(),
        Sync::OnlyHere(changes) => only_here(*changes),
        Sync::Offline { since, changes: 0 } => offline(*since),
        Sync::Offline { since, changes } => {
            format!("{}, {}", offline(*since), lower_first(&only_here(*changes)))
        }
        Sync::CatchingUp { at, of } => {
            format!("Fetching {} of {}", format::integer(*at), format::integer(*of))
        }
        Sync::NoRelay => "Kept on this device only".into(),
        Sync::Stopped(why) => why.clone(),
    }
}

fn only_here(changes: u64) -> String {
    format!("{} only on this device", count(changes, "change", "changes"))
}

fn offline(since: Option<NaiveDateTime>) -> String {
    match since {
        Some(since) => format!("Offline since {}", since.format("%H:%M")),
        None => "Offline".into(),
    }
}

fn lower_first(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_lowercase().chain(signs).collect()).unwrap_or_default()
}

/// "Saved on this device, 11:48".
pub fn saved_at(time: &str) -> String {
    format!("{}, {time}", saved_here())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_sync_sentence() {
        let check = |given: Sync, expected: &str| assert_eq!(sync(&given), expected);
        let nine = "2026-11-12T09:12:00".parse().ok();
        check(Sync::Safe, "All safe on the relay");
        check(Sync::OnlyHere(1), "1 change only on this device");
        check(Sync::OnlyHere(3), "3 changes only on this device");
        check(Sync::Offline { since: nine, changes: 0 }, "Offline since 09:12");
        check(
            Sync::Offline { since: nine, changes: 2 },
            "Offline since 09:12, 2 changes only on this device",
        );
        check(Sync::Offline { since: None, changes: 0 }, "Offline");
    }
}
