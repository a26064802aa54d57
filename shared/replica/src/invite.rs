//! The link by which an invitation travels from person to person.
//!
//! `https://…/#join=` is followed by base64url (without padding) of CBOR
//! `["rj", version, content, checksum]`; the content is again CBOR. What stands behind `#` is
//! never sent to a server by a browser. Links are copied by hand, wrapped by mail programs and cut
//! by chat windows, so a broken one must be told from a text that never was one.

use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use minicbor::Decoder;
use wire::{Hash, Seq, SpaceId, limits};
use zeroize::Zeroizing;

use crate::codec::encode_secret;
use crate::keys::InviteSecret;
use crate::place::Place;

/// What leads the code in a link's fragment.
pub const FRAGMENT: &str = "#join=";

/// Leads every code, so that a link to something else is known as such.
const MARK: &str = "rj";

/// The version of the content. The frame around it stays as it is, whatever the version.
const LINK_VERSION: u64 = 1;

/// How many bytes of the checksum are carried: enough against accidents, which is its only use.
const CHECKSUM: usize = 4;

const CHECKSUM_LABEL: &[u8] = b"rapport/invite/link/1";

/// Longer texts are not looked at, characters. A link needs some 400.
const MAX_TEXT: usize = 8 << 10;

/// Reads what a truncated copy may end in; what it means is for the checksum to say.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// An invitation, as it is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteLink {
    /// The relay's origin, as the inviter dialled it.
    pub origin: String,
    /// The space.
    pub space: SpaceId,
    /// The head of the roster at `seq`; the invite is among its records.
    pub head: Hash,
    /// A row that the newcomer must find in the log …
    pub seq: Seq,
    /// … with this chain.
    pub chain: Hash,
    /// Whoever has it may join.
    pub secret: InviteSecret,
}

/// Why a text is not an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InviteLinkError {
    /// Something else altogether.
    #[error("this is not an invite link")]
    Foreign,
    /// The end is missing.
    #[error("the invite link is cut off")]
    Truncated,
    /// Some characters are not those of the original.
    #[error("the invite link was altered on its way")]
    Altered,
    /// Made by a newer version.
    #[error("the invite link is of version {version}, which is newer than this app")]
    Newer {
        /// The version it claims.
        version: u64,
    },
}

impl InviteLink {
    /// The link for an invite whose record lies at or below the place's cursor.
    #[must_use]
    pub fn at(place: &Place, origin: String, secret: InviteSecret) -> Self {
        Self {
            origin,
            space: place.space,
            head: place.roster.head(),
            seq: place.cursor,
            chain: place.chain,
            secret,
        }
    }

    /// The code that stands behind [`FRAGMENT`].
    #[must_use]
    pub fn format(&self) -> String {
        let content = self.content();
        let bytes = encode_secret(content.len() + 32, |encoder| {
            encoder
                .array(4)?
                .str(MARK)?
                .u64(LINK_VERSION)?
                .bytes(&content)?
                .bytes(&checksum(LINK_VERSION, &content))?
                .ok()
        });
        BASE64.encode(&*bytes)
    }

    /// The whole link, to an app that is served at `app` (such as `https://rapport.example`).
    #[must_use]
    pub fn url(&self, app: &str) -> String {
        format!("{}/{FRAGMENT}{}", app.trim_end_matches('/'), self.format())
    }

    /// Reads a link or its code, as somebody pasted it: white space anywhere does not matter.
    ///
    /// # Errors
    /// See [`InviteLinkError`].
    pub fn parse(text: &str) -> Result<Self, InviteLinkError> {
        if text.len() > MAX_TEXT {
            return Err(InviteLinkError::Foreign);
        }
        let code = text.rsplit_once(FRAGMENT).map_or(text, |(_, code)| code);
        let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
        let bytes = Zeroizing::new(decode_base64(&code)?);
        let content = read_frame(&bytes)?;
        read_content(content).ok_or(InviteLinkError::Altered)
    }

    fn content(&self) -> Zeroizing<Vec<u8>> {
        encode_secret(192 + self.origin.len(), |encoder| {
            encoder
                .array(6)?
                .str(&self.origin)?
                .bytes(self.space.as_ref())?
                .bytes(self.head.as_ref())?
                .u64(self.seq)?
                .bytes(self.chain.as_ref())?
                .bytes(self.secret.as_bytes())?
                .ok()
        })
    }
}

/// The bytes behind the code. A last letter that stands alone belongs to a cut-off byte.
fn decode_base64(code: &str) -> Result<Vec<u8>, InviteLinkError> {
    let whole = code.get(..code.len() - usize::from(code.len() % 4 == 1));
    let decoded = whole.and_then(|whole| BASE64.decode(whole).ok());
    match decoded {
        Some(bytes) => Ok(bytes),
        None if code.starts_with(&marked()) => Err(InviteLinkError::Altered),
        None => Err(InviteLinkError::Foreign),
    }
}

/// The letters with which every code begins.
fn marked() -> String {
    let mut mark = BASE64.encode([0x84, 0x62, b'r', b'j']);
    // The last letter holds bits of the next byte too.
    mark.pop();
    mark
}

fn read_frame(bytes: &[u8]) -> Result<&[u8], InviteLinkError> {
    let mut decoder = Decoder::new(bytes);
    let cut = |error: minicbor::decode::Error| {
        if error.is_end_of_input() { InviteLinkError::Truncated } else { InviteLinkError::Altered }
    };
    if decoder.array().ok() != Some(Some(4)) || decoder.str().ok() != Some(MARK) {
        return Err(InviteLinkError::Foreign);
    }
    let version = decoder.u64().map_err(cut)?;
    let content = decoder.bytes().map_err(cut)?;
    let sum = decoder.bytes().map_err(cut)?;
    if sum != checksum(version, content) || decoder.position() != bytes.len() {
        return Err(InviteLinkError::Altered);
    }
    match version {
        LINK_VERSION => Ok(content),
        newer if newer > LINK_VERSION => Err(InviteLinkError::Newer { version }),
        _ => Err(InviteLinkError::Altered),
    }
}

fn read_content(content: &[u8]) -> Option<InviteLink> {
    let mut decoder = Decoder::new(content);
    if decoder.array().ok()? != Some(6) {
        return None;
    }
    let link = InviteLink {
        origin: decoder.str().ok()?.to_owned(),
        space: decoder.decode().ok()?,
        head: decoder.decode().ok()?,
        seq: decoder.u64().ok()?,
        chain: decoder.decode().ok()?,
        secret: InviteSecret::from_bytes(decoder.bytes().ok()?.try_into().ok()?),
    };
    let whole = decoder.position() == content.len() && link.origin.len() <= limits::MAX_ORIGIN;
    whole.then_some(link)
}

fn checksum(version: u64, content: &[u8]) -> [u8; CHECKSUM] {
    let Hash([a, b, c, d, ..]) = wire::hash(CHECKSUM_LABEL, &[&version.to_be_bytes(), content]);
    [a, b, c, d]
}
