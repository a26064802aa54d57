//! A client's engagements: where each stands, what was accepted, agreed and demanded, and the tools behind them.

use handbook::Language::{De, En};

use super::language;

texts! {
    title = "Engagements" | "Aufträge";
    new = "New engagement" | "Neuer Auftrag";
    none = "Projects and services stand here: where each stands, what was accepted, what is agreed and demanded."
        | "Hier stehen Projekte und Dienstleistungen: wo sie stehen, was abgenommen, vereinbart und gefordert ist.";
    open_record = "Open engagement" | "Auftrag öffnen";
    scope = "Scope" | "Leistungsumfang";
    manager = "Engagement manager" | "Auftragsleitung";
    dates = "From, until" | "Von, bis";
    contract = "Contract" | "Vertrag";
    value = "Value" | "Wert";
    acceptance = "Acceptance" | "Abnahme";
    not_accepted = "The client has accepted nothing yet." | "Der Kunde hat noch nichts abgenommen.";
    record_acceptance = "Record acceptance" | "Abnahme festhalten";
    say_what = "Say what was accepted, by whom and on which day."
        | "Bitte angeben, was wer an welchem Tag abgenommen hat.";
    not_in_plan = "Not in the plan yet" | "Noch nicht im Plan";
    plan_it = "Plan" | "Planen";
    services = "Services used" | "Genutzte Dienstleistungen";
    no_services = "No service of the catalogue is named." | "Keine Dienstleistung des Katalogs ist genannt.";
    agreements = "Service levels" | "Service-Level";
    no_agreements = "No service level is agreed." | "Kein Service-Level ist vereinbart.";
    target = "Target" | "Ziel";
    periods = "Latest periods" | "Letzte Zeiträume";
    met = "Met" | "Erreicht";
    add_result = "Add result" | "Ergebnis eintragen";
    new_agreement = "New agreement" | "Neue Vereinbarung";
    new_target = "New target" | "Neues Ziel";
    no_targets = "Nothing measurable is agreed in it yet." | "Darin ist noch nichts Messbares vereinbart.";
    no_results = "none yet" | "noch keine";
    demands = "Demands" | "Anforderungen";
    no_demands = "No demand is open or answered." | "Es gibt keine Anforderungen.";
    new_demand = "New demand" | "Neue Anforderung";
    demand = "Demand" | "Anforderung";
    raised = "Raised" | "Vorgebracht";
    answer = "Answer" | "Antwort";
    deliverables = "Major deliverables" | "Hauptergebnisse";
    no_deliverables = "No major deliverable is named." | "Kein Hauptergebnis ist genannt.";
    new_deliverable = "New deliverable" | "Neues Hauptergebnis";
    deliverable = "Deliverable" | "Ergebnis";
    due = "Due" | "Fällig";
    handed_over = "Handed over" | "Übergeben";
    late = "late" | "überfällig";
    beside = "Not of one engagement" | "Keinem Auftrag zugeordnet";
    tools = "Tools confirmed" | "Bestätigte Werkzeuge";
    tools_why = "Of what must be known, which tool in use holds it."
        | "Welches genutzte Werkzeug enthält, was bekannt sein muss.";
    holds = "Holds" | "Enthält";
    tool = "Tool" | "Werkzeug";
    confirm = "Confirm in use" | "Nutzung bestätigen";
    confirm_who = "The engagement manager and the account manager confirm together that it is in use."
        | "Auftragsleitung und Kundenbetreuung bestätigen gemeinsam, dass es genutzt wird.";
    say_both = "Choose the day and both who confirm it." | "Bitte den Tag wählen und beide, die es bestätigen.";
    two_people = "Two different people confirm it." | "Zwei verschiedene Personen bestätigen es.";
    new_tool = "New tool" | "Neues Werkzeug";
    not_confirmed = "not confirmed" | "nicht bestätigt";
}

/// "missed 2 periods running".
pub fn missed_running(n: usize) -> String {
    match language() {
        En => format!("Missed {n} periods running"),
        De => format!("{n} Zeiträume in Folge verfehlt"),
    }
}

/// "3 of 4".
pub fn met_of(n: usize, of: usize) -> String {
    match language() {
        En => format!("{n} of {of}"),
        De => format!("{n} von {of}"),
    }
}

/// "Katharina Voss, 3 May".
pub fn by_on(who: &str, day: &str) -> String {
    [who, day].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// "confirmed 13 Oct by Ines Marchetti and Tomas Reuter".
pub fn confirmed(day: &str, who: &str) -> String {
    match (language(), who) {
        (En, "") => format!("confirmed {day}"),
        (De, "") => format!("bestätigt am {day}"),
        (En, who) => format!("confirmed {day} by {who}"),
        (De, who) => format!("bestätigt am {day} von {who}"),
    }
}

/// "Confirm in use: Project ledger".
pub fn confirm_tool(name: &str) -> String {
    format!("{}: {name}", confirm())
}

/// "Add result: Readings delivered".
pub fn add_result_of(target: &str) -> String {
    format!("{}: {target}", add_result())
}

/// "from 26 Jan", "26 Jan – 25 Jan 2027"; empty where neither day is known.
pub fn valid(from: Option<String>, until: Option<String>) -> String {
    let (since, till) = match language() {
        En => ("from", "until"),
        De => ("ab", "bis"),
    };
    match (from, until) {
        (Some(from), Some(until)) => format!("{from} – {until}"),
        (Some(from), None) => format!("{since} {from}"),
        (None, Some(until)) => format!("{till} {until}"),
        (None, None) => String::new(),
    }
}

/// "Agreed in Annex B".
pub fn written_in(document: &str) -> String {
    match language() {
        En => format!("written in {document}"),
        De => format!("geschrieben in {document}"),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn what_was_accepted_and_missed() {
        check_both(
            || missed_running(2),
            "Missed 2 periods running",
            "2 Zeiträume in Folge verfehlt",
        );
        check_both(|| met_of(3, 4), "3 of 4", "3 von 4");
        check_both(|| by_on("Ann", ""), "Ann", "Ann");
        check_both(|| confirmed("13 Oct", ""), "confirmed 13 Oct", "bestätigt am 13 Oct");
        check_both(|| valid(Some("26 Jan".into()), None), "from 26 Jan", "ab 26 Jan");
        check_both(|| valid(None, None), "", "");
    }
}
