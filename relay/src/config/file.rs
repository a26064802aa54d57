//! The file of settings.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("cannot read the settings in {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Something in it makes no sense.
    #[error("{}:{line}: {what}", path.display())]
    At {
        /// The file.
        path: PathBuf,
        /// Where, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
}

/// A file whose every key is an option of `serve` and whose every value fits.
pub(super) struct File {
    pub(super) path: PathBuf,
    entries: Vec<Entry>,
}

struct Entry {
    key: String,
    values: Vec<String>,
}

/// The file that the command line names, or else the environment.
pub(super) fn named(args: &[OsString], environment: Option<OsString>) -> Option<PathBuf> {
    let mut rest = args.iter().skip(1);
    while let Some(arg) = rest.next() {
        if arg == "--config" {
            return rest.next().map(PathBuf::from);
        }
        if let Some(path) = arg.to_str().and_then(|arg| arg.strip_prefix("--config=")) {
            return Some(path.into());
        }
    }
    environment.map(PathBuf::from)
}

impl File {
    /// Reads a file of options that `command` knows.
    pub(super) fn read(path: &Path, command: &Command) -> Result<Self, FileError> {
        let text = fs::read_to_string(path)
            .map_err(|source| FileError::Io { path: path.to_owned(), source })?;
        let wrong = |at: usize, what: String| {
            let before = text.bytes().take(at);
            let line = before.filter(|byte| *byte == b'\n').count() + 1;
            FileError::At { path: path.to_owned(), line, what }
        };
        let table = DeTable::parse(&text).map_err(|error| {
            wrong(error.span().map_or(0, |span| span.start), error.message().to_owned())
        })?;
        let mut entries = Vec::new();
        for (key, value) in table.into_inner() {
            let at = key.span().start;
            let key = key.into_inner().into_owned();
            if option(command, SERVE, &key).is_none() {
                return Err(wrong(at, format!("`{key}` is no option of `serve`")));
            }
            let values = values(&value).map_err(|what| wrong(value.span().start, what))?;
            try_out(command, &key, &values).map_err(|what| wrong(value.span().start, what))?;
            entries.push(Entry { key, values });
        }
        Ok(Self { path: path.to_owned(), entries })
    }

    /// The same command with the file's values behind what is said elsewhere.
    pub(super) fn behind(&self, command: Command) -> Command {
        command.mut_subcommands(|mut subcommand| {
            for Entry { key, values } in &self.entries {
                let Some(id) = long(&subcommand, key).map(|arg| arg.get_id().clone()) else {
                    continue;
                };
                subcommand = subcommand.mut_arg(id, |arg| {
                    let most = if takes_many(&arg) { usize::MAX } else { 1 };
                    // What is a secret in the environment is one in a help as well.
                    let secret = arg.is_hide_env_values_set();
                    arg.default_values(values.iter().take(most).cloned()).hide_default_value(secret)
                });
            }
            subcommand
        })
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }
}

/// The subcommand whose options a file may set.
const SERVE: &str = "serve";

fn option<'c>(command: &'c Command, subcommand: &str, key: &str) -> Option<&'c Arg> {
    long(command.find_subcommand(subcommand)?, key)
}

fn long<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    command.get_arguments().find(|arg| arg.get_long() == Some(key))
}

fn takes_many(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

fn values(value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, String> {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().map(|item| scalar(item.get_ref())).collect(),
        value => Ok(vec![scalar(value)?]),
    }
}

fn scalar(value: &DeValue<'_>) -> Result<String, String> {
    match value {
        DeValue::String(text) => Ok(text.clone().into_owned()),
        DeValue::Boolean(on) => Ok(on.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map(|number| number.to_string())
            .map_err(|error| error.to_string()),
        _ => Err("a value is a text, a number, true or false, or a list of texts".to_owned()),
    }
}

/// Has the option's own parser look at the values, whatever else is missing.
fn try_out(command: &Command, key: &str, values: &[String]) -> Result<(), String> {
    let alone = command
        .clone()
        .mut_subcommands(|subcommand| subcommand.mut_args(|arg| arg.env(None::<&'static str>)));
    let alone = alone.mut_args(|arg| arg.env(None::<&'static str>));
    let once = option(command, SERVE, key).is_some_and(|arg| !takes_many(arg));
    if once && values.len() != 1 {
        return Err(format!("`{key}` takes one value"));
    }
    let values = values.iter().map(|value| format!("--{key}={value}"));
    let args = ["rapport", SERVE].map(str::to_owned).into_iter().chain(values);
    match alone.try_get_matches_from(args) {
        // What is a secret in the environment is one in an error as well.
        Err(error)
            if error.kind() == ErrorKind::ValueValidation
                && option(command, SERVE, key).is_some_and(Arg::is_hide_env_values_set) =>
        {
            Err(format!("`{key}` has no sound value"))
        }
        Err(error)
            if matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) =>
        {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default();
            Err(first.trim_start_matches("error: ").to_owned())
        }
        _ => Ok(()),
    }
}
