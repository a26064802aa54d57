//! Putting a client away asks for a way back and leaves nothing open.

use handbook::lifecycles::client::archive_refusals;
use handbook::records::{Client, Complaint};
use handbook::typed::Record;
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
