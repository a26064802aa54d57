//! The strategy of one client: SWOT, risks, opportunities, salvage, value, sponsor. Long because it is one page's
//! catalogue, every text twice.

use handbook::{
    Language::{De, En},
    records::Quadrant,
};

use super::{count, count_word, language};

texts! {
    title = "Strategy" | "Strategie";
    on_this_page = "On this page" | "Auf dieser Seite";

    swot = "SWOT" | "SWOT";
    swot_why = "What is strong, weak, possible and threatening, looked at anew every three months: it shows where the relationship is going before the client says so."
        | "Was stark, schwach, möglich und bedrohlich ist, alle drei Monate neu betrachtet: Es zeigt, wohin die Beziehung geht, bevor der Kunde es sagt.";
    strengths = "Strengths" | "Stärken";
    weaknesses = "Weaknesses" | "Schwächen";
    chances = "Opportunities" | "Chancen";
    threats = "Threats" | "Bedrohungen";
    new_analysis = "New analysis" | "Neue Analyse";
    new_version = "New version" | "Neue Fassung";
    make_current = "Make current" | "In Kraft setzen";
    edit_analysis = "Edit" | "Bearbeiten";
    draft = "Draft" | "Entwurf";
    draft_help = "A draft. What is below becomes the analysis that holds when you make it current."
        | "Ein Entwurf. Was unten steht, gilt, sobald Sie ihn in Kraft setzen.";
    is_current = "Current" | "Aktuell";
    is_stale = "Out of date" | "Überholt";
    compare_with = "Compare with" | "Vergleichen mit";
    no_comparison = "No comparison" | "Kein Vergleich";
    what_differs = "What differs" | "Unterschiede";
    added = "Added" | "Neu";
    gone = "Gone" | "Entfallen";
    changed = "Changed" | "Geändert";
    nothing_differs = "Nothing differs." | "Nichts unterscheidet sich.";
    seen_in = "Seen in" | "Gesehen in";
    conclusion = "Conclusion" | "Fazit";
    plan_action = "Plan action" | "Maßnahme planen";
    nothing_here = "Nothing yet" | "Noch nichts";

    risks = "Risks" | "Risiken";
    risks_why = "What could harm this relationship, how likely it is, and what you will do if it happens all the same."
        | "Was dieser Beziehung schaden könnte, wie wahrscheinlich es ist und was geschieht, wenn es trotzdem eintritt.";
    new_risk = "New risk" | "Neues Risiko";
    high = "High" | "Hoch";
    medium = "Medium" | "Mittel";
    low = "Low" | "Gering";
    not_judged = "Not judged" | "Nicht bewertet";
    mitigation = "To make it smaller" | "Zur Minderung";
    contingency = "If it happens" | "Wenn es eintritt";
    no_contingency = "No contingency measure: nobody has written down what happens then."
        | "Keine Notfallmaßnahme: Was dann geschieht, hat niemand aufgeschrieben.";
    trigger = "Noticed by" | "Erkennbar an";
    without_response = "No response chosen" | "Keine Reaktion gewählt";
    without_owner = "Nobody watches over it" | "Niemand wacht darüber";

    opportunities = "Opportunities" | "Chancen";
    opportunities_why = "Work that this client might give us, from the first hint to the answer; what is lost is written down with its reason."
        | "Arbeit, die uns dieser Kunde geben könnte, vom ersten Hinweis bis zur Antwort; was verloren geht, steht hier mit seinem Grund.";
    new_opportunity = "New opportunity" | "Neue Chance";
    closes = "Closes" | "Abschluss";
    closing_passed = "Overdue" | "Überfällig";
    no_value = "No value named" | "Kein Wert angegeben";
    lost_because = "Lost because" | "Verloren, weil";
    no_reason = "No reason written down" | "Kein Grund aufgeschrieben";
    beyond_control = "It was beyond our control." | "Es lag nicht in unserer Hand.";
    in_our_hands = "It was in our hands." | "Es lag in unserer Hand.";
    salvage_this = "Plan what can still be gained" | "Planen, was noch zu gewinnen ist";
    salvaged_by = "Salvage plan" | "Rettungsplan";

    salvage = "Salvage and the way back" | "Rettung und der Weg zurück";
    salvage_why = "After a loss there is more to gain than revenue: a reference, what we learned, somebody who stays in touch."
        | "Nach einem Verlust ist mehr zu gewinnen als Umsatz: eine Referenz, was wir gelernt haben, jemand, der verbunden bleibt.";
    new_salvage = "New salvage plan" | "Neuer Rettungsplan";
    still_to_gain = "Still to be gained" | "Noch zu gewinnen";
    of_the_client = "The client as a whole" | "Der Kunde als Ganzes";
    entry_point = "Entry point" | "Einstieg";
    no_entry = "No entry point is named: say whom to go back to, and how."
        | "Kein Einstieg benannt: Geben Sie an, an wen man sich wieder wendet und wie.";
    entry_none = "There is no way back, and somebody has thought about it."
        | "Es gibt keinen Weg zurück; das wurde so entschieden.";
    edit_entry = "Edit entry point" | "Einstieg bearbeiten";
    next_touch = "Next friendly touch" | "Nächster freundlicher Kontakt";
    no_touch = "No day set for a friendly word" | "Kein Tag für ein freundliches Wort gesetzt";

    proactive = "Done before they asked" | "Getan, bevor jemand fragte";
    proactive_why = "What nobody asked for surprises a client most, if somebody tells them of it."
        | "Worum niemand gebeten hat, überrascht einen Kunden am meisten, wenn er davon erfährt.";
    new_proactive = "New proactive service" | "Neue proaktive Leistung";
    not_told = "Not told yet" | "Noch nicht erzählt";
    idea = "Idea" | "Idee";
    told = "Told" | "Erzählt";
    open_digest = "Digest for the client" | "Übersicht für den Kunden";
    reaction = "Reaction" | "Reaktion";

    shown = "Shown from the library" | "Aus der Bibliothek gezeigt";
    shown_why = "A case study of how somebody like their competitor succeeded, or a note on a new technology, is worth a visit."
        | "Eine Fallstudie, wie ein Unternehmen wie ihr Wettbewerber Erfolg hatte, oder eine Notiz zu neuer Technik ist einen Besuch wert.";
    not_shown = "Fits them and was not shown yet" | "Passt zum Kunden und wurde noch nicht gezeigt";
    note_shown = "Note as shown" | "Als gezeigt festhalten";
    open_library = "Library" | "Bibliothek";

    spare = "Time to spare" | "Freie Zeit";
    spare_why = "Where somebody has time to spare, it can go into something that this client will remember."
        | "Wo jemand freie Zeit hat, kann sie in etwas fließen, das diesem Kunden in Erinnerung bleibt.";
    open_capacity = "Capacity entries" | "Kapazitätseinträge";
    no_spare = "No time to spare is written down for the weeks ahead."
        | "Für die kommenden Wochen ist keine freie Zeit eingetragen.";

    benefits = "Benefits besides money" | "Nutzen jenseits von Geld";
    benefits_why = "A reference, a testimonial, a logo: what the client gives us that is not money, and what they agreed to."
        | "Eine Referenz, eine Kundenstimme, ein Logo: was uns der Kunde gibt, das kein Geld ist, und wozu er eingewilligt hat.";
    ideas = "Worth asking for" | "Lohnt sich zu fragen";
    note_idea = "Note as an idea" | "Als Idee notieren";
    new_benefit = "New intangible benefit" | "Neuer immaterieller Nutzen";
    consent = "Agreed to" | "Einwilligung";
    no_consent = "No consent written down: it may not be used yet."
        | "Keine Einwilligung aufgeschrieben: Es darf noch nicht verwendet werden.";
    consent_over = "The consent has ended." | "Die Einwilligung ist abgelaufen.";
    the_client = "The client" | "Der Kunde";
    fatigue = "How often each reference was used in the last twelve months"
        | "Wie oft jede Referenz in den letzten zwölf Monaten verwendet wurde";

    promotions = "Mutual promotion" | "Gegenseitige Empfehlung";
    promotions_why = "What we did to make them better known, and they us: both directions are written down, so that it stays fair."
        | "Womit wir den Kunden bekannter gemacht haben und er uns: Beide Richtungen stehen hier, damit es gerecht bleibt.";
    new_promotion = "New mutual promotion" | "Neue gegenseitige Empfehlung";

    bonds = "What would make leaving us dear" | "Was einen Wechsel teuer macht";
    bonds_why = "Each bond between their work and ours, how strong it is, and what may wear it away."
        | "Jede Bindung zwischen der Arbeit des Kunden und unserer, wie stark sie ist und was sie abtragen könnte.";
    new_bond = "New switching-cost factor" | "Neue Wechselhürde";
    erosion = "May be worn away" | "Erosionsrisiko";
    ended = "Ended" | "Beendet";
    strength = "Strength" | "Stärke";

    sponsor = "Client sponsor" | "Kundensponsor";
    sponsor_why = "Somebody from outside the work asks the client whether they are well served."
        | "Jemand von außerhalb der Arbeit fragt den Kunden, ob er gut betreut wird.";
    no_sponsor = "Nobody is the client sponsor: assign somebody who does not work in their engagements."
        | "Es gibt keinen Kundensponsor: Weisen Sie jemanden zu, der nicht in den Aufträgen des Kunden arbeitet.";
    assign_sponsor = "Assign sponsor" | "Sponsor zuweisen";
    independent = "Independent of the work" | "Unabhängig von der Arbeit";
    not_independent = "Not independent" | "Nicht unabhängig";
    new_dialogue = "New sponsor dialogue" | "Neues Sponsorgespräch";
    no_dialogue = "No dialogue has been held yet." | "Es gab noch kein Gespräch.";
    works = "What works" | "Was gut läuft";
    concerns = "Concerns" | "Bedenken";
    unmet = "Not met" | "Nicht erfüllt";
    not_said = "Not said" | "Nicht gesagt";
    well_served = "Well served" | "Gut betreut";
    partly_served = "Partly well served" | "Teilweise gut betreut";
    badly_served = "Not well served" | "Nicht gut betreut";

    digest = "Digest for the client" | "Übersicht für den Kunden";
    digest_lead = "Only what the client may see. Print it, hand it over, or send it; then mark it as told."
        | "Nur was der Kunde sehen darf. Drucken, überreichen oder senden Sie es; danach vermerken Sie, dass es erzählt ist.";
    from = "From" | "Von";
    to = "To" | "Bis";
    save_text = "Save as text" | "Als Text speichern";
    save_page = "Save as page" | "Als Seite speichern";
    nothing_to_tell = "Nothing was done or shown in these days. What is done before anybody asks stands here, with the client’s own words for its benefit."
        | "In diesen Tagen wurde nichts getan oder gezeigt. Hier steht, was geschah, bevor jemand fragte, mit den Worten des Kunden für seinen Nutzen.";
    what_we_showed = "What we showed you" | "Was wir Ihnen gezeigt haben";
    file_name = "digest" | "uebersicht";
    by_digest = "Digest" | "Übersicht";
    marked_told = "Marked as told." | "Als erzählt vermerkt.";
}

