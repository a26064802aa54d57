//! Conversations, without a socket and without a runtime. Long because each frame is met in a conversation of its own, over one small
//! world that all of them share.

use std::sync::Arc;

use futures_util::FutureExt;
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
use relay::log::{Quota, Standing};
use relay::session::{Reply, Session, Terms};
use relay::store::conformance::Person;
use relay::store::{Drops as _, Founding, Log as _, Memory};
use wire::{
    ClientFrame, CloseReason, Hash, LogId, Record, Refusal, RelayFrame, Role, RowBody, RowKind,
    Seq, SessionId, SpaceId, Tag,
};

const ORIGIN: &str = "https://rapport.example";
const NONCE: [u8; 32] = [5; 32];
const NOW: u64 = 1_000;

/// A relay, and a connection to it.
struct Stage {
    store: Memory,
    session: Session,
    rng: ChaCha8Rng,
}

impl Stage {
    fn new(store: Memory) -> Self {
        let terms = Terms::new(vec![ORIGIN.parse().unwrap()]).with_open_registration(true);
        let session = Session::new(NONCE, Arc::new(terms));
        Self { store, session, rng: ChaCha8Rng::seed_from_u64(1) }
    }

    fn founded() -> (Self, SpaceId) {
        let store = Memory::new(Arc::new(|| NOW));
        let (record, roster) = Person::named("Ada").founds();
        let space = roster.space();
        let founding = Founding { token: None, record, roster, log: LogId([7; 16]) };
        store.found(founding).now_or_never().unwrap().unwrap();
        (Self::new(store), space)
    }

    /// Another connection to the same relay.
    fn another(&self) -> Self {
        Self::new(self.store.clone())
    }

    fn raw(&mut self, frames: &[Vec<u8>]) -> Reply {
        let Self { store, session, rng } = self;
        session.handle_all(store, NOW, rng, frames).now_or_never().expect("nothing waits")
    }

    fn say(&mut self, frame: &ClientFrame) -> Vec<RelayFrame> {
        decoded(&self.raw(&[frame.encode()]))
    }

    fn connect(&mut self, person: &Person, space: SpaceId) -> Vec<RelayFrame> {
        self.say(&person.connects(&NONCE, space, ORIGIN, false, None))
    }

    fn pull(&mut self, after: Seq) -> Vec<RelayFrame> {
        self.say(&ClientFrame::Pull { after, max_bytes: u32::MAX })
    }

    fn rows(&mut self, after: Seq) -> Vec<wire::Row> {
        match self.pull(after).remove(0) {
            RelayFrame::Rows { rows, .. } => rows,
            other => panic!("{other:?}"),
        }
    }

    fn record(&mut self, record: Vec<u8>) -> RelayFrame {
        self.say(&ClientFrame::AppendRecord { record }).remove(0)
    }

    fn standing(&self, space: SpaceId) -> Standing {
        self.store.pull(space, 0, 0).now_or_never().unwrap().unwrap().unwrap().standing
    }
}

fn decoded(reply: &Reply) -> Vec<RelayFrame> {
    reply.frames.iter().map(|frame| RelayFrame::decode(frame).unwrap()).collect()
}

fn refused(reason: Refusal) -> Vec<RelayFrame> {
    vec![RelayFrame::Refused { hash: Hash::ZERO, reason }]
}

fn append(person: &Person, standing: &Standing, counter: u64) -> ClientFrame {
    let header = person.header(standing, SessionId([1; 16]), counter);
    ClientFrame::Append { envelope: person.seals(&header, b"sealed").bytes().to_vec() }
}

