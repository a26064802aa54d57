//! What is asked before somebody goes or a new key begins: what happens, what stays, what comes next.

use leptos::{prelude::*, task::spawn_local};

use super::use_desk;
use crate::{
    texts::{roster as t, shell},
    ui::{
        model::team::{Going, Team, TeamDevice, TeamMember},
        sheet::{Dialog, open_while},
        state::{Pending, use_app},
        toast::use_toasts,
    },
};

/// What is asked about.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// Somebody is removed, with all devices.
    Member(TeamMember),
    /// One device of somebody is removed.
    Device(TeamMember, TeamDevice),
    /// This person leaves.
    Leave,
    /// A new key begins, and with it, where there is one that must not stay, another kit.
    NewKey,
    /// A recovery kit is made, which begins a new key.
    NewKit {
        /// Whether there is one already.
        replaces: bool,
    },
}

impl Asked {
    fn title(&self) -> String {
        match self {
            Self::Member(member) => t::remove_member(&member.name),
            Self::Device(member, device) => t::remove_device(&device.mark, &member.name),
            Self::Leave => t::leave_title().into(),
            Self::NewKey => t::new_key().into(),
            Self::NewKit { replaces } => kit_words(*replaces).into(),
        }
    }

    fn words(&self, wipe: bool) -> &'static str {
        match self {
            Self::Member(_) | Self::Device(..) if wipe => t::remove_and_wipe(),
            Self::Member(_) | Self::Device(..) => t::remove(),
            Self::Leave => t::leave(),
            Self::NewKey => t::new_key(),
            Self::NewKit { replaces } => kit_words(*replaces),
        }
    }

    /// The devices that are removed.
    fn devices(&self) -> Vec<TeamDevice> {
        match self {
            Self::Member(member) => member.devices.clone(),
            Self::Device(_, device) => vec![device.clone()],
            Self::Leave | Self::NewKey | Self::NewKit { .. } => Vec::new(),
        }
    }

    /// What happens, a sentence each.
    fn consequences(&self, team: &Team) -> Vec<String> {
        let devices = self.devices();
        let mut told = Vec::new();
        match self {
            Self::Leave => {
                told.push(t::leave_out().to_owned());
                told.push(t::leave_owed().to_owned());
                told.push(t::leave_back().to_owned());
                return told;
            }
            Self::NewKit { replaces } => {
                told.push(t::kit_ready().to_owned());
                told.push(t::kit_begins_key().to_owned());
                told.extend(replaces.then(|| t::kit_replaces().to_owned()));
            }
            Self::NewKey => told.push(t::key_help().to_owned()),
            Self::Member(_) | Self::Device(..) => {
                told.push(t::shut_out(devices.len()));
                told.push(t::new_key_begins().to_owned());
                told.push(t::unsent_stays().to_owned());
            }
        }
        if !team.invites.is_empty() {
            told.push(t::shuts_invites(team.invites.len()));
        }
        if devices.iter().any(|device| device.exposes_kit) {
            told.push(match team.owner {
                true => t::kit_replaced_with_it().to_owned(),
                false => t::kit_dropped_with_it().to_owned(),
            });
        }
        told
    }
}

fn kit_words(replaces: bool) -> &'static str {
    if replaces { t::replace_kit() } else { t::make_kit() }
}

/// Asks, does it, and shows the recovery kit that comes with it.
#[component]
pub fn Farewell() -> impl IntoView {
    let desk = use_desk();
    let open = open_while(desk.going);
    let title = Signal::derive(move || {
        desk.going.with(|asked| asked.as_ref().map(Asked::title).unwrap_or_default())
    });
    view! {
        <Dialog id="going-dialog" title=title open=open>
            {move || desk.going.get().map(|asked| view! { <Question asked=asked open=open /> })}
        </Dialog>
    }
}

#[component]
fn Question(asked: Asked, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let desk = use_desk();
    let wipe = RwSignal::new(false);
    let working = RwSignal::new(false);
    let devices = asked.devices();
    let goes = !devices.is_empty();
    let (told, last) = desk.team.with_untracked(|team| {
        (asked.consequences(team), asked == Asked::Leave && team.last_owner)
    });
    let act = {
        let asked = asked.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            working.set(true);
            let keys = devices.iter().map(|device| device.key.clone()).collect();
            let (doing, done): (Pending<_>, _) = match &asked {
                Asked::Member(_) | Asked::Device(..) => {
                    let going = Going { devices: keys, wipe: wipe.get_untracked() };
                    (app.act(|acts| (acts.remove)(going)), Some(t::removed_now()))
                }
                Asked::Leave => {
                    let leaving = app.act(|acts| (acts.leave)(()));
                    (Box::pin(async move { leaving.await.map(|()| None) }), None)
                }
                Asked::NewKey => (app.act(|acts| (acts.new_key)(false)), Some(t::new_key_done())),
                Asked::NewKit { .. } => (app.act(|acts| (acts.new_key)(true)), None),
            };
            spawn_local(async move {
                let result = doing.await;
                let _ = working.try_set(false);
                match result {
                    Ok(sheet) => {
                        let _ = desk.going.try_set(None);
                        let _ = desk.sheet.try_set(sheet);
                        if let Some(done) = done {
                            toasts.done(done);
                        }
                    }
                    Err(trouble) => toasts.trouble(&trouble),
                }
            });
        }
    };
    let words = {
        let asked = asked.clone();
        move || asked.words(wipe.get())
    };
    let told = told.into_iter().map(|told| view! { <li>{told}</li> }).collect_view();
    view! {
        <form class="fields" on:submit=act>
            {if last {
                view! { <p>{t::leave_last()}</p> }.into_any()
            } else {
                view! { <ul class="happens" aria-label=t::what_happens()>{told}</ul> }.into_any()
            }}
            {goes
                .then(|| {
                    view! {
                        <div class="field">
                            <label class="check">
                                <input
                                    type="checkbox"
                                    prop:checked=wipe
                                    aria-describedby="wipe-help"
                                    on:change=move |event| wipe.set(event_target_checked(&event))
                                />
                                <span>{t::wipe()}</span>
                            </label>
                            <p class="help" id="wipe-help">{t::wipe_help()}</p>
                        </div>
                    }
                })}
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::cancel()}
                </button>
                {(!last)
                    .then(|| {
                        view! {
                            <button type="submit" class="button firm" disabled=working>
                                {words}
                            </button>
                        }
                    })}
            </div>
        </form>
    }
}
