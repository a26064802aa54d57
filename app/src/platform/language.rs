//! The language of this device: as somebody chose it, or as the browser asks for it.
//!
//! The choice lies in `localStorage` beside the theme, because the start script (`app/public/boot.js`) must read it before
//! the app runs; it never leaves the device.

use handbook::Language;

use super::{dom, js};

const KEY: &str = "rapport.language";

/// The remembered choice; `None` follows the browser.
pub fn chosen() -> Option<Language> {
    let stored = js::local_storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    stored.as_deref().and_then(Language::from_tag)
}

/// The language to speak: the choice, else the first of the browser's languages that has texts here, else English.
pub fn current() -> Language {
    let asked = || dom::languages().iter().find_map(|tag| Language::from_tag(tag));
    chosen().or_else(asked).unwrap_or_default()
}

/// Remembers a choice on this device. Without `localStorage` it holds for this page only. The page is written anew by
/// whoever shows it.
pub fn choose(language: Option<Language>) {
    if let Some(storage) = js::local_storage() {
        let _ = match language {
            Some(language) => storage.set_item(KEY, language.tag()),
            None => storage.remove_item(KEY),
        };
    }
}

/// Tells the browser, screen readers and hyphenation which language the page is in.
pub fn mark(language: Language) {
    dom::set_language(language.tag(), false);
}
