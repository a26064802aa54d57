//! `rapport config`

use std::io::Write;

use super::CommandError;
use crate::config::Setting;

/// Prints a file of settings that says the same, with where each value is from behind it.
pub(super) fn run(settings: &[Setting], out: &mut impl Write) -> Result<(), CommandError> {
    for Setting { key, value, source } in settings {
        match value {
            Some(value) => writeln!(out, "{key} = {value} # {source}")?,
            None => writeln!(out, "# {key}: {source}")?,
        }
    }
    Ok(())
}
