//! A touchpoint as the figures need it.

use chrono::NaiveDate;

use crate::ids::RecordId;
use crate::known::Known;
use crate::records::{Direction, Function, Touchpoint};
use crate::typed::Choice;

/// Who spoke with whom, on which day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touch {
    /// Its record.
    pub id: RecordId,
    /// Index into [`Function::ALL`].
    pub function: u8,
    /// The day.
    pub on: NaiveDate,
    /// Whether both sides spoke.
    pub two_way: bool,
    /// Who was there from the client.
    pub contacts: Vec<RecordId>,
    /// Who was there from us.
    pub members: Vec<RecordId>,
}

impl Touch {
    /// Reads a touchpoint; `None` without a day or a function known here. One without a direction was logged in person:
    /// both spoke.
    pub fn of(touchpoint: &Known<Touchpoint>) -> Option<Self> {
        let function =
            Function::ALL.iter().position(|known| Some(*known) == touchpoint.function)?;
        Some(Self {
            id: touchpoint.id,
            function: u8::try_from(function).ok()?,
            on: touchpoint.at?.day()?,
            two_way: touchpoint.direction.is_none_or(|direction| direction == Direction::TwoWay),
            contacts: touchpoint.contacts.iter().map(|contact| contact.id).collect(),
            members: touchpoint.members.iter().map(|member| member.id).collect(),
        })
    }
}

/// The conversations among them, from `from` to `today`, both included.
pub fn conversations(
    touches: &[Touch],
    from: NaiveDate,
    today: NaiveDate,
) -> impl Iterator<Item = &Touch> {
    touches.iter().filter(move |touch| touch.two_way && (from..=today).contains(&touch.on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Moment;

    #[test]
    fn the_day_of_the_place_and_both_sides() {
        let check = |direction, two_way| {
            let at = Moment::parse("2026-11-12T23:30:00.000+01:00");
            let function = Some(Function::Delivery);
            let touchpoint = Touchpoint { at, function, direction, ..Touchpoint::default() };
            let touch = Touch::of(&Known::new(RecordId::default(), touchpoint)).unwrap();
            assert_eq!((touch.on.to_string().as_str(), touch.two_way), ("2026-11-12", two_way));
            assert_eq!(Function::ALL[usize::from(touch.function)], Function::Delivery);
        };
        check(None, true);
        check(Some(Direction::TwoWay), true);
        check(Some(Direction::Outbound), false);
        let empty = Known::new(RecordId::default(), Touchpoint::default());
        assert_eq!(Touch::of(&empty), None);
    }
}
