//! A relay, a line or a member that lies: each lie is noticed, and nothing of it is applied.

use replica::session::Skipped;
use replica::{Content, DeviceSecrets, LinkState, SkipReason, StopReason, chunk, founding, seal};
use wire::{
    Envelope, HEADER_VERSION, Hash, Header, LogId, Record, RelayFrame, Role, Row, RowBody, RowKind,
    Seen, SessionId, SpaceId, Tag,
};

use crate::relay::Relay;
use crate::tablet::{TAG, Tablet, chain_of, pair};

fn bytes(row: &Row) -> &Vec<u8> {
    match &row.body {
        RowBody::Whole(bytes) => bytes,
        other => panic!("{other:?}"),
    }
}

/// One row of changes that `bo` has not seen yet.
fn one_ahead(relay: &mut Relay) -> (Tablet, Tablet) {
    let (mut ada, bo) = pair(relay);
    ada.edit(relay, "a1");
    (ada, bo)
}

/// Holds: I11
#[test]
fn a_bit_that_flips_on_the_way_is_noticed_wherever_it_is() {
    let mut relay = Relay::new();
    let (_, bo) = one_ahead(&mut relay);
    let honest =
        RelayFrame::Rows { rows: relay.rows[3..].to_vec(), head: 4, chain: relay.chain(4) };
    let length = honest.encode().len();
    let mut noticed = 0;
    for at in 0..length {
        let mut bo = bo.copy(at as u64);
        bo.lie = Some(Box::new(|frame| match frame {
            RelayFrame::Rows { .. } => vec![],
            frame => vec![frame],
        }));
        bo.start(&mut relay);
        let mut flipped = honest.encode();
        flipped[at] ^= 1 << (at % 8);
        bo.tell(&mut relay, replica::Input::Received(flipped.clone()));
        match RelayFrame::decode(&flipped) {
            // The head is only a hint when to pull again.
            Ok(RelayFrame::Rows { rows, chain, .. })
                if (&rows[..], chain) == (&relay.rows[3..], relay.chain(4)) => {}
            _ => {
                assert!(bo.changes.is_empty() && bo.rows.is_empty(), "byte {at}");
                assert_eq!(chain_of(&bo), (3, relay.chain(3)), "byte {at}");
                assert_ne!(bo.state(), &LinkState::Live, "byte {at}");
                noticed += 1;
            }
        }
    }
    assert!(noticed >= length - 2, "{noticed} of {length}");
}

/// Holds: I11
#[test]
fn a_bit_that_the_relay_flips_and_covers_up_is_noticed_too() {
    let mut relay = Relay::new();
    let (_, bo) = one_ahead(&mut relay);
    let honest = bytes(&relay.rows[3]).clone();
    for at in 0..honest.len() {
        let mut forged = honest.clone();
        forged[at] ^= 1 << (at % 8);
        relay.rows[3].hash = RowKind::Changes.hash_of(&forged);
        relay.rows[3].body = RowBody::Whole(forged);
        let mut bo = bo.copy(at as u64);
        bo.start(&mut relay);
        assert!(bo.changes.is_empty(), "byte {at}");
        let skipped =
            matches!(bo.rows[..], [ref row] if matches!(row.content, Content::Skipped(_)));
        let stopped = matches!(bo.state(), LinkState::Stopped(StopReason::Update));
        assert!(skipped || stopped, "byte {at}: {:?}", bo.state());
    }
}

#[test]
fn what_does_not_fit_its_hash_or_its_chain_stops_the_session() {
    let check = |lie: fn(&mut Relay)| {
        let mut relay = Relay::new();
        let (_, mut bo) = one_ahead(&mut relay);
        let chain = relay.chain(4);
        lie(&mut relay);
        bo.lie = Some(Box::new(move |frame| match frame {
            RelayFrame::Rows { rows, head, .. } => vec![RelayFrame::Rows { rows, head, chain }],
            frame => vec![frame],
        }));
        bo.pull(&mut relay);
        assert_eq!(bo.state(), &LinkState::Stopped(StopReason::Damaged { seq: 4 }));
        assert!(bo.rows.len() == 3 && bo.changes.is_empty(), "nothing was handed out");
    };
    check(|relay| relay.rows[3].body = RowBody::Whole(vec![1, 2, 3]));
    check(|relay| relay.rows[3].received_at += 1);
    check(|relay| relay.rows[3].kind = RowKind::Snapshot);
    check(|relay| relay.rows[3].tag = Tag([9; 16]));
    check(|relay| relay.rows[3].hash = Hash([9; 32]));
    check(|relay| {
        relay.rows[3].body = RowBody::HashOnly;
        relay.rows[3].received_at = 0;
    });
}

