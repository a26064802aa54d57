//! What one person did in one tab, over all documents: for taking it back and doing it again.
//!
//! Only which commands were given is remembered here. What taking one back means, and what must stay because somebody went
//! on from there, the documents say when it is asked ([`document::undo`](crate::document::undo())).

mod told;

use uuid::Uuid;

use crate::ids::{DocumentId, RecordKey};
use crate::op::{Op, Stamp};
use crate::value::Moment;
use crate::words::Sentence;

pub use told::{told, weighs};

/// So many deeds are remembered.
const REMEMBERED: usize = 100;
/// Typing goes on in the same field until it rests for so long, milliseconds. It is kept every three seconds at the latest.
const REST_MS: i64 = 5_000;
/// What a command is called that keeps what is typed into a field.
const TYPING: &str = "edit";

/// Something that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// Its commands, each in its document.
    pub parts: Vec<(DocumentId, Uuid)>,
    /// What it was: "Sector changed".
    pub told: Sentence,
    /// The field that was typed into, and when it was kept last.
    typing: Option<(Typed, Moment)>,
}

type Typed = (DocumentId, RecordKey, &'static str);

impl Deed {
    /// A command given in one document.
    pub fn new(document: DocumentId, ops: &[Op], stamp: &Stamp) -> Self {
        let typing = typed(document, ops, stamp).map(|field| (field, stamp.at));
        Self { parts: vec![(document, stamp.command)], told: told(ops), typing }
    }

    /// One command given in many documents; its steps in all of them.
    pub fn over(documents: Vec<DocumentId>, ops: &[Op], command: Uuid) -> Self {
        let parts = documents.into_iter().map(|document| (document, command)).collect();
        Self { parts, told: told(ops), typing: None }
    }

    /// The same deed, done or undone by other commands.
    pub fn by(self, parts: Vec<(DocumentId, Uuid)>) -> Self {
        Self { parts, typing: None, ..self }
    }

    fn is(&self, command: Uuid) -> bool {
        self.parts.iter().any(|(_, own)| *own == command)
    }
}

/// What was done and what was undone, each the latest last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deeds {
    done: Vec<Deed>,
    undone: Vec<Deed>,
}

impl Deeds {
    /// Something was done. What had been undone before cannot be done again: it would be another story.
    pub fn did(&mut self, deed: Deed) {
        self.undone.clear();
        let goes_on = |last: &&mut Deed| last.parts == deed.parts;
        match self.done.last_mut().filter(goes_on) {
            Some(last) => *last = deed,
            None => self.put(deed),
        }
    }

    /// The command that these steps go on with: what is typed into a field in one go is kept every
    /// few seconds, and is one deed.
    pub fn goes_on(&self, document: DocumentId, ops: &[Op], stamp: &Stamp) -> Option<Uuid> {
        let last = self.done.last().filter(|_| self.undone.is_empty())?;
        let (field, kept) = last.typing?;
        let rests = stamp.at.ms.saturating_sub(kept.ms);
        let same = typed(document, ops, stamp) == Some(field) && (0..REST_MS).contains(&rests);
        same.then(|| last.parts.first().map(|(_, command)| *command)).flatten()
    }

    /// Whether what that command did can be taken back: it was not yet.
    pub fn stands(&self, command: Uuid) -> bool {
        self.done.iter().any(|deed| deed.is(command))
    }

    /// Takes out what is to be undone: the deed of that command, else the last one.
    pub fn undo(&mut self, command: Option<Uuid>) -> Option<Deed> {
        match command {
            None => self.done.pop(),
            Some(command) => {
                let place = self.done.iter().position(|deed| deed.is(command))?;
                Some(self.done.remove(place))
            }
        }
    }

    /// Takes out what is to be done again.
    pub fn redo(&mut self) -> Option<Deed> {
        self.undone.pop()
    }

    /// It stands: it was done again, or could not be undone.
    pub fn put(&mut self, deed: Deed) {
        if self.done.len() >= REMEMBERED {
            self.done.remove(0);
        }
        self.done.push(deed);
    }

    /// It is undone, or could not be done again.
    pub fn put_undone(&mut self, deed: Deed) {
        self.undone.push(deed);
    }
}

