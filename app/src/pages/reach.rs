//! A tap calls or writes; afterwards a quiet line offers to log it, with everything filled in but what was said.

use handbook::{RecordId, records::Channel};
use leptos::prelude::*;

use super::{
    log::prefill::Prefill,
    shell::{Above, use_above},
};
use crate::{
    texts::{client as client_texts, find as t},
    ui::icons::{Glyph, Icon},
};

/// Whom somebody just called or wrote to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The client.
    pub client: RecordId,
    /// Their person, where it was a person's number.
    pub contact: Option<RecordId>,
    /// What they are called.
    pub name: String,
    /// By telephone or by e-mail.
    pub by: Way,
}

/// What a link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The telephone.
    Call,
    /// The mail program.
    Mail,
}

/// A link that calls or writes, and remembers that it was used.
#[component]
pub fn ReachLink(
    /// Number or address, as people write it.
    address: String,
    /// Whom it reaches.
    reached: Reached,
    /// What it is called for screen readers.
    label: String,
    /// Further classes.
    #[prop(default = "icon-button")]
    class: &'static str,
) -> impl IntoView {
    let above = use_above();
    let (scheme, glyph) = match reached.by {
        Way::Call => ("tel", Glyph::Phone),
        Way::Mail => ("mailto", Glyph::Mail),
    };
    let href = format!("{scheme}:{}", address.replace(' ', ""));
    view! {
        <a
            class=class
            href=href
            aria-label=label
            rel="external"
            on:click=move |_| above.reached.set(Some(reached.clone()))
        >
            <Icon glyph=glyph />
        </a>
    }
}

/// The line. It stands there from the tap on, so it is what somebody comes back to.
#[component]
pub fn LogIt() -> impl IntoView {
    let above = use_above();
    move || above.reached.get().map(|reached| line(above, reached))
}

fn line(above: Above, reached: Reached) -> impl IntoView {
    let (words, channel) = match reached.by {
        Way::Call => (t::called(&reached.name), Channel::Call),
        Way::Mail => (t::wrote(&reached.name), Channel::Email),
    };
    let log = move |_| {
        above.reached.set(None);
        above.log_prefilled(Prefill {
            client: Some(reached.client),
            contacts: reached.contact.into_iter().collect(),
            channel: Some(channel),
            ..Prefill::default()
        });
    };
    view! {
        <div class="log-it" role="status">
            <p>{words}</p>
            <button type="button" class="button" on:click=log>
                <Icon glyph=Glyph::Pen small=true />
                {t::log_it()}
            </button>
            <button type="button" class="button plain" on:click=move |_| above.reached.set(None)>
                {t::not_now()}
            </button>
        </div>
    }
}

/// What the link of a person is called: "Call: Zoë Müller".
pub fn label(by: Way, name: &str) -> String {
    let words = match by {
        Way::Call => client_texts::call(),
        Way::Mail => client_texts::mail(),
    };
    format!("{words}: {name}")
}
