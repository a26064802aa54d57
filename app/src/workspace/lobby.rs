//! Where the app begins: which space is opened, founded, joined or discarded.

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use device::{Device, Edit, Founding, OpenError, Opening, Prepared, SpaceKind};
use handbook::{DocumentId, Stamp, sample};
use leptos::{prelude::*, task::spawn_local};
use rand_core::Rng;
use replica::{KitSecret, RecoverySheet};
use wire::SpaceId;

use super::{
    acts::trouble,
    describe, now, roster, setting,
    space::{Space, Tab},
    status,
};
use crate::{
    platform::{
        address::{self, Fragment},
        clock, log,
        random::Random,
        timer, worker,
    },
    storage::{BrowserVault, Index, SpaceEntry, SpaceStorage},
    texts::{
        error::{told_letters, told_sheet},
        roster as roster_texts, start as start_texts, trouble as texts,
    },
    ui::{
        format,
        model::{Arrived, DeviceTruth, Emptied, Stage, Workspace, team::Removal},
        state::{AppState, Recover, Start, Trouble},
    },
};

/// How often the clock of the pages moves, milliseconds.
const CLOCK_MS: u32 = 20_000;

/// The app's one owner of what is open.
#[derive(Default)]
pub(super) struct Lobby {
    app: OnceCell<AppState>,
    index: OnceCell<Index>,
    vault: OnceCell<BrowserVault>,
    space: RefCell<Option<Rc<Space>>>,
    /// A link that was opened in this tab while the app was still being opened.
    waiting: RefCell<Option<Fragment>>,
}

impl Lobby {
    /// The open space.
    pub(super) fn space(&self) -> Option<Rc<Space>> {
        self.space.borrow().clone()
    }

    /// The open space, or the sentence for those who ask without one.
    pub(super) fn open_space(&self) -> Result<Rc<Space>, Trouble> {
        self.space().ok_or_else(|| Trouble(texts::no_workspace().into()))
    }

    /// Takes over the state of the pages, and opens what was open last.
    pub(super) fn begin(self: &Rc<Self>, app: AppState) {
        if self.app.set(app).is_err() {
            return;
        }
        let lobby = Rc::clone(self);
        spawn_local(async move {
            if let Err(Trouble(sentence)) = lobby.open_last().await {
                app.stage.set(Stage::Stopped(sentence));
            }
        });
        let lobby = Rc::clone(self);
        spawn_local(async move { lobby.tick().await });
        worker::register(move |update| {
            app.device.update(|truth| truth.update_ready |= update != worker::Update::Offline);
        });
        let watch = address::watch_fragment({
            let lobby = Rc::clone(self);
            move |fragment| lobby.hear(fragment)
        });
        // The app hears of links for as long as it lives.
        std::mem::forget(watch);
    }

    async fn open_last(self: &Rc<Self>) -> Result<(), Trouble> {
        let index = Index::open().await.map_err(describe::unopened)?;
        let vault = BrowserVault::open(&index).await.map_err(trouble)?;
        let spaces = index.spaces().await.map_err(trouble)?;
        let _ = (self.index.set(index), self.vault.set(vault));
        self.app()?.emptied.set(emptied(self.index()?).await?);
        let arrived = address::take_fragment();
        let wanted = spaces.into_iter().find(|entry| match &arrived {
            None => true,
            // Its relay may be the one that was emptied.
            Some(Fragment::Setup(_)) => !entry.sample,
            Some(_) => entry.firm.is_empty(),
        });
        // Asked about there once it is open; any other link belongs to the doors.
        let (asked_there, at_the_doors) = match (&wanted, arrived) {
            (Some(entry), Some(Fragment::Setup(token))) if !entry.firm.is_empty() => {
                (Some(Fragment::Setup(token)), None)
            }
            (_, arrived) => (None, arrived),
        };
        if let Some(fragment) = at_the_doors {
            self.arrived(fragment);
        }
        match wanted {
            Some(entry) => self.open(entry).await?,
            None => self.app()?.stage.set(Stage::Doors),
        }
        let opened_since = self.waiting.borrow_mut().take();
        if let Some(fragment) = opened_since.or(asked_there) {
            self.arrived(fragment);
        }
        Ok(())
    }

