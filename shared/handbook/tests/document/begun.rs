//! Documents that begin again: what is erased is nowhere in them, everything else is as it was, and
//! what was written to the old one meanwhile arrives. Long because all of it is told of one small document, which
//! these tests alone have.

use std::collections::BTreeSet;

use automerge::{Automerge, ChangeHash};
use handbook::document::{self, Begun, Ground};
use handbook::erasure::Erasure;
use handbook::kind::Class;
use handbook::lifecycles::complaint::{State, Transition};
use handbook::records::{Client, Comment, Complaint, Contact, Touchpoint};
use handbook::typed::{FactBody, Id, Record};
use handbook::{Moment, Op, RecordKey, Row, Value};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::team::{Device, INES, JONAS, MERROW, NOW, TOMAS, complaint, id, stamp, text};

fn client() -> RecordKey {
    RecordKey::new(Client::KIND, id(MERROW))
}

fn contact(number: u8) -> RecordKey {
    RecordKey::new(Contact::KIND, id(number))
}

fn touchpoint(number: u8) -> RecordKey {
    RecordKey::new(Touchpoint::KIND, id(number))
}

/// Sixteen bytes for each name, as a device takes them from a hash.
fn actor(of: u8) -> impl Fn(&[u8]) -> [u8; 16] {
    move |name| {
        let mut bytes = [of; 16];
        for (index, byte) in name.iter().enumerate() {
            let slot = &mut bytes[index % 16];
            *slot = slot.wrapping_mul(31).wrapping_add(*byte).rotate_left(3);
        }
        bytes
    }
}

fn begin(old: &Automerge, erasure: &Erasure, tag: u8) -> Begun {
    document::begin_again(old, erasure, &stamp(INES, NOW, 77, None), actor(tag)).unwrap()
}

fn all(document: &Automerge) -> Vec<Row> {
    let mut rows = document::all(document);
    rows.sort_by_key(Row::key);
    rows
}

fn inside(document: &Automerge) -> BTreeSet<ChangeHash> {
    document.get_changes(&[]).iter().map(automerge::Change::hash).collect()
}

fn carry(
    old: &Automerge,
    begun: &Begun,
    inside: &BTreeSet<ChangeHash>,
    erasure: &Erasure,
    tag: u8,
) -> (Automerge, Vec<Vec<u8>>) {
    let mut new = begun.document.fork();
    let ground = Ground { skeleton: begun.skeleton, first: &begun.first };
    let known = |hash: &ChangeHash| inside.contains(hash);
    let carried = document::carry(old, &mut new, &ground, known, erasure, actor(tag)).unwrap();
    (new, carried)
}

/// Every letter of it, as it is stored, without compression.
fn contains(document: &Automerge, word: &str) -> bool {
    let bytes = document.get_changes(&[]);
    let has = |bytes: &[u8]| bytes.windows(word.len()).any(|part| part == word.as_bytes());
    bytes.iter().any(|change| has(change.raw_bytes())) || has(&document.save_nocompress())
}

/// A client with Zoë Müller in several of its records, and three people who know it.
fn people() -> [Device; 3] {
    let mut first = Device::first(INES);
    let zoe = Contact {
        given_name: "Zoë".into(),
        family_name: "Müllerin".into(),
        emails: ["z@quay.example".into()].into(),
        ..Contact::default()
    };
    let otto = Contact { family_name: "Brandt".into(), ..Contact::default() };
    let talk = Touchpoint {
        subject: "On the quay".into(),
        contacts: [Id::new(id(1)), Id::new(id(2))].into(),
        notes: "Zoë Müllerin was late".into(),
        ..Touchpoint::default()
    };
    let comment = Comment {
        about: contact(1).to_string(),
        text: "dislikes mornings".into(),
        ..Comment::default()
    };
    first.write(&[
        zoe.create(id(1)),
        otto.create(id(2)),
        talk.create(id(3)),
        comment.create(id(4)),
    ]);
    first.write(&[Op::Edit {
        key: client(),
        field: "profile_goals",
        text: "What Zoë Müllerin wants: a dry quay.".into(),
    }]);
    let why = Transition {
        from: State::Captured,
        to: State::Recorded,
        why: "Zoë Müllerin called".into(),
        original: None,
    };
    let fact = why.into_fact(id(9));
    first.write(&[Op::Append { key: complaint(), field: "transitions", fact }]);
    [first.copy(INES), first.copy(TOMAS), first.copy(JONAS)]
}

