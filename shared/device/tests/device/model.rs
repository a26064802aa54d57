//! The read model as pages use it.

use device::memory::{Memory, finish};
use device::model::Cell;
use device::{Batch, Storage, Table};
use handbook::records::Touchpoint;
use handbook::{Moment, Op, Record, RecordId, Value};

use crate::kit::*;

fn touch(number: u8, minute: i64) -> Op {
    Op::Create {
        key: touchpoint(number),
        values: vec![
            ("subject", text(&format!("Call {number}"))),
            ("at", Value::Moment(Moment { ms: NOW.ms + minute * 60_000, offset_min: 120 })),
            ("members", Value::Many(vec![Value::Link(RecordId::from_bytes([3; 16]))])),
            ("notes", text("long")),
        ],
    }
}

#[test]
fn columns_are_read_without_rows() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (birch, _) = new_client(&anna, 1, "Birch");
    let (cedar, _) = new_client(&anna, 2, "Cedar");
    write(&anna, birch, vec![touch(11, 1), touch(12, 2)]);
    write(&anna, cedar, vec![touch(21, 3)]);

    let model = anna.model();
    let all = model.records(Touchpoint::KIND);
    assert_eq!(
        all.iter().map(|records| (records.document(), records.len())).collect::<Vec<_>>(),
        [(birch, 2), (cedar, 1)]
    );
    let moments = all[0].column("at").unwrap().map(|cell| match cell {
        Cell::Moment(moment) => moment.ms - NOW.ms,
        other => panic!("{other:?}"),
    });
    assert_eq!(moments.collect::<Vec<_>>(), [60_000, 120_000]);
    let members = all[0].column("members").unwrap().map(|cell| match cell {
        Cell::Many(members) => members.iter().filter_map(|cell| cell.as_link()).count(),
        other => panic!("{other:?}"),
    });
    assert_eq!(members.collect::<Vec<_>>(), [1, 1]);
    assert_eq!(all[1].key(0), touchpoint(21));
    assert_eq!(all[1].created(0).by, anna.member().0);
    assert!(all[0].column("notes").is_none(), "notes are not in columns");
    assert!(all[0].column("mood").is_none(), "nobody has said");
    assert!(all[0].column("no such field").is_none());
    assert_eq!(model.count(Touchpoint::KIND), 3);
    assert_eq!(model.rows(Touchpoint::KIND).len(), 3);
    assert_eq!(model.documents().len(), 3);
}

#[test]
fn a_deleted_record_is_marked_not_missing() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (birch, _) = new_client(&anna, 1, "Birch");
    write(&anna, birch, vec![touch(11, 1), touch(12, 2)]);
    write(&anna, birch, vec![Op::Delete { key: touchpoint(11) }]);
    let model = anna.model();
    assert!(model.row(birch, touchpoint(11)).unwrap().gone);
    assert_eq!(model.count(Touchpoint::KIND), 1);
    let living: Vec<_> = model.rows(Touchpoint::KIND).iter().map(|(_, row)| row.id).collect();
    assert_eq!(living, [touchpoint(12).id]);
    write(&anna, birch, vec![Op::Restore { key: touchpoint(11) }]);
    assert_eq!(model.count(Touchpoint::KIND), 2);
    check_model(&memory);
}

#[test]
fn two_versions_are_visible_in_lists_until_one_is_settled() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let (document, key) = new_client(&anna, 1, "Birch");
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    write(&anna, document, vec![set(key, "sector", "Rail")]);
    write(&ben, document, vec![set(key, "sector", "Shipping")]);
    for tab in [&anna, &ben, &anna] {
        log.push(tab, true);
    }
    for (memory, tab) in [(&ours, &anna), (&theirs, &ben)] {
        let records = tab.model().records_in(document, key.kind).unwrap();
        assert!(records.has_two_versions(0));
        let row = records.row(0).unwrap();
        assert_eq!(row.two_versions, [key.kind.index("sector").unwrap()]);
        let versions = finish(tab.versions(document, key, "sector")).unwrap();
        assert_eq!(versions.len(), 2);
        check_model(memory);
    }
    let settle = Op::Settle { key, field: "sector", value: text("Rail") };
    write(&ben, document, vec![settle]);
    log.push(&ben, true);
    log.pull(&anna).unwrap();
    let row = anna.model().row(document, key).unwrap();
    assert!(row.two_versions.is_empty());
    assert_eq!(row.get("sector"), &text("Rail"));
    assert!(finish(anna.history(document, key, usize::MAX)).unwrap().entries.len() >= 3);
}

