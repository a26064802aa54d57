//! What people read: fixed words of a declaration, and sentences made at run time.

use std::fmt;

/// A language of the texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, complete from the first day.
    #[default]
    En,
    /// German; falls back to English word by word.
    De,
}

/// A label in every language, fixed when the program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// English, never empty.
    pub en: &'static str,
    /// German; empty until somebody writes it.
    pub de: &'static str,
}

impl Words {
    /// Both languages.
    pub const fn new(en: &'static str, de: &'static str) -> Self {
        Self { en, de }
    }

    /// The words in one language, English where the other has none.
    pub const fn get(&self, language: Language) -> &'static str {
        match language {
            Language::De if !self.de.is_empty() => self.de,
            _ => self.en,
        }
    }
}

/// A sentence with values in it, in every language at once: it is made where the reason is known
/// and read where the reader's language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// English.
    pub en: String,
    /// German.
    pub de: String,
}

impl Sentence {
    /// Both languages.
    pub fn new(en: impl Into<String>, de: impl Into<String>) -> Self {
        Self { en: en.into(), de: de.into() }
    }

    /// The sentence in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::De => &self.de,
        }
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}
