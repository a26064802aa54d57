//! The few files that are wanted out of a ZIP archive (APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16): stored or deflated, no
//! encryption, no ZIP64. The directory at the end counts, as it does for every reader that people use.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::WorkbookError;

/// A part may unpack to so many bytes, all parts together to so many.
const MAX_PART_BYTES: usize = 128 << 20;
const MAX_ALL_BYTES: usize = 256 << 20;
/// More entries are not looked at.
const MAX_ENTRIES: usize = 10_000;

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";
/// The end record without its comment, and the longest comment.
const END_BYTES: usize = 22;
const COMMENT_BYTES: usize = 0xFFFF;

pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
    unpacked: usize,
}

struct Entry {
    name: String,
    method: u16,
    encrypted: bool,
    packed: usize,
    at: usize,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, WorkbookError> {
        let tail = bytes.len().saturating_sub(END_BYTES + COMMENT_BYTES);
        let found = bytes.get(tail..).and_then(|tail| tail.windows(4).rposition(|it| it == END));
        let end = tail + found.ok_or(WorkbookError::Damaged)?;
        let count = usize::from(u16_at(bytes, end + 10).ok_or(WorkbookError::Damaged)?);
        let mut at = u32_at(bytes, end + 16).ok_or(WorkbookError::Damaged)?;
        let mut entries = Vec::new();
        for _ in 0..count.min(MAX_ENTRIES) {
            let (entry, next) = Entry::read(bytes, at).ok_or(WorkbookError::Damaged)?;
            entries.push(entry);
            at = next;
        }
        Ok(Self { bytes, entries, unpacked: 0 })
    }

    /// A file as text; `None` if the archive has none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, WorkbookError> {
        let Some(entry) = self.entries.iter().find(|it| it.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let packed = entry.data(self.bytes).ok_or(WorkbookError::Damaged)?;
        let left = MAX_PART_BYTES.min(MAX_ALL_BYTES.saturating_sub(self.unpacked));
        let plain = match entry.method {
            0 if packed.len() <= left => packed.to_vec(),
            8 => {
                decompress_to_vec_with_limit(packed, left).map_err(|error| match error.status {
                    miniz_oxide::inflate::TINFLStatus::HasMoreOutput => WorkbookError::TooLarge,
                    _ => WorkbookError::Damaged,
                })?
            }
            0 => return Err(WorkbookError::TooLarge),
            _ => return Err(WorkbookError::Damaged),
        };
        self.unpacked += plain.len();
        Ok(Some(String::from_utf8(plain).map_err(|_| WorkbookError::Damaged)?))
    }
}

impl Entry {
    /// One entry of the directory, and where the next begins.
    fn read(bytes: &[u8], at: usize) -> Option<(Self, usize)> {
        let head = bytes.get(at..at.checked_add(46)?)?;
        let name_bytes = usize::from(u16_at(head, 28)?);
        let more = usize::from(u16_at(head, 30)?) + usize::from(u16_at(head, 32)?);
        let name = bytes.get(at + 46..at + 46 + name_bytes).filter(|_| head.starts_with(ENTRY))?;
        let entry = Self {
            name: String::from_utf8_lossy(name).replace('\\', "/"),
            method: u16_at(head, 10)?,
            encrypted: u16_at(head, 8)? & 1 != 0,
            packed: u32_at(head, 20)?,
            at: u32_at(head, 42)?,
        };
        Some((entry, at + 46 + name_bytes + more))
    }

    /// Its bytes as they are packed.
    fn data<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let head = bytes.get(self.at..self.at.checked_add(30)?)?;
        let begin = self.at + 30 + usize::from(u16_at(head, 26)?) + usize::from(u16_at(head, 28)?);
        let readable = head.starts_with(LOCAL) && !self.encrypted;
        bytes.get(begin..begin.checked_add(self.packed)?).filter(|_| readable)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}
