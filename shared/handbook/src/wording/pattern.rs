//! Patterns of words.
//!
//! A pattern is words with spaces between them, folded (no accents, lower case). `word*` takes any word that begins so; `<them>` takes a word of
//! a class; a `?` behind either makes it optional; `..` skips up to [`GAP`] words, none of which says "we": what we did ourselves is no blame.

use std::ops::Range;

use crate::search::fold;

/// Words that `..` may skip.
const GAP: usize = 3;

/// Who is spoken of.
const THEM: &[&str] = &[
    "you", "they", "he", "she", "client", "customer", "sie", "er", "ihr", "kunde", "kundin",
    "kunden",
];
/// Forms of "to be" and "to have" that join somebody and what is said of them.
const ARE: &[&str] = &[
    "are", "re", "is", "s", "was", "were", "have", "has", "ve", "ist", "sind", "war", "waren",
    "seid",
];
/// Words that only make it stronger.
const VERY: &[&str] = &[
    "so",
    "too",
    "just",
    "simply",
    "completely",
    "really",
    "absolutely",
    "totally",
    "such",
    "a",
    "plain",
    "zu",
    "einfach",
    "total",
    "vollig",
    "echt",
    "wirklich",
    "ja",
    "doch",
    "nur",
    "absolut",
    "sehr",
];
/// Not them but us, or somebody's report of what was said.
const US: &[&str] = &[
    "we", "i", "our", "wir", "ich", "uns", "unser", "unsere", "said", "says", "say", "sagt",
    "sagte", "sagen", "meint", "dass", "not", "nicht",
];

/// A word of a text, folded, and where it stands.
#[derive(Debug)]
pub(super) struct Token {
    word: String,
    /// In bytes of the text.
    pub(super) span: Range<usize>,
    /// A sentence ended before it.
    begins: bool,
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut begins = true;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        match (sign.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = fold(text.get(from..at).unwrap_or_default());
                tokens.push(Token { word, span: from..at, begins });
                begins = false;
                start = None;
            }
            _ => {}
        }
        begins |= matches!(sign, '.' | '!' | '?' | ';' | '\n');
    }
    tokens
}

/// How many words from the first on the pattern takes, if it matches there; never across the end of a sentence.
pub(super) fn matches(pattern: &str, here: &[Token]) -> Option<usize> {
    // Nearly every pattern fails at its first word, so that is asked before anything is laid out.
    let begins = pattern
        .split(' ')
        .next()
        .is_some_and(|part| here.first().is_some_and(|token| takes(part, &token.word)));
    if !begins {
        return None;
    }
    let end = here.iter().skip(1).position(|token| token.begins).map_or(here.len(), |at| at + 1);
    let parts: Vec<&str> = pattern.split(' ').collect();
    follow(&parts, here.get(..end)?, 0)
}

fn follow(parts: &[&str], here: &[Token], at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    if *part == ".." {
        return (0..=GAP)
            .take_while(|skipped| {
                let skips = here.get(at..at + skipped);
                skips.is_some_and(|skips| skips.iter().all(|token| !US.contains(&&*token.word)))
            })
            .find_map(|skipped| follow(rest, here, at + skipped));
    }
    let (part, optional) = part.strip_suffix('?').map_or((*part, false), |part| (part, true));
    let taken = here
        .get(at)
        .filter(|token| takes(part, &token.word))
        .and_then(|_| follow(rest, here, at + 1));
    taken.or_else(|| optional.then(|| follow(rest, here, at)).flatten())
}

fn takes(part: &str, word: &str) -> bool {
    match part {
        "<them>" => THEM.contains(&word),
        "<are>" => ARE.contains(&word),
        "<very>" => VERY.contains(&word),
        part => match part.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => part == word,
        },
    }
}

/// A text that the pattern should find.
#[cfg(test)]
pub(super) fn example(pattern: &str) -> String {
    let words = pattern.split(' ').filter(|part| *part != "..").map(|part| {
        match part.trim_end_matches('?') {
            "<them>" => "they".to_owned(),
            "<are>" => "are".to_owned(),
            "<very>" => "so".to_owned(),
            part => part.trim_end_matches('*').to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
