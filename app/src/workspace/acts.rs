//! What a person can ask for in an open space.

use std::rc::Rc;

use handbook::{DocumentId, RecordId, export, import};
use replica::founding::Invited;
use wire::{Hash, Refusal, Role, Seq};

use super::{now, space::Space, status};
use crate::{
    platform::{clock, random::Random},
    texts::{error::Told, title_of, trouble as t},
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
    space.write(vec![edit]).await.map_err(trouble)
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
            return Err(Trouble(t::no_client_column().into()));
        }
        return Ok(plan);
    }
    let client = source.client.ok_or_else(|| Trouble(t::cards_need_client().into()))?;
    if source.bytes.len() > import::card::MAX_CARD_FILE_BYTES {
        return Err(Trouble(t::cards_too_large().into()));
    }
    let text = String::from_utf8_lossy(&source.bytes);
    let document = known.documents.into_iter().find(|document| document.client.id == client);
    let document = document.ok_or_else(|| Trouble(t::client_missing().into()))?;
    let plan = import::plan_cards(&text, document, clock::now(), &mut Random);
    if plan.rows.is_empty() {
        return Err(Trouble(t::no_cards().into()));
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
            return Err(Trouble(t::import_stopped(done, total, &error.told())));
        }
        done += part.len();
    }
    let count = |wanted: fn(&import::Fate) -> bool| {
        plan.rows.iter().filter(|row| wanted(&row.fate)).count()
    };
    let new = count(|fate| matches!(fate, import::Fate::New));
    let matched = count(|fate| matches!(fate, import::Fate::Matches { .. }));
    let bad = count(|fate| matches!(fate, import::Fate::Bad(_)));
    Ok(t::imported(new, matched, bad))
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
            let kind = handbook::kind(key).ok_or_else(|| Trouble(t::kind_unknown().into()))?;
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
    rows.map(|row| (row.id, title_of(row))).filter(|(_, title)| !title.is_empty()).collect()
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

/// An error in words for people.
pub(super) fn trouble(error: impl Told) -> Trouble {
    Trouble(error.told())
}
