//! Tables of rows and what becomes of them.

use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use super::*;
use crate::{
    ids::RecordId,
    import::{Fate, KnownDocument, PlannedRow, drafts::put, table},
    row::Row,
};

fn plan(file: &str, known: &Known) -> Plan {
    plan_table(&table::read(file.as_bytes()).unwrap(), known, 0, &mut ChaCha20Rng::seed_from_u64(1))
}

fn known() -> Known {
    let mut client = Row::empty(Client::KIND, RecordId::from_bytes([1; 16]));
    put(&mut client, "name", Value::Text("Merrow Water Board".into()));
    let mut contact = Row::empty(Contact::KIND, RecordId::from_bytes([2; 16]));
    put(&mut contact, "given_name", Value::Text("Zoë".into()));
    put(&mut contact, "family_name", Value::Text("Müller".into()));
    put(&mut contact, "emails", Value::Many(vec![Value::Text("zoe@merrow.example".into())]));
    Known { documents: vec![KnownDocument { client, contacts: vec![contact] }] }
}

fn fates(plan: &Plan) -> Vec<String> {
    let fate = |row: &PlannedRow| match &row.fate {
        Fate::New => format!("{} {}: new", row.line, row.title),
        Fate::Matches { fills, .. } => format!("{} {}: +{fills}", row.line, row.title),
        Fate::Bad(reason) => format!("{} {}: {reason}", row.line, row.title),
    };
    plan.rows.iter().map(fate).collect()
}

/// Covers: S2.2
#[test]
fn new_matching_and_bad_rows() {
    let file = "Company,Sector,First name,Last name,Email\n\
                merrow water board,Water,,,\n\
                Merrow Water Board,,Zoe,Muller,zoe@merrow.example;z@home.example\n\
                Merrow Water Board,,Zoe,Muller,other@elsewhere.example\n\
                Northmere Rail,Transport,Joanna,Pryce,joanna@northmere.example\n\
                Northmere Rail,,Iwan,Rees,\n\
                ,,Nobody,Knows,\n\
                Tessel Foods,,,,boss@tessel.example\n";
    let plan = plan(file, &known());
    assert_eq!(
        fates(&plan),
        [
            "2 merrow water board: +1",
            "3 Zoe Muller, Merrow Water Board: +1",
            "4 Zoe Muller, Merrow Water Board: new",
            "5 Joanna Pryce, Northmere Rail: new",
            "6 Iwan Rees, Northmere Rail: new",
            "7 Nobody: This row names no client, so it is not known where it belongs.",
            "8 Tessel Foods: This row has a person without a name.",
        ]
    );
    let why = |at: usize| plan.rows[at].why.clone().unwrap_or_default();
    assert_eq!(why(0), "A client named “merrow water board” is here.");
    assert_eq!(
        why(1),
        "“Zoë Müller” is here: the same name and the e-mail address zoe@merrow.example."
    );
    assert_eq!(why(4), "The client “Northmere Rail” stands on line 5 already.");
    assert_eq!(plan.writes.len(), 2, "one change for the known client, one for the new one");
    assert_eq!(plan.writes[1].1.len(), 3, "the client and two people, each created whole");
    let bad = plan.bad_file.unwrap();
    assert_eq!(bad.lines().count(), 3, "{bad}");
}

#[test]
fn nothing_here_is_overwritten() {
    let plan = plan(
        "Company,First name,Last name,Email\nMerrow Water Board,ZOË,MÜLLER,zoe@merrow.example\n",
        &known(),
    );
    assert_eq!(plan.writes, []);
    assert_eq!(
        plan.rows[0].fate,
        Fate::Matches { title: "ZOË MÜLLER, Merrow Water Board".into(), fills: 0 }
    );
}

#[test]
fn a_person_twice_in_one_file() {
    let check = |second: &str, expected: &str| {
        let file = format!(
            "Company,First name,Last name,Email,Phone,Job title\nA,Bo,Li,b@a.example,12345,Clerk\n{second}\n"
        );
        let plan = plan(&file, &Known::default());
        assert_eq!(plan.rows[1].why.clone().unwrap_or_default(), expected, "{second}");
    };
    let twice = |why: &str| format!("“Bo Li” stands on line 2 already: {why}.");
    check("A,bo,li,B@a.example,,", &twice("the same name and the e-mail address B@a.example"));
    check("A,Bo,Li,x@a.example,12 345,", &twice("the same name and the telephone number 12 345"));
    check("A,Bo,Li,,,", &twice("the same name at the same client, and nothing speaks against it"));
    check("A,Bo,Li,,,Director", "The client “A” stands on line 2 already.");
}

#[test]
fn a_cell_that_does_not_fit_is_said() {
    let plan = plan("Company,Client since\nA,yesterday-ish\nB,2020-05-01\n", &Known::default());
    assert!(
        matches!(&plan.rows[0].fate, Fate::Bad(reason) if reason.contains("“yesterday-ish” does not fit Client since"))
    );
    assert_eq!(plan.rows[1].fate, Fate::New);
}

#[test]
fn whole_names_are_parted() {
    let check = |name: &str, given: &str, family: &str| {
        assert_eq!(split_name(name), (given.into(), family.into()));
    };
    check("Katharina Voss", "Katharina", "Voss");
    check("Voss, Katharina", "Katharina", "Voss");
    check("Dr. Mina Halloran", "Dr. Mina", "Halloran");
    check("Cher", "", "Cher");
}
