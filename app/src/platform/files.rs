//! Files in and out: picked, dropped, saved.

use gloo::events::EventListener;
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, File, FileList, HtmlAnchorElement, HtmlInputElement, Url,
};

use super::js;

/// The largest file that is read into memory. Imports are text tables and cards; the largest real one seen had
/// 6 MB, and a tablet should not fall over a mistaken video.
pub const MAX_FILE_BYTES: f64 = 64.0 * 1024.0 * 1024.0;

/// A file that a person gave us, read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickedFile {
    /// Its name without folders.
    pub name: String,
    /// The type the browser guesses from the name, or `""`.
    pub mime: String,
    /// Its contents.
    pub bytes: Vec<u8>,
    /// When it last changed, milliseconds since 1970, if the browser tells.
    pub modified_ms: Option<i64>,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Larger than [`MAX_FILE_BYTES`].
    #[error("“{0}” is larger than 64 MB")]
    TooLarge(String),
    /// The browser could not read it: moved meanwhile, or not allowed.
    #[error("“{0}” could not be read")]
    Unreadable(String),
}

/// Lets the person pick files (only from a click). `accept` is a list like `.csv,text/csv`; an empty answer means
/// that they changed their mind.
pub async fn pick(accept: &str, many: bool) -> Result<Vec<PickedFile>, FileError> {
    match hidden_input(accept, many) {
        Some(input) => picked(input).await,
        None => Ok(Vec::new()),
    }
}

/// Lets the person take a photo (only from a click): a tablet opens its camera, a computer asks for a picture.
pub async fn photograph() -> Result<Vec<PickedFile>, FileError> {
    let Some(input) = hidden_input("image/*", false) else { return Ok(Vec::new()) };
    // Where the browser knows no camera it passes over this.
    let _ = input.set_attribute("capture", "environment");
    picked(input).await
}

async fn picked(input: HtmlInputElement) -> Result<Vec<PickedFile>, FileError> {
    let mut listeners = Vec::new();
    let chosen = Promise::new(&mut |resolve, _| {
        for name in ["change", "cancel"] {
            let resolve = resolve.clone();
            listeners.push(EventListener::once(&input, name, move |_| {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }));
        }
    });
    input.click();
    let _ = JsFuture::from(chosen).await;
    input.remove();
    read_all(input.files()).await
}

/// Whether files are being dragged, rather than a text or a link of the page.
pub fn carries_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&JsValue::from_str("Files"), 0))
}

/// The files of a drop; call it inside the event's handler, for the browser empties the event afterwards.
pub fn dropped(
    event: &DragEvent,
) -> impl Future<Output = Result<Vec<PickedFile>, FileError>> + 'static {
    event.prevent_default();
    let files = event.data_transfer().and_then(|transfer| transfer.files());
    read_all(files)
}

async fn read_all(files: Option<FileList>) -> Result<Vec<PickedFile>, FileError> {
    let Some(files) = files else { return Ok(Vec::new()) };
    let mut read = Vec::new();
    for file in (0..files.length()).filter_map(|index| files.get(index)) {
        read.push(read_file(&file).await?);
    }
    Ok(read)
}

async fn read_file(file: &File) -> Result<PickedFile, FileError> {
    let name = file.name();
    if file.size() > MAX_FILE_BYTES {
        return Err(FileError::TooLarge(name));
    }
    match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => {
            let changed = file.last_modified();
            let modified_ms = (changed.is_finite() && changed > 0.0).then_some(changed as i64);
            let bytes = Uint8Array::new(&buffer).to_vec();
            Ok(PickedFile { name, mime: file.type_(), bytes, modified_ms })
        }
        Err(_) => Err(FileError::Unreadable(name)),
    }
}

/// It must be in the document: Safari ignores clicks on inputs outside of it.
fn hidden_input(accept: &str, many: bool) -> Option<HtmlInputElement> {
    let document = js::window()?.document()?;
    let input: HtmlInputElement = document.create_element("input").ok()?.dyn_into().ok()?;
    input.set_type("file");
    input.set_accept(accept);
    input.set_multiple(many);
    input.set_hidden(true);
    document.body()?.append_child(&input).ok()?;
    Some(input)
}

/// Hands a file to the person as a download. `false` when the browser cannot.
pub fn save(name: &str, mime: &str, bytes: Vec<u8>) -> bool {
    offer(name, mime, &bytes).is_some()
}

fn offer(name: &str, mime: &str, bytes: &[u8]) -> Option<()> {
    let document = js::window()?.document()?;
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The download has taken its own hold on the bytes long before that; revoking at once breaks it in Safari.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}
