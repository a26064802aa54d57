//! What is known of each client at a glance: reasons to act, what falls due, who of us is in touch.

use device::model::Model;
use handbook::typed::Choice;
use handbook::{
    DocumentId, Op, Record, RecordId, RecordKey, Row, Value,
    agenda::{self, AgendaItem, Topic},
    attention::{self, Reasons, Setting, team::accountable},
    figures::{
        reach::{Reach, reach},
        sponsor::holders,
    },
    records::{Action, ActionState, Promise, PromiseState, Role},
};

use super::facts;
use crate::{
    texts::{say, tell, title_of},
    ui::model::{DueItem, Place},
};

/// One client, looked at once for everything that is said of it.
pub(super) struct OfClient {
    /// Reasons to act, open and laid aside.
    pub(super) reasons: Reasons,
    /// What falls due, earliest first.
    pub(super) agenda: Vec<AgendaItem>,
    /// Who of us is in touch.
    pub(super) reach: Reach,
    /// Whether there is a living relationship.
    pub(super) living: bool,
    /// Its account managers.
    pub(super) managers: Vec<RecordId>,
}

/// Looks at one client, in all documents that are read as it.
pub(super) fn of_client(
    model: &Model,
    documents: &[DocumentId],
    client: &Row,
    setting: &Setting,
) -> OfClient {
    let facts = facts::facts(model, documents, client, setting.today);
    let contacts = facts.active_contacts(setting.today).count();
    OfClient {
        reasons: attention::reasons(&facts, setting),
        agenda: agenda::agenda(&facts, setting),
        reach: reach(&facts.touches, contacts, setting.today, &setting.thresholds),
        living: facts.living,
        managers: holders(&facts.assignments, Role::AccountManager, setting.today).collect(),
    }
}

/// An item of the agenda as pages show it. `name` is what the client is called, or the firm; `row` finds a record wherever it
/// lies.
pub(super) fn due(
    row: impl FnOnce(RecordKey) -> Option<Row>,
    item: &AgendaItem,
    name: &str,
    managers: &[RecordId],
    setting: &Setting,
) -> DueItem {
    let document = item.client.map_or(DocumentId::Firm, DocumentId::Client);
    let row =
        item.record.filter(|key| matches!(key.kind.key, Promise::KEY | Action::KEY)).and_then(row);
    // What we promised or took on is called by its own words; what the client owes stays theirs.
    let ours = row.filter(|row| row.get("client_owner").is_empty());
    let topic = Topic::of(item.source);
    let what = match (item.record, topic) {
        (Some(key), _) => say(key.kind.one),
        (None, Some(topic)) => say(topic.label()),
        (None, None) => "",
    };
    DueItem {
        on: item.day,
        text: match (item.source, &ours) {
            ("promise" | "action", Some(row)) => title_of(row),
            _ => tell(&item.what),
        },
        why: tell(&item.why),
        detail: format!("{what}, {}", short_client(name)),
        place: match (item.record, item.client) {
            (Some(key), _) => Place::Record(key.document(document), key),
            (None, Some(client)) => Place::Client(client),
            (None, None) => Place::Path("/firm".to_owned()),
        },
        done: tick(item, setting).map(|op| (document, op)),
        client: item.client,
        client_name: name.to_owned(),
        topic,
        accountable: accountable(item.owner, managers),
    }
}

/// The write that ticks an item off; `None` where a tick is not enough, as for a complaint.
fn tick(item: &AgendaItem, setting: &Setting) -> Option<Op> {
    let key = item.record?;
    let state = match item.source {
        "promise" if setting.today > item.day => PromiseState::Late.key(),
        "promise" => PromiseState::Kept.key(),
        "action" => ActionState::Done.key(),
        _ => return None,
    };
    Some(set(key, state))
}

fn set(key: RecordKey, state: &str) -> Op {
    Op::Set { key, field: "state", value: Value::Choice(state.to_owned()) }
}

/// The first word of a client's name, for the narrow margin list.
fn short_client(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
