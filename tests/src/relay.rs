//! The relay as its operator runs it: the `rapport` binary.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, OnceLock};

use tempfile::{NamedTempFile, TempDir};

use crate::deadline::Deadline;
use crate::process::{Group, root};

/// A relay on a port of its own with a data folder of its own. Killed when dropped.
#[derive(Debug)]
pub struct Relay {
    port: u16,
    data: TempDir,
    app: Option<PathBuf>,
    options: Vec<String>,
    log: Option<NamedTempFile>,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    process: Group,
    output: Mutex<Output>,
}

/// What the process printed, as far as it was read.
#[derive(Debug)]
struct Output {
    seen: Vec<String>,
    lines: Receiver<String>,
}

impl Relay {
    /// A relay with an empty store that serves the built app (`RAPPORT_APP`, else `target/app`).
    #[must_use]
    pub fn start() -> Self {
        let app = env::var_os("RAPPORT_APP").map(PathBuf::from);
        Self::serving(&app.unwrap_or_else(|| root().join("target/app")))
    }

    /// The same with further options.
    #[must_use]
    pub fn with_options(options: &[&str]) -> Self {
        let app = env::var_os("RAPPORT_APP").map(PathBuf::from);
        Self::with(Some(app.unwrap_or_else(|| root().join("target/app"))), options)
    }

    /// The same with a page of figures.
    #[must_use]
    pub fn watched() -> Self {
        Self::with_options(&["--metrics", "127.0.0.1:0"])
    }

    /// A relay with an empty store that serves the files of a folder.
    ///
    /// # Panics
    /// If it does not come up.
    #[must_use]
    pub fn serving(app: &Path) -> Self {
        assert!(app.join("index.html").is_file(), "no app in {}", app.display());
        Self::with(Some(app.to_path_buf()), &[])
    }

    /// A relay with an empty store, further options and no app.
    #[must_use]
    pub fn bare(options: &[&str]) -> Self {
        Self::with(None, options)
    }

    /// The same, and it logs all that it can.
    ///
    /// # Panics
    /// If it does not come up.
    #[must_use]
    pub fn talkative(options: &[&str]) -> Self {
        let log = NamedTempFile::new().expect("a temporary file");
        let mut relay = Self::idle(None, options);
        relay.log = Some(log);
        relay.start_again();
        relay
    }

    fn with(app: Option<PathBuf>, options: &[&str]) -> Self {
        let mut relay = Self::idle(app, options);
        relay.start_again();
        relay
    }

    fn idle(app: Option<PathBuf>, options: &[&str]) -> Self {
        let data = TempDir::new().expect("a temporary folder");
        let options = options.iter().map(|&option| option.to_owned()).collect();
        Self { port: free_port(), data, app, options, log: None, running: None }
    }

    /// Its address as a browser has it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Starts it on the same port with the same data.
    ///
    /// # Panics
    /// If it is running, or does not come up.
    pub fn start_again(&mut self) {
        assert!(self.running.is_none(), "the relay is running");
        let mut command = Command::new(binary());
        command
            .args(["serve", "--listen", &format!("127.0.0.1:{}", self.port)])
            .args(["--public-origin", &self.url()])
            .arg("--data")
            .arg(self.data.path())
            .args(&self.options)
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        if let Some(app) = &self.app {
            command.arg("--app").arg(app);
        }
        if let Some(log) = &self.log {
            let log = OpenOptions::new().append(true).open(log.path()).expect("the log");
            command.env("RUST_LOG", "trace").stderr(log);
        }
        let mut process = Group::spawn(&mut command);
        let (sender, lines) = channel();
        let stdout = process.child().stdout.take().expect("a piped stdout");
        std::thread::spawn(move || forward(BufReader::new(stdout), &sender));
        let output = Mutex::new(Output { seen: Vec::new(), lines });
        self.running = Some(Running { process, output });
        self.line(|line| line.contains("listening on").then_some(()));
    }

    /// The link with which the first person starts a workspace.
    #[must_use]
    pub fn setup_link(&self) -> String {
        self.line(|line| {
            line.split_whitespace().find(|word| word.contains("/#setup=")).map(str::to_owned)
        })
    }

