//! Two people on two devices, without a network: how each class of field meets.

use handbook::document::{self, WriteError};
use handbook::lifecycles::Standing;
use handbook::lifecycles::complaint::LIFECYCLE;
use handbook::typed::Record;
use handbook::{Op, RecordId, Value};

use crate::team::{Device, INES, JONAS, TOMAS, complaint, id, meet, set, text};

type Make = fn() -> Op;
type Is = fn(&WriteError) -> bool;

fn pair() -> (Device, Device) {
    let first = Device::first(INES);
    (first.copy(TOMAS), first.copy(JONAS))
}

#[test]
fn different_fields_merge_silently() {
    let (mut tomas, mut jonas) = pair();
    tomas.set("owner", Value::Link(RecordId::from_bytes(TOMAS)));
    jonas.set("service", text("Survey"));
    meet(&mut tomas, &mut jonas);
    let row = tomas.row();
    assert_eq!(row.get("owner"), &Value::Link(RecordId::from_bytes(TOMAS)));
    assert_eq!(row.get("service"), &text("Survey"));
    assert!(row.two_versions.is_empty());
}

#[test]
fn a_decision_made_twice_stays_visible_until_one_settles_it() {
    let (mut tomas, mut jonas) = pair();
    tomas.clock += 3_600_000;
    tomas.set("remedy", text("bear the cost of breaking out the plinth"));
    jonas.set("remedy", text("attend the contractor's next meeting"));
    let clocks = (tomas.clock, jonas.clock);
    meet(&mut tomas, &mut jonas);

    let remedy = complaint().kind.index("remedy").unwrap();
    assert_eq!(jonas.row().two_versions, [remedy]);
    let versions = document::versions(&jonas.doc, complaint(), "remedy");
    assert_eq!(versions.len(), 2);
    assert_eq!(&versions[0].value, jonas.row().at(remedy));
    assert_eq!((versions[0].current, versions[1].current), (true, false));
    let from = |member| versions.iter().find(|version| version.by == Some(member)).unwrap();
    assert_eq!(from(TOMAS).value, text("bear the cost of breaking out the plinth"));
    assert_eq!(from(JONAS).value, text("attend the contractor's next meeting"));
    assert_eq!((from(TOMAS).at.ms, from(JONAS).at.ms), clocks);

    // Whoever did not write what is shown keeps it; that it was they who decided must be visible.
    let kept = versions[0].value.clone();
    let settler = if versions[0].by == Some(TOMAS) { &mut jonas } else { &mut tomas };
    settler.write(&[Op::Settle { key: complaint(), field: "remedy", value: kept.clone() }]);
    let member = settler.member;
    meet(&mut tomas, &mut jonas);
    assert!(tomas.row().two_versions.is_empty());
    let versions = document::versions(&tomas.doc, complaint(), "remedy");
    assert_eq!(versions.len(), 1);
    assert_eq!((versions[0].by, &versions[0].value), (Some(member), &kept));
}

#[test]
fn settling_on_nothing_is_a_decision_too() {
    let (mut tomas, mut jonas) = pair();
    tomas.set("remedy", Value::Empty);
    jonas.set("remedy", text("attend"));
    meet(&mut tomas, &mut jonas);
    assert_eq!(tomas.row().two_versions.len(), 1);
    tomas.write(&[Op::Settle { key: complaint(), field: "remedy", value: Value::Empty }]);
    meet(&mut tomas, &mut jonas);
    assert!(jonas.row().two_versions.is_empty());
    assert_eq!(jonas.get("remedy"), Value::Empty);
    assert_eq!(document::versions(&jonas.doc, complaint(), "remedy")[0].by, Some(TOMAS));
}

#[test]
fn the_same_decision_twice_is_no_conflict() {
    let (mut tomas, mut jonas) = pair();
    tomas.set("severity", Value::Choice("major".to_owned()));
    jonas.set("severity", Value::Choice("major".to_owned()));
    meet(&mut tomas, &mut jonas);
    assert!(tomas.row().two_versions.is_empty());
}

#[test]
fn an_ordinary_edit_of_a_field_in_conflict_settles_it() {
    let (mut tomas, mut jonas) = pair();
    tomas.set("category", text("drawings"));
    jonas.set("category", text("site"));
    meet(&mut tomas, &mut jonas);
    let shown = tomas.get("category");
    tomas.set("category", shown);
    meet(&mut tomas, &mut jonas);
    assert!(jonas.row().two_versions.is_empty());
    assert_eq!(document::versions(&jonas.doc, complaint(), "category")[0].by, Some(TOMAS));
}

