//! The few things that pages do to elements beyond rendering them, by element id.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlDialogElement, HtmlElement};

use super::js;

/// So many pixels of what stands before a part of a row stay in sight, to show that there is more.
const ROW_BEFORE: i32 = 64;

fn element(id: &str) -> Option<Element> {
    js::window()?.document()?.get_element_by_id(id)
}

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    element(id)?.dyn_into().ok()
}

/// Opens the dialog above everything, with the focus inside. Nothing happens if it is open or absent.
pub fn show_modal(id: &str) {
    if let Some(dialog) = dialog(id).filter(|dialog| !dialog.open()) {
        // It throws when the dialog is not connected or is shown non-modally; both leave the page as it was.
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog; the browser gives the focus back to where it came from.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id).filter(HtmlDialogElement::open) {
        dialog.close();
    }
}

/// Moves the keyboard focus. An element that cannot take it leaves the focus where it was.
pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The id of the element that has the focus, if it has an id.
pub fn focused() -> Option<String> {
    let id = js::window()?.document()?.active_element()?.id();
    (!id.is_empty()).then_some(id)
}

/// Whether the focus is where one writes, and the browser itself takes back what was typed.
pub fn is_writing() -> bool {
    let Some(element) = js::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element())
    else {
        return false;
    };
    let kind = || element.get_attribute("type").unwrap_or_default();
    match element.tag_name().as_str() {
        "TEXTAREA" => true,
        "INPUT" => !["button", "checkbox", "radio", "file", "submit"].contains(&kind().as_str()),
        _ => element.get_attribute("contenteditable").is_some(),
    }
}

/// Scrolls as little as brings the element into view, smoothly unless the person asked for less motion.
pub fn scroll_into_view(id: &str) {
    let Some(element) = element(id) else { return };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options.set_behavior(if prefers("(prefers-reduced-motion: reduce)") {
        web_sys::ScrollBehavior::Instant
    } else {
        web_sys::ScrollBehavior::Smooth
    });
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Scrolls a row that is wider than its place along, so that this part of it begins in sight; the page stays where it is.
pub fn scroll_along(id: &str) {
    let part = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let row = part.as_ref().and_then(|part| part.parent_element()?.dyn_into::<HtmlElement>().ok());
    if let (Some(part), Some(row)) = (part, row) {
        row.set_scroll_left((part.offset_left() - row.offset_left() - ROW_BEFORE).max(0));
    }
}

/// Scrolls the page to its top, as after going to another page.
pub fn scroll_to_top() {
    if let Some(window) = js::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Whether a media query holds now.
pub fn prefers(query: &str) -> bool {
    js::window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = js::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Sets the language and the writing direction of the page (`rtl` for right-to-left).
pub fn set_language(language: &str, rtl: bool) {
    if let Some(root) = js::root() {
        let _ = root.set_attribute("lang", language);
        let _ = root.set_attribute("dir", if rtl { "rtl" } else { "ltr" });
    }
}

/// The languages the browser asks for, best first, as tags like `de-AT`.
pub fn languages() -> Vec<String> {
    js::property(&js::navigator(), "languages")
        .map(|list| js_sys::Array::from(&list).iter().filter_map(|tag| tag.as_string()).collect())
        .unwrap_or_default()
}

/// Puts text on the clipboard; `false` when the browser refused (then the page shows the text to copy by hand).
pub async fn copy_text(text: String) -> bool {
    let Some(clipboard) = js::property(&js::navigator(), "clipboard") else { return false };
    js::ask(&clipboard, "writeText", &[JsValue::from_str(&text)]).await.is_some()
}

/// Opens the browser's print dialog for the page as it is.
pub fn print() {
    if let Some(window) = js::window() {
        let _ = window.print();
    }
}

/// How many pixels of the page lie below the window; none where that cannot be told.
pub fn left_below() -> f64 {
    let below = || {
        let window = js::window()?;
        let seen = window.scroll_y().ok()? + window.inner_height().ok()?.as_f64()?;
        Some(f64::from(js::root()?.scroll_height()) - seen)
    };
    below().unwrap_or_default()
}