#[test]
fn rows_out_of_order_and_rows_without_bytes_are_asked_for_again() {
    let check = |lie: fn(&mut Vec<Row>)| {
        let mut relay = Relay::new();
        let (mut ada, mut bo) = one_ahead(&mut relay);
        ada.edit(&mut relay, "a2");
        bo.lie = Some(Box::new(move |frame| match frame {
            RelayFrame::Rows { mut rows, head, chain } => {
                lie(&mut rows);
                vec![RelayFrame::Rows { rows, head, chain }]
            }
            frame => vec![frame],
        }));
        bo.pull(&mut relay);
        assert_eq!(bo.rows.len(), 3, "nothing was handed out");
        assert!(matches!(bo.state(), LinkState::Offline { .. }));
        bo.lie = None;
        bo.sleep(&mut relay);
        assert_eq!(bo.changes, ada.changes);
    };
    check(|rows| rows.swap(0, 1));
    check(|rows| drop(rows.remove(0)));
    check(|rows| rows.clear());
    check(|rows| rows[0].body = RowBody::HashOnly);
}

#[test]
fn an_answer_that_comes_twice_counts_once() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = one_ahead(&mut relay);
    ada.edit(&mut relay, "a2");
    bo.lie = Some(Box::new(|frame| vec![frame.clone(), frame]));
    bo.pull(&mut relay);
    bo.edit(&mut relay, "b1");
    assert_eq!((bo.state(), bo.unsynced()), (&LinkState::Live, 0));
    let seqs: Vec<_> = bo.rows.iter().map(|row| row.row.seq).collect();
    assert_eq!(seqs, (1..=relay.head()).collect::<Vec<_>>());
}

/// What the author of a forged row may choose.
struct Forgery {
    header: Header,
    payload: Vec<u8>,
    /// Sealed under this header instead of the one that is sent.
    sealed_as: Option<Header>,
    signer: DeviceSecrets,
}

/// Puts a forged row into the log after `ada`'s first, and says what `bo` makes of it.
fn forge(change: impl FnOnce(&mut Forgery, &Tablet, &Relay)) -> Content {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = one_ahead(&mut relay);
    let honest = Envelope::parse(bytes(&relay.rows[3])).unwrap();
    let mut forgery = Forgery {
        header: Header { session: SessionId([5; 16]), ..honest.header },
        payload: chunk::encode_changes(&[b"forged"]).unwrap(),
        sealed_as: None,
        signer: ada.secrets.clone(),
    };
    change(&mut forgery, &ada, &relay);
    let Forgery { header, payload, sealed_as, signer } = forgery;
    let roster = ada.place.as_ref().unwrap().roster.clone();
    let key = founding::current_key(&roster, &ada.ring).unwrap();
    let sealed_as = sealed_as.unwrap_or_else(|| header.clone());
    let sealed = seal::seal(&sealed_as, &payload, key, &signer, &mut ada.rng).unwrap();
    let body = Envelope::parse(&sealed).unwrap().body().to_vec();
    let header_bytes = header.encode();
    let signature = signer.sign(&Envelope::signing_input(&header_bytes, &body));
    let envelope = Envelope::assemble(header_bytes, body, signature);
    relay.push(header.kind, header.tag, envelope);
    bo.pull(&mut relay);
    assert_eq!(bo.state(), &LinkState::Live);
    assert_eq!(chain_of(&bo), (5, relay.chain(5)));
    bo.rows.pop().unwrap().content
}

#[test]
fn an_honest_row_made_the_same_way_counts() {
    let content = forge(|_, _, _| {});
    assert!(matches!(content, Content::Changes { changes, .. } if changes == [b"forged"]));
}

