//! A client's overview and people: what is known, who carries the relationship, who would be missed.

use handbook::Language::{De, En};

use super::{count, language};

texts! {
    known_title = "What we know" | "Was wir wissen";
    all_known = "Everything that must be known of a client is known."
        | "Alles, was über einen Kunden bekannt sein muss, ist bekannt.";
    still_missing = "Still missing" | "Noch offen";
    carried = "Who carries it" | "Wer die Beziehung trägt";
    no_talks = "Nobody has spoken with them in this time, so nothing can be said about who carries the relationship."
        | "In dieser Zeit hat niemand mit dem Kunden gesprochen; wer die Beziehung trägt, lässt sich nicht sagen.";
    how_counted = "How this is counted" | "Wie das gezählt wird";
    our_people = "Our people" | "Unsere Leute";
    their_people = "Their people" | "Leute des Kunden";
    talks_column = "Conversations" | "Gespräche";
    share_column = "Share" | "Anteil";
    if_leaves = "If this person leaves" | "Wenn diese Person geht";
    lost_promises = "Open promises" | "Offene Zusagen";
    lost_contacts = "Known to nobody else" | "Sonst niemandem bekannt";
    nobody_missed = "Whoever left, no promise and no acquaintance would go with them."
        | "Wer auch ginge: Keine Zusage und keine Bekanntschaft ginge mit.";
    to_value = "From a person to value" | "Von der Person zum Wert";
    to_value_why = "A relationship that rests on one person ends with that person. Three steps let it rest on what it is worth."
        | "Eine Beziehung, die auf einer Person ruht, endet mit ihr. Drei Schritte, damit sie auf ihrem Wert ruht.";
    step_known = "Everybody we know there is known to two of us" | "Alle, die wir dort kennen, kennen zwei von uns";
    step_goals = "It is written down what they want to reach" | "Es ist festgehalten, was der Kunde erreichen will";
    step_shown = "They have been shown what we are worth to them" | "Dem Kunden wurde gezeigt, was wir ihm wert sind";
    write_goals = "Write down goals" | "Ziele festhalten";
    note_shown = "Note value shown" | "Gezeigtes festhalten";
    plan_introduction = "Plan introduction" | "Vorstellung planen";
    come_along = "Choose who else of us comes along." | "Bitte wählen, wer von uns noch mitkommt.";
    choose_day = "Choose the day." | "Bitte den Tag wählen.";
    done = "Done" | "Erledigt";
    to_do = "To do" | "Zu tun";
    grid = "Influence and interest" | "Einfluss und Interesse";
    grid_caption = "People at the client by influence and interest, from 1 to 5"
        | "Leute des Kunden nach Einfluss und Interesse, von 1 bis 5";
    much_influence = "Influence 4–5" | "Einfluss 4–5";
    some_influence = "Influence 1–3" | "Einfluss 1–3";
    much_interest = "Interest 4–5" | "Interesse 4–5";
    some_interest = "Interest 1–3" | "Interesse 1–3";
    nobody = "Nobody" | "Niemand";
    not_placed = "Influence or interest not known:" | "Einfluss oder Interesse nicht bekannt:";
    met = "Who has met whom" | "Wer wen kennt";
    met_caption = "Conversations of our people with theirs, and the day of the last one"
        | "Gespräche unserer Leute mit denen des Kunden und der Tag des letzten";
    nobody_met = "Nobody of us has spoken with anybody there yet." | "Noch hat niemand von uns dort mit jemandem gesprochen.";
    all_known_twice = "Everybody we have met there is known to two of us or more."
        | "Alle, die wir dort kennen, sind mindestens zweien von uns bekannt.";
    known_to = "Known to" | "Bekannt bei";
    who_left = "No longer there" | "Nicht mehr dort";
    wanted = "wanted" | "gewünscht";
    never_spoken = "Not spoken with yet" | "Noch nicht gesprochen";
    do_not_contact = "Do not contact" | "Nicht kontaktieren";
    more_kinds = "More" | "Mehr";
    jump_to = "Up to" | "Bis zum";
    show_all = "Show everything" | "Alles anzeigen";
    ahead = "Ahead" | "Steht bevor";
}

/// "12 of 15 facts".
pub fn facts_known(known: usize, of: usize) -> String {
    match language() {
        En => format!("{known} of {of} facts"),
        De => format!("{known} von {of} Angaben"),
    }
}

/// "80 % of what must be known of a client is known."
pub fn percent_known(percent: usize) -> String {
    match language() {
        En => format!("{percent} % of what must be known of a client is known."),
        De => format!("{percent} % dessen, was über einen Kunden bekannt sein muss, ist bekannt."),
    }
}

/// "23 conversations in 180 days".
pub fn talks(n: usize, days: u32) -> String {
    let talks = count(n as u64, ["conversation", "conversations"], ["Gespräch", "Gespräche"]);
    match language() {
        En => format!("{talks} in {days} days"),
        De => format!("{talks} in {days} Tagen"),
    }
}

/// "Of our people, Tomas Reuter took part in most: 86 %."
pub fn busiest_of_us(name: &str, share: usize) -> String {
    match language() {
        En => format!("Of our people {name} has the largest share, {share} %."),
        De => format!("Von unseren Leuten hat {name} den größten Anteil, {share} %."),
    }
}

/// "Of theirs it is Helen Osei with 52 %."
pub fn busiest_of_theirs(name: &str, share: usize) -> String {
    match language() {
        En => format!("Of theirs it is {name} with {share} %."),
        De => format!("Auf der Seite des Kunden ist es {name} mit {share} %."),
    }
}

