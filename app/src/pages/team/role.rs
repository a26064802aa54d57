//! What somebody of the team may do.

use leptos::{prelude::*, task::spawn_local};

use super::use_desk;
use crate::{
    texts::{roster as t, settings},
    ui::{
        chip::RadioChip,
        model::team::TeamRole,
        sheet::{Dialog, DialogFoot, open_while},
        state::use_app,
        toast::use_toasts,
    },
};

/// "Owner", "Editor", "Reader".
pub fn role_word(role: TeamRole) -> &'static str {
    match role {
        TeamRole::Owner => settings::owner(),
        TeamRole::Editor => settings::editor(),
        TeamRole::Reader => settings::reader(),
    }
}

/// The three roles to choose from, and what the chosen one may do.
#[component]
pub fn RoleChips(name: &'static str, role: RwSignal<TeamRole>) -> impl IntoView {
    let may = move || match role.get() {
        TeamRole::Owner => t::role_owner(),
        TeamRole::Editor => t::role_editor(),
        TeamRole::Reader => t::role_reader(),
    };
    let chips = [TeamRole::Editor, TeamRole::Reader, TeamRole::Owner]
        .map(|own| {
            let chosen = Signal::derive(move || role.get() == own);
            view! { <RadioChip name=name label=role_word(own) chosen=chosen on_choose=move |()| role.set(own) /> }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{settings::role()}</legend>
            <div class="chips">{chips}</div>
            <p class="help">{may}</p>
        </fieldset>
    }
}

/// Asks for the new role of one person.
#[component]
pub fn RoleDialog() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let desk = use_desk();
    let open = open_while(desk.role);
    let role = RwSignal::new(TeamRole::Editor);
    let working = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(member) = desk.role.get() {
            role.set(member.role);
        }
    });
    let title = Signal::derive(move || {
        desk.role.with(|member| {
            member.as_ref().map(|member| t::change_role_of(&member.name)).unwrap_or_default()
        })
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(member) = desk.role.get_untracked() else { return };
        working.set(true);
        spawn_local(async move {
            let result = app.act(|acts| (acts.set_role)((member.id, role.get_untracked()))).await;
            let _ = working.try_set(false);
            match result {
                Ok(()) => {
                    let _ = desk.role.try_set(None);
                    toasts.done(t::role_saved());
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <Dialog id="role-dialog" title=title open=open>
            <form class="fields" on:submit=save>
                <RoleChips name="member-role" role=role />
                <DialogFoot open=open words=t::save_role() unready=working />
            </form>
        </Dialog>
    }
}
