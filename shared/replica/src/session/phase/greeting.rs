//! The device says who it is and how far it has read; the relay says what it knows of both.

use wire::{ClientFrame, Hash, LogId, Millis, Refusal, RelayFrame, Seq, SessionId, connect_input};

use super::{Phase, next, recalling};
use crate::session::backoff::up_to;
use crate::session::line::{Event, Line};
use crate::session::member::Member;
use crate::session::walk::Walker;
use crate::session::{Cx, Effect, StopReason};

/// After a restore a whole team reads the log from its first row again; each begins at a random
/// moment within this time.
const NEW_LIFE_SPREAD: Millis = 5_000;

/// Waits for `Connected`.
#[derive(Debug)]
pub(in crate::session) struct Greeting;

pub(super) fn begin(member: &Member, line: &mut Line, nonce: &[u8; 32], version: u8) -> Phase {
    connect(member, line, nonce, version, false);
    Phase::Greeting(Greeting)
}

/// Says who one is: as a device of the team, or (`as_invite`) as somebody who may read its roster only.
pub(super) fn connect(
    member: &Member,
    line: &mut Line,
    nonce: &[u8; 32],
    version: u8,
    as_invite: bool,
) {
    let device = member.secrets.device();
    let place = &member.place;
    let input = connect_input(nonce, &place.space, &member.origin, &device);
    line.send(&ClientFrame::Connect {
        version,
        space: place.space,
        origin: member.origin.clone(),
        device,
        as_invite,
        cursor: place.cursor,
        log: place.log,
        signature: member.secrets.sign(&input),
    });
}

impl Greeting {
    pub(super) fn on(
        self,
        member: &mut Member,
        line: &mut Line,
        cx: &mut Cx<'_>,
        event: Event,
    ) -> Phase {
        match event {
            Event::Nudge => Phase::Greeting(self),
            Event::Frame(RelayFrame::Connected {
                log,
                head,
                chain_at_cursor,
                last_session,
                ..
            }) => {
                line.established(cx);
                member.head = head;
                match compare(member, log, head, chain_at_cursor) {
                    Comparison::Same => same(member, line, cx, log, last_session),
                    Comparison::NewLife => new_life(member, line, cx, log),
                    Comparison::Stop(reason) => member.stop(line, cx, reason),
                }
            }
            Event::Frame(RelayFrame::Refused { reason, .. }) => refused(member, line, cx, reason),
            Event::Frame(_) => member.retry(line, cx),
        }
    }
}

pub(super) enum Comparison {
    Same,
    NewLife,
    Stop(StopReason),
}

/// Whether the relay's log is the one that this device has read so far.
pub(super) fn compare(member: &Member, log: LogId, head: Seq, chain: Option<Hash>) -> Comparison {
    let place = &member.place;
    if place.log.is_some_and(|known| known != log) {
        return Comparison::NewLife;
    }
    if head < place.cursor {
        return Comparison::Stop(StopReason::RolledBack { head, cursor: place.cursor });
    }
    match chain {
        Some(chain) if chain == place.chain => Comparison::Same,
        _ => Comparison::Stop(StopReason::Forked { seq: place.cursor }),
    }
}

fn same(
    member: &mut Member,
    line: &mut Line,
    cx: &mut Cx<'_>,
    log: LogId,
    last_session: Option<SessionId>,
) -> Phase {
    member.place.log = Some(log);
    // A device that connects exists in the log, and so does the space.
    member.place.founded = true;
    member.chores.look_soon(cx);
    member.chores.ask_soon();
    match last_session {
        Some(session) if !member.place.sessions.contains(&session) => {
            recalling::begin(line, session)
        }
        _ => next(member, line, cx),
    }
}

/// Forgets how far the old life was read. The place counts at once, so that a reconnection before
/// it is stored does not take the same life for news again; nothing is done until it is stored.
fn new_life(member: &mut Member, line: &mut Line, cx: &mut Cx<'_>, log: LogId) -> Phase {
    let place = member.place.in_new_life(log);
    member.walker = Walker::at(&place);
    member.place = place.clone();
    member.waits.storing += 1;
    line.ask(Effect::NewLife { place });
    let wait = up_to(cx, NEW_LIFE_SPREAD);
    member.drop_for(line, cx, wait)
}

fn refused(member: &mut Member, line: &mut Line, cx: &mut Cx<'_>, reason: Refusal) -> Phase {
    let reason = match reason {
        Refusal::RateLimited | Refusal::Unavailable => return member.retry(line, cx),
        Refusal::VersionUnsupported => StopReason::Update,
        Refusal::NotActive => return member.doubt(line, cx),
        // The token had made somebody else's space.
        Refusal::SpaceUnknown if member.token_used => StopReason::Refused(Refusal::TokenUsed),
        reason => StopReason::Refused(reason),
    };
    member.stop(line, cx, reason)
}
