//! What a person can ask for in an open space.

use std::rc::Rc;

use handbook::{DocumentId, RecordId, export, import};
use replica::founding::Invited;
use wire::{Hash, Refusal, Role, Seq};

use super::{now, space::Space, status};
use crate::{
    platform::{clock, random::Random},
    ui::{
        model::{Export, ImportSource, InviteRole, OpenInvite},
        state::{ExportedFile, Trouble, Write},
    },
};

/// An invitation can be used for so long.
const INVITE_DAYS: u64 = 14;
/// Documents written in one transaction by an import: as many as a tablet writes in a breath.
const IMPORT_BATCH: usize = 50;
const DAY_MS: u64 = 86_400_000;

/// Changes one document.
pub(super) async fn write(
    space: Rc<Space>,
    write: Write,
) -> Result<Vec<handbook::RecordKey>, Trouble> {
    let stamp = space.stamp(write.what, None);
    let edit = device::Edit { document: write.document, ops: write.ops, stamp };
    space.write(vec![edit]).await.map_err(|error| unwritten(&error))
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
    Err(Trouble("The invitation is on the relay, but has not come back to this device. Revoke it below and try again.".into()))
}

/// Takes an unused invitation back.
pub(super) async fn revoke(space: Rc<Space>, invite: OpenInvite) -> Result<(), Trouble> {
    let hash: Hash = invite
        .hash
        .parse()
        .map_err(|_| Trouble("This invitation is not known here. Nothing was changed.".into()))?;
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
            return Err(Trouble(
                "This workspace has no relay, so nobody can be invited to it.".into(),
            ));
        }
    }
    let patience = crate::platform::timer::sleep(PATIENCE_MS);
    match futures_util::future::select(wait, Box::pin(patience)).await {
        futures_util::future::Either::Left((Ok(Ok(seq)), _)) => Ok(seq),
        futures_util::future::Either::Left((Ok(Err(refusal)), _)) => Err(Trouble(status::refused(refusal))),
        _ => Err(Trouble(
            "The relay cannot be reached, and an invitation needs it. Nothing was changed; try again once you are online.".into(),
        )),
    }
}

/// How long a person waits for the relay's word, milliseconds.
const PATIENCE_MS: u32 = 15_000;

/// Reads a file and says what would become of it.
pub(super) async fn dry_run(
    space: Rc<Space>,
    source: ImportSource,
) -> Result<import::Plan, Trouble> {
    let known = space.known().await;
    let is_card =
        source.name.to_lowercase().ends_with(".vcf") || source.bytes.starts_with(b"BEGIN:VCARD");
    if !is_card {
        let table = import::table::read(&source.bytes).map_err(trouble)?;
        let plan = import::plan_table(&table, &known, clock::now(), &mut Random);
        if !plan.columns.iter().any(|(_, field)| *field == Some(("client", "name"))) {
            return Err(Trouble(
                "No column of this file names a client (such as “Company” or “Name”), so its rows cannot be placed. Nothing was \
                 imported."
                    .into(),
            ));
        }
        return Ok(plan);
    }
    let client = source.client.ok_or_else(|| {
        Trouble("A vCard file brings people of one client: choose the client first. Nothing was imported.".into())
    })?;
    if source.bytes.len() > import::card::MAX_CARD_FILE_BYTES {
        return Err(Trouble(
            "This file is larger than 64 MB. Split it and import the parts; nothing was imported."
                .into(),
        ));
    }
    let text = String::from_utf8_lossy(&source.bytes);
    let document = known.documents.into_iter().find(|document| document.client.id == client);
    let document = document.ok_or_else(|| {
        Trouble("This client is not on this device. Nothing was imported.".into())
    })?;
    let plan = import::plan_cards(&text, document, clock::now(), &mut Random);
    if plan.rows.is_empty() {
        return Err(Trouble("There is no vCard in this file. Nothing was imported.".into()));
    }
    Ok(plan)
}