#[test]
fn in_a_set_an_addition_beats_a_removal_made_apart() {
    let (mut tomas, mut jonas) = pair();
    let include = |n| Op::Include { key: complaint(), field: "affected", item: Value::Link(id(n)) };
    let exclude = |n| Op::Exclude { key: complaint(), field: "affected", item: Value::Link(id(n)) };
    tomas.write(&[include(1), include(2)]);
    meet(&mut tomas, &mut jonas);
    tomas.write(&[exclude(1), exclude(2)]);
    // Taken out and put back: an addition that Tomas has not seen.
    jonas.write(&[exclude(1)]);
    jonas.write(&[include(1), include(3)]);
    meet(&mut tomas, &mut jonas);
    let members = Value::Many(vec![Value::Link(id(1)), Value::Link(id(3))]);
    assert_eq!(tomas.get("affected"), members);
    assert!(tomas.row().two_versions.is_empty());
}

#[test]
fn a_whole_set_written_by_a_form_is_only_its_differences() {
    let (mut tomas, mut jonas) = pair();
    let links = |ids: &[u8]| Value::Many(ids.iter().map(|n| Value::Link(id(*n))).collect());
    tomas.set("affected", links(&[1, 2]));
    meet(&mut tomas, &mut jonas);
    tomas.set("affected", links(&[2, 3]));
    jonas.set("affected", links(&[1, 2, 4]));
    meet(&mut tomas, &mut jonas);
    assert_eq!(jonas.get("affected"), links(&[2, 3, 4]));
}

#[test]
fn prose_merges_letter_by_letter() {
    let (mut tomas, mut jonas) = pair();
    tomas.set("description", text("The set came at revision B."));
    meet(&mut tomas, &mut jonas);
    tomas.set("description", text("The whole set came at revision B."));
    jonas.set("description", text("The set came at revision B. 👷 Then at C."));
    meet(&mut tomas, &mut jonas);
    assert_eq!(jonas.get("description"), text("The whole set came at revision B. 👷 Then at C."));
    assert!(jonas.row().two_versions.is_empty());
}

#[test]
fn facts_never_conflict_and_say_that_they_were_stated_apart() {
    let (mut tomas, mut jonas) = pair();
    let step = |device: &mut Device, to: &str, n: u8| {
        let details = [("why", text("so")), ("original", Value::Link(id(0xc2)))];
        let op = LIFECYCLE.step(&device.row(), to, &details, id(n)).unwrap();
        device.write(&[op]);
    };
    step(&mut tomas, "withdrawn", 0x71);
    step(&mut jonas, "duplicate", 0x72);
    meet(&mut tomas, &mut jonas);
    assert_eq!(
        LIFECYCLE.standing(&tomas.row()),
        Standing::Parted(vec!["withdrawn".to_owned(), "duplicate".to_owned()])
    );
    assert!(tomas.row().two_versions.is_empty());

    // Either of the states may be chosen; the choice is stated after both.
    step(&mut jonas, "withdrawn", 0x73);
    meet(&mut tomas, &mut jonas);
    assert_eq!(LIFECYCLE.standing(&tomas.row()), Standing::In("withdrawn".to_owned()));
    let row = tomas.row();
    let last = row.get("transitions").facts().last().unwrap();
    assert_eq!((last.by, last.after.as_slice()), (JONAS, [id(0x71), id(0x72)].as_slice()));
}

#[test]
fn a_deletion_hides_a_record_until_it_is_restored() {
    let (mut tomas, mut jonas) = pair();
    tomas.write(&[Op::Delete { key: complaint() }]);
    meet(&mut tomas, &mut jonas);
    assert!(jonas.row().gone);
    assert!(!document::rows(&jonas.doc).iter().any(|row| row.kind == complaint().kind));
    assert_eq!(document::all(&jonas.doc).iter().filter(|row| row.gone).count(), 1);
    assert_eq!(jonas.try_write(&[Op::Delete { key: complaint() }]).unwrap(), None);
    jonas.write(&[Op::Restore { key: complaint() }]);
    meet(&mut tomas, &mut jonas);
    assert_eq!((tomas.row().gone, tomas.row().returned), (false, false));
}

#[test]
fn an_edit_made_apart_beats_a_deletion() {
    let by_edit: [(&str, Make); 3] = [
        ("a field", || set(complaint(), "service", text("Survey"))),
        ("a member", || Op::Include {
            key: complaint(),
            field: "affected",
            item: Value::Link(id(1)),
        }),
        ("prose", || Op::Edit { key: complaint(), field: "description", text: "Late".to_owned() }),
    ];
    for (what, edit) in by_edit {
        let (mut tomas, mut jonas) = pair();
        tomas.write(&[Op::Delete { key: complaint() }]);
        jonas.write(&[edit()]);
        meet(&mut tomas, &mut jonas);
        assert_eq!((tomas.row().gone, tomas.row().returned), (false, true), "{what}");
        // Deleting it again, now with the edit in view, is final; acknowledging keeps it.
        let mut anew = tomas.copy(INES);
        anew.write(&[Op::Restore { key: complaint() }]);
        assert_eq!((anew.row().gone, anew.row().returned), (false, false), "{what}");
        tomas.write(&[Op::Delete { key: complaint() }]);
        assert!(tomas.row().gone, "{what}");
    }
}

