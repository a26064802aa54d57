//! One person of the team: what they may do, their devices, and what can be done about both.

use leptos::prelude::*;

use super::{going::Asked, invite::Whom, role::role_word, use_desk};
use crate::{
    texts::{roster as t, settings as settings_texts},
    ui::{
        format,
        icons::{Glyph, Icon},
        model::team::{TeamDevice, TeamMember},
        place,
        state::use_app,
    },
};

use handbook::{DocumentId, Record, RecordKey, records::Member};

/// A member of the team, with the devices below.
#[component]
pub fn Entry(member: TeamMember) -> impl IntoView {
    let app = use_app();
    let desk = use_desk();
    let out = app.workspace.with(|workspace| workspace.out.is_some() || workspace.sample);
    let (owner, last_owner) = desk.team.with_untracked(|team| (team.owner, team.last_owner));
    let me = member.me;
    let name = member.name.clone();
    let path = place::record_path(DocumentId::Firm, RecordKey::new(Member::KIND, member.id));
    let devices = {
        let member = member.clone();
        member
            .devices
            .clone()
            .into_iter()
            .map(|device| {
                // Somebody's only device goes with them.
                let several = me || member.devices.len() > 1;
                let may_remove = !out && !device.this && several && (owner || me);
                view! { <Device device=device member=member.clone() may_remove=may_remove /> }
            })
            .collect_view()
    };
    let (for_role, for_removal) = (member.clone(), member.clone());
    let label = name.clone();
    let role_label = t::change_role_of(&name);
    let remove_label = t::remove_what(&name);
    view! {
        <article class="entry" aria-label=label>
            <p class="entry-margin">{role_word(member.role)}</p>
            <h3 class="entry-head">
                <a href=path>{name}</a>
                {me.then(|| view! { <span class="tag">{t::you()}</span> })}
            </h3>
            <div class="entry-acts">
                {(!out && owner && !(me && last_owner))
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button quiet"
                                aria-label=role_label
                                on:click=move |_| desk.role.set(Some(for_role.clone()))
                            >
                                {t::change_role()}
                            </button>
                        }
                    })}
                {(!out && owner && !me)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button quiet flush-end"
                                aria-label=remove_label
                                on:click=move |_| desk.going.set(Some(Asked::Member(for_removal.clone())))
                            >
                                {t::remove()}
                            </button>
                        }
                    })}
            </div>
            <div class="entry-body">
                <ul class="devices">{devices}</ul>
                {(!out && me)
                    .then(|| {
                        view! {
                            <div class="acts">
                                <button
                                    type="button"
                                    class="button quiet flush-start"
                                    on:click=move |_| desk.inviting.set(Some(Whom::Device))
                                >
                                    <Icon glyph=Glyph::Plus small=true />
                                    {t::link_device()}
                                </button>
                                <button
                                    type="button"
                                    class="button quiet"
                                    on:click=move |_| desk.going.set(Some(Asked::Leave))
                                >
                                    {t::leave()}
                                </button>
                            </div>
                        }
                    })}
            </div>
        </article>
    }
}

#[component]
fn Device(device: TeamDevice, member: TeamMember, may_remove: bool) -> impl IntoView {
    let app = use_app();
    let desk = use_desk();
    let name = t::device(&device.mark);
    let seen = {
        let seen = device.seen;
        let this = device.this;
        move || {
            let today = app.today();
            let told = seen.map(|at| {
                let day = format::day_or_today(at.date(), today);
                t::last_seen(&format!("{day} {}", format::clock(at.time())))
            });
            // Of this one everybody here knows.
            told.or_else(|| (!this).then(|| t::never_seen().to_owned()))
        }
    };
    let label = t::remove_what(&name);
    let this = device.this;
    let asked = Asked::Device(member, device.clone());
    view! {
        <li class="device">
            <Icon glyph=Glyph::Tablet small=true />
            <div>
                <span class="firm-words">{name}</span>
                {this.then(|| view! { <span class="tag">{settings_texts::this_device()}</span> })}
                <p class="support">{seen}</p>
            </div>
            {may_remove
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button quiet flush-end"
                            aria-label=label
                            on:click=move |_| desk.going.set(Some(asked.clone()))
                        >
                            {t::remove()}
                        </button>
                    }
                })}
        </li>
    }
}
