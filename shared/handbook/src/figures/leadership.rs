//! What the leadership of the firm commits to: how far the procedures have come, what waits for its decision, and whether
//! projects are planned by them (S4.62).

use crate::ids::RecordId;
use crate::lifecycles::rollout::State;
use crate::words::Sentence;

/// One rollout as the leadership sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The rollout.
    pub rollout: RecordId,
    /// Where it stands.
    pub state: State,
    /// Whether somebody leads it.
    pub led: bool,
}

/// What is said of the rollout as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leadership {
    /// How far the procedures have come among the clients we serve.
    pub reach: Sentence,
    /// Whether engagements under way are planned by them.
    pub planning: Sentence,
    /// What waits for the leadership, most pressing first; empty if nothing does.
    pub waiting: Vec<Waiting>,
}

/// Something that only the leadership can give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The rollout.
    pub rollout: RecordId,
    /// What it waits for.
    pub sentence: Sentence,
}

/// Reads it from every rollout, the number of clients we serve, and of engagements under way: those whose plans hold all that
/// the relationship needs, and all of them.
pub fn leadership(
    rollouts: &[Standing],
    clients: usize,
    (planned, under_way): (usize, usize),
) -> Leadership {
    let count = |state| rollouts.iter().filter(|one| one.state == state).count();
    let (adopted, piloting) = (count(State::Adopted), count(State::Pilot));
    let waits = |state, sentence: fn() -> Sentence| {
        rollouts
            .iter()
            .filter(move |one| one.state == state)
            .map(move |one| Waiting { rollout: one.rollout, sentence: sentence() })
    };
    let unled = rollouts
        .iter()
        .filter(|one| matches!(one.state, State::Candidate | State::Pilot) && !one.led)
        .map(|one| Waiting {
            rollout: one.rollout,
            sentence: Sentence::new("Nobody leads it.", "Niemand leitet die Einführung."),
        });
    let decide = || {
        Sentence::new(
            "It is evaluated; decide whether the procedures stay.",
            "Der Pilot ist ausgewertet; zu entscheiden ist, ob die Verfahren bleiben.",
        )
    };
    Leadership {
        reach: reach(adopted, piloting, clients),
        planning: planning(planned, under_way),
        waiting: waits(State::Evaluated, decide).chain(unled).collect(),
    }
}

fn reach(adopted: usize, piloting: usize, clients: usize) -> Sentence {
    Sentence::new(
        format!("{adopted} of {clients} clients work by the procedures, {piloting} try them."),
        format!(
            "{adopted} von {clients} Kunden arbeiten nach den Verfahren, {piloting} erproben sie."
        ),
    )
}

fn planning(planned: usize, under_way: usize) -> Sentence {
    if under_way == 0 {
        return Sentence::new("No engagement is under way.", "Es läuft kein Auftrag.");
    }
    Sentence::new(
        format!(
            "{planned} of {under_way} engagements under way have all that the relationship needs in their plan."
        ),
        format!(
            "{planned} von {under_way} laufenden Aufträgen haben alles im Plan, was die Beziehung braucht."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture::id;
    use super::*;

    /// Covers: S4.62
    #[test]
    fn reach_planning_and_what_waits() {
        let of = |number, state, led| Standing { rollout: id(number), state, led };
        let check = |rollouts: &[Standing], clients, plans, sentences: [&str; 2], waiting: &[_]| {
            let found = leadership(rollouts, clients, plans);
            assert_eq!([&*found.reach.en, &*found.planning.en], sentences);
            let found: Vec<_> =
                found.waiting.iter().map(|one| (one.rollout, &*one.sentence.en)).collect();
            assert_eq!(found, waiting);
        };
        let none = "0 of 3 clients work by the procedures, 0 try them.";
        check(&[], 3, (0, 0), [none, "No engagement is under way."], &[]);

        let rollouts = [
            of(1, State::Candidate, false),
            of(2, State::Pilot, true),
            of(3, State::Evaluated, true),
            of(4, State::Adopted, false),
            of(5, State::Stopped, false),
            of(6, State::Pilot, false),
        ];
        check(
            &rollouts,
            9,
            (2, 5),
            [
                "1 of 9 clients work by the procedures, 2 try them.",
                "2 of 5 engagements under way have all that the relationship needs in their plan.",
            ],
            &[
                (id(3), "It is evaluated; decide whether the procedures stay."),
                (id(1), "Nobody leads it."),
                (id(6), "Nobody leads it."),
            ],
        );
    }
}
