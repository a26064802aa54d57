//! What stands above a page's title: the way back to where it belongs.

use leptos::prelude::*;

use super::icons::{Glyph, Icon};

/// The way back to one page. Where several lie between, the page writes them itself.
#[component]
pub fn Back(
    /// Where it leads.
    #[prop(into)]
    to: String,
    /// What that page is called.
    words: &'static str,
) -> impl IntoView {
    view! {
        <nav class="crumbs">
            <a href=to>{words}</a>
            <Icon glyph=Glyph::ChevronEnd small=true />
        </nav>
    }
}
