//! Search and command palette: go anywhere, find anything, do anything, from the keyboard.

pub mod lines;
pub mod recent;

use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use self::{
    lines::{Deed, Line, lines},
    recent::{Recent, remember, remembered},
};
use super::{
    client::archive::set_status,
    settings::export::export,
    shell::{Above, use_above},
    undo,
};
use crate::{
    platform::{dom, log, theme},
    texts::shell as t,
    ui::{
        icons::{Glyph, Icon},
        language::{Tongue, use_tongue},
        state::{AppState, Trouble, use_app},
        toast::{Toasts, use_toasts},
    },
};

const ID: &str = "palette";
const INPUT: &str = "palette-input";
const LIST: &str = "palette-list";
/// Lines that Page Up and Page Down pass over.
const PAGE: usize = 8;

#[component]
pub fn Palette() -> impl IntoView {
    let above = use_above();
    Effect::new(move |_| {
        if above.palette.get() {
            dom::show_modal(ID);
            dom::focus(INPUT);
        } else {
            dom::close_dialog(ID);
        }
    });
    view! {
        <dialog id=ID class="palette" aria-label=t::search() on:close=move |_| above.palette.set(false)>
            <Show when=move || above.palette.get()>
                <Search />
            </Show>
        </dialog>
    }
}

#[component]
fn Search() -> impl IntoView {
    let app = use_app();
    let above = use_above();
    let navigate = use_navigate();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let recent = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        app.erased.track();
        spawn_local(async move {
            let known = remembered(app).await;
            let _ = recent.try_set(known);
        });
    });
    let lines = Memo::new(move |_| {
        recent.with(|recent| lines(&app, &typed.get(), above.log_for.get(), recent))
    });
    let doer = Doer { app, above, toasts: use_toasts(), tongue: use_tongue() };
    let choose = Callback::new(move |line: Line| {
        if let Deed::Ask(question) = line.deed {
            typed.set(question);
            at.set(0);
            dom::focus(INPUT);
            return;
        }
        let navigate = navigate.clone();
        doer.choose(line, move |path| navigate(path, NavigateOptions::default()));
    });
    let on_key = move |event: KeyboardEvent| {
        let count = lines.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => at.update(|at| *at = (*at + count - 1) % count),
            "PageDown" if count > 0 => at.update(|at| *at = (*at + PAGE).min(count - 1)),
            "PageUp" => at.update(|at| *at = at.saturating_sub(PAGE)),
            "Enter" => {
                if let Some(line) =
                    lines.with_untracked(|lines| lines.get(at.get_untracked()).cloned())
                {
                    choose.run(line);
                }
            }
            _ => return,
        }
        event.prevent_default();
        dom::scroll_into_view(&option_id(at.get_untracked()));
    };
    let nothing = move || {
        let asked = !typed.with(|typed| typed.trim().is_empty());
        let ready = app.device.with(|device| device.search_ready);
        let words = match (ready, lines.with(Vec::is_empty)) {
            (false, _) => t::search_reading(),
            (true, true) => t::search_nothing(),
            (true, false) => return None,
        };
        asked.then(|| view! { <p class="palette-group" role="status">{words}</p> })
    };
    view! {
        <div class="palette-field">
            <Icon glyph=Glyph::Search />
            <input
                id=INPUT
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                autofocus=true
                aria-label=t::search()
                aria-expanded="true"
                aria-controls=LIST
                aria-activedescendant=move || option_id(at.get())
                placeholder=t::search_hint()
                prop:value=typed
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    at.set(0);
                }
                on:keydown=on_key
            />
            <button type="button" class="icon-button" aria-label=t::close() on:click=move |_| above.palette.set(false)>
                <Icon glyph=Glyph::Cross />
            </button>
        </div>
        <div class="palette-list" id=LIST role="listbox" aria-label=t::search()>
            {move || options(lines.get(), at, choose)}
            {nothing}
        </div>
    }
}

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}

fn options(lines: Vec<Line>, at: RwSignal<usize>, choose: Callback<Line>) -> impl IntoView {
    let mut group = String::new();
    lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            let heading = (line.group != group).then(
                || view! { <p class="palette-group" role="presentation">{line.group.clone()}</p> },
            );
            group.clone_from(&line.group);
            let own = line.clone();
            // Under the client's own heading its name says nothing.
            let detail =
                Some(line.detail).filter(|detail| !detail.is_empty() && *detail != line.group);
            let detail = detail.map(|detail| view! { <p>{detail}</p> });
            let passage =
                line.passage.map(|passage| view! { <p class="palette-passage">{passage}</p> });
            view! {
                {heading}
                <div
                    id=option_id(index)
                    class="palette-item"
                    role="option"
                    aria-selected=move || (at.get() == index).to_string()
                    on:pointermove=move |_| {
                        if at.get_untracked() != index {
                            at.set(index);
                        }
                    }
                    on:click=move |_| choose.run(own.clone())
                >
                    <Icon glyph=line.glyph />
                    <div>{line.title} {detail} {passage}</div>
                </div>
            }
        })
        .collect_view()
}

/// What doing something from the palette needs.
#[derive(Clone, Copy)]
struct Doer {
    app: AppState,
    above: Above,
    toasts: Toasts,
    tongue: Tongue,
}

impl Doer {
    fn choose(self, line: Line, go: impl Fn(&str) + 'static) {
        self.above.palette.set(false);
        match line.deed {
            Deed::Go(path) => {
                go(&path);
                let chosen = Recent { path, title: line.title, detail: line.detail };
                spawn_local(async move {
                    if let Err(Trouble(why)) = remember(self.app, chosen).await {
                        log::note(&format!("the palette forgets where somebody went: {why}"));
                    }
                });
            }
            // Asked on in the field itself.
            Deed::Ask(_) => {}
            Deed::Log => self.above.log.set(true),
            Deed::Undo => undo::undo(self.app, self.toasts, None),
            Deed::Redo => undo::redo(self.app, self.toasts),
            Deed::Export(what) => export(self.app, self.toasts, what),
            Deed::Theme(theme) => theme::set(theme),
            Deed::Speak(language) => self.tongue.choose(Some(language)),
            Deed::Archive(client, to) => set_status(self.app, self.toasts, client, to, go),
            Deed::Sync => spawn_local(async move {
                if let Err(trouble) = self.app.act(|acts| (acts.sync_now)(())).await {
                    self.toasts.trouble(&trouble);
                }
            }),
            // Not before the palette is gone from the page.
            Deed::Print => request_animation_frame(dom::print),
        }
    }
}
