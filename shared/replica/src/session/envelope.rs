//! Sealing what is to be appended.

use wire::{Begins, Counter, HEADER_VERSION, Hash, Header, RowKind, Seen, Seq, SessionId, Tag};

use super::member::Member;
use super::{Cx, StopReason};
use crate::check::CHECK_VERSION;
use crate::{founding, seal};

/// What an envelope is about, besides where and by whom it is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    pub(super) tag: Tag,
    pub(super) kind: RowKind,
    pub(super) covers: Option<Seq>,
    pub(super) attests: Option<Hash>,
    pub(super) begins: Option<Begins>,
    pub(super) after: Option<Tag>,
}

impl About {
    /// A row of this kind about a document, which names nothing else.
    pub(super) fn plain(tag: Tag, kind: RowKind) -> Self {
        Self { tag, kind, covers: None, attests: None, begins: None, after: None }
    }
}

/// Why something could not be sealed.
pub(super) enum Unsealed {
    TooLarge,
    Stop(StopReason),
}

/// An envelope around `payload` and its name in the log.
pub(super) fn seal(
    member: &Member,
    cx: &mut Cx<'_>,
    (session, counter): (SessionId, Counter),
    About { tag, kind, covers, attests, begins, after }: About,
    payload: &[u8],
) -> Result<(Hash, Vec<u8>), Unsealed> {
    let place = &member.place;
    let (Some(log), Some(roster)) = (place.log, &member.walker.roster) else {
        return Err(Unsealed::Stop(StopReason::NoKey));
    };
    let key =
        founding::current_key(roster, &member.ring).ok_or(Unsealed::Stop(StopReason::NoKey))?;
    let header = Header {
        version: HEADER_VERSION,
        check: CHECK_VERSION,
        space: place.space,
        log,
        tag,
        kind,
        epoch: roster.epoch(),
        device: member.secrets.device(),
        session,
        counter,
        seen: Seen { seq: place.cursor, chain: place.chain },
        covers,
        attests,
        begins,
        after,
    };
    let envelope = seal::seal(&header, payload, key, &member.secrets, &mut cx.rng)
        .map_err(|_| Unsealed::TooLarge)?;
    Ok((kind.hash_of(&envelope), envelope))
}
