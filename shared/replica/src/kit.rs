//! The recovery kit: a sheet of paper that lets an owner back in when every device is lost.
//!
//! The phrase is the kit's secret with a checksum, in Crockford's base 32: eight groups of four
//! letters. Of the ways to write sixteen bytes down this needs the fewest keystrokes that people
//! get right: no letter is taken for another (there is no I, L, O or U, and 1, I and L are read
//! alike), case and spaces do not matter, and it favours no language, as a list of English words
//! does. The checksum finds a mistyped letter before anybody is asked, and tells it from the
//! phrase of another kit.

use minicbor::Decoder;
use wire::{Hash, SpaceId, limits};
use zeroize::Zeroizing;

pub use crate::code::LinkError as SheetError;

use crate::code::Form;
use crate::codec::encode_secret;
use crate::keys::KitSecret;
use crate::place::Place;

/// What leads the code in a link's fragment.
pub const FRAGMENT: &str = "#recover=";

const FORM: Form =
    Form { fragment: FRAGMENT, mark: *b"rk", version: 1, label: b"rapport/kit/sheet/1" };

const PHRASE_LABEL: &[u8] = b"rapport/kit/phrase/1";

/// Crockford's letters, by value.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The letters of a phrase: of sixteen bytes and four of checksum, five bits each.
const PHRASE: usize = 32;

/// The letters of a group.
const GROUP: usize = 4;

/// Everything that stands on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoverySheet {
    /// The relay's origin, as it is dialled.
    pub origin: String,
    /// The space.
    pub space: SpaceId,
    /// The head of the roster when the sheet was made, which the log must contain.
    pub head: Hash,
    /// Whoever has it is let in as an owner.
    pub secret: KitSecret,
}

/// Why a text is not a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// A letter that no phrase has.
    #[error("{letter:?} does not occur in a phrase")]
    Letter {
        /// The letter.
        letter: char,
    },
    /// Too short or too long.
    #[error("a phrase has {expected} letters, not {found}", expected = PHRASE)]
    Length {
        /// How many there are.
        found: usize,
    },
    /// Some letter is not the one that was printed.
    #[error("some letter of the phrase is mistyped")]
    Mistyped,
}

impl RecoverySheet {
    /// The sheet of the kit that the roster at this place names.
    #[must_use]
    pub fn at(place: &Place, origin: String, secret: KitSecret) -> Self {
        Self { origin, space: place.space, head: place.roster.head(), secret }
    }

    /// The phrase, as it is printed.
    #[must_use]
    pub fn phrase(&self) -> String {
        self.secret.phrase()
    }

    /// The code that stands behind [`FRAGMENT`].
    #[must_use]
    pub fn format(&self) -> String {
        FORM.format(&self.content())
    }

    /// All of it as a link, for whoever has a camera, to an app that is served at `app`.
    #[must_use]
    pub fn url(&self, app: &str) -> String {
        FORM.url(app, &self.content())
    }

    /// Reads a link or its code. White space anywhere does not matter, nor what stands before it:
    /// the text of a whole sheet that ends in its link will do.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub fn parse(text: &str) -> Result<Self, SheetError> {
        read_content(&FORM.parse(text)?).ok_or(SheetError::Altered)
    }

    fn content(&self) -> Zeroizing<Vec<u8>> {
        encode_secret(128 + self.origin.len(), |encoder| {
            encoder
                .array(4)?
                .str(&self.origin)?
                .bytes(self.space.as_ref())?
                .bytes(self.head.as_ref())?
                .bytes(self.secret.as_bytes())?
                .ok()
        })
    }
}

impl KitSecret {
    /// The phrase: eight groups of four letters.
    #[must_use]
    pub fn phrase(&self) -> String {
        let mut phrase = String::with_capacity(PHRASE + PHRASE / GROUP);
        let (mut bits, mut held) = (0_u32, 0);
        for byte in self.as_bytes().iter().chain(&checksum(self.as_bytes())) {
            bits = bits << 8 | u32::from(*byte);
            held += 8;
            while held >= 5 {
                held -= 5;
                if phrase.len() % (GROUP + 1) == GROUP {
                    phrase.push('-');
                }
                phrase.push(letter(bits >> held));
            }
        }
        phrase
    }

    /// Reads a phrase as somebody typed it: case, spaces and hyphens do not matter.
    ///
    /// # Errors
    /// See [`PhraseError`].
    pub fn parse(text: &str) -> Result<Self, PhraseError> {
        let typed = text.chars().filter(|it| !it.is_whitespace() && !"-–—".contains(*it));
        let values = typed.map(value).collect::<Result<Vec<u32>, _>>()?;
        if values.len() != PHRASE {
            return Err(PhraseError::Length { found: values.len() });
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(PHRASE));
        let (mut bits, mut held) = (0_u32, 0);
        for value in values {
            bits = bits << 5 | value;
            held += 5;
            if held >= 8 {
                held -= 8;
                bytes.push((bits >> held & 0xff) as u8);
            }
        }
        let (secret, sum) =
            bytes.split_first_chunk::<{ Self::LEN }>().ok_or(PhraseError::Mistyped)?;
        if sum != checksum(secret) {
            return Err(PhraseError::Mistyped);
        }
        Ok(Self::from_bytes(secret))
    }
}

/// The letter of the lowest five bits.
fn letter(bits: u32) -> char {
    char::from(*LETTERS.get((bits & 31) as usize).unwrap_or(&b'0'))
}

fn value(typed: char) -> Result<u32, PhraseError> {
    let meant = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = LETTERS.iter().position(|letter| char::from(*letter) == meant);
    at.and_then(|at| u32::try_from(at).ok()).ok_or(PhraseError::Letter { letter: typed })
}

fn checksum(secret: &[u8; KitSecret::LEN]) -> [u8; 4] {
    let Hash([a, b, c, d, ..]) = wire::hash(PHRASE_LABEL, &[secret]);
    [a, b, c, d]
}

fn read_content(content: &[u8]) -> Option<RecoverySheet> {
    let mut decoder = Decoder::new(content);
    if decoder.array().ok()? != Some(4) {
        return None;
    }
    let sheet = RecoverySheet {
        origin: decoder.str().ok()?.to_owned(),
        space: decoder.decode().ok()?,
        head: decoder.decode().ok()?,
        secret: KitSecret::from_bytes(decoder.bytes().ok()?.try_into().ok()?),
    };
    let whole = decoder.position() == content.len() && sheet.origin.len() <= limits::MAX_ORIGIN;
    whole.then_some(sheet)
}
