//! What happened, in order, in words; and taking it back.

use handbook::document::{self, Event, Undo};
use handbook::history::sentence;
use handbook::lifecycles::complaint::LIFECYCLE;
use handbook::{DocumentId, Language, Op, RecordId, RecordKey, Value};
use uuid::Uuid;

use crate::team::{Device, INES, JONAS, MERROW, NOW, TOMAS, complaint, id, meet, set, stamp, text};

fn name_of(kind: &str, id: RecordId) -> Option<String> {
    let people = [(INES, "Ines Marchetti"), (TOMAS, "Tomas Reuter"), (JONAS, "Jonas Eklund")];
    let known = people.iter().find(|(member, _)| kind == "member" && *member == id.bytes());
    known.map(|(_, name)| (*name).to_owned())
}

fn told(device: &Device, language: Language) -> Vec<String> {
    let kind = complaint().kind;
    let entries = document::history(&device.doc, complaint());
    entries.iter().map(|entry| sentence(kind, entry, language, &name_of)).collect()
}

/// The story of the complaint in the pictures, short.
fn story() -> Device {
    let first = Device::first(INES);
    let (mut tomas, mut jonas) = (first.copy(TOMAS), first.copy(JONAS));
    tomas.set("owner", Value::Link(RecordId::from_bytes(TOMAS)));
    tomas.set("description", text("Two revisions in one week"));
    meet(&mut tomas, &mut jonas);
    tomas.set("remedy", text("bear the cost"));
    jonas.set("remedy", text("attend the meeting"));
    meet(&mut tomas, &mut jonas);
    jonas.write(&[Op::Include { key: complaint(), field: "affected", item: Value::Link(id(1)) }]);
    let both = text("bear the cost and attend the meeting");
    jonas.write(&[Op::Settle { key: complaint(), field: "remedy", value: both }]);
    let withdraw = LIFECYCLE.step(&jonas.row(), "withdrawn", &[("why", text("settled"))], id(0x71));
    jonas.write(&[withdraw.unwrap()]);
    jonas.write(&[Op::Delete { key: complaint() }]);
    jonas.write(&[Op::Restore { key: complaint() }]);
    jonas
}

#[test]
fn history_is_told_latest_first() {
    let told = told(&story(), Language::En);
    assert_eq!(
        told,
        [
            "Jonas Eklund brought it back.",
            "Jonas Eklund deleted it.",
            "Jonas Eklund noted under “Transitions”: From: Captured, To: Withdrawn, Why: settled.",
            "Jonas Eklund settled “Remedy asked” on bear the cost and attend the meeting.",
            "Jonas Eklund added a record that is not here to “Affected”.",
            "Tomas Reuter changed “Remedy asked” from Re-issue the set to bear the cost.",
            "Jonas Eklund changed “Remedy asked” from Re-issue the set to attend the meeting.",
            "Tomas Reuter changed “Description”.",
            "Tomas Reuter set “Owner” to Tomas Reuter.",
            "Ines Marchetti made this record (complaint).",
        ]
        .map(str::to_owned)
    );
}

#[test]
fn history_is_told_in_german() {
    let told = told(&story(), Language::De);
    assert_eq!(told[1], "Jonas Eklund hat den Eintrag gelöscht.");
    assert_eq!(told[8], "Tomas Reuter hat „Verantwortlich“ auf Tomas Reuter gesetzt.");
}

#[test]
fn history_knows_the_command_and_the_clock() {
    let mut ines = Device::first(INES);
    ines.set("service", text("Survey"));
    let entries = document::history(&ines.doc, complaint());
    assert_eq!(entries.len(), 2);
    assert_eq!((entries[0].event, entries[0].command), (Event::Changed, Some(ines.command())));
    assert_eq!((entries[0].at.ms, entries[0].at.offset_min), (ines.clock, 60));
    assert_eq!(entries[0].what, "edit");
    assert_eq!((entries[1].event, entries[1].at.ms), (Event::Created, NOW));
}

#[test]
fn a_setting_has_its_history_too() {
    use handbook::records::Settings;
    use handbook::typed::Record;
    use handbook::{DocumentId, document::create};
    let settings = RecordKey::only(Settings::KIND);
    let mut device = Device::first(INES);
    let begin = stamp(INES, NOW, 1, None);
    device.doc = create(DocumentId::Firm, &[], &begin, &mut device.rng).unwrap();
    device.write(&[set(settings, "zone", text("Europe/Berlin"))]);
    device.write(&[set(settings, "zone", text("Europe/Lisbon"))]);
    let entries = document::history(&device.doc, settings);
    let zone = Settings::KEYS.zone.index();
    assert_eq!(entries.len(), 2);
    assert_eq!((entries[0].field, &entries[0].before), (Some(zone), &text("Europe/Berlin")));
}