#[test]
fn a_space_is_founded_and_entered_under_one_nonce() {
    let ada = Person::named("Ada");
    let mut stage = Stage::new(Memory::new(Arc::new(|| NOW)));
    let hello = RelayFrame::decode(&stage.session.hello()).unwrap();
    assert_eq!(hello, RelayFrame::Hello { versions: (1, 2), nonce: NONCE });

    let (record, roster) = ada.founds();
    let space = roster.space();
    let found = ClientFrame::Found { token: String::new(), record: record.clone() };
    assert_eq!(stage.say(&found), [RelayFrame::Founded { space, seq: 1 }]);
    assert_eq!(stage.session.space(), None);
    let connected = stage.connect(&ada, space);
    assert!(matches!(
        connected[..],
        [RelayFrame::Connected { head: 1, chain_at_cursor: Some(_), last_session: None, .. }]
    ));
    assert_eq!(stage.session.space(), Some(space));
    let rows = stage.rows(0);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].body, RowBody::Whole(record.clone()));

    // Neither is possible twice.
    let hash = Record::hash_of(&record);
    let malformed = RelayFrame::Refused { hash, reason: Refusal::Malformed };
    assert_eq!(stage.say(&found), [malformed]);
    assert_eq!(stage.connect(&ada, space), refused(Refusal::Malformed));
}

#[test]
fn a_token_is_asked_for_unless_registration_is_open() {
    let mut stage = Stage::new(Memory::new(Arc::new(|| NOW)));
    let terms = Arc::new(Terms::new(vec![ORIGIN.parse().unwrap()]));
    stage.session = Session::new(NONCE, terms);
    let (record, _) = Person::named("Ada").founds();
    let hash = Record::hash_of(&record);
    let found = ClientFrame::Found { token: "guess".into(), record };
    let wrong = RelayFrame::Refused { hash, reason: Refusal::TokenWrong };
    assert_eq!(stage.say(&found), [wrong]);
}

#[test]
fn nobody_gets_in_by_anything_but_their_own_key_here_and_now() {
    let (ada, zoe) = (Person::named("Ada"), Person::named("Zoe"));
    let (stage, space) = Stage::founded();
    let check = |frame: &ClientFrame, reason| {
        let mut stage = stage.another();
        assert_eq!(stage.say(frame), refused(reason));
        assert_eq!(stage.session.space(), None);
        assert_eq!(stage.pull(0), refused(Refusal::Malformed));
    };
    let connects =
        |person: &Person, as_invite| person.connects(&NONCE, space, ORIGIN, as_invite, None);
    check(&connects(&zoe, false), Refusal::NotActive);
    check(&connects(&zoe, true), Refusal::InviteUnknown);
    check(&connects(&ada, true), Refusal::InviteUnknown);
    check(&ada.connects(&[0; 32], space, ORIGIN, false, None), Refusal::BadSignature);
    let elsewhere = ada.connects(&NONCE, space, "https://other.example", false, None);
    check(&elsewhere, Refusal::OriginMismatch);
    let nowhere = ada.connects(&NONCE, SpaceId([0; 32]), ORIGIN, false, None);
    check(&nowhere, Refusal::SpaceUnknown);

    let with = |change: fn(&mut u8, &mut String, &mut [u8; 64])| {
        let mut frame = connects(&ada, false);
        if let ClientFrame::Connect { version, origin, signature, .. } = &mut frame {
            change(version, origin, signature);
        }
        frame
    };
    check(&with(|version, _, _| *version = 3), Refusal::VersionUnsupported);
    check(&with(|_, origin, _| origin.push('/')), Refusal::OriginMismatch);
    check(&with(|_, _, signature| signature[0] ^= 1), Refusal::BadSignature);
}

