//! Attachments between whole devices and a real relay process: cut off, refused, restored.

use std::cell::RefCell;
use std::io::{Read, Write};
use std::net::TcpStream;

use device::transfer::{TransferError, sealed_length};
use device::{ObjectState, StorageError};
use handbook::records::Attachment;
use handbook::{DocumentId, Record, RecordId};
use rand_core::SeedableRng;
use replica::{DropSecret, ObjectKey, SealedObject};
use tests::colleague::{Colleague, now_ms};
use tests::raw::Raw;
use tests::relay::Relay;
use wire::limits::OBJECT_PIECE;
use wire::{ClientFrame, Refusal, RelayFrame};

const PIECE: u64 = OBJECT_PIECE as u64;
/// Greeting and being let in.
const GREETED: usize = 2;
const NO_END: usize = usize::MAX;

/// Bytes that look like none of the tests' others.
fn photo(bytes: usize) -> Vec<u8> {
    (0..bytes as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

/// How far a transfer says it is, from first to last.
#[derive(Default)]
struct Told(RefCell<Vec<u64>>);

impl Told {
    fn ear(&self) -> impl Fn(u64, u64) {
        |done, _| self.0.borrow_mut().push(done)
    }

    fn all(&self) -> Vec<u64> {
        self.0.take()
    }
}

/// What a device knows of an attachment by its record, and its content where it is here.
async fn seen(
    colleague: &Colleague,
    client: RecordId,
    name: &str,
) -> (SealedObject, Option<Vec<u8>>) {
    let rows = colleague.device().rows(DocumentId::Client(client)).await.unwrap();
    let mut rows = rows.iter().filter(|row| row.kind == Attachment::KIND);
    let row = rows.find(|row| row.get("name").as_text() == Some(name)).unwrap();
    let text = |field: &str| row.get(field).as_text().unwrap().to_owned();
    let (address, key) =
        (text("address").parse().unwrap(), ObjectKey::parse(&text("key")).unwrap());
    let content = colleague.device().open_object(&address, &key).await.unwrap();
    (SealedObject { address, key, sealed: Vec::new() }, content)
}

#[tokio::test]
async fn what_breaks_off_goes_on_where_it_was_in_both_directions() {
    let mut relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour Foods").await;
    anna.sync().await;
    let invitation = anna.invite().await;
    let mut bruno = Colleague::join(&invitation, "Bruno").await;
    let content = photo(1_000_000);
    let size = sealed_length(1_000_000);
    let address = anna.attach(client, "quay.jpg", &content).await.address;
    let waiting = [(address, ObjectState { size, here: size, held_in: None })];
    assert_eq!(anna.device().objects_to_send().await.unwrap(), waiting);
    anna.sync().await;
    bruno.sync().await;
    // The record is there before the bytes are, and says so.
    let (object, missing) = seen(&bruno, client, "quay.jpg").await;
    assert_eq!((object.address, missing), (address, None));
    let mut fetching = bruno.transfer(NO_END).await.unwrap();
    assert!(matches!(fetching.get(address, size, |_, _| ()).await, Err(TransferError::Absent)));

    // Up: the line breaks after three pieces, then the relay dies.
    let told = Told::default();
    let mut sending = anna.transfer(GREETED + 4).await.unwrap();
    let cut = sending.put(address, told.ear()).await;
    assert!(matches!(cut, Err(TransferError::Cut)));
    assert_eq!(told.all(), [0, PIECE, 2 * PIECE, 3 * PIECE]);
    relay.kill();
    assert!(matches!(anna.transfer(NO_END).await, Err(TransferError::Cut)));
    relay.start_again();
    // The fourth piece had arrived, and its answer had not.
    let held: u64 = relay.command_with(&["stats", "--json"]).lines().map(object_bytes).sum();
    assert!((3 * PIECE..=4 * PIECE).contains(&held), "{held}");
    let mut sending = anna.transfer(NO_END).await.unwrap();
    sending.put(address, told.ear()).await.unwrap();
    let all = told.all();
    assert_eq!(all.first(), Some(&held), "it began anew");
    assert_eq!(all.last(), Some(&size));
    assert_eq!(all.len() as u64, 1 + (size - held).div_ceil(PIECE));
    assert_eq!(anna.device().objects_to_send().await.unwrap(), []);
    // Asked again, one answer says that all is there.
    sending.put(address, told.ear()).await.unwrap();
    assert_eq!(told.all(), [size]);

    // Down: the same.
    let mut fetching = bruno.transfer(GREETED + 2).await.unwrap();
    let cut = fetching.get(address, size, told.ear()).await;
    assert!(matches!(cut, Err(TransferError::Cut)));
    assert_eq!(told.all(), [0, PIECE, 2 * PIECE]);
    assert_eq!(seen(&bruno, client, "quay.jpg").await.1, None);
    let mut fetching = bruno.transfer(NO_END).await.unwrap();
    fetching.get(address, size, told.ear()).await.unwrap();
    assert_eq!(told.all().first(), Some(&(2 * PIECE)));
    assert_eq!(seen(&bruno, client, "quay.jpg").await.1, Some(content));
    // What came from the relay need not go there.
    assert_eq!(bruno.device().objects_to_send().await.unwrap(), []);
}

/// The bytes of objects in a line of `stats --json`.
fn object_bytes(line: &str) -> u64 {
    let said = line.split_once("\"object_bytes\":").map_or("0", |(_, rest)| rest);
    let end = said.find(|c: char| !c.is_ascii_digit()).unwrap_or(said.len());
    said[..end].parse().unwrap()
}

#[tokio::test]
async fn a_relay_restored_from_before_gets_again_what_it_lost() {
    let mut relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour Foods").await;
    anna.sync().await;
    let invitation = anna.invite().await;
    let mut bruno = Colleague::join(&invitation, "Bruno").await;
    relay.stop();
    let backup = relay.backup();
    relay.start_again();
    let content = photo(300_000);
    let object = anna.attach(client, "quay.jpg", &content).await;
    anna.sync().await;
    anna.transfer(NO_END).await.unwrap().put(object.address, |_, _| ()).await.unwrap();
    assert_eq!(anna.device().objects_to_send().await.unwrap(), []);

    relay.stop();
    relay.restore(backup);
    relay.start_again();
    anna.sync().await;
    bruno.sync().await;
    let size = sealed_length(300_000);
    let mut fetching = bruno.transfer(NO_END).await.unwrap();
    let absent = fetching.get(object.address, size, |_, _| ()).await;
    assert!(matches!(absent, Err(TransferError::Absent)));
    let owed = anna.device().objects_to_send().await.unwrap();
    assert_eq!(owed.len(), 1, "nobody would send it again");
    anna.transfer(NO_END).await.unwrap().put(owed[0].0, |_, _| ()).await.unwrap();
    fetching.get(object.address, size, |_, _| ()).await.unwrap();
    assert_eq!(seen(&bruno, client, "quay.jpg").await.1, Some(content));

    // Erased, it is gone there; who has it has it.
    let mut erasing = bruno.transfer(NO_END).await.unwrap();
    erasing.erase(object.address).await.unwrap();
    bruno.device().forget_object(&object.address).await.unwrap();
    let absent = erasing.get(object.address, size, |_, _| ()).await;
    assert!(matches!(absent, Err(TransferError::Absent)));
    assert_eq!(bruno.device().objects().await.unwrap(), []);
}

#[tokio::test]
async fn a_full_relay_says_so_and_the_device_keeps_it() {
    let relay = Relay::bare(&["--object-bytes", "200KiB"]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour Foods").await;
    let small = anna.attach(client, "small.jpg", &photo(10_000)).await.address;
    let large = anna.attach(client, "large.jpg", &photo(400_000)).await.address;
    anna.sync().await;
    let mut sending = anna.transfer(NO_END).await.unwrap();
    let full = sending.put(large, |_, _| ()).await;
    assert!(matches!(full, Err(TransferError::Refused(Refusal::Quota))), "{full:?}");
    sending.put(small, |_, _| ()).await.unwrap();
    let owed = anna.device().objects_to_send().await.unwrap();
    assert_eq!(owed.iter().map(|(address, _)| *address).collect::<Vec<_>>(), [large]);
    assert_eq!(seen(&anna, client, "large.jpg").await.1, Some(photo(400_000)));
}

#[tokio::test]
async fn bytes_that_are_not_the_addresss_are_refused_by_both_sides() {
    let relay = Relay::bare(&[]);
    let mut anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let client = anna.add_client("Harbour Foods").await;
    anna.sync().await;
    let object = anna.attach(client, "quay.jpg", &photo(1_000)).await;
    // At the relay: a bit flipped on the way up.
    let mut raw = Raw::connect(&relay).await;
    let frame = |bytes: Vec<u8>| ClientFrame::PutObject {
        address: object.address,
        size: object.sealed.len() as u64,
        offset: 0,
        bytes,
    };
    let answer = raw.say(&frame(object.sealed.clone())).await;
    let refused = |reason| RelayFrame::Refused { hash: object.address, reason };
    assert_eq!(answer, Some(refused(Refusal::Malformed)), "nobody said who they are");
    let greeting = anna.greeting(raw.nonce()).await;
    assert!(matches!(raw.say(&greeting).await, Some(RelayFrame::Connected { .. })));
    let mut flipped = object.sealed.clone();
    flipped[500] ^= 4;
    assert_eq!(raw.say(&frame(flipped.clone())).await, Some(refused(Refusal::ObjectAddress)));
    let get = ClientFrame::GetObject { address: object.address, offset: 0, length: 100 };
    let absent = RelayFrame::ObjectAbsent { address: object.address };
    assert_eq!(raw.say(&get).await, Some(absent));
    let (address, held) = (object.address, object.sealed.len() as u64);
    let whole = raw.say(&frame(object.sealed.clone())).await;
    assert_eq!(whole, Some(RelayFrame::ObjectHeld { address, held }));
    let bytes = object.sealed[..100].to_vec();
    let range = RelayFrame::ObjectBytes { address, offset: 0, bytes };
    assert_eq!(raw.say(&get).await, Some(range));

    // On the device: a bit flipped on the way down. Nothing of it stays.
    let device = anna.device();
    device.forget_object(&address).await.unwrap();
    let taken = device.take_object_piece(address, held, 0, flipped, None).await;
    assert!(matches!(taken, Err(device::ObjectError::Damaged)), "{taken:?}");
    assert_eq!(device.object(&address).await, Ok::<_, StorageError>(None));
    let taken = device.take_object_piece(address, held, 0, object.sealed.clone(), None).await;
    assert!(taken.unwrap().is_here());
    assert_eq!(device.open_object(&address, &object.key).await.unwrap(), Some(photo(1_000)));
}

/// What the relay answers to a request without any account: its status, and what it says.
fn post(relay: &Relay, path: &str, body: &[u8]) -> (u16, String) {
    let address = relay.url().replace("http://localhost", "127.0.0.1");
    let mut socket = TcpStream::connect(&address).unwrap();
    let length = body.len();
    write!(
        socket,
        "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    // A relay that has refused a large body by its head does not read on.
    let _ = socket.write_all(body);
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    let said = answer.split_once("\r\n\r\n").map_or("", |(_, said)| said);
    (status.unwrap_or_else(|| panic!("{answer:?}")), said.to_owned())
}

/// Somebody without an account answers once, by a token; the team opens the answer and closes the drop.
#[tokio::test]
async fn an_answer_is_left_without_an_account_and_opened_by_the_team() {
    let relay = Relay::bare(&[]);
    let anna = Colleague::found(&relay, "Northwind", "Anna").await;
    let space = anna.device().place().unwrap().space;
    let mut raw = Raw::connect(&relay).await;
    let greeting = anna.greeting(raw.nonce()).await;
    raw.say(&greeting).await;
    let mut rng = rand_chacha::ChaCha20Rng::from_seed([5; 32]);
    let (secret, token) = (DropSecret::make(&mut rng), [9; 32]);
    let drop = wire::drop_digest(&token);
    let expires = now_ms() + 60_000;
    let opened = raw.say(&ClientFrame::OpenDrop { token: drop, expires }).await;
    assert_eq!(opened, Some(RelayFrame::DropOpened { token: drop, expires }));

    // The link has all that is needed: relay, space, token, public key.
    let answer = b"4 of 5, and call me on Monday";
    let sealed = replica::drop::seal(answer, &secret.public(), &space, &drop, &mut rng).unwrap();
    let path = format!("/drops/{space}");
    let body = |token: [u8; 32]| [&token[..], &sealed].concat();
    assert_eq!(post(&relay, "/drops/nonsense", &body(token)).0, 400);
    assert_eq!(post(&relay, &path, &token[..31]).0, 400);
    let (status, said) = post(&relay, &path, &body([8; 32]));
    assert_eq!(status, 404);
    assert!(said.contains("expired or was taken back"), "{said}");
    let large = [&token[..], &vec![0; wire::limits::MAX_DROP + 1]].concat();
    assert_eq!(post(&relay, &path, &large).0, 413);
    assert_eq!(post(&relay, &path, &body(token)), (204, String::new()));
    let (status, said) = post(&relay, &path, &body(token));
    assert_eq!((status, said.as_str()), (409, "This link has been used already.\n"));

    let pulled = raw.say(&ClientFrame::PullDrops { most: 10 }).await;
    let Some(RelayFrame::Drops { answers }) = pulled else { panic!("{pulled:?}") };
    assert_eq!(answers.len(), 1);
    let opened = replica::drop::open(&answers[0].sealed, &secret, &space, &answers[0].token);
    assert_eq!(opened.unwrap(), answer);
    let closed = raw.say(&ClientFrame::CloseDrop { token: drop }).await;
    assert_eq!(closed, Some(RelayFrame::DropClosed { token: drop }));
    assert_eq!(post(&relay, &path, &body(token)).0, 404);
}
