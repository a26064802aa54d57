//! What a client's status asks for (SM-1): putting it away asks for a way back and leaves nothing
//! open, a merge leads somewhere, and a loss that was not ours calls for a salvage plan.

use handbook::lifecycles::client::{
    archive_refusals, merge_refusals, refusals, salvage_hint, shown_as,
};
use handbook::records::{Client, ClientStatus, Complaint, Opportunity, SalvagePlan};
use handbook::typed::{Choice, Record};
use handbook::{Fact, RecordId, Row, Value};

fn client(filled: &[(&str, Value)]) -> Row {
    row(Client::KIND, filled)
}

fn row(kind: &'static handbook::Kind, filled: &[(&str, Value)]) -> Row {
    let mut row = Row::empty(kind, RecordId::from_bytes([1; 16]));
    for (field, value) in filled {
        row.values[kind.index(field).unwrap()] = value.clone();
    }
    row
}

fn complaint(subject: &str, state: Option<&str>) -> Row {
    let to = |state: &str| {
        let values =
            vec![Value::Empty, Value::Choice(state.to_owned()), Value::Empty, Value::Empty];
        Value::Facts(vec![Fact::new(RecordId::from_bytes([2; 16]), values)])
    };
    let transitions = state.map_or(Value::Empty, to);
    let subject = Value::Text(subject.to_owned());
    row(Complaint::KIND, &[("subject", subject), ("transitions", transitions)])
}

#[test]
fn a_client_is_archived_with_a_way_back_and_nothing_open() {
    let way_back = "Name a way back to this client, or note that there is none.";
    let open = "The complaint “Drawings” is still open.";
    let check = |filled: &[(&str, Value)], complaints: &[Row], expected: &[&str]| {
        let refusals = archive_refusals(&client(filled), complaints);
        let told: Vec<_> = refusals.iter().map(|sentence| sentence.en.as_str()).collect();
        assert_eq!(told, expected, "{filled:?}");
    };
    let route = [("entry_route", Value::Text("via the water board".to_owned()))];
    check(&[], &[], &[way_back]);
    check(&[("entry_none", Value::Flag(false))], &[], &[way_back]);
    check(&[("entry_none", Value::Flag(true))], &[], &[]);
    check(&route, &[], &[]);
    check(&route, &[complaint("Drawings", None)], &[open]);
    check(&route, &[complaint("Drawings", Some("recorded"))], &[open]);
    check(&route, &[complaint("Drawings", Some("withdrawn"))], &[]);
    let deleted = Row { gone: true, ..complaint("Drawings", None) };
    check(&route, &[deleted], &[]);
    check(&[], &[complaint("Drawings", None)], &[way_back, open]);
}

#[test]
fn any_status_follows_any_other_and_only_putting_away_asks_for_something() {
    let labels: Vec<_> = ClientStatus::ALL.iter().map(|status| status.key()).collect();
    let all = ["prospect", "pre_contract", "active", "dormant", "lapsed", "archived"];
    assert_eq!(labels, all);
    for from in all {
        let status = ("status", Value::Choice(from.to_owned()));
        for to in ClientStatus::ALL {
            let told: Vec<_> = refusals(&client(std::slice::from_ref(&status)), *to, &[])
                .into_iter()
                .map(|sentence| (sentence.en, sentence.de))
                .collect();
            let way_back = (
                "Name a way back to this client, or note that there is none.".to_owned(),
                "Bitte einen Weg zurück zu diesem Kunden nennen oder vermerken, dass es keinen \
                 gibt."
                    .to_owned(),
            );
            let expected = if to.key() == "archived" { vec![way_back] } else { Vec::new() };
            assert_eq!(told, expected, "{from} to {to:?}");
            let given_up = [status.clone(), ("entry_none", Value::Flag(true))];
            assert!(refusals(&client(&given_up), *to, &[]).is_empty(), "{from} to {to:?}");
        }
    }
}

fn id(number: u8) -> RecordId {
    RecordId::from_bytes([number; 16])
}

