//! What somebody typed, brought onto a text that changed meanwhile.
//!
//! While a person types, a colleague's edit or another tab may change the same field. What they typed is one
//! replacement in the text they saw; it is carried over to the text as it is now.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};

/// One input while somebody types in it. What they type is kept a moment later, so the record lags behind the input: a
/// text that was typed here and arrives in the record is no edit of somebody else.
#[derive(Debug, Clone, Default)]
pub struct Typing {
    /// The record's text that the typed text was last brought onto.
    base: String,
    /// Digests of what was typed here.
    own: HashSet<u64>,
}

impl Typing {
    /// Somebody begins to type into the record's text.
    pub fn begin(now: String) -> Self {
        Self { base: now, own: HashSet::new() }
    }

    /// The text to keep of what stands in the input, with the record as it is `now`.
    pub fn typed(&mut self, text: &str, now: &str) -> String {
        let foreign = now != self.base && !self.own.contains(&digest(now));
        let kept = if foreign { merge(&self.base, text, now) } else { text.to_owned() };
        now.clone_into(&mut self.base);
        self.own.insert(digest(&kept));
        kept
    }
}

fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The text to keep: `now` with the edit that leads from `seen` to `typed`. Where both edits touch the same
/// words, both insertions stay, what was typed last.
pub fn merge(seen: &str, typed: &str, now: &str) -> String {
    if now == seen || typed == now {
        return typed.to_owned();
    }
    if typed == seen {
        return now.to_owned();
    }
    let seen: Vec<char> = seen.chars().collect();
    let (ours, ours_new) = replacement(&seen, &typed.chars().collect::<Vec<_>>());
    let (theirs, theirs_new) = replacement(&seen, &now.chars().collect::<Vec<_>>());
    let part =
        |range: Range<usize>| seen.iter().skip(range.start).take(range.len()).collect::<String>();
    let (first, first_new, second, second_new) = if theirs.start <= ours.start {
        (theirs, theirs_new, ours, ours_new)
    } else {
        (ours, ours_new, theirs, theirs_new)
    };
    let resume = first.end.max(second.end);
    let between = first.end.min(second.start)..second.start;
    [part(0..first.start), first_new, part(between), second_new, part(resume..seen.len())].concat()
}

/// The range of `before` that was replaced, and by what.
fn replacement(before: &[char], after: &[char]) -> (Range<usize>, String) {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let rest = before.len().min(after.len()) - head;
    let tail =
        before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let new = after.iter().skip(head).take(after.len() - head - tail).collect();
    (head..before.len() - tail, new)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn the_record_lags_behind() {
        let mut typing = Typing::begin("One.".to_owned());
        // Nothing is kept yet, then something that was typed before, and then nothing new.
        assert_eq!(typing.typed("One. T", "One."), "One. T");
        assert_eq!(typing.typed("One. Tw", "One."), "One. Tw");
        assert_eq!(typing.typed("One. Two", "One. T"), "One. Two");
        assert_eq!(typing.typed("One. Two.", "One. T"), "One. Two.");
        // A colleague begins the same text otherwise.
        assert_eq!(typing.typed("One. Two.", "First. T"), "First. Two.");
        assert_eq!(typing.typed("First. Two. Three", "First. T"), "First. Two. Three");
        // From an empty field, letter by letter.
        let mut typing = Typing::begin(String::new());
        for (text, now) in [("V", ""), ("Vi", ""), ("Vis", "V"), ("Visi", "Vis"), ("Visit", "Vis")]
        {
            assert_eq!(typing.typed(text, now), text);
        }
    }

    #[test]
    fn both_edits_stay() {
        let check = |seen: &str, typed: &str, now: &str, expected: &str| {
            assert_eq!(merge(seen, typed, now), expected, "{seen} | {typed} | {now}");
        };
        check("one two three", "one 2 three", "one two three", "one 2 three");
        check("one two three", "one two three", "1 two three", "1 two three");
        check("one two three", "one two 3", "1 two three", "1 two 3");
        check("one two three", "1 two three", "one two 3", "1 two 3");
        check("", "mine", "theirs", "theirsmine");
        check("abc", "abXc", "abYc", "abYXc");
        check("one two", "one", "one two three", "one three");
    }
}
