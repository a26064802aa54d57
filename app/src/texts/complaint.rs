//! Complaints: the desk, the record, the form.

use super::count;

texts! {
    title = "Complaints" | "Beschwerden";
    new = "New complaint" | "Neue Beschwerde";
    none = "No complaint is open. When a client is unhappy, four fields are enough to begin; the clocks run from the moment they spoke.";
    choose_one = "Choose a complaint from the list.";
    ruler_note = "One mark is one working day; the long one is the promised response.";
    closed_too = "Show closed ones";
    open_only = "Show open ones only";
    from = "From";
    received = "Received";
    owner = "Owner";
    escalated_to = "Escalated to";
    nobody = "Nobody yet";
    remedy_asked = "Remedy asked";
    clients_words = "in the client’s words";
    no_remedy = "The client was asked and named no remedy.";
    remedy_missing = "Nobody has asked yet what would put it right.";
    what_happened = "What happened";
    actions = "Actions";
    new_action = "New action";
    no_actions = "Nothing is to be done about it yet.";
    history = "History";
    kept = "Kept" | "Eingehalten";
    today = "Today" | "Heute";
    edit = "Edit complaint";
    why = "Why";
    respond_by = "Respond by";
    record_response = "Record response";
    response_title = "Record response";
    response_help = "What the client was told, and the day it was sent.";
    client = "Client";
    client_missing = "Choose the client who complains.";
    choose_client = "Choose a client";
    save_complaint = "Record complaint";
    who_complains = "Who complains";
    what_happened_help = "In the client’s own words, as far as you can.";
    remedy_help = "What the client asks for. Ask, if they did not say.";
    subject = "In one line";
    subject_help = "How colleagues will speak of it.";
    more_fields = "More about it";
    new_contact = "Somebody new";
    captured_note = "It is written down and not recorded yet. What is missing:";
    parted = "Two devices took different steps apart. Choose the one that shall stand.";
    number_follows = "The number is given when it is saved.";
    take_back = "Cancel";
    settle_on = "Settle on";
    all_fields = "All fields";
}

/// "6 open. Days are working days."
pub fn open_count(n: usize) -> String {
    format!("{n} open. Days are working days.")
}

/// "11 days open".
pub fn days_open(days: u64) -> String {
    format!("{} open", count(days, "day", "days"))
}

/// "In 4 days".
pub fn in_days(days: u64) -> String {
    format!("In {}", count(days, "day", "days"))
}

/// "Late by 1 day".
pub fn late_by(days: u64) -> String {
    format!("Late by {}", count(days, "day", "days"))
}

/// "Kept 2 days late".
pub fn kept_late(days: u64) -> String {
    format!("Kept {} late", count(days, "day", "days"))
}

/// "by 29 Oct".
pub fn by_day(day: &str) -> String {
    format!("by {day}")
}

/// "since 5 Nov".
pub fn since(day: &str) -> String {
    format!("since {day}")
}

/// "Acknowledge, 1 day".
pub fn acknowledge_in(days: u64) -> String {
    format!("Acknowledge, {}", count(days, "day", "days"))
}

/// "Assess, 2 days".
pub fn assess_in(days: u64) -> String {
    format!("Assess, {}", count(days, "day", "days"))
}

/// "Update, every 5".
pub fn update_every(days: u64) -> String {
    format!("Update, every {days}")
}

/// "Respond, 10 days".
pub fn respond_in(days: u64) -> String {
    format!("Respond, {}", count(days, "day", "days"))
}

/// "Response 1 day late".
pub fn response_late(days: u64) -> String {
    format!("Response {} late", count(days, "day", "days"))
}

/// "Respond in 3 days", "Respond today".
pub fn respond_left(days: u64) -> String {
    match days {
        0 => "Respond today".into(),
        days => format!("Respond in {}", count(days, "day", "days")),
    }
}

/// "1 of 3 done".
pub fn done_of(done: usize, of: usize) -> String {
    format!("{done} of {of} done")
}

/// "done 6 Nov".
pub fn done_on(day: &str) -> String {
    format!("done {day}")
}

/// "Wed 28 Oct, by phone".
pub fn received_how(day: &str, channel: &str) -> String {
    if channel.is_empty() { day.to_owned() } else { format!("{day}, {}", channel.to_lowercase()) }
}

/// "C-26-A3-014 is recorded."
pub fn recorded(number: &str) -> String {
    if number.is_empty() {
        "The complaint is recorded.".into()
    } else {
        format!("{number} is recorded.")
    }
}
