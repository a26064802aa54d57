//! Where inputs come from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Target;

/// What a run under guidance found worth keeping: once a failure, now a test for ever.
#[must_use]
pub fn committed(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(here().join("corpus").join(target.name)) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(path).expect("a file"))).collect()
}

/// One damage to an input: where, and what.
///
/// `at` and `length` may be anything.
pub fn damaged(input: &mut Vec<u8>, kind: u8, at: usize, length: usize, new: &[u8]) {
    let at = at % (input.len() + 1);
    let end = at.saturating_add(length).min(input.len());
    match kind % 4 {
        0 => {
            for (old, new) in input.iter_mut().skip(at).zip(new) {
                *old ^= new;
            }
        }
        1 => drop(input.drain(at..end)),
        2 => drop(input.splice(at..at, new.iter().copied())),
        _ => {
            let again = input.get(at..end).unwrap_or_default().to_vec();
            drop(input.splice(at..at, again));
        }
    }
}

/// A golden file of another crate, which is hexadecimal.
pub(crate) fn golden(path: &str) -> Vec<u8> {
    let text = fs::read_to_string(shared(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let (pairs, _) = digits.as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    pairs.iter().map(|pair| byte(pair).expect("hexadecimal")).collect()
}

/// The golden files of a folder whose name begins so.
pub(crate) fn goldens(folder: &str, begin: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(shared(folder)).expect("a folder of golden files");
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<_> = names.filter(|name| name.starts_with(begin)).collect();
    names.sort();
    assert!(!names.is_empty(), "no golden file {folder}/{begin}…");
    names.iter().map(|name| golden(&format!("{folder}/{name}"))).collect()
}

/// A path below `shared`.
pub(crate) fn shared(path: &str) -> PathBuf {
    here().join("../../shared").join(path)
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
