//! Finding anything by what was typed.
//!
//! Text is folded (accents, case, width) and kept as one long string for each document, one line a record, so that a
//! keystroke is a scan of a few megabytes rather than a walk over a hundred thousand objects. Every term of a question must
//! be found in a line; a title beats other text, a word's beginning beats its middle, a client or person beats a note, and
//! of equals the newest comes first. A phrase in quotes is found as it stands.
//!
//! Where a word is found nowhere, or the question finds little, words that differ by a slip of the finger are found too, always
//! behind what was found as typed. A walk over the distinct words says which could have been meant and in which documents they
//! stand; only those documents are scanned.

mod distance;
mod entries;
mod lines;
mod question;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

pub use entries::{entries, entry};
use lines::{Answer, Lines, Sought, Way};
use question::Term;
pub use question::kinds_asked;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use vocabulary::Vocabulary;

/// With fewer results than this, slips of the finger are forgiven.
const FEW: usize = 3;
/// What a hit without slips has before any other; more than all terms together can earn.
const AS_TYPED: u32 = 200_000;
/// What each slip costs; more than all terms together can earn.
const SLIP: u32 = 10_000;

/// Folds a text for comparison: compatibility decomposition without marks, lower case, one space for any white space.
///
/// ```
/// assert_eq!(handbook::search::fold("Café  GRÜN №5"), "cafe grun no5");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    // Most of a text is ASCII, which decomposes into itself: only what stands between takes the long way.
    while !rest.is_empty() {
        let (plain, more) =
            rest.split_at(rest.find(|sign: char| !sign.is_ascii()).unwrap_or(rest.len()));
        plain.chars().for_each(|sign| push_folded(&mut folded, sign.to_ascii_lowercase()));
        let (other, more) =
            more.split_at(more.find(|sign: char| sign.is_ascii()).unwrap_or(more.len()));
        push_decomposed(&mut folded, other);
        rest = more;
    }
    folded
}

fn push_decomposed(folded: &mut String, text: &str) {
    for sign in text.nfkd().filter(|sign| !is_combining_mark(*sign)) {
        match sign {
            'ß' => folded.push_str("ss"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'æ' | 'Æ' => folded.push_str("ae"),
            _ => sign.to_lowercase().for_each(|lower| push_folded(folded, lower)),
        }
    }
}

fn push_folded(folded: &mut String, sign: char) {
    let sign = if sign.is_whitespace() || sign.is_control() { ' ' } else { sign };
    if sign != ' ' || !folded.ends_with(' ') {
        folded.push(sign);
    }
}

/// What is to be found again: `K` says which record it is.
#[derive(Debug, Clone)]
pub struct Entry<K> {
    /// Which record this is.
    pub key: K,
    /// The record's title, unfolded.
    pub title: String,
    /// All else that should find it, unfolded.
    pub rest: String,
    /// How much its kind matters among equals: higher comes first.
    pub weight: u8,
    /// When it happened, in milliseconds since 1970; among equals the newest comes first.
    pub at: i64,
}

/// A record found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<K> {
    /// Which record.
    pub key: K,
    /// Higher is better; comparable within one question only.
    pub score: u32,
    /// Some words of the record's other text around what was asked for, if that is not in its title.
    pub passage: Option<String>,
}

/// The text of all documents, `D` naming one.
#[derive(Debug)]
pub struct Index<D, K> {
    /// The place of each document among `lines`; a place is kept when its document is removed.
    places: BTreeMap<D, u32>,
    lines: Vec<Lines<K>>,
    vocabulary: Vocabulary,
}

impl<D: Ord, K: Clone + Ord> Default for Index<D, K> {
    fn default() -> Self {
        Self { places: BTreeMap::new(), lines: Vec::new(), vocabulary: Vocabulary::default() }
    }
}

impl<D: Ord, K: Clone + Ord> Index<D, K> {
    /// Replaces all that is known of one document.
    pub fn replace(&mut self, document: D, entries: impl IntoIterator<Item = Entry<K>>) {
        let next = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        let place = *self.places.entry(document).or_insert(next);
        if place == next {
            self.lines.push(Lines::default());
        }
        let Some(lines) = self.lines.get_mut(place as usize) else { return };
        let before = std::mem::replace(lines, Lines::new(entries));
        self.vocabulary.renew(place, &before.text, &lines.text);
    }

    /// Forgets a document.
    pub fn remove(&mut self, document: D) {
        if self.places.contains_key(&document) {
            self.replace(document, []);
        }
    }

