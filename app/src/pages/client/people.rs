//! The people at a client.

use handbook::{Choice, Record, Row, Value, records::Contact};
use leptos::prelude::*;

use super::{ClientPage, Subject};
use crate::{
    pages::reach::{self, ReachLink, Reached, Way},
    texts::{client as t, say, title_of},
    ui::{
        chip::Face,
        format,
        icons::{Glyph, Icon},
        place,
        section::Empty,
        state::use_app,
    },
};

#[component]
pub fn PeoplePage() -> impl IntoView {
    view! { <ClientPage tab="people" view=|subject| view! { <People subject=subject /> }.into_any() /> }
}

#[component]
fn People(subject: Subject) -> impl IntoView {
    let people = Memo::new(move |_| {
        let mut people = subject.of_kind(Contact::KEY);
        people.sort_by_cached_key(|row| {
            (!Contact::KEYS.left_on.raw(row).is_empty(), title_of(row).to_lowercase())
        });
        people
    });
    view! {
        <div class="filters">
            <a class="button firm" href=place::new_path(subject.document(), Contact::KEY)>
                <Icon glyph=Glyph::Plus small=true />
                {t::new_person()}
            </a>
            <a class="button" href=format!("/settings?client={}#import", subject.id)>
                {crate::texts::settings::import()}
            </a>
        </div>
        <Show
            when=move || people.with(|people| !people.is_empty())
            fallback=|| view! { <Empty text=t::no_people() /> }
        >
            <ul class="people">
                {move || people.get().into_iter().map(|row| view! { <PersonRow subject=subject row=row /> }).collect_view()}
            </ul>
        </Show>
    }
}

#[component]
fn PersonRow(subject: Subject, row: Row) -> impl IntoView {
    let app = use_app();
    let keys = &Contact::KEYS;
    let name = title_of(&row);
    let job: Vec<&str> = [&keys.job_title.raw(&row), &keys.department.raw(&row)]
        .into_iter()
        .filter_map(|value| value.as_text().filter(|text| !text.is_empty()))
        .collect();
    let roles: Vec<String> = keys
        .roles
        .get(&row)
        .unwrap_or_default()
        .into_iter()
        .map(|role| say(role.label()).to_owned())
        .collect();
    let stance = keys.stance.get(&row).ok().flatten().map(|stance| say(stance.label()));
    let left = keys
        .left_on
        .raw(&row)
        .as_date()
        .map(|day| format!("{} {}", t::left(), format::day(day, app.today())));
    let link = |field: &'static str, by: Way| {
        let address = row.get(field).members().first().and_then(Value::as_text)?.to_owned();
        let reached = Reached { client: subject.id, contact: Some(row.id), name: name.clone(), by };
        let label = reach::label(by, &name);
        Some(
            view! { <ReachLink address=address reached=reached label=label class="icon-button above" /> },
        )
    };
    let call = link("phones", Way::Call);
    let write = link("emails", Way::Mail);
    let detail =
        [format::list(&roles), stance.unwrap_or_default().to_owned(), left.unwrap_or_default()];
    let detail: Vec<String> = detail.into_iter().filter(|text| !text.is_empty()).collect();
    view! {
        <li class="person">
            <Face name=name.clone() />
            <div>
                <a class="firm-words row-link" href=place::record_path(subject.document(), row.key())>
                    {name.clone()}
                </a>
                <p class="support">{job.join(", ")}</p>
                <p class="quiet-words">{detail.join(" · ")}</p>
            </div>
            <div class="acts">{call} {write}</div>
        </li>
    }
}
