//! A section with its heading over a hairline, and what stands where there is nothing yet.

use leptos::prelude::*;

/// A section of a page.
#[component]
pub fn Section(
    /// Its heading.
    #[prop(into)]
    title: String,
    /// What stands at the end of the heading's line: a count, a link.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// Its content.
    children: Children,
) -> impl IntoView {
    let heading = title.clone();
    view! {
        <section class="section" aria-label=title>
            <header class="section-head">
                <h2>{heading}</h2>
                {aside.map(|aside| view! { <div class="count">{move || aside.run()}</div> })}
            </header>
            {children()}
        </section>
    }
}

/// An empty place: one sentence why it exists, and at most one act.
#[component]
pub fn Empty(
    /// The sentence.
    #[prop(into)]
    text: String,
    /// The act.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