#[test]
fn a_cursor_counts_in_its_own_life_only() {
    let ada = Person::named("Ada");
    let (stage, space) = Stage::founded();
    let standing = stage.standing(space);
    let chain_at = |place| {
        let mut stage = stage.another();
        match stage.say(&ada.connects(&NONCE, space, ORIGIN, false, place)).remove(0) {
            RelayFrame::Connected { chain_at_cursor, .. } => chain_at_cursor,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(chain_at(None), Some(wire::chain_start(&space)));
    assert_eq!(chain_at(Some((1, standing.log))), Some(standing.chain));
    assert_eq!(chain_at(Some((2, standing.log))), None);
    assert_eq!(chain_at(Some((1, LogId([0; 16])))), None);
}

#[test]
fn own_rows_come_back_as_hashes_once_and_to_nobody_else() {
    let ada = Person::named("Ada");
    let (mut stage, space) = Stage::founded();
    let standing = stage.standing(space);
    stage.connect(&ada, space);
    let mut other = stage.another();
    other.connect(&ada, space);

    for counter in 1..=2 {
        let answer = stage.say(&append(&ada, &standing, counter));
        assert!(matches!(answer[..], [RelayFrame::Appended { seq, .. }] if seq == counter + 1));
    }
    // The writer is woken too: its cursor moves by pulling only.
    assert_eq!(stage.session.wake(3), Some(RelayFrame::Head { seq: 3 }.encode()));
    assert_eq!(stage.session.wake(3), None);

    let bodies = |rows: Vec<wire::Row>| -> Vec<_> {
        rows.into_iter().map(|row| matches!(row.body, RowBody::HashOnly)).collect()
    };
    assert_eq!(bodies(stage.rows(0)), [false, true, true]);
    assert_eq!(bodies(stage.rows(0)), [false, false, false]);
    assert_eq!(bodies(other.rows(0)), [false, false, false]);
    let arrival = stage.another().connect(&ada, space).remove(0);
    assert!(matches!(
        arrival,
        RelayFrame::Connected { last_session: Some(SessionId(id)), last_counter: 2, .. }
            if id == [1; 16]
    ));
}

#[test]
fn what_arrives_together_is_answered_in_order() {
    let (ada, zoe) = (Person::named("Ada"), Person::named("Zoe"));
    let (mut stage, space) = Stage::founded();
    let standing = stage.standing(space);
    stage.connect(&ada, space);
    let mut forged = append(&ada, &standing, 2);
    if let ClientFrame::Append { envelope } = &mut forged {
        *envelope.last_mut().unwrap() ^= 1;
    }
    let frames = [
        append(&ada, &standing, 1),
        ClientFrame::Ping { n: 1 },
        append(&ada, &standing, 1),
        forged,
        append(&ada, &standing, 3),
        append(&zoe, &standing, 2),
        append(&ada, &standing, 2),
        ClientFrame::Append { envelope: vec![0; wire::limits::MAX_ENVELOPE + 1] },
    ];
    let reply = stage.raw(&frames.map(|frame| frame.encode()));
    let answers: Vec<_> = decoded(&reply)
        .into_iter()
        .map(|frame| match frame {
            RelayFrame::Appended { counter, seq, .. } => Ok((counter, seq)),
            RelayFrame::Pong { n } => Ok((n, 0)),
            RelayFrame::Refused { reason, .. } => Err(reason),
            other => panic!("{other:?}"),
        })
        .collect();
    let limit = wire::limits::MAX_ENVELOPE as u64;
    let expected = [
        Ok((1, 2)),
        Ok((1, 0)),
        Ok((1, 2)),
        Err(Refusal::BadSignature),
        Err(Refusal::CounterGap { expected: 2 }),
        // An envelope of somebody else's is not this connection's to append.
        Err(Refusal::Malformed),
        Ok((2, 3)),
        Err(Refusal::TooLarge { limit }),
    ];
    assert_eq!(answers, expected);
    assert!(reply.close.is_none());
}

/// Whoever made a tail long is asked, in words that it understands, and nobody else.
#[test]
fn a_long_tail_is_told_to_one_device() {
    let quota = Quota { tail_rows: 2, ..Quota::default() };
    let store = Memory::with_quota(Arc::new(|| NOW), quota);
    let (record, roster) = Person::named("Ada").founds();
    let space = roster.space();
    let founding = Founding { token: None, record, roster, log: LogId([7; 16]) };
    store.found(founding).now_or_never().unwrap().unwrap();
    let (mut stage, ada) = (Stage::new(store), Person::named("Ada"));
    let mut older = stage.another();
    stage.connect(&ada, space);
    let hints = |frames: Vec<RelayFrame>| {
        let hints = frames.into_iter().filter_map(|frame| match frame {
            RelayFrame::Hint { tag, last } => Some((tag, last)),
            _ => None,
        });
        hints.collect::<Vec<_>>()
    };
    let now = stage.standing(space);
    assert_eq!(hints(stage.say(&append(&ada, &now, 1))), []);
    assert_eq!(hints(stage.say(&append(&ada, &now, 2))), [(Tag([9; 16]), 3)]);
    assert_eq!(hints(stage.say(&append(&ada, &now, 2))), [], "a retry");
    assert!(older.session.wake(3).is_none(), "who has not said its name hears nothing");

    let mut connect = ada.connects(&NONCE, space, ORIGIN, false, None);
    if let ClientFrame::Connect { version, .. } = &mut connect {
        *version = 1;
    }
    assert!(matches!(older.say(&connect)[..], [RelayFrame::Connected { .. }]));
    assert_eq!(hints(older.say(&append(&ada, &now, 3))), []);
    let unknown = older.say(&append(&ada, &now, 4));
    assert!(matches!(unknown[..], [RelayFrame::Appended { counter: 4, .. }]));
}

#[test]
fn a_newcomer_reads_the_roster_joins_and_goes_on_as_a_device() {
    let (ada, ben, door) = (Person::named("Ada"), Person::named("Ben"), Person::named("door"));
    let (mut host, space) = Stage::founded();
    let standing = host.standing(space);
    host.connect(&ada, space);
    host.say(&append(&ada, &standing, 1));
    host.record(ada.invites(&standing.roster, &door, Role::Editor, 9_000));

    let mut guest = host.another();
    let enter = door.connects(&NONCE, space, ORIGIN, true, None);
    assert!(matches!(guest.say(&enter)[..], [RelayFrame::Connected { head: 3, .. }]));
    for row in guest.rows(0) {
        let whole = matches!(row.body, RowBody::Whole(_));
        assert_eq!(whole, row.kind == RowKind::Roster, "row {}", row.seq);
    }
    let refused = guest.say(&append(&door, &standing, 1)).remove(0);
    assert!(matches!(refused, RelayFrame::Refused { reason: Refusal::Role, .. }));
    let roster = guest.standing(space).roster;
    let invites = ada.invites(&roster, &Person::named("x"), Role::Editor, 9_000);
    let refused = guest.record(invites);
    assert!(matches!(refused, RelayFrame::Refused { reason: Refusal::Role, .. }));

    let joined = guest.record(ben.joins(&roster, &door));
    assert!(matches!(joined, RelayFrame::Appended { counter: 0, seq: 4, .. }));
    assert!(matches!(guest.connect(&ben, space)[..], [RelayFrame::Connected { head: 4, .. }]));
    assert!(guest.rows(0).iter().all(|row| matches!(row.body, RowBody::Whole(_))));

    // The door is shut behind them.
    assert_eq!(host.another().say(&enter), self::refused(Refusal::InviteUsed));
}

#[test]
fn the_roster_is_asked_at_every_pull() {
    let (ada, door) = (Person::named("Ada"), Person::named("door"));
    let (mut host, space) = Stage::founded();
    host.connect(&ada, space);
    let roster = host.standing(space).roster;
    host.record(ada.invites(&roster, &door, Role::Editor, 9_000));
    let mut guest = host.another();
    guest.say(&door.connects(&NONCE, space, ORIGIN, true, None));
    assert_eq!(guest.rows(0).len(), 2);
    let roster = host.standing(space).roster;
    host.record(ada.revokes(&roster, roster.head()));

    let pull = ClientFrame::Pull { after: 0, max_bytes: u32::MAX };
    let reply = guest.raw(&[pull.encode()]);
    let closing = RelayFrame::Closing { why: CloseReason::NotActive };
    let reason = Refusal::InviteRevoked;
    assert_eq!(decoded(&reply), [RelayFrame::Refused { hash: Hash::ZERO, reason }, closing]);
    assert!(reply.close.is_some());
}

#[test]
fn patience_with_nonsense_ends() {
    let (mut stage, _) = Stage::founded();
    let mut answers = Vec::new();
    loop {
        let reply = stage.raw(&[vec![0xff]]);
        answers.push(decoded(&reply));
        if reply.close.is_some() {
            break;
        }
    }
    let last = answers.pop().unwrap();
    assert_eq!(last.last(), Some(&RelayFrame::Closing { why: CloseReason::Protocol }));
    assert_eq!(answers.len(), usize::from(relay::limits::STRIKES) - 1);
    assert!(answers.iter().all(|answer| *answer == refused(Refusal::Malformed)));
}

#[test]
fn who_sends_without_end_is_slowed_down() {
    let ada = Person::named("Ada");
    let (mut stage, space) = Stage::founded();
    stage.connect(&ada, space);
    let ping = ClientFrame::Ping { n: 1 }.encode();
    let mut sent = 0;
    while stage.raw(std::slice::from_ref(&ping)).pause.is_zero() {
        sent += 1;
    }
    assert!((3_900..4_100).contains(&sent), "{sent}");
}

proptest! {
    /// Holds: I13
    #[test]
    fn no_bytes_make_it_panic(frames in proptest::collection::vec(any::<Vec<u8>>(), 1..20)) {
        let ada = Person::named("Ada");
        let (mut stage, space) = Stage::founded();
        for known in [false, true] {
            if known {
                stage = stage.another();
                stage.connect(&ada, space);
            }
            for frame in decoded(&stage.raw(&frames)) {
                prop_assert!(matches!(
                    frame,
                    RelayFrame::Refused { .. } | RelayFrame::Pong { .. } | RelayFrame::Closing { .. }
                ), "{frame:?}");
            }
        }
    }

    #[test]
    fn no_flipped_bit_is_taken_for_what_it_was(at in 0..600_usize, bit in 0..8_u8) {
        let ada = Person::named("Ada");
        let (mut stage, space) = Stage::founded();
        let standing = stage.standing(space);
        stage.connect(&ada, space);
        let mut frame = append(&ada, &standing, 1).encode();
        let at = at % frame.len();
        frame[at] ^= 1 << bit;
        for answer in decoded(&stage.raw(&[frame])) {
            prop_assert!(matches!(answer, RelayFrame::Refused { .. }), "{answer:?}");
        }
        prop_assert_eq!(stage.standing(space).head, 1);
    }
}

#[test]
fn a_removed_device_reads_the_roster_up_to_its_removal_and_nothing_else() {
    let (mut stage, space) = Stage::founded();
    let (ada, ben, door) = (Person::named("Ada"), Person::named("Ben"), Person::named("door"));
    stage.connect(&ada, space);
    let roster = stage.standing(space).roster;
    stage.record(ada.invites(&roster, &door, Role::Editor, u64::MAX));
    let roster = stage.standing(space).roster;
    stage.record(ben.joins(&roster, &door));
    let mut of_ben = stage.another();
    of_ben.connect(&ben, space);
    let standing = stage.standing(space);
    stage.say(&append(&ada, &standing, 1));
    let roster = stage.standing(space).roster;
    stage.record(ada.removes(&roster, &[&ben]));
    let standing = stage.standing(space);
    stage.say(&append(&ada, &standing, 2));
    stage.record(ada.invites(&standing.roster, &Person::named("another"), Role::Editor, u64::MAX));

    // On the open connection, whatever is asked ends it and says why.
    let closing = RelayFrame::Closing { why: CloseReason::NotActive };
    let mut pushing = stage.another();
    assert_eq!(of_ben.pull(3), [refused(Refusal::NotActive).remove(0), closing.clone()]);
    assert_eq!(pushing.connect(&ben, space), refused(Refusal::NotActive));

    let reader = ben.connects(&NONCE, space, ORIGIN, true, None);
    let mut of_ben = stage.another();
    let connected = of_ben.say(&reader);
    assert!(matches!(connected[..], [RelayFrame::Connected { head: 7, .. }]));
    let answer = of_ben.pull(0).remove(0);
    let RelayFrame::Rows { rows, chain, .. } = answer else { panic!("{answer:?}") };
    let whole: Vec<bool> = rows.iter().map(|row| matches!(row.body, RowBody::Whole(_))).collect();
    assert_eq!(whole, [true, true, true, false, true], "up to the removal, changes as hashes");
    let walked =
        rows.iter().fold(wire::chain_start(&space), |chain, row| wire::chain_next(&chain, row));
    assert_eq!(chain, walked);
    // Nor does it get further by beginning later.
    let rows = of_ben.rows(5);
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].kind, &rows[0].body), (RowKind::Changes, &RowBody::HashOnly));
    let beyond = of_ben.pull(6);
    assert!(
        beyond.contains(&RelayFrame::Refused { hash: Hash::ZERO, reason: Refusal::SeenMismatch })
    );
    // And it says nothing that counts.
    let answers = of_ben.say(&append(&ben, &standing, 1));
    assert!(matches!(
        answers[..],
        [RelayFrame::Refused { reason: Refusal::NotActive, .. }, RelayFrame::Closing { .. }]
    ));
}

