//! The team and its devices: who may read, who may no longer, the key, and the sheet of paper that lets an owner back in.

pub mod going;
pub mod gone;
pub mod invite;
pub mod invites;
pub mod kit;
pub mod member;
pub mod out;
pub mod role;
pub mod sheet;

use leptos::prelude::*;

use self::{
    going::{Asked, Farewell},
    invite::{InviteDialog, Whom},
    role::RoleDialog,
    sheet::SheetPage,
};
use super::{setup::SetUpNotice, shell::Page};
use crate::{
    texts::{roster as t, settings as settings_texts, shell},
    ui::{
        crumbs::Back,
        icons::{Glyph, Icon},
        model::team::{Sheet, Team, TeamMember},
        section::Section,
        state::use_app,
    },
};

/// Where this page is.
pub const PATH: &str = "/firm/team";

/// What the parts of this page share.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The team.
    pub team: Memo<Team>,
    /// Whom an invitation is being made for.
    pub inviting: RwSignal<Option<Whom>>,
    /// Whose role is being changed.
    pub role: RwSignal<Option<TeamMember>>,
    /// What is asked before somebody goes.
    pub going: RwSignal<Option<Asked>>,
    /// A recovery kit that has just been made and is on no paper yet.
    pub sheet: RwSignal<Option<Sheet>>,
}

#[component]
pub fn TeamPage() -> impl IntoView {
    let app = use_app();
    let desk = Desk {
        team: Memo::new(move |_| app.team()),
        inviting: RwSignal::new(None),
        role: RwSignal::new(None),
        going: RwSignal::new(None),
        sheet: RwSignal::new(None),
    };
    provide_context(desk);
    let printing = Memo::new(move |_| desk.sheet.with(Option::is_some));
    view! {
        <Page title=Signal::stored(t::title().to_owned())>
            {move || {
                if printing.get() { view! { <SheetPage /> }.into_any() } else { view! { <Whole /> }.into_any() }
            }}
            <InviteDialog />
            <RoleDialog />
            <Farewell />
        </Page>
    }
}

/// The desk that this page put up.
pub fn use_desk() -> Desk {
    expect_context::<Desk>()
}

#[component]
fn Whole() -> impl IntoView {
    let app = use_app();
    let desk = use_desk();
    let may_invite = Memo::new(move |_| app.workspace.with(|workspace| workspace.may_invite));
    let sample = Memo::new(move |_| app.workspace.with(|workspace| workspace.sample));
    let inside = Memo::new(move |_| app.workspace.with(|workspace| workspace.out.is_none()));
    let teamed = move || !sample.get() && inside.get();
    view! {
        <Back to="/firm" words=shell::firm() />
        <header class="page-head">
            <div>
                <h1>{t::title()}</h1>
                <p class="lead">{t::lead()}</p>
            </div>
            <div class="acts">
                <Show when=move || may_invite.get()>
                    <button
                        type="button"
                        class="button firm"
                        on:click=move |_| desk.inviting.set(Some(Whom::Teammate))
                    >
                        <Icon glyph=Glyph::PersonPlus small=true />
                        {settings_texts::invite()}
                    </button>
                </Show>
            </div>
        </header>
        <div class="team">
            <Show when=move || sample.get()>
                <p class="support">{settings_texts::sample_no_invite()}</p>
            </Show>
            <SetUpNotice />
            <Owed />
            <ToInvite />
            <People />
            <invites::Invites />
            <Show when=teamed>
                <kit::KitSection />
                <KeySection />
            </Show>
            <gone::Gone />
        </div>
    }
}

/// A key that is owed because somebody left.
#[component]
fn Owed() -> impl IntoView {
    let desk = use_desk();
    let owed = Memo::new(move |_| desk.team.with(|team| team.owes_rotation.then_some(team.owner)));
    move || {
        owed.get().map(|owner| {
            view! {
                <p class="notice soon">
                    <Icon glyph=Glyph::ClockAlert />
                    {if owner { t::owed_yours() } else { t::owed() }}
                </p>
            }
        })
    }
}

/// Those whose device a restored relay does not know any more.
#[component]
fn ToInvite() -> impl IntoView {
    let desk = use_desk();
    let names = Memo::new(move |_| desk.team.with(|team| team.to_invite.clone()));
    move || {
        let names = Some(names.get()).filter(|names| !names.is_empty());
        names.map(|names| {
            view! {
                <p class="notice soon">
                    <Icon glyph=Glyph::PersonPlus />
                    {t::to_invite(&names)}
                </p>
            }
        })
    }
}

#[component]
fn People() -> impl IntoView {
    let desk = use_desk();
    let counted = move || {
        desk.team.with(|team| {
            t::counted(team.members.len(), team.members.iter().map(|it| it.devices.len()).sum())
        })
    };
    let entries = move || {
        desk.team
            .with(|team| team.members.clone())
            .into_iter()
            .map(|member| view! { <member::Entry member=member /> })
            .collect_view()
    };
    view! {
        <Section title=t::people() aside=counted>
            <div class="entries">{entries}</div>
        </Section>
    }
}

/// The key that all of them share, and a new one by hand.
#[component]
fn KeySection() -> impl IntoView {
    let desk = use_desk();
    let number = move || desk.team.with(|team| t::key_number(team.epoch));
    let owner = Memo::new(move |_| desk.team.with(|team| team.owner));
    view! {
        <Section title=t::key()>
            <div class="stated">
                <p>{number}</p>
                <Show when=move || owner.get()>
                    <p class="support">{t::key_help()}</p>
                    <div class="acts">
                        <button type="button" class="button" on:click=move |_| desk.going.set(Some(Asked::NewKey))>
                            {t::new_key()}
                        </button>
                    </div>
                </Show>
            </div>
        </Section>
    }
}
