//! The link by which an invitation travels from person to person.
//!
//! `https://…/#join=` is followed by a code whose mark is `rj`.

use minicbor::Decoder;
use wire::{Hash, Seq, SpaceId, limits};
use zeroize::Zeroizing;

pub use crate::code::LinkError as InviteLinkError;

use crate::code::Form;
use crate::codec::encode_secret;
use crate::keys::InviteSecret;
use crate::place::Place;

/// What leads the code in a link's fragment.
pub const FRAGMENT: &str = "#join=";

const FORM: Form =
    Form { fragment: FRAGMENT, mark: *b"rj", version: 1, label: b"rapport/invite/link/1" };

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
        FORM.format(&self.content())
    }

    /// The whole link, to an app that is served at `app` (such as `https://rapport.example`).
    #[must_use]
    pub fn url(&self, app: &str) -> String {
        FORM.url(app, &self.content())
    }

    /// Reads a link or its code, as somebody pasted it: white space anywhere does not matter.
    ///
    /// # Errors
    /// See [`InviteLinkError`].
    pub fn parse(text: &str) -> Result<Self, InviteLinkError> {
        read_content(&FORM.parse(text)?).ok_or(InviteLinkError::Altered)
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
