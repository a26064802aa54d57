//! A question to the device. It outlives a connection: an answer that comes late is still the answer to
//! its own question, so only the one to the last question counts.

#[derive(Debug)]
pub(super) struct Asked<T> {
    open: usize,
    answer: Option<T>,
}

impl<T> Default for Asked<T> {
    fn default() -> Self {
        Self { open: 0, answer: None }
    }
}

impl<T> Asked<T> {
    /// The question was put.
    pub(super) fn ask(&mut self) {
        self.open += 1;
        self.answer = None;
    }

    /// An answer came.
    pub(super) fn answered(&mut self, answer: T) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.answer = Some(answer);
        }
    }

    /// The answer to the last question, once.
    pub(super) fn take(&mut self) -> Option<T> {
        self.answer.take()
    }
}