    /// The best `limit` records in which every term of `question` occurs, best first; of equals the newest first, then in the
    /// order of their keys.
    pub fn find(&self, question: &str, limit: usize) -> Vec<Hit<K>> {
        let terms = question::terms(question);
        let typed: Vec<Sought> = terms.iter().map(as_typed).collect();
        let mut found = self.search(&typed);
        if found.len() < FEW
            && let Some(meant) = self.forgiven(&terms)
        {
            let known: BTreeSet<(u32, usize)> = found.iter().map(Found::place).collect();
            let more = self.search(&meant);
            found.extend(more.into_iter().filter(|found| !known.contains(&found.place())));
            return self.best(found, &meant, limit);
        }
        self.best(found, &typed, limit)
    }

    fn search(&self, sought: &[Sought]) -> Vec<Found<'_, K>> {
        if sought.is_empty() {
            return Vec::new();
        }
        let mut sought = sought.to_vec();
        // The longest term is the rarest guess: it picks the candidate lines, the others only confirm them.
        let longest = |ways: &Sought| ways.first().map_or(0, |way| way.text.len());
        sought.sort_by_key(|ways| std::cmp::Reverse(longest(ways)));
        let holding: Vec<BTreeSet<u32>> =
            sought.iter().filter_map(|ways| self.holding(ways)).collect();
        let mut found = Vec::new();
        for (place, lines) in (0..).zip(&self.lines) {
            if holding.iter().all(|holding| holding.contains(&place)) {
                let answers = lines.answers(&sought);
                found.extend(answers.map(|answer| Found { place, lines, answer }));
            }
        }
        found
    }

    /// The documents in which one of the ways can occur; `None` where that says nothing.
    fn holding(&self, ways: &Sought) -> Option<BTreeSet<u32>> {
        let mut holding = BTreeSet::new();
        for way in ways {
            match way.edits {
                0 => holding.extend(self.vocabulary.holding(&way.text)?),
                _ => holding.extend(self.vocabulary.documents(&way.text)),
            }
        }
        Some(holding)
    }

    /// The terms with the words that may have been meant by them: by those that stand nowhere, or by any if all stand somewhere.
    /// `None` where nothing else can have been meant.
    fn forgiven(&self, terms: &[Term]) -> Option<Vec<Sought>> {
        let unknown = |term: &Term| {
            self.vocabulary.holding(&term.text).is_some_and(|holding| holding.is_empty())
        };
        let unknown: Vec<bool> = terms.iter().map(unknown).collect();
        let any = !unknown.contains(&true);
        let mut guessed = false;
        let sought = terms.iter().zip(unknown).map(|(term, unknown)| {
            let mut ways = as_typed(term);
            if let Some(letters) = term.letters().filter(|_| any || unknown) {
                let meant = self.vocabulary.meant(&letters, term.begins);
                guessed |= !meant.is_empty();
                ways.extend(
                    meant.into_iter().map(|meant| Way { text: meant.word, edits: meant.edits }),
                );
            }
            ways
        });
        let sought: Vec<Sought> = sought.collect();
        guessed.then_some(sought)
    }

    fn best(&self, mut found: Vec<Found<'_, K>>, sought: &[Sought], limit: usize) -> Vec<Hit<K>> {
        // A word such as "the" finds everything; only the best of it is worth sorting.
        if found.len() > limit && limit > 0 {
            found.select_nth_unstable_by(limit - 1, Found::order);
            found.truncate(limit);
        }
        found.sort_by(Found::order);
        found.truncate(limit);
        let hit = |found: Found<'_, K>| {
            let key = found.lines.record(found.answer.line)?.key.clone();
            let passage = found.lines.passage(found.answer.line, sought);
            Some(Hit { key, score: found.score(), passage })
        };
        found.into_iter().filter_map(hit).collect()
    }
}

fn as_typed(term: &Term) -> Sought {
    vec![Way { text: term.text.clone(), edits: 0 }]
}

/// A line that answers a question.
struct Found<'a, K> {
    place: u32,
    lines: &'a Lines<K>,
    answer: Answer,
}

impl<K: Ord> Found<'_, K> {
    fn place(&self) -> (u32, usize) {
        (self.place, self.answer.line)
    }

    fn score(&self) -> u32 {
        let slips = u32::try_from(self.answer.edits).unwrap_or(u32::MAX).saturating_mul(SLIP);
        AS_TYPED.saturating_sub(slips) + self.answer.score
    }

    fn order(a: &Self, b: &Self) -> std::cmp::Ordering {
        let (of_a, of_b) = (a.lines.record(a.answer.line), b.lines.record(b.answer.line));
        let at = |known: Option<&lines::Known<K>>| known.map(|known| known.at);
        let key = |known| Option::map(known, |known: &lines::Known<K>| &known.key);
        b.score()
            .cmp(&a.score())
            .then_with(|| at(of_b).cmp(&at(of_a)))
            .then_with(|| key(of_a).cmp(&key(of_b)))
    }
}

#[cfg(test)]
mod tests;
