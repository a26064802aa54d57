//! With whom: chips of the client's people.

use handbook::{Record, RecordId, Value, records::Contact};
use leptos::prelude::*;

use super::Log;
use crate::{
    texts::{log as t, title_of},
    ui::{chip::CheckChip, state::AppState},
};

/// Up to so many people stand as chips at once; beyond, the chosen ones and a list to add from.
const MAX_CHIPS: usize = 6;

/// People at the client who are still there, by name; reactive.
fn people(app: &AppState, client: RecordId) -> Vec<(RecordId, String)> {
    let rows = app.document(&handbook::DocumentId::Client(client)).unwrap_or_default();
    let mut people: Vec<(RecordId, String)> = rows
        .iter()
        .filter(|row| {
            row.kind.key == Contact::KEY && !row.gone && Contact::KEYS.left_on.raw(row).is_empty()
        })
        .map(|row| (row.id, title_of(row)))
        .collect();
    people.sort_by_cached_key(|(_, name)| name.to_lowercase());
    people
}

#[component]
pub fn PeopleChips(log: Log) -> impl IntoView {
    let people = Memo::new(move |_| {
        log.client.get().map(|client| people(&log.app, client)).unwrap_or_default()
    });
    let chosen = move |id: RecordId| log.new.get("contacts").members().contains(&Value::Link(id));
    let toggle = move |id: RecordId, there: bool| {
        let now = untrack(|| log.new.get("contacts"));
        let mut members: Vec<Value> =
            now.members().iter().filter(|member| **member != Value::Link(id)).cloned().collect();
        if there {
            members.push(Value::Link(id));
        }
        log.new.set("contacts", Value::Many(members));
    };
    let shown = Memo::new(move |_| {
        let people = people.get();
        let all = people.len() <= MAX_CHIPS;
        people.into_iter().filter(|(id, _)| all || chosen(*id)).collect::<Vec<_>>()
    });
    let many = Memo::new(move |_| people.with(Vec::len) > MAX_CHIPS);
    let others = move || {
        people
            .get()
            .into_iter()
            .filter(|(id, _)| !chosen(*id))
            .map(|(id, name)| view! { <option value=id.to_string()>{name}</option> })
            .collect_view()
    };
    let add = move |event| {
        if let Ok(id) = event_target_value(&event).parse() {
            toggle(id, true);
        }
    };
    view! {
        <Show when=move || people.with(|people| !people.is_empty())>
            <fieldset class="field">
                <legend>{t::with()}</legend>
                <div class="chips">
                    <For each=move || shown.get() key=|(id, name)| (*id, name.clone()) let:person>
                        {
                            let (id, name) = person;
                            let is_chosen = Signal::derive(move || chosen(id));
                            let choose = Callback::new(move |there| toggle(id, there));
                            view! { <CheckChip label=name person=true chosen=is_chosen on_choose=choose /> }
                        }
                    </For>
                    <Show when=move || many.get()>
                        <select class="input chip-select" aria-label=t::add_person() prop:value="" on:change=add>
                            <option value="">{t::add_person()}</option>
                            {others}
                        </select>
                    </Show>
                </div>
            </fieldset>
        </Show>
    }
}
