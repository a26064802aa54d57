//! A complaint was noted down but never recorded (S2.8).

use super::{Evidence, Facts, Reason, Setting, Severity, past};
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let captured = facts
        .complaints
        .iter()
        .filter(|complaint| complaint.captured && complaint.received < setting.today);
    captured
        .map(|complaint| Reason {
            rule: "complaint-unrecorded",
            severity: Severity::Soon,
            sentence: {
                let past = past(complaint.received, setting.today);
                Sentence::new(
                    format!("A complaint noted {} is not recorded yet.", past.en),
                    format!("Eine {} notierte Beschwerde ist noch nicht erfasst.", past.de),
                )
            },
            evidence: Evidence {
                words: complaint.named(),
                record: Some(("complaint", complaint.id)),
            },
            clears: Sentence::new(
                "it is recorded, or withdrawn",
                "sie erfasst oder zurückgezogen ist",
            ),
            owner: complaint.owner,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{
        Complaint,
        fixture::{check, check_german, day},
    };
    use super::*;
    use crate::ids::RecordId;

    #[test]
    fn from_the_day_after() {
        let on = |received: &str, captured| Facts {
            complaints: vec![Complaint {
                id: RecordId::default(),
                number: Sentence::new("Late invoices", "Late invoices"),
                received: day(received),
                due: None,
                responded: false,
                open: true,
                captured,
                complex: false,
                ..Complaint::default()
            }],
            ..Facts::default()
        };
        let sentence = "A complaint noted yesterday is not recorded yet.";
        check(rule, &on("2026-11-11", true), &[(Severity::Soon, sentence)]);
        let german = [
            "Eine gestern notierte Beschwerde ist noch nicht erfasst.",
            "Beschwerde Late invoices",
            "sie erfasst oder zurückgezogen ist",
        ];
        check_german(rule, &on("2026-11-11", true), german);
        check(rule, &on("2026-11-12", true), &[]);
        check(rule, &on("2026-11-11", false), &[]);
    }
}
