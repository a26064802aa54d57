//! Giving out rows.

use wire::limits::MAX_PULL_BYTES;
use wire::{CloseReason, Hash, Millis, Refusal, RelayFrame, Row, RowBody, RowKind, Seq};

use super::{Member, Reply, Session};
use crate::log::{Author, Standing, invite_spent};
use crate::store::{Pulled, Store, StoreError};

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
            Ok(Some(pulled)) => match self.cut(store, pulled).await {
                Ok(pulled) => self.give(pulled, now, reply),
                Err(error) => reply.fail(Hash::ZERO, &error),
            },
            Ok(None) => self.strike(Hash::ZERO, Refusal::SpaceUnknown, reply),
            Err(error) => reply.fail(Hash::ZERO, &error),
        }
    }

    /// What a removed device may read of these rows: what lies up to the record that removed it.
    async fn cut(&self, store: &dyn Store, pulled: Pulled) -> Result<Pulled, StoreError> {
        let Some(member) = &self.member else { return Ok(pulled) };
        let Author::Removed(removal) = member.author else { return Ok(pulled) };
        let Some(kept) = readable(&pulled, &removal) else { return Ok(pulled) };
        let Pulled { standing, mut rows, .. } = pulled;
        rows.truncate(kept);
        let Some(last) = rows.last() else { return Ok(Pulled { standing, rows, chain: None }) };
        let arrival = store.arrive(member.space, member.key, last.seq).await?;
        let chain = arrival.and_then(|arrival| arrival.chain_at_cursor);
        Ok(Pulled { standing, rows, chain })
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

/// How many of the rows lie up to that record, or before the first record after it; `None` if all.
fn readable(pulled: &Pulled, removal: &Hash) -> Option<usize> {
    let records = pulled.standing.roster.records();
    let last = records.iter().position(|record| record == removal)?;
    let after = records.get(last + 1..)?;
    let later = |row: &Row| row.kind == RowKind::Roster && after.contains(&row.hash);
    let here = pulled.rows.iter().position(|row| row.hash == *removal).map(|at| at + 1);
    here.or_else(|| pulled.rows.iter().position(later))
}

impl Member {
    /// Why this reader may read no more. Asked anew at every pull: the roster goes on.
    fn shut_out(&self, standing: &Standing, now: Millis) -> Option<Refusal> {
        match &self.author {
            Author::Device(key) => {
                standing.roster.active(key).is_none().then_some(Refusal::NotActive)
            }
            Author::Invite(invite) => invite_spent(&standing.roster, invite, now),
            Author::Kit => {
                let kit = standing.roster.kit().filter(|kit| kit.key == self.key);
                kit.is_none().then_some(Refusal::NotActive)
            }
            Author::Removed(_) => None,
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
            // A life row holds nothing but that it is one: whoever finds it knows that the log was restored.
            Author::Invite(_) | Author::Kit | Author::Removed(_) => {
                matches!(row.kind, RowKind::Roster | RowKind::Life)
            }
        };
        match row.body {
            RowBody::Whole(_) if has_it || !may_read => Row { body: RowBody::HashOnly, ..row },
            _ => row,
        }
    }
}
