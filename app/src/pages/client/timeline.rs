//! The timeline: everything dated of a client, newest first, filtered by function, kind and person, from any day back.
//!
//! What is drawn grows by chunks while somebody scrolls towards its end, each made once and never all at a time.

pub mod filters;
pub mod line;

use std::sync::Arc;

use chrono::NaiveDate;
use handbook::timeline::{Happening, happenings};
use leptos::{ev, prelude::*};

use self::{
    filters::{Asked, FilterBar},
    line::{Told, entry, told},
};
use super::{ClientPage, Subject};
use crate::{
    platform::dom,
    texts::{client as t, relationship, shell},
    ui::{section::Empty, state::use_app},
};

/// So many lines are made at once.
const CHUNK: usize = 40;
/// The next chunk is made when less than so many pixels are left below the window.
const AHEAD: f64 = 1_600.0;

#[component]
pub fn TimelinePage() -> impl IntoView {
    view! { <ClientPage tab="timeline" view=|subject| view! { <Timeline subject=subject /> }.into_any() /> }
}

/// What is told, and how much of it is drawn.
#[derive(Clone, Copy)]
struct Drawn {
    subject: Subject,
    past: Memo<Arc<Vec<Happening>>>,
    chunks: RwSignal<usize>,
}

impl Drawn {
    /// How many chunks there are in all.
    fn all(&self) -> usize {
        self.past.with(|past| past.len().div_ceil(CHUNK))
    }

    /// Makes the next chunk if there is one and its place comes near.
    fn grow(self) {
        let more =
            self.chunks.try_get_untracked().is_some_and(|chunks| chunks < untrack(|| self.all()));
        if more && dom::left_below() < AHEAD {
            let _ = self.chunks.try_update(|chunks| *chunks += 1);
        }
    }
}

#[component]
fn Timeline(subject: Subject) -> impl IntoView {
    let app = use_app();
    let asked = filters::asked();
    let all = Memo::new(move |_| Arc::new(subject.rows.with(|rows| happenings(rows))));
    let held = move |within: &dyn Fn(&Happening) -> bool| {
        let Asked { wanted, .. } = asked.get();
        subject.rows.with(|rows| {
            let holds = |one: &&Happening| {
                within(one) && rows.get(one.row).is_some_and(|row| wanted.holds(one, row))
            };
            all.with(|all| all.iter().filter(holds).copied().collect::<Vec<_>>())
        })
    };
    let past = Memo::new(move |_| {
        let today = app.today();
        let until = asked.get().until.map_or(today, |until| until.min(today));
        Arc::new(held(&|one| one.on <= until))
    });
    let ahead = Memo::new(move |_| {
        let today = app.today();
        let mut ahead = held(&|one| one.on > today);
        ahead.reverse();
        ahead
    });
    let drawn = Drawn { subject, past, chunks: RwSignal::new(1) };
    // Another filter begins at the top again.
    Effect::new(move |before: Option<Asked>| {
        let now = asked.get();
        if before.is_some_and(|before| before != now) {
            drawn.chunks.set(1);
        }
        now
    });
    view! {
        <FilterBar subject=subject asked=asked all=all n=Signal::derive(move || past.with(|past| past.len())) />
        <Ahead subject=subject ahead=ahead />
        <Show
            when=move || past.with(|past| !past.is_empty())
            fallback=move || {
                let nothing = all.with(|all| all.is_empty());
                view! { <Empty text=if nothing { t::nothing_yet() } else { t::nothing_matches() } /> }
            }
        >
            <Lines drawn=drawn />
        </Show>
    }
}

/// What lies ahead, the nearest first, folded away.
#[component]
fn Ahead(subject: Subject, ahead: Memo<Vec<Happening>>) -> impl IntoView {
    let app = use_app();
    let any = Memo::new(move |_| ahead.with(|ahead| !ahead.is_empty()));
    let lines = move || {
        let today = app.today();
        let lines = ahead.with(|ahead| told_of(subject, ahead, today));
        lines.into_iter().map(entry).collect_view()
    };
    view! {
        <Show when=move || any.get()>
            <details class="disclosure">
                <summary>
                    {relationship::ahead()} " "
                    <span class="count">{move || ahead.with(Vec::len)}</span>
                </summary>
                <div class="timeline">{lines}</div>
            </details>
        </Show>
    }
}

#[component]
fn Lines(drawn: Drawn) -> impl IntoView {
    let scrolled = window_event_listener(ev::scroll, move |_| drawn.grow());
    let resized = window_event_listener(ev::resize, move |_| drawn.grow());
    on_cleanup(move || {
        scrolled.remove();
        resized.remove();
    });
    // A chunk may leave the window unfilled.
    Effect::new(move |_| {
        drawn.chunks.track();
        drawn.past.track();
        request_animation_frame(move || drawn.grow());
    });
    let chunks = move || 0..drawn.chunks.get().min(drawn.all());
    let more = Memo::new(move |_| drawn.chunks.get() < drawn.all());
    view! {
        <div class="timeline">
            <For each=chunks key=|chunk| *chunk let:chunk>
                <Chunk drawn=drawn chunk=chunk />
            </For>
        </div>
        <Show when=move || more.get()>
            <button type="button" class="button" on:click=move |_| drawn.chunks.update(|chunks| *chunks += 1)>
                {shell::more()}
            </button>
        </Show>
    }
}

/// Some lines, made again only where what they say has changed.
#[component]
fn Chunk(drawn: Drawn, chunk: usize) -> impl IntoView {
    let app = use_app();
    let lines = Memo::new(move |_| {
        let today = app.today();
        let from = chunk * CHUNK;
        drawn.past.with(|past| {
            let part = past.get(from..).unwrap_or_default();
            told_of(drawn.subject, part.get(..CHUNK).unwrap_or(part), today)
        })
    });
    move || lines.get().into_iter().map(entry).collect_view()
}

fn told_of(subject: Subject, happenings: &[Happening], today: NaiveDate) -> Vec<Told> {
    let app = use_app();
    subject.rows.with(|rows| {
        let line = |one: &Happening| {
            rows.get(one.row).map(|row| told(&app, subject.document(), one, row, today))
        };
        happenings.iter().filter_map(line).collect()
    })
}
