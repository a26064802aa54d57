//! The network between tabs and the relay.
//!
//! A connection is two ways, in order like TCP's, each message with a delay of its own. Different
//! connections know nothing of each other: what was sent on one that was given up may arrive after
//! what was sent on the next.

mod delivery;
mod way;

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use relay::session::Session;
use wire::{ClientFrame, Envelope, RelayFrame};

use super::planted::Bug;
use super::tab::Tab;
use super::world::World;
pub(super) use delivery::{Due, happen, head, stop_relay};
use way::{Packet, Way};

/// All connections there are.
#[derive(Default)]
pub(super) struct Lines {
    connections: BTreeMap<u64, Connection>,
    last: u64,
    /// Envelopes that were sent, for whoever repeats one.
    posted: VecDeque<(usize, Vec<u8>)>,
}

/// How many envelopes are remembered for repetition.
const POSTED: usize = 8;

/// A connection of a tab.
struct Connection {
    tab: Rc<Tab>,
    up: Way,
    down: Way,
    /// The relay's side of it.
    session: Option<Session>,
    /// When the relay tells it of new rows.
    wakes_at: Option<u64>,
}

impl Lines {
    /// Everything that could happen now.
    pub(super) fn due(&self, now: u64) -> Vec<Due> {
        let mut due = Vec::new();
        for (number, connection) in &self.connections {
            let is = |at: Option<u64>| at.is_some_and(|at| at <= now);
            if is(connection.up.due_at()) {
                due.push(Due::Up(*number));
            }
            if is(connection.down.due_at()) {
                due.push(Due::Down(*number));
            }
            if is(connection.wakes_at) {
                due.push(Due::Wake(*number));
            }
        }
        due
    }

    /// When the next thing happens.
    pub(super) fn next(&self) -> Option<u64> {
        let of = |it: &Connection| [it.up.due_at(), it.down.due_at(), it.wakes_at];
        self.connections.values().flat_map(of).flatten().min()
    }

    /// The connections that are not given up, by number.
    pub(super) fn open(&self) -> Vec<u64> {
        let open = self.connections.iter().filter(|(_, it)| !it.up.lost && !it.down.closed);
        open.map(|(number, _)| *number).collect()
    }
}

/// How long a message of this tab takes.
fn arrival(world: &World, tab: &Tab) -> u64 {
    let (least, most) = tab.profile.latency.get();
    world.now() + world.dice.between(least, most)
}

/// Opens a connection, and gives up the one before.
pub(super) fn dial(world: &Rc<World>, tab: &Rc<Tab>) {
    hang_up(world, tab);
    let mut lines = world.lines.borrow_mut();
    lines.last += 1;
    let number = lines.last;
    tab.socket.set(Some(number));
    let (mut up, mut down) = (Way::default(), Way::default());
    let reachable = tab.profile.online.get() && world.relay.borrow().running;
    let at = arrival(world, tab);
    if reachable {
        up.put(at, Packet::Opened);
    } else if world.dice.chance(700) {
        world.count("dialled in vain");
        up.lost = true;
        down.end(at);
    } else {
        // Nobody answers at all.
        world.count("dialled into nothing");
        up.lost = true;
        down.lost = true;
    }
    world.count("connections");
    let connection = Connection { tab: Rc::clone(tab), up, down, session: None, wakes_at: None };
    lines.connections.insert(number, connection);
}

/// The tab sends a message on its connection.
pub(super) fn send(world: &Rc<World>, tab: &Rc<Tab>, message: Vec<u8>) {
    let mut verdict = world.witness.borrow_mut().sent(tab.profile.index, &message);
    // Two tabs that both talk to the relay may differ in what they know.
    if verdict.is_ok() && world.locks {
        verdict = world.witness.borrow().for_whom(tab.profile.index, &message);
    }
    world.judge(verdict);
    let Some(number) = tab.socket.get() else { return };
    let Some(message) = swallow(world, number, message) else { return };
    let mut lines = world.lines.borrow_mut();
    if is_append(&message) {
        lines.posted.push_back((tab.profile.index, message.clone()));
        if lines.posted.len() > POSTED {
            lines.posted.pop_front();
        }
    }
    let at = arrival(world, tab);
    let Some(connection) = lines.connections.get_mut(&number) else { return };
    connection.up.put(at, Packet::Message(message));
    drop(lines);
    if world.dice.chance(world.weather().repeat) {
        repeat(world);
    }
    if world.dice.chance(world.weather().cut) {
        cut(world, number);
    }
}

