//! The team's devices and its open invitations.

use leptos::{prelude::*, task::spawn_local};

use super::invite::InviteDialog;
use crate::{
    texts::settings as t,
    ui::{
        format,
        icons::{Glyph, Icon},
        model::{InviteRole, OpenInvite},
        section::Section,
        state::use_app,
        toast::use_toasts,
    },
};

/// "Owner", "Editor", "Reader".
pub(super) fn role_word(role: InviteRole) -> &'static str {
    match role {
        InviteRole::Owner => t::owner(),
        InviteRole::Editor => t::editor(),
        InviteRole::Reader => t::reader(),
    }
}

#[component]
pub fn Team() -> impl IntoView {
    let app = use_app();
    let inviting = RwSignal::new(false);
    let sample = Memo::new(move |_| app.workspace.with(|workspace| workspace.sample));
    let may_invite = Memo::new(move |_| {
        app.workspace.with(|workspace| workspace.may_invite && !workspace.sample)
    });
    view! {
        <div id="team">
            <Section title=t::team()>
                <ul>
                    {move || {
                        app.devices()
                            .into_iter()
                            .map(|device| {
                                view! {
                                    <li class="settings-row">
                                        <div>
                                            <p>{device.member}</p>
                                            <p class="support">{role_word(device.role)}", "{device.mark}</p>
                                        </div>
                                        {device.this.then(|| view! { <span class="tag">{t::this_device()}</span> })}
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
                <OpenInvites />
                <div class="form-foot">
                    <Show when=move || may_invite.get()>
                        <button type="button" class="button firm" on:click=move |_| inviting.set(true)>
                            <Icon glyph=Glyph::PersonPlus small=true />
                            {t::invite()}
                        </button>
                    </Show>
                    <Show when=move || sample.get()>
                        <p class="support">{t::sample_no_invite()}</p>
                    </Show>
                </div>
            </Section>
            <InviteDialog open=inviting />
        </div>
    }
}

#[component]
fn OpenInvites() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let take_back = move |invite: OpenInvite| {
        spawn_local(async move {
            match app.act(|acts| (acts.revoke)(invite)).await {
                Ok(()) => toasts.done(t::taken_back()),
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    move || {
        let invites = app.invites();
        (!invites.is_empty()).then(|| {
            let today = app.today();
            let lines = invites
                .into_iter()
                .map(|invite| {
                    let until = t::usable_until(&format::day(invite.until, today));
                    let role = role_word(invite.role);
                    let label = format!("{}: {role}, {until}", t::take_back());
                    view! {
                        <li class="settings-row">
                            <div>
                                <p>{role}</p>
                                <p class="support">{until}</p>
                            </div>
                            <button type="button" class="button" aria-label=label on:click=move |_| take_back(invite.clone())>
                                {t::take_back()}
                            </button>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <h3 class="sub-head">{t::invitations()}</h3>
                <ul>{lines}</ul>
            }
        })
    }
}
