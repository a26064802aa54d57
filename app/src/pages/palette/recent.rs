//! Where somebody went from the palette, newest first, kept on this device.

use crate::ui::state::{AppState, Trouble};

/// So many are remembered and shown.
const MOST: usize = 6;
/// The name under which the device keeps them.
const DRAFT: &str = "palette";

/// A place chosen before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// Its address.
    pub path: String,
    /// What it was called.
    pub title: String,
    /// What told it from others of that name.
    pub detail: String,
}

/// Those remembered; none where that cannot be read, for nothing depends on it.
pub async fn remembered(app: AppState) -> Vec<Recent> {
    app.act(|acts| (acts.draft)(DRAFT.to_owned())).await.map(|text| read(&text)).unwrap_or_default()
}

/// Puts one first.
pub async fn remember(app: AppState, chosen: Recent) -> Result<(), Trouble> {
    let mut known = remembered(app).await;
    known.retain(|recent| recent.path != chosen.path);
    known.insert(0, chosen);
    known.truncate(MOST);
    app.act(|acts| (acts.keep_draft)((DRAFT.to_owned(), written(&known)))).await
}

/// One line each; tabs part its three texts, which have none: titles are lines, addresses are addresses.
fn written(recent: &[Recent]) -> String {
    let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    let line = |recent: &Recent| {
        format!("{}\t{}\t{}\n", plain(&recent.path), plain(&recent.title), plain(&recent.detail))
    };
    recent.iter().map(line).collect()
}

fn read(text: &str) -> Vec<Recent> {
    let line = |line: &str| {
        let mut parts = line.split('\t').map(str::to_owned);
        Some(Recent { path: parts.next()?, title: parts.next()?, detail: parts.next()? })
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn what_is_remembered_reads_back() {
        let one = Recent { path: "/firm".into(), title: "A\tfirm".into(), detail: String::new() };
        let plain = Recent { title: "A firm".into(), ..one.clone() };
        assert_eq!(read(&written(&[one])), [plain]);
        assert_eq!(read("torn"), []);
    }
}
