//! Photos and files of a record: added, shown, opened, fetched, removed.
//!
//! They live in the client's document like everything about it; the firm's own records have none. What is said of each is what
//! this device knows: whether its bytes are here, at the relay, or still where it was added.

use std::sync::Arc;

use handbook::{
    DocumentId, Op, Record, RecordKey, Row,
    records::{Attachment, Comment},
};
use leptos::{
    ev::{DragEvent, Event},
    prelude::*,
    task::spawn_local,
};

use super::{
    format,
    icons::{Glyph, Icon},
    model::{AttachFile, AttachedFile, Holding, Holdings},
    place,
    section::Section,
    sheet::{Dialog, MoreMenu},
    state::{AppState, Trouble, use_app},
    toast::use_toasts,
};
use crate::{
    platform::{
        files::{self, FileError, PickedFile},
        image::Shown,
    },
    texts::{attachment as t, error::Told, settings, title_of},
};

/// The attachments of a record, oldest first; of `None`, those of the whole document; reactive.
fn attachments_of(app: &AppState, document: DocumentId, about: Option<RecordKey>) -> Vec<Row> {
    let about = about.map(|about| about.to_string());
    let rows = app.document(&document).unwrap_or_default();
    let belongs = |row: &Row| {
        let of = Attachment::KEYS.about.raw(row).as_text();
        about.as_deref().is_none_or(|about| of == Some(about))
    };
    let mut found: Vec<Row> = rows
        .iter()
        .filter(|row| row.kind == Attachment::KIND && !row.gone && belongs(row))
        .cloned()
        .collect();
    found.sort_by_key(|row| row.created.at.ms);
    found
}

/// What belongs to a record, and the ways to add to it.
#[component]
pub fn Attachments(
    /// Where the record lives.
    document: DocumentId,
    /// The record.
    about: RecordKey,
) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| attachments_of(&app, document, Some(about)));
    let count = move || found.with(|found| (!found.is_empty()).then(|| found.len().to_string()));
    let has_some = matches!(document, DocumentId::Client(_))
        && ![Attachment::KEY, Comment::KEY].contains(&about.kind.key);
    has_some.then(|| {
        view! {
            <Section title=t::attachments() aside=count>
                <Listed document=document found=found />
                <Add document=document about=about />
            </Section>
        }
    })
}

/// Everything that belongs to any record of a client, if there is something.
#[component]
pub fn ClientAttachments(document: DocumentId) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let mut found = attachments_of(&app, document, None);
        found.reverse();
        found
    });
    let count = move || Some(found.with(Vec::len).to_string());
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <Section title=t::client_files() aside=count>
                <Listed document=document found=found named=true />
            </Section>
        </Show>
    }
}

/// One attachment, on its own page.
#[component]
pub fn OneAttachment(document: DocumentId, row: Signal<Row>) -> impl IntoView {
    let found = Memo::new(move |_| Some(row.get()).filter(|row| !row.gone).into_iter().collect());
    view! { <Listed document=document found=found named=true /> }
}

#[component]
fn Listed(
    document: DocumentId,
    found: Memo<Vec<Row>>,
    /// Whether each says what it belongs to.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let app = use_app();
    let shown = RwSignal::new(None::<Arc<Showing>>);
    let trouble = move || app.holdings.with(|holdings| holdings.trouble.clone());
    view! {
        <Show
            when=move || found.with(|found| !found.is_empty())
            fallback=|| view! { <p class="support">{t::none()}</p> }
        >
            {move || {
                trouble()
                    .map(|trouble| {
                        view! {
                            <p class="notice soon" role="status">
                                <Icon glyph=Glyph::Alert />
                                {trouble}
                            </p>
                        }
                    })
            }}
            <ul class="attachments">
                <For each=move || found.get() key=|row| (row.id, told_of(row)) let:row>
                    <Item document=document row=row named=named shown=shown />
                </For>
            </ul>
        </Show>
        <Viewer shown=shown />
    }
}

/// What a line says of a record that somebody may change.
fn told_of(row: &Row) -> String {
    let caption = Attachment::KEYS.caption.raw(row).as_text().unwrap_or_default();
    format!("{}\n{caption}", title_of(row))
}

/// What the viewer shows.
struct Showing {
    name: String,
    url: Shown,
}

