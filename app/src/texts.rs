//! The sentences that only the app needs: browser, sync and navigation. Everything about the handbook itself
//! (labels, choices, reasons, problems) stands with its declaration in `handbook`.
//!
//! A text is a function, so that a missing one is an error of the compiler; so is one without its German. Texts with
//! values in them are written out below their catalogue.
//!
//! # Words we use
//!
//! German is formal ("Sie") and short. Records, fields and choices are called as `handbook::records` calls them:
//!
//! | English | German |
//! |---|---|
//! | client, contact, team member | Kunde, Ansprechpartner, Teammitglied |
//! | touchpoint, conversation; to log one | Kontakt, Gespräch; einen Kontakt festhalten |
//! | promise: kept, broken | Zusage: gehalten, gebrochen |
//! | complaint: captured, recorded; remedy | Beschwerde: aufgenommen, erfasst; Abhilfe |
//! | to acknowledge, assess, respond | bestätigen, bewerten, antworten |
//! | engagement, action, assignment | Auftrag, Maßnahme, Zuständigkeit |
//! | account manager, client sponsor | Kundenbetreuung, Kundensponsor |
//! | reason to act; clears when | Anlass zum Handeln; erledigt, sobald |
//! | two versions; to settle, to join | zwei Fassungen; entscheiden, verbinden |
//! | coverage, cadence | Abdeckung, Kontaktrhythmus |
//! | workspace, device, relay | Arbeitsbereich, Gerät, Relay |
//! | sync; offline; only on this device | Abgleich; offline; nur auf diesem Gerät |
//! | invitation, set-up link | Einladung, Einrichtungslink |
//! | owner, editor, reader (of a workspace) | Inhaber, Bearbeiter, Leser |
//! | import, export; dry run | Import, Export; Probelauf |
//! | sample firm | Musterfirma |

use std::cell::Cell;

use handbook::{
    Language::{self, De, En},
    Row, Sentence, Words,
};

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

/// A sentence of the handbook in the language of this page.
pub fn tell(sentence: &Sentence) -> String {
    sentence.get(language()).to_owned()
}

/// What people call a record, in the language of this page.
pub fn title_of(row: &Row) -> String {
    row.title_in(language())
}

/// `name = "English" | "Deutsch";`
macro_rules! texts {
    ($($name:ident = $en:literal | $de:literal;)*) => {
        $(
            #[doc = $en]
            pub fn $name() -> &'static str {
                const { assert!(!$en.is_empty() && !$de.is_empty()) };
                $crate::texts::say(handbook::Words::new($en, $de))
            }
        )*
    };
}

pub mod again;
pub mod agenda;
pub mod attachment;
pub mod client;
pub mod complaint;
pub mod day;
pub mod engagement;
pub mod error;
pub mod find;
pub mod history;
pub mod list;
pub mod log;
pub mod record;
pub mod relationship;
pub mod relay;
pub mod rollout;
pub mod roster;
pub mod settings;
pub mod shell;
pub mod start;
pub mod strategy;
pub mod team;
pub mod today;
pub mod trouble;
pub mod visit;

/// "1 change", "3 changes": a count with its word, one and many, in English and in German.
pub fn count(n: u64, en: [&str; 2], de: [&str; 2]) -> String {
    let [one, many] = match language() {
        En => en,
        De => de,
    };
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Small numbers as words at the beginning of a sentence: "Two", "Six"; larger ones in digits. In German, one and none
/// are those of a masculine noun.
pub fn count_word(n: usize) -> String {
    const ENGLISH: [&str; 13] = [
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
        "Eleven", "Twelve",
    ];
    const GERMAN: [&str; 13] = [
        "Kein", "Ein", "Zwei", "Drei", "Vier", "Fünf", "Sechs", "Sieben", "Acht", "Neun", "Zehn",
        "Elf", "Zwölf",
    ];
    let words = match language() {
        En => ENGLISH,
        De => GERMAN,
    };
    words.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// A label in the middle of a sentence: English writes it small, German as it is.
pub fn inline(label: &str) -> String {
    match language() {
        En => label.to_lowercase(),
        De => label.to_owned(),
    }
}

/// Checks a text in both languages.
#[cfg(test)]
pub(crate) fn check_both<T: AsRef<str>>(given: impl Fn() -> T, en: &str, de: &str) {
    let before = language();
    set_language(En);
    assert_eq!(given().as_ref(), en);
    set_language(De);
    assert_eq!(given().as_ref(), de);
    set_language(before);
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn counts_and_labels() {
        let changes = |n| move || count(n, ["change", "changes"], ["Änderung", "Änderungen"]);
        check_both(changes(1), "1 change", "1 Änderung");
        check_both(changes(0), "0 changes", "0 Änderungen");
        check_both(|| count_word(12), "Twelve", "Zwölf");
        check_both(|| count_word(13), "13", "13");
        check_both(|| inline(say(Words::new("Call", "Anruf"))), "call", "Anruf");
    }
}
