//! Human numbers: `C-26-A3-014`, safe to give while offline.
//!
//! `A3` is the device's ordinal in the roster in base 32, and the counter behind it is taken in the
//! transaction that saves the record: no two devices print the same number, and no two tabs of one.

use std::collections::BTreeMap;

use chrono::Datelike;
use handbook::{Moment, Op, Value};

use crate::codec;
use crate::keys;
use crate::storage::{Batch, Storage, StorageError, Table};

/// The field that holds a human number.
const FIELD: &str = "number";

/// Crockford's digits: none of them is taken for another when read aloud or from paper.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The counters that one transaction takes from.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// By key: the stored bytes, and the last number given.
    taken: BTreeMap<String, (Option<Vec<u8>>, u64)>,
}

impl Counters {
    /// The ops, with a number for each record that has one and got none by hand.
    pub(crate) async fn number(
        &mut self,
        storage: &impl Storage,
        ops: &[Op],
        at: Moment,
        ordinal: u16,
    ) -> Result<Vec<Op>, StorageError> {
        let mut ops = ops.to_vec();
        for op in &mut ops {
            let Op::Create { key, values } = op else { continue };
            let Some(letter) = key.kind.number else { continue };
            if values.iter().any(|(field, value)| *field == FIELD && !value.is_empty()) {
                continue;
            }
            let year = at.local().map_or(0, |local| local.year());
            let counter = self.next(storage, keys::number(letter, year)).await?;
            let number = format(letter, year, ordinal, counter);
            values.retain(|(field, _)| *field != FIELD);
            values.push((FIELD, Value::Text(number)));
        }
        Ok(ops)
    }

    async fn next(&mut self, storage: &impl Storage, key: String) -> Result<u64, StorageError> {
        if !self.taken.contains_key(&key) {
            let stored = storage.get(Table::Local, &key).await?;
            let last = stored.as_deref().map(codec::decode).transpose()?.unwrap_or(0);
            self.taken.insert(key.clone(), (stored, last));
        }
        let Some((_, last)) = self.taken.get_mut(&key) else { return Ok(1) };
        *last += 1;
        Ok(*last)
    }

    /// Stores what was taken, if nobody else took from it meanwhile.
    pub(crate) fn put(self, batch: &mut Batch) {
        for (key, (stored, last)) in self.taken {
            batch.expect(Table::Local, key.clone(), stored);
            batch.put(Table::Local, key, codec::encode(&last));
        }
    }
}

fn format(letter: &str, year: i32, ordinal: u16, counter: u64) -> String {
    format!("{letter}-{:02}-{}-{counter:03}", year.rem_euclid(100), device_mark(ordinal))
}

/// A device's mark in human numbers: its ordinal in the roster in base 32, at least two digits.
pub fn device_mark(number: u16) -> String {
    let digit = |place: u32| {
        let index = usize::from(number) >> (5 * place) & 31;
        DIGITS.get(index).map_or('0', |digit| char::from(*digit))
    };
    let places = (2..).find(|places| u32::from(number) >> (5 * places) == 0).unwrap_or(4);
    (0..places).rev().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_in_base_32() {
        let check = |ordinal, expected| assert_eq!(device_mark(ordinal), expected);
        check(0, "00");
        check(1, "01");
        check(31, "0Z");
        check(32, "10");
        check(10 * 32 + 3, "A3");
        check(1023, "ZZ");
        check(1024, "100");
        check(u16::MAX, "1ZZZ");
    }

    #[test]
    fn numbers_as_people_read_them() {
        assert_eq!(format("C", 2026, 10 * 32 + 3, 14), "C-26-A3-014");
        assert_eq!(format("C", 2107, 1, 1000), "C-07-01-1000");
    }
}
