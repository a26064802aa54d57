//! What somebody could send who means harm, and why it is turned away.

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ExpandedChange, ObjType, ROOT, ReadDoc, ScalarValue};
use replica::check::{Rejected, check, limits, parse};

use crate::safely::{blank, copy, take};

/// Ada's document: a record with a name that she set twice, and two texts.
fn document() -> Automerge {
    // A new author comes with a new actor, so the actor is set last.
    let mut document = blank().with_author(Some(vec![1; 16].into())).with_actor(ada());
    let mut transaction = document.transaction();
    let record = transaction.put_object(ROOT, "client/1", ObjType::Map).unwrap();
    transaction.put(&record, "name", "Nord").unwrap();
    transaction.put(&record, "city", "Kiel").unwrap();
    let minutes = transaction.put_object(&record, "minutes", ObjType::Text).unwrap();
    let profile = transaction.put_object(&record, "profile", ObjType::Text).unwrap();
    transaction.splice_text(&minutes, 0, 0, "abc").unwrap();
    transaction.splice_text(&profile, 0, 0, "xyz").unwrap();
    transaction.commit_with(CommitOptions::default().with_time(0));
    let mut transaction = document.transaction();
    transaction.put(&record, "name", "Nordwind").unwrap();
    transaction.commit_with(CommitOptions::default().with_time(0));
    document
}

fn ada() -> ActorId {
    ActorId::from([1; 16])
}

fn ben() -> ActorId {
    ActorId::from([2; 16])
}

/// Ids of Ada's operations.
const RECORD: u64 = 1;
const OLD_NAME: u64 = 2;
const CITY: u64 = 3;
const MINUTES: u64 = 4;
const A: u64 = 6;
const B: u64 = 7;
const X: u64 = 9;
const NAME: u64 = 12;

fn of_ada(counter: u64) -> OpId {
    OpId::new(counter, &ada())
}

/// Ben's first change, which sets the name.
fn bens() -> ExpandedChange {
    change(vec![put(RECORD, "name", &[of_ada(NAME)])])
}

fn change(operations: Vec<Op>) -> ExpandedChange {
    ExpandedChange {
        operations,
        actor_id: ben(),
        hash: None,
        seq: 1,
        start_op: (NAME + 1).try_into().unwrap(),
        time: 0,
        message: None,
        deps: document().get_heads(),
        extra_bytes: vec![],
        author: None,
    }
}

fn put(object: u64, key: &str, pred: &[OpId]) -> Op {
    Op {
        action: OpType::Put("new".into()),
        obj: ObjectId::Id(of_ada(object)),
        key: Key::Map(key.into()),
        pred: pred.to_vec().into(),
        insert: false,
    }
}

fn write(after: ElementId, text: &str) -> Op {
    Op {
        action: OpType::Put(text.into()),
        obj: ObjectId::Id(of_ada(MINUTES)),
        key: Key::Seq(after),
        pred: vec![].into(),
        insert: true,
    }
}

fn erase(character: OpId) -> Op {
    Op {
        action: OpType::Delete,
        obj: ObjectId::Id(of_ada(MINUTES)),
        key: Key::Seq(ElementId::Id(character.clone())),
        pred: vec![character].into(),
        insert: false,
    }
}

fn verdict(change: ExpandedChange) -> Result<(), Rejected> {
    take(&document(), Change::from(change).raw_bytes()).map(|_| ())
}

#[test]
fn bens_change_is_good_by_itself() {
    assert_eq!(verdict(bens()), Ok(()));
    let words = vec![
        write(ElementId::Head, "é"),
        write(ElementId::Id(of_ada(B)), "y"),
        erase(of_ada(A)),
        write(ElementId::Id(OpId::new(NAME + 1, &ben())), "z"),
        erase(OpId::new(NAME + 1, &ben())),
    ];
    assert_eq!(verdict(change(words)), Ok(()));
}

