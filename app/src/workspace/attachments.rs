//! Attachments of the open space: taken in, carried to the relay and from it, opened.
//!
//! What must be sent is asked of the device anew each time and kept nowhere. One tab carries at a time; while it does, it
//! holds a Web Lock.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::{Rc, Weak},
};

use device::{
    Changed, Edit, MAX_ATTACHMENT, ObjectError, ObjectState, WriteError,
    transfer::{Transfer, TransferError, sealed_length},
};
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt;
use handbook::{
    DocumentId, Moment, Record, RecordId, RecordKey, Row,
    deeds::Deed,
    records::{Attachment, THUMBNAIL_MAX},
    typed::Note,
};
use leptos::{prelude::*, task::spawn_local};
use replica::{ObjectKey, session::LinkState};
use wire::{Hash, Refusal, Role};

use super::{acts::trouble, space::Space, status};
use crate::{
    link::objects::ObjectLine,
    platform::{clock, files::PickedFile, image, locks, log, random::Random, timer},
    texts::{attachment as t, error::Told},
    ui::{
        model::{AttachFile, AttachedFile, Carriage, Holding, Holdings},
        state::Trouble,
    },
};

/// The first pause after the line broke, milliseconds; it doubles.
const PAUSE_MS: u32 = 2_000;
/// The longest pause.
const LONGEST_PAUSE_MS: u32 = 60_000;

/// What this tab carries, or is to carry.
#[derive(Default)]
pub(super) struct Porter {
    nudge: RefCell<Option<UnboundedSender<()>>>,
    /// What somebody asked for: its size by its address.
    wanted: RefCell<BTreeMap<Hash, u64>>,
    /// How many are here and not at the relay.
    pub(super) only_here: Cell<u64>,
}

impl Space {
    /// Begins to carry. The sample never meets a relay: there the bytes stay here.
    pub(super) fn begin_carrying(self: &Rc<Self>) {
        if !self.is_sample() {
            let (sender, nudges) = unbounded();
            *self.porter.nudge.borrow_mut() = Some(sender);
            spawn_local(carry(Rc::downgrade(self), nudges));
        }
        let space = Rc::clone(self);
        spawn_local(async move { space.look_at_attachments().await });
    }

    /// Something may be to be carried.
    pub(super) fn nudge_porter(&self) {
        if let Some(nudge) = self.porter.nudge.borrow().as_ref() {
            // The porter ends with the space only.
            let _ = nudge.unbounded_send(());
        }
    }

    /// Reads what is here, for the pages and the sync sentence.
    pub(super) async fn look_at_attachments(self: &Rc<Self>) {
        let life = self.device.place().and_then(|place| place.log);
        let objects = match self.device.objects().await {
            Ok(objects) => objects,
            Err(error) => return status::stopped(self, &error.told()),
        };
        self.count_attachments().await;
        let holding = |(address, state): (Hash, ObjectState)| {
            let at_relay = state.held_in.is_some() && state.held_in == life;
            let holding = match state.is_here() {
                true => Holding::Here { at_relay },
                false => Holding::Partly { here: state.here, of: state.size },
            };
            (address.to_string(), holding)
        };
        let held = objects.into_iter().map(holding).collect();
        self.app.holdings.update(|holdings| holdings.held = held);
        status::show(self);
    }

    /// Counts what only this device has. Whoever only reads adds nothing: what they fetched is elsewhere too. A device that was
    /// removed counts all the same, for it loses what it could not send.
    pub(super) async fn count_attachments(&self) {
        let counts = !self.is_sample() && self.device.role() != Some(Role::Reader);
        if counts && let Ok(only_here) = self.device.objects_only_here().await {
            self.porter.only_here.set(only_here.len() as u64);
        }
    }

    /// Whether the relay is there, and this device has read all that it has.
    fn is_live(&self) -> bool {
        matches!(*self.shown.borrow(), Some(LinkState::Live | LinkState::Held(_)))
    }

    async fn work(&self) -> Result<(Vec<Hash>, Vec<(Hash, u64)>), TransferError> {
        let owed = self.device.objects_to_send().await?;
        let wanted = self.porter.wanted.borrow().iter().map(|(at, size)| (*at, *size)).collect();
        Ok((owed.into_iter().map(|(address, _)| address).collect(), wanted))
    }

