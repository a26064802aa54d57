//! Formal-contact adherence: of the contacts planned for a phase, how many were held on time, and how far they drifted
//! (domain.md "Formal-contact adherence").

use chrono::NaiveDate;

use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::{scheduled_contact::State, states};
use crate::records::{ScheduledContact, Stage};

/// A planned contact as the figure needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The phase it belongs to.
    pub phase: Option<Stage>,
    /// The day for which it was planned first; postponing does not move it.
    pub planned: NaiveDate,
    /// The day on which it was held.
    pub held: Option<NaiveDate>,
    /// It was called off.
    pub cancelled: bool,
}

/// How one phase kept its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adherence {
    /// The phase; `None` for contacts of no phase.
    pub phase: Option<Stage>,
    /// Planned for today or before, those called off left out: the n of the figure.
    pub planned: usize,
    /// Held, on whichever day.
    pub held: usize,
    /// Held on the first planned day or within the grace.
    pub on_time: usize,
    /// Days from the planned to the held day, over all that were held; held early counts against it.
    pub drift_days: i64,
}

impl Adherence {
    /// Held on time ÷ planned in whole per cent, rounded to nearest; `None` while nothing was planned.
    pub fn percent(&self) -> Option<usize> {
        (self.planned > 0).then(|| (self.on_time * 100 + self.planned / 2) / self.planned)
    }

    /// Drift by held contact, in days, rounded towards zero; `None` while none was held.
    pub fn mean_drift(&self) -> Option<i64> {
        let held = i64::try_from(self.held).ok().filter(|held| *held > 0)?;
        Some(self.drift_days / held)
    }
}

/// The adherence of each phase that has planned contacts, in the order of the phases, those without a phase first.
pub fn adherence(
    contacts: impl IntoIterator<Item = Planned>,
    today: NaiveDate,
    grace_days: u32,
) -> Vec<Adherence> {
    let mut phases: Vec<Adherence> = Vec::new();
    for contact in contacts {
        if contact.cancelled || (contact.planned > today && contact.held.is_none()) {
            continue;
        }
        let empty =
            Adherence { phase: contact.phase, planned: 0, held: 0, on_time: 0, drift_days: 0 };
        let index = phases.iter().position(|phase| phase.phase == contact.phase);
        let index = index.unwrap_or_else(|| {
            phases.push(empty);
            phases.len() - 1
        });
        let Some(phase) = phases.get_mut(index) else { continue };
        phase.planned += 1;
        if let Some(held) = contact.held {
            let drift = (held - contact.planned).num_days();
            phase.held += 1;
            phase.drift_days += drift;
            phase.on_time += usize::from(drift <= i64::from(grace_days));
        }
    }
    phases.sort_by_key(|phase| phase.phase);
    phases
}

/// Reads a scheduled contact; `None` without a target date. `day_of` says on which day a touchpoint was.
pub fn planned(
    contact: &Known<ScheduledContact>,
    day_of: impl Fn(RecordId) -> Option<NaiveDate>,
) -> Option<Planned> {
    let state = states(&contact.transitions, State::Planned);
    Some(Planned {
        phase: contact.phase,
        planned: contact.target_date?,
        held: contact.held_in.and_then(|touchpoint| day_of(touchpoint.id)),
        cancelled: state == [State::Cancelled],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phase_by_phase() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let contact = |phase, planned: &str, held: &str| Planned {
            phase,
            planned: day(planned),
            held: held.parse().ok(),
            cancelled: false,
        };
        let (work, close) = (Some(Stage::Implementation), Some(Stage::CloseOut));
        let contacts = [
            contact(close, "2026-11-12", ""), // today, not held
            contact(work, "2026-09-01", "2026-09-01"),
            contact(work, "2026-10-01", "2026-09-29"), // two days early
            contact(work, "2026-10-15", "2026-10-23"), // eight days late
            contact(work, "2026-11-01", ""),           // missed
            contact(work, "2026-11-13", ""),           // still ahead
            Planned { cancelled: true, ..contact(work, "2026-08-01", "") },
        ];
        let found = adherence(contacts, day("2026-11-12"), 0);
        let expected = [
            Adherence { phase: work, planned: 4, held: 3, on_time: 2, drift_days: 6 },
            Adherence { phase: close, planned: 1, held: 0, on_time: 0, drift_days: 0 },
        ];
        assert_eq!(found, expected);
        assert_eq!((found[0].percent(), found[0].mean_drift()), (Some(50), Some(2)));
        assert_eq!((found[1].percent(), found[1].mean_drift()), (Some(0), None));
        assert_eq!(adherence(contacts, day("2026-11-12"), 8)[0].on_time, 3);
        assert_eq!(adherence([], day("2026-11-12"), 0), []);
    }
}
