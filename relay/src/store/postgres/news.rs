//! News between relays: who appended to which space.
//!
//! On a connection of its own, since LISTEN belongs to a connection and a notice is small. Notices
//! go out after the commit and not within it: PostgreSQL takes a lock of the whole server for a
//! transaction that notifies, and would make all commits wait for each other's disk. A notice
//! that is lost costs time and nothing else: heads are looked at again after every LISTEN, and
//! now and then.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_postgres::{AsyncMessage, Client};
use wire::{Seq, SpaceId};

use super::access::{Connector, DatabaseError, Wire, prepare};
use super::fault::{fixed, number, words};
use crate::limits::DATABASE_STATEMENT_WITHIN;
use crate::store::watches::Watches;

/// The channel of all relays on a database.
const CHANNEL: &str = "rapport";

/// How long the connection stays away after it broke: at first, and at most.
const AGAIN: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// The task that hears and tells.
pub(super) struct News {
    outbox: Arc<Outbox>,
    task: JoinHandle<()>,
}

/// What is to be told, only the last head of each space.
#[derive(Default)]
struct Outbox {
    heads: Mutex<HashMap<SpaceId, Seq>>,
    filled: Notify,
}

impl News {
    pub(super) fn start(connector: Connector, watches: Arc<Watches>, recheck: Duration) -> Self {
        let outbox: Arc<Outbox> = Arc::default();
        let task = tokio::spawn(run(connector, watches, outbox.clone(), recheck));
        Self { outbox, task }
    }

    /// Tells the other relays, soon.
    pub(super) fn tell(&self, space: SpaceId, head: Seq) {
        self.outbox.put(space, head);
        self.outbox.filled.notify_one();
    }
}

impl Drop for News {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The notice that a space has come to `head`, and the channel it goes to.
pub(super) fn notice(space: &SpaceId, head: Seq) -> [String; 2] {
    [CHANNEL.to_owned(), format!("{space} {head}")]
}

fn read(notice: &str) -> Option<(SpaceId, Seq)> {
    let (space, head) = notice.split_once(' ')?;
    Some((space.parse().ok()?, head.parse().ok()?))
}

impl Outbox {
    fn put(&self, space: SpaceId, head: Seq) {
        let mut heads = self.lock();
        let kept = heads.entry(space).or_default();
        *kept = head.max(*kept);
    }

    fn take(&self) -> HashMap<SpaceId, Seq> {
        std::mem::take(&mut *self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SpaceId, Seq>> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn run(connector: Connector, watches: Arc<Watches>, outbox: Arc<Outbox>, recheck: Duration) {
    let (first, most) = AGAIN;
    let mut pause = first;
    loop {
        let mut listened = false;
        let Err(error) = converse(&connector, &watches, &outbox, recheck, &mut listened).await;
        tracing::warn!(%error, "the connection for news broke; heads are looked at when it is back");
        pause = if listened { first } else { (pause * 2).min(most) };
        sleep(pause).await;
    }
}

/// Hears and tells for as long as the connection lasts, and says why it ended.
async fn converse(
    connector: &Connector,
    watches: &Arc<Watches>,
    outbox: &Outbox,
    recheck: Duration,
    listened: &mut bool,
) -> Result<Infallible, DatabaseError> {
    let (client, wire) = connector.connect().await?;
    let mut hearing = Ended(tokio::spawn(hear(wire, watches.clone())));
    // No row is written on this connection, so nothing of it needs to be on a disk.
    let listen = format!("SET synchronous_commit = off; LISTEN {CHANNEL}");
    in_time(async {
        prepare(&client).await?;
        Ok(client.batch_execute(&listen).await?)
    })
    .await?;
    *listened = true;
    let mut now_and_then = interval(recheck);
    now_and_then.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            // At once for the first time.
            _ = now_and_then.tick() => in_time(look(&client, watches)).await?,
            () = outbox.filled.notified() => tell(&client, outbox).await?,
            _ = &mut hearing.0 => {
                return Err(DatabaseError::Unreachable("it ended the connection".to_owned()));
            }
        }
    }
}

/// Ends a task with whoever holds this.
struct Ended(JoinHandle<()>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Moves the connection's bytes and announces what other relays tell.
async fn hear(mut wire: Wire, watches: Arc<Watches>) {
    while let Some(message) = poll_fn(|context| wire.poll_message(context)).await {
        match message {
            Ok(AsyncMessage::Notification(notice)) => match read(notice.payload()) {
                Some((space, head)) => watches.announce(&space, head),
                None => tracing::warn!(notice = notice.payload(), "a notice that is none of ours"),
            },
            Ok(_) => {}
            Err(error) => {
                tracing::debug!(error = words(&error), "the connection for news broke");
                return;
            }
        }
    }
}

async fn in_time<T>(
    work: impl Future<Output = Result<T, DatabaseError>>,
) -> Result<T, DatabaseError> {
    let late = |_| DatabaseError::Unreachable("it does not answer in time".to_owned());
    timeout(DATABASE_STATEMENT_WITHIN, work).await.unwrap_or_else(|elapsed| Err(late(elapsed)))
}

/// Tells what there is to tell. What could not be told stays.
async fn tell(client: &Client, outbox: &Outbox) -> Result<(), DatabaseError> {
    let heads = outbox.take();
    let notices = heads.iter().map(|(space, head)| notice(space, *head));
    let notices: Vec<String> = notices.map(|[_, notice]| notice).collect();
    let told = in_time(async {
        let notify = "SELECT pg_notify($1, notice) FROM unnest($2::text[]) notice";
        Ok(client.execute(notify, &[&CHANNEL, &notices]).await?)
    });
    if let Err(error) = told.await {
        heads.into_iter().for_each(|(space, head)| outbox.put(space, head));
        outbox.filled.notify_one();
        return Err(error);
    }
    Ok(())
}

/// Looks at the heads of all spaces that somebody watches here.
async fn look(client: &Client, watches: &Watches) -> Result<(), DatabaseError> {
    let watched = watches.watched();
    let watched: Vec<&[u8]> = watched.iter().map(|space| space.as_bytes().as_slice()).collect();
    if watched.is_empty() {
        // Still something is said, so that a connection which has died is noticed.
        client.batch_execute("SELECT 1").await?;
        return Ok(());
    }
    let heads =
        client.query("SELECT space, head FROM spaces WHERE space = ANY($1)", &[&watched]).await?;
    for row in heads {
        if let Ok(space) = fixed(row.get(0)) {
            watches.announce(&SpaceId(space), number(row.get(1)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_read_as_it_was_written() {
        let space = SpaceId([7; 32]);
        let [_, written] = notice(&space, 12);
        assert_eq!(read(&written), Some((space, 12)));
        for other in ["", "12", "x 12", &format!("{space} -1"), &space.to_string()] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn of_several_heads_only_the_last_is_told() {
        let (outbox, space) = (Outbox::default(), SpaceId([7; 32]));
        for head in [3, 5, 4] {
            outbox.put(space, head);
        }
        assert_eq!(outbox.take(), HashMap::from([(space, 5)]));
        assert_eq!(outbox.take(), HashMap::new());
    }
}
