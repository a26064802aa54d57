//! What a member's device is doing on its connection. Each phase is a type and a file of its own;
//! it is used up by what happens and says which phase is next.

mod deciding;
mod deriving;
mod fetching;
mod founding;
mod greeting;
mod keeping;
mod live;
mod mending;
mod naming;
mod parting;
mod posting;
mod pulling;
mod pushing;
mod recalling;
mod reissuing;
mod rotating;
mod storing;

use wire::{ClientFrame, Hash, Seq};

pub(super) use keeping::Chores;
pub(super) use pushing::Course;

use super::line::{Event, Line};
use super::member::Member;
use super::{Cx, LinkState, StopReason};

#[derive(Debug, Default)]
pub(super) enum Phase {
    /// Not connected.
    #[default]
    Away,
    Founding(founding::Founding),
    Greeting(greeting::Greeting),
    Recalling(recalling::Recalling),
    Pulling(pulling::Pulling),
    Storing(storing::Storing),
    Mending(mending::Mending),
    Parting(Box<parting::Parting>),
    Deciding(deciding::Deciding),
    Deriving(deriving::Deriving),
    Naming(naming::Naming),
    Pushing(pushing::Pushing),
    Keeping(keeping::Keeping),
    Fetching(fetching::Fetching),
    Posting(posting::Posting),
    Live(live::Live),
}

impl Phase {
    /// Whether this record is being put back just now.
    pub(super) fn puts_back(&self, record: &Hash) -> bool {
        matches!(self, Self::Mending(mending) if mending.is_about(record))
    }

    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Self {
        match self {
            Self::Away => Self::Away,
            Self::Founding(phase) => phase.on(member, line, cx, event),
            Self::Greeting(phase) => phase.on(member, line, cx, event),
            Self::Recalling(phase) => phase.on(member, line, cx, event),
            Self::Pulling(phase) => phase.on(member, line, cx, event),
            Self::Storing(phase) => phase.on(member, line, cx, event),
            Self::Mending(phase) => phase.on(member, line, cx, event),
            Self::Parting(phase) => phase.on(member, line, cx, event),
            Self::Deciding(phase) => phase.on(member, line, cx, event),
            Self::Deriving(phase) => phase.on(member, line, cx, event),
            Self::Naming(phase) => phase.on(member, line, cx, event),
            Self::Pushing(phase) => phase.on(member, line, cx, event),
            Self::Keeping(phase) => phase.on(member, line, cx, event),
            Self::Fetching(phase) => phase.on(member, line, cx, event),
            Self::Posting(phase) => phase.on(member, line, cx, event),
            Self::Live(phase) => phase.on(member, line, cx, event),
        }
    }
}

/// Gaps up to this many rows are closed without a word; people see them as live.
const UNNOTICED: Seq = 256;

/// The first words after the relay's hello.
pub(super) fn hello(member: &Member, line: &mut Line, nonce: [u8; 32], version: u8) -> Phase {
    if member.doubted {
        return parting::begin(member, line, &nonce, version);
    }
    let Some(token) = member.token.clone().filter(|_| !member.place.founded && !member.token_used)
    else {
        return greeting::begin(member, line, &nonce, version);
    };
    line.send(&match member.place.records.as_slice() {
        [record] => ClientFrame::Found { token, record: record.clone() },
        // It was on another relay before.
        records => {
            let records = records.iter().cloned().map(Into::into).collect();
            ClientFrame::FoundAgain { token, records }
        }
    });
    Phase::Founding(founding::Founding { nonce, version })
}

/// What is to be done now that nothing is under way: pull first, then mend the roster, then rotate
/// if that is owed, then push, then look after snapshots, then rest.
pub(super) fn next(member: &mut Member, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
    if member.waits.storing > 0 {
        return Phase::Storing(storing::Storing);
    }
    if member.removal().is_some() {
        // The session ends as soon as this step does.
        return Phase::Away;
    }
    let at = member.place.cursor;
    if at < member.head {
        let far = member.head - at > UNNOTICED || !matches!(line.shown(), Some(LinkState::Live));
        if far {
            line.show(LinkState::CatchingUp { at, of: member.head });
        }
        return pulling::begin(member, line);
    }
    member.tell_of_lost(line);
    if let Some(phase) = mending::begin(member, line) {
        return phase;
    }
    let device = member.secrets.device();
    if member.walker.roster.as_ref().and_then(|roster| roster.active(&device)).is_none() {
        return member.stop(line, cx, StopReason::NotActive);
    }
    if let Some(phase) = reissuing::begin(member, line, cx) {
        return phase;
    }
    if let Some(phase) = rotating::begin(member, line, cx) {
        return phase;
    }
    member.send_records(line);
    live::rest(member, line, cx)
}
