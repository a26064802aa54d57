//! Switching the language of this page, on this device only.

use handbook::Language;
use leptos::prelude::*;

use crate::{
    platform::{dom, language},
    texts::{self, settings as t},
};

const SELECT: &str = "language";

/// The language in which the pages are written now. Made once by the app, found in the context; who tracks it is written
/// anew when it changes.
#[derive(Clone, Copy)]
pub struct Tongue(RwSignal<Language>);

impl Tongue {
    /// As the texts are now.
    pub fn new() -> Self {
        Self(RwSignal::new(texts::language()))
    }

    /// Reads it; reactive.
    pub fn get(self) -> Language {
        self.0.get()
    }

    /// Remembers a choice and writes the pages anew; `None` follows the browser.
    pub fn choose(self, choice: Option<Language>) {
        language::choose(choice);
        // Without storage nothing was remembered; the choice holds for this page all the same.
        let now = choice.unwrap_or_else(language::current);
        speak(now);
        self.0.set(now);
    }
}

impl Default for Tongue {
    fn default() -> Self {
        Self::new()
    }
}

/// Sets the language of texts and page.
pub fn speak(language: Language) {
    texts::set_language(language);
    language::mark(language);
}

/// Finds the language of this app.
pub fn use_tongue() -> Tongue {
    expect_context::<Tongue>()
}

/// As the browser, or one of ours.
#[component]
pub fn LanguageRow() -> impl IntoView {
    let tongue = use_tongue();
    let chosen = language::chosen();
    let options = Language::ALL
        .into_iter()
        .map(|own| {
            view! {
                <option value=own.tag() lang=own.tag() selected=chosen == Some(own)>
                    {own.name()}
                </option>
            }
        })
        .collect_view();
    let choose = move |event| {
        tongue.choose(Language::from_tag(&event_target_value(&event)));
        // The page with the select in it is a new one now.
        request_animation_frame(|| dom::focus(SELECT));
    };
    view! {
        <div class="settings-row">
            <div>
                <label for=SELECT>{t::language_both()}</label>
                <p class="support">{t::language_help()}</p>
            </div>
            <select id=SELECT class="input medium" on:change=choose>
                <option value="" selected=chosen.is_none()>
                    {t::language_system()}
                </option>
                {options}
            </select>
        </div>
    }
}

/// The other language, in its own words: for who cannot read this one.
#[component]
pub fn OtherLanguage() -> impl IntoView {
    let tongue = use_tongue();
    let now = texts::language();
    let others = Language::ALL.into_iter().filter(move |language| *language != now);
    others
        .map(|other| {
            view! {
                <button
                    type="button"
                    class="button quiet"
                    lang=other.tag()
                    on:click=move |_| tongue.choose(Some(other))
                >
                    {other.name()}
                </button>
            }
        })
        .collect_view()
}
