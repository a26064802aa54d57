//! Pictures: turned the right way up, scaled down, written anew without what a camera wrote beside them.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use super::js;

/// The longest side that a photo keeps, pixels: it fills the screen of a large tablet, and a page of small print can be read.
const LONGEST: f64 = 2_560.0;
/// How much of a photo's detail is kept, from 0 to 1.
const QUALITY: f64 = 0.85;
/// Longest sides of a small picture, pixels, tried until it is small enough.
const SMALL: [f64; 5] = [240.0, 192.0, 144.0, 96.0, 64.0];
const SMALL_QUALITY: f64 = 0.7;

/// A picture as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its bytes, written anew: no place, no camera, no time inside.
    pub bytes: Vec<u8>,
    /// `image/jpeg` or `image/png`.
    pub mime: &'static str,
    /// A small one as a `data:` address; empty if none is small enough.
    pub small: String,
}

/// Reads a picture and writes it anew, upright and at most 2,560 pixels long; `small` is how many characters the small one may
/// have. `None` if the browser does not read it, or if it would lose what it is: a drawing made of lines, a moving picture.
pub async fn picture(bytes: &[u8], mime: &str, small: usize) -> Option<Picture> {
    if !mime.starts_with("image/") || ["image/svg+xml", "image/gif"].contains(&mime) {
        return None;
    }
    let bitmap = decode(bytes, mime).await?;
    let scale = (LONGEST / longest(&bitmap)).min(1.0);
    let canvas = draw(&bitmap, scale)?;
    // Drawings and screens stay as sharp as they were; everything else is a photo.
    let mime = if mime == "image/png" { "image/png" } else { "image/jpeg" };
    let written = encode(&canvas, mime).await?;
    let small = SMALL.iter().find_map(|longest_side| {
        let scale = (longest_side / longest(&bitmap)).min(1.0);
        let quality = JsValue::from_f64(SMALL_QUALITY);
        let canvas = draw(&bitmap, scale)?;
        let url = canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &quality).ok()?;
        (url.starts_with("data:image/jpeg") && url.len() <= small).then_some(url)
    });
    bitmap.close();
    Some(Picture { bytes: written, mime, small: small.unwrap_or_default() })
}

fn longest(bitmap: &ImageBitmap) -> f64 {
    f64::from(bitmap.width().max(bitmap.height()).max(1))
}

/// Turned as its camera was held.
async fn decode(bytes: &[u8], mime: &str) -> Option<ImageBitmap> {
    let blob = blob(bytes, mime)?;
    let upright = js::object(&[("imageOrientation", JsValue::from_str("from-image"))]);
    let window = js::window()?;
    let bitmap = js::ask(&window, "createImageBitmap", &[blob.into(), upright.into()]).await?;
    bitmap.dyn_into().ok()
}

/// On white: a photo has nothing behind it, and a screen with holes is read on paper.
fn draw(bitmap: &ImageBitmap, scale: f64) -> Option<HtmlCanvasElement> {
    let document = js::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    let side = |length: u32| (f64::from(length) * scale).round().max(1.0);
    let (width, height) = (side(bitmap.width()), side(bitmap.height()));
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.set_fill_style_str("#ffffff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height).ok()?;
    Some(canvas)
}

async fn encode(canvas: &HtmlCanvasElement, mime: &'static str) -> Option<Vec<u8>> {
    let mut told = None;
    let written = Promise::new(&mut |resolve, _| {
        let closure = Closure::once(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let quality = JsValue::from_f64(QUALITY);
        let callback = closure.as_ref().unchecked_ref();
        let asked = canvas.to_blob_with_type_and_encoder_options(callback, mime, &quality);
        told = asked.ok().map(|()| closure);
    });
    // Without a callback nothing would ever be told.
    told.as_ref()?;
    let blob: Blob = JsFuture::from(written).await.ok()?.dyn_into().ok()?;
    drop(told);
    if blob.type_() != mime {
        return None;
    }
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn blob(bytes: &[u8], mime: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

/// An address under which this page shows bytes, until it is dropped.
#[derive(Debug)]
pub struct Shown(String);

impl Shown {
    /// `None` if the browser gives no address.
    pub fn new(bytes: &[u8], mime: &str) -> Option<Self> {
        web_sys::Url::create_object_url_with_blob(&blob(bytes, mime)?).ok().map(Self)
    }

    /// The address.
    pub fn url(&self) -> &str {
        &self.0
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let _ = web_sys::Url::revoke_object_url(&self.0);
    }
}
