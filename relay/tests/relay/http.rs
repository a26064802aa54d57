//! The app's files and the relay's health, over plain requests.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use relay::http::{App, router};
use relay::origin::Origin;
use relay::session::Terms;
use relay::socket::Relay;
use relay::store::Memory;
use tokio::sync::watch;
use tower::ServiceExt as _;

const INDEX: &str = "<!doctype html><title>Rapport</title><script type=\"module\">start()</script>";

struct Stage {
    router: Router,
    stop: watch::Sender<bool>,
}

impl Stage {
    fn new() -> Self {
        let script = "console.log('hello');\n".repeat(200);
        let app = App::from_files(
            [
                ("index.html", INDEX.to_owned()),
                ("app-0123456789abcdef.js", script),
                ("app-0123456789abcdef_bg.wasm", "wasm".to_owned()),
                ("app-0123456789abcdef_bg.wasm.br", "small".to_owned()),
                ("sw.js", "self".to_owned()),
                ("icons/192.png", "png".to_owned()),
            ]
            .map(|(name, text)| (name.to_owned(), Bytes::from(text))),
        );
        app.squeeze();
        let (stop, stopped) = watch::channel(false);
        let terms = Terms::new(vec![Origin::localhost(false, 7117)]);
        let relay =
            Relay::new(Arc::new(Memory::new(relay::clock::wall())), terms, Vec::new(), stopped);
        Self { router: router(relay, Arc::new(app), false), stop }
    }

    async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Bytes) {
        self.ask_by(Method::GET, path, headers).await
    }

    async fn ask_by(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, HeaderMap, Bytes) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts.status, parts.headers, to_bytes(body, 1 << 20).await.unwrap())
    }
}

#[tokio::test]
async fn each_path_has_its_answer() {
    let stage = Stage::new();
    for (path, status, media, freshness) in [
        ("/", 200, "text/html; charset=utf-8", "no-cache"),
        ("/index.html", 200, "text/html; charset=utf-8", "no-cache"),
        ("/clients/3f2a?tab=people", 200, "text/html; charset=utf-8", "no-cache"),
        (
            "/app-0123456789abcdef.js",
            200,
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        (
            "/app-0123456789abcdef_bg.wasm",
            200,
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
        ("/sw.js", 200, "text/javascript; charset=utf-8", "no-store"),
        ("/icons/192.png", 200, "image/png", "no-cache"),
        ("/app-fedcba9876543210.js", 404, "", ""),
        ("/clients/3f2a/missing.js", 404, "", ""),
        ("/../Cargo.toml", 404, "", ""),
        ("/app-0123456789abcdef_bg.wasm.br", 404, "", ""),
    ] {
        let (given, headers, _) = stage.ask(path, &[]).await;
        assert_eq!(given.as_u16(), status, "{path}");
        if status == 200 {
            assert_eq!(headers[header::CONTENT_TYPE], media, "{path}");
            assert_eq!(headers[header::CACHE_CONTROL], freshness, "{path}");
        }
    }
    let (status, headers, _) = stage.ask_by(Method::POST, "/", &[]).await;
    assert_eq!((status.as_u16(), headers[header::ALLOW].to_str().unwrap()), (405, "GET, HEAD"));
}

#[tokio::test]
async fn every_answer_is_shielded() {
    let stage = Stage::new();
    for path in ["/", "/app-0123456789abcdef.js", "/missing.js", "/health", "/ready", "/sync"] {
        let (_, headers, _) = stage.ask(path, &[]).await;
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-")
        );
        assert!(policy.contains("connect-src 'self' ws://localhost:7117;"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains('*'), "{policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
    }
}

#[tokio::test]
async fn files_come_compressed_to_those_who_take_it() {
    let stage = Stage::new();
    let script = "/app-0123456789abcdef.js";
    let (_, plain, whole) = stage.ask(script, &[]).await;
    assert!(!plain.contains_key(header::CONTENT_ENCODING));
    let (_, squeezed, small) = stage.ask(script, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(squeezed[header::CONTENT_ENCODING], "br");
    assert_eq!(squeezed[header::VARY], "accept-encoding");
    assert_ne!(squeezed[header::ETAG], plain[header::ETAG]);
    assert!(small.len() * 10 < whole.len());

    // The form that the build made is preferred.
    let wasm = "/app-0123456789abcdef_bg.wasm";
    assert_eq!(stage.ask(wasm, &[("accept-encoding", "br")]).await.2, "small");
    assert_eq!(stage.ask(wasm, &[]).await.2, "wasm");
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let stage = Stage::new();
    for accept in ["br", "identity"] {
        let script = "/app-0123456789abcdef.js";
        let (_, headers, _) = stage.ask(script, &[("accept-encoding", accept)]).await;
        let tag = headers[header::ETAG].to_str().unwrap().to_owned();
        for held in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}")] {
            let (status, headers, body) = stage.ask(script, &[("if-none-match", &held)]).await;
            assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0), "{held}");
            assert!(headers.contains_key(header::CACHE_CONTROL));
        }
        assert_eq!(stage.ask(script, &[("if-none-match", "\"other\"")]).await.0, StatusCode::OK);
    }
}

