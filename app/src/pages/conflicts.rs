//! The desk of what waits for a decision, over all clients: two versions of a field, two states of a record.

use handbook::{
    DocumentId, Record as _, RecordId, RecordKey, Row,
    lifecycles::{self, Standing, TO},
    records::Client,
};
use leptos::{prelude::*, task::spawn_local};

use super::shell::Page;
use crate::{
    texts::{history as t, record as record_texts, say, shell},
    ui::{
        conflict::{Conflicts, record_name},
        crumbs::Back,
        format,
        icons::{Glyph, Icon},
        place,
        section::Empty,
        state::{Placed, use_app},
        toast::use_toasts,
    },
};

/// So many records are shown at first: each of them opens its document.
const AT_ONCE: usize = 20;

/// Where the desk is.
pub const PATH: &str = "/firm/conflicts";

/// The desk.
#[component]
pub fn ConflictsPage() -> impl IntoView {
    let app = use_app();
    let all = Memo::new(move |_| app.unsettled());
    let most = RwSignal::new(AT_ONCE);
    let count = move || all.with(|all| all.len());
    let shown = move || all.with(|all| all.iter().take(most.get()).cloned().collect::<Vec<_>>());
    view! {
        <Page title=Signal::stored(t::desk().to_owned())>
            <Back to="/firm" words=shell::firm() />
            <header class="page-head">
                <div>
                    <h1>{t::desk()}</h1>
                    <Show when=move || { count() > 0 }>
                        <p class="lead">{move || t::waiting(count())}". "{t::desk_help()}</p>
                    </Show>
                </div>
            </header>
            <Show when=move || { count() > 0 } fallback=|| view! { <Empty text=t::desk_empty() /> }>
                <For each=shown key=|placed| (placed.document, placed.row.key()) let:placed>
                    <Unsettled all=all placed=placed />
                </For>
                <Show when=move || { count() > most.get() }>
                    <button type="button" class="button" on:click=move |_| most.update(|most| *most += AT_ONCE)>
                        {t::desk_more()}
                    </button>
                </Show>
            </Show>
        </Page>
    }
}

/// One record: whose, what, and each of its open decisions.
#[component]
fn Unsettled(all: Memo<std::sync::Arc<Vec<Placed>>>, placed: Placed) -> impl IntoView {
    let app = use_app();
    let Placed { document, row: first } = placed;
    let key = first.key();
    let row = Signal::derive(move || {
        let now = all.with(|all| {
            let mut here = all.iter().filter(|placed| placed.document == document);
            here.find(|placed| placed.row.key() == key).map(|placed| placed.row.clone())
        });
        now.unwrap_or_else(|| first.clone())
    });
    let whose = move || match document {
        DocumentId::Firm => app.workspace.with(|workspace| workspace.firm.clone()),
        DocumentId::Client(client) => app.title(document, RecordKey::new(Client::KIND, client)),
    };
    let home = match document {
        DocumentId::Firm => "/firm".to_owned(),
        DocumentId::Client(client) => place::client_path(client),
    };
    let own = key.kind.key != Client::KEY;
    view! {
        <article class="unsettled" aria-label=move || row.with(record_name)>
            <p class="unsettled-of">
                <a class="reach" href=home>{whose}</a>
                {own.then(|| {
                    view! {
                        <span class="dot" aria-hidden="true">"·"</span>
                        <span>{say(key.kind.one)}</span>
                        <a class="reach" href=place::record_path(document, key)>{move || row.with(record_name)}</a>
                    }
                })}
            </p>
            <Conflicts document=document row=row />
            <States document=document row=row />
        </article>
    }
}

/// The states in which a record stands at once, each with who led it there and when, and the way to settle on it.
#[component]
fn States(document: DocumentId, row: Signal<Row>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let settle = move |to: String| {
        let fact: RecordId = app.new_id();
        let op = row
            .with_untracked(|row| row.kind.lifecycle.and_then(|life| life.settle(row, &to, fact)));
        spawn_local(async move {
            let Some(op) = op else { return };
            if let Err(trouble) = app.write(document, vec![op], "settle").await {
                toasts.trouble(&trouble);
            }
        });
    };
    move || {
        let ways = row.with(ways);
        (!ways.is_empty()).then(|| {
            let halves = ways
                .into_iter()
                .map(|Way { to, label, by, at }| {
                    let who = app.member_name(by);
                    let who = if who.is_empty() { record_texts::someone().to_owned() } else { who };
                    view! {
                        <div class="conflict-half">
                            <div class="conflict-who">
                                <div>
                                    <p>{who}</p>
                                    <p>{format::when_exactly(at, app.today())}</p>
                                </div>
                                <button type="button" class="button" on:click=move |_| settle(to.clone())>
                                    {t::keep_state(&label)}
                                </button>
                            </div>
                            <p class="our-words">{label.clone()}</p>
                        </div>
                    }
                })
                .collect_view();
            view! {
                <section class="conflict" aria-label=t::two_states()>
                    <header class="conflict-head">
                        <Icon glyph=Glyph::Split />
                        <h2>{t::two_states()}</h2>
                    </header>
                    <div class="conflict-halves">{halves}</div>
                </section>
            }
        })
    }
}

/// One of the states that devices led a record to apart.
struct Way {
    to: String,
    label: String,
    by: handbook::MemberId,
    at: handbook::Moment,
}

fn ways(row: &Row) -> Vec<Way> {
    let Some(life) = row.kind.lifecycle else { return Vec::new() };
    let Standing::Parted(states) = life.standing(row) else { return Vec::new() };
    let index = life.fact.iter().position(|field| field.key == TO);
    let way = |state: String| {
        let leads = |fact: &&handbook::Fact| {
            let to =
                index.and_then(|index| fact.values.get(index)).and_then(handbook::Value::as_text);
            to == Some(state.as_str())
        };
        let fact = lifecycles::latest(row.get(life.field).facts()).filter(leads).last()?;
        let label = life.states.get(&state).map(|known| say(known.label).to_owned());
        Some(Way {
            label: label.unwrap_or_else(|| state.clone()),
            by: fact.by,
            at: fact.at,
            to: state,
        })
    };
    states.into_iter().filter_map(way).collect()
}

/// The link to the desk, where anything lies on it.
#[component]
pub fn ConflictsLink(
    /// How it looks where it stands.
    #[prop(default = "notice soon")]
    class: &'static str,
) -> impl IntoView {
    let app = use_app();
    let count = Memo::new(move |_| app.unsettled().len());
    move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <a class=class href=PATH>
                    <Icon glyph=Glyph::Split small=true />
                    <span>{t::waiting(count)}</span>
                </a>
            }
        })
    }
}

/// From a reason on Today to the desk, where the reason is that nobody has decided yet.
pub fn desk_link(rule: &str) -> Option<impl IntoView + use<>> {
    ["two-versions", "states-parted"].contains(&rule).then(|| {
        view! {
            <a class="reach" href=PATH>
                {t::settle()}
            </a>
            <span class="dot" aria-hidden="true">
                "·"
            </span>
        }
    })
}
