//! The steps of a complaint that this version offers, and the sentence for each refusal.

use handbook::lifecycles::Standing;
use handbook::lifecycles::complaint::{LIFECYCLE, State};
use handbook::records::Complaint;
use handbook::typed::{Choice, Record};
use handbook::{Fact, Moment, RecordId, Row, Value};

fn id(number: u8) -> RecordId {
    RecordId::from_bytes([number; 16])
}

fn complaint(filled: &[(&str, Value)]) -> Row {
    let mut row = Row::empty(Complaint::KIND, id(1));
    for (field, value) in filled {
        row.values[Complaint::KIND.index(field).unwrap()] = value.clone();
    }
    row
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// All that *recorded* asks for.
fn whole() -> Vec<(&'static str, Value)> {
    vec![
        ("complainant", Value::Link(id(2))),
        ("channel", Value::Choice("call".to_owned())),
        ("description", text("Two revisions in one week")),
        ("remedy", text("Re-issue the set")),
    ]
}

fn moved(number: u8, to: &str, after: &[u8]) -> Fact {
    let values = vec![Value::Empty, Value::Choice(to.to_owned()), Value::Empty, Value::Empty];
    let after = after.iter().map(|n| id(*n)).collect();
    let at = Moment { ms: i64::from(number), offset_min: 0 };
    Fact { by: [1; 16], at, after, ..Fact::new(id(number), values) }
}

/// Covers: S2.8
#[test]
fn recorded_needs_who_how_what_and_the_remedy() {
    let missing = |without: &str, with: &[(&str, Value)]| -> Vec<String> {
        let mut filled: Vec<(&str, Value)> =
            whole().into_iter().filter(|(field, _)| *field != without).collect();
        filled.extend(with.iter().cloned());
        match LIFECYCLE.step(&complaint(&filled), "recorded", &[], id(3)) {
            Ok(_) => Vec::new(),
            Err(sentences) => sentences.into_iter().map(|sentence| sentence.en).collect(),
        }
    };
    let check = |without: &str, with: &[(&str, Value)], expected: &[&str]| {
        assert_eq!(missing(without, with), expected, "without {without}");
    };
    check("", &[], &[]);
    check("complainant", &[], &["Say who complains."]);
    check("channel", &[], &["Say how the complaint reached you."]);
    check("description", &[], &["Write down what happened, in the client's words."]);
    let remedy = "Ask the client what would put it right, or note that no remedy was stated.";
    check("remedy", &[], &[remedy]);
    check("remedy", &[("remedy_none", Value::Flag(false))], &[remedy]);
    check("remedy", &[("remedy_none", Value::Flag(true))], &[]);
    let nothing = LIFECYCLE.step(&complaint(&[]), "recorded", &[], id(3)).unwrap_err();
    assert_eq!(nothing.len(), 4);
}

#[test]
fn withdrawing_needs_a_reason_and_a_duplicate_its_original() {
    let row = complaint(&whole());
    let refused = |to| LIFECYCLE.step(&row, to, &[], id(3)).unwrap_err()[0].clone();
    assert_eq!(refused("withdrawn").en, "Fill in “Why”.");
    assert_eq!(refused("withdrawn").de, "Bitte „Begründung“ ausfüllen.");
    assert_eq!(refused("duplicate").en, "Fill in “Original”.");
    assert!(LIFECYCLE.step(&row, "withdrawn", &[("why", text("solved"))], id(3)).is_ok());
}

#[test]
fn no_step_leads_where_none_is_offered() {
    let ended = complaint(&[("transitions", Value::Facts(vec![moved(1, "withdrawn", &[])]))]);
    assert!(LIFECYCLE.offers(&ended).is_empty());
    let refused = LIFECYCLE.step(&ended, "recorded", &[], id(3)).unwrap_err();
    assert_eq!(refused[0].en, "What is withdrawn cannot become recorded in one step.");
    let early = LIFECYCLE.step(&complaint(&whole()), "closed", &[], id(3)).unwrap_err();
    assert_eq!(early[0].en, "What is captured cannot become closed in one step.");
}

#[test]
fn the_state_is_the_fold_of_the_transitions() {
    let check = |facts: Vec<Fact>, expected: Standing| {
        let row = complaint(&[("transitions", Value::Facts(facts.clone()))]);
        assert_eq!(LIFECYCLE.standing(&row), expected, "{facts:?}");
    };
    let single = |state: &str| Standing::In(state.to_owned());
    check(vec![], single("captured"));
    check(vec![moved(1, "recorded", &[])], single("recorded"));
    check(vec![moved(1, "recorded", &[]), moved(2, "withdrawn", &[1])], single("withdrawn"));
    check(
        vec![moved(1, "recorded", &[]), moved(2, "withdrawn", &[1]), moved(3, "duplicate", &[1])],
        Standing::Parted(vec!["withdrawn".to_owned(), "duplicate".to_owned()]),
    );
    // Both did the same: there is nothing to decide.
    check(vec![moved(1, "recorded", &[]), moved(2, "recorded", &[])], single("recorded"));
    // A clock that runs backwards changes nothing.
    check(vec![moved(9, "recorded", &[]), moved(2, "withdrawn", &[9])], single("withdrawn"));
}

#[test]
fn open_states_are_those_in_which_something_is_owed() {
    let closed: Vec<_> = State::ALL.iter().filter(|state| !state.is_open()).collect();
    use State::{Closed, ClosedUnresolved, Duplicate, NotAComplaint, Withdrawn};
    assert_eq!(closed, [&Closed, &ClosedUnresolved, &Withdrawn, &Duplicate, &NotAComplaint]);
}
