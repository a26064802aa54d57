//! Versions of a SWOT analysis: a new one begins as a copy of the one that holds, takes its place when it is made current,
//! and two of them can be laid side by side (S1.34, S1.35).

use chrono::NaiveDate;

use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::swot::LIFECYCLE;
use crate::op::Op;
use crate::records::{Lens, Member, Swot, SwotItem};
use crate::row::Row;
use crate::typed::{Id, Record};
use crate::words::Sentence;

/// Begins an analysis: a copy of `from` with its items where there is one, else an empty draft. The copy says what it
/// supersedes, and each item what it continues. `fresh` gives new ids; the analysis itself gets the first.
pub fn begin(
    lens: Lens,
    from: Option<(&Known<Swot>, &[Known<SwotItem>])>,
    today: NaiveDate,
    author: Option<RecordId>,
    mut fresh: impl FnMut() -> RecordId,
) -> Vec<Op> {
    let id = fresh();
    let draft = Swot {
        lens: Some(lens),
        on: Some(today),
        authors: author.map(Id::<Member>::new).into_iter().collect(),
        summary: from.map(|(old, _)| old.summary.clone()).unwrap_or_default(),
        supersedes: from.map(|(old, _)| Id::new(old.id)),
        transitions: Default::default(),
    };
    let mut ops = vec![draft.create(id)];
    let (swot, items) = from.map_or((None, &[][..]), |(old, items)| (Some(old.id), items));
    for item in items.iter().filter(|item| item.swot.map(|of| of.id) == swot) {
        let (swot, follows) = (Some(Id::new(id)), Some(Id::new(item.id)));
        ops.push(SwotItem { swot, follows, ..item.record.clone() }.create(fresh()));
    }
    ops
}

/// Makes a draft the analysis that holds, and supersedes those that held for the same lens, in one change; or every reason
/// against it.
pub fn make_current(
    draft: &Row,
    holding: &[&Row],
    mut fresh: impl FnMut() -> RecordId,
) -> Result<Vec<Op>, Vec<Sentence>> {
    let mut ops = vec![LIFECYCLE.step(draft, "current", &[], fresh())?];
    for row in holding.iter().filter(|row| row.id != draft.id) {
        ops.push(LIFECYCLE.step(row, "superseded", &[], fresh())?);
    }
    Ok(ops)
}

/// What differs between two analyses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Items of the newer one that the older did not have.
    pub added: Vec<RecordId>,
    /// Items of the older one that are not continued.
    pub gone: Vec<RecordId>,
    /// Items that say, weigh or stand otherwise: the older and the newer.
    pub changed: Vec<(RecordId, RecordId)>,
    /// Items that are the same.
    pub same: usize,
}

/// Lays `older` and `newer` side by side. An item belongs to the one that it continues, over versions in between; where
/// nobody copied it, to one of the same quadrant and the same words.
pub fn changes(older: RecordId, newer: RecordId, items: &[Known<SwotItem>]) -> Changes {
    let of = |swot: RecordId| items.iter().filter(move |one| is_of(one, swot));
    let mut left: Vec<&Known<SwotItem>> = of(older).collect();
    let mut found = Changes::default();
    let mut unmatched = Vec::new();
    for item in of(newer) {
        let line = line_of(item.id, items);
        match left.iter().position(|one| line.contains(&one.id)) {
            Some(at) => found.pair(left.remove(at), item),
            None => unmatched.push(item),
        }
    }
    for item in unmatched {
        let alike = |one: &&Known<SwotItem>| {
            one.quadrant == item.quadrant && folded(&one.text) == folded(&item.text)
        };
        match left.iter().position(alike) {
            Some(at) => found.pair(left.remove(at), item),
            None => found.added.push(item.id),
        }
    }
    found.gone = left.iter().map(|one| one.id).collect();
    found
}

