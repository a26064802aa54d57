//! The invariants of the design, each with the tests that hold it: a test says `/// Holds: I7` above itself, and the
//! table in `docs/ARCHITECTURE.md` names it. Whichever of the two is missing fails the build.

use std::collections::BTreeSet;
use std::fs;

use crate::guard::rust_files;
use crate::shell::{Failure, Outcome, root};

/// Where the table stands.
const TABLE: &str = "docs/ARCHITECTURE.md";
/// What leads the invariants of a test.
const HOLDS: &str = "/// Holds: ";
/// Where tests stand.
const FOLDERS: [&str; 4] = ["shared", "relay", "app/src", "tests"];

/// An invariant and a test.
type Pair = (String, String);

pub(crate) fn all_are_held() -> Outcome {
    let table = fs::read_to_string(root().join(TABLE))
        .map_err(|error| Failure::new(format!("{TABLE}: {error}")))?;
    let mut said = BTreeSet::new();
    let mut wrong = Vec::new();
    for file in FOLDERS.iter().flat_map(|folder| rust_files(&root().join(folder))) {
        let text = fs::read_to_string(&file).unwrap_or_default();
        match held(&text) {
            Ok(pairs) => said.extend(pairs),
            Err(line) => wrong.push(format!("{}: `{line}` stands above no test", file.display())),
        }
    }
    wrong.extend(differences(&listed(&table), &said));
    if wrong.is_empty() { Ok(()) } else { Err(Failure::new(wrong.join("\n"))) }
}

/// What the tests of a file say that they hold; the line that stands above no test, if there is one.
fn held(text: &str) -> Result<Vec<Pair>, String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut pairs = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(invariants) = line.strip_prefix(HOLDS) else { continue };
        let above =
            lines[at..].iter().take_while(|line| line.starts_with("//") || line.starts_with('#'));
        let above: Vec<&&str> = above.collect();
        let is_test = above.iter().any(|line| line.starts_with('#') && line.contains("test"));
        let below = lines.get(at + above.len()).copied().unwrap_or_default();
        let name = below.split("fn ").nth(1).and_then(|rest| rest.split(['(', '<']).next());
        match name.filter(|_| is_test) {
            Some(name) => pairs
                .extend(invariants.split(',').map(|it| (it.trim().to_owned(), name.to_owned()))),
            None => return Err((*line).to_owned()),
        }
    }
    Ok(pairs)
}

/// The rows of the table: `| I7 | what holds | `a::test`, `b::test` |`. A row without a test has an empty name.
fn listed(table: &str) -> BTreeSet<Pair> {
    let mut listed = BTreeSet::new();
    for line in table.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, invariant, _, tests, _] = cells.as_slice() else { continue };
        if invariant.strip_prefix('I').is_none_or(|number| number.parse::<u8>().is_err()) {
            continue;
        }
        let names =
            tests.split('`').skip(1).step_by(2).filter_map(|path| path.rsplit([':', ' ']).next());
        let before = listed.len();
        listed.extend(names.map(|name| ((*invariant).to_owned(), name.to_owned())));
        if listed.len() == before {
            listed.insert(((*invariant).to_owned(), String::new()));
        }
    }
    listed
}

fn differences(listed: &BTreeSet<Pair>, said: &BTreeSet<Pair>) -> Vec<String> {
    let known: BTreeSet<&String> = listed.iter().map(|(invariant, _)| invariant).collect();
    let missing = listed.difference(said).map(|(invariant, test)| {
        if test.is_empty() {
            format!("{TABLE}: no test holds {invariant}")
        } else {
            format!("{TABLE}: `{test}` does not say `{HOLDS}{invariant}`")
        }
    });
    let unlisted = said.difference(listed).map(|(invariant, test)| {
        if known.contains(invariant) {
            format!("{TABLE}: the row of {invariant} does not name `{test}`")
        } else {
            format!("`{test}` holds {invariant}, which {TABLE} does not know")
        }
    });
    let mut all: Vec<String> = missing.chain(unlisted).collect();
    if known.is_empty() {
        all.push(format!("{TABLE} has no table of invariants"));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST: &str = "/// Why.\n///\n/// Holds: I1, I2\n#[test]\nfn one() {}\n";

    #[test]
    fn tests_say_what_they_hold() {
        let pair = |invariant: &str, test: &str| (invariant.to_owned(), test.to_owned());
        for (text, expected) in [
            (TEST, Ok(vec![pair("I1", "one"), pair("I2", "one")])),
            (
                "/// Holds: I3\n#[tokio::test(flavor = \"x\")]\nasync fn two<T>() {}",
                Ok(vec![pair("I3", "two")]),
            ),
            (
                "    /// Holds: I3\n    #[test]\n    // A word.\n    fn three(a: u8) {}",
                Ok(vec![pair("I3", "three")]),
            ),
            ("// Holds: I3\nfn four() {}", Ok(vec![])),
            ("/// Holds: I3\nfn five() {}", Err("/// Holds: I3".to_owned())),
            ("/// Holds: I3\n#[test]\n", Err("/// Holds: I3".to_owned())),
        ] {
            assert_eq!(held(text), expected, "{text}");
        }
    }

    #[test]
    fn table_and_tests_name_each_other() {
        let said: BTreeSet<Pair> = held(TEST).unwrap().into_iter().collect();
        let check = |table: &str, expected: &[&str]| {
            assert_eq!(differences(&listed(table), &said), expected, "{table}");
        };
        check("| I1 | a | `x::one` |\n| I2 | b | `x::one` |", &[]);
        check(
            "| I1 | a | `x::one`, `y::two` |\n| I2 | b | `x::one` |",
            &["docs/ARCHITECTURE.md: `two` does not say `/// Holds: I1`"],
        );
        check(
            "| I1 | a | `x::one` |\n| I2 | b | `x::one` |\n| I3 | c | |",
            &["docs/ARCHITECTURE.md: no test holds I3"],
        );
        check(
            "| I1 | a | `x::one` |",
            &["`one` holds I2, which docs/ARCHITECTURE.md does not know"],
        );
        check(
            "| I1 | a | `x::one` |\n| I2 | b | |",
            &[
                "docs/ARCHITECTURE.md: no test holds I2",
                "docs/ARCHITECTURE.md: the row of I2 does not name `one`",
            ],
        );
        assert_eq!(differences(&listed("nothing"), &said).len(), 3);
    }
}
