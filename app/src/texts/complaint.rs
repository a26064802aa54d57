//! Complaints: the desk, the record, the form.

use handbook::Language::{De, En};

use super::{count, inline, language};

texts! {
    title = "Complaints" | "Beschwerden";
    new = "New complaint" | "Neue Beschwerde";
    none = "No complaint is open. When a client is unhappy, four fields are enough to begin; the clocks run from the moment they spoke."
        | "Keine Beschwerde ist offen. Ist ein Kunde unzufrieden, genügen für den Anfang vier Felder; die Fristen laufen von dem Augenblick an, in dem er sprach.";
    choose_one = "Choose a complaint from the list." | "Bitte wählen Sie eine Beschwerde aus der Liste.";
    ruler_note = "One mark is one working day; the long one is the promised response."
        | "Ein Strich ist ein Arbeitstag; der lange ist die zugesagte Antwort.";
    closed_too = "Show closed ones" | "Auch geschlossene anzeigen";
    open_only = "Show open ones only" | "Nur offene anzeigen";
    from = "From" | "Von";
    received = "Received" | "Eingegangen";
    owner = "Owner" | "Verantwortlich";
    escalated_to = "Escalated to" | "Eskaliert an";
    nobody = "Nobody yet" | "Noch niemand";
    remedy_asked = "Remedy asked" | "Gewünschte Abhilfe";
    clients_words = "in the client’s words" | "in den Worten des Kunden";
    no_remedy = "The client was asked and named no remedy." | "Der Kunde wurde gefragt und hat keine Abhilfe genannt.";
    remedy_missing = "Nobody has asked yet what would put it right." | "Noch hat niemand gefragt, was Abhilfe schaffen würde.";
    what_happened = "What happened" | "Was geschehen ist";
    actions = "Actions" | "Maßnahmen";
    new_action = "New action" | "Neue Maßnahme";
    no_actions = "Nothing is to be done about it yet." | "Noch ist nichts zu veranlassen.";
    history = "History" | "Verlauf";
    kept = "Kept" | "Eingehalten";
    today = "Today" | "Heute";
    edit = "Edit complaint" | "Beschwerde bearbeiten";
    why = "Why" | "Begründung";
    respond_by = "Respond by" | "Antworten bis";
    record_response = "Record response" | "Antwort erfassen";
    response_title = "Record response" | "Antwort erfassen";
    response_help = "What the client was told, and the day it was sent."
        | "Was dem Kunden mitgeteilt wurde und an welchem Tag es gesendet wurde.";
    client = "Client" | "Kunde";
    client_missing = "Choose the client who complains." | "Bitte wählen Sie den Kunden, der sich beschwert.";
    choose_client = "Choose a client" | "Kunde wählen";
    save_complaint = "Record complaint" | "Beschwerde erfassen";
    who_complains = "Who complains" | "Wer sich beschwert";
    what_happened_help = "In the client’s own words, as far as you can." | "Möglichst in den eigenen Worten des Kunden.";
    remedy_help = "What the client asks for. Ask, if they did not say."
        | "Was der Kunde wünscht. Fragen Sie nach, wenn er nichts gesagt hat.";
    subject = "In one line" | "In einer Zeile";
    subject_help = "How colleagues will speak of it." | "Wie im Team davon gesprochen wird.";
    more_fields = "More about it" | "Mehr dazu";
    new_contact = "Somebody new" | "Jemand Neues";
    captured_note = "It is written down and not recorded yet. What is missing:"
        | "Sie ist aufgenommen und noch nicht erfasst. Es fehlt:";
    number_follows = "The number is given when it is saved." | "Die Nummer wird beim Speichern vergeben.";
    take_back = "Cancel" | "Abbrechen";
    settle_on = "Settle on" | "Festlegen auf";
    all_fields = "All fields" | "Alle Felder";
}

/// "1 day", "3 days".
fn days_long(days: u64) -> String {
    count(days, ["day", "days"], ["Tag", "Tage"])
}

/// The dative: "in 3 Tagen".
fn in_so_many_days(days: u64) -> String {
    count(days, ["day", "days"], ["Tag", "Tagen"])
}

/// "6 open. Days are working days."
pub fn open_count(n: usize) -> String {
    match language() {
        En => format!("{n} open. Days are working days."),
        De => format!("{n} offen. Tage sind Arbeitstage."),
    }
}

/// "11 days open".
pub fn days_open(days: u64) -> String {
    match language() {
        En => format!("{} open", days_long(days)),
        De => format!("{} offen", days_long(days)),
    }
}

/// "In 4 days".
pub fn in_days(days: u64) -> String {
    // Both languages begin alike.
    format!("In {}", in_so_many_days(days))
}

/// "Late by 1 day".
pub fn late_by(days: u64) -> String {
    match language() {
        En => format!("Late by {}", days_long(days)),
        De => format!("{} überfällig", days_long(days)),
    }
}

/// "Kept 2 days late".
pub fn kept_late(days: u64) -> String {
    match language() {
        En => format!("Kept {} late", days_long(days)),
        De => format!("{} verspätet eingehalten", days_long(days)),
    }
}

