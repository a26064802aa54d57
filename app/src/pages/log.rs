//! The log sheet: client, function, channel, people, one text; promises and next steps are picked out of it.
//! What is typed is kept on this device from the first word on.

pub mod chips;
pub mod client;
pub mod mood;
pub mod people;
pub mod picked;
pub mod prefill;
pub mod said;
pub mod write;

use std::collections::BTreeMap;

use handbook::{
    DocumentId, Record, RecordId, Row, Value,
    pick::pick,
    records::{Direction, Member, ScheduledContact, Touchpoint},
    visits::When,
};
use leptos::{prelude::*, task::spawn_local};

use self::{
    chips::{ChannelChips, FunctionChips},
    client::ClientLine,
    mood::MoodChips,
    people::PeopleChips,
    picked::{Picked, PickedList},
    prefill::Prefill,
    said::{Said, Wording},
};
use super::shell::use_above;
use crate::{
    texts::{log as t, shell},
    ui::{
        draft::Values,
        field::KeptLine,
        form::NewRecord,
        sheet::Sheet,
        state::{AppState, Trouble, use_app},
        toast::use_toasts,
    },
};

/// The draft that remembers for which client something was being typed.
const CLIENT_DRAFT: &str = "log-client";
/// The sheet, wherever it is opened from.
#[component]
pub fn LogSheet() -> impl IntoView {
    let above = use_above();
    view! {
        <Sheet id="log-sheet" title=Signal::stored(t::title().to_owned()) open=above.log>
            <LogForm />
        </Sheet>
    }
}

/// What is being logged.
#[derive(Clone, Copy)]
pub struct Log {
    app: AppState,
    /// The client spoken with.
    client: RwSignal<Option<RecordId>>,
    /// The touchpoint to be.
    new: NewRecord,
    /// What the person changed or left out of what was picked, by the passage it stands in.
    changed: Memo<BTreeMap<String, Picked>>,
    /// It was opened for something particular: its draft is its own, and so is its client.
    particular: bool,
    /// The scheduled contact that is held with it.
    scheduled: Option<RecordId>,
}

impl Log {
    fn begin() -> Self {
        let app = use_app();
        let above = use_above();
        let prefill = above.log_with.try_update(Option::take).flatten();
        let given = prefill.as_ref().and_then(|prefill| prefill.client);
        let client = RwSignal::new(
            given.or_else(|| above.log_for.get_untracked()).or_else(|| current_visit(&app)),
        );
        let scheduled = prefill.as_ref().and_then(|prefill| prefill.scheduled);
        let mut first = Values::new();
        first.extend(own_function(&app).map(|function| ("function", function)));
        // What was changed of the plan of a visit before the sheet was closed stays changed.
        let planned = prefill.as_ref().filter(|prefill| prefill.scheduled.is_some());
        first.extend(planned.map(Prefill::values).unwrap_or_default());
        // What was begun for one client must not appear in what is logged of another.
        let draft = prefill.as_ref().map_or_else(|| "log".to_owned(), Prefill::draft);
        let new = NewRecord::begin(Touchpoint::KIND, draft, first);
        let log = Self {
            app,
            client,
            new,
            changed: Memo::new(move |_| new.beside.with(|kept| picked::from_text(kept))),
            particular: prefill.is_some(),
            scheduled,
        };
        match prefill {
            Some(prefill) if scheduled.is_none() => {
                prefill.values().into_iter().for_each(|(field, value)| log.new.set(field, value));
            }
            Some(_) => {}
            None => log.read_client(),
        }
        log
    }

    /// Changes what was picked, and keeps the change.
    fn change(self, picked: Picked) {
        let mut changed = self.changed.get_untracked();
        changed.insert(picked.passage.clone(), picked);
        self.new.set_beside(picked::to_text(&changed));
    }

    /// A draft belongs to the client it was begun for, wherever the sheet is opened again.
    fn read_client(self) {
        spawn_local(async move {
            let Ok(kept) = self.app.act(|acts| (acts.draft)(CLIENT_DRAFT.to_owned())).await else {
                return;
            };
            if let Ok(id) = kept.parse() {
                let _ = self.client.try_set(Some(id));
            }
        });
    }

    fn keep_client(self, client: Option<RecordId>) {
        if self.particular {
            return;
        }
        let text = client.map(|id| id.to_string()).unwrap_or_default();
        spawn_local(async move {
            // A lost guess costs a tap; what was said is kept by the draft itself.
            let _ = self.app.act(|acts| (acts.keep_draft)((CLIENT_DRAFT.to_owned(), text))).await;
        });
    }

