//! Inviting a teammate: a role, then a link and its code.

use leptos::{prelude::*, task::spawn_local};

use super::team::role_word;
use crate::{
    platform::{address, dom},
    texts::{settings as t, shell},
    ui::{
        chip::RadioChip,
        icons::{Glyph, Icon},
        model::InviteRole,
        qr::QrCode,
        sheet::Dialog,
        state::use_app,
        toast::use_toasts,
    },
};

#[component]
pub fn InviteDialog(open: RwSignal<bool>) -> impl IntoView {
    let link = RwSignal::new(None::<String>);
    // A link is shown once: whoever comes back makes another one.
    Effect::new(move |_| {
        if !open.get() {
            link.set(None);
        }
    });
    view! {
        <Dialog id="invite-dialog" title=Signal::stored(t::invite().to_owned()) open=open>
            {move || match link.get() {
                None => view! { <Choose open=open link=link /> }.into_any(),
                Some(link) => view! { <Link open=open link=link /> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Choose(open: RwSignal<bool>, link: RwSignal<Option<String>>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let role = RwSignal::new(InviteRole::Editor);
    let working = RwSignal::new(false);
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        working.set(true);
        spawn_local(async move {
            let result = app.act(|acts| (acts.invite)(role.get_untracked())).await;
            let _ = working.try_set(false);
            match result {
                Ok(made) => {
                    let _ = link.try_set(Some(made));
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    let may = |role: InviteRole| match role {
        InviteRole::Owner => t::role_owner(),
        InviteRole::Editor => t::role_editor(),
        InviteRole::Reader => t::role_reader(),
    };
    let chips = [InviteRole::Editor, InviteRole::Reader, InviteRole::Owner]
        .map(|own| {
            let chosen = Signal::derive(move || role.get() == own);
            view! { <RadioChip name="invite-role" label=role_word(own) chosen=chosen on_choose=move |()| role.set(own) /> }
        })
        .collect_view();
    view! {
        <form class="fields" on:submit=make>
            <p class="lead">{t::invite_help()}</p>
            <fieldset class="field">
                <legend>{t::role()}</legend>
                <div class="chips">{chips}</div>
                <p class="help">{move || may(role.get())}</p>
            </fieldset>
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::cancel()}
                </button>
                <button type="submit" class="button firm" disabled=working>
                    {t::make_link()}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Link(open: RwSignal<bool>, link: String) -> impl IntoView {
    let toasts = use_toasts();
    let local = address::is_loopback(&address::origin());
    let copied = link.clone();
    let copy = move |_| {
        let copied = copied.clone();
        spawn_local(async move {
            if dom::copy_text(copied).await {
                toasts.done(t::copied())
            } else {
                toasts.done(t::not_copied())
            }
        });
    };
    view! {
        <div class="invite-code">
            <QrCode text=link.clone() label=t::code() />
            <div class="field">
                <label for="invite-link">{t::link()}</label>
                <textarea id="invite-link" class="input link-text" rows="3" readonly=true prop:value=link></textarea>
                <button type="button" class="button" on:click=copy>
                    <Icon glyph=Glyph::Copy small=true />
                    {t::copy_link()}
                </button>
            </div>
        </div>
        {local
            .then(|| {
                view! {
                    <p class="notice soon">
                        <Icon glyph=Glyph::Alert />
                        {t::local_only()}
                    </p>
                }
            })}
        <div class="acts">
            <button type="button" class="button" on:click=move |_| open.set(false)>
                {shell::close()}
            </button>
        </div>
    }
}
