//! Parts of a page that are drawn in a turn of their own, so that a page with much on it answers in between.

use leptos::{prelude::*, task::spawn_local};

use crate::platform::timer::Breath;

/// Draws its content in the turn after this one.
#[component]
pub fn NextTurn(content: impl Fn() -> AnyView + Send + 'static) -> impl IntoView {
    let due = RwSignal::new(false);
    spawn_local(async move {
        Breath::awaited().give_way().await;
        // The page may be gone by now.
        due.try_set(true);
    });
    move || due.get().then(&content)
}
