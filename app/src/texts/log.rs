//! The log sheet.

texts! {
    title = "Log touchpoint" | "Kontakt festhalten";
    change_client = "Change client" | "Anderer Kunde";
    choose_client = "Which client" | "Welcher Kunde";
    which_function = "Which function spoke" | "Welche Funktion sprach";
    how = "How" | "Wie";
    with = "With" | "Mit";
    add_person = "Add" | "Hinzufügen";
    new_person_name = "Name of somebody new";
    what_was_said = "What was said" | "Was gesagt wurde";
    picked = "Picked out of your text";
    promise = "Promise" | "Zusage";
    next_step = "Next step" | "Nächster Schritt";
    edit = "Edit" | "Bearbeiten";
    leave_out = "Leave out";
    no_date = "no date named";
    due = "Due" | "Fällig";
    text = "Text";
    client_missing = "Choose the client you spoke with.";
    function_missing = "Choose which function spoke.";
    channel_missing = "Choose how you spoke.";
    more_channels = "More ways";
    discard = "Discard";
    logged = "Touchpoint logged.";
    done = "Done";
    no_clients = "There is no client yet to log a touchpoint for.";
    from_here = "The client you were looking at";
    most_recent = "The client you last logged";
}
