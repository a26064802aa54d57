//! Every word that occurs anywhere, and in which documents.
//!
//! It answers two things in a walk over the distinct words instead of over all text: which documents can hold a term at all, and which
//! known words a mistyped one may have meant. A hundred thousand touchpoints have some tens of thousands of distinct words;
//! a set of letters, kept with each, rules out all but a few of them with one comparison of numbers.

use std::collections::{BTreeSet, HashMap};

use super::distance::{allowed, edits};

/// Known words that one mistyped word is taken for, at most.
const MOST_MEANT: usize = 12;
/// Shorter terms are in nearly every document.
const TELLING_MIN: usize = 3;

/// The words of all documents; a document is a number.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashMap<Box<str>, Known>,
}

#[derive(Debug, Default)]
struct Known {
    letters: u32,
    /// Ascending.
    documents: Vec<u32>,
}

/// A known word that may have been meant, and how far off what was typed is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meant {
    /// The known word.
    pub(super) word: String,
    /// Edits from what was typed; never 0.
    pub(super) edits: usize,
}

impl Vocabulary {
    /// A document's folded text was `before` and is `after`.
    pub(super) fn renew(&mut self, document: u32, before: &str, after: &str) {
        if before.is_empty() {
            words_of(after).for_each(|word| self.add(document, word));
            return;
        }
        let before: BTreeSet<&str> = words_of(before).collect();
        let after: BTreeSet<&str> = words_of(after).collect();
        before.difference(&after).for_each(|word| self.remove(document, word));
        after.difference(&before).for_each(|word| self.add(document, word));
    }

    fn add(&mut self, document: u32, word: &str) {
        let Some(known) = self.words.get_mut(word) else {
            let known = Known { letters: letters(word), documents: vec![document] };
            self.words.insert(word.into(), known);
            return;
        };
        // Documents are filled in their order, so a word that was just seen here stands last.
        if known.documents.last() == Some(&document) {
            return;
        }
        if let Err(place) = known.documents.binary_search(&document) {
            known.documents.insert(place, document);
        }
    }

    fn remove(&mut self, document: u32, word: &str) {
        let Some(known) = self.words.get_mut(word) else { return };
        if let Ok(place) = known.documents.binary_search(&document) {
            known.documents.remove(place);
        }
        if known.documents.is_empty() {
            self.words.remove(word);
        }
    }

    /// The documents in which every word of `text` occurs, be it in the middle of another one; `None` where that says nothing.
    /// A phrase may still not occur in them.
    pub(super) fn holding(&self, text: &str) -> Option<BTreeSet<u32>> {
        let mut telling: Vec<&str> =
            words_of(text).filter(|word| word.len() >= TELLING_MIN).collect();
        telling.sort_by_key(|word| word.len());
        let longest = telling.pop()?;
        let sought = letters(longest);
        let mut holding = BTreeSet::new();
        for (word, known) in &self.words {
            if sought & !known.letters == 0 && word.contains(longest) {
                holding.extend(&known.documents);
            }
        }
        Some(holding)
    }

    /// The documents in which a known word stands.
    pub(super) fn documents(&self, word: &str) -> &[u32] {
        self.words.get(word).map_or(&[], |known| &known.documents)
    }

    /// What a mistyped word may have meant, nearest first, then the commonest; with `begins` also beginnings of words.
    pub(super) fn meant(&self, typed: &[char], begins: bool) -> Vec<Meant> {
        let most = allowed(typed.len());
        if most == 0 {
            return Vec::new();
        }
        let sought = letters(&typed.iter().collect::<String>());
        let mut found: Vec<(usize, usize, &str)> = Vec::new();
        for (word, known) in &self.words {
            if (sought & !known.letters).count_ones() as usize > most
                || word.len() + most < typed.len()
            {
                continue;
            }
            let near = edits(typed, word, most, begins).filter(|edits| *edits > 0);
            found.extend(near.map(|edits| (edits, known.documents.len(), &**word)));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(a.2.cmp(b.2)));
        found.truncate(MOST_MEANT);
        found.into_iter().map(|(edits, _, word)| Meant { word: word.to_owned(), edits }).collect()
    }
}

/// The words of a folded text.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Which letters occur in a word: one bit for each of a to z, the rest shared by all others.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |set, letter| {
        let bit = match letter {
            'a'..='z' => u32::from(letter) - u32::from('a'),
            other => 26 + u32::from(other) % 6,
        };
        set | 1 << bit
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        vocabulary.renew(1, "", "late invoices come late");
        vocabulary.renew(2, "", "the plate is hot, invoices");
        vocabulary.renew(3, "", "invoice 2024");
        vocabulary
    }

    #[test]
    fn documents_that_can_hold_a_text() {
        let vocabulary = vocabulary();
        let check = |text: &str, expected: Option<&[u32]>| {
            let found = vocabulary.holding(text).map(|found| found.into_iter().collect::<Vec<_>>());
            assert_eq!(found.as_deref(), expected, "{text:?}");
        };
        check("late", Some(&[1, 2]));
        check("invoice", Some(&[1, 2, 3]));
        check("voices", Some(&[1, 2]));
        check("late invoices", Some(&[1, 2]));
        check("trains", Some(&[]));
        check("is", None);
        check("?", None);
    }

    #[test]
    fn what_may_have_been_meant() {
        let vocabulary = vocabulary();
        let check = |typed: &str, begins, expected: &[(&str, usize)]| {
            let letters: Vec<char> = typed.chars().collect();
            let found = vocabulary.meant(&letters, begins);
            let found: Vec<_> =
                found.iter().map(|meant| (meant.word.as_str(), meant.edits)).collect();
            assert_eq!(found, expected, "{typed}");
        };
        check("invioces", false, &[("invoices", 1), ("invoice", 2)]);
        check("lare", false, &[("late", 1)]);
        check("hto", false, &[]); // too short to guess at
        check("invio", true, &[("invoices", 1), ("invoice", 1)]);
        check("invio", false, &[]);
    }

    #[test]
    fn a_word_that_nobody_writes_any_more_is_forgotten() {
        let mut vocabulary = vocabulary();
        vocabulary.renew(3, "invoice 2024", "receipt 2024");
        assert!(vocabulary.documents("invoice").is_empty());
        assert_eq!(vocabulary.documents("receipt"), [3]);
        assert_eq!(vocabulary.documents("2024"), [3]);
        vocabulary.renew(1, "late invoices come late", "");
        assert_eq!(vocabulary.documents("invoices"), [2]);
        assert!(!vocabulary.words.contains_key("late"));
    }
}
