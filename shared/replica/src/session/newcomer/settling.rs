//! The newcomer is a member; its place and its keys are on their way into the storage.

use wire::Roster;

use super::{Newcomer, Phase};
use crate::session::line::Line;
use crate::session::member::Member;
use crate::session::{Cx, Effect};
use crate::{KeyRing, Place};

/// Waits for [`Input::Stored`](crate::session::Input::Stored).
#[derive(Debug)]
pub(super) struct Settling {
    ring: KeyRing,
}

pub(super) fn begin(
    line: &mut Line,
    roster: Roster,
    records: Vec<Vec<u8>>,
    ring: KeyRing,
) -> Phase {
    let place = Place::at_start(roster, records);
    line.ask(Effect::Joined { place, ring: ring.clone() });
    Phase::Settling(Settling { ring })
}

impl Settling {
    /// Comes back as a member's device.
    pub(super) fn stored(
        self,
        newcomer: &Newcomer,
        line: &mut Line,
        cx: &mut Cx<'_>,
        place: Place,
    ) -> Phase {
        let secrets = newcomer.secrets.clone();
        let origin = newcomer.link.origin.clone();
        line.redial(cx);
        Phase::Done(Box::new(Member::new(place, secrets, self.ring, origin, None)))
    }
}
