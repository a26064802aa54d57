//! The Content-Security-Policy of the app.
//!
//! Nothing may run but what this relay served. The build leaves a small script in `index.html` that
//! starts the app; it is let in by the hash of its text, and so nothing else inline is.

use axum::http::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::origin::Origin;

/// The policy for this page, on a relay that people reach under `origins`.
pub(super) fn policy(index: Option<&str>, origins: &[Origin]) -> HeaderValue {
    let page = index.unwrap_or_default();
    let scripts = sources(page, "script");
    let styles = sources(page, "style");
    let sockets: String = origins.iter().map(|origin| format!(" {}", origin.socket())).collect();
    let text = format!(
        "default-src 'none'; \
         script-src 'self' 'wasm-unsafe-eval'{scripts}; \
         style-src 'self'{styles}; \
         img-src 'self' data: blob:; \
         font-src 'self'; \
         connect-src 'self'{sockets}; \
         worker-src 'self'; \
         manifest-src 'self'; \
         base-uri 'none'; \
         form-action 'self'; \
         frame-ancestors 'none'; \
         object-src 'none'"
    );
    // Origins and base64 are ASCII, so this is the policy and not the fallback, which is stricter.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// The hash of each inline element of that name, as a list of sources.
fn sources(page: &str, element: &str) -> String {
    inline(page, element)
        .map(|text| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes()))))
        .collect()
}

/// The texts of all elements of that name that are not loaded from elsewhere. Reads what our own
/// build writes, not any page of the world.
fn inline<'p>(page: &'p str, element: &str) -> impl Iterator<Item = &'p str> {
    let opening = format!("<{element}");
    let closing = format!("</{element}>");
    let mut rest = page;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once(&opening)?;
            rest = after;
            if !after.starts_with(|next: char| next == '>' || next.is_whitespace()) {
                continue;
            }
            let (attributes, after) = after.split_once('>')?;
            let (text, after) = after.split_once(&closing)?;
            rest = after;
            let elsewhere = attributes.split_whitespace().any(|word| word.starts_with("src="));
            if !elsewhere && !text.is_empty() {
                return Some(text);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_texts_are_found_as_the_browser_hashes_them() {
        let page = "<script src=\"/a.js\"></script><script type=\"module\">\nimport x;\n</script>\
                    <scripture>no</scripture><script>b</script><style>p{}</style><script></script>";
        assert_eq!(inline(page, "script").collect::<Vec<_>>(), ["\nimport x;\n", "b"]);
        assert_eq!(inline(page, "style").collect::<Vec<_>>(), ["p{}"]);
    }

    #[test]
    fn the_policy_names_scripts_by_hash_and_the_relay_s_sockets() {
        let origins = [Origin::localhost(false, 7117), "https://rapport.example".parse().unwrap()];
        let policy = policy(Some("<script>alert(1)</script>"), &origins);
        let policy = policy.to_str().unwrap();
        // The hash is `printf 'alert(1)' | openssl dgst -sha256 -binary | base64`.
        let hash = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        assert!(
            policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' {hash};")),
            "{policy}"
        );
        assert!(policy.contains("connect-src 'self' ws://localhost:7117 wss://rapport.example;"));
        assert!(!policy.contains("unsafe-inline"));
    }
}
