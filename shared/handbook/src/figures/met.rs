//! Who of us has met whom of theirs (S1.3, S1.26): a matrix of contacts and members.

use chrono::NaiveDate;

use super::touch::{Touch, conversations};
use crate::ids::RecordId;

/// Conversations by contact and member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// The columns.
    pub members: Vec<RecordId>,
    /// One line a contact, in the order given.
    pub lines: Vec<Line>,
}

/// One contact's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub contact: RecordId,
    /// With each member, parallel to [`Met::members`].
    pub cells: Vec<Cell>,
}

/// One contact and one member.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// Conversations in which both took part.
    pub conversations: usize,
    /// The day of the last one.
    pub last: Option<NaiveDate>,
}

impl Line {
    /// How many of us have met them.
    pub fn known_to(&self) -> usize {
        self.cells.iter().filter(|cell| cell.conversations > 0).count()
    }
}

/// The matrix of these people over all conversations until today.
pub fn met(
    contacts: &[RecordId],
    members: &[RecordId],
    touches: &[Touch],
    today: NaiveDate,
) -> Met {
    let cell = |contact: &RecordId, member: &RecordId| {
        let mut cell = Cell::default();
        let both =
            |touch: &&Touch| touch.contacts.contains(contact) && touch.members.contains(member);
        for touch in conversations(touches, NaiveDate::MIN, today).filter(both) {
            cell.conversations += 1;
            cell.last = cell.last.max(Some(touch.on));
        }
        cell
    };
    let line = |contact: &RecordId| Line {
        contact: *contact,
        cells: members.iter().map(|member| cell(contact, member)).collect(),
    };
    Met { members: members.to_vec(), lines: contacts.iter().map(line).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_must_be_there() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let who = |number| RecordId::from_bytes([number; 16]);
        let talk = |on: &str, members: &[u8], contacts: &[u8]| Touch {
            on: day(on),
            two_way: true,
            members: members.iter().copied().map(who).collect(),
            contacts: contacts.iter().copied().map(who).collect(),
            ..Touch::default()
        };
        let touches = [
            talk("2026-01-01", &[1, 2], &[11]),
            talk("2026-03-01", &[1], &[11, 12]),
            Touch { two_way: false, ..talk("2026-04-01", &[2], &[12]) },
            talk("2026-12-01", &[2], &[12]), // ahead of today
        ];
        let found = met(&[11, 12, 13].map(who), &[1, 2].map(who), &touches, day("2026-11-12"));
        let cell = |conversations, last: &str| Cell { conversations, last: last.parse().ok() };
        let cells: Vec<_> = found.lines.iter().map(|line| line.cells.clone()).collect();
        let expected = [
            [cell(2, "2026-03-01"), cell(1, "2026-01-01")],
            [cell(1, "2026-03-01"), cell(0, "")],
            [cell(0, ""), cell(0, "")],
        ];
        assert_eq!(cells, expected);
        assert_eq!(found.lines.iter().map(Line::known_to).collect::<Vec<_>>(), [2, 1, 0]);
    }
}