/// "by 29 Oct".
pub fn by_day(day: &str) -> String {
    match language() {
        En => format!("by {day}"),
        De => format!("bis {day}"),
    }
}

/// "since 5 Nov".
pub fn since(day: &str) -> String {
    match language() {
        En => format!("since {day}"),
        De => format!("seit {day}"),
    }
}

/// "Acknowledge, 1 day".
pub fn acknowledge_in(days: u64) -> String {
    match language() {
        En => format!("Acknowledge, {}", days_long(days)),
        De => format!("Bestätigen, {}", days_long(days)),
    }
}

/// "Assess, 2 days".
pub fn assess_in(days: u64) -> String {
    match language() {
        En => format!("Assess, {}", days_long(days)),
        De => format!("Bewerten, {}", days_long(days)),
    }
}

/// "Update, every 5".
pub fn update_every(days: u64) -> String {
    match language() {
        En => format!("Update, every {days}"),
        De => format!("Zwischenbescheid, alle {days}"),
    }
}

/// "Respond, 10 days".
pub fn respond_in(days: u64) -> String {
    match language() {
        En => format!("Respond, {}", days_long(days)),
        De => format!("Antworten, {}", days_long(days)),
    }
}

/// "Response 1 day late".
pub fn response_late(days: u64) -> String {
    match language() {
        En => format!("Response {} late", days_long(days)),
        De => format!("Antwort {} überfällig", days_long(days)),
    }
}

/// "Respond in 3 days", "Respond today".
pub fn respond_left(days: u64) -> String {
    match (days, language()) {
        (0, En) => "Respond today".into(),
        (0, De) => "Heute antworten".into(),
        (days, En) => format!("Respond in {}", in_so_many_days(days)),
        (days, De) => format!("Antworten in {}", in_so_many_days(days)),
    }
}

/// "1 of 3 done".
pub fn done_of(done: usize, of: usize) -> String {
    match language() {
        En => format!("{done} of {of} done"),
        De => format!("{done} von {of} erledigt"),
    }
}

/// "done 6 Nov".
pub fn done_on(day: &str) -> String {
    match language() {
        En => format!("done {day}"),
        De => format!("erledigt {day}"),
    }
}

/// "Wed 28 Oct, by phone".
pub fn received_how(day: &str, channel: &str) -> String {
    if channel.is_empty() { day.to_owned() } else { format!("{day}, {}", inline(channel)) }
}

/// "Record complaint": a step of the procedure on the button that takes it.
pub fn take_step(step: &str, complaint: &str) -> String {
    match language() {
        En => format!("{step} {}", inline(complaint)),
        De => format!("{complaint} {}", step.to_lowercase()),
    }
}

/// "C-26-A3-014 is recorded."
pub fn recorded(number: &str) -> String {
    match (number, language()) {
        ("", En) => "The complaint is recorded.".into(),
        ("", De) => "Die Beschwerde ist erfasst.".into(),
        (number, En) => format!("{number} is recorded."),
        (number, De) => format!("{number} ist erfasst."),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn clocks_in_words() {
        check_both(
            || open_count(6),
            "6 open. Days are working days.",
            "6 offen. Tage sind Arbeitstage.",
        );
        check_both(|| days_open(11), "11 days open", "11 Tage offen");
        check_both(|| in_days(1), "In 1 day", "In 1 Tag");
        check_both(|| in_days(4), "In 4 days", "In 4 Tagen");
        check_both(|| late_by(1), "Late by 1 day", "1 Tag überfällig");
        check_both(|| kept_late(2), "Kept 2 days late", "2 Tage verspätet eingehalten");
        check_both(|| by_day("29 Oct"), "by 29 Oct", "bis 29 Oct");
        check_both(|| since("5 Nov"), "since 5 Nov", "seit 5 Nov");
        check_both(|| acknowledge_in(1), "Acknowledge, 1 day", "Bestätigen, 1 Tag");
        check_both(|| assess_in(2), "Assess, 2 days", "Bewerten, 2 Tage");
        check_both(|| update_every(5), "Update, every 5", "Zwischenbescheid, alle 5");
        check_both(|| respond_in(10), "Respond, 10 days", "Antworten, 10 Tage");
        check_both(|| response_late(1), "Response 1 day late", "Antwort 1 Tag überfällig");
        check_both(|| respond_left(0), "Respond today", "Heute antworten");
        check_both(|| respond_left(3), "Respond in 3 days", "Antworten in 3 Tagen");
    }

    #[test]
    fn steps_and_what_became_of_them() {
        check_both(|| done_of(1, 3), "1 of 3 done", "1 von 3 erledigt");
        check_both(|| done_on("6 Nov"), "done 6 Nov", "erledigt 6 Nov");
        check_both(|| received_how("Wed 28 Oct", "Call"), "Wed 28 Oct, call", "Wed 28 Oct, Call");
        check_both(|| received_how("Wed 28 Oct", ""), "Wed 28 Oct", "Wed 28 Oct");
        check_both(|| take_step("Record", "Complaint"), "Record complaint", "Complaint record");
        check_both(|| recorded(""), "The complaint is recorded.", "Die Beschwerde ist erfasst.");
        check_both(|| recorded("C-1"), "C-1 is recorded.", "C-1 ist erfasst.");
    }
}
