//! What is stored or sent keeps its bytes. Who changes one of these files changes what every
//! device out there must read.

use std::path::PathBuf;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use replica::{
    DeviceSecrets, EpochKey, InviteLink, InviteSecret, KeyRing, KitSecret, Lost, PastLife, Place,
    RecoverySheet, Step, founding, seal, team, unlock,
};
use wire::{Envelope, Hash, LogId, MemberId, Record, Role, Roster, Seq, SessionId, SpaceId};

use crate::sealing::header;

fn rng() -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(2026)
}

/// Compares with `tests/golden/NAME`; hex, 32 bytes a line. With `GOLDEN=write` in the environment
/// the file is written instead.
fn check(name: &str, bytes: &[u8]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let text: String = bytes
        .chunks(32)
        .map(|line| {
            let hex: String = line.iter().map(|byte| format!("{byte:02x}")).collect();
            hex + "\n"
        })
        .collect();
    if std::env::var("GOLDEN").is_ok_and(|what| what == "write") {
        std::fs::write(&path, &text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text, expected, "{}", path.display());
}

/// Reads what an earlier version stored.
fn stored(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'\n').collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn device_secrets() {
    let secrets = DeviceSecrets::make(&mut rng());
    check("device_secrets.hex", &secrets.encode());
    let again = DeviceSecrets::decode(&stored("device_secrets.hex")).unwrap();
    assert_eq!(again.device(), secrets.device());
    check("device_public.hex", &[again.device().0, again.seal_key().0].concat());
}

#[test]
fn generation() {
    let step = Step {
        skeleton: [1; 32],
        first: vec![[2; 32], [3; 32]],
        inside: [[4; 32], [5; 32]].into_iter().collect(),
        subjects: vec!["contact/00".to_owned()],
        erased: vec!["comment/01".to_owned(), "contact/00".to_owned()],
        objects: vec![Hash([6; 32])],
    };
    check("generation.hex", &step.encode());
    assert_eq!(Step::decode(&stored("generation.hex")).unwrap(), step);
}

#[test]
fn sealed_answer() {
    let (space, token) = (SpaceId([1; 32]), wire::drop_digest(&[2; 32]));
    let secret = replica::DropSecret::make(&mut rng());
    check("drop_secret.hex", secret.to_text().as_bytes());
    check("drop_public.hex", secret.public().as_ref());
    let sealed = replica::drop::seal(b"yes", &secret.public(), &space, &token, &mut rng()).unwrap();
    check("drop_sealed.hex", &sealed);
    let secret = String::from_utf8(stored("drop_secret.hex")).unwrap();
    let secret = replica::DropSecret::parse(&secret).unwrap();
    let opened = replica::drop::open(&stored("drop_sealed.hex"), &secret, &space, &token);
    assert_eq!(opened.unwrap(), b"yes");
}

/// A text of 100 bytes: one chunk, padded to the least length.
#[test]
fn sealed_object() {
    let content = "Rapport".repeat(15);
    let made = replica::object::make(&content.as_bytes()[..100], &mut rng()).unwrap();
    check("object_key.hex", made.key.to_text().as_bytes());
    check("object_address.hex", made.address.as_ref());
    check("object_sealed.hex", &made.sealed);
    let key = String::from_utf8(stored("object_key.hex")).unwrap();
    let key = replica::ObjectKey::parse(&key).unwrap();
    let opened = replica::object::open(&stored("object_sealed.hex"), &key).unwrap();
    assert_eq!(opened, content.as_bytes()[..100]);
    assert_eq!(
        wire::object_address(&stored("object_sealed.hex")).as_ref(),
        stored("object_address.hex")
    );
}

#[test]
fn key_ring() {
    let mut rng = rng();
    let mut ring = KeyRing::new();
    ring.insert(Hash([2; 32]), 1, EpochKey::make(&mut rng));
    ring.insert(Hash([1; 32]), 2, EpochKey::make(&mut rng));
    check("key_ring.hex", &ring.encode());
    assert_eq!(KeyRing::decode(&stored("key_ring.hex")), Ok(ring));
}

#[test]
fn epoch_commit() {
    check("epoch_commit.hex", EpochKey::make(&mut rng()).commit().as_ref());
}

#[test]
fn invite_link_and_its_keys() {
    let secret = InviteSecret::make(&mut rng());
    let keys = secret.derive_keys();
    check("invite_keys.hex", &[keys.device().0, keys.seal_key().0].concat());
    let link = InviteLink {
        origin: "https://rapport.example:7117".into(),
        space: SpaceId([0x11; 32]),
        head: Hash([0x22; 32]),
        seq: 300,
        chain: Hash([0x33; 32]),
        secret,
    };
    check("invite_link.hex", link.format().as_bytes());
    let text = String::from_utf8(stored("invite_link.hex")).unwrap();
    assert_eq!(InviteLink::parse(&text), Ok(link));
}

#[test]
fn sealed_envelope() {
    let mut rng = rng();
    let secrets = DeviceSecrets::make(&mut rng);
    let key = EpochKey::make(&mut rng);
    let payload = b"\0\0\0\x0ba raw change\0\0\0\x05other";
    let sealed = seal::seal(&header(secrets.device()), payload, &key, &secrets, &mut rng).unwrap();
    check("sealed_envelope.hex", &sealed);
    let envelope = Envelope::parse(&stored("sealed_envelope.hex")).unwrap();
    envelope.verify().unwrap();
    assert_eq!(seal::open(&envelope, &key), Ok(payload.to_vec()));
}

#[test]
fn records_of_a_founder_and_a_newcomer() {
    let mut rng = rng();
    let founder = DeviceSecrets::make(&mut rng);
    let newcomer = DeviceSecrets::make(&mut rng);
    let founded = founding::found(&founder, MemberId([1; 16]), None, &mut rng).unwrap();
    let mut roster = founded.roster.clone();
    let ring = &founded.ring;
    let invited = founding::invite(&founder, &roster, ring, Role::Editor, 9_000, &mut rng).unwrap();
    roster.apply(&invited.record).unwrap();
    let joined =
        founding::join(&invited.secret, &newcomer, MemberId([2; 16]), &roster, &mut rng).unwrap();
    roster.apply(&joined.record).unwrap();
    let second =
        founding::invite(&newcomer, &roster, &joined.ring, Role::Reader, 9_000, &mut rng).unwrap();
    roster.apply(&second.record).unwrap();
    let revoke = founding::revoke(&founder, &roster, second.hash).unwrap();
    roster.apply(&revoke).unwrap();
    let records = [founded.record, invited.record, joined.record, second.record, revoke];
    let names = ["found", "invite", "join", "second_invite", "revoke"];
    for (name, record) in names.iter().zip(&records) {
        check(&format!("record_{name}.hex"), record);
    }

    // Read as stored, each device finds its key.
    let records = names.map(|name| stored(&format!("record_{name}.hex")));
    let mut again = Roster::start(&records[0]).unwrap();
    for record in &records[1..] {
        again.apply(record).unwrap();
    }
    assert_eq!((again.head(), again.clone()), (Record::hash_of(&records[4]), roster));
    for secrets in [&founder, &newcomer] {
        assert_eq!(&unlock::recover_ring(secrets, &again, &records).unwrap(), ring);
    }
}

#[test]
fn recovery_sheet_and_its_keys() {
    let secret = KitSecret::make(&mut rng());
    let keys = secret.derive_keys();
    check("kit_keys.hex", &[keys.device().0, keys.seal_key().0].concat());
    check("kit_phrase.hex", secret.phrase().as_bytes());
    let sheet = RecoverySheet {
        origin: "https://rapport.example:7117".into(),
        space: SpaceId([0x11; 32]),
        head: Hash([0x22; 32]),
        secret,
    };
    check("recovery_sheet.hex", sheet.format().as_bytes());
    check("space_number.hex", sheet.number().as_bytes());
    let text = String::from_utf8(stored("recovery_sheet.hex")).unwrap();
    assert_eq!(RecoverySheet::parse(&text), Ok(sheet));
    let phrase = String::from_utf8(stored("kit_phrase.hex")).unwrap();
    assert_eq!(KitSecret::parse(&phrase).unwrap().derive_keys().device(), keys.device());
}

/// A kit from the beginning, a second device, another role, somebody leaves, the key changes, the
/// kit brings the owner back, and what was lost is removed.
#[test]
fn records_of_a_changing_team() {
    let mut rng = rng();
    let [founder, tablet, newcomer, again] = [(); 4].map(|()| DeviceSecrets::make(&mut rng));
    let [kit, next_kit] = [(); 2].map(|()| KitSecret::make(&mut rng));
    let (ada, ben) = (MemberId([1; 16]), MemberId([2; 16]));
    let founded = founding::found(&founder, ada, Some(&kit), &mut rng).unwrap();
    let (mut roster, ring) = (founded.roster, founded.ring);
    let mut records = vec![("found_with_kit", founded.record)];
    let mut add = |roster: &mut Roster, name, record: Vec<u8>| {
        roster.apply(&record).unwrap();
        records.push((name, record));
    };
    let door = founding::invite_device(&founder, &roster, &ring, 9_000, &mut rng).unwrap();
    add(&mut roster, "invite_device", door.record);
    let linked = founding::join(&door.secret, &tablet, ben, &roster, &mut rng).unwrap();
    add(&mut roster, "link_device", linked.record);
    let door = founding::invite(&founder, &roster, &ring, Role::Editor, 9_000, &mut rng).unwrap();
    add(&mut roster, "invite_ben", door.record);
    let joined = founding::join(&door.secret, &newcomer, ben, &roster, &mut rng).unwrap();
    add(&mut roster, "join_ben", joined.record);
    let record = team::set_role(&founder, &roster, ben, Role::Reader).unwrap();
    add(&mut roster, "set_role", record);
    let record = team::leave(&newcomer, &roster).unwrap();
    add(&mut roster, "leave", record);
    let record = team::rotate(&tablet, &roster, &ring, None, &mut rng).unwrap();
    add(&mut roster, "rotate", record);
    let verbatim: Vec<&[u8]> = records.iter().map(|(_, record)| record.as_slice()).collect();
    let of_kit = unlock::recover_ring(&kit.derive_keys(), &roster, &verbatim).unwrap();
    let key = founding::current_key(&roster, &of_kit).unwrap();
    let back = founding::link(&kit.derive_keys(), &again, ada, &roster, key, &mut rng).unwrap();
    roster.apply(&back.record).unwrap();
    records.push(("recover", back.record));
    let lost = vec![founder.device(), tablet.device()];
    let record =
        team::remove(&again, &roster, &of_kit, lost, true, Some(&next_kit), &mut rng).unwrap();
    roster.apply(&record).unwrap();
    records.push(("remove", record));
    for (name, record) in &records {
        check(&format!("team_{name}.hex"), record);
    }

    // Read as stored, whoever remains opens all epochs, and whoever went only their own.
    let names: Vec<_> = records.iter().map(|(name, _)| *name).collect();
    let records: Vec<_> = names.iter().map(|name| stored(&format!("team_{name}.hex"))).collect();
    let mut read = Roster::start(&records[0]).unwrap();
    for record in &records[1..] {
        read.apply(record).unwrap();
    }
    assert_eq!(read, roster);
    let keys = |secrets: &DeviceSecrets| unlock::recover_ring(secrets, &read, &records).unwrap();
    let counts =
        [&again, &next_kit.derive_keys(), &tablet, &founder, &kit.derive_keys(), &newcomer]
            .map(|secrets| keys(secrets).len());
    assert_eq!(counts, [3, 3, 2, 2, 2, 1]);
    assert_eq!(keys(&again), keys(&next_kit.derive_keys()));
}

#[test]
fn place() {
    let mut rng = rng();
    let secrets = DeviceSecrets::make(&mut rng);
    let founded = founding::found(&secrets, MemberId([1; 16]), None, &mut rng).unwrap();
    let mut place = Place::before_founding(founded.record).unwrap();
    check("place_before_founding.hex", &place.encode());
    place.log = Some(LogId([3; 16]));
    place.life = Some(LogId([3; 16]));
    place.cursor = 1;
    place.chain = Hash([4; 32]);
    place.walked = 1;
    place.founded = true;
    place.remember_session(SessionId([5; 16]));
    check("place.hex", &place.encode());
    assert_eq!(Place::decode(&stored("place.hex")).unwrap(), place);
}

/// After a restore in which everything that can be lost was lost.
#[test]
fn place_of_a_device_that_knows_a_lost_branch() {
    let mut rng = rng();
    let secrets = DeviceSecrets::make(&mut rng);
    let founded = founding::found(&secrets, MemberId([1; 16]), None, &mut rng).unwrap();
    let mut place = Place::before_founding(founded.record).unwrap();
    let mut ring = founded.ring;
    let add = |place: &mut Place, ring: &mut KeyRing, record: Vec<u8>| {
        place.roster.apply(&record).unwrap();
        unlock::open_record(&secrets, &place.roster, &Record::parse(&record).unwrap(), ring);
        place.records.push(record);
    };
    let mut come = |place: &mut Place, ring: &mut KeyRing, number: u8, joins: bool| {
        let invited =
            founding::invite(&secrets, &place.roster, ring, Role::Editor, 9_000, &mut rng).unwrap();
        add(place, ring, invited.record);
        let newcomer = DeviceSecrets::make(&mut rng);
        if joins {
            let member = MemberId([number; 16]);
            let joined =
                founding::join(&invited.secret, &newcomer, member, &place.roster, &mut rng);
            add(place, ring, joined.unwrap().record);
        }
        (invited.hash, newcomer.device())
    };
    let (open, _) = come(&mut place, &mut ring, 0, false);
    let (_, going) = come(&mut place, &mut ring, 2, true);
    come(&mut place, &mut ring, 3, true);
    let base = place.clone();
    let (_, coming) = come(&mut place, &mut ring, 4, true);
    let record = founding::revoke(&secrets, &place.roster, open).unwrap();
    add(&mut place, &mut ring, record);
    let record = team::set_role(&secrets, &place.roster, MemberId([3; 16]), Role::Owner).unwrap();
    add(&mut place, &mut ring, record);
    let kit = KitSecret::make(&mut rng);
    let record =
        team::remove(&secrets, &place.roster, &ring, vec![going], true, Some(&kit), &mut rng);
    add(&mut place, &mut ring, record.unwrap());

    let lost = Lost::between(&base.roster, &place.roster);
    let lives = [3, 4].map(|life| PastLife { log: LogId([life; 16]), read: Seq::MAX });
    let place = Place { lost, lives: lives.to_vec(), ..base };
    check("place_parted.hex", &place.encode());
    let again = Place::decode(&stored("place_parted.hex")).unwrap();
    assert_eq!(again, place);
    assert_eq!(again.lost.returned(&again.roster).collect::<Vec<_>>(), [(going, true)]);
    assert_eq!(again.lost.reopened(&again.roster).collect::<Vec<_>>(), [open]);
    assert_eq!(again.lost.joined().collect::<Vec<_>>(), [(coming, MemberId([4; 16]))]);
    assert_eq!(again.lost.kit().unwrap().key, kit.derive_keys().device());
    assert_eq!(again.lost.roles().len(), 1);

    // With how far each life was read.
    let lives = [(3, 30), (4, 2)].map(|(life, read)| PastLife { log: LogId([life; 16]), read });
    let place = Place { lives: lives.to_vec(), ..place };
    check("place_read.hex", &place.encode());
    assert_eq!(Place::decode(&stored("place_read.hex")).unwrap(), place);
}
