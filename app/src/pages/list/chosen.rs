//! What is selected in a list.

use std::{collections::BTreeSet, sync::Arc};

use handbook::RecordId;
use leptos::prelude::*;

use super::Line;

/// The selection: it holds what is seen only, so that nothing is changed that a filter hides.
#[derive(Clone, Copy)]
pub struct Chosen {
    /// Whether boxes stand before the lines.
    pub selecting: RwSignal<bool>,
    ticked: RwSignal<BTreeSet<RecordId>>,
    last: StoredValue<Option<RecordId>>,
    found: Memo<Arc<Vec<Line>>>,
}

impl Chosen {
    /// Nothing yet.
    pub fn new(found: Memo<Arc<Vec<Line>>>) -> Self {
        Self {
            selecting: RwSignal::new(false),
            ticked: RwSignal::new(BTreeSet::new()),
            last: StoredValue::new(None),
            found,
        }
    }

    /// Begins or ends selecting; what was selected is forgotten.
    pub fn turn(&self) {
        self.ticked.set(BTreeSet::new());
        self.last.set_value(None);
        self.selecting.update(|selecting| *selecting = !*selecting);
    }

    /// Whether a record is selected; reactive.
    pub fn has(&self, id: RecordId) -> bool {
        self.ticked.with(|ticked| ticked.contains(&id))
    }

    /// Selects a record or not; with `reach` everything from the one touched last.
    pub fn tick(&self, id: RecordId, there: bool, reach: bool) {
        let from = self.last.get_value().filter(|_| reach).unwrap_or(id);
        let range = self.found.with_untracked(|found| {
            let place = |id: RecordId| found.iter().position(|line| line.id() == id);
            let (Some(a), Some(b)) = (place(from), place(id)) else { return vec![id] };
            let (first, last) = (a.min(b), a.max(b));
            found.get(first..=last).unwrap_or_default().iter().map(Line::id).collect()
        });
        self.ticked.update(|ticked| {
            for id in range {
                if there {
                    ticked.insert(id);
                } else {
                    ticked.remove(&id);
                }
            }
        });
        self.last.set_value(Some(id));
    }

    /// Selects all that is seen.
    pub fn all(&self) {
        let all = self.found.with_untracked(|found| found.iter().map(Line::id).collect());
        self.ticked.set(all);
    }

    /// The selected lines that are seen, in the order of the list; reactive.
    pub fn lines(&self) -> Vec<Line> {
        let ticked = self.ticked.get();
        self.found.with(|found| {
            found.iter().filter(|line| ticked.contains(&line.id())).cloned().collect()
        })
    }

    /// How many these are; reactive.
    pub fn count(&self) -> usize {
        self.ticked.with(|ticked| {
            self.found.with(|found| found.iter().filter(|line| ticked.contains(&line.id())).count())
        })
    }
}
