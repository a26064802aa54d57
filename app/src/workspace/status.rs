//! The sync sentence: what is true of the link and of what only this device has.

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use leptos::prelude::*;
use replica::session::{LinkState, StopReason};
use wire::Refusal;

use super::space::Space;
use crate::{platform::clock, ui::model::Sync};

/// Shows what is so now.
pub(super) fn show(space: &Space) {
    let changes = space.device.unsynced();
    let shown = space.shown.borrow().clone();
    let sync = if space.is_sample() { Sync::NoRelay } else { sentence(shown.as_ref(), changes) };
    if space.app.sync.try_get_untracked().is_some_and(|known| known != sync) {
        space.app.sync.set(sync);
    }
    let troubled =
        space.device.troubled().iter().map(|(_, standing)| standing.quarantined as u64).sum();
    let last_sync = matches!(shown, Some(LinkState::Live)).then(|| local(clock::now())).flatten();
    let truth = space.app.device.get_untracked();
    if truth.quarantined != troubled || last_sync.is_some() {
        space.app.device.update(|truth| {
            truth.quarantined = troubled;
            truth.last_sync = last_sync.or(truth.last_sync);
        });
    }
}

/// Something on this device keeps sync or storage from working.
pub(super) fn stopped(space: &Space, sentence: &str) {
    space.app.sync.set(Sync::Stopped(format!(
        "{}. What is saved on this device stays here; reload to try again.",
        capitalised(sentence)
    )));
}

fn sentence(shown: Option<&LinkState>, changes: u64) -> Sync {
    match shown {
        None | Some(LinkState::Connecting) if changes == 0 => {
            Sync::Offline { since: None, changes }
        }
        None | Some(LinkState::Connecting) => Sync::OnlyHere(changes),
        Some(LinkState::Offline { since }) => Sync::Offline { since: local(*since), changes },
        Some(LinkState::Live | LinkState::CatchingUp { .. }) if changes > 0 => {
            Sync::OnlyHere(changes)
        }
        Some(LinkState::Live) => Sync::Safe,
        Some(LinkState::CatchingUp { at, of }) => Sync::CatchingUp { at: *at, of: *of },
        Some(LinkState::Held(refusal)) => Sync::Stopped(held(*refusal)),
        Some(LinkState::Stopped(reason)) => Sync::Stopped(stop(reason)),
    }
}

/// Why the relay does not take what was done here, what is safe, what to do.
fn held(refusal: Refusal) -> String {
    match refusal {
        Refusal::Quota => "The relay has no room left. Your changes are kept on this device and offered again; ask who \
                           runs the relay to raise the quota."
            .into(),
        Refusal::Role => "You may read this workspace but not change it. Changes made here stay on this device.".into(),
        Refusal::NotActive => not_active(),
        other => format!("The relay did not take the last changes ({other}). They are kept here and offered again."),
    }
}

fn stop(reason: &StopReason) -> String {
    match reason {
        StopReason::RolledBack { .. } => "The relay has lost rows that this device already has. Nothing was changed here; \
                                          whoever runs the relay has to declare a restore."
            .into(),
        StopReason::Forked { .. } => "The relay shows another history than before. Nothing of it was taken over; speak to \
                                      whoever runs the relay."
            .into(),
        StopReason::Damaged { .. } => "What the relay sent arrived damaged, and nothing of it was taken over. It is tried \
                                       again from time to time."
            .into(),
        StopReason::AnotherCopy { .. } => "A copy of this browser profile is also in use. Your changes are kept here; use only \
                                           one of the two."
            .into(),
        StopReason::Update => "The team uses a newer version of Rapport. Everything here can be read; update the app to go \
                               on together."
            .into(),
        StopReason::NotActive => not_active(),
        StopReason::NoKey => "This device lacks the workspace's current key. What is here stays here; ask for a new \
                              invitation."
            .into(),
        StopReason::WrongLog => "The relay does not have the workspace that the invitation names. Check the link with who sent \
                                 it."
            .into(),
        StopReason::Refused(refusal) => refused(*refusal),
    }
}

/// What a refusal means to a person who starts or joins a workspace.
pub(super) fn refused(refusal: Refusal) -> String {
    match refusal {
        Refusal::InviteUsed => "This invitation was used already; each lets one person in. Ask for another one.".into(),
        Refusal::InviteExpired => "This invitation has expired. Ask for another one.".into(),
        Refusal::InviteRevoked => "This invitation was taken back. Ask who invited you for another one.".into(),
        Refusal::InviteUnknown => "The relay does not know this invitation. Check that the whole link was pasted.".into(),
        Refusal::RosterHead { .. } => "Somebody else changed the team at the same moment. Nothing was changed here; try again.".into(),
        Refusal::TokenWrong => "The set-up link is not the relay's current one. Open the link that the relay printed last.".into(),
        Refusal::TokenUsed => "This set-up link was used already. Whoever runs the relay can make another with “rapport \
                               token”."
            .into(),
        Refusal::OriginMismatch => "The relay is not configured for this address. Open the app at the address that the relay \
                                    printed."
            .into(),
        Refusal::NotActive => not_active(),
        Refusal::RateLimited => "The relay asks to wait a little; it is tried again by itself.".into(),
        Refusal::SpaceUnknown => "The relay does not have this workspace. If it was set up anew, whoever runs it has to \
                                  restore its data."
            .into(),
        other => format!("The relay refused: {other}. Nothing was changed here."),
    }
}

fn not_active() -> String {
    "This device no longer belongs to the team. What is here can be read and exported; it is not sent any more.".into()
}

fn local(ms: u64) -> Option<NaiveDateTime> {
    let offset = FixedOffset::east_opt(i32::from(clock::offset_minutes(ms)) * 60)?;
    let at = DateTime::from_timestamp_millis(i64::try_from(ms).ok()?)?;
    Some(at.with_timezone(&offset).naive_local())
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}
