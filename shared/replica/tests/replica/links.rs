//! Invite links, and joining by them.

use replica::{
    DeviceSecrets, InviteLink, InviteLinkError, InviteSecret, LinkState, Session, StopReason,
    founding, invite,
};
use wire::{ClientFrame, Hash, LogId, Refusal, RelayFrame, Role, RowBody, SpaceId};

use crate::relay::Relay;
use crate::tablet::{Tablet, chain_of, pair};

fn link() -> InviteLink {
    use rand_chacha::rand_core::SeedableRng;
    InviteLink {
        origin: "https://rapport.example:7117".into(),
        space: SpaceId([0x11; 32]),
        head: Hash([0x22; 32]),
        seq: 300,
        chain: Hash([0x33; 32]),
        secret: InviteSecret::make(&mut rand_chacha::ChaCha8Rng::seed_from_u64(4)),
    }
}

#[test]
fn a_link_comes_back_however_it_was_pasted() {
    let link = link();
    let code = link.format();
    let url = link.url("https://app.example/");
    assert_eq!(url, format!("https://app.example/{}{code}", invite::FRAGMENT));
    let (first, second) = code.split_at(70);
    for text in [
        code.clone(),
        url.clone(),
        format!("  {url}\n"),
        format!("Come and join us: {url}"),
        format!("{first}\r\n  {second}"),
    ] {
        assert_eq!(InviteLink::parse(&text), Ok(link.clone()), "{text}");
    }
}

#[test]
fn broken_links_are_told_from_foreign_texts() {
    let code = link().format();
    let check = |text: &str, expected| assert_eq!(InviteLink::parse(text), Err(expected), "{text}");
    for text in ["", "hello", "https://app.example/", "https://app.example/#setup=abcdef", "…"] {
        check(text, InviteLinkError::Foreign);
    }
    check(&"a".repeat(10_000), InviteLinkError::Foreign);
    for length in 7..code.len() {
        check(&code[..length], InviteLinkError::Truncated);
    }
    check(&format!("{code}AAAA"), InviteLinkError::Altered);
    check(&code.replacen(&code[60..62], "..", 1), InviteLinkError::Altered);
}

#[test]
fn no_letter_of_a_link_can_be_mistyped() {
    let code = link().format();
    for at in 0..code.len() {
        let letter = if &code[at..=at] == "A" { "B" } else { "A" };
        let typo = format!("{}{letter}{}", &code[..at], &code[at + 1..]);
        match InviteLink::parse(&typo) {
            Err(_) => {}
            // The last letter has bits that no byte uses.
            Ok(parsed) => assert_eq!((parsed, at), (link(), code.len() - 1)),
        }
    }
}

#[test]
fn a_newer_link_says_so() {
    // The frame around the content stays, so the version can be trusted.
    let sum = wire::hash(b"rapport/invite/link/1", &[&2_u64.to_be_bytes(), b"future"]);
    let mut bytes = vec![0x84, 0x62, b'r', b'j', 2, 0x46];
    bytes.extend_from_slice(b"future\x44");
    bytes.extend_from_slice(&sum.0[..4]);
    use base64::Engine;
    let code = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    assert_eq!(InviteLink::parse(&code), Err(InviteLinkError::Newer { version: 2 }));
}

#[test]
fn a_newcomer_reads_everything_and_writes() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    for n in 0..5 {
        ada.edit(&mut relay, &format!("before {n}"));
    }
    let link = ada.invite(&mut relay, Role::Editor);
    let mut bo = Tablet::newcomer(2, &InviteLink::parse(&link.format()).unwrap());
    bo.start(&mut relay);
    assert_eq!((bo.state(), &bo.changes), (&LinkState::Live, &ada.changes));
    bo.edit(&mut relay, "b1");
    ada.pull(&mut relay);
    assert_eq!(chain_of(&ada), chain_of(&bo));
    assert!(ada.changes.contains(b"b1".as_slice()));
    let roster = &ada.place.as_ref().unwrap().roster;
    let device = roster.active(&bo.secrets.device()).unwrap();
    assert_eq!((device.member, device.role), (bo.member, Role::Editor));
}

#[test]
fn nothing_but_the_roster_is_read_with_the_invites_key() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.edit(&mut relay, "a1");
    let link = ada.invite(&mut relay, Role::Editor);
    let mut bo = Tablet::newcomer(2, &link);
    bo.lie = Some(Box::new(|frame| {
        if let RelayFrame::Rows { rows, .. } = &frame {
            let bare = rows.iter().filter(|row| row.body == RowBody::HashOnly).count();
            assert_eq!(bare, 1, "one row of changes");
        }
        let joined = matches!(frame, RelayFrame::Appended { .. });
        if joined { vec![] } else { vec![frame] }
    }));
    bo.start(&mut relay);
    assert!(bo.place.is_none());
    assert!(matches!(bo.sent.last(), Some(ClientFrame::AppendRecord { .. })));
}

