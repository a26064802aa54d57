//! A list's address: the view that stands in it, and how it changes.

use std::{sync::Arc, time::Duration};

use handbook::views::{Column, View};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use super::Head;

/// Words being typed stand in the address after so long without a key: browsers refuse a page that changes its address
/// with every letter.
const PAUSE: Duration = Duration::from_millis(400);

/// What a list's address asks for.
#[derive(Clone, Copy)]
pub struct Address {
    /// The view, with the words as they are being typed.
    pub view: Memo<View>,
    /// The address before its question mark.
    pub path: Memo<String>,
    /// What stands behind it.
    pub query: Memo<String>,
    typed: RwSignal<Option<String>>,
    timer: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    go: Callback<View>,
}

impl Address {
    /// The address of the page under the current owner.
    pub fn new(heads: Signal<Arc<Vec<Head>>>, page: &'static [&'static str]) -> Self {
        let location = use_location();
        let navigate = use_navigate();
        let typed = RwSignal::new(None::<String>);
        let (path, search) = (location.pathname, location.search);
        let written = Memo::new(move |_| {
            let columns: Vec<Column> =
                heads.with(|heads| heads.iter().map(|head| head.column.clone()).collect());
            search.with(|search| View::parse(search, &columns, page))
        });
        let view = Memo::new(move |_| {
            let mut view = written.get();
            if let Some(words) = typed.get() {
                view.words = words;
            }
            view
        });
        let query = Memo::new(move |_| written.with(View::format));
        let go = Callback::new(move |view: View| {
            let query = view.format();
            let mark = if query.is_empty() { "" } else { "?" };
            let options =
                NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&format!("{}{mark}{query}", path.get_untracked()), options);
        });
        Self { view, path, query, typed, timer: StoredValue::new_local(None), go }
    }

    /// The words sought, as typed.
    pub fn words(&self) -> String {
        self.view.with(|view| view.words.clone())
    }

    /// Seeks these words at once, and puts them into the address soon.
    pub fn seek(&self, words: String) {
        self.typed.set(Some(words));
        let address = *self;
        self.stop();
        let later = set_timeout_with_handle(
            move || {
                // The page may have been left meanwhile.
                if address.view.try_get_untracked().is_some() {
                    address.change(|_| {});
                }
            },
            PAUSE,
        );
        self.timer.set_value(later.ok());
    }

    /// Changes the view; the address follows at once.
    pub fn change(&self, change: impl FnOnce(&mut View)) {
        self.stop();
        let mut view = self.view.get_untracked();
        change(&mut view);
        self.go.run(view);
        self.typed.set(None);
    }

    /// Shows another view.
    pub fn show(&self, view: View) {
        self.change(|now| *now = view);
    }

    fn stop(&self) {
        self.timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    }
}
