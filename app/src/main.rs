//! Starts the app.

use app::{pages::App, platform, ui::language::speak, workspace};
use leptos::prelude::*;

fn main() {
    platform::fault::install();
    // On an origin without storage and keys the page explains itself; see `index.html`.
    if platform::address::is_secure() {
        speak(platform::language::current());
        mount_to_body(|| {
            let state = workspace::begin();
            view! { <App state/> }
        });
    }
}