#[test]
fn who_is_erased_is_nowhere_and_the_rest_is_as_it_was() {
    let [mut ines, ..] = people();
    ines.write(&[Op::Set { key: contact(1), field: "family_name", value: text("Schmidtke") }]);
    ines.write(&[Op::Set { key: contact(1), field: "family_name", value: text("Müllerin") }]);
    let erasure = document::erasure(&ines.doc, &[contact(1)]);
    let begun = begin(&ines.doc, &erasure, 1);
    let again = document::load(&begun.document.save()).unwrap();
    for word in ["Müllerin", "Schmidtke", "z@quay", "mornings", &id(1).to_string()] {
        assert!(contains(&ines.doc, word), "{word} was there");
        assert!(!contains(&again, word), "{word} is still there");
    }
    assert_eq!(begun.document.get_heads(), begun.first);
    assert_eq!(document::home(&again), document::home(&ines.doc));
    assert_eq!(document::min_writer(&again), document::min_writer(&ines.doc));

    let row = |key| document::row(&again, key).unwrap();
    assert_eq!(row(touchpoint(3)).get("contacts"), &Value::Many(vec![Value::Link(id(2))]));
    assert_eq!(row(touchpoint(3)).get("notes"), &text("[…] was late"));
    assert_eq!(row(client()).get("profile_goals"), &text("What […] wants: a dry quay."));
    let says = row(complaint()).get("transitions").facts()[0].clone();
    assert!(says.values.contains(&text("[…] called")), "{says:?}");
    assert_eq!((says.by, says.id), (INES, id(9)));
    assert_eq!(document::row(&again, contact(1)), None);
    assert_eq!(document::row(&again, contact(2)), document::row(&ines.doc, contact(2)));
}

/// What the house has too is nobody's own, and a name within another word is no name.
#[test]
fn what_others_have_stays_as_it_was() {
    let [mut ines, ..] = people();
    let an = Contact {
        given_name: "An".into(),
        family_name: "Le".into(),
        emails: ["info@quay.example".into(), "an@quay.example".into()].into(),
        phones: ["+49 40 123 4560".into()].into(),
        ..Contact::default()
    };
    let ola = Contact {
        family_name: "Lind".into(),
        emails: ["info@quay.example".into()].into(),
        phones: ["040 1234560".into()].into(),
        ..Contact::default()
    };
    let talk = Touchpoint {
        notes: "The plan left 040 1234560 to An Le, an@quay.example".into(),
        ..Touchpoint::default()
    };
    ines.write(&[an.create(id(30)), ola.create(id(31)), talk.create(id(32))]);
    let erasure = document::erasure(&ines.doc, &[contact(30)]);
    let again = begin(&ines.doc, &erasure, 1).document;
    assert_eq!(document::row(&again, contact(31)), document::row(&ines.doc, contact(31)));
    let notes = document::row(&again, touchpoint(32)).unwrap().get("notes").clone();
    assert_eq!(notes, text("The plan left 040 1234560 to […], […]"));
    assert_eq!(document::row(&again, contact(30)), None);
}

/// Two contacts that were joined are one person, in the trash as well.
#[test]
fn a_joined_duplicate_goes_with_the_person() {
    let [mut ines, mut tomas, _] = people();
    let twice = Contact {
        given_name: "Z.".into(),
        family_name: "Müllerin-Voss".into(),
        job_title: "Harbour pilot".into(),
        emails: ["z@quay.example".into()].into(),
        notes: "prefers tea".into(),
        ..Contact::default()
    };
    ines.write(&[twice.create(id(30)), Contact::create(Contact::default(), id(31))]);
    ines.write(&handbook::one_person::join(&all(&ines.doc), id(30), id(1)));
    let talk = Op::Set {
        key: touchpoint(3),
        field: "notes",
        value: text("Z. Müllerin-Voss and Otto Brandt"),
    };
    ines.write(&[talk]);
    let erasure = document::erasure(&ines.doc, &[contact(1)]);
    assert!(erasure.takes(&contact(30).to_string()) && !erasure.takes(&contact(31).to_string()));
    let again = document::load(&begin(&ines.doc, &erasure, 1).document.save()).unwrap();
    for word in ["Voss", "Harbour pilot", "prefers tea"] {
        assert!(contains(&ines.doc, word), "{word} was there");
        assert!(!contains(&again, word), "{word} is still there");
    }
    // Where they live, they are somebody else; and what another device decided is not decided anew.
    ines.write(&[Op::Restore { key: contact(30) }]);
    let erasure = document::erasure(&ines.doc, &[contact(1)]);
    assert!(!erasure.takes(&contact(30).to_string()));
    let known = inside(&ines.doc);
    let begun = begin(&ines.doc, &erasure, 1);
    tomas.doc.merge(&mut ines.doc).unwrap();
    tomas.write(&[Op::Delete { key: contact(30) }]);
    let theirs = document::erased(&tomas.doc, &[contact(1)]).with(erasure.records());
    let (new, _) = carry(&tomas.doc, &begun, &known, &theirs, 1);
    assert!(document::row(&new, contact(30)).unwrap().gone);
}