#[test]
fn a_device_that_pushes_after_its_removal_is_sent_away() {
    let (mut stage, space) = Stage::founded();
    let (ada, ben, door) = (Person::named("Ada"), Person::named("Ben"), Person::named("door"));
    stage.connect(&ada, space);
    let roster = stage.standing(space).roster;
    stage.record(ada.invites(&roster, &door, Role::Editor, u64::MAX));
    let roster = stage.standing(space).roster;
    stage.record(ben.joins(&roster, &door));
    let mut of_ben = stage.another();
    of_ben.connect(&ben, space);
    let standing = stage.standing(space);
    stage.record(ada.removes(&standing.roster, &[&ben]));
    let reply =
        of_ben.raw(&[append(&ben, &standing, 1).encode(), ClientFrame::Ping { n: 1 }.encode()]);
    assert_eq!(reply.close, Some(CloseReason::NotActive));
    assert!(matches!(
        decoded(&reply)[..],
        [
            RelayFrame::Refused { reason: Refusal::NotActive, .. },
            RelayFrame::Closing { why: CloseReason::NotActive },
        ]
    ));
}

#[test]
fn the_kit_reads_the_roster_and_links_a_device() {
    let (mut stage, space) = Stage::founded();
    let (ada, kit, tablet) =
        (Person::named("Ada"), Person::named("kit"), Person::named("Ada's tablet"));
    stage.connect(&ada, space);
    let roster = stage.standing(space).roster;
    stage.record(ada.rotates(&roster, Some(&kit)));
    let standing = stage.standing(space);
    stage.say(&append(&ada, &standing, 1));

    let mut by_kit = stage.another();
    assert_eq!(by_kit.connect(&kit, space), refused(Refusal::NotActive));
    by_kit.say(&kit.connects(&NONCE, space, ORIGIN, true, None));
    let whole: Vec<bool> =
        by_kit.rows(0).iter().map(|row| matches!(row.body, RowBody::Whole(_))).collect();
    assert_eq!(whole, [true, true, false]);
    let linked = by_kit.record(tablet.is_linked(&standing.roster, &kit, &ada));
    assert!(matches!(linked, RelayFrame::Appended { seq: 4, .. }));
    let connected = by_kit.connect(&tablet, space);
    assert!(matches!(connected[..], [RelayFrame::Connected { head: 4, .. }]));
    // A kit that was replaced opens nothing.
    let roster = stage.standing(space).roster;
    stage.record(ada.rotates(&roster, Some(&Person::named("another kit"))));
    let mut late = stage.another();
    let answer = late.say(&kit.connects(&NONCE, space, ORIGIN, true, None));
    assert_eq!(answer, refused(Refusal::InviteUnknown));
}