    /// A link was opened in this tab. While the app is being opened it waits: nobody knows yet where it belongs.
    fn hear(&self, fragment: Fragment) {
        let Ok(app) = self.app() else { return };
        if app.stage.get_untracked() == Stage::Opening {
            *self.waiting.borrow_mut() = Some(fragment);
        } else {
            self.arrived(fragment);
        }
    }

    /// A link was opened: the door it belongs to shows it. The operator's link is asked about in the workspace that lives, or
    /// should live, on that relay.
    fn arrived(&self, fragment: Fragment) {
        let Ok(app) = self.app() else { return };
        let is_setup = matches!(fragment, Fragment::Setup(_));
        let lives_there = self
            .space()
            .is_some_and(|space| !space.is_sample() && space.device.origin() == address::origin());
        let is_open = app.stage.get_untracked() == Stage::Open;
        app.arrived.set(Some(match fragment {
            Fragment::Setup(token) => Arrived::Setup(token),
            Fragment::Join(link) => Arrived::Join(link),
            Fragment::Link(link) => Arrived::Link(link),
            Fragment::Recover(sheet) => Arrived::Recover(sheet),
        }));
        if !(is_setup && lives_there && is_open) {
            app.stage.set(Stage::Doors);
        }
    }

    /// Opens a space that this device has.
    pub(super) async fn open(self: &Rc<Self>, entry: SpaceEntry) -> Result<(), Trouble> {
        let (storage, vault) = (self.storage(&entry.space).await?, self.vault()?);
        let device = match Device::open(storage, vault, opening()).await {
            // It was emptied, and the app was closed before the entry was taken away.
            Err(OpenError::Nothing) => {
                self.index()?.discard(&entry.space).await.map_err(trouble)?;
                self.app()?.stage.set(Stage::Doors);
                return Ok(());
            }
            opened => opened.map_err(describe::unopened)?,
        };
        if device.standing(DocumentId::Firm).is_some() {
            return self.show(device, entry).await;
        }
        // Joining was interrupted: it goes on where it was.
        self.app()?.stage.set(Stage::Joining(start_texts::joining_goes_on().into()));
        let space = self.put_to_work(device, entry.clone());
        let lobby = Rc::clone(self);
        spawn_local(async move {
            if let Err(Trouble(sentence)) = lobby.wait_for_joining(space, None).await {
                // The relay said no.
                lobby.give_up(&entry.space).await;
                if let Ok(app) = lobby.app() {
                    app.stage.set(Stage::Stopped(sentence));
                }
            }
        });
        Ok(())
    }

    /// Starts a workspace: complete here at once, and taken to the relay that handed out the token.
    pub(super) async fn start(self: Rc<Self>, start: Start) -> Result<(), Trouble> {
        let origin = address::origin();
        let founding = founding(SpaceKind::Team, &start, origin);
        let (device, entry) = self.found(founding).await?;
        self.open_founded(device, entry).await
    }

    /// Makes the sample firm.
    pub(super) async fn open_sample(self: Rc<Self>) -> Result<(), Trouble> {
        let start = Start {
            firm: sample::firm().into(),
            name: sample::person().into(),
            token: String::new(),
        };
        let founding = founding(SpaceKind::Sample, &start, String::new());
        let (device, entry) = self.found(founding).await?;
        // All at once, and before anybody sees it: a sample is whole, or there is none.
        let (now, member) = (now::moment(), device.member());
        let documents = sample::build(member.0, now, &mut Random);
        let edits = documents.iter().flat_map(|it| {
            it.chapters(now).into_iter().map(|(at, ops)| Edit {
                document: it.document,
                ops,
                stamp: Stamp { at, ..now::stamp(member, "sample", None) },
            })
        });
        if let Err(error) = device.write_many(edits.collect()).await {
            drop(device);
            self.give_up(&entry.space).await;
            return Err(trouble(error));
        }
        self.open_founded(device, entry).await
    }

