//! The device's half of one conversation with the relay.
//!
//! A [`Session`] is pure: it is told what happened ([`Input`]), answers with what is to be done
//! ([`Effect`]), and knows neither clock nor socket nor storage. It lives as long as the page and
//! goes through many connections.
//!
//! # The way of a connection
//!
//! connect → say hello → pull to the head of the log → derive what the relay lacks → push it →
//! rest, and again from the pull whenever something is new on either side. At rest it looks after
//! snapshots: it makes one where the relay asked for it, and vouches for those of others. Every batch of rows is
//! verified whole before any of it is handed out, and handed out to be stored together with the
//! new [`Place`]; only what is stored moves the cursor. What is pushed is derived anew after every
//! refusal and every reconnection, so nothing that was lost on the way stays lost.
//!
//! Three kinds of session exist: that of a member's device ([`Session::new`]), of a founder, which
//! first asks the relay to take the space ([`Session::founding`]), and of a newcomer, which first
//! comes in by an invite ([`Session::joining`]) or by the recovery kit ([`Session::recovering`]). The
//! latter two become the first.
//!
//! A device that the relay no longer takes for one of the team reads the roster once more. Only a
//! record that names it ends its session, for good ([`StopReason::Removed`]).
//!
//! # How the parts divide the work
//!
//! - `line`: sockets, timers, backoff, signs of life, and what is shown to people;
//! - `walk` and `judge`: rows in, verified and opened rows out;
//! - `member` and its phases, one file each: what to do next while connected;
//! - `newcomer` and its phases: the same until the join is in the log.

mod asked;
mod backoff;
mod effect;
mod envelope;
mod heartbeat;
mod input;
mod judge;
mod line;
mod member;
mod newcomer;
mod phase;
mod records;
mod state;
mod walk;

use rand_core::CryptoRng;
use wire::{MemberId, Millis};

pub use effect::{Content, Effect, OpenedRow, SkipReason, Skipped, Vouch};
pub use input::Input;
pub use state::{LinkState, StopReason};

use crate::{DeviceSecrets, InviteLink, KeyRing, Place, RecoverySheet};
use line::Line;
use member::Member;
use newcomer::{Door, Newcomer};

/// See the [module's text](self).
pub struct Session {
    line: Line,
    side: Side,
}

/// Who is talking.
enum Side {
    Member(Box<Member>),
    Newcomer(Box<Newcomer>),
}

/// What a step may draw on.
pub(crate) struct Cx<'a> {
    now: Millis,
    rng: &'a mut dyn CryptoRng,
}

impl Session {
    /// The session of a device that belongs to the space. It begins with [`Input::Resumed`].
    ///
    /// `origin` is the relay's, as it is dialled: the signature of every connection covers it.
    #[must_use]
    pub fn new(place: Place, secrets: DeviceSecrets, ring: KeyRing, origin: String) -> Self {
        Self::member(Member::new(place, secrets, ring, origin, None))
    }

    /// The session of a founder's device while [`Place::founded`] is false: it hands the `found`
    /// record to the relay first, with the relay's set-up token (empty where none is asked for).
    /// Trying again after a lost answer founds nothing twice.
    #[must_use]
    pub fn founding(
        place: Place,
        secrets: DeviceSecrets,
        ring: KeyRing,
        origin: String,
        token: String,
    ) -> Self {
        Self::member(Member::new(place, secrets, ring, origin, Some(token)))
    }

    /// The session of somebody who was invited: it joins as `member` with the device `secrets`,
    /// which must be durable before. If the answer to the `join` was lost, a session with the same
    /// link, member and secrets finds out that it had joined.
    #[must_use]
    pub fn joining(link: InviteLink, member: MemberId, secrets: DeviceSecrets) -> Self {
        Self::newcomer(Newcomer::new(Door::invite(link, member), secrets))
    }

    /// The session of an owner who has lost every device and kept the recovery kit. The device
    /// `secrets`, which must be durable before, is linked to `owner`, or where none is named to
    /// whoever made the kit. It should then remove what was lost, which brings another kit.
    #[must_use]
    pub fn recovering(
        sheet: RecoverySheet,
        owner: Option<MemberId>,
        secrets: DeviceSecrets,
    ) -> Self {
        Self::newcomer(Newcomer::new(Door::kit(sheet, owner), secrets))
    }

    fn newcomer(newcomer: Newcomer) -> Self {
        Self { line: Line::new(), side: Side::Newcomer(Box::new(newcomer)) }
    }

    fn member(member: Member) -> Self {
        Self { line: Line::new(), side: Side::Member(Box::new(member)) }
    }

    /// Takes what happened, answers with what is to be done, in that order.
    #[must_use]
    pub fn handle(&mut self, now: Millis, rng: &mut dyn CryptoRng, input: Input) -> Vec<Effect> {
        let mut cx = Cx { now, rng };
        match &mut self.side {
            Side::Member(member) => member.handle(&mut self.line, &mut cx, input),
            Side::Newcomer(newcomer) => {
                if let Some(member) = newcomer.handle(&mut self.line, &mut cx, input) {
                    self.side = Side::Member(Box::new(member));
                }
            }
        }
        self.line.effects()
    }

    /// The place as this session knows it; `None` before a newcomer has joined.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match &self.side {
            Side::Member(member) => Some(&member.place),
            Side::Newcomer(_) => None,
        }
    }

    /// The set-up token with which it asks the relay to take the space; `None` where the relay has it.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        match &self.side {
            Side::Member(member) if !member.place.founded => member.token.as_deref(),
            _ => None,
        }
    }

    /// What was shown last; `None` before the first input.
    #[must_use]
    pub fn state(&self) -> Option<&LinkState> {
        self.line.shown()
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("state", &self.state()).finish_non_exhaustive()
    }
}
