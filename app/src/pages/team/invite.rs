//! Letting somebody in, or a further device of one's own: a link and its code, shown once.

use leptos::{prelude::*, task::spawn_local};

use super::{role::RoleChips, use_desk};
use crate::{
    platform::{address, dom},
    texts::{roster, settings as t, shell},
    ui::{
        icons::{Glyph, Icon},
        model::team::TeamRole,
        qr::QrCode,
        sheet::{Dialog, DialogFoot, open_while},
        state::use_app,
        toast::use_toasts,
    },
};

/// Whom the link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// Somebody new.
    Teammate,
    /// A further device of this person.
    Device,
}

#[component]
pub fn InviteDialog() -> impl IntoView {
    let desk = use_desk();
    let open = open_while(desk.inviting);
    let link = RwSignal::new(None::<String>);
    // A link is shown once: whoever comes back makes another one.
    Effect::new(move |_| {
        if !open.get() {
            link.set(None);
        }
    });
    let whom = Memo::new(move |_| desk.inviting.get().unwrap_or(Whom::Teammate));
    let title = Signal::derive(move || {
        match whom.get() {
            Whom::Teammate => t::invite(),
            Whom::Device => roster::link_device(),
        }
        .to_owned()
    });
    view! {
        <Dialog id="invite-dialog" title=title open=open>
            {move || match link.get() {
                None => view! { <Choose open=open link=link whom=whom.get() /> }.into_any(),
                Some(link) => view! { <Link open=open link=link whom=whom.get() /> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Choose(open: RwSignal<bool>, link: RwSignal<Option<String>>, whom: Whom) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let role = RwSignal::new(TeamRole::Editor);
    let working = RwSignal::new(false);
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        working.set(true);
        spawn_local(async move {
            let result = match whom {
                Whom::Teammate => app.act(|acts| (acts.invite)(role.get_untracked())).await,
                Whom::Device => app.act(|acts| (acts.invite_device)(())).await,
            };
            let _ = working.try_set(false);
            match result {
                Ok(made) => {
                    let _ = link.try_set(Some(made));
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    let help = match whom {
        Whom::Teammate => t::invite_help(),
        Whom::Device => roster::link_device_help(),
    };
    view! {
        <form class="fields" on:submit=make>
            <p class="lead">{help}</p>
            {(whom == Whom::Teammate).then(|| view! { <RoleChips name="invite-role" role=role /> })}
            <DialogFoot open=open words=t::make_link() unready=working />
        </form>
    }
}

#[component]
fn Link(open: RwSignal<bool>, link: String, whom: Whom) -> impl IntoView {
    let local = address::is_loopback(&address::origin());
    let (label, code) = match whom {
        Whom::Teammate => (t::link(), t::code()),
        Whom::Device => (roster::device_link(), roster::device_code()),
    };
    view! {
        <div class="invite-code">
            <QrCode text=link.clone() label=code />
            <div class="field">
                <label for="invite-link">{label}</label>
                <textarea id="invite-link" class="input link-text" rows="3" readonly=true prop:value=link.clone()></textarea>
                <CopyLink link=link />
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

/// Copies a link, or says that it has to be done by hand.
#[component]
pub fn CopyLink(link: String) -> impl IntoView {
    let toasts = use_toasts();
    let copy = move |_| {
        let link = link.clone();
        spawn_local(async move {
            if dom::copy_text(link).await {
                toasts.done(t::copied())
            } else {
                toasts.done(t::not_copied())
            }
        });
    };
    view! {
        <button type="button" class="button" on:click=copy>
            <Icon glyph=Glyph::Copy small=true />
            {t::copy_link()}
        </button>
    }
}
