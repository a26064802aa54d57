//! Processes that end with the test that started them, however it ends.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::deadline::until;

/// A program together with everything it starts: one process group, killed when this is dropped.
#[derive(Debug)]
pub struct Group {
    child: Child,
}

impl Group {
    /// Starts `command` in a group of its own.
    ///
    /// # Panics
    /// If the program cannot be started.
    pub fn spawn(command: &mut Command) -> Self {
        let child = command.process_group(0).spawn();
        let child = child.unwrap_or_else(|error| panic!("{:?}: {error}", command.get_program()));
        Self { child }
    }

    /// The process itself, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The process's memory that lies in RAM, bytes.
    ///
    /// # Panics
    /// If the process has ended.
    #[must_use]
    pub fn memory_bytes(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("a running process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
        kilobytes.map(|kilobytes: f64| kilobytes * 1024.0).expect("the kernel counts memory")
    }

    /// What the process has taken of the processors so far, seconds.
    ///
    /// # Panics
    /// If the process has ended.
    #[must_use]
    pub fn cpu_seconds(&self) -> f64 {
        cpu_seconds(&self.child.id().to_string())
    }

    /// Asks the process to stop and waits until it has.
    ///
    /// # Panics
    /// If it does not stop in time, or ends with a failure.
    pub fn stop(mut self) {
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let status = until(|| self.child.try_wait().ok().flatten());
        let status = status.expect("the process ignores SIGTERM");
        assert!(status.success(), "stopped with {status}");
    }

    /// Ends the group at once, as a power cut would.
    pub fn kill(self) {
        drop(self);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let _ = self.child.wait();
    }
}

/// What this process has taken of the processors so far, seconds.
#[must_use]
pub fn own_cpu_seconds() -> f64 {
    cpu_seconds("self")
}

/// `utime` and `stime` of proc(5).
fn cpu_seconds(process: &str) -> f64 {
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("a running process");
    // The name in brackets may hold anything; the 14th and 15th field are the 12th and 13th behind it.
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields.split_whitespace());
    let ticks = fields.into_iter().flatten().skip(11).take(2).map(|field| field.parse::<f64>());
    ticks.sum::<Result<f64, _>>().expect("numbers") / TICKS_A_SECOND
}

/// The processes of this machine that have `word` among their arguments.
#[must_use]
pub fn with_argument(word: &str) -> Vec<Pid> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    entries
        .flatten()
        .filter(|entry| has_argument(&entry.path(), word))
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(Pid::from_raw)
        .collect()
}

fn has_argument(process: &Path, word: &str) -> bool {
    // Gone between listing and reading: not one of them.
    let line = fs::read(process.join("cmdline")).unwrap_or_default();
    // Chromium's own children write their arguments with spaces between them.
    line.split(|&byte| byte == 0 || byte == b' ').any(|argument| argument == word.as_bytes())
}

/// Kills them all at once and returns when they are gone.
///
/// # Panics
/// If one of them stays.
pub fn kill_with_argument(word: &str) {
    let gone = until(|| {
        let left = with_argument(word);
        for &pid in &left {
            let _ = kill_process(pid, Signal::KILL);
        }
        left.is_empty().then_some(())
    });
    assert!(gone.is_some(), "processes with {word} survive SIGKILL");
}

/// The workspace's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
