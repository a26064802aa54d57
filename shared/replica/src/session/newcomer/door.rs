//! By what a device comes in: an invite, or the recovery kit.

use wire::roster::InviteState;
use wire::{Hash, MemberId, Refusal, Role, Roster, Seq, SpaceId, chain_start};

use crate::founding::{self, FoundingError, Joined};
use crate::session::{Cx, StopReason};
use crate::{DeviceSecrets, InviteLink, InviteSecret, RecoverySheet, unlock};

/// What leads in, and what the log behind it must contain.
pub(in crate::session) struct Door {
    pub(super) origin: String,
    pub(super) space: SpaceId,
    /// The roster must have come past this record.
    pub(super) head: Hash,
    /// This row must have that chain. What names none names the beginning, which all logs share.
    pub(super) row: (Seq, Hash),
    /// The keys that open it.
    pub(super) keys: DeviceSecrets,
    way: Way,
}

enum Way {
    /// Somebody new joins, or a member's further device is linked.
    Invite(InviteSecret, MemberId),
    /// An owner comes back; which one, if that was said.
    Kit(Option<MemberId>),
}

impl Door {
    pub(in crate::session) fn invite(link: InviteLink, member: MemberId) -> Self {
        Self {
            origin: link.origin,
            space: link.space,
            head: link.head,
            row: (link.seq, link.chain),
            keys: link.secret.derive_keys(),
            way: Way::Invite(link.secret, member),
        }
    }

    pub(in crate::session) fn kit(sheet: RecoverySheet, owner: Option<MemberId>) -> Self {
        Self {
            row: (0, chain_start(&sheet.space)),
            origin: sheet.origin,
            space: sheet.space,
            head: sheet.head,
            keys: sheet.secret.derive_keys(),
            way: Way::Kit(owner),
        }
    }

    /// Whether this refusal is one that this very device may have brought about, by coming in before:
    /// it used the invite, and by whoever comes with a kit that kit may have been replaced since.
    pub(super) fn may_be_inside(&self, refusal: Refusal) -> bool {
        match self.way {
            Way::Invite(..) => refusal == Refusal::InviteUsed,
            Way::Kit(_) => matches!(refusal, Refusal::NotActive | Refusal::InviteUnknown),
        }
    }

    /// What to say when the device is not inside either: somebody else used the invite, or the kit
    /// was replaced.
    pub(super) fn shut(&self) -> StopReason {
        match self.way {
            Way::Invite(..) => StopReason::Refused(Refusal::InviteUsed),
            Way::Kit(_) => StopReason::KitUnknown,
        }
    }

    /// What to say when it stays shut.
    pub(super) fn refused(&self, refusal: Refusal) -> StopReason {
        match (&self.way, refusal) {
            (Way::Kit(_), Refusal::NotActive | Refusal::InviteUnknown) => StopReason::KitUnknown,
            _ => StopReason::Refused(refusal),
        }
    }

    /// The record by which the device comes in.
    pub(super) fn enter(
        &self,
        secrets: &DeviceSecrets,
        roster: &Roster,
        records: &[Vec<u8>],
        cx: &mut Cx<'_>,
    ) -> Result<Joined, StopReason> {
        let made = match &self.way {
            Way::Invite(secret, member) => {
                self.is_open(roster)?;
                let mut member = *member;
                while roster.knows_member(&member) {
                    // Whoever comes in again, because their own further device is missing in a restored
                    // log, comes as somebody new by an invitation that is not for a device.
                    cx.rng.fill_bytes(&mut member.0);
                }
                founding::join(secret, secrets, member, roster, &mut cx.rng)
            }
            Way::Kit(owner) => {
                let owner = self.owner(roster, *owner)?;
                let ring = unlock::recover_ring(&self.keys, roster, records);
                let ring = ring.map_err(|_| StopReason::NoKey)?;
                let key = founding::current_key(roster, &ring).ok_or(StopReason::NoKey)?;
                founding::link(&self.keys, secrets, owner, roster, key, &mut cx.rng)
            }
        };
        made.map_err(|error| match error {
            FoundingError::Roster(error) => self.refused(Refusal::from(&error)),
            FoundingError::NoKey | FoundingError::Wrap(_) => StopReason::NoKey,
        })
    }

    fn is_open(&self, roster: &Roster) -> Result<(), StopReason> {
        let state = roster.invite_by_key(&self.keys.device()).map(|(_, status)| status.state);
        let refusal = match state {
            Some(InviteState::Open) => return Ok(()),
            Some(InviteState::Used { .. }) => Refusal::InviteUsed,
            Some(InviteState::Revoked) => Refusal::InviteRevoked,
            None => Refusal::InviteUnknown,
        };
        Err(self.refused(refusal))
    }

    /// Whose device it will be: the one who was named, else whoever made the kit, else any owner.
    fn owner(&self, roster: &Roster, named: Option<MemberId>) -> Result<MemberId, StopReason> {
        let kit = roster.kit().filter(|kit| kit.key == self.keys.device());
        let kit = kit.ok_or(StopReason::KitUnknown)?;
        let owners = || roster.members().filter(|member| member.role == Role::Owner);
        let is_owner = |id: &MemberId| owners().any(|member| member.id == *id);
        let chosen = named.or(Some(kit.by).filter(is_owner));
        chosen.or_else(|| owners().map(|owner| owner.id).next()).ok_or(StopReason::KitUnknown)
    }
}
