//! Each refusal of the log, and the order in which they are considered.

use relay::log::{
    Author, Cover, Known, Quota, Receipt, Standing, Tail, Verdict, Vouched, decide_append,
    decide_record,
};
use relay::store::conformance::Person;
use wire::{Hash, Header, LogId, Refusal, Role, Roster, RowKind, SessionId, Tag};

const SESSION: SessionId = SessionId([1; 16]);
const NOW: u64 = 2_000;

/// Ada's space, in which Ben may write and Eva may read; the space's second epoch has not come.
fn team() -> Standing {
    let ada = Person::named("Ada");
    let standing = ada.founded();
    let mut roster = Roster::clone(&standing.roster);
    for (name, role) in [("Ben", Role::Editor), ("Eva", Role::Reader)] {
        let door = Person::named(&format!("door of {name}"));
        roster.apply(&ada.invites(&roster, &door, role, u64::MAX)).unwrap();
        roster.apply(&Person::named(name).joins(&roster, &door)).unwrap();
    }
    Standing { roster: roster.into(), ..standing }
}

fn known(standing: &Standing) -> Known {
    Known { seen: Some(standing.chain), ..Known::default() }
}

fn judge(
    standing: &Standing,
    known: &Known,
    quota: u64,
    who: &str,
    change: impl FnOnce(&mut Header),
) -> Result<Verdict, Refusal> {
    let person = Person::named(who);
    let mut header = person.header(standing, SESSION, known.counter + 1);
    change(&mut header);
    let envelope = person.seals(&header, b"sealed");
    decide_append(standing, known, &Quota { bytes: quota, ..Quota::default() }, &envelope, NOW)
}

#[test]
fn each_refusal_of_an_envelope_has_its_reason() {
    let standing = team();
    let check = |who, change: fn(&mut Header), expected: Option<Refusal>| {
        let verdict = judge(&standing, &known(&standing), 1 << 20, who, change);
        assert_eq!(verdict.err(), expected, "{who}");
    };
    check("Ada", |_| {}, None);
    check("Ben", |_| {}, None);
    check("Ben", |h| h.kind = RowKind::Unknown(99), None);
    check("Eva", |_| {}, Some(Refusal::Role));
    let begins = |h: &mut Header| {
        h.kind = RowKind::Generation;
        h.begins = Some(wire::Begins { tag: Tag([1; 16]), snapshot: Hash([2; 32]) });
    };
    check("Eva", begins, Some(Refusal::Role));
    check("Ben", begins, Some(Refusal::Role));
    check("Ada", begins, Some(Refusal::SnapshotStale { last: 0 }));
    check("Zoe", |_| {}, Some(Refusal::NotActive));
    check("Ada", |h| h.counter = 0, Some(Refusal::CounterGap { expected: 1 }));
    check("Ada", |h| h.counter = 2, Some(Refusal::CounterGap { expected: 1 }));
    check("Ada", |h| h.epoch = 0, Some(Refusal::StaleEpoch { current: 1 }));
    check("Ada", |h| h.epoch = 2, Some(Refusal::UnknownEpoch { current: 1 }));
    check("Ada", |h| h.seen.chain = Hash([0; 32]), Some(Refusal::SeenMismatch));
    let current = standing.log;
    check("Ada", |h| h.log = LogId([0; 16]), Some(Refusal::WrongLog { current }));
}

/// Holds: I4
#[test]
fn a_place_in_the_log_beats_everything_and_the_counter_the_rest() {
    let standing = team();
    let wrong = |h: &mut Header| {
        h.counter = 9;
        h.log = LogId([0; 16]);
        h.epoch = 7;
    };
    let held = Known { row: Some(3), ..known(&standing) };
    assert_eq!(judge(&standing, &held, 0, "Zoe", wrong), Ok(Verdict::Held(3)));
    let gap = Err(Refusal::CounterGap { expected: 1 });
    assert_eq!(judge(&standing, &known(&standing), 0, "Zoe", wrong), gap);
}

