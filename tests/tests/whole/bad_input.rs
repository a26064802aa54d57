//! What comes in broken, late or from elsewhere: each has a clear outcome on a real device at a
//! real relay, and nothing is lost by it.

use automerge::transaction::Transactable;
use automerge::{ROOT, ReadDoc};
use device::WriteError;
use handbook::records::Client;
use handbook::{
    DocumentId, Moment, Record, RecordId, RecordKey, Row, Stamp, Value, document, export,
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use relay::limits::STRIKES;
use replica::{InviteLink, InviteLinkError, InviteSecret, StopReason};
use tests::colleague::{Colleague, now_ms};
use tests::newer;
use tests::raw::Raw;
use tests::relay::Relay;
use wire::{CloseReason, Hash, Refusal, RelayFrame};

#[tokio::test]
async fn an_invite_link_that_is_no_good_says_why_and_lets_nobody_in() {
    let relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let used = anna.invite_until(u64::MAX).await;
    Colleague::knock(used.clone(), "Bruno").await.expect("the first to come");
    anna.sync().await;
    let expired = anna.invite_until(now_ms()).await;
    let taken_back = anna.invite_until(u64::MAX).await;
    anna.take_back(&taken_back).await;
    let elsewhere = InviteLink { space: wire::SpaceId([7; 32]), ..taken_back.clone() };
    let open = anna.invite_until(u64::MAX).await;
    let guessed = InviteLink { secret: InviteSecret::make(&mut dice()), ..taken_back.clone() };

    for (link, expected) in [
        (used, Refusal::InviteUsed),
        (expired, Refusal::InviteExpired),
        (taken_back, Refusal::InviteRevoked),
        (elsewhere, Refusal::SpaceUnknown),
        (guessed, Refusal::InviteUnknown),
    ] {
        let outcome = Colleague::knock(link, "Mallory").await.map(|_| "let in");
        assert_eq!(outcome, Err(StopReason::Refused(expected)));
    }

    // A link that a chat window broke is known before anybody is asked.
    let url = open.url(&relay.url());
    let (cut, typo) = (&url[..url.len() - 20], url.replacen(&url[80..90], "AAAAAAAAAA", 1));
    assert_eq!(InviteLink::parse(cut), Err(InviteLinkError::Truncated));
    assert_eq!(InviteLink::parse(&typo), Err(InviteLinkError::Altered));
    assert_eq!(InviteLink::parse(&relay.url()), Err(InviteLinkError::Foreign));
    assert_eq!(InviteLink::parse(&url), Ok(open.clone()));

    // All of that has cost nobody anything.
    anna.sync().await;
    assert_eq!(anna.device().place().unwrap().roster.members().count(), 2);
    Colleague::knock(open, "Carla").await.expect("an invitation that is good");
}

#[tokio::test]
async fn random_bytes_trouble_nobody_but_who_sends_them() {
    let mut relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let invitation = anna.invite().await;
    let mut bruno = Colleague::join(&invitation, "Bruno").await;
    let client = anna.add_client("Harbour").await;
    let mut dice = dice();
    for name in ["Harbour Foods", "Harbour Foods Ltd", "Harbour & Quay"] {
        let mut stranger = Raw::connect(&relay).await;
        for _ in 0..STRIKES {
            let mut bytes = vec![0; 1 + dice.next_u32() as usize % 5000];
            dice.fill_bytes(&mut bytes);
            stranger.send(bytes).await;
            let Some(RelayFrame::Refused { reason, .. }) = stranger.hear().await else {
                panic!("random bytes were not refused");
            };
            let known = [Refusal::Malformed, Refusal::VersionUnsupported];
            assert!(known.contains(&reason), "{reason:?}");
        }
        // The others work on through the same relay meanwhile.
        let set = Client::KEYS.name.set(client, name.to_owned());
        anna.write(DocumentId::Client(client), vec![set]).await;
        anna.push().await;
        bruno.sync().await;
        assert_eq!(shown(&bruno, client).await.title(), name);

        let refused = RelayFrame::Refused { hash: Hash::ZERO, reason: Refusal::RateLimited };
        let closing = RelayFrame::Closing { why: CloseReason::Protocol };
        assert_eq!(stranger.hear().await, Some(refused));
        assert_eq!(stranger.hear().await, Some(closing));
        assert_eq!(stranger.hear().await, None);
    }
    relay.kill();
    let verified = relay.command("verify");
    assert!(verified.contains(": sound"), "{verified}");
}

#[tokio::test]
async fn what_a_newer_app_wrote_is_read_exported_and_passed_on_but_not_edited() {
    let mut relay = Relay::bare(&[]);
    let mut ines = Colleague::found(&relay, "Alder & Tarn", "Ines").await;
    let ours = ines.add_client("Northmere Rail").await;
    ines.push().await;
    let invitation = ines.invite().await;
    let mut tomas = Colleague::join(&invitation, "Tomas").await;
    ines.sync().await;
    let invitation = ines.invite().await;
    let vera = Colleague::join(&invitation, "Vera").await;
    relay.kill();
    let backup = relay.backup();
    relay.start_again();

    // Vera's app is newer, and asks whoever edits this client to be so too.
    let theirs = newer_client(&relay, &vera).await;
    let document = DocumentId::Client(theirs);
    ines.sync().await;
    let row = shown(&ines, theirs).await;
    assert_eq!(row.title(), "Merrow Water Board");
    assert_eq!(row.unknown, [("tide".to_owned(), Value::Text("spring".to_owned()))]);
    assert_eq!(ines.device().model().row(document, row.key()).unwrap().title(), row.title());
    assert!(ines.device().standing(document).unwrap().update_to_edit);
    let exported = export::json(&[(document, vec![row.clone()])], Moment::default());
    assert!(exported.contains(r#""tide": "spring""#), "{exported}");

    // It cannot be edited, and it is said why; nothing of the attempt stays. All else goes on.
    let rename = |client, name: &str| vec![Client::KEYS.name.set(client, name.to_owned())];
    let refused = ines.device().write(document, rename(theirs, "Merrow"), stamp(&ines)).await;
    let refused = refused.expect_err("a newer writer is asked for");
    assert!(matches!(refused, WriteError::Content(document::WriteError::Newer(2))), "{refused}");
    assert!(refused.to_string().contains("must be updated to edit"), "{refused}");
    assert_eq!((ines.device().unsynced(), shown(&ines, theirs).await), (0, row.clone()));
    ines.write(DocumentId::Client(ours), rename(ours, "Northmere Railways")).await;
    ines.push().await;

    // The relay loses it. Ines passes it on as it was, to Tomas, who has never seen it.
    relay.kill();
    relay.restore(backup);
    relay.start_again();
    tomas.sync().await;
    assert!(tomas.device().standing(document).is_none());
    ines.sync().await;
    tomas.sync().await;
    assert_eq!(shown(&tomas, theirs).await, row);
    assert!(tomas.device().standing(document).unwrap().update_to_edit);
    assert_eq!(shown(&tomas, ours).await.title(), "Northmere Railways");
}

/// A client as a newer app makes it: with a field that this version does not know, and not to be
/// edited by this version.
async fn newer_client(relay: &Relay, colleague: &Colleague) -> RecordId {
    let mut dice = dice();
    let id = RecordId::new(now_ms(), &mut dice);
    let client = Client { name: "Merrow Water Board".to_owned(), ..Client::default() };
    let ops = [client.create(id)];
    let stamp = stamp(colleague);
    let mut made = document::create(DocumentId::Client(id), &ops, &stamp, &mut dice).unwrap();
    let mut tx = made.transaction();
    let (_, record) = tx.get(ROOT, RecordKey::new(Client::KIND, id).to_string()).unwrap().unwrap();
    tx.put(&record, "tide", "spring").unwrap();
    tx.put(ROOT, "document/min_writer", 2).unwrap();
    tx.commit();
    let changes = made.get_changes(&[]);
    let changes: Vec<_> = changes.iter().map(|change| change.raw_bytes().to_vec()).collect();
    newer::send(relay, colleague, &changes).await;
    id
}

/// A client's own record, with everything in it.
async fn shown(colleague: &Colleague, client: RecordId) -> Row {
    let key = RecordKey::new(Client::KIND, client);
    let row = colleague.device().row(DocumentId::Client(client), key).await.unwrap();
    row.expect("the client is here")
}

fn stamp(colleague: &Colleague) -> Stamp {
    let at = Moment { ms: i64::try_from(now_ms()).unwrap(), offset_min: 0 };
    colleague.device().stamp(at, "test")
}

/// The same in every run: what is thrown must not decide whether a test passes.
fn dice() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(0x5eed)
}
