//! The threads that read.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::fault::{Fault, closed};
use super::schema::{OpenError, open_to_read};
use crate::limits::READERS;
use crate::store::StoreError;

type Work = Box<dyn FnOnce(&Connection) + Send>;

/// The way to the threads. Those who ask wait for their answer before they ask again, so the queue
/// is never longer than there are connections.
pub(super) struct Readers {
    queue: Option<mpsc::Sender<Work>>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(super) fn start(file: &Path) -> Result<Self, OpenError> {
        let (queue, work) = mpsc::channel::<Work>();
        let work = Arc::new(Mutex::new(work));
        let mut threads = Vec::new();
        for number in 0..READERS {
            let (connection, work) = (open_to_read(file)?, work.clone());
            let thread = thread::Builder::new()
                .name(format!("store-reader-{number}"))
                .spawn(move || run(&connection, &work))
                .map_err(|source| OpenError::Io { path: "a thread".into(), source })?;
            threads.push(thread);
        }
        Ok(Self { queue: Some(queue), threads })
    }

    /// Has some thread do `work` within one snapshot of the file.
    pub(super) fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> impl Future<Output = Result<T, StoreError>> + Send + 'static {
        let (reply, answer) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let _ = reply.send(snapshot(connection, work).map_err(StoreError::from));
        });
        let sent = self.queue.as_ref().is_some_and(|queue| queue.send(work).is_ok());
        async move { if sent { answer.await.map_err(|_| closed())? } else { Err(closed()) } }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.queue = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn run(connection: &Connection, queue: &Mutex<mpsc::Receiver<Work>>) {
    loop {
        // Held while waiting: the next thread waits for the lock instead of the work.
        let work = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match work {
            Ok(work) => work(connection),
            Err(mpsc::RecvError) => return,
        }
    }
}

fn snapshot<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let view = connection.unchecked_transaction()?;
    let answer = work(&view);
    view.finish()?;
    answer
}