/// "Strengths": what stands above a quadrant.
pub fn quadrant(quadrant: Quadrant) -> &'static str {
    match quadrant {
        Quadrant::Strength => strengths(),
        Quadrant::Weakness => weaknesses(),
        Quadrant::Opportunity => chances(),
        Quadrant::Threat => threats(),
        Quadrant::Foreign => nothing_here(),
    }
}

/// "Add strength".
pub fn add(quadrant: Quadrant) -> &'static str {
    let (en, de) = match quadrant {
        Quadrant::Strength => ("Add strength", "Stärke hinzufügen"),
        Quadrant::Weakness => ("Add weakness", "Schwäche hinzufügen"),
        Quadrant::Opportunity => ("Add opportunity", "Chance hinzufügen"),
        Quadrant::Threat => ("Add threat", "Bedrohung hinzufügen"),
        Quadrant::Foreign => ("Add", "Hinzufügen"),
    };
    super::say(handbook::Words::new(en, de))
}

/// "of 12 Oct by Ines Marchetti, holds until 12 Jan".
pub fn made(day: &str, authors: &str, due: &str) -> String {
    let by = match (language(), authors.is_empty()) {
        (_, true) => String::new(),
        (En, false) => format!(" by {authors}"),
        (De, false) => format!(" von {authors}"),
    };
    match language() {
        En => format!("Of {day}{by}, holds until {due}"),
        De => format!("Vom {day}{by}, gilt bis {due}"),
    }
}