/// Two devices that make different things of a change, because they know different things to leave out,
/// never write them under one name: both are taken in everywhere.
#[test]
fn what_stands_on_something_else_has_another_name() {
    let [ines, mut tomas, _] = people();
    let begun = begin(&ines.doc, &Erasure::default(), 1);
    let known = inside(&ines.doc);
    tomas.write(&[Op::Set { key: contact(2), field: "job_title", value: text("Pilot") }]);
    tomas.write(&[Op::Set { key: complaint(), field: "remedy", value: text("Pay") }]);
    let (mut one, _) = carry(&tomas.doc, &begun, &known, &Erasure::default(), 1);
    let less = document::erased(&tomas.doc, &[contact(2)]);
    let (mut other, carried) = carry(&tomas.doc, &begun, &known, &less, 1);
    assert_eq!(carried.len(), 1);
    one.merge(&mut other).unwrap();
    let remedy = document::row(&one, complaint()).unwrap();
    assert_eq!((remedy.get("remedy"), remedy.two_versions.len()), (&text("Pay"), 0));
    assert_eq!(document::load(&one.save()).unwrap().get_heads(), one.get_heads());
}

/// A tablet that was away for months.
#[test]
fn hundreds_of_changes_arrive() {
    let [ines, mut tomas, _] = people();
    let begun = begin(&ines.doc, &Erasure::default(), 1);
    let known = inside(&ines.doc);
    for number in 0..300 {
        tomas.write(&[
            Op::Set { key: complaint(), field: "remedy", value: text(&format!("r{number}")) },
            Op::Edit { key: client(), field: "profile_goals", text: format!("Goal {number}") },
        ]);
    }
    let (new, carried) = carry(&tomas.doc, &begun, &known, &Erasure::default(), 1);
    assert_eq!(carried.len(), 300);
    assert_eq!(seen(&new), seen(&tomas.doc));
}

/// In a document that has begun again nothing stands before a value any more: what was done before
/// cannot be taken back without taking away what others wrote.
#[test]
fn what_was_done_before_stays_and_what_is_done_after_is_taken_back() {
    let [ines, mut tomas, mut jonas] = people();
    jonas.write(&[
        Op::Set { key: client(), field: "sector", value: text("Docks") },
        Op::Edit { key: client(), field: "profile_goals", text: "Dry feet.".into() },
        Op::Set { key: complaint(), field: "remedy", value: text("Pay") },
    ]);
    let apart = jonas.command();
    jonas.write(&[Op::Set { key: touchpoint(3), field: "subject", value: text("In the rain") }]);
    let carried = jonas.command();
    let changed = Op::Set { key: client(), field: "sector", value: text("Harbours") };
    tomas.write(std::slice::from_ref(&changed));
    let command = tomas.command();
    let erasure = document::erasure(&tomas.doc, &[contact(1)]);
    let (begun, known) = (begin(&tomas.doc, &erasure, 1), inside(&tomas.doc));
    tomas.doc.merge(&mut jonas.doc).unwrap();
    let (new, _) = carry(&tomas.doc, &begun, &known, &erasure, 1);
    let mut dice = ChaCha20Rng::seed_from_u64(1);
    let mut undo = |document: &Automerge, command| {
        document::undo(document, document::Undo::Command(command), &mut dice)
    };
    let kept = |keys: &[RecordKey]| document::Inverse { ops: vec![], kept: keys.to_vec() };
    assert_eq!(undo(&begun.document, command), kept(&[client()]));
    assert_eq!(undo(&new, command), kept(&[client()]));
    // At the client a part of it lies beside another decision, and what was before it is not known.
    let remedy = Op::Set { key: complaint(), field: "remedy", value: text("Re-issue the set") };
    assert_eq!(undo(&new, apart), document::Inverse { ops: vec![remedy], ..kept(&[client()]) });
    let back = Op::Set { key: touchpoint(3), field: "subject", value: text("On the quay") };
    assert_eq!(undo(&new, carried).ops, [back]);

    let mut ines = Device { doc: begun.document.fork(), ..ines };
    ines.write(&[Op::Set { key: client(), field: "sector", value: text("Canals") }]);
    assert_eq!(undo(&ines.doc, ines.command()).ops, [changed]);
}

