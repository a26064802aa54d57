//! Who may vouch for a snapshot, and which stubs are found again.

use wire::limits::ATTEST_ALONE_AFTER;
use wire::roster::Body;
use wire::{Begins, Covers, Hash, Header, Millis, Role, Roster, Row, RowBody, RowKind, Tag};

use crate::samples::snapshot_header;
use crate::team::{
    Person, ada, ben, cleo, founded, invite_key, invites, join, link_device, remove, signed,
};

const MADE: Millis = 1_000;

fn with(roster: &mut Roster, by: &Person, whom: &Person, n: u8, role: Role) {
    let invite = invites(roster, by, n, role);
    let join = Body::Join(join(roster, whom, invite));
    roster.apply(&signed(&join, &[&invite_key(n), &whom.signing])).unwrap();
}

fn with_tablet(roster: &mut Roster, of: &Person, tablet: &Person) {
    let link = Body::LinkDevice(link_device(roster, of.key(), tablet));
    roster.apply(&signed(&link, &[&of.signing, &tablet.signing])).unwrap();
}

#[test]
fn another_member_attests_else_another_device_else_the_only_one_a_week_later() {
    let (ada, ben, cleo) = (ada(), ben(), cleo());
    let tablet = ada.with_device(11);
    let alone = founded();
    let mut two_devices = founded();
    with_tablet(&mut two_devices, &ada, &tablet);
    let mut team = two_devices.clone();
    with(&mut team, &ada, &ben, 1, Role::Reader);
    let mut parted = team.clone();
    let removed = Body::Remove(remove(&parted, &ada, &[&ben]));
    parted.apply(&signed(&removed, &[&ada.signing])).unwrap();

    let week = MADE + ATTEST_ALONE_AFTER;
    let check = |roster: &Roster, made_by: &Person, by: &Person, now, expected| {
        let may = roster.may_attest(&made_by.key(), MADE, &by.key(), now);
        assert_eq!(may, expected, "{} {} {now}", made_by.key(), by.key());
    };
    check(&alone, &ada, &ada, week - 1, false);
    check(&alone, &ada, &ada, week, true);
    check(&alone, &ada, &ada, 0, false);
    check(&two_devices, &ada, &tablet, MADE, true);
    check(&two_devices, &tablet, &ada, MADE, true);
    check(&two_devices, &ada, &ada, week, false);
    check(&team, &ada, &ben, MADE, true);
    check(&team, &ada, &tablet, week, false);
    check(&team, &ben, &tablet, MADE, true);
    check(&team, &ben, &ben, week, false);
    // Whoever went vouches for nothing; what they made can still be vouched for.
    check(&parted, &ada, &ben, week, false);
    check(&parted, &ben, &ada, MADE, true);
    check(&team, &ada, &cleo, week, false);
    check(&team, &cleo, &ada, week, false);
}

const TAG: Tag = Tag([0x7a; 16]);
const OTHER: Tag = Tag([1; 16]);
const NEW: Tag = Tag([2; 16]);

fn row(seq: u64, body: RowBody) -> Row {
    let (kind, tag) = (RowKind::Changes, TAG);
    Row { seq, received_at: seq, kind, tag, hash: Hash([seq as u8; 32]), body }
}

/// A snapshot by Ada up to that row.
fn snapshot(covers: u64) -> Header {
    Header { covers: Some(covers), ..snapshot_header() }
}

fn stub(seq: u64, by: u64) -> Row {
    row(seq, RowBody::Stub { covered_by: Some(Hash([by as u8; 32])) })
}

/// A row with its bytes, of that tag.
fn whole(seq: u64, tag: Tag) -> Row {
    Row { tag, ..row(seq, RowBody::Whole(vec![])) }
}

/// A snapshot under another tag that lost its bytes.
fn orphan(seq: u64, by: u64) -> Row {
    Row { tag: OTHER, kind: RowKind::Snapshot, ..stub(seq, by) }
}

/// Where a closed document goes on.
fn begins(tag: Tag) -> Begins {
    Begins { tag, snapshot: Hash([99; 32]) }
}