/// "Of 12 Oct by Ines Marchetti": a version that does not hold.
pub fn made_only(day: &str, authors: &str) -> String {
    match (language(), authors.is_empty()) {
        (En, true) => format!("Of {day}"),
        (De, true) => format!("Vom {day}"),
        (En, false) => format!("Of {day} by {authors}"),
        (De, false) => format!("Vom {day} von {authors}"),
    }
}

/// "Weight 4 of 5".
pub fn weight(weight: i64) -> String {
    match language() {
        En => format!("Weight {weight} of 5"),
        De => format!("Gewicht {weight} von 5"),
    }
}

/// "Changes since 12 Aug".
pub fn changes_since(day: &str) -> String {
    match language() {
        En => format!("What differs from the version of {day}"),
        De => format!("Unterschiede zur Fassung vom {day}"),
    }
}

/// "3 the same".
pub fn the_same(n: usize) -> String {
    match language() {
        En => format!("{n} unchanged"),
        De => format!("{n} unverändert"),
    }
}

/// "Exposure 31 over 4 open risks: the sum of probability × impact."
pub fn exposure(sum: i64, open: usize, unjudged: usize) -> String {
    let risks =
        count(open as u64, ["open risk", "open risks"], ["offenes Risiko", "offene Risiken"]);
    let rest = match (language(), unjudged) {
        (_, 0) => String::new(),
        (En, n) => format!("; {n} not judged yet"),
        (De, n) => format!("; {n} noch nicht bewertet"),
    };
    match language() {
        En => format!(
            "Exposure {sum} over {risks} (n = {open}), the sum of probability × impact{rest}."
        ),
        De => format!(
            "Risikosumme {sum} über {risks} (n = {open}), Summe aus Wahrscheinlichkeit × Auswirkung{rest}."
        ),
    }
}

