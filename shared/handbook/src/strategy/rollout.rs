//! Who is asked to take part in a rollout, and how far a client has taken up our procedures by it (S4.56, S4.57).

use crate::figures::rollout_gate::Input;
use crate::ids::RecordId;
use crate::lifecycles::rollout::{LIFECYCLE, State};
use crate::op::Op;
use crate::records::{Adoption, Client, ClientStatus, Rollout};
use crate::row::Row;
use crate::typed::{Choice, Record};
use crate::value::Value;
use crate::words::Sentence;

/// Takes a step of a rollout, and says at the client how far the procedures are adopted now; or every reason against it.
pub fn step(
    rollout: &Row,
    to: State,
    details: &[(&'static str, Value)],
    client: RecordId,
    fact: RecordId,
) -> Result<Vec<Op>, Vec<Sentence>> {
    let mut ops = vec![LIFECYCLE.step(rollout, to.key(), details, fact)?];
    if let Some(adoption) = adoption(to) {
        ops.push(Client::KEYS.adoption.set(client, Some(adoption)));
    }
    Ok(ops)
}

/// What a stage of the rollout means for the client; `None` where it changes nothing.
pub fn adoption(state: State) -> Option<Adoption> {
    match state {
        State::Pilot => Some(Adoption::Pilot),
        State::Adopted => Some(Adoption::Adopted),
        State::Stopped => Some(Adoption::None),
        State::Candidate | State::Evaluated | State::Foreign => None,
    }
}

/// Everything that stands in the way of these steps, wherever they are asked for: none that begins a pilot is taken while the
/// gate is shut. `gate` is asked only where a pilot is to begin.
pub fn refusals(ops: &[Op], gate: impl FnOnce() -> Vec<Input>) -> Vec<Sentence> {
    let begins = ops.iter().any(|op| match op {
        Op::Append { key, field, fact } => {
            key.kind == Rollout::KIND
                && *field == LIFECYCLE.field
                && LIFECYCLE.leads_to(fact) == Some(State::Pilot.key())
        }
        _ => false,
    });
    if begins { against(gate()) } else { Vec::new() }
}

/// What of the gate speaks against another pilot.
pub fn against(gate: Vec<Input>) -> Vec<Sentence> {
    gate.into_iter().filter(|input| !input.holds).map(|input| input.sentence).collect()
}

/// How willing a client is to invest in the relationship, 1 to 5; 0 where nobody judged it.
pub fn willing(client: &Row) -> i64 {
    let judged = Client::KEYS.willingness_to_invest.get(client).ok().flatten();
    judged.map_or(0, |to| to.get())
}

/// Clients that might take part and do not yet: those we serve or are about to, the most willing to invest first, those
/// of whom nobody knows it last (S4.57).
pub fn worth_asking<'r>(
    clients: impl IntoIterator<Item = &'r Row>,
    taking_part: &[RecordId],
) -> Vec<&'r Row> {
    let may = |row: &&Row| {
        let status = Client::KEYS.status.get(row);
        !row.gone
            && !taking_part.contains(&row.id)
            && matches!(status, Ok(ClientStatus::Active | ClientStatus::PreContract))
    };
    let mut found: Vec<&Row> = clients.into_iter().filter(may).collect();
    found.sort_by_cached_key(|row| (std::cmp::Reverse(willing(row)), row.title()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::id;
    use crate::typed::Scale;

    /// Covers: S4.56
    #[test]
    fn the_client_follows() {
        let mut row = Row::empty(Rollout::KIND, id(1));
        assert!(step(&row, State::Pilot, &[], id(9), id(2)).is_err(), "no entry criteria");
        row.values[Rollout::KIND.index("entry_criteria").unwrap()] = Value::Text("Fit".into());
        let ops = step(&row, State::Pilot, &[], id(9), id(2)).unwrap();
        let adopted = Client::KEYS.adoption.set(id(9), Some(Adoption::Pilot));
        assert_eq!((ops.len(), ops.last()), (2, Some(&adopted)));
        let all: Vec<_> =
            State::ALL.iter().map(|state| adoption(*state).map(Choice::key)).collect();
        assert_eq!(all, [None, Some("pilot"), None, Some("adopted"), Some("none")]);
    }

    /// Covers: S4.57
    #[test]
    fn the_most_willing_first() {
        let client = |number: u8, name: &str, willing: i64, status| {
            let record = Client {
                name: name.into(),
                willingness_to_invest: Scale::new(willing),
                status,
                ..Client::default()
            };
            let mut row = Row::empty(Client::KIND, id(number));
            for (field, value) in record.into_values() {
                row.values[Client::KIND.index(field).unwrap()] = value;
            }
            row
        };
        let clients = [
            client(1, "Alder Mills", 0, ClientStatus::Active),
            client(2, "Birch Foods", 2, ClientStatus::Active),
            client(3, "Zander Rail", 5, ClientStatus::PreContract),
            client(4, "Yarrow Port", 5, ClientStatus::Active),
            client(5, "Pilot & Co", 5, ClientStatus::Active),
            client(6, "Gone Ltd", 5, ClientStatus::Lapsed),
        ];
        let found = worth_asking(&clients, &[id(5)]);
        let found: Vec<_> = found.iter().map(|row| row.title()).collect();
        assert_eq!(found, ["Yarrow Port", "Zander Rail", "Birch Foods", "Alder Mills"]);
    }

    /// Covers: S4.56, S4.60
    #[test]
    fn no_pilot_past_the_gate() {
        let shut = || {
            let input = |holds, said: &str| Input { holds, sentence: Sentence::new(said, said) };
            vec![input(true, "No pilot runs."), input(false, "Too late."), input(false, "No time.")]
        };
        let mut row = Row::empty(Rollout::KIND, id(1));
        row.values[Rollout::KIND.index("entry_criteria").unwrap()] = Value::Text("Fit".into());
        let why = ("why", Value::Text("They moved".into()));
        let pilot = step(&row, State::Pilot, &[], id(9), id(2)).unwrap();
        let stop = step(&row, State::Stopped, &[why], id(9), id(2)).unwrap();
        let check = |ops: &[Op], gate: fn() -> Vec<Input>, expected: &[&str]| {
            let found = refusals(ops, gate);
            let found: Vec<_> = found.iter().map(|reason| &*reason.en).collect();
            assert_eq!(found, expected);
        };
        check(&pilot, shut, &["Too late.", "No time."]);
        check(&pilot, Vec::new, &[]);
        check(&stop, shut, &[]);
        // A word in another field of the record is no step.
        check(&pilot[1..], shut, &[]);
        check(&[stop, pilot].concat(), shut, &["Too late.", "No time."]);
    }
}
