//! Erasing a person: what would go, and who has carried it out.

use chrono::NaiveDateTime;
use handbook::{DocumentId, RecordKey, erasure::ERASED};

/// What an erasure would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErasurePreview {
    /// What goes whole, a line for each record, the person first.
    pub goes: Vec<String>,
    /// What stays, without the person in it.
    pub stays: Vec<Staying>,
}

/// A record that stays, without the person in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Staying {
    /// What it is.
    pub line: String,
    /// What is cut out of it.
    pub cuts: Vec<Cut>,
}

/// A passage of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// What the field is called.
    pub field: String,
    /// The passage, in order.
    pub pieces: Vec<Piece>,
}

/// Words that stay, or go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Them.
    pub text: String,
    /// Whether they go.
    pub goes: bool,
}

impl Piece {
    /// What stays and what goes of a passage, by what becomes of it.
    pub fn between(was: &str, becomes: &str) -> Vec<Self> {
        let piece = |text: &str, goes| Self { text: text.to_owned(), goes };
        let mut staying = becomes.split(ERASED);
        let first = staying.next().unwrap_or_default();
        let Some(mut rest) = was.strip_prefix(first).filter(|_| !becomes.is_empty()) else {
            return vec![piece(was, true)];
        };
        let mut pieces = vec![piece(first, false)];
        let mut staying = staying.peekable();
        while let Some(stays) = staying.next() {
            let at = match staying.peek() {
                Some(_) => rest.find(stays),
                None => rest.len().checked_sub(stays.len()).filter(|_| rest.ends_with(stays)),
            };
            let Some((goes, from)) = at.and_then(|at| rest.split_at_checked(at)) else {
                return vec![piece(was, true)];
            };
            pieces.extend([piece(goes, goes != ERASED), piece(stays, false)]);
            rest = from.get(stays.len()..).unwrap_or_default();
        }
        pieces.retain(|piece| !piece.text.is_empty());
        pieces
    }
}

/// An erasure, and how far it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Erasure {
    /// The client on whose pages it was asked for.
    pub document: DocumentId,
    /// The client's name; empty if that is not known here any more.
    pub client: String,
    /// Whose records were to go.
    pub people: Vec<RecordKey>,
    /// When the relay dropped what it held, local time, and at whose word; `None` while it waits on this device.
    pub begun: Option<(NaiveDateTime, String)>,
    /// Whether it can still be taken back.
    pub withdrawable: bool,
    /// Every device that belonged to the team then, in the order of coming.
    pub devices: Vec<ErasedOn>,
}

/// A device that is to carry an erasure out.
#[derive(Debug, Clone, PartialEq)]
pub struct ErasedOn {
    /// Whose it is.
    pub name: String,
    /// Its mark in numbers, such as `A3`.
    pub mark: String,
    /// Whether it has.
    pub receipt: Receipt,
}

/// Whether a device has carried an erasure out; of two parts of one, the greater counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Receipt {
    /// It has; when the relay took its word, local time.
    Done(NaiveDateTime),
    /// The relay was restored to before its word.
    Lost,
    /// It has not said so yet.
    Waiting,
    /// It was removed before it could say so.
    Gone,
}

impl Erasure {
    /// Whether this person's records wait to go.
    pub fn waits_for(&self, person: RecordKey) -> bool {
        self.begun.is_none() && self.people.contains(&person)
    }

    /// One for all documents of clients that are read as one: it is as far as the last of them.
    pub fn joined(parts: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut joined: Vec<Self> = Vec::new();
        for part in parts {
            let same = |it: &&mut Self| (it.document, &it.people) == (part.document, &part.people);
            match joined.iter_mut().find(same) {
                Some(known) => known.join(part),
                None => joined.push(part),
            }
        }
        joined
    }

    fn join(&mut self, part: Self) {
        self.withdrawable &= part.withdrawable;
        if self.begun.is_none() || part.begun.is_none() {
            self.begun = None;
            self.devices.clear();
            return;
        }
        self.begun = self.begun.take().max(part.begun);
        for device in part.devices {
            let same = |it: &&mut ErasedOn| (&it.name, &it.mark) == (&device.name, &device.mark);
            match self.devices.iter_mut().find(same) {
                Some(known) => known.receipt = known.receipt.max(device.receipt),
                None => self.devices.push(device),
            }
        }
    }

    /// How many of its devices have carried it out.
    pub fn done(&self) -> usize {
        self.devices.iter().filter(|device| matches!(device.receipt, Receipt::Done(_))).count()
    }
}

#[cfg(test)]
mod tests {
    use handbook::{Record, RecordId, records::Contact};
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn part(begun: Option<u32>, receipts: &[Receipt]) -> Erasure {
        let on = |(n, receipt): (usize, &Receipt)| ErasedOn {
            name: "Ada".into(),
            mark: format!("A{n}"),
            receipt: *receipt,
        };
        Erasure {
            document: DocumentId::Firm,
            client: "Birch".into(),
            people: vec![RecordKey::new(Contact::KIND, RecordId::from_bytes([1; 16]))],
            begun: begun.map(|hour| (at(hour), "Ada".into())),
            withdrawable: begun.is_none(),
            devices: receipts.iter().enumerate().map(on).collect(),
        }
    }

    fn at(hour: u32) -> NaiveDateTime {
        chrono::NaiveDate::default().and_hms_opt(hour, 0, 0).unwrap()
    }

    #[test]
    fn what_goes_of_a_passage_is_told_from_what_stays() {
        let shown = |was: &str, becomes: &str| -> String {
            let piece = |it: Piece| if it.goes { format!("<{}>", it.text) } else { it.text };
            Piece::between(was, becomes).into_iter().map(piece).collect()
        };
        for (was, becomes, expected) in [
            ("…met Greta Holm on Friday", "…met […] on Friday", "…met <Greta Holm> on Friday"),
            ("Greta Holm and G. Holm", "[…] and […]", "<Greta Holm> and <G. Holm>"),
            ("Greta Holm", "[…]", "<Greta Holm>"),
            ("Greta Holm", "", "<Greta Holm>"),
            ("[…] met Greta Holm.", "[…] met […].", "[…] met <Greta Holm>."),
            ("something else", "not […] this", "<something else>"),
        ] {
            assert_eq!(shown(was, becomes), expected, "{was}");
        }
    }

    #[test]
    fn one_line_is_as_far_as_the_last_of_its_documents() {
        use Receipt::{Done, Gone, Waiting};
        let joined = |parts: [Erasure; 2]| {
            let mut joined = Erasure::joined(parts);
            assert_eq!(joined.len(), 1);
            joined.remove(0)
        };
        let both = joined([
            part(Some(2), &[Done(at(3)), Done(at(3)), Gone]),
            part(Some(1), &[Done(at(4)), Waiting, Done(at(2)), Waiting]),
        ]);
        assert_eq!(both, part(Some(2), &[Done(at(4)), Waiting, Gone, Waiting]));
        assert_eq!(joined([part(None, &[]), part(None, &[])]), part(None, &[]));
        let half = joined([part(None, &[]), part(Some(1), &[Done(at(2))])]);
        assert_eq!(half, Erasure { withdrawable: false, ..part(None, &[]) });
        let other = Erasure { people: Vec::new(), ..part(None, &[]) };
        assert_eq!(Erasure::joined([part(None, &[]), other]).len(), 2);
    }
}
