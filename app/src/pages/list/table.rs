//! The lines of a list as a table or as cards. Fifty are drawn at once; more are before anybody gets there, so that
//! a thousand open as fast as ten and scrolling never meets a blank.

use handbook::{
    DocumentId, RecordId,
    views::{Line as _, NAME},
};
use leptos::{html, prelude::*};

use super::{Head, Line, Listing};
use crate::{
    platform::near::Watch,
    texts::{list as t, record as record_texts, say},
    ui::{
        icons::{Glyph, Icon},
        place,
        section::Empty,
    },
};

/// So many lines are drawn at once.
const PART: usize = 50;

/// A line as it is drawn: as long as it is the same, it is not drawn again.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Drawn {
    id: RecordId,
    name: String,
    href: String,
    cells: Vec<String>,
    parted: bool,
    selecting: bool,
}

/// The lines of a list.
#[component]
pub fn LineTable(
    /// The list.
    listing: Listing,
    /// Cards instead of a table.
    #[prop(optional, into)]
    cards: Signal<bool>,
    /// Where a line leads.
    #[prop(into)]
    href: Callback<(DocumentId, Line), String>,
) -> impl IntoView {
    let shown = RwSignal::new(PART);
    // Another view begins at its beginning.
    Effect::new(move |before: Option<String>| {
        let now = listing.address.view.with(|view| view.format());
        if before.is_some_and(|before| before != now) {
            shown.set(PART);
        }
        now
    });
    let heads = Memo::new(move |_| listing.shown());
    let drawn = Memo::new(move |_| {
        let selecting = listing.chosen.selecting.get();
        let heads = heads.get();
        listing.found.with(|found| {
            found
                .iter()
                .take(shown.get())
                .map(|line| draw(line, &heads, selecting, href))
                .collect::<Vec<_>>()
        })
    });
    let end = NodeRef::<html::Div>::new();
    let rest = Memo::new(move |_| listing.found.with(|found| found.len()) > shown.get());
    let more = move || {
        if rest.try_get_untracked() == Some(true) {
            shown.update(|shown| *shown += PART);
        }
    };
    let watch = StoredValue::new_local(Watch::new(more));
    Effect::new(move |_| {
        shown.track();
        let Some(end) = end.get() else { return };
        watch.with_value(|watch| match watch {
            Some(watch) => watch.look_at(&end),
            // A browser that cannot tell draws everything.
            None => shown.set(usize::MAX),
        });
    });
    let none = Memo::new(move |_| listing.found.with(|found| found.is_empty()));
    view! {
        <Show when=move || !none.get() fallback=|| view! { <Empty text=t::none_match() /> }>
            {move || {
                if cards.get() {
                    view! {
                        <ul class="cards">
                            <For each=move || drawn.get() key=Drawn::clone let:line>
                                <Card line=line listing=listing />
                            </For>
                        </ul>
                    }
                    .into_any()
                } else {
                    view! { <Rows listing=listing heads=heads drawn=drawn /> }.into_any()
                }
            }}
            <div node_ref=end class="list-end" aria-hidden="true"></div>
        </Show>
    }
}

fn draw(
    line: &Line,
    heads: &[Head],
    selecting: bool,
    href: Callback<(DocumentId, Line), String>,
) -> Drawn {
    Drawn {
        id: line.id(),
        name: line.name().to_owned(),
        href: href.run((line.document(), line.clone())),
        cells: heads.iter().map(|head| line.words(&head.column)).collect(),
        parted: line.row().is_some_and(|row| !row.two_versions.is_empty()),
        selecting,
    }
}

#[component]
fn Rows(listing: Listing, heads: Memo<Vec<Head>>, drawn: Memo<Vec<Drawn>>) -> impl IntoView {
    let address = listing.address;
    let head = move |key: String, label: String| {
        let key = StoredValue::new(key);
        let order = move || {
            address.view.with(|view| {
                let sort = view.sort.as_ref()?;
                let own = key.with_value(|key| *key == sort.column);
                own.then_some(if sort.descending { "descending" } else { "ascending" })
            })
        };
        view! {
            <th scope="col" aria-sort=order>
                <button
                    type="button"
                    class="sort-button"
                    aria-label=t::sort_column(&label)
                    on:click=move |_| address.change(|view| key.with_value(|key| view.turn(key)))
                >
                    {label.clone()}
                    {move || {
                        order().map(|order| {
                            let turned = if order == "descending" { "turned" } else { "" };
                            view! { <span class=turned><Icon glyph=Glyph::ChevronDown small=true /></span> }
                        })
                    }}
                </button>
            </th>
        }
    };
    let columns = move || {
        heads.get().into_iter().map(|column| head(column.column.key, column.label)).collect_view()
    };
    let box_head = move || listing.chosen.selecting.get().then(|| view! { <td class="pick"></td> });
    view! {
        <div class="scroll-wide">
            <table class="table folds">
                <thead>
                    <tr>
                        {box_head}
                        {head(NAME.to_owned(), say(listing.kind.one).to_owned())}
                        {columns}
                    </tr>
                </thead>
                <tbody>
                    <For each=move || drawn.get() key=Drawn::clone let:line>
                        <Row listing=listing line=line />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(listing: Listing, line: Drawn) -> impl IntoView {
    let Drawn { id, name, href, cells, parted, selecting } = line;
    let tick = selecting
        .then(|| view! { <td class="pick"><Tick listing=listing id=id name=name.clone() /></td> });
    let parted = parted.then(|| {
        view! {
            <span class="tag soon">
                <Icon glyph=Glyph::Split small=true />
                {record_texts::two_versions_word()}
            </span>
        }
    });
    let cells =
        cells.into_iter().map(|words| view! { <td class="support">{words}</td> }).collect_view();
    view! {
        <tr class:picked=move || selecting && listing.chosen.has(id)>
            {tick}
            <th scope="row">
                <a class="row-link" href=href>
                    {name}
                </a>
                {parted}
            </th>
            {cells}
        </tr>
    }
}

#[component]
fn Card(line: Drawn, listing: Listing) -> impl IntoView {
    let Drawn { id, name, href, cells, selecting, .. } = line;
    let tick = selecting.then(|| view! { <Tick listing=listing id=id name=name.clone() /> });
    let mut cells = cells.into_iter().filter(|words| !words.is_empty());
    let (first, second) = (cells.by_ref().take(2).collect::<Vec<_>>(), cells.collect::<Vec<_>>());
    view! {
        <li class="card" class:picked=move || selecting && listing.chosen.has(id)>
            {tick}
            <a href=href>{name}</a>
            <p class="support">{first.join(", ")}</p>
            <p class="quiet-words">{second.join(" · ")}</p>
        </li>
    }
}

/// The box before a line. With the shift key, everything from the one touched last.
#[component]
fn Tick(listing: Listing, id: RecordId, name: String) -> impl IntoView {
    let chosen = listing.chosen;
    view! {
        <label class="pick-box">
            <input
                type="checkbox"
                aria-label=t::select_one(&name)
                prop:checked=move || chosen.has(id)
                on:click=move |event| {
                    let there = event_target_checked(&event);
                    chosen.tick(id, there, event.shift_key());
                }
            />
        </label>
    }
}

/// Where the record of a line is found.
pub fn record_href(document: DocumentId, line: &Line) -> String {
    line.key().map(|key| place::record_path(document, key)).unwrap_or_default()
}
