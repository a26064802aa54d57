//! Whoever is invited and has not come yet.

use leptos::{prelude::*, task::spawn_local};

use super::{role::role_word, use_desk};
use crate::{
    texts::{roster, settings as t},
    ui::{format, model::team::OpenInvite, section::Section, state::use_app, toast::use_toasts},
};

#[component]
pub fn Invites() -> impl IntoView {
    let desk = use_desk();
    let invites = Memo::new(move |_| desk.team.with(|team| team.invites.clone()));
    let lines = move || {
        invites.get().into_iter().map(|invite| view! { <Line invite=invite /> }).collect_view()
    };
    view! {
        <Show when=move || invites.with(|invites| !invites.is_empty())>
            <Section title=t::invitations() aside=move || invites.with(Vec::len)>
                <div class="entries">{lines}</div>
            </Section>
        </Show>
    }
}

#[component]
fn Line(invite: OpenInvite) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let today = app.today();
    let what = match (invite.for_device, invite.mine) {
        (false, _) => role_word(invite.role),
        (true, true) => roster::for_device(),
        (true, false) => roster::for_their_device(),
    };
    let until = if invite.until < today {
        roster::invite_over().to_owned()
    } else {
        t::usable_until(&format::day(invite.until, today))
    };
    let label = format!("{}: {what}, {until}", t::take_back());
    let (may_revoke, by) = (invite.may_revoke, invite.by.clone());
    let take_back = move |_| {
        let invite = invite.clone();
        spawn_local(async move {
            match app.act(|acts| (acts.revoke)(invite)).await {
                Ok(()) => toasts.done(t::taken_back()),
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <article class="entry" aria-label=what>
            <p class="entry-margin">{roster::invited()}</p>
            <h3 class="entry-head">{what}</h3>
            <div class="entry-acts">
                {may_revoke
                    .then(|| {
                        view! {
                            <button type="button" class="button quiet flush-end" aria-label=label on:click=take_back>
                                {t::take_back()}
                            </button>
                        }
                    })}
            </div>
            <p class="entry-body support">{roster::until_by(&until, &by)}</p>
        </article>
    }
}
