//! What a column can be asked, each type in its own way. What is chosen is asked at once.

use handbook::views::{Asks, Day, Test};
use leptos::prelude::*;

use super::{RANGES, options};
use crate::{
    pages::list::{Head, Listing},
    texts::list as t,
    ui::{chip::CheckChip, state::use_app},
};

/// The question itself.
#[component]
pub fn Ask(listing: Listing, head: Head, open: RwSignal<bool>) -> impl IntoView {
    let key = StoredValue::new(head.column.key.clone());
    let set = Callback::new(move |test: Option<Test>| {
        listing.address.change(|view| key.with_value(|key| view.ask(key, test)));
    });
    let body = match head.column.asks {
        Asks::OneOf | Asks::YesNo => {
            view! { <AskKeys listing=listing head=head set=set /> }.into_any()
        }
        Asks::Words => view! { <AskWords listing=listing head=head set=set /> }.into_any(),
        Asks::Days => view! { <AskDays listing=listing head=head set=set /> }.into_any(),
        Asks::Numbers => view! { <AskNumbers listing=listing head=head set=set /> }.into_any(),
    };
    view! {
        <div class="fields">
            {body}
            <div class="acts">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        set.run(None);
                        open.set(false);
                    }
                >
                    {t::clear()}
                </button>
                <button type="button" class="button firm" on:click=move |_| open.set(false)>
                    {t::done()}
                </button>
            </div>
        </div>
    }
}

fn test_of(listing: Listing, head: &Head) -> Option<Test> {
    listing.address.view.with(|view| view.filter(&head.column.key).cloned())
}

#[component]
fn AskKeys(listing: Listing, head: Head, set: Callback<Option<Test>>) -> impl IntoView {
    let known = untrack(|| options(listing, &head));
    let mut keys: Vec<(String, String)> =
        known.into_iter().map(|(key, (words, n))| (key, format!("{words} ({n})"))).collect();
    let place = |key: &str| {
        head.column.order.iter().position(|known| known == key).unwrap_or(head.column.order.len())
    };
    keys.sort_by_cached_key(|(key, words)| (place(key), words.to_lowercase()));
    if head.column.asks == Asks::OneOf {
        keys.push((String::new(), t::not_filled().to_owned()));
    }
    let head = StoredValue::new(head);
    let now = move || match head.with_value(|head| test_of(listing, head)) {
        Some(Test::OneOf(keys)) => keys,
        _ => Vec::new(),
    };
    let chips = keys
        .into_iter()
        .map(|(key, words)| {
            let own = key.clone();
            let chosen = Signal::derive(move || now().contains(&own));
            let choose = Callback::new(move |there: bool| {
                let mut keys: Vec<String> =
                    untrack(now).into_iter().filter(|known| *known != key).collect();
                if there {
                    keys.push(key.clone());
                }
                set.run((!keys.is_empty()).then_some(Test::OneOf(keys)));
            });
            view! { <CheckChip label=words chosen=chosen on_choose=choose /> }
        })
        .collect_view();
    view! { <div class="chips">{chips}</div> }
}

#[component]
fn AskWords(listing: Listing, head: Head, set: Callback<Option<Test>>) -> impl IntoView {
    let now = match untrack(|| test_of(listing, &head)) {
        Some(Test::Words(words)) => words,
        _ => String::new(),
    };
    view! {
        <div class="field">
            <label for="filter-words">{t::has_words()}</label>
            <input
                id="filter-words"
                class="input"
                prop:value=now
                on:change=move |event| {
                    let words = event_target_value(&event);
                    set.run((!words.trim().is_empty()).then(|| Test::Words(words.trim().to_owned())));
                }
            />
        </div>
    }
}

#[component]
fn AskDays(listing: Listing, head: Head, set: Callback<Option<Test>>) -> impl IntoView {
    let app = use_app();
    let head = StoredValue::new(head);
    let now = move || match head.with_value(|head| test_of(listing, head)) {
        Some(Test::Days { from, to }) => (from, to),
        _ => (None, None),
    };
    let put = move |from: Option<Day>, to: Option<Day>| {
        set.run((from.is_some() || to.is_some()).then_some(Test::Days { from, to }));
    };
    let chosen = move || {
        let now = now();
        let at = RANGES.iter().position(|(_, first, last)| {
            now == (Some(Day::Today(*first)), Some(Day::Today(*last)))
        });
        at.map(|at| at.to_string()).unwrap_or_default()
    };
    let ranges = RANGES
        .iter()
        .enumerate()
        .map(|(at, (words, ..))| {
            let own = at.to_string();
            let selected = move || chosen() == own;
            view! { <option value=at.to_string() selected=selected>{words()}</option> }
        })
        .collect_view();
    let choose = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        match at.and_then(|at| RANGES.get(at)) {
            Some((_, first, last)) => put(Some(Day::Today(*first)), Some(Day::Today(*last))),
            None => put(None, None),
        }
    };
    let written =
        move |day: Option<Day>| day.map(|day| day.on(app.today()).to_string()).unwrap_or_default();
    let typed = |event| event_target_value(&event).parse().ok().map(Day::On);
    view! {
        <div class="field">
            <label for="filter-range">{t::range()}</label>
            <select id="filter-range" class="input medium" on:change=choose>
                <option value="">{t::own_range()}</option>
                {ranges}
            </select>
        </div>
        <div class="inline-pair">
            <div class="field">
                <label for="filter-from">{t::from_day()}</label>
                <input
                    id="filter-from"
                    class="input"
                    type="date"
                    prop:value=move || written(now().0)
                    on:change=move |event| put(typed(event), untrack(now).1)
                />
            </div>
            <div class="field">
                <label for="filter-to">{t::to_day()}</label>
                <input
                    id="filter-to"
                    class="input"
                    type="date"
                    prop:value=move || written(now().1)
                    on:change=move |event| put(untrack(now).0, typed(event))
                />
            </div>
        </div>
    }
}

#[component]
fn AskNumbers(listing: Listing, head: Head, set: Callback<Option<Test>>) -> impl IntoView {
    let head = StoredValue::new(head);
    let now = move || match head.with_value(|head| test_of(listing, head)) {
        Some(Test::Numbers { from, to }) => (from, to),
        _ => (None, None),
    };
    let put = move |from: Option<i64>, to: Option<i64>| {
        set.run((from.is_some() || to.is_some()).then_some(Test::Numbers { from, to }));
    };
    let written =
        move |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    view! {
        <div class="inline-pair">
            <div class="field">
                <label for="filter-from">{t::smallest()}</label>
                <input
                    id="filter-from"
                    class="input"
                    type="number"
                    prop:value=move || written(now().0)
                    on:change=move |event| put(event_target_value(&event).parse().ok(), untrack(now).1)
                />
            </div>
            <div class="field">
                <label for="filter-to">{t::largest()}</label>
                <input
                    id="filter-to"
                    class="input"
                    type="number"
                    prop:value=move || written(now().1)
                    on:change=move |event| put(untrack(now).0, event_target_value(&event).parse().ok())
                />
            </div>
        </div>
    }
}
