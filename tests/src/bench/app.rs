//! The app on a device with a large workspace: starting, editing, searching.

use std::time::Duration;

use handbook::Moment;
use handbook::records::{Channel, Client, ClientStatus, Function, Touchpoint};
use handbook::{DocumentId, Record};
use serde_json::Value;
use tokio::task::LocalSet;

use super::{Figure, Measure, median};
use crate::browser::{Browser, Key, Page, Role};
use crate::colleague::{Colleague, now_ms};
use crate::relay::Relay;

/// The size for which the targets are set.
const CLIENTS: usize = 1_000;
const TOUCHPOINTS: usize = 100;
/// Each figure is the middle of so many.
const ROUNDS: usize = 7;
/// The first pull of everything takes its time.
const FIRST_SYNC: Duration = Duration::from_secs(1200);
/// How much slower a cheap tablet is than this machine.
const THROTTLE: u32 = 4;

const DAY_MS: i64 = 86_400_000;

/// Runs in every page before the app: notes when the first rows are there and a frame has passed,
/// each task that blocked the page for 50 ms and more, and what each transaction of IndexedDB writes.
const WATCH: &str = "
    const look = () => {
        if (document.querySelector('main article a')) {
            requestAnimationFrame(() => setTimeout(() => { window.firstRows = performance.now(); }));
        } else {
            requestAnimationFrame(look);
        }
    };
    requestAnimationFrame(look);
    window.long = [];
    new PerformanceObserver((list) => {
        list.getEntries().forEach((task) => window.long.push(task.duration));
    }).observe({ type: 'longtask', buffered: true });
    window.written = [];
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
        window.written.push(value?.byteLength ?? JSON.stringify(value)?.length ?? 0);
        return key === undefined ? put.call(this, value) : put.call(this, value, key);
    };";

/// Chooses the next entry of a list and waits for the word that it is kept.
const EDIT: &str = "
    const [field, mark, done] = arguments;
    const frame = field.parentElement;
    const kept = () => frame.innerText.includes(mark);
    window.written = [];
    const begun = performance.now();
    let gone = !kept();
    const observer = new MutationObserver(() => {
        gone ||= !kept();
        if (gone && kept()) {
            observer.disconnect();
            done([performance.now() - begun, window.written]);
        }
    });
    observer.observe(frame, { childList: true, subtree: true, characterData: true });
    field.selectedIndex = field.selectedIndex === 1 ? 2 : 1;
    field.dispatchEvent(new Event('change', { bubbles: true }));";

/// One strict transaction that writes so many bytes in so many values.
const COMMIT: &str = "
    const [sizes, done] = arguments;
    const open = indexedDB.open('floor', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('floor');
    open.onsuccess = () => {
        const values = sizes.map((size) => crypto.getRandomValues(new Uint8Array(Math.min(size, 65536))));
        const begun = performance.now();
        const transaction = open.result.transaction('floor', 'readwrite', { durability: 'strict' });
        const store = transaction.objectStore('floor');
        values.forEach((value, index) => store.put(value, index));
        transaction.oncomplete = () => {
            open.result.close();
            done(performance.now() - begun);
        };
    };";

/// Types one letter into the search and waits until the frame that shows what it found.
const KEYSTROKE: &str = "
    const [field, text, done] = arguments;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const begun = performance.now();
    set.call(field, text);
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));";

/// Leafs through a list to its end, a screen in each frame. Answers with the frames in which no line stood in the middle of
/// the screen.
const LEAF: &str = "
    const [done] = arguments;
    let blank = 0, still = 0;
    const step = () => {
        const before = scrollY;
        const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
        blank += middle?.closest('tbody tr, main li') ? 0 : 1;
        scrollBy(0, innerHeight);
        still = scrollY === before ? still + 1 : 0;
        if (still > 30) { done(blank); } else { requestAnimationFrame(step); }
    };
    step();";

/// Waits until nothing has happened for a while: what came before must not be counted in what is measured next.
const REST: &str = "
    const [done] = arguments;
    requestIdleCallback(() => setTimeout(() => requestIdleCallback(() => done(true)), 250));";

/// Waits until nothing has happened for a while and answers with the longest task since the last time.
const LONGEST: &str = "
    const [done] = arguments;
    const rest = () => setTimeout(() => {
        done(Math.max(0, ...window.long));
        window.long = [];
    }, 500);
    requestIdleCallback(rest);";

/// Fills a workspace, lets a browser join it, and measures there.
pub async fn measure() -> Vec<Measure> {
    let relay = Relay::start();
    let invitation = LocalSet::new().run_until(Box::pin(fill(&relay))).await;
    let browser = Browser::open("Bench").await;
    browser.inject(WATCH).await;
    let page = browser.patient(FIRST_SYNC);
    page.go(&invitation).await;
    let dialog = page.within(Role::Dialog, "Join a team");
    dialog.fill("Your name", "Bench").await;
    dialog.click("Join team").await;
    page.see("All safe on the relay").await;
    page.wait_for_service_worker().await;

    let mut measures = Vec::new();
    for (name, rate) in [("start to Today", 1), ("start to Today, 4x throttled", THROTTLE)] {
        page.throttle(rate).await;
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            page.go(&relay.url()).await;
            times.push(page.eventually("return window.firstRows").await);
        }
        measures.push(milliseconds(name, median(times), None));
    }
    page.throttle(1).await;
    measures.push(edit(&browser).await);
    measures.push(search(&browser, &relay).await);
    measures.extend(longest(&browser, &relay).await);
    measures
}