#[test]
fn stubs_are_followed_until_somebody_vouched() {
    let (ada, ben) = (ada(), ben());
    let mut roster = founded();
    with(&mut roster, &ada, &ben, 1, Role::Editor);
    let hash = |seq: u64| Hash([seq as u8; 32]);

    let mut covers = Covers::default();
    covers.pass(&row(2, RowBody::Whole(vec![])));
    covers.pass(&row(3, RowBody::HashOnly));
    assert!(covers.is_empty());
    covers.pass(&stub(4, 6));
    covers.pass(&stub(5, 6));
    assert_eq!((covers.names(&hash(6)), covers.first()), (true, Some(4)));
    // The snapshot that they name is covered by a later one.
    covers.pass(&stub(6, 9));
    assert_eq!((covers.names(&hash(6)), covers.names(&hash(9))), (false, true));
    covers.attested(&hash(9), &roster, &ben.key(), 9);
    assert_eq!(covers.first(), Some(4), "its bytes were not seen");
    covers.found(&row(9, RowBody::Whole(vec![])), &snapshot(8));
    assert_eq!(covers.first(), Some(4), "nobody vouched for it");
    covers.attested(&hash(9), &roster, &ada.key(), u64::MAX);
    assert_eq!(covers.first(), Some(4), "who made it is no witness");
    covers.attested(&hash(9), &roster, &ben.key(), 10);
    assert_eq!((covers.is_empty(), covers.first()), (true, None));

    // The word for a snapshot that was read whole went, by the time it would have been read, together
    // with the snapshot.
    covers.pass(&stub(20, 22));
    covers.pass(&row(22, RowBody::Whole(vec![])));
    covers.found(&row(22, RowBody::Whole(vec![])), &snapshot(21));
    covers.pass(&stub(23, 25));
    covers.found(&row(25, RowBody::Whole(vec![])), &snapshot(24));
    assert_eq!(covers.first(), Some(20));
    let mut of_another = covers.clone();
    covers.attested(&hash(25), &roster, &ben.key(), 26);
    assert!(covers.is_empty());
    // Only one that covers it stands for it.
    of_another.found(&row(25, RowBody::Whole(vec![])), &snapshot(21));
    of_another.attested(&hash(25), &roster, &ben.key(), 26);
    assert_eq!(of_another.first(), Some(20));

    // A generation stands for all rows of its tag: for those that name it, and for those whose
    // attestation went with it.
    let mut closed = covers.clone();
    closed.pass(&stub(31, 33));
    closed.found(&row(33, RowBody::Whole(vec![])), &snapshot(32));
    closed.pass(&stub(34, 35));
    let of_other = Row { tag: OTHER, ..stub(32, 36) };
    closed.pass(&of_other);
    closed.closed(&whole(35, TAG), &begins(NEW));
    assert_eq!(closed.first(), Some(32));

    // What nothing covers stays lost, and what is lost later does not hide what was lost before.
    covers.pass(&row(12, RowBody::Stub { covered_by: None }));
    covers.pass(&stub(11, 30));
    covers.attested(&hash(12), &roster, &ben.key(), 10);
    assert_eq!(covers.first(), Some(11));
}

/// What is still owed after those rows, if row 20 is a generation of `TAG`, row 30 one of `tag`, and each
/// snapshot that is there is attested by row 40.
fn lost(rows: &[Row], tag: Tag) -> Option<u64> {
    let (ada, ben) = (ada(), ben());
    let mut roster = founded();
    with(&mut roster, &ada, &ben, 1, Role::Editor);
    let mut covers = Covers::default();
    for row in rows {
        covers.pass(row);
        // As it is stored between two answers of the relay.
        covers = minicbor::decode(&minicbor::to_vec(&covers).unwrap()).unwrap();
        match (row.seq, &row.body) {
            (20, _) => covers.closed(row, &begins(NEW)),
            (30, _) => covers.closed(row, &begins(tag)),
            (seq, RowBody::Whole(_)) => covers.found(row, &snapshot(seq - 1)),
            _ => {}
        }
    }
    for seq in 1..40 {
        covers.attested(&Hash([seq; 32]), &roster, &ben.key(), 40);
    }
    covers.first()
}

