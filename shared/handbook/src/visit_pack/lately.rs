//! What each of our functions logged last: somebody who visits speaks for all of them (S1.3 to S1.8).

use chrono::NaiveDate;

use super::Source;
use crate::ids::RecordId;
use crate::known::Known;
use crate::records::{Function, Touchpoint};
use crate::typed::Choice;

/// The last word of one function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lately {
    /// Which one.
    pub function: Function,
    /// What it logged; `None` if it never did.
    pub said: Option<Said>,
}

/// A touchpoint as the pack tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its record.
    pub touchpoint: RecordId,
    /// Its day.
    pub on: NaiveDate,
    /// Days since then.
    pub days: i64,
    /// What it was about, in a line; may be empty.
    pub subject: String,
    /// What was said.
    pub notes: String,
    /// Who of us was there.
    pub members: Vec<RecordId>,
    /// How the client seemed, from -2 to +2.
    pub mood: Option<i64>,
}

pub(super) fn of(source: &Source<'_>) -> Vec<Lately> {
    let functions = Function::ALL.iter().filter(|function| **function != Function::FOREIGN);
    functions
        .map(|function| Lately { function: *function, said: last(source, *function) })
        .collect()
}

fn last(source: &Source<'_>, function: Function) -> Option<Said> {
    let today = source.setting.today;
    let its = source.touchpoints.iter().filter(|one| one.function == Some(function));
    let dated = its.filter_map(|one| Some((one.at?, one.at?.day()?, one)));
    let past = dated.filter(|(_, on, _)| *on <= today);
    let (_, on, one): (_, _, &Known<Touchpoint>) =
        past.max_by_key(|(at, _, one)| (at.ms, one.id))?;
    Some(Said {
        touchpoint: one.id,
        on,
        days: (today - on).num_days(),
        subject: one.subject.clone(),
        notes: one.notes.to_string(),
        members: one.members.iter().map(|member| member.id).collect(),
        mood: one.mood.map(|mood| mood.get()),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{moment, pack, row};
    use super::*;

    /// Covers: S1.3, S1.8
    #[test]
    fn the_last_word_of_each_function() {
        let said = |number, on: &str, function, notes: &str| {
            let touchpoint = Touchpoint {
                at: Some(moment(on)),
                function: Some(function),
                notes: notes.into(),
                ..Touchpoint::default()
            };
            row(number, on, touchpoint)
        };
        let found = pack(
            &[
                said(1, "2026-08-07", Function::Finance, "Invoices come late."),
                said(2, "2026-08-01", Function::Finance, "Before that."),
                said(3, "2026-11-12", Function::Delivery, "This morning."),
                said(4, "2026-11-13", Function::Sales, "Not yet."),
            ],
            None,
        );
        let told: Vec<_> = found
            .lately
            .iter()
            .map(|one| {
                (one.function.key(), one.said.as_ref().map(|it| (it.days, it.notes.as_str())))
            })
            .collect();
        let expected = [
            ("sales", None),
            ("marketing", None),
            ("engagement", None),
            ("delivery", Some((0, "This morning."))),
            ("finance", Some((97, "Invoices come late."))),
        ];
        assert_eq!(told, expected);
    }
}
