//! Taking one's own edits back, one after the other, and doing them again.

use handbook::document::{self, Undo};
use handbook::lifecycles::Standing;
use handbook::lifecycles::complaint::LIFECYCLE;
use handbook::{Op, RecordKey, Value};
use uuid::Uuid;

use crate::team::{Device, INES, TOMAS, complaint, id, meet, set, text};

/// Takes a command back; the command that did it, and what stays.
fn undo(device: &mut Device, command: Uuid) -> (Uuid, Vec<RecordKey>) {
    let inverse = document::undo(&device.doc, Undo::Command(command), &mut device.rng);
    if !inverse.ops.is_empty() {
        device.write(&inverse.ops);
    }
    (device.command(), inverse.kept)
}

fn state(device: &Device) -> String {
    match LIFECYCLE.standing(&device.row()) {
        Standing::In(state) => state,
        Standing::Parted(states) => states.join(" / "),
    }
}

/// Covers: S2.19
#[test]
fn edits_are_undone_to_the_beginning_and_redone_to_the_end() {
    let mut ines = Device::first(INES);
    let contact = RecordKey::new(handbook::kind("contact").unwrap(), id(1));
    let deeds: Vec<Vec<Op>> = vec![
        vec![Op::Create { key: contact, values: vec![("family_name", text("Voss"))] }],
        vec![set(contact, "family_name", text("Voß"))],
        vec![
            set(contact, "given_name", text("Katharina")),
            set(contact, "family_name", text("V.")),
        ],
        vec![Op::Include { key: complaint(), field: "affected", item: Value::Link(contact.id) }],
        vec![Op::Delete { key: contact }],
    ];
    let shown = |device: &Device| {
        let row = document::row(&device.doc, contact);
        let contact = row.map(|row| (row.gone, row.title()));
        (contact.filter(|(gone, _)| !gone), device.get("affected"))
    };
    let mut states = vec![shown(&ines)];
    let mut commands = Vec::new();
    for ops in deeds {
        ines.write(&ops);
        commands.push(ines.command());
        states.push(shown(&ines));
    }
    for round in 0..2 {
        let mut undone = Vec::new();
        for expected in states.iter().rev().skip(1) {
            let (by, kept) = undo(&mut ines, commands.pop().unwrap());
            assert_eq!((kept, shown(&ines)), (vec![], expected.clone()), "undo {round}");
            undone.push(by);
        }
        for expected in states.iter().skip(1) {
            let (by, kept) = undo(&mut ines, undone.pop().unwrap());
            assert_eq!((kept, shown(&ines)), (vec![], expected.clone()), "redo {round}");
            commands.push(by);
        }
    }
}

#[test]
fn a_step_is_undone_and_redone_with_its_reason() {
    let mut ines = Device::first(INES);
    let why = [("why", text("they called"))];
    let step = LIFECYCLE.step(&ines.row(), "withdrawn", &why, id(0x71)).unwrap();
    ines.write(&[step]);
    let withdrawn = ines.command();
    let (undone, kept) = undo(&mut ines, withdrawn);
    assert_eq!((state(&ines).as_str(), kept), ("captured", vec![]));
    let (redone, kept) = undo(&mut ines, undone);
    assert_eq!((state(&ines).as_str(), kept), ("withdrawn", vec![]));
    let row = ines.row();
    let last = row.get("transitions").facts().last().unwrap();
    assert!(last.values.contains(&text("they called")));
    // And once more: the step that was done again is the same step.
    let (_, kept) = undo(&mut ines, redone);
    assert_eq!((state(&ines).as_str(), kept), ("captured", vec![]));
}

#[test]
fn what_a_colleague_went_on_from_stays() {
    let mut ines = Device::first(INES);
    let step =
        LIFECYCLE.step(&ines.row(), "duplicate", &[("original", Value::Link(id(9)))], id(0x71));
    ines.write(&[set(complaint(), "service", text("Survey")), step.unwrap()]);
    let command = ines.command();
    let mut tomas = ines.copy(TOMAS);
    tomas.set("service", text("Drawings"));
    meet(&mut ines, &mut tomas);
    let (_, kept) = undo(&mut ines, command);
    assert_eq!(kept, [complaint()]);
    assert_eq!((ines.get("service"), state(&ines).as_str()), (text("Drawings"), "duplicate"));
}

/// Covers: S1.9
#[test]
fn a_field_tells_all_its_values() {
    let first = Device::first(INES);
    let (mut ines, mut tomas) = (first.copy(INES), first.copy(TOMAS));
    ines.write(&[Op::Include { key: complaint(), field: "affected", item: Value::Link(id(1)) }]);
    tomas.set("remedy", text("Pay"));
    meet(&mut ines, &mut tomas);
    ines.write(&[Op::Include { key: complaint(), field: "affected", item: Value::Link(id(2)) }]);
    ines.set("remedy", Value::Empty);
    let told = |field: &str| -> Vec<_> {
        let values = document::values(&ines.doc, complaint(), field).into_iter();
        values.map(|past| (past.by.unwrap(), past.value)).collect()
    };
    let links = |numbers: &[u8]| {
        Value::Many(numbers.iter().map(|number| Value::Link(id(*number))).collect())
    };
    assert_eq!(
        told("remedy"),
        [(INES, Value::Empty), (TOMAS, text("Pay")), (INES, text("Re-issue the set"))]
    );
    assert_eq!(told("affected"), [(INES, links(&[1, 2])), (INES, links(&[1]))]);
    assert_eq!(told("service"), []);
    assert_eq!(told("no such field"), []);
}

#[test]
fn the_latest_part_of_a_history_is_read_alone() {
    let mut ines = Device::first(INES);
    for number in 0..5 {
        ines.set("service", text(&format!("{number}")));
    }
    let all = document::history(&ines.doc, complaint());
    let check = |most: usize, entries: usize, earlier: usize| {
        let recent = document::recent(&ines.doc, complaint(), most);
        assert_eq!((recent.entries.as_slice(), recent.earlier), (&all[..entries], earlier));
    };
    check(2, 2, 4);
    check(6, 6, 0);
    check(100, 6, 0);
    check(0, 0, 6);
}
