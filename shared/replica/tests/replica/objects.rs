//! Attachments, sealed.

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use replica::object::{make, open};
use replica::seal::{OpenError, SealError};
use replica::{DropSecret, ObjectKey, SealedObject, drop};

const CHUNK: usize = (64 << 10) + 16;

fn sealed(content: &[u8]) -> SealedObject {
    make(content, &mut ChaCha8Rng::seed_from_u64(7)).unwrap()
}

#[test]
fn what_was_sealed_opens_and_its_length_shows_little() {
    for (length, expected) in [
        (0, 256 + 16),
        (1, 256 + 16),
        (248, 256 + 16),
        (249, 272 + 16),
        ((64 << 10) - 8, (64 << 10) + 16),
        ((64 << 10) - 7, 67_584 + 2 * 16),
        (1_000_000, 1_015_808 + 16 * 16),
    ] {
        let content: Vec<u8> = (0..length).map(|n: u64| n as u8).collect();
        let made = sealed(&content);
        assert_eq!(made.sealed.len(), expected, "{length}");
        assert_eq!(replica::object::sealed_length(length), expected as u64);
        assert_eq!(wire::object_address(&made.sealed), made.address);
        assert_eq!(open(&made.sealed, &made.key).unwrap(), content);
    }
    let most = usize::try_from(wire::limits::MAX_OBJECT).unwrap();
    let large = make(&vec![0; most], &mut ChaCha8Rng::seed_from_u64(7));
    assert!(matches!(large, Err(SealError::TooLarge)));
}

#[test]
fn no_other_bytes_and_no_other_key_open_it() {
    let content: Vec<u8> = (0..150_000_u32).map(|n| n as u8).collect();
    let SealedObject { key, sealed, .. } = sealed(&content);
    let check = |what: &str, bytes: &[u8]| {
        assert_eq!(open(bytes, &key), Err(OpenError::Sealed), "{what}");
    };
    let (first, rest) = sealed.split_at(CHUNK);
    let (second, third) = rest.split_at(CHUNK);
    check("nothing", &[]);
    check("cut after a chunk", &[first, second].concat());
    check("chunks exchanged", &[second, first, third].concat());
    check("a chunk left out", &[first, third].concat());
    check("a chunk twice", &[first, second, second, third].concat());
    check("something behind it", &[&sealed[..], &[0]].concat());
    for bit in (0..sealed.len() * 8).step_by(9_973) {
        let mut flipped = sealed.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        check("a flipped bit", &flipped);
    }
    let other = ObjectKey::parse(&"5a".repeat(32)).unwrap();
    assert_eq!(open(&sealed, &other), Err(OpenError::Sealed));
}

#[test]
fn a_key_is_a_text_and_shows_nothing() {
    let key = sealed(b"x").key;
    assert!(ObjectKey::parse(&key.to_text()) == Some(key.clone()));
    assert_eq!(format!("{key:?}"), "ObjectKey(hidden)");
    for wrong in ["", "5a", &"5a".repeat(33), &"zz".repeat(32)] {
        assert!(ObjectKey::parse(wrong).is_none(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_refused_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..70_000)) {
        let key = ObjectKey::parse(&"5a".repeat(32)).unwrap();
        prop_assert!(open(&bytes, &key).is_err());
    }
}

#[test]
fn an_answer_opens_for_its_drop_only() {
    let mut rng = ChaCha8Rng::seed_from_u64(8);
    let (space, drop) = (wire::SpaceId([1; 32]), wire::drop_digest(&[2; 32]));
    let secret = DropSecret::make(&mut rng);
    assert_eq!(format!("{secret:?}"), "DropSecret(hidden)");
    let kept = DropSecret::parse(&secret.to_text()).unwrap();
    assert_eq!(kept.public(), secret.public());
    let answer = b"4 of 5, and call me on Monday".to_vec();
    let sealed = drop::seal(&answer, &secret.public(), &space, &drop, &mut rng).unwrap();
    assert_eq!(sealed.len(), 32 + 256 + 16);
    assert_eq!(drop::open(&sealed, &kept, &space, &drop), Ok(answer.clone()));

    let wrong = |sealed: &[u8], secret: &DropSecret, space: &wire::SpaceId, drop: &wire::Hash| {
        assert_eq!(drop::open(sealed, secret, space, drop), Err(OpenError::Sealed));
    };
    wrong(&sealed, &DropSecret::make(&mut rng), &space, &drop);
    wrong(&sealed, &kept, &wire::SpaceId([3; 32]), &drop);
    wrong(&sealed, &kept, &space, &wire::drop_digest(&[3; 32]));
    for byte in 0..sealed.len() {
        let mut flipped = sealed.clone();
        flipped[byte] ^= 1;
        wrong(&flipped, &kept, &space, &drop);
        wrong(&sealed[..byte], &kept, &space, &drop);
    }
    let large = vec![0; wire::limits::MAX_DROP];
    let refused = drop::seal(&large, &secret.public(), &space, &drop, &mut rng);
    assert_eq!(refused, Err(SealError::TooLarge));
}
