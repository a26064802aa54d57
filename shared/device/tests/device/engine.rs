//! The engine against a relay of a few frames: founding, pushing, and a disk that fills up.

use std::rc::Rc;

use device::memory::{Fault, Memory, finish};
use device::sync::{Engine, LinkAction, LinkEvent, StartError, SyncError};
use device::{SpaceKind, StorageError, WriteError};
use replica::LinkState;
use wire::{
    ClientFrame, Envelope, Hash, LogId, Refusal, RelayFrame, Role, Row, RowBody, RowKind, Tag,
    chain_next, chain_start,
};

use crate::kit::*;

const START: u64 = 1_790_000_000_000;

/// A relay that takes everything, and keeps no one else's log.
struct Relay {
    rows: Vec<Row>,
    /// The chain at each row, and before the first.
    chains: Vec<Hash>,
}

impl Relay {
    fn append(&mut self, kind: RowKind, tag: Tag, bytes: Vec<u8>) -> (Hash, u64) {
        let hash = kind.hash_of(&bytes);
        let seq = self.rows.len() as u64 + 1;
        let body = RowBody::Whole(bytes);
        let row = Row { seq, received_at: START, kind, tag, hash, body };
        self.chains.push(chain_next(&self.chain(), &row));
        self.rows.push(row);
        (hash, seq)
    }

    fn chain(&self) -> Hash {
        *self.chains.last().unwrap()
    }

    fn answer(&mut self, message: &[u8]) -> Option<RelayFrame> {
        Some(match ClientFrame::decode(message).unwrap() {
            ClientFrame::Found { record, .. } if self.rows.is_empty() => {
                let (space, seq) = self.append(RowKind::Roster, Tag([0; 16]), record);
                RelayFrame::Founded { space: wire::SpaceId(space.0), seq }
            }
            ClientFrame::Found { .. } => {
                RelayFrame::Refused { hash: Hash::ZERO, reason: Refusal::SpaceExists }
            }
            ClientFrame::Connect { cursor, .. } => RelayFrame::Connected {
                log: LogId([1; 16]),
                head: self.rows.len() as u64,
                chain_at_cursor: self.chains.get(cursor as usize).copied(),
                last_session: None,
                last_counter: 0,
            },
            ClientFrame::Pull { after, .. } => RelayFrame::Rows {
                rows: self.rows.iter().skip(after as usize).cloned().collect(),
                head: self.rows.len() as u64,
                chain: self.chain(),
            },
            ClientFrame::Append { envelope } => {
                let header = Envelope::parse(&envelope).unwrap().header.clone();
                let (hash, seq) = self.append(header.kind, header.tag, envelope);
                RelayFrame::Appended { counter: header.counter, hash, seq }
            }
            ClientFrame::AppendRecord { record } => {
                let (hash, seq) = self.append(RowKind::Roster, Tag([0; 16]), record);
                RelayFrame::Appended { counter: 0, hash, seq }
            }
            ClientFrame::Ping { .. } => return None,
            frame => panic!("no engine sends {frame:?}"),
        })
    }
}

type Station = Engine<Memory, device::memory::OpenVault>;

fn start(memory: &Memory) -> Station {
    finish(Engine::start(Rc::new(open(memory)), false)).unwrap()
}

/// Hands the relay's answers back until nothing is sent any more; all other actions.
fn talk(engine: &mut Station, relay: &mut Relay, now: u64, event: LinkEvent) -> Vec<LinkAction> {
    let mut events = std::collections::VecDeque::from([event]);
    let mut others = Vec::new();
    while let Some(event) = events.pop_front() {
        for action in finish(engine.step(now, 0, event)) {
            match action {
                LinkAction::Connect => {
                    events.push_back(LinkEvent::Opened);
                    let hello = RelayFrame::Hello { versions: (1, 1), nonce: [5; 32] };
                    events.push_back(LinkEvent::Message(hello.encode()));
                }
                LinkAction::Send(message) => {
                    let answer = relay.answer(&message).map(|frame| frame.encode());
                    events.extend(answer.map(LinkEvent::Message));
                }
                LinkAction::Close => events.clear(),
                other => others.push(other),
            }
        }
    }
    others
}

fn relay_for(memory: &Memory) -> Relay {
    Relay { rows: Vec::new(), chains: vec![chain_start(&open(memory).space())] }
}

#[test]
fn a_founder_pushes_everything_and_is_live() {
    let memory = Memory::new();
    new_client(&found(&memory), 1, "Birch");
    let mut relay = relay_for(&memory);
    let mut engine = start(&memory);
    talk(&mut engine, &mut relay, START, LinkEvent::Resumed);
    assert_eq!(engine.device().unsynced(), 0);
    assert!(engine.device().place().unwrap().founded);
    assert_eq!(engine.state(), Some(&LinkState::Live));
    assert_eq!(relay.rows.len(), 3, "the record, the firm, the client");

    let (document, key) = client(1);
    write(engine.device(), document, vec![set(key, "sector", "Rail")]);
    assert_eq!(engine.device().unsynced(), 1);
    talk(&mut engine, &mut relay, START + 1, LinkEvent::Dirty);
    assert_eq!(engine.device().unsynced(), 0);
    check_model(&memory);
}

