//! Reading the columns of a change: run-length encoded lists, one value for each operation.
//!
//! The readers take any bytes, end with [`Malformed`] where these make no sense, and use no more
//! memory than the bytes they are given. They are lenient about encodings that could be shorter:
//! a change that is not exactly as Automerge writes it is found out by writing it again.

use std::marker::PhantomData;

/// Bytes that are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// A place in some bytes.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn take(&mut self, length: u64) -> Result<&'a [u8], Malformed> {
        let length = usize::try_from(length).map_err(|_| Malformed)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(Malformed)?;
        self.0 = rest;
        Ok(*taken)
    }

    /// An unsigned LEB128 number.
    pub(super) fn unsigned(&mut self) -> Result<u64, Malformed> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let [byte] = self.array()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return Err(Malformed);
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Malformed)
    }

    /// A signed LEB128 number.
    pub(super) fn signed(&mut self) -> Result<i64, Malformed> {
        let mut number = 0;
        for shift in (0..i64::BITS).step_by(7) {
            let [byte] = self.array()?;
            let bits = i64::from(byte & 0x7f);
            number |= bits << shift;
            if byte & 0x80 == 0 {
                let width = shift + 7;
                let negative = byte & 0x40 != 0;
                if negative && width < i64::BITS {
                    number |= -1 << width;
                }
                // In the tenth byte only the sign is left.
                let fits = width < i64::BITS || byte == 0 || byte == 0x7f;
                return if fits { Ok(number) } else { Err(Malformed) };
            }
        }
        Err(Malformed)
    }

    pub(super) fn prefixed(&mut self) -> Result<&'a [u8], Malformed> {
        let length = self.unsigned()?;
        self.take(length)
    }
}

/// What a run-length encoded column holds.
pub(super) trait Item<'a>: Copy {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Malformed>;
}

impl Item<'_> for u64 {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        reader.unsigned()
    }
}

impl Item<'_> for i64 {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        reader.signed()
    }
}

impl<'a> Item<'a> for &'a str {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Malformed> {
        std::str::from_utf8(reader.prefixed()?).map_err(|_| Malformed)
    }
}

/// A column of values that may be missing: runs of one value, of nothing, or of literals.
pub(super) struct Runs<'a, T> {
    reader: Reader<'a>,
    left: u64,
    /// `None` while reading literals.
    repeated: Option<Option<T>>,
    item: PhantomData<T>,
}

impl<'a, T: Item<'a>> Runs<'a, T> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { reader: Reader(bytes), left: 0, repeated: None, item: PhantomData }
    }

    /// Whether all values have been read.
    pub(super) fn is_done(&self) -> bool {
        self.left == 0 && self.reader.is_empty()
    }

    /// The next value; `None` where it is missing or the column has ended.
    pub(super) fn next(&mut self) -> Result<Option<T>, Malformed> {
        if self.left == 0 {
            if self.reader.is_empty() {
                return Ok(None);
            }
            self.begin_run()?;
        }
        self.left -= 1;
        match self.repeated {
            Some(value) => Ok(value),
            None => T::read(&mut self.reader).map(Some),
        }
    }

    fn begin_run(&mut self) -> Result<(), Malformed> {
        let length = self.reader.signed()?;
        self.left = length.unsigned_abs();
        self.repeated = match length {
            1.. => Some(Some(T::read(&mut self.reader)?)),
            0 => {
                self.left = self.reader.unsigned()?;
                Some(None)
            }
            _ => None,
        };
        if self.left == 0 { Err(Malformed) } else { Ok(()) }
    }
}

/// A column of numbers, each given as the difference to the one before.
pub(super) struct Differences<'a> {
    runs: Runs<'a, i64>,
    last: i64,
}

impl<'a> Differences<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { runs: Runs::new(bytes), last: 0 }
    }

    pub(super) fn next(&mut self) -> Result<Option<u64>, Malformed> {
        let Some(difference) = self.runs.next()? else { return Ok(None) };
        self.last = self.last.checked_add(difference).ok_or(Malformed)?;
        u64::try_from(self.last).map(Some).map_err(|_| Malformed)
    }
}

/// A column of yes and no: how many noes, how many yesses, and so on.
pub(super) struct Flags<'a> {
    reader: Reader<'a>,
    left: u64,
    current: bool,
}

impl<'a> Flags<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { reader: Reader(bytes), left: 0, current: true }
    }

    /// The next one; no after the end.
    pub(super) fn next(&mut self) -> Result<bool, Malformed> {
        while self.left == 0 {
            if self.reader.is_empty() {
                return Ok(false);
            }
            self.left = self.reader.unsigned()?;
            self.current = !self.current;
        }
        self.left -= 1;
        Ok(self.current)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_where_they_must() {
        let unsigned = |bytes: &[u8]| Reader(bytes).unsigned();
        assert_eq!(unsigned(&[0x7f]), Ok(127));
        assert_eq!(unsigned(&[0x80, 0x01]), Ok(128));
        let largest = [[0xff; 9].as_slice(), &[0x01]].concat();
        assert_eq!(unsigned(&largest), Ok(u64::MAX));
        for bad in [vec![], vec![0x80], [[0xff; 9].as_slice(), &[0x02]].concat(), vec![0xff; 11]] {
            assert_eq!(unsigned(&bad), Err(Malformed));
        }

        let signed = |bytes: &[u8]| Reader(bytes).signed();
        assert_eq!(signed(&[0x3f]), Ok(63));
        assert_eq!(signed(&[0x40]), Ok(-64));
        assert_eq!(signed(&[0x7f]), Ok(-1));
        assert_eq!(signed(&[0x80, 0x7f]), Ok(-128));
        assert_eq!(signed(&[[0x80; 9].as_slice(), &[0x7f]].concat()), Ok(i64::MIN));
        assert_eq!(signed(&[[0xff; 9].as_slice(), &[0x00]].concat()), Ok(i64::MAX));
        for bad in [vec![], vec![0x80], [[0xff; 9].as_slice(), &[0x01]].concat(), vec![0xff; 11]] {
            assert_eq!(signed(&bad), Err(Malformed));
        }
    }

    #[test]
    fn runs_repeat_skip_and_list() {
        // Twice 7, three missing, then 1, 2.
        let mut runs = Runs::<u64>::new(&[2, 7, 0, 3, 0x7e, 1, 2]);
        let mut values = Vec::new();
        while !runs.is_done() {
            values.push(runs.next().unwrap());
        }
        assert_eq!(values, [Some(7), Some(7), None, None, None, Some(1), Some(2)]);
        assert_eq!(runs.next(), Ok(None));
    }

    #[test]
    fn an_empty_run_never_spins() {
        assert_eq!(Runs::<u64>::new(&[0, 0, 0, 0]).next(), Err(Malformed));
    }
}
