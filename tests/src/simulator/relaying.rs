//! The relay: its own sessions over its own store in memory. It can be stopped at any moment; the
//! store stays.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use device::memory::finish;
use rand_chacha::ChaCha20Rng;
use rand_core::Rng;
use relay::session::{Reply, Session, Terms};
use relay::store::{Log as _, Memory, Pulled, Tokens as _};
use wire::{ClientFrame, Hash, LogId, Record, Refusal, RelayFrame, Roster, RowKind, Seq, SpaceId};

use super::dice::Dice;
use super::world::{ORIGIN, World};

/// Pulls of the witness ask for this much.
const ALL: u32 = u32::MAX;

/// One relay.
pub(super) struct Relay {
    store: Memory,
    /// What the store was like some time ago.
    earlier: Option<Memory>,
    terms: Arc<Terms>,
    rng: ChaCha20Rng,
    clock: Arc<AtomicU64>,
    pub(super) running: bool,
    /// Its log is in another life than the first.
    pub(super) restored: bool,
    pub(super) token: String,
    pub(super) space: Option<SpaceId>,
    pub(super) life: Option<LogId>,
    pub(super) roster: Option<Arc<Roster>>,
}

impl Relay {
    pub(super) fn new(dice: &Dice, clock: Arc<AtomicU64>) -> Self {
        let time = Arc::clone(&clock);
        let store = Memory::new(Arc::new(move || time.load(Ordering::Relaxed)));
        let mut rng = dice.rng();
        let token = relay::token::make(&mut rng);
        let put = finish(store.put_token(relay::token::digest(&token), 0, false));
        debug_assert!(put.is_ok());
        Self {
            store,
            earlier: None,
            terms: terms(),
            rng,
            clock,
            running: true,
            restored: false,
            token,
            space: None,
            life: None,
            roster: None,
        }
    }

    /// A connection begins.
    pub(super) fn greet(&mut self) -> Session {
        let mut nonce = [0; 32];
        self.rng.fill_bytes(&mut nonce);
        Session::new(nonce, Arc::clone(&self.terms))
    }

    /// A message that the store fails at: it may have been taken in even so.
    pub(super) fn fail(&mut self, session: &mut Session, message: &[u8], taken: bool) -> Reply {
        if taken {
            drop(self.answer(session, &[message.to_vec()]));
        }
        let hash = match ClientFrame::decode(message) {
            Ok(ClientFrame::Append { envelope }) => RowKind::Changes.hash_of(&envelope),
            Ok(ClientFrame::AppendRecord { record }) => Record::hash_of(&record),
            _ => Hash::ZERO,
        };
        let refused = RelayFrame::Refused { hash, reason: Refusal::Unavailable };
        Reply { frames: vec![refused.encode()], ..Reply::default() }
    }

    /// Messages of one connection that arrived together.
    pub(super) fn answer(&mut self, session: &mut Session, messages: &[Vec<u8>]) -> Reply {
        let now = self.clock.load(Ordering::Relaxed);
        finish(session.handle_all(&self.store, now, &mut self.rng, messages))
    }

    /// The rows after `after`.
    pub(super) fn rows(&self, after: Seq) -> Option<Pulled> {
        finish(self.store.pull(self.space?, after, ALL)).ok()?
    }

    /// Remembers what the store is like, for a relay that will forget.
    pub(super) fn remember(&mut self) {
        self.earlier = Some(self.store.backup());
    }

    /// Goes on with what it remembers.
    pub(super) fn forget(&mut self) {
        if let Some(earlier) = self.earlier.take() {
            self.store = earlier;
        }
    }

    /// The operator puts back what the store was like some time ago, and begins another life of
    /// the log.
    pub(super) fn restore(&mut self) {
        self.forget();
        self.restored = true;
        let mut log = LogId([0; 16]);
        self.rng.fill_bytes(&mut log.0);
        if let Some(space) = self.space {
            let begun = finish(self.store.new_life(space, log));
            debug_assert!(begun.is_ok());
        }
    }

    /// The roster in the backup; `None` if there is no backup of the space.
    pub(super) fn roster_in_backup(&self) -> Option<Arc<Roster>> {
        let pulled = finish(self.earlier.as_ref()?.pull(self.space?, 0, 1)).ok()??;
        Some(pulled.standing.roster)
    }

    /// Another process over the same store.
    pub(super) fn start(&mut self) {
        self.terms = terms();
        self.running = true;
    }
}

fn terms() -> Arc<Terms> {
    Arc::new(Terms::new(ORIGIN.parse().into_iter().collect()))
}

/// Shows the witness what the relay has written.
pub(super) fn look(world: &World) {
    let mut relay = world.relay.borrow_mut();
    let mut witness = world.witness.borrow_mut();
    if !witness.knows_the_key() {
        return;
    }
    let Some(Pulled { standing, .. }) = relay.rows(Seq::MAX) else { return };
    let life = standing.log;
    let known = witness.log(life).map_or(0, super::witness::Log::head);
    let Some(Pulled { rows, chain, .. }) = relay.rows(known) else { return };
    let verdict = witness
        .still_there(life, standing.head, standing.chain)
        .and_then(|()| {
            let secrets = || world.profiles.borrow().iter().filter_map(|it| it.secrets()).collect();
            witness.appended(life, &standing.roster, &rows, secrets)
        })
        .and_then(|()| match witness.chain(life) {
            seen if seen == chain => Ok(()),
            _ => Err(("I3: the chain verifies", format!("not at row {}", standing.head))),
        });
    relay.life = Some(life);
    relay.roster = Some(standing.roster);
    drop((relay, witness));
    world.judge(verdict);
}
