//! What goes into a document and what goes out of it.
//!
//! The change check takes what Automerge writes and nothing that breaks Automerge; the outbox
//! pushes all that the relay lacks.

mod by_hand;
mod flipped;
mod genuine;
mod history;
mod hostile;
mod mutated;
mod outbox;
mod safely;
mod written;
