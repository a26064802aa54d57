//! Records of a roster, one after the other, as a device and the relay apply them.
//!
//! An input is a chain of [pieces](cut::pieces). Bit 0 of a piece's first byte unset: a record as it came.
//! Set: the body of a record, which its author signs, and the author's app is honest about
//! the roster's head and the invite it uses (bit 1), the current epoch (bit 2), and whom the next key is
//! sealed to (bit 3). Bit 4: the last signature is somebody else's.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use ed25519_dalek::{Signer, SigningKey};
use wire::roster::{Body, Record, Recovery, Rotation, Sealed};
use wire::{DeviceKey, Epoch, Hash, Role, Roster, limits};

use crate::corpus::golden;
use crate::{Memory, Target, cut};

pub(crate) const TARGET: Target = Target {
    name: "roster",
    run,
    seeds,
    // Twice the roster beside the one before, for each record.
    memory: Memory { base: 1 << 20, each: 512 },
};

const BODY: u8 = 1;
const ON_HEAD: u8 = 2;
const IN_EPOCH: u8 = 4;
const COVERING: u8 = 8;
const FORGED: u8 = 16;

fn run(input: &[u8]) -> bool {
    let mut roster: Option<Roster> = None;
    let mut records: Vec<Vec<u8>> = Vec::new();
    let mut refused = false;
    for (how, piece) in cut::pieces(input) {
        let Some(record) = record(how, piece, roster.as_ref()) else {
            refused = true;
            continue;
        };
        let before = roster.clone();
        let applied = match &mut roster {
            None => Roster::start(&record).map(|begun| roster = Some(begun)).is_ok(),
            Some(roster) => roster.apply(&record).is_ok(),
        };
        if !applied {
            refused = true;
            assert_eq!(roster, before, "a refused record changed the roster");
            continue;
        }
        assert!(how & (BODY | FORGED) != BODY | FORGED, "a forged signature");
        let after = roster.as_mut().expect("it began");
        promises(after, before.as_ref(), &record);
        records.push(record.clone());
        let kept = after.clone();
        assert!(after.apply(&record).is_err(), "a record counts twice");
        assert_eq!(*after, kept);
    }
    // Whoever reads the same records comes to the same roster.
    if let (Some(roster), [first, rest @ ..]) = (roster, records.as_slice()) {
        let mut again = Roster::start(first).expect("it began so");
        for record in rest {
            again.apply(record).expect("it counted");
        }
        assert_eq!(again, roster);
    }
    !refused && !records.is_empty()
}

/// What later code builds on.
fn promises(roster: &Roster, before: Option<&Roster>, record: &[u8]) {
    assert!(record.len() <= limits::MAX_RECORD);
    assert_eq!(roster.head(), Record::hash_of(record));
    assert_eq!(Roster::decode(&roster.encode()).as_ref().ok(), Some(roster));
    assert!(roster.members().any(|member| member.role == Role::Owner), "no owner is left");
    assert!((1..=roster.epoch()).all(|epoch| roster.epoch_commit(epoch).is_some()));
    let active: BTreeSet<DeviceKey> = roster.devices().map(|device| device.key).collect();
    assert!(active.iter().all(|key| roster.removal(key).is_none()));
    assert!(roster.kit().is_none_or(|kit| !active.contains(&kit.key)), "the kit is a device");
    let Some(before) = before else { return };
    assert_eq!(roster.records().len(), before.records().len() + 1);
    assert!(roster.records().starts_with(before.records()));
    assert!((before.epoch()..=before.epoch() + 1).contains(&roster.epoch()));
    for (device, _) in before.gone_devices() {
        assert!(!active.contains(&device.key), "somebody who went is back");
    }
    // Who goes by somebody's decision takes no later key along.
    let removed =
        before.devices().any(|device| roster.removal(&device.key).is_some_and(|it| !it.left));
    assert!(!removed || roster.epoch() == before.epoch() + 1, "removed, and the key is the same");
    assert!(!removed || !roster.owes_rotation());
}

/// `None` if there is nothing that could be signed.
fn record(how: u8, piece: &[u8], roster: Option<&Roster>) -> Option<Vec<u8>> {
    if how & BODY == 0 {
        return Some(piece.to_vec());
    }
    let mut body: Body = minicbor::decode(piece).ok()?;
    if let Some(roster) = roster {
        mend(&mut body, how, roster);
    }
    let mut signers = signers(&body, roster)?;
    if how & FORGED != 0 {
        let last = signers.last_mut()?;
        *last = if *last == &KEYS[0] { &KEYS[1] } else { &KEYS[0] };
    }
    let unsigned = Record::unsigned(&body);
    let input = unsigned.signing_input();
    let signatures: Vec<_> = signers.iter().map(|key| key.sign(&input).to_bytes()).collect();
    Some(unsigned.assemble(&signatures))
}

