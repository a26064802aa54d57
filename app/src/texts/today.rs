//! Today.

use handbook::Language::{De, En};

use super::{count, count_word, language};

texts! {
    my_clients = "My clients" | "Meine Kunden";
    everyone = "Everyone" | "Alle";
    whose = "Whose clients" | "Wessen Kunden";
    open_client = "Open client" | "Kunde öffnen";
    visits = "Today’s visits" | "Besuche heute";
    attention = "Needs attention" | "Braucht Aufmerksamkeit";
    due = "Due this week" | "Diese Woche fällig";
    due_today = "Today" | "Heute";
    late = "Late" | "Überfällig";
    nothing_due = "Nothing is due in the next seven days." | "In den nächsten sieben Tagen ist nichts fällig.";
    nothing_presses = "Nothing needs attention. What is late, silent or unsettled will stand here, with its reason."
        | "Nichts braucht Aufmerksamkeit. Was überfällig, still oder unentschieden ist, wird hier stehen, mit seinem Anlass.";
    no_clients = "Your clients will stand here each morning with what they need and why. Add the first one."
        | "Hier stehen jeden Morgen Ihre Kunden mit dem, was sie brauchen und warum. Legen Sie den ersten an.";
    assign = "Assign" | "Zuweisen";
    snooze = "Snooze" | "Später";
    you = "You" | "Sie";
    assign_to = "Assign to" | "Zuweisen an";
    nothing_weekend = "Nothing is due at the weekend." | "Am Wochenende ist nichts fällig.";
    urgent = "Urgent" | "Dringend";
    soon = "Soon" | "Bald";
    watch = "Watch" | "Beachten";
    done = "Done" | "Erledigt";
}

/// "Two visits. Six reasons to act, two of them urgent."
pub fn lead(visits: usize, reasons: usize, urgent: usize) -> String {
    let visits = match visits {
        0 => String::new(),
        n => {
            let word = match (language(), n) {
                (En, 1) => "visit",
                (En, _) => "visits",
                (De, 1) => "Besuch",
                (De, _) => "Besuche",
            };
            format!("{} {word}. ", count_word(n))
        }
    };
    visits + &reasons_and_urgent(reasons, urgent)
}

fn reasons_and_urgent(reasons: usize, urgent: usize) -> String {
    let some = || count_word(urgent).to_lowercase();
    match (language(), reasons, urgent) {
        (En, 0, _) => "Nothing presses.".into(),
        (De, 0, _) => "Nichts drängt.".into(),
        (_, n, 0) => format!("{}.", reasons_to_act(n)),
        (En, 1, _) => "One reason to act, and it is urgent.".into(),
        (De, 1, _) => "Ein Anlass zum Handeln, und er ist dringend.".into(),
        (En, n, urgent) if n == urgent => format!("{}, all of them urgent.", reasons_to_act(n)),
        (De, n, urgent) if n == urgent => format!("{}, alle dringend.", reasons_to_act(n)),
        (En, n, _) => format!("{}, {} of them urgent.", reasons_to_act(n), some()),
        // "einer davon", for Anlass is masculine and no noun follows.
        (De, n, 1) => format!("{}, einer davon dringend.", reasons_to_act(n)),
        (De, n, _) => format!("{}, {} davon dringend.", reasons_to_act(n), some()),
    }
}

fn reasons_to_act(n: usize) -> String {
    let words = match (language(), n) {
        (En, 1) => "reason to act",
        (En, _) => "reasons to act",
        (De, 1) => "Anlass zum Handeln",
        (De, _) => "Anlässe zum Handeln",
    };
    format!("{} {words}", count_word(n))
}

/// "6 reasons at 5 clients".
pub fn reasons_at(reasons: u64, clients: u64) -> String {
    let reasons = count(reasons, ["reason", "reasons"], ["Anlass", "Anlässe"]);
    // The dative of "bei".
    let clients = count(clients, ["client", "clients"], ["Kunden", "Kunden"]);
    match language() {
        En => format!("{reasons} at {clients}"),
        De => format!("{reasons} bei {clients}"),
    }
}

/// "Show all 213 reasons".
pub fn show_all(reasons: u64) -> String {
    match language() {
        En => format!("Show all {reasons} reasons"),
        De => format!("Alle {reasons} Gründe zeigen"),
    }
}

/// "Clears when …".
pub fn clears_when(what: &str) -> String {
    match language() {
        En => format!("Clears when {what}"),
        De => format!("Erledigt, sobald {what}"),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn the_lead_counts_in_words() {
        let check = |(visits, reasons, urgent), en: &str, de: &str| {
            check_both(|| lead(visits, reasons, urgent), en, de);
        };
        check(
            (2, 6, 2),
            "Two visits. Six reasons to act, two of them urgent.",
            "Zwei Besuche. Sechs Anlässe zum Handeln, zwei davon dringend.",
        );
        check(
            (0, 6, 1),
            "Six reasons to act, one of them urgent.",
            "Sechs Anlässe zum Handeln, einer davon dringend.",
        );
        check(
            (0, 1, 1),
            "One reason to act, and it is urgent.",
            "Ein Anlass zum Handeln, und er ist dringend.",
        );
        check((0, 1, 0), "One reason to act.", "Ein Anlass zum Handeln.");
        check(
            (1, 3, 3),
            "One visit. Three reasons to act, all of them urgent.",
            "Ein Besuch. Drei Anlässe zum Handeln, alle dringend.",
        );
        check((0, 2, 0), "Two reasons to act.", "Zwei Anlässe zum Handeln.");
        check((0, 0, 0), "Nothing presses.", "Nichts drängt.");
    }

    #[test]
    fn reasons_and_clients() {
        check_both(|| reasons_at(6, 5), "6 reasons at 5 clients", "6 Anlässe bei 5 Kunden");
        check_both(|| reasons_at(1, 1), "1 reason at 1 client", "1 Anlass bei 1 Kunden");
        check_both(|| clears_when("it is so"), "Clears when it is so", "Erledigt, sobald it is so");
    }
}
