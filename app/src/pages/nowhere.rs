//! What is said where there is nothing to show.

use leptos::prelude::*;

use super::shell::Page;
use crate::texts::shell as t;

/// An address that leads to no page.
#[component]
pub fn NowherePage() -> impl IntoView {
    view! { <Nothing title=t::not_found() why=t::not_found_why() /> }
}

/// A record that is not on this device.
#[component]
pub fn Missing() -> impl IntoView {
    view! { <Nothing title=t::record_not_here() why=t::record_missing() /> }
}

#[component]
pub fn Nothing(
    /// The title of the page and of the tab.
    title: &'static str,
    /// Why there is nothing.
    why: &'static str,
) -> impl IntoView {
    view! {
        <Page title=Signal::stored(title.to_owned())>
            <header class="page-head">
                <div>
                    <h1>{title}</h1>
                    <p class="lead">{why}</p>
                </div>
            </header>
            <div class="acts">
                <a class="button" href="/">
                    {t::to_today()}
                </a>
            </div>
        </Page>
    }
}
