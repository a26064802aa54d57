//! Settings: team, devices, import and export, this device.

use super::count;

texts! {
    title = "Settings" | "Einstellungen";
    team = "Team and devices";
    devices = "Devices";
    this_device = "This device";
    owner = "Owner";
    editor = "Editor";
    reader = "Reader";
    invite = "Invite teammate";
    invite_help = "One link lets one person in. Whoever has it can read the whole workspace, so send it to them alone.";
    role = "May";
    role_owner = "everything, inviting included";
    role_editor = "read and write";
    role_reader = "read only";
    invitations = "Open invitations";
    no_invitations = "Every invitation was used or taken back.";
    make_link = "Make link";
    take_back = "Take back";
    taken_back = "The invitation was taken back.";
    copy_link = "Copy link";
    copied = "The link is copied.";
    not_copied = "The browser did not let the link be copied. Mark it and copy it by hand.";
    link = "Invitation link";
    code = "The invitation as a code to scan";
    local_only = "This link was made on localhost: it works on this computer only. Open the app at its public address to invite others.";
    sample_no_invite = "The sample firm is for you alone. Start a workspace to work with others.";
    import = "Import";
    import_help = "A CSV file of clients and their people, or vCards for one client. Nothing is written before you have seen what would become of it.";
    choose_file = "Choose file";
    drop_here = "or drop it here";
    no_client = "Nobody in particular";
    cards_for = "vCards belong to";
    dry_run = "What would become of it";
    columns = "Columns";
    left_out = "left out";
    line = "Line";
    row = "Row";
    fate = "What becomes of it";
    fate_new = "New";
    download_bad = "Save bad rows as a file";
    take_in = "Import rows";
    forget = "Forget this file";
    nothing_to_import = "There is nothing in this file that could be taken in.";
    reading_file = "Reading the file";
    importing = "Importing";
    export = "Export";
    export_help = "Everything on this device, in open formats. It can be read without Rapport.";
    export_json = "Export everything as JSON";
    export_csv = "Export as CSV";
    csv_kind = "Which records";
    exported = "The file is made.";
    storage = "This device";
    persisted = "Storage";
    persisted_yes = "The browser promised to keep what is stored here.";
    persisted_no = "The browser may clear what is stored here when space runs short. Installing the app usually changes that.";
    persisted_unknown = "It was not asked yet whether the browser keeps what is stored here.";
    ask_persist = "Keep storage";
    space_used = "Space used";
    sync = "Sync";
    sync_now = "Sync now";
    relay = "Relay";
    no_relay = "None: this workspace lives on this device alone.";
    last_sync = "Last agreement with the relay";
    never = "not yet";
    quarantined = "Held back";
    version = "Version";
    look = "Look";
    theme = "Theme";
    theme_system = "As the system";
    theme_light = "Light";
    theme_dark = "Dark";
    firm_settings = "What holds for the firm";
    firm_settings_help = "Name, calendar, thresholds of attention and the times of the complaint procedure.";
    sample = "Sample firm";
    sample_help = "Everything in it is made up. Discarding it removes it from this device.";
    team_list = "People";
    no_team = "Your colleagues stand here once they join.";
}

/// "12 changes came damaged or from a newer version and are kept aside."
pub fn held_back(n: u64) -> String {
    format!(
        "{} came damaged or from a newer version and stay aside; nothing else waits for them.",
        count(n, "change", "changes")
    )
}

/// "Used once, until 20 Nov".
pub fn usable_until(day: &str) -> String {
    format!("Can be used once, until {day}")
}

/// "3 new, 12 matched, 2 bad".
pub fn fates(new: usize, matched: usize, bad: usize) -> String {
    format!("{new} new, {matched} matched, {bad} bad")
}

/// "Matches Merrow Water Board, fills 2 fields".
pub fn matches(title: &str, fills: usize) -> String {
    match fills {
        0 => format!("Matches {title}, adds nothing"),
        n => format!("Matches {title}, fills {}", count(n as u64, "field", "fields")),
    }
}

/// "Clients as CSV".
pub fn as_csv(kind: &str) -> String {
    format!("{kind} as CSV")
}

/// Why a file was not read, and that nothing happened.
pub fn unreadable(why: &str) -> String {
    format!("{why}. Nothing was taken in.")
}