    /// A device in a space of its own, that nobody has opened yet.
    async fn found(&self, founding: Founding) -> Result<(Tab, SpaceEntry), Trouble> {
        let prepared = Prepared::found(&founding, &mut Random).map_err(trouble)?;
        let entry = SpaceEntry {
            space: prepared.space(),
            firm: founding.firm.clone(),
            person: founding.name.clone(),
            sample: founding.kind == SpaceKind::Sample,
            opened: clock::now(),
        };
        let (storage, vault) = (self.storage(&entry.space).await?, self.vault()?);
        let device = Device::found(storage, vault, opening(), prepared).await.map_err(trouble)?;
        Ok((device, entry))
    }

    async fn open_founded(self: &Rc<Self>, device: Tab, entry: SpaceEntry) -> Result<(), Trouble> {
        self.index()?.remember(&entry).await.map_err(trouble)?;
        self.show(device, entry).await.map(drop)
    }

    /// Discards the sample firm and goes back to the doors.
    pub(super) async fn discard_sample(self: Rc<Self>) -> Result<(), Trouble> {
        let space = self.open_space()?;
        if !space.is_sample() {
            return Err(Trouble(texts::not_the_sample().into()));
        }
        if let Some(link) = space.link.borrow().as_ref() {
            link.discarded();
        }
        let id = space.device.space();
        self.space.borrow_mut().take();
        drop(space);
        self.index()?.discard(&id).await.map_err(trouble)?;
        let app = self.app()?;
        app.workspace.set(Workspace::default());
        app.stage.set(Stage::Doors);
        app.all_changed();
        Ok(())
    }

    /// Deletes the open space, whose team this device went from, and goes back to the doors.
    pub(super) async fn empty(self: Rc<Self>) -> Result<(), Trouble> {
        let space = self.open_space()?;
        let wanted = space.device.removal().map(|removal| removal.wipe);
        let why = if wanted == Some(true) { Emptied::ByTeam } else { Emptied::ByPerson };
        space.device.wipe().await.map_err(trouble)?;
        // Said before the entry goes: whoever closes the app in between finds the doors, and why.
        keep_emptied(self.index()?, Some(why)).await?;
        if let Some(link) = space.link.borrow().as_ref() {
            link.discarded();
        }
        let id = space.device.space();
        self.space.borrow_mut().take();
        drop(space);
        self.index()?.discard(&id).await.map_err(trouble)?;
        let app = self.app()?;
        app.workspace.set(Workspace::default());
        app.emptied.set(Some(why));
        app.stage.set(Stage::Doors);
        app.all_changed();
        Ok(())
    }

    /// The open space is closed, and its way to the relay with it.
    pub(super) fn let_go(&self) {
        self.space.borrow_mut().take();
    }

    pub(super) fn put_to_work(&self, device: Tab, entry: SpaceEntry) -> Rc<Space> {
        // An app without its state has no pages to show anything on, and `begin` is the only way here.
        let app = *self.app.get_or_init(|| unreachable!("the lobby begins with its state"));
        app.device.update(|truth| truth.search_ready = false);
        let space = Space::new(device, entry, app);
        *self.space.borrow_mut() = Some(Rc::clone(&space));
        space.begin();
        space
    }

    pub(super) async fn show(
        self: &Rc<Self>,
        device: Tab,
        entry: SpaceEntry,
    ) -> Result<(), Trouble> {
        let space = self.put_to_work(device, entry);
        self.unveil(&space).await
    }

