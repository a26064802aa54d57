//! The clients and their people as they are and as they would be.

use std::collections::BTreeMap;

use super::{
    plan::{Known, KnownDocument},
    same::{self, Origin, Same},
};
use crate::{
    ids::{DocumentId, RecordId, RecordKey},
    kind::{Field, Kind},
    op::Op,
    records::{Client, Contact},
    row::Row,
    search::fold,
    typed::Record,
    value::Value,
};

/// What a row of a file says of one record.
pub(super) type Values = Vec<(&'static Field, Value)>;

/// Known and new records, and what is to be written.
#[derive(Default)]
pub(super) struct Drafts {
    drafts: Vec<Draft>,
    by_name: BTreeMap<String, usize>,
}

struct Draft {
    client: Row,
    contacts: Vec<Row>,
    /// Places of the contacts by their folded names.
    by_title: BTreeMap<String, Vec<usize>>,
    /// The line that made it, if a line did.
    client_from: Option<u64>,
    contacts_from: BTreeMap<RecordId, u64>,
    ops: Vec<Op>,
}

/// What became of a row's person.
pub(super) enum Placed {
    /// Made, under this id.
    New(RecordId),
    /// Known: which one, why, where from, and how many fields it fills in.
    Known { row: Row, same: Same, origin: Origin, fills: usize },
}

impl Drafts {
    pub(super) fn from_known(known: &Known) -> Self {
        let mut drafts = Self::default();
        for KnownDocument { client, contacts } in &known.documents {
            drafts.push(Draft::of(client.clone(), contacts.clone(), None));
        }
        drafts
    }

    fn push(&mut self, draft: Draft) -> usize {
        let at = self.drafts.len();
        self.by_name.entry(fold(&draft.client.title())).or_insert(at);
        self.drafts.push(draft);
        at
    }

    /// The client with that id.
    pub(super) fn client_of(&self, id: RecordId) -> Option<usize> {
        self.drafts.iter().position(|draft| draft.client.id == id)
    }

    /// What a client is called.
    pub(super) fn client_title(&self, at: usize) -> String {
        self.drafts.get(at).map(|draft| draft.client.title()).unwrap_or_default()
    }

    /// The client of that name, made if there is none; and where a known one stands.
    pub(super) fn client(
        &mut self,
        name: &str,
        line: u64,
        fresh: impl FnOnce() -> RecordId,
    ) -> (usize, Option<Origin>) {
        if let Some(at) = self.by_name.get(&fold(name)) {
            let from = self.drafts.get(*at).and_then(|draft| draft.client_from);
            return (*at, Some(from.map_or(Origin::Here, Origin::Line)));
        }
        let mut client = Row::empty(Client::KIND, fresh());
        put(&mut client, "name", Value::Text(name.to_owned()));
        (self.push(Draft::of(client, Vec::new(), Some(line))), None)
    }

    /// Fills in empty fields of a client; how many.
    pub(super) fn fill_client(&mut self, at: usize, values: Values) -> usize {
        let Some(draft) = self.drafts.get_mut(at) else { return 0 };
        fill(&mut draft.client, values, draft.client_from.is_some(), &mut draft.ops)
    }

    /// The contact of these values in that client. `claimed` is the id that the file gives them.
    pub(super) fn contact(
        &mut self,
        at: usize,
        values: Values,
        claimed: Option<RecordId>,
        line: u64,
        fresh: impl FnOnce() -> RecordId,
    ) -> Placed {
        let id = fresh();
        let Some(draft) = self.drafts.get_mut(at) else { return Placed::New(id) };
        let named = draft.by_title.get(&fold(&same::contact_title(&values)));
        let claims = |row: &Row| claimed == Some(row.id);
        let places = claimed.and_then(|_| draft.contacts.iter().position(claims)).into_iter();
        let best = places
            .chain(named.into_iter().flatten().copied())
            .filter_map(|place| {
                Some((same::person(draft.contacts.get(place)?, &values, claimed)?, place))
            })
            .max_by(|(one, first), (other, second)| one.cmp(other).then(second.cmp(first)));
        let Some((same, place)) = best else {
            let mut row = Row::empty(Contact::KIND, id);
            fill(&mut row, values, true, &mut draft.ops);
            draft.contacts_from.insert(row.id, line);
            draft.take(row);
            return Placed::New(id);
        };
        let Some(row) = draft.contacts.get_mut(place) else { return Placed::New(id) };
        let from = draft.contacts_from.get(&row.id).copied();
        let before = row.clone();
        let fills = fill(row, values, from.is_some(), &mut draft.ops);
        if row.title() != before.title() {
            draft.by_title.entry(fold(&row.title())).or_default().push(place);
        }
        Placed::Known { row: before, same, origin: from.map_or(Origin::Here, Origin::Line), fills }
    }

    pub(super) fn into_writes(self) -> Vec<(DocumentId, Vec<Op>)> {
        self.drafts.into_iter().map(Draft::into_write).filter(|(_, ops)| !ops.is_empty()).collect()
    }
}

impl Draft {
    fn of(client: Row, contacts: Vec<Row>, client_from: Option<u64>) -> Self {
        let mut draft = Self {
            client,
            contacts: Vec::new(),
            by_title: BTreeMap::new(),
            client_from,
            contacts_from: BTreeMap::new(),
            ops: Vec::new(),
        };
        contacts.into_iter().for_each(|row| draft.take(row));
        draft
    }

    fn take(&mut self, row: Row) {
        self.by_title.entry(fold(&row.title())).or_default().push(self.contacts.len());
        self.contacts.push(row);
    }

    fn into_write(self) -> (DocumentId, Vec<Op>) {
        let mut ops = Vec::new();
        if self.client_from.is_some() {
            ops.push(create(&self.client));
        }
        ops.extend(
            self.contacts.iter().filter(|row| self.contacts_from.contains_key(&row.id)).map(create),
        );
        ops.extend(self.ops);
        (DocumentId::Client(self.client.id), ops)
    }
}

/// The operation that makes a row as it is.
pub(super) fn create(row: &Row) -> Op {
    let values = row.kind.fields.iter().zip(&row.values).filter(|(_, value)| !value.is_empty());
    let values = values.map(|(field, value)| (field.key, value.clone())).collect();
    Op::Create { key: RecordKey::new(row.kind, row.id), values }
}

/// Fills empty fields of `row`; of sets, adds what is missing. What a new record gets is written when it is created.
fn fill(row: &mut Row, values: Values, new: bool, ops: &mut Vec<Op>) -> usize {
    let key = row.key();
    let mut filled = 0;
    for (field, value) in values {
        let before = row.get(field.key).clone();
        match (&before, value) {
            (_, Value::Many(members)) => {
                let mut missing: Vec<Value> = Vec::new();
                for member in members {
                    let known = before.members().iter().chain(&missing);
                    if !known.into_iter().any(|known| same_member(known, &member)) {
                        missing.push(member);
                    }
                }
                filled += usize::from(!missing.is_empty());
                if !new {
                    ops.extend(missing.iter().map(|item| Op::Include {
                        key,
                        field: field.key,
                        item: item.clone(),
                    }));
                }
                let all: Vec<Value> = before.members().iter().cloned().chain(missing).collect();
                put(row, field.key, Value::Many(all));
            }
            (before, Value::Facts(facts)) if before.is_empty() || new => {
                filled += 1;
                if !new {
                    let append = |fact| Op::Append { key, field: field.key, fact };
                    ops.extend(facts.iter().cloned().map(append));
                }
                put(row, field.key, Value::Facts(facts));
            }
            (before, value) if before.is_empty() && !value.is_empty() => {
                filled += 1;
                if !new {
                    ops.push(Op::Set { key, field: field.key, value: value.clone() });
                }
                put(row, field.key, value);
            }
            _ => {}
        }
    }
    filled
}

fn same_member(known: &Value, member: &Value) -> bool {
    match (known.as_text(), member.as_text()) {
        (Some(known), Some(member)) => fold(known) == fold(member),
        _ => known == member,
    }
}

/// Gives a field of a row a value; a key that the kind does not have is left out.
pub(super) fn put(row: &mut Row, field: &str, value: Value) {
    let kind: &'static Kind = row.kind;
    if let Some(slot) = kind.index(field).and_then(|index| row.values.get_mut(index)) {
        *slot = value;
    }
}
