//! Clients: the portfolio and one client's page.

use handbook::Language::{De, En};

use super::{count, language};

texts! {
    title = "Clients" | "Kunden";
    filter = "Filter clients" | "Kunden filtern";
    as_table = "Table" | "Tabelle";
    as_cards = "Cards" | "Karten";
    layout = "Layout" | "Ansicht";
    all = "All" | "Alle";
    status = "Status" | "Status";
    current = "Current" | "Laufende";
    archived = "Archived" | "Archiviert";
    archive = "Archive client" | "Kunde archivieren";
    unarchive = "Bring back" | "Zurückholen";
    needs_attention = "Needs attention" | "Braucht Aufmerksamkeit";
    no_clients = "Clients stand here with what each of them needs. Add the first one; everything else can wait."
        | "Hier stehen die Kunden mit dem, was jeder von ihnen braucht. Legen Sie den ersten an; alles andere kann warten.";
    none_match = "No client matches these filters." | "Kein Kunde passt zu diesen Filtern.";
    reasons = "Reasons" | "Anlässe";
    last_contact = "Last conversation" | "Letztes Gespräch";
    account_manager = "Account manager" | "Kundenbetreuung";
    client_sponsor = "Client sponsor" | "Kundensponsor";
    next_contact = "Next contact" | "Nächster Kontakt";
    client_since = "Client since" | "Kunde seit";
    not_assigned = "Not assigned" | "Nicht zugewiesen";
    not_planned = "Not planned" | "Nicht geplant";
    unknown = "Not known" | "Nicht bekannt";
    overview = "Overview" | "Überblick";
    timeline = "Timeline" | "Zeitleiste";
    people = "People" | "Personen";
    complaints = "Complaints" | "Beschwerden";
    details = "Details" | "Einzelheiten";
    call = "Call" | "Anrufen";
    mail = "Write e-mail" | "E-Mail schreiben";
    edit_client = "Edit client" | "Kunde bearbeiten";
    print = "Print" | "Drucken";
    export_handbook = "Export handbook" | "Handbuch exportieren";
    coverage = "360° coverage" | "360°-Abdeckung";
    coverage_caption = "Touchpoints of the last twelve months by function and month"
        | "Kontakte der letzten zwölf Monate nach Funktion und Monat";
    touchpoints = "Touchpoints" | "Kontakte";
    last_spoke = "Last spoke" | "Zuletzt";
    last_90_days = "last 90 days" | "letzte 90 Tage";
    heat_none = "none" | "keine";
    heat_many = "10 or more" | "10 oder mehr";
    never = "never" | "nie";
    all_spoke = "All functions have spoken with them in the last 90 days."
        | "Alle Funktionen haben in den letzten 90 Tagen mit dem Kunden gesprochen.";
    key_figures = "Key figures" | "Kennzahlen";
    last_12_months = "last 12 months" | "letzte 12 Monate";
    figure = "Figure" | "Kennzahl";
    value = "Value" | "Wert";
    how_computed = "How it is computed" | "Berechnung";
    promises_kept = "Promises kept" | "Gehaltene Zusagen";
    answered_on_time = "Answered on time" | "Rechtzeitig beantwortet";
    last_conversation = "Last conversation" | "Letztes Gespräch";
    open_promises = "Open promises" | "Offene Zusagen";
    promise = "Promise" | "Zusage";
    to = "To" | "An";
    by = "By" | "Von";
    due = "Due" | "Fällig";
    no_promises = "No promise is open. What is promised in a conversation is picked out of its text."
        | "Keine Zusage ist offen. Was in einem Gespräch zugesagt wird, wird seinem Text entnommen.";
    all_promises = "All promises" | "Alle Zusagen";
    last_touchpoints = "Last touchpoints" | "Letzte Kontakte";
    open_timeline = "Open timeline" | "Zeitleiste öffnen";
    no_touchpoints = "Nobody has logged a conversation yet. Three taps and a text are enough."
        | "Noch hat niemand ein Gespräch festgehalten. Dreimal tippen und ein Text genügen.";
    new_person = "New contact" | "Neuer Ansprechpartner";
    no_people = "The people at this client stand here: who decides, how they stand to us, who knows them."
        | "Hier stehen die Personen bei diesem Kunden: wer entscheidet, wie sie zu uns stehen, wer sie kennt.";
    nothing_matches = "Nothing in this client’s history matches these filters."
        | "In der Geschichte dieses Kunden passt nichts zu diesen Filtern.";
    nothing_yet = "Everything that happens with this client is told here, newest first."
        | "Hier steht alles, was mit diesem Kunden geschieht, das Neueste zuerst.";
    every_function = "All functions" | "Alle Funktionen";
    every_kind = "Everything" | "Alles";
    everyone = "Everyone" | "Alle";
    by_function = "Function" | "Funktion";
    by_kind = "Kind" | "Art";
    by_person = "Person" | "Person";
    left = "Left" | "Ausgeschieden";
    stance = "Stance" | "Haltung";
    no_complaints = "No complaint has been received. When one comes, four fields are enough to begin."
        | "Es ist keine Beschwerde eingegangen. Kommt eine, genügen für den Anfang vier Felder.";
    mark_kept = "Kept" | "Gehalten";
    more_earlier = "Show earlier" | "Frühere anzeigen";
    only_contact = "We know one person only there." | "Wir kennen dort nur eine Person.";
    none_due = "none has fallen due" | "noch keine fällig";
    none_answered = "none has been answered" | "noch keine beantwortet";
    no_conversation = "no two-way touchpoint yet" | "noch kein wechselseitiger Kontakt";
}

