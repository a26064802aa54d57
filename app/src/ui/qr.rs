//! A link as a code to scan.

use fast_qr::{ECL, Module, QRBuilder};
use leptos::prelude::*;

/// Modules of white around the code, as scanners ask.
const QUIET: usize = 4;

/// Draws the text as a QR code; nothing if it is too long for one.
#[component]
pub fn QrCode(
    /// What the code says.
    #[prop(into)]
    text: String,
    /// What the code is, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let code = QRBuilder::new(text).ecl(ECL::L).build().ok()?;
    let size = code.size;
    let path: String = (0..size * size)
        .filter(|at| code.data.get(*at).copied().is_some_and(Module::value))
        .map(|at| format!("M{} {}h1v1h-1z", at % size + QUIET, at / size + QUIET))
        .collect();
    let side = size + 2 * QUIET;
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges">
            <path d=path />
        </svg>
    })
}
