//! Imports: the dry run of a file, taking it in, and taking a whole import back.
//!
//! The last imports are remembered on this device only: which batch wrote which documents. What stands in the documents
//! says the rest, so an import can be undone after colleagues have worked on.

use std::{collections::BTreeSet, rc::Rc};

use device::{Edit, StorageError};
use handbook::{
    DocumentId, Moment,
    import::{self, Fate, Plan},
};
use minicbor::{Decode, Encode};
use uuid::Uuid;

use super::{
    acts::trouble,
    many::{self, AT_ONCE},
    now, setting,
    space::Space,
};
use crate::{
    platform::{clock, log, random::Random},
    texts::{error::Told, language, tell, trouble as t},
    ui::{
        model::{ImportSource, Imported, TakenBack},
        state::Trouble,
    },
};

/// So many imports are remembered.
const REMEMBERED: usize = 20;
/// The device's setting that remembers them.
const SETTING: &str = "imports";

/// Reads a file and says what would become of it.
pub(super) async fn dry_run(space: Rc<Space>, source: ImportSource) -> Result<Plan, Trouble> {
    let known = space.everything().await.map_err(trouble)?;
    let mut setting = import::Setting::new(clock::now());
    setting.client = source.client;
    setting.language = language();
    setting.defaults.offset_min = now::moment().offset_min;
    setting.defaults.currency = setting::settings(&space.device.model()).currency_or_default();
    let plan = import::read(&source.name, &source.bytes, &known, &setting, &mut Random);
    plan.map_err(|why| Trouble(tell(&why)))
}

/// Takes in what a dry run of `file` planned, as one batch that can be undone as a whole.
pub(super) async fn take_in(
    space: Rc<Space>,
    (file, plan): (String, Plan),
) -> Result<Imported, Trouble> {
    let mut import = begun(file, &plan);
    // Remembered first, so that what a crash leaves half done can be taken back.
    remember(&space, &import).await.map_err(|error| Trouble(t::not_saved(&error.told())))?;
    let total = plan.writes.len();
    let mut done = 0;
    for part in plan.writes.chunks(AT_ONCE) {
        let edits = part.iter().map(|(document, ops)| Edit {
            document: *document,
            ops: ops.clone(),
            stamp: space.stamp("import", Some(import.batch)),
        });
        if let Err(error) = space.write(edits.collect()).await {
            if done == 0
                && let Err(error) = forget(&space, import.batch).await
            {
                log::note(&format!("an import that did nothing stays in the list: {error}"));
            }
            return Err(Trouble(t::import_stopped(done, total, &error.told())));
        }
        done += part.len();
    }
    import.whole = true;
    let kept = remember(&space, &import).await;
    kept.map_err(|error| Trouble(t::import_stopped(done, total, &error.told())))?;
    Ok(import)
}

/// The last imports of this device, newest first.
pub(super) async fn past(space: Rc<Space>) -> Result<Vec<Imported>, Trouble> {
    remembered(&space).await.map_err(trouble)
}

/// Takes back what an import wrote, as far as nobody changed it since, and says what became of it.
pub(super) async fn undo(space: Rc<Space>, batch: Uuid) -> Result<String, Trouble> {
    let known = remembered(&space).await.map_err(trouble)?;
    let import = known.into_iter().find(|import| import.batch == batch);
    let import = import.ok_or_else(|| Trouble(t::import_unknown().into()))?;
    let mut undone = TakenBack::default();
    many::take_back(&space, batch, &import.documents, "undo import", &mut undone)
        .await
        .map_err(|why| Trouble(t::undo_stopped(undone.taken, &why)))?;
    let TakenBack { taken, kept } = undone;
    forget(&space, batch).await.map_err(|error| Trouble(t::undo_stopped(taken, &error.told())))?;
    Ok(t::undone(taken, &kept))
}

