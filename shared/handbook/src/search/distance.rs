//! How many slips of the finger lie between what was typed and a word that is known.
//!
//! Damerau–Levenshtein in its restricted form: a letter too many, one missing, a wrong one, or two neighbours swapped are one edit
//! each. That is what people mistype; see Damerau, "A technique for computer detection and correction of spelling errors", 1964.

/// How many edits a word of that many letters may be away.
pub(super) fn allowed(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The edits between `typed` and `known`, or, if it `begins`, between `typed` and the nearest beginning of `known`; `None` beyond `most`.
pub(super) fn edits(typed: &[char], known: &str, most: usize, begins: bool) -> Option<usize> {
    let columns = typed.len();
    let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=columns).collect());
    let mut row = Vec::with_capacity(columns + 1);
    let (mut above, mut best) = (None, None::<usize>);
    // Letters beyond are only the rest of a word whose beginning was meant.
    let letters = known.chars().take(columns + most + usize::from(!begins));
    for (line, letter) in letters.enumerate() {
        row.clear();
        row.push(line + 1);
        for (left, typed_letter) in typed.iter().enumerate() {
            let replaced = cell(&last, left) + usize::from(*typed_letter != letter);
            let one_off = cell(&last, left + 1).min(cell(&row, left)) + 1;
            let swapped = match left.checked_sub(1) {
                Some(two) if typed.get(two) == Some(&letter) && above == Some(*typed_letter) => {
                    cell(&before, two) + 1
                }
                _ => usize::MAX,
            };
            row.push(replaced.min(one_off).min(swapped));
        }
        if begins {
            best = best.into_iter().chain([cell(&row, columns)]).min();
        }
        // Both, because a swap reaches back over one line.
        if row.iter().chain(&last).all(|edits| *edits > most) {
            return best.filter(|edits| *edits <= most);
        }
        above = Some(letter);
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    best.or(Some(cell(&last, columns))).filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger() {
        let check = |typed: &str, known: &str, expected: Option<usize>| {
            let typed_letters: Vec<char> = typed.chars().collect();
            assert_eq!(edits(&typed_letters, known, 2, false), expected, "{typed} / {known}");
        };
        check("invoices", "invoices", Some(0));
        check("invioces", "invoices", Some(1)); // two swapped
        check("nivoices", "invoices", Some(1)); // at the beginning
        check("invoicse", "invoices", Some(1)); // at the end
        check("invices", "invoices", Some(1)); // one missing
        check("invoicces", "invoices", Some(1)); // one too many
        check("imvoices", "invoices", Some(1)); // a wrong one
        check("imvoixes", "invoices", Some(2));
        check("imvioxes", "invoices", None); // three
        check("invoice", "invoices", Some(1));
        check("invo", "invoices", None);
        check("rechnugn", "rechnung", Some(1));
        check("", "ab", Some(2));
        check("ab", "", Some(2));
        check("лист", "лмст", Some(1));
    }

    #[test]
    fn slips_in_a_word_that_is_still_typed() {
        let check = |typed: &str, known: &str, expected: Option<usize>| {
            let typed_letters: Vec<char> = typed.chars().collect();
            assert_eq!(edits(&typed_letters, known, 1, true), expected, "{typed} / {known}");
        };
        check("invoi", "invoices", Some(0));
        check("invio", "invoices", Some(1));
        check("invioc", "invoices", Some(1));
        check("inxxo", "invoices", None);
        check("invoicess", "invoices", Some(1));
    }

    /// The table says it, and so does the plain definition over all pairs.
    #[test]
    fn agrees_with_the_plain_definition() {
        fn plain(a: &[char], b: &[char]) -> usize {
            let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
            for i in 0..=a.len() {
                for j in 0..=b.len() {
                    table[i][j] = if i == 0 || j == 0 {
                        i + j
                    } else {
                        let change = usize::from(a[i - 1] != b[j - 1]);
                        let mut least = (table[i - 1][j] + 1)
                            .min(table[i][j - 1] + 1)
                            .min(table[i - 1][j - 1] + change);
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            least = least.min(table[i - 2][j - 2] + 1);
                        }
                        least
                    };
                }
            }
            table[a.len()][b.len()]
        }
        let words =
            ["late", "alte", "tale", "lates", "elat", "la", "invoice", "invocie", "inovice"];
        for typed in words {
            for known in words {
                let (a, b): (Vec<char>, Vec<char>) =
                    (typed.chars().collect(), known.chars().collect());
                let expected = Some(plain(&a, &b)).filter(|edits| *edits <= 2);
                assert_eq!(edits(&a, known, 2, false), expected, "{typed} / {known}");
            }
        }
    }
}
