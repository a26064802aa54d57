//! Clients: the portfolio and one client's page.

use super::count;

texts! {
    title = "Clients" | "Kunden";
    filter = "Filter clients";
    as_table = "Table" | "Tabelle";
    as_cards = "Cards" | "Karten";
    layout = "Layout";
    all = "All" | "Alle";
    status = "Status";
    current = "Current";
    archived = "Archived" | "Archiviert";
    archive = "Archive client";
    unarchive = "Bring back";
    needs_attention = "Needs attention";
    no_clients = "Clients stand here with what each of them needs. Add the first one; everything else can wait.";
    none_match = "No client matches these filters.";
    reasons = "Reasons";
    last_contact = "Last conversation";
    account_manager = "Account manager";
    client_sponsor = "Client sponsor";
    next_contact = "Next contact";
    client_since = "Client since";
    not_assigned = "Not assigned";
    not_planned = "Not planned";
    unknown = "Not known";
    overview = "Overview" | "Überblick";
    timeline = "Timeline" | "Zeitleiste";
    people = "People" | "Personen";
    complaints = "Complaints" | "Beschwerden";
    details = "Details";
    call = "Call" | "Anrufen";
    mail = "Write e-mail" | "E-Mail schreiben";
    edit_client = "Edit client";
    print = "Print";
    coverage = "360° coverage";
    coverage_caption = "Touchpoints of the last twelve months by function and month";
    touchpoints = "Touchpoints";
    last_spoke = "Last spoke";
    last_90_days = "last 90 days";
    heat_none = "none";
    heat_many = "10 or more";
    never = "never";
    all_spoke = "All functions have spoken with them in the last 90 days.";
    key_figures = "Key figures";
    last_12_months = "last 12 months";
    figure = "Figure";
    value = "Value";
    how_computed = "How it is computed";
    promises_kept = "Promises kept";
    answered_on_time = "Answered on time";
    last_conversation = "Last conversation";
    open_promises = "Open promises";
    promise = "Promise";
    to = "To";
    by = "By";
    due = "Due";
    no_promises = "No promise is open. What is promised in a conversation is picked out of its text.";
    all_promises = "All promises";
    last_touchpoints = "Last touchpoints";
    open_timeline = "Open timeline";
    no_touchpoints = "Nobody has logged a conversation yet. Three taps and a text are enough.";
    new_person = "New contact";
    no_people = "The people at this client stand here: who decides, how they stand to us, who knows them.";
    nothing_matches = "Nothing in this client’s history matches these filters.";
    nothing_yet = "Everything that happens with this client is told here, newest first.";
    every_function = "All functions";
    every_kind = "Everything";
    everyone = "Everyone";
    by_function = "Function";
    by_kind = "Kind";
    by_person = "Person";
    left = "Left";
    stance = "Stance";
    no_complaints = "No complaint has been received. When one comes, four fields are enough to begin.";
    mark_kept = "Kept";
    more_earlier = "Show earlier";
    none_due = "none has fallen due";
    none_answered = "none has been answered";
    no_conversation = "no two-way touchpoint yet";
}

/// "4 of 5 functions in 90 days".
pub fn functions_covered(covered: usize, of: usize) -> String {
    format!("{covered} of {of} functions in 90 days")
}

/// "Finance has been silent".
pub fn has_been_silent(function: &str) -> String {
    format!("{function} has been silent")
}

/// " since 7 August."
pub fn since_day(day: &str) -> String {
    format!(" since {day}.")
}

/// "Finance has not spoken with them yet."
pub fn never_spoke(function: &str) -> String {
    format!("{function} has not spoken with them yet.")
}

/// "kept on or before the date, 11 of 12 due".
pub fn kept_how(kept: usize, due: usize) -> String {
    format!("kept on or before the date, {kept} of {due} due")
}

/// "complaints within 10 working days, 3 of 4".
pub fn answered_how(days: i64, kept: usize, of: usize) -> String {
    format!("complaints within {days} working days, {kept} of {of}")
}

/// "two-way, 11 Nov; ideal 30 days, at most 45".
pub fn last_how(day: &str, ideal: i64, max: i64) -> String {
    format!("two-way, {day}; ideal {ideal} days, at most {max}")
}

/// "3 clients".
pub fn clients(n: usize) -> String {
    count(n as u64, "client", "clients")
}

/// "2 urgent, 1 soon".
pub fn reason_counts(urgent: usize, soon: usize, watch: usize) -> String {
    let parts = [(urgent, "urgent"), (soon, "soon"), (watch, "to watch")];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    parts.join(", ")
}
