//! What people read: fixed words of a declaration, and sentences made at run time.

use std::fmt;

/// A language of the texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German, formal.
    De,
}

impl Language {
    /// Every one, in the order of a choice.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// Its tag as pages and browsers write it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// Its own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// The language of a tag such as `de-AT`; `None` for one without texts here.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }
}

/// A label in every language, fixed when the program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// English, never empty.
    pub en: &'static str,
    /// German; as complete as English, which `tests/rules/declarations.rs` checks for every declaration.
    pub de: &'static str,
}

impl Words {
    /// Both languages.
    pub const fn new(en: &'static str, de: &'static str) -> Self {
        Self { en, de }
    }

    /// The words in one language.
    pub const fn get(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::De => self.de,
        }
    }
}

impl From<Words> for Sentence {
    fn from(words: Words) -> Self {
        Self::new(words.en, words.de)
    }
}

/// A sentence with values in it, in every language at once: it is made where the reason is known
/// and read where the reader's language is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_browsers() {
        let check = |tag: &str, expected| assert_eq!(Language::from_tag(tag), expected, "{tag}");
        check("de", Some(Language::De));
        check("de-AT", Some(Language::De));
        check("DE_ch", Some(Language::De));
        check("en-GB", Some(Language::En));
        check("den", None);
        check("fr", None);
        check("", None);
    }
}
