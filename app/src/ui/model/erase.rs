//! Erasing a person: what would go, and who has carried it out.

use chrono::NaiveDateTime;
use handbook::{DocumentId, RecordKey};

/// What an erasure would do, a line for each record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErasurePreview {
    /// What goes whole, the person first.
    pub goes: Vec<String>,
    /// What stays, without the person in it.
    pub stays: Vec<String>,
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
