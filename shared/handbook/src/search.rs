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
mod tests {
    use super::*;

    fn index() -> Index<u8, u16> {
        let mut index = Index::default();
        let entry = |key, title: &str, rest: &str, weight| Entry {
            key,
            title: title.into(),
            rest: rest.into(),
            weight,
            at: 0,
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
    fn slips_of_the_finger_are_forgiven() {
        let index = index();
        let check = |question: &str, expected: &[u16]| {
            let found: Vec<u16> = index.find(question, 10).into_iter().map(|hit| hit.key).collect();
            assert_eq!(found, expected, "{question:?}");
        };
        check("invioces", &[12]);
        check("late invioces", &[12]);
        check("invioc", &[12]); // while it is typed
        check("northmree", &[20]);
        check("zoe mueller", &[11]);
        check("wtaer", &[10]);
        check("inv1oces", &[]); // a number in it is meant
        check("lteat", &[]); // two slips in a short word
        check("\"invioces\"", &[]); // in quotes it is meant as it stands
    }

    #[test]
    fn what_is_found_as_typed_comes_first() {
        let mut index = Index::default();
        let entry = |key, title: &str, rest: &str| Entry {
            key,
            title: title.into(),
            rest: rest.into(),
            weight: 0,
            at: 0,
        };
        index.replace(1, [entry(1, "Miller", ""), entry(2, "", "we met mullers there")]);
        index.replace(2, [entry(3, "Muller", ""), entry(4, "Mulier", "")]);
        let found: Vec<u16> = index.find("muller", 10).into_iter().map(|hit| hit.key).collect();
        assert_eq!(found, [3, 2, 1, 4]);
    }

    #[test]
    fn a_phrase_stands_as_it_is() {
        let index = index();
        let check = |question: &str, expected: &[u16]| {
            let found: Vec<u16> = index.find(question, 10).into_iter().map(|hit| hit.key).collect();
            assert_eq!(found, expected, "{question:?}");
        };
        check("\"late invoices\"", &[12]);
        check("\"invoices come late\"", &[12]);
        check("\"late come\"", &[]);
        check("merrow \"late trains\"", &[21]);
    }

    #[test]
    fn of_equals_the_newest_comes_first() {
        let mut index = Index::default();
        let entry = |key, at| Entry {
            key,
            title: String::new(),
            rest: "the rate card".into(),
            weight: 0,
            at,
        };
        index.replace(1, [entry(1, 10), entry(2, 30)]);
        index.replace(2, [entry(3, 20), entry(4, 30)]);
        let find =
            |limit| index.find("rate", limit).into_iter().map(|hit| hit.key).collect::<Vec<u16>>();
        assert_eq!(find(10), [2, 4, 3, 1]);
        assert_eq!(find(2), [2, 4]);
    }

    #[test]
    fn a_passage_quotes_what_is_not_in_the_title() {
        let mut index = Index::default();
        let said = "Zoë was clear: the Müller invoices come late, every month since spring, and nobody tells her why; \
                    she wants a name.";
        let entry =
            Entry { key: 1, title: "Call in May".into(), rest: said.into(), weight: 0, at: 0 };
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
        check(
            "nobdy ",
            Some("… every month since spring, and nobody tells her why; she wants a name."),
        );
        check("\"wants a name\"", Some("… nobody tells her why; she wants a name."));
    }

    #[test]
    fn a_document_is_replaced_and_removed_whole() {
        let mut index = index();
        index.replace(1, []);
        assert_eq!(index.find("water", 10), []);
        index.remove(2);
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
