//! How much a change may hold. Part of the check's version.

/// Operations of one change, and what they replace in all. Run lengths make many out of few bytes;
/// an import of some thousand records has some ten thousand.
pub const MAX_OPS: usize = 1 << 18;

/// Changes of one document, as a snapshot brings them. Twenty a working day for half a century.
pub const MAX_CHANGES: u64 = 1 << 18;

/// Operations of one document, as a snapshot brings them. Prose has one for each letter: this is a book of a
/// thousand pages about one client.
pub const MAX_DOCUMENT_OPS: u64 = 1 << 21;

/// The keys and messages of a document, bytes, each counted as often as it is repeated.
pub const MAX_DOCUMENT_BYTES: u64 = 64 << 20;

/// The key of a value in a map, bytes. The longest are a kind or a field and two ids.
pub const MAX_KEY: usize = 1 << 10;

/// The keys of all operations, bytes, each counted as often as it is used: Automerge unfolds them.
pub const MAX_KEY_BYTES: usize = 16 << 20;

/// An actor's id, bytes. Ours have 16; Automerge appends a few where an actor works on several
/// branches.
pub const MAX_ACTOR: usize = 32;

/// An author's id, bytes. Below 128, so that its length is one byte.
pub const MAX_AUTHOR: usize = 64;

/// The highest number of an operation. Automerge counts in 32 bits and panics beyond; it numbers
/// the next change by the highest of all, so there must be room above.
pub const MAX_COUNTER: u64 = 1 << 31;

/// How far above its past a change may number its operations. Automerge numbers by all that a
/// document has, which may be more than the past of a change written at an earlier state; but
/// numbers are not to be used up by a few hostile changes.
pub const MAX_LEAP: u64 = 1 << 20;

/// How deep objects may lie inside each other. Ours lie three deep; Automerge walks them by
/// recursion.
pub const MAX_DEPTH: usize = 16;
