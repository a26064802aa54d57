//! Every kind of page of the sample firm, on a tablet and a phone, light and dark, and in German on a tablet: axe finds nothing
//! to object to, no word of a button is cut off or wraps, no page is wider than its screen, and a picture of each is left in
//! `target/browser/pages/` to be looked at.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::{env, fs};

use tests::browser::{Page, Role};
use tests::relay::Relay;

use crate::person::Person;

const SIZES: [(&str, (u32, u32)); 2] = [("tablet", (1180, 820)), ("phone", (390, 844))];

/// Runs axe over what WCAG 2.2 asks for at levels A and AA, once the page has stopped moving.
const AXE: &str = "
    const done = arguments[0];
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const quiet = () => document.getAnimations().every((it) => it.playState !== 'running');
    const look = () => quiet()
        ? axe.run(document, { runOnly, resultTypes: ['violations'] }).then((found) =>
            done(found.violations.flatMap((rule) => rule.nodes.map((node) =>
                `${rule.id} at ${node.target}: ${node.failureSummary}`))),
            (error) => done([`axe failed: ${error}`]))
        : requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(look));";

/// A button that no screen reader can name.
const FAULT: &str = "document.body.append(document.createElement('button')); arguments[0](null);";

/// The page's heading; it comes with what the page shows.
const TITLE: &str = "return document.querySelector('main h1')?.innerText || null;";

/// Waits until nothing on the page has changed for a while.
const SETTLED: &str = "
    const done = arguments[0];
    const end = () => { observer.disconnect(); done(null); };
    let timer = setTimeout(end, 150);
    const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, 150); });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });";

/// What does not fit: a page wider than its screen; words of a button, a tab or a tag that wrap or are cut off; a part of the
/// page that has to be pushed aside to be read.
const MISFITS: &str = "
    const [done, words] = [arguments[1], arguments[0]];
    const root = document.documentElement;
    const misfits = [];
    if (root.scrollWidth > root.clientWidth) misfits.push(`wider than its screen by ${root.scrollWidth - root.clientWidth}`);
    const lines = (it) => {
        const texts = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
        const tops = [];
        while (texts.nextNode()) {
            const range = document.createRange();
            range.selectNodeContents(texts.currentNode);
            for (const rect of range.getClientRects()) {
                if (rect.width > 1 && !tops.some((top) => Math.abs(top - rect.top) < 8)) tops.push(rect.top);
            }
        }
        return tops.length;
    };
    for (const it of words ? document.querySelectorAll('.button, .tabs a, .tag, .place') : []) {
        if (!it.checkVisibility()) continue;
        const name = it.innerText.trim().slice(0, 60);
        if (lines(it) > 1) misfits.push(`wraps: ${name}`);
        if (it.scrollWidth > it.clientWidth + 1) misfits.push(`cut off: ${name}`);
    }
    for (const it of words ? document.querySelectorAll('body *') : []) {
        const sideways = ['auto', 'scroll'].includes(getComputedStyle(it).overflowX);
        if (sideways && it.clientWidth > 0 && it.scrollWidth > it.clientWidth + 1) misfits.push(`scrolls sideways: ${it.className}`);
    }
    done(misfits);";

/// Goes to an address inside the app, as a link does, without loading the app anew.
const GO: &str = "
    history.pushState({}, '', arguments[0]);
    dispatchEvent(new PopStateEvent('popstate'));
    arguments[1](null);";

/// Scrolls to the section whose heading begins so; without words, nowhere.
const SCROLL: &str = "
    const [words, done] = arguments;
    const headings = [...document.querySelectorAll('main h2')];
    if (words) headings.find((it) => it.innerText.startsWith(words)).scrollIntoView();
    done(null);";

/// Speaks German from the next load on.
const GERMAN: &str = "localStorage.setItem('rapport.language', 'de'); arguments[0](null);";

const ENGLISH: &str = "localStorage.setItem('rapport.language', 'en'); arguments[0](null);";

const LINKS: &str = "
    const done = arguments[0];
    done([...document.querySelectorAll('a[href^=\"/\"]')].map((link) => link.getAttribute('href')));";

