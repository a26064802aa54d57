//! Who may vouch for a snapshot, and which stubs are found again.

use wire::limits::ATTEST_ALONE_AFTER;
use wire::roster::Body;
use wire::{Covers, Hash, Header, Millis, Role, Roster, Row, RowBody, RowKind, Tag};

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

fn row(seq: u64, body: RowBody) -> Row {
    let (kind, tag) = (RowKind::Changes, Tag([0x7a; 16]));
    Row { seq, received_at: seq, kind, tag, hash: Hash([seq as u8; 32]), body }
}

/// A snapshot by Ada up to that row.
fn snapshot(covers: u64) -> Header {
    Header { covers: Some(covers), ..snapshot_header() }
}

fn stub(seq: u64, by: u64) -> Row {
    row(seq, RowBody::Stub { covered_by: Some(Hash([by as u8; 32])) })
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
    let of_other = Row { tag: Tag([1; 16]), ..stub(32, 36) };
    closed.pass(&of_other);
    closed.closed(&row(35, RowBody::Whole(vec![])));
    assert_eq!(closed.first(), Some(32));

    // What nothing covers stays lost, and what is lost later does not hide what was lost before.
    covers.pass(&row(12, RowBody::Stub { covered_by: None }));
    covers.pass(&stub(11, 30));
    covers.attested(&hash(12), &roster, &ben.key(), 10);
    assert_eq!(covers.first(), Some(11));
}
