//! A demand of the client has not been answered (S2.14).

use super::{Facts, Reason, Setting, Severity, days};
use crate::records::DemandStatus;
use crate::words::Sentence;

pub(super) fn rule(facts: &Facts, setting: &Setting) -> Vec<Reason> {
    let waiting = facts.demands.iter().filter(|demand| demand.status == DemandStatus::New);
    let late = waiting.filter_map(|demand| {
        let waits = (setting.today - demand.raised_on?).num_days();
        if waits < i64::from(setting.thresholds.answer_days) {
            return None;
        }
        let (text, waited) = (demand.text.trim_end_matches('.'), days(waits));
        let sentence = Sentence::new(
            format!("A demand has waited {} for an answer: {text}.", waited.en),
            format!("Eine Anforderung wartet seit {waits} Tagen auf Antwort: {text}."),
        );
        let reason = Reason::new("demand-unanswered", Severity::Soon, sentence)
            .seen_in(Sentence::new("Demand", "Anforderung"), Some(("demand", demand.id)))
            .clears(
                "it is accepted, declined or delivered",
                "sie angenommen, abgelehnt oder erfüllt ist",
            );
        Some(reason)
    });
    late.collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{check, check_german, day};
    use super::*;
    use crate::figures::fixture::id;
    use crate::known::Known;
    use crate::records::Demand;

    /// Covers: S2.14
    #[test]
    fn after_thirty_days() {
        let facts = |raised: &str, status| {
            let (text, raised_on) = ("A second shift.".into(), Some(day(raised)));
            let record = Demand { text, raised_on, status, ..Demand::default() };
            Facts { demands: vec![Known::new(id(1), record)], ..Facts::default() }
        };
        let sentence = "A demand has waited 30 days for an answer: A second shift.";
        check(rule, &facts("2026-10-13", DemandStatus::New), &[(Severity::Soon, sentence)]);
        let german = [
            "Eine Anforderung wartet seit 30 Tagen auf Antwort: A second shift.",
            "Anforderung",
            "sie angenommen, abgelehnt oder erfüllt ist",
        ];
        check_german(rule, &facts("2026-10-13", DemandStatus::New), german);
        check(rule, &facts("2026-10-14", DemandStatus::New), &[]);
        check(rule, &facts("2026-10-13", DemandStatus::Declined), &[]);
    }
}