#[test]
fn a_join_whose_answer_was_lost_is_found_in_the_log() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    ada.edit(&mut relay, "a1");
    let link = ada.invite(&mut relay, Role::Editor);
    let mut bo = Tablet::newcomer(2, &link);
    bo.lie = Some(Box::new(|frame| match frame {
        RelayFrame::Appended { .. } | RelayFrame::Head { .. } => vec![],
        frame => vec![frame],
    }));
    bo.start(&mut relay);
    assert_eq!(relay.bodies().len(), 3);
    // The page is loaded again; the device had stored its secrets and the link.
    let secrets = bo.secrets.clone();
    bo.lie = None;
    bo.cut(&mut relay);
    bo.session = Session::joining(link, bo.member, secrets);
    bo.start(&mut relay);
    assert_eq!((bo.state(), &bo.changes), (&LinkState::Live, &ada.changes));
    assert_eq!(relay.bodies().len(), 3, "it joined once");
}

#[test]
fn an_invite_that_is_no_good_any_more_says_which_it_is() {
    let check = |spoil: fn(&mut Relay, &mut Tablet, &InviteLink), expected| {
        let mut relay = Relay::new();
        let mut ada = Tablet::founder(1);
        ada.start(&mut relay);
        let link = ada.invite(&mut relay, Role::Editor);
        spoil(&mut relay, &mut ada, &link);
        let mut late = Tablet::newcomer(3, &link);
        late.start(&mut relay);
        assert_eq!(late.state(), &LinkState::Stopped(StopReason::Refused(expected)));
        assert!(late.place.is_none());
    };
    check(|relay, _, link| Tablet::newcomer(2, link).start(relay), Refusal::InviteUsed);
    check(
        |relay, ada, link| {
            let place = ada.place.clone().unwrap();
            let key = link.secret.derive_keys().device();
            let (hash, _) = place.roster.invite_by_key(&key).unwrap();
            let revoke = founding::revoke(&ada.secrets, &place.roster, hash).unwrap();
            ada.tell(relay, replica::Input::Record(revoke));
        },
        Refusal::InviteRevoked,
    );
    check(|relay, _, _| relay.restore(1), Refusal::InviteUnknown);
}

#[test]
fn a_log_without_what_the_link_names_is_not_joined() {
    let check = |change: fn(&mut InviteLink)| {
        let mut relay = Relay::new();
        let mut ada = Tablet::founder(1);
        ada.start(&mut relay);
        ada.edit(&mut relay, "a1");
        let mut link = ada.invite(&mut relay, Role::Editor);
        change(&mut link);
        let mut bo = Tablet::newcomer(2, &link);
        bo.start(&mut relay);
        assert_eq!(bo.state(), &LinkState::Stopped(StopReason::WrongLog));
        assert_eq!(relay.bodies().len(), 2, "nothing was appended");
    };
    check(|link| link.head = Hash([9; 32]));
    check(|link| link.chain = Hash([9; 32]));
    check(|link| link.seq = 2);
    check(|link| link.seq = 100);
}

#[test]
fn after_a_restore_only_the_roster_head_must_fit() {
    let mut relay = Relay::new();
    let mut ada = Tablet::founder(1);
    ada.start(&mut relay);
    let mut link = ada.invite(&mut relay, Role::Editor);
    relay.begin_new_life(LogId([2; 16]));
    link.seq = 50;
    link.chain = Hash([9; 32]);
    let mut bo = Tablet::newcomer(2, &link);
    bo.start(&mut relay);
    assert_eq!(bo.state(), &LinkState::Live);
}

#[test]
fn a_newcomer_who_is_overtaken_asks_again() {
    let mut relay = Relay::new();
    let (mut ada, _) = pair(&mut relay);
    let link = ada.invite(&mut relay, Role::Editor);
    let faster = ada.draft_invite(Role::Reader, u64::MAX);
    relay.race = Some(faster.record);
    let mut cy = Tablet::newcomer(3, &link);
    cy.start(&mut relay);
    assert_eq!(cy.state(), &LinkState::Live);
    let asked = cy.sent.iter().filter(|frame| matches!(frame, ClientFrame::AppendRecord { .. }));
    assert_eq!(asked.count(), 2);
}

#[test]
fn an_invite_opens_the_key_for_its_own_secret_only() {
    let mut relay = Relay::new();
    let (ada, mut bo) = pair(&mut relay);
    let roster = ada.place.as_ref().unwrap().roster.clone();
    let wrong = InviteSecret::make(&mut bo.rng);
    let stranger = DeviceSecrets::make(&mut bo.rng);
    let joined = founding::join(&wrong, &stranger, bo.member, &roster, &mut bo.rng);
    assert!(matches!(
        joined.unwrap_err(),
        founding::FoundingError::Roster(wire::RosterError::InviteUnknown)
    ));
    // Every device finds its own keys in the records again, and only its own.
    let records = &ada.place.as_ref().unwrap().records;
    for (secrets, keys) in [(&ada.secrets, 1), (&bo.secrets, 1), (&stranger, 0)] {
        let ring = replica::unlock::recover_ring(secrets, &roster, records).unwrap();
        assert_eq!(ring.len(), keys);
        assert!(keys == 0 || ring == ada.ring);
    }
}
