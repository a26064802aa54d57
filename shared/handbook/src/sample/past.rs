//! When the sample's records were made: were it all today, its clients could not be looked at as they were.

use std::collections::{BTreeMap, HashMap};
use std::iter;

use chrono::Datelike;

use super::{SampleDocument, text};
use crate::{
    ids::RecordId,
    op::Op,
    records::Client,
    typed::Record,
    value::{Moment, Value},
};

/// The fields in which records tell when they came about.
const TELL: [&str; 4] = ["at", "received", "made_on", "from"];

/// What a client's record said once: the client, the field, its value then, and until how many days ago.
const ONCE: [(&str, &str, &str, u64); 3] = [
    ("Merrow Water Board", "name", "Merrow Water Trust", 410),
    ("Merrow Water Board", "sector", "Utilities", 200),
    ("Northmere Rail", "phone", "+44 20 5550 0100", 320),
];

/// What was written down at once, and when.
pub type Chapter = (Moment, Vec<Op>);

impl SampleDocument {
    /// Its operations as one change for each month, in order, made at the end of what they tell. What
    /// tells no time of its own is as old as what it names, else as old as the oldest.
    pub fn chapters(&self, now: Moment) -> Vec<Chapter> {
        let mut ops = self.ops.clone();
        let changes = once(&mut ops, now);
        let told: Vec<Option<Moment>> = ops.iter().map(|op| time(op, now)).collect();
        let oldest = told.iter().flatten().min().copied().unwrap_or(now);
        let times: HashMap<RecordId, Moment> =
            ops.iter().zip(&told).filter_map(|(op, at)| Some((op.key().id, (*at)?))).collect();
        let timed = ops.into_iter().zip(told).map(|(op, own)| {
            let named = links(&op).filter_map(|id| times.get(&id).copied()).max();
            (own.or(named).unwrap_or(oldest), op)
        });
        let mut months: BTreeMap<(i32, u32), Chapter> = BTreeMap::new();
        for (at, op) in timed.chain(changes) {
            let month = at.local().map(|local| (local.year(), local.month()));
            let chapter = months.entry(month.unwrap_or_default());
            let chapter = chapter.or_insert_with(|| (at, Vec::new()));
            chapter.0 = chapter.0.max(at);
            chapter.1.push(op);
        }
        months.into_values().collect()
    }
}

/// Puts what a client's record said once into its making; what it says now is a change of a later day.
fn once(ops: &mut [Op], now: Moment) -> Vec<(Moment, Op)> {
    let mut changes = Vec::new();
    for op in ops {
        let Op::Create { key, values } = op else { continue };
        let name = values.iter().find(|(field, _)| *field == Client::KEYS.name.key());
        let Some(name) = name.filter(|_| key.kind == Client::KIND) else { continue };
        let name = name.1.clone();
        for (client, field, before, ago) in ONCE {
            let value = values.iter_mut().find(|(known, _)| *known == field);
            let Some((field, value)) = value.filter(|_| name == text(client)) else { continue };
            let new = std::mem::replace(value, text(before));
            let ms = now.ms.saturating_sub_unsigned(ago * 86_400_000);
            changes.push((Moment { ms, ..now }, Op::Set { key: *key, field, value: new }));
        }
    }
    changes
}

/// The time that a new record tells of itself, as far as it has come.
fn time(op: &Op, now: Moment) -> Option<Moment> {
    let Op::Create { values, .. } = op else { return None };
    let tells = |key: &str| {
        let (_, value) = values.iter().find(|(field, _)| *field == key)?;
        match value {
            Value::Moment(at) => Some(*at),
            Value::Date(day) => {
                let noon = day.and_hms_opt(12, 0, 0)?.and_utc().timestamp_millis();
                Some(Moment { ms: noon - i64::from(now.offset_min) * 60_000, ..now })
            }
            _ => None,
        }
    };
    TELL.iter().find_map(|key| tells(key)).map(|at| at.min(now))
}

/// The record itself, and those that a new one names.
fn links(op: &Op) -> impl Iterator<Item = RecordId> + '_ {
    let values = match op {
        Op::Create { values, .. } => values.as_slice(),
        _ => &[],
    };
    iter::once(op.key().id).chain(values.iter().filter_map(|(_, value)| value.as_link()))
}
