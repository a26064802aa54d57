//! Which happenings are asked for: four filters that stand in the address, so that a view can be kept and shared.

use std::sync::Arc;

use chrono::NaiveDate;
use handbook::{
    Choice, Record,
    records::{Contact, Function, Member},
    timeline::{Happening, Wanted},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};

use super::Subject;
use crate::{
    texts::{client as t, relationship, say, title_of},
    ui::{format, state::use_app},
};

/// What the address asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Function, kind and person.
    pub wanted: Wanted,
    /// The last day that is told; `None` for today.
    pub until: Option<NaiveDate>,
}

/// Reads the address; a word in it that means nothing here filters nothing.
pub fn asked() -> Memo<Asked> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| {
            let read = |key: &str| query.get(key).unwrap_or_default();
            Asked {
                wanted: Wanted {
                    function: Function::from_key(&read("function")),
                    kind: handbook::kind(&read("kind")).map(|kind| kind.key),
                    person: read("person").parse().ok(),
                },
                until: read("until").parse().ok(),
            }
        })
    })
}

impl Asked {
    /// The part of the address behind the question mark, with that one filter changed.
    fn query_with(&self, key: &str, value: &str) -> String {
        let person = self.wanted.person.map(|person| person.to_string());
        let until = self.until.map(|until| until.to_string());
        let now = [
            ("function", self.wanted.function.map(|function| function.key().to_owned())),
            ("kind", self.wanted.kind.map(str::to_owned)),
            ("person", person),
            ("until", until),
        ];
        now.into_iter()
            .map(|(own, now)| {
                (own, if own == key { value.to_owned() } else { now.unwrap_or_default() })
            })
            .filter(|(_, value)| !value.is_empty())
            .map(|(own, value)| format!("{own}={value}"))
            .collect::<Vec<_>>()
            .join("&")
    }
}

/// A choice of one filter: its key in the address and its words.
pub type Named = (String, String);

#[component]
pub fn FilterBar(
    subject: Subject,
    asked: Memo<Asked>,
    /// Everything that is told of the client.
    all: Memo<Arc<Vec<Happening>>>,
    /// How much of it is shown.
    n: Signal<usize>,
) -> impl IntoView {
    let app = use_app();
    let functions: Vec<Named> = Function::ALL
        .iter()
        .filter(|function| **function != Function::Foreign)
        .map(|function| (function.key().to_owned(), say(function.label()).to_owned()))
        .collect();
    // The kinds that there is something of.
    let kinds = Memo::new(move |_| {
        let told: Vec<&str> = subject.rows.with(|rows| {
            all.with(|all| all.iter().filter_map(|one| Some(rows.get(one.row)?.kind.key)).collect())
        });
        let kinds = handbook::kinds().filter(|kind| told.contains(&kind.key));
        kinds.map(|kind| (kind.key.to_owned(), say(kind.many).to_owned())).collect::<Vec<_>>()
    });
    let people = Memo::new(move |_| {
        let theirs = subject.of_kind(Contact::KEY);
        let ours = app.list(Member::KEY);
        let rows = theirs.iter().chain(ours.iter().map(|placed| &placed.row));
        let mut people: Vec<Named> = rows.map(|row| (row.id.to_string(), title_of(row))).collect();
        people.sort_by_cached_key(|(_, name)| name.to_lowercase());
        people
    });
    let go = Callback::new({
        let navigate = use_navigate();
        let location = use_location();
        move |(key, value): (&'static str, String)| {
            let query = asked.get_untracked().query_with(key, &value);
            let path = location.pathname.get_untracked();
            let options =
                NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&if query.is_empty() { path } else { format!("{path}?{query}") }, options);
        }
    });
    let now = move |read: fn(&Asked) -> String| Signal::derive(move || asked.with(read));
    let function = now(|it| it.wanted.function.map(|it| it.key().to_owned()).unwrap_or_default());
    let kind = now(|it| it.wanted.kind.unwrap_or_default().to_owned());
    let person = now(|it| it.wanted.person.map(|it| it.to_string()).unwrap_or_default());
    let until = now(|it| it.until.map(|it| it.to_string()).unwrap_or_default());
    let filtered = Memo::new(move |_| asked.get() != Asked::default());
    let count = move || relationship::entries(n.get(), &format::integer(n.get() as u64));
    view! {
        <div class="filters timeline-filters">
            <Filter label=t::by_function() all=t::every_function() key="function" options=Signal::stored(functions) chosen=function go=go />
            <Filter label=t::by_kind() all=t::every_kind() key="kind" options=kinds chosen=kind go=go />
            <Filter label=t::by_person() all=t::everyone() key="person" options=people chosen=person go=go />
            <label class="jump">
                <span>{relationship::jump_to()}</span>
                <input
                    class="input"
                    type="date"
                    prop:value=until
                    on:change=move |event| go.run(("until", event_target_value(&event)))
                />
            </label>
        </div>
        <div class="timeline-count">
            <p class="support" role="status">{count}</p>
            <Show when=move || filtered.get()>
                <a class="reach" href=crate::ui::place::client_tab(subject.id, "timeline")>
                    {relationship::show_all()}
                </a>
            </Show>
        </div>
    }
}

#[component]
fn Filter(
    label: &'static str,
    all: &'static str,
    key: &'static str,
    #[prop(into)] options: Signal<Vec<Named>>,
    chosen: Signal<String>,
    go: Callback<(&'static str, String)>,
) -> impl IntoView {
    // What is chosen is said at each option: a list that is filled later would forget it.
    let choices = move || {
        let now = chosen.get();
        let one = |(value, words): Named| {
            let selected = value == now;
            view! { <option value=value selected=selected>{words}</option> }
        };
        options.get().into_iter().map(one).collect_view()
    };
    view! {
        <select class="input" aria-label=label on:change=move |event| go.run((key, event_target_value(&event)))>
            <option value="" selected=move || chosen.with(String::is_empty)>{all}</option>
            {choices}
        </select>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_address_keeps_the_other_filters() {
        let asked = Asked {
            wanted: Wanted {
                function: Some(Function::Finance),
                kind: Some("promise"),
                ..Wanted::default()
            },
            until: "2026-03-01".parse().ok(),
        };
        let check = |key: &str, value: &str, expected: &str| {
            assert_eq!(asked.query_with(key, value), expected);
        };
        check("kind", "demand", "function=finance&kind=demand&until=2026-03-01");
        check("function", "", "kind=promise&until=2026-03-01");
        check("until", "", "function=finance&kind=promise");
        assert_eq!(Asked::default().query_with("kind", ""), "");
    }
}