/// A past day shows what was there then, and still is.
#[test]
fn the_past_is_where_it_was() {
    const HOUR: i64 = 3_600_000;
    let [mut ines, mut tomas, _] = people();
    // Tomas's afternoon is heard of after Ines's evening.
    let write = |device: &mut Device, hour: i64, op: Op| {
        device.clock = NOW + hour * HOUR;
        device.write(&[op]);
    };
    let set = |field, value: &str| Op::Set { key: client(), field, value: text(value) };
    write(&mut ines, 2, set("sector", "Harbours"));
    write(&mut ines, 6, Comment { text: "late".into(), ..Comment::default() }.create(id(40)));
    write(&mut tomas, 4, set("website", "merrow.example"));
    ines.doc.merge(&mut tomas.doc).unwrap();
    let erasure = document::erasure(&ines.doc, &[contact(1)]);
    let wish = stamp(INES, NOW + 9 * HOUR, 77, None);
    let mut begun = document::begin_again(&ines.doc, &erasure, &wish, actor(1)).unwrap();
    let later = Device { doc: begun.document.fork(), ..ines.copy(TOMAS) };
    let mut later = Device { clock: NOW, rng: ChaCha20Rng::seed_from_u64(7), ..later };
    write(&mut later, 8, set("sector", "Canals"));
    begun.document.merge(&mut later.doc).unwrap();
    let twice = document::begin_again(&begun.document, &Erasure::default(), &wish, actor(2));
    let twice = twice.unwrap().document;
    let rows = |document: &Automerge, hour| {
        let ms = NOW + hour * HOUR + HOUR / 2;
        document::rows_at(document, Moment { ms, offset_min: 0 })
    };
    let of = |document: &Automerge, hour| {
        let rows = rows(document, hour);
        let client = rows.iter().find(|row| row.key() == client()).unwrap();
        [client.get("sector"), client.get("website")].map(Clone::clone)
    };
    for (hour, sector, website) in [
        (1, Value::Empty, Value::Empty),
        (3, text("Harbours"), Value::Empty),
        (5, text("Harbours"), text("merrow.example")),
        (7, text("Harbours"), text("merrow.example")),
    ] {
        assert_eq!(of(&ines.doc, hour), [sector.clone(), website.clone()], "{hour}");
        assert_eq!(of(&begun.document, hour), [sector, website.clone()], "{hour}");
        // What was overwritten since is left behind.
        assert_eq!(of(&twice, hour), [Value::Empty, website], "{hour}");
        let keys = |document| rows(document, hour).iter().map(Row::key).collect::<BTreeSet<_>>();
        let mut before = keys(&ines.doc);
        before.retain(|key| !erasure.takes(&key.to_string()));
        assert_eq!((keys(&begun.document), keys(&twice)), (before.clone(), before), "{hour}");
    }
    let now = [text("Canals"), text("merrow.example")];
    assert_eq!((of(&begun.document, 8), of(&twice, 8)), (now.clone(), now));
    assert_eq!(rows(&begun.document, -1), []);
    assert_eq!(rows(&twice, -1), []);
}

/// Who gave a value, and when, stays with it; what was overwritten does not.
#[test]
fn who_and_when_stay() {
    let [_, mut tomas, mut jonas] = people();
    tomas.set("severity", Value::Choice("minor".into()));
    let at = tomas.clock;
    jonas.doc.merge(&mut tomas.doc).unwrap();
    jonas.clock = at;
    jonas.set("remedy", text("first"));
    jonas.set("remedy", text("second"));
    let begun = begin(&jonas.doc, &Erasure::default(), 1);
    let of = |field| document::versions(&begun.document, complaint(), field).remove(0);
    assert_eq!((of("severity").by, of("severity").at.ms), (Some(TOMAS), at));
    assert_eq!((of("remedy").by, of("remedy").at.ms), (Some(JONAS), jonas.clock));
    let values = document::values(&begun.document, complaint(), "remedy");
    assert_eq!(values[0].command, Some(jonas.command()));
    assert!(!contains(&begun.document, "first"));
    let history = document::history(&begun.document, complaint());
    assert!(history.iter().any(|entry| entry.by == Some(TOMAS)), "{history:?}");
}

