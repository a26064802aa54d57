//! The three doors.

texts! {
    title = "The relationship handbook of your firm";
    lead = "What each client expects, what was promised, what went wrong and how it was put right. On this device, with or without a network.";
    start_title = "Start a workspace";
    start_text = "For the first person of a firm. Name it, add a client, log one conversation; the rest waits until you want it.";
    start_workspace = "Start workspace";
    join_title = "Join a team";
    join_text = "Open your invitation here, or scan it. You get the whole workspace, years back, and keep it offline.";
    join_team = "Join team";
    invitation_link = "Invitation link";
    look_title = "Look around";
    look_text = "A sample firm with believable work, marked as a sample on every page. Gone again in one tap.";
    open_sample = "Open sample firm";
    firm_name = "Firm’s name";
    your_name = "Your name";
    your_name_help = "As colleagues and clients know you.";
    works_offline = "Works whole without a network";
    relay_blind = "The relay cannot read a word";
    leaves_with_you = "Leaves with you in one open file";
    firm_missing = "Enter the firm’s name.";
    name_missing = "Enter your name.";
    link_missing = "Paste the invitation link.";
    no_setup_link = "Without a set-up link the workspace stays on this device. Whoever runs the relay gets the link from its first line of output.";
    setup_link = "Set-up link or token";
    setup_link_help = "From whoever runs your relay. Leave it empty to work on this device only.";
    working_start = "Starting the workspace";
    working_join = "Joining the team";
    working_sample = "Making the sample firm";
    problem_title = "That did not work";
}
