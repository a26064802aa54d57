//! The sample is written like any other workspace.

use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use super::*;
use crate::{
    document,
    op::Stamp,
    records::{
        Demand, Engagement, MajorDeliverable, ScheduledContact, Service, SlaResult, SlaTarget,
        Stage, Tool,
    },
    row::Row,
};

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

/// What the client pages show is there, and stands where its story says.
#[test]
fn engagements_have_what_they_rest_on() {
    let documents = made();
    let rows = documents.iter().flatten().cloned().collect::<Vec<_>>();
    let count =
        |kind: &'static crate::kind::Kind| rows.iter().filter(|row| row.kind == kind).count();
    assert!(count(Service::KIND) > 2 && count(Tool::KIND) > 1 && count(Demand::KIND) > 2);
    assert!(count(MajorDeliverable::KIND) > 2 && count(ScheduledContact::KIND) > 2);
    for engagement in crate::known::<Engagement>(&rows) {
        let stages = crate::lifecycles::engagement::stages(&engagement);
        assert_eq!(stages.len(), 1, "{}", engagement.name);
        let accepted = !engagement.acceptances.0.is_empty();
        assert_eq!(accepted, stages != [Stage::PreContract], "{}", engagement.name);
    }
    let results = crate::known::<SlaResult>(&rows);
    let missed = crate::known::<SlaTarget>(&rows).into_iter().filter(|target| {
        let today = "2025-11-13".parse().unwrap();
        crate::figures::service_levels::levels(target.id, &results, today).is_missed_running()
    });
    assert_eq!(
        missed.map(|target| target.metric.clone()).collect::<Vec<_>>(),
        ["Readings delivered"]
    );
    let same =
        crate::known::<Contact>(&rows).into_iter().filter(|one| one.same_person_at.is_some());
    assert_eq!(same.count(), 1);
}
