//! What becomes a row.

use deadpool_postgres::Transaction;
use wire::{Envelope, Hash, LogId, Refusal, Seq, SpaceId, Tag, chain_start};

use super::fault::{Fault, fixed, int, number};
use super::lanes::Work;
use super::pass::Pass;
use super::spaces::Kept;
use super::{news, rows};
use crate::clock::Clock;
use crate::log::{self, Known, Quota, Tail, Verdict};
use crate::store::{Entry, Taken};

/// Appends what may be appended.
pub(super) struct Append {
    pub(super) entry: Entry,
    pub(super) quota: Quota,
    pub(super) clock: Clock,
}

/// Begins another life of the log.
pub(super) struct NewLife {
    pub(super) log: LogId,
    pub(super) clock: Clock,
}

impl Work for Append {
    type Answer = Result<Taken, Refusal>;

    async fn run(&self, pass: &mut Pass<'_>) -> Result<Self::Answer, Fault> {
        let Some(Kept { id, standing }) = pass.space() else {
            return Ok(Err(Refusal::SpaceUnknown));
        };
        let (id, space, head) = (*id, standing.space, standing.head);
        let verdict = match &self.entry {
            Entry::Envelope(envelope) => {
                let known = known(pass, id, &space, envelope).await?;
                log::decide_append(standing, &known, &self.quota, envelope, (self.clock)())
            }
            Entry::Record { author, bytes } => {
                let row = rows::place(pass, id, &wire::Record::hash_of(bytes)).await?;
                let known = Known { row, ..Known::default() };
                log::decide_record(standing, &known, &self.quota, author, bytes, (self.clock)())
            }
        };
        match verdict {
            Err(refusal) => Ok(Err(refusal)),
            Ok(Verdict::Held(seq)) => {
                // Who asks again has not heard the answer, and perhaps nobody has heard the news: the
                // relay that was to tell them may have died in between.
                pass.tell(space, head);
                Ok(Ok(Taken { seq, hint: None }))
            }
            Ok(Verdict::Add(addition)) => {
                let header = match &self.entry {
                    Entry::Envelope(envelope) => Some(&envelope.header),
                    Entry::Record { .. } => None,
                };
                pass.add(*addition, header).await.map(Ok)
            }
        }
    }
}

impl Work for NewLife {
    type Answer = Option<Seq>;

    async fn run(&self, pass: &mut Pass<'_>) -> Result<Option<Seq>, Fault> {
        let Some(kept) = pass.space() else { return Ok(None) };
        let life = log::decide_life(&kept.standing, self.log, (self.clock)());
        let space = kept.standing.space;
        let seq = pass.add(life, None).await?.seq;
        // Told with the commit: the operator's command ends right after it.
        let [channel, notice] = news::notice(&space, seq);
        pass.execute("SELECT pg_notify($1, $2)", &[&channel, &notice]).await?;
        Ok(Some(seq))
    }
}

/// What the log holds about an envelope.
async fn known(
    sql: &Transaction<'_>,
    space: i64,
    id: &SpaceId,
    envelope: &Envelope,
) -> Result<Known, Fault> {
    let header = &envelope.header;
    let query = sql
        .prepare_cached(
            "SELECT (SELECT seq FROM rows WHERE space = $1 AND hash = $2),
                 (SELECT counter FROM sessions WHERE space = $1 AND device = $3 AND session = $4),
                 (SELECT chain FROM rows WHERE space = $1 AND seq = $5),
                 last, rows, bytes, snapshot, covered, after, closed,
                 EXISTS (SELECT FROM receipts WHERE space = $1 AND generation = $7 AND device = $3)
             FROM (SELECT) AS one LEFT JOIN tails ON space = $1 AND tag = $6",
        )
        .await?;
    let attests = header.attests.as_ref().map(|of| of.as_bytes().as_slice());
    let row = sql
        .query_one(
            &query,
            &[
                &space,
                &envelope.hash().as_bytes().as_slice(),
                &header.device.as_bytes().as_slice(),
                &header.session.as_bytes().as_slice(),
                &int(header.seen.seq),
                &header.tag.as_bytes().as_slice(),
                &attests,
            ],
        )
        .await?;
    let seen: Option<&[u8]> = row.try_get(2)?;
    let seen = seen.map(fixed).transpose()?.map(Hash);
    let counted = |column| Ok::<_, Fault>(row.try_get::<_, Option<i64>>(column)?.map_or(0, number));
    Ok(Known {
        row: row.try_get::<_, Option<i64>>(0)?.map(number),
        counter: counted(1)?,
        seen: if header.seen.seq == 0 { Some(chain_start(id)) } else { seen },
        tail: Tail {
            last: counted(3)?,
            rows: counted(4)?,
            bytes: counted(5)?,
            snapshot: counted(6)?,
            covered: counted(7)?,
            after: row.try_get::<_, Option<&[u8]>>(8)?.map(fixed).transpose()?.map(Tag),
            closed: row.try_get::<_, Option<bool>>(9)?.unwrap_or_default(),
        },
        other: match header.other_tag() {
            Some(tag) => rows::tail(sql, space, &tag).await?,
            None => Tail::default(),
        },
        vouched: match header.names() {
            Some(named) => rows::vouched(sql, space, &named).await?,
            None => None,
        },
        receipt: row.try_get(10)?,
    })
}
