//! The words in which two texts differ, so that they can be underlined; nothing is coloured away.

/// A run of words that both texts have, or that only this one has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words, spaces included.
    pub text: String,
    /// Whether the other text lacks them.
    pub differs: bool,
}

/// Longer texts are compared in their ends only: the table below grows with the product of both lengths.
const MAX_WORDS: usize = 600;

/// Both texts as runs.
pub fn words(a: &str, b: &str) -> (Vec<Run>, Vec<Run>) {
    let (left, right) = (split(a), split(b));
    let head = left.iter().zip(&right).take_while(|(a, b)| a.trim_end() == b.trim_end()).count();
    let rest = left.len().min(right.len()) - head;
    let tail = left
        .iter()
        .rev()
        .zip(right.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a.trim_end() == b.trim_end())
        .count();
    let middle = |words: &[&str]| words.len() - head - tail;
    let (n, m) = (middle(&left), middle(&right));
    let inner = |words: &'_ [&str], count: usize| -> Vec<String> {
        words.iter().skip(head).take(count).map(|word| word.trim_end().to_owned()).collect()
    };
    let common = if n <= MAX_WORDS && m <= MAX_WORDS {
        common(&inner(&left, n), &inner(&right, m))
    } else {
        (vec![false; n], vec![false; m])
    };
    let flags = |inner: Vec<bool>| -> Vec<bool> {
        std::iter::repeat_n(true, head)
            .chain(inner)
            .chain(std::iter::repeat_n(true, tail))
            .collect()
    };
    (joined(runs(&left, &flags(common.0))), joined(runs(&right, &flags(common.1))))
}

/// Words with the white space behind them.
fn split(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// Which words of either side belong to a longest common subsequence.
fn common(a: &[String], b: &[String]) -> (Vec<bool>, Vec<bool>) {
    let width = b.len() + 1;
    let mut lengths = vec![0_u32; (a.len() + 1) * width];
    let at = |lengths: &[u32], i: usize, j: usize| lengths.get(i * width + j).copied().unwrap_or(0);
    for (i, word) in a.iter().enumerate().rev() {
        for (j, other) in b.iter().enumerate().rev() {
            let best = if word == other {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(cell) = lengths.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let (mut left, mut right) = (vec![false; a.len()], vec![false; b.len()]);
    let (mut i, mut j) = (0, 0);
    while let (Some(word), Some(other)) = (a.get(i), b.get(j)) {
        if word == other {
            if let (Some(left), Some(right)) = (left.get_mut(i), right.get_mut(j)) {
                (*left, *right) = (true, true);
            }
            (i, j) = (i + 1, j + 1);
        } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    (left, right)
}

fn runs(words: &[&str], common: &[bool]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (word, common) in words.iter().zip(common) {
        match runs.last_mut() {
            Some(run) if run.differs != *common => run.text.push_str(word),
            _ => runs.push(Run { text: (*word).to_owned(), differs: !common }),
        }
    }
    runs
}

/// A lone word that both have, between words that differ, only breaks up the reading: it counts as differing.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let last = runs.len().saturating_sub(1);
    let mut joined: Vec<Run> = Vec::new();
    for (at, mut run) in runs.into_iter().enumerate() {
        let inside = at > 0 && at < last;
        run.differs |= inside && run.text.split_whitespace().count() <= 1;
        match joined.last_mut() {
            Some(before) if before.differs == run.differs => before.text.push_str(&run.text),
            _ => joined.push(run),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn shown(runs: &[Run]) -> String {
        runs.iter()
            .map(|run| if run.differs { format!("[{}]", run.text) } else { run.text.clone() })
            .collect()
    }

    #[test]
    fn differing_words() {
        let check = |a: &str, b: &str, left: &str, right: &str| {
            let (a, b) = words(a, b);
            assert_eq!((shown(&a).as_str(), shown(&b).as_str()), (left, right));
        };
        check(
            "one set and a bill",
            "one set and a talk",
            "one set and a [bill]",
            "one set and a [talk]",
        );
        check("same", "same", "same", "same");
        check("", "new", "", "[new]");
        check("a b c d", "a c d", "a [b ]c d", "a c d");
        check("x a y", "a z", "[x a y]", "a [z]");
        check("pay the bill", "attend the talk", "[pay the bill]", "[attend the talk]");
    }
}
