//! The engagements of a client: where each stands, what was accepted, agreed, demanded and handed over; the tools behind.

pub mod accept;
pub mod demands;
pub mod levels;
pub mod planning;
pub mod tools;
pub mod whole;

use handbook::{
    DocumentId, Record, RecordId, Row,
    lifecycles::Standing,
    records::{Demand, Engagement, MajorDeliverable, Sla},
};
use leptos::prelude::*;

use self::{
    demands::{Deliverables, Demands},
    levels::Agreements,
    tools::Tools,
    whole::Whole,
};
use super::{ClientPage, Subject};
use crate::{
    texts::engagement as t,
    ui::{
        icons::{Glyph, Icon},
        place,
        section::Empty,
    },
};

#[component]
pub fn EngagementsPage() -> impl IntoView {
    view! { <ClientPage tab="engagements" view=|subject| view! { <Engagements subject=subject /> }.into_any() /> }
}

/// The records that belong to one engagement, or to none.
#[derive(Clone, Copy)]
pub struct Belonging {
    subject: Subject,
    engagement: Option<RecordId>,
}

impl Belonging {
    fn document(self) -> DocumentId {
        self.subject.document()
    }

    /// Living rows of a kind with a field `engagement`; reactive.
    fn of_kind(self, kind: &'static str) -> Vec<Row> {
        let mut rows = self.subject.of_kind(kind);
        rows.retain(|row| row.get("engagement").as_link() == self.engagement);
        rows
    }

    /// The form of a new record of that kind, for this engagement.
    fn new_path(self, kind: &str) -> String {
        let path = place::new_path(self.document(), kind);
        self.engagement.map_or(path.clone(), |id| format!("{path}?engagement={id}"))
    }
}

#[component]
fn Engagements(subject: Subject) -> impl IntoView {
    // Those that run stand first, the latest of them on top.
    let ids = Memo::new(move |_| {
        let mut rows = subject.of_kind(Engagement::KEY);
        rows.sort_by_cached_key(|row| {
            let ended = row.kind.lifecycle.is_some_and(
                |life| matches!(life.standing(row), Standing::In(state) if state == "ended"),
            );
            (ended, std::cmp::Reverse(Engagement::KEYS.start.raw(row).as_date()))
        });
        rows.iter().map(|row| row.id).collect::<Vec<_>>()
    });
    let none = Belonging { subject, engagement: None };
    let beside = Memo::new(move |_| {
        [Sla::KEY, Demand::KEY, MajorDeliverable::KEY]
            .iter()
            .any(|kind| !none.of_kind(kind).is_empty())
    });
    view! {
        <div class="filters">
            <a class="button" href=place::new_path(subject.document(), Engagement::KEY)>
                <Icon glyph=Glyph::Plus small=true />
                {t::new()}
            </a>
        </div>
        <Show
            when=move || ids.with(|ids| !ids.is_empty())
            fallback=|| view! { <Empty text=t::none() /> }
        >
            <For each=move || ids.get() key=|id| *id let:id>
                <Whole subject=subject id=id />
            </For>
        </Show>
        <Show when=move || beside.get()>
            <section class="engagement" aria-label=t::beside()>
                <h2>{t::beside()}</h2>
                <Agreements belonging=none />
                <Demands belonging=none />
                <Deliverables belonging=none />
            </section>
        </Show>
        <Tools subject=subject />
    }
}
