//! Every kind that is declared, with every field filled in: into a document and back, as a row and
//! as a struct. A new kind fails here until it stands in the list.

use chrono::NaiveDate;
use handbook::kind::{Field, FieldType, Home, Kind};
use handbook::typed::{Record, Unreadable};
use handbook::validate::validate;
use handbook::{
    DocumentId, Fact, KINDS, Moment, Money, Op, RecordId, RecordKey, Row, Value, document, records,
    text,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::team::{INES, NOW, id, stamp};

/// The values of a struct that was read from a row.
type Through = fn(&Row) -> Result<Vec<(&'static str, Value)>, Unreadable>;

fn through<R: Record>(row: &Row) -> Result<Vec<(&'static str, Value)>, Unreadable> {
    R::from_row(row).map(R::into_values)
}

macro_rules! structs {
    ($($name:ident)*) => {
        [$((records::$name::KIND, through::<records::$name> as Through)),*]
    };
}

fn structs() -> Vec<(&'static Kind, Through)> {
    structs! {
        Client Site Contact Engagement Involvement MajorDeliverable Assignment Touchpoint
        ScheduledContact Promise Action Demand Obligation Sla SlaTarget SlaResult Complaint
        SponsorDialogue Assessment Swot SwotItem Risk Opportunity SalvagePlan ProactiveService
        ValueShown IntangibleBenefit Promotion SwitchingFactor Rollout Comment Attachment Snooze OwnValue
        ReasonOwner Member Service ValueAdd Capacity Statement Tool SavedView OwnField Settings
    }
    .to_vec()
}

/// Something for a field of that type.
fn something(ty: &FieldType) -> Value {
    let word = |text: &str| Value::Text(text.to_owned());
    match ty {
        FieldType::Line => word("Pump hall"),
        FieldType::Note | FieldType::Prose => word("Walked the hall.\nAll dry."),
        FieldType::Integer { max, .. } => Value::Integer(*max),
        FieldType::Money => Value::Money(Money { minor: 12_345, currency: *b"EUR" }),
        FieldType::Date => Value::Date(NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()),
        FieldType::Moment => Value::Moment(Moment { ms: NOW, offset_min: 60 }),
        FieldType::Minutes => Value::Integer(90),
        FieldType::Time => Value::Integer(630),
        FieldType::Flag => Value::Flag(true),
        FieldType::Choice(choices) => Value::Choice(choices.options.last().unwrap().key.to_owned()),
        FieldType::Link(_) => Value::Link(id(7)),
        FieldType::Email => word("voss@merrow.example"),
        FieldType::Phone => word("+49 30 123"),
        FieldType::Web => word("https://merrow.example/a"),
        FieldType::Many(inner) => Value::Many(vec![something(inner)]),
        FieldType::Facts(fields) => Value::Facts(vec![fact(fields)]),
    }
}

/// A fact as the stamp below states it.
fn fact(fields: &[Field]) -> Fact {
    let says = fields.iter().map(|field| something(&field.ty)).collect();
    let at = Moment { ms: NOW, offset_min: 60 };
    Fact { by: INES, at, ..Fact::new(id(8), says) }
}

fn whole(kind: &Kind) -> Vec<(&'static str, Value)> {
    kind.fields.iter().map(|field| (field.key, something(&field.ty))).collect()
}

/// Writes it into a document of its home, loads that and reads it.
fn written(kind: &'static Kind) -> Row {
    let id = if kind.singleton { RecordId::ONLY } else { id(1) };
    let home = match kind.home {
        Home::Firm => DocumentId::Firm,
        Home::Client => DocumentId::Client(id),
    };
    let key = RecordKey::new(kind, id);
    let ops: Vec<_> = if kind.singleton {
        let set = |(field, value)| Op::Set { key, field, value };
        whole(kind).into_iter().map(set).collect()
    } else {
        vec![Op::Create { key, values: whole(kind) }]
    };
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let stamp = stamp(INES, NOW, 1, None);
    let document = document::create(home, &ops, &stamp, &mut rng).unwrap();
    document::row(&document::load(&document.save()).unwrap(), key).unwrap()
}

#[test]
fn the_list_misses_no_kind() {
    let listed: Vec<_> = structs().into_iter().map(|(kind, _)| kind.key).collect();
    assert_eq!(listed, KINDS.iter().map(|kind| kind.key).collect::<Vec<_>>());
}

#[test]
fn every_kind_comes_back_whole() {
    for (kind, through) in structs() {
        let row = written(kind);
        let read: Vec<_> =
            kind.fields.iter().map(|f| f.key).zip(row.values.iter().cloned()).collect();
        assert_eq!(read, whole(kind), "{}", kind.key);
        assert_eq!(through(&row), Ok(whole(kind)), "{}", kind.key);
        assert!(row.unknown.is_empty() && row.two_versions.is_empty(), "{}", kind.key);
    }
}

#[test]
fn every_kind_comes_back_empty() {
    for (kind, through) in structs() {
        let read = through(&Row::empty(kind, id(1))).unwrap();
        // What an empty field reads as: the first state, or a plain no.
        let says = read.iter().filter(|(_, value)| !matches!(value, Value::Choice(_)));
        assert_eq!(says.count(), 0, "{}: {read:?}", kind.key);
    }
}

#[test]
fn every_field_of_every_kind_can_be_typed_and_is_valid() {
    for kind in KINDS {
        assert_eq!(validate(kind, &whole(kind)), [], "{}", kind.key);
        for field in kind.fields.iter().filter(|f| !matches!(f.ty, FieldType::Facts(_))) {
            let value = something(&field.ty);
            let typed = text::parse(&field.ty, &text::format(&field.ty, &value));
            assert_eq!(typed, Ok(value), "{}.{}", kind.key, field.key);
        }
    }
}
