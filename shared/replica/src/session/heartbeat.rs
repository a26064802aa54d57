//! Whether the socket still lives. Tablets kill sockets without a word.

use wire::Millis;

/// Silence after which the relay is asked whether it is there. Below the minute after which
/// common proxies drop idle connections.
const QUIET: Millis = 30_000;

/// How long an answer may take. Generous: it queues behind a megabyte on a slow line.
const PATIENCE: Millis = 20_000;

/// How long an answer may take after the page came back, when the socket is probably dead.
const PATIENCE_ON_RETURN: Millis = 5_000;

#[derive(Clone, Copy, Debug)]
pub(super) struct Heartbeat {
    heard: Millis,
    /// Until when the ping that is on its way must be answered.
    limit: Option<Millis>,
    pings: u64,
}

/// What is to be done about the socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beat {
    Fine,
    Ping(u64),
    Dead,
}

impl Heartbeat {
    pub(super) fn new(now: Millis) -> Self {
        Self { heard: now, limit: None, pings: 0 }
    }

    /// Anything that arrives is a sign of life.
    pub(super) fn heard(&mut self, now: Millis) {
        self.heard = now;
        self.limit = None;
    }

    pub(super) fn resumed(&mut self, now: Millis) -> Beat {
        let limit = now.saturating_add(PATIENCE_ON_RETURN);
        self.ping(self.limit.map_or(limit, |earlier| earlier.min(limit)))
    }

    pub(super) fn tick(&mut self, now: Millis) -> Beat {
        match self.limit {
            Some(limit) if now >= limit => Beat::Dead,
            None if now >= self.deadline() => self.ping(now.saturating_add(PATIENCE)),
            _ => Beat::Fine,
        }
    }

    /// When to ask next.
    pub(super) fn deadline(&self) -> Millis {
        self.limit.unwrap_or(self.heard.saturating_add(QUIET))
    }

    fn ping(&mut self, limit: Millis) -> Beat {
        self.limit = Some(limit);
        self.pings += 1;
        Beat::Ping(self.pings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_socket_is_asked_and_then_given_up() {
        let mut heart = Heartbeat::new(1000);
        assert_eq!(heart.tick(1000 + QUIET - 1), Beat::Fine);
        assert_eq!(heart.tick(1000 + QUIET), Beat::Ping(1));
        assert_eq!(heart.tick(1000 + QUIET + PATIENCE - 1), Beat::Fine);
        assert_eq!(heart.tick(1000 + QUIET + PATIENCE), Beat::Dead);
    }

    #[test]
    fn any_sign_of_life_calms() {
        let mut heart = Heartbeat::new(0);
        assert_eq!(heart.tick(QUIET), Beat::Ping(1));
        heart.heard(QUIET + 7);
        assert_eq!(heart.tick(QUIET + PATIENCE), Beat::Fine);
        assert_eq!(heart.deadline(), 2 * QUIET + 7);
    }

    #[test]
    fn after_a_return_the_answer_must_come_soon() {
        let mut heart = Heartbeat::new(0);
        assert_eq!(heart.resumed(100), Beat::Ping(1));
        assert_eq!(heart.resumed(200), Beat::Ping(2), "coming back twice does not add patience");
        assert_eq!(heart.tick(100 + PATIENCE_ON_RETURN), Beat::Dead);
    }
}
