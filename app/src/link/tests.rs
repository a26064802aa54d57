//! The hands and the talk between tabs, with a script in the engine's place.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use device::sync::{LinkAction, LinkEvent};
use replica::session::LinkState;
use wasm_bindgen_test::wasm_bindgen_test;
use wire::{Refusal, RowKind};

use super::driver::{Core, drive};
use super::inbox::{Event, Inbox, SocketEvent};
use super::notice::Notice;
use super::{Hub, News};
use crate::platform::{clock, timer};

/// A port that nobody listens on: dialling it fails at once.
const NOBODY: &str = "ws://localhost:9/sync";

/// Answers the first event with the first list of actions and so on, and remembers what it heard.
#[derive(Default)]
struct Script {
    answers: VecDeque<Vec<LinkAction>>,
    heard: Rc<RefCell<Vec<&'static str>>>,
}

impl Core for Script {
    async fn step(&mut self, _now: u64, _offset_min: i16, event: LinkEvent) -> Vec<LinkAction> {
        self.heard.borrow_mut().push(match event {
            LinkEvent::Opened => "opened",
            LinkEvent::Closed => "closed",
            LinkEvent::Message(_) => "message",
            LinkEvent::Resumed => "resumed",
            LinkEvent::Timer => "timer",
            LinkEvent::Dirty => "dirty",
            LinkEvent::Record(_) => "record",
            LinkEvent::GoOn => "go on",
        });
        self.answers.pop_front().unwrap_or_default()
    }
}

/// Two hubs of one name are two tabs of one space.
struct Tab {
    hub: Rc<Hub>,
    news: Rc<RefCell<Vec<News>>>,
    refreshed: Rc<RefCell<usize>>,
}

impl Tab {
    fn open(name: &str) -> Self {
        let news = Rc::new(RefCell::new(Vec::new()));
        let refreshed = Rc::new(RefCell::new(0));
        let hub = Rc::new_cyclic(|hub: &std::rc::Weak<Hub>| {
            let told = {
                let news = news.clone();
                move |item| news.borrow_mut().push(item)
            };
            let refresh = {
                let refreshed = refreshed.clone();
                move |_| *refreshed.borrow_mut() += 1
            };
            let hub = hub.clone();
            Hub::new(name, Box::new(told), Box::new(refresh), move |notice| {
                if let Some(hub) = hub.upgrade() {
                    hub.heard(notice);
                }
            })
        });
        Self { hub, news, refreshed }
    }

    fn states(&self) -> Vec<LinkState> {
        let news = self.news.borrow();
        let states = news.iter().filter_map(|item| match item {
            News::State(state) => Some(state.clone()),
            _ => None,
        });
        states.collect()
    }
}