/// Holds: I11
#[test]
fn each_rule_passes_over_what_breaks_it_and_names_the_signer() {
    let check = |reason, named: bool, change: fn(&mut Forgery, &Tablet, &Relay)| {
        let mut signer = None;
        let content = forge(|forgery, ada, relay| {
            change(forgery, ada, relay);
            signer = named.then_some(forgery.header.device);
        });
        let Content::Skipped(skipped) = content else { panic!("{reason:?}: {content:?}") };
        assert_eq!(skipped, Skipped { reason, signer });
    };
    check(SkipReason::OtherSpace, false, |forgery, _, _| {
        forgery.header.space = SpaceId([9; 32]);
    });
    check(SkipReason::BadSignature, false, |forgery, _, _| {
        forgery.signer = DeviceSecrets::make(&mut rng(3));
    });
    check(SkipReason::NotActive, true, |forgery, _, _| {
        forgery.signer = DeviceSecrets::make(&mut rng(3));
        forgery.header.device = forgery.signer.device();
    });
    check(SkipReason::Epoch, true, |forgery, _, _| forgery.header.epoch = 2);
    check(SkipReason::OtherLife, true, |forgery, _, _| forgery.header.log = LogId([9; 16]));
    // A body taken from another document, another session, another place in the log …
    check(SkipReason::Unopenable, true, |forgery, _, _| {
        forgery.sealed_as = Some(Header { tag: Tag([9; 16]), ..forgery.header.clone() });
    });
    check(SkipReason::Unopenable, true, |forgery, _, _| {
        forgery.sealed_as = Some(Header { session: SessionId([9; 16]), ..forgery.header.clone() });
    });
    check(SkipReason::Unopenable, true, |forgery, _, relay| {
        let seen = Seen { seq: 2, chain: relay.chain(2) };
        forgery.sealed_as = Some(Header { seen, ..forgery.header.clone() });
    });
    // … and a body that opens and holds no changes.
    check(SkipReason::Unopenable, true, |forgery, _, _| forgery.payload = vec![0, 0, 0, 9, 1]);
}

/// Holds: I11
#[test]
fn a_header_on_another_body_is_no_signed_envelope() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = one_ahead(&mut relay);
    ada.edit(&mut relay, "a2");
    let [first, second] = [3, 4].map(|at: usize| Envelope::parse(bytes(&relay.rows[at])).unwrap());
    let signature = *second.bytes().last_chunk::<64>().unwrap();
    let mixed =
        Envelope::assemble(first.header_bytes().to_vec(), second.body().to_vec(), signature);
    relay.push(RowKind::Changes, TAG, mixed);
    bo.pull(&mut relay);
    let expected = Skipped { reason: SkipReason::BadSignature, signer: None };
    assert!(matches!(bo.rows[..], [.., ref row]
        if matches!(row.content, Content::Skipped(skipped) if skipped == expected)));
}

/// Holds: I11
#[test]
fn an_envelope_that_the_relay_files_twice_or_wrongly_counts_once() {
    let mut relay = Relay::new();
    let (ada, mut bo) = one_ahead(&mut relay);
    let envelope = bytes(&relay.rows[3]).clone();
    relay.push(RowKind::Changes, TAG, envelope.clone());
    relay.push(RowKind::Changes, Tag([9; 16]), envelope);
    bo.pull(&mut relay);
    let skipped: Vec<_> = bo
        .contents()
        .filter_map(|content| match content {
            Content::Skipped(skipped) => Some(*skipped),
            _ => None,
        })
        .collect();
    let by = Some(ada.secrets.device());
    assert_eq!(
        skipped,
        [
            Skipped { reason: SkipReason::Repeated, signer: by },
            Skipped { reason: SkipReason::Misfiled, signer: None },
        ]
    );
    assert_eq!((bo.changes.len(), bo.state()), (1, &LinkState::Live));
}

