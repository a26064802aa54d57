//! How long the parts of a device take natively, without a browser's storage. No benchmark: a look
//! at whether something has become ten times slower.
//!
//! `cargo run --release -p device --example measure [clients] [touchpoints each]`

use std::time::Duration;

use device::memory::{Memory, OpenVault, finish};
use device::{Device, Edit, Founding, Opening, Prepared, SpaceKind};
use handbook::records::{Client, Touchpoint};
use handbook::{DocumentId, Moment, Op, Record, RecordId, RecordKey, Value};

const NOW: Moment = Moment { ms: 1_790_000_000_000, offset_min: 120 };

fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let clients: u32 = arguments.next().unwrap_or(1_000);
    let each: u32 = arguments.next().unwrap_or(100);

    let memory = Memory::new();
    let device = found(&memory);
    let (_, made) = timed(|| fill(&device, clients, each));
    report("write one client whole", made / clients);

    let (device, opening) = timed(|| open(&memory));
    report("open", opening);
    let model = device.model();
    say(&format!("hot entries: {} kB", model.bytes() / 1024));

    let (touched, scan) = timed(|| {
        let all = model.records(Touchpoint::KIND);
        all.iter()
            .filter_map(|records| records.column("at"))
            .flatten()
            .filter_map(|at| at.as_date())
            .max()
    });
    report("latest touchpoint of all, first look", scan);
    let (again, scan) = timed(|| {
        let all = model.records(Touchpoint::KIND);
        all.iter()
            .filter_map(|records| records.column("at"))
            .flatten()
            .filter_map(|at| at.as_date())
            .max()
    });
    report("latest touchpoint of all, once more", scan);
    assert_eq!(touched, again, "the same columns");
    let (rows, decoding) = timed(|| model.rows(Touchpoint::KIND).len());
    report("all touchpoints as rows", decoding);
    say(&format!("{rows} rows"));

    let (document, key) = client(1);
    let (_, first) = timed(|| edit(&device, document, key, "first"));
    report("edit, loading the document", first);
    let (_, many) = timed(|| (0..100).for_each(|n| edit(&device, document, key, &n.to_string())));
    report("edit", many / 100);
    let (_, tidied) = timed(|| finish(device.tidy(1)).expect("nothing fails in memory"));
    report("fold a hundred changes", tidied);
}

fn found(memory: &Memory) -> Device<Memory, OpenVault> {
    let founding = Founding {
        kind: SpaceKind::Sample,
        origin: String::new(),
        token: String::new(),
        firm: "Alder & Tarn".to_owned(),
        name: "Anna".to_owned(),
        at: NOW,
    };
    let mut rng = <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([1; 32]);
    let prepared = Prepared::found(&founding, &mut rng).expect("a space can be made");
    let opening = Opening { seed: [2; 32], build: "measure".to_owned() };
    let founded = Device::found(memory.tab(), OpenVault::default(), opening, prepared);
    finish(founded).expect("nothing fails in memory")
}

fn open(memory: &Memory) -> Device<Memory, OpenVault> {
    let opening = Opening { seed: [3; 32], build: "measure".to_owned() };
    let opened = Device::open(memory.tab(), OpenVault::default(), opening);
    finish(opened).expect("nothing fails in memory")
}

fn client(number: u32) -> (DocumentId, RecordKey) {
    let id = id(number, 0);
    (DocumentId::Client(id), RecordKey::new(Client::KIND, id))
}

fn id(client: u32, touchpoint: u32) -> RecordId {
    RecordId::from_bytes((u128::from(client) << 64 | u128::from(touchpoint)).to_be_bytes())
}

fn fill(device: &Device<Memory, OpenVault>, clients: u32, each: u32) {
    for number in 1..=clients {
        let (document, key) = client(number);
        let name = Value::Text(format!("Client {number}"));
        let mut ops = vec![Op::Create { key, values: vec![("name", name)] }];
        ops.extend((1..=each).map(|touch| {
            let minutes = i64::from(number * 131 + touch * 1_440);
            let at = Moment { ms: NOW.ms - minutes * 60_000, ..NOW };
            Op::Create {
                key: RecordKey::new(Touchpoint::KIND, id(number, touch)),
                values: vec![
                    ("at", Value::Moment(at)),
                    ("function", Value::Choice("sales".to_owned())),
                    ("subject", Value::Text(format!("Talked about delivery {touch}"))),
                    (
                        "notes",
                        Value::Text("They would like to hear from us more often. ".repeat(7)),
                    ),
                ],
            }
        }));
        let edit = Edit { document, ops, stamp: device.stamp(NOW, "import") };
        finish(device.write_many(vec![edit])).expect("nothing fails in memory");
    }
}

fn edit(device: &Device<Memory, OpenVault>, document: DocumentId, key: RecordKey, value: &str) {
    let op = Op::Set { key, field: "sector", value: Value::Text(value.to_owned()) };
    finish(device.write(document, vec![op], device.stamp(NOW, "edit")))
        .expect("nothing fails in memory");
}

#[expect(clippy::disallowed_methods, reason = "a measurement is about the clock")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = std::time::Instant::now();
    let done = work();
    (done, start.elapsed())
}

fn report(what: &str, took: Duration) {
    say(&format!("{what}: {:.2} ms", took.as_secs_f64() * 1e3));
}

#[expect(clippy::print_stdout, reason = "an example talks to its terminal")]
fn say(line: &str) {
    println!("{line}");
}
