//! What arrives, and what the relay says to it.

use std::rc::Rc;

use device::sync::LinkEvent;
use relay::session::Session;
use wire::{ClientFrame, CloseReason, Seq};

use super::way::Packet;
use super::{arrival, cut};
use crate::simulator::planted::{self, Bug};
use crate::simulator::relaying;
use crate::simulator::tab::Event;
use crate::simulator::witness;
use crate::simulator::world::World;

/// What is due.
#[derive(Clone, Copy)]
pub(in super::super) enum Due {
    Up(u64),
    Down(u64),
    Wake(u64),
}

/// One thing that is due happens.
pub(in super::super) fn happen(world: &Rc<World>, due: Due) {
    match due {
        Due::Up(number) => arrive(world, number),
        Due::Down(number) => deliver(world, number),
        Due::Wake(number) => wake(world, number),
    }
}

/// Something arrives at the relay.
fn arrive(world: &Rc<World>, number: u64) {
    let now = world.now();
    let mut lines = world.lines.borrow_mut();
    let Some(connection) = lines.connections.get_mut(&number) else { return };
    let Some(packet) = connection.up.take(now) else { return };
    let mut relay = world.relay.borrow_mut();
    let at = arrival(world, &connection.tab);
    match packet {
        Packet::Opened if relay.running => {
            let session = relay.greet();
            connection.down.put(at, Packet::Opened);
            connection.down.put(at, Packet::Message(session.hello()));
            connection.session = Some(session);
        }
        Packet::Opened => {
            connection.up.cut(0);
            connection.down.end(at);
        }
        Packet::Message(first) => {
            let Some(session) = &mut connection.session else { return };
            let mut messages = vec![first];
            // A socket is read in pieces that have nothing to do with messages.
            while world.dice.chance(500)
                && let Some((_, Packet::Message(_))) = connection.up.packets.front()
                && let Some(Packet::Message(next)) = connection.up.take(now)
            {
                messages.push(next);
            }
            let reply = match messages.as_slice() {
                [message] if world.dice.chance(world.weather().ill) && may_fail(message) => {
                    world.count("failures of the relay's store");
                    relay.fail(session, message, world.dice.chance(500))
                }
                messages => relay.answer(session, messages),
            };
            for frame in reply.frames {
                let frame = planted::in_relay(world, frame);
                let at = arrival(world, &connection.tab);
                connection.down.put(at, Packet::Message(frame));
            }
            if reply.close.is_some() {
                connection.session = None;
                connection.down.end(at);
                connection.up.cut(0);
            }
            drop((lines, relay));
            relaying::look(world);
            announce(world);
            if world.dice.chance(world.weather().cut) {
                cut(world, number);
            }
        }
        Packet::Closed => {
            connection.session = None;
            connection.up.closed = true;
            if connection.down.closed {
                lines.connections.remove(&number);
            }
        }
    }
}

/// Whether the store takes part in the answer to this message, and may fail at it.
fn may_fail(message: &[u8]) -> bool {
    matches!(
        ClientFrame::decode(message),
        Ok(ClientFrame::Append { .. }
            | ClientFrame::AppendRecord { .. }
            | ClientFrame::Found { .. })
    )
}

/// Whoever does not know of the newest rows will hear of them.
fn announce(world: &World) {
    let latest = world.now() + world.dice.between(0, 50);
    for connection in world.lines.borrow_mut().connections.values_mut() {
        if connection.session.as_ref().is_some_and(|session| session.space().is_some()) {
            connection.wakes_at.get_or_insert(latest);
        }
    }
}

fn wake(world: &World, number: u64) {
    let head = head(world);
    let mut lines = world.lines.borrow_mut();
    let Some(connection) = lines.connections.get_mut(&number) else { return };
    connection.wakes_at = None;
    let Some(news) = connection.session.as_mut().and_then(|session| session.wake(head)) else {
        return;
    };
    let at = arrival(world, &connection.tab);
    connection.down.put(at, Packet::Message(news));
}

/// The last row of the log.
pub(in super::super) fn head(world: &World) -> Seq {
    let witness = world.witness.borrow();
    let life = world.relay.borrow().life;
    life.and_then(|life| witness.log(life)).map_or(0, witness::Log::head)
}

/// Something arrives at the tab.
fn deliver(world: &World, number: u64) {
    let mut lines = world.lines.borrow_mut();
    let Some(connection) = lines.connections.get_mut(&number) else { return };
    let Some(packet) = connection.down.take(world.now()) else { return };
    let tab = Rc::clone(&connection.tab);
    let event = match packet {
        Packet::Opened => LinkEvent::Opened,
        Packet::Message(message) => LinkEvent::Message(message),
        Packet::Closed => {
            connection.down.closed = true;
            if connection.up.packets.is_empty() {
                lines.connections.remove(&number);
            }
            LinkEvent::Closed
        }
    };
    drop(lines);
    if tab.is_alive() && tab.socket.get() == Some(number) {
        tab.events.put(Event::Socket(number, event));
    }
}

/// The relay stops: with a word to everybody, or not.
pub(in super::super) fn stop_relay(world: &World) {
    let politely = world.dice.chance(500);
    world.note(format!("the relay stops{}", if politely { ", and says so" } else { "" }));
    world.count("stops of the relay");
    let mut relay = world.relay.borrow_mut();
    relay.running = false;
    if world.bug == Some(Bug::RelayLosesLastRow) {
        relay.forget();
    }
    drop(relay);
    for connection in world.lines.borrow_mut().connections.values_mut() {
        let at = arrival(world, &connection.tab);
        connection.session = None;
        connection.wakes_at = None;
        connection.up.cut(0);
        if connection.down.lost {
            continue;
        }
        if politely {
            let closing = Session::closing(CloseReason::Restarting);
            connection.down.put(at, Packet::Message(closing));
            connection.down.end(at);
        } else if world.dice.chance(800) {
            let kept = world.dice.index(connection.down.packets.len() + 1);
            connection.down.cut(kept);
            connection.down.end(at);
        } else {
            connection.down.cut(0);
        }
    }
}
