//! What somebody typed, brought onto a text that changed meanwhile.
//!
//! While a person types, a colleague's edit or another tab may change the same field. What they typed is one
//! replacement in the text they saw; it is carried over to the text as it is now.

use std::ops::Range;

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