#[test]
fn an_edit_made_apart_arrives_and_nothing_of_who_is_erased() {
    let [ines, mut tomas, _] = people();
    let erasure = document::erasure(&ines.doc, &[contact(1)]);
    let (begun, known) = (begin(&ines.doc, &erasure, 1), inside(&ines.doc));
    tomas.write(&[
        Op::Set { key: contact(1), field: "family_name", value: text("Müllerin-Voss") },
        Op::Set { key: client(), field: "sector", value: text("Harbours") },
    ]);
    let goals = Op::Edit {
        key: client(),
        field: "profile_goals",
        text: "What Zoë Müllerin wants: a dry quay. And soon.".into(),
    };
    tomas.write(&[goals]);
    let note =
        Comment { about: contact(1).to_string(), text: "rang twice".into(), ..Comment::default() };
    let talk = Touchpoint {
        contacts: [Id::new(id(1))].into(),
        notes: "Zoë Müllerin is content".into(),
        ..Touchpoint::default()
    };
    tomas.write(&[note.create(id(20)), talk.create(id(21))]);
    let theirs = document::erasure(&tomas.doc, &[contact(1)]).with(erasure.records());
    let (new, carried) = carry(&tomas.doc, &begun, &known, &theirs, 1);
    assert_eq!(carried.len(), 3);
    for word in ["Müllerin", "Voss", "rang twice", &id(1).to_string()] {
        assert!(!contains(&new, word), "{word}");
    }
    let row = |key| document::row(&new, key).unwrap();
    assert_eq!(row(client()).get("sector"), &text("Harbours"));
    assert_eq!(row(client()).get("profile_goals"), &text("What […] wants: a dry quay. And soon."));
    assert_eq!(row(touchpoint(21)).get("notes"), &text("[…] is content"));
    assert_eq!(document::row(&new, RecordKey::new(Comment::KIND, id(20))), None);
    let sector = document::versions(&new, client(), "sector").remove(0);
    assert_eq!(sector.by, Some(TOMAS));
}

/// Something that people do, whatever stands there.
fn act(device: &mut Device, dice: &mut ChaCha20Rng, number: u8) {
    let word = |dice: &mut ChaCha20Rng| {
        text(["dry", "wet", "salt", "sweet"][dice.next_u32() as usize % 4])
    };
    let op = match dice.next_u32() % 10 {
        // Each value is like no other: one that comes back to what it was is taken for unchanged.
        0 | 1 => Op::Set { key: complaint(), field: "remedy", value: text(&format!("r{number}")) },
        2 => Op::Set { key: client(), field: "sector", value: text(&format!("s{number}")) },
        3 => Op::Include { key: client(), field: "sites", item: word(dice) },
        4 => Op::Exclude { key: client(), field: "sites", item: word(dice) },
        5 | 6 => {
            let row = document::row(&device.doc, client()).unwrap();
            let text = row.get("profile_goals").as_text().unwrap_or_default().to_owned();
            let mut letters: Vec<char> = text.chars().collect();
            let at = dice.next_u32() as usize % (letters.len() + 1);
            letters.insert(at, char::from(b'a' + number % 26));
            let text = letters.into_iter().collect();
            Op::Edit { key: client(), field: "profile_goals", text }
        }
        7 => Op::Delete { key: touchpoint(3) },
        8 => Op::Restore { key: touchpoint(3) },
        _ => Complaint::default().create(id(100 + number)),
    };
    drop(device.try_write(&[op]));
}