/// "4 of 5 functions in 90 days".
pub fn functions_covered(covered: usize, of: usize) -> String {
    match language() {
        En => format!("{covered} of {of} functions in 90 days"),
        De => format!("{covered} von {of} Funktionen in 90 Tagen"),
    }
}

/// "Finance has been silent"; what follows says since when.
pub fn has_been_silent(function: &str) -> String {
    match language() {
        En => format!("{function} has been silent"),
        De => format!("{function}: kein Kontakt"),
    }
}

/// " since 7 August."
pub fn since_day(day: &str) -> String {
    match language() {
        En => format!(" since {day}."),
        // The day may end with the full stop of its month: "7. Aug."
        De => format!(" seit {}.", day.trim_end_matches('.')),
    }
}

/// "Finance has not spoken with them yet."
pub fn never_spoke(function: &str) -> String {
    match language() {
        En => format!("{function} has not spoken with them yet."),
        De => format!("{function}: noch kein Kontakt."),
    }
}

/// "kept on or before the date, 11 of 12 due".
pub fn kept_how(kept: usize, due: usize) -> String {
    match language() {
        En => format!("kept on or before the date, {kept} of {due} due"),
        De => format!("bis zum Tag gehalten, {kept} von {due} fälligen"),
    }
}

/// "complaints within 10 working days, 3 of 4".
pub fn answered_how(days: i64, kept: usize, of: usize) -> String {
    match language() {
        En => format!("complaints within {days} working days, {kept} of {of}"),
        De => format!("Beschwerden binnen {days} Arbeitstagen, {kept} von {of}"),
    }
}

/// "two-way, 11 Nov; ideal 30 days, at most 45".
pub fn last_how(day: &str, ideal: i64, max: i64) -> String {
    match language() {
        En => format!("two-way, {day}; ideal {ideal} days, at most {max}"),
        De => format!("wechselseitig, {day}; ideal {ideal} Tage, höchstens {max}"),
    }
}

/// "3 clients".
pub fn clients(n: usize) -> String {
    count(n as u64, ["client", "clients"], ["Kunde", "Kunden"])
}

/// "2 urgent, 1 soon".
pub fn reason_counts(urgent: usize, soon: usize, watch: usize) -> String {
    let words = match language() {
        En => ["urgent", "soon", "to watch"],
        De => ["dringend", "bald", "zu beachten"],
    };
    let parts: Vec<String> = [urgent, soon, watch]
        .iter()
        .zip(words)
        .filter(|(n, _)| **n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn figures_and_findings() {
        check_both(
            || functions_covered(4, 5),
            "4 of 5 functions in 90 days",
            "4 von 5 Funktionen in 90 Tagen",
        );
        check_both(
            || has_been_silent("Finance") + &since_day("7 Aug"),
            "Finance has been silent since 7 Aug.",
            "Finance: kein Kontakt seit 7 Aug.",
        );
        let abbreviated = || since_day(if language() == De { "7. Aug." } else { "7 Aug" });
        check_both(abbreviated, " since 7 Aug.", " seit 7. Aug.");
        check_both(
            || never_spoke("Finance"),
            "Finance has not spoken with them yet.",
            "Finance: noch kein Kontakt.",
        );
        check_both(
            || kept_how(11, 12),
            "kept on or before the date, 11 of 12 due",
            "bis zum Tag gehalten, 11 von 12 fälligen",
        );
        check_both(
            || answered_how(10, 3, 4),
            "complaints within 10 working days, 3 of 4",
            "Beschwerden binnen 10 Arbeitstagen, 3 von 4",
        );
        check_both(
            || last_how("11 Nov", 30, 45),
            "two-way, 11 Nov; ideal 30 days, at most 45",
            "wechselseitig, 11 Nov; ideal 30 Tage, höchstens 45",
        );
        check_both(|| clients(1), "1 client", "1 Kunde");
        check_both(|| clients(3), "3 clients", "3 Kunden");
        check_both(|| reason_counts(2, 0, 1), "2 urgent, 1 to watch", "2 dringend, 1 zu beachten");
    }
}