#[test]
fn a_fact_stated_apart_beats_a_deletion() {
    let (mut tomas, mut jonas) = pair();
    tomas.write(&[Op::Delete { key: complaint() }]);
    let op = LIFECYCLE.step(&jonas.row(), "withdrawn", &[("why", text("call"))], id(0x71));
    jonas.write(&[op.unwrap()]);
    meet(&mut tomas, &mut jonas);
    assert!(tomas.row().returned);
    assert_eq!(tomas.get("transitions").facts().len(), 1);
}

#[test]
fn two_deletions_and_one_edit_leave_the_record_alive() {
    let first = Device::first(INES);
    let (mut ines, mut tomas, mut jonas) = (first.copy(INES), first.copy(TOMAS), first.copy(JONAS));
    ines.write(&[Op::Delete { key: complaint() }]);
    tomas.write(&[Op::Delete { key: complaint() }]);
    jonas.set("service", text("Survey"));
    meet(&mut ines, &mut tomas);
    assert!(ines.row().gone);
    meet(&mut tomas, &mut jonas);
    meet(&mut ines, &mut jonas);
    assert!(ines.row().returned);
}

#[test]
fn a_deletion_that_saw_one_of_two_edits_is_beaten_by_the_other() {
    let first = Device::first(INES);
    let (mut ines, mut tomas, mut jonas) = (first.copy(INES), first.copy(TOMAS), first.copy(JONAS));
    tomas.set("service", text("Survey"));
    jonas.set("category", text("drawings"));
    meet(&mut ines, &mut tomas);
    ines.write(&[Op::Delete { key: complaint() }]);
    assert!(ines.row().gone);
    meet(&mut ines, &mut jonas);
    assert_eq!((ines.row().gone, ines.row().returned), (false, true));
    // A deletion that saw both is final, also against an older one.
    meet(&mut ines, &mut tomas);
    tomas.write(&[Op::Delete { key: complaint() }]);
    meet(&mut ines, &mut tomas);
    assert!(ines.row().gone);
}

#[test]
fn settings_are_scalars_that_two_devices_may_make_at_once() {
    use handbook::records::Settings;
    use handbook::{DocumentId, RecordKey};
    let settings = RecordKey::only(Settings::KIND);
    let first = Device::first(INES);
    let mut one = first.copy(TOMAS);
    let stamp = crate::team::stamp(TOMAS, crate::team::NOW, 9, None);
    one.doc = document::create(DocumentId::Firm, &[], &stamp, &mut one.rng).unwrap();
    let mut other = one.copy(JONAS);
    one.write(&[set(settings, "firm_name", text("Alder & Tarn"))]);
    other.write(&[
        set(settings, "currency", text("GBP")),
        Op::Include { key: settings, field: "weekend", item: Value::Choice("friday".to_owned()) },
    ]);
    meet(&mut one, &mut other);
    let row = document::row(&one.doc, settings).unwrap();
    assert_eq!((row.get("firm_name"), row.get("currency")), (&text("Alder & Tarn"), &text("GBP")));
    let read = Settings::from_row(&row).unwrap();
    assert_eq!(read.currency_or_default(), *b"GBP");
    assert_eq!(read.weekend_or_default().len(), 1);
    assert!(matches!(one.try_write(&[Op::Delete { key: settings }]), Err(WriteError::Always(_))));
}

#[test]
fn what_cannot_be_written_changes_nothing() {
    let mut ines = Device::first(INES);
    let heads = ines.doc.get_heads();
    let missing = handbook::RecordKey::new(complaint().kind, id(0xee));
    let refused: Vec<(Op, Is)> = vec![
        (set(missing, "service", text("x")), |e| matches!(e, WriteError::Missing(_))),
        (set(complaint(), "colour", text("x")), |e| matches!(e, WriteError::NoField { .. })),
        (Op::Create { key: complaint(), values: vec![] }, |e| matches!(e, WriteError::Exists(_))),
        (
            Op::Create {
                key: handbook::RecordKey::new(handbook::kind("member").unwrap(), id(1)),
                values: vec![],
            },
            |e| matches!(e, WriteError::Elsewhere(_)),
        ),
        (
            Op::Create {
                key: handbook::RecordKey::new(handbook::kind("client").unwrap(), id(1)),
                values: vec![],
            },
            |e| matches!(e, WriteError::Elsewhere(_)),
        ),
        (Op::Edit { key: complaint(), field: "lesson", text: "x".to_owned() }, |e| {
            matches!(e, WriteError::Unfit { .. })
        }),
    ];
    for (op, expected) in refused {
        // The first half of the command must go with the second.
        let error = ines.try_write(&[set(complaint(), "service", text("half")), op.clone()]);
        assert!(error.as_ref().is_err_and(expected), "{op:?}: {error:?}");
        assert_eq!(ines.doc.get_heads(), heads);
        assert_eq!(ines.get("service"), Value::Empty);
    }
    assert_eq!(ines.write(&[set(complaint(), "remedy", text("Re-issue the set"))]), None);
}
