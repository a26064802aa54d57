//! What is said where there is nothing to show.

use leptos::prelude::*;

use super::shell::Page;
use crate::texts::shell as t;

/// An address that leads to no page.
#[component]
pub fn NowherePage() -> impl IntoView {
    view! { <Nothing title=t::not_found() why=t::not_found() /> }
}

/// A record that is not on this device.
#[component]
pub fn Missing() -> impl IntoView {
    view! { <Nothing title="" why=t::record_missing() /> }
}

#[component]
pub fn Nothing(
    /// The title of the tab.
    title: &'static str,
    /// Why there is nothing.
    why: &'static str,
) -> impl IntoView {
    view! {
        <Page title=Signal::stored(title.to_owned())>
            <p>{why}</p>
            <p class="form-foot">
                <a class="button" href="/">
                    {t::today()}
                </a>
            </p>
        </Page>
    }
}
