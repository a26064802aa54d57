//! Coming into a team: by an invitation, by a link for a further device, by a recovery kit. It can be
//! stopped and goes on where it was; and a device that a restored relay does not know any more comes in
//! again as it is.

use std::rc::Rc;

use device::{Device, Joining};
use handbook::DocumentId;
use leptos::prelude::*;
use replica::{InviteLink, session::LinkState, session::StopReason};
use wire::SpaceId;

use super::{
    acts::trouble,
    describe,
    lobby::{Lobby, opening, sheet},
    space::{Space, Tab},
};
use crate::{
    platform::{address, clock, log, timer},
    storage::SpaceEntry,
    texts::{start as start_texts, trouble as texts},
    ui::{
        model::Stage,
        state::{Join, Recover, Trouble},
    },
};

/// How long a person who joins waits for the relay to do anything, milliseconds.
const JOIN_PATIENCE_MS: u64 = 30_000;
/// How often it is looked whether joining is done, milliseconds.
const JOIN_LOOK_MS: u32 = 100;

impl Lobby {
    /// Joins a team and waits for its workspace. What does not succeed leaves nothing behind.
    pub(super) async fn join(self: Rc<Self>, join: Join) -> Result<(), Trouble> {
        // A link for a device may be pasted where an invitation is asked for.
        let code = join.link.rsplit_once(address::LINK_FRAGMENT).map(|(_, code)| code);
        let link = InviteLink::parse(code.unwrap_or(&join.link)).map_err(trouble)?;
        if let Some(entry) = self.known(link.space).await? {
            return if entry.firm.is_empty() {
                self.open(entry).await
            } else {
                self.come_again(entry, link).await
            };
        }
        let entry = newcomer(link.space, join.name.clone());
        let (storage, vault) = (self.storage(&link.space).await?, self.vault()?);
        let joining = Joining { link, name: join.name };
        let device = Device::join(storage, vault, opening(), joining).await.map_err(trouble)?;
        self.come_in(device, entry).await
    }

    /// Links this device, as one more of whoever made the link. Who that is the roster says.
    pub(super) async fn link(self: Rc<Self>, link: String) -> Result<(), Trouble> {
        self.join(Join { link, name: String::new() }).await
    }

    /// Comes back by a recovery kit and waits for the workspace. What does not succeed leaves nothing behind.
    pub(super) async fn recover(self: Rc<Self>, recover: Recover) -> Result<(), Trouble> {
        let sheet = sheet(&recover)?;
        if self.known(sheet.space).await?.is_some() {
            return Err(Trouble(texts::belongs_already().into()));
        }
        let entry = newcomer(sheet.space, String::new());
        let (storage, vault) = (self.storage(&sheet.space).await?, self.vault()?);
        let device = Device::recover(storage, vault, opening(), sheet).await.map_err(trouble)?;
        self.come_in(device, entry).await
    }

    /// Stops joining. What was fetched stays, and so does the invitation.
    pub(super) async fn cancel_joining(self: Rc<Self>) -> Result<(), Trouble> {
        let app = self.app()?;
        if matches!(app.stage.get_untracked(), Stage::Joining(_)) {
            // Whoever waits for it sees that and lets go of it.
            app.stage.set(Stage::Paused);
        }
        Ok(())
    }

    /// Goes on with what was stopped.
    pub(super) async fn resume_joining(self: Rc<Self>) -> Result<(), Trouble> {
        let spaces = self.index()?.spaces().await.map_err(trouble)?;
        match spaces.into_iter().find(|entry| entry.firm.is_empty()) {
            Some(entry) => self.open(entry).await,
            None => Err(Trouble(texts::no_workspace().into())),
        }
    }

    /// The entry of a space that this device has, or began to fetch.
    async fn known(&self, space: SpaceId) -> Result<Option<SpaceEntry>, Trouble> {
        let spaces = self.index()?.spaces().await.map_err(trouble)?;
        Ok(spaces.into_iter().find(|entry| entry.space == space))
    }

    /// Opens an invitation on a device that is in the team. That makes sense where a restored relay does
    /// not know it any more; anywhere else nothing is changed.
    async fn come_again(
        self: &Rc<Self>,
        entry: SpaceEntry,
        link: InviteLink,
    ) -> Result<(), Trouble> {
        let (storage, vault) = (self.storage(&entry.space).await?, self.vault()?);
        let device = Device::open(storage, vault, opening()).await.map_err(describe::unopened)?;
        self.show(device, entry).await?;
        let space = self.open_space()?;
        let until = clock::now() + JOIN_PATIENCE_MS;
        while clock::now() < until {
            match &*space.shown.borrow() {
                Some(LinkState::Stopped(StopReason::NotActive)) => break,
                Some(LinkState::Live | LinkState::Held(_) | LinkState::Parted) => {
                    return Err(Trouble(texts::belongs_already().into()));
                }
                Some(LinkState::Stopped(reason)) => {
                    return Err(Trouble(describe::why_not(reason)));
                }
                _ => {}
            }
            timer::sleep(JOIN_LOOK_MS).await;
        }
        space.device.rejoin(&link).await.map_err(trouble)?;
        if let Some(link) = space.link.borrow().as_ref() {
            link.retry();
        }
        Ok(())
    }

    async fn come_in(self: &Rc<Self>, device: Tab, entry: SpaceEntry) -> Result<(), Trouble> {
        let space_id = entry.space;
        self.index()?.remember(&entry).await.map_err(trouble)?;
        self.app()?.stage.set(Stage::Joining(start_texts::working_join().into()));
        let space = self.put_to_work(device, entry);
        let patience = Some(JOIN_PATIENCE_MS);
        let outcome = self.wait_for_joining(space, patience).await;
        if outcome.is_err() {
            self.give_up(&space_id).await;
            self.app()?.stage.set(Stage::Doors);
        }
        outcome
    }

    /// Until the firm's document is here, or the person stops it, or the relay says no, or nothing has
    /// happened for longer than patience lasts.
    pub(super) async fn wait_for_joining(
        self: &Rc<Self>,
        space: Rc<Space>,
        patience: Option<u64>,
    ) -> Result<(), Trouble> {
        let app = self.app()?;
        let mut last = (None, clock::now());
        loop {
            if space.device.standing(DocumentId::Firm).is_some() {
                return self.unveil(&space).await;
            }
            if !matches!(app.stage.get_untracked(), Stage::Joining(_)) {
                self.let_go();
                return Ok(());
            }
            let shown = space.shown.borrow().clone();
            if let Some(LinkState::Stopped(reason)) = &shown {
                return Err(Trouble(describe::why_not(reason)));
            }
            if last.0 != shown {
                if let Some(LinkState::CatchingUp { at, of }) = shown {
                    app.stage.set(Stage::Joining(start_texts::fetching(at, of)));
                }
                last = (shown, clock::now());
            }
            if patience.is_some_and(|patience| clock::now() > last.1 + patience) {
                return Err(Trouble(texts::join_needs_relay().into()));
            }
            timer::sleep(JOIN_LOOK_MS).await;
        }
    }

    pub(super) async fn give_up(&self, space: &SpaceId) {
        self.let_go();
        if let Ok(index) = self.index()
            && let Err(error) = index.discard(space).await
        {
            log::note(&format!("an unfinished space could not be removed: {error}"));
        }
    }
}

/// The entry of a space that this device does not belong to yet.
fn newcomer(space: SpaceId, person: String) -> SpaceEntry {
    SpaceEntry { space, firm: String::new(), person, sample: false, opened: clock::now() }
}