/// Runs a script in a tab of its own until it has heard as much as expected; gives what it heard.
async fn run(name: &str, answers: Vec<Vec<LinkAction>>, expected: &[&'static str]) {
    let tab = Tab::open(name);
    let (inbox, outlet) = Inbox::new();
    *tab.hub.inbox.borrow_mut() = Some(inbox);
    let mut script = Script { answers: answers.into(), ..Script::default() };
    let heard = script.heard.clone();
    let driven = drive(&mut script, &tab.hub, outlet, NOBODY);
    tab.hub.push(Event::Resumed);
    let watched = async {
        while heard.borrow().len() < expected.len() {
            timer::sleep(1).await;
        }
        tab.hub.inbox.take();
    };
    futures_util::future::join(driven, watched).await;
    assert_eq!(*heard.borrow(), expected);
}

#[wasm_bindgen_test]
async fn a_relay_that_is_not_there_is_reported_closed() {
    run("test-link-1", vec![vec![LinkAction::Connect]], &["resumed", "closed"]).await;
}

#[wasm_bindgen_test]
async fn a_socket_that_was_given_up_is_silent() {
    let wait = clock::now() + 100;
    let answers = vec![vec![LinkAction::Connect, LinkAction::Close, LinkAction::Timer(wait)]];
    run("test-link-2", answers, &["resumed", "timer"]).await;
}

#[wasm_bindgen_test]
async fn a_new_timer_replaces_the_old() {
    let soon = clock::now() + 20;
    let answers =
        vec![vec![LinkAction::Timer(0), LinkAction::Timer(soon)], vec![LinkAction::Timer(0)]];
    run("test-link-3", answers, &["resumed", "timer", "timer"]).await;
}

#[wasm_bindgen_test]
async fn many_edits_are_one_look_at_the_storage() {
    let (inbox, mut outlet) = Inbox::new();
    for _ in 0..3 {
        assert!(inbox.push(Event::Dirty));
    }
    assert!(inbox.push(Event::Resumed));
    assert_eq!(outlet.next().await, Some(Event::Dirty));
    assert!(inbox.push(Event::Dirty), "what is written after the look needs another");
    drop(inbox);
    assert_eq!(outlet.next().await, Some(Event::Resumed));
    assert_eq!(outlet.next().await, Some(Event::Dirty));
    assert_eq!(outlet.next().await, None);
}

#[wasm_bindgen_test]
async fn a_flood_is_cut_off() {
    let (inbox, mut outlet) = Inbox::new();
    for _ in 0..2_000 {
        inbox.push(Event::Socket(1, SocketEvent::Message(Vec::new())));
    }
    drop(inbox);
    assert!(outlet.was_overrun());
    assert!(!outlet.was_overrun(), "said once");
    let mut taken = 0;
    while outlet.next().await.is_some() {
        taken += 1;
    }
    assert_eq!(taken, 1_024);
}

#[wasm_bindgen_test]
async fn other_tabs_hear_how_the_link_stands() {
    let name = "test-link-tabs";
    let owner = Tab::open(name);
    owner.hub.show(LinkState::Connecting);
    let late = Tab::open(name);
    late.hub.channel.tell(&Notice::Ask);
    while late.states().is_empty() {
        timer::sleep(1).await;
    }
    owner.hub.show(LinkState::Live);
    while late.states().len() < 2 {
        timer::sleep(1).await;
    }
    assert_eq!(late.states(), [LinkState::Connecting, LinkState::Live]);
    assert_eq!(owner.states(), [LinkState::Connecting, LinkState::Live]);
    assert_eq!(*owner.refreshed.borrow(), 1, "the tab before the new one may have told nobody");
}

#[wasm_bindgen_test]
async fn a_record_reaches_the_tab_that_owns_the_socket_even_if_that_comes_later() {
    let name = "test-link-records";
    let record = b"a record".to_vec();
    let hash = RowKind::Roster.hash_of(&record);
    let asking = Tab::open(name);
    asking.hub.records.borrow_mut().insert(hash, record.clone());
    assert!(!asking.hub.push(Event::Record(record)), "it drives nothing itself");

    let owner = Tab::open(name);
    let (inbox, outlet) = Inbox::new();
    *owner.hub.inbox.borrow_mut() = Some(inbox);
    let outcome = Err(Refusal::Role);
    let done = LinkAction::RecordDone { hash, outcome };
    let mut script = Script { answers: vec![vec![done]].into(), ..Script::default() };
    let driven = drive(&mut script, &owner.hub, outlet, NOBODY);
    owner.hub.channel.tell(&Notice::Owner);
    let watched = async {
        while asking.news.borrow().is_empty() {
            timer::sleep(1).await;
        }
        owner.hub.inbox.take();
    };
    futures_util::future::join(driven, watched).await;
    assert!(matches!(
        asking.news.borrow().as_slice(),
        [News::RecordDone { hash: told, outcome: Err(Refusal::Role) }] if *told == hash
    ));
    assert!(asking.hub.records.borrow().is_empty());
    assert!(owner.news.borrow().is_empty(), "it was not its own");
}

#[wasm_bindgen_test]
async fn what_one_tab_writes_the_other_reads_again() {
    let name = "test-link-changed";
    let (writer, reader) = (Tab::open(name), Tab::open(name));
    let nothing = device::Changed::default();
    writer.hub.spread(&nothing);
    let changed = device::Changed { tags: vec![wire::Tag::from([1; 16])], ..nothing };
    writer.hub.spread(&changed);
    while *reader.refreshed.borrow() == 0 {
        timer::sleep(1).await;
    }
    assert_eq!(*reader.refreshed.borrow(), 1, "nothing changed is not worth a word");
    assert_eq!(*writer.refreshed.borrow(), 0);
}
