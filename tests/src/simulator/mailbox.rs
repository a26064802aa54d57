//! A queue that a task waits at.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// What waits for one reader.
pub(super) struct Mailbox<T> {
    waiting: RefCell<VecDeque<T>>,
    reader: RefCell<Option<Waker>>,
}

impl<T> Default for Mailbox<T> {
    fn default() -> Self {
        Self { waiting: RefCell::default(), reader: RefCell::default() }
    }
}

impl<T> Mailbox<T> {
    pub(super) fn put(&self, item: T) {
        self.waiting.borrow_mut().push_back(item);
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.borrow().is_empty()
    }

    pub(super) async fn next(&self) -> T {
        poll_fn(|context| match self.waiting.borrow_mut().pop_front() {
            Some(item) => Poll::Ready(item),
            None => {
                *self.reader.borrow_mut() = Some(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}
