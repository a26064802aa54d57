//! Files that others collected: every vCard and calendar in the source of the crate `calcard` (RFCs, test suites, real address
//! books) is read.
//!
//! The crate is a dev-dependency, so whoever can run this test has its source in cargo's registry.

use std::path::PathBuf;

use handbook::import::{card, visits};
use handbook::text::Defaults;

/// The files of an ending below the crate's `resources`, in order.
fn collected(ending: &str) -> Vec<(PathBuf, String)> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let sources = home.expect("cargo has a home").join("registry/src");
    let registries = std::fs::read_dir(&sources).expect("cargo keeps its registries there");
    let crates =
        registries.flatten().flat_map(|registry| std::fs::read_dir(registry.path()).unwrap());
    let mut found = crates
        .flatten()
        .filter(|it| it.file_name().to_string_lossy().starts_with("calcard-0.3."))
        .map(|it| it.path().join("resources"));
    let mut folders = vec![found.next().expect("the source of calcard; `cargo fetch` brings it")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == ending) {
                let bytes = std::fs::read(&path).unwrap();
                files.push((path, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn every_collected_card_is_read() {
    let files = collected("vcf");
    assert!(files.len() > 200, "{} files", files.len());
    let (mut good, mut bad) = (0, 0);
    for (path, text) in &files {
        let rows = card::read(text);
        assert!(!rows.is_empty(), "{}", path.display());
        for row in &rows {
            match &row.card {
                Ok(card) => {
                    assert!(!card.name.trim().is_empty(), "{}: {card:?}", path.display());
                    good += 1;
                }
                Err(why) => {
                    assert!(!why.to_string().is_empty() && !why.sentence().de.is_empty());
                    bad += 1;
                }
            }
        }
        // Nothing is made up.
        let others = text.to_ascii_uppercase().matches("END:VCARD").count();
        let ended = rows.iter().filter(|row| !matches!(row.card, Err(card::CardProblem::CutOff)));
        assert!(ended.count() <= others.max(1), "{}", path.display());
    }
    assert!(good > 30 * bad, "{good} read, {bad} left out");
}

#[test]
fn every_collected_calendar_is_read() {
    let files = collected("ics");
    assert!(files.len() > 500, "{} files", files.len());
    let rows = files.iter().flat_map(|(_, text)| visits::read(text, &Defaults::default()));
    let (mut good, mut bad) = (0, 0);
    for row in rows {
        match row.visit {
            Ok(_) => good += 1,
            Err(_) => bad += 1,
        }
    }
    assert!(good > 10 * bad, "{good} read, {bad} left out");
}
