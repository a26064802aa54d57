//! Three people, four tabs, any order of edits, pushes, pulls, faults and restarts: in the end all
//! see the same, and nothing that was shown as saved is missing.

use std::collections::BTreeSet;

use device::memory::{Fault, Memory, finish};
use handbook::{DocumentId, Op, RecordKey};
use proptest::prelude::*;

use crate::kit::*;

#[derive(Clone, Debug)]
enum Step {
    /// A tab writes a field of a client.
    Edit {
        tab: usize,
        client: u8,
        field: &'static str,
        value: u8,
    },
    /// A tab logs a touchpoint with a client.
    Log {
        tab: usize,
        client: u8,
    },
    /// A tab deletes the last touchpoint that it sees.
    Delete {
        tab: usize,
        client: u8,
    },
    Push {
        tab: usize,
        answered: bool,
    },
    Pull {
        tab: usize,
    },
    Refresh {
        tab: usize,
    },
    Fold {
        tab: usize,
    },
    Reopen {
        tab: usize,
    },
    /// The next calls but `after` of a tab go wrong.
    Fail {
        tab: usize,
        after: u64,
        fault: Fault,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let tab = 0..4_usize;
    let client = 1..=2_u8;
    let field = prop::sample::select(vec!["sector", "legal_name", "phone"]);
    let step = prop_oneof![
        6 => (tab.clone(), client.clone(), field, 0..4_u8)
            .prop_map(|(tab, client, field, value)| Step::Edit { tab, client, field, value }),
        4 => (tab.clone(), client.clone()).prop_map(|(tab, client)| Step::Log { tab, client }),
        1 => (tab.clone(), client).prop_map(|(tab, client)| Step::Delete { tab, client }),
        4 => (tab.clone(), any::<bool>()).prop_map(|(tab, answered)| Step::Push { tab, answered }),
        4 => tab.clone().prop_map(|tab| Step::Pull { tab }),
        2 => tab.clone().prop_map(|tab| Step::Refresh { tab }),
        1 => tab.clone().prop_map(|tab| Step::Fold { tab }),
        1 => tab.clone().prop_map(|tab| Step::Reopen { tab }),
        2 => (tab, 0..6_u64, prop::sample::select(Fault::ALL.to_vec()))
            .prop_map(|(tab, after, fault)| Step::Fail { tab, after, fault }),
    ];
    prop::collection::vec(step, 1..40)
}

/// Tabs 0 and 1 are Anna's, 2 is Ben's, 3 is Cleo's.
const PROFILES: [usize; 4] = [0, 0, 1, 2];

struct Team {
    log: Log,
    profiles: [Memory; 3],
    tabs: Vec<Tablet>,
    /// Touchpoints that were shown as saved and never deleted.
    saved: BTreeSet<(DocumentId, RecordKey)>,
    next: u8,
}

impl Team {
    fn new() -> Self {
        let profiles = [Memory::new(), Memory::new(), Memory::new()];
        let anna = found(&profiles[0]);
        new_client(&anna, 1, "Birch");
        new_client(&anna, 2, "Cedar");
        let mut log = Log::of(&anna);
        log.push(&anna, true);
        let ben = log.join(&anna, &profiles[1], "Ben");
        let cleo = log.join(&anna, &profiles[2], "Cleo");
        let second = open(&profiles[0]);
        Self { log, profiles, tabs: vec![anna, second, ben, cleo], saved: BTreeSet::new(), next: 0 }
    }

    fn revive(&mut self, tab: usize) {
        self.tabs[tab] = open(&self.profiles[PROFILES[tab]]);
        finish(self.tabs[tab].count_deaths(false)).unwrap();
    }

    fn write(&self, tab: usize, document: DocumentId, ops: Vec<Op>) -> bool {
        let stamp = self.tabs[tab].stamp(NOW, "edit");
        finish(self.tabs[tab].write(document, ops, stamp)).is_ok()
    }

    /// Does a step. Nothing is asked of it while storages fail; a tab that died is opened again.
    fn step(&mut self, step: &Step) {
        match *step {
            Step::Edit { tab, client: number, field, value } => {
                let (document, key) = client(number);
                self.write(tab, document, vec![set(key, field, &value.to_string())]);
            }
            Step::Log { tab, client: number } => {
                self.next += 1;
                let (document, key) = (client(number).0, touchpoint(self.next));
                if self.write(
                    tab,
                    document,
                    vec![create(key, &[("subject", "Call"), ("notes", "…")])],
                ) {
                    self.saved.insert((document, key));
                }
            }
            Step::Delete { tab, client: number } => {
                let document = client(number).0;
                let found = self.tabs[tab].model().records_in(document, touchpoint(0).kind);
                let Some(records) = found else { return };
                let key = records.key(records.len() - 1);
                // Even a deletion that was not shown as saved may have been kept.
                self.saved.remove(&(document, key));
                self.write(tab, document, vec![Op::Delete { key }]);
            }
            Step::Push { tab, answered } => self.push(tab, answered),
            Step::Pull { tab } => drop(self.log.pull(&self.tabs[tab])),
            Step::Refresh { tab } => drop(finish(self.tabs[tab].refresh(&[]))),
            Step::Fold { tab } => {
                for tag in states(&self.profiles[PROFILES[tab]]).into_keys() {
                    drop(finish(self.tabs[tab].compact(tag.parse().unwrap())));
                }
            }
            Step::Reopen { tab } => self.revive(tab),
            Step::Fail { tab, after, fault } => {
                let storage = self.tabs[tab].storage();
                storage.fail_at(storage.calls() + after, fault);
            }
        }
        for tab in 0..self.tabs.len() {
            if self.tabs[tab].storage().is_dead() {
                self.revive(tab);
            }
        }
    }

    fn push(&mut self, tab: usize, answered: bool) {
        let device = &self.tabs[tab];
        if self.log.pull(device).is_err() {
            return;
        }
        for chunk in finish(device.derive()).unwrap_or_default() {
            // What is sent is durable: another tab of the profile finds it in the storage.
            self.log.rows.push((chunk.tag, chunk.changes));
            if answered {
                drop(finish(device.acked(chunk.tag, &chunk.hashes, Some(self.log.id))));
            }
        }
    }

    fn settle(&mut self) {
        for tab in 0..self.tabs.len() {
            self.revive(tab);
        }
        for _ in 0..2 {
            for tab in 0..self.tabs.len() {
                self.log.push(&self.tabs[tab], true);
            }
        }
        for tab in &self.tabs {
            self.log.pull(tab).unwrap();
            finish(tab.refresh(&[])).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Holds: I1
    #[test]
    fn all_see_the_same_in_the_end(steps in steps()) {
        let mut team = Team::new();
        for step in &steps {
            team.step(step);
        }
        team.settle();

        let first = seen(&team.tabs[0]);
        let heads = |memory: &Memory| -> Vec<_> {
            states(memory).into_values().map(|state| (state.document, state.heads)).collect()
        };
        for (tab, device) in team.tabs.iter().enumerate() {
            prop_assert_eq!(&seen(device), &first, "tab {}", tab);
            prop_assert_eq!(device.unsynced(), 0);
            prop_assert!(device.troubled().is_empty());
        }
        for memory in &team.profiles {
            prop_assert_eq!(heads(memory), heads(&team.profiles[0]));
            check_model(memory);
        }
        for (document, key) in &team.saved {
            let row = team.tabs[3].model().row(*document, *key);
            prop_assert!(row.is_some_and(|row| !row.gone), "{} was shown as saved", key);
        }
    }
}
