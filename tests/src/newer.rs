//! A colleague whose app is newer than this one: it seals and sends what this version would not
//! write.

use device::memory::{Memory, OpenVault, finish};
use device::{Table, Vault};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use replica::check::CHECK_VERSION;
use replica::seal::seal;
use replica::{DeviceSecrets, KeyRing, chunk, founding};
use wire::{
    ClientFrame, HEADER_VERSION, Header, PROTOCOL, RelayFrame, RowKind, Seen, SessionId, Tag,
    connect_input,
};

use crate::colleague::Colleague;
use crate::raw::Raw;
use crate::relay::Relay;

/// Sends the changes of one new document in the name of `colleague`, who has read the whole log.
/// That device does not know the session, so the colleague must not sync afterwards.
///
/// # Panics
/// If the relay does not take it.
pub async fn send(relay: &Relay, colleague: &Colleague, changes: &[Vec<u8>]) {
    let device = colleague.device();
    let secrets = DeviceSecrets::decode(&secret(device.storage(), "device")).expect("own keys");
    let ring = KeyRing::decode(&secret(device.storage(), "ring")).expect("the keys of the space");
    let place = device.place().expect("a member");
    let log = place.log.expect("a log that was read");

    let mut raw = Raw::connect(relay).await;
    let input = connect_input(raw.nonce(), &place.space, &device.origin(), &secrets.device());
    let connect = ClientFrame::Connect {
        version: *PROTOCOL.end(),
        space: place.space,
        origin: device.origin(),
        device: secrets.device(),
        as_invite: false,
        cursor: place.cursor,
        log: Some(log),
        signature: secrets.sign(&input),
    };
    let answer = raw.say(&connect).await;
    assert!(matches!(answer, Some(RelayFrame::Connected { .. })), "{answer:?}");

    let mut rng = ChaCha20Rng::from_seed(*raw.nonce());
    let (mut tag, mut session) = ([0; 16], [0; 16]);
    rng.fill_bytes(&mut tag);
    rng.fill_bytes(&mut session);
    let header = Header {
        version: HEADER_VERSION,
        check: CHECK_VERSION,
        space: place.space,
        log,
        tag: Tag(tag),
        kind: RowKind::Changes,
        epoch: place.roster.epoch(),
        device: secrets.device(),
        session: SessionId(session),
        counter: 1,
        seen: Seen { seq: place.cursor, chain: place.chain },
        covers: None,
        attests: None,
        begins: None,
        after: None,
    };
    let payload = chunk::encode_changes(changes).expect("changes that fit");
    let key = founding::current_key(&place.roster, &ring).expect("the current key");
    let envelope = seal(&header, &payload, key, &secrets, &mut rng).expect("small enough");
    let answer = raw.say(&ClientFrame::Append { envelope }).await;
    assert!(matches!(answer, Some(RelayFrame::Appended { counter: 1, .. })), "{answer:?}");
}

fn secret(storage: &Memory, name: &str) -> Vec<u8> {
    let wrapped = storage.peek(Table::Keys).remove(name).expect("a stored key");
    finish(OpenVault::default().unwrap(&wrapped)).expect("an open vault")
}
