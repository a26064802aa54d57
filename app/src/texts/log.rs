//! The log sheet.

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
}
