//! The command line, its twins in the environment (`RAPPORT_…`), and a file with the same names.
//!
//! What stands on the command line counts before the environment, and that before the file. The
//! options of `serve` are declared here once; the file's keys are their long names.

mod file;
mod limits;
mod setting;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use crate::origin::Origin;
use crate::store::{Access, DatabaseUrl};

pub use file::FileError;
pub use limits::Limits;
pub use setting::{Setting, Source};

/// The port on which people find the relay of their own computer. Fixed, because a browser's
/// storage belongs to an origin, and the port is part of it.
pub const DEFAULT_PORT: u16 = 7117;

/// The relay of Rapport: keeps a team's sealed changes in order and serves the app.
#[derive(Debug, Parser)]
#[command(name = "rapport", version, about)]
pub struct Config {
    /// File of settings in TOML, `option = value` with the long names of the options of `serve`.
    /// What the environment or the command line says counts before it
    #[arg(long, global = true, env = FILE, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// What to do
    #[command(subcommand)]
    pub command: Command,

    /// What the options came to, and where each value is from.
    #[arg(skip)]
    pub settings: Vec<Setting>,
}

/// The variable that names the file.
const FILE: &str = "RAPPORT_CONFIG";

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The command line or the environment.
    #[error(transparent)]
    Usage(#[from] clap::Error),
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Config {
    /// What the command line asks for, with the environment and the file behind it.
    ///
    /// # Errors
    /// [`ConfigError`]; its `Usage` may also be a help that was asked for.
    pub fn load(args: impl IntoIterator<Item = OsString>) -> Result<Self, ConfigError> {
        let args: Vec<OsString> = args.into_iter().collect();
        let mut command = Self::command();
        let file = match file::named(&args, std::env::var_os(FILE)) {
            Some(path) => Some(file::File::read(&path, &command)?),
            None => None,
        };
        if let Some(file) = &file {
            command = file.behind(command);
        }
        let mut matches = command.try_get_matches_from(args)?;
        let settings = setting::settings(&Self::command(), &matches, file.as_ref());
        let mut config = Self::from_arg_matches_mut(&mut matches)?;
        config.settings = settings;
        Ok(config)
    }
}

/// What an operator can ask for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the relay
    Serve(Box<Serve>),
    /// Print what the options of `serve` come to, and where each value is from
    Config(Box<Serve>),
    /// Make a set-up token: whoever opens its link founds one workspace here
    Token(Token),
    /// Re-walk the chain of every space and report what does not fit
    Verify(Data),
    /// Copy all data, also while the relay runs, into one file that is verified before it appears
    Backup(Backup),
    /// Put a backup in the place of the data; every log begins a new life
    Restore(Restore),
    /// Say what the relay holds, in all and by space
    Stats(Stats),
    /// Begin a new life of a space's log, after its data was restored by other means than `restore`
    NewLife(NewLife),
    /// Move everything from the data folder into a PostgreSQL database that is empty
    Move(Move),
}

/// Where the relay keeps what it keeps.
#[derive(Clone, Debug, Args)]
pub struct Data {
    /// Folder of the relay's data
    #[arg(long = "data", env = "RAPPORT_DATA", default_value = "rapport-data", value_name = "DIR")]
    pub folder: PathBuf,

    /// A PostgreSQL database that keeps the data instead of the folder, for any number of relays:
    /// postgres://USER:PASSWORD@HOST/NAME. In the environment, where other users of this machine
    /// do not see the password
    #[arg(long, env = "RAPPORT_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Option<DatabaseUrl>,

    /// Certificates in PEM of those who vouch for the database. The default is those that this
    /// machine trusts
    #[arg(long, env = "RAPPORT_DATABASE_CA", value_name = "FILE")]
    pub database_ca: Option<PathBuf>,
}

impl Data {
    /// The way to the database, if the data lies in one.
    #[must_use]
    pub fn access(&self) -> Option<Access> {
        Some(Access::new(self.database.clone()?, self.database_ca.clone()))
    }
}

