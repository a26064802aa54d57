//! A PostgreSQL of one's own for tests: `initdb` into a temporary folder, a private socket, no
//! service of the system touched.
//!
//! It ends with the process that started it, however that ends: a shell stands between the two,
//! reads from a pipe that nobody writes to, and when the pipe breaks it stops the server and
//! deletes the folder. So it may be kept in a `static`, which is never dropped.
//!
//! PostgreSQL refuses to run as root; then it runs as the user `postgres`, whom Debian's package
//! brings. Where there is no PostgreSQL, [`Cluster::start`] says so once, loudly, and gives `None`.

use std::env;
use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

/// Set by whoever has said already that there is no PostgreSQL, so that it is said once.
pub const SAID: &str = "RAPPORT_POSTGRES_NOT_RUN_SAID";

/// Where Debian puts what only a server needs.
const DEBIAN: &str = "/usr/lib/postgresql";
/// Looks for an answer of the server, this long apart.
const LOOK: Duration = Duration::from_millis(20);
/// How many of them: half a minute.
const LOOKS: u32 = 1_500;

/// A server with its data.
#[derive(Debug)]
pub struct Cluster {
    bin: PathBuf,
    port: u16,
    databases: AtomicU32,
    server: Option<Child>,
    // Deleted by the guard as well, for the case that this is never dropped.
    folder: TempDir,
}

impl Cluster {
    /// A new server. `None`, after a line on standard error, if this machine has no PostgreSQL.
    ///
    /// # Panics
    /// If it has one that does not start.
    #[must_use]
    pub fn start() -> Option<Self> {
        Self::start_with("")
    }

    /// The same with lines for `postgresql.conf`.
    ///
    /// # Panics
    /// As [`Cluster::start`].
    #[must_use]
    pub fn start_with(settings: &str) -> Option<Self> {
        let Some(bin) = binaries() else {
            say_not_run();
            return None;
        };
        let folder = tempfile::Builder::new().prefix("rapport-pg-").tempdir().expect("a folder");
        let databases = AtomicU32::new(0);
        let mut cluster = Self { bin, port: free_port(), databases, server: None, folder };
        if let Some((user, group)) = other_user() {
            std::os::unix::fs::chown(cluster.folder.path(), Some(user), Some(group))
                .expect("chown");
        }
        let mut make = as_server(&cluster.bin.join("initdb"));
        make.arg("--pgdata").arg(cluster.data());
        make.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale"]);
        // Its own files only: what the server commits later is synced as ever.
        succeed(make.arg("--no-sync"));
        cluster.configure("listen_addresses = ''");
        cluster.configure(settings);
        cluster.start_again();
        Some(cluster)
    }

    /// The address of a new, empty database.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    pub fn database(&self) -> String {
        let name = format!("test{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        self.url(&name)
    }