    /// Carries what there is on one connection; first what somebody waits for.
    async fn round(self: &Rc<Self>) -> Result<(), TransferError> {
        let _held = locks::hold(&format!("rapport-objects-{}", self.device.space())).await;
        let (owed, wanted) = self.work().await?;
        let erased = self.device.objects_to_erase().await?;
        if owed.is_empty() && wanted.is_empty() && erased.is_empty() {
            return Ok(());
        }
        let line = ObjectLine::dial(&self.device.origin()).await.ok_or(TransferError::Cut)?;
        let mut transfer = Transfer::begin(&self.device, line).await?;
        for address in erased {
            transfer.erase(address).await?;
            self.device.object_is_erased(&address, Some(transfer.life())).await?;
        }
        for (address, size) in wanted {
            let got = transfer.get(address, size, self.teller(address, false)).await;
            match got {
                Ok(()) => {}
                // Its device has not sent it yet. The others can still come.
                Err(TransferError::Absent) => {
                    self.app.holdings.update(|holdings| {
                        holdings.absent.insert(address.to_string());
                    });
                }
                Err(error) => return Err(error),
            }
            self.porter.wanted.borrow_mut().remove(&address);
            self.arrived(&address).await;
        }
        for address in owed {
            transfer.put(address, self.teller(address, true)).await?;
            self.arrived(&address).await;
        }
        Ok(())
    }

    fn teller(&self, address: Hash, up: bool) -> impl Fn(u64, u64) + use<> {
        let (app, address) = (self.app, address.to_string());
        move |done, of| {
            app.holdings.update(|holdings| {
                holdings.carried.insert(address.clone(), Carriage { up, done, of });
            });
        }
    }

    async fn arrived(self: &Rc<Self>, address: &Hash) {
        let address = address.to_string();
        self.app.holdings.update(|holdings| {
            holdings.carried.remove(&address);
            holdings.trouble = None;
        });
        self.look_at_attachments().await;
        // The other tabs look too.
        if let Some(link) = self.link.borrow().as_ref() {
            link.wrote(&Changed { space: true, ..Changed::default() });
        }
    }
}

/// Carries whenever there is something and the relay is there.
async fn carry(space: Weak<Space>, mut nudges: UnboundedReceiver<()>) {
    while nudges.next().await.is_some() {
        let mut pause = PAUSE_MS;
        loop {
            while nudges.try_recv().is_ok() {}
            let Some(space) = space.upgrade() else { return };
            if !space.is_live() {
                break;
            }
            let outcome = space.round().await;
            space.app.holdings.update(|holdings| holdings.carried.clear());
            match outcome {
                Ok(()) => break,
                Err(TransferError::Cut) => {
                    log::note("attachments: the connection broke");
                }
                Err(error) => {
                    log::note(&format!("attachments: {error}"));
                    let told = told(&error);
                    space.app.holdings.update(|holdings| holdings.trouble = Some(told));
                    space.porter.wanted.borrow_mut().clear();
                    space.look_at_attachments().await;
                    break;
                }
            }
            drop(space);
            timer::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE_MS);
        }
    }
}

/// Why attachments stay where they are, for people.
fn told(error: &TransferError) -> String {
    match error {
        TransferError::Refused(Refusal::Quota) => t::relay_full().into(),
        TransferError::Object(ObjectError::Storage(error)) => t::not_kept(&error.told()),
        other => t::not_carried(&other.to_string()),
    }
}

/// Takes a file in: scales a photo down, seals it, and saves its record and its bytes together.
pub(super) async fn attach(space: Rc<Space>, file: AttachFile) -> Result<RecordKey, Trouble> {
    let AttachFile { document, about, file } = file;
    let PickedFile { name, mime, bytes, modified_ms } = file;
    let picture = image::picture(&bytes, &mime, THUMBNAIL_MAX).await;
    let (bytes, mime, small) = match picture {
        Some(picture) => (picture.bytes, picture.mime.to_owned(), picture.small),
        None => (bytes, mime, String::new()),
    };
    if bytes.len() > MAX_ATTACHMENT {
        return Err(Trouble(t::too_large(&name, MAX_ATTACHMENT as u64)));
    }
    let sealed = space.device.seal_object(&bytes);
    let object = sealed.map_err(|_| Trouble(t::too_large(&name, MAX_ATTACHMENT as u64)))?;
    let taken = modified_ms.map(|ms| {
        let offset_min = clock::offset_minutes(u64::try_from(ms).unwrap_or_default());
        Moment { ms, offset_min }
    });
    let attachment = Attachment {
        about: about.to_string(),
        name: renamed(&name, &mime),
        media_type: mime,
        size: i64::try_from(bytes.len()).ok(),
        taken,
        address: object.address.to_string(),
        key: Note(object.key.to_text()),
        thumbnail: Note(small),
        ..Attachment::default()
    };
    drop(bytes);
    let key = RecordKey::new(Attachment::KIND, RecordId::new(clock::now(), &mut Random));
    let ops = vec![attachment.create(key.id)];
    let stamp = space.stamp("attach", None);
    let mut deed = Deed::new(document, &ops, &stamp);
    deed.parts = vec![(document, stamp.command)];
    let edit = Edit { document, ops, stamp };
    space.write_with_object(edit, &object).await.map_err(not_kept)?;
    space.deeds.borrow_mut().did(deed);
    space.look_at_attachments().await;
    space.nudge_porter();
    Ok(key)
}