impl Changes {
    fn pair(&mut self, older: &Known<SwotItem>, newer: &Known<SwotItem>) {
        let alike = older.text.trim() == newer.text.trim()
            && older.weight == newer.weight
            && older.quadrant == newer.quadrant;
        if alike {
            self.same += 1;
        } else {
            self.changed.push((older.id, newer.id));
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.gone.is_empty() && self.changed.is_empty()
    }
}

/// An item and all that it continues, the newest first: what is done about one of them is done about this one.
pub fn line_of(item: RecordId, items: &[Known<SwotItem>]) -> Vec<RecordId> {
    let mut line = vec![item];
    // Two devices could make items continue each other; no line is longer than all items.
    while let Some(before) = line.last().and_then(|last| {
        let last = items.iter().find(|one| one.id == *last)?;
        last.follows.map(|before| before.id)
    }) {
        if line.contains(&before) {
            break;
        }
        line.push(before);
    }
    line
}

fn is_of(item: &SwotItem, swot: RecordId) -> bool {
    item.swot.is_some_and(|of| of.id == swot)
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::{day, id};
    use crate::records::Quadrant;
    use crate::typed::Scale;
    use crate::value::Value;

    fn item(number: u8, swot: u8, text: &str, weight: i64, follows: Option<u8>) -> Known<SwotItem> {
        Known::new(
            id(number),
            SwotItem {
                swot: Some(Id::new(id(swot))),
                quadrant: Some(Quadrant::Strength),
                text: text.into(),
                weight: Scale::new(weight),
                follows: follows.map(|number| Id::new(id(number))),
                ..SwotItem::default()
            },
        )
    }

    /// Covers: S1.34, S1.35
    #[test]
    fn two_versions_side_by_side() {
        let items = [
            item(11, 1, "Long history", 4, None),
            item(12, 1, "Knows the site", 3, None),
            item(13, 1, "One person carries it", 5, None),
            item(14, 1, "Trusted by the board", 2, None),
            // The second version continued three, dropped one.
            item(21, 2, "Long history", 4, Some(11)),
            item(22, 2, "Knows the site", 5, Some(12)),
            item(24, 2, " trusted by the BOARD", 2, None), // typed again
            // The third continues the second.
            item(31, 3, "A long history", 4, Some(21)),
            item(32, 3, "Own survey crew", 3, None),
        ];
        let check = |older, newer, added: &[u8], gone: &[u8], changed: &[(u8, u8)], same| {
            let ids = |numbers: &[u8]| numbers.iter().copied().map(id).collect::<Vec<_>>();
            let changed = changed.iter().map(|(old, new)| (id(*old), id(*new))).collect();
            let expected = Changes { added: ids(added), gone: ids(gone), changed, same };
            assert_eq!(changes(id(older), id(newer), &items), expected);
        };
        check(1, 2, &[], &[13], &[(12, 22), (14, 24)], 1);
        check(1, 3, &[32], &[12, 13, 14], &[(11, 31)], 0);
        check(1, 1, &[], &[], &[], 4);
        check(3, 9, &[], &[31, 32], &[], 0);
        assert_eq!(line_of(id(31), &items), [31, 21, 11].map(id));
        let circle = [item(1, 1, "", 1, Some(2)), item(2, 1, "", 1, Some(1))];
        assert_eq!(line_of(id(1), &circle), [1, 2].map(id));
    }

    /// Covers: S1.34, S1.35
    #[test]
    fn a_new_version_begins_as_a_copy() {
        let old = Known::new(
            id(1),
            Swot {
                lens: Some(Lens::Business),
                on: Some(day("2026-08-01")),
                summary: "Hold on".into(),
                ..Swot::default()
            },
        );
        let items =
            [item(11, 1, "Long history", 4, None), item(12, 9, "Of another analysis", 4, None)];
        let mut next = 100;
        let fresh = || {
            next += 1;
            id(next)
        };
        let today = day("2026-11-12");
        let ops = begin(Lens::Business, Some((&old, &items)), today, Some(id(7)), fresh);
        let draft = Swot {
            lens: Some(Lens::Business),
            on: Some(today),
            authors: [Id::new(id(7))].into(),
            summary: "Hold on".into(),
            supersedes: Some(Id::new(id(1))),
            transitions: Default::default(),
        };
        let copy = item(102, 101, "Long history", 4, Some(11)).record;
        assert_eq!(ops, [draft.create(id(101)), copy.create(id(102))]);
        assert_eq!(begin(Lens::Business, None, today, None, || id(5)).len(), 1);
    }

    /// Covers: S1.35
    #[test]
    fn the_new_one_supersedes_the_old_one() {
        let row = |number, on: &str, author: Option<u8>| {
            let mut row = Row::empty(Swot::KIND, id(number));
            let put = |row: &mut Row, field: &str, value| {
                row.values[Swot::KIND.index(field).unwrap()] = value;
            };
            if let Ok(on) = on.parse() {
                put(&mut row, "on", Value::Date(on));
            }
            if let Some(author) = author {
                put(&mut row, "authors", Value::Many(vec![Value::Link(id(author))]));
            }
            row
        };
        let mut holding = row(1, "2026-08-01", Some(7));
        let step = LIFECYCLE.step(&holding, "current", &[], id(50)).unwrap();
        let Op::Append { fact, .. } = step else { panic!("a step appends") };
        let at = Swot::KIND.index("transitions").unwrap();
        holding.values[at] = Value::Facts(vec![fact]);
        let made = make_current(&row(2, "2026-11-12", Some(7)), &[&holding], || id(60)).unwrap();
        let touched: Vec<_> = made.iter().map(|op| op.key().id).collect();
        assert_eq!(touched, [id(2), id(1)]);
        // What the draft lacks is said, and nothing is superseded.
        let refused = make_current(&row(2, "", None), &[&holding], || id(60)).unwrap_err();
        assert_eq!(refused.len(), 2);
    }
}
