//! What is durable on a device, and what must be when something else is.

use std::collections::{BTreeMap, BTreeSet};

use device::doc_state::DocState;
use device::space_state::SpaceState;
use device::{Batch, Table};
use handbook::document;
use uuid::Uuid;
use wire::{ClientFrame, DeviceKey, Envelope, Hash, LogId, Roster, Seq, SessionId, Tag};

use super::{ChangeHash, Verdict, Witness};

/// What a device has stored.
#[derive(Clone, Default)]
pub(in super::super) struct Durable {
    pub(in super::super) changes: BTreeSet<ChangeHash>,
    /// The commands that made them, and in which documents.
    pub(super) commands: BTreeMap<Uuid, BTreeSet<Tag>>,
    /// Rows whose bytes are kept because they could not be applied.
    rows: BTreeSet<Hash>,
    cursor: Option<(LogId, Seq)>,
    sessions: Vec<SessionId>,
    /// Devices of whose removal it has read, in any life of the log.
    removed: BTreeSet<DeviceKey>,
    /// The team as it knows it.
    roster: Option<Roster>,
}

/// What a commit stores, as far as it matters here.
pub(in super::super) struct Stored {
    changes: Vec<(Tag, Vec<u8>)>,
    snapshots: Vec<(Tag, Vec<u8>)>,
    rows: Vec<Hash>,
    states: Vec<(Tag, Vec<u8>)>,
    gone: Vec<Tag>,
    space: Option<Vec<u8>>,
}

impl Stored {
    /// How many rows are kept because they cannot be applied.
    pub(in super::super) fn kept_rows(&self) -> usize {
        self.rows.len()
    }

    pub(in super::super) fn of(batch: &Batch) -> Self {
        let mut stored = Self {
            changes: Vec::new(),
            snapshots: Vec::new(),
            rows: Vec::new(),
            states: Vec::new(),
            gone: Vec::new(),
            space: None,
        };
        for (table, key, value) in &batch.put {
            let mut parts = key.split('/');
            let tag = parts.next().and_then(|tag| tag.parse::<Tag>().ok());
            match (table, tag, parts.next(), parts.next()) {
                (Table::Bytes, Some(tag), Some("change"), _) => {
                    stored.changes.push((tag, value.clone()));
                }
                (Table::Bytes, Some(tag), Some("snapshot"), _) => {
                    stored.snapshots.push((tag, value.clone()));
                }
                (Table::Bytes, _, Some("row"), Some(hash)) => {
                    stored.rows.extend(hash.parse::<Hash>());
                }
                (Table::Documents, Some(tag), ..) => stored.states.push((tag, value.clone())),
                (Table::Space, None, None, _) if key == "state" => {
                    stored.space = Some(value.clone());
                }
                _ => {}
            }
        }
        let gone = batch.delete.iter().filter(|(table, _)| *table == Table::Documents);
        stored.gone.extend(gone.filter_map(|(_, tag)| tag.parse::<Tag>().ok()));
        stored
    }
}

impl Witness {
    /// A device has stored something: everything that this claims must be so.
    pub(in super::super) fn stored(&mut self, profile: usize, stored: Stored) -> Verdict {
        for (tag, raw) in &stored.changes {
            self.keep(profile, *tag, raw)?;
        }
        for (tag, bytes) in &stored.snapshots {
            let snapshot = document::load(bytes)
                .map_err(|error| ("I8: a snapshot loads", error.to_string()))?;
            for change in snapshot.get_changes(&[]) {
                self.keep(profile, *tag, change.raw_bytes())?;
            }
        }
        self.durable.entry(profile).or_default().rows.extend(stored.rows);
        let changes = &self.changes;
        if let Some(durable) = self.durable.get_mut(&profile).filter(|_| !stored.gone.is_empty()) {
            let gone = |hash: &ChangeHash| {
                changes.get(hash).is_some_and(|change| stored.gone.contains(&change.tag))
            };
            durable.changes.retain(|hash| !gone(hash));
        }
        for (tag, bytes) in &stored.states {
            self.state(profile, *tag, bytes)?;
        }
        match stored.space {
            Some(bytes) => self.space(profile, &bytes),
            None => Ok(()),
        }
    }

    fn keep(&mut self, profile: usize, tag: Tag, raw: &[u8]) -> Verdict {
        let hash = self.learn(tag, raw)?;
        let command = self.changes.get(&hash).and_then(|change| change.command);
        let durable = self.durable.entry(profile).or_default();
        durable.changes.insert(hash);
        if let Some(command) = command {
            durable.commands.entry(command).or_default().insert(tag);
        }
        Ok(())
    }