fn is_append(message: &[u8]) -> bool {
    matches!(ClientFrame::decode(message), Ok(ClientFrame::Append { .. }))
}

/// What a broken network makes of a message.
fn swallow(world: &World, number: u64, message: Vec<u8>) -> Option<Vec<u8>> {
    match world.bug {
        Some(Bug::NetworkSwallows) if world.dice.chance(20) => None,
        Some(Bug::NetworkAcknowledges) if is_append(&message) && world.dice.chance(50) => {
            let Ok(ClientFrame::Append { envelope }) = ClientFrame::decode(&message) else {
                return Some(message);
            };
            let envelope = Envelope::parse(&envelope).ok()?;
            let (counter, hash) = (envelope.header.counter, envelope.hash());
            let mut lines = world.lines.borrow_mut();
            let down = &mut lines.connections.get_mut(&number)?.down;
            let answer = RelayFrame::Appended { counter, hash, seq: 1_000_000 }.encode();
            down.put(world.now(), Packet::Message(answer));
            None
        }
        _ => Some(message),
    }
}

/// A connection breaks, in one of many ways.
pub(super) fn cut(world: &World, number: u64) {
    let (now, dice) = (world.now(), &world.dice);
    let mut lines = world.lines.borrow_mut();
    let Some(Connection { tab, up, down, .. }) = lines.connections.get_mut(&number) else { return };
    if up.lost {
        return;
    }
    let (kept_up, kept_down) =
        (dice.index(up.packets.len() + 1), dice.index(down.packets.len() + 1));
    let how = match dice.below(4) {
        0 => {
            up.cut(kept_up);
            down.cut(kept_down);
            "without a word"
        }
        1 => {
            // What was sent arrives; the answers to it do not.
            up.end(now + dice.between(0, 2000));
            down.cut(kept_down);
            down.end(now + dice.between(0, 2000));
            "before the answer"
        }
        2 => {
            up.cut(kept_up);
            up.end(now + dice.between(0, 2000));
            down.end(now + dice.between(0, 2000));
            "on the way there"
        }
        _ => {
            up.cut(kept_up);
            down.cut(kept_down);
            up.end(now);
            down.end(now);
            "on both ways"
        }
    };
    let name = tab.name();
    drop(lines);
    world.note(format!("{name}: connection {number} breaks {how}"));
    world.count_at(format!("connections cut {how}"));
}

/// The tab gives up its connection. What it has sent may still arrive.
pub(super) fn hang_up(world: &World, tab: &Tab) {
    let Some(number) = tab.socket.take() else { return };
    let mut lines = world.lines.borrow_mut();
    let Some(connection) = lines.connections.get_mut(&number) else { return };
    connection.down.closed = true;
    connection.down.packets.clear();
    if connection.up.lost && connection.up.packets.is_empty() {
        lines.connections.remove(&number);
        return;
    }
    if world.dice.chance(300) {
        let kept = world.dice.index(connection.up.packets.len() + 1);
        connection.up.cut(kept);
    }
    let at = arrival(world, tab);
    connection.up.end(at);
}

/// Hands an envelope that was sent before to the relay again, on the sender's present connection.
fn repeat(world: &World) {
    let mut lines = world.lines.borrow_mut();
    let posted: Vec<_> = lines.posted.iter().cloned().collect();
    let Some((profile, message)) = world.dice.pick(&posted) else { return };
    let connection = lines.connections.values_mut().find(|connection| {
        let known = connection.session.as_ref().is_some_and(|it| it.space().is_some());
        connection.tab.profile.index == profile && known && !connection.up.lost
    });
    let Some(connection) = connection else { return };
    let at = arrival(world, &connection.tab);
    connection.up.put(at, Packet::Message(message));
    drop(lines);
    world.count("envelopes repeated");
}