/// "Two high risks have no contingency measure."
pub fn without_contingency(n: usize) -> String {
    match (language(), n) {
        (En, 1) => "One high risk has no contingency measure.".into(),
        (De, 1) => "Ein hohes Risiko hat keine Notfallmaßnahme.".into(),
        (En, n) => format!("{} high risks have no contingency measure.", count_word(n)),
        (De, n) => format!("{} hohe Risiken haben keine Notfallmaßnahme.", count_word(n)),
    }
}

/// "One review is overdue."
pub fn reviews_overdue(n: usize) -> String {
    match (language(), n) {
        (En, 1) => "One review is overdue.".into(),
        (De, 1) => "Eine Prüfung ist überfällig.".into(),
        (En, n) => format!("{} reviews are overdue.", count_word(n)),
        (De, n) => format!("{} Prüfungen sind überfällig.", count_word(n)),
    }
}

/// "Review by 3 Dec".
pub fn review_by(day: &str) -> String {
    match language() {
        En => format!("Review by {day}"),
        De => format!("Prüfung bis {day}"),
    }
}

/// "Review was due on 3 Nov".
pub fn review_was_due(day: &str) -> String {
    match language() {
        En => format!("Review was due on {day}"),
        De => format!("Prüfung war fällig am {day}"),
    }
}

/// "2 closed".
pub fn closed(n: usize) -> String {
    match language() {
        En => format!("{n} closed"),
        De => format!("{n} geschlossen"),
    }
}

/// "60 % likely".
pub fn likely(percent: i64) -> String {
    match language() {
        En => format!("{percent} % likely"),
        De => format!("{percent} % wahrscheinlich"),
    }
}

/// "weighted €60,000": the sum of value times probability.
pub fn weighted(amount: &str) -> String {
    match language() {
        En => format!("{amount} weighted by probability"),
        De => format!("{amount} nach Wahrscheinlichkeit gewichtet"),
    }
}

/// "one without a value".
pub fn without_value(n: usize) -> String {
    match language() {
        En => format!("{n} without a value"),
        De => format!("{n} ohne Wert"),
    }
}

