//! The newcomer is a member; its place and its keys are on their way into the storage.

use wire::Roster;

use super::{Newcomer, Phase};
use crate::session::line::Line;
use crate::session::member::Member;
use crate::session::{Cx, Effect};
use crate::{DeviceSecrets, KeyRing, Place, unlock};

/// Waits for [`Input::Stored`](crate::session::Input::Stored).
#[derive(Debug)]
pub(super) struct Settling {
    ring: KeyRing,
}

/// With the keys at hand; those of the epochs before come from the records.
pub(super) fn begin(
    line: &mut Line,
    secrets: &DeviceSecrets,
    roster: Roster,
    records: Vec<Vec<u8>>,
    mut ring: KeyRing,
) -> Phase {
    // The records were read one by one: they are the roster's.
    let complete = unlock::top_up(secrets, &roster, &records, &mut ring);
    debug_assert!(complete.is_ok());
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
        let origin = newcomer.door.origin.clone();
        line.redial(cx);
        Phase::Done(Box::new(Member::new(place, secrets, self.ring, origin, None)))
    }
}