fn begun(file: String, plan: &Plan) -> Imported {
    let count =
        |wanted: fn(&Fate) -> bool| plan.rows.iter().filter(|row| wanted(&row.fate)).count();
    let documents: BTreeSet<DocumentId> =
        plan.writes.iter().map(|(document, _)| *document).collect();
    Imported {
        batch: now::uuid(),
        file,
        at: now::moment(),
        new: count(|fate| matches!(fate, Fate::New)),
        matched: count(|fate| matches!(fate, Fate::Matches { .. })),
        bad: count(|fate| matches!(fate, Fate::Bad(_))),
        whole: false,
        documents: documents.into_iter().collect(),
    }
}

async fn remembered(space: &Space) -> Result<Vec<Imported>, StorageError> {
    let stored = space.device.setting(SETTING).await?;
    Ok(stored.map(|bytes| read(&bytes)).unwrap_or_default())
}

/// Puts an import first, in the place of what was known of it.
async fn remember(space: &Space, import: &Imported) -> Result<(), StorageError> {
    let mut known = remembered(space).await?;
    known.retain(|other| other.batch != import.batch);
    known.insert(0, import.clone());
    known.truncate(REMEMBERED);
    space.device.set_setting(SETTING, Some(written(&known)?)).await
}

async fn forget(space: &Space, batch: Uuid) -> Result<(), StorageError> {
    let mut known = remembered(space).await?;
    known.retain(|other| other.batch != batch);
    space.device.set_setting(SETTING, Some(written(&known)?)).await
}

/// An import as it is kept; ids as their text.
#[derive(Encode, Decode)]
struct Stored {
    #[n(0)]
    batch: String,
    #[n(1)]
    file: String,
    #[n(2)]
    ms: i64,
    #[n(3)]
    offset_min: i16,
    #[n(4)]
    new: u64,
    #[n(5)]
    matched: u64,
    #[n(6)]
    bad: u64,
    #[n(7)]
    whole: bool,
    #[n(8)]
    documents: Vec<String>,
}

fn written(imports: &[Imported]) -> Result<Vec<u8>, StorageError> {
    let stored = imports.iter().map(|import| Stored {
        batch: import.batch.to_string(),
        file: import.file.clone(),
        ms: import.at.ms,
        offset_min: import.at.offset_min,
        new: import.new as u64,
        matched: import.matched as u64,
        bad: import.bad as u64,
        whole: import.whole,
        documents: import.documents.iter().map(DocumentId::to_string).collect(),
    });
    let stored: Vec<Stored> = stored.collect();
    minicbor::to_vec(&stored).map_err(|error| StorageError::Failed(error.to_string()))
}

/// What cannot be read was written by a newer app: this one offers none of it.
fn read(bytes: &[u8]) -> Vec<Imported> {
    let stored: Vec<Stored> = minicbor::decode(bytes).unwrap_or_default();
    let imports = stored.into_iter().filter_map(|stored| {
        let count = |n: u64| usize::try_from(n).ok();
        let documents: Result<Vec<DocumentId>, _> =
            stored.documents.iter().map(|id| id.parse()).collect();
        Some(Imported {
            batch: stored.batch.parse().ok()?,
            file: stored.file,
            at: Moment { ms: stored.ms, offset_min: stored.offset_min },
            new: count(stored.new)?,
            matched: count(stored.matched)?,
            bad: count(stored.bad)?,
            whole: stored.whole,
            documents: documents.ok()?,
        })
    });
    imports.collect()
}

#[cfg(test)]
mod tests {
    use handbook::RecordId;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_is_remembered_reads_back() {
        let import = Imported {
            batch: Uuid::from_bytes([7; 16]),
            file: "clients.csv".into(),
            at: Moment { ms: 1_800_000_000_000, offset_min: 60 },
            new: 12,
            matched: 3,
            bad: 0,
            whole: true,
            documents: vec![DocumentId::Firm, DocumentId::Client(RecordId::from_bytes([1; 16]))],
        };
        let imports = [import];
        assert_eq!(read(&written(&imports).unwrap()), imports);
        assert_eq!(read(b"from tomorrow"), []);
    }
}
