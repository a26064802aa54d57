//! Words and keys that are planted at a team's work, and looked for in everything that its relay has written.

use cluster::Cluster;
use handbook::records::Touchpoint;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use replica::{InviteLink, seal, unlock};
use tests::canaries::{Canaries, Place, files, is_seen, letters};
use tests::colleague::Colleague;
use tests::raw::Raw;
use tests::relay::Relay;
use tokio::task::block_in_place;
use wire::{ClientFrame, Envelope, RelayFrame, Row, RowBody, RowKind, SpaceId};

use crate::operate::{subjects, talk};

const WORDS: [&str; 8] = [
    "Zitronengelb & Sons",
    "Annegret Quittenbaum",
    "Haferflocken AG",
    "Pflaumenmus",
    "Rhabarber",
    "Blaubeerkuchen.jpg",
    "Stachelbeergelee",
    "Holunderblüte",
];

/// What a story leaves behind: what must lie nowhere, and what must lie at the relay.
struct Left {
    canaries: Canaries,
    space: SpaceId,
    /// What bodies hold for whom has no key. Bodies are deflated before they are sealed: a search would not find
    /// words in one that was not sealed.
    inflated: Vec<Place>,
}

/// A team that writes, attaches, invites, errs, and parts with somebody.
async fn story(relay: &Relay) -> Left {
    let [firm, person, client, subject, notes, file, content, later] = WORDS;
    let mut anna = Colleague::found(relay, firm, person).await;
    let space = anna.device().place().unwrap().space;
    let token = relay.setup_link().split_once("#setup=").unwrap().1.to_owned();
    let at = anna.add_client(client).await;
    anna.sync().await;
    let invite = anna.invite().await;
    let mut bruno = Colleague::join(&invite, person).await;
    // A record is made on the roster's head.
    anna.sync().await;
    let second = anna.invite().await;
    let mut carla = Colleague::join(&second, person).await;
    let mut talks = Vec::new();
    talks.resize_with(50, || talk(subject, notes));
    bruno.log(at, talks).await;
    bruno.sync().await;
    anna.sync().await;
    let object = anna.attach(at, file, content.repeat(20_000).as_bytes()).await;
    anna.sync().await;
    let address = object.address;
    anna.transfer(usize::MAX).await.unwrap().put(address, |_, _| ()).await.unwrap();
    bruno.sync().await;

    // Refusals tell most. So somebody errs, with the token that was used.
    let mut stranger = Raw::connect(relay).await;
    let record = vec![0; 10];
    let answer = stranger.say(&ClientFrame::Found { token: token.clone(), record }).await;
    assert!(matches!(answer, Some(RelayFrame::Refused { .. })), "{answer:?}");
    stranger.send(b"nonsense".to_vec()).await;

    anna.sync().await;
    let removed_at = anna.device().place().unwrap().roster.epoch() + 1;
    anna.remove(&bruno).await;
    bruno.hear_of_removal().await;
    for device in [&mut anna, &mut carla] {
        device.sync().await;
        let words: Touchpoint = talk(later, notes);
        device.log(at, vec![words]).await;
        device.sync().await;
    }
    anna.sync().await;
    // What was never written could not be found either.
    let mut expected = vec![later; 2];
    expected.extend([subject; 50]);
    for device in [&anna, &carla] {
        assert_eq!(subjects(device, at).await, expected);
    }
    assert_eq!(subjects(&bruno, at).await, vec![subject; 50]);
    let envelopes = who_opens_what(relay, removed_at, &anna, &bruno, &carla).await;

    let mut canaries = Canaries::default();
    canaries.extend(WORDS.map(|word| word.as_bytes().to_vec()));
    for link in [invite, second] {
        assert!(InviteLink::parse(&link).is_ok());
        canaries.extend([link.split_once("#join=").unwrap().1.as_bytes().to_vec()]);
    }
    // As the document has it, and as what it stands for.
    let key = object.key.to_text();
    canaries.extend([key.parse::<wire::Hash>().unwrap().0.to_vec(), key.as_bytes().to_vec()]);
    canaries.extend([token.into_bytes()]);
    for device in [&anna, &bruno, &carla] {
        let keys = device.keys().await;
        assert!(keys.len() >= 3 && keys.iter().all(|key| key.len() == 32));
        canaries.extend(keys);
    }
    Left { canaries, space, inflated: inflated(&envelopes) }
}