#[component]
fn Item(
    document: DocumentId,
    row: Row,
    named: bool,
    shown: RwSignal<Option<Arc<Showing>>>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let key = row.key();
    let keys = &Attachment::KEYS;
    let text = |value: &handbook::Value| value.as_text().unwrap_or_default().to_owned();
    let name = title_of(&row);
    let (caption, address) = (text(keys.caption.raw(&row)), text(keys.address.raw(&row)));
    let is_picture = text(keys.media_type.raw(&row)).starts_with("image/");
    let small = text(keys.thumbnail.raw(&row));
    // Only what this app made: a record from elsewhere does not get to name an address to load.
    let small = Some(small).filter(|small| small.starts_with("data:image/jpeg;base64,"));
    let size = keys.size.get(&row).ok().flatten().and_then(|size| u64::try_from(size).ok());
    let who = app.member_name(row.created.by);
    let when = format::when(row.created.at, app.today());
    let about = keys.about.raw(&row).as_text().and_then(RecordKey::parse);
    let told = [Some(t::what(is_picture, size.unwrap_or_default())), Some(who.clone()), Some(when)];
    let told: Vec<String> = told.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let bytes = {
        let address = address.clone();
        Memo::new(move |_| app.holdings.with(|holdings| standing(holdings, &address)))
    };
    let is_here =
        move || matches!(bytes.get(), Standing::Here | Standing::OnlyHere | Standing::Sending(_));
    let is_moving = move || matches!(bytes.get(), Standing::Fetching(_));
    let open = move |to_file: bool| {
        spawn_local(async move {
            let opened = app.act(|acts| (acts.open_attachment)((document, key))).await;
            match opened {
                Ok(Some(file)) => match show(file, to_file) {
                    Ok(showing) => {
                        let _ = shown.try_set(showing.map(Arc::new));
                    }
                    Err(trouble) => toasts.trouble(&trouble),
                },
                Ok(None) => {}
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    let fetch = move || {
        spawn_local(async move {
            if let Err(trouble) = app.act(|acts| (acts.fetch_attachment)((document, key))).await {
                toasts.trouble(&trouble);
            }
        });
    };
    let press = move || {
        if is_here() {
            open(!is_picture)
        } else if !is_moving() {
            fetch()
        }
    };
    let remove = move |_| {
        spawn_local(async move {
            if let Err(trouble) = app.write(document, vec![Op::Delete { key }], "delete").await {
                toasts.trouble(&trouble);
            }
        });
    };
    let belongs = about.filter(|_| named).map(|about| {
        let title = move || t::belongs_to(&app.title(document, about));
        let path = place::record_path(about.document(document), about);
        view! {
            <p class="quiet-words">
                <a class="reach" href=path>
                    {title}
                </a>
            </p>
        }
    });
    let picture = match small {
        Some(small) => view! { <img src=small alt="" /> }.into_any(),
        None => view! { <Icon glyph=Glyph::Page /> }.into_any(),
    };
    let state = move || state_line(&bytes.get(), &who);
    let act = move || {
        let words = if is_here() && is_picture {
            t::open()
        } else if is_here() {
            t::save_file()
        } else {
            t::fetch()
        };
        (!is_moving()).then(|| {
            view! {
                <button type="button" class="button plain" on:click=move |_| press()>
                    {words}
                </button>
            }
        })
    };
    let saving = move || {
        (is_here() && is_picture).then(|| {
            view! {
                <button type="button" on:click=move |_| open(true)>
                    {t::save_file()}
                </button>
            }
        })
    };
    let label = t::open_named(&name);
    view! {
        <li class="attachment">
            <button type="button" class="attachment-picture" aria-label=label on:click=move |_| press()>
                {picture}
            </button>
            <div>
                <p class="firm-words attachment-name">{name}</p>
                {(!caption.is_empty()).then(|| view! { <p class="told">{caption}</p> })}
                <p class="quiet-words">{told.join(" · ")}</p>
                {belongs}
                {state}
            </div>
            <div class="acts">
                {act}
                <MoreMenu>
                    {saving}
                    <a href=place::form_path(document, key)>{t::edit()}</a>
                    <button type="button" on:click=remove>
                        {t::remove()}
                    </button>
                </MoreMenu>
            </div>
        </li>
    }
}

/// Where the bytes of an attachment are, for its line.
#[derive(Clone, Debug, PartialEq)]
enum Standing {
    Here,
    OnlyHere,
    Sending(u64),
    Fetching(u64),
    Partly(u64),
    Elsewhere,
    NotHere,
}

fn standing(holdings: &Holdings, address: &str) -> Standing {
    let moving = holdings.carried.get(address);
    match (holdings.held.get(address), moving) {
        (Some(Holding::Here { at_relay: false }), Some(on)) if on.up => {
            Standing::Sending(on.percent())
        }
        (Some(Holding::Here { at_relay: true }), _) => Standing::Here,
        (Some(Holding::Here { at_relay: false }), _) => Standing::OnlyHere,
        (_, Some(on)) => Standing::Fetching(on.percent()),
        (Some(Holding::Partly { here, of }), None) => {
            Standing::Partly((here * 100).checked_div(*of).unwrap_or(0))
        }
        (None, None) if holdings.absent.contains(address) => Standing::Elsewhere,
        (None, None) => Standing::NotHere,
    }
}

/// What there is to say; nothing of one that is here and safe.
fn state_line(standing: &Standing, who: &str) -> Option<impl IntoView + use<>> {
    let (glyph, words) = match standing {
        Standing::Here => return None,
        Standing::OnlyHere => (Glyph::Tablet, t::only_here().to_owned()),
        Standing::Sending(percent) => (Glyph::Tablet, t::sending(*percent)),
        Standing::Fetching(percent) => (Glyph::Download, t::fetching(*percent)),
        Standing::Partly(percent) => (Glyph::Download, t::partly(*percent)),
        Standing::Elsewhere => (Glyph::WifiOff, t::elsewhere(who)),
        Standing::NotHere => (Glyph::Download, t::not_here().to_owned()),
    };
    Some(view! {
        <p class="attachment-state">
            <Icon glyph=glyph small=true />
            <span>{words}</span>
        </p>
    })
}

/// A picture to be shown, or a file that the browser has taken.
fn show(file: AttachedFile, to_file: bool) -> Result<Option<Showing>, Trouble> {
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

#[component]
fn Viewer(shown: RwSignal<Option<Arc<Showing>>>) -> impl IntoView {
    let open = super::sheet::open_while(shown);
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
                    {crate::texts::shell::close()}
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

/// The buttons that add, and the place to drop files on.
#[component]
fn Add(document: DocumentId, about: RecordKey) -> impl IntoView {
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
    let chosen = move |event: Event| {
        let read = files::chosen(&event);
        spawn_local(async move { take(read.await).await });
    };
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
                <label class="button">
                    <Icon glyph=Glyph::Plus small=true />
                    {t::take_photo()}
                    <input
                        class="unseen"
                        type="file"
                        accept="image/*"
                        capture="environment"
                        on:change=chosen
                    />
                </label>
                <label class="button">
                    <Icon glyph=Glyph::Plus small=true />
                    {t::add_file()}
                    <input class="unseen" type="file" multiple on:change=chosen />
                </label>
                <Show when=move || busy.get()>
                    <p class="support" role="status">
                        {t::taking_in()}
                    </p>
                </Show>
                <p class="help">{t::help()}</p>
            </div>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::ui::model::Carriage;

    #[test]
    fn what_a_device_knows_of_an_attachment() {
        let check = |held: Option<Holding>, carried: Option<(bool, u64)>, absent, expected| {
            let mut holdings = Holdings::default();
            holdings.held.extend(held.map(|held| ("a".to_owned(), held)));
            let carried = carried.map(|(up, done)| Carriage { up, done, of: 200 });
            holdings.carried.extend(carried.map(|it| ("a".to_owned(), it)));
            if absent {
                holdings.absent.insert("a".to_owned());
            }
            assert_eq!(standing(&holdings, "a"), expected);
            assert_eq!(standing(&holdings, "b"), Standing::NotHere);
        };
        let here = |at_relay| Some(Holding::Here { at_relay });
        let partly = Some(Holding::Partly { here: 50, of: 200 });
        check(None, None, false, Standing::NotHere);
        check(None, None, true, Standing::Elsewhere);
        check(None, Some((false, 0)), false, Standing::Fetching(0));
        check(partly, None, false, Standing::Partly(25));
        check(partly, Some((false, 100)), false, Standing::Fetching(50));
        check(here(false), None, false, Standing::OnlyHere);
        check(here(false), Some((true, 100)), false, Standing::Sending(50));
        check(here(true), None, true, Standing::Here);
    }
}