#[test]
fn a_quota_is_reached_to_the_byte() {
    let standing = team();
    let added = |quota| judge(&standing, &known(&standing), quota, "Ada", |_| {});
    let Ok(Verdict::Add(addition)) = added(1 << 20) else { panic!("refused") };
    let size = relay::log::row_bytes(&addition.row);
    assert!(added(size).is_ok());
    assert_eq!(added(size - 1), Err(Refusal::Quota));
}

#[test]
fn what_a_row_says_is_what_its_envelope_says() {
    let standing = team();
    let change = |h: &mut Header| {
        (h.tag, h.kind, h.covers) = (Tag([3; 16]), RowKind::Snapshot, Some(1));
    };
    let known = Known { tail: Tail { last: 1, ..Tail::default() }, ..known(&standing) };
    let Ok(Verdict::Add(addition)) = judge(&standing, &known, 1 << 20, "Ben", change) else {
        panic!("refused")
    };
    let row = &addition.row;
    assert_eq!((row.seq, row.received_at), (standing.head + 1, NOW));
    assert_eq!((row.tag, row.kind), (Tag([3; 16]), RowKind::Snapshot));
    assert!(row.body_fits());
    assert_eq!(addition.chain, wire::chain_next(&standing.chain, row));
    assert_eq!(addition.roster, None);
}

/// Bytes go by this verdict and by no other.
///
/// Holds: I2
#[test]
fn only_a_rightful_attestation_lets_rows_go() {
    let standing = team();
    let tag = Tag([9; 16]);
    let ada = Person::named("Ada");
    let kind = RowKind::Snapshot;
    let vouched =
        Vouched { kind, hash: Hash([5; 32]), tag, covers: 7, made_by: ada.key(), made_at: NOW };
    let check = |who, vouched: Option<Vouched>, expected| {
        let known = Known { vouched, ..known(&standing) };
        let attest = |h: &mut Header| {
            (h.kind, h.attests) = (RowKind::Attest, Some(Hash([5; 32])));
        };
        let cover = match judge(&standing, &known, 1 << 20, who, attest) {
            Ok(Verdict::Add(addition)) => Ok(addition.cover),
            Ok(Verdict::Held(_)) => Ok(None),
            Err(refusal) => Err(refusal),
        };
        assert_eq!(cover, expected, "{who} {vouched:?}");
    };
    let cover = Ok(Some(Cover { tag, up_to: 7, by: Hash([5; 32]), begins: None }));
    check("Ben", Some(vouched), cover);
    check("Eva", Some(vouched), cover);
    check("Ada", Some(vouched), Err(Refusal::AttestRule));
    check("Zoe", Some(vouched), Err(Refusal::NotActive));
    check("Ben", None, Err(Refusal::SnapshotUnknown));
    let other = Vouched { hash: Hash([6; 32]), ..vouched };
    check("Ben", Some(other), Err(Refusal::SnapshotUnknown));
    let elsewhere = Vouched { tag: Tag([8; 16]), ..vouched };
    check("Ben", Some(elsewhere), Err(Refusal::SnapshotUnknown));
    let known = |covered| Known {
        vouched: Some(vouched),
        tail: Tail { covered, ..Tail::default() },
        ..known(&standing)
    };
    for (covered, expected) in [(6, None), (7, Some(Refusal::Attested))] {
        let attest = |h: &mut Header| {
            (h.kind, h.attests) = (RowKind::Attest, Some(Hash([5; 32])));
        };
        let verdict = judge(&standing, &known(covered), 1 << 20, "Ben", attest);
        assert_eq!(verdict.err(), expected);
    }

    // Neither changes nor a snapshot let anything go, nor does a receipt.
    let generation = Some(Vouched { kind: RowKind::Generation, covers: 0, ..vouched });
    let closed = Tail { last: 7, closed: true, ..Tail::default() };
    let receipt = |who, given| {
        let known = Known { vouched: generation, tail: closed, receipt: given, ..known(0) };
        let attest = |h: &mut Header| {
            (h.kind, h.attests) = (RowKind::Attest, Some(Hash([5; 32])));
        };
        match judge(&standing, &known, 1 << 20, who, attest) {
            Ok(Verdict::Add(addition)) => Ok((addition.cover, addition.receipt)),
            Ok(Verdict::Held(_)) => Ok((None, None)),
            Err(refusal) => Err(refusal),
        }
    };
    for who in ["Ada", "Ben", "Eva"] {
        let device = Person::named(who).key();
        let word = Receipt { generation: Hash([5; 32]), device };
        assert_eq!(receipt(who, false), Ok((None, Some(word))));
        assert_eq!(receipt(who, true), Err(Refusal::Attested));
    }
    for (kind, covers) in [(RowKind::Changes, None), (RowKind::Snapshot, Some(7))] {
        let known = Known { tail: Tail { last: 7, ..Tail::default() }, ..known(0) };
        let change = |h: &mut Header| (h.kind, h.covers) = (kind, covers);
        let Ok(Verdict::Add(addition)) = judge(&standing, &known, 1 << 20, "Ben", change) else {
            panic!("refused")
        };
        assert_eq!(addition.cover, None);
    }
}

