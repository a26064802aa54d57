//! Who of us reaches a client: touchpoints by function over the window of coverage, and whether it all hangs on one person.
//! One line for each client, small enough to read over a thousand of them at once (S1.3, S1.26).

use chrono::{Days, NaiveDate};

use super::concentration::{Flag, concentration};
use super::coverage::WINDOW_DAYS;
use super::thresholds::Thresholds;
use super::touch::Touch;
use crate::records::Function;
use crate::typed::Choice;

/// How many functions there are.
const FUNCTIONS: usize = Function::ALL.len();

/// One client's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Touchpoints of each function in the window, in the order of [`Function::ALL`].
    pub counts: [u32; FUNCTIONS],
    /// The last day on which each function was in touch, whenever that was.
    pub last: [Option<NaiveDate>; FUNCTIONS],
    /// Conversations from which concentration was judged: the n of the flags.
    pub conversations: usize,
    /// What hangs on one person.
    pub flags: Vec<Flag>,
}

impl Reach {
    /// The functions without a touchpoint in the window.
    pub fn silent(&self) -> impl Iterator<Item = Function> {
        Function::ALL.iter().zip(&self.counts).filter(|(_, count)| **count == 0).map(|(it, _)| *it)
    }

    /// Whether a function had no touchpoint in the window.
    pub fn is_silent(&self, function: Function) -> bool {
        self.silent().any(|silent| silent == function)
    }

    /// How many functions had one.
    pub fn covered(&self) -> usize {
        FUNCTIONS - self.silent().count()
    }
}

/// A client's line on `today`, of a client with so many contacts who are still there. What lies ahead of today is left out.
pub fn reach(
    touches: &[Touch],
    active_contacts: usize,
    today: NaiveDate,
    thresholds: &Thresholds,
) -> Reach {
    let since = today.checked_sub_days(Days::new(WINDOW_DAYS)).unwrap_or(today);
    let (mut counts, mut last) = ([0; FUNCTIONS], [None; FUNCTIONS]);
    for touch in touches.iter().filter(|touch| touch.on <= today) {
        let place = usize::from(touch.function);
        if let Some(last) = last.get_mut(place) {
            *last = (*last).max(Some(touch.on));
        }
        if let Some(count) = counts.get_mut(place).filter(|_| touch.on >= since) {
            *count += 1;
        }
    }
    let found = concentration(touches, active_contacts, today, thresholds);
    Reach { counts, last, conversations: found.conversations, flags: found.flags }
}

/// The function that is silent at most clients, and at how many of them; of two alike the first. `None` where none is.
pub fn most_silent<'a>(
    lines: impl IntoIterator<Item = &'a Reach> + Clone,
) -> Option<(Function, usize)> {
    let at = |function| lines.clone().into_iter().filter(|line| line.is_silent(function)).count();
    let counts = Function::ALL.iter().rev().map(|function| (*function, at(*function)));
    counts.max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{day, id};

    fn touch(function: Function, on: &str) -> Touch {
        let place = Function::ALL.iter().position(|known| *known == function).unwrap();
        Touch { function: place as u8, on: day(on), two_way: true, ..Touch::default() }
    }

    /// Covers: S1.3, S1.26
    #[test]
    fn counts_silence_and_what_hangs_on_one() {
        let mut touches = vec![
            touch(Function::Sales, "2026-11-12"),
            touch(Function::Sales, "2026-08-14"), // the first day of the window
            touch(Function::Finance, "2026-08-13"), // the day before
            touch(Function::Marketing, "2026-11-13"), // ahead of today
        ];
        for _ in 0..5 {
            let (members, contacts) = (vec![id(7)], vec![id(1), id(2)]);
            touches.push(Touch { members, contacts, ..touch(Function::Delivery, "2026-11-01") });
        }
        let line = reach(&touches, 2, day("2026-11-12"), &Thresholds::default());
        let count = |function| {
            let place = Function::ALL.iter().position(|known| *known == function).unwrap();
            (line.counts[place], line.last[place])
        };
        assert_eq!(count(Function::Sales), (2, Some(day("2026-11-12"))));
        assert_eq!(count(Function::Finance), (0, Some(day("2026-08-13"))));
        assert_eq!(count(Function::Marketing), (0, None));
        assert_eq!(line.covered(), 2);
        assert!(line.is_silent(Function::Finance) && !line.is_silent(Function::Sales));
        assert_eq!(line.conversations, 8); // over 180 days
        assert_eq!(line.flags, [Flag::OneOfUs(id(7), 100)]);
    }

    #[test]
    fn the_function_silent_at_most_clients() {
        let line = |spoke: &[Function]| {
            let touches: Vec<Touch> = spoke.iter().map(|one| touch(*one, "2026-11-01")).collect();
            reach(&touches, 0, day("2026-11-12"), &Thresholds::default())
        };
        let check = |spoke: &[&[Function]], expected| {
            let lines: Vec<Reach> = spoke.iter().map(|one| line(one)).collect();
            assert_eq!(most_silent(&lines), expected);
        };
        use Function::{Delivery, Engagement, Finance, Marketing, Sales};
        let all = [Sales, Marketing, Engagement, Delivery, Finance];
        check(&[&all, &[Sales, Marketing, Engagement, Delivery]], Some((Finance, 1)));
        check(&[&[Sales, Marketing], &[Sales, Marketing, Finance]], Some((Engagement, 2)));
        check(&[&all], None);
        check(&[], None);
    }
}
