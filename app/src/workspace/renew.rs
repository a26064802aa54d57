//! What a change does to an open space: what was remembered is renewed, then the search and the pages are told.

use std::{collections::BTreeSet, rc::Rc, sync::Arc};

use device::Changed;
use handbook::{
    DocumentId, Record, Row,
    records::{Client, Member, Rollout, Settings},
};
use leptos::{prelude::*, task::spawn_local};

use super::{describe, space::Space, status};
use crate::{
    platform::timer,
    texts::error::Told,
    ui::model::{Stage, team::Removal},
};

/// How long pages are left alone while many documents arrive at once, milliseconds.
const BETWEEN_ROUNDS_MS: u32 = 1_000;

/// What was read again after a change, for the search and the pages.
pub(super) struct Renewed {
    documents: Vec<(DocumentId, Arc<Vec<Row>>)>,
    /// The same documents, and those on whose pages they are read.
    shown: BTreeSet<DocumentId>,
    kinds: Vec<&'static str>,
    /// Who is part of whom.
    clients_moved: bool,
    /// The firm, its people or the space itself: what is said of the workspace as a whole.
    described: bool,
    /// Somebody was erased.
    erased: bool,
}

impl Space {
    /// Takes in what others changed. What arrives meanwhile is gathered and taken in together, so that a first sync of
    /// a thousand clients is not a thousand times a new page.
    pub(super) fn gather(self: &Rc<Self>, changed: Changed) {
        match &mut *self.gathered.borrow_mut() {
            Some(gathered) => return gathered.extend(changed),
            none => *none = Some(changed),
        }
        let space = Rc::clone(self);
        spawn_local(async move {
            loop {
                let changed = {
                    let mut gathered = space.gathered.borrow_mut();
                    let Some(changed) = gathered.as_mut().map(std::mem::take) else { return };
                    if changed.is_empty() {
                        *gathered = None;
                        return;
                    }
                    changed
                };
                let many = changed.tags.len() > 1;
                space.take_in(changed).await;
                if many {
                    timer::sleep(BETWEEN_ROUNDS_MS).await;
                }
            }
        });
    }

    /// Renews what was remembered of what changed, then lets the pages read again.
    async fn take_in(self: &Rc<Self>, changed: Changed) {
        let renewed = self.renew(changed).await;
        self.look_over().await;
        self.tell(renewed);
    }

    /// Renews what was remembered of what changed: from here on questions are answered anew.
    pub(super) async fn renew(self: &Rc<Self>, changed: Changed) -> Renewed {
        let documents: BTreeSet<DocumentId> =
            changed.records.iter().map(|(document, _)| *document).collect();
        let kinds: BTreeSet<&'static str> =
            changed.records.iter().map(|(_, key)| key.kind.key).collect();
        let settings_changed =
            kinds.contains(Settings::KIND.key) || kinds.contains(Member::KIND.key);
        let clients_moved = kinds.contains(Client::KIND.key)
            && self
                .memory
                .borrow()
                .merged
                .as_ref()
                .is_some_and(|known| **known != self.read_merged());
        // What is read as one changes as one.
        let shown: BTreeSet<DocumentId> =
            documents.iter().flat_map(|document| [*document, self.shown_in(*document)]).collect();
        {
            let mut memory = self.memory.borrow_mut();
            memory.lists.retain(|kind, _| !kinds.contains(kind));
            if clients_moved {
                memory.lists.clear();
                memory.forget_clients();
                memory.merged = None;
                memory.past = None;
            }
            if settings_changed {
                memory.forget_clients();
                memory.setting = None;
            }
            // Whether too many pilots run is said at each of them.
            if kinds.contains(Rollout::KIND.key) {
                memory.forget_clients();
            }
            if memory.past.as_ref().is_some_and(|(document, ..)| shown.contains(document)) {
                memory.past = None;
            }
            for document in &documents {
                memory.unsettled.remove(document);
            }
            for document in &shown {
                if let DocumentId::Client(client) = document {
                    memory.forget_client(*client);
                }
            }
        }
        let mut renewed = Vec::with_capacity(documents.len());
        for document in documents {
            match self.device.rows(document).await {
                Ok(rows) => {
                    let rows = Arc::new(rows);
                    self.memory.borrow_mut().renew(document, Arc::clone(&rows));
                    renewed.push((document, rows));
                }
                Err(error) => status::stopped(self, &error.told()),
            }
        }
        let described = settings_changed || changed.space;
        let kinds = kinds.into_iter().collect();
        let erased = changed.erased;
        Renewed { documents: renewed, shown, kinds, clients_moved, described, erased }
    }

    /// Lets the search know what was renewed, and the pages read again.
    pub(super) fn tell(self: &Rc<Self>, renewed: Renewed) {
        let Renewed { documents, shown, kinds, clients_moved, described, erased } = renewed;
        for (document, rows) in &documents {
            self.finder.put(*document, rows);
        }
        if described {
            let described = describe::workspace(self);
            // Said by a verified record of the roster, never by the relay.
            if described.out == Some(Removal::Wiped) {
                self.app.stage.set(Stage::Emptying);
            }
            if self.app.workspace.with_untracked(|known| *known != described) {
                self.app.workspace.set(described);
            }
        }
        status::show(self);
        match documents.as_slice() {
            [] if described => self.app.all_changed(),
            [] => {}
            [_] if !clients_moved => {
                shown.iter().for_each(|document| self.app.changed(document, &kinds));
            }
            _ => self.app.all_changed(),
        }
        if erased {
            self.app.erased.notify();
        }
    }
}
