//! What the client is told of our work in a period: a page to print, to hand over or to send, with nothing on it that
//! they may not see (S1.12).

use chrono::NaiveDate;
use handbook::{
    DocumentId, Op, Record, RecordId, Row,
    figures::thresholds::months_before,
    known,
    records::{Client, ProactiveService},
    strategy::digest::{About, Digest, digest, untold},
};
use leptos::{prelude::*, task::spawn_local};

use super::super::Missing;
use crate::{
    pages::{id_param, shell::Page},
    platform::{dom, files},
    texts::{client as client_texts, language, shell, strategy as t, title_of},
    ui::{
        icons::{Glyph, Icon},
        place,
        section::Empty,
        state::{AppState, use_app},
        toast::use_toasts,
    },
};

/// Without another choice the digest reaches so many months back.
const MONTHS: u32 = 3;

#[component]
pub fn DigestPage() -> impl IntoView {
    let app = use_app();
    let client = id_param("client");
    move || {
        let Some(id) = client.get() else { return view! { <Missing /> }.into_any() };
        let name = Memo::new(move |_| {
            app.document(&DocumentId::Client(id))
                .map(|rows| rows.iter().find(|row| row.kind.key == Client::KEY).map(title_of))
        });
        (move || match name.get() {
            None => view! { <Page title=Signal::stored(String::new())><p class="support">{shell::reading()}</p></Page> }.into_any(),
            Some(None) => view! { <Missing /> }.into_any(),
            Some(Some(name)) => view! { <Told client=id name=name /> }.into_any(),
        })
        .into_any()
    }
}

#[component]
fn Told(client: RecordId, name: String) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let document = DocumentId::Client(client);
    let today = app.today();
    let from = RwSignal::new(months_before(today, MONTHS));
    let to = RwSignal::new(today);
    let own_name = name.clone();
    let told = Memo::new(move |_| {
        let firm_name = app.workspace.with(|workspace| workspace.firm.clone());
        let about = About { firm: &firm_name, client: &own_name, from: from.get(), to: to.get() };
        digest(about, &living(&app, document), &living(&app, DocumentId::Firm))
    });
    let open = Memo::new(move |_| {
        untold(&known::<ProactiveService>(&living(&app, document)), from.get(), to.get())
    });
    let mark = move |_| {
        let today = app.today();
        let how = t::digest_of(&crate::ui::format::day(today, today));
        let keys = &ProactiveService::KEYS;
        let ops: Vec<Op> = open
            .get_untracked()
            .into_iter()
            .flat_map(|id| {
                [keys.broadcast_on.set(id, Some(today)), keys.broadcast_how.set(id, how.clone())]
            })
            .collect();
        spawn_local(async move {
            match app.write(document, ops, "mark as told").await {
                Ok(_) => toasts.done(t::marked_told()),
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    let save = move |html: bool| {
        let (name, mime, text) = told.with_untracked(|told| {
            let name = format!("{}-{}", t::file_name(), told.to);
            if html {
                (format!("{name}.html"), "text/html", told.html(language()))
            } else {
                (format!("{name}.txt"), "text/plain", told.text(language()))
            }
        });
        files::save(&name, mime, text.into_bytes());
    };
    view! {
        <Page title=Signal::stored(t::digest().to_owned())>
            <nav class="crumbs">
                <a href="/clients">{client_texts::title()}</a>
                <Icon glyph=Glyph::ChevronEnd small=true />
                <a href=place::client_tab(client, "strategy")>{name}</a>
                <Icon glyph=Glyph::ChevronEnd small=true />
            </nav>
            <header class="page-head digest-head">
                <div>
                    <p class="lead">{t::digest_lead()}</p>
                </div>
                <div class="acts">
                    <button type="button" class="button" on:click=move |_| dom::print()>
                        <Icon glyph=Glyph::Printer small=true />
                        {client_texts::print()}
                    </button>
                    <button type="button" class="button" on:click=move |_| save(false)>
                        {t::save_text()}
                    </button>
                    <button type="button" class="button" on:click=move |_| save(true)>
                        {t::save_page()}
                    </button>
                </div>
            </header>
            <div class="filters digest-period">
                <DayInput id="digest-from" label=t::from() day=from />
                <DayInput id="digest-to" label=t::to() day=to />
                {move || {
                    let n = open.with(Vec::len);
                    (n > 0)
                        .then(|| {
                            view! {
                                <button type="button" class="button firm" on:click=mark>
                                    {t::mark_told(n)}
                                </button>
                            }
                        })
                }}
            </div>
            {move || view! { <Sheet told=told.get() /> }}
        </Page>
    }
}

/// The document itself.
#[component]
fn Sheet(told: Digest) -> impl IntoView {
    let language = language();
    if told.is_empty() {
        return view! {
            <h1>{told.heading(language)}</h1>
            <Empty text=t::nothing_to_tell() />
        }
        .into_any();
    }
    let entry = |on: NaiveDate, title: String, words: String, rest: Vec<String>| {
        let rest: Vec<String> = rest.into_iter().filter(|part| !part.is_empty()).collect();
        view! {
            <article class="entry told-entry">
                <div class="entry-margin">{crate::ui::format::day(on, told.to)}</div>
                <h3 class="entry-head">{title}</h3>
                <div class="entry-body">
                    {(!words.is_empty()).then(|| view! { <p class="client-words">{words}</p> })}
                    {rest.into_iter().map(|line| view! { <p class="support">{line}</p> }).collect_view()}
                </div>
            </article>
        }
    };
    let services = told
        .services
        .iter()
        .map(|one| {
            let [benefit, about] = one.lines(language);
            entry(one.on, one.what.clone(), benefit, vec![about])
        })
        .collect_view();
    let shown = told
        .shown
        .iter()
        .map(|one| {
            let [summary, link, to] = one.lines(language);
            entry(one.on, one.titled(language), String::new(), vec![summary, link, to])
        })
        .collect::<Vec<_>>();
    view! {
        <section class="digest narrow" aria-label=told.heading(language)>
            <p class="support">{told.firm.clone()}</p>
            <h1>{told.heading(language)}</h1>
            <p class="support">{told.period(language)}</p>
            {services}
            {(!shown.is_empty())
                .then(|| {
                    view! {
                        <h2>{t::what_we_showed()}</h2>
                        {shown}
                    }
                })}
        </section>
    }
    .into_any()
}

#[component]
fn DayInput(id: &'static str, label: &'static str, day: RwSignal<NaiveDate>) -> impl IntoView {
    view! {
        <label class="support" for=id>
            {label}
        </label>
        <input
            id=id
            class="input"
            type="date"
            prop:value=move || day.get().to_string()
            on:change=move |event| {
                if let Ok(new) = event_target_value(&event).parse() {
                    day.set(new);
                }
            }
        />
    }
}

fn living(app: &AppState, document: DocumentId) -> Vec<Row> {
    let rows = app.document(&document).unwrap_or_default();
    rows.iter().filter(|row| !row.gone).cloned().collect()
}
