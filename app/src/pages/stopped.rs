//! Why sync stopped: what is so, what is safe, what to do.

use leptos::{prelude::*, task::spawn_local};

use super::{shell::use_above, team};
use crate::{
    texts::{again, roster, settings, shell as t},
    ui::{model::Sync, sheet::Dialog, state::use_app, toast::use_toasts},
};

/// What the line about the relay leads to while sync is stopped.
#[component]
pub fn StopDialog() -> impl IntoView {
    let app = use_app();
    let above = use_above();
    let toasts = use_toasts();
    let open = app.why_stopped;
    let why = Memo::new(move |_| match app.sync.get() {
        Sync::Stopped(why) => Some(why),
        _ => None,
    });
    // It is over.
    Effect::new(move |_| {
        if why.with(Option::is_none) {
            open.set(false);
        }
    });
    let part = move |take: fn((&str, &str)) -> String| {
        why.with(|why| take(t::first_sentence(why.as_deref().unwrap_or_default())))
    };
    let title = Signal::derive(move || part(|(first, _)| first.trim_end_matches('.').to_owned()));
    let rest = move || part(|(_, rest)| rest.to_owned());
    let lacking = Memo::new(move |_| app.device.with(|device| device.at_relay.lacks_it()));
    let try_again = move |_| {
        spawn_local(async move {
            if let Err(trouble) = app.act(|acts| (acts.sync_now)(())).await {
                toasts.trouble(&trouble);
            }
        });
    };
    let paste = move |_| {
        open.set(false);
        above.set_up.set(true);
    };
    view! {
        <Dialog id="stop-dialog" title=title open=open>
            <p>{rest}</p>
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {t::close()}
                </button>
                <button type="button" class="button" on:click=try_again>
                    {settings::sync_now()}
                </button>
                <Show
                    when=move || lacking.get()
                    fallback=move || {
                        view! {
                            <a class="button" href=team::PATH on:click=move |_| open.set(false)>
                                {roster::title()}
                            </a>
                        }
                    }
                >
                    <button type="button" class="button firm" on:click=paste>
                        {again::paste()}
                    </button>
                </Show>
            </div>
        </Dialog>
    }
}
