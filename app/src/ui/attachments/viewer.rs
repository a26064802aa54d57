//! A picture, whole.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    platform::{files, image::Shown},
    texts::{attachment as t, shell},
    ui::{
        model::AttachedFile,
        sheet::{Dialog, open_while},
        state::Trouble,
    },
};

/// What the viewer shows.
pub struct Showing {
    name: String,
    url: Shown,
}

/// A picture to be shown, or a file that the browser has taken.
pub fn show(file: AttachedFile, to_file: bool) -> Result<Option<Showing>, Trouble> {
    let AttachedFile { name, media_type, bytes } = file;
    if to_file {
        let saved = files::save(&name, &media_type, bytes);
        return if saved { Ok(None) } else { Err(Trouble(t::not_saved().into())) };
    }
    // What could hold a script is never shown, only saved.
    let shows = ["image/jpeg", "image/png", "image/webp", "image/gif"].contains(&&*media_type);
    let url = Some(()).filter(|()| shows).and_then(|()| Shown::new(&bytes, &media_type));
    url.map(|url| Some(Showing { name, url })).ok_or_else(|| Trouble(t::no_picture().into()))
}

/// Shows what is to be shown, above the page.
#[component]
pub fn Viewer(shown: RwSignal<Option<Arc<Showing>>>) -> impl IntoView {
    let open = open_while(shown);
    let title = Signal::derive(move || {
        shown.with(|shown| shown.as_ref().map(|shown| shown.name.clone()).unwrap_or_default())
    });
    let id = StoredValue::new(viewer_id());
    view! {
        <Dialog id=id.get_value() title=title open=open>
            {move || {
                shown
                    .get()
                    .map(|shown| {
                        view! {
                            <img
                                class="attachment-whole"
                                src=shown.url.url().to_owned()
                                alt=shown.name.clone()
                            />
                        }
                    })
            }}
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::close()}
                </button>
            </div>
        </Dialog>
    }
}

/// A page may have two lists; each has a viewer of its own.
fn viewer_id() -> &'static str {
    use std::sync::atomic::{AtomicBool, Ordering};
    static SECOND: AtomicBool = AtomicBool::new(false);
    if SECOND.fetch_xor(true, Ordering::Relaxed) {
        "attachment-viewer-2"
    } else {
        "attachment-viewer"
    }
}
