//! One of everything that is stored or sent.

use ed25519_dalek::Signer;
use wire::roster::{Body, Recovery};
use wire::{
    Begins, ClientFrame, CloseReason, DeviceKey, DropAnswer, Envelope, HEADER_VERSION, Hash,
    Header, Life, LogId, Refusal, RelayFrame, Role, Row, RowBody, RowKind, SealKey, Seen,
    SessionId, SpaceId, Tag,
};

use crate::team::{
    ada, ben, cleo, found, founded, invite, invite_key, invites, join, kit, leave, link_device,
    recovery, remove, revoke, rotate, set_role, signed, team, team_with_kit,
};

pub(crate) fn header() -> Header {
    Header {
        version: HEADER_VERSION,
        check: 1,
        space: SpaceId([0x51; 32]),
        log: LogId([0x10; 16]),
        tag: Tag([0x7a; 16]),
        kind: RowKind::Changes,
        epoch: 1,
        device: ada().key(),
        session: SessionId([0x5e; 16]),
        counter: 1,
        seen: Seen { seq: 41, chain: Hash([0xca; 32]) },
        covers: None,
        attests: None,
        begins: None,
        after: None,
    }
}

pub(crate) fn snapshot_header() -> Header {
    Header { kind: RowKind::Snapshot, covers: Some(40), ..header() }
}

pub(crate) fn attest_header() -> Header {
    Header { kind: RowKind::Attest, attests: Some(Hash([0x33; 32])), ..header() }
}

pub(crate) fn first_snapshot_header() -> Header {
    let (covers, after) = (Some(0), Some(Tag([0x7a; 16])));
    Header { kind: RowKind::Snapshot, tag: Tag([0x7b; 16]), covers, after, ..header() }
}

pub(crate) fn generation_header() -> Header {
    let begins = Some(Begins { tag: Tag([0x7b; 16]), snapshot: Hash([0x44; 32]) });
    Header { kind: RowKind::Generation, begins, ..header() }
}

pub(crate) fn envelope_of(header: Vec<u8>) -> Vec<u8> {
    let body = b"sealed".to_vec();
    let signature = ada().signing.sign(&Envelope::signing_input(&header, &body)).to_bytes();
    Envelope::assemble(header, body, signature)
}

pub(crate) fn envelope() -> Vec<u8> {
    envelope_of(header().encode())
}

/// Every kind of record, each valid where it stands.
pub(crate) fn records() -> Vec<(&'static str, Vec<u8>)> {
    let (ada, ben) = (ada(), ben());
    let mut roster = founded();
    let first = invites(&mut roster, &ada, 1, Role::Editor);
    let with_kit = Body::Found(wire::roster::Found {
        recovery: Some(Recovery {
            key: DeviceKey([0xee; 32]),
            seal_key: SealKey([0xef; 32]),
            sealed_key: vec![0xe0; 80],
        }),
        ..found(&ada)
    });
    let tablet = ada.with_device(11);
    let mut for_device = invite(&founded(), &ada, 1, Role::Owner);
    for_device.member = Some(ada.member);
    let kept = team_with_kit(1);
    let linked = link_device(&kept, ada.key(), &tablet);
    let recovered = link_device(&kept, wire::DeviceKey(kit(1).verifying_key().to_bytes()), &tablet);
    let mut removed = remove(&kept, &ada, &[&ben]);
    removed.wipe = true;
    let mut rotated = rotate(&team(), &ada);
    rotated.rotation.recovery = Some(recovery(1));
    vec![
        ("invite_for_device", signed(&Body::Invite(for_device), &[&ada.signing])),
        ("link_device", signed(&Body::LinkDevice(linked), &[&ada.signing, &tablet.signing])),
        ("recover", signed(&Body::LinkDevice(recovered), &[&kit(1), &tablet.signing])),
        (
            "set_role",
            signed(&Body::SetRole(set_role(&kept, &ada, &ben, Role::Owner)), &[&ada.signing]),
        ),
        ("remove", signed(&Body::Remove(removed), &[&ada.signing])),
        ("leave", signed(&Body::Leave(leave(&kept, &cleo())), &[&cleo().signing])),
        ("rotate", signed(&Body::Rotate(rotated), &[&ada.signing])),
        ("found", signed(&Body::Found(found(&ada)), &[&ada.signing])),
        ("found_with_kit", signed(&with_kit, &[&ada.signing])),
        (
            "invite",
            signed(&Body::Invite(invite(&founded(), &ada, 1, Role::Editor)), &[&ada.signing]),
        ),
        ("revoke", signed(&Body::Revoke(revoke(&roster, &ada, first)), &[&ada.signing])),
        ("join", signed(&Body::Join(join(&roster, &ben, first)), &[&invite_key(1), &ben.signing])),
    ]
}

/// The beginning of a log, with every kind of row and of body.
pub(crate) fn rows() -> Vec<Row> {
    let life = Life { log: LogId([0x11; 16]), before: LogId([0x10; 16]) }.encode();
    let (tag, stub) = (Tag([0x7a; 16]), |covered_by| RowBody::Stub { covered_by });
    let bodies = [
        (RowKind::Roster, Tag::ZERO, RowBody::Whole(b"record".to_vec())),
        (RowKind::Changes, tag, stub(Some(Hash([0x33; 32])))),
        (RowKind::Snapshot, tag, RowBody::Whole(b"snapshot".to_vec())),
        (RowKind::Attest, tag, RowBody::HashOnly),
        (RowKind::Generation, tag, stub(None)),
        (RowKind::Life, Tag::ZERO, RowBody::Whole(life)),
        (RowKind::Unknown(200), tag, RowBody::Whole(b"newer".to_vec())),
    ];
    (1..)
        .zip(bodies)
        .map(|(seq, (kind, tag, body))| {
            let hash = match &body {
                RowBody::Whole(bytes) => kind.hash_of(bytes),
                _ => Hash([0x22; 32]),
            };
            Row { seq, received_at: 1_700_000_000_000 + seq, kind, tag, hash, body }
        })
        .collect()
}

