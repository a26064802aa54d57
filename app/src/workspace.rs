//! The open workspace: the doors through which pages read and act, over the device of this browser profile.
//!
//! Pages know [`AppState`] and nothing behind it. What they read comes from the device's read model at once; what they
//! ask for is done by the device and answered once it is durable. This module decides nothing about the business: it
//! translates.

mod acts;
mod again;
mod attachments;
mod describe;
mod exports;
mod facts;
mod find;
mod gate;
mod glance;
mod imports;
mod joining;
mod lobby;
mod many;
mod memory;
mod now;
mod reasons;
mod renew;
mod roster;
mod setting;
mod space;
mod status;
mod team;
mod undo;
mod unsettled;
mod visits;
mod whole;

use std::{future::Future, rc::Rc, sync::Arc};

use chrono::NaiveDate;
use handbook::{DocumentId, RecordId, RecordKey};

use crate::{
    platform::{clock, quota, random::Random},
    ui::state::{Act, Acts, AppState, Pending, Reads},
};
use lobby::Lobby;
use space::Space;

/// Makes the state of the pages and opens what was open last. Call it once, under the root owner.
pub fn begin() -> AppState {
    let lobby = Rc::new(Lobby::default());
    let app = AppState::new(reads(&lobby), acts(&lobby), now::clock_face());
    lobby.begin(app);
    app
}

fn reads(lobby: &Rc<Lobby>) -> Reads {
    Reads {
        list: ask(lobby, |space, key| space.list(key)),
        document: ask(lobby, |space, document| space.document(document)),
        document_at: ask(lobby, |space, (document, day)| space.document_at(document, day)),
        unsettled: ask(lobby, |space, ()| Arc::new(unsettled::all(space))),
        attention: ask(lobby, |space, ()| space.attention(today())),
        resting: ask(lobby, |space, ()| Arc::new(space.resting(today()))),
        due: ask(lobby, |space, until| Arc::new(space.due(until, today()))),
        rollout_gate: ask(lobby, |space, ()| space.rollout_gate(today())),
        reach: ask(lobby, |space, ()| Arc::new(space.reach(today()))),
        visits: ask(lobby, |space, ()| Arc::new(visits::today(space, today()))),
        search: ask(lobby, |space, text: String| space.finder.find(&text, space)),
        setting: {
            let lobby = Rc::clone(lobby);
            Rc::new(move |()| match lobby.space() {
                Some(space) => (*space.setting(today())).clone(),
                None => setting::without_firm(today()),
            })
        },
        team: ask(lobby, |space, ()| team::team(space)),
        title: ask(lobby, |space, (document, key): (DocumentId, RecordKey)| {
            space.title(document, key)
        }),
        stands: ask(lobby, |space, command| space.deeds.borrow().stands(command)),
        merged: ask(lobby, |space, ()| space.merged()),
        new_id: Rc::new(|()| RecordId::new(clock::now(), &mut Random)),
    }
}

fn acts(lobby: &Rc<Lobby>) -> Acts {
    Acts {
        write: act(lobby, acts::write),
        batch: act(lobby, many::write),
        undo_batch: act(lobby, many::undo),
        whole: act(lobby, many::whole),
        trash: act(lobby, |space, ()| many::trash(space)),
        versions: act(lobby, |space, (document, key, field)| async move {
            let home = space.home_of(document, key);
            space.device.versions(home, key, field).await.map_err(acts::trouble)
        }),
        history: act(lobby, |space, (document, key, most)| async move {
            let home = space.home_of(document, key);
            space.device.history(home, key, most).await.map_err(acts::trouble)
        }),
        values: act(lobby, |space, (document, key, field)| async move {
            let home = space.home_of(document, key);
            space.device.values(home, key, field).await.map_err(acts::trouble)
        }),
        undo: act(lobby, undo::undo),
        redo: act(lobby, |space, ()| undo::redo(space)),
        start: at_the_door(lobby, Lobby::start),
        join: at_the_door(lobby, Lobby::join),
        cancel_joining: at_the_door(lobby, |lobby, ()| lobby.cancel_joining()),
        resume_joining: at_the_door(lobby, |lobby, ()| lobby.resume_joining()),
        open_sample: at_the_door(lobby, |lobby, ()| lobby.open_sample()),
        discard_sample: at_the_door(lobby, |lobby, ()| lobby.discard_sample()),
        link: at_the_door(lobby, Lobby::link),
        recover: at_the_door(lobby, Lobby::recover),
        empty: at_the_door(lobby, |lobby, ()| lobby.empty()),
        invite: act(lobby, roster::invite),
        invite_device: act(lobby, roster::invite_device),
        set_role: act(lobby, roster::set_role),
        remove: act(lobby, roster::remove),
        leave: act(lobby, roster::leave),
        new_key: act(lobby, roster::new_key),
        sheet_settled: act(lobby, roster::sheet_settled),
        revoke: act(lobby, roster::revoke),
        dry_run: act(lobby, imports::dry_run),
        import: act(lobby, imports::take_in),
        imports: act(lobby, |space, ()| imports::past(space)),
        undo_import: act(lobby, imports::undo),
        export: act(lobby, exports::export),
        keep_draft: act(lobby, |space, (name, text)| acts::keep_draft(space, name, text)),
        draft: act(lobby, acts::draft),
        persist: Rc::new(|()| Box::pin(async { Ok(quota::persist().await) })),
        attach: act(lobby, attachments::attach),
        open_attachment: act(lobby, attachments::open),
        fetch_attachment: act(lobby, attachments::fetch),
        set_up: act(lobby, again::set_up),
        sync_now: act(lobby, |space, ()| async move {
            space.retry();
            Ok(())
        }),
    }
}

fn today() -> NaiveDate {
    now::clock_face().today
}

/// A question to the open space; without one the answer is nothing.
fn ask<Q: 'static, A: Default + 'static>(
    lobby: &Rc<Lobby>,
    answer: impl Fn(&Rc<Space>, Q) -> A + 'static,
) -> Rc<dyn Fn(Q) -> A> {
    let lobby = Rc::clone(lobby);
    Rc::new(move |question| lobby.space().map(|space| answer(&space, question)).unwrap_or_default())
}

/// A request to the open space.
fn act<Q: 'static, A: 'static, F>(
    lobby: &Rc<Lobby>,
    does: impl Fn(Rc<Space>, Q) -> F + 'static,
) -> Act<Q, A>
where
    F: Future<Output = Result<A, crate::ui::state::Trouble>> + 'static,
{
    let lobby = Rc::clone(lobby);
    Rc::new(move |question| -> Pending<A> {
        match lobby.open_space() {
            Ok(space) => Box::pin(does(space, question)),
            Err(trouble) => Box::pin(async move { Err(trouble) }),
        }
    })
}

/// A request that opens or closes a space.
fn at_the_door<Q: 'static, A: 'static, F>(
    lobby: &Rc<Lobby>,
    does: impl Fn(Rc<Lobby>, Q) -> F + 'static,
) -> Act<Q, A>
where
    F: Future<Output = Result<A, crate::ui::state::Trouble>> + 'static,
{
    let lobby = Rc::clone(lobby);
    Rc::new(move |question| -> Pending<A> { Box::pin(does(Rc::clone(&lobby), question)) })
}