/// "Told on 3 Nov, progress meeting".
pub fn told_on(day: &str, how: &str) -> String {
    let how = if how.is_empty() { String::new() } else { format!(", {how}") };
    match language() {
        En => format!("Told on {day}{how}"),
        De => format!("Erzählt am {day}{how}"),
    }
}

/// "Three services are done and nobody has told the client."
pub fn untold(n: usize) -> String {
    match (language(), n) {
        (En, 1) => "One service is done, and nobody has told the client.".into(),
        (De, 1) => "Eine Leistung ist erbracht, und der Kunde weiß noch nichts davon.".into(),
        (En, n) => format!("{} services are done, and nobody has told the client.", count_word(n)),
        (De, n) => {
            format!(
                "{} Leistungen sind erbracht, und der Kunde weiß noch nichts davon.",
                count_word(n)
            )
        }
    }
}

/// "14 h given unpaid in twelve months, 6 h of it spare time, for 3 services; 2 came from what they expect."
pub fn given(effort: &str, spare: &str, n: usize, expected: usize) -> String {
    let services = count(n as u64, ["service", "services"], ["Leistung", "Leistungen"]);
    match language() {
        En => format!(
            "In twelve months {services} unpaid, {effort} of work, {spare} of it time to spare; {expected} met an expectation."
        ),
        De => format!(
            "In zwölf Monaten {services} ohne Rechnung, {effort} Arbeit, davon {spare} freie Zeit; {expected} erfüllten eine Erwartung."
        ),
    }
}

/// "The team has 22 h to spare in the four weeks from 16 Nov, 14 h of them not used for anything yet."
pub fn to_spare(spare: &str, free: &str) -> String {
    match language() {
        En => format!(
            "The team has {spare} to spare in the next four weeks, {free} of it for nothing named yet."
        ),
        De => format!(
            "Das Team hat in den nächsten vier Wochen {spare} frei, davon {free} noch ohne Zweck."
        ),
    }
}

/// "Week of 16 Nov".
pub fn week_of(day: &str) -> String {
    match language() {
        En => format!("Week of {day}"),
        De => format!("Woche ab {day}"),
    }
}

/// "12 h free".
pub fn free(time: &str) -> String {
    match language() {
        En => format!("{time} free"),
        De => format!("{time} frei"),
    }
}

/// "until 3 Dec".
pub fn until(day: &str) -> String {
    match language() {
        En => format!("until {day}"),
        De => format!("bis {day}"),
    }
}

/// "approved by Helen Osei".
pub fn approved_by(name: &str) -> String {
    match language() {
        En => format!("approved by {name}"),
        De => format!("freigegeben von {name}"),
    }
}

/// "used 3 times in twelve months, last on 3 Nov".
pub fn used(n: usize, last: &str) -> String {
    match (language(), n) {
        (En, 1) => format!("used once in twelve months, on {last}"),
        (De, 1) => format!("einmal in zwölf Monaten verwendet, am {last}"),
        (En, n) => format!("used {n} times in twelve months, last on {last}"),
        (De, n) => format!("{n}-mal in zwölf Monaten verwendet, zuletzt am {last}"),
    }
}

/// "Balance −1: they for us 2, we for them 3, since 13 Nov 2025."
pub fn balance(balance: i64, theirs: usize, ours: usize, since: &str) -> String {
    let signed = match balance {
        0 => "0".to_owned(),
        n if n < 0 => format!("−{}", n.unsigned_abs()),
        n => format!("+{n}"),
    };
    match language() {
        En => format!(
            "Balance {signed}: they for us {theirs} less we for them {ours}, since {since}."
        ),
        De => format!(
            "Saldo {signed}: der Kunde für uns {theirs} weniger wir für den Kunden {ours}, seit {since}."
        ),
    }
}

/// "4 bonds hold, 13 in strength; the first to end: Frame contract, 3 Mar 2027."
pub fn bonds_hold(n: usize, weight: i64) -> String {
    let bonds =
        count(n as u64, ["bond holds", "bonds hold"], ["Bindung besteht", "Bindungen bestehen"]);
    match language() {
        En => format!("{bonds}, with a strength of {weight} between them."),
        De => format!("{bonds}, mit einer Stärke von zusammen {weight}."),
    }
}

