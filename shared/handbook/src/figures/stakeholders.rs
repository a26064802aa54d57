//! Where the people at a client stand: influence and interest, and whether somebody has turned away from us.

use crate::document::Entry;
use crate::records::{Contact, Stance};
use crate::typed::Choice;
use crate::words::Words;

/// From here on influence and interest count as high.
const HIGH: i64 = 4;

/// One of the four quarters of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quarter {
    /// Much influence, much interest.
    WorkClosely,
    /// Much influence, little interest.
    KeepSatisfied,
    /// Little influence, much interest.
    KeepInformed,
    /// Little of both.
    Watch,
}

impl Quarter {
    /// What it asks of us.
    pub const fn label(self) -> Words {
        match self {
            Self::WorkClosely => Words::new("Work closely with", "Eng einbinden"),
            Self::KeepSatisfied => Words::new("Keep satisfied", "Zufriedenstellen"),
            Self::KeepInformed => Words::new("Keep informed", "Informieren"),
            Self::Watch => Words::new("Keep an eye on", "Im Blick behalten"),
        }
    }

    /// The quarter in which a contact stands; `None` while influence or interest is not known.
    pub fn of(contact: &Contact) -> Option<Self> {
        let (influence, interest) = (contact.influence?.get(), contact.interest?.get());
        Some(match (influence >= HIGH, interest >= HIGH) {
            (true, true) => Self::WorkClosely,
            (true, false) => Self::KeepSatisfied,
            (false, true) => Self::KeepInformed,
            (false, false) => Self::Watch,
        })
    }
}

/// Where a contact stood before their stance was last changed, from their history, the latest first.
pub fn stance_before(history: &[Entry]) -> Option<Stance> {
    let stance = Contact::KEYS.stance.index();
    let changed = history.iter().find(|entry| entry.field == Some(stance))?;
    Stance::from_key(changed.before.as_text()?)
}

/// Whether a contact stands less well to us than before, and not as well as we want.
pub fn regressed(contact: &Contact, before: Stance) -> bool {
    let now = contact.stance.filter(|now| *now != Stance::Foreign);
    now.is_some_and(|now| now < before && contact.stance_wanted.is_none_or(|wanted| now < wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Event;
    use crate::typed::Scale;
    use crate::value::{Moment, Value};

    #[test]
    fn four_quarters() {
        let check = |influence, interest, expected| {
            let contact = Contact {
                influence: Scale::new(influence),
                interest: Scale::new(interest),
                ..Contact::default()
            };
            assert_eq!(Quarter::of(&contact), expected, "{influence} {interest}");
        };
        check(5, 4, Some(Quarter::WorkClosely));
        check(4, 3, Some(Quarter::KeepSatisfied));
        check(3, 4, Some(Quarter::KeepInformed));
        check(1, 1, Some(Quarter::Watch));
        check(5, 0, None); // not known
    }

    #[test]
    fn the_last_change_of_stance() {
        let entry = |field: usize, before: &str| Entry {
            event: Event::Changed,
            field: Some(field),
            before: Value::Choice(before.into()),
            after: Value::Choice("neutral".into()),
            by: None,
            at: Moment::default(),
            command: None,
            batch: None,
            what: String::new(),
        };
        let stance = Contact::KEYS.stance.index();
        let check = |history: &[Entry], expected| assert_eq!(stance_before(history), expected);
        check(&[], None);
        let wanted = Contact::KEYS.stance_wanted.index();
        check(&[entry(wanted, "leading")], None);
        let twice = [entry(wanted, "x"), entry(stance, "supportive"), entry(stance, "resistant")];
        check(&twice, Some(Stance::Supportive));
        check(&[entry(stance, "from next year")], None);
    }

    #[test]
    fn against_before_and_wanted() {
        use Stance::{Leading, Neutral, Resistant, Supportive};
        let check = |now, wanted, before, expected| {
            let contact = Contact { stance: now, stance_wanted: wanted, ..Contact::default() };
            assert_eq!(regressed(&contact, before), expected, "{now:?} {wanted:?} {before:?}");
        };
        check(Some(Neutral), Some(Leading), Supportive, true);
        check(Some(Resistant), None, Neutral, true);
        check(Some(Neutral), Some(Neutral), Supportive, false); // as wanted
        check(Some(Supportive), Some(Leading), Neutral, false);
        check(None, Some(Leading), Supportive, false);
    }
}
