//! The sample is written like any other workspace.

use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use super::*;
use crate::{document, op::Stamp, row::Row};

fn made() -> Vec<Vec<Row>> {
    let now = Moment { ms: 1_763_000_000_000, offset_min: 60 };
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let you = [9; 16];
    let stamp =
        Stamp { member: you, at: now, command: uuid::Uuid::nil(), batch: None, what: "sample" };
    let found = [
        Op::Set { key: RecordKey::only(Settings::KIND), field: "firm_name", value: text(FIRM) },
        Op::Create {
            key: RecordKey::new(Member::KIND, RecordId::from_bytes(you)),
            values: vec![("name", text(person()))],
        },
    ];
    let documents = build(you, now, &mut rng);
    let rows = documents.iter().map(|it| {
        let first = if it.document == DocumentId::Firm { found.as_slice() } else { &it.ops };
        let mut doc = document::create(it.document, first, &stamp, &mut rng).unwrap();
        if it.document == DocumentId::Firm {
            document::write(&mut doc, &it.ops, &stamp, &mut rng).unwrap();
        }
        document::rows(&doc)
    });
    rows.collect()
}

#[test]
fn every_record_is_written_and_reads_as_its_struct() {
    let documents = made();
    assert_eq!(documents.len(), 1 + CLIENTS.len());
    let all = || documents.iter().flatten();
    let of = |kind: &'static crate::kind::Kind| all().filter(move |row| row.kind == kind);
    assert_eq!(of(Member::KIND).count(), TEAM.len());
    assert!(of(Touchpoint::KIND).count() > 500, "three years of conversations");
    for row in of(Complaint::KIND) {
        let complaint = Complaint::from_row(row).unwrap();
        assert_eq!(crate::lifecycles::complaint::states(&complaint), [State::Recorded]);
        assert!(
            complaint.severity.is_some()
                && complaint.channel.is_some()
                && complaint.owner.is_some()
        );
    }
    for row in of(Touchpoint::KIND) {
        let touch = Touchpoint::from_row(row).unwrap();
        assert!(touch.function.is_some() && touch.channel.is_some() && !touch.notes.is_empty());
    }
    for row in of(Client::KIND) {
        Client::from_row(row).unwrap();
    }
    for row in of(Contact::KIND) {
        assert!(Contact::from_row(row).unwrap().stance.is_some());
    }
}

#[test]
fn every_client_is_marked() {
    for rows in made().iter().skip(1) {
        let client = rows.iter().find(|row| row.kind == Client::KIND).unwrap();
        let read = Client::from_row(client).unwrap();
        assert!(read.tier.is_some() && !read.tags.is_empty(), "{}", read.name);
    }
}