    /// What was said so far; reactive.
    fn notes(&self) -> String {
        self.new.get("notes").as_text().unwrap_or_default().to_owned()
    }

    /// The value of a field so far; reactive.
    fn get(&self, field: &str) -> Value {
        self.new.get(field)
    }

    fn say(&self, text: String) {
        if self.notes().is_empty() {
            self.keep_client(self.client.get_untracked());
        }
        self.new.set("notes", if text.is_empty() { Value::Empty } else { Value::Text(text) });
    }

    /// What is picked out of the text, as the person left it; reactive.
    fn picked(&self) -> Vec<Picked> {
        let text = self.notes();
        let changed = self.changed.get();
        let found = pick(&text, self.app.today()).into_iter().map(|found| {
            let passage = text.get(found.span.clone()).unwrap_or_default().to_owned();
            changed.get(&passage).cloned().unwrap_or_else(|| Picked::found(passage, found))
        });
        found.chain(changed.values().filter(|picked| picked.added).cloned()).collect()
    }

    /// The visit that is held with it, as it stands in the client's document; reactive.
    fn visit(&self) -> Option<Row> {
        let scheduled = self.scheduled?;
        let rows = self.app.document(&DocumentId::Client(self.client.get()?))?;
        let visit = |row: &&Row| row.kind == ScheduledContact::KIND && row.id == scheduled;
        rows.iter().find(visit).cloned()
    }

    fn forget(self) {
        self.keep_client(None);
        self.new.forget();
    }

    /// What is missing before it can be logged.
    fn missing(&self) -> Option<&'static str> {
        let Some(client) = self.client.get() else { return Some(t::client_missing()) };
        if self.scheduled.is_some() && self.app.document(&DocumentId::Client(client)).is_none() {
            return Some(shell::reading());
        }
        if self.new.get("function").is_empty() {
            return Some(t::function_missing());
        }
        self.new.get("channel").is_empty().then(t::channel_missing)
    }
}

/// The client at whom this person is, or was last today: it is the visit that people log.
fn current_visit(app: &AppState) -> Option<RecordId> {
    let me = app.workspace.with_untracked(|workspace| workspace.member)?;
    let now = untrack(|| app.local())?;
    let visits = untrack(|| app.visits());
    let mine = visits.iter().filter(|visit| visit.is_of(me));
    let begun = mine.filter(|visit| matches!(visit.planned.when(now), When::Until(_) | When::Over));
    begun.map(|visit| visit.client).next_back()
}

/// The function of the person who logs.
fn own_function(app: &AppState) -> Option<Value> {
    let me = app.workspace.with_untracked(|workspace| workspace.member)?;
    let members = untrack(|| app.list(Member::KEY));
    let row = members.iter().find(|placed| placed.row.id == me)?;
    let function = Member::KEYS.function.raw(&row.row).clone();
    (!function.is_empty()).then_some(function)
}

#[component]
fn LogForm() -> impl IntoView {
    let log = Log::begin();
    let above = use_above();
    let toasts = use_toasts();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(missing) = untrack(|| log.missing()) {
            return toasts.trouble(&Trouble(missing.to_owned()));
        }
        let Some(client) = log.client.get_untracked() else { return };
        let ops = untrack(|| write::ops(&log));
        spawn_local(async move {
            match log.app.write(DocumentId::Client(client), ops, "log touchpoint").await {
                Ok(_) => {
                    log.forget();
                    above.log.set(false);
                    toasts.done(t::logged());
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    let discard = move |_| {
        log.forget();
        above.log.set(false);
    };
    view! {
        <form class="sheet-form" novalidate on:submit=submit>
            <div class="sheet-body">
                <ClientLine log=log />
                <FunctionChips log=log />
                <ChannelChips log=log />
                <PeopleChips log=log />
                {log.scheduled.map(|_| view! { <MoodChips log=log /> })}
                <Said log=log />
                <Wording log=log />
                <PickedList log=log />
            </div>
            <footer class="sheet-foot">
                <div class="foot-state">
                    <KeptLine kept=log.new.keeping.signal() />
                    <Show when=move || !log.notes().is_empty()>
                        <button type="button" class="button plain" on:click=discard>
                            {t::discard()}
                        </button>
                    </Show>
                </div>
                <button type="submit" class="button firm">
                    {shell::log_touchpoint()}
                </button>
            </footer>
        </form>
    }
}

/// How a touchpoint logged here went: people who log a conversation spoke with each other.
pub(super) const DIRECTION: Direction = Direction::TwoWay;
