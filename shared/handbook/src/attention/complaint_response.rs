//! A complaint's response is due or late (S2.9).

use super::{Complaint, Evidence, Facts, Reason, Setting, Severity, past};
use crate::figures::clocks::{Reading, read, response_due};

/// Working days before the promised day from which it is worth a line.
const AHEAD: u32 = 2;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let waiting =
        facts.complaints.iter().filter(|complaint| complaint.open && !complaint.responded);
    waiting.filter_map(|complaint| reason(complaint, setting)).collect()
}

fn reason(complaint: &Complaint, setting: &Setting) -> Option<Reason> {
    let promised =
        response_due(complaint.received, complaint.complex, setting.targets, &setting.calendar);
    let clock = read(complaint.due.unwrap_or(promised), None, setting.today, &setting.calendar);
    let (severity, sentence) = match clock.reading {
        Reading::Late(_) => (
            Severity::Urgent,
            format!("The response to a complaint was due {}.", past(clock.due, setting.today)),
        ),
        Reading::Left(0) => (Severity::Soon, "The response to a complaint is due today.".into()),
        Reading::Left(1) => {
            (Severity::Soon, "The response to a complaint is due on the next working day.".into())
        }
        Reading::Left(days) if days <= AHEAD => {
            (Severity::Soon, format!("The response to a complaint is due in {days} working days."))
        }
        _ => return None,
    };
    Some(Reason {
        rule: "complaint-response",
        severity,
        sentence,
        evidence: Evidence {
            words: format!("Complaint {}", complaint.number),
            record: Some(("complaint", complaint.id)),
        },
        clears: "the response is recorded as sent".into(),
        owner: complaint.owner,
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, day};
    use super::*;
    use crate::ids::RecordId;

    #[test]
    fn by_the_day() {
        let complaint = |received: &str| Complaint {
            id: RecordId::default(),
            number: "C-26-A3-014".into(),
            received: day(received),
            due: None,
            responded: false,
            open: true,
            captured: false,
            complex: false,
            owner: None,
        };
        let on = |complaint| Facts { complaints: vec![complaint], ..Facts::default() };
        let late = "The response to a complaint was due yesterday.";
        check(rule, &on(complaint("2026-10-28")), &[(Severity::Urgent, late)]);
        let today = "The response to a complaint is due today.";
        check(rule, &on(complaint("2026-10-29")), &[(Severity::Soon, today)]);
        let soon = "The response to a complaint is due in 2 working days.";
        check(rule, &on(complaint("2026-11-02")), &[(Severity::Soon, soon)]);
        check(rule, &on(complaint("2026-11-10")), &[]);
        check(rule, &on(Complaint { complex: true, ..complaint("2026-10-28") }), &[]);
        check(rule, &on(Complaint { responded: true, ..complaint("2026-10-28") }), &[]);
        check(rule, &on(Complaint { open: false, ..complaint("2026-10-28") }), &[]);
        check(
            rule,
            &on(Complaint { due: Some(day("2026-12-01")), ..complaint("2026-10-28") }),
            &[],
        );
    }
}
