//! What the columns of a list are asked: a chip for each, and a dialog to ask another. Beside them how the list is arranged,
//! and the way to select.

use std::collections::BTreeMap;

use handbook::views::{Asks, Day, Test};
use leptos::prelude::*;

use super::{Head, Listing, arrange::Arrange};
use crate::{
    texts::list as t,
    ui::{
        chip::CheckChip,
        format,
        icons::{Glyph, Icon},
        sheet::Dialog,
        state::use_app,
    },
};

/// What it is called, and how many days from today it begins and ends.
type Range = (fn() -> &'static str, i64, i64);

/// Ranges of days that move on with today.
const RANGES: [Range; 5] = [
    (t::last_30, -30, 0),
    (t::last_90, -90, 0),
    (t::last_365, -365, 0),
    (t::next_30, 0, 30),
    (t::next_90, 0, 90),
];

#[component]
pub fn Filters(listing: Listing) -> impl IntoView {
    let selecting = listing.chosen.selecting;
    let open = RwSignal::new(false);
    let column = RwSignal::new(String::new());
    let ask = move |key: String| {
        column.set(key);
        open.set(true);
    };
    let add = move || {
        let asked: Vec<String> = listing
            .address
            .view
            .with(|view| view.filters.iter().map(|(key, _)| key.clone()).collect());
        listing.heads.with(|heads| {
            heads
                .iter()
                .filter(|head| !asked.contains(&head.column.key))
                .map(|head| {
                    let key = head.column.key.clone();
                    view! { <option value=key>{head.label.clone()}</option> }
                })
                .collect_view()
        })
    };
    let chips = move || {
        let filters = listing.address.view.with(|view| view.filters.clone());
        let heads = listing.heads.get();
        filters
            .into_iter()
            .filter_map(|(key, test)| {
                let head = heads.iter().find(|head| head.column.key == key)?.clone();
                Some(view! { <Asked listing=listing head=head test=test ask=Callback::new(ask) /> })
            })
            .collect_view()
    };
    let any = Memo::new(move |_| listing.address.view.with(|view| !view.filters.is_empty()));
    let title = Signal::derive(move || {
        let key = column.get();
        listing.heads.with(|heads| {
            let head = heads.iter().find(|head| head.column.key == key);
            head.map(|head| t::filter_by(&head.label)).unwrap_or_default()
        })
    });
    view! {
        <div class="asked" role="group" aria-label=t::filters()>
            {chips}
            <select
                class="input chip-select"
                aria-label=t::add_filter()
                prop:value=""
                on:change=move |event| {
                    let key = event_target_value(&event);
                    if !key.is_empty() {
                        ask(key);
                    }
                }
            >
                <option value="">{t::add_filter()}</option>
                {add}
            </select>
            <Show when=move || any.get()>
                <button
                    type="button"
                    class="button quiet"
                    on:click=move |_| listing.address.change(|view| view.filters.clear())
                >
                    {t::clear_filters()}
                </button>
            </Show>
            <Arrange listing=listing />
            <button
                type="button"
                class="button"
                aria-pressed=move || if selecting.get() { "true" } else { "false" }
                on:click=move |_| listing.chosen.turn()
            >
                {move || if selecting.get() { t::stop_selecting() } else { t::select() }}
            </button>
        </div>
        <Dialog id="filter-dialog" title=title open=open>
            {move || {
                let key = column.get();
                let head = listing.heads.with(|heads| heads.iter().find(|head| head.column.key == key).cloned());
                head.map(|head| view! { <Ask listing=listing head=head open=open /> })
            }}
        </Dialog>
    }
}

/// A filter that is set: its words open it, the cross takes it away.
#[component]
fn Asked(listing: Listing, head: Head, test: Test, ask: Callback<String>) -> impl IntoView {
    let app = use_app();
    let key = StoredValue::new(head.column.key.clone());
    let label = head.label.clone();
    let clear = t::clear_filter(&head.label);
    let words = move || {
        let words = match &test {
            Test::Words(words) => format!("“{words}”"),
            Test::OneOf(keys) => {
                let known: BTreeMap<String, (String, usize)> = options(listing, &head);
                let word = |key: &String| match known.get(key) {
                    _ if key.is_empty() => t::not_filled().to_owned(),
                    Some((word, _)) => word.clone(),
                    None => key.clone(),
                };
                format::list(&keys.iter().map(word).collect::<Vec<_>>())
            }
            Test::Days { from, to } => {
                let named = RANGES.iter().find(|(_, first, last)| {
                    (*from, *to) == (Some(Day::Today(*first)), Some(Day::Today(*last)))
                });
                let day = |day: &Option<Day>| {
                    day.map(|day| format::day(day.on(app.today()), app.today())).unwrap_or_default()
                };
                named.map_or_else(
                    || format!("{} – {}", day(from), day(to)),
                    |(words, ..)| words().to_owned(),
                )
            }
            Test::Numbers { from, to } => {
                let number =
                    |number: &Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
                format!("{} – {}", number(from), number(to))
            }
        };
        format!("{label}: {words}")
    };
    view! {
        <span class="asked-chip">
            <button type="button" class="button plain" on:click=move |_| ask.run(key.get_value())>
                {words}
            </button>
            <button
                type="button"
                class="icon-button"
                aria-label=clear
                on:click=move |_| listing.address.change(|view| key.with_value(|key| view.ask(key, None)))
            >
                <Icon glyph=Glyph::Cross small=true />
            </button>
        </span>
    }
}

/// What stands in a column over all lines: each key with its words and how often; reactive.
pub fn options(listing: Listing, head: &Head) -> BTreeMap<String, (String, usize)> {
    let mut found: BTreeMap<String, (String, usize)> = BTreeMap::new();
    listing.lines.with(|lines| {
        for (key, words) in lines.0.iter().flat_map(|line| line.options(head)) {
            found.entry(key).or_insert((words, 0)).1 += 1;
        }
    });
    found
}

/// The question itself. What is chosen is asked at once.
#[component]
fn Ask(listing: Listing, head: Head, open: RwSignal<bool>) -> impl IntoView {
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
