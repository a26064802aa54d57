//! The clocks of complaints: acknowledge, assess, update, respond, see whether it helped (S2.9, S2.10, SM-2).

use chrono::{Days, NaiveDate};

use super::{AgendaItem, dated};
use crate::attention::{Complaint, Facts, Setting};
use crate::figures::clocks::response_due;
use crate::ids::{RecordId, RecordKey};
use crate::lifecycles::complaint::State;
use crate::records;
use crate::typed::Record;
use crate::words::{Sentence, Words};

pub(super) fn items(facts: &Facts, setting: &Setting) -> Vec<AgendaItem> {
    let of =
        |complaint| clocks(complaint, setting).into_iter().map(move |clock| (complaint, clock));
    let item = |(complaint, (source, verb, day)): (&Complaint, Clock)| AgendaItem {
        source,
        day,
        what: Sentence::new(
            format!("{} {}", verb.en, complaint.number.en),
            format!("{} {}", complaint.number.de, verb.de),
        ),
        why: dated(
            "The client complained on {}.",
            "Der Kunde hat sich am {} beschwert.",
            complaint.received,
        ),
        record: Some(RecordKey::new(records::Complaint::KIND, complaint.id)),
        owner: complaint.owner.map(RecordId::from_bytes),
        client: Some(facts.id),
        again: None,
    };
    facts.complaints.iter().flat_map(of).map(item).collect()
}

/// The source, what to do in English before the number and in German after it, and the day.
type Clock = (&'static str, Words, NaiveDate);

fn clocks(complaint: &Complaint, setting: &Setting) -> Vec<Clock> {
    let (targets, calendar) = (setting.targets, &setting.calendar);
    let after = |day, count| calendar.after(day, count);
    let mut clocks = Vec::new();
    if complaint.open {
        use State::{Acknowledged, Captured, Recorded};
        if matches!(complaint.state, Captured | Recorded) {
            let day = after(complaint.received, targets.acknowledge);
            let day = complaint.acknowledge_due.unwrap_or(day);
            clocks.push(("complaint-acknowledge", Words::new("Acknowledge", "bestätigen"), day));
        }
        if matches!(complaint.state, Captured | Recorded | Acknowledged) {
            let day = after(complaint.received, targets.assess);
            let day = complaint.assess_due.unwrap_or(day);
            clocks.push(("complaint-assess", Words::new("Assess", "bewerten"), day));
        }
        if !complaint.responded {
            let last = complaint.last_step.unwrap_or(complaint.received);
            let day = complaint.update_due.unwrap_or_else(|| after(last, targets.update));
            let words = Words::new("Tell the client how far it is:", "– Zwischenbescheid geben");
            clocks.push(("complaint-update", words, day));
            let day = response_due(complaint.received, complaint.complex, targets, calendar);
            let day = complaint.due.unwrap_or(day);
            clocks.push(("complaint-response", Words::new("Respond to", "beantworten"), day));
        }
    }
    if complaint.state == State::Closed && !complaint.effect_told {
        let days = Days::new(u64::from(setting.thresholds.effect_days));
        let later = complaint.last_step.and_then(|closed| closed.checked_add_days(days));
        if let Some(day) = complaint.effect_due.or(later) {
            let words =
                Words::new("See whether the remedy helped:", "– Wirksamkeit der Abhilfe prüfen");
            clocks.push(("complaint-effect", words, day));
        }
    }
    clocks
}

#[cfg(test)]
mod tests {
    use super::super::fixture::check;
    use super::*;
    use crate::figures::fixture::day;

    /// Covers: S2.16
    #[test]
    fn by_state() {
        let complaint = |state: State| Complaint {
            number: Sentence::new("C-26-A3-014", "C-26-A3-014"),
            received: day("2026-11-06"), // a Friday
            open: state.is_open(),
            state,
            last_step: Some(day("2026-11-09")),
            ..Complaint::default()
        };
        let on = |complaint| Facts { complaints: vec![complaint], ..Facts::default() };
        let acknowledge = ("complaint-acknowledge", "2026-11-09", "Acknowledge C-26-A3-014");
        let assess = ("complaint-assess", "2026-11-10", "Assess C-26-A3-014");
        let update =
            ("complaint-update", "2026-11-16", "Tell the client how far it is: C-26-A3-014");
        let respond = ("complaint-response", "2026-11-20", "Respond to C-26-A3-014");
        check(items, &on(complaint(State::Recorded)), &[acknowledge, assess, update, respond]);
        check(items, &on(complaint(State::Acknowledged)), &[assess, update, respond]);
        check(items, &on(complaint(State::Investigating)), &[update, respond]);
        check(items, &on(Complaint { responded: true, ..complaint(State::Responded) }), &[]);
        check(items, &on(complaint(State::Withdrawn)), &[]);
        let helped =
            ("complaint-effect", "2026-12-09", "See whether the remedy helped: C-26-A3-014");
        check(items, &on(complaint(State::Closed)), &[helped]);
        check(items, &on(Complaint { effect_told: true, ..complaint(State::Closed) }), &[]);
        let set = Complaint { due: Some(day("2026-11-30")), ..complaint(State::Investigating) };
        check(items, &on(set), &[update, ("complaint-response", "2026-11-30", respond.2)]);
    }
}