#[test]
fn each_refusal_of_a_record_has_its_reason() {
    let standing = team();
    let (roster, head) = (&standing.roster, standing.roster.head());
    let [ada, ben, eva, zoe] = ["Ada", "Ben", "Eva", "Zoe"].map(Person::named);
    let door = Person::named("a new door");
    let used = roster.invite_by_key(&Person::named("door of Ben").key()).unwrap().0;
    let check = |author: Author, bytes: &[u8], expected: Option<Refusal>| {
        let quota = Quota { bytes: 1 << 20, ..Quota::default() };
        let verdict = decide_record(&standing, &Known::default(), &quota, &author, bytes, NOW);
        assert_eq!(verdict.err(), expected);
    };
    let (by_ada, by_zoe) = (Author::Device(ada.key()), Author::Device(zoe.key()));
    let invite = ada.invites(roster, &door, Role::Editor, u64::MAX);

    check(by_ada, &invite, None);
    // Who signed it counts, and not who hands it in, as long as that is one of the team.
    check(Author::Device(eva.key()), &invite, None);
    check(by_zoe, &invite, Some(Refusal::NotActive));
    check(by_ada, &zoe.invites(roster, &door, Role::Reader, 9_000), Some(Refusal::NotActive));
    check(by_ada, &eva.invites(roster, &door, Role::Reader, 9_000), Some(Refusal::Role));
    check(by_ada, &ben.invites(roster, &door, Role::Owner, 9_000), Some(Refusal::Role));
    let stale = ada.invites(&ada.founds().1, &door, Role::Editor, 9_000);
    check(by_ada, &stale, Some(Refusal::RosterHead { head }));
    check(by_ada, b"\x00", Some(Refusal::Malformed));
    check(by_ada, &ada.revokes(roster, used), Some(Refusal::InviteUsed));
    check(by_ada, &ada.revokes(roster, Hash::ZERO), Some(Refusal::InviteUnknown));
    let mut forged = invite.clone();
    *forged.last_mut().unwrap() ^= 1;
    check(by_ada, &forged, Some(Refusal::BadSignature));
    // The holder of an invite may join by it and nothing else.
    check(Author::Invite(used), &invite, Some(Refusal::Role));
}

