//! What was asked: words, quoted phrases, and which kind of record.

mod kinds;

use super::fold;
pub use kinds::kinds_asked;
pub(super) use kinds::{is_mark, mark};

/// Words past this many in one question are ignored: nobody types them, and each costs a comparison a line.
const MAX_TERMS: usize = 8;
/// Beginnings shorter than this have too many neighbours to guess at.
const BEGINNING_MIN: usize = 5;
/// Marks around a phrase, in either language. They come in pairs, so each one opens or closes.
const QUOTES: [char; 6] = ['"', '“', '”', '„', '«', '»'];

/// A word or a phrase of a question, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// What is looked for.
    pub(super) text: String,
    /// It stood in quotes: it must occur as it is.
    pub(super) phrase: bool,
    /// It is still being typed: what was meant may go on.
    pub(super) begins: bool,
}

impl Term {
    /// Its letters, if a slip in it may be forgiven: phrases and numbers are meant as they stand.
    pub(super) fn letters(&self) -> Option<Vec<char>> {
        (!self.phrase && self.text.chars().all(char::is_alphabetic))
            .then(|| self.text.chars().collect())
    }
}

/// The terms of a question, in the order typed.
pub(super) fn terms(question: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for (place, part) in question.split(QUOTES).enumerate() {
        let folded = fold(part);
        if place % 2 == 1 {
            let text = folded.trim().to_owned();
            terms.push(Term { text, phrase: true, begins: false });
        } else {
            terms.extend(folded.split_whitespace().map(|word| match kinds::asked(word) {
                Some(mark) => Term { text: mark.to_string(), phrase: true, begins: false },
                None => Term { text: word.to_owned(), phrase: false, begins: false },
            }));
        }
    }
    terms.retain(|term| !term.text.is_empty());
    terms.truncate(MAX_TERMS);
    let typing = !question.ends_with(|sign: char| sign.is_whitespace() || QUOTES.contains(&sign));
    if let Some(last) = terms.last_mut() {
        last.begins = typing && !last.phrase && last.text.chars().count() >= BEGINNING_MIN;
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases() {
        let check = |question: &str, expected: &[(&str, bool, bool)]| {
            let found = terms(question);
            let found: Vec<_> =
                found.iter().map(|term| (term.text.as_str(), term.phrase, term.begins)).collect();
            assert_eq!(found, expected, "{question:?}");
        };
        check("", &[]);
        check("Late  Invoices", &[("late", false, false), ("invoices", false, true)]);
        check("invoices ", &[("invoices", false, false)]);
        check("late", &[("late", false, false)]);
        check("\"late  Invoices\" Zoë", &[("late invoices", true, false), ("zoe", false, false)]);
        check("„späte Rechnung“", &[("spate rechnung", true, false)]);
        check("“late invoices”", &[("late invoices", true, false)]);
        check("met \"late inv", &[("met", false, false), ("late inv", true, false)]);
        check("\"\"", &[]);
    }
}
