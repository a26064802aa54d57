//! The built app in memory, with what each file needs to be answered.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{fs, io};

use axum::body::Bytes;
use sha2::{Digest, Sha256};

use super::media::media;

/// The files of the app, or none: a relay may serve an app that lives elsewhere.
///
/// They are read once: a build that replaces them file by file is never served half.
#[derive(Default)]
pub struct App {
    files: BTreeMap<String, File>,
}

/// Why the app's folder cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is no page to begin with.
    #[error("{0} holds no index.html: is the app built?")]
    NoIndex(PathBuf),
}

/// One file.
pub(super) struct File {
    pub(super) bytes: Bytes,
    pub(super) media: &'static str,
    pub(super) freshness: &'static str,
    /// What names this content among all contents, without quotes.
    pub(super) tag: String,
    squeezable: bool,
    brotli: OnceLock<Bytes>,
}

/// Below this a compressed file saves nothing that anybody would notice, bytes.
const WORTH_SQUEEZING: usize = 1 << 10;

impl App {
    /// Reads a folder with all that is in it.
    ///
    /// # Errors
    /// [`AppError`] if it cannot be read or holds no `index.html`.
    pub fn load(folder: &Path) -> Result<Self, AppError> {
        let mut files = Vec::new();
        read(folder, "", &mut files)?;
        let app = Self::from_files(files);
        if app.index().is_some() { Ok(app) } else { Err(AppError::NoIndex(folder.to_owned())) }
    }

    /// The app inside the binary; without files if it was built without one.
    #[must_use]
    pub fn embedded() -> Self {
        const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
        let files = FILES.iter();
        Self::from_files(files.map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes))))
    }

    /// An app of these files, by their paths without a leading slash. A file whose name ends
    /// in `.br` is the compressed form of its neighbour.
    pub fn from_files(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let (squeezed, plain): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(name, _)| name.ends_with(".br"));
        let mut app = Self {
            files: plain
                .into_iter()
                .map(|(name, bytes)| (name.clone(), File::new(&name, bytes)))
                .collect(),
        };
        for (name, bytes) in squeezed {
            if let Some(file) = name.strip_suffix(".br").and_then(|name| app.files.get_mut(name)) {
                file.brotli = OnceLock::from(bytes);
            }
        }
        app
    }

    /// Compresses what came without a compressed form. Takes seconds for a large app, so it is
    /// done beside the serving; until then files are answered as they are.
    pub fn squeeze(&self) {
        for file in self.files.values() {
            if file.squeezable && file.brotli.get().is_none() {
                let smaller = squeeze(&file.bytes).filter(|small| small.len() < file.bytes.len());
                if let Some(smaller) = smaller {
                    file.brotli.get_or_init(|| smaller.into());
                }
            }
        }
    }

    /// The text of the first page.
    pub(super) fn index(&self) -> Option<&str> {
        std::str::from_utf8(&self.files.get("index.html")?.bytes).ok()
    }

    pub(super) fn get(&self, name: &str) -> Option<&File> {
        self.files.get(name)
    }
}

impl File {
    fn new(name: &str, bytes: Bytes) -> Self {
        let (media, squeezable) = media(name);
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        Self {
            media,
            freshness: freshness(name),
            tag: digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect(),
            squeezable: squeezable && bytes.len() >= WORTH_SQUEEZING,
            brotli: OnceLock::new(),
            bytes,
        }
    }

    pub(super) fn brotli(&self) -> Option<&Bytes> {
        self.brotli.get()
    }
}

/// How long a browser may keep a file. A name with a hash of its content never changes its
/// content. The service worker must not even be stored: an old one would keep an old app alive.
fn freshness(name: &str) -> &'static str {
    if name == "sw.js" {
        "no-store"
    } else if name.split('/').any(is_hashed) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// Whether a name holds a hash as the build puts it there: `app-1f0c5d8e9a7b6c3d_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '_', '.']).skip(1).any(|part| {
        part.len() >= 12 && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

fn squeeze(bytes: &[u8]) -> Option<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 9,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut small = Vec::with_capacity(bytes.len() / 3);
    brotli::BrotliCompress(&mut &*bytes, &mut small, &params).ok()?;
    Some(small)
}

fn read(folder: &Path, prefix: &str, files: &mut Vec<(String, Bytes)>) -> Result<(), AppError> {
    let wrong = |path: &Path| {
        let path = path.to_owned();
        move |source| AppError::Unreadable { path, source }
    };
    for entry in fs::read_dir(folder).map_err(wrong(folder))? {
        let entry = entry.map_err(wrong(folder))?;
        let (path, name) = (entry.path(), entry.file_name());
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let name = format!("{prefix}{name}");
        if fs::metadata(&path).map_err(wrong(&path))?.is_dir() {
            read(&path, &format!("{name}/"), files)?;
        } else {
            files.push((name, fs::read(&path).map_err(wrong(&path))?.into()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_never_changes_is_kept_for_ever() {
        for (name, expected) in [
            ("sw.js", "no-store"),
            ("index.html", "no-cache"),
            ("manifest.webmanifest", "no-cache"),
            ("icon-192.png", "no-cache"),
            ("apple-touch-icon-precomposed.png", "no-cache"),
            ("app-1f0c5d8e9a7b6c3d.js", "public, max-age=31536000, immutable"),
            ("app-1f0c5d8e9a7b6c3d_bg.wasm", "public, max-age=31536000, immutable"),
            ("snippets/leptos-1f0c5d8e9a7b6c3d/inline0.js", "public, max-age=31536000, immutable"),
        ] {
            assert_eq!(freshness(name), expected, "{name}");
        }
    }

    #[test]
    fn a_compressed_neighbour_is_used_and_never_a_file_of_its_own() {
        let app = App::from_files([
            ("a.js".into(), Bytes::from_static(b"plain")),
            ("a.js.br".into(), Bytes::from_static(b"small")),
            ("b.js.br".into(), Bytes::from_static(b"nobody's")),
        ]);
        assert_eq!(app.get("a.js").unwrap().brotli().unwrap().as_ref(), b"small");
        assert!(app.get("a.js.br").is_none() && app.get("b.js").is_none());
    }

    #[test]
    fn squeezing_keeps_what_a_file_says() {
        let text = "a line of a script\n".repeat(1000);
        let app = App::from_files([("a.js".into(), Bytes::from(text.clone()))]);
        app.squeeze();
        let small = app.get("a.js").unwrap().brotli().unwrap();
        assert!(small.len() < text.len() / 10);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut small.as_ref(), &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
    }
}
