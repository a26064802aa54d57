//! What a device sees that is no longer of the team: that it is so, what it keeps, and how to delete that.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    platform::files,
    texts::{roster as t, settings, shell},
    ui::{
        icons::{Glyph, Icon},
        model::{Export, team::Removal},
        sheet::Dialog,
        state::{AppState, use_app},
        toast::{Toasts, use_toasts},
    },
};

/// On every page of a workspace that this device does not belong to any more.
#[component]
pub fn OutNotice() -> impl IntoView {
    let app = use_app();
    let out = Memo::new(move |_| app.workspace.with(|workspace| workspace.out));
    let asking = RwSignal::new(false);
    let what = move || match out.get() {
        Some(Removal::Left) => t::out_left(),
        _ => t::out_removed(),
    };
    view! {
        <Show when=move || out.with(Option::is_some)>
            <div class="notice soon out" role="status">
                <Icon glyph=Glyph::Alert />
                <div>
                    <p>
                        <strong class="firm-words">{what}</strong>
                        " "
                        {t::out_keeps()}
                    </p>
                    <OnlyHere />
                    <div class="acts">
                        <a class="button" href="/settings#export">
                            {t::export()}
                        </a>
                        <button type="button" class="button" on:click=move |_| asking.set(true)>
                            {t::empty_device()}
                        </button>
                    </div>
                </div>
            </div>
        </Show>
        <EmptyDialog open=asking />
    }
}

/// How much of what was done here nobody else has.
#[component]
fn OnlyHere() -> impl IntoView {
    let app = use_app();
    let only_here = Memo::new(move |_| app.device.with(|device| device.only_here));
    move || {
        let n = only_here.get();
        (n > 0).then(|| view! { <p>{t::only_here(n)}</p> })
    }
}

#[component]
fn EmptyDialog(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let lost = move || {
        let n = app.device.with(|device| device.only_here);
        (n > 0).then(|| t::lost_with_it(n))
    };
    view! {
        <Dialog id="empty-dialog" title=Signal::stored(t::empty_title().to_owned()) open=open>
            <p>{t::empty_help()}</p>
            <p class="firm-words">{lost}</p>
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::cancel()}
                </button>
                <button type="button" class="button firm" on:click=move |_| empty(app, toasts)>
                    {t::empty_device()}
                </button>
            </div>
        </Dialog>
    }
}

fn empty(app: AppState, toasts: Toasts) {
    spawn_local(async move {
        if let Err(trouble) = app.act(|acts| (acts.empty)(())).await {
            toasts.trouble(&trouble);
        }
    });
}

/// In place of the workspace, where the team wants everything here deleted. It happens by itself where nothing is only
/// here; else the person exports first.
#[component]
pub fn EmptyingPage() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let only_here = Memo::new(move |_| app.device.with(|device| device.only_here));
    if only_here.get_untracked() == 0 {
        empty(app, toasts);
    }
    let export = move |_| {
        spawn_local(async move {
            match app.act(|acts| (acts.export)(Export::Json)).await {
                Ok(file) => {
                    files::save(&file.name, file.media_type, file.bytes);
                    toasts.done(settings::exported());
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <main class="stopped">
            <h1>{t::wiping_title()}</h1>
            <p>{t::wiping_text()}</p>
            <Show
                when=move || { only_here.get() > 0 }
                fallback=|| view! { <p role="status">{t::wiping_now()}</p> }
            >
                <p class="firm-words">{move || t::lost_with_it(only_here.get())}</p>
                <div class="acts">
                    <button type="button" class="button firm" on:click=export>
                        {t::export_first()}
                    </button>
                    <button type="button" class="button" on:click=move |_| empty(app, toasts)>
                        {t::empty_device()}
                    </button>
                </div>
            </Show>
        </main>
    }
}
