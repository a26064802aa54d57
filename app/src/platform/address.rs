//! Where this page came from, and what a link brought along behind its `#`.

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};

use super::js;

/// What a link carries behind the `#`: it never reaches a server, and is taken out of the address bar at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// `#setup=TOKEN`: start a workspace on this relay.
    Setup(String),
    /// `#join=…`: an invitation; the text behind the equals sign.
    Join(String),
    /// `#link=…`: the same, for a further device of whoever made it.
    Link(String),
    /// `#recover=…`: a recovery kit.
    Recover(String),
}

/// What leads the code of a link for a further device.
pub const LINK_FRAGMENT: &str = "#link=";
/// What leads the token of a set-up link.
pub const SETUP_FRAGMENT: &str = "#setup=";
/// What leads the code of a recovery kit.
pub const SHEET_FRAGMENT: &str = "#recover=";

impl Fragment {
    /// Reads the part of an address from its `#` on.
    pub fn parse(hash: &str) -> Option<Self> {
        let (name, value) = hash.strip_prefix('#')?.split_once('=')?;
        match (name, value) {
            (_, "") => None,
            ("setup", token) => Some(Self::Setup(token.to_owned())),
            ("join", link) => Some(Self::Join(link.to_owned())),
            ("link", link) => Some(Self::Link(link.to_owned())),
            ("recover", sheet) => Some(Self::Recover(sheet.to_owned())),
            _ => None,
        }
    }
}

/// The fragment of the current address. It is removed from the address bar and the history entry, for it is a secret.
pub fn take_fragment() -> Option<Fragment> {
    let window = js::window()?;
    let location = window.location();
    let fragment = Fragment::parse(&location.hash().ok()?)?;
    let bare = format!("{}{}", location.pathname().ok()?, location.search().unwrap_or_default());
    if let Ok(history) = window.history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(&bare));
    }
    Some(fragment)
}

/// Calls `arrived` when such a link is opened in this very tab, as long as the result is kept.
pub fn watch_fragment(arrived: impl Fn(Fragment) + 'static) -> impl Sized {
    let window = js::window()?;
    let target: &web_sys::EventTarget = window.unchecked_ref();
    Some(EventListener::new(target, "hashchange", move |_| {
        if let Some(fragment) = take_fragment() {
            arrived(fragment);
        }
    }))
}

/// Text as it stands behind an equals sign of an address.
pub fn query_part(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// The origin that served this page, such as `http://localhost:7117`.
pub fn origin() -> String {
    js::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Where a relay at `origin` takes sockets; `None` for something that is no web origin.
pub fn sync_url(origin: &str) -> Option<String> {
    let origin = origin.trim_end_matches('/');
    origin
        .strip_prefix("https://")
        .map(|host| format!("wss://{host}/sync"))
        .or_else(|| origin.strip_prefix("http://").map(|host| format!("ws://{host}/sync")))
}

/// Whether links to this origin work on this computer only.
pub fn is_loopback(origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or(host);
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or(v6),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name == "localhost" || name.ends_with(".localhost") || name == "::1" || name.starts_with("127.")
}

/// Whether the browser gives this origin what the app needs: cryptography, storage and a worker. It withholds
/// them on plain `http` of a network address; the start script explains that to the person.
pub fn is_secure() -> bool {
    js::window().is_some_and(|window| {
        window.is_secure_context()
            && js::property(&window, "indexedDB").is_some()
            && js::property(&window, "crypto")
                .is_some_and(|it| js::property(&it, "subtle").is_some())
    })
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = js::window() {
        let _ = window.location().reload();
    }
}

/// The 16 hexadecimal digits by which a build of the app can be told from another: the hash in the name of its
/// WASM file. `None` in a build without file hashes.
pub fn build() -> Option<String> {
    let document = js::window()?.document()?;
    let link = document.query_selector("link[href$='_bg.wasm']").ok()??;
    build_of(&link.get_attribute("href")?)
}

fn build_of(href: &str) -> Option<String> {
    let stem = href.strip_suffix("_bg.wasm")?;
    let (_, hash) = stem.rsplit_once('-')?;
    (hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| hash.to_owned())
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn fragments() {
        let check = |given, expected: Option<Fragment>| {
            assert_eq!(Fragment::parse(given), expected, "{given}");
        };
        check("#setup=abc", Some(Fragment::Setup("abc".into())));
        check("#join=v1.x=y", Some(Fragment::Join("v1.x=y".into())));
        check("#link=v1.x", Some(Fragment::Link("v1.x".into())));
        check("#recover=v1.x", Some(Fragment::Recover("v1.x".into())));
        check("#join=", None);
        check("#other=1", None);
        check("setup=abc", None);
        check("", None);
    }

    #[wasm_bindgen_test]
    fn socket_addresses() {
        let check = |given, expected: Option<&str>| {
            assert_eq!(sync_url(given).as_deref(), expected, "{given}");
        };
        check("http://localhost:7117", Some("ws://localhost:7117/sync"));
        check("https://rapport.example/", Some("wss://rapport.example/sync"));
        check("ftp://rapport.example", None);
    }

    #[wasm_bindgen_test]
    fn loopback() {
        let check = |given, expected| assert_eq!(is_loopback(given), expected, "{given}");
        check("http://localhost:7117", true);
        check("http://127.0.0.1:7117", true);
        check("http://[::1]:7117", true);
        check("http://app.localhost", true);
        check("https://localhost.example", false);
        check("http://192.168.1.20:7117", false);
    }

    #[wasm_bindgen_test]
    fn builds() {
        let check = |given, expected: Option<&str>| {
            assert_eq!(build_of(given).as_deref(), expected, "{given}");
        };
        check("/app-0123456789abcdef_bg.wasm", Some("0123456789abcdef"));
        check("/app_bg.wasm", None);
    }
}