    /// A document's state claims no more than is durable here, and than the relay holds.
    fn state(&self, profile: usize, tag: Tag, bytes: &[u8]) -> Verdict {
        let state: DocState = minicbor::decode(bytes)
            .map_err(|error| ("what is stored can be read", error.to_string()))?;
        let missing = |hash: &&_| !self.has(profile, hash);
        let heads: Vec<ChangeHash> = state.heads.as_slice().iter().map(|head| head.0).collect();
        if heads.iter().find(missing).is_some() {
            return Err(("I5: a state claims what is durable", format!("the heads of {tag}")));
        }
        let Some(log) = state.life.and_then(|life| self.logs.get(&life)) else { return Ok(()) };
        if state.relay_heads.as_slice().iter().any(|head| !log.holds(&head.0)) {
            let what = format!("the relay heads of {tag} name what no row holds");
            return Err(("I2: only held changes enter relay heads", what));
        }
        Ok(())
    }

    /// I5: the cursor is not ahead of what is durable.
    fn space(&mut self, profile: usize, bytes: &[u8]) -> Verdict {
        let state = SpaceState::decode(bytes)
            .map_err(|error| ("what is stored can be read", error.to_string()))?;
        let Some(place) = state.place else { return Ok(()) };
        let durable = self.durable.entry(profile).or_default();
        durable.sessions = place.sessions;
        durable.removed.extend(place.roster.gone_devices().map(|(device, _)| device.key));
        durable.roster = Some(place.roster);
        let Some(life) = place.log else { return Ok(()) };
        let before = match durable.cursor {
            Some((known, cursor)) if known == life => cursor,
            _ => 0,
        };
        durable.cursor = Some((life, place.cursor));
        if place.cursor < before {
            let what = format!("from {before} to {} within a life", place.cursor);
            return Err(("I5: the cursor only moves on", what));
        }
        let Some(log) = self.logs.get(&life) else { return Ok(()) };
        let rows = self.durable.get(&profile).map(|it| it.rows.clone()).unwrap_or_default();
        let waiting = log.rows(0, place.cursor).iter().filter(|row| rows.contains(&row.hash));
        let waiting: BTreeSet<ChangeHash> = waiting.flat_map(|row| &row.changes).copied().collect();
        for row in log.rows(before, place.cursor) {
            let kept = self.durable.get(&profile).is_some_and(|it| it.rows.contains(&row.hash));
            // What a covered row held comes with the row that covers it, and a snapshot that is not
            // needed holds no more than the rows below it, which may be kept.
            let here = |hash: &ChangeHash| self.has(profile, hash) || waiting.contains(hash);
            if !kept && !row.covered && !row.changes.iter().all(here) {
                let what = format!(
                    "row {} of {} with {} changes lies at or below cursor {}, from {before}",
                    row.seq,
                    row.tag,
                    row.changes.len(),
                    place.cursor
                );
                return Err(("I5: the cursor never runs ahead of what is durable", what));
            }
        }
        Ok(())
    }

    fn has(&self, profile: usize, hash: &ChangeHash) -> bool {
        self.durable.get(&profile).is_some_and(|durable| durable.changes.contains(hash))
    }

    /// I10: what a device sends is for nobody of whom it has read that the team removed them.
    pub(in super::super) fn for_whom(&self, profile: usize, message: &[u8]) -> Verdict {
        const RULE: &str = "I10: nothing is sent while somebody counts who was removed";
        let Some(durable) = self.durable.get(&profile) else { return Ok(()) };
        let (Ok(ClientFrame::Append { .. }), Some(roster)) =
            (ClientFrame::decode(message), &durable.roster)
        else {
            return Ok(());
        };
        match durable.removed.iter().find(|key| roster.active(key).is_some()) {
            Some(key) => Err((RULE, format!("{key}"))),
            None => Ok(()),
        }
    }

    /// I6: what a device sends is durable there, the session under which it sends it as well.
    pub(in super::super) fn sent(&mut self, profile: usize, message: &[u8]) -> Verdict {
        const RULE: &str = "I6: nothing is sent that is not durable";
        let Ok(ClientFrame::Append { envelope }) = ClientFrame::decode(message) else {
            return Ok(());
        };
        let opened = self.open(&envelope)?;
        if !opened.changes.iter().all(|hash| self.has(profile, hash)) {
            return Err((RULE, format!("a change of {}", opened.tag)));
        }
        let session = Envelope::parse(&envelope).map(|envelope| envelope.header.session);
        let durable = self.durable.get(&profile);
        let stored = session.is_ok_and(|session| {
            durable.is_some_and(|durable| durable.sessions.contains(&session))
        });
        if stored { Ok(()) } else { Err((RULE, "the session".to_owned())) }
    }
}
