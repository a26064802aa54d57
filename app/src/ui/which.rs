//! The question which other record is meant.

use handbook::{DocumentId, RecordId, RecordKey};
use leptos::prelude::*;

use super::{
    candidates::{are_many, candidates},
    input::pick::Pick,
    sheet::DialogFoot,
    state::use_app,
};
use crate::texts::record as t;

/// A form inside a dialog that asks for one record of a kind.
#[component]
pub fn WhichForm(
    /// Where the question is asked, for records that live beside it.
    document: DocumentId,
    /// The kind's key.
    kind: &'static str,
    /// The record that is not meant.
    without: RecordId,
    /// Id of the input.
    id: &'static str,
    /// What choosing leads to.
    help: &'static str,
    /// The question.
    label: &'static str,
    /// The act's words.
    act: &'static str,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// Takes the answer.
    on_choose: Callback<RecordId>,
) -> impl IntoView {
    let app = use_app();
    let chosen = RwSignal::new(None::<RecordId>);
    let entries = move || {
        let others = candidates(&app, document, kind).into_iter().filter(|(id, _)| *id != without);
        others.map(|(id, title)| (id.to_string(), title)).collect::<Vec<_>>()
    };
    let choose = move |id: String| chosen.set(id.parse().ok());
    let input = move || {
        if are_many(&app, kind) {
            let name = move |id| {
                handbook::kind(kind).map(|kind| app.title(document, RecordKey::new(kind, id)))
            };
            return view! {
                <Pick
                    id=id.to_owned()
                    entries=Callback::new(move |()| entries())
                    chosen=Signal::derive(move || chosen.get().and_then(name).unwrap_or_default())
                    on_choose=Callback::new(choose)
                    hint=t::choose()
                    described_by=None
                />
            }
            .into_any();
        }
        let options = entries()
            .into_iter()
            .map(|(id, title)| view! { <option value=id>{title}</option> })
            .collect_view();
        view! {
            <select id=id class="input" on:change=move |event| choose(event_target_value(&event))>
                <option value="">{t::choose()}</option>
                {options}
            </select>
        }
        .into_any()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(chosen) = chosen.get_untracked() {
            on_choose.run(chosen);
        }
    };
    view! {
        <form class="fields" novalidate on:submit=submit>
            <p>{help}</p>
            <div class="field">
                <label for=id>{label}</label>
                {input}
            </div>
            <DialogFoot open=open words=act unready=Signal::derive(move || chosen.with(Option::is_none)) />
        </form>
    }
}
