//! Envelopes as they lie in the log, and the bodies in them.
//!
//! First byte even: the rest is an envelope. Odd: the rest is what a member has sealed under a good header
//! without keeping to the form (a length, deflate, padding).

use std::sync::LazyLock;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use miniz_oxide::deflate::compress_to_vec;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use replica::chunk::{decode_changes, encode_changes};
use replica::keys::{DeviceSecrets, EpochKey};
use replica::{Snapshot, seal};
use sha2::Sha256;
use wire::{
    Envelope, HEADER_VERSION, Hash, Header, LogId, RowKind, Seen, SessionId, SpaceId, Tag, label,
    limits,
};

use crate::corpus::{golden, goldens};
use crate::{Memory, Target, cut};

pub(crate) const TARGET: Target = Target {
    name: "envelope",
    run,
    seeds,
    // The largest payload there may be, as it is inflated and as its parts.
    memory: Memory { base: 3 * limits::MAX_INFLATED + (1 << 20), each: 64 },
};

fn run(input: &[u8]) -> bool {
    match cut::first(input) {
        Some((how, rest)) if how % 2 == 0 => as_it_came(rest),
        Some((_, rest)) => sealed_by_a_member(rest),
        None => false,
    }
}

fn as_it_came(bytes: &[u8]) -> bool {
    let Ok(envelope) = Envelope::parse(bytes) else { return false };
    assert_eq!(envelope.bytes(), bytes);
    assert_eq!(envelope.header.encode(), envelope.header_bytes(), "another encoding was accepted");
    assert!(envelope.header_bytes().len() <= limits::MAX_HEADER);
    assert!(envelope.body().len() < bytes.len());
    let member = &*MEMBER;
    if envelope.verify().is_ok() && envelope.header.device == member.secrets.device() {
        // Nobody but the member signs in the member's name.
        assert_eq!(bytes, member.envelope, "a forged signature");
    }
    if seal::open(&envelope, &member.key).is_ok() {
        let good = Envelope::parse(&member.envelope).expect("an envelope");
        let parts = (envelope.header_bytes(), envelope.body());
        assert_eq!(parts, (good.header_bytes(), good.body()), "a forged body");
    }
    true
}

fn sealed_by_a_member(framed: &[u8]) -> bool {
    let member = &*MEMBER;
    let envelope = member.seals(framed);
    if envelope.len() > limits::MAX_ENVELOPE {
        return false;
    }
    let envelope = Envelope::parse(&envelope).expect("a good header");
    let Ok(payload) = seal::open(&envelope, &member.key) else { return false };
    assert!(payload.len() <= limits::MAX_INFLATED);
    if let Ok(changes) = decode_changes(&payload) {
        assert!(changes.iter().all(|change| change.len() <= limits::MAX_CHANGE));
        assert_eq!(encode_changes(&changes), Ok(payload.clone()));
    }
    if let Ok(snapshot) = Snapshot::decode(&payload) {
        assert_eq!(snapshot.encode(), payload);
    }
    true
}

static MEMBER: LazyLock<Member> = LazyLock::new(Member::new);

/// A device whose keys are in the wrong hands.
struct Member {
    secrets: DeviceSecrets,
    key: EpochKey,
    /// The same, to be used wrongly.
    raw_key: [u8; 32],
    /// An envelope that it made.
    envelope: Vec<u8>,
}

impl Member {
    fn new() -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let secrets = DeviceSecrets::make(&mut rng);
        let mut raw_key = [0; 32];
        rng.clone().fill_bytes(&mut raw_key);
        let key = EpochKey::make(&mut rng);
        let payload = b"\0\0\0\x0ba raw change\0\0\0\x05other";
        let envelope = seal::seal(&header(&secrets), payload, &key, &secrets, &mut rng);
        Self { envelope: envelope.expect("small enough"), secrets, key, raw_key }
    }

    /// An envelope around a plain text of whatever form.
    fn seals(&self, framed: &[u8]) -> Vec<u8> {
        let header = header(&self.secrets);
        let mut key = [0; 32];
        let info = [label::EPOCH_BODY_KEY, header.space.as_ref()];
        Hkdf::<Sha256>::new(None, &self.raw_key)
            .expand_multi_info(&info, &mut key)
            .expect("32 bytes are few");
        let header = header.encode();
        let nonce = [7; 24];
        let aad = [label::ENVELOPE_BODY, &header].concat();
        let sealed = XChaCha20Poly1305::new(&key.into())
            .encrypt(&XNonce::from(nonce), Payload { msg: framed, aad: &aad })
            .expect("small enough");
        let body = [&nonce[..], &sealed].concat();
        let signature = self.secrets.sign(&Envelope::signing_input(&header, &body));
        Envelope::assemble(header, body, signature)
    }
}

fn header(secrets: &DeviceSecrets) -> Header {
    Header {
        version: HEADER_VERSION,
        check: 1,
        space: SpaceId([0x51; 32]),
        log: LogId([0x10; 16]),
        tag: Tag([0x7a; 16]),
        kind: RowKind::Changes,
        epoch: 1,
        device: secrets.device(),
        session: SessionId([0x5e; 16]),
        counter: 1,
        seen: Seen { seq: 41, chain: Hash([0xca; 32]) },
        covers: None,
        after: None,
        attests: None,
        begins: None,
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let mut whole =
        vec![MEMBER.envelope.clone(), golden("replica/tests/golden/sealed_envelope.hex")];
    whole.push(golden("wire/tests/golden/envelope.hex"));
    for header in goldens("wire/tests/golden", "header") {
        whole.push(Envelope::assemble(header, b"sealed".to_vec(), [7; 64]));
    }
    let plain =
        [&b"\0\0\0\x02ab\0\0\0\x01c"[..], b"\0\0\0\0document", &[0; 70_000]].map(|payload| {
            let deflated = compress_to_vec(payload, 6);
            let mut framed = (deflated.len() as u32).to_be_bytes().to_vec();
            framed.extend(deflated);
            framed.resize(256, 0);
            framed
        });
    let led = |how: u8, bytes: &Vec<u8>| [&[how], bytes.as_slice()].concat();
    let whole = whole.iter().map(|bytes| led(0, bytes));
    whole.chain(plain.iter().map(|bytes| led(1, bytes))).collect()
}
