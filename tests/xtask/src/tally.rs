//! Counting tests while their runners talk.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::shell::{Failure, Outcome, announce, line, not_started};

/// How many tests ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// Runs a test runner, shows what it prints and counts its results.
    ///
    /// # Errors
    /// It fails, or it ends well without having run a test.
    pub(crate) fn run(&mut self, command: &mut Command) -> Outcome {
        announce(command);
        let before = *self;
        let mut child =
            command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
        if let Some(stdout) = child.stdout.take() {
            for text in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
                let text = String::from_utf8_lossy(&text);
                println!("{text}");
                self.count(&text);
            }
        }
        let status = child.wait().map_err(|error| not_started(command, &error))?;
        if !status.success() {
            return Err(Failure::new(format!("`{}` failed ({status})", line(command))));
        }
        if *self == before {
            return Err(Failure::new(format!("`{}` ran no test", line(command))));
        }
        Ok(())
    }

    /// Takes in a line such as `test result: ok. 4 passed; 0 failed; …`.
    fn count(&mut self, line: &str) {
        let Some(result) = line.trim_start().strip_prefix("test result: ") else { return };
        let number = |word: &str| -> u64 {
            result
                .split(['.', ';'])
                .filter_map(|part| part.trim().strip_suffix(word))
                .find_map(|part| part.trim().parse().ok())
                .unwrap_or(0)
        };
        self.passed += number("passed");
        self.failed += number("failed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], passed: u64, failed: u64) {
        let mut tally = Tally::default();
        for line in lines {
            tally.count(line);
        }
        assert_eq!(tally, Tally { passed, failed }, "{lines:?}");
    }

    #[test]
    fn results_of_every_binary_add_up() {
        check(
            &["test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out"],
            12,
            0,
        );
        check(&["test result: FAILED. 3 passed; 2 failed; 0 ignored; finished in 0.01s"], 3, 2);
        check(
            &["    test result: ok. 5 passed; 0 failed; 0 ignored", "test result: ok. 1 passed"],
            6,
            0,
        );
        check(&["test a ... ok", "12 passed; 1 failed"], 0, 0);
    }
}
