//! What an operator can do.

mod backup;
mod config;
mod data;
mod new_life;
mod relocate;
mod restore;
mod serve;
mod size;
mod stats;
mod token;
mod verify;

use std::io::Write;
use std::path::PathBuf;

use wire::SpaceId;

use crate::config::{Command, Config};
use crate::http::AppError;
use crate::store::{DatabaseError, MoveError, OpenError, StoreError};
use crate::tls::TlsError;

pub use serve::{Running, start};
pub use verify::{Report, verify};

/// Why a command did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The data folder cannot be used.
    #[error("cannot use the data folder {path}: {source}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another relay serves this folder.
    #[error("another relay is running on {0}; nothing was changed. Stop it first")]
    Running(PathBuf),
    /// A restore was cut off while it exchanged the files of this folder.
    #[error(
        "a restore into {0} was cut off in the middle, so what lies there is not whole. Run it again; \
         what was there before is in the folder set-aside-… there"
    )]
    Interrupted(PathBuf),
    /// A restore would take the place of data.
    #[error(
        "{0} holds a relay's data already; nothing was changed. Name an empty folder with --data, or \
         have the data there moved out of the way with --set-aside"
    )]
    Occupied(PathBuf),
    /// A backup would take the place of a file.
    #[error("{0} exists already; a backup never takes the place of a file. Name a new one")]
    Exists(PathBuf),
    /// What should be copied is no store of a relay.
    #[error("{path} cannot be copied; nothing was changed: {source}")]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// Why.
        source: OpenError,
    },
    /// A copy is not sound.
    #[error(
        "{path} is damaged, {problems} problems found; nothing was changed. `rapport verify` names those \
         of a relay's data; an older backup may be sound"
    )]
    DamagedSource {
        /// The file that was copied.
        path: PathBuf,
        /// How many.
        problems: usize,
    },
    /// A file cannot be written.
    #[error("cannot write {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no relay's data here.
    #[error("{0} holds no relay's data; name its folder with --data")]
    NoData(PathBuf),
    /// What lay in the folder was moved into a database.
    #[error(
        "what lay in {folder} was moved into a database by `rapport move`, and the relay goes on there: give \
         --database or RAPPORT_DATABASE. Nothing was made here. What was moved is still in {file}; whoever \
         wants another relay in this folder moves that file elsewhere first"
    )]
    Moved {
        /// The folder.
        folder: PathBuf,
        /// What the move left there.
        file: PathBuf,
    },
    /// A copy was asked for of what lies in a database, or back into one.
    #[error(
        "this relay's data lies in a database, which PostgreSQL's own means copy and bring back: use \
         `pg_dump`, or base backups with WAL, and after a restore run `rapport new-life` for all spaces"
    )]
    InDatabase,
    /// A relay that should keep nothing was given a database.
    #[error("a database is named, and `store = memory` keeps nothing: take one of them away")]
    TwoStores,
    /// The store cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Nothing was moved.
    #[error("{0}. Nothing was moved; the folder is as it was")]
    Move(#[from] MoveError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The app cannot be served.
    #[error(transparent)]
    App(#[from] AppError),
    /// The certificate cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// A name for a certificate is no host.
    #[error(transparent)]
    Origin(#[from] crate::origin::NotAnOrigin),
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The relay holds no such space.
    #[error("there is no space {0} here")]
    SpaceUnknown(SpaceId),
    /// What `verify` found.
    #[error("{problems} problems found")]
    Damaged {
        /// How many.
        problems: usize,
    },
    /// Nobody can be told.
    #[error("cannot write the answer: {0}")]
    Output(#[from] std::io::Error),
}

/// Does what the command line says. What it has to tell goes to `out`, a line at a time.
///
/// # Errors
/// [`CommandError`]
pub async fn run(config: Config, out: &mut (impl Write + Send)) -> Result<(), CommandError> {
    match config.command {
        Command::Serve(serve) => serve::run(&serve, out).await,
        Command::Config(_) => config::run(&config.settings, out),
        Command::Token(token) => token::run(&token, out).await,
        Command::Verify(data) => verify::run(&data, out).await,
        Command::Backup(backup) => backup::run(&backup, out).await,
        Command::Restore(restore) => restore::run(&restore, out).await,
        Command::Stats(stats) => stats::run(&stats, out).await,
        Command::Move(command) => relocate::run(&command, out).await,
        Command::NewLife(new_life) => new_life::run(&new_life, out).await,
    }
}
