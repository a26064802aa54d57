//! One change to many records: what it would do to each of them, said before anything is written.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ids::{DocumentId, RecordId, RecordKey};
use crate::kind::{Class, Field, FieldType, Kind};
use crate::lifecycles::client::archive_refusals;
use crate::op::Op;
use crate::records::{Assignment, Client, ClientStatus, Role};
use crate::row::Row;
use crate::typed::{Choice, Id, Record};
use crate::value::Value;
use crate::words::Sentence;

/// What is done to every record chosen.
#[derive(Clone, Debug)]
pub enum Change {
    /// A field gets this value.
    Set(&'static Field, Value),
    /// A member is added to a set.
    Include(&'static Field, Value),
    /// A member is taken out of a set.
    Exclude(&'static Field, Value),
    /// Somebody takes over a role at each client from today; who had it hands it over.
    Assign(Role, RecordId),
    /// Each client is put away.
    Archive,
    /// Each record is deleted.
    Delete,
}

/// What a change comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The steps, by document.
    pub writes: BTreeMap<DocumentId, Vec<Op>>,
    /// The records it changes.
    pub changed: Vec<RecordKey>,
    /// How many are so already.
    pub same: usize,
    /// Which stay as they are, and why.
    pub refused: Vec<(RecordKey, Vec<Sentence>)>,
}

/// Fields that can be given one value in many records: everything that is not a record's own name or words.
pub fn settable(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields.iter().filter(|field| {
        let one_of_many = matches!(
            field.ty,
            FieldType::Choice(_)
                | FieldType::Date
                | FieldType::Flag
                | FieldType::Integer { .. }
                | FieldType::Line
        );
        // Records of the firm can be named from everywhere, those of a client only at home.
        let of_firm = matches!(field.ty, FieldType::Link(kind) if
            crate::records::kind(kind).is_some_and(|kind| kind.home == crate::kind::Home::Firm));
        let begins = kind.lifecycle.is_some_and(|life| life.start_field == Some(field.key));
        let given_out = kind.number.is_some() && field.key == "number";
        let archives = kind.key == Client::KEY && field.key == Client::KEYS.status.key();
        (one_of_many || of_firm)
            && !field.title
            && !field.hidden
            && !begins
            && !given_out
            && !archives
    })
}

/// The sets of words of a kind: its tags and their like.
pub fn word_sets(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields.iter().filter(|field| {
        field.class == Class::Set && matches!(field.ty, FieldType::Many(FieldType::Line))
    })
}

/// What a change comes to for these records. `beside` are the other rows of a client's document, as lists know them;
/// `new_id` gives fresh ids.
pub fn plan<'r>(
    change: &Change,
    chosen: impl IntoIterator<Item = (DocumentId, &'r Row)>,
    beside: &dyn Fn(DocumentId) -> Vec<Row>,
    today: NaiveDate,
    new_id: &mut dyn FnMut() -> RecordId,
) -> Plan {
    let mut plan = Plan::default();
    for (document, row) in chosen {
        match steps(change, row, &|| beside(document), today, new_id) {
            Ok(ops) if ops.is_empty() => plan.same += 1,
            Ok(ops) => {
                plan.changed.push(row.key());
                plan.writes.entry(document).or_default().extend(ops);
            }
            Err(why) => plan.refused.push((row.key(), why)),
        }
    }
    plan
}

fn steps(
    change: &Change,
    row: &Row,
    beside: &dyn Fn() -> Vec<Row>,
    today: NaiveDate,
    new_id: &mut dyn FnMut() -> RecordId,
) -> Result<Vec<Op>, Vec<Sentence>> {
    let key = row.key();
    let members = |field: &Field| row.get(field.key).members().to_vec();
    Ok(match change {
        // A field in two versions is decided by whoever gives it a value, even that of the one shown.
        Change::Set(field, value) => {
            let index = row.kind.index(field.key);
            let parted = index.is_some_and(|index| row.two_versions.contains(&index));
            if same(row.get(field.key), value) && !parted {
                Vec::new()
            } else {
                vec![Op::Set { key, field: field.key, value: value.clone() }]
            }
        }
        Change::Include(field, item) if members(field).contains(item) => Vec::new(),
        Change::Include(field, item) => {
            vec![Op::Include { key, field: field.key, item: item.clone() }]
        }
        Change::Exclude(field, item) if members(field).contains(item) => {
            vec![Op::Exclude { key, field: field.key, item: item.clone() }]
        }
        Change::Exclude(..) => Vec::new(),
        Change::Assign(role, person) => hand_over(*role, *person, &beside(), today, new_id),
        Change::Archive if Client::KEYS.status.get(row) == Ok(ClientStatus::Archived) => Vec::new(),
        Change::Archive => {
            let refusals = archive_refusals(row, &beside());
            if !refusals.is_empty() {
                return Err(refusals);
            }
            let value = Value::Choice(ClientStatus::Archived.key().to_owned());
            vec![Op::Set { key, field: Client::KEYS.status.key(), value }]
        }
        Change::Delete if row.gone => Vec::new(),
        Change::Delete => vec![Op::Delete { key }],
    })
}

/// A flag that nobody ever set says no.
fn same(now: &Value, new: &Value) -> bool {
    now == new || (now.is_empty() && (new.is_empty() || *new == Value::Flag(false)))
}

/// Ends the role for whoever has it, as of yesterday, and gives it to somebody from today. Nothing if they have it, alone.
fn hand_over(
    role: Role,
    person: RecordId,
    rows: &[Row],
    today: NaiveDate,
    new_id: &mut dyn FnMut() -> RecordId,
) -> Vec<Op> {
    let keys = &Assignment::KEYS;
    let holds = |row: &&Row| {
        row.kind == Assignment::KIND
            && !row.gone
            && keys.role.get(row) == Ok(Some(role))
            && keys.engagement.raw(row).is_empty()
            && keys.from.raw(row).as_date().is_none_or(|from| from <= today)
            && keys.until.raw(row).as_date().is_none_or(|until| until >= today)
    };
    let (theirs, others): (Vec<&Row>, Vec<&Row>) =
        rows.iter().filter(holds).partition(|row| keys.person.raw(row).as_link() == Some(person));
    let ends = today.pred_opt();
    let mut ops: Vec<Op> = others.iter().map(|row| keys.until.set(row.id, ends)).collect();
    if theirs.is_empty() {
        let assignment = Assignment {
            role: Some(role),
            person: Some(Id::new(person)),
            engagement: None,
            from: Some(today),
            until: None,
        };
        ops.push(assignment.create(new_id()));
    }
    ops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Tier, Tool};

    const TODAY: &str = "2026-11-22";

    fn id(n: u8) -> RecordId {
        RecordId::from_bytes([n; 16])
    }

    fn row<R: Record>(n: u8, record: R) -> Row {
        let mut row = Row::empty(R::KIND, id(n));
        for (field, value) in record.into_values() {
            row.values[R::KIND.index(field).unwrap()] = value;
        }
        row
    }

    fn client(n: u8, tier: Option<Tier>, tags: &[&str]) -> Row {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        row(n, Client { name: format!("Client {n}"), tier, tags, ..Client::default() })
    }

    fn planned(change: &Change, rows: &[Row], beside: &[Row]) -> Plan {
        let chosen = rows.iter().map(|row| (DocumentId::Client(row.id), row));
        let mut next = 100;
        let mut new_id = || {
            next += 1;
            id(next)
        };
        plan(change, chosen, &|_| beside.to_vec(), TODAY.parse().unwrap(), &mut new_id)
    }

    /// Covers: S2.17, S2.19
    #[test]
    fn what_becomes_of_each() {
        let rows = [
            client(1, Some(Tier::Key), &["east"]),
            client(2, Some(Tier::Standard), &[]),
            client(3, None, &["east", "port"]),
        ];
        let check = |change: Change, changed: &[u8], same: usize| {
            let plan = planned(&change, &rows, &[]);
            let keys: Vec<_> = plan.changed.iter().map(|key| key.id).collect();
            assert_eq!(keys, changed.iter().map(|n| id(*n)).collect::<Vec<_>>(), "{change:?}");
            assert_eq!((plan.same, plan.writes.len()), (same, changed.len()), "{change:?}");
        };
        let keys = &Client::KEYS;
        let text = |text: &str| Value::Text(text.into());
        check(Change::Set(keys.tier.field(), Value::Choice("key".into())), &[2, 3], 1);
        check(Change::Set(keys.tier.field(), Value::Empty), &[1, 2], 1);
        check(Change::Set(keys.long_term.field(), Value::Flag(false)), &[], 3);
        check(Change::Set(keys.long_term.field(), Value::Flag(true)), &[1, 2, 3], 0);
        check(Change::Include(keys.tags.field(), text("east")), &[2], 2);
        check(Change::Exclude(keys.tags.field(), text("east")), &[1, 3], 1);
        check(Change::Exclude(keys.tags.field(), text("west")), &[], 3);
        check(Change::Delete, &[1, 2, 3], 0);
    }

    #[test]
    fn who_gives_a_value_decides_between_two() {
        let mut both = client(1, Some(Tier::Key), &[]);
        both.two_versions = vec![Client::KEYS.tier.index()];
        let change = Change::Set(Client::KEYS.tier.field(), Value::Choice("key".into()));
        assert_eq!(planned(&change, &[both], &[]).changed.len(), 1);
    }

    /// Covers: S2.20
    #[test]
    fn archiving_asks_for_a_way_back() {
        let with_way = Client { entry_route: "By the fair.".into(), ..Client::default() };
        let away = Client { status: ClientStatus::Archived, ..Client::default() };
        let rows = [client(1, None, &[]), row(2, with_way), row(3, away)];
        let plan = planned(&Change::Archive, &rows, &[]);
        assert_eq!(plan.changed, [rows[1].key()]);
        assert_eq!((plan.same, plan.refused.len()), (1, 1));
        assert_eq!(plan.refused[0].0, rows[0].key());
    }

    #[test]
    fn a_role_is_handed_over() {
        let holder = |n: u8, person: u8, role: Role, until: Option<&str>| {
            row(
                n,
                Assignment {
                    role: Some(role),
                    person: Some(Id::new(id(person))),
                    engagement: None,
                    from: None,
                    until: until.map(|until| until.parse().unwrap()),
                },
            )
        };
        let beside = [
            holder(10, 50, Role::AccountManager, None),
            holder(11, 51, Role::AccountManager, Some("2026-11-21")),
            holder(12, 52, Role::ClientSponsor, None),
        ];
        let ops = |person: u8, beside: &[Row]| {
            let change = Change::Assign(Role::AccountManager, id(person));
            planned(&change, &[client(1, None, &[])], beside)
                .writes
                .into_values()
                .flatten()
                .collect::<Vec<_>>()
        };
        let yesterday = Some("2026-11-21".parse().unwrap());
        let given = ops(53, &beside);
        assert_eq!(given.len(), 2);
        assert_eq!(given[0], Assignment::KEYS.until.set(id(10), yesterday));
        assert!(matches!(&given[1], Op::Create { key, .. } if key.id == id(101)));
        assert_eq!(ops(50, &beside), []);
        assert_eq!(ops(50, &[]).len(), 1);
    }

    #[test]
    fn fields_that_many_records_can_share() {
        let check = |kind: &'static Kind, field: &str, expected: bool| {
            assert_eq!(settable(kind).any(|known| known.key == field), expected, "{field}");
        };
        check(Client::KIND, "tier", true);
        check(Client::KIND, "sector", true);
        check(Client::KIND, "long_term", true);
        check(Client::KIND, "service_since", true);
        check(Client::KIND, "name", false);
        check(Client::KIND, "status", false);
        check(Client::KIND, "tags", false);
        check(Client::KIND, "entry_person", false);
        check(Client::KIND, "merged_into", false);
        check(Client::KIND, "profile_goals", false);
        check(Tool::KIND, "owner", true);
        let sets: Vec<_> = word_sets(Client::KIND).map(|field| field.key).collect();
        assert_eq!(sets, ["sites", "languages", "tags"]);
    }
}
