//! What somebody typed, brought onto a text that changed meanwhile.
//!
//! While a person types, a colleague's edit or another tab may change the same field. What they typed is one
//! replacement in the text they saw; it is carried over to the text as it is now.

use std::ops::Range;

/// What somebody is typing into a text that is kept as they go: what they type comes back as the record's own, and
/// must not be taken for another's edit then.
#[derive(Debug, Default)]
pub struct Typing {
    /// The record's text that what is typed builds on.
    seen: String,
    /// What was handed on to be kept since then.
    told: Vec<String>,
}

impl Typing {
    /// Typing begins in the record's text; what was handed on before may still come back.
    pub fn begin(&mut self, now: String) {
        self.seen = now;
    }

    /// The record's text has changed to `now`: by what was typed here, or by somebody else, which waits for [`Self::onto`].
    pub fn notice(&mut self, now: &str) {
        if let Some(at) = self.told.iter().rposition(|told| told == now) {
            self.told.drain(..=at);
            self.seen = now.to_owned();
        }
    }

    /// The text to keep where `typed` stands in the input and `now` in the record.
    pub fn onto(&mut self, typed: &str, now: &str) -> String {
        self.notice(now);
        let merged = merge(&self.seen, typed, now);
        self.seen = now.to_owned();
        self.told.push(merged.clone());
        merged
    }
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
    fn what_was_typed_comes_back_as_the_records_own() {
        let mut typing = Typing::default();
        typing.begin(String::new());
        // Letter by letter, before anything is kept.
        assert_eq!(typing.onto("F", ""), "F");
        assert_eq!(typing.onto("Fe", ""), "Fe");
        assert_eq!(typing.onto("Few", ""), "Few");
        // The second of them is kept while the fourth is typed.
        assert_eq!(typing.onto("Fewe", "Fe"), "Fewe");
        // The last one is kept, and somebody else writes on.
        typing.notice("Fewe");
        assert_eq!(typing.onto("Fewer", "Fewe!"), "Fewe!r");
        assert_eq!(typing.onto("Fewe!rs", "Fewe!"), "Fewe!rs");
        // Taken out again.
        assert_eq!(typing.onto("", "Fewe!rs"), "");
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
