//! A handbook out of its own export: ids, facts and what is unknown are kept, and a document made of it says the same.

use handbook::export::json;
use handbook::import::{self, json as backup};
use handbook::records::{Complaint, Member, Touchpoint};
use handbook::typed::Record;
use handbook::value::{Fact, Moment};
use handbook::{DocumentId, Op, RecordId, Row, Stamp, Value, document};

use crate::space::{Documents, MERROW, fates, read, rng, setting, space};

const MADE: Moment = Moment { ms: 1_795_000_000_000, offset_min: 60 };

fn with_history() -> Documents {
    let mut documents = space();
    let mut row = Row::empty(Complaint::KIND, RecordId::from_bytes([7; 16]));
    let at = |key: &str| Complaint::KIND.index(key).unwrap();
    row.values[at("subject")] = Value::Text("Late “again”".into());
    row.values[at("received")] = Value::Moment(MADE);
    row.values[at("severity")] = Value::Foreign("galactic".into());
    row.values[at("transitions")] = Value::Facts(vec![Fact {
        by: [5; 16],
        at: MADE,
        unknown: vec![("mediator".into(), Value::Text("Ada".into()))],
        ..Fact::new(
            RecordId::from_bytes([8; 16]),
            vec![
                Value::Choice("captured".into()),
                Value::Choice("recorded".into()),
                Value::Empty,
                Value::Empty,
            ],
        )
    }]);
    row.unknown.push(("odour".into(), Value::Text("faint".into())));
    row.created = handbook::row::Created { by: [5; 16], at: MADE };
    documents[1].1.push(row);
    let mut gone = Row::empty(Touchpoint::KIND, RecordId::from_bytes([9; 16]));
    gone.values[Touchpoint::KIND.index("subject").unwrap()] = Value::Text("Mistake".into());
    gone.gone = true;
    documents[1].1.push(gone);
    documents
}

/// Covers: S1.9
#[test]
fn the_same_rows_come_back() {
    let documents = with_history();
    let read = backup::read(&json(&documents, MADE)).unwrap();
    assert_eq!(read.exported_at, Some(MADE));
    assert_eq!(read.documents, documents);
    assert_eq!(read.strangers, []);
}

#[test]
fn the_sample_firm_comes_back() {
    let mut built = handbook::sample::build([5; 16], MADE, &mut rng());
    let you = Member { name: "You".into(), ..Member::default() };
    built[0].ops.insert(0, you.create(RecordId::from_bytes([5; 16])));
    let stamp = stamp();
    let documents: Documents = built
        .iter()
        .map(|it| {
            let made = document::create(it.document, &it.ops, &stamp, &mut rng()).unwrap();
            (it.document, document::rows(&made))
        })
        .collect();
    let read = backup::read(&json(&documents, MADE)).unwrap();
    for (ours, theirs) in documents.iter().zip(&read.documents) {
        assert_eq!(ours.0, theirs.0);
        for row in &ours.1 {
            assert!(theirs.1.contains(row), "{row:?}");
        }
    }
}

/// Covers: S1.9
#[test]
fn into_an_empty_workspace() {
    let documents = with_history();
    let file = json(&documents, MADE);
    let plan = import::read("b.json", file.as_bytes(), &[], &setting(), &mut rng()).unwrap();
    let (_, ops) = plan.writes.iter().find(|(id, _)| *id == DocumentId::Client(MERROW)).unwrap();
    let made = document::create(DocumentId::Client(MERROW), ops, &stamp(), &mut rng()).unwrap();
    let rows = document::rows(&made);
    for row in &documents[1].1 {
        let kept = rows.iter().find(|it| it.key() == row.key());
        if let Some(kept) = kept {
            assert_eq!(kept.values, row.values);
            assert_eq!(kept.unknown, row.unknown);
            assert_eq!(kept.gone, row.gone);
        } else {
            assert!(row.gone, "{row:?} is lost");
        }
    }
    assert!(
        fates(&plan).contains(
            &"4 Complaint: Late “again”: new (Kept, though this version does not know it: odour.)"
                .to_owned()
        )
    );
}

#[test]
fn what_is_here_stays() {
    let mut documents = space();
    let file = json(&documents, MADE).replace("Merrow Water Board", "Merrow");
    let plan = read("b.json", file.as_bytes(), &setting()).unwrap();
    assert_eq!(plan.writes, []);
    assert!(
        fates(&plan)[1].starts_with("2 Client: Merrow: +0 (This very record is here"),
        "{:?}",
        fates(&plan)
    );
    documents[1].1[1].values[0] = Value::Empty;
    let plan = import::read("b.json", file.as_bytes(), &documents, &setting(), &mut rng()).unwrap();
    let [Op::Set { field: "given_name", .. }] = plan.writes[0].1.as_slice() else {
        panic!("{:?}", plan.writes)
    };
}

#[test]
fn files_of_other_versions() {
    let check = |file: &str, part: &str| {
        let why = read("b.json", file.as_bytes(), &setting()).unwrap_err();
        assert!(why.en.contains(part) && !why.de.is_empty(), "{why}");
    };
    check(r#"{"format":"rapport","version":2,"documents":[]}"#, "newer version of Rapport");
    check(r#"{"format":"other"}"#, "not an export of Rapport");
    check(r#"{"format":"rapport","version":1,"documents":[{"#, "damaged");
    check(r#"{"format":"rapport","version":1,"documents":[]}"#, "nothing in this file");
    let strange = r#"{"format":"rapport","version":1,"documents":[{"id":"firm","records":[
        {"kind":"horoscope","id":"01010101010101010101010101010101","fields":{"sign":"ram"}}, 7]}]}"#;
    let plan = read("b.json", strange.as_bytes(), &setting()).unwrap();
    assert_eq!(plan.writes, []);
    assert!(fates(&plan)[0].contains("does not know the kind “horoscope”"), "{:?}", fates(&plan));
    let bad = plan.bad_file.unwrap();
    assert!(bad.contains("\"sign\": \"ram\"") && bad.contains("why_not_imported"), "{bad}");
}

fn stamp() -> Stamp {
    Stamp { member: [5; 16], at: MADE, command: uuid::Uuid::nil(), batch: None, what: "import" }
}
