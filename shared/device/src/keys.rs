//! The keys under which things are stored. They are stored too: never change one.

use automerge::ChangeHash;
use handbook::DocumentId;
use wire::{Hash, Tag};

/// The one `space_state`.
pub(crate) const SPACE_STATE: &str = "state";
/// The wrapped private keys of this device.
pub(crate) const DEVICE: &str = "device";
/// The wrapped ring of epoch keys.
pub(crate) const RING: &str = "ring";
/// The wrapped secret of the invite that is being used.
pub(crate) const INVITE: &str = "invite";
/// The wrapped recovery sheet by which this device is coming in.
pub(crate) const RECOVERY: &str = "recovery";
/// The wrapped set-up token of the relay.
pub(crate) const TOKEN: &str = "token";
/// Settings of this device alone: `setting/<name>`.
pub(crate) const SETTING: &str = "setting/";
/// What is known of a sealed object: `object/<address>`.
pub(crate) const OBJECT: &str = "object/";
/// Rows that are being applied at this moment: `applying/<tab>`.
pub(crate) const APPLYING: &str = "applying/";
/// Rows that were being applied when a tab died.
pub(crate) const SUSPECTS: &str = "suspects";

/// Tags whose documents went on under others: `closed/<tag>`.
pub(crate) const CLOSED: &str = "closed/";
/// Erasures that wait: `erasing/<document>`.
pub(crate) const ERASING: &str = "erasing/";
/// Sealed objects that the relay is to erase, or has erased: `erased/<address>`.
pub(crate) const ERASED: &str = "erased/";

/// All bytes of a document.
pub(crate) fn of(tag: Tag) -> String {
    format!("{tag}/")
}

/// One change.
pub(crate) fn change(tag: Tag, hash: &ChangeHash) -> String {
    format!("{tag}/change/{}", Hash(hash.0))
}

/// The document whole, at these heads.
pub(crate) fn snapshot(tag: Tag, heads: &[ChangeHash]) -> String {
    let parts: Vec<&[u8]> = heads.iter().map(|hash| hash.0.as_slice()).collect();
    format!("{tag}/snapshot/{}", wire::hash(b"rapport/device/heads/1", &parts))
}

/// A row that was set aside.
pub(crate) fn row(tag: Tag, row: &Hash) -> String {
    format!("{tag}/row/{row}")
}

/// The counter of human numbers of one kind in one year: `number/C/26`.
pub(crate) fn number(letter: &str, year: i32) -> String {
    format!("number/{letter}/{:02}", year.rem_euclid(100))
}

/// What is known of a closed tag.
pub(crate) fn closed(tag: Tag) -> String {
    format!("{CLOSED}{tag}")
}

/// The erasure that waits in a document.
pub(crate) fn erasing(document: DocumentId) -> String {
    format!("{ERASING}{document}")
}

/// Whether the relay has erased a sealed object.
pub(crate) fn erased(address: &Hash) -> String {
    format!("{ERASED}{address}")
}

/// What is known of one sealed object.
pub(crate) fn object(address: &Hash) -> String {
    format!("{OBJECT}{address}")
}

/// One piece of a sealed object; all of them sort in their order.
pub(crate) fn piece(address: &Hash, number: u64) -> String {
    format!("{address}/{number:08x}")
}