#[test]
fn changes_of_an_actor_follow_each_other() {
    for seq in [0, 2, 3, u64::from(u32::MAX), u64::MAX] {
        assert_eq!(verdict(ExpandedChange { seq, ..bens() }), Err(Rejected::Sequence), "{seq}");
    }
    // Ada has made two.
    for (seq, expected) in [
        (1, Err(Rejected::Sequence)),
        (2, Err(Rejected::Sequence)),
        (3, Ok(())),
        (4, Err(Rejected::Sequence)),
    ] {
        let change = ExpandedChange { actor_id: ada(), seq, ..bens() };
        assert_eq!(verdict(change), expected, "{seq}");
    }
}

#[test]
fn an_actor_never_goes_two_ways() {
    let mut document = document();
    let first = document.get_changes(&[])[0].hash();
    // A second change number two of Ada's, beside the one that is there.
    let forged = ExpandedChange {
        actor_id: ada(),
        seq: 2,
        deps: vec![first],
        ..change(vec![put(RECORD, "name", &[of_ada(OLD_NAME)])])
    };
    let forged = parse(Change::from(forged).raw_bytes()).unwrap();
    assert_eq!(check(&document, &forged), Err(Rejected::Sequence));
    // A third that does not build on her second.
    let forged = ExpandedChange { seq: 3, ..forged.decode() };
    let forged = parse(Change::from(forged).raw_bytes()).unwrap();
    assert_eq!(check(&document, &forged), Err(Rejected::Sequence));
    // One that begins anew.
    document.set_actor(ben());
    let forged = ExpandedChange { actor_id: ada(), seq: 1, deps: vec![], ..bens() };
    let forged = parse(Change::from(forged).raw_bytes()).unwrap();
    assert_eq!(check(&document, &forged), Err(Rejected::Sequence));
}

#[test]
fn authors_are_named_once_in_one_form() {
    let named = |seq: u64, footer: &[u8]| {
        let actor_id = if seq == 1 { ben() } else { ada() };
        verdict(ExpandedChange { actor_id, seq, extra_bytes: footer.to_vec(), ..bens() })
    };
    let long = [vec![1, 65], vec![7; 65]].concat();
    assert_eq!(named(1, &[1, 2, 8, 8]), Ok(()));
    assert_eq!(named(3, &[]), Ok(()));
    for (seq, footer) in [
        (3, [1, 2, 8, 8].as_slice()),
        (1, &[1, 0]),
        (1, &[1, 1, 8, 8]),
        (1, &[1, 3, 8, 8]),
        (1, &[2, 2, 8, 8]),
        (1, &[1]),
        (1, &[0]),
        (1, &[1, 0x82, 0, 8, 8]),
        (1, &long),
    ] {
        assert_eq!(named(seq, footer), Err(Rejected::Author), "{seq} {footer:?}");
    }
}

#[test]
fn operations_are_numbered_above_the_past() {
    let from =
        |start: u64| verdict(ExpandedChange { start_op: start.try_into().unwrap(), ..bens() });
    let highest = NAME + limits::MAX_LEAP;
    for (start, expected) in [
        (1, Err(Rejected::Numbering)),
        (NAME, Err(Rejected::Numbering)),
        (NAME + 1, Ok(())),
        (NAME + 1000, Ok(())),
        (highest, Ok(())),
        (highest + 1, Err(Rejected::Numbering)),
        (limits::MAX_COUNTER, Err(Rejected::Numbering)),
        (u64::from(u32::MAX), Err(Rejected::Numbering)),
    ] {
        assert_eq!(from(start), expected, "{start}");
    }
}

