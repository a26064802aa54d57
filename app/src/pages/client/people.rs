//! The people at a client: how each stands to us, where they stand in the grid, who of us knows them, who has left.

pub mod grid;
pub mod met;
pub mod row;
pub mod turned;

use std::collections::BTreeMap;

use handbook::{
    Record, RecordId, Row,
    figures::touch::{Touch, conversations},
    known,
    records::{Contact, Touchpoint},
};
use leptos::prelude::*;

use self::{grid::Grid, met::WhoHasMet, row::PersonRow, turned::turned};
use super::{ClientPage, Subject};
use crate::{
    texts::{client as t, relationship, title_of},
    ui::{
        icons::{Glyph, Icon},
        place,
        section::{Empty, Section},
        state::use_app,
    },
};

#[component]
pub fn PeoplePage() -> impl IntoView {
    view! { <ClientPage tab="people" view=|subject| view! { <People subject=subject /> }.into_any() /> }
}

#[component]
fn People(subject: Subject) -> impl IntoView {
    let app = use_app();
    let people = Memo::new(move |_| {
        let mut people = subject.of_kind(Contact::KEY);
        people.sort_by_cached_key(|row| title_of(row).to_lowercase());
        people
    });
    let parted = move |left: bool| {
        let today = app.today();
        people.with(|people| {
            let gone = |row: &&Row| {
                Contact::KEYS.left_on.raw(row).as_date().is_some_and(|day| day <= today)
            };
            people.iter().filter(|row| gone(row) == left).cloned().collect::<Vec<_>>()
        })
    };
    let here = Memo::new(move |_| parted(false));
    let left = Memo::new(move |_| parted(true));
    let touches = Memo::new(move |_| {
        subject
            .rows
            .with(|rows| known::<Touchpoint>(rows).iter().filter_map(Touch::of).collect::<Vec<_>>())
    });
    let last = Memo::new(move |_| {
        let today = app.today();
        touches.with(|touches| last_spoken(touches, today))
    });
    let before = turned(subject, here);
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
                {move || {
                    here.get().into_iter().map(|row| view! { <PersonRow subject=subject row=row last=last before=before /> }).collect_view()
                }}
            </ul>
            <Grid subject=subject people=here />
            <WhoHasMet subject=subject people=here touches=touches />
            <Show when=move || left.with(|left| !left.is_empty())>
                <Section title=relationship::who_left()>
                    <ul class="people">
                        {move || {
                            left.get().into_iter().map(|row| view! { <PersonRow subject=subject row=row last=last before=before /> }).collect_view()
                        }}
                    </ul>
                </Section>
            </Show>
        </Show>
    }
}

/// The last conversation with each contact.
fn last_spoken(touches: &[Touch], today: chrono::NaiveDate) -> BTreeMap<RecordId, Touch> {
    let mut last: BTreeMap<RecordId, Touch> = BTreeMap::new();
    for touch in conversations(touches, chrono::NaiveDate::MIN, today) {
        for contact in &touch.contacts {
            let newer = last.get(contact).is_none_or(|known| known.on <= touch.on);
            if newer {
                last.insert(*contact, touch.clone());
            }
        }
    }
    last
}
