//! The agenda: everything that falls due, by day, late ones first; each line says why it stands here.

use std::{collections::HashMap, sync::Arc};

use handbook::{
    Record, RecordId,
    agenda::{Part, Topic},
    attention::team::Who,
    records::Member,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    settings::export::export,
    shell::Page,
    today::{due::Tick, team::Narrow},
};
use crate::{
    texts::{agenda as t, say, shell, title_of, today as today_texts},
    ui::{
        crumbs::Back,
        format,
        icons::{Glyph, Icon},
        model::{DueItem, Export},
        place,
        query::use_query,
        section::Empty,
        sheet::MoreMenu,
        state::use_app,
        toast::use_toasts,
    },
};

/// Up to so many lines are drawn at once.
const PAGE: usize = 100;

/// Everybody's, in the address; without it the page shows one's own.
const EVERYONE: &str = "everyone";

/// An item, and the heading over it if it is the first of its stretch of time.
#[derive(Clone)]
struct Line {
    heading: Option<Part>,
    item: DueItem,
}

#[component]
pub fn AgendaPage() -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let query = use_query_map();
    let whose = Memo::new(move |_| query.with(|query| query.get("whose").unwrap_or_default()));
    let topic = Memo::new(move |_| {
        query.with(|query| query.get("about").and_then(|key| Topic::from_key(&key)))
    });
    let who = Memo::new(move |_| whose.with(|whose| who(whose, me(&app))));
    let found = Memo::new(move |_| {
        let (who, topic) = (who.get(), topic.get());
        let hit = |item: &&DueItem| {
            who.holds(item.accountable) && (topic.is_none() || item.topic == topic)
        };
        Arc::new(app.due(None).iter().filter(hit).cloned().collect::<Vec<_>>())
    });
    let names = Memo::new(move |_| {
        let list = app.list(Member::KEY);
        list.iter().map(|it| (it.row.id, title_of(&it.row))).collect::<HashMap<_, _>>()
    });
    let shown = RwSignal::new(PAGE);
    let lines = move || {
        let today = app.today();
        found.with(|found| {
            let mut before = None;
            let line = |item: &DueItem| {
                let part = Part::of(item.on, today);
                let heading = (before != Some(part)).then_some(part);
                before = Some(part);
                Line { heading, item: item.clone() }
            };
            found.iter().take(shown.get()).map(line).collect::<Vec<_>>()
        })
    };
    let lead = move || {
        let today = app.today();
        found
            .with(|found| t::lead(found.len(), found.iter().filter(|item| item.on < today).count()))
    };
    let left = move || found.with(|found| found.len()).saturating_sub(shown.get());
    let give_out = move |topic: Option<Topic>| {
        export(app, toasts, Export::Agenda(who.get_untracked(), topic));
    };
    view! {
        <Page title=Signal::stored(t::title().to_owned())>
            <Back to="/" words=shell::today() />
            <header class="page-head">
                <div>
                    <h1>{t::title()}</h1>
                    <p class="lead">{lead}</p>
                </div>
                <div class="acts">
                    <MoreMenu>
                        <button type="button" on:click=move |_| give_out(Some(Topic::Schedule))>
                            {t::export_schedule()}
                        </button>
                    </MoreMenu>
                    <button type="button" class="button" on:click=move |_| give_out(topic.get_untracked())>
                        <Icon glyph=Glyph::FileOut small=true />
                        {t::export()}
                    </button>
                </div>
            </header>
            <Filters whose=whose topic=topic names=names />
            <Show
                when=move || found.with(|found| !found.is_empty())
                fallback=move || view! { <Nothing whose=whose /> }
            >
                <For each=lines key=line_key let:line>
                    {line.heading.map(|part| view! { <h2 class="group-head">{t::part(part)}</h2> })}
                    <Item item=line.item names=names />
                </For>
                <Show when=move || { left() > 0 }>
                    <button type="button" class="button quiet flush-start" on:click=move |_| shown.update(|shown| *shown += PAGE)>
                        {move || t::more(left().min(PAGE))}
                    </button>
                </Show>
            </Show>
        </Page>
    }
}

/// Whose agenda an address asks for; one's own where it says nothing.
fn who(whose: &str, me: Option<RecordId>) -> Who {
    match whose {
        "" => me.map_or(Who::Anybody, Who::One),
        EVERYONE => Who::Anybody,
        other => Who::read(other),
    }
}

fn me(app: &crate::ui::state::AppState) -> Option<RecordId> {
    app.workspace.with(|workspace| workspace.member)
}