#[tokio::test]
async fn axe_finds_nothing_on_any_page() {
    let relay = Relay::start();
    let vera = Person::new("Vera").await;
    vera.inject(&axe()).await;
    vera.go(&relay.url()).await;
    vera.see_a(Role::Part, "Start a workspace").await;
    let mut objections = objections_to(&vera, "start").await;
    let _: () = vera.script(FAULT, Vec::new()).await;
    let found: Vec<String> = vera.script(AXE, Vec::new()).await;
    assert!(!found.is_empty(), "axe objects to a button without a name");
    vera.reload().await;
    vera.click("Open sample firm").await;
    vera.see("This is a sample firm.").await;

    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    let mut waiting = VecDeque::from(["/".to_owned(), "/no-such/page".to_owned()]);
    while let Some(path) = waiting.pop_front() {
        let shape = shape(&path);
        if !seen.insert(shape.clone()) {
            continue;
        }
        visit(&vera, &path).await;
        let name = shape.trim_matches('/').replace('/', "-");
        let name = if name.is_empty() { "today".to_owned() } else { name };
        objections.extend(objections_to(&vera, &name).await);
        let links: Vec<String> = vera.script(LINKS, Vec::new()).await;
        waiting.extend(links);
        pages.push((path, name));
    }
    assert!(seen.len() > 20, "a firm has more pages than {seen:?}");
    // German words are longer.
    speak_german(&vera).await;
    vera.see("Dies ist eine Musterfirma.").await;
    for (path, name) in pages {
        visit(&vera, &path).await;
        objections.extend(objections_in(&vera, &format!("{name}-tablet-light-de"), true).await);
    }
    let count = objections.len();
    objections.truncate(12);
    assert!(count == 0, "{count} objections, among them:\n{}", objections.join("\n"));
}

/// Goes to a page of the open workspace and waits until all of it is there.
async fn visit(page: &Page, path: &str) {
    let _: () = page.script(GO, vec![path.into()]).await;
    let _: () = page.script(SETTLED, Vec::new()).await;
    let _: String = page.eventually(TITLE).await;
}

/// Looks at the page as it is now, and keeps a picture of it.
async fn objections_in(page: &Page, look: &str, words: bool) -> Vec<String> {
    let mut found: Vec<String> = page.script(AXE, Vec::new()).await;
    let misfits: Vec<String> = page.script(MISFITS, vec![words.into()]).await;
    found.extend(misfits);
    page.picture_called(&format!("pages/{look}")).await;
    found.into_iter().map(|objection| format!("{look}: {objection}")).collect()
}

/// Speaks German from here on; the page is loaded anew.
pub(crate) async fn speak_german(page: &Page) {
    let _: () = page.script(GERMAN, Vec::new()).await;
    page.reload().await;
}

/// Speaks English again.
pub(crate) async fn speak_english(page: &Page) {
    let _: () = page.script(ENGLISH, Vec::new()).await;
    page.reload().await;
}

/// Looks at the page as it is on a tablet, in German.
pub(crate) async fn objections_in_german(page: &Page, name: &str) -> Vec<String> {
    objections_in(page, &format!("{name}-tablet-light-de"), true).await
}

/// Looks at the page as it is in every size and theme, and keeps pictures of it.
pub(crate) async fn objections_to(page: &Page, name: &str) -> Vec<String> {
    objections_from(page, name, "").await
}

/// The same, from the section on whose heading begins so.
pub(crate) async fn objections_from(page: &Page, name: &str, heading: &str) -> Vec<String> {
    let mut objections = Vec::new();
    for (size, pixels) in SIZES {
        for (theme, dark) in [("light", false), ("dark", true)] {
            page.look_like(pixels, dark).await;
            let _: () = page.script(SCROLL, vec![heading.into()]).await;
            let look = format!("{name}-{size}-{theme}");
            objections.extend(objections_in(page, &look, size == "tablet").await);
        }
    }
    page.look_like(SIZES[0].1, false).await;
    objections
}

/// Pages below a client and the firm that are made by hand; below any other name stand the lists and records of a kind,
/// which look alike for all of them.
const BY_HAND: &[&str] = &[
    "new",
    "timeline",
    "people",
    "complaints",
    "details",
    "engagements",
    "strategy",
    "visit",
    "rollout",
    "conflicts",
    "trash",
    "coverage",
    "team",
];

/// One for all addresses that show the same page: ids and kinds of record by a word, questions left out.
fn shape(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut shape: Vec<&str> = Vec::new();
    for part in path.split('/') {
        let is_id = part.len() == 32 && part.bytes().all(|it| it.is_ascii_hexdigit());
        let of_a_kind = matches!(shape.as_slice(), [_, "clients", "id"] | [_, "firm"]);
        shape.push(match part {
            _ if is_id => "id",
            kind if of_a_kind && !BY_HAND.contains(&kind) => "kind",
            part => part,
        });
    }
    shape.join("/")
}

pub(crate) fn axe() -> String {
    let path = env::var_os("RAPPORT_AXE").map(PathBuf::from);
    let path = path.expect("RAPPORT_AXE names the script of axe-core; `cargo xtask test` sets it");
    fs::read_to_string(&path).expect("axe-core is installed")
}