/// Everything that lies in the log, with the keys that each of them can have by whatever means.
async fn who_opens_what(
    relay: &Relay,
    removed_at: wire::Epoch,
    anna: &Colleague,
    bruno: &Colleague,
    carla: &Colleague,
) -> Vec<Envelope> {
    let mut line = Raw::connect(relay).await;
    let greeting = anna.greeting(line.nonce()).await;
    let connected = line.say(&greeting).await;
    assert!(matches!(connected, Some(RelayFrame::Connected { .. })), "{connected:?}");
    let pull = ClientFrame::Pull { after: 0, max_bytes: u32::MAX };
    let Some(RelayFrame::Rows { rows, .. }) = line.say(&pull).await else { panic!("no rows") };
    let roster = anna.device().place().unwrap().roster;
    let whole = |row: &Row| match &row.body {
        RowBody::Whole(bytes) => Some(bytes.clone()),
        _ => None,
    };
    let of = |kind| rows.iter().filter(move |row: &&Row| row.kind == kind).filter_map(whole);
    let records: Vec<_> = of(RowKind::Roster).collect();
    let envelopes: Vec<_> =
        of(RowKind::Changes).map(|bytes| Envelope::parse(&bytes).unwrap()).collect();
    let earlier = envelopes.iter().filter(|it| it.header.epoch < removed_at).count();
    assert!(earlier >= 3 && envelopes.len() >= earlier + 2, "{earlier} of {}", envelopes.len());
    for (device, opens) in [(anna, envelopes.len()), (carla, envelopes.len()), (bruno, earlier)] {
        let (secrets, mut ring) = device.secrets().await;
        unlock::top_up(&secrets, &roster, &records, &mut ring).unwrap();
        let keys: Vec<_> = (1..=roster.epoch())
            .filter_map(|epoch| ring.key(&roster.epoch_record(epoch)?))
            .collect();
        let opened = |it: &&Envelope| keys.iter().any(|key| seal::open(it, key).is_ok());
        assert_eq!(envelopes.iter().filter(opened).count(), opens);
        let expected = if opens == earlier { removed_at - 1 } else { roster.epoch() };
        assert_eq!(ring.len(), expected as usize);
    }
    envelopes
}

/// Whatever can be inflated in the bodies, behind a nonce and a length.
fn inflated(envelopes: &[Envelope]) -> Vec<Place> {
    let mut places = Vec::new();
    for envelope in envelopes {
        for skipped in 0..=32 {
            let rest = envelope.body().get(skipped..).unwrap_or_default();
            let bytes =
                decompress_to_vec_with_limit(rest, 1 << 20).unwrap_or_else(|error| error.output);
            places.push((format!("a body, inflated from byte {skipped}"), bytes));
        }
    }
    places
}

/// Nothing of what must lie nowhere lies there, and what must lie there is seen.
fn scan(left: &Left, state: &str, mut places: Vec<Place>, relay: &Relay, figures: &[u8]) {
    assert!(places.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > 340_000, "no object");
    assert!(is_seen(&left.space.0, &places), "{state}: the search sees nothing");
    let log = relay.log();
    assert!(letters(&log).contains("connected"), "nothing was logged");
    places.extend(left.inflated.iter().cloned());
    places.extend([("the log".to_owned(), log), ("the figures".to_owned(), figures.to_vec())]);
    let found = left.canaries.found(&places);
    assert!(found.is_none(), "{state}: {}", found.unwrap_or_default());
    // Any of them would have been seen.
    for canary in WORDS {
        let planted = [("a place".to_owned(), format!("…{canary}…").into_bytes())];
        assert!(left.canaries.found(&planted).is_some());
    }
}

/// No plaintext and no key in the relay's database, write-ahead log, log or metrics; and whoever was removed opens
/// nothing that came later.
///
/// Holds: I9, I10
#[tokio::test(flavor = "multi_thread")]
async fn neither_words_nor_keys_come_to_lie_at_a_relay_with_its_own_file() {
    let mut relay = Relay::talkative(&["--metrics", "127.0.0.1:0", "--log-format", "json"]);
    let left = tokio::task::LocalSet::new().run_until(Box::pin(story(&relay))).await;
    let figures = relay.figures().into_bytes();
    assert!(figures.len() > 2_000, "there are no figures");
    for state in ["running", "stopped"] {
        let places = files(relay.data());
        if state == "running" {
            assert!(places.iter().any(|(name, _)| name.ends_with("-wal")), "no write-ahead log");
        }
        scan(&left, state, places, &relay, &figures);
        block_in_place(|| relay.stop());
    }
}

/// The same where the rows lie in PostgreSQL: its data folder with the write-ahead log, its own log with every
/// statement and every value, and what its tables hold, unpacked.
///
/// Holds: I9, I10
#[tokio::test(flavor = "multi_thread")]
async fn neither_words_nor_keys_come_to_lie_at_a_relay_on_postgresql() {
    let settings = "log_statement = all\nlog_parameter_max_length = -1\nlog_min_messages = debug1";
    let Some(cluster) = Cluster::start_with(settings) else { return };
    let database = cluster.database();
    let options = ["--metrics", "127.0.0.1:0", "--database", &database];
    let mut relay = Relay::talkative(&options);
    let left = tokio::task::LocalSet::new().run_until(Box::pin(story(&relay))).await;
    let figures = relay.figures().into_bytes();
    for state in ["running", "stopped"] {
        // Pages that only memory has come to lie in the files.
        cluster.sql("test0", "CHECKPOINT");
        let mut places = files(cluster.folder());
        for part in ["/data/base/", "/data/pg_wal/", "/log"] {
            let own: Vec<_> =
                places.iter().filter(|(name, _)| name.contains(part)).cloned().collect();
            assert!(is_seen(&left.space.0, &own), "{state}: nothing is seen in {part}");
        }
        places.extend(tables(&cluster, "test0"));
        places.extend(files(relay.data()));
        scan(&left, state, places, &relay, &figures);
        block_in_place(|| relay.stop());
    }
}

/// What the tables hold: in the files large values may be compressed.
fn tables(cluster: &Cluster, database: &str) -> Vec<Place> {
    let own = "SELECT schemaname || '.' || tablename FROM pg_tables \
               WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
    let names = cluster.sql(database, own);
    let tables: Vec<Place> = names
        .lines()
        .map(|name| {
            (format!("table {name}"), cluster.sql(database, &format!("TABLE {name}")).into_bytes())
        })
        .collect();
    assert!(tables.len() > 5, "{names}");
    tables
}
