//! What a first visit downloads: every file of the app, compressed as the relay sends it.

use std::path::Path;
use std::{fs, io};

use super::{Figure, Measure};

/// Adds up the files below `app`, each by its compressed twin where it has one. The service worker
/// fetches them all.
///
/// # Errors
/// The folder cannot be read.
pub fn measure(app: &Path) -> io::Result<Measure> {
    let bytes = total(app)?;
    Ok(Measure {
        name: "first download, brotli",
        figure: Figure::Kilobytes(bytes as f64 / 1000.0),
        floor: None,
    })
}

fn total(folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            bytes += total(&path)?;
        } else if path.extension().is_none_or(|extension| extension != "br") {
            let mut twin = path.clone().into_os_string();
            twin.push(".br");
            bytes += fs::metadata(twin).or_else(|_| fs::metadata(&path))?.len();
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_a_twin_counts_as_its_twin() {
        let app = tempfile::tempdir().unwrap();
        fs::create_dir(app.path().join("icons")).unwrap();
        fs::write(app.path().join("app.wasm"), [0; 900]).unwrap();
        fs::write(app.path().join("app.wasm.br"), [0; 300]).unwrap();
        fs::write(app.path().join("icons/a.png"), [0; 200]).unwrap();
        assert_eq!(measure(app.path()).unwrap().figure, Figure::Kilobytes(0.5));
    }
}
