//! What falls due this week, in the margin list; the whole of it is on the page of the agenda.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Datelike, NaiveDate, Weekday};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    texts::{agenda as agenda_texts, today as t},
    ui::{
        format,
        icons::{Glyph, Icon},
        model::DueItem,
        place,
        section::Section,
        state::use_app,
        toast::use_toasts,
    },
};

/// So many late ones stand in the margin; more are on the page of the agenda.
const LATE: usize = 5;
/// So many of the week.
const WEEK: usize = 20;

#[component]
pub fn DueThisWeek(
    /// Everybody's, until the end of the week.
    week: Memo<Arc<Vec<DueItem>>>,
    /// Only what this person has to deal with, and not everybody's.
    mine: Memo<bool>,
) -> impl IntoView {
    let app = use_app();
    let due = Memo::new(move |_| {
        let all = week.get();
        let me = app.workspace.with(|workspace| workspace.member);
        if !mine.get() {
            return all;
        }
        let own = all.iter().filter(|item| item.accountable == me);
        Arc::new(own.cloned().collect::<Vec<_>>())
    });
    let count = move || due.with(|due| (!due.is_empty()).then(|| due.len().to_string()));
    let days = move || {
        let today = app.today();
        let due = due.get();
        let (late, ahead): (Vec<_>, Vec<_>) = due.iter().partition(|item| item.on < today);
        let more_late = late.len() > LATE;
        // The newest of what is late: the oldest are looked for on their own page.
        let late_shown = late.iter().skip(late.len().saturating_sub(LATE));
        let mut days: BTreeMap<NaiveDate, Vec<DueItem>> = BTreeMap::new();
        for item in late_shown.chain(ahead.iter().take(WEEK)) {
            days.entry(item.on).or_default().push((*item).clone());
        }
        // Said only where it is news: before the weekend, and when nothing lies on it.
        let weekend = |item: &&DueItem| {
            matches!(item.on.weekday(), Weekday::Sat | Weekday::Sun) && item.on > today
        };
        let quiet = if due.is_empty() {
            Some(t::nothing_due())
        } else {
            (!ahead.iter().any(weekend) && today.weekday().num_days_from_monday() >= 3)
                .then(t::nothing_weekend)
        };
        let all_late = more_late.then(|| {
            let path = agenda_path(mine.get());
            view! { <a class="button quiet flush-start" href=path>{agenda_texts::all_late(late.len())}</a> }
        });
        let days = days
            .into_iter()
            .map(|(day, items)| {
                let items =
                    items.into_iter().map(|item| view! { <DueLine item=item /> }).collect_view();
                view! {
                    <section class="due-day">
                        <h3>{day_words(day, today)}</h3>
                        <ul>{items}</ul>
                    </section>
                }
            })
            .collect_view();
        view! {
            {all_late}
            {days}
            {quiet.map(|words| view! { <p class="support due-quiet">{words}</p> })}
        }
    };
    view! {
        <Section title=t::due() aside=count>
            {days}
            <a class="button quiet flush-start" href=move || agenda_path(mine.get())>
                {agenda_texts::all()}
            </a>
        </Section>
    }
}

fn agenda_path(mine: bool) -> &'static str {
    if mine { "/agenda" } else { "/agenda?whose=everyone" }
}

fn day_words(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        ..0 => format!("{}, {}", t::late(), format::day(day, today)),
        0 => t::due_today().to_owned(),
        _ => format::weekday_long(day),
    }
}

#[component]
fn DueLine(item: DueItem) -> impl IntoView {
    let path = place::path(&item.place);
    view! {
        <li class="due-item">
            <Tick item=item.clone() />
            <div>
                <a href=path title=item.why>{item.text}</a>
                <p>{item.detail}</p>
            </div>
        </li>
    }
}

/// The box that ticks an item off; a clock where a tick is not enough.
#[component]
pub fn Tick(item: DueItem) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let Some((document, op)) = item.done else {
        return view! { <span class="tick"><Icon glyph=Glyph::Clock small=true /></span> }
            .into_any();
    };
    let label = format!("{}: {}", t::done(), item.text);
    let tick = move |_| {
        let op = op.clone();
        spawn_local(async move {
            if let Err(trouble) = app.write(document, vec![op], "done").await {
                toasts.trouble(&trouble);
            }
        });
    };
    view! {
        <button type="button" class="tick-button" aria-label=label on:click=tick>
            <Icon glyph=Glyph::Check />
        </button>
    }
    .into_any()
}
