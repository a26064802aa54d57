//! The founder asks the relay to take the space.

use wire::{Refusal, RelayFrame};

use super::{Phase, greeting};
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::{Cx, StopReason};

/// Waits for `Founded`.
#[derive(Debug)]
pub(in crate::session) struct Founding {
    pub(super) nonce: [u8; 32],
    pub(super) version: u8,
}

impl Founding {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Phase {
        match event {
            Event::Nudge => Phase::Founding(self),
            Event::Frame(RelayFrame::Founded { space, .. }) if space == member.place.space => {
                member.place.founded = true;
                self.connect(member, line)
            }
            // The space's id is the hash of our record: if it exists, it is ours.
            Event::Frame(RelayFrame::Refused { reason: Refusal::SpaceExists, .. }) => {
                member.place.founded = true;
                self.connect(member, line)
            }
            // By us, perhaps, and the answer was lost. Then the relay knows the space.
            Event::Frame(RelayFrame::Refused { reason: Refusal::TokenUsed, .. }) => {
                member.token_used = true;
                self.connect(member, line)
            }
            Event::Frame(RelayFrame::Refused {
                reason: Refusal::RateLimited | Refusal::Unavailable,
                ..
            }) => member.retry(line, cx),
            Event::Frame(RelayFrame::Refused { reason, .. }) => {
                member.stop(line, cx, StopReason::Refused(reason))
            }
            Event::Frame(_) => member.retry(line, cx),
        }
    }

    /// The connection goes on under the same nonce.
    fn connect(self, member: &Member, line: &mut Line) -> Phase {
        greeting::begin(member, line, &self.nonce, self.version)
    }
}
