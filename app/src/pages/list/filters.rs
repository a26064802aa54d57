//! What the columns of a list are asked: a chip for each, and a dialog to ask another. Beside them how the list is arranged,
//! and the way to select.

pub mod ask;

use std::collections::BTreeMap;

use handbook::views::{Day, Test};
use leptos::{html, prelude::*};

use self::ask::Ask;
use super::{Head, Listing, arrange::Arrange};
use crate::{
    texts::list as t,
    ui::{
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
    let adding = NodeRef::<html::Select>::new();
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
                node_ref=adding
                class="input chip-select"
                aria-label=t::add_filter()
                prop:value=""
                on:change=move |event| {
                    let key = event_target_value(&event);
                    // The same column may be asked for again.
                    if let Some(adding) = adding.get_untracked() {
                        adding.set_value("");
                    }
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
