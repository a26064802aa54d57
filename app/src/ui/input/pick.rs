//! One of very many: a field that is typed into, and what fits below it (the combobox with a list of the ARIA Authoring
//! Practices). A list of a thousand entries is made only when somebody asks for it, and then its first lines.

use handbook::search::fold;
use leptos::{ev::KeyboardEvent, prelude::*};

use crate::{
    platform::dom,
    texts::record as t,
    ui::icons::{Glyph, Icon},
};

/// A field with more entries than this is typed into rather than scrolled through.
pub const MANY: usize = 60;
/// As many entries are offered at once; who wants another types more.
const OFFERED: usize = 12;

/// An entry: its key and what it is called.
pub type Entry = (String, String);

#[component]
pub fn Pick(
    /// Id of the input.
    id: String,
    /// All entries, in the order in which they are offered; asked for while the list is open.
    entries: Callback<(), Vec<Entry>>,
    /// What the chosen entry is called; empty without one.
    chosen: Signal<String>,
    /// The key of what was chosen; empty to choose nothing.
    on_choose: Callback<String>,
    /// The name of the input where no label names it.
    #[prop(optional)]
    label: Option<String>,
    /// What an empty field says.
    #[prop(optional)]
    hint: &'static str,
    /// Whether something must be chosen.
    #[prop(optional)]
    required: bool,
    /// The id of the element that explains the field.
    #[prop(optional_no_strip)]
    described_by: Option<String>,
) -> impl IntoView {
    // What is typed while the list is open.
    let typed = RwSignal::new(None::<String>);
    let at = RwSignal::new(0_usize);
    let fitting = Memo::new(move |_| match typed.get() {
        None => Vec::new(),
        Some(typed) => fitting(entries.run(()), &typed),
    });
    let list = format!("{id}-list");
    let own = StoredValue::new(id.clone());
    let option_id = move |index: usize| own.with_value(|id| format!("{id}-{index}"));
    let choose = move |key: String| {
        typed.set(None);
        on_choose.run(key);
    };
    let open = move || {
        if typed.with_untracked(Option::is_none) {
            at.set(0);
            typed.set(Some(String::new()));
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let count = fitting.with_untracked(Vec::len);
        let is_open = typed.with_untracked(Option::is_some);
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !is_open => open(),
            "ArrowDown" if count > 0 => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" if is_open => {
                let entry =
                    fitting.with_untracked(|fitting| fitting.get(at.get_untracked()).cloned());
                if let Some((key, _)) = entry {
                    choose(key);
                }
            }
            "Escape" if is_open => {
                typed.set(None);
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
        dom::scroll_into_view(&option_id(at.get_untracked()));
    };
    let options = move || {
        fitting
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, (key, title))| {
                view! {
                    <li
                        id=option_id(index)
                        class="pick-option"
                        role="option"
                        aria-selected=move || (at.get() == index).to_string()
                        // Before the field loses the focus, and with it the list.
                        on:mousedown=move |event| {
                            event.prevent_default();
                            choose(key.clone());
                        }
                    >
                        {title}
                    </li>
                }
            })
            .collect_view()
    };
    let is_open = move || typed.with(Option::is_some);
    let controls = list.clone();
    view! {
        <div class="pick medium">
            <input
                id=id
                class="input"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder=hint
                aria-label=label
                aria-autocomplete="list"
                aria-required=required.then_some("true")
                aria-describedby=described_by
                aria-expanded=move || is_open().to_string()
                aria-controls=controls
                aria-activedescendant=move || is_open().then(|| option_id(at.get()))
                prop:value=move || typed.get().unwrap_or_else(|| chosen.get())
                on:click=move |_| open()
                on:input=move |event| {
                    at.set(0);
                    typed.set(Some(event_target_value(&event)));
                }
                on:keydown=on_key
                on:blur=move |_| typed.set(None)
            />
            <Show when=move || !chosen.with(String::is_empty)>
                <button type="button" class="icon-button" aria-label=t::choose_nothing() on:click=move |_| choose(String::new())>
                    <Icon glyph=Glyph::Cross small=true />
                </button>
            </Show>
            <ul class="pick-list" id=list role="listbox" aria-label=t::choose() hidden=move || !is_open()>
                {options}
                <Show when=move || is_open() && fitting.with(Vec::is_empty)>
                    <li class="quiet-words" role="presentation">{t::nothing_fits()}</li>
                </Show>
            </ul>
        </div>
    }
}

/// The first entries in whose title every word typed occurs; those that begin with it come first.
fn fitting(entries: Vec<Entry>, typed: &str) -> Vec<Entry> {
    let asked = fold(typed);
    let asked = asked.trim();
    let mut begin = Vec::new();
    let mut contain = Vec::new();
    for entry in entries {
        let title = fold(&entry.1);
        if title.starts_with(asked) {
            begin.push(entry);
        } else if asked.split(' ').all(|word| title.contains(word)) {
            contain.push(entry);
        }
        if begin.len() == OFFERED {
            break;
        }
    }
    begin.append(&mut contain);
    begin.truncate(OFFERED);
    begin
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_begins_so_comes_first() {
        let entries = || {
            ["Aalborg Port", "Merrow Ferries", "New Merrow", "Zürich Rail"]
                .map(|title| (title.to_lowercase(), title.to_owned()))
                .to_vec()
        };
        let check = |typed: &str, expected: &[&str]| {
            let found: Vec<String> =
                fitting(entries(), typed).into_iter().map(|(_, title)| title).collect();
            assert_eq!(found, expected, "{typed:?}");
        };
        check("", &["Aalborg Port", "Merrow Ferries", "New Merrow", "Zürich Rail"]);
        check("merrow", &["Merrow Ferries", "New Merrow"]);
        check("ferries merrow", &["Merrow Ferries"]);
        check("ZURICH", &["Zürich Rail"]);
        check("nobody", &[]);
        let many = (0..100).map(|n| (n.to_string(), format!("Client {n}"))).collect();
        assert_eq!(fitting(many, "cli").len(), OFFERED);
    }
}