/// An item stays the same line while nothing of it changes.
fn line_key(line: &Line) -> String {
    let DueItem { on, text, why, client, accountable, .. } = &line.item;
    format!("{:?} {on} {client:?} {text} {why} {accountable:?}", line.heading)
}

#[component]
fn Nothing(whose: Memo<String>) -> impl IntoView {
    let others = move || {
        (whose.get() != EVERYONE).then(|| {
            let path = format!("/agenda?whose={EVERYONE}");
            view! { <a class="button" href=path>{t::show_everyone()}</a> }
        })
    };
    view! { <Empty text=t::nothing()>{others}</Empty> }
}

#[component]
fn Filters(
    whose: Memo<String>,
    topic: Memo<Option<Topic>>,
    names: Memo<HashMap<RecordId, String>>,
) -> impl IntoView {
    let app = use_app();
    let go = use_query("/agenda");
    let go = Callback::new(move |(whose, topic): (String, Option<Topic>)| {
        let about = topic.map_or_else(String::new, |topic| topic.key().to_owned());
        go(&[("whose", whose), ("about", about)]);
    });
    let people = Memo::new(move |_| {
        let me = me(&app);
        let others = names.with(|names| {
            let others = names.iter().filter(|(id, _)| Some(**id) != me);
            let mut others: Vec<_> =
                others.map(|(id, name)| (id.to_string(), name.clone())).collect();
            others.sort_by(|a, b| a.1.cmp(&b.1));
            others
        });
        let first = [
            (EVERYONE.to_owned(), t::everyone().to_owned()),
            (Who::Nobody.written(), t::nobodys().to_owned()),
        ];
        first.into_iter().chain(others).collect::<Vec<_>>()
    });
    let topics = Signal::stored(
        Topic::ALL.map(|topic| (topic.key().to_owned(), say(topic.label()).to_owned())).to_vec(),
    );
    view! {
        <div class="filters">
            <Narrow
                label=t::whose()
                any=t::mine()
                options=people
                chosen=Signal::derive(move || whose.get())
                on_choose=Callback::new(move |whose: String| go.run((whose, topic.get_untracked())))
            />
            <Narrow
                label=t::topic()
                any=t::any_topic()
                options=topics
                chosen=Signal::derive(move || topic.get().map_or_else(String::new, |topic| topic.key().to_owned()))
                on_choose=Callback::new(move |key: String| {
                    go.run((whose.get_untracked(), Topic::from_key(&key)));
                })
            />
        </div>
    }
}

#[component]
fn Item(item: DueItem, names: Memo<HashMap<RecordId, String>>) -> impl IntoView {
    let app = use_app();
    let (on, accountable) = (item.on, item.accountable);
    let late = move || on < app.today();
    let person = move || {
        let (person, me) = (accountable?, me(&app));
        if Some(person) == me {
            return Some(today_texts::you().to_owned());
        }
        names.with(|names| names.get(&person).map(|name| format::first_name(name)))
    };
    let topic = item.topic.map(|topic| say(topic.label()));
    view! {
        <article class="entry agenda-item">
            <div class="entry-margin">
                <span class="when" class:late=late>{move || t::day(on, app.today())}</span>
            </div>
            <p class="entry-head">
                <a href=place::path(&item.place)>{item.text.clone()}</a>
            </p>
            <div class="entry-acts">
                {move || {
                    person()
                        .map(|name| {
                            view! {
                                <span class="whose">
                                    <Icon glyph=Glyph::Person small=true />
                                    {name}
                                </span>
                            }
                        })
                }}
                {item.done.is_some().then(|| view! { <Tick item=item.clone() /> })}
            </div>
            <p class="entry-body support">
                <a class="plain-link" href=item.client.map_or("/firm".to_owned(), place::client_path)>
                    {item.client_name.clone()}
                </a>
                {topic.map(|topic| view! { <span class="dot" aria-hidden="true">"·"</span>{topic} })}
                <span class="dot" aria-hidden="true">"·"</span>
                {item.why.clone()}
            </p>
        </article>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn whose_agenda_an_address_asks_for() {
        let me = RecordId::from_bytes([7; 16]);
        let check = |text: &str, known, expected| assert_eq!(who(text, known), expected);
        check("", Some(me), Who::One(me));
        check("", None, Who::Anybody);
        check("everyone", Some(me), Who::Anybody);
        check("nobody", Some(me), Who::Nobody);
        check(&me.to_string(), None, Who::One(me));
    }
}