#[test]
fn a_full_disk_stops_the_engine_for_a_while() {
    let memory = Memory::new();
    new_client(&found(&memory), 1, "Birch");
    let mut call = 0;
    loop {
        let copy = Memory::from_snapshot(&memory.snapshot());
        let mut relay = relay_for(&memory);
        let mut engine = start(&copy);
        let storage = engine.device().storage();
        storage.fail_at(storage.calls() + call, Fault::Full);
        let said = talk(&mut engine, &mut relay, START, LinkEvent::Resumed);
        let failed =
            said.iter().any(|action| matches!(action, LinkAction::Failed(SyncError::Storage(_))));
        if engine.device().unsynced() > 0 {
            assert!(failed, "call {call}: {said:?}");
            let Some(LinkAction::Timer(at)) = said.last() else { panic!("{said:?}") };
            assert!(*at > START, "it does not try again at once");
            talk(&mut engine, &mut relay, *at, LinkEvent::Timer);
        }
        assert_eq!(engine.device().unsynced(), 0, "call {call}");
        assert_eq!(engine.state(), Some(&LinkState::Live), "call {call}");
        check_model(&copy);
        if !failed && call > 4 {
            break;
        }
        call += 1;
    }
    assert!(call > 4);
}

#[test]
fn an_engine_at_rest_keeps_what_it_was_given_and_tries_until_it_can_go_on() {
    let memory = Memory::new();
    let (document, key) = new_client(&found(&memory), 1, "Birch");
    let mut relay = relay_for(&memory);
    let mut engine = start(&memory);
    talk(&mut engine, &mut relay, START, LinkEvent::Resumed);
    write(engine.device(), document, vec![set(key, "sector", "Rail")]);

    let device = Rc::clone(engine.device());
    device.storage().fail_next(Fault::Full);
    let said = talk(&mut engine, &mut relay, START + 1, LinkEvent::Dirty);
    assert!(matches!(said.last(), Some(LinkAction::Timer(_))), "{said:?}");
    let invited = device.invite(Role::Editor, u64::MAX).unwrap();
    let record = LinkEvent::Record(invited.record.clone());
    assert!(talk(&mut engine, &mut relay, START + 2, record).is_empty(), "it rests");

    // The storage fails again, before there is a session.
    device.storage().fail_next(Fault::Full);
    let said = talk(&mut engine, &mut relay, START + 60_000, LinkEvent::Timer);
    let Some(LinkAction::Timer(at)) = said.last() else { panic!("{said:?}") };
    assert!(matches!(engine.state(), Some(LinkState::Offline { .. })));
    assert!(device.unsynced() > 0);

    let said = talk(&mut engine, &mut relay, *at, LinkEvent::Timer);
    let done = |action: &LinkAction| matches!(action, LinkAction::RecordDone { hash, outcome: Ok(_) } if *hash == invited.hash);
    assert!(said.iter().any(done), "{said:?}");
    assert_eq!(engine.state(), Some(&LinkState::Live));
    assert_eq!(device.unsynced(), 0);
    assert!(device.invite_link(&invited).is_some());
}

/// A batch can become durable although the storage says nothing but errors afterwards. Nobody pulls its rows again, so the
/// tab that stored them has to find them where they are.
#[test]
fn an_engine_that_wakes_takes_over_what_was_stored_meanwhile() {
    let memory = Memory::new();
    let (document, key) = new_client(&found(&memory), 1, "Birch");
    let mut relay = relay_for(&memory);
    let mut engine = start(&memory);
    talk(&mut engine, &mut relay, START, LinkEvent::Resumed);
    talk(&mut engine, &mut relay, START + 1, LinkEvent::Closed);
    engine.device().storage().fail_next(Fault::Full);
    let said = talk(&mut engine, &mut relay, START + 2, LinkEvent::Resumed);
    let Some(LinkAction::Timer(at)) = said.last() else { panic!("{said:?}") };

    let other = open(&memory);
    write(&other, document, vec![set(key, "sector", "Shipping")]);
    talk(&mut start(&memory), &mut relay, START + 3, LinkEvent::Resumed);
    let shown = |engine: &Station| {
        let row = engine.device().model().row(document, key).unwrap();
        row.get("sector").as_text().unwrap_or_default().to_owned()
    };
    assert_eq!(shown(&engine), "", "nobody told this tab");
    let said = talk(&mut engine, &mut relay, *at, LinkEvent::Timer);
    assert_eq!(shown(&engine), "Shipping");
    let told = |action: &LinkAction| matches!(action, LinkAction::Changed(it) if it.records.contains(&(document, key)));
    assert!(said.iter().any(told), "{said:?}");
}

