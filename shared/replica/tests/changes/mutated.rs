//! Changes that are genuine but for one thing, made by somebody who knows the format.

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, Automerge, Change, ExpandedChange, ObjType, ScalarValue};
use proptest::prelude::*;
use proptest::sample::Index;
use replica::check::check;

use crate::history::{play, steps};
use crate::safely::{blank, copy, take};

#[derive(Clone, Debug)]
enum Mutation {
    Seq(u64),
    StartOp(u64),
    Actor(Index),
    Dep(Index),
    NoDeps,
    Footer(Vec<u8>),
    Object(Index, Index),
    RootObject(Index),
    Property(Index, u8),
    Head(Index),
    Element(Index, Index),
    Pred(Index, Index),
    NoPred(Index),
    Insert(Index),
    Action(Index, Index),
    Double(Index),
    Remove(Index),
    Swap(Index, Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    use Mutation::*;
    let op = any::<Index>;
    prop_oneof![
        (0u64..6).prop_map(Seq),
        prop_oneof![0u64..60, Just(1 << 31), Just(u64::from(u32::MAX)), Just(u64::MAX)]
            .prop_map(StartOp),
        op().prop_map(Actor),
        op().prop_map(Dep),
        Just(NoDeps),
        proptest::collection::vec(any::<u8>(), 0..5).prop_map(Footer),
        (op(), op()).prop_map(|(op, id)| Object(op, id)),
        op().prop_map(RootObject),
        (op(), 0u8..6).prop_map(|(op, key)| Property(op, key)),
        op().prop_map(Head),
        (op(), op()).prop_map(|(op, id)| Element(op, id)),
        (op(), op()).prop_map(|(op, id)| Pred(op, id)),
        op().prop_map(NoPred),
        op().prop_map(Insert),
        (op(), op()).prop_map(|(op, action)| Action(op, action)),
        op().prop_map(Double),
        op().prop_map(Remove),
        (op(), op()).prop_map(|(one, other)| Swap(one, other)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_mutated_change_does_harm(
        steps in steps(),
        victim in any::<Index>(),
        mutations in proptest::collection::vec(mutation(), 1..4),
    ) {
        let document = play(&steps);
        let changes = document.get_changes(&[]);
        if changes.is_empty() {
            return Ok(());
        }
        let victim = victim.get(&changes);
        let Some(forged) = forge(&changes, victim, &mutations) else { return Ok(()) };
        let whole = take(&document, forged.raw_bytes()).map(|_| ());

        // The same where the document is just the change's past, unless its actor went on there.
        let dependencies_known =
            forged.deps().iter().all(|dep| changes.iter().any(|change| change.hash() == *dep));
        if !dependencies_known {
            return Ok(());
        }
        let past = past(&document, forged.deps());
        let alone = take(&past, forged.raw_bytes()).map(|_| ());
        let actor_went_on = changes.iter().any(|change| {
            change.actor_id() == forged.actor_id() && check(&past, change) != Ok(())
                || change.actor_id() == forged.actor_id()
                    && automerge::ReadDoc::get_change_by_hash(&past, &change.hash()).is_none()
        });
        if !actor_went_on {
            prop_assert_eq!(whole, alone);
        }
    }
}

fn past(document: &Automerge, deps: &[automerge::ChangeHash]) -> Automerge {
    if deps.is_empty() { blank() } else { copy(document).fork_at(deps).unwrap() }
}

/// `None` if Automerge itself cannot write it.
fn forge(changes: &[Change], victim: &Change, mutations: &[Mutation]) -> Option<Change> {
    let actors: Vec<ActorId> = changes
        .iter()
        .map(|change| change.actor_id().clone())
        .chain([ActorId::from([0xab; 16])])
        .collect();
    // Ids of all operations there are, and a few that are not.
    let ids: Vec<OpId> = changes
        .iter()
        .chain([victim])
        .flat_map(|change| {
            (change.start_op().get()..=change.max_op() + 1)
                .map(|counter| OpId::new(counter, change.actor_id()))
        })
        .chain([OpId::new(1, &ActorId::from([0xab; 16]))])
        .collect();
    let mut change = victim.decode();
    for mutation in mutations {
        mutate(&mut change, mutation, changes, &actors, &ids)?;
    }
    std::panic::catch_unwind(|| Change::from(change)).ok()
}

fn mutate(
    change: &mut ExpandedChange,
    mutation: &Mutation,
    changes: &[Change],
    actors: &[ActorId],
    ids: &[OpId],
) -> Option<()> {
    use Mutation::*;
    let count = change.operations.len();
    if count == 0 {
        return None;
    }
    match mutation {
        Seq(seq) => change.seq = *seq,
        StartOp(start) => change.start_op = (*start).try_into().ok()?,
        Actor(actor) => change.actor_id = actor.get(actors).clone(),
        Dep(dep) => change.deps.push(dep.get(changes).hash()),
        NoDeps => change.deps.clear(),
        Footer(footer) => change.extra_bytes = footer.clone(),
        Object(at, id) => op_at(change, at).obj = ObjectId::Id(id.get(ids).clone()),
        RootObject(at) => op_at(change, at).obj = ObjectId::Root,
        Property(at, key) => op_at(change, at).key = Key::Map(format!("k{key}").into()),
        Head(at) => op_at(change, at).key = Key::Seq(ElementId::Head),
        Element(at, id) => op_at(change, at).key = Key::Seq(ElementId::Id(id.get(ids).clone())),
        Pred(at, id) => {
            let op = op_at(change, at);
            op.pred = op.pred.iter().cloned().chain([id.get(ids).clone()]).collect();
        }
        NoPred(at) => op_at(change, at).pred = vec![].into(),
        Insert(at) => {
            let op = op_at(change, at);
            op.insert = !op.insert;
        }
        Action(at, action) => op_at(change, at).action = action.get(&actions()).clone(),
        Double(at) => {
            let copy = op_at(change, at).clone();
            change.operations.push(copy);
        }
        Remove(at) => drop(change.operations.remove(at.index(count))),
        Swap(one, other) => change.operations.swap(one.index(count), other.index(count)),
    }
    Some(())
}

fn op_at<'c>(change: &'c mut ExpandedChange, at: &Index) -> &'c mut Op {
    let count = change.operations.len();
    &mut change.operations[at.index(count)]
}

fn actions() -> Vec<OpType> {
    vec![
        OpType::Make(ObjType::Map),
        OpType::Make(ObjType::Text),
        OpType::Make(ObjType::List),
        OpType::Make(ObjType::Table),
        OpType::Delete,
        OpType::Increment(1),
        OpType::Put(ScalarValue::Int(5)),
        OpType::Put(ScalarValue::Str("".into())),
        OpType::Put(ScalarValue::Str("two".into())),
        OpType::Put(ScalarValue::Str("c".into())),
        OpType::Put(ScalarValue::counter(5)),
        OpType::MarkEnd(true),
    ]
}
