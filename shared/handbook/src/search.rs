//! Finding anything by what was typed.
//!
//! Text is folded (accents, case, width) and kept as one long string for each document, one line a record, so that a
//! keystroke is a scan of a few megabytes rather than a walk over a hundred thousand objects. Every word of a question must
//! be found in a line; a title beats other text, a word's beginning beats its middle, a client or person beats a note.

mod entries;

use std::collections::BTreeMap;

pub use entries::{entries, entry};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Between a record's title and its other text in a line.
const TITLE_END: char = '\u{1}';
/// Words past this many in one question are ignored: nobody types them, and each costs a comparison a line.
const MAX_WORDS: usize = 8;
/// Words of a passage before what was asked for, and from there on.
const PASSAGE_BEFORE: usize = 5;
const PASSAGE_AFTER: usize = 12;

/// Folds a text for comparison: compatibility decomposition without marks, lower case, one space for any white space.
///
/// ```
/// assert_eq!(handbook::search::fold("Café  GRÜN №5"), "cafe grun no5");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let mut folded = String::with_capacity(text.len());
        for sign in text.chars() {
            push_folded(&mut folded, sign.to_ascii_lowercase());
        }
        return folded;
    }
    let mut folded = String::with_capacity(text.len());
    for sign in text.nfkd().filter(|sign| !is_combining_mark(*sign)) {
        match sign {
            'ß' => folded.push_str("ss"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'æ' | 'Æ' => folded.push_str("ae"),
            _ => sign.to_lowercase().for_each(|lower| push_folded(&mut folded, lower)),
        }
    }
    folded
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
    documents: BTreeMap<D, Lines<K>>,
}

#[derive(Debug)]
struct Lines<K> {
    text: String,
    /// Where each line ends, its newline excluded.
    ends: Vec<usize>,
    keys: Vec<(K, u8)>,
    /// The text behind each title as it was written, to quote from.
    written: Vec<Box<str>>,
}

impl<D: Ord, K: Clone + Ord> Default for Index<D, K> {
    fn default() -> Self {
        Self { documents: BTreeMap::new() }
    }
}

impl<D: Ord, K: Clone + Ord> Index<D, K> {
    /// Replaces all that is known of one document.
    pub fn replace(&mut self, document: D, entries: impl IntoIterator<Item = Entry<K>>) {
        let mut lines =
            Lines { text: String::new(), ends: Vec::new(), keys: Vec::new(), written: Vec::new() };
        for entry in entries {
            lines.text.push_str(fold(&entry.title).trim());
            lines.text.push(TITLE_END);
            lines.text.push_str(fold(&entry.rest).trim());
            lines.ends.push(lines.text.len());
            lines.text.push('\n');
            lines.keys.push((entry.key, entry.weight));
            lines.written.push(entry.rest.into_boxed_str());
        }
        self.documents.insert(document, lines);
    }

    /// Forgets a document.
    pub fn remove(&mut self, document: &D) {
        self.documents.remove(document);
    }

    /// The best `limit` records in which every word of `question` occurs, best first; equals in the order of their keys.
    pub fn find(&self, question: &str, limit: usize) -> Vec<Hit<K>> {
        let folded = fold(question);
        let mut words: Vec<&str> = folded.split_whitespace().take(MAX_WORDS).collect();
        // The longest word is the rarest guess: it picks the candidate lines, the others only confirm them.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let Some((rarest, others)) = words.split_first() else { return Vec::new() };
        let mut found = Vec::new();
        for lines in self.documents.values() {
            lines.find(rarest, others, &mut found);
        }
        found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.key().cmp(&b.key())));
        found.truncate(limit);
        let hits = found.into_iter().filter_map(|found| {
            let key = found.key()?.clone();
            Some(Hit { key, score: found.score, passage: found.passage(&words) })
        });
        hits.collect()
    }
}

/// A line in which every word of a question occurs.
struct Found<'a, K> {
    lines: &'a Lines<K>,
    line: usize,
    score: u32,
}

impl<K> Found<'_, K> {
    fn key(&self) -> Option<&K> {
        self.lines.keys.get(self.line).map(|(key, _)| key)
    }

    /// What surrounds the first of the words that is not in the title.
    fn passage(&self, words: &[&str]) -> Option<String> {
        let title = self.lines.line(self.line).split(TITLE_END).next().unwrap_or_default();
        let sought: Vec<&str> =
            words.iter().copied().filter(|word| !title.contains(word)).collect();
        let written: Vec<&str> = self.lines.written.get(self.line)?.split_whitespace().collect();
        let at = written.iter().position(|word| {
            let word = fold(word);
            sought.iter().any(|sought| word.contains(sought))
        })?;
        let from = at.saturating_sub(PASSAGE_BEFORE);
        let to = (at + PASSAGE_AFTER).min(written.len());
        let before = if from > 0 { "… " } else { "" };
        let after = if to < written.len() { " …" } else { "" };
        Some(format!("{before}{}{after}", written.get(from..to)?.join(" ")))
    }
}