/// Covers: S1.9
#[test]
fn a_document_is_read_as_it_stood() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (birch, key) = new_client(&anna, 1, "Birch");
    write(&anna, birch, vec![touch(12, 1), touch(11, 2)]);
    let before = finish(anna.rows(birch)).unwrap();
    let later = Moment { ms: NOW.ms + 60_000, ..NOW };
    let rename = vec![set(key, "name", "Birch & Sons"), Op::Delete { key: touchpoint(11) }];
    finish(anna.write(birch, rename, anna.stamp(later, "edit"))).unwrap();
    let at = |ms: i64| finish(anna.rows_at(birch, Moment { ms, ..NOW })).unwrap();
    assert_eq!(at(NOW.ms - 1), []);
    assert_eq!(at(NOW.ms), before);
    assert_eq!(at(later.ms), finish(anna.rows(birch)).unwrap());
    assert_ne!(at(later.ms), before);
    assert_eq!(finish(anna.rows_at(client(9).0, later)).unwrap(), []);
}

#[test]
fn a_row_from_columns_is_the_full_row_without_notes() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (birch, _) = new_client(&anna, 1, "Birch");
    write(&anna, birch, vec![touch(11, 1)]);
    let mut full = finish(anna.row(birch, touchpoint(11))).unwrap().unwrap();
    assert_eq!(full.get("notes"), &text("long"));
    full.values[Touchpoint::KIND.index("notes").unwrap()] = Value::Empty;
    assert_eq!(anna.model().row(birch, touchpoint(11)), Some(full));
}

#[test]
fn entries_that_cannot_be_read_are_built_anew() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (birch, key) = new_client(&anna, 1, "Birch");
    let good = (memory.peek(Table::Hot), memory.peek(Table::Rows));
    drop(anna);
    let mut batch = Batch::new();
    for tag in good.0.keys() {
        batch.put(Table::Hot, tag, b"of another layout".to_vec());
        batch.put(Table::Rows, tag, b"of another layout".to_vec());
    }
    finish(memory.commit(batch)).unwrap();

    let anna = open(&memory);
    assert_eq!(anna.model().row(birch, key), None);
    assert_eq!(field(&anna, birch, key, "name").as_deref(), Some("Birch"), "the document knows");
    assert_eq!(finish(anna.tidy(10)).unwrap(), 2);
    assert_eq!((memory.peek(Table::Hot), memory.peek(Table::Rows)), good);
    assert_eq!(anna.model().row(birch, key).unwrap().title(), "Birch");
    assert_eq!(finish(anna.tidy(10)).unwrap(), 0, "all is tidy");
}

#[test]
fn long_tails_are_folded() {
    let memory = Memory::new();
    let anna = found(&memory);
    let (birch, key) = new_client(&anna, 1, "Birch");
    for number in 0..=device::MAX_TAIL {
        write(&anna, birch, vec![set(key, "sector", &number.to_string())]);
    }
    let before = seen(&anna);
    assert_eq!(finish(anna.tidy(10)).unwrap(), 1);
    let kinds =
        |part: &str| memory.peek(Table::Bytes).keys().filter(|key| key.contains(part)).count();
    assert_eq!((kinds("/snapshot/"), kinds("/change/")), (1, 1), "the firm's change stays");
    assert_eq!(seen(&open(&memory)), before);
    write(&anna, birch, vec![set(key, "sector", "Rail")]);
    assert_eq!(field(&open(&memory), birch, key, "sector").as_deref(), Some("Rail"));
    check_model(&memory);
}

#[test]
fn a_newcomer_stores_a_long_history_folded() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    let (birch, key) = new_client(&anna, 1, "Birch");
    for number in 0..100 {
        write(&anna, birch, vec![set(key, "sector", &number.to_string())]);
    }
    log.push(&anna, true);
    let ben = log.join(&anna, &theirs, "Ben");
    assert_eq!(seen(&ben)[&birch], seen(&anna)[&birch]);
    assert!(theirs.peek(Table::Bytes).keys().any(|key| key.contains("/snapshot/")));
    assert_eq!(ben.unsynced(), 1);
    check_model(&theirs);
}