/// "The first to end is “Frame contract”, on 3 Mar 2027."
pub fn first_to_end(what: &str, day: &str) -> String {
    match language() {
        En => format!("The first to end is “{what}”, {day}."),
        De => format!("Als Erstes endet „{what}“, {day}."),
    }
}

/// "Ends 3 Mar 2027".
pub fn ends(day: &str) -> String {
    match language() {
        En => format!("Ends {day}"),
        De => format!("Endet {day}"),
    }
}

/// "of 5".
pub fn of_five() -> &'static str {
    super::say(handbook::Words::new("of 5", "von 5"))
}

/// "Ines Marchetti is also project manager of West basin: a sponsor stands outside the work."
pub fn conflict(name: &str, role: &str, engagement: &str) -> String {
    let of = match (language(), engagement.is_empty()) {
        (En, true) => " for this client".to_owned(),
        (De, true) => " bei diesem Kunden".to_owned(),
        (En, false) => format!(" in “{engagement}”"),
        (De, false) => format!(" in „{engagement}“"),
    };
    match language() {
        En => format!("{name} also has the role “{role}”{of}. A sponsor stands outside the work."),
        De => format!(
            "{name} hat auch die Rolle „{role}“{of}. Ein Sponsor steht außerhalb der Arbeit."
        ),
    }
}

/// "Next dialogue due on 3 Dec, every 3 months".
pub fn dialogue_due(day: &str, months: u32) -> String {
    match language() {
        En => format!("The next dialogue is due by {day}; one is wanted every {months} months."),
        De => format!(
            "Das nächste Gespräch ist bis {day} fällig; gewünscht ist eines alle {months} Monate."
        ),
    }
}

/// "The next dialogue was due on 3 Nov".
pub fn dialogue_late(day: &str, months: u32) -> String {
    match language() {
        En => format!("A dialogue was due by {day}; one is wanted every {months} months."),
        De => {
            format!("Ein Gespräch war bis {day} fällig; gewünscht ist eines alle {months} Monate.")
        }
    }
}

/// "West basin has ended without a final debriefing."
pub fn debrief_missing(what: &str) -> String {
    match language() {
        En => {
            format!("“{what}” is finished; the final debriefing by the sponsor is still to come.")
        }
        De => format!(
            "„{what}“ ist abgeschlossen; die abschließende Nachbesprechung durch den Sponsor steht noch aus."
        ),
    }
}

/// "Mark 3 services as told".
pub fn mark_told(n: usize) -> String {
    match (language(), n) {
        (En, 1) => "Mark one service as told".into(),
        (De, 1) => "Eine Leistung als erzählt vermerken".into(),
        (En, n) => format!("Mark {n} services as told"),
        (De, n) => format!("{n} Leistungen als erzählt vermerken"),
    }
}

/// "Digest of 12 Nov": how the client was told.
pub fn digest_of(day: &str) -> String {
    match language() {
        En => format!("Digest of {day}"),
        De => format!("Übersicht vom {day}"),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn sentences_with_numbers() {
        check_both(
            || exposure(31, 4, 1),
            "Exposure 31 over 4 open risks (n = 4), the sum of probability × impact; 1 not judged yet.",
            "Risikosumme 31 über 4 offene Risiken (n = 4), Summe aus Wahrscheinlichkeit × Auswirkung; 1 noch nicht bewertet.",
        );
        check_both(
            || balance(-1, 2, 3, "X"),
            "Balance −1: they for us 2 less we for them 3, since X.",
            "Saldo −1: der Kunde für uns 2 weniger wir für den Kunden 3, seit X.",
        );
        check_both(
            || conflict("Ines", "Project manager", ""),
            "Ines also has the role “Project manager” for this client. A sponsor stands outside the work.",
            "Ines hat auch die Rolle „Project manager“ bei diesem Kunden. Ein Sponsor steht außerhalb der Arbeit.",
        );
        check_both(
            || used(1, "X"),
            "used once in twelve months, on X",
            "einmal in zwölf Monaten verwendet, am X",
        );
        check_both(
            || mark_told(3),
            "Mark 3 services as told",
            "3 Leistungen als erzählt vermerken",
        );
    }
}
