//! Random histories of a document on several devices.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{
    ActorId, Author, Automerge, AutomergeError, Change, ChangeHash, ObjId, ObjType, ROOT, ReadDoc,
    ScalarValue, TextEncoding,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// What one device does at a time.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// One change with these edits.
    Edit(Vec<Edit>),
    /// One change written at an earlier state: at the heads of that many changes.
    EditEarlier(Index, Vec<Edit>),
    /// Takes in what another device has.
    Merge(Index),
    /// Starts anew, as another tab.
    NewTab,
}

#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Put { record: u8, key: u8, value: ScalarValue },
    Delete { record: u8, key: u8 },
    DeleteRecord { record: u8 },
    Nest { record: u8, key: u8 },
    Splice { record: u8, at: Index, delete: u8, text: String },
    UpdateText { record: u8, text: String },
}

pub(crate) fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop_oneof![
        6 => vec(edit(), 1..5).prop_map(Step::Edit),
        1 => (any::<Index>(), vec(edit(), 1..4)).prop_map(|(at, edits)| Step::EditEarlier(at, edits)),
        3 => any::<Index>().prop_map(Step::Merge),
        1 => Just(Step::NewTab),
    ];
    vec((0..DEVICES, step), 1..25)
}

fn edit() -> impl Strategy<Value = Edit> {
    let (record, key) = (0u8..3, 0u8..3);
    prop_oneof![
        4 => (record.clone(), key.clone(), scalar())
            .prop_map(|(record, key, value)| Edit::Put { record, key, value }),
        1 => (record.clone(), key.clone()).prop_map(|(record, key)| Edit::Delete { record, key }),
        1 => record.clone().prop_map(|record| Edit::DeleteRecord { record }),
        1 => (record.clone(), key).prop_map(|(record, key)| Edit::Nest { record, key }),
        4 => (record.clone(), any::<Index>(), 0u8..4, "[a-cé😀]{0,6}")
            .prop_map(|(record, at, delete, text)| Edit::Splice { record, at, delete, text }),
        1 => (record, "[a-d]{0,9}").prop_map(|(record, text)| Edit::UpdateText { record, text }),
    ]
}

fn scalar() -> impl Strategy<Value = ScalarValue> {
    prop_oneof![
        Just(ScalarValue::Null),
        any::<bool>().prop_map(ScalarValue::Boolean),
        any::<i64>().prop_map(ScalarValue::Int),
        any::<u64>().prop_map(ScalarValue::Uint),
        any::<f64>().prop_map(ScalarValue::F64),
        any::<i64>().prop_map(ScalarValue::Timestamp),
        ".{0,9}".prop_map(|text| ScalarValue::Str(text.into())),
        vec(any::<u8>(), 0..9).prop_map(ScalarValue::Bytes),
    ]
}

const DEVICES: usize = 3;

/// The devices after the steps, all merged into the first.
pub(crate) fn play(steps: &[(usize, Step)]) -> Automerge {
    let mut tabs = 0;
    let mut next_actor = || {
        tabs += 1;
        // Not in the order of making.
        ActorId::from([(tabs * 89) as u8; 16])
    };
    let base = Automerge::new_with_encoding(TextEncoding::Utf16CodeUnit);
    let author = |device: usize| Author::from(vec![device as u8 + 1; 16]);
    let mut devices: Vec<Automerge> = (0..DEVICES)
        .map(|device| base.fork().with_author(Some(author(device))).with_actor(next_actor()))
        .collect();
    for (device, step) in steps {
        match step {
            Step::Edit(edits) => commit(&mut devices[*device], None, edits),
            Step::EditEarlier(at, edits) => {
                let changes = devices[*device].get_changes(&[]);
                if !changes.is_empty() {
                    let heads = [at.get(&changes).hash()];
                    commit(&mut devices[*device], Some(&heads), edits);
                }
            }
            Step::Merge(from) => {
                let mut other = devices[from.index(DEVICES)].fork();
                devices[*device].merge(&mut other).unwrap();
            }
            Step::NewTab => {
                let again = devices[*device].fork().with_author(Some(author(*device)));
                devices[*device] = again.with_actor(next_actor());
            }
        }
    }
    let (first, others) = devices.split_first_mut().unwrap();
    for other in others {
        first.merge(other).unwrap();
    }
    first.fork()
}

fn commit(document: &mut Automerge, heads: Option<&[ChangeHash]>, edits: &[Edit]) {
    let options = CommitOptions::default().with_message("edit").with_time(7);
    let result = match heads {
        None => {
            let mut transaction = document.transaction();
            edits.iter().try_for_each(|edit| apply(&mut transaction, edit)).map(|()| {
                transaction.commit_with(options);
            })
        }
        Some(heads) => {
            let log = automerge::PatchLog::inactive();
            let mut transaction = document.transaction_at(log, heads).unwrap();
            edits.iter().try_for_each(|edit| apply(&mut transaction, edit)).map(|()| {
                transaction.commit_with(options);
            })
        }
    };
    result.unwrap();
}

fn apply<T: Transactable + ReadDoc>(document: &mut T, edit: &Edit) -> Result<(), AutomergeError> {
    match edit {
        Edit::Put { record, key, value } => {
            let record = map(document, *record)?;
            document.put(record, format!("k{key}"), value.clone())
        }
        Edit::Delete { record, key } => {
            let record = map(document, *record)?;
            document.delete(record, format!("k{key}"))
        }
        Edit::DeleteRecord { record } => document.delete(ROOT, format!("r{record}")),
        Edit::Nest { record, key } => {
            let record = map(document, *record)?;
            let inner = document.put_object(record, format!("n{key}"), ObjType::Map)?;
            document.put(inner, "inside", 1)
        }
        Edit::Splice { record, at, delete, text } => {
            let prose = prose(document, *record)?;
            let length = document.length(&prose);
            let at = at.index(length + 1);
            document.splice_text(prose, at, isize::from(i16::from(*delete)), text)
        }
        Edit::UpdateText { record, text } => {
            let prose = prose(document, *record)?;
            document.update_text(&prose, text)
        }
    }
}

fn map<T: Transactable + ReadDoc>(document: &mut T, record: u8) -> Result<ObjId, AutomergeError> {
    let key = format!("r{record}");
    match document.get(ROOT, &key)? {
        Some((value, id)) if value.is_object() => Ok(id),
        _ => document.put_object(ROOT, key, ObjType::Map),
    }
}

fn prose<T: Transactable + ReadDoc>(document: &mut T, record: u8) -> Result<ObjId, AutomergeError> {
    let record = map(document, record)?;
    match document.get(&record, "prose")? {
        Some((_, id)) => Ok(id),
        None => document.put_object(record, "prose", ObjType::Text),
    }
}

/// The same changes in another order that respects their dependencies.
pub(crate) fn reordered(changes: &[Change], choices: &[Index]) -> Vec<Change> {
    let mut left: Vec<Change> = changes.to_vec();
    let mut done: Vec<Change> = Vec::new();
    let mut choices = choices.iter().cycle();
    while !left.is_empty() {
        let ready: Vec<usize> = (0..left.len())
            .filter(|at| {
                left[*at].deps().iter().all(|dep| done.iter().any(|change| change.hash() == *dep))
            })
            .collect();
        let chosen = choices.next().map_or(ready[0], |choice| *choice.get(&ready));
        done.push(left.remove(chosen));
    }
    done
}
