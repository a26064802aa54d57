//! The portfolio: every client with what it needs, as a table or as cards. What is seen stands in the address.

pub mod duplicates;

use std::{cmp::Reverse, collections::HashMap, sync::Arc};

use handbook::{
    DocumentId, Record, RecordId, Value,
    attention::Severity,
    records::{Assignment, Client, ClientStatus, Complaint, Member, Role},
    views::{Asks, Column, View},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use self::duplicates::Duplicates;
use super::{
    list::{
        Above, Added, Head, Line, Lines, Listing,
        change::ChangeMany,
        counted,
        lines::{Behind, heads, lines},
        table::LineTable,
        tags::TagsDialog,
    },
    shell::Page,
    today::reason_words,
};
use crate::{
    texts::{
        client as t, complaint as complaint_texts, list as list_texts, record as record_texts, say,
        shell, title_of,
    },
    ui::{
        chip::Segment,
        crumbs::Back,
        form::NewForm,
        icons::{Glyph, Icon},
        model::Attention,
        place,
        section::Empty,
        sheet::MoreMenu,
        state::{AppState, Placed, use_app},
    },
};

/// What the page keeps in its address beside filters and columns.
const PAGE: &[&str] = &[WHICH, LAYOUT];
const WHICH: &str = "which";
const LAYOUT: &str = "as";
const CARDS: &str = "cards";

/// Columns that no field stands behind.
const MANAGER: &str = "account_manager";
const REASONS: &str = "reasons";

/// What the list begins with.
const FIRST: [&str; 4] = ["sector", MANAGER, "status", REASONS];

/// Which clients are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Current,
    Attention,
    Archived,
}

impl Which {
    fn of(view: &View) -> Self {
        match view.kept(WHICH) {
            "attention" => Self::Attention,
            "archived" => Self::Archived,
            _ => Self::Current,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Current => "",
            Self::Attention => "attention",
            Self::Archived => "archived",
        }
    }

    fn holds(self, line: &Line) -> bool {
        let status = line.row().and_then(|row| Client::KEYS.status.get(row).ok());
        let archived = status == Some(ClientStatus::Archived);
        match self {
            Self::Current => !archived,
            Self::Attention => {
                !archived && line.added(REASONS).is_some_and(|reasons| !reasons.value.is_empty())
            }
            Self::Archived => archived,
        }
    }
}

/// All clients.
#[component]
pub fn ClientsPage() -> impl IntoView {
    let app = use_app();
    let columns = Memo::new(move |_| arranged(&heads(&app, Client::KIND, own_columns())));
    let all = Memo::new(move |_| client_lines(&app));
    let listing = Listing::new(Client::KIND, PAGE, columns.into(), all, |view, line| {
        Which::of(view).holds(line)
    });
    let address = listing.address;
    let which = Memo::new(move |_| address.view.with(Which::of));
    let cards = Memo::new(move |_| address.view.with(|view| view.kept(LAYOUT) == CARDS));
    let choose_which =
        Callback::new(move |which: Which| address.change(|view| view.keep(WHICH, which.name())));
    let choose_layout = Callback::new(move |cards: bool| {
        address.change(|view| view.keep(LAYOUT, if cards { CARDS } else { "" }));
    });
    let none_at_all = Memo::new(move |_| all.with(|lines| lines.0.is_empty()));
    let tags = RwSignal::new(false);
    let href = Callback::new(|(_, line): (DocumentId, Line)| place::client_path(line.id()));
    view! {
        <Page title=Signal::stored(t::title().to_owned())>
            <header class="page-head">
                <div>
                    <h1>{t::title()}</h1>
                    <p class="lead">{move || counted(listing)}</p>
                </div>
                <div class="acts">
                    <ComplaintsLink />
                    <a class="button firm" href="/clients/new">
                        <Icon glyph=Glyph::Plus small=true />
                        {shell::new_client()}
                    </a>
                    <MoreMenu>
                        <button type="button" on:click=move |_| tags.set(true)>
                            {list_texts::manage_tags()}
                        </button>
                        <a href="/firm/trash">{list_texts::trash()}</a>
                    </MoreMenu>
                </div>
            </header>
            <Show when=move || !none_at_all.get() fallback=|| view! { <Empty text=t::no_clients() /> }>
                <Above listing=listing label=t::filter()>
                    <Segment
                        name="which"
                        label=t::status()
                        choices=vec![
                            (Which::Current, t::current()),
                            (Which::Attention, t::needs_attention()),
                            (Which::Archived, t::archived()),
                        ]
                        chosen=which
                        on_choose=choose_which
                    />
                    <Segment
                        name="layout"
                        label=t::layout()
                        choices=vec![(false, t::as_table()), (true, t::as_cards())]
                        chosen=cards
                        on_choose=choose_layout
                    />
                </Above>
                <Duplicates />
                <ChangeMany listing=listing />
                <LineTable listing=listing cards=cards href=href />
            </Show>
            <TagsDialog open=tags />
        </Page>
    }
}