#[tokio::test]
async fn this_computer_has_one_name() {
    let stage = Stage::new();
    for (host, path, expected) in [
        ("127.0.0.1:7117", "/clients/3f?tab=a", Some("http://localhost:7117/clients/3f?tab=a")),
        ("127.0.0.1", "/", Some("http://localhost/")),
        ("[::1]:7117", "/a", Some("http://localhost:7117/a")),
        ("localhost:7117", "/", None),
        ("127.0.0.1.example:7117", "/", None),
        ("127.0.0.1:evil", "/", None),
        ("127.0.0.1:7117", "/health", None),
    ] {
        let (status, headers, _) = stage.ask(path, &[("host", host)]).await;
        let location = headers.get(header::LOCATION).map(|location| location.to_str().unwrap());
        assert_eq!(location, expected, "{host}{path}");
        assert_eq!(status.is_redirection(), expected.is_some(), "{host}{path}");
    }
}

#[tokio::test]
async fn health_and_readiness_are_two_things() {
    let stage = Stage::new();
    assert_eq!(stage.ask("/health", &[]).await.0, StatusCode::OK);
    assert_eq!(stage.ask("/ready", &[]).await.0, StatusCode::OK);
    stage.stop.send(true).unwrap();
    assert_eq!(stage.ask("/health", &[]).await.0, StatusCode::OK);
    assert_eq!(stage.ask("/ready", &[]).await.0, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn the_socket_s_door_opens_for_sockets_of_the_relay_s_pages() {
    let stage = Stage::new();
    let asks = [
        ("connection", "keep-alive, Upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    let with = |origin: &'static str| [asks.as_slice(), &[("origin", origin)]].concat();
    let (status, headers, _) = stage.ask("/sync", &with("http://localhost:7117")).await;
    assert_eq!(status, StatusCode::SWITCHING_PROTOCOLS);
    // The example of RFC 6455, section 1.3.
    assert_eq!(headers[header::SEC_WEBSOCKET_ACCEPT], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assert_eq!(stage.ask("/sync", &asks).await.0, StatusCode::SWITCHING_PROTOCOLS);
    for origin in ["https://evil.example", "http://localhost:7118", "null"] {
        assert_eq!(stage.ask("/sync", &with(origin)).await.0, StatusCode::FORBIDDEN, "{origin}");
    }
    assert_eq!(stage.ask("/sync", &[]).await.0, StatusCode::UPGRADE_REQUIRED);
}

#[tokio::test]
async fn a_relay_without_an_app_says_so_and_still_works() {
    let (_stop, stopped) = watch::channel(false);
    let terms = Terms::new(vec![Origin::localhost(false, 7117)]);
    let relay = Relay::new(Arc::new(Memory::new(relay::clock::wall())), terms, Vec::new(), stopped);
    let router = router(relay, Arc::new(App::default()), false);
    for (path, status) in [("/", 404), ("/health", 200)] {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        assert_eq!(router.clone().oneshot(request).await.unwrap().status(), status, "{path}");
    }
}