fn put(sealed: &[u8], offset: usize, length: usize) -> ClientFrame {
    let (address, size) = (wire::object_address(sealed), sealed.len() as u64);
    let bytes = sealed[offset..offset + length].to_vec();
    ClientFrame::PutObject { address, size, offset: offset as u64, bytes }
}

#[test]
fn an_object_comes_in_pieces_and_goes_out_in_ranges() {
    let (mut stage, space) = Stage::founded();
    let sealed: Vec<u8> = (0..100_u8).collect();
    let address = wire::object_address(&sealed);
    let get = |offset, length| ClientFrame::GetObject { address, offset, length };
    let held = |held| vec![RelayFrame::ObjectHeld { address, held }];
    let refused = |reason| vec![RelayFrame::Refused { hash: address, reason }];
    let bytes = |offset: usize, end: usize| {
        let bytes = sealed[offset..end].to_vec();
        vec![RelayFrame::ObjectBytes { address, offset: offset as u64, bytes }]
    };
    // Nobody has said who they are.
    assert_eq!(stage.say(&put(&sealed, 0, 0)), refused(Refusal::Malformed));
    stage.connect(&Person::named("Ada"), space);

    assert_eq!(stage.say(&put(&sealed, 0, 0)), held(0));
    assert_eq!(stage.say(&put(&sealed, 0, 60)), held(60));
    assert_eq!(stage.say(&get(0, 10)), [RelayFrame::ObjectAbsent { address }]);
    assert_eq!(stage.say(&put(&sealed, 70, 30)), refused(Refusal::ObjectPiece { held: 60 }));
    assert_eq!(stage.say(&put(&sealed, 60, 40)), held(100));
    assert_eq!(stage.say(&get(0, 10)), bytes(0, 10));
    assert_eq!(stage.say(&get(90, u32::MAX)), bytes(90, 100));
    assert_eq!(stage.say(&get(100, 1)), bytes(100, 100));

    assert_eq!(
        stage.say(&ClientFrame::DropObject { address }),
        [RelayFrame::ObjectAbsent { address }]
    );
    assert_eq!(stage.say(&get(0, 10)), [RelayFrame::ObjectAbsent { address }]);

    // A flipped bit: nothing of it is kept, and the right bytes can still come.
    let mut flipped = sealed.clone();
    flipped[50] ^= 1;
    let wrong = ClientFrame::PutObject { address, size: 100, offset: 0, bytes: flipped };
    assert_eq!(stage.say(&wrong), refused(Refusal::ObjectAddress));
    assert_eq!(stage.say(&put(&sealed, 0, 100)), held(100));
    let size = wire::limits::MAX_OBJECT + 1;
    let large = ClientFrame::PutObject { address, size, offset: 0, bytes: vec![0] };
    let limit = wire::limits::MAX_OBJECT;
    assert_eq!(stage.say(&large), refused(Refusal::TooLarge { limit }));
}