/// The account manager, and why it needs attention.
fn own_columns() -> Vec<Head> {
    let head = |key: &str, asks: Asks, label: &str| Head {
        column: Column::new(key, asks),
        label: label.to_owned(),
        behind: Behind::Added,
        first: true,
    };
    vec![head(MANAGER, Asks::OneOf, t::account_manager()), head(REASONS, Asks::Words, t::reasons())]
}

/// The columns that the list begins with come first, in their order.
fn arranged(heads: &[Head]) -> Arc<Vec<Head>> {
    let mut heads = heads.to_vec();
    let place = |head: &Head| FIRST.iter().position(|key| *key == head.column.key);
    heads.iter_mut().for_each(|head| head.first = place(head).is_some());
    heads.sort_by_key(|head| place(head).unwrap_or(FIRST.len()));
    Arc::new(heads)
}

/// What presses comes first, then the alphabet.
fn client_lines(app: &AppState) -> Lines {
    let attention = app.attention();
    let mut by_client: HashMap<RecordId, Vec<Attention>> = HashMap::new();
    for found in attention.iter() {
        by_client.entry(found.client).or_default().push(found.clone());
    }
    let worst = |id: RecordId| -> Option<Severity> {
        by_client.get(&id).and_then(|found| found.iter().map(|it| it.reason.severity).min())
    };
    let managers = account_managers(app);
    let mut rows: Vec<Placed> = app.list(Client::KEY).as_ref().clone();
    rows.sort_by_cached_key(|placed| {
        let id = placed.row.id;
        (Reverse(worst(id).map(Reverse)), handbook::search::fold(&title_of(&placed.row)))
    });
    lines(
        app,
        Client::KIND,
        Arc::new(rows),
        |placed| title_of(&placed.row),
        |row| {
            let found = by_client.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            let reasons = reason_words(found, row.id);
            let manager = managers.get(&row.id);
            vec![
                Added {
                    column: MANAGER.to_owned(),
                    value: manager.map_or(Value::Empty, |(id, _)| Value::Link(*id)),
                    words: manager.map(|(_, name)| name.clone()).unwrap_or_default(),
                },
                Added {
                    column: REASONS.to_owned(),
                    value: if reasons.is_empty() {
                        Value::Empty
                    } else {
                        Value::Text(reasons.clone())
                    },
                    words: reasons,
                },
            ]
        },
    )
}

/// Each client's account manager of today.
fn account_managers(app: &AppState) -> HashMap<RecordId, (RecordId, String)> {
    let today = app.today();
    let names: HashMap<RecordId, String> =
        app.list(Member::KEY).iter().map(|placed| (placed.row.id, title_of(&placed.row))).collect();
    app.list(Assignment::KEY)
        .iter()
        .filter_map(|placed| {
            let DocumentId::Client(client) = placed.document else { return None };
            let keys = &Assignment::KEYS;
            let manages = keys.role.get(&placed.row) == Ok(Some(Role::AccountManager));
            let over = keys.until.raw(&placed.row).as_date().is_some_and(|until| until < today);
            let person = keys.person.raw(&placed.row).as_link()?;
            let name = names.get(&person)?;
            (manages && !over).then(|| (client, (person, name.clone())))
        })
        .collect()
}

/// The way to the complaint desk, shown once there is something on it.
#[component]
fn ComplaintsLink() -> impl IntoView {
    let app = use_app();
    let any = Memo::new(move |_| !app.list(Complaint::KEY).is_empty());
    view! {
        <Show when=move || any.get()>
            <a class="button" href="/complaints">
                {complaint_texts::title()}
            </a>
        </Show>
    }
}

/// The form of a new client.
#[component]
pub fn NewClientPage() -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let id = app.new_id();
    let saved = Callback::new(move |key: handbook::RecordKey| {
        navigate(&place::client_path(key.id), NavigateOptions::default());
    });
    let title = record_texts::new(say(Client::KIND.one));
    view! {
        <Page title=Signal::stored(title.clone())>
            <Back to="/clients" words=t::title() />
            <header class="page-head">
                <h1>{title}</h1>
            </header>
            <div class="narrow">
            <NewForm
                kind=Client::KIND
                document=DocumentId::Client(id)
                id=id
                draft="new"
                shown=&["name", "sector", "status", "service_since"]
                on_saved=saved
            />
            </div>
        </Page>
    }
}
