//! Giving out rows.

use wire::limits::MAX_PULL_BYTES;
use wire::{CloseReason, Hash, Millis, Refusal, RelayFrame, Row, RowBody, RowKind, Seq};

use super::{Member, Reply, Session};
use crate::log::{Author, Standing, invite_spent};
use crate::store::{Pulled, Store};

impl Session {
    pub(super) async fn pull(
        &mut self,
        store: &dyn Store,
        now: Millis,
        after: Seq,
        max_bytes: u32,
        reply: &mut Reply,
    ) {
        let Some(space) = self.space() else {
            return self.strike(Hash::ZERO, Refusal::Malformed, reply);
        };
        match store.pull(space, after, max_bytes.min(MAX_PULL_BYTES)).await {
            Ok(Some(pulled)) => self.give(pulled, now, reply),
            Ok(None) => self.strike(Hash::ZERO, Refusal::SpaceUnknown, reply),
            Err(error) => reply.fail(Hash::ZERO, &error),
        }
    }

    fn give(&mut self, pulled: Pulled, now: Millis, reply: &mut Reply) {
        let Some(member) = &mut self.member else { return };
        if let Some(refusal) = member.shut_out(&pulled.standing, now) {
            reply.refuse(Hash::ZERO, refusal);
            return reply.end(CloseReason::NotActive);
        }
        let Some(chain) = pulled.chain else {
            return self.strike(Hash::ZERO, Refusal::SeenMismatch, reply);
        };
        let head = pulled.standing.head;
        let rows = pulled.rows.into_iter().map(|row| member.view(row)).collect();
        member.told = member.told.max(head);
        reply.say(&RelayFrame::Rows { rows, head, chain });
    }
}

impl Member {
    /// Why this reader may read no more. Asked anew at every pull: the roster goes on.
    fn shut_out(&self, standing: &Standing, now: Millis) -> Option<Refusal> {
        match &self.author {
            Author::Device(key) => {
                standing.roster.active(key).is_none().then_some(Refusal::NotActive)
            }
            Author::Invite(invite) => invite_spent(&standing.roster, invite, now),
        }
    }

    /// The row as this reader gets it.
    fn view(&mut self, row: Row) -> Row {
        let mut has_it = false;
        while let Some(seq) = self.own.pop_front_if(|seq| *seq <= row.seq) {
            has_it = seq == row.seq;
        }
        let may_read = match self.author {
            Author::Device(_) => true,
            Author::Invite(_) => row.kind == RowKind::Roster,
        };
        match row.body {
            RowBody::Whole(_) if has_it || !may_read => Row { body: RowBody::HashOnly, ..row },
            _ => row,
        }
    }
}
