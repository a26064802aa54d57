//! The pipeline: opportunities by stage with their value (S0.3, S0.34).

use std::collections::BTreeMap;

use crate::ids::RecordId;
use crate::known::Known;
use crate::lifecycles::{opportunity::State, states};
use crate::records::Opportunity;
use crate::typed::Choice;
use crate::value::Money;

/// One stage of the pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Which one.
    pub state: State,
    /// The opportunities that stand in it.
    pub opportunities: Vec<RecordId>,
    /// Their value, one amount for each currency.
    pub value: Vec<Money>,
    /// Their value times probability, one amount for each currency, rounded down; those without a probability left out.
    pub weighted: Vec<Money>,
    /// Those without a value: they are in no amount.
    pub without_value: usize,
}

/// Every stage in the order of a life, empty ones included. An opportunity that devices left in two states stands in both.
pub fn pipeline(opportunities: &[Known<Opportunity>]) -> Vec<Stage> {
    State::ALL.iter().map(|state| stage(*state, opportunities)).collect()
}

fn stage(state: State, opportunities: &[Known<Opportunity>]) -> Stage {
    let here = opportunities
        .iter()
        .filter(|one| states(&one.transitions, State::Spotted).contains(&state));
    let mut stage = Stage {
        state,
        opportunities: Vec::new(),
        value: Vec::new(),
        weighted: Vec::new(),
        without_value: 0,
    };
    let mut value: BTreeMap<[u8; 3], i64> = BTreeMap::new();
    let mut weighted: BTreeMap<[u8; 3], i64> = BTreeMap::new();
    for one in here {
        stage.opportunities.push(one.id);
        let Some(money) = one.value else {
            stage.without_value += 1;
            continue;
        };
        *value.entry(money.currency).or_default() += money.minor;
        if let Some(probability) = one.probability {
            *weighted.entry(money.currency).or_default() += money.minor * probability.get() / 100;
        }
    }
    let amounts = |sums: BTreeMap<[u8; 3], i64>| {
        sums.into_iter().map(|(currency, minor)| Money { minor, currency }).collect()
    };
    stage.value = amounts(value);
    stage.weighted = amounts(weighted);
    stage
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{id, step};
    use super::*;
    use crate::typed::Scale;

    /// Covers: S0.3
    #[test]
    fn by_stage_and_currency() {
        let one = |number, state, money: &str, probability| {
            let transitions = step(State::Spotted, state, "2026-10-01");
            let (value, probability) = (Money::parse(money), Scale::new(probability));
            Known::new(
                id(number),
                Opportunity { value, probability, transitions, ..Opportunity::default() },
            )
        };
        let opportunities = [
            one(1, State::Proposed, "100000 EUR", 50),
            one(2, State::Proposed, "30001 EUR", 50),
            one(3, State::Proposed, "5000 USD", -1), // no probability
            one(4, State::Proposed, "", 90),
            one(5, State::Won, "700 EUR", 100),
            Known::new(id(6), Opportunity::default()),
        ];
        let found = pipeline(&opportunities);
        let money = |text| Money::parse(text).unwrap();
        let of = |state| found.iter().find(|stage| stage.state == state).unwrap();
        let expected = Stage {
            state: State::Proposed,
            opportunities: [1, 2, 3, 4].map(id).to_vec(),
            value: vec![money("130001 EUR"), money("5000 USD")],
            weighted: vec![money("65000 EUR")],
            without_value: 1,
        };
        assert_eq!(*of(State::Proposed), expected);
        assert_eq!(of(State::Won).weighted, [money("700 EUR")]);
        assert_eq!(of(State::Spotted).opportunities, [id(6)]);
        assert_eq!(of(State::Lost).opportunities, []);
        assert_eq!(found.len(), State::ALL.len());
    }
}
