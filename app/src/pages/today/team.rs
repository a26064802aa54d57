//! What a team sitting together narrows the list by: person, silent function, rule. It stands in the address.

use std::{collections::HashMap, sync::Arc};

use handbook::{
    RecordId,
    attention::{
        LABELS,
        team::{By, Team, Who},
    },
    records::Function,
    typed::Choice,
};
use leptos::prelude::*;

use crate::{
    texts::{say, team as t},
    ui::{chip::Segment, model::Attention, query::use_query},
};

/// The filters of the list over all clients; nothing while somebody looks at their own only, or works alone.
#[component]
pub fn TeamFilters(
    /// Reasons before they are narrowed: only what occurs in them is offered.
    reasons: Memo<Arc<Vec<Attention>>>,
    /// What is chosen.
    team: Memo<Team>,
    /// Our people.
    names: Memo<HashMap<RecordId, String>>,
    /// Only one's own clients are looked at.
    narrow: Memo<bool>,
) -> impl IntoView {
    let wanted = move || {
        let several = names.with(HashMap::len) > 1;
        team.with(|team| team.narrows()) || !narrow.get() && several
    };
    let go = use_query("/");
    let choose = Callback::new(move |team: Team| go(&team.written()));
    let change = move |change: &dyn Fn(&mut Team)| {
        let mut chosen = team.get_untracked();
        change(&mut chosen);
        choose.run(chosen);
    };
    let people = Memo::new(move |_| {
        let mut people: Vec<(String, String)> = names.with(|names| {
            names.iter().map(|(id, name)| (Who::One(*id).written(), name.clone())).collect()
        });
        people.sort_by(|a, b| a.1.cmp(&b.1));
        people.insert(0, (Who::Nobody.written(), t::nobody().to_owned()));
        people
    });
    let rules = Memo::new(move |_| {
        let occurs =
            |rule: &str| reasons.with(|all| all.iter().any(|found| found.reason.rule == rule));
        let chosen = team.with(|team| team.rule);
        let those = LABELS.iter().filter(|(rule, _)| occurs(rule) || chosen == Some(rule));
        those.map(|(rule, label)| ((*rule).to_owned(), say(*label).to_owned())).collect::<Vec<_>>()
    });
    let functions = Memo::new(|_| {
        let those = Function::ALL.iter();
        those.map(|it| (it.key().to_owned(), say(it.label()).to_owned())).collect::<Vec<_>>()
    });
    let by = Signal::derive(move || team.with(|team| team.by));
    view! {
        <Show when=wanted>
            <div class="filters team-filters">
                <Narrow
                    label=t::person()
                    any=t::any_person()
                    options=people
                    chosen=Signal::derive(move || team.with(|team| team.who.written()))
                    on_choose=Callback::new(move |key: String| change(&|team| team.who = Who::read(&key)))
                />
                <Narrow
                    label=t::silent()
                    any=t::any_function()
                    options=functions
                    chosen=Signal::derive(move || {
                        team.with(|team| team.silent.map_or_else(String::new, |one| one.key().to_owned()))
                    })
                    on_choose=Callback::new(move |key: String| change(&|team| team.silent = Function::from_key(&key)))
                />
                <Narrow
                    label=t::rule()
                    any=t::any_rule()
                    options=rules
                    chosen=Signal::derive(move || team.with(|team| team.rule.unwrap_or_default().to_owned()))
                    on_choose=Callback::new(move |key: String| {
                        change(&|team| team.rule = LABELS.iter().map(|(rule, _)| *rule).find(|rule| *rule == key))
                    })
                />
                <div class="group-by">
                <span class="support" aria-hidden="true">
                    {t::grouped_by()}
                </span>
                <Segment
                    name="by"
                    label=t::grouped_by()
                    choices=By::ALL.map(|by| (by, t::by(by))).to_vec()
                    chosen=by
                    on_choose=Callback::new(move |by| change(&|team| team.by = by))
                />
                </div>
                <a class="button quiet" href="/firm/coverage">
                    {t::coverage()}
                </a>
                <Show when=move || team.with(|team| team.narrows())>
                    <button
                        type="button"
                        class="button quiet"
                        on:click=move |_| {
                            change(&|team| {
                                *team = Team { everyone: team.everyone, by: team.by, ..Team::default() };
                            })
                        }
                    >
                        {t::clear()}
                    </button>
                </Show>
            </div>
        </Show>
    }
}

/// A list to choose one from, or none.
#[component]
pub fn Narrow(
    /// What is chosen between; read by screen readers.
    label: &'static str,
    /// The words for none of them.
    any: &'static str,
    /// Keys and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The chosen key; empty for none.
    chosen: Signal<String>,
    /// Another was chosen.
    on_choose: Callback<String>,
) -> impl IntoView {
    let entries = move || {
        let chosen = chosen.get();
        options
            .get()
            .into_iter()
            .map(|(key, words)| {
                let own = key == chosen;
                view! {
                    <option value=key selected=own>
                        {words}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <select
            class="input narrow-by"
            aria-label=label
            on:change=move |event| on_choose.run(event_target_value(&event))
        >
            <option value="" selected=move || chosen.with(String::is_empty)>
                {any}
            </option>
            {entries}
        </select>
    }
}
