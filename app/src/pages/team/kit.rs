//! The recovery kit: what it is for, whether there is one, and making another.

use leptos::{prelude::*, task::spawn_local};

use super::{going::Asked, use_desk};
use crate::{
    texts::roster as t,
    ui::{
        icons::{Glyph, Icon},
        model::team::Team,
        section::Section,
        state::use_app,
        toast::use_toasts,
    },
};

/// What is to be said of the kit.
fn warning(team: &Team) -> Option<&'static str> {
    match (&team.kit, team.owner) {
        (None, true) => Some(t::kit_none()),
        (None, false) => Some(t::kit_none_not_yours()),
        (Some(kit), true) if kit.used => Some(t::kit_used()),
        (Some(kit), true) if kit.unprinted => Some(t::kit_unprinted()),
        (Some(_), _) => None,
    }
}

#[component]
pub fn KitSection() -> impl IntoView {
    let desk = use_desk();
    let told = Memo::new(move |_| desk.team.with(warning));
    let kept =
        Memo::new(move |_| desk.team.with(|team| team.kit.as_ref().map(|kit| t::kit_by(&kit.by))));
    let stale = Memo::new(move |_| desk.team.with(|team| team.stale_sheet));
    let owner = Memo::new(move |_| desk.team.with(|team| team.owner));
    let make = move |_| {
        let replaces = kept.with_untracked(Option::is_some);
        desk.going.set(Some(Asked::NewKit { replaces }));
    };
    let words = move || if kept.with(Option::is_some) { t::replace_kit() } else { t::make_kit() };
    view! {
        <Section title=t::kit()>
            <div class="stated">
                <p>{t::kit_for()}</p>
                <p class="support">{kept}</p>
                {move || {
                    told.get()
                        .map(|told| {
                            view! {
                                <p class="notice soon">
                                    <Icon glyph=Glyph::Alert />
                                    {told}
                                </p>
                            }
                        })
                }}
                <Show when=move || stale.get()>
                    <Stale />
                </Show>
                <Show when=move || owner.get()>
                    <div class="acts">
                        <button type="button" class="button" on:click=make>
                            <Icon glyph=Glyph::Printer small=true />
                            {words}
                        </button>
                    </div>
                </Show>
            </div>
        </Section>
    }
}

/// On the firm's page, while a team would lose everything with its last device.
#[component]
pub fn KitHint() -> impl IntoView {
    let app = use_app();
    let lacks = Memo::new(move |_| {
        let team = app.team();
        team.owner && team.kit.is_none() && app.workspace.with(|it| !it.sample && it.out.is_none())
    });
    view! {
        <Show when=move || lacks.get()>
            <a class="notice soon" href=super::PATH>
                <Icon glyph=Glyph::Alert small=true />
                <span>{t::kit_none()}</span>
            </a>
        </Show>
    }
}

/// A sheet that was printed here opens nothing any more.
#[component]
fn Stale() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let settle = move |_| {
        spawn_local(async move {
            if let Err(trouble) = app.act(|acts| (acts.sheet_settled)(())).await {
                toasts.trouble(&trouble);
            }
        });
    };
    view! {
        <div class="notice soon">
            <Icon glyph=Glyph::Alert />
            <p>{t::kit_stale()}</p>
            <button type="button" class="button quiet" on:click=settle>
                {t::is_destroyed()}
            </button>
        </div>
    }
}
