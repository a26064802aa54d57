//! What has to be looked at again: SWOT analyses, risks, pilots, the client's profile, the lawful basis (S1.28, S1.35, S4.58).

use super::{AgendaItem, around, dated};
use crate::attention::{Facts, Setting};
use crate::figures::risks::{is_open, review_due};
use crate::figures::swots::staleness;
use crate::figures::thresholds::months_after;
use crate::ids::RecordKey;
use crate::lifecycles::{rollout, states};
use crate::records::{Client, Lens, Swot};
use crate::typed::{Choice, Record};
use crate::words::Sentence;

pub(super) fn items(facts: &Facts, setting: &Setting) -> Vec<AgendaItem> {
    let mut items: Vec<AgendaItem> = swots(facts, setting);
    items.extend(risks(facts));
    items.extend(pilots(facts));
    items.extend(profile(facts, setting));
    items.extend(lawful_basis(facts));
    items
}

fn swots(facts: &Facts, setting: &Setting) -> Vec<AgendaItem> {
    let months = setting.thresholds.swot_months;
    let of = |lens: &Lens| {
        let standing = staleness(&facts.swots, Some(*lens), setting.today, months)?;
        let label = lens.label();
        Some(AgendaItem {
            source: "swot",
            day: standing.due,
            what: Sentence::new(
                format!("Renew the SWOT analysis: {}", label.en),
                format!("SWOT-Analyse erneuern: {}", label.de),
            ),
            why: dated(
                &format!("The last one is of {{}} and holds for {months} months."),
                &format!("Die letzte ist vom {{}} und gilt {months} Monate."),
                standing.on,
            ),
            record: Some(RecordKey::new(Swot::KIND, standing.swot)),
            owner: None,
            client: Some(facts.id),
            again: None,
        })
    };
    if facts.living { Lens::ALL.iter().filter_map(of).collect() } else { Vec::new() }
}

fn risks(facts: &Facts) -> impl Iterator<Item = AgendaItem> {
    let open = facts.risks.iter().filter(|risk| is_open(risk));
    open.filter_map(|risk| {
        Some(AgendaItem {
            source: "risk-review",
            day: review_due(risk)?,
            what: around("Review the risk: {}", "Risiko überprüfen: {}", &risk.description),
            why: Sentence::new(
                "Open risks are reviewed at intervals, high ones every 30 days.",
                "Offene Risiken werden regelmäßig überprüft, hohe alle 30 Tage.",
            ),
            record: Some(risk.key()),
            owner: risk.owner.map(|owner| owner.id),
            client: Some(facts.id),
            again: None,
        })
    })
}

fn pilots(facts: &Facts) -> impl Iterator<Item = AgendaItem> {
    let running = facts.rollouts.iter().filter(|one| {
        let here = states(&one.transitions, rollout::State::Candidate);
        here.contains(&rollout::State::Pilot)
    });
    running.filter_map(|one| {
        Some(AgendaItem {
            source: "pilot",
            day: one.evaluate_on?,
            what: around("Evaluate the pilot: {}", "Pilot auswerten: {}", &one.name),
            why: Sentence::new(
                "Nothing is rolled out further before the pilot is evaluated.",
                "Vor der Auswertung des Pilots wird nichts weiter eingeführt.",
            ),
            record: Some(one.key()),
            owner: one.owner.map(|owner| owner.id),
            client: Some(facts.id),
            again: None,
        })
    })
}

fn profile(facts: &Facts, setting: &Setting) -> Option<AgendaItem> {
    let months = setting.thresholds.profile_months;
    let reviewed = facts.client.profile_reviewed.or(facts.since).filter(|_| facts.living)?;
    Some(AgendaItem {
        source: "profile",
        day: months_after(reviewed, months),
        what: Sentence::new("Refresh the client's profile", "Profil des Kunden auffrischen"),
        why: dated(
            &format!("It was last looked through on {{}}; it should be every {months} months."),
            &format!(
                "Es wurde zuletzt am {{}} durchgesehen; vorgesehen ist es alle {months} Monate."
            ),
            reviewed,
        ),
        record: Some(RecordKey::new(Client::KIND, facts.id)),
        owner: None,
        client: Some(facts.id),
        again: None,
    })
}

fn lawful_basis(facts: &Facts) -> Option<AgendaItem> {
    Some(AgendaItem {
        source: "lawful-basis",
        day: facts.client.lawful_basis_review?,
        what: Sentence::new(
            "Review the lawful basis for personal data",
            "Rechtsgrundlage für Personendaten überprüfen",
        ),
        why: Sentence::new(
            "Personal data may be kept only while there is a basis for it.",
            "Personendaten dürfen nur aufbewahrt werden, solange es dafür eine Grundlage gibt.",
        ),
        record: Some(RecordKey::new(Client::KIND, facts.id)),
        owner: None,
        client: Some(facts.id),
        again: None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::check;
    use super::*;
    use crate::figures::fixture::{day, id, step};
    use crate::known::Known;
    use crate::lifecycles::{risk, swot};
    use crate::records::{Risk, Rollout};

    /// Covers: S1.28, S1.35
    #[test]
    fn analyses_risks_and_pilots() {
        let record = Swot {
            lens: Some(Lens::Relationship),
            on: Some(day("2026-08-30")),
            transitions: step(swot::State::Draft, swot::State::Current, "2026-08-30"),
            ..Swot::default()
        };
        let swots = vec![Known::new(id(1), record)];
        let facts = Facts { living: true, swots, ..Facts::default() };
        check(items, &facts, &[("swot", "2026-11-30", "Renew the SWOT analysis: Relationship")]);
        check(items, &Facts { living: false, ..facts }, &[]);

        let risk = |state| {
            let transitions = step(risk::State::Identified, state, "2026-10-01");
            let (description, next_review) = ("Only one crane".into(), Some(day("2026-11-05")));
            let record = Risk { description, next_review, transitions, ..Risk::default() };
            Facts { risks: vec![Known::new(id(2), record)], ..Facts::default() }
        };
        let expected = [("risk-review", "2026-11-05", "Review the risk: Only one crane")];
        check(items, &risk(risk::State::Assessed), &expected);
        check(items, &risk(risk::State::Closed), &[]);

        let pilot = |state| {
            let transitions = step(rollout::State::Candidate, state, "2026-10-01");
            let (name, evaluate_on) = ("First".into(), Some(day("2026-12-01")));
            let record = Rollout { name, evaluate_on, transitions, ..Rollout::default() };
            Facts { rollouts: vec![Known::new(id(3), record)], ..Facts::default() }
        };
        let expected = [("pilot", "2026-12-01", "Evaluate the pilot: First")];
        check(items, &pilot(rollout::State::Pilot), &expected);
        check(items, &pilot(rollout::State::Evaluated), &[]);
    }

    /// Covers: S2.17
    #[test]
    fn what_is_known_of_the_client() {
        let facts = |reviewed: &str, basis: &str, living| Facts {
            living,
            since: Some(day("2026-01-31")),
            client: Client {
                profile_reviewed: reviewed.parse().ok(),
                lawful_basis_review: basis.parse().ok(),
                ..Client::default()
            },
            ..Facts::default()
        };
        let profile = |day| ("profile", day, "Refresh the client's profile");
        let basis = ("lawful-basis", "2027-01-01", "Review the lawful basis for personal data");
        check(items, &facts("", "", true), &[profile("2026-07-31")]);
        check(items, &facts("2026-08-31", "2027-01-01", true), &[basis, profile("2027-02-28")]);
        check(items, &facts("2026-08-31", "2027-01-01", false), &[basis]);
    }
}