#[test]
fn a_client_becomes_part_of_another_that_stands_for_itself() {
    let check = |into: u8, merged: Option<u8>, expected: &[(&str, &str)]| {
        let name = ("name", Value::Text("Merrow".to_owned()));
        let link = merged.map_or(Value::Empty, |into| Value::Link(id(into)));
        let into = Row { id: id(into), ..client(&[name, ("merged_into", link)]) };
        let told = merge_refusals(&client(&[]), &into);
        let told: Vec<_> = told.iter().map(|told| (told.en.as_str(), told.de.as_str())).collect();
        assert_eq!(told, expected);
    };
    check(2, None, &[]);
    check(
        1,
        None,
        &[(
            "A client cannot become part of itself.",
            "Ein Kunde kann nicht mit sich selbst zusammengeführt werden.",
        )],
    );
    let elsewhere = (
        "“Merrow” has become part of another client itself; choose that one.",
        "„Merrow“ ist selbst mit einem anderen Kunden zusammengeführt; bitte diesen wählen.",
    );
    check(2, Some(3), &[elsewhere]);
    check(2, Some(1), &[elsewhere]);
}

#[test]
fn a_merged_client_is_shown_as_the_end_of_its_links() {
    let check = |links: &[(u8, u8)], from: u8, expected: u8| {
        let link = |client| links.iter().find(|(a, _)| id(*a) == client).map(|(_, b)| id(*b));
        assert_eq!(shown_as(id(from), link), id(expected), "{links:?} from {from}");
    };
    check(&[], 1, 1);
    check(&[(1, 2)], 1, 2);
    check(&[(1, 2)], 2, 2);
    check(&[(1, 2), (2, 3)], 1, 3);
    // Two devices merged the two apart, each the other way.
    check(&[(1, 2), (2, 1)], 1, 1);
    check(&[(1, 2), (2, 1)], 2, 1);
    check(&[(5, 4), (4, 2), (2, 4)], 5, 2);
    check(&[(1, 1)], 1, 1);
}

/// A lost opportunity, said to be lost at that time.
fn lost(number: u8, at: i64, controllable: Option<&str>) -> Row {
    let values = vec![Value::Empty, Value::Choice("lost".to_owned()), Value::Empty];
    let at = handbook::Moment { ms: at, offset_min: 0 };
    let step = Fact { at, ..Fact::new(id(number), values) };
    let hands = controllable.map_or(Value::Empty, |key| Value::Choice(key.to_owned()));
    let filled = [("transitions", Value::Facts(vec![step])), ("controllable", hands)];
    Row { id: id(number), ..row(Opportunity::KIND, &filled) }
}

fn plan(about: Option<u8>) -> Row {
    let about = about.map_or(Value::Empty, |number| Value::Link(id(number)));
    row(SalvagePlan::KIND, &[("opportunity", about)])
}

#[test]
fn a_lapsed_client_calls_for_a_salvage_plan_if_the_last_loss_was_not_in_our_hands() {
    let check = |status: ClientStatus, rows: &[Row], expected: bool| {
        let client = client(&[("status", Value::Choice(status.key().to_owned()))]);
        let told = salvage_hint(&client, rows).map(|sentence| (sentence.en, sentence.de));
        let hint = (
            "The last loss was not in our hands: plan what can still be gained.".to_owned(),
            "Der letzte Verlust lag nicht in unserer Hand: Bitte planen, was noch zu gewinnen ist."
                .to_owned(),
        );
        assert_eq!(told, expected.then_some(hint), "{status:?} {rows:?}");
    };
    use ClientStatus::{Active, Lapsed};
    let (yes, no) = (Some("yes"), Some("no"));
    check(Lapsed, &[], false);
    check(Lapsed, &[lost(1, 10, no)], true);
    check(Active, &[lost(1, 10, no)], false);
    check(Lapsed, &[lost(1, 10, yes)], false);
    check(Lapsed, &[lost(1, 10, None)], false);
    // The last loss counts.
    check(Lapsed, &[lost(1, 10, yes), lost(2, 20, no)], true);
    check(Lapsed, &[lost(1, 30, yes), lost(2, 20, no)], false);
    // What is still open, or deleted, was not lost.
    let open = Row { id: id(3), ..row(Opportunity::KIND, &[]) };
    check(Lapsed, &[open, lost(1, 10, no)], true);
    check(Lapsed, &[Row { gone: true, ..lost(2, 20, yes) }, lost(1, 10, no)], true);
    // A plan for it, or for the client as a whole, is enough.
    check(Lapsed, &[lost(1, 10, no), plan(Some(1))], false);
    check(Lapsed, &[lost(1, 10, no), plan(None)], false);
    check(Lapsed, &[lost(1, 10, no), plan(Some(2))], true);
    check(Lapsed, &[lost(1, 10, no), Row { gone: true, ..plan(None) }], true);
}