pub(crate) fn client_frames() -> Vec<(&'static str, ClientFrame)> {
    let address = Hash([0x0b; 32]);
    let connect = ClientFrame::Connect {
        version: 1,
        space: SpaceId([0x51; 32]),
        origin: "http://localhost:7117".into(),
        device: ada().key(),
        as_invite: false,
        cursor: 7,
        log: Some(LogId([0x10; 16])),
        signature: [0x99; 64],
    };
    vec![
        ("connect", connect),
        ("found", ClientFrame::Found { token: "token".into(), record: vec![1, 2, 3] }),
        (
            "found_again",
            ClientFrame::FoundAgain {
                token: "token".into(),
                records: vec![vec![1, 2, 3].into(), vec![4, 5].into()],
            },
        ),
        ("pull", ClientFrame::Pull { after: 7, max_bytes: 65_536 }),
        ("append", ClientFrame::Append { envelope: vec![1, 2, 3] }),
        ("append_record", ClientFrame::AppendRecord { record: vec![1, 2, 3] }),
        ("ping", ClientFrame::Ping { n: 9 }),
        (
            "put_object",
            ClientFrame::PutObject { address, size: 9, offset: 6, bytes: vec![1, 2, 3] },
        ),
        ("get_object", ClientFrame::GetObject { address, offset: 6, length: 1 << 17 }),
        ("drop_object", ClientFrame::DropObject { address }),
        ("open_drop", ClientFrame::OpenDrop { token: address, expires: 1_700_000_000_000 }),
        ("pull_drops", ClientFrame::PullDrops { most: 32 }),
        ("close_drop", ClientFrame::CloseDrop { token: address }),
    ]
}

pub(crate) fn relay_frames() -> Vec<(&'static str, RelayFrame)> {
    let (space, hash) = (SpaceId([0x51; 32]), Hash([0x22; 32]));
    let address = Hash([0x0b; 32]);
    let answer = DropAnswer { token: address, received_at: 1_700_000_000_007, sealed: vec![1, 2] };
    let connected = RelayFrame::Connected {
        log: LogId([0x10; 16]),
        head: 7,
        chain_at_cursor: Some(Hash([0xca; 32])),
        last_session: Some(SessionId([0x5e; 16])),
        last_counter: 3,
    };
    vec![
        ("hello", RelayFrame::Hello { versions: (1, 1), nonce: [0x88; 32] }),
        ("founded", RelayFrame::Founded { space, seq: 1 }),
        ("connected", connected),
        ("rows", RelayFrame::Rows { rows: rows(), head: 7, chain: Hash([0xca; 32]) }),
        ("appended", RelayFrame::Appended { counter: 1, hash, seq: 8 }),
        ("refused", RelayFrame::Refused { hash, reason: Refusal::CounterGap { expected: 2 } }),
        ("head", RelayFrame::Head { seq: 8 }),
        ("pong", RelayFrame::Pong { n: 9 }),
        ("closing", RelayFrame::Closing { why: CloseReason::Restarting }),
        ("hint", RelayFrame::Hint { tag: Tag([0x7a; 16]), last: 40 }),
        ("object_held", RelayFrame::ObjectHeld { address, held: 9 }),
        ("object_bytes", RelayFrame::ObjectBytes { address, offset: 6, bytes: vec![1, 2, 3] }),
        ("object_absent", RelayFrame::ObjectAbsent { address }),
        ("drop_opened", RelayFrame::DropOpened { token: address, expires: 1_700_000_000_000 }),
        ("drops", RelayFrame::Drops { answers: vec![answer] }),
        ("drop_closed", RelayFrame::DropClosed { token: address }),
    ]
}

pub(crate) fn refusals() -> Vec<Refusal> {
    use Refusal::*;
    vec![
        NotActive,
        Role,
        StaleEpoch { current: 2 },
        UnknownEpoch { current: 2 },
        CounterGap { expected: 2 },
        SeenMismatch,
        WrongLog { current: LogId([0x10; 16]) },
        TooLarge { limit: 1 << 20 },
        Quota,
        BadSignature,
        Malformed,
        RosterHead { head: Hash([0x22; 32]) },
        InviteUsed,
        InviteExpired,
        InviteRevoked,
        InviteUnknown,
        TokenWrong,
        TokenUsed,
        SpaceUnknown,
        SpaceExists,
        OriginMismatch,
        VersionUnsupported,
        RateLimited,
        Unavailable,
        RosterRule,
    ]
}

/// Those that came with version 2 of the conversation.
pub(crate) fn refusals_of_snapshots() -> Vec<Refusal> {
    use Refusal::*;
    vec![SnapshotStale { last: 41 }, SnapshotUnknown, Attested, AttestRule]
}

/// The one that came with generations.
pub(crate) fn refusals_of_generations() -> Vec<Refusal> {
    vec![Refusal::TagClosed]
}

/// Those that came with objects: the bytes of the older ones stay as they were frozen.
pub(crate) fn object_refusals() -> Vec<Refusal> {
    vec![Refusal::ObjectPiece { held: 6 }, Refusal::ObjectAddress]
}

pub(crate) fn close_reasons() -> Vec<CloseReason> {
    use CloseReason::*;
    vec![Restarting, TooSlow, NotActive, Protocol, Idle, Replaced]
}
