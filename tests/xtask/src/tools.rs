//! What building and testing needs, installed when it is missing. Nothing is downloaded ready-made: everything comes through rustup,
//! cargo, apt or npm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{self, Failure, Outcome, ask, cargo, program, root, run, target, which};

pub(crate) const WASM: &str = "wasm32-unknown-unknown";
/// The newest trunk that the project's Rust can build.
const TRUNK: &str = "0.21.14";
const TRUNK_INSTALL: &[&str] =
    &["--locked", "--debug", "--no-default-features", "--features", "rustls", "--root"];
/// The programs of the package `webtools`: as they are built, as they are called.
const WEBTOOLS: &[(&str, &str)] = &[
    ("bindgen", "wasm-bindgen"),
    ("bindgen-test-runner", "wasm-bindgen-test-runner"),
    ("finish-app", "finish-app"),
];
const BROWSER: &[&str] = &["chromium", "chromedriver"];
const BROWSER_PACKAGES: &[&str] = &["chromium", "chromium-driver", "fonts-liberation"];

const DATABASE: &[&str] = &["initdb", "postgres", "psql"];
const DATABASE_PACKAGES: &[&str] = &["postgresql"];

/// `cargo xtask tools`
pub(crate) fn run_all() -> Outcome {
    for_building()?;
    let missing = [for_stories()?, pebble()?, database()];
    let missing: Vec<String> = missing.into_iter().flatten().collect();
    match missing.is_empty() {
        true => Ok(()),
        false => Err(Failure::new(missing.join("\n"))),
    }
}

/// What the browser tests need. `Ok(Some(sentence))` if something is missing that only the person can install.
pub(crate) fn for_stories() -> Outcome<Option<String>> {
    match browser()? {
        None => axe(),
        missing => Ok(missing),
    }
}

/// Everything that turns the sources into an app that a browser loads.
pub(crate) fn for_building() -> Outcome {
    sources()?;
    wasm_target()?;
    trunk()?;
    webtools()
}

/// The dependencies' sources, exactly as locked; later steps then work without a network.
fn sources() -> Outcome {
    run(cargo().args(["fetch", "--locked", "--quiet"]))
}

fn wasm_target() -> Outcome {
    let rustc = ["--print", "target-libdir", "--target", WASM];
    let installed =
        ask(program("rustc").args(rustc)).is_some_and(|dir| PathBuf::from(dir.trim()).is_dir());
    if installed {
        return Ok(());
    }
    run(program("rustup").args(["target", "add", WASM])).map_err(|failure| {
        Failure::new(format!(
            "{failure}\nThe app needs Rust's target {WASM}; without rustup, install the package of your \
             distribution that brings it (for example `rust-std-wasm32-unknown-unknown`)."
        ))
    })
}

fn trunk() -> Outcome {
    let wanted = format!("trunk {TRUNK}");
    if ask(program("trunk").arg("--version")).is_some_and(|version| version.trim() == wanted) {
        return Ok(());
    }
    println!("Installing {wanted}, which builds the app. This takes some minutes, once.");
    run(cargo()
        .env_remove("CARGO_TARGET_DIR")
        .args(["install", &format!("trunk@{TRUNK}")])
        .args(TRUNK_INSTALL)
        .arg(target("tools")))
}

/// wasm-bindgen and its companions, built in this workspace: their version is the one in
/// Cargo.lock.
fn webtools() -> Outcome {
    run(cargo().args(["build", "--locked", "--quiet", "--package", "webtools"]))?;
    let bin = target("tools/bin");
    fs::create_dir_all(&bin)
        .map_err(|error| Failure::new(format!("{}: {error}", bin.display())))?;
    for (built, called) in WEBTOOLS {
        let from = target("debug").join(format!("{built}{}", std::env::consts::EXE_SUFFIX));
        let to = bin.join(format!("{called}{}", std::env::consts::EXE_SUFFIX));
        let _ = fs::remove_file(&to);
        fs::hard_link(&from, &to)
            .or_else(|_| fs::copy(&from, &to).map(drop))
            .map_err(|error| Failure::new(format!("{}: {error}", to.display())))?;
    }
    Ok(())
}

