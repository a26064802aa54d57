//! The way to the database: its address, TLS, and what a connection must have before it is trusted
//! with a row.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Hook, HookError, Manager, Pool, Runtime};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};

use super::fault::words;
use super::schema::SCHEMA;
use crate::limits::{
    DATABASE_CONNECTIONS, DATABASE_IDLE_WITHIN, DATABASE_LOCK_WITHIN, DATABASE_RECHECK,
    DATABASE_STATEMENT_WITHIN, DATABASE_WORK_WITHIN,
};
use crate::tls::TlsError;

/// Why a database cannot be used as a store.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The address is none.
    #[error("the database's address cannot be read ({0}): postgres://USER:PASSWORD@HOST/NAME")]
    Address(String),
    /// Nobody answers there, or does not let this relay in.
    #[error("cannot reach the database: {0}")]
    Unreachable(String),
    /// The certificates to trust cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// What the database calls written may be gone after a power cut.
    #[error(
        "the database has {setting} = {value}: it would acknowledge what a power cut can still take \
         away. Nothing was written. {remedy}, and start again"
    )]
    Careless {
        /// Which setting.
        setting: &'static str,
        /// Its value.
        value: String,
        /// What the operator can do.
        remedy: &'static str,
    },
    /// A standby, which takes no writes.
    #[error(
        "the database is read-only or a standby. Name the primary, or all of them with \
         ?target_session_attrs=read-write"
    )]
    ReadOnly,
    /// The relay's tables are not there.
    #[error("the database holds no relay's data; `rapport serve` makes it")]
    Absent,
    /// The schema was made by something else.
    #[error("the schema {SCHEMA} of the database belongs to another program")]
    Foreign,
    /// Something is in it that would be mixed with what is to come.
    #[error("the database holds a relay's data already; name an empty one")]
    Occupied,
    /// Written by a newer relay.
    #[error("the database has version {version}, which is newer than this relay: update it")]
    Newer {
        /// Its version.
        version: i64,
    },
    /// It does not do what it is asked for.
    #[error("cannot use the database: {0}")]
    Sql(String),
}

impl From<tokio_postgres::Error> for DatabaseError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Sql(words(&error))
    }
}

/// The address of a database, `postgres://user:password@host/name`. Shows no password, also where it
/// cannot be read: what is wrong with it is told when it is used, since a command line that refuses
/// a value prints it.
#[derive(Clone)]
pub struct DatabaseUrl(Result<Config, String>);

impl FromStr for DatabaseUrl {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let config = text.parse().map_err(|error| words(&error)).and_then(|config: Config| {
            match config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
                true => Err("it names no host".to_owned()),
                false => Ok(config),
            }
        });
        Ok(Self(config))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(config) = &self.0 else { return f.write_str("an address that cannot be read") };
        let hosts = config.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(path) => path.display().to_string(),
        });
        let hosts: Vec<_> = hosts.collect();
        let name = config.get_dbname().or(config.get_user()).unwrap_or_default();
        write!(f, "{name} at {}", hosts.join(", "))
    }
}

/// How a database is reached.
#[derive(Clone, Debug)]
pub struct Access {
    /// Where it is.
    pub url: DatabaseUrl,
    /// The certificates in PEM of those who vouch for it; those that the system trusts if `None`.
    pub authority: Option<PathBuf>,
    /// How often heads are looked at without news.
    pub recheck: Duration,
}

impl Access {
    /// The database at `url`, and if it speaks TLS, vouched for by `authority`.
    #[must_use]
    pub fn new(url: DatabaseUrl, authority: Option<PathBuf>) -> Self {
        Self { url, authority, recheck: DATABASE_RECHECK }
    }

    /// What makes connections.
    pub(super) fn connector(&self) -> Result<Connector, DatabaseError> {
        let mut config = self.url.0.clone().map_err(DatabaseError::Address)?;
        let tls = MakeRustlsConnect::new(self.tls(&config)?);
        config.connect_timeout(*config.get_connect_timeout().unwrap_or(&Duration::from_secs(5)));
        // A machine that is gone says nothing: the kernel notices within these.
        config.tcp_user_timeout(DATABASE_STATEMENT_WITHIN);
        config.keepalives_idle(Duration::from_secs(30));
        config.keepalives_interval(Duration::from_secs(5));
        if config.get_application_name().is_none() {
            config.application_name("rapport");
        }
        Ok(Connector { tls, config })
    }

    fn tls(&self, config: &Config) -> Result<ClientConfig, DatabaseError> {
        let mut roots = RootCertStore::empty();
        if let Some(file) = &self.authority {
            let wrong = |source| TlsError::Pem { path: file.clone(), source };
            for certificate in CertificateDer::pem_file_iter(file).map_err(wrong)? {
                roots.add(certificate.map_err(wrong)?).map_err(TlsError::from)?;
            }
        } else if may_speak_tls(config) {
            let found = rustls_native_certs::load_native_certs();
            let (_, unusable) = roots.add_parsable_certificates(found.certs);
            tracing::debug!(trusted = roots.len(), unusable, "the system's certificates");
        }
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(TlsError::from)?;
        Ok(builder.with_root_certificates(roots).with_no_client_auth())
    }
}

fn may_speak_tls(config: &Config) -> bool {
    let tcp = |host: &Host| matches!(host, Host::Tcp(_));
    config.get_ssl_mode() != SslMode::Disable && config.get_hosts().iter().any(tcp)
}

