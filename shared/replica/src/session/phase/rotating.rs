//! Somebody left, and the next key is owed. The first owner who is online makes it.
//!
//! Nothing has to be remembered for that: as long as the roster owes a rotation, whoever is an
//! owner tries, and of two the slower one finds it done.

use wire::Role;

use super::{Phase, deciding};
use crate::session::Cx;
use crate::session::line::Line;
use crate::session::member::Member;
use crate::team;

/// Sends a rotation if one is owed and it is this device's to make. A kit that the leaver may know
/// is dropped: a new one needs a person and paper.
pub(super) fn begin(member: &Member, line: &mut Line, cx: &mut Cx<'_>) -> Option<Phase> {
    let roster = member.walker.roster.as_ref().filter(|roster| roster.owes_rotation())?;
    let own = roster.active(&member.secrets.device())?;
    if own.role < Role::Owner || !deciding::may(member, cx) {
        return None;
    }
    // Without the current key another owner has to do it; whoever needs that key here is told.
    let record = team::rotate(&member.secrets, roster, &member.ring, None, &mut cx.rng).ok()?;
    Some(deciding::send(line, record))
}
