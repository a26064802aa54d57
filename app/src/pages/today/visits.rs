//! Today's visits: when, with whom, where, and the next act of each: the pack before it, the debrief after it.

use std::sync::Arc;

use chrono::NaiveDateTime;
use handbook::{RecordId, visits::When};
use leptos::prelude::*;

use crate::{
    pages::log::prefill::Prefill,
    pages::shell::use_above,
    texts::{today as today_texts, visit as t},
    ui::{
        format,
        icons::{Glyph, Icon},
        model::Visit,
        place,
        section::Section,
        state::{AppState, use_app},
    },
};

/// The visits of today. Where one's own clients are asked for: those one goes to, and those to one's own clients of which
/// nobody said who goes.
pub(super) fn shown(app: &AppState, narrow: bool, own: &[RecordId]) -> Arc<Vec<Visit>> {
    let all = app.visits();
    let me = app.workspace.with(|workspace| workspace.member).filter(|_| narrow);
    let Some(me) = me else { return all };
    let mine =
        |visit: &&Visit| visit.is_of(me) || (visit.is_anybodys() && own.contains(&visit.client));
    Arc::new(all.iter().filter(mine).cloned().collect())
}

#[component]
pub fn Visits(visits: Memo<Arc<Vec<Visit>>>) -> impl IntoView {
    let app = use_app();
    let any = Memo::new(move |_| visits.with(|visits| !visits.is_empty()));
    let next = Memo::new(move |_| next_act(&visits.get(), app.local()?));
    let rows = move || {
        let visits = visits.get();
        visits.iter().enumerate().map(|(at, visit)| row(&app, visit, at, next)).collect_view()
    };
    view! {
        <Show when=move || any.get()>
            <Section title=today_texts::visits()>{rows}</Section>
        </Show>
    }
}

/// The one visit whose act stands out: the first that is not over, else the first that waits to be told of.
fn next_act(visits: &[Visit], now: NaiveDateTime) -> Option<usize> {
    let to_come = visits.iter().position(|visit| visit.planned.when(now) != When::Over);
    to_come.or_else(|| (!visits.is_empty()).then_some(0))
}

/// The row of the visit at that place of the list. What the clock changes is renewed in place, so that nobody loses the
/// focus to it.
fn row(
    app: &AppState,
    visit: &Visit,
    at: usize,
    next: Memo<Option<usize>>,
) -> impl IntoView + use<> {
    let above = use_above();
    let (app, planned) = (*app, visit.planned.clone());
    let is_next = Memo::new(move |_| next.get() == Some(at));
    let when = Memo::new(move |_| app.local().map_or(When::Today, |now| planned.when(now)));
    let over = Memo::new(move |_| when.get() == When::Over);
    let path = place::visit_path(visit.client, visit.planned.id);
    let time = visit
        .planned
        .time
        .map_or_else(|| today_texts::due_today().to_owned(), |time| format::clock(time.clock()));
    // Before the next one: how long until then; before a later one: how long it takes.
    let duration = visit.planned.duration;
    let wait = move || match (when.get(), duration) {
        (When::In(_), Some(duration)) if !is_next.get() => t::takes(duration.0),
        (when, _) => t::wait(when),
    };
    let purpose: Vec<String> = std::iter::once(visit.planned.subject.clone())
        .chain(visit.people.iter().cloned())
        .collect();
    let place = (!visit.planned.place.is_empty()).then(|| {
        view! {
            <p class="visit-where">
                <Icon glyph=Glyph::Pin small=true />
                {visit.planned.place.clone()}
            </p>
        }
    });
    let prefill = Prefill::debrief(visit.client, &visit.planned);
    let pack = path.clone();
    let act = move || {
        if over.get() {
            let prefill = prefill.clone();
            let debrief = move |_| above.log_prefilled(prefill.clone());
            return view! {
                <button type="button" class="button" class:firm=is_next on:click=debrief>
                    {t::debrief()}
                </button>
            }
            .into_any();
        }
        view! {
            <a class="button" class:firm=is_next href=pack.clone()>
                {t::open_pack()}
            </a>
        }
        .into_any()
    };
    view! {
        <article class="visit" aria-label=visit.client_name.clone()>
            <p class="visit-time">{time}<span>{wait}</span></p>
            <div class="visit-what">
                <h3 class="firm-words">
                    <a class="plain-link" href=path>
                        {visit.client_name.clone()}
                    </a>
                </h3>
                <p class="lead">{purpose.join(", ")}</p>
                {place}
            </div>
            {act}
        </article>
    }
}
