//! A complaint's response is due or late (S2.9).

use super::{Complaint, Evidence, Facts, Reason, Setting, Severity, past};
use crate::figures::clocks::{Reading, read, response_due};
use crate::words::Sentence;

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
        Reading::Late(_) => (Severity::Urgent, {
            let past = past(clock.due, setting.today);
            Sentence::new(
                format!("The response to a complaint was due {}.", past.en),
                format!("Die Antwort auf eine Beschwerde war {} fällig.", past.de),
            )
        }),
        Reading::Left(0) => (Severity::Soon, is_due("today", "heute")),
        Reading::Left(1) => {
            (Severity::Soon, is_due("on the next working day", "am nächsten Arbeitstag"))
        }
        Reading::Left(days) if days <= AHEAD => (
            Severity::Soon,
            is_due(&format!("in {days} working days"), &format!("in {days} Arbeitstagen")),
        ),
        _ => return None,
    };
    Some(Reason {
        rule: "complaint-response",
        severity,
        sentence,
        evidence: Evidence { words: complaint.named(), record: Some(("complaint", complaint.id)) },
        clears: Sentence::new(
            "the response is recorded as sent",
            "die Antwort als gesendet festgehalten ist",
        ),
        owner: complaint.owner,
    })
}

fn is_due(en: &str, de: &str) -> Sentence {
    Sentence::new(
        format!("The response to a complaint is due {en}."),
        format!("Die Antwort auf eine Beschwerde ist {de} fällig."),
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, day};
    use super::*;
    use crate::ids::RecordId;

    #[test]
    fn by_the_day() {
        let complaint = |received: &str| Complaint {
            id: RecordId::default(),
            number: Sentence::new("C-26-A3-014", "C-26-A3-014"),
            received: day(received),
            due: None,
            responded: false,
            open: true,
            captured: false,
            complex: false,
            ..Complaint::default()
        };
        let on = |complaint| Facts { complaints: vec![complaint], ..Facts::default() };
        let late = "The response to a complaint was due yesterday.";
        check(rule, &on(complaint("2026-10-28")), &[(Severity::Urgent, late)]);
        let today = "The response to a complaint is due today.";
        check(rule, &on(complaint("2026-10-29")), &[(Severity::Soon, today)]);
        let soon = "The response to a complaint is due in 2 working days.";
        check(rule, &on(complaint("2026-11-02")), &[(Severity::Soon, soon)]);
        let german = [
            "Die Antwort auf eine Beschwerde war gestern fällig.",
            "Beschwerde C-26-A3-014",
            "die Antwort als gesendet festgehalten ist",
        ];
        check_german(rule, &on(complaint("2026-10-28")), german);
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
