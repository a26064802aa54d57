//! The sample is written like any other workspace.

use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use super::*;
use crate::{
    document,
    lifecycles::complaint::State,
    op::Stamp,
    records::{
        Complaint, Demand, Engagement, MajorDeliverable, ScheduledContact, Service, SlaResult,
        SlaTarget, Stage, Tool,
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
    let rows =
        documents.iter().map(|it| document::rows(&written(it, &found, &stamp, now, &mut rng)));
    rows.collect()
}

/// A document of the sample, chapter by chapter as a device writes them.
fn written(
    it: &SampleDocument,
    found: &[Op],
    stamp: &Stamp,
    now: Moment,
    rng: &mut ChaCha20Rng,
) -> automerge::Automerge {
    let mut chapters = it.chapters(now).into_iter();
    let stamped = |at| Stamp { at, ..stamp.clone() };
    let mut doc = if it.document == DocumentId::Firm {
        document::create(it.document, found, stamp, rng).unwrap()
    } else {
        let (at, first) = chapters.next().unwrap();
        document::create(it.document, &first, &stamped(at), rng).unwrap()
    };
    for (at, ops) in chapters {
        document::write(&mut doc, &ops, &stamped(at), rng).unwrap();
    }
    doc
}

#[test]
fn chapters_tell_all_in_the_order_of_time() {
    let now = Moment { ms: 1_763_000_000_000, offset_min: 60 };
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let stamp =
        Stamp { member: [9; 16], at: now, command: uuid::Uuid::nil(), batch: None, what: "sample" };
    for it in build([9; 16], now, &mut rng).iter().skip(1) {
        let chapters = it.chapters(now);
        assert!(chapters.is_sorted_by_key(|(at, _)| at.ms), "{}", chapters.len());
        assert!(chapters.iter().all(|(at, _)| at.ms <= now.ms));
        let doc = written(it, &[], &stamp, now, &mut rng);
        // Written chapter by chapter, it reads as if written at once.
        let at_once = document::create(it.document, &it.ops, &stamp, &mut rng).unwrap();
        let told = |doc| -> Vec<_> {
            let rows = document::rows(doc).into_iter();
            rows.map(|row| (row.key(), row.values.iter().map(fixed).collect::<Vec<_>>())).collect()
        };
        assert_eq!(told(&doc), told(&at_once));
    }
}

/// Facts stand under the time they were written.
fn fixed(value: &Value) -> Option<Value> {
    (!matches!(value, Value::Facts(_))).then(|| value.clone())
}

#[test]
fn a_client_of_the_sample_was_called_otherwise() {
    let now = Moment { ms: 1_763_000_000_000, offset_min: 60 };
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let stamp =
        Stamp { member: [9; 16], at: now, command: uuid::Uuid::nil(), batch: None, what: "sample" };
    let documents = build([9; 16], now, &mut rng);
    let doc = written(&documents[1], &[], &stamp, now, &mut rng);
    let name = |days: i64| {
        let moment = Moment { ms: now.ms - days * 86_400_000, offset_min: 60 };
        let rows = document::rows_at(&doc, moment);
        rows.iter().find(|row| row.kind == Client::KIND).map(|row| row.title())
    };
    assert_eq!(name(0).as_deref(), Some("Merrow Water Board"));
    assert_eq!(name(600).as_deref(), Some("Merrow Water Trust"));
    assert_eq!(name(5_000), None);
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
    let planned: Vec<ScheduledContact> =
        of(ScheduledContact::KIND).map(|row| ScheduledContact::from_row(row).unwrap()).collect();
    assert!(
        planned.iter().any(|one| one.is_open() && one.time.is_some() && !one.contacts.is_empty())
    );
}

/// Every risk, opportunity, analysis, benefit and rollout stands where its steps lead, and what the tables name by a key or
/// an index is there.
#[test]
fn the_strategy_is_written_whole() {
    let documents = made();
    let rows: Vec<Row> = documents.into_iter().flatten().collect();
    let told = strategy::STRATEGIES;
    let risks = crate::known::<crate::records::Risk>(&rows);
    assert_eq!(risks.len(), told.iter().map(|one| one.risks.len()).sum::<usize>());
    assert!(risks.iter().all(|risk| risk.response.is_some() && risk.owner.is_some()));
    let life = |kind: &'static str| {
        let of_kind = rows.iter().filter(move |row| row.kind.key == kind);
        let stands = |row: &Row| row.kind.lifecycle.unwrap().standing(row).shown().to_owned();
        of_kind.map(stands).collect::<std::collections::BTreeSet<String>>()
    };
    let set = |states: &[&str]| states.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(life("risk"), set(&["assessed", "closed", "mitigating", "response_planned"]));
    assert_eq!(life("opportunity"), set(&["lost", "proposed", "qualified"]));
    assert_eq!(life("swot"), set(&["current", "superseded"]));
    assert_eq!(life("intangible_benefit"), set(&["asked", "used"]));
    assert_eq!(life("rollout"), set(&["candidate", "evaluated", "pilot"]));
    let shown = crate::known::<crate::records::ValueShown>(&rows);
    assert!(!shown.is_empty() && shown.iter().all(|one| one.item.is_some()));
    let plans = crate::known::<crate::records::SalvagePlan>(&rows);
    let named: usize = told.iter().flat_map(|one| one.salvage).map(|one| one.gains.len()).sum();
    assert_eq!(plans.iter().map(|plan| plan.gains.len()).sum::<usize>(), named);
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

#[test]
fn every_client_is_marked() {
    for rows in made().iter().skip(1) {
        let client = rows.iter().find(|row| row.kind == Client::KIND).unwrap();
        let read = Client::from_row(client).unwrap();
        assert!(read.tier.is_some() && !read.tags.is_empty(), "{}", read.name);
    }
}
