//! What a person does about the team: each is a record that the relay must take before anything is so.

use std::{collections::BTreeSet, rc::Rc};

use device::{TeamError, team::Change};
use replica::{KitSecret, session::LinkState};
use wire::{DeviceKey, Hash, MemberId, Refusal, Role, Seq};

use super::{
    acts::trouble,
    space::{Space, Tab},
    status,
};
use crate::{
    platform::{address, clock, timer},
    texts::{roster as t, trouble as texts},
    ui::{
        model::team::{Going, OpenInvite, Sheet, TeamRole},
        state::Trouble,
    },
};

/// An invitation can be used for so long.
const INVITE_DAYS: u64 = 14;
/// One for a device that lies on the same table, too, but not for long.
const DEVICE_DAYS: u64 = 2;
const DAY_MS: u64 = 86_400_000;

/// How long a person waits for the relay's word, milliseconds.
const PATIENCE_MS: u32 = 15_000;
/// How often it is looked whether what was waited for is so, milliseconds.
const LOOK_MS: u32 = 100;
/// How often a record is made anew because somebody else was faster.
const ATTEMPTS: usize = 5;

/// Under these names the device remembers the keys of recovery kits: those made here and not said to be on paper, a line
/// each, and the one last said to be.
const UNPRINTED: &str = "kit/unprinted";
const PRINTED: &str = "kit/printed";

/// The recovery kits of this device, by key.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Sheets {
    /// Made here, and nobody said that they were printed. Which of them counts the roster says.
    pub(super) unprinted: BTreeSet<String>,
    /// Said to be printed, the last one.
    pub(super) printed: Option<String>,
}

/// Reads what this device remembers of its kits.
pub(super) async fn recall_sheets(space: &Space) -> Result<(), Trouble> {
    let read = async |name: &str| {
        let value = space.device.setting(name).await.map_err(trouble)?;
        Ok::<_, Trouble>(value.and_then(|bytes| String::from_utf8(bytes).ok()))
    };
    let unprinted = read(UNPRINTED).await?.unwrap_or_default();
    let sheets = Sheets {
        unprinted: unprinted.lines().map(str::to_owned).collect(),
        printed: read(PRINTED).await?,
    };
    *space.sheets.borrow_mut() = sheets;
    Ok(())
}

/// The kit made here is on paper; if there is none, the paper of one before is destroyed.
pub(super) async fn sheet_settled(space: Rc<Space>, (): ()) -> Result<(), Trouble> {
    let place = space.device.place();
    let current = place.and_then(|place| place.roster.kit()).map(|kit| kit.key.to_string());
    let made = space.sheets.borrow().unprinted.clone();
    let printed = current.filter(|key| made.contains(key));
    remember(&space, Sheets { unprinted: BTreeSet::new(), printed }).await
}

async fn remember(space: &Space, sheets: Sheets) -> Result<(), Trouble> {
    let lines: Vec<&str> = sheets.unprinted.iter().map(String::as_str).collect();
    let lines = Some(lines.join("\n")).filter(|lines| !lines.is_empty());
    for (name, value) in [(UNPRINTED, lines), (PRINTED, sheets.printed.clone())] {
        let value = value.map(String::into_bytes);
        space.device.set_setting(name, value).await.map_err(trouble)?;
    }
    *space.sheets.borrow_mut() = sheets;
    space.app.all_changed();
    Ok(())
}

/// Makes an invitation and waits until the relay has it: a link that the relay does not know lets nobody in.
pub(super) async fn invite(space: Rc<Space>, role: TeamRole) -> Result<String, Trouble> {
    let expires = clock::now() + INVITE_DAYS * DAY_MS;
    link_of(&space, |device| device.invite(role_of(role), expires)).await
}

/// The same for a further device of one's own. Its link says so, because whoever opens it is not asked for a name.
pub(super) async fn invite_device(space: Rc<Space>, (): ()) -> Result<String, Trouble> {
    let expires = clock::now() + DEVICE_DAYS * DAY_MS;
    let link = link_of(&space, |device| device.invite_device(expires)).await?;
    Ok(link.replacen(replica::invite::FRAGMENT, address::LINK_FRAGMENT, 1))
}

async fn link_of(
    space: &Rc<Space>,
    make: impl Fn(&Tab) -> Result<replica::founding::Invited, TeamError>,
) -> Result<String, Trouble> {
    let origin = space.device.origin();
    let make = |device: &Tab| {
        let invited = make(device)?;
        Ok((invited.hash, invited.record.clone(), invited))
    };
    let invited = hand_in(space, make, async |_| Ok(())).await?;
    let link = arrived(|| space.device.invite_link(&invited)).await;
    link.map(|link| link.url(&origin)).ok_or_else(|| Trouble(texts::invitation_late().into()))
}

/// Takes an unused invitation back.
pub(super) async fn revoke(space: Rc<Space>, invite: OpenInvite) -> Result<(), Trouble> {
    let hash: Hash =
        invite.hash.parse().map_err(|_| Trouble(texts::invitation_unknown().into()))?;
    let make = |device: &Tab| {
        let record = device.revoke(hash)?;
        Ok((wire::RowKind::Roster.hash_of(&record), record, ()))
    };
    hand_in(&space, make, async |_| Ok(())).await
}

