//! What must never come to lie at a relay, and where it is looked for.

use std::fs;
use std::path::Path;

/// Bytes, and where they lie: a file, a log, what a table holds.
pub type Place = (String, Vec<u8>);

/// Words and keys that only the team may have.
#[derive(Clone, Debug, Default)]
pub struct Canaries(Vec<Vec<u8>>);

impl Canaries {
    /// Some more of them.
    pub fn extend(&mut self, canaries: impl IntoIterator<Item = Vec<u8>>) {
        self.0.extend(canaries);
    }

    /// Whether one of them lies somewhere, in whichever of its [forms]: a sentence that says which and where.
    #[must_use]
    pub fn found(&self, places: &[Place]) -> Option<String> {
        for (name, bytes) in places {
            let text = letters(bytes);
            for form in self.0.iter().flat_map(|canary| forms(canary)) {
                if text.contains(&form) {
                    return Some(format!("{name} has {form}"));
                }
            }
        }
        None
    }
}

/// Whether bytes that must be there are in one of the places: a search that never finds anything proves nothing.
#[must_use]
pub fn is_seen(bytes: &[u8], places: &[Place]) -> bool {
    let forms = forms(bytes);
    places.iter().any(|(_, place)| {
        let text = letters(place);
        forms.iter().any(|form| text.contains(form))
    })
}

/// How bytes might lie somewhere: as they are, in hexadecimal, or as a list of numbers, which is how
/// a careless `Debug` writes them.
fn forms(bytes: &[u8]) -> [String; 3] {
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let list: Vec<_> = bytes.iter().map(u8::to_string).collect();
    [letters(bytes), hex, list.join(", ")]
}

/// A letter for each byte: the standard library finds a text in a text quickly.
#[must_use]
pub fn letters(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// Every file below a folder. One that goes away meanwhile is none.
///
/// # Panics
/// If the folder cannot be read.
#[must_use]
pub fn files(folder: &Path) -> Vec<Place> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(bytes) = fs::read(&path) {
            found.push((path.display().to_string(), bytes));
        }
    }
    found
}
