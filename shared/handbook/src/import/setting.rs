//! What a file leaves unsaid, given by whoever imports it.

use crate::{ids::RecordId, records::Function, text::Defaults, words::Language};

/// What holds for a whole import.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The client to whom people, mails and visits belong where the file names none.
    pub client: Option<RecordId>,
    /// The function that touchpoints are booked under, where our member has none of their own.
    pub function: Function,
    /// Currency and UTC offset of what names none.
    pub defaults: Defaults,
    /// In which reasons are written.
    pub language: Language,
    /// Milliseconds since 1970; only keeps neighbouring ids together.
    pub now: u64,
}

impl Setting {
    /// No client chosen, euros and UTC, English.
    pub fn new(now: u64) -> Self {
        Self {
            client: None,
            function: Function::Engagement,
            defaults: Defaults::default(),
            language: Language::En,
            now,
        }
    }
}
