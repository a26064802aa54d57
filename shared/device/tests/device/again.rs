//! A set-up token for a workspace whose relay does not have it: taken up by the engine that is running, forgotten where it
//! is no good.

use std::rc::Rc;

use device::Table;
use device::memory::{Memory, OpenVault, finish};
use device::sync::{Engine, LinkAction, LinkEvent};
use replica::{LinkState, Place, StopReason};
use wire::{ClientFrame, Hash, Refusal, RelayFrame};

use crate::kit::*;

/// What the engine asks a relay that refuses everything for this reason: the tokens, empty for a mere greeting.
fn asks(engine: &mut Engine<Memory, OpenVault>, reason: Refusal) -> Vec<String> {
    let mut asked = Vec::new();
    let mut events = vec![LinkEvent::Resumed];
    while let Some(event) = events.pop() {
        for action in finish(engine.step(1_790_000_000_000, 0, event)) {
            match action {
                LinkAction::Connect => {
                    let hello = RelayFrame::Hello { versions: (1, 2), nonce: [5; 32] };
                    events.push(LinkEvent::Message(hello.encode()));
                    events.push(LinkEvent::Opened);
                }
                LinkAction::Send(message) => {
                    asked.push(match ClientFrame::decode(&message).unwrap() {
                        ClientFrame::Connect { .. } => String::new(),
                        ClientFrame::Found { token, .. } => token,
                        ClientFrame::FoundAgain { token, records } => {
                            assert_eq!(records.len(), 3, "found, invite, join");
                            token
                        }
                        other => panic!("{other:?}"),
                    });
                    let refused = RelayFrame::Refused { hash: Hash::ZERO, reason };
                    events.push(LinkEvent::Message(refused.encode()));
                }
                _ => {}
            }
        }
    }
    asked
}

fn told(reason: Refusal) -> Option<LinkState> {
    Some(LinkState::Stopped(StopReason::Refused(reason)))
}

#[test]
fn a_token_that_the_relay_does_not_take_is_forgotten_and_another_is_taken_up() {
    let (ours, theirs) = (Memory::new(), Memory::new());
    let anna = found(&ours);
    let mut log = Log::of(&anna);
    drop(log.join(&anna, &theirs, "Ben"));
    log.pull(&anna).unwrap();
    let founded = Place { founded: true, ..anna.place().unwrap() };
    finish(anna.apply(Vec::new(), founded)).unwrap();
    let mut engine = finish(Engine::start(Rc::new(open(&ours)), false)).unwrap();
    let kept = || ours.peek(Table::Keys).contains_key("token");
    assert_eq!(asks(&mut engine, Refusal::SpaceUnknown), [""]);
    assert_eq!(engine.state().cloned(), told(Refusal::SpaceUnknown));

    // Another tab of the profile is handed the link.
    finish(anna.set_up_again("http://localhost:7117", "wrong")).unwrap();
    assert!(kept());
    assert_eq!(asks(&mut engine, Refusal::TokenWrong), ["wrong"]);
    assert_eq!(engine.state().cloned(), told(Refusal::TokenWrong), "the person is told why");
    assert!(!kept());
    // A relay that has the workspace after all is to be greeted and not to be asked again.
    assert_eq!(asks(&mut engine, Refusal::SpaceUnknown), [""]);
    assert_eq!(engine.state().cloned(), told(Refusal::SpaceUnknown));
    assert!(open(&ours).place().unwrap().founded);

    finish(anna.set_up_again("http://localhost:7117", "better")).unwrap();
    assert_eq!(asks(&mut engine, Refusal::TokenUsed), ["better", ""]);
    assert!(!kept());
}

#[test]
fn a_space_that_never_was_on_a_relay_waits_for_a_better_token() {
    let ours = Memory::new();
    let anna = found(&ours);
    let mut engine = finish(Engine::start(Rc::new(open(&ours)), false)).unwrap();
    let first = asks(&mut engine, Refusal::TokenWrong);
    assert_eq!(first.len(), 1);
    assert_eq!(asks(&mut engine, Refusal::TokenWrong), first, "by the same session");
    assert_eq!(engine.state().cloned(), told(Refusal::TokenWrong));
    assert!(!open(&ours).place().unwrap().founded);
    finish(anna.set_up_again("http://localhost:7117", "better")).unwrap();
    assert_eq!(asks(&mut engine, Refusal::TokenWrong), ["better"]);
}
