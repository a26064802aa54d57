//! Every field type: into a document and back, into text and back.

use chrono::NaiveDate;
use handbook::document;
use handbook::kind::{Class, Field, FieldType, Home, Kind};
use handbook::records::Severity;
use handbook::typed::Choice;
use handbook::{DocumentId, Fact, Moment, Money, Op, RecordId, RecordKey, Value, Words, text};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::team::{INES, NOW, id, stamp};

const SAID: &[Field] = &[
    field("what", FieldType::Line, Class::Decisive),
    field("times", FieldType::Integer { min: 0, max: 9 }, Class::Decisive),
    field("loud", FieldType::Flag, Class::Decisive),
    field("to", FieldType::Many(&FieldType::Link("contact")), Class::Set),
];

/// One field of every type.
static EVERYTHING: Kind = Kind {
    key: "everything",
    home: Home::Firm,
    singleton: false,
    since: 1,
    one: Words::new("Everything", ""),
    many: Words::new("Everything", ""),
    help: Words::new("", ""),
    fields: &[
        field("line", FieldType::Line, Class::Decisive),
        field("note", FieldType::Note, Class::Decisive),
        field("prose", FieldType::Prose, Class::Prose),
        field("integer", FieldType::Integer { min: -2, max: 2 }, Class::Decisive),
        field("money", FieldType::Money, Class::Decisive),
        field("date", FieldType::Date, Class::Decisive),
        field("moment", FieldType::Moment, Class::Decisive),
        field("minutes", FieldType::Minutes, Class::Decisive),
        field("time", FieldType::Time, Class::Decisive),
        field("flag", FieldType::Flag, Class::Decisive),
        field("choice", FieldType::Choice(Severity::CHOICES), Class::Decisive),
        field("link", FieldType::Link("contact"), Class::Decisive),
        field("email", FieldType::Email, Class::Decisive),
        field("phone", FieldType::Phone, Class::Decisive),
        field("web", FieldType::Web, Class::Decisive),
        field("many", FieldType::Many(&FieldType::Line), Class::Set),
        field("links", FieldType::Many(&FieldType::Link("contact")), Class::Set),
        field("facts", FieldType::Facts(SAID), Class::Fact),
    ],
    number: None,
    lifecycle: None,
};

const fn field(key: &'static str, ty: FieldType, class: Class) -> Field {
    Field::new(key, Words::new(key, ""), ty, class)
}

fn word(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn date(year: i32, month: u32, day: u32) -> Value {
    Value::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

/// Values of every type, the awkward ones among them.
fn table() -> Vec<(&'static str, Value)> {
    let money = |minor, currency: &[u8; 3]| Value::Money(Money { minor, currency: *currency });
    vec![
        ("line", word("Sites; gates / \"yards\"")),
        ("line", word("Łódź – 東京 🚧")),
        ("note", word("two\nlines, 100 %")),
        ("prose", word("👩‍🔧 walked the pump hall\nand back")),
        ("integer", Value::Integer(-2)),
        ("integer", Value::Integer(2)),
        ("money", money(123_456, b"EUR")),
        ("money", money(-5, b"EUR")),
        ("money", money(1500, b"JPY")),
        ("money", money(1, b"KWD")),
        ("date", date(2028, 2, 29)),
        ("moment", Value::Moment(Moment { ms: NOW + 7, offset_min: 330 })),
        ("moment", Value::Moment(Moment { ms: -1, offset_min: -210 })),
        ("minutes", Value::Integer(0)),
        ("minutes", Value::Integer(605)),
        ("time", Value::Integer(0)),
        ("time", Value::Integer(1_439)),
        ("flag", Value::Flag(true)),
        ("flag", Value::Flag(false)),
        ("choice", Value::Choice("critical".to_owned())),
        ("link", Value::Link(id(7))),
        ("email", word("voss@merrow.example")),
        ("phone", word("+49 (0)30 123-45")),
        ("web", word("https://merrow.example:8443/a?b#c")),
        ("many", Value::Many(vec![word("a/b"), word("c; d")])),
        ("many", Value::Many(vec![word("one; only")])),
        ("links", Value::Many(vec![Value::Link(id(1)), Value::Link(id(2))])),
    ]
}

fn written(field: &'static str, value: &Value) -> Value {
    let key = RecordKey::new(&EVERYTHING, id(1));
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let create = Op::Create { key, values: vec![(field, value.clone())] };
    let stamp = stamp(INES, NOW, 1, None);
    let document = document::create(DocumentId::Firm, &[create], &stamp, &mut rng).unwrap();
    let loaded = document::load(&document.save()).unwrap();
    document::row(&loaded, key).unwrap().get(field).clone()
}

#[test]
fn every_type_comes_back_from_a_document() {
    for (field, value) in table() {
        assert_eq!(written(field, &value), value, "{field}");
    }
}

#[test]
fn every_type_comes_back_from_text() {
    for (field, value) in table() {
        let ty = &EVERYTHING.field(field).unwrap().ty;
        let text = text::format(ty, &value);
        assert_eq!(text::parse(ty, &text), Ok(value), "{field}: {text:?}");
    }
}

#[test]
fn the_table_misses_no_type() {
    let named: Vec<_> = table().into_iter().map(|(field, _)| field).collect();
    let missed: Vec<_> =
        EVERYTHING.fields.iter().map(|f| f.key).filter(|key| !named.contains(key)).collect();
    assert_eq!(missed, ["facts"], "facts have a test of their own");
}

#[test]
fn a_fact_comes_back_with_who_and_when() {
    let says = vec![
        word("as-built levels"),
        Value::Integer(3),
        Value::Flag(true),
        Value::Many(vec![Value::Link(id(4)), Value::Link(id(5))]),
    ];
    let fact = Fact::new(RecordId::from_bytes([9; 16]), says.clone());
    let at = Moment { ms: NOW, offset_min: 60 };
    let whole = Fact { by: INES, at, ..fact.clone() };
    assert_eq!(written("facts", &Value::Facts(vec![fact])), Value::Facts(vec![whole.clone()]));

    // Those of an export keep their authors, clocks and order.
    let early = Moment { ms: NOW - 5_000, offset_min: -60 };
    let first = Fact { by: [7; 16], at: early, ..whole.clone() };
    let then = Fact { id: id(8), by: [6; 16], at: early, after: vec![first.id], ..whole };
    let exported = Value::Facts(vec![first, then]);
    assert_eq!(written("facts", &exported), exported);
}

#[test]
fn a_value_of_another_type_is_refused() {
    let key = RecordKey::new(&EVERYTHING, id(1));
    let stamp = stamp(INES, NOW, 1, None);
    let wrong = [
        ("integer", Value::Integer(3)),
        ("minutes", Value::Integer(-1)),
        ("time", Value::Integer(1_440)),
        ("choice", Value::Choice("apocalyptic".to_owned())),
        ("date", word("tomorrow")),
        ("line", Value::Flag(true)),
        ("many", Value::Many(vec![Value::Integer(1)])),
        ("prose", Value::Integer(1)),
        ("facts", word("none")),
    ];
    for (field, value) in wrong {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let create = Op::Create { key, values: vec![(field, value)] };
        let refused = document::create(DocumentId::Firm, &[create], &stamp, &mut rng);
        assert!(
            matches!(refused, Err(document::WriteError::Unfit { field: f, .. }) if f == field),
            "{field}: {refused:?}"
        );
    }
}
