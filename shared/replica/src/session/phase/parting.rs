//! The relay says that this device is not active. It says so of itself: only a record of the
//! roster can make it true. So the device connects once more, as somebody who reads the roster
//! only, and looks for a record that names it.

use std::collections::HashMap;

use wire::{ClientFrame, Hash, LogId, Refusal, RelayFrame, Row, Seq, limits};

use super::greeting::{Comparison, compare, connect};
use super::{Phase, pulling, storing};
use crate::Place;
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::walk::{Reader, Walker};
use crate::session::{Cx, Effect, StopReason};

/// Waits for `Connected`, then for `Rows`.
#[derive(Debug)]
pub(in crate::session) struct Parting {
    /// From the cursor on; there once the relay has greeted.
    walker: Option<Walker>,
    /// The place there.
    place: Place,
    head: Seq,
}

pub(super) fn begin(member: &Member, line: &mut Line, nonce: &[u8; 32], version: u8) -> Phase {
    connect(member, line, nonce, version, true);
    Phase::Parting(Box::new(Parting { walker: None, place: member.place.clone(), head: 0 }))
}

impl Parting {
    pub(super) fn on(
        mut self: Box<Self>,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Phase {
        match event {
            Event::Nudge => Phase::Parting(self),
            Event::Frame(RelayFrame::Connected { log, head, chain_at_cursor, .. }) => {
                line.established(cx);
                self.head = head;
                self.greeted(member, line, cx, log, chain_at_cursor)
            }
            Event::Frame(RelayFrame::Rows { rows, head, chain }) => {
                self.head = self.head.max(head);
                self.take(member, line, cx, rows, &chain)
            }
            Event::Frame(RelayFrame::Refused {
                reason: Refusal::RateLimited | Refusal::Unavailable,
                ..
            }) => member.retry(line, cx),
            // Whoever was removed may read that. So it was not. What has a hash answers something
            // that this connection did not send.
            Event::Frame(RelayFrame::Refused { hash: Hash::ZERO, .. }) => {
                member.stop(line, cx, StopReason::NotActive)
            }
            Event::Frame(_) => Phase::Parting(self),
        }
    }

    fn greeted(
        mut self: Box<Self>,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        log: LogId,
        chain: Option<Hash>,
    ) -> Phase {
        match compare(member, log, self.head, chain) {
            Comparison::Same => {}
            Comparison::NewLife => self.place = member.place.in_new_life(log),
            Comparison::Stop(reason) => return member.stop(line, cx, reason),
        }
        self.walker = Some(Walker::at(&self.place));
        self.go_on(member, line, cx)
    }

    /// Asks for more, or has read everything.
    fn go_on(self: Box<Self>, member: &mut Member, line: &mut Line, cx: &mut Cx<'_>) -> Phase {
        match &self.walker {
            Some(walker) if walker.cursor < self.head => {
                let after = walker.cursor;
                line.send(&ClientFrame::Pull { after, max_bytes: limits::MAX_PULL_BYTES });
                Phase::Parting(self)
            }
            _ => member.stop(line, cx, StopReason::NotActive),
        }
    }

    fn take(
        mut self: Box<Self>,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        rows: Vec<Row>,
        chain: &Hash,
    ) -> Phase {
        let Some(walker) = &mut self.walker else { return Phase::Parting(self) };
        match rows.first() {
            // The answer to a pull that was asked twice.
            Some(first) if first.seq <= walker.cursor => return Phase::Parting(self),
            Some(_) => {}
            // There is more than the cursor, it was said.
            None => return member.retry(line, cx),
        }
        let seq = walker.cursor + 1;
        let known = self.place.roster.records();
        let mut reader = Reader { known, ring: None, sent: &mut HashMap::new() };
        match walker.walk(rows, chain, &mut reader) {
            Ok(walked) => self.place = walker.place(&self.place, &walked),
            Err(error) => return pulling::refuse(member, line, cx, error, seq),
        }
        match self.found(member) {
            Some(place) => {
                member.doubted = false;
                member.waits.storing += 1;
                line.ask(Effect::Removed { place });
                Phase::Storing(storing::Storing)
            }
            None => self.go_on(member, line, cx),
        }
    }

    /// The place with the records up to the one that removes this device, if there is one. Its
    /// cursor stays: what others did since is not for this device.
    fn found(&self, member: &Member) -> Option<Place> {
        let Place { roster, records, lost, .. } = &self.place;
        roster.removal(&member.secrets.device())?;
        Some(Place {
            roster: roster.clone(),
            records: records.clone(),
            lost: lost.clone(),
            walked: member.place.walked.min(records.len()),
            ..member.place.clone()
        })
    }
}
