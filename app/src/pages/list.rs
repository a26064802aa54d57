//! A list of many records: what is filtered, sorted and shown stands in its address, can be kept as a view, and one
//! change can be made to all that is selected. Clients and the lists made from declarations are both of this kind.

pub mod address;
pub mod arrange;
pub mod change;
pub mod chosen;
pub mod filters;
pub mod kept;
pub mod lines;
pub mod table;
pub mod tags;

use std::sync::Arc;

use handbook::{
    Kind,
    views::{self, View},
};
use leptos::prelude::*;

pub use self::{
    address::Address,
    chosen::Chosen,
    lines::{Added, Head, Line, Lines},
};
use self::{filters::Filters, kept::SavedViews};
use crate::{
    texts::{client as client_texts, list as t},
    ui::state::use_app,
};

/// A list as its page sees it.
#[derive(Clone, Copy)]
pub struct Listing {
    /// What is listed.
    pub kind: &'static Kind,
    /// Its columns.
    pub heads: Signal<Arc<Vec<Head>>>,
    /// All its lines.
    pub lines: Memo<Lines>,
    /// What its address asks for.
    pub address: Address,
    /// The lines that are to be seen, in their order.
    pub found: Memo<Arc<Vec<Line>>>,
    /// What is selected.
    pub chosen: Chosen,
}

impl Listing {
    /// A list under the current owner. `seen` says which lines the page itself leaves out, by what it keeps in the
    /// address under the names in `page`.
    pub fn new(
        kind: &'static Kind,
        page: &'static [&'static str],
        heads: Signal<Arc<Vec<Head>>>,
        lines: Memo<Lines>,
        seen: impl Fn(&View, &Line) -> bool + Send + Sync + 'static,
    ) -> Self {
        let app = use_app();
        let address = Address::new(heads, page);
        let found = Memo::new(move |_| {
            let view = address.view.get();
            let columns: Vec<views::Column> =
                heads.with(|heads| heads.iter().map(|head| head.column.clone()).collect());
            let seen: Vec<Line> = lines
                .with(|lines| lines.0.iter().filter(|line| seen(&view, line)).cloned().collect());
            let order = views::apply(&view, &columns, &seen, app.today());
            Arc::new(order.into_iter().filter_map(|at| seen.get(at).cloned()).collect::<Vec<_>>())
        });
        let chosen = Chosen::new(found);
        Self { kind, heads, lines, address, found, chosen }
    }

    /// The heads of the columns that are shown.
    pub fn shown(&self) -> Vec<Head> {
        let columns = self.address.view.with(|view| view.columns.clone());
        self.heads.with(|heads| match columns {
            None => heads.iter().filter(|head| head.first).cloned().collect(),
            Some(keys) => keys
                .iter()
                .filter_map(|key| heads.iter().find(|head| head.column.key == *key).cloned())
                .collect(),
        })
    }
}

/// What stands above the lines: the words sought, filters, order and columns, kept views.
#[component]
pub fn Above(
    /// The list.
    listing: Listing,
    /// The label of the words sought.
    #[prop(into)]
    label: String,
    /// What else the page asks: its segments.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let address = listing.address;
    view! {
        <SavedViews listing=listing />
        <div class="filters">
            <input
                class="input"
                type="search"
                aria-label=label.clone()
                placeholder=label
                prop:value=move || address.words()
                on:input=move |event| address.seek(event_target_value(&event))
            />
            {children.map(|children| children())}
        </div>
        <Filters listing=listing />
    }
}

/// "8 clients", or "3 of 8" where not all are seen.
pub fn counted(listing: Listing) -> String {
    let (seen, all) =
        (listing.found.with(|found| found.len()), listing.lines.with(|lines| lines.0.len()));
    if listing.kind.key == handbook::records::CLIENT {
        client_texts::clients(seen)
    } else if seen == all {
        t::of_kind(all, crate::texts::say(listing.kind.one), crate::texts::say(listing.kind.many))
    } else {
        t::shown_of(seen, all)
    }
}