impl<K> Lines<K> {
    fn find<'a>(&'a self, rarest: &str, others: &[&str], found: &mut Vec<Found<'a, K>>) {
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(rarest)) {
            let line = self.ends.partition_point(|end| *end < from + at);
            let (Some(end), Some((_, weight))) = (self.ends.get(line), self.keys.get(line)) else {
                return;
            };
            let content = self.line(line);
            let scores = std::iter::once(&rarest).chain(others).map(|word| score(content, word));
            if let Some(sum) = scores.sum::<Option<u32>>() {
                found.push(Found { lines: self, line, score: sum + u32::from(*weight) });
            }
            from = end + 1;
        }
    }

    fn line(&self, line: usize) -> &str {
        let start =
            line.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end + 1);
        self.ends.get(line).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }
}

/// How well one word fits a line, or `None` where it does not occur.
fn score(line: &str, word: &str) -> Option<u32> {
    let title_end = line.find(TITLE_END).unwrap_or(line.len());
    let mut best = None;
    for (at, _) in line.match_indices(word) {
        let begins = line.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        let ends = line
            .get(at + word.len()..)
            .is_some_and(|after| !after.starts_with(char::is_alphanumeric));
        let place = if at < title_end { 400 } else { 0 };
        let shape = match (at, begins, ends) {
            (0, _, true) => 300,
            (0, _, false) => 250,
            (_, true, true) => 200,
            (_, true, false) => 150,
            _ => 20,
        };
        best = best.max(Some(place + shape));
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index<u8, u16> {
        let mut index = Index::default();
        let entry = |key, title: &str, rest: &str, weight| Entry {
            key,
            title: title.into(),
            rest: rest.into(),
            weight,
        };
        index.replace(
            1,
            [
                entry(10, "Merrow Water Board", "water utility", 9),
                entry(11, "Zoë Müller", "zoe@merrow.example head of works", 8),
                entry(12, "Call about late invoices", "They said: invoices come late", 1),
            ],
        );
        index.replace(
            2,
            [entry(20, "Northmere Rail", "", 9), entry(21, "Meeting at Merrow", "late trains", 1)],
        );
        index
    }

    #[test]
    fn questions_and_their_answers() {
        let index = index();
        let check = |question: &str, expected: &[u16]| {
            let found: Vec<u16> = index.find(question, 10).into_iter().map(|hit| hit.key).collect();
            assert_eq!(found, expected, "{question:?}");
        };
        check("merrow", &[10, 21, 11]);
        check("zoe muller", &[11]);
        check("MÜLLER", &[11]);
        check("late inv", &[12]);
        check("inv late", &[12]);
        check("late", &[12, 21]);
        check("rail merrow", &[]);
        check("", &[]);
        check("\u{1}", &[]);
        check("board zoe", &[]); // words of two lines are not one record
    }

    #[test]
    fn a_passage_quotes_what_is_not_in_the_title() {
        let mut index = Index::default();
        let said = "Zoë was clear: the Müller invoices come late, every month since spring, and nobody tells her why; \
                    she wants a name.";
        let entry = Entry { key: 1, title: "Call in May".into(), rest: said.into(), weight: 0 };
        index.replace(1, [entry]);
        let check = |question: &str, expected: Option<&str>| {
            let hits = index.find(question, 10);
            assert_eq!(hits.len(), 1, "{question:?}");
            assert_eq!(hits[0].passage.as_deref(), expected, "{question:?}");
        };
        check("may", None);
        check(
            "clear",
            Some(
                "Zoë was clear: the Müller invoices come late, every month since spring, and nobody …",
            ),
        );
        check(
            "muller may",
            Some(
                "Zoë was clear: the Müller invoices come late, every month since spring, and nobody tells her …",
            ),
        );
        check("name", Some("… her why; she wants a name."));
    }

    #[test]
    fn a_document_is_replaced_and_removed_whole() {
        let mut index = index();
        index.replace(1, []);
        assert_eq!(index.find("water", 10), []);
        index.remove(&2);
        assert_eq!(index.find("rail", 10), []);
    }

    #[test]
    fn folding() {
        let check = |text: &str, expected: &str| assert_eq!(fold(text), expected);
        check("Straße", "strasse");
        check("Łódź", "lodz");
        check("a\n\tb", "a b");
        check("ＦＵＬＬ", "full");
    }
}