/// The longest time for which the page does not answer, on the pages that read most. Browsers report tasks of 50 ms and
/// more, so 0 says that none was.
async fn longest(browser: &Browser, relay: &Relay) -> Vec<Measure> {
    let mut measures = Vec::new();
    let task = async || browser.script(LONGEST, Vec::new()).await;
    browser.go(&relay.url()).await;
    let _: f64 = browser.eventually("return window.firstRows").await;
    measures.push(milliseconds("longest task: start", task().await, None));
    let places = browser.within(Role::Part, "Places");
    places.click("Clients").await;
    browser.see("Client 0007").await;
    measures.push(milliseconds("longest task: list of clients", task().await, None));
    let blank = browser.script(LEAF, Vec::new()).await;
    measures.push(milliseconds("longest task: leafing through it", task().await, None));
    measures.push(Measure {
        name: "frames without a line meanwhile",
        figure: Figure::Count(blank),
        floor: None,
    });
    browser.click("Client 0990").await;
    browser.see_a(Role::Heading, "Client 0990").await;
    measures.push(milliseconds("longest task: a client", task().await, None));
    browser.click("Timeline").await;
    browser.see("Number 990-").await;
    measures.push(milliseconds("longest task: its timeline", task().await, None));
    measures
}

async fn fill(relay: &Relay) -> String {
    let mut anna = Colleague::found(relay, "Northwind", "Anna").await;
    for client in 0..CLIENTS {
        let id = anna.id();
        let name = format!("Client {client:04}");
        let active = Client { name, status: ClientStatus::Active, ..Client::default() };
        anna.write(DocumentId::Client(id), vec![active.create(id)]).await;
        let talks = (0..TOUCHPOINTS).map(|number| talk(client, number)).collect();
        anna.log(id, talks).await;
    }
    anna.sync().await;
    anna.invite().await
}

/// About three hundred characters of notes, spread over two years.
fn talk(client: usize, number: usize) -> Touchpoint {
    const FUNCTIONS: [Function; 5] = [
        Function::Sales,
        Function::Marketing,
        Function::Engagement,
        Function::Delivery,
        Function::Finance,
    ];
    let now = i64::try_from(now_ms()).unwrap_or_default();
    let days = i64::try_from((client * 7 + number * 13) % 730).unwrap_or_default();
    let words =
        ["invoice", "delivery", "lorry", "contract", "harvest", "cooling", "drawing", "ramp"];
    let word = |place: usize| words[(client + number * place) % words.len()];
    Touchpoint {
        at: Some(Moment { ms: now - days * DAY_MS, offset_min: 60 }),
        function: Some(FUNCTIONS[(client + number) % FUNCTIONS.len()]),
        channel: Some(Channel::Call),
        subject: format!("About the {} and the {}", word(1), word(3)),
        notes: format!(
            "They asked about the {} of the second week and whether the {} could come earlier, since the {} depends \
             on it. We said that we would look at the {} and call back. The {} was fine this time, only the {} came \
             without its papers. Number {client}-{number}.",
            word(2),
            word(5),
            word(7),
            word(11),
            word(13),
            word(17)
        )
        .as_str()
        .into(),
        ..Touchpoint::default()
    }
}

/// A choice in a client's form, from the change to the word that it is kept.
async fn edit(browser: &Browser) -> Measure {
    open_full_search(browser).await;
    browser.press(Key::Escape).await;
    browser.within(Role::Part, "Places").click("Clients").await;
    browser.click("Client 0007").await;
    browser.click("Details").await;
    browser.click("Edit client").await;
    browser.choose("Tier", "Key").await;
    browser.see_marked("Tier", "Saved on this device").await;
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS * 3 {
        // The edit before is still being sent and drawn, and the relay's disk is that of the floor.
        let _: bool = browser.script(REST, Vec::new()).await;
        let (time, sizes): (f64, Value) =
            browser.script_on("Tier", EDIT, vec!["Saved on this device".into()]).await;
        ours.push(time);
        let _: bool = browser.script(REST, Vec::new()).await;
        floor.push(browser.script(COMMIT, vec![sizes]).await);
    }
    milliseconds("edit to durable", median(ours), Some(median(floor)))
}

async fn search(browser: &Browser, relay: &Relay) -> Measure {
    browser.go(&relay.url()).await;
    let search = open_full_search(browser).await;
    let mut times = Vec::new();
    for text in ["c", "co", "coo", "cool", "cooli", "cooling", "cooling r", "cooling ramp"] {
        times.push(search.script_on("Search", KEYSTROKE, vec![text.into()]).await);
    }
    milliseconds("search keystroke", median(times), None)
}

/// Opens the search once everything has been read for it.
async fn open_full_search(browser: &Browser) -> Page {
    browser.click("Search").await;
    let search = browser.patient(FIRST_SYNC).within(Role::Dialog, "Search");
    search.fill("Search", "Number 999-").await;
    search.see_no("Still reading").await;
    search
}

fn milliseconds(name: &'static str, value: f64, floor: Option<f64>) -> Measure {
    Measure { name, figure: Figure::Milliseconds(value), floor }
}
