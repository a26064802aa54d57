//! Today.

use super::{count, count_word};

texts! {
    my_clients = "My clients" | "Meine Kunden";
    everyone = "Everyone" | "Alle";
    whose = "Whose clients";
    open_client = "Open client";
    visits = "Today’s visits";
    attention = "Needs attention";
    due = "Due this week";
    due_today = "Today";
    late = "Late";
    nothing_due = "Nothing is due in the next seven days.";
    nothing_presses = "Nothing needs attention. What is late, silent or unsettled will stand here, with its reason.";
    no_clients = "Your clients will stand here each morning with what they need and why. Add the first one.";
    assign = "Assign" | "Zuweisen";
    snooze = "Snooze" | "Später";
    you = "You" | "Sie";
    assign_to = "Assign to";
    nothing_weekend = "Nothing is due at the weekend.";
    urgent = "Urgent" | "Dringend";
    soon = "Soon" | "Bald";
    watch = "Watch" | "Beachten";
    done = "Done";
}

/// "Two visits. Six reasons to act, two of them urgent."
pub fn lead(visits: usize, reasons: usize, urgent: usize) -> String {
    let mut text = String::new();
    if visits > 0 {
        text.push_str(&format!(
            "{} {}. ",
            count_word(visits),
            if visits == 1 { "visit" } else { "visits" }
        ));
    }
    match (reasons, urgent) {
        (0, _) => text.push_str("Nothing presses."),
        (n, 0) => text.push_str(&format!("{}.", reasons_to_act(n))),
        (1, _) => text.push_str("One reason to act, and it is urgent."),
        (n, urgent) => {
            let word =
                if urgent == n { "all".to_owned() } else { count_word(urgent).to_lowercase() };
            text.push_str(&format!("{}, {word} of them urgent.", reasons_to_act(n)));
        }
    }
    text
}

fn reasons_to_act(n: usize) -> String {
    format!("{} {} to act", count_word(n), if n == 1 { "reason" } else { "reasons" })
}

/// "6 reasons at 5 clients".
pub fn reasons_at(reasons: u64, clients: u64) -> String {
    format!("{} at {}", count(reasons, "reason", "reasons"), count(clients, "client", "clients"))
}

/// "Clears when …".
pub fn clears_when(what: &str) -> String {
    format!("Clears when {what}")
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_lead_counts_in_words() {
        let check = |given: (usize, usize, usize), expected: &str| {
            assert_eq!(lead(given.0, given.1, given.2), expected)
        };
        check((2, 6, 2), "Two visits. Six reasons to act, two of them urgent.");
        check((0, 1, 1), "One reason to act, and it is urgent.");
        check((1, 3, 3), "One visit. Three reasons to act, all of them urgent.");
        check((0, 2, 0), "Two reasons to act.");
        check((0, 0, 0), "Nothing presses.");
    }
}
