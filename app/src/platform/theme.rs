//! Light, dark, or as the system has it.
//!
//! The choice lies in `localStorage` because the start script (`app/public/boot.js`) must read it before
//! the first paint; it is the one setting that does not live in the index database.

use super::js;

const KEY: &str = "rapport.theme";

/// Which of the two palettes to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says, also when it changes at dusk.
    #[default]
    System,
    /// Light paper.
    Light,
    /// Dark paper.
    Dark,
}

impl Theme {
    const fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The remembered choice.
pub fn get() -> Theme {
    let stored = js::local_storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    match stored.as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Applies a choice to the page and remembers it on this device. Without `localStorage` it holds for this page only.
pub fn set(theme: Theme) {
    if let Some(root) = js::root() {
        let _ = match theme.name() {
            Some(name) => root.set_attribute("data-theme", name),
            None => root.remove_attribute("data-theme"),
        };
    }
    if let Some(storage) = js::local_storage() {
        let _ = match theme.name() {
            Some(name) => storage.set_item(KEY, name),
            None => storage.remove_item(KEY),
        };
    }
}
