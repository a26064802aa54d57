//! Erasing what is held about a person.

use std::rc::Rc;

use device::{Changed, Confirmation, EraseError, LoadError, StorageError};
use handbook::{DocumentId, RecordKey, Row, Value, erasure::Passage};
use wire::DeviceKey;

use super::{acts::trouble, now, space::Space, status::local, team};
use crate::{
    texts::{say, title_of},
    ui::{
        format,
        model::erase::{Cut, ErasedOn, Erasure, ErasurePreview, Piece, Receipt, Staying},
        state::Trouble,
    },
};

/// What erasing somebody would do.
pub(super) async fn preview(
    space: Rc<Space>,
    (document, person): (DocumentId, RecordKey),
) -> Result<ErasurePreview, Trouble> {
    let documents = space.whole(document);
    let preview = space.device.erasure(&documents, &[person]).await.map_err(trouble)?;
    let cuts = |row: &Row| {
        preview.passages.iter().filter(|it| it.row == row.key()).map(cut).collect::<Vec<_>>()
    };
    let stays = |row: &Row| Staying { line: line(row), cuts: cuts(row) };
    Ok(ErasurePreview {
        goes: preview.records.iter().map(line).collect(),
        stays: preview.touched.iter().map(stays).collect(),
    })
}

/// What is cut out of a field.
fn cut(passage: &Passage) -> Cut {
    let field = passage.row.kind.field(&passage.field);
    Cut {
        field: field.map_or(&*passage.field, |field| say(field.label)).to_owned(),
        pieces: Piece::between(&passage.was, &passage.becomes),
    }
}

/// "Contact · Greta Holm", or, of what has no name, "Touchpoint · 3 Nov".
fn line(row: &Row) -> String {
    let kind = say(row.kind.one);
    let title = title_of(row);
    let day = row.values.iter().find_map(|value| match value {
        Value::Date(day) => Some(*day),
        Value::Moment(moment) => moment.day(),
        _ => None,
    });
    match day.filter(|_| title.is_empty()) {
        Some(day) => format!("{kind} · {}", format::day_or_today(day, now::clock_face().today)),
        None if title.is_empty() => kind.to_owned(),
        None => format!("{kind} · {title}"),
    }
}

/// Erases somebody. What is left to do happens by itself as soon as the relay can be reached.
pub(super) async fn erase(
    space: Rc<Space>,
    (document, person): (DocumentId, RecordKey),
) -> Result<(), Trouble> {
    let documents = space.whole(document);
    let stamp = space.stamp("erase", None);
    let asked = space.device.erase(&documents, &[person], stamp).await;
    if let Err(EraseError::Load(LoadError::Storage(StorageError::Unknown(_)))) = &asked {
        space.look_again();
    }
    asked.map_err(trouble)?;
    told(&space);
    Ok(())
}

/// Takes back an erasure that waits at a client.
pub(super) async fn withdraw(space: Rc<Space>, document: DocumentId) -> Result<(), Trouble> {
    space.device.withdraw(&space.whole(document)).await.map_err(trouble)?;
    told(&space);
    Ok(())
}

/// The other tabs, the engine and the page hear that something is to be erased, or no more.
fn told(space: &Space) {
    if let Some(link) = space.link.borrow().as_ref() {
        link.wrote(&Changed { space: true, ..Changed::default() });
    }
    space.app.all_changed();
}

/// All erasures that this device knows of: those that wait first, then the latest first.
pub(super) async fn erasures(space: Rc<Space>) -> Result<Vec<Erasure>, Trouble> {
    let known = space.device.erasures().await.map_err(trouble)?;
    let erasure = |state: device::ErasureState| {
        let document = space.shown_in(state.document);
        Erasure {
            document,
            client: space.client_name(document).unwrap_or_default(),
            people: state.subjects,
            begun: state.begun.and_then(|(by, at)| Some((local(at)?, whose(&space, &by).0))),
            withdrawable: state.withdrawable,
            devices: state.devices.iter().map(|(key, said)| on(&space, key, *said)).collect(),
        }
    };
    Ok(Erasure::joined(known.into_iter().map(erasure)))
}

fn on(space: &Space, key: &DeviceKey, said: Confirmation) -> ErasedOn {
    let (name, mark) = whose(space, key);
    let receipt = match said {
        Confirmation::Waiting => Receipt::Waiting,
        Confirmation::Done(at) => local(at).map_or(Receipt::Waiting, Receipt::Done),
        Confirmation::Gone => Receipt::Gone,
        Confirmation::Lost => Receipt::Lost,
    };
    ErasedOn { name, mark, receipt }
}

/// Whose a device is or was, and its mark.
fn whose(space: &Space, key: &DeviceKey) -> (String, String) {
    let found = space.device.place().and_then(|place| {
        let gone = place.roster.gone_devices().map(|(device, _)| device);
        place.roster.devices().chain(gone).find(|device| device.key == *key)
    });
    found.map_or_else(Default::default, |device| {
        (team::name(space, device.member), device::device_mark(device.ordinal))
    })
}