/// Makes connections.
#[derive(Clone)]
pub(super) struct Connector {
    config: Config,
    tls: MakeRustlsConnect,
}

/// The other half of a connection, which moves its bytes.
pub(super) type Wire = tokio_postgres::Connection<
    tokio_postgres::Socket,
    <MakeRustlsConnect as tokio_postgres::tls::MakeTlsConnect<tokio_postgres::Socket>>::Stream,
>;

impl Connector {
    /// One connection outside the pool. Nothing moves before its other half is driven.
    pub(super) async fn connect(&self) -> Result<(Client, Wire), DatabaseError> {
        self.config.connect(self.tls.clone()).await.map_err(|error| unreachable(&error))
    }

    /// A connection whose other half is driven by a task, which ends with the connection.
    pub(super) async fn connect_driven(&self) -> Result<Client, DatabaseError> {
        let (client, wire) = self.connect().await?;
        tokio::spawn(async move {
            if let Err(error) = wire.await {
                tracing::warn!(error = words(&error), "a connection to the database broke");
            }
        });
        Ok(client)
    }

    /// Connections for reading and writing, each made ready by [`prepare`].
    pub(super) fn pool(&self) -> Result<Pool, DatabaseError> {
        let prepare = Hook::async_fn(|client: &mut deadpool_postgres::ClientWrapper, _| {
            Box::pin(async move {
                prepare(client).await.map_err(|error| HookError::message(error.to_string()))
            })
        });
        Pool::builder(Manager::new(self.config.clone(), self.tls.clone()))
            .max_size(DATABASE_CONNECTIONS)
            .wait_timeout(Some(DATABASE_WORK_WITHIN))
            .create_timeout(Some(DATABASE_STATEMENT_WITHIN))
            .runtime(Runtime::Tokio1)
            .post_create(prepare)
            .build()
            .map_err(|error| DatabaseError::Sql(error.to_string()))
    }
}

/// Makes sure that a commit on this connection is durable when it returns, and that nothing on it
/// waits for ever.
pub(super) async fn prepare(client: &Client) -> Result<(), DatabaseError> {
    let row = client
        .query_one(
            "SELECT current_setting('synchronous_commit'), current_setting('fsync'),
                 current_setting('transaction_read_only'),
                 current_setting('synchronous_standby_names')",
            &[],
        )
        .await?;
    let [commit, fsync, read_only, standbys] =
        [0, 1, 2, 3].map(|column| row.get::<_, String>(column));
    // `local`, `remote_write`, `on` and `remote_apply` all wait for this server's own disk. What they
    // differ in is what they wait for at its standbys.
    if commit == "off" {
        let remedy = "ALTER DATABASE … SET synchronous_commit = on";
        return Err(DatabaseError::Careless {
            setting: "synchronous_commit",
            value: commit,
            remedy,
        });
    }
    if fsync != "on" {
        let remedy = "Set fsync = on in postgresql.conf and reload it";
        return Err(DatabaseError::Careless { setting: "fsync", value: fsync, remedy });
    }
    if read_only == "on" {
        return Err(DatabaseError::ReadOnly);
    }
    if !standbys.is_empty() && ["local", "remote_write"].contains(&commit.as_str()) {
        tracing::warn!(
            synchronous_commit = commit,
            "a standby that takes over may lack rows that were acknowledged; `on` waits for it"
        );
    }
    // Said anew on each connection, so that a setting changed later changes nothing here.
    client
        .batch_execute(&format!(
            "SET synchronous_commit = {commit}; SET search_path = {SCHEMA};
             SET statement_timeout = {}; SET lock_timeout = {};
             SET idle_in_transaction_session_timeout = {}",
            DATABASE_STATEMENT_WITHIN.as_millis(),
            DATABASE_LOCK_WITHIN.as_millis(),
            DATABASE_IDLE_WITHIN.as_millis(),
        ))
        .await?;
    Ok(())
}

fn unreachable(error: &tokio_postgres::Error) -> DatabaseError {
    let mut said = words(error);
    if said.contains("certificate") {
        said += ". Name the certificate of its authority with --database-ca, or, where nobody can \
                 listen in between, add ?sslmode=disable to its address";
    }
    DatabaseError::Unreachable(said)
}

impl From<rustls::Error> for DatabaseError {
    fn from(error: rustls::Error) -> Self {
        Self::Tls(TlsError::from(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_shows_no_password() {
        let url: DatabaseUrl =
            "postgres://rapport:secret@db.example:5433/handbook".parse().unwrap();
        assert_eq!(format!("{url}, {url:?}"), "handbook at db.example, handbook at db.example");
        let socket: DatabaseUrl =
            "postgres://rapport@%2Frun%2Fpostgresql/handbook".parse().unwrap();
        assert_eq!(socket.to_string(), "handbook at /run/postgresql");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "handbook",
            "postgres://",
            "mysql://a/b",
            "postgres://a/b?sslmode=maybe",
            "postgres://a:secret@b/c?d=e",
        ] {
            let url: DatabaseUrl = text.parse().unwrap();
            let refused = Access::new(url.clone(), None).connector().err();
            assert!(matches!(refused, Some(DatabaseError::Address(_))), "{text}");
            assert_eq!(url.to_string(), "an address that cannot be read");
        }
    }
}