/// Takes in what a dry run planned, as one batch that can be undone as a whole.
pub(super) async fn take_in(space: Rc<Space>, plan: import::Plan) -> Result<String, Trouble> {
    let batch = now::uuid();
    let total = plan.writes.len();
    let mut done = 0;
    for part in plan.writes.chunks(IMPORT_BATCH) {
        let edits = part.iter().map(|(document, ops)| device::Edit {
            document: *document,
            ops: ops.clone(),
            stamp: space.stamp("import", Some(batch)),
        });
        if let Err(error) = space.write(edits.collect()).await {
            let why = unwritten(&error).0;
            return Err(Trouble(format!(
                "{done} of {total} clients were imported and are saved. {why} Import the file again to go on."
            )));
        }
        done += part.len();
    }
    let count = |wanted: fn(&import::Fate) -> bool| {
        plan.rows.iter().filter(|row| wanted(&row.fate)).count()
    };
    let new = count(|fate| matches!(fate, import::Fate::New));
    let matched = count(|fate| matches!(fate, import::Fate::Matches { .. }));
    let bad = count(|fate| matches!(fate, import::Fate::Bad(_)));
    Ok(format!("{new} new, {matched} matched, {bad} left out. Everything is saved on this device."))
}

/// Makes a file of the workspace.
pub(super) async fn export(space: Rc<Space>, what: Export) -> Result<ExportedFile, Trouble> {
    let model = space.device.model();
    let mut documents: Vec<(DocumentId, Vec<handbook::Row>)> = Vec::new();
    for document in model.documents() {
        let rows = space.device.rows(document).await.map_err(trouble)?;
        documents.push((document, rows));
    }
    let day = now::clock_face().today;
    Ok(match what {
        Export::Json => ExportedFile {
            name: format!("rapport-{day}.json"),
            media_type: "application/json",
            bytes: export::json(&documents, now::moment()).into_bytes(),
        },
        Export::Csv(key) => {
            let kind = handbook::kind(key)
                .ok_or_else(|| Trouble("This kind of record is not known here.".into()))?;
            let names = names(&documents);
            let rows: Vec<(String, &handbook::Row)> = documents
                .iter()
                .flat_map(|(document, rows)| {
                    let client = space.client_name(*document).unwrap_or_default();
                    rows.iter()
                        .filter(|row| row.kind == kind && !row.gone)
                        .map(move |row| (client.clone(), row))
                })
                .collect();
            let rows = rows.iter().map(|(client, row)| (client.as_str(), *row));
            ExportedFile {
                name: format!("rapport-{key}-{day}.csv"),
                media_type: "text/csv",
                bytes: export::sheet(kind, rows, &|id| names.get(&id).cloned()).into_bytes(),
            }
        }
    })
}

fn names(
    documents: &[(DocumentId, Vec<handbook::Row>)],
) -> std::collections::HashMap<RecordId, String> {
    let rows = documents.iter().flat_map(|(_, rows)| rows);
    rows.map(|row| (row.id, row.title())).filter(|(_, title)| !title.is_empty()).collect()
}

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

/// Any error whose words are for people already.
pub(super) fn trouble(error: impl std::fmt::Display) -> Trouble {
    let text = error.to_string();
    let mut signs = text.chars();
    let text: String =
        signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    Trouble(format!("{text}{stop}"))
}

/// What a person reads when an edit was not kept.
fn unwritten(error: &device::WriteError) -> Trouble {
    use device::{StorageError, WriteError};
    Trouble(match error {
        WriteError::Storage(StorageError::Full) => {
            "This device has no room left, so the change was not saved. What was saved before is safe; make room, or export \
             the workspace in Settings."
                .into()
        }
        WriteError::Storage(StorageError::Closed) => {
            "Another tab updated the app or closed this workspace. Reload this page; what was marked as saved is safe.".into()
        }
        WriteError::NotAllowed => "You may read this workspace but not change it. Nothing was changed.".into(),
        other => return trouble(format!("The change was not saved: {other}")),
    })
}
