//! From a path to the answer with the right file in the right form.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::app::{App, File};

/// Answers a request for `path`.
pub(super) fn answer(app: &App, path: &str, asked: &HeaderMap) -> Response {
    let name = path.trim_start_matches('/');
    let looks_like_a_file = name.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let file = match app.get(name) {
        Some(file) => Some(file),
        None if looks_like_a_file => None,
        None => app.get("index.html"),
    };
    match file {
        Some(file) => give(file, asked),
        None => (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response(),
    }
}

fn give(file: &File, asked: &HeaderMap) -> Response {
    let squeezed = file.brotli().filter(|_| takes_brotli(asked));
    let tag = match squeezed {
        Some(_) => format!("\"{}-br\"", file.tag),
        None => format!("\"{}\"", file.tag),
    };
    let mut response = if has_already(asked, &file.tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(squeezed.unwrap_or(&file.bytes).clone()));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
        if squeezed.is_some() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(file.freshness));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Whether the browser understands brotli and has not ruled it out.
fn takes_brotli(asked: &HeaderMap) -> bool {
    let listed = asked.get_all(header::ACCEPT_ENCODING).into_iter();
    listed.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br"));
        let never = |weight: &str| weight.trim_end_matches(['0', '.']) == "q=";
        named && !parts.any(never)
    })
}

/// Whether the browser holds this content, in whichever form.
fn has_already(asked: &HeaderMap, tag: &str) -> bool {
    let held = asked.get_all(header::IF_NONE_MATCH).into_iter();
    held.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|item| {
        let item = item.trim().trim_start_matches("W/").trim_matches('"');
        item.strip_suffix("-br").unwrap_or(item) == tag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_for_those_who_take_it() {
        for (given, expected) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=0.5", true),
            ("BR", true),
            ("br;q=0", false),
            ("br; q=0.0", false),
            ("gzip", false),
            ("brotli", false),
            ("", false),
        ] {
            let mut asked = HeaderMap::new();
            asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(given));
            assert_eq!(takes_brotli(&asked), expected, "{given:?}");
        }
    }
}
