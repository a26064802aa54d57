//! The sentences that only the app needs: browser, sync and navigation. Everything about the handbook itself
//! (labels, choices, reasons, problems) stands with its declaration in `handbook`.
//!
//! A text is a function, so that a missing one is an error of the compiler. Texts with values in them are written
//! out below their catalogue. German stands behind the bar; where it is missing, English is shown.

use std::cell::Cell;

use handbook::{Language, Words};

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::En) };
}

/// The language of this page.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// Sets the language; before the first view is made.
pub fn set_language(language: Language) {
    LANGUAGE.set(language);
}

/// Words of a declaration in the language of this page.
pub fn say(words: Words) -> &'static str {
    words.get(language())
}

/// `name = "English";` or `name = "English" | "Deutsch";`
macro_rules! texts {
    ($($name:ident = $en:literal $(| $de:literal)?;)*) => {
        $(
            #[doc = $en]
            pub fn $name() -> &'static str {
                $crate::texts::say(handbook::Words::new($en, concat!($($de)?)))
            }
        )*
    };
}

pub mod client;
pub mod complaint;
pub mod log;
pub mod record;
pub mod settings;
pub mod shell;
pub mod start;
pub mod today;

/// "1 change", "3 changes": a count with its word.
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Small numbers as words at the beginning of a sentence: "Two", "Six"; larger ones in digits.
pub fn count_word(n: usize) -> String {
    const WORDS: [&str; 13] = [
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
        "Eleven", "Twelve",
    ];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}
