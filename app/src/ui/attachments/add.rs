//! The ways to add a photo or a file.

use handbook::{DocumentId, RecordKey};
use leptos::{ev::DragEvent, prelude::*, task::spawn_local};

use crate::{
    platform::files::{self, FileError, PickedFile},
    texts::{attachment as t, error::Told, settings},
    ui::{
        icons::{Glyph, Icon},
        model::AttachFile,
        state::{Trouble, use_app},
        toast::use_toasts,
    },
};

/// The buttons that add, and the place to drop files on.
#[component]
pub fn Add(document: DocumentId, about: RecordKey) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let take = move |read: Result<Vec<PickedFile>, FileError>| async move {
        let files = match read {
            Ok(files) => files,
            Err(error) => return toasts.trouble(&Trouble(settings::unreadable(&error.told()))),
        };
        let _ = busy.try_set(true);
        for file in files {
            let name = file.name.clone();
            let added = app.act(|acts| (acts.attach)(AttachFile { document, about, file })).await;
            match added {
                Ok(_) => toasts.done(t::added(&name)),
                Err(trouble) => toasts.trouble(&trouble),
            }
        }
        let _ = busy.try_set(false);
    };
    let photograph = move |_| spawn_local(async move { take(files::photograph().await).await });
    let choose = move |_| spawn_local(async move { take(files::pick("", true).await).await });
    let dropped = move |event: DragEvent| {
        if files::carries_files(&event) {
            let read = files::dropped(&event);
            spawn_local(async move { take(read.await).await });
        }
    };
    // Nobody adds to a past day.
    view! {
        <Show when=move || app.as_of.get().is_none()>
            <div class="attachment-foot" on:drop=dropped>
                <button type="button" class="button" on:click=photograph>
                    <Icon glyph=Glyph::Plus small=true />
                    {t::take_photo()}
                </button>
                <button type="button" class="button" on:click=choose>
                    <Icon glyph=Glyph::Plus small=true />
                    {t::add_file()}
                </button>
                <Show when=move || busy.get()>
                    <p class="support" role="status">
                        {t::taking_in()}
                    </p>
                </Show>
                <p class="quiet-words">{t::help()}</p>
            </div>
        </Show>
    }
}
