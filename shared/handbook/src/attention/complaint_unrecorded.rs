//! A complaint was noted down but never recorded (S2.8).

use super::{Evidence, Facts, Reason, Setting, Severity, past};

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let captured = facts
        .complaints
        .iter()
        .filter(|complaint| complaint.captured && complaint.received < setting.today);
    captured
        .map(|complaint| Reason {
            rule: "complaint-unrecorded",
            severity: Severity::Soon,
            sentence: format!(
                "A complaint noted {} is not recorded yet.",
                past(complaint.received, setting.today)
            ),
            evidence: Evidence {
                words: format!("Complaint {}", complaint.number),
                record: Some(("complaint", complaint.id)),
            },
            clears: "it is recorded, or withdrawn".into(),
            owner: complaint.owner,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{
        Complaint,
        fixture::{check, day},
    };
    use super::*;
    use crate::ids::RecordId;

    #[test]
    fn from_the_day_after() {
        let on = |received: &str, captured| Facts {
            complaints: vec![Complaint {
                id: RecordId::default(),
                number: "C-26-AA-001".into(),
                received: day(received),
                due: None,
                responded: false,
                open: true,
                captured,
                complex: false,
                owner: None,
            }],
            ..Facts::default()
        };
        let sentence = "A complaint noted yesterday is not recorded yet.";
        check(rule, &on("2026-11-11", true), &[(Severity::Soon, sentence)]);
        check(rule, &on("2026-11-12", true), &[]);
        check(rule, &on("2026-11-11", false), &[]);
    }
}