#[test]
fn who_reads_puts_nothing_and_who_is_removed_gets_nothing() {
    let (mut stage, space) = Stage::founded();
    let [ada, ben, door] = ["Ada", "Ben", "door"].map(Person::named);
    stage.connect(&ada, space);
    let sealed = b"an attachment".to_vec();
    let address = wire::object_address(&sealed);
    stage.say(&put(&sealed, 0, 13));
    let roster = stage.standing(space).roster;
    stage.record(ada.invites(&roster, &door, Role::Reader, 9_000));
    let roster = stage.standing(space).roster;
    let mut newcomer = stage.another();
    newcomer.say(&door.connects(&NONCE, space, ORIGIN, true, None));
    let get = ClientFrame::GetObject { address, offset: 0, length: 99 };
    let refused = |reason| vec![RelayFrame::Refused { hash: address, reason }];
    // An invitation opens the roster only.
    assert_eq!(newcomer.say(&get), refused(Refusal::Role));
    newcomer.record(ben.joins(&roster, &door));
    newcomer.connect(&ben, space);
    let bytes = RelayFrame::ObjectBytes { address, offset: 0, bytes: sealed.clone() };
    assert_eq!(newcomer.say(&get), std::slice::from_ref(&bytes));
    assert_eq!(newcomer.say(&put(&sealed, 0, 13)), refused(Refusal::Role));
    assert_eq!(newcomer.say(&ClientFrame::DropObject { address }), refused(Refusal::Role));

    let roster = stage.standing(space).roster;
    stage.record(ada.removes(&roster, &[&ben]));
    let answer = newcomer.say(&get);
    let closing = RelayFrame::Closing { why: CloseReason::NotActive };
    assert_eq!(answer, [refused(Refusal::NotActive), vec![closing]].concat());
    // Neither does it get anything where it reads about its removal.
    let mut removed = stage.another();
    removed.say(&ben.connects(&NONCE, space, ORIGIN, true, None));
    assert_eq!(removed.say(&get), refused(Refusal::NotActive));
    assert_eq!(stage.say(&get), [bytes]);
}

