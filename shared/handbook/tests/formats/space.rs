//! A small handbook to import into: two clients, three people, one of us.

use handbook::import::{self, Fate, Plan, Setting};
use handbook::records::{Client, Contact, Function, Member};
use handbook::typed::{Email, Record};
use handbook::{DocumentId, Op, RecordId, Row, Sentence, Value};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

/// 22 November 2026, noon, in UTC.
pub(crate) const NOW: u64 = 1_795_348_800_000;
pub(crate) const MERROW: RecordId = RecordId::from_bytes([1; 16]);
pub(crate) const NORTHMERE: RecordId = RecordId::from_bytes([2; 16]);
pub(crate) const ZOE: RecordId = RecordId::from_bytes([3; 16]);
pub(crate) const JOANNA: RecordId = RecordId::from_bytes([4; 16]);
pub(crate) const INES: RecordId = RecordId::from_bytes([5; 16]);

pub(crate) type Documents = Vec<(DocumentId, Vec<Row>)>;

pub(crate) fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(7)
}

/// The row that an operation makes.
pub(crate) fn made(op: &Op) -> Row {
    let Op::Create { key, values } = op else { panic!("{op:?} makes nothing") };
    let mut row = Row::empty(key.kind, key.id);
    for (field, value) in values {
        row.values[key.kind.index(field).unwrap()] = value.clone();
    }
    row
}

pub(crate) fn row<R: Record>(record: R, id: RecordId) -> Row {
    made(&record.create(id))
}

fn person(given: &str, family: &str, email: &str, id: RecordId) -> Row {
    let contact = Contact {
        given_name: given.into(),
        family_name: family.into(),
        emails: [Email::from(email)].into(),
        ..Contact::default()
    };
    row(contact, id)
}

pub(crate) fn space() -> Documents {
    let client = |name: &str, id| row(Client { name: name.into(), ..Client::default() }, id);
    let ines = Member {
        name: "Ines Vale".into(),
        function: Some(Function::Delivery),
        email: Some(Email::from("ines@firm.example")),
        ..Member::default()
    };
    vec![
        (DocumentId::Firm, vec![row(ines, INES)]),
        (
            DocumentId::Client(MERROW),
            vec![
                client("Merrow Water Board", MERROW),
                person("Zoë", "Müller", "zoe@merrow.example", ZOE),
            ],
        ),
        (
            DocumentId::Client(NORTHMERE),
            vec![
                client("Northmere Rail", NORTHMERE),
                person("Joanna", "Pryce", "joanna@northmere.example", JOANNA),
            ],
        ),
    ]
}

pub(crate) fn setting() -> Setting {
    Setting::new(NOW)
}

pub(crate) fn read(name: &str, bytes: &[u8], setting: &Setting) -> Result<Plan, Sentence> {
    import::read(name, bytes, &space(), setting, &mut rng())
}

/// `line title: fate (why)`.
pub(crate) fn fates(plan: &Plan) -> Vec<String> {
    let rows = plan.rows.iter().map(|row| {
        let fate = match &row.fate {
            Fate::New => "new".to_owned(),
            Fate::Matches { fills, .. } => format!("+{fills}"),
            Fate::Bad(why) => format!("bad: {why}"),
        };
        let why = row.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
        format!("{} {}: {fate}{why}", row.line, row.title)
    });
    rows.collect()
}

/// What a plan makes, as `kind field=value; …`, one a record.
pub(crate) fn makes(plan: &Plan) -> Vec<String> {
    let ops = plan.writes.iter().flat_map(|(_, ops)| ops);
    ops.filter(|op| matches!(op, Op::Create { .. }))
        .map(|op| {
            let row = made(op);
            let fields = row.kind.fields.iter().zip(&row.values);
            let filled =
                fields.filter(|(_, value)| !value.is_empty() && **value != Value::Flag(false));
            let said: Vec<String> = filled
                .map(|(field, value)| {
                    format!("{}={}", field.key, handbook::text::format(&field.ty, value))
                })
                .collect();
            format!("{} {}", row.kind.key, said.join(" | "))
        })
        .collect()
}