/// Gives somebody another role.
pub(super) async fn set_role(
    space: Rc<Space>,
    (member, role): (handbook::RecordId, TeamRole),
) -> Result<(), Trouble> {
    let member = MemberId(member.bytes());
    change(&space, |device| device.set_role(member, role_of(role))).await.map(drop)
}

/// Removes devices, which begins a new key.
pub(super) async fn remove(space: Rc<Space>, going: Going) -> Result<Option<Sheet>, Trouble> {
    let keys: Result<Vec<DeviceKey>, _> = going.devices.iter().map(|key| key.parse()).collect();
    let keys = keys.map_err(|_| Trouble(t::device_unknown().into()))?;
    change(&space, |device| device.remove(keys.clone(), going.wipe)).await
}

/// Leaves the team.
pub(super) async fn leave(space: Rc<Space>, (): ()) -> Result<(), Trouble> {
    change(&space, |device| device.leave()).await.map(drop)
}

/// Begins a new key.
pub(super) async fn new_key(space: Rc<Space>, new_kit: bool) -> Result<Option<Sheet>, Trouble> {
    change(&space, |device| device.rotate(new_kit)).await
}

/// Makes a change of the team and waits until it has come back; answers with the sheet of the kit that it brings.
async fn change(
    space: &Rc<Space>,
    make: impl Fn(&Tab) -> Result<Change, TeamError>,
) -> Result<Option<Sheet>, Trouble> {
    let make = |device: &Tab| {
        let change = make(device)?;
        Ok((change.hash, change.record.clone(), change))
    };
    // A kit that comes to count without anybody hearing of it is on no paper.
    let before = async |change: &Change| match &change.kit {
        Some(kit) => {
            let mut sheets = space.sheets.borrow().clone();
            sheets.unprinted.insert(kit.derive_keys().device().to_string());
            remember(space, sheets).await
        }
        None => Ok(()),
    };
    let change = hand_in(space, make, before).await?;
    let Some(kit) = &change.kit else {
        let known = || space.device.place()?.roster.records().contains(&change.hash).then_some(());
        return arrived(known).await.map(|()| None).ok_or_else(|| Trouble(t::late().into()));
    };
    let sheet = arrived(|| sheet(space, kit)).await;
    sheet.map(Some).ok_or_else(|| Trouble(t::late().into()))
}

fn sheet(space: &Space, kit: &KitSecret) -> Option<Sheet> {
    let sheet = space.device.recovery_sheet(kit)?;
    Some(Sheet {
        number: sheet.number(),
        head: sheet.head.to_string(),
        phrase: sheet.phrase(),
        link: sheet.url(&address::origin()),
        relay: sheet.origin,
    })
}

/// Hands a record to the relay, and makes it anew where somebody else was faster. What is made is handed back; before
/// each attempt `before` has done its part.
async fn hand_in<A>(
    space: &Rc<Space>,
    make: impl Fn(&Tab) -> Result<(Hash, Vec<u8>, A), TeamError>,
    before: impl AsyncFn(&A) -> Result<(), Trouble>,
) -> Result<A, Trouble> {
    for _ in 0..ATTEMPTS {
        online(space).await?;
        let (hash, record, made) = make(&space.device).map_err(trouble)?;
        before(&made).await?;
        match judged(space, hash, record).await? {
            Ok(_) => return Ok(made),
            Err(Refusal::RosterHead { .. }) => timer::sleep(5 * LOOK_MS).await,
            Err(refusal) => return Err(Trouble(status::refused(refusal))),
        }
    }
    Err(Trouble(t::moved_on().into()))
}

/// Waits until the relay can be asked: a record that would wait for it might come as a surprise later.
async fn online(space: &Space) -> Result<(), Trouble> {
    if space.link.borrow().is_none() || space.is_sample() {
        return Err(Trouble(t::no_relay().into()));
    }
    let live = || {
        let shown = space.shown.borrow();
        matches!(*shown, Some(LinkState::Live | LinkState::Held(_) | LinkState::Parted))
            .then_some(())
    };
    if let Some(LinkState::Stopped(reason)) = &*space.shown.borrow() {
        return Err(Trouble(status::stop(reason)));
    }
    arrived(live).await.ok_or_else(|| Trouble(t::needs_relay().into()))
}

/// What the relay says to a record.
async fn judged(
    space: &Rc<Space>,
    hash: Hash,
    record: Vec<u8>,
) -> Result<Result<Seq, Refusal>, Trouble> {
    let (send, wait) = futures_channel::oneshot::channel::<Result<Seq, Refusal>>();
    space.judged.borrow_mut().insert(hash, send);
    match space.link.borrow().as_ref() {
        Some(link) => link.append(record),
        None => return Err(Trouble(t::no_relay().into())),
    }
    let patience = timer::sleep(PATIENCE_MS);
    match futures_util::future::select(wait, Box::pin(patience)).await {
        futures_util::future::Either::Left((Ok(outcome), _)) => Ok(outcome),
        _ => Err(Trouble(t::no_answer().into())),
    }
}

/// Waits until `look` finds something.
async fn arrived<A>(look: impl Fn() -> Option<A>) -> Option<A> {
    for _ in 0..PATIENCE_MS / LOOK_MS {
        if let Some(found) = look() {
            return Some(found);
        }
        timer::sleep(LOOK_MS).await;
    }
    look()
}

fn role_of(role: TeamRole) -> Role {
    match role {
        TeamRole::Owner => Role::Owner,
        TeamRole::Editor => Role::Editor,
        TeamRole::Reader => Role::Reader,
    }
}