fn mend(body: &mut Body, how: u8, roster: &Roster) {
    if how & ON_HEAD != 0 {
        if let Some(prev) = prev(body) {
            *prev = roster.head();
        }
        if let Body::Join(wire::roster::Join { invite, .. })
        | Body::Revoke(wire::roster::Revoke { invite, .. }) = body
        {
            let invites: Vec<Hash> = roster.invites().map(|(hash, _)| hash).collect();
            if !invites.is_empty() && roster.invite(invite).is_none() {
                *invite = invites[usize::from(invite.0[0]) % invites.len()];
            }
        }
    }
    if how & IN_EPOCH != 0
        && let Some(epoch) = epoch(body)
    {
        *epoch = roster.epoch();
    }
    let going = if let Body::Remove(remove) = &*body { remove.devices.clone() } else { vec![] };
    if how & COVERING != 0
        && let Body::Remove(wire::roster::Remove { rotation, .. })
        | Body::Rotate(wire::roster::Rotate { rotation, .. }) = body
    {
        cover(rotation, roster, &going);
    }
}

/// What an honest app writes into a rotation.
fn cover(rotation: &mut Rotation, roster: &Roster, going: &[DeviceKey]) {
    let stay = roster.devices().filter(|device| !going.contains(&device.key));
    let sealed = |device: wire::Device| Sealed { device: device.key, sealed_key: vec![0xe5; 80] };
    rotation.sealed = stay.map(sealed).collect();
    rotation.epoch = roster.epoch() + 1;
    let kit = roster.kit().filter(|_| !roster.exposes_kit(going));
    let known = roster.kit().map(|kit| kit.key);
    rotation.recovery = match kit {
        Some(kit) => {
            Some(Recovery { key: kit.key, seal_key: kit.seal_key, sealed_key: vec![0xe0; 80] })
        }
        // Another one, or none: the one there is may be known to somebody who goes.
        None => rotation.recovery.take().filter(|new| Some(new.key) != known),
    };
}

fn prev(body: &mut Body) -> Option<&mut Hash> {
    match body {
        Body::Found(_) => None,
        Body::Invite(body) => Some(&mut body.prev),
        Body::Revoke(body) => Some(&mut body.prev),
        Body::Join(body) => Some(&mut body.prev),
        Body::LinkDevice(body) => Some(&mut body.prev),
        Body::SetRole(body) => Some(&mut body.prev),
        Body::Remove(body) => Some(&mut body.prev),
        Body::Leave(body) => Some(&mut body.prev),
        Body::Rotate(body) => Some(&mut body.prev),
    }
}

fn epoch(body: &mut Body) -> Option<&mut Epoch> {
    match body {
        Body::Invite(body) => Some(&mut body.epoch),
        Body::Join(body) => Some(&mut body.epoch),
        Body::LinkDevice(body) => Some(&mut body.epoch),
        _ => None,
    }
}

/// The keys that must sign, if somebody here has them.
fn signers(body: &Body, roster: Option<&Roster>) -> Option<Vec<&'static SigningKey>> {
    let door = |invite: &Hash| Some(roster?.invite(invite)?.invite.invite_key);
    let keys = match body {
        Body::Found(body) => vec![body.device],
        Body::Invite(body) => vec![body.by],
        Body::Revoke(body) => vec![body.by],
        Body::Join(body) => vec![door(&body.invite)?, body.device],
        Body::LinkDevice(body) => vec![body.by, body.device],
        Body::SetRole(body) => vec![body.by],
        Body::Remove(body) => vec![body.by],
        Body::Leave(body) => vec![body.by],
        Body::Rotate(body) => vec![body.by],
    };
    keys.iter().map(|key| OWNERS.get(key).map(|at| &KEYS[*at])).collect()
}

/// The keys with which the golden files are signed, and many more: the `n`-th is made of bytes `n`.
static KEYS: LazyLock<Vec<SigningKey>> =
    LazyLock::new(|| (0..=255).map(|n| SigningKey::from_bytes(&[n; 32])).collect());

static OWNERS: LazyLock<HashMap<DeviceKey, usize>> = LazyLock::new(|| {
    let keys = KEYS.iter().map(|key| DeviceKey(key.verifying_key().to_bytes()));
    keys.zip(0..).collect()
});

fn seeds() -> Vec<Vec<u8>> {
    const HONEST: u8 = BODY | ON_HEAD | IN_EPOCH | COVERING;
    const TEAM: [&str; 3] = ["found_with_kit", "invite", "join"];
    let body = |name: &str| {
        let record = golden(&format!("wire/tests/golden/record_{name}.hex"));
        minicbor::to_vec(&Record::parse(&record).expect("a record").body).expect("memory")
    };
    let story = |names: &[&str]| {
        let bodies: Vec<_> = TEAM.iter().chain(names).map(|name| body(name)).collect();
        cut::join(bodies.iter().map(|body| (HONEST, body.as_slice())))
    };
    let raw = ["found", "found_with_kit", "join"].map(|name| {
        let record = golden(&format!("wire/tests/golden/record_{name}.hex"));
        cut::join([(0, record.as_slice())])
    });
    let mut seeds = Vec::from(raw);
    seeds.extend([
        story(&["set_role", "link_device", "remove"]),
        story(&["set_role", "recover", "rotate", "leave"]),
        story(&["invite_for_device", "link_device", "rotate", "remove"]),
        story(&["invite_for_device", "revoke"]),
    ]);
    seeds
}