fn not_kept(error: WriteError) -> Trouble {
    match error {
        WriteError::Storage(error) => Trouble(t::not_kept(&error.told())),
        error => trouble(error),
    }
}

/// A photo that was written anew as another kind of file is called so.
fn renamed(name: &str, mime: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match (mime, name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).as_deref()) {
        ("image/jpeg", Some("jpg" | "jpeg")) | ("image/png", Some("png")) => name.to_owned(),
        ("image/jpeg", _) => format!("{stem}.jpg"),
        _ => name.to_owned(),
    }
}

/// What a record says of the bytes: where they are, how many when sealed, what opens them.
fn points_to(row: &Row) -> Option<(Hash, u64, ObjectKey)> {
    let attachment = Attachment::from_row(row).ok()?;
    let size = u64::try_from(attachment.size?).ok()?;
    let key = ObjectKey::parse(&attachment.key)?;
    Some((attachment.address.parse().ok()?, sealed_length(size), key))
}

async fn row_of(space: &Rc<Space>, document: DocumentId, key: RecordKey) -> Result<Row, Trouble> {
    let home = space.home_of(document, key);
    let rows = space.device.rows(home).await.map_err(trouble)?;
    let row = rows.into_iter().find(|row| row.key() == key);
    row.ok_or_else(|| Trouble(t::unknown().into()))
}

/// The file, if its bytes are here; `None` if they must be fetched first.
pub(super) async fn open(
    space: Rc<Space>,
    (document, key): (DocumentId, RecordKey),
) -> Result<Option<AttachedFile>, Trouble> {
    let row = row_of(&space, document, key).await?;
    let (address, _, secret) = points_to(&row).ok_or_else(|| Trouble(t::unknown().into()))?;
    let bytes = match space.device.open_object(&address, &secret).await {
        Ok(bytes) => bytes,
        Err(ObjectError::Storage(error)) => return Err(trouble(error)),
        Err(_) => return Err(damaged(&space, &address).await),
    };
    let text = |field: &str| row.get(field).as_text().unwrap_or_default().to_owned();
    let (name, media_type) = (text("name"), text("media_type"));
    Ok(bytes.map(|bytes| AttachedFile { name, media_type, bytes }))
}

/// What was damaged here goes, if the relay had it once: it can be fetched again. Else it stays, for whoever can make
/// something of it.
async fn damaged(space: &Rc<Space>, address: &Hash) -> Trouble {
    let state = space.device.object(address).await.ok().flatten();
    if state.is_none_or(|state| state.held_in.is_none()) {
        return Trouble(t::damaged().into());
    }
    if let Err(error) = space.device.forget_object(address).await {
        return trouble(error);
    }
    space.look_at_attachments().await;
    Trouble(t::damaged_fetch().into())
}

/// Asks for the bytes of an attachment; they come when the relay is there and has them.
pub(super) async fn fetch(
    space: Rc<Space>,
    (document, key): (DocumentId, RecordKey),
) -> Result<(), Trouble> {
    let row = row_of(&space, document, key).await?;
    let (address, size, _) = points_to(&row).ok_or_else(|| Trouble(t::unknown().into()))?;
    if space.is_sample() || !space.is_live() {
        return Err(Trouble(t::fetch_offline().into()));
    }
    space.app.holdings.update(|holdings: &mut Holdings| {
        holdings.absent.remove(&address.to_string());
    });
    space.porter.wanted.borrow_mut().insert(address, size);
    space.nudge_porter();
    Ok(())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_photo_is_called_after_what_it_became() {
        let check = |name, mime, expected| assert_eq!(renamed(name, mime), expected);
        check("quay.JPG", "image/jpeg", "quay.JPG");
        check("quay.heic", "image/jpeg", "quay.jpg");
        check("a.b.webp", "image/jpeg", "a.b.jpg");
        check("image", "image/jpeg", "image.jpg");
        check("screen.png", "image/png", "screen.png");
        check("plan.pdf", "application/pdf", "plan.pdf");
    }
}
