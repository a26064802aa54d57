//! Bytes as letters that people copy by hand: Crockford's base 32 in groups of four.
//!
//! No letter is taken for another (there is no I, L, O or U, and 1, I and L are read alike), case
//! and spaces do not matter, and it favours no language, as a list of English words does.

use zeroize::Zeroizing;

/// Crockford's letters, by value.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The letters of a group.
const GROUP: usize = 4;

/// Why letters were not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misread {
    /// A letter that does not occur.
    Letter(char),
    /// So many letters, where others were expected.
    Length(usize),
}

/// Writes bytes whose number is a multiple of five, five bits to a letter.
pub(crate) fn write<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> String {
    let mut text = String::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            if text.len() % (GROUP + 1) == GROUP {
                text.push('-');
            }
            text.push(letter(bits >> held));
        }
    }
    text
}

/// Reads so many letters as somebody typed them: case, spaces and hyphens do not matter.
pub(crate) fn read(text: &str, letters: usize) -> Result<Zeroizing<Vec<u8>>, Misread> {
    let typed = text.chars().filter(|it| !it.is_whitespace() && !"-–—".contains(*it));
    let values = typed.map(value).collect::<Result<Vec<u32>, _>>()?;
    if values.len() != letters {
        return Err(Misread::Length(values.len()));
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(letters));
    let (mut bits, mut held) = (0_u32, 0);
    for value in values {
        bits = bits << 5 | value;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    Ok(bytes)
}

/// The letter of the lowest five bits.
fn letter(bits: u32) -> char {
    char::from(*LETTERS.get((bits & 31) as usize).unwrap_or(&b'0'))
}

fn value(typed: char) -> Result<u32, Misread> {
    let meant = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = LETTERS.iter().position(|letter| char::from(*letter) == meant);
    at.and_then(|at| u32::try_from(at).ok()).ok_or(Misread::Letter(typed))
}