/// Else a relay could drop any row by naming a generation.
#[test]
fn a_generation_stands_for_its_own_tag_and_for_what_was_to_follow_on_it() {
    let of = |tag, row: Row| Row { tag, ..row };
    let generation = || whole(20, TAG);
    let check =
        |what: &str, rows: &[Row], expected| assert_eq!(lost(rows, NEW), expected, "{what}");

    check("its own", &[stub(3, 20), stub(4, 20), generation()], None);
    check("a first snapshot that was not named", &[stub(3, 20), orphan(4, 20), generation()], None);
    let two = [orphan(4, 20), of(Tag([5; 16]), orphan(5, 20)), generation()];
    check("two of them, of one tag each", &two, None);
    check("changes of another tag", &[of(OTHER, stub(4, 20)), generation()], Some(4));
    check("two rows of one tag", &[orphan(4, 20), orphan(5, 20), generation()], Some(4));
    let after_changes = [of(OTHER, stub(3, 20)), orphan(5, 20), generation()];
    check("a snapshot on changes", &after_changes, Some(3));
    check("what it stood for", &[of(OTHER, stub(3, 4)), orphan(4, 20), generation()], Some(3));
    let elsewhere = [of(OTHER, stub(3, 20)), orphan(5, 9), generation()];
    check("of two rows of one tag the first", &elsewhere, Some(3));
    check("it names what came before it", &[generation(), orphan(21, 20)], Some(21));

    // Its document lives.
    let living = [orphan(4, 20), whole(5, OTHER), generation()];
    check("rows follow on it before", &living, Some(4));
    let living = [orphan(4, 20), generation(), whole(25, OTHER)];
    check("rows follow on it after", &living, Some(4));
    let own = Row { body: RowBody::HashOnly, ..whole(25, OTHER) };
    check("one's own row", &[orphan(4, 20), generation(), own], Some(4));
    // Another generation is the beginning of that document.
    let third = Tag([6; 16]);
    for (seq, rows) in [
        (4, [orphan(4, 20), generation(), whole(30, third)]),
        (4, [orphan(4, 20), whole(30, third), generation()]),
    ] {
        assert_eq!(lost(&rows, OTHER), Some(seq), "{rows:?}");
        assert_eq!(lost(&rows, third), None, "{rows:?}");
    }
    // Or this one: a document must not go with its own beginning.
    let new = Row { tag: NEW, ..orphan(4, 20) };
    check("the snapshot that it names", &[new.clone(), generation()], Some(4));
    // Unless a later one stands for it.
    let later = [orphan(4, 6), whole(6, OTHER), generation(), whole(25, OTHER)];
    check("covered by its own", &later, None);
}

#[test]
fn a_snapshot_stands_for_its_own_tag() {
    let of = |tag, row: Row| Row { tag, ..row };
    let check =
        |what: &str, rows: &[Row], expected| assert_eq!(lost(rows, NEW), expected, "{what}");
    check("its own", &[stub(3, 9), whole(9, TAG)], None);
    check("of another", &[stub(3, 9), of(OTHER, stub(4, 9)), whole(9, TAG)], Some(4));
    check("a lone snapshot", &[orphan(4, 9), whole(9, TAG)], Some(4));
    // By way of one that is gone, too.
    check("of another", &[of(OTHER, stub(3, 5)), stub(5, 9), whole(9, TAG)], Some(3));
    check("its own", &[stub(3, 5), stub(5, 9), whole(9, TAG)], None);
    // And where the word for it went with the word for a later one.
    let merged = [of(OTHER, stub(3, 9)), stub(4, 9), whole(9, TAG), stub(10, 12), whole(12, TAG)];
    check("of another", &merged, Some(3));
    // Or with a generation.
    let closed = [of(OTHER, stub(3, 9)), stub(4, 9), whole(9, TAG), whole(20, TAG)];
    check("of another", &closed, Some(3));
}
