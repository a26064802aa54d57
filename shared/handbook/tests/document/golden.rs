//! What is stored can hardly be changed later. These files say what it is; a difference here is a
//! question to be asked, not a file to be refreshed.
//!
//! `UPDATE_GOLDEN=1 cargo test -p handbook` writes them anew.

use std::fmt::Write;
use std::path::Path;

use automerge::AutoSerde;
use chrono::NaiveDate;
use handbook::kind::{Field, FieldType, Home};
use handbook::lifecycles::complaint::LIFECYCLE;
use handbook::records::{Assignment, Role, Settings, Touchpoint};
use handbook::typed::{Id, Minutes, Record};
use handbook::{DocumentId, KINDS, Money, Op, RecordKey, Value, document};

use crate::team::{Device, INES, NOW, complaint, id, set, stamp, text};

fn check(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, now).expect("writes the golden file");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == now, "{name} differs; now it would be:\n{now}");
}

/// JSON with sorted keys and two spaces.
fn layout(doc: &automerge::Automerge) -> String {
    let json = serde_json::to_value(AutoSerde::from(doc)).expect("serialises");
    serde_json::to_string_pretty(&sorted(json)).expect("serialises") + "\n"
}

fn sorted(json: serde_json::Value) -> serde_json::Value {
    match json {
        serde_json::Value::Object(map) => {
            let mut entries: Vec<_> =
                map.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            serde_json::Value::Object(entries.into_iter().collect())
        }
        other => other,
    }
}

#[test]
fn a_client_document() {
    let mut ines = Device::first(INES);
    ines.write(&[
        set(complaint(), "severity", Value::Choice("major".to_owned())),
        set(complaint(), "compensation", Value::Money(Money { minor: 12_300, currency: *b"EUR" })),
        set(
            complaint(),
            "respond_due",
            Value::Date(NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()),
        ),
        set(complaint(), "affected", Value::Many(vec![Value::Link(id(1)), Value::Link(id(2))])),
        set(complaint(), "description", text("Two revisions 👷")),
        set(complaint(), "remedy", Value::Empty),
        Touchpoint {
            at: Some(handbook::Moment { ms: NOW, offset_min: 60 }),
            duration: Some(Minutes(45)),
            subject: "Pump hall".to_owned(),
            ..Touchpoint::default()
        }
        .create(id(0x70)),
        Assignment {
            role: Some(Role::AccountManager),
            person: Some(Id::new(handbook::RecordId::from_bytes(INES))),
            ..Assignment::default()
        }
        .create(id(0x50)),
    ]);
    let step = LIFECYCLE.step(&ines.row(), "withdrawn", &[("why", text("“call”"))], id(0x71));
    ines.write(&[step.unwrap(), Op::Delete { key: RecordKey::new(Assignment::KIND, id(0x50)) }]);
    check("client-document.json", &layout(&ines.doc));
}

#[test]
fn the_firms_document() {
    let mut ines = Device::first(INES);
    let settings = RecordKey::only(Settings::KIND);
    let begin = stamp(INES, NOW, 1, None);
    ines.doc = document::create(DocumentId::Firm, &[], &begin, &mut ines.rng).unwrap();
    ines.write(&[
        set(settings, "firm_name", text("Alder & Tarn")),
        set(settings, "cadence_ideal", Value::Integer(30)),
        Op::Include { key: settings, field: "weekend", item: Value::Choice("sunday".to_owned()) },
        Op::Create {
            key: RecordKey::new(
                handbook::kind("member").unwrap(),
                handbook::RecordId::from_bytes(INES),
            ),
            values: vec![("name", text("Ines Marchetti"))],
        },
    ]);
    check("firm-document.json", &layout(&ines.doc));
}

#[test]
fn the_message_of_a_change() {
    let mut ines = Device::first(INES);
    let batch = Some(uuid::Uuid::from_u128(7));
    let stamp = stamp(INES, NOW, 3, batch);
    let op = set(complaint(), "service", text("Survey"));
    let raw = document::write(&mut ines.doc, &[op], &stamp, &mut ines.rng).unwrap().unwrap();
    let change = automerge::Change::from_bytes(raw).unwrap();
    assert_eq!(change.timestamp(), NOW / 1000);
    assert_eq!(
        change.message().unwrap(),
        r#"{"c":"00000000000000000000000000000003","b":"00000000000000000000000000000007","t":"2026-11-11T17:20:00.000+01:00","w":"edit"}"#
    );
}

#[test]
fn the_declarations() {
    let mut lines = String::new();
    for kind in KINDS {
        let home = match (kind.home, kind.singleton) {
            (Home::Firm, true) => "firm, singleton",
            (Home::Firm, false) => "firm",
            (Home::Client, _) => "client",
        };
        let number = kind.number.map(|letter| format!(", numbers {letter}-")).unwrap_or_default();
        writeln!(lines, "{} (in {home}{number}, since {})", kind.key, kind.since).unwrap();
        declarations(&mut lines, kind.fields, "  ");
    }
    check("declarations.txt", &lines);
}

fn declarations(lines: &mut String, fields: &[Field], indent: &str) {
    for field in fields {
        let flags: String = [
            (field.required, " required"),
            (field.client_visible, " client"),
            (field.personal, " personal"),
            (field.hidden, " hidden"),
        ]
        .iter()
        .filter_map(|(set, word)| set.then_some(*word))
        .collect();
        let (key, class) = (field.key, format!("{:?}", field.class).to_lowercase());
        writeln!(lines, "{indent}{key}: {} ({class}{flags}, since {})", ty(&field.ty), field.since)
            .unwrap();
        if let FieldType::Facts(inner) = field.ty {
            declarations(lines, inner, &format!("{indent}  "));
        }
    }
}

fn ty(ty: &FieldType) -> String {
    match ty {
        FieldType::Choice(choices) => {
            let keys: Vec<_> = choices.options.iter().map(|option| option.key).collect();
            format!("one of {}", keys.join(" "))
        }
        FieldType::Link(kind) => format!("link to {kind}"),
        FieldType::Many(inner) => format!("set of {}", self::ty(inner)),
        FieldType::Facts(_) => "facts".to_owned(),
        FieldType::Integer { min: i64::MIN, .. } => "integer".to_owned(),
        FieldType::Integer { min, max } => format!("integer {min} to {max}"),
        plain => format!("{plain:?}").to_lowercase(),
    }
}
