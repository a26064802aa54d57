//! Complaint clocks: the ruler of working days, the words of a clock, the four cells under the stage line.

use chrono::NaiveDate;
use handbook::figures::clocks::{Clock, Reading, Ruler};
use leptos::prelude::*;

use super::{
    format,
    icons::{Glyph, Icon},
};
use crate::texts::complaint as t;

/// Longer rulers draw thinner marks; past this many they would not be told apart, and the words say the rest.
const MAX_MARKS: u32 = 30;
const WIDTH: u32 = 76;

/// One mark a working day; the long one is the promised day.
#[component]
pub fn RulerMarks(
    /// Days used, left and over.
    ruler: Ruler,
) -> impl IntoView {
    let marks = ruler_marks(ruler);
    let step = f64::from(WIDTH) / f64::from((ruler.used + ruler.left + ruler.over).max(10));
    let step = step.min(7.0);
    let width = (step - 1.5).max(1.0);
    let start = f64::from(WIDTH) - step * marks.len() as f64 - 2.0;
    let mut promise = start;
    let drawn = marks
        .into_iter()
        .enumerate()
        .map(|(at, mark)| {
            let x = start + step * at as f64 + if mark == "over" { 2.0 } else { 0.0 };
            if mark != "over" {
                promise = x + step;
            }
            let inset = if mark == "left" { 0.5 } else { 0.0 };
            view! { <rect class=mark x=x + inset y=2.5 + inset width=width - 2.0 * inset height=7.0 - 2.0 * inset /> }
        })
        .collect_view();
    let promise = promise.max(start);
    view! {
        <svg class="ruler" viewBox=format!("0 0 {WIDTH} 12") width=WIDTH aria-hidden="true" focusable="false">
            {drawn}
            <path class="promise" d=format!("M{promise} 0v12") />
        </svg>
    }
}

fn ruler_marks(ruler: Ruler) -> Vec<&'static str> {
    let all = [(ruler.used, "used"), (ruler.left, "left"), (ruler.over, "over")];
    let total: u32 = all.iter().map(|(count, _)| count).sum();
    let mut room = MAX_MARKS.min(total);
    let mut marks = Vec::new();
    for (count, mark) in all {
        let count = count.min(room);
        room -= count;
        marks.extend(std::iter::repeat_n(mark, count as usize));
    }
    marks
}

/// What a clock shows, as icon and words.
#[component]
pub fn Reads(reading: Reading) -> impl IntoView {
    let (class, glyph, words) = match reading {
        Reading::Kept => ("state kept", Glyph::Check, t::kept().to_owned()),
        Reading::KeptLate(days) => ("state", Glyph::Check, t::kept_late(days.into())),
        Reading::Left(0) => ("state soon", Glyph::ClockAlert, t::today().to_owned()),
        Reading::Left(days) => ("state", Glyph::Clock, t::in_days(days.into())),
        Reading::Late(days) => ("state late", Glyph::Octagon, t::late_by(days.into())),
    };
    view! {
        <span class=class>
            <Icon glyph=glyph small=true />
            {words}
        </span>
    }
}

/// A promised time and its clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promised {
    /// "Acknowledge, 1 day".
    pub name: String,
    /// Its clock; `None` while it does not run.
    pub clock: Option<Clock>,
}

/// The cells under the stage line.
#[component]
pub fn Clocks(
    /// The promised times.
    promised: Vec<Promised>,
    /// The day they hold for.
    today: NaiveDate,
) -> impl IntoView {
    let cells = promised
        .into_iter()
        .map(|promised| {
            let clock = promised.clock.map(|clock| {
                view! {
                    <dd><Reads reading=clock.reading /></dd>
                    <dd>{t::by_day(&format::day(clock.due, today))}</dd>
                }
            });
            view! {
                <div>
                    <dt>{promised.name}</dt>
                    {clock}
                </div>
            }
        })
        .collect_view();
    view! { <dl class="clocks">{cells}</dl> }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn marks_are_days() {
        let check = |used, left, over, expected: (usize, usize, usize)| {
            let marks = ruler_marks(Ruler { used, left, over });
            let count = |name| marks.iter().filter(|mark| **mark == name).count();
            assert_eq!((count("used"), count("left"), count("over")), expected);
        };
        check(10, 0, 1, (10, 0, 1));
        check(2, 8, 0, (2, 8, 0));
        check(25, 0, 40, (25, 0, 5));
    }
}
