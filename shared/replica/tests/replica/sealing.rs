//! Sealing, wrapping and the forms of secrets, by properties.

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use replica::keys::KeyError;
use replica::wrap::{Scope, WrapContext, WrapError, unwrap, wrap};
use replica::{DeviceSecrets, EpochKey, InviteSecret, KeyRing, chunk, seal};
use wire::{
    DeviceKey, Envelope, HEADER_VERSION, Hash, Header, LogId, RowKind, Seen, SessionId, SpaceId,
    Tag, limits,
};

fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

pub(crate) fn header(device: DeviceKey) -> Header {
    Header {
        version: HEADER_VERSION,
        check: 1,
        space: SpaceId([1; 32]),
        log: LogId([2; 16]),
        tag: Tag([3; 16]),
        kind: RowKind::Changes,
        epoch: 1,
        device,
        session: SessionId([4; 16]),
        counter: 5,
        seen: Seen { seq: 6, chain: Hash([7; 32]) },
        covers: None,
        attests: None,
        begins: None,
        after: None,
    }
}

proptest! {
    #[test]
    fn what_was_sealed_opens(payload in prop::collection::vec(any::<u8>(), 0..5_000), seed: u64) {
        let mut rng = rng(seed);
        let secrets = DeviceSecrets::make(&mut rng);
        let key = EpochKey::make(&mut rng);
        let sealed = seal::seal(&header(secrets.device()), &payload, &key, &secrets, &mut rng);
        let envelope = Envelope::parse(&sealed.unwrap()).unwrap();
        prop_assert!(envelope.verify().is_ok());
        prop_assert_eq!(seal::open(&envelope, &key), Ok(payload.clone()));
        let wrong = EpochKey::make(&mut rng);
        prop_assert_eq!(seal::open(&envelope, &wrong), Err(seal::OpenError::Sealed));
        let tampered = Envelope::assemble(
            Header { counter: 6, ..envelope.header.clone() }.encode(),
            envelope.body().to_vec(),
            [0; 64],
        );
        let tampered = Envelope::parse(&tampered).unwrap();
        prop_assert_eq!(seal::open(&tampered, &key), Err(seal::OpenError::Sealed));
    }

    #[test]
    fn changes_come_back(changes in prop::collection::vec(
        prop::collection::vec(any::<u8>(), 1..200), 1..20)
    ) {
        let payload = chunk::encode_changes(&changes).unwrap();
        prop_assert_eq!(chunk::decode_changes(&payload), Ok(changes));
    }

    #[test]
    fn no_bytes_make_a_decoder_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = chunk::decode_changes(&bytes);
        let _ = DeviceSecrets::decode(&bytes);
        let _ = KeyRing::decode(&bytes);
        let _ = replica::Place::decode(&bytes);
        let _ = replica::InviteLink::parse(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_wrapped_key_opens_in_its_own_place_only(seed: u64) {
        let mut rng = rng(seed);
        let [secrets, other] = [(); 2].map(|()| DeviceSecrets::make(&mut rng));
        let key = EpochKey::make(&mut rng);
        let (space, previous) = (SpaceId([1; 32]), Hash([2; 32]));
        let context =
            WrapContext { scope: Scope::Space(&space), epoch: 3, previous: &previous };
        let wrapped = wrap(&key, &secrets.seal_key(), context, &mut rng).unwrap();
        prop_assert_eq!(wrapped.len(), 80);
        prop_assert_eq!(unwrap(&wrapped, &secrets, context), Ok(key));
        let fails = |wrapped: &[u8], secrets, context| {
            unwrap(wrapped, secrets, context) == Err(WrapError::Unopenable)
        };
        prop_assert!(fails(&wrapped, &other, context));
        let (elsewhere, later) = (SpaceId([9; 32]), Hash([9; 32]));
        let wrong = WrapContext { scope: Scope::Space(&elsewhere), ..context };
        prop_assert!(fails(&wrapped, &secrets, wrong));
        let wrong = WrapContext { epoch: 4, ..context };
        prop_assert!(fails(&wrapped, &secrets, wrong));
        let wrong = WrapContext { previous: &later, ..context };
        prop_assert!(fails(&wrapped, &secrets, wrong));
        prop_assert!(fails(&wrapped[..79], &secrets, context));
        for at in 0..80 {
            let mut flipped = wrapped.clone();
            flipped[at] ^= 1 << (seed % 8);
            // X25519 ignores the highest bit of a public key, HPKE does not.
            prop_assert!(fails(&flipped, &secrets, context), "byte {}", at);
        }
    }
}

#[test]
fn equal_payloads_never_seal_alike() {
    let mut rng = rng(1);
    let secrets = DeviceSecrets::make(&mut rng);
    let key = EpochKey::make(&mut rng);
    let header = header(secrets.device());
    let [one, two] =
        [(); 2].map(|()| seal::seal(&header, b"same", &key, &secrets, &mut rng).unwrap());
    assert_ne!(one, two);
    assert_eq!(one.len(), two.len());
}

#[test]
fn a_single_edit_shows_no_length() {
    let mut rng = rng(1);
    let secrets = DeviceSecrets::make(&mut rng);
    let key = EpochKey::make(&mut rng);
    let header = header(secrets.device());
    let mut length = |size: usize| {
        let payload: Vec<u8> = (0..size).map(|n| (n * 151) as u8).collect();
        seal::seal(&header, &payload, &key, &secrets, &mut rng).unwrap().len()
    };
    assert_eq!(length(1), length(200));
    assert!(length(200) < length(2_000));
}

#[test]
fn a_body_that_inflates_without_end_is_refused() {
    let mut rng = rng(1);
    let secrets = DeviceSecrets::make(&mut rng);
    let key = EpochKey::make(&mut rng);
    let header = header(secrets.device());
    let zeros = vec![0; limits::MAX_INFLATED];
    let envelope = seal::seal(&header, &zeros, &key, &secrets, &mut rng).unwrap();
    let envelope = Envelope::parse(&envelope).unwrap();
    assert_eq!(seal::open(&envelope, &key).map(|payload| payload.len()), Ok(zeros.len()));
    let more = vec![0; limits::MAX_INFLATED + 1];
    let refused = seal::seal(&header, &more, &key, &secrets, &mut rng);
    assert_eq!(refused, Err(seal::SealError::TooLarge));
    let noise: Vec<u8> = {
        use rand_chacha::rand_core::Rng;
        let mut noise = vec![0; limits::MAX_ENVELOPE];
        rng.fill_bytes(&mut noise);
        noise
    };
    let refused = seal::seal(&header, &noise, &key, &secrets, &mut rng);
    assert_eq!(refused, Err(seal::SealError::TooLarge));
}

#[test]
fn stored_secrets_come_back_and_damage_is_noticed() {
    let mut rng = rng(1);
    let secrets = DeviceSecrets::make(&mut rng);
    let mut ring = KeyRing::new();
    ring.insert(Hash([1; 32]), 1, EpochKey::make(&mut rng));
    ring.insert(Hash([2; 32]), 1, EpochKey::make(&mut rng));
    let stored = secrets.encode();
    let again = DeviceSecrets::decode(&stored).unwrap();
    assert_eq!((again.device(), again.seal_key()), (secrets.device(), secrets.seal_key()));
    assert_eq!(KeyRing::decode(&ring.encode()), Ok(ring.clone()));

    let check = |bytes: &[u8], expected| {
        assert_eq!(DeviceSecrets::decode(bytes).unwrap_err(), expected);
        assert_eq!(KeyRing::decode(bytes).unwrap_err(), expected);
    };
    check(b"", KeyError::Damaged);
    check(&[0x83, 2, 0], KeyError::Newer { version: 2 });
    check(&[0x83, 0, 0], KeyError::Damaged);
    for bytes in [&stored, &ring.encode()] {
        check(&bytes[..bytes.len() - 1], KeyError::Damaged);
        check(&[&bytes[..], &[0]].concat(), KeyError::Damaged);
    }
}

#[test]
fn secrets_show_nothing() {
    let mut rng = rng(1);
    let secrets = DeviceSecrets::make(&mut rng);
    let key = EpochKey::make(&mut rng);
    let mut ring = KeyRing::new();
    ring.insert(Hash([0xab; 32]), 1, key.clone());
    assert_eq!(format!("{secrets:?}"), "DeviceSecrets(hidden)");
    assert_eq!(format!("{key:?}"), "EpochKey(hidden)");
    assert_eq!(format!("{:?}", InviteSecret::make(&mut rng)), "InviteSecret(hidden)");
    let shown = format!("{ring:?}");
    assert_eq!(shown, format!("KeyRing {{1: {:?}}}", Hash([0xab; 32])));
}

#[test]
fn derived_keys_are_the_same_for_ever_and_apart_from_each_other() {
    let secret = InviteSecret::make(&mut rng(1));
    let (one, two) = (secret.derive_keys(), secret.derive_keys());
    assert_eq!((one.device(), one.seal_key()), (two.device(), two.seal_key()));
    assert_ne!(one.device().0, one.seal_key().0);
    let other = InviteSecret::make(&mut rng(2)).derive_keys();
    assert_ne!(one.device(), other.device());
}