    /// Shows the workspace on the pages.
    pub(super) async fn unveil(&self, space: &Rc<Space>) -> Result<(), Trouble> {
        let app = self.app()?;
        let firm = setting::settings(&space.device.model()).firm_name;
        let entry = SpaceEntry { firm, opened: clock::now(), ..space.entry.clone() };
        roster::recall_sheets(space).await?;
        let described = describe::workspace(space);
        let out = described.out;
        app.workspace.set(described);
        let truth = describe::truth(space).await;
        app.device.update(|known| {
            // The search fills beside this, and may be ready already.
            *known = DeviceTruth {
                search_ready: known.search_ready,
                update_ready: known.update_ready,
                ..truth
            };
        });
        space.look_over().await;
        app.arrived.set(None);
        app.emptied.set(None);
        app.stage.set(if out == Some(Removal::Wiped) { Stage::Emptying } else { Stage::Open });
        app.all_changed();
        spawn_local(format::prepare(now::clock_face().today));
        space.fill_search();
        keep_emptied(self.index()?, None).await?;
        self.index()?.remember(&entry).await.map_err(trouble)
    }

    /// Moves the clock of the pages, and what they show of this device.
    async fn tick(self: Rc<Self>) {
        loop {
            timer::sleep(CLOCK_MS).await;
            let Ok(app) = self.app() else { return };
            let face = now::clock_face();
            let space = self.space();
            let next_day = app.clock.get_untracked().today != face.today;
            if let (true, Some(space)) = (next_day, &space) {
                space.look_over().await;
            }
            app.clock.set(face);
            if next_day {
                app.all_changed();
            }
            if let Some(space) = space {
                status::show(&space);
            }
        }
    }

    pub(super) fn app(&self) -> Result<AppState, Trouble> {
        self.app.get().copied().ok_or_else(|| Trouble(texts::still_starting().into()))
    }

    pub(super) fn index(&self) -> Result<&Index, Trouble> {
        self.index.get().ok_or_else(|| Trouble(texts::storage_opening().into()))
    }

    pub(super) fn vault(&self) -> Result<BrowserVault, Trouble> {
        self.vault.get().cloned().ok_or_else(|| Trouble(texts::keys_opening().into()))
    }

    pub(super) async fn storage(&self, space: &SpaceId) -> Result<SpaceStorage, Trouble> {
        let storage = SpaceStorage::open(space).await.map_err(describe::unopened)?;
        storage.on_shut(|| log::note("the storage was shut by another tab or the browser"));
        Ok(storage)
    }
}

/// Under this name it is remembered why the last space went.
const EMPTIED: &str = "emptied";

async fn keep_emptied(index: &Index, why: Option<Emptied>) -> Result<(), Trouble> {
    let word = why.map(|why| match why {
        Emptied::ByTeam => "team",
        Emptied::ByPerson => "person",
    });
    index.set_setting(EMPTIED, word).await.map_err(trouble)
}

async fn emptied(index: &Index) -> Result<Option<Emptied>, Trouble> {
    let word = index.setting(EMPTIED).await.map_err(trouble)?;
    Ok(word.map(|word| if word == "team" { Emptied::ByTeam } else { Emptied::ByPerson }))
}

/// The sheet that somebody scanned, pasted or typed.
pub(super) fn sheet(recover: &Recover) -> Result<RecoverySheet, Trouble> {
    if recover.phrase.contains(address::SHEET_FRAGMENT) {
        return RecoverySheet::parse(&recover.phrase)
            .map_err(|error| Trouble(told_sheet(&error).into()));
    }
    let secret = KitSecret::parse(&recover.phrase)
        .map_err(|error| Trouble(told_letters(error, roster_texts::phrase_wrong())))?;
    let space = RecoverySheet::parse_number(&recover.number)
        .map_err(|error| Trouble(told_letters(error, roster_texts::number_wrong())))?;
    let relay = recover.relay.trim().trim_end_matches('/').to_owned();
    Ok(RecoverySheet::typed(relay, space, secret))
}

fn founding(kind: SpaceKind, start: &Start, origin: String) -> Founding {
    Founding {
        kind,
        origin,
        token: start.token.clone(),
        firm: start.firm.trim().to_owned(),
        name: start.name.trim().to_owned(),
        at: now::moment(),
    }
}

pub(super) fn opening() -> Opening {
    let mut seed = [0; 32];
    Random.fill_bytes(&mut seed);
    Opening { seed, build: address::build().unwrap_or_default() }
}