/// How the relay runs.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub data: Data,

    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, env = "RAPPORT_LISTEN", default_value_t = SocketAddr::from(([127, 0, 0, 1], DEFAULT_PORT)), value_name = "ADDR")]
    pub listen: SocketAddr,

    /// An origin under which people reach this relay; may be given several times. The default is
    /// localhost with the port listened on
    #[arg(
        long = "public-origin",
        env = "RAPPORT_PUBLIC_ORIGIN",
        value_delimiter = ',',
        value_name = "URL"
    )]
    pub public_origins: Vec<Origin>,

    /// A further origin from which the app may be served to reach this relay; may be given
    /// several times
    #[arg(
        long = "app-origin",
        env = "RAPPORT_APP_ORIGIN",
        value_delimiter = ',',
        value_name = "URL"
    )]
    pub app_origins: Vec<Origin>,

    /// Let anybody who reaches this relay make a workspace, without a set-up token
    #[arg(
        long,
        env = "RAPPORT_OPEN_REGISTRATION",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true",
        default_value = "false",
        value_parser = BoolishValueParser::new(),
        action = clap::ArgAction::Set
    )]
    pub open_registration: bool,

    /// Certificate chain in PEM; with it the relay speaks TLS
    #[arg(long, env = "RAPPORT_TLS_CERT", requires = "tls_key", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,

    /// Private key of the certificate in PEM
    #[arg(long, env = "RAPPORT_TLS_KEY", requires = "tls_cert", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,

    /// Folder of the built app, read once at start. Without it the app inside the binary is served,
    /// if there is one
    #[arg(long, env = "RAPPORT_APP", value_name = "DIR")]
    pub app: Option<PathBuf>,

    /// Where rows are kept, if not in a database
    #[arg(long, env = "RAPPORT_STORE", value_enum, default_value_t = StoreKind::Sqlite, conflicts_with = "database")]
    pub store: StoreKind,

    /// Address and port on which figures for Prometheus are told at /metrics, to anybody who asks
    /// there. Without it they are told nowhere
    #[arg(long, env = "RAPPORT_METRICS", value_name = "ADDR")]
    pub metrics: Option<SocketAddr>,

    /// How log lines are written. What is logged is chosen by RUST_LOG
    #[arg(long, env = "RAPPORT_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,

    #[command(flatten)]
    pub acme: Acme,

    #[command(flatten)]
    pub limits: Limits,
}

/// How the relay gets a certificate by itself.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Certificates by ACME")]
pub struct Acme {
    /// Name for which a certificate is got and renewed, may be given several times. The relay must
    /// be reachable under it on port 443
    #[arg(
        long = "acme-domain",
        env = "RAPPORT_ACME_DOMAIN",
        value_delimiter = ',',
        value_name = "NAME"
    )]
    pub domains: Vec<String>,

    /// Mail address that the authority may write to; may be given several times
    #[arg(
        long = "acme-contact",
        env = "RAPPORT_ACME_CONTACT",
        value_delimiter = ',',
        value_name = "MAIL"
    )]
    pub contacts: Vec<String>,

    /// The authority's directory
    #[arg(long = "acme-directory", env = "RAPPORT_ACME_DIRECTORY", default_value = LETS_ENCRYPT, value_name = "URL")]
    pub directory: String,

    /// Where account and certificates are kept. The default is `acme` in the data folder
    #[arg(long = "acme-cache", env = "RAPPORT_ACME_CACHE", value_name = "DIR")]
    pub cache: Option<PathBuf>,

    /// Root certificate in PEM that is trusted for the directory, for an authority of one's own
    #[arg(long = "acme-root", env = "RAPPORT_ACME_ROOT", value_name = "FILE")]
    pub root: Option<PathBuf>,
}

/// The directory of Let's Encrypt.
const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// For whom a set-up token is.
#[derive(Debug, Args)]
pub struct Token {
    #[command(flatten)]
    pub data: Data,

    /// The origin that the link begins with
    #[arg(long = "public-origin", env = "RAPPORT_PUBLIC_ORIGIN", default_value_t = Origin::localhost(false, DEFAULT_PORT), value_name = "URL")]
    pub public_origin: Origin,
}

