//! Stating a step again: to settle on one of several states, and to take a step back.
//!
//! A transition is a fact and stays. What leads back is one more of them, stated after all that are there.

use super::{FROM, Lifecycle, Standing, TO, latest};
use crate::ids::RecordId;
use crate::op::Op;
use crate::row::Row;
use crate::value::{Fact, Value};

/// The key of the fact's field that names the reason.
const WHY: &str = "why";

impl Lifecycle {
    /// Settles a record that devices led to several states apart on one of them: the step that led there is
    /// stated again with all it said. `None` if the record does not stand there. `id` is fresh.
    pub fn settle(&self, row: &Row, to: &str, id: RecordId) -> Option<Op> {
        let facts = row.get(self.field).facts();
        let said = latest(facts).filter(|fact| self.fact_text(fact, TO) == Some(to)).last()?;
        Some(self.again(row, Some(said), id))
    }

    /// Takes back the steps named in `taken`, in the order they were taken: the state before them is entered again. `None` where
    /// that cannot be: somebody went on from there, devices acted apart, or a step said more than why it
    /// was taken, which others may count on already. `id` is fresh.
    pub fn back(&self, row: &Row, taken: &[RecordId], id: RecordId) -> Option<Op> {
        let facts = row.get(self.field).facts();
        let named = |id: &RecordId| facts.iter().find(|fact| fact.id == *id);
        let Standing::In(_) = self.standing(row) else { return None };
        let last = named(taken.last()?)?;
        if !latest(facts).any(|now| now.id == last.id || self.same(now, last)) {
            return None;
        }
        let mut step = last;
        loop {
            if !self.is_plain(step) {
                return None;
            }
            match step.after.as_slice() {
                [] => return Some(self.again(row, None, id)),
                [before] if taken.contains(before) => step = named(before)?,
                [before] => return Some(self.again(row, Some(named(before)?), id)),
                _ => return None,
            }
        }
    }

    /// What a step said, stated anew; without one the state of the beginning is entered.
    fn again(&self, row: &Row, said: Option<&Fact>, id: RecordId) -> Op {
        let here = self.standing(row).shown().to_owned();
        let values = self.fact.iter().enumerate().map(|(index, field)| match (field.key, said) {
            (FROM, _) => Value::Choice(here.clone()),
            (_, Some(said)) => said.values.get(index).cloned().unwrap_or_default(),
            (TO, None) => Value::Choice(self.start_of(row).to_owned()),
            (_, None) => Value::Empty,
        });
        let fact = Fact::new(id, values.collect());
        Op::Append { key: row.key(), field: self.field, fact }
    }

    /// Whether two steps say the same, from wherever they came.
    fn same(&self, one: &Fact, other: &Fact) -> bool {
        self.fact.iter().enumerate().all(|(index, field)| {
            field.key == FROM || one.values.get(index) == other.values.get(index)
        })
    }

    fn is_plain(&self, step: &Fact) -> bool {
        let mut more = self.fact.iter().zip(&step.values);
        more.all(|(field, value)| [FROM, TO, WHY].contains(&field.key) || value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycles::complaint::LIFECYCLE;
    use crate::records::Complaint;
    use crate::typed::Record;

    fn id(number: u8) -> RecordId {
        RecordId::from_bytes([number; 16])
    }

    /// Number, from, to, why, original, after.
    type Said<'a> = (u8, &'a str, &'a str, &'a str, u8, &'a [u8]);

    /// A complaint with these steps.
    fn complaint(steps: &[Said<'_>]) -> Row {
        let choice = |key: &str| Value::Choice(key.to_owned());
        let facts = steps.iter().map(|(number, from, to, why, original, after)| {
            let why = if why.is_empty() { Value::Empty } else { Value::Text((*why).to_owned()) };
            let original = if *original == 0 { Value::Empty } else { Value::Link(id(*original)) };
            let mut fact = Fact::new(id(*number), vec![choice(from), choice(to), why, original]);
            fact.after = after.iter().map(|number| id(*number)).collect();
            fact
        });
        let mut row = Row::empty(Complaint::KIND, id(0xc1));
        row.values[Complaint::KEYS.transitions.index()] = Value::Facts(facts.collect());
        row
    }

    fn told(op: Option<Op>) -> Option<(String, String, String)> {
        let Some(Op::Append { fact, .. }) = op else { return None };
        let text = |index: usize| fact.values[index].as_text().unwrap_or_default().to_owned();
        Some((text(0), text(1), text(2)))
    }

    #[test]
    fn a_record_in_two_states_settles_on_one_with_what_was_said() {
        let parted = complaint(&[
            (1, "captured", "recorded", "", 0, &[]),
            (2, "recorded", "withdrawn", "they called", 0, &[1]),
            (3, "recorded", "duplicate", "", 9, &[1]),
        ]);
        let check = |to: &str, expected: Option<(&str, &str, &str)>| {
            let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
            assert_eq!(told(LIFECYCLE.settle(&parted, to, id(7))), expected, "{to}");
        };
        check("withdrawn", Some(("duplicate", "withdrawn", "they called")));
        check("duplicate", Some(("duplicate", "duplicate", "")));
        check("recorded", None);
    }

    #[test]
    fn a_step_is_taken_back_where_nobody_went_on() {
        let check = |steps: &[Said<'_>], taken: &[u8], to: Option<&str>| {
            let taken: Vec<RecordId> = taken.iter().map(|number| id(*number)).collect();
            let found = told(LIFECYCLE.back(&complaint(steps), &taken, id(7)));
            assert_eq!(found.map(|(_, to, _)| to).as_deref(), to);
        };
        let recorded = (1, "captured", "recorded", "", 0, &[][..]);
        let withdrawn = (2, "recorded", "withdrawn", "they called", 0, &[1][..]);
        // To the beginning, one step back, two at once.
        check(&[recorded], &[1], Some("captured"));
        check(&[recorded, withdrawn], &[2], Some("recorded"));
        check(&[recorded, withdrawn], &[1, 2], Some("captured"));
        // Somebody went on.
        check(&[recorded, withdrawn], &[1], None);
        // Taken back before and done again: the same stands there.
        let again = (3, "withdrawn", "recorded", "", 0, &[2][..]);
        check(&[recorded, withdrawn, again], &[1], Some("captured"));
        check(&[recorded, withdrawn, again], &[3], Some("withdrawn"));
        // Apart, and a step that says of what it is a duplicate.
        check(&[recorded, withdrawn, (4, "recorded", "duplicate", "", 9, &[1])], &[2], None);
        check(&[recorded, (4, "recorded", "duplicate", "", 9, &[1])], &[4], None);
        check(&[], &[1], None);
    }
}