#[test]
fn a_command_is_taken_back_where_nobody_went_on() {
    let mut ines = Device::first(INES);
    let before = ines.row();
    ines.write(&[
        set(complaint(), "service", text("Survey")),
        set(complaint(), "remedy", text("Pay")),
        set(complaint(), "description", text("Long")),
        Op::Include { key: complaint(), field: "affected", item: Value::Link(id(1)) },
    ]);
    let command = ines.command();
    let mut went_on = ines.copy(TOMAS);

    let inverse = document::undo(&ines.doc, Undo::Command(command), &mut ines.rng);
    assert_eq!(inverse.kept, []);
    ines.write(&inverse.ops);
    assert_eq!(ines.row(), before);

    went_on.set("remedy", text("Pay twice"));
    let inverse = document::undo(&went_on.doc, Undo::Command(command), &mut went_on.rng);
    assert_eq!(inverse.kept, [complaint()]);
    went_on.write(&inverse.ops);
    assert_eq!(went_on.get("remedy"), text("Pay twice"));
    assert_eq!(went_on.get("service"), Value::Empty);
    assert_eq!(went_on.get("affected"), Value::Empty);
}

#[test]
fn a_batch_is_taken_back_whole() {
    let mut ines = Device::first(INES);
    let batch = Uuid::from_u128(0xba7c);
    let contact = handbook::kind("contact").unwrap();
    let key = |n| RecordKey::new(contact, id(n));
    for n in [1, 2] {
        let create = Op::Create { key: key(n), values: vec![("family_name", text("Voss"))] };
        let stamp = stamp(INES, NOW + i64::from(n), 100 + u128::from(n), Some(batch));
        let overwrite = set(complaint(), "service", text(&format!("imported {n}")));
        document::write(&mut ines.doc, &[create, overwrite], &stamp, &mut ines.rng).unwrap();
    }
    ines.write(&[set(key(2), "given_name", text("Katharina"))]);

    let inverse = document::undo(&ines.doc, Undo::Batch(batch), &mut ines.rng);
    assert_eq!(inverse.kept, [key(2)]);
    ines.write(&inverse.ops);
    assert!(document::row(&ines.doc, key(1)).unwrap().gone);
    assert!(!document::row(&ines.doc, key(2)).unwrap().gone);
    assert_eq!(ines.get("service"), Value::Empty);

    // And taking that back brings it all again.
    let inverse = document::undo(&ines.doc, Undo::Command(ines.command()), &mut ines.rng);
    ines.write(&inverse.ops);
    assert!(!document::row(&ines.doc, key(1)).unwrap().gone);
    assert_eq!(ines.get("service"), text("imported 2"));
}

/// Undoing an import takes no client away under what was written about it since.
#[test]
fn a_client_stays_as_long_as_anything_in_its_document_does() {
    let mut ines = Device::first(INES);
    let batch = Uuid::from_u128(0xba7c);
    let client = RecordKey::new(handbook::kind("client").unwrap(), id(MERROW));
    let contact = RecordKey::new(handbook::kind("contact").unwrap(), id(1));
    let ops = [
        Op::Create { key: client, values: vec![("name", text("Merrow Water Board"))] },
        Op::Create { key: contact, values: vec![("family_name", text("Voss"))] },
    ];
    let imported = stamp(INES, NOW, 1, Some(batch));
    let home = DocumentId::Client(id(MERROW));
    ines.doc = document::create(home, &ops, &imported, &mut ines.rng).unwrap();
    let gone = [client, contact].map(|key| Op::Delete { key });
    let inverse = document::undo(&ines.doc, Undo::Batch(batch), &mut ines.rng);
    assert_eq!((inverse.ops, inverse.kept), (gone.to_vec(), vec![]));

    ines.write(&[Op::Create { key: complaint(), values: vec![("subject", text("Late"))] }]);
    let inverse = document::undo(&ines.doc, Undo::Batch(batch), &mut ines.rng);
    assert_eq!((inverse.ops, inverse.kept), (vec![Op::Delete { key: contact }], vec![client]));
}
