//! What the team had decided in records that a restored relay lost is decided again, on the log's branch:
//! who goes first, with a fresh key.
//!
//! Each device does what it may: an owner's everything, any other the removal of its own member's
//! devices. Nothing has to be remembered for it: it is the difference between what was known and what
//! the log says, and of two devices the slower one finds it done.

use wire::{ClientFrame, DeviceKey, Hash, Millis, Record, Refusal, RelayFrame, Role};

use super::{Phase, next};
use crate::founding;
use crate::keys::KitKeys;
use crate::session::Cx;
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::team;

/// A relay that refuses is asked again after this long.
const AGAIN: Millis = 60_000;

/// Waits for the answer about the record.
#[derive(Debug)]
pub(in crate::session) struct Reissuing {
    hash: Hash,
}

/// Sends the next record, if there is one that this device may make.
pub(super) fn begin(member: &Member, line: &mut Line, cx: &mut Cx<'_>) -> Option<Phase> {
    if member.place.lost.is_settled() || cx.now < member.rotates_at || !member.records.is_empty() {
        return None;
    }
    let record = removal(member, cx).or_else(|| decision(member, cx))?;
    let hash = Record::hash_of(&record);
    line.send(&ClientFrame::AppendRecord { record });
    Some(Phase::Reissuing(Reissuing { hash }))
}

/// Removes who had been removed; those first who shall delete what they hold.
fn removal(member: &Member, cx: &mut Cx<'_>) -> Option<Vec<u8>> {
    let roster = member.walker.roster.as_ref()?;
    let own = roster.active(&member.secrets.device())?;
    let mine = |key: &DeviceKey| {
        let whose = roster.active(key).map(|device| device.member);
        *key != own.key && (own.role == Role::Owner || whose == Some(own.member))
    };
    let returned: Vec<_> =
        member.place.lost.returned(roster).filter(|(key, _)| mine(key)).collect();
    let (_, wipe) = returned.iter().find(|(_, wipe)| *wipe).or(returned.first())?;
    let those = returned.iter().filter(|(_, wiped)| wiped == wipe);
    let devices: Vec<_> = those.map(|(key, _)| *key).collect();
    // With the last of them: who goes after it would know it.
    let kit = member
        .place
        .lost
        .kit()
        .filter(|_| own.role == Role::Owner && devices.len() == returned.len());
    let mut remove = |kit| {
        let (secrets, ring, devices) = (&member.secrets, &member.ring, devices.clone());
        team::remove_with(secrets, roster, ring, devices, *wipe, kit, &mut cx.rng).ok()
    };
    remove(kit.map(KitKeys::from)).or_else(|| remove(None))
}

/// Decides again what else an owner had decided.
fn decision(member: &Member, cx: &mut Cx<'_>) -> Option<Vec<u8>> {
    let roster = member.walker.roster.as_ref()?;
    roster.active(&member.secrets.device()).filter(|own| own.role == Role::Owner)?;
    let (secrets, lost) = (&member.secrets, &member.place.lost);
    let revoke = |invite| founding::revoke(secrets, roster, invite).ok();
    if let Some(record) = lost.reopened(roster).find_map(revoke) {
        return Some(record);
    }
    if let Some(kit) = lost.kit() {
        let kit = Some(KitKeys::from(kit));
        return team::rotate_with(secrets, roster, &member.ring, kit, &mut cx.rng).ok();
    }
    let roles = lost.roles().into_iter();
    // What would leave the team without an owner waits for another who becomes one.
    roles.filter_map(|(id, change)| team::set_role(secrets, roster, id, change.to).ok()).next()
}

impl Reissuing {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Phase {
        match event {
            Event::Frame(RelayFrame::Appended { hash, seq, .. }) if hash == self.hash => {
                member.head = member.head.max(seq);
                next(member, line, cx)
            }
            Event::Frame(RelayFrame::Refused { hash, reason }) if hash == self.hash => {
                if reason == Refusal::NotActive {
                    return member.doubt(line, cx);
                }
                // Somebody was faster, or it cannot be done now.
                if member.head <= member.place.cursor {
                    member.rotates_at = cx.now.saturating_add(AGAIN);
                }
                next(member, line, cx)
            }
            Event::Frame(_) | Event::Nudge => Phase::Reissuing(self),
        }
    }
}
