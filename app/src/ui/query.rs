//! What a page shows, kept in its address, where it can be kept and sent to somebody.

use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Puts parts into the address of the page at `path`, in place of those that stand there. The parts need no escaping:
/// they are keys and ids.
pub fn use_query(path: &'static str) -> impl Fn(&[(&'static str, String)]) + Clone + Send + Sync {
    let navigate = use_navigate();
    move |parts| {
        let options =
            NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&with(path, parts), options);
    }
}

/// An address with parts; empty ones are left out.
pub fn with(path: &str, parts: &[(&'static str, String)]) -> String {
    let said = parts.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<String> = said.map(|(name, value)| format!("{name}={value}")).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn addresses() {
        let check = |parts: &[(&'static str, &str)], expected: &str| {
            let parts: Vec<_> =
                parts.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            assert_eq!(with("/agenda", &parts), expected);
        };
        check(&[], "/agenda");
        check(&[("whose", "")], "/agenda");
        check(
            &[("whose", "everyone"), ("about", "promises")],
            "/agenda?whose=everyone&about=promises",
        );
    }
}
