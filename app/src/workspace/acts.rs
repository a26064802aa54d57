//! What a person can ask for in an open space.

use std::rc::Rc;

use handbook::deeds::{self, Deed};
use leptos::prelude::Set;
use replica::founding::Invited;
use wire::{Hash, Refusal, Role, Seq};

use super::{space::Space, status};
use crate::{
    platform::clock,
    texts::{error::Told, trouble as t},
    ui::{
        model::{Done, InviteRole, OpenInvite},
        state::{Trouble, Write},
    },
};

/// An invitation can be used for so long.
const INVITE_DAYS: u64 = 14;
const DAY_MS: u64 = 86_400_000;

/// Changes one document, and remembers it for taking it back.
pub(super) async fn write(
    space: Rc<Space>,
    write: Write,
) -> Result<Vec<handbook::RecordKey>, Trouble> {
    let Write { document, ops, what } = write;
    space.allowed(&ops)?;
    let mut stamp = space.stamp(what, None);
    if let Some(command) = space.deeds.borrow().goes_on(document, &ops, &stamp) {
        stamp.command = command;
    }
    let mut deed = Deed::new(document, &ops, &stamp);
    let offered =
        deeds::weighs(&ops).then(|| Done { command: stamp.command, told: deed.told.clone() });
    let edits = space.routed(document, ops, &stamp);
    deed.parts = edits.iter().map(|edit| (edit.document, stamp.command)).collect();
    let keys = space.write(edits).await.map_err(trouble)?;
    if !keys.is_empty() {
        space.deeds.borrow_mut().did(deed);
        if offered.is_some() {
            space.app.done.set(offered);
        }
    }
    Ok(keys)
}

/// Makes an invitation and waits until the relay has it: a link that the relay does not know lets nobody in.
pub(super) async fn invite(space: Rc<Space>, role: InviteRole) -> Result<String, Trouble> {
    let role = match role {
        InviteRole::Owner => Role::Owner,
        InviteRole::Editor => Role::Editor,
        InviteRole::Reader => Role::Reader,
    };
    let expires = clock::now() + INVITE_DAYS * DAY_MS;
    let invited: Invited = space.device.invite(role, expires).map_err(trouble)?;
    judge(&space, invited.hash, invited.record.clone()).await?;
    let origin = space.device.origin();
    for _ in 0..50 {
        if let Some(link) = space.device.invite_link(&invited) {
            return Ok(link.url(&origin));
        }
        // The record is in the log; its row is on the way here.
        crate::platform::timer::sleep(100).await;
    }
    Err(Trouble(t::invitation_late().into()))
}

/// Takes an unused invitation back.
pub(super) async fn revoke(space: Rc<Space>, invite: OpenInvite) -> Result<(), Trouble> {
    let hash: Hash = invite.hash.parse().map_err(|_| Trouble(t::invitation_unknown().into()))?;
    let record = space.device.revoke(hash).map_err(trouble)?;
    let name = wire::RowKind::Roster.hash_of(&record);
    judge(&space, name, record).await.map(drop)
}

async fn judge(space: &Rc<Space>, hash: Hash, record: Vec<u8>) -> Result<Seq, Trouble> {
    let (send, wait) = futures_channel::oneshot::channel::<Result<Seq, Refusal>>();
    space.judged.borrow_mut().insert(hash, send);
    match space.link.borrow().as_ref() {
        Some(link) => link.append(record),
        None => {
            return Err(Trouble(t::invite_without_relay().into()));
        }
    }
    let patience = crate::platform::timer::sleep(PATIENCE_MS);
    match futures_util::future::select(wait, Box::pin(patience)).await {
        futures_util::future::Either::Left((Ok(Ok(seq)), _)) => Ok(seq),
        futures_util::future::Either::Left((Ok(Err(refusal)), _)) => {
            Err(Trouble(status::refused(refusal)))
        }
        _ => Err(Trouble(t::invite_needs_relay().into())),
    }
}

/// How long a person waits for the relay's word, milliseconds.
const PATIENCE_MS: u32 = 15_000;

/// Keeps what is being typed under a name, on this device only.
pub(super) async fn keep_draft(
    space: Rc<Space>,
    name: String,
    text: String,
) -> Result<(), Trouble> {
    let value = (!text.is_empty()).then(|| text.into_bytes());
    space.device.set_setting(&format!("draft/{name}"), value).await.map_err(trouble)
}

/// What was being typed under a name.
pub(super) async fn draft(space: Rc<Space>, name: String) -> Result<String, Trouble> {
    let value = space.device.setting(&format!("draft/{name}")).await.map_err(trouble)?;
    Ok(value.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default())
}

/// An error in words for people.
pub(super) fn trouble(error: impl Told) -> Trouble {
    Trouble(error.told())
}