#[test]
fn a_drop_is_opened_by_those_who_write_and_pulled_and_closed() {
    let (mut stage, space) = Stage::founded();
    stage.connect(&Person::named("Ada"), space);
    let token = wire::drop_digest(&[3; 32]);
    let open = |expires| ClientFrame::OpenDrop { token, expires };
    let until = |expires| vec![RelayFrame::DropOpened { token, expires }];
    assert_eq!(stage.say(&open(50_000)), until(50_000));
    // For ever is too long; the relay says until when.
    let most = NOW + 400 * 24 * 3_600_000;
    let other = wire::drop_digest(&[4; 32]);
    let forever = ClientFrame::OpenDrop { token: other, expires: u64::MAX };
    let opened = RelayFrame::DropOpened { token: other, expires: most };
    assert_eq!(stage.say(&forever), [opened]);
    let pull = ClientFrame::PullDrops { most: u32::MAX };
    assert_eq!(stage.say(&pull), [RelayFrame::Drops { answers: vec![] }]);
    let filled = stage.store.fill_drop(space, token, b"sealed".to_vec(), 2_000);
    filled.now_or_never().unwrap().unwrap();
    let answer = wire::DropAnswer { token, received_at: 2_000, sealed: b"sealed".to_vec() };
    assert_eq!(stage.say(&pull), [RelayFrame::Drops { answers: vec![answer] }]);
    let close = ClientFrame::CloseDrop { token };
    assert_eq!(stage.say(&close), [RelayFrame::DropClosed { token }]);
    assert_eq!(stage.say(&pull), [RelayFrame::Drops { answers: vec![] }]);

    let [ada, ben, door] = ["Ada", "Ben", "door"].map(Person::named);
    let roster = stage.standing(space).roster;
    stage.record(ada.invites(&roster, &door, Role::Reader, 9_000));
    let mut reader = stage.another();
    reader.say(&door.connects(&NONCE, space, ORIGIN, true, None));
    let roster = stage.standing(space).roster;
    reader.record(ben.joins(&roster, &door));
    reader.connect(&ben, space);
    for (frame, hash) in [(open(9), token), (pull, Hash::ZERO), (close, token)] {
        let refused = RelayFrame::Refused { hash, reason: Refusal::Role };
        assert_eq!(reader.say(&frame), [refused]);
    }
}
