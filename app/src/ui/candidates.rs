//! Which records a link can lead to.

use handbook::{DocumentId, Home, Kind, RecordId};

use super::{input::pick::MANY, state::AppState};
use crate::texts::title_of;

/// Records of `kind` that a record in `document` may name, by title; reactive. Clients may be named from
/// everywhere, the firm's records too, and everything else within its own document.
pub fn candidates(
    app: &AppState,
    document: DocumentId,
    kind: &'static str,
) -> Vec<(RecordId, String)> {
    let Some(declared) = handbook::kind(kind) else { return Vec::new() };
    let mut found: Vec<(RecordId, String)> = if is_everywhere(declared) {
        app.list(kind).iter().map(|placed| (placed.row.id, title_of(&placed.row))).collect()
    } else {
        let rows = app.document(&document).unwrap_or_default();
        rows.iter()
            .filter(|row| row.kind.key == kind && !row.gone)
            .map(|row| (row.id, title_of(row)))
            .collect()
    };
    found.sort_by_cached_key(|(_, title)| title.to_lowercase());
    found
}

/// Whether there are more of them than a person scrolls through; reactive.
pub fn are_many(app: &AppState, kind: &'static str) -> bool {
    // Within one document there never are.
    handbook::kind(kind).is_some_and(|kind| is_everywhere(kind) && app.list(kind.key).len() > MANY)
}

fn is_everywhere(kind: &Kind) -> bool {
    kind.home == Home::Firm || kind.key == handbook::records::CLIENT
}
