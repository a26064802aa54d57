//! One direction of a connection.

use std::collections::VecDeque;

/// See the [module's text](self).
#[derive(Default)]
pub(super) struct Way {
    pub(super) packets: VecDeque<(u64, Packet)>,
    /// Nothing that is sent from now on arrives.
    pub(super) lost: bool,
    /// Nobody listens any more.
    pub(super) closed: bool,
}

/// What travels.
pub(super) enum Packet {
    Opened,
    Message(Vec<u8>),
    Closed,
}

impl Way {
    pub(super) fn put(&mut self, at: u64, packet: Packet) {
        if !self.lost && !self.closed {
            let last = self.packets.back().map_or(0, |(at, _)| *at);
            self.packets.push_back((at.max(last), packet));
        }
    }

    /// What comes after the first `kept` packets, and all that is sent later, is lost.
    pub(super) fn cut(&mut self, kept: usize) {
        self.packets.truncate(kept);
        self.lost = true;
    }

    /// The end that arrives even so.
    pub(super) fn end(&mut self, at: u64) {
        if !self.closed {
            let last = self.packets.back().map_or(0, |(at, _)| *at);
            self.packets.push_back((at.max(last), Packet::Closed));
            self.lost = true;
        }
    }

    pub(super) fn due_at(&self) -> Option<u64> {
        self.packets.front().map(|(at, _)| *at)
    }

    pub(super) fn take(&mut self, now: u64) -> Option<Packet> {
        self.packets.pop_front_if(|(at, _)| *at <= now).map(|(_, packet)| packet)
    }
}