    /// The address of a database of that name, by the private socket.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://postgres@{folder}:{}/{name}", self.port)
    }

    /// The same by TCP, for a server that listens there.
    #[must_use]
    pub fn tcp_url(&self, name: &str) -> String {
        format!("postgres://postgres@localhost:{}/{name}", self.port)
    }

    /// What `psql` prints: a line a row, fields between bars.
    ///
    /// # Panics
    /// If the database refuses.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let output = succeed(self.psql(database).args(["-c", sql]));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Adds lines to `postgresql.conf`; in force after [`Cluster::start_again`].
    ///
    /// # Panics
    /// If the file cannot be written.
    pub fn configure(&self, settings: &str) {
        let file = self.data().join("postgresql.conf");
        let mut file = fs::OpenOptions::new().append(true).open(file).expect("postgresql.conf");
        file.write_all(format!("{settings}\n").as_bytes()).expect("a written file");
    }

    /// Puts a file into the server's folder that only the server may read, and gives its path.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        use std::os::unix::fs::{PermissionsExt, chown};
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("a written file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("chmod");
        if let Some((user, group)) = other_user() {
            chown(&path, Some(user), Some(group)).expect("chown");
        }
        path
    }

    /// Ends the server at once, as a power cut would end its processes. What was committed must be
    /// there when it starts again.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            // The guard's pipe breaks; it sends SIGQUIT, on which the server leaves everything as is.
            drop(server.stdin.take());
            let _ = server.wait();
        }
    }

    /// Starts the server on the same data.
    ///
    /// # Panics
    /// If it is running, or does not come up.
    pub fn start_again(&mut self) {
        assert!(self.server.is_none(), "the server is running");
        // The folder goes with the process that made it, not with a server that is started again.
        let guard = r#"owner=$1; folder=$2; shift 2
            "$@" <&- & server=$!
            read -r _
            kill -QUIT $server; wait $server
            kill -0 $owner 2>&- || rm -rf "$folder""#;
        let mut postgres = as_server(&self.bin.join("postgres"));
        postgres.arg("-D").arg(self.data());
        postgres.arg("-k").arg(self.folder.path());
        postgres.args(["-p", &self.port.to_string()]);
        let mut guarded = Command::new("sh");
        guarded.args(["-c", guard, "guard", &std::process::id().to_string()]);
        guarded.arg(self.folder.path()).arg(postgres.get_program()).args(postgres.get_args());
        let log = self.folder.path().join("log");
        let log = fs::OpenOptions::new().create(true).append(true).open(log).expect("a log file");
        let guarded = guarded.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log);
        // Beyond the reach of Ctrl-C: the guard ends it in order.
        std::os::unix::process::CommandExt::process_group(guarded, 0);
        self.server = Some(guarded.spawn().expect("a shell"));
        for _ in 0..LOOKS {
            let answer = self.psql("postgres").args(["-c", "SELECT 1"]).output();
            if answer.is_ok_and(|output| output.status.success()) {
                return;
            }
            sleep(LOOK);
        }
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        panic!("the server does not come up:\n{log}");
    }

    /// The folder with its data, its socket and its log.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn psql(&self, database: &str) -> Command {
        let mut psql = Command::new(self.bin.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "postgres"]);
        psql.args(["-p", &self.port.to_string(), "-d", database, "-h"]).arg(self.folder.path());
        psql.stdin(Stdio::null());
        psql
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The folder of the newest server's programs: Debian's, else that of the PATH.
#[must_use]
pub fn binaries() -> Option<PathBuf> {
    let usable = |bin: &PathBuf| {
        ["initdb", "postgres", "psql"].iter().all(|name| bin.join(name).is_file())
            && (!is_root() || other_user().is_some())
    };
    let version = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let mut debian: Vec<PathBuf> = fs::read_dir(DEBIAN)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    debian.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    let path = env::var_os("PATH").unwrap_or_default();
    debian.into_iter().map(|folder| folder.join("bin")).chain(env::split_paths(&path)).find(usable)
}

/// Says once for this process that tests were passed over, past the test runner, which keeps what a
/// passing test prints to itself.
fn say_not_run() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if env::var_os(SAID).is_none() {
            let line = "\n*** NOT RUN: PostgreSQL tests: install PostgreSQL (Debian: `apt install \
                        postgresql`) ***\n";
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
    });
}

fn is_root() -> bool {
    identity("-u", None) == Some(0)
}

/// The user and group as whom the server runs, if not as oneself.
fn other_user() -> Option<(u32, u32)> {
    is_root().then_some(())?;
    Some((identity("-u", Some("postgres"))?, identity("-g", Some("postgres"))?))
}

fn identity(which: &str, user: Option<&str>) -> Option<u32> {
    let output = Command::new("id").arg(which).args(user).stderr(Stdio::null()).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// A program of the server, run as the user it runs as. `setpriv` turns into it, so that signals
/// reach it.
fn as_server(program: &Path) -> Command {
    let Some((user, group)) = other_user() else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args([format!("--reuid={user}"), format!("--regid={group}")]);
    command.arg("--clear-groups").arg(program);
    command
}

fn succeed(command: &mut Command) -> Output {
    let output = command.stdin(Stdio::null()).current_dir("/").output();
    let output = output.unwrap_or_else(|error| panic!("{:?}: {error}", command.get_program()));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{:?}: {said}", command.get_program());
    output
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
    listener.local_addr().expect("a bound address").port()
}
