//! What the options came to.

use std::fmt;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};
use toml::Value;

use super::file::File;

/// One option of the command that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its long name.
    pub key: String,
    /// Its value as TOML; `None` if it has none, or one that is not to be shown.
    pub value: Option<String>,
    /// Where that is from.
    pub source: Source,
}

/// Where a value is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Flag,
    /// This variable.
    Environment(String),
    /// This file.
    File(String),
    /// Nobody said anything.
    Default,
    /// Somebody said something that is a secret.
    Hidden,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("command line"),
            Self::Environment(name) => f.write_str(name),
            Self::File(path) => f.write_str(path),
            Self::Default => f.write_str("default"),
            Self::Hidden => f.write_str("set, and not shown"),
        }
    }
}

/// The settings of the subcommand that was asked for, in the order of their declaration.
pub(super) fn settings(
    command: &Command,
    matches: &ArgMatches,
    file: Option<&File>,
) -> Vec<Setting> {
    let Some((name, matches)) = matches.subcommand() else { return Vec::new() };
    let Some(command) = command.find_subcommand(name) else { return Vec::new() };
    command.get_arguments().filter_map(|arg| setting(arg, matches, file)).collect()
}

fn setting(arg: &Arg, matches: &ArgMatches, file: Option<&File>) -> Option<Setting> {
    let key = arg.get_long()?;
    let id = arg.get_id().as_str();
    let raw = matches.try_get_raw(id).ok()?;
    let source = match (matches.value_source(id), file) {
        (Some(ValueSource::CommandLine), _) => Source::Flag,
        (Some(ValueSource::EnvVariable), _) => {
            let name = arg.get_env().unwrap_or_default();
            Source::Environment(name.to_string_lossy().into_owned())
        }
        (_, Some(file)) if file.has(key) => Source::File(file.path.display().to_string()),
        _ => Source::Default,
    };
    let values = raw.map(|raw| raw.map(|value| value.to_string_lossy().into_owned()));
    let values: Option<Vec<String>> = match matches.try_get_one::<bool>(id) {
        // A switch has many spellings.
        Ok(Some(on)) => Some(vec![on.to_string()]),
        _ => values.map(Iterator::collect),
    };
    let many = matches!(arg.get_action(), clap::ArgAction::Append);
    let value = values.map(|values| match values.as_slice() {
        [value] if !many => toml(value),
        values => Value::Array(values.iter().map(|value| toml(value)).collect()),
    });
    // What is a secret in the environment is one here.
    if arg.is_hide_env_values_set() && value.is_some() {
        return Some(Setting { key: key.to_owned(), value: None, source: Source::Hidden });
    }
    Some(Setting { key: key.to_owned(), value: value.map(|value| value.to_string()), source })
}

fn toml(value: &str) -> Value {
    match (value.parse(), value.parse()) {
        (Ok(number), _) => Value::Integer(number),
        (_, Ok(on)) => Value::Boolean(on),
        _ => Value::String(value.to_owned()),
    }
}
