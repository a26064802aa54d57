//! What travels from person to person as a text that is copied, wrapped, cut and scanned.
//!
//! A link ends in a fragment, and behind that stands base64url (without padding) of CBOR
//! `[mark, version, content, checksum]`; the content is again CBOR. What stands behind `#` is
//! never sent to a server by a browser. A broken code must be told from a text that never was one.

use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use minicbor::Decoder;
use wire::Hash;
use zeroize::Zeroizing;

use crate::codec::encode_secret;

/// How many bytes of the checksum are carried: enough against accidents, which is its only use.
const CHECKSUM: usize = 4;

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

/// Why a text is not the code that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Something else altogether.
    #[error("this is not such a link")]
    Foreign,
    /// The end is missing.
    #[error("the link is cut off")]
    Truncated,
    /// Some characters are not those of the original.
    #[error("the link was altered on its way")]
    Altered,
    /// Made by a newer version.
    #[error("the link is of version {version}, which is newer than this app")]
    Newer {
        /// The version it claims.
        version: u64,
    },
}

/// One kind of code.
pub(crate) struct Form {
    /// What leads the code in a link.
    pub(crate) fragment: &'static str,
    /// Two letters that lead every code, so that a link to something else is known as such.
    pub(crate) mark: [u8; 2],
    /// The version of the content. The frame around it stays as it is, whatever the version.
    pub(crate) version: u64,
    /// The checksum's own.
    pub(crate) label: &'static [u8],
}

impl Form {
    /// The code that stands behind the fragment.
    pub(crate) fn format(&self, content: &[u8]) -> String {
        let bytes = encode_secret(content.len() + 32, |encoder| {
            encoder
                .array(4)?
                .str(str::from_utf8(&self.mark).unwrap_or_default())?
                .u64(self.version)?
                .bytes(content)?
                .bytes(&self.checksum(self.version, content))?
                .ok()
        });
        BASE64.encode(&*bytes)
    }

    /// The whole link, to an app that is served at `app`.
    pub(crate) fn url(&self, app: &str, content: &[u8]) -> String {
        format!("{}/{}{}", app.trim_end_matches('/'), self.fragment, self.format(content))
    }

    /// The content of a link or its code, as somebody pasted it: white space anywhere does not
    /// matter.
    pub(crate) fn parse(&self, text: &str) -> Result<Zeroizing<Vec<u8>>, LinkError> {
        if text.len() > MAX_TEXT {
            return Err(LinkError::Foreign);
        }
        let code = text.rsplit_once(self.fragment).map_or(text, |(_, code)| code);
        let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
        let bytes = Zeroizing::new(self.decode_base64(&code)?);
        self.read_frame(&bytes).map(|content| Zeroizing::new(content.to_vec()))
    }

    /// The bytes behind the code. A last letter that stands alone belongs to a cut-off byte.
    fn decode_base64(&self, code: &str) -> Result<Vec<u8>, LinkError> {
        let whole = code.get(..code.len() - usize::from(code.len() % 4 == 1));
        let decoded = whole.and_then(|whole| BASE64.decode(whole).ok());
        match decoded {
            Some(bytes) => Ok(bytes),
            None if code.starts_with(&self.marked()) => Err(LinkError::Altered),
            None => Err(LinkError::Foreign),
        }
    }

    /// The letters with which every code begins.
    fn marked(&self) -> String {
        let [first, second] = self.mark;
        let mut mark = BASE64.encode([0x84, 0x62, first, second]);
        // The last letter holds bits of the next byte too.
        mark.pop();
        mark
    }

    fn read_frame<'b>(&self, bytes: &'b [u8]) -> Result<&'b [u8], LinkError> {
        let mut decoder = Decoder::new(bytes);
        let cut = |error: minicbor::decode::Error| {
            if error.is_end_of_input() { LinkError::Truncated } else { LinkError::Altered }
        };
        let marked = decoder.array().ok() == Some(Some(4))
            && decoder.str().ok().map(str::as_bytes) == Some(&self.mark);
        if !marked {
            return Err(LinkError::Foreign);
        }
        let version = decoder.u64().map_err(cut)?;
        let content = decoder.bytes().map_err(cut)?;
        let sum = decoder.bytes().map_err(cut)?;
        if sum != self.checksum(version, content) || decoder.position() != bytes.len() {
            return Err(LinkError::Altered);
        }
        match version {
            known if known == self.version => Ok(content),
            newer if newer > self.version => Err(LinkError::Newer { version }),
            _ => Err(LinkError::Altered),
        }
    }

    fn checksum(&self, version: u64, content: &[u8]) -> [u8; CHECKSUM] {
        let Hash([a, b, c, d, ..]) = wire::hash(self.label, &[&version.to_be_bytes(), content]);
        [a, b, c, d]
    }
}
