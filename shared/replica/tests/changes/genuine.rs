//! Nothing that Automerge writes for our documents is turned away.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use replica::check::{Rejected, check, parse};

use crate::history::{play, reordered, steps};
use crate::safely::{blank, copy};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn genuine_changes_pass_in_every_order(
        steps in steps(),
        choices in vec(any::<Index>(), 1..20),
    ) {
        let document = play(&steps);
        let changes = document.get_changes(&[]);
        let mut replica = blank();
        for change in reordered(&changes, &choices) {
            let read = parse(change.raw_bytes()).unwrap();
            prop_assert_eq!(read.hash(), change.hash());
            prop_assert_eq!(check(&replica, &read), Ok(()));
            replica.apply_changes([read]).unwrap();
        }
        prop_assert_eq!(replica.get_heads(), document.get_heads());
        prop_assert_eq!(replica.hydrate(None), document.hydrate(None));
    }

    /// What else a document holds does not matter.
    #[test]
    fn the_verdict_depends_on_the_past_alone(steps in steps()) {
        let document = play(&steps);
        for change in document.get_changes(&[]) {
            // Known already.
            prop_assert_eq!(check(&document, &change), Ok(()));
            let past = if change.deps().is_empty() {
                blank()
            } else {
                copy(&document).fork_at(change.deps()).unwrap()
            };
            prop_assert_eq!(check(&past, &change), Ok(()));
        }
    }

    #[test]
    fn a_change_waits_for_what_it_depends_on(steps in steps()) {
        for change in play(&steps).get_changes(&[]) {
            let expected = match change.deps() {
                [] => Ok(()),
                deps => Err(Rejected::Missing { missing: deps.to_vec() }),
            };
            prop_assert_eq!(check(&blank(), &change), expected);
        }
    }
}