/// The one field that is typed into.
fn typed(document: DocumentId, ops: &[Op], stamp: &Stamp) -> Option<Typed> {
    match ops {
        _ if stamp.what != TYPING => None,
        [Op::Set { key, field, .. } | Op::Edit { key, field, .. }] => Some((document, *key, field)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RecordId;
    use crate::records::Client;
    use crate::typed::Record;
    use crate::value::Value;

    fn set(field: &'static str) -> Vec<Op> {
        let key = RecordKey::new(Client::KIND, RecordId::from_bytes([1; 16]));
        vec![Op::Set { key, field, value: Value::Text("x".to_owned()) }]
    }

    fn stamp(command: u128, what: &'static str, ms: i64) -> Stamp {
        let at = Moment { ms, offset_min: 0 };
        Stamp { member: [1; 16], at, command: Uuid::from_u128(command), batch: None, what }
    }

    fn deed(command: u128, field: &'static str, ms: i64) -> Deed {
        Deed::new(DocumentId::Firm, &set(field), &stamp(command, "edit", ms))
    }

    fn command(deed: Option<Deed>) -> Option<u128> {
        deed.and_then(|deed| deed.parts.first().map(|(_, command)| command.as_u128()))
    }

    #[test]
    fn undo_and_redo_go_back_and_forth() {
        let mut deeds = Deeds::default();
        assert_eq!(deeds.undo(None), None);
        assert_eq!(deeds.redo(), None);
        for number in 1..=3 {
            deeds.did(deed(number, "name", 0));
        }
        let last = deeds.undo(None).unwrap();
        assert_eq!(last.parts, [(DocumentId::Firm, Uuid::from_u128(3))]);
        deeds.put_undone(last.by(vec![(DocumentId::Firm, Uuid::from_u128(13))]));
        let again = deeds.redo().unwrap();
        assert_eq!(again.parts, [(DocumentId::Firm, Uuid::from_u128(13))]);
        deeds.put(again.by(vec![(DocumentId::Firm, Uuid::from_u128(23))]));
        assert_eq!(command(deeds.undo(None)), Some(23));
        // The one named, out of the middle.
        deeds.did(deed(4, "name", 0));
        assert_eq!(command(deeds.undo(Some(Uuid::from_u128(1)))), Some(1));
        assert_eq!(command(deeds.undo(Some(Uuid::from_u128(1)))), None);
        assert_eq!(command(deeds.undo(None)), Some(4));
        assert_eq!(command(deeds.undo(None)), Some(2));
        assert_eq!(command(deeds.undo(None)), None);
    }

    /// One change to many, its own Undo and the keys: whoever is first takes it out for the other.
    #[test]
    fn a_deed_over_many_documents_stands_until_it_is_undone() {
        let mut deeds = Deeds::default();
        let client = |number| DocumentId::Client(RecordId::from_bytes([number; 16]));
        let ops = [set("name"), set("name")].concat();
        let command = Uuid::from_u128(7);
        deeds.did(Deed::over(vec![client(1), client(2)], &ops, command));
        assert!(deeds.stands(command));
        assert!(!deeds.stands(Uuid::from_u128(8)));
        let undone = deeds.undo(None).unwrap();
        assert_eq!(undone.parts, [(client(1), command), (client(2), command)]);
        assert!(!deeds.stands(command));
        assert_eq!(deeds.undo(Some(command)), None);
    }

    #[test]
    fn a_new_deed_ends_redo_and_old_ones_are_forgotten() {
        let mut deeds = Deeds::default();
        deeds.did(deed(1, "name", 0));
        let undone = deeds.undo(None).unwrap();
        deeds.put_undone(undone);
        deeds.did(deed(2, "name", 0));
        assert_eq!(deeds.redo(), None);
        for number in 0..200 {
            deeds.did(deed(100 + number, "name", 0));
        }
        assert_eq!(deeds.done.len(), REMEMBERED);
        assert_eq!(command(deeds.done.first().cloned()), Some(200));
    }

    #[test]
    fn what_is_typed_in_one_go_is_one_deed() {
        let check = |what: &'static str, field: &'static str, ms: i64, expected: Option<u128>| {
            let mut deeds = Deeds::default();
            deeds.did(deed(1, "sector", 1_000));
            let found = deeds.goes_on(DocumentId::Firm, &set(field), &stamp(2, what, ms));
            assert_eq!(found.map(|command| command.as_u128()), expected, "{what} {field} {ms}");
        };
        check("edit", "sector", 2_000, Some(1));
        check("edit", "sector", 6_000, None);
        check("edit", "sector", 500, None);
        check("edit", "name", 2_000, None);
        check("restore value", "sector", 2_000, None);

        let mut deeds = Deeds::default();
        deeds.did(deed(1, "sector", 1_000));
        deeds.did(deed(1, "sector", 2_000));
        assert_eq!(deeds.done.len(), 1);
        let undone = deeds.undo(None).unwrap();
        deeds.put_undone(undone);
        let next = stamp(2, "edit", 3_000);
        assert_eq!(deeds.goes_on(DocumentId::Firm, &set("sector"), &next), None);
    }
}
