//! What an operator can do.

mod data;
mod new_life;
mod relocate;
mod serve;
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
    #[error("another relay is running on {0}")]
    Running(PathBuf),
    /// There is no relay's data here.
    #[error("{0} holds no relay's data; name its folder with --data")]
    NoData(PathBuf),
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
        Command::Token(token) => token::run(&token, out).await,
        Command::Verify(data) => verify::run(&data, out).await,
        Command::Move(command) => relocate::run(&command, out).await,
        Command::NewLife(new_life) => new_life::run(&new_life, out).await,
    }
}