#[test]
fn operations_are_on_what_is_there() {
    let stranger = OpId::new(RECORD, &ActorId::from([9; 16]));
    let on = |object: OpId, key: Key| {
        verdict(change(vec![Op { obj: ObjectId::Id(object), key, ..put(RECORD, "new", &[]) }]))
    };
    let property = || Key::Map("new".into());
    assert_eq!(on(of_ada(RECORD), property()), Ok(()));
    for (object, key, expected) in [
        (stranger, property(), Rejected::Object),
        // A value, a character, nothing, and what the change itself makes later.
        (of_ada(CITY), property(), Rejected::Object),
        (of_ada(A), property(), Rejected::Object),
        (of_ada(500), property(), Rejected::Object),
        (OpId::new(NAME + 1, &ben()), property(), Rejected::Object),
        (of_ada(MINUTES), property(), Rejected::Place),
        (of_ada(RECORD), Key::Map("".into()), Rejected::Place),
        (of_ada(RECORD), Key::Seq(ElementId::Head), Rejected::Place),
        (of_ada(RECORD), Key::Seq(ElementId::Id(of_ada(A))), Rejected::Place),
    ] {
        assert_eq!(on(object.clone(), key.clone()), Err(expected), "{object:?} {key:?}");
    }
}

#[test]
fn what_is_replaced_is_visible_there() {
    let stranger = OpId::new(NAME, &ActorId::from([9; 16]));
    for (key, pred, expected) in [
        ("name", vec![of_ada(NAME)], Ok(())),
        ("name", vec![], Ok(())),
        ("city", vec![of_ada(CITY)], Ok(())),
        ("name", vec![of_ada(OLD_NAME)], Err(Rejected::Predecessor)),
        ("name", vec![of_ada(OLD_NAME), of_ada(NAME)], Err(Rejected::Predecessor)),
        ("name", vec![of_ada(CITY)], Err(Rejected::Predecessor)),
        ("name", vec![of_ada(A)], Err(Rejected::Predecessor)),
        ("name", vec![of_ada(500)], Err(Rejected::Predecessor)),
        ("name", vec![stranger], Err(Rejected::Predecessor)),
        ("name", vec![of_ada(NAME), of_ada(NAME)], Err(Rejected::Predecessor)),
        ("new", vec![of_ada(NAME)], Err(Rejected::Predecessor)),
    ] {
        let put = put(RECORD, key, &pred);
        assert_eq!(verdict(change(vec![put.clone()])), expected, "{key} {pred:?}");
        let expected = if pred.is_empty() { Err(Rejected::Predecessor) } else { expected };
        let delete = Op { action: OpType::Delete, ..put };
        assert_eq!(verdict(change(vec![delete])), expected, "delete {key} {pred:?}");
    }
    // Twice in one change: the second sees the first.
    let first = OpId::new(NAME + 1, &ben());
    for (pred, expected) in [(first.clone(), Ok(())), (of_ada(NAME), Err(Rejected::Predecessor))] {
        let twice = vec![put(RECORD, "name", &[of_ada(NAME)]), put(RECORD, "name", &[pred])];
        assert_eq!(verdict(change(twice)), expected);
    }
}

#[test]
fn what_lies_beside_the_past_is_not_there() {
    let mut document = document();
    let first = document.get_changes(&[])[0].hash();
    let early = ExpandedChange { deps: vec![first], ..bens() };
    let early = parse(Change::from(early).raw_bytes()).unwrap();
    // It replaces what Ada wrote in her second change, and builds on the first alone.
    assert_eq!(check(&document, &early), Err(Rejected::Predecessor));
    document = copy(&document).fork_at(&[first]).unwrap();
    assert_eq!(check(&document, &early), Err(Rejected::Predecessor));
}

