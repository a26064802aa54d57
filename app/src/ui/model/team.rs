//! The team as its page shows it.

use chrono::{NaiveDate, NaiveDateTime};
use handbook::RecordId;

/// What somebody of the team may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeamRole {
    /// Everything, inviting and removing included.
    Owner,
    /// Read and write.
    Editor,
    /// Read only.
    Reader,
}

/// Everybody and everything that the roster names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Team {
    /// Who belongs to it, in the order of coming.
    pub members: Vec<TeamMember>,
    /// Devices that went, the last to come first.
    pub gone: Vec<GoneDevice>,
    /// Invitations nobody has used yet.
    pub invites: Vec<OpenInvite>,
    /// Whether this person is an owner.
    pub owner: bool,
    /// Whether this person is the only owner, and so cannot leave.
    pub last_owner: bool,
    /// What those are called whose device a restored relay does not know any more.
    pub to_invite: Vec<String>,
    /// Somebody left, and no owner was online since.
    pub owes_rotation: bool,
    /// The number of the present key; 0 without a team.
    pub epoch: u32,
    /// The recovery kit that counts.
    pub kit: Option<Kit>,
    /// A sheet was printed here, and counts no longer.
    pub stale_sheet: bool,
}

/// A person of the team.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamMember {
    /// Who, as a record of kind `member`.
    pub id: RecordId,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: TeamRole,
    /// Whether it is this person.
    pub me: bool,
    /// In the order of coming.
    pub devices: Vec<TeamDevice>,
}

/// A device of the team.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamDevice {
    /// Its key, hex.
    pub key: String,
    /// Its mark in numbers, such as `A3`.
    pub mark: String,
    /// Whether it is this one.
    pub this: bool,
    /// When the relay last took something in from it, as far as that was read here; local time.
    pub seen: Option<NaiveDateTime>,
    /// Whether the recovery kit must go with it.
    pub exposes_kit: bool,
}

/// A device that is no longer of the team.
#[derive(Debug, Clone, PartialEq)]
pub struct GoneDevice {
    /// Whose it was.
    pub name: String,
    /// Its mark.
    pub mark: String,
    /// How it went.
    pub how: Removal,
    /// As for a device of the team.
    pub seen: Option<NaiveDateTime>,
}

/// How a device went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// Its person left the team.
    Left,
    /// It was removed.
    Removed,
    /// It was removed, and is to delete what it holds.
    Wiped,
}

/// The recovery kit that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kit {
    /// Who made it.
    pub by: String,
    /// Somebody came back by it: what was lost is to be removed, and the kit replaced.
    pub used: bool,
    /// It was made on this device, and nobody said that it was printed.
    pub unprinted: bool,
}

/// An invitation nobody has used yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvite {
    /// The invite record's hash, hex.
    pub hash: String,
    /// What it allows.
    pub role: TeamRole,
    /// Whether it is for a further device of whoever made it.
    pub for_device: bool,
    /// Whether this person made it.
    pub mine: bool,
    /// What whoever made it is called.
    pub by: String,
    /// The last day it can be used.
    pub until: NaiveDate,
    /// Whether this person may take it back.
    pub may_revoke: bool,
}

/// Who is to go.
#[derive(Debug, Clone, PartialEq)]
pub struct Going {
    /// The devices' keys, hex.
    pub devices: Vec<String>,
    /// Whether they are asked to delete what they hold.
    pub wipe: bool,
}

/// A recovery kit to be printed. It is nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The relay's origin.
    pub relay: String,
    /// The space's number, in groups of letters.
    pub number: String,
    /// The hash of the roster's last record.
    pub head: String,
    /// The phrase.
    pub phrase: String,
    /// All of it as a link.
    pub link: String,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").field("relay", &self.relay).finish_non_exhaustive()
    }
}