/// "The relationship hangs on Tomas Reuter."
pub fn hangs_on(name: &str) -> String {
    match language() {
        En => format!("The relationship hangs on {name}."),
        De => format!("Die Beziehung hängt an {name}."),
    }
}

/// What a share and the index are, and from when on they are worth a warning.
pub fn counting(touches: usize, ours: u32, theirs: u32) -> String {
    match language() {
        En => format!(
            "A conversation is a two-way touchpoint; it counts once for everybody who took part. A share is one person’s \
             parts of all parts of their side. From {touches} conversations on, a warning stands here at {ours} % for one of \
             us or {theirs} % for one of them, and whenever we know one person only."
        ),
        De => format!(
            "Ein Gespräch ist ein wechselseitiger Kontakt; es zählt einmal für alle, die dabei waren. Ein Anteil ist der \
             Teil einer Person an allen Teilnahmen ihrer Seite. Ab {touches} Gesprächen steht hier eine Warnung bei {ours} % \
             für eine Person von uns oder {theirs} % für eine des Kunden, und immer, wenn wir nur eine Person kennen."
        ),
    }
}

/// "Concentration index (HHI) 7,521 of 10,000".
pub fn index(value: &str, most: &str) -> String {
    match language() {
        En => {
            format!("Sum of the squared shares (HHI): {value}; {most} would be one person alone.")
        }
        De => {
            format!("Summe der quadrierten Anteile (HHI): {value}; {most} wäre eine Person allein.")
        }
    }
}

/// "Only Tomas Reuter has met Noor Haddad."
pub fn only_one_met(ours: &str, theirs: &str) -> String {
    match language() {
        En => format!("Only {ours} has met {theirs}."),
        De => format!("Nur {ours} kennt {theirs}."),
    }
}

/// "5 of 6 are."
pub fn so_many_are(n: usize, of: usize) -> String {
    match language() {
        En => format!("{n} of {of} are"),
        De => format!("{n} von {of}"),
    }
}

/// "2 times in 180 days".
pub fn shown_times(n: usize, days: u32) -> String {
    match language() {
        En => format!("{} in {days} days", count(n as u64, ["time", "times"], ["Mal", "Mal"])),
        De => format!("{n}-mal in {days} Tagen"),
    }
}

/// "Introduction on 1 Dec".
pub fn introduction_on(day: &str) -> String {
    match language() {
        En => format!("Introduction on {day}"),
        De => format!("Vorstellung am {day}"),
    }
}

/// "Introduction: Noor Haddad", as the planned contact is called.
pub fn introduction_of(name: &str) -> String {
    match language() {
        En => format!("Introduction: {name}"),
        De => format!("Vorstellung: {name}"),
    }
}

/// "Plan introduction: Noor Haddad".
pub fn plan_introduction_of(name: &str) -> String {
    format!("{}: {name}", plan_introduction())
}

/// "and 3 more".
pub fn and_more(n: usize) -> String {
    match language() {
        En => format!("and {n} more"),
        De => format!("und {n} weitere"),
    }
}

/// "Last spoke 3 days ago with Tomas Reuter".
pub fn last_spoke(ago: &str, with: &str) -> String {
    match language() {
        En => format!("Last spoke {ago} with {with}"),
        De => format!("Zuletzt {ago} mit {with} gesprochen"),
    }
}

/// "Was supportive before".
pub fn was_before(stance: &str) -> String {
    match language() {
        En => format!("Was {stance} before"),
        De => format!("War zuvor „{stance}“"),
    }
}

/// "Same person at Merrow Water Board".
pub fn same_person_at(client: &str) -> String {
    match language() {
        En => format!("Same person at {client}"),
        De => format!("Dieselbe Person bei {client}"),
    }
}

/// "Influence 5, interest 4".
pub fn placed(influence: i64, interest: i64) -> String {
    match language() {
        En => format!("{influence} and {interest}"),
        De => format!("{influence} und {interest}"),
    }
}

/// "2 of us".
pub fn of_us(n: usize) -> String {
    match language() {
        En => format!("{n} of us"),
        De => format!("{n} von uns"),
    }
}

/// "1,204 entries".
pub fn entries(n: usize, shown: &str) -> String {
    let [one, many] = match language() {
        En => ["entry", "entries"],
        De => ["Eintrag", "Einträge"],
    };
    format!("{shown} {}", if n == 1 { one } else { many })
}

/// "Accepted by Katharina Voss".
pub fn accepted_by(name: &str) -> String {
    match (language(), name) {
        (En, "") => "Accepted".to_owned(),
        (De, "") => "Abgenommen".to_owned(),
        (En, name) => format!("Accepted by {name}"),
        (De, name) => format!("Abgenommen von {name}"),
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::texts::check_both;

    #[test]
    fn figures_in_words() {
        check_both(|| facts_known(12, 15), "12 of 15 facts", "12 von 15 Angaben");
        check_both(|| talks(1, 180), "1 conversation in 180 days", "1 Gespräch in 180 Tagen");
        check_both(
            || busiest_of_us("Ann", 60),
            "Of our people Ann has the largest share, 60 %.",
            "Von unseren Leuten hat Ann den größten Anteil, 60 %.",
        );
        check_both(|| shown_times(1, 180), "1 time in 180 days", "1-mal in 180 Tagen");
        check_both(|| entries(1, "1"), "1 entry", "1 Eintrag");
        check_both(|| entries(1_204, "1,204"), "1,204 entries", "1,204 Einträge");
        check_both(|| accepted_by(""), "Accepted", "Abgenommen");
        check_both(
            || last_spoke("today", "Ann"),
            "Last spoke today with Ann",
            "Zuletzt today mit Ann gesprochen",
        );
    }
}