#[test]
fn whoever_takes_over_pushes_what_a_dead_tab_had_stored() {
    let memory = Memory::new();
    let (document, key) = new_client(&found(&memory), 1, "Birch");
    let mut relay = relay_for(&memory);
    talk(&mut start(&memory), &mut relay, START, LinkEvent::Resumed);
    let heir = Rc::new(open(&memory));
    // This tab stores an edit and dies before it can tell anybody.
    write(&open(&memory), document, vec![set(key, "sector", "Rail")]);
    assert_eq!(heir.unsynced(), 0, "it does not know");

    let mut engine = finish(Engine::start(Rc::clone(&heir), false)).unwrap();
    let said = talk(&mut engine, &mut relay, START + 1, LinkEvent::Resumed);
    let Some(LinkAction::Changed(changed)) = said.first() else { panic!("{said:?}") };
    assert!(changed.records.contains(&(document, key)), "people see it here as well");
    assert_eq!(relay.rows.len(), 4);
    assert_eq!(heir.unsynced(), 0);
    assert_eq!(heir.model().row(document, key).unwrap().get("sector"), &text("Rail"));
}

/// Nobody may know whether a newcomer's own record was stored. It is looked for, and sent without another edit.
#[test]
fn a_newcomers_record_that_may_be_stored_is_looked_for() {
    let founder = found(&Memory::new());
    let mut log = Log::of(&founder);
    log.push(&founder, true);
    let memory = Memory::new();
    let (invited, link) = log.invite(&founder);
    drop(log.let_in(&invited, link, &memory, "Ben"));
    let mut calls = 0;
    loop {
        let copy = Memory::from_snapshot(&memory.snapshot());
        let mut engine = start(&copy);
        let storage = engine.device().storage();
        storage.fail_at(storage.calls() + calls, Fault::UnknownKept);
        let said = finish(engine.step(START, 0, LinkEvent::Resumed));
        let failed =
            said.iter().any(|action| matches!(action, LinkAction::Failed(SyncError::Storage(_))));
        if failed {
            let Some(LinkAction::Timer(at)) = said.last() else { panic!("{said:?}") };
            let said = finish(engine.step(*at, 0, LinkEvent::Timer));
            // What is to be pushed is asked anew.
            let connects = said.iter().any(|action| matches!(action, LinkAction::Connect));
            assert!(connects, "{calls}: {said:?}");
        }
        assert_eq!(engine.device().unsynced(), 1, "{calls}");
        check_model(&copy);
        if !failed {
            break;
        }
        calls += 1;
    }
    assert!(calls > 1, "what is stored of it can fail");
}

/// Not even the tab that wrote may know whether an edit is stored. Once each tab has looked at the storage, they show it
/// and it is sent.
#[test]
fn an_edit_that_may_be_stored_is_looked_for() {
    let memory = Memory::new();
    let (document, key) = new_client(&found(&memory), 1, "Birch");
    let mut relay = relay_for(&memory);
    let mut engine = start(&memory);
    talk(&mut engine, &mut relay, START, LinkEvent::Resumed);
    let (device, other) = (Rc::clone(engine.device()), open(&memory));
    let storage = device.storage();
    storage.fail_at(storage.calls(), Fault::UnknownKept);
    storage.fail_at(storage.calls() + 1, Fault::Full);
    let stamp = device.stamp(NOW, "edit");
    let written = finish(device.write(document, vec![set(key, "sector", "Rail")], stamp));
    let unknown = matches!(written, Err(WriteError::Storage(StorageError::Unknown(_))));
    assert!(unknown, "{written:?}");
    talk(&mut engine, &mut relay, START + 1, LinkEvent::Dirty);
    assert_eq!(relay.rows.len(), 3, "nobody has looked");

    for tab in [&*device, &other] {
        let changed = finish(tab.refresh(&[])).unwrap();
        assert!(changed.records.contains(&(document, key)));
        assert_eq!(tab.model().row(document, key).unwrap().get("sector"), &text("Rail"));
        assert_eq!(tab.unsynced(), 1);
    }
    talk(&mut engine, &mut relay, START + 2, LinkEvent::Dirty);
    assert_eq!((relay.rows.len(), device.unsynced()), (4, 0));
    check_model(&memory);
}

#[test]
fn a_sample_meets_no_relay() {
    let memory = Memory::new();
    let anna = found_as(&memory, SpaceKind::Sample);
    let started = finish(Engine::start(Rc::new(anna), false));
    assert!(matches!(started, Err(StartError::Sample)));
}
