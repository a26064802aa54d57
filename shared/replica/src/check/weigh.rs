//! How much a document unfolds to, found out without unfolding it.
//!
//! Automerge reads a document's columns into lists. Their run lengths are numbers that anybody can write: half a
//! kilobyte that says "four thousand million times" takes gigabytes, and where the app runs that is the end of the
//! page.

use super::column::{Malformed, Reader};
use super::shape::{chunk_of, list};
use super::{Rejected, limits};

/// The chunk of Automerge's format that is a whole document.
const DOCUMENT_CHUNK: u8 = 0;

/// Whether a document, as it is saved without deflating, unfolds to no more than [limits] allow. Everything else
/// about it is for Automerge to say, which may be given it then.
///
/// # Errors
/// [`Rejected::TooLarge`] if not, and any other [`Rejected`] where the bytes are no such document.
pub fn weigh(document: &[u8]) -> Result<(), Rejected> {
    let mut reader = Reader(chunk_of(document, DOCUMENT_CHUNK)?);
    list(&mut reader, |reader| reader.prefixed())?;
    list(&mut reader, |reader| reader.array::<32>())?;
    let changes = specifications(&mut reader)?;
    let ops = specifications(&mut reader)?;
    for (columns, most) in [(changes, limits::MAX_CHANGES), (ops, limits::MAX_DOCUMENT_OPS)] {
        let mut budget = Budget { values: most, bytes: limits::MAX_DOCUMENT_BYTES };
        for (specification, length) in columns {
            let column = Reader(reader.take(length)?);
            weigh_column(specification, column, &mut budget)?;
        }
    }
    Ok(())
}

/// What each column is, and its length.
fn specifications(reader: &mut Reader<'_>) -> Result<Vec<(u64, u64)>, Malformed> {
    list(reader, |reader| Ok((reader.unsigned()?, reader.unsigned()?)))
}

/// What columns may grow to. Each may have that many values; all together repeat so many bytes.
struct Budget {
    values: u64,
    bytes: u64,
}

/// The type of a column is in the lower bits of its specification (automerge.org, binary format).
fn weigh_column(
    specification: u64,
    column: Reader<'_>,
    budget: &mut Budget,
) -> Result<(), Rejected> {
    const DEFLATED: u64 = 0b1000;
    if specification & DEFLATED != 0 {
        return Err(Rejected::Unsupported);
    }
    match specification & 0b111 {
        // How many, which actor, a number, what a value is.
        0..=2 | 6 => runs(column, budget, |reader| reader.unsigned().map(|_| 0)),
        3 => runs(column, budget, |reader| reader.signed().map(|_| 0)),
        4 => flags(column, budget),
        5 => runs(column, budget, |reader| reader.prefixed().map(|text| text.len() as u64)),
        // The values themselves, which are not repeated.
        _ => Ok(()),
    }
}

/// Runs of one value, of nothing, or of literals. `skip` reads a value and says how many bytes each repetition of
/// it takes.
fn runs<'a>(
    mut column: Reader<'a>,
    budget: &mut Budget,
    skip: impl Fn(&mut Reader<'a>) -> Result<u64, Malformed>,
) -> Result<(), Rejected> {
    let mut values = 0_u64;
    while !column.is_empty() {
        let length = column.signed()?;
        let count = match length {
            1.. => {
                let each = skip(&mut column)?;
                spend(&mut budget.bytes, each.saturating_mul(length.unsigned_abs()))?;
                length.unsigned_abs()
            }
            0 => column.unsigned()?,
            // Each takes at least a byte, so that this ends.
            _ => {
                for _ in 0..length.unsigned_abs() {
                    let each = skip(&mut column)?;
                    spend(&mut budget.bytes, each)?;
                }
                length.unsigned_abs()
            }
        };
        values = values.saturating_add(count);
        within(values, budget)?;
    }
    Ok(())
}

/// How many noes, how many yesses, and so on.
fn flags(mut column: Reader<'_>, budget: &Budget) -> Result<(), Rejected> {
    let mut values = 0_u64;
    while !column.is_empty() {
        values = values.saturating_add(column.unsigned()?);
        within(values, budget)?;
    }
    Ok(())
}

fn within(values: u64, budget: &Budget) -> Result<(), Rejected> {
    if values <= budget.values { Ok(()) } else { Err(Rejected::TooLarge) }
}

fn spend(left: &mut u64, bytes: u64) -> Result<(), Rejected> {
    *left = left.checked_sub(bytes).ok_or(Rejected::TooLarge)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(specification: u64, column: &[u8]) -> Result<(), Rejected> {
        let mut budget = Budget { values: 10, bytes: 6 };
        weigh_column(specification, Reader(column), &mut budget)
    }

    #[test]
    fn values_are_counted_and_not_made() {
        let billion = [0x80, 0xec, 0x94, 0xa3, 3];
        let many = [&billion[..], &[7]].concat();
        let none = [&[0][..], &billion].concat();
        for (specification, column, expected) in [
            (1, &[][..], Ok(())),
            (1, &[10, 7], Ok(())),
            (1, &[5, 7, 0, 5], Ok(())),
            (1, &[5, 7, 0, 6], Err(Rejected::TooLarge)),
            (1, &[0x7e, 7, 8, 8, 9], Ok(())),
            (1, &[0x7e, 7, 8, 9, 9], Err(Rejected::TooLarge)),
            (1, &many, Err(Rejected::TooLarge)),
            (1, &none, Err(Rejected::TooLarge)),
            (3, &many, Err(Rejected::TooLarge)),
            (4, &[4, 6], Ok(())),
            (4, &[4, 7], Err(Rejected::TooLarge)),
            (5, &[3, 2, b'a', b'b'], Ok(())),
            (5, &[4, 2, b'a', b'b'], Err(Rejected::TooLarge)),
            (5, &[0x7f, 9, 0, 0], Err(Rejected::Malformed)),
            (7, &[9; 40], Ok(())),
            (9, &[10, 7], Err(Rejected::Unsupported)),
            (1, &[0x7e, 7], Err(Rejected::Malformed)),
        ] {
            assert_eq!(weighed(specification, column), expected, "{specification}: {column:?}");
        }
    }
}