/// What everybody sees of a document: of a field in conflict both versions, whichever is shown.
fn seen(document: &Automerge) -> Vec<(RecordKey, bool, Vec<String>)> {
    let rows = all(document);
    let of = |row: &Row| {
        let fields = row.kind.fields.iter().enumerate().map(|(index, field)| {
            if row.two_versions.contains(&index) {
                let versions = document::versions(document, row.key(), field.key);
                let both: BTreeSet<String> =
                    versions.iter().map(|version| format!("{:?}", version.value)).collect();
                format!("{}: {both:?}", field.key)
            } else if field.class == Class::Prose {
                // Letters written apart at one place may stand in either order.
                let mut letters: Vec<char> =
                    row.at(index).as_text().unwrap_or_default().chars().collect();
                letters.sort_unstable();
                format!("{}: {letters:?}", field.key)
            } else {
                format!("{}: {:?}", field.key, row.at(index))
            }
        });
        (row.key(), row.gone, fields.collect())
    };
    rows.iter().map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A document without anything erased reads as it read, conflicts and deletions included.
    #[test]
    fn begun_again_it_reads_the_same(seed: u64) {
        let mut dice = ChaCha20Rng::seed_from_u64(seed);
        let [mut ines, mut tomas, mut jonas] = people();
        for number in 0..24 {
            match dice.next_u32() % 4 {
                0 => act(&mut ines, &mut dice, number),
                1 => act(&mut tomas, &mut dice, number),
                2 => act(&mut jonas, &mut dice, number),
                _ => drop(ines.doc.merge(&mut tomas.doc).unwrap()),
            }
        }
        ines.doc.merge(&mut tomas.doc).unwrap();
        ines.doc.merge(&mut jonas.doc).unwrap();
        let begun = begin(&ines.doc, &Erasure::default(), 1);
        let again = document::load(&begun.document.save()).unwrap();
        prop_assert_eq!(all(&again), all(&ines.doc));
        // What was there on a past day is there; what was built on something overwritten since counts
        // from its own clock, and so may be there before.
        for hour in 0..3 {
            let moment = Moment { ms: NOW + hour * 600_000, offset_min: 0 };
            let keys = |document| {
                let rows = document::rows_at(document, moment);
                rows.iter().map(Row::key).collect::<BTreeSet<_>>()
            };
            prop_assert!(keys(&ines.doc).is_subset(&keys(&again)));
        }
        // And so it does once more.
        let twice = begin(&again, &Erasure::default(), 2);
        prop_assert_eq!(all(&twice.document), all(&ines.doc));
    }

    /// What was written apart arrives as if nothing had been: the new document reads as the old one would
    /// read with it. Whoever carries it over makes the same bytes.
    #[test]
    fn what_is_carried_over_reads_as_it_would_have(seed: u64) {
        let mut dice = ChaCha20Rng::seed_from_u64(seed);
        let [mut ines, mut tomas, mut jonas] = people();
        let number = |dice: &mut ChaCha20Rng| (dice.next_u32() % 100) as u8;
        for n in 0..6 {
            act(&mut ines, &mut dice, n);
        }
        let half = dice.next_u32() % 2 == 0;
        if half {
            tomas.doc.merge(&mut ines.doc).unwrap();
        }
        for n in 6..12 {
            act(&mut ines, &mut dice, n);
        }
        // Tomas works apart, and Jonas gets a part of it.
        for n in 20..26 {
            act(&mut tomas, &mut dice, n);
        }
        jonas.doc.merge(&mut tomas.doc).unwrap();
        for n in 26..32 {
            act(&mut tomas, &mut dice, n);
        }
        let _ = number(&mut dice);
        let nobody = Erasure::default();
        let (begun, known) = (begin(&ines.doc, &nobody, 1), inside(&ines.doc));
        // Whoever reads the generation has read what was there before it.
        tomas.doc.merge(&mut ines.doc).unwrap();
        let (new, carried) = carry(&tomas.doc, &begun, &known, &nobody, 1);
        let (ours, theirs) = (seen(&new), seen(&tomas.doc));
        for (ours, theirs) in ours.iter().zip(&theirs) {
            prop_assert_eq!((ours.0, ours.1), (theirs.0, theirs.1));
            for (ours, theirs) in ours.2.iter().zip(&theirs.2) {
                prop_assert_eq!(ours, theirs);
            }
        }
        prop_assert_eq!(ours.len(), theirs.len());
        for raw in &carried {
            prop_assert!(automerge::Change::from_bytes(raw.clone()).is_ok());
        }

        // A device of which the rows before it had lost their bytes makes the same of the same changes.
        let (other, of_other) = carry(&jonas.doc, &begun, &known, &nobody, 1);
        prop_assert!(of_other.iter().all(|raw| carried.contains(raw)));
        let mut both = other.fork();
        both.merge(&mut new.fork()).unwrap();
        prop_assert_eq!(both.get_heads(), new.get_heads());
        let ground = Ground { skeleton: begun.skeleton, first: &begun.first };
        let mut once_more = new.fork();
        let inside = |hash: &ChangeHash| known.contains(hash);
        let none = document::carry(&tomas.doc, &mut once_more, &ground, inside, &nobody, actor(1));
        prop_assert_eq!(none.unwrap(), Vec::<Vec<u8>>::new());
    }
}
