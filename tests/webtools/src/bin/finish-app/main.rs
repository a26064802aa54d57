//! `finish-app DIR [--brotli]`: what remains to be done once trunk has built the app into a folder.
//!
//! The service worker learns which files make up this build: their names carry hashes, so only now
//! are they known. For a release, the program loses the names of its functions and every file gets its compressed twin.

mod compress;
mod precache;
mod slim;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use anyhow::Context;

fn main() -> anyhow::Result<()> {
    let mut arguments = env::args_os().skip(1);
    let dir = arguments.next().map(PathBuf::from).context("usage: finish-app DIR [--brotli]")?;
    let brotli = arguments.next().as_deref() == Some(OsStr::new("--brotli"));

    if brotli {
        slim::strip_names(&dir).with_context(|| format!("cannot slim {}", dir.display()))?;
    }
    let files = files(&dir).with_context(|| format!("cannot read {}", dir.display()))?;
    precache::write(&dir, &files)?;
    if brotli {
        for file in &files {
            compress::write_twin(&dir.join(file))
                .with_context(|| format!("cannot compress {file}"))?;
        }
    }
    Ok(())
}

/// All files below `dir` as paths relative to it with forward slashes, sorted; compressed twins
/// left out.
fn files(dir: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(relative) = path.strip_prefix(dir) else { continue };
            let parts: Vec<_> =
                relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let name = parts.join("/");
            if !name.ends_with(".br") {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}