/// Where a backup goes.
#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    pub data: Data,

    /// The file to be made, or a folder in which it is named after the time
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Which backup comes back.
#[derive(Debug, Args)]
pub struct Restore {
    #[command(flatten)]
    pub data: Data,

    /// The file that `backup` made
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Move what the data folder holds now into a folder of its own there. Without this a folder
    /// that holds data is left alone
    #[arg(long)]
    pub set_aside: bool,
}

/// How figures are told.
#[derive(Debug, Args)]
pub struct Stats {
    #[command(flatten)]
    pub data: Data,

    /// As one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Whose log begins a new life.
#[derive(Debug, Args)]
pub struct NewLife {
    #[command(flatten)]
    pub data: Data,

    /// The space, as `verify` lists it; without it every space of this relay
    #[arg(long, value_name = "ID")]
    pub space: Option<wire::SpaceId>,
}

/// From where to where everything is moved.
#[derive(Debug, Args)]
pub struct Move {
    /// Folder of the data to be moved; no relay may be running on it
    #[arg(long = "data", env = "RAPPORT_DATA", default_value = "rapport-data", value_name = "DIR")]
    pub folder: PathBuf,

    /// The database that takes it: postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, env = "RAPPORT_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: DatabaseUrl,

    /// Certificates in PEM of those who vouch for the database. The default is those that this
    /// machine trusts
    #[arg(long, env = "RAPPORT_DATABASE_CA", value_name = "FILE")]
    pub database_ca: Option<PathBuf>,
}

impl Move {
    /// The way to the database.
    #[must_use]
    pub fn access(&self) -> Access {
        Access::new(self.database.clone(), self.database_ca.clone())
    }
}

/// Which store keeps the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StoreKind {
    /// A file in the data folder
    Sqlite,
    /// Nowhere: everything is gone at the stop. For tests
    Memory,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serve(args: &[&str]) -> Result<Box<Serve>, String> {
        let args = ["rapport", "serve"].iter().chain(args);
        match Config::try_parse_from(args).map_err(|e| e.to_string())?.command {
            Command::Serve(serve) => Ok(serve),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Config::command().debug_assert();
    }

    #[test]
    fn defaults_are_a_relay_for_this_computer() {
        let serve = serve(&[]).unwrap();
        assert_eq!(serve.listen.to_string(), "127.0.0.1:7117");
        assert_eq!(serve.store, StoreKind::Sqlite);
        assert!(serve.public_origins.is_empty());
    }

    #[test]
    fn origins_may_be_several_and_must_be_origins() {
        let two = serve(&["--public-origin", "https://a.b", "--public-origin", "http://c.d:1"]);
        assert_eq!(two.unwrap().public_origins.len(), 2);
        assert!(serve(&["--public-origin", "a.b"]).unwrap_err().contains("is not an origin"));
    }

    #[test]
    fn a_database_is_named_by_its_address() {
        let named = serve(&["--database", "postgres://rapport:secret@db/handbook"]).unwrap();
        assert_eq!(named.data.access().unwrap().url.to_string(), "handbook at db");
        assert!(!format!("{named:?}").contains("secret"));
        assert!(serve(&[]).unwrap().data.access().is_none());
        // A mistake in an address is told without it: a password may stand in it.
        assert!(serve(&["--database", "postgres://a:secret@b?c=d"]).is_ok());
        let both = serve(&["--database", "postgres://db/handbook", "--store", "memory"]);
        assert!(both.unwrap_err().contains("cannot be used with"));
    }

    #[test]
    fn a_switch_may_be_switched_off() {
        for (given, expected) in [
            (&[][..], false),
            (&["--open-registration"], true),
            (&["--open-registration=false"], false),
            (&["--open-registration=yes"], true),
        ] {
            assert_eq!(serve(given).unwrap().open_registration, expected, "{given:?}");
        }
    }

    #[test]
    fn a_certificate_needs_its_key() {
        assert!(serve(&["--tls-cert", "c.pem"]).unwrap_err().contains("--tls-key"));
    }
}
