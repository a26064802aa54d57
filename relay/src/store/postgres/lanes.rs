//! Writes in the order in which they were asked for, one lane for each space.
//!
//! Work that waits in a lane runs together, in one transaction with one commit, which is the only
//! part that waits for the disk. Lanes do not wait for each other. What makes one piece of work fail
//! takes the whole transaction with it, so then each piece is done again by itself.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use wire::SpaceId;

use super::fault::{Fault, closed};
use super::pass::Pass;
use crate::limits::GROUP;
use crate::store::{Later, StoreError};

/// Something to be written.
pub(super) trait Work: Send + Sync + 'static {
    /// What is answered once it is durable.
    type Answer: Send + 'static;

    /// Does its part of a transaction. May be called again, after a transaction that was lost.
    fn run(&self, pass: &mut Pass<'_>) -> impl Future<Output = Result<Self::Answer, Fault>> + Send;
}

/// What a lane belongs to: a space, or the relay itself.
pub(super) type Lane = Option<SpaceId>;

/// A piece of work that somebody waits for.
pub(super) trait Job: Send {
    /// Does its part of a transaction and keeps the answer.
    fn run<'a>(&'a mut self, pass: &'a mut Pass<'_>) -> Later<'a, Result<(), Fault>>;

    /// Gives the answer, or says why there is none.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

/// Does all jobs in one transaction.
pub(super) trait Writer: Send + Sync + 'static {
    /// When this answers with success, all that they wrote is durable.
    fn write<'a>(
        &'a self,
        lane: Lane,
        jobs: &'a mut [Box<dyn Job>],
    ) -> Later<'a, Result<(), Fault>>;
}

/// The lanes in which there is something to do; nothing for all others.
///
/// A lane has no bound of its own, since waiting at its door would mix up the order of those who
/// wait. Its bound is that of its callers: a connection hands in one batch and waits for the answer.
pub(super) struct Lanes {
    writer: Arc<dyn Writer>,
    waiting: Arc<Waiting>,
    runtime: Handle,
}

#[derive(Default)]
struct Waiting(Mutex<HashMap<Lane, VecDeque<Box<dyn Job>>>>);

impl Lanes {
    /// Lanes that the runtime of the caller works on.
    pub(super) fn new(writer: Arc<dyn Writer>) -> Self {
        Self { writer, waiting: Arc::default(), runtime: Handle::current() }
    }

    /// Has `work` done, in the order of these calls, whether or not anybody waits for the answer.
    pub(super) fn write<W: Work>(
        &self,
        lane: Lane,
        work: W,
    ) -> impl Future<Output = Result<W::Answer, StoreError>> + Send + 'static {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Asked { work, done: None, reply });
        if self.waiting.push(lane, job) {
            self.runtime.spawn(run(self.writer.clone(), self.waiting.clone(), lane));
        }
        async move { answer.await.map_err(|_| closed())? }
    }
}

struct Asked<W: Work> {
    work: W,
    done: Option<W::Answer>,
    reply: oneshot::Sender<Result<W::Answer, StoreError>>,
}

impl<W: Work> Job for Asked<W> {
    fn run<'a>(&'a mut self, pass: &'a mut Pass<'_>) -> Later<'a, Result<(), Fault>> {
        Box::pin(async move {
            self.done = None;
            self.done = Some(self.work.run(pass).await?);
            Ok(())
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let Self { done, reply, .. } = *self;
        // Whoever asked may have gone away.
        let _ = reply.send(committed.and_then(|()| done.ok_or_else(closed)));
    }
}

impl Waiting {
    /// Whether the lane was empty, so that nobody works on it yet.
    fn push(&self, lane: Lane, job: Box<dyn Job>) -> bool {
        let mut lanes = self.lock();
        let idle = !lanes.contains_key(&lane);
        lanes.entry(lane).or_default().push_back(job);
        idle
    }

    /// What is to be done next in a lane. Once nothing is, the lane is gone.
    fn take(&self, lane: &Lane) -> Option<Vec<Box<dyn Job>>> {
        let mut lanes = self.lock();
        let queue = lanes.get_mut(lane).filter(|queue| !queue.is_empty());
        let Some(queue) = queue else {
            lanes.remove(lane);
            return None;
        };
        let group = queue.len().min(GROUP);
        Some(queue.drain(..group).collect())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Lane, VecDeque<Box<dyn Job>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Clears a lane whose work panicked: those who wait are told, and the next who comes begins anew.
struct Clear<'w>(&'w Waiting, Lane);

impl Drop for Clear<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().remove(&self.1);
        }
    }
}

async fn run(writer: Arc<dyn Writer>, waiting: Arc<Waiting>, lane: Lane) {
    let _clear = Clear(&waiting, lane);
    while let Some(mut jobs) = waiting.take(&lane) {
        let written = writer.write(lane, &mut jobs).await;
        match written {
            Err(fault) if jobs.len() > 1 && fault.is_of_the_work() => {
                for job in jobs {
                    let mut alone = [job];
                    let written = writer.write(lane, &mut alone).await;
                    answer(alone, written);
                }
            }
            written => answer(jobs, written),
        }
    }
}

fn answer(jobs: impl IntoIterator<Item = Box<dyn Job>>, written: Result<(), Fault>) {
    let written = written.map_err(StoreError::from);
    if let Err(error) = &written {
        tracing::error!(%error, "a transaction was lost");
    }
    for job in jobs {
        job.answer(written.clone());
    }
}
