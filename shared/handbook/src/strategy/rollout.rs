//! How far a client has taken up our procedures follows from its rollout (S4.56).

use crate::ids::RecordId;
use crate::lifecycles::rollout::{LIFECYCLE, State};
use crate::op::Op;
use crate::records::{Adoption, Client};
use crate::row::Row;
use crate::typed::Choice;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::fixture::id;
    use crate::records::Rollout;
    use crate::typed::Record;

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
}
