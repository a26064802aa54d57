//! The text of one document, a line a record, and how well a line answers a question.

use super::{Entry, fold, question::is_mark};

/// Between a record's title and its other text in a line.
const TITLE_END: char = '\u{1}';
/// Words of a passage before what was asked for, and from there on.
const PASSAGE_BEFORE: usize = 5;
const PASSAGE_AFTER: usize = 12;

/// A text that answers a term: the term itself, or a known word that may have been meant by it.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// Folded.
    pub(super) text: String,
    /// How far it is from what was typed; 0 for the term itself.
    pub(super) edits: usize,
}

/// The ways to answer one term; a line answers if one of them occurs.
pub(super) type Sought = Vec<Way>;

/// The lines of a document.
#[derive(Debug)]
pub(super) struct Lines<K> {
    /// All of it, folded, each line closed by a newline.
    pub(super) text: String,
    /// Where each line ends, its newline excluded.
    ends: Vec<usize>,
    records: Vec<Known<K>>,
}

/// What is known of a line's record beside its text.
#[derive(Debug)]
pub(super) struct Known<K> {
    /// Which record.
    pub(super) key: K,
    /// See [`Entry::at`].
    pub(super) at: i64,
    weight: u8,
    /// The text behind the title as it was written, to quote from.
    written: Box<str>,
}

impl<K> Default for Lines<K> {
    fn default() -> Self {
        Self { text: String::new(), ends: Vec::new(), records: Vec::new() }
    }
}

/// How well a line answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    /// Which line.
    pub(super) line: usize,
    /// What had to be forgiven.
    pub(super) edits: usize,
    /// Higher is better.
    pub(super) score: u32,
}

impl<K> Lines<K> {
    /// One line for each entry.
    pub(super) fn new(entries: impl IntoIterator<Item = Entry<K>>) -> Self {
        let mut lines = Self::default();
        for entry in entries {
            lines.text.push_str(fold(&entry.title).trim());
            lines.text.push(TITLE_END);
            lines.text.push_str(fold(&entry.rest).trim());
            lines.ends.push(lines.text.len());
            lines.text.push('\n');
            lines.records.push(Known {
                key: entry.key,
                at: entry.at,
                weight: entry.weight,
                written: entry.rest.trim_end_matches(is_mark).into(),
            });
        }
        lines
    }

    /// The record of a line.
    pub(super) fn record(&self, line: usize) -> Option<&Known<K>> {
        self.records.get(line)
    }

    /// The lines that answer every term, in order. The first term picks them, so it should be the rarest.
    pub(super) fn answers(&self, sought: &[Sought]) -> impl Iterator<Item = Answer> {
        let mut picked = Vec::new();
        for way in sought.first().into_iter().flatten() {
            self.pick(&way.text, &mut picked);
        }
        picked.sort_unstable();
        picked.dedup();
        picked.into_iter().filter_map(|line| self.answer(line, sought))
    }

    fn pick(&self, text: &str, picked: &mut Vec<usize>) {
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(text)) {
            let line = self.ends.partition_point(|end| *end < from + at);
            let Some(end) = self.ends.get(line) else { return };
            picked.push(line);
            from = end + 1;
        }
    }

    fn answer(&self, line: usize, sought: &[Sought]) -> Option<Answer> {
        let content = self.line(line);
        let mut answer = Answer {
            line,
            edits: 0,
            score: self.record(line).map_or(0, |known| known.weight.into()),
        };
        for ways in sought {
            // Ways are sorted by their edits, so what was typed beats what may have been meant.
            let (edits, score) =
                ways.iter().find_map(|way| Some((way.edits, score(content, way)?)))?;
            answer.edits += edits;
            answer.score += score;
        }
        Some(answer)
    }

    fn line(&self, line: usize) -> &str {
        let start =
            line.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end + 1);
        self.ends.get(line).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    /// What surrounds the first answer to a term that the title does not answer.
    pub(super) fn passage(&self, line: usize, sought: &[Sought]) -> Option<String> {
        let title = self.line(line).split(TITLE_END).next().unwrap_or_default();
        let texts: Vec<&str> = sought
            .iter()
            .filter(|ways| !ways.iter().any(|way| title.contains(&way.text)))
            .flatten()
            .map(|way| way.text.as_str())
            .collect();
        let written: Vec<&str> = self.records.get(line)?.written.split_whitespace().collect();
        let at =
            (0..written.len()).find(|at| texts.iter().any(|text| stands(&written, *at, text)))?;
        let from = at.saturating_sub(PASSAGE_BEFORE);
        let to = (at + PASSAGE_AFTER).min(written.len());
        let before = if from > 0 { "… " } else { "" };
        let after = if to < written.len() { " …" } else { "" };
        Some(format!("{before}{}{after}", written.get(from..to)?.join(" ")))
    }
}

/// Whether a folded text of one or several words begins in the word at that place.
fn stands(written: &[&str], at: usize, text: &str) -> bool {
    let words = text.split(' ').count();
    let here = written.get(at..(at + words).min(written.len())).unwrap_or_default();
    match here {
        [one] => fold(one).contains(text),
        several => fold(&several.join(" ")).contains(text),
    }
}

/// How well one way fits a line, or `None` where it does not occur. What was typed may stand in the middle of a word; what is
/// only guessed at must begin one.
fn score(line: &str, way: &Way) -> Option<u32> {
    let title_end = line.find(TITLE_END).unwrap_or(line.len());
    let mut best = None;
    for (at, _) in line.match_indices(&way.text) {
        // Behind the title nothing beats a whole word, nor anything in the title.
        if at >= title_end && best >= Some(200) {
            break;
        }
        let begins = line.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        let ends = line
            .get(at + way.text.len()..)
            .is_some_and(|after| !after.starts_with(char::is_alphanumeric));
        if way.edits > 0 && !begins {
            continue;
        }
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
