//! The one thread that writes.
//!
//! Work that waits together runs in one transaction and shares its commit, which is the
//! only part that waits for the disk. Each piece of work has a savepoint of its own, so one that
//! fails takes nothing with it; nobody is answered before the commit.

use std::ops::Deref;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};
use wire::{Seq, SpaceId};

use super::fault::{Fault, closed};
use super::schema::OpenError;
use crate::limits::GROUP;
use crate::store::StoreError;
use crate::store::watches::Watches;

/// Does its part of a transaction; what it returns is called with how the commit went.
type Work = Box<dyn FnOnce(&mut Pass<'_>) -> Answer + Send>;
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// The way to the thread.
///
/// The queue has no bound of its own, since waiting at its door would mix up the order of those who
/// wait. Its bound is that of its callers: a connection hands in one batch and waits for the answer,
/// and all connections together have no more in work than `--work-bytes`.
pub(super) struct Writer {
    queue: Option<mpsc::UnboundedSender<Work>>,
    thread: Option<JoinHandle<()>>,
}

/// A transaction in the making, as work sees it.
pub(super) struct Pass<'c> {
    connection: &'c Connection,
    news: Vec<(SpaceId, Seq)>,
}

impl Writer {
    pub(super) fn start(connection: Connection, watches: Arc<Watches>) -> Result<Self, OpenError> {
        let (queue, work) = mpsc::unbounded_channel();
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || run(&connection, work, &watches))
            .map_err(|source| OpenError::Io { path: "a thread".into(), source })?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Has the thread do `work`, in the order of these calls, whether or not anybody waits for the
    /// answer.
    pub(super) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Pass<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> impl Future<Output = Result<T, StoreError>> + Send + 'static {
        let (reply, answer) = oneshot::channel();
        let work: Work = Box::new(move |pass| {
            let done = pass.attempt(work);
            Box::new(move |committed| {
                // Whoever asked may have gone away.
                let _ = reply.send(done.and_then(|value| committed.map(|()| value)));
            })
        });
        let sent = self.queue.as_ref().is_some_and(|queue| queue.send(work).is_ok());
        async move { if sent { answer.await.map_err(|_| closed())? } else { Err(closed()) } }
    }
}

impl Drop for Writer {
    /// Waits until all that was handed in is done and the file is closed.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Pass<'_> {
    /// To be told to those who watch the space, once this transaction is durable.
    pub(super) fn tell(&mut self, space: SpaceId, head: Seq) {
        self.news.push((space, head));
    }

    fn attempt<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        if self.connection.is_autocommit() {
            // No transaction, or one that an error took away: a savepoint would begin its own.
            return Err(lost());
        }
        let told = self.news.len();
        say(self.connection, "SAVEPOINT work")?;
        let done = work(self).and_then(|value| {
            say(self.connection, "RELEASE work")?;
            Ok(value)
        });
        done.map_err(|fault| {
            self.news.truncate(told);
            // After some errors SQLite has rolled everything back and there is no savepoint any
            // more; `run` sees that and lets nobody believe in this transaction.
            let _ = self.connection.execute_batch("ROLLBACK TO work; RELEASE work");
            StoreError::from(fault)
        })
    }
}

impl Deref for Pass<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

fn run(connection: &Connection, mut queue: mpsc::UnboundedReceiver<Work>, watches: &Watches) {
    while let Some(first) = queue.blocking_recv() {
        let mut answers = Vec::new();
        let mut pass = Pass { connection, news: Vec::new() };
        let mut next = Some(first);
        let mut state = begin(connection);
        while let Some(work) = next {
            answers.push(work(&mut pass));
            if state.is_ok() && connection.is_autocommit() {
                state = Err(lost());
            }
            let full = answers.len() >= GROUP || state.is_err();
            next = if full { None } else { queue.try_recv().ok() };
        }
        let committed = state.and_then(|()| commit(connection));
        match &committed {
            Ok(()) => {
                for (space, head) in &pass.news {
                    watches.announce(space, *head);
                }
            }
            Err(error) => tracing::error!(%error, works = answers.len(), "a transaction was lost"),
        }
        for answer in answers {
            answer(committed.clone());
        }
    }
}

fn begin(connection: &Connection) -> Result<(), StoreError> {
    Ok(say(connection, "BEGIN IMMEDIATE")?)
}

fn commit(connection: &Connection) -> Result<(), StoreError> {
    say(connection, "COMMIT").map_err(|fault| {
        let _ = connection.execute_batch("ROLLBACK");
        fault.into()
    })
}

/// One statement that answers nothing, read by SQLite once and kept.
fn say(connection: &Connection, statement: &str) -> Result<(), Fault> {
    connection.prepare_cached(statement)?.execute([])?;
    Ok(())
}

fn lost() -> StoreError {
    StoreError::Failed("the transaction was lost before its end".to_owned())
}
