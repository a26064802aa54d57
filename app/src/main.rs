//! Starts the app.

use app::{pages::App, platform, workspace};
use leptos::prelude::*;

fn main() {
    platform::fault::install();
    // On an origin without storage and keys the page explains itself; see `index.html`.
    if platform::address::is_secure() {
        mount_to_body(|| {
            let state = workspace::begin();
            view! { <App state/> }
        });
    }
}
