//! The sync sentence: what is true of the link and of what only this device has.

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use leptos::prelude::*;
use replica::session::{LinkState, StopReason};
use wire::Refusal;

use super::space::Space;
use crate::{
    platform::clock,
    texts::{again, relay as t, roster, trouble},
    ui::model::{AtRelay, Sync, Unsent},
};

/// Shows what is so now.
pub(super) fn show(space: &Space) {
    let unsent = unsent(space);
    let shown = space.shown.borrow().clone();
    let sync = match sentence(shown.as_ref(), unsent) {
        _ if space.is_sample() => Sync::NoRelay,
        _ if at_relay(space) == AtRelay::Never => Sync::Stopped(again::never().into()),
        Sync::Safe => lost_row(space).map_or(Sync::Safe, |row| Sync::Stopped(t::lost_row(row))),
        sync => sync,
    };
    if space.app.sync.try_get_untracked().is_some_and(|known| known != sync) {
        space.app.sync.set(sync);
    }
    let troubled =
        space.device.troubled().iter().map(|(_, standing)| standing.quarantined as u64).sum();
    let last_sync = matches!(shown, Some(LinkState::Live)).then(|| local(clock::now())).flatten();
    let truth = space.app.device.get_untracked();
    let (restored, at_relay) = (restored(space), at_relay(space));
    let told = (truth.quarantined, truth.only_here, truth.restored, truth.at_relay)
        == (troubled, unsent.all(), restored, at_relay);
    if !told || last_sync.is_some() {
        space.app.device.update(|truth| {
            truth.quarantined = troubled;
            truth.restored = restored;
            truth.at_relay = at_relay;
            truth.only_here = unsent.all();
            truth.last_sync = last_sync.or(truth.last_sync);
        });
    }
}

/// Whether the relay has this workspace, by what it said last.
pub(super) fn at_relay(space: &Space) -> AtRelay {
    let was_there = || space.device.place().is_some_and(|place| place.log.is_some());
    match &*space.shown.borrow() {
        _ if space.is_sample() => AtRelay::Unsaid,
        None | Some(LinkState::Connecting | LinkState::Offline { .. }) => AtRelay::Unsaid,
        Some(
            LinkState::Live | LinkState::CatchingUp { .. } | LinkState::Parted | LinkState::Held(_),
        ) => AtRelay::There,
        Some(LinkState::Stopped(StopReason::Refused(Refusal::SpaceUnknown))) => AtRelay::Gone,
        Some(LinkState::Stopped(StopReason::Refused(Refusal::TokenWrong | Refusal::TokenUsed)))
            if !was_there() =>
        {
            AtRelay::Never
        }
        Some(LinkState::Stopped(_)) => AtRelay::Shut,
    }
}

/// How many lives of the log this device has seen end.
pub(super) fn restored(space: &Space) -> u64 {
    space.device.place().map_or(0, |place| place.lives.len() as u64)
}

/// The first row that the relay has lost, if it has lost one. To be asked where everything was read.
fn lost_row(space: &Space) -> Option<u64> {
    space.device.place()?.covers.first()
}

/// What only this device has.
pub(super) fn unsent(space: &Space) -> Unsent {
    let attachments = space.porter.only_here.get();
    Unsent { changes: space.device.unsynced(), attachments }
}

/// Something on this device keeps sync or storage from working.
pub(super) fn stopped(space: &Space, sentence: &str) {
    space.app.sync.set(Sync::Stopped(trouble::stopped(sentence)));
}

fn sentence(shown: Option<&LinkState>, unsent: Unsent) -> Sync {
    match shown {
        None | Some(LinkState::Connecting) if unsent.is_nothing() => {
            Sync::Offline { since: None, unsent }
        }
        None | Some(LinkState::Connecting) => Sync::OnlyHere(unsent),
        Some(LinkState::Offline { since }) => Sync::Offline { since: local(*since), unsent },
        Some(LinkState::Live | LinkState::CatchingUp { .. }) if !unsent.is_nothing() => {
            Sync::OnlyHere(unsent)
        }
        Some(LinkState::Live) => Sync::Safe,
        Some(LinkState::CatchingUp { at, of }) => Sync::CatchingUp { at: *at, of: *of },
        Some(LinkState::Parted) => Sync::Stopped(t::parted().into()),
        Some(LinkState::Held(refusal)) => Sync::Stopped(held(*refusal)),
        Some(LinkState::Stopped(reason)) => Sync::Stopped(stop(reason)),
    }
}

/// Why the relay does not take what was done here, what is safe, what to do.
fn held(refusal: Refusal) -> String {
    match refusal {
        Refusal::Quota => t::quota().into(),
        Refusal::Role => t::may_only_read().into(),
        Refusal::NotActive => t::not_active().into(),
        other => t::not_taken(&other.to_string()),
    }
}

/// Why the link stopped: what is so, what is safe, what to do.
pub(super) fn stop(reason: &StopReason) -> String {
    match reason {
        StopReason::RolledBack { .. } => t::rolled_back(),
        StopReason::Forked { .. } => t::forked(),
        StopReason::Damaged { .. } => t::damaged(),
        StopReason::AnotherCopy { .. } => t::another_copy(),
        StopReason::Update => t::update(),
        StopReason::NotActive => t::not_active(),
        StopReason::NoKey => t::no_key(),
        StopReason::WrongLog => t::wrong_log(),
        StopReason::Removed { left: true, .. } => t::left_team(),
        StopReason::Removed { wipe: true, .. } => t::removed_to_wipe(),
        StopReason::Removed { .. } => t::removed(),
        StopReason::KitUnknown => t::kit_unknown(),
        StopReason::Refused(Refusal::SpaceUnknown) => again::gone(),
        StopReason::Refused(refusal) => return refused(*refusal),
    }
    .into()
}

/// What a refusal means to a person who changes the team, or starts or joins a workspace.
pub(super) fn refused(refusal: Refusal) -> String {
    match refusal {
        Refusal::InviteUsed => t::invite_used(),
        Refusal::InviteExpired => t::invite_expired(),
        Refusal::InviteRevoked => t::invite_revoked(),
        Refusal::InviteUnknown => t::invite_unknown(),
        Refusal::RosterHead { .. } => t::roster_head(),
        Refusal::TokenWrong => t::token_wrong(),
        Refusal::TokenUsed => t::token_used(),
        Refusal::OriginMismatch => t::origin_mismatch(),
        Refusal::NotActive => t::not_active(),
        Refusal::RateLimited => t::rate_limited(),
        Refusal::SpaceUnknown => t::space_unknown(),
        Refusal::Role => roster::no_role(),
        other => return t::refused(&other.to_string()),
    }
    .into()
}

/// A moment as the clock on the wall shows it here.
pub(super) fn local(ms: u64) -> Option<NaiveDateTime> {
    let offset = FixedOffset::east_opt(i32::from(clock::offset_minutes(ms)) * 60)?;
    let at = DateTime::from_timestamp_millis(i64::try_from(ms).ok()?)?;
    Some(at.with_timezone(&offset).naive_local())
}
