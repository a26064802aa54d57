//! How the firm brings its procedures to its clients, one pilot after the other.

use handbook::{
    Language::{De, En},
    records::Adoption,
};

use super::{count, language};

texts! {
    title = "Rollout" | "Einführung";
    lead = "The procedures are tried with one or two clients who are willing to invest, and spread only as fast as they can be delivered."
        | "Die Verfahren werden mit ein oder zwei Kunden erprobt, die sich einbringen wollen, und nur so schnell verbreitet, wie sie erfüllt werden können.";
    gate = "May another pilot begin?" | "Darf ein weiterer Pilot beginnen?";
    may_begin = "Yes: nothing speaks against another pilot."
        | "Ja: Nichts spricht gegen einen weiteren Piloten.";
    not_now = "Not now." | "Derzeit nicht.";
    gate_how = "Promises of all clients over 90 days; time to spare in the next four weeks that is not used for anything yet, against the largest need of a candidate."
        | "Zusagen an alle Kunden in 90 Tagen; freie Zeit der nächsten vier Wochen ohne Zweck, gegen den größten Bedarf eines Kandidaten.";
    momentum = "What it has shown" | "Was sich gezeigt hat";
    no_momentum = "Nothing has been evaluated yet. What a pilot shows stands here, so that the next client and the leadership can see why it is worth it."
        | "Noch wurde nichts ausgewertet. Was ein Pilot zeigt, steht hier, damit der nächste Kunde und die Leitung sehen, warum es sich lohnt.";
    no_rollout = "No client takes part yet. Begin with one who is willing to invest in the relationship."
        | "Noch nimmt kein Kunde teil. Beginnen Sie mit einem, der in die Beziehung investieren will.";
    others = "Who else might take part" | "Wer noch teilnehmen könnte";
    make_candidate = "Make candidate" | "Als Kandidat aufnehmen";
    begin_pilot = "Begin the pilot" | "Pilot beginnen";
    log_decision = "Log decision" | "Entscheidung festhalten";
    decisions = "Decisions" | "Entscheidungen";
    fit_because = "Fit because" | "Geeignet, weil";
    no_criteria = "Nobody has written down why this client is fit for it."
        | "Warum sich dieser Kunde eignet, hat niemand aufgeschrieben.";
    measured = "Measured" | "Gemessen";
    shows = "It worked, as seen by" | "Gelungen, erkennbar an";
    willingness_unknown = "Willingness to invest not judged" | "Investitionsbereitschaft nicht bewertet";
    adoption_unknown = "Adoption not noted" | "Einführungsgrad nicht vermerkt";
    stages = "Clients by stage" | "Kunden nach Stufe";
    leaders = "For whoever leads" | "Für die Leitung";
    waiting = "Waits for you" | "Wartet auf Sie";
    in_planning = "Engagements that are planned without it" | "Aufträge, die ohne sie geplant sind";
    one_of_us = "One of us" | "Jemand von uns";
}

/// "Not planned: kick-off and survey".
pub fn not_planned(what: &str) -> String {
    match language() {
        En => format!("Not planned: {what}"),
        De => format!("Nicht geplant: {what}"),
    }
}

/// "Willing to invest: 4 of 5".
pub fn willing(to: i64) -> String {
    match language() {
        En => format!("Willing to invest: {to} of 5"),
        De => format!("Investitionsbereitschaft: {to} von 5"),
    }
}

/// "Procedures: in pilot".
pub fn adoption(adoption: Adoption) -> &'static str {
    let (en, de) = match adoption {
        Adoption::None => ("Procedures not adopted", "Verfahren nicht eingeführt"),
        Adoption::Pilot => ("Procedures in pilot", "Verfahren im Pilot"),
        Adoption::Adopted => ("Procedures adopted", "Verfahren eingeführt"),
        Adoption::Foreign => return adoption_unknown(),
    };
    super::say(handbook::Words::new(en, de))
}

/// "Needs 16 h in four weeks".
pub fn needs(time: &str) -> String {
    match language() {
        En => format!("Needs {time} in four weeks"),
        De => format!("Braucht {time} in vier Wochen"),
    }
}

/// "Since 3 Oct".
pub fn since(day: &str) -> String {
    match language() {
        En => format!("Since {day}"),
        De => format!("Seit {day}"),
    }
}

/// "Evaluate by 3 Dec".
pub fn evaluate_by(day: &str) -> String {
    match language() {
        En => format!("Evaluate by {day}"),
        De => format!("Auswerten bis {day}"),
    }
}

/// "Was to be evaluated by 3 Dec".
pub fn evaluation_late(day: &str) -> String {
    match language() {
        En => format!("Was to be evaluated by {day}"),
        De => format!("Auswertung war bis {day} fällig"),
    }
}

/// "2 clients in four stages": the heading's count.
pub fn taking_part(n: usize) -> String {
    count(
        n as u64,
        ["client takes part", "clients take part"],
        ["Kunde nimmt teil", "Kunden nehmen teil"],
    )
}

/// "3 Oct, Ines Marchetti: Begin with one engagement only."
pub fn decided(day: &str, who: &str) -> String {
    format!("{day}, {who}")
}
