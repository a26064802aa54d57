//! Applying a change that passed the check, and looking whether that was right.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change, LoadOptions, ReadDoc, TextEncoding};
use replica::check::{Rejected, check, parse};

/// A blank document.
pub(crate) fn blank() -> Automerge {
    Automerge::new_with_encoding(TextEncoding::Utf16CodeUnit)
}

/// A copy with an actor of its own.
pub(crate) fn copy(document: &Automerge) -> Automerge {
    document.fork().with_actor(automerge::ActorId::from([0xfe; 16]))
}

/// What a device does with the raw bytes of a change. If they pass, they must do no harm.
pub(crate) fn take(document: &Automerge, raw: &[u8]) -> Result<Automerge, Rejected> {
    let change = parse(raw)?;
    check(document, &change)?;
    let after = catch_unwind(AssertUnwindSafe(|| apply(document, change)));
    Ok(after.unwrap_or_else(|_| panic!("passed the check and broke Automerge: {raw:02x?}")))
}

fn apply(document: &Automerge, change: Change) -> Automerge {
    let (hash, raw) = (change.hash(), change.raw_bytes().to_vec());
    let mut after = copy(document);
    after.apply_changes([change]).unwrap();
    let kept = after.get_change_by_hash(&hash).unwrap();
    assert_eq!(kept.raw_bytes(), raw, "the change does not keep its bytes");
    let stored = after.save_nocompress();
    let options = LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
    let loaded = Automerge::load_with_options(&stored, options).expect("it loads again");
    assert_eq!(loaded.get_heads(), after.get_heads());
    assert_eq!(loaded.hydrate(None), after.hydrate(None));
    assert_eq!(loaded.get_changes(&[]).len(), after.get_changes(&[]).len());
    after
}