#[test]
fn an_invite_says_what_became_of_it() {
    let standing = team();
    let (ada, zoe, door) = (Person::named("Ada"), Person::named("Zoe"), Person::named("door"));
    let mut open = Roster::clone(&standing.roster);
    let invite = ada.invites(&open, &door, Role::Editor, NOW + 1);
    open.apply(&invite).unwrap();
    let hash = open.head();
    let join = zoe.joins(&open, &door);
    let (mut used, mut revoked) = (open.clone(), open.clone());
    used.apply(&Person::named("Kim").joins(&open, &door)).unwrap();
    revoked.apply(&ada.revokes(&open, hash)).unwrap();

    let check = |roster: &Roster, record: &[u8], now, expected: Option<Refusal>| {
        let standing = Standing { roster: roster.clone().into(), ..standing.clone() };
        let (known, quota) = (Known::default(), Quota { bytes: 1 << 20, ..Quota::default() });
        let author = Author::Invite(hash);
        let verdict = decide_record(&standing, &known, &quota, &author, record, now);
        assert_eq!(verdict.err(), expected);
    };
    check(&open, &join, NOW, None);
    check(&open, &join, NOW + 1, Some(Refusal::InviteExpired));
    // Made on the head before the race was lost, and made again on the head after it.
    check(&used, &join, NOW, Some(Refusal::InviteUsed));
    check(&used, &zoe.joins(&used, &door), NOW, Some(Refusal::InviteUsed));
    check(&revoked, &join, NOW, Some(Refusal::InviteRevoked));
    check(&revoked, &zoe.joins(&revoked, &door), NOW, Some(Refusal::InviteRevoked));
    check(&standing.roster, &join, NOW, Some(Refusal::InviteUnknown));
    let mut moved = open.clone();
    moved.apply(&ada.invites(&open, &Person::named("other"), Role::Reader, 9_000)).unwrap();
    check(&moved, &join, NOW, Some(Refusal::RosterHead { head: moved.head() }));
}

#[test]
fn each_author_appends_only_what_is_theirs() {
    let ada = Person::named("Ada");
    let (kit, door) = (Person::named("kit"), Person::named("door of a device"));
    let tablet = Person::named("Eva's tablet");
    let mut standing = team();
    let mut roster = Roster::clone(&standing.roster);
    roster.apply(&ada.rotates(&roster, Some(&kit))).unwrap();
    let eva = Person::named("Eva");
    roster.apply(&eva.invites_device(&roster, &door, u64::MAX)).unwrap();
    let ben = Person::named("Ben");
    let by_door = Author::Invite(roster.invite_by_key(&door.key()).unwrap().0);
    let removed = Author::Removed(roster.head());
    let linked = |by: &Person, of: &Person| tablet.is_linked(&roster, by, of);
    let join = Person::named("Zoe").joins(&roster, &door);
    let cases = [
        (by_door, linked(&door, &eva), None),
        (by_door, linked(&kit, &ada), Some(Refusal::Role)),
        (by_door, linked(&eva, &eva), Some(Refusal::Role)),
        (by_door, join, Some(Refusal::Role)),
        (by_door, eva.leaves(&roster), Some(Refusal::Role)),
        (Author::Kit, linked(&kit, &ada), None),
        (Author::Kit, linked(&kit, &ben), Some(Refusal::Role)),
        (Author::Kit, linked(&door, &eva), Some(Refusal::NotActive)),
        (Author::Kit, ada.rotates(&roster, None), Some(Refusal::Role)),
        (Author::Kit, ada.removes(&roster, &[&ben]), Some(Refusal::Role)),
        (removed, eva.leaves(&roster), Some(Refusal::NotActive)),
        (Author::Device(ben.key()), linked(&door, &eva), None),
        (Author::Device(eva.key()), eva.leaves(&roster), None),
        (Author::Device(eva.key()), ada.removes(&roster, &[&eva]), None),
        (Author::Device(eva.key()), eva.removes(&roster, &[&ben]), Some(Refusal::Role)),
        (Author::Device(eva.key()), eva.rotates(&roster, None), Some(Refusal::Role)),
        (Author::Device(ada.key()), ada.leaves(&roster), Some(Refusal::RosterRule)),
        (Author::Device(ada.key()), ada.removes(&roster, &[&ada]), Some(Refusal::RosterRule)),
    ];
    standing.roster = roster.clone().into();
    for (at, (author, record, expected)) in cases.iter().enumerate() {
        let verdict =
            decide_record(&standing, &known(&standing), &Quota::default(), author, record, NOW);
        assert_eq!(verdict.err(), *expected, "case {at}");
    }
}