/// Chromium and its driver. `Ok(Some(sentence))` if they are missing and only the person can
/// install them.
pub(crate) fn browser() -> Outcome<Option<String>> {
    let missing: Vec<&str> = BROWSER.iter().filter(|name| which(name).is_none()).copied().collect();
    if missing.is_empty() {
        return Ok(None);
    }
    if !(which("apt-get").is_some() && is_root()) {
        return Ok(Some(format!(
            "{} not found on the PATH: install Chromium and ChromeDriver of one version \
             (Debian: `apt install chromium chromium-driver`)",
            missing.join(" and ")
        )));
    }
    run(apt().arg("update").arg("--quiet"))?;
    run(apt()
        .args(["install", "--yes", "--quiet", "--no-install-recommends"])
        .args(BROWSER_PACKAGES))?;
    Ok(None)
}

/// PostgreSQL's programs, with which the tests run servers of their own. A sentence if they are
/// missing and could not be installed.
pub(crate) fn database() -> Option<String> {
    if has_database() {
        return None;
    }
    if which("apt-get").is_some() && is_root() {
        let _no_service = NoService::new();
        let installed = run(apt().args(["update", "--quiet"])).and_then(|()| {
            let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
            run(apt().args(install).args(DATABASE_PACKAGES))
        });
        match installed {
            Ok(()) if has_database() => return None,
            Ok(()) => {}
            Err(failure) => println!("{failure}"),
        }
    }
    Some("install PostgreSQL (Debian: `apt install postgresql`)".into())
}

fn has_database() -> bool {
    // Debian keeps what only a server needs off the PATH.
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders = versions.map(|version| version.path().join("bin"));
    folders.any(|bin| DATABASE.iter().all(|name| bin.join(name).is_file()))
        || DATABASE.iter().all(|name| which(name).is_some())
}

/// While this is there, Debian's package makes no server of its own: the tests need its programs
/// only, and a machine on which they run should not listen to anybody for it.
struct NoService;

impl NoService {
    const FOLDER: &str = "/etc/postgresql-common/createcluster.d";
    const FILE: &str = "/etc/postgresql-common/createcluster.d/rapport-tests.conf";

    fn new() -> Self {
        // If it cannot be said, there is one server more, and the tests do not mind.
        let _ = fs::create_dir_all(Self::FOLDER);
        let _ = fs::write(Self::FILE, "create_main_cluster = false\n");
        Self
    }
}

impl Drop for NoService {
    fn drop(&mut self) {
        let _ = fs::remove_file(Self::FILE);
    }
}

/// Let's Encrypt's test server. `Ok(Some(sentence))` if it is missing and only the person can
/// install it.
pub(crate) fn pebble() -> Outcome<Option<String>> {
    if which("pebble").is_some() && which("pebble-challtestsrv").is_some() {
        return Ok(None);
    }
    if !(which("apt-get").is_some() && is_root()) {
        return Ok(Some("pebble not found on the PATH (Debian: `apt install pebble`)".into()));
    }
    run(apt().arg("update").arg("--quiet"))?;
    run(apt().args(["install", "--yes", "--quiet", "--no-install-recommends", "pebble"]))?;
    Ok(None)
}

/// The accessibility engine that looks at every page, as `tests/axe` locks it.
fn axe() -> Outcome<Option<String>> {
    let (from, to) = (root().join("tests/axe"), target("tools/axe"));
    let lock = |folder: &Path| fs::read(folder.join("package-lock.json")).ok();
    if lock(&from) == lock(&to) && axe_script().is_file() {
        return Ok(None);
    }
    if which("npm").is_none() {
        return Ok(Some(
            "npm not found on the PATH: install Node.js (Debian: `apt install npm`)".into(),
        ));
    }
    let failed = |error| Failure::new(format!("{}: {error}", to.display()));
    fs::create_dir_all(&to).map_err(failed)?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(from.join(file), to.join(file)).map_err(failed)?;
    }
    let quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
    run(program("npm").arg("ci").args(quiet).current_dir(&to))?;
    Ok(None)
}

/// Where the accessibility engine lies.
pub(crate) fn axe_script() -> PathBuf {
    target("tools/axe/node_modules/axe-core/axe.min.js")
}

fn apt() -> Command {
    let mut command = shell::program("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    ask(program("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}
