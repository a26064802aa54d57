//! The log sheet.

use handbook::Language::{De, En};

use super::language;

texts! {
    title = "Log touchpoint" | "Kontakt festhalten";
    change_client = "Change client" | "Anderer Kunde";
    choose_client = "Which client" | "Welcher Kunde";
    which_function = "Which function spoke" | "Welche Funktion sprach";
    how = "How" | "Wie";
    with = "With" | "Mit";
    add_person = "Add" | "Hinzufügen";
    new_person_name = "Name of somebody new" | "Name einer neuen Person";
    what_was_said = "What was said" | "Was gesagt wurde";
    picked = "Picked out of your text" | "Ihrem Text entnommen";
    promise = "Promise" | "Zusage";
    next_step = "Next step" | "Nächster Schritt";
    edit = "Edit" | "Bearbeiten";
    leave_out = "Leave out" | "Weglassen";
    no_date = "no date named" | "kein Tag genannt";
    due = "Due" | "Fällig";
    text = "Text" | "Text";
    client_missing = "Choose the client you spoke with." | "Bitte wählen Sie den Kunden, mit dem Sie gesprochen haben.";
    function_missing = "Choose which function spoke." | "Bitte wählen Sie, welche Funktion sprach.";
    channel_missing = "Choose how you spoke." | "Bitte wählen Sie, wie Sie gesprochen haben.";
    more_channels = "More ways" | "Weitere Wege";
    discard = "Discard" | "Verwerfen";
    logged = "Touchpoint logged." | "Kontakt festgehalten.";
    done = "Done" | "Fertig";
    no_clients = "There is no client yet to log a touchpoint for."
        | "Noch gibt es keinen Kunden, zu dem sich ein Kontakt festhalten ließe.";
    from_here = "The client you were looking at" | "Der Kunde, den Sie gerade ansahen";
    most_recent = "The client you last logged" | "Der Kunde, zu dem Sie zuletzt etwas festhielten";
    how_they_seemed = "How they seemed" | "Wie die Stimmung war";
    add_promise = "Add promise" | "Zusage hinzufügen";
    add_next_step = "Add next step" | "Nächsten Schritt hinzufügen";
    from_a_visit = "From your visit" | "Von Ihrem Besuch";
}

/// "From your 10:30 visit".
pub fn from_visit(time: Option<&str>) -> String {
    match (language(), time) {
        (_, None) => from_a_visit().to_owned(),
        (En, Some(time)) => format!("From your {time} visit"),
        (De, Some(time)) => format!("Von Ihrem Besuch um {time} Uhr"),
    }
}

/// "+1 friendly": from -2 to +2.
pub fn mood(mood: i64) -> String {
    let (en, de) = match mood {
        ..=-2 => ("−2 upset", "−2 verärgert"),
        -1 => ("−1 reserved", "−1 reserviert"),
        0 => ("0 neutral", "0 neutral"),
        1 => ("+1 friendly", "+1 freundlich"),
        2.. => ("+2 delighted", "+2 begeistert"),
    };
    match language() {
        En => en.to_owned(),
        De => de.to_owned(),
    }
}
