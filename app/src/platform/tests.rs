//! What the browser does for us, tried in one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::NaiveDate;
use futures_util::FutureExt;
use handbook::Language;
use minicbor::{Decode, Encode};
use rand_core::Rng;
use wasm_bindgen_test::wasm_bindgen_test;

use super::broadcast::Broadcast;
use super::intl::{DateStyle, Locale, Plural, Unit};
use super::{address, clock, dom, fault, language, locks, random, theme, timer};

/// Gives the browser its turn until `done` holds; whoever waits in vain fails by the runner's own limit.
async fn until(done: impl Fn() -> bool) {
    while !done() {
        timer::sleep(1).await;
    }
}

#[wasm_bindgen_test]
async fn one_holds_a_lock_and_the_next_waits() {
    let first = locks::hold("test-lock").await;
    let mut second = Box::pin(locks::hold("test-lock"));
    assert!((&mut second).now_or_never().is_none());
    // Another lock granted meanwhile shows that the browser had its turn and still kept the second one waiting.
    drop(locks::hold("test-lock-other").await);
    assert!((&mut second).now_or_never().is_none());
    drop(first);
    drop(second.await);
}

#[wasm_bindgen_test]
async fn who_gives_up_waiting_blocks_nobody() {
    let first = locks::hold("test-queue").await;
    let mut second = Box::pin(locks::hold("test-queue"));
    assert!((&mut second).now_or_never().is_none());
    drop(second);
    let third = locks::hold("test-queue");
    drop(first);
    drop(third.await);
}

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
struct Message(#[n(0)] String);

#[wasm_bindgen_test]
async fn tabs_hear_each_other_and_not_themselves() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let listen = |name: &'static str| {
        let heard = heard.clone();
        Broadcast::open("test-channel", move |message: Message| {
            heard.borrow_mut().push((name, message));
        })
    };
    let (one, two) = (listen("one"), listen("two"));
    one.tell(&Message("hello".into()));
    two.tell(&Message("good day".into()));
    until(|| heard.borrow().len() == 2).await;
    let expected = vec![("two", Message("hello".into())), ("one", Message("good day".into()))];
    assert_eq!(*heard.borrow(), expected);
}

#[wasm_bindgen_test]
async fn a_message_of_another_build_is_dropped() {
    let heard = Rc::new(Cell::new(0_u32));
    let newer: Broadcast<(u8, u8)> = Broadcast::open("test-builds", |_| {});
    let same: Broadcast<Message> = Broadcast::open("test-builds", |_| {});
    let _listener = Broadcast::open("test-builds", {
        let heard = heard.clone();
        move |_: Message| heard.set(heard.get() + 1)
    });
    newer.tell(&(1, 2));
    same.tell(&Message("known".into()));
    until(|| heard.get() == 1).await;
}

#[wasm_bindgen_test]
fn randomness_differs() {
    let mut rng = random::Random;
    let (mut one, mut two) = ([0; 32], [0; 32]);
    rng.fill_bytes(&mut one);
    rng.fill_bytes(&mut two);
    assert_ne!(one, two);
}

#[wasm_bindgen_test]
fn the_clock_is_of_this_century() {
    let now = clock::now();
    assert!((1_700_000_000_000..4_102_444_800_000).contains(&now), "{now}");
    assert!((-14 * 60..=14 * 60).contains(&clock::offset_minutes(now)));
}

#[wasm_bindgen_test]
fn dates_and_numbers_in_two_languages() {
    let date = NaiveDate::from_ymd_opt(2026, 11, 12).unwrap();
    // Commas and dots differ between versions of the browsers' language data.
    let bare = |text: String| text.replace([',', '.'], "");
    let english = Locale::new("en-GB");
    let german = Locale::new("de");
    for (style, en, de) in [
        (DateStyle::Day, "Thursday 12 November", "Donnerstag 12 November"),
        (DateStyle::Long, "12 November 2026", "12 November 2026"),
        (DateStyle::Medium, "12 Nov 2026", "12 Nov 2026"),
        (DateStyle::Short, "12 Nov", "12 Nov"),
        (DateStyle::Weekday, "Thursday 12", "Donnerstag 12"),
        (DateStyle::Month, "November 2026", "November 2026"),
    ] {
        assert_eq!(bare(english.date(date, style)), en);
        assert_eq!(bare(german.date(date, style)), de);
    }
    assert_eq!(english.number(1234.5, 1), "1,234.5");
    assert_eq!(german.number(1234.5, 1), "1.234,5");
    assert_eq!(english.percent(0.5), "50%");
    assert_eq!(english.money(123_456, *b"EUR"), "€1,234.56");
    assert_eq!(english.money(1_234, *b"JPY"), "JP¥1,234");
    assert_eq!(english.list(&["Ann", "Ben", "Cem"]), "Ann, Ben and Cem");
    assert_eq!(german.list(&["Ann", "Ben", "Cem"]), "Ann, Ben und Cem");
    assert_eq!(english.relative(-1, Unit::Day), "yesterday");
    assert_eq!(german.relative(3, Unit::Day), "in 3 Tagen");
    assert_eq!(english.plural(1), Plural::One);
    assert_eq!(english.plural(0), Plural::Other);
    assert!(english.compare("Gate 9", "Gate 10").is_lt());
    assert!(german.compare("Äpfel", "Zebra").is_lt());
}

#[wasm_bindgen_test]
fn a_language_that_nobody_knows_is_no_disaster() {
    let date = NaiveDate::from_ymd_opt(2026, 11, 12).unwrap();
    assert!(Locale::new("not a tag").date(date, DateStyle::Long).contains("2026"));
}

#[wasm_bindgen_test]
fn the_language_is_remembered() {
    language::choose(Some(Language::De));
    assert_eq!(language::chosen(), Some(Language::De));
    assert_eq!(language::current(), Language::De);
    language::choose(None);
    assert_eq!(language::chosen(), None);
}

#[wasm_bindgen_test]
fn the_theme_is_remembered() {
    theme::set(theme::Theme::Dark);
    assert_eq!(theme::get(), theme::Theme::Dark);
    theme::set(theme::Theme::System);
    assert_eq!(theme::get(), theme::Theme::System);
}

#[wasm_bindgen_test]
fn a_secret_leaves_the_address_bar() {
    let window = web_sys::window().unwrap();
    window.history().unwrap().replace_state_with_url(&"".into(), "", Some("#setup=token")).unwrap();
    assert_eq!(address::take_fragment(), Some(address::Fragment::Setup("token".into())));
    assert_eq!(window.location().hash().unwrap(), "");
    assert_eq!(address::take_fragment(), None);
}

#[wasm_bindgen_test]
fn a_panic_leaves_its_sign_once() {
    fault::forget_panic();
    assert!(!fault::has_panicked());
    fault::leave_sign();
    assert!(fault::has_panicked());
    assert!(fault::has_panicked(), "reading it does not take it away");
    fault::forget_panic();
    assert!(!fault::has_panicked());
}

#[wasm_bindgen_test]
fn absent_elements_are_no_disaster() {
    dom::show_modal("absent");
    dom::close_dialog("absent");
    dom::focus("absent");
    dom::scroll_into_view("absent");
}
