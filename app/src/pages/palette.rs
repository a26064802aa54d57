//! Search and command palette: go anywhere, find anything, do anything, from the keyboard.

use leptos::{ev::KeyboardEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{shell::use_above, undo};
use crate::{
    platform::dom,
    texts::{
        complaint as complaint_texts, history as history_texts, settings as settings_texts,
        shell as t,
    },
    ui::{
        icons::{Glyph, Icon},
        place,
        state::{AppState, use_app},
        toast::use_toasts,
    },
};

const ID: &str = "palette";
const INPUT: &str = "palette-input";
const LIST: &str = "palette-list";

/// What choosing a line does.
#[derive(Clone, PartialEq)]
enum Deed {
    Go(String),
    Log,
    Undo,
    Redo,
}

/// A line of the palette.
#[derive(Clone, PartialEq)]
struct Line {
    glyph: Glyph,
    title: String,
    detail: String,
    deed: Deed,
    group: &'static str,
}

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
    let lines = Memo::new(move |_| lines(&app, &typed.get()));
    let toasts = use_toasts();
    let choose = Callback::new(move |line: Line| {
        above.palette.set(false);
        match line.deed {
            Deed::Go(path) => navigate(&path, NavigateOptions::default()),
            Deed::Log => above.log.set(true),
            Deed::Undo => undo::undo(app, toasts, None),
            Deed::Redo => undo::redo(app, toasts),
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let count = lines.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => at.update(|at| *at = (*at + count - 1) % count),
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
    let mut group = "";
    lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            let heading = (line.group != group)
                .then(|| view! { <p class="palette-group" role="presentation">{line.group}</p> });
            group = line.group;
            let own = line.clone();
            let detail = (!line.detail.is_empty()).then(|| view! { <p>{line.detail.clone()}</p> });
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
                    <div>
                        {line.title}
                        {detail}
                    </div>
                </div>
            }
        })
        .collect_view()
}

/// Places and commands that match, then what the handbook has.
fn lines(app: &AppState, typed: &str) -> Vec<Line> {
    let asked = typed.trim().to_lowercase();
    let mut lines: Vec<Line> =
        commands().into_iter().filter(|line| line.title.to_lowercase().contains(&asked)).collect();
    if !asked.is_empty() {
        let found = app.search(typed.trim().to_owned()).into_iter().map(|hit| Line {
            glyph: Glyph::Page,
            title: hit.title,
            detail: hit
                .passage
                .map_or(hit.detail.clone(), |passage| format!("{}: {passage}", hit.detail)),
            deed: Deed::Go(place::path(&hit.place)),
            group: t::found(),
        });
        // What the handbook has comes first: people look for it far more often than for a page.
        lines = found.chain(lines).collect();
    }
    lines
}

fn commands() -> Vec<Line> {
    let go = |glyph, title: &str, path: &str| Line {
        glyph,
        title: title.to_owned(),
        detail: String::new(),
        deed: Deed::Go(path.to_owned()),
        group: t::go_to(),
    };
    let act = |glyph, title: &str, deed| Line {
        glyph,
        title: title.to_owned(),
        detail: String::new(),
        deed,
        group: t::do_it(),
    };
    vec![
        act(Glyph::Pen, t::log_touchpoint(), Deed::Log),
        act(Glyph::Flag, t::new_complaint(), Deed::Go("/complaints/new".into())),
        act(Glyph::Plus, t::new_client(), Deed::Go("/clients/new".into())),
        act(Glyph::PersonPlus, settings_texts::invite(), Deed::Go("/settings#team".into())),
        act(Glyph::Download, settings_texts::import(), Deed::Go("/settings#import".into())),
        act(Glyph::FileOut, settings_texts::export(), Deed::Go("/settings#export".into())),
        act(Glyph::Clock, history_texts::undo_last(), Deed::Undo),
        act(Glyph::Clock, history_texts::redo_last(), Deed::Redo),
        go(Glyph::Split, history_texts::desk(), "/firm/conflicts"),
        go(Glyph::Sun, t::today(), "/"),
        go(Glyph::Building, t::clients(), "/clients"),
        go(Glyph::Flag, complaint_texts::title(), "/complaints"),
        go(Glyph::Briefcase, t::firm(), "/firm"),
        go(Glyph::Sliders, t::settings(), "/settings"),
    ]
}
