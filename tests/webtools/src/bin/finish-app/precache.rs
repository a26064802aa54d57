//! The service worker's list of files, and the name of the build.
//!
//! `sw.js` is written with two placeholder lines, which make a build that was not finished cache
//! nothing: ```js const FILES = []; const BUILD = "dev"; ```

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

const WORKER: &str = "sw.js";
const FILES: &str = "const FILES = [];";
const BUILD: &str = "const BUILD = \"dev\";";
/// Bytes of the digest that name a build: enough to tell builds apart, short enough to be read
/// aloud.
const NAME_BYTES: usize = 8;

/// Fills the placeholders of `dir/sw.js` from the files of the build.
pub(crate) fn write(dir: &Path, files: &[String]) -> anyhow::Result<()> {
    let worker = dir.join(WORKER);
    let script = fs::read_to_string(&worker)
        .with_context(|| format!("{} is missing: does index.html copy it?", worker.display()))?;
    let mut digest = Sha256::new();
    for name in files {
        let content = fs::read(dir.join(name))?;
        for part in [name.as_bytes(), content.as_slice()] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
    }
    let mut build = String::new();
    for byte in &digest.finalize()[..NAME_BYTES] {
        write!(build, "{byte:02x}")?;
    }
    fs::write(worker, fill(&script, files, &build)?)?;
    Ok(())
}

fn fill(script: &str, files: &[String], build: &str) -> anyhow::Result<String> {
    for line in [FILES, BUILD] {
        let count = script.lines().filter(|given| given.trim() == line).count();
        ensure!(count == 1, "{WORKER} must have the line `{line}` once, it has it {count} times");
    }
    let list: Vec<String> = files
        .iter()
        .filter(|name| *name != WORKER)
        .map(|name| {
            if name == "index.html" {
                "\"/\"".to_owned()
            } else {
                format!("{:?}", format!("/{name}"))
            }
        })
        .collect();
    Ok(script
        .replace(FILES, &format!("const FILES = [{}];", list.join(", ")))
        .replace(BUILD, &format!("const BUILD = \"{build}\";")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "// worker\nconst FILES = [];\nconst BUILD = \"dev\";\n";

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn the_list_names_the_page_by_its_address_and_leaves_the_worker_out() {
        let filled =
            fill(SCRIPT, &names(&["app-1f.wasm", "icons/a.png", "index.html", "sw.js"]), "0a1b")
                .unwrap();
        assert_eq!(
            filled,
            "// worker\nconst FILES = [\"/app-1f.wasm\", \"/icons/a.png\", \"/\"];\nconst BUILD = \"0a1b\";\n"
        );
    }

    #[test]
    fn a_worker_without_its_placeholders_is_an_error() {
        for script in ["", "const FILES = [];", "const BUILD = \"dev\";", &SCRIPT.repeat(2)] {
            assert!(fill(script, &[], "00").is_err(), "{script:?}");
        }
    }

    #[test]
    fn another_content_is_another_build() {
        let dir = std::env::temp_dir().join(format!("rapport-precache-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let mut builds = Vec::new();
        for content in ["one", "two", "two"] {
            fs::write(dir.join(WORKER), SCRIPT).unwrap();
            fs::write(dir.join("app.js"), content).unwrap();
            write(&dir, &names(&["app.js", WORKER])).unwrap();
            builds.push(fs::read_to_string(dir.join(WORKER)).unwrap());
        }
        fs::remove_dir_all(&dir).unwrap();
        assert_ne!(builds[0], builds[1]);
        assert_eq!(builds[1], builds[2]);
    }
}
