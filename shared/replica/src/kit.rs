//! The recovery kit: a sheet of paper that lets an owner back in when every device is lost.
//!
//! The phrase is the kit's secret with a checksum, in [`letters`] that are made for
//! copying by hand: eight groups of four. Of the ways to write sixteen bytes down this needs the
//! fewest keystrokes that people get right. The checksum finds a mistyped letter before anybody is
//! asked, and tells it from the phrase of another kit. The space's id is written in the same way,
//! for whoever has no camera.

use minicbor::Decoder;
use wire::{Hash, SpaceId, limits};
use zeroize::Zeroizing;

pub use crate::code::LinkError as SheetError;

use crate::code::Form;
use crate::codec::encode_secret;
use crate::keys::KitSecret;
use crate::letters::{self, Misread};
use crate::place::Place;

/// What leads the code in a link's fragment.
pub const FRAGMENT: &str = "#recover=";

const FORM: Form =
    Form { fragment: FRAGMENT, mark: *b"rk", version: 1, label: b"rapport/kit/sheet/1" };

const PHRASE_LABEL: &[u8] = b"rapport/kit/phrase/1";
const NUMBER_LABEL: &[u8] = b"rapport/kit/number/1";

/// The letters of a phrase: of sixteen bytes and four of checksum, five bits each.
const PHRASE: usize = 32;

/// The letters of a space's number: of thirty-two bytes and three of checksum.
const NUMBER: usize = 56;

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

/// Why a text is not a phrase, or not the number of a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// A letter that does not occur in one.
    #[error("{letter:?} does not occur in a phrase or a number")]
    Letter {
        /// The letter.
        letter: char,
    },
    /// Too short or too long.
    #[error("it has {expected} letters, not {found}")]
    Length {
        /// How many it has.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// Some letter is not the one that was printed.
    #[error("some letter is mistyped")]
    Mistyped,
}

impl RecoverySheet {
    /// The sheet of the kit that the roster at this place names.
    #[must_use]
    pub fn at(place: &Place, origin: String, secret: KitSecret) -> Self {
        Self { origin, space: place.space, head: place.roster.head(), secret }
    }

    /// The sheet as somebody types it in. It names no place in the roster but the first: the kit's
    /// own key stands in a record of the roster, and where that record is missing, the kit opens
    /// nothing.
    #[must_use]
    pub fn typed(origin: String, space: SpaceId, secret: KitSecret) -> Self {
        Self { origin, space, head: Hash(space.0), secret }
    }

    /// The phrase, as it is printed.
    #[must_use]
    pub fn phrase(&self) -> String {
        self.secret.phrase()
    }

    /// The space's id with a checksum, as it is printed: fourteen groups of four letters.
    #[must_use]
    pub fn number(&self) -> String {
        let Hash([a, b, c, ..]) = wire::hash(NUMBER_LABEL, &[self.space.as_ref()]);
        letters::write(self.space.as_bytes().iter().chain(&[a, b, c]))
    }

    /// Reads the number of a space as somebody typed it: case, spaces and hyphens do not matter.
    ///
    /// # Errors
    /// See [`PhraseError`].
    pub fn parse_number(text: &str) -> Result<SpaceId, PhraseError> {
        let bytes = letters::read(text, NUMBER).map_err(|it| misread(it, NUMBER))?;
        let (space, sum) =
            bytes.split_first_chunk::<{ SpaceId::LEN }>().ok_or(PhraseError::Mistyped)?;
        let Hash([a, b, c, ..]) = wire::hash(NUMBER_LABEL, &[space]);
        if sum != [a, b, c] {
            return Err(PhraseError::Mistyped);
        }
        Ok(SpaceId(*space))
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
        letters::write(self.as_bytes().iter().chain(&checksum(self.as_bytes())))
    }

    /// Reads a phrase as somebody typed it: case, spaces and hyphens do not matter.
    ///
    /// # Errors
    /// See [`PhraseError`].
    pub fn parse(text: &str) -> Result<Self, PhraseError> {
        let bytes = letters::read(text, PHRASE).map_err(|it| misread(it, PHRASE))?;
        let (secret, sum) =
            bytes.split_first_chunk::<{ Self::LEN }>().ok_or(PhraseError::Mistyped)?;
        if sum != checksum(secret) {
            return Err(PhraseError::Mistyped);
        }
        Ok(Self::from_bytes(secret))
    }
}

fn misread(error: Misread, expected: usize) -> PhraseError {
    match error {
        Misread::Letter(letter) => PhraseError::Letter { letter },
        Misread::Length(found) => PhraseError::Length { expected, found },
    }
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