#[test]
fn texts_are_written_and_erased_by_characters() {
    let op = |change: &dyn Fn(&mut Op), mut op: Op| {
        change(&mut op);
        op
    };
    let after_a = || write(ElementId::Id(of_ada(A)), "q");
    for (what, ops, expected) in [
        ("two characters", vec![write(ElementId::Head, "ab")], Rejected::Unsupported),
        ("no character", vec![write(ElementId::Head, "")], Rejected::Unsupported),
        (
            "a number",
            vec![op(&|op| op.action = OpType::Put(1.into()), after_a())],
            Rejected::Unsupported,
        ),
        (
            "a block",
            vec![op(&|op| op.action = OpType::Make(ObjType::Map), after_a())],
            Rejected::Unsupported,
        ),
        (
            "in place of a character",
            vec![op(&|op| op.action = OpType::Put("q".into()), erase(of_ada(A)))],
            Rejected::Unsupported,
        ),
        ("after another text's", vec![write(ElementId::Id(of_ada(X)), "q")], Rejected::Place),
        ("after nothing", vec![write(ElementId::Id(of_ada(500)), "q")], Rejected::Place),
        ("after a value", vec![write(ElementId::Id(of_ada(CITY)), "q")], Rejected::Place),
        ("after an erased one", vec![erase(of_ada(A)), after_a()], Rejected::Place),
        ("twice erased", vec![erase(of_ada(A)), erase(of_ada(A))], Rejected::Place),
        ("another text's erased", vec![erase(of_ada(X))], Rejected::Place),
        (
            "another one erased",
            vec![op(&|op| op.pred = vec![of_ada(B)].into(), erase(of_ada(A)))],
            Rejected::Predecessor,
        ),
        (
            "nothing erased",
            vec![op(&|op| op.pred = vec![].into(), erase(of_ada(A)))],
            Rejected::Predecessor,
        ),
        (
            "written over",
            vec![op(&|op| op.pred = vec![of_ada(A)].into(), after_a())],
            Rejected::Predecessor,
        ),
    ] {
        assert_eq!(verdict(change(ops)), Err(expected), "{what}");
    }
}

#[test]
fn other_features_are_not_allowed() {
    for action in [
        OpType::Make(ObjType::List),
        OpType::Make(ObjType::Table),
        OpType::Increment(1),
        OpType::Put(ScalarValue::counter(1)),
        OpType::Put(ScalarValue::Unknown { type_code: 12, bytes: vec![1] }),
        OpType::MarkEnd(false),
    ] {
        let op = Op { action: action.clone(), ..put(RECORD, "new", &[]) };
        assert_eq!(verdict(change(vec![op])), Err(Rejected::Unsupported), "{action:?}");
    }
    assert_eq!(verdict(change(vec![])), Err(Rejected::Numbering), "nothing at all");
}

#[test]
fn objects_nest_only_so_deep() {
    let nested = |depth: u64| {
        let root = Op {
            action: OpType::Make(ObjType::Map),
            obj: ObjectId::Root,
            ..put(RECORD, "inner", &[])
        };
        let inner = (1..depth).map(|n| {
            let outer = OpId::new(NAME + n, &ben());
            Op { obj: ObjectId::Id(outer), ..root.clone() }
        });
        verdict(change(std::iter::once(root.clone()).chain(inner).collect()))
    };
    assert_eq!(nested(limits::MAX_DEPTH as u64), Ok(()));
    assert_eq!(nested(limits::MAX_DEPTH as u64 + 1), Err(Rejected::TooLarge));

    // The same one after the other.
    let mut document = blank().with_actor(ada());
    let mut outer = ROOT;
    for depth in 1..=limits::MAX_DEPTH + 1 {
        let before = copy(&document);
        let made = document.transact::<_, _, automerge::AutomergeError>(|transaction| {
            transaction.put_object(&outer, "inner", ObjType::Map)
        });
        let made = made.unwrap();
        let change = document.get_change_by_hash(&made.hash.unwrap()).unwrap();
        let expected = if depth <= limits::MAX_DEPTH { Ok(()) } else { Err(Rejected::TooLarge) };
        assert_eq!(check(&before, &change), expected, "{depth}");
        outer = made.result;
    }
}

#[test]
fn long_keys_and_large_changes_are_refused() {
    let keyed = |length: usize| verdict(change(vec![put(RECORD, &"k".repeat(length), &[])]));
    assert_eq!(keyed(limits::MAX_KEY), Ok(()));
    assert_eq!(keyed(limits::MAX_KEY + 1), Err(Rejected::TooLarge));
    assert!(matches!(parse(&vec![0; wire::limits::MAX_CHANGE + 1]), Err(Rejected::TooLarge)));
}
