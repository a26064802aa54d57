//! Where another app's *share* leads: files go to the import, text to the log sheet.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    drop::IMPORT,
    log::prefill::Prefill,
    shell::{Page, use_above},
};
use crate::{
    platform::share,
    texts::{error::Told, find as t, settings},
    ui::{state::Trouble, toast::use_toasts},
};

/// The page that what is shared arrives at; it leads on at once.
#[component]
pub fn SharedPage() -> impl IntoView {
    let above = use_above();
    let toasts = use_toasts();
    let navigate = use_navigate();
    spawn_local(async move {
        let shared = share::take().await;
        if shared.is_empty() {
            toasts.trouble(&Trouble(t::share_failed().to_owned()));
        }
        for error in &shared.unreadable {
            toasts.trouble(&Trouble(settings::unreadable(&error.told())));
        }
        let to = if shared.files.is_empty() { "/" } else { IMPORT };
        if !shared.files.is_empty() {
            above.dropped.set(shared.files);
        }
        if !shared.text.is_empty() {
            above.log_prefilled(Prefill { notes: shared.text, ..Prefill::default() });
        }
        navigate(to, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    view! {
        <Page title=Signal::stored(t::taking_shared().to_owned())>
            <p class="support" role="status">{t::taking_shared()}</p>
        </Page>
    }
}
