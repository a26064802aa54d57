//! The sample is written like any other workspace.

use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use super::*;
use crate::{document, op::Stamp, records::ScheduledContact, row::Row};

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
