//! A small executor whose every choice is the caller's.
//!
//! Each task belongs to a tab. When the tab dies its tasks are dropped where they stand, in the
//! midst of whatever they awaited.

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use super::tab::Tab;

/// Something that a tab is doing.
pub(super) struct Task {
    tab: Rc<Tab>,
    flag: Arc<Flag>,
    waker: Waker,
    future: Pin<Box<dyn Future<Output = ()>>>,
}

/// Whether a task can go on.
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Task {
    pub(super) fn new(tab: Rc<Tab>, future: impl Future<Output = ()> + 'static) -> Self {
        let flag = Arc::new(Flag(AtomicBool::new(true)));
        let waker = Waker::from(Arc::clone(&flag));
        Self { tab, flag, waker, future: Box::pin(future) }
    }

    /// Whether a step of it makes sense at `now`.
    pub(super) fn is_ready(&self, now: u64) -> bool {
        self.flag.0.load(Ordering::Relaxed) && !self.tab.is_frozen(now)
    }

    pub(super) fn tab(&self) -> &Rc<Tab> {
        &self.tab
    }

    /// Goes on to where it waits next; true if it is done.
    pub(super) fn step(&mut self) -> bool {
        self.flag.0.store(false, Ordering::Relaxed);
        let mut context = Context::from_waker(&self.waker);
        matches!(self.future.as_mut().poll(&mut context), Poll::Ready(()))
    }
}