    /// Asks it to stop and waits: sockets hear of it.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.process.stop();
        }
    }

    /// Ends it at once, in the middle of whatever it does.
    pub fn kill(&mut self) {
        if let Some(running) = self.running.take() {
            running.process.kill();
        }
    }

    /// A copy of its data folder.
    ///
    /// # Panics
    /// If it is running: a copy of files that are being written is no backup.
    #[must_use]
    pub fn backup(&self) -> TempDir {
        assert!(self.running.is_none(), "the relay is running");
        let copy = TempDir::new().expect("a temporary folder");
        copy_files(self.data.path(), copy.path());
        copy
    }

    /// Puts an older copy in place of its data, and declares it as an operator has to: the log
    /// begins another life.
    ///
    /// # Panics
    /// If it is running, or the command fails.
    pub fn restore(&mut self, backup: TempDir) {
        assert!(self.running.is_none(), "the relay is running");
        self.data = backup;
        self.command("new-life");
    }

    /// Everything it holds is gone, and there is no backup. The next start is that of a new relay under the same name.
    ///
    /// # Panics
    /// If it is running.
    pub fn empty(&mut self) {
        assert!(self.running.is_none(), "the relay is running");
        self.data = TempDir::new().expect("a temporary folder");
    }

    /// The bytes of the last row of changes are gone, as if a disk had lost them; the row's number.
    ///
    /// # Panics
    /// If it is running, or has no such row.
    #[cfg(any(feature = "browser", feature = "simulator"))]
    pub fn lose_last_changes(&self) -> u32 {
        assert!(self.running.is_none(), "the relay is running");
        let changes = 2;
        let store = rusqlite::Connection::open(self.data.path().join("rapport.db"));
        let sql = "UPDATE rows SET body = NULL
            WHERE seq = (SELECT max(seq) FROM rows WHERE kind = ?1) RETURNING seq";
        let lost = store.and_then(|store| store.query_row(sql, [changes], |row| row.get(0)));
        lost.expect("a store with a row of changes")
    }

    /// What a command of the binary prints about the data.
    ///
    /// # Panics
    /// If the command fails.
    pub fn command(&self, name: &str) -> String {
        self.command_with(&[name])
    }

    /// The same for a command with arguments.
    ///
    /// # Panics
    /// If the command fails.
    pub fn command_with(&self, args: &[&str]) -> String {
        let mut command = Command::new(binary());
        command.args(args).arg("--data").arg(self.data.path());
        if let Some(at) = self.options.iter().position(|option| option == "--database") {
            command.args(&self.options[at..=at + 1]);
        }
        let output = command.output().expect("the binary starts");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What it has logged so far, if it is a talkative one.
    ///
    /// # Panics
    /// If it is not.
    #[must_use]
    pub fn log(&self) -> Vec<u8> {
        let log = self.log.as_ref().expect("a talkative relay");
        fs::read(log.path()).expect("the log")
    }

    /// What its page of figures says. It must be started with `--metrics`.
    ///
    /// # Panics
    /// If it does not answer.
    #[must_use]
    pub fn figures(&self) -> String {
        let address = self.line(|line| {
            let address = line.strip_prefix("metrics on http://")?;
            Some(address.strip_suffix("/metrics")?.to_owned())
        });
        let mut socket = TcpStream::connect(&address).expect("a page of figures");
        write!(socket, "GET /metrics HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")
            .expect("a request");
        let mut answer = String::new();
        socket.read_to_string(&mut answer).expect("an answer");
        let (head, text) = answer.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        text.to_owned()
    }

    /// The folder with its store.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// What it holds in memory, bytes.
    ///
    /// # Panics
    /// If it is not running.
    #[must_use]
    pub fn memory_bytes(&self) -> f64 {
        let running = self.running.as_ref().expect("the relay is not running");
        running.process.memory_bytes()
    }

    /// What it has taken of the processors so far, seconds.
    ///
    /// # Panics
    /// If it is not running.
    #[must_use]
    pub fn cpu_seconds(&self) -> f64 {
        self.running.as_ref().expect("the relay is not running").process.cpu_seconds()
    }

    /// The first printed line in which `look` finds something, waited for.
    fn line<T>(&self, look: impl Fn(&str) -> Option<T>) -> T {
        let running = self.running.as_ref().expect("the relay is not running");
        let mut output = running.output.lock().expect("a lock that no panic poisoned");
        if let Some(found) = output.seen.iter().find_map(|line| look(line)) {
            return found;
        }
        let deadline = Deadline::soon();
        loop {
            let line = match output.lines.recv_timeout(deadline.left()) {
                Ok(line) => line,
                Err(RecvTimeoutError::Timeout) => {
                    panic!("the relay did not say it; it said {:#?}", output.seen)
                }
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("the relay ended; it said {:#?}", output.seen)
                }
            };
            let found = look(&line);
            output.seen.push(line);
            if let Some(found) = found {
                return found;
            }
        }
    }
}

fn copy_files(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&to).expect("a new folder");
            copy_files(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).expect("a copy");
        }
    }
}

fn forward(lines: impl BufRead, to: &Sender<String>) {
    for line in lines.lines().map_while(Result::ok) {
        if to.send(line).is_err() {
            return;
        }
    }
}

/// A port that nobody had a moment ago. It is taken once and kept: a browser's storage belongs to
/// it.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
    listener.local_addr().expect("a bound address").port()
}

/// The binary under test: `RAPPORT_RELAY`, else built here, once for each test run.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(given) = env::var_os("RAPPORT_RELAY") {
            return PathBuf::from(given);
        }
        let target = root().join("target");
        let built = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--locked", "--quiet", "--package", "relay"])
            .current_dir(root())
            .env("CARGO_TARGET_DIR", &target)
            .status()
            .expect("cargo");
        assert!(built.success(), "the relay does not build");
        target.join("debug/rapport")
    })
}