#[test]
fn a_readers_edit_that_came_into_the_log_is_passed_over() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    let link = ada.invite(&mut relay, Role::Reader);
    let mut cy = Tablet::newcomer(3, &link);
    cy.start(&mut relay);
    let place = cy.place.clone().unwrap();
    let header = Header {
        version: HEADER_VERSION,
        check: 1,
        space: relay.space,
        log: relay.log,
        tag: TAG,
        kind: RowKind::Changes,
        epoch: 1,
        device: cy.secrets.device(),
        session: SessionId([1; 16]),
        counter: 1,
        seen: Seen { seq: place.cursor, chain: place.chain },
        covers: None,
        attests: None,
        begins: None,
        after: None,
    };
    let key = founding::current_key(&place.roster, &cy.ring).unwrap();
    let payload = chunk::encode_changes(&[b"c1"]).unwrap();
    let envelope = seal::seal(&header, &payload, key, &cy.secrets, &mut cy.rng).unwrap();
    relay.push(RowKind::Changes, TAG, envelope);
    ada.pull(&mut relay);
    let expected = Skipped { reason: SkipReason::Role, signer: Some(cy.secrets.device()) };
    assert!(matches!(ada.rows.last().unwrap().content,
        Content::Skipped(skipped) if skipped == expected));
    assert!(ada.changes.is_empty());
}

#[test]
fn unknown_kinds_and_lost_rows_are_chained_and_passed() {
    let mut relay = Relay::new();
    let (_, mut bo) = one_ahead(&mut relay);
    relay.push(RowKind::Unknown(77), TAG, vec![1, 2, 3]);
    relay.push(RowKind::Life, Tag::ZERO, vec![0xff]);
    relay.rows[3].body = RowBody::Stub { covered_by: None };
    bo.pull(&mut relay);
    let contents: Vec<_> = bo.contents().skip(3).collect();
    let malformed = Skipped { reason: SkipReason::Malformed, signer: None };
    assert!(matches!(contents[..],
        [Content::Covered, Content::Unknown, Content::Skipped(last)] if *last == malformed));
    assert_eq!(bo.lost, [4]);
    assert_eq!((bo.state(), chain_of(&bo)), (&LinkState::Live, (6, relay.chain(6))));
}

#[test]
fn a_record_that_does_not_follow_is_passed_over() {
    let mut relay = Relay::new();
    let (ada, mut bo) = pair(&mut relay);
    let mut record = bytes(&relay.rows[1]).clone();
    let at = record.len() - 1;
    record[at] ^= 1;
    relay.push(RowKind::Roster, Tag::ZERO, record);
    bo.pull(&mut relay);
    let expected = Skipped { reason: SkipReason::BadRecord, signer: None };
    assert!(matches!(bo.rows.last().unwrap().content,
        Content::Skipped(skipped) if skipped == expected));
    assert_eq!(bo.place.unwrap().roster, ada.place.unwrap().roster);
}

/// What parted before the life that a restore began was no restore's doing.
///
/// Holds: I11
#[test]
fn a_roster_that_parted_from_the_known_one_is_a_fork() {
    let mut relay = Relay::new();
    let (mut ada, mut bo) = pair(&mut relay);
    relay.restore(1);
    // The founder, who had never seen bo, invites somebody else on the old head.
    let old = replica::Place::before_founding(bytes(&relay.rows[0]).clone()).unwrap();
    let other = founding::invite(
        &ada.secrets,
        &old.roster,
        &ada.ring,
        Role::Editor,
        u64::MAX,
        &mut ada.rng,
    )
    .unwrap();
    relay.roster.as_mut().unwrap().apply(&other.record).unwrap();
    assert_eq!(Record::hash_of(&other.record), other.hash);
    relay.push(RowKind::Roster, Tag::ZERO, other.record);
    relay.begin_new_life(LogId([2; 16]));
    // bo did not hear of its own join here, so the relay sends it away before anything else; a
    // device that is in both rosters notices.
    bo.cut(&mut relay);
    bo.sleep(&mut relay);
    assert_eq!(bo.state(), &LinkState::Stopped(StopReason::NotActive));
    ada.cut(&mut relay);
    ada.sleep(&mut relay);
    ada.sleep(&mut relay);
    assert_eq!(ada.state(), &LinkState::Stopped(StopReason::Forked { seq: 2 }));
}

fn rng(seed: u64) -> rand_chacha::ChaCha8Rng {
    use rand_chacha::rand_core::SeedableRng;
    rand_chacha::ChaCha8Rng::seed_from_u64(seed)
}
