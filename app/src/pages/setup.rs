//! The operator's set-up link on a device that has a workspace: it is set up where the relay does not have it.

use leptos::{prelude::*, task::spawn_local};

use super::shell::use_above;
use crate::{
    platform::dom,
    texts::{again as t, shell, start},
    ui::{
        icons::{Glyph, Icon},
        line::{Line, LineOf},
        model::{Arrived, AtRelay, Stage, Sync},
        sheet::Dialog,
        state::{AppState, use_app},
        toast::use_toasts,
        words::SyncLine,
    },
};

const LINK: &str = "set-up-link";

/// Where the workspace can be set up: why, and the way there.
#[component]
pub fn SetUpNotice() -> impl IntoView {
    let app = use_app();
    let above = use_above();
    let at_relay = Memo::new(move |_| app.device.with(|device| device.at_relay));
    let why = move || match at_relay.get() {
        AtRelay::Never => t::put_there(),
        _ => t::empty(),
    };
    view! {
        <Show when=move || at_relay.get().lacks_it()>
            <div class="notice soon">
                <Icon glyph=Glyph::Alert />
                <p>{why}</p>
                <button type="button" class="button quiet" on:click=move |_| above.set_up.set(true)>
                    {t::paste()}
                </button>
            </div>
        </Show>
    }
}

/// Asks before the workspace is set up; opened by a set-up link, or to paste one.
#[component]
pub fn SetUpDialog() -> impl IntoView {
    let app = use_app();
    let open = use_above().set_up;
    let at_relay = Memo::new(move |_| app.device.with(|device| device.at_relay));
    let firm = Memo::new(move |_| app.workspace.with(|workspace| workspace.firm.clone()));
    let arrived = Memo::new(move |_| match app.arrived.get() {
        Some(Arrived::Setup(token)) => Some(token),
        _ => None,
    });
    Effect::new(move |_| {
        if arrived.with(Option::is_some) {
            open.set(true);
        }
    });
    // Closed: the link is not asked about again.
    Effect::new(move |was: Option<bool>| {
        let now = open.get();
        if was == Some(true) && !now && app.stage.get_untracked() == Stage::Open {
            app.arrived.set(None);
        }
        now
    });
    let work = Work { doing: RwSignal::new(false), problem: RwSignal::new(None) };
    Effect::new(move |_| {
        if !open.get() {
            work.problem.set(None);
        }
    });
    // What the relay lacks; while something is done about it, and where that did not work, the question stays.
    let lacks = Memo::new(move |before: Option<&Option<AtRelay>>| {
        let failed = work.problem.with(Option::is_some) && at_relay.get() != AtRelay::There;
        let stays = work.doing.get() || failed;
        let now = Some(at_relay.get()).filter(|at_relay| at_relay.lacks_it());
        now.or(before.copied().flatten().filter(|_| stays))
    });
    let title = Signal::derive(move || match lacks.get() {
        Some(AtRelay::Never) => t::first_title(&firm.get()),
        Some(_) => t::again_title(&firm.get()),
        None => t::title().to_owned(),
    });
    view! {
        <Dialog id="set-up-dialog" title=title open=open>
            {move || {
                let given = arrived.get_untracked();
                match lacks.get() {
                    Some(lacks) => {
                        let never = lacks == AtRelay::Never;
                        view! { <Question given=given never=never open=open work=work /> }.into_any()
                    }
                    None => view! { <Otherwise by_link=given.is_some() open=open /> }.into_any(),
                }
            }}
        </Dialog>
    }
}

/// Whether it is being set up, and why that did not work.
#[derive(Clone, Copy)]
struct Work {
    doing: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
}

#[component]
fn Question(given: Option<String>, never: bool, open: RwSignal<bool>, work: Work) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let Work { doing: working, problem } = work;
    let pastes = given.is_none();
    let link = RwSignal::new(given.unwrap_or_default());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if link.with_untracked(|link| link.trim().is_empty()) {
            problem.set(Some(t::missing().into()));
            return dom::focus(LINK);
        }
        problem.set(None);
        working.set(true);
        spawn_local(async move {
            match app.act(|acts| (acts.set_up)(link.get_untracked())).await {
                Ok(()) => {
                    let firm = app.workspace.with_untracked(|workspace| workspace.firm.clone());
                    toasts.done(t::done(&firm));
                    let _ = open.try_set(false);
                }
                Err(trouble) => {
                    let _ = problem.try_set(Some(trouble.0));
                }
            }
            let _ = working.try_set(false);
        });
    };
    view! {
        <form class="fields" novalidate on:submit=submit>
            <div class="asked">
                {if never {
                    view! { <p>{t::put_there()}</p> }.into_any()
                } else {
                    view! {
                        <p>{t::empty()}</p>
                        <ul class="happens">
                            <li>{t::colleagues()}</li>
                            <li>{t::safe()}</li>
                            <li>{t::invitations()}</li>
                            <li>{t::backup()}</li>
                        </ul>
                    }
                        .into_any()
                }}
                <div role="alert">
                    {move || {
                        problem
                            .get()
                            .filter(|_| !pastes)
                            .map(|why| view! { <p class="notice late"><Icon glyph=Glyph::Alert />{why}</p> })
                    }}
                </div>
            </div>
            {pastes
                .then(|| {
                    view! {
                        <Line id=LINK label=start::setup_link() help=t::help() of=LineOf::Code text=link problem=problem />
                    }
                })}
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::cancel()}
                </button>
                <button type="submit" class="button firm" disabled=working>
                    {move || match (working.get(), never) {
                        (true, _) => t::working(),
                        (false, true) => t::set_up(),
                        (false, false) => t::set_up_again(),
                    }}
                </button>
            </div>
        </form>
    }
}

/// There is nothing to set up here, or that is not known yet.
#[component]
fn Otherwise(by_link: bool, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let at_relay = Memo::new(move |_| app.device.with(|device| device.at_relay));
    let why = move || match at_relay.get() {
        AtRelay::There => t::is_there().to_owned(),
        _ => match app.sync.get() {
            Sync::Stopped(why) => why,
            _ => t::asking().to_owned(),
        },
    };
    let unsaid = move || at_relay.get() == AtRelay::Unsaid;
    view! {
        <p>{why}</p>
        <Show when=unsaid>
            <SyncLine />
        </Show>
        <div class="acts">
            <button type="button" class="button" on:click=move |_| open.set(false)>
                {shell::close()}
            </button>
            {by_link
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=move |_| to_the_doors(app, open)>
                            {t::another()}
                        </button>
                    }
                })}
        </div>
    }
}

/// The link is opened as on a device without a workspace.
fn to_the_doors(app: AppState, open: RwSignal<bool>) {
    app.stage.set(Stage::Doors);
    open.set(false);
}
