//! What lies above the page: sheets and dialogs, both native `dialog` elements.

use leptos::{html, prelude::*};

use super::icons::{Glyph, Icon};
use crate::{platform::dom, texts::shell as t};

/// A sheet from the inline end, or from below where there is no rail. It makes its content when it opens and
/// drops it when it closes.
#[component]
pub fn Sheet(
    /// The element's id, unique on the page.
    id: &'static str,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Called after it closed, however it closed.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    /// Body and foot.
    children: ChildrenFn,
) -> impl IntoView {
    follow(id, open);
    let heading = StoredValue::new(format!("{id}-title"));
    view! {
        <dialog
            id=id
            class="sheet"
            aria-labelledby=heading.get_value()
            on:close=move |_| closed(open, on_close)
        >
            <Show when=move || open.get()>
                <header class="sheet-head">
                    <h2 id=heading.get_value()>{title}</h2>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=t::close()
                        on:click=move |_| open.set(false)
                    >
                        <Icon glyph=Glyph::Cross />
                    </button>
                </header>
                {children()}
            </Show>
        </dialog>
    }
}

/// A small dialog in the middle, for one question.
#[component]
pub fn Dialog(
    /// The element's id, unique on the page.
    id: &'static str,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The question and its buttons.
    children: ChildrenFn,
) -> impl IntoView {
    follow(id, open);
    let heading = StoredValue::new(format!("{id}-title"));
    view! {
        <dialog id=id class="dialog" aria-labelledby=heading.get_value() on:close=move |_| closed(open, None)>
            <Show when=move || open.get()>
                <h2 id=heading.get_value()>{title}</h2>
                {children()}
            </Show>
        </dialog>
    }
}

/// A menu of further acts under three dots. Choosing one closes it.
#[component]
pub fn MoreMenu(
    /// What it is a menu of, where a page has several.
    #[prop(optional)]
    label: Option<&'static str>,
    /// Its items: links and buttons.
    children: Children,
) -> impl IntoView {
    let menu = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    view! {
        <details
            class="menu"
            node_ref=menu
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <summary class="icon-button" aria-label=label.unwrap_or_else(t::more) role="button">
                <Icon glyph=Glyph::Dots />
            </summary>
            <div class="menu-list" on:click=move |_| close()>
                {children()}
            </div>
        </details>
    }
}

/// The last line of a form in a dialog: leaving it, and the act.
#[component]
pub fn DialogFoot(
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// The act's words.
    words: &'static str,
    /// Whether something is missing without which there is no act.
    #[prop(optional, into)]
    unready: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="acts">
            <button type="button" class="button" on:click=move |_| open.set(false)>
                {t::cancel()}
            </button>
            <button type="submit" class="button firm" disabled=unready>
                {words}
            </button>
        </div>
    }
}

/// A dialog that is open while it is known what it asks about: closing it forgets that.
pub fn open_while<T: Send + Sync + 'static>(asked: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(asked.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && asked.with_untracked(Option::is_some) {
            asked.set(None);
        }
    });
    open
}

/// Keeps the dialog as open as the signal says.
fn follow(id: &'static str, open: RwSignal<bool>) {
    Effect::new(move |_| if open.get() { dom::show_modal(id) } else { dom::close_dialog(id) });
}

fn closed(open: RwSignal<bool>, on_close: Option<Callback<()>>) {
    open.set(false);
    if let Some(on_close) = on_close {
        on_close.run(());
    }
}
