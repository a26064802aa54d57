//! The form of a record that is not made yet.

use std::collections::BTreeSet;

use handbook::{
    DocumentId, Field, Kind, Op, Record, RecordId, RecordKey, form, records::Assignment,
};
use leptos::{prelude::*, task::spawn_local};

use super::{NewRecord, input_id};
use crate::{
    platform::dom,
    texts::{record as t, say},
    ui::{
        draft::Values,
        field::{ErrorSummary, FieldFrame, KeptLine},
        independence::{Independence, from_values},
        input::{Bound, Edit, ValueInput, is_group},
        own::{NewOwnForm, OwnDraft, input_id as own_input_id},
        toast::use_toasts,
        wording::wording_of,
    },
};

/// One field of a record that is not made yet.
#[component]
pub fn NewField(
    /// The record to be.
    new: NewRecord,
    /// Where it will live, for the links it may hold.
    document: DocumentId,
    /// The field.
    field: &'static Field,
    /// It is asked for, though a record can be saved without it.
    #[prop(optional)]
    asked: bool,
) -> impl IntoView {
    let value = Signal::derive(move || new.get(field.key));
    let problem = Signal::derive(move || {
        new.problems.with(|problems| {
            problems.iter().find(|(key, _)| *key == field.key).map(|(_, why)| why.clone())
        })
    });
    let on_edit = Callback::new(move |edit| match edit {
        Edit::Typing(value) | Edit::Done(value) => new.set(field.key, value),
        Edit::Unreadable(why) => new.problems.update(|problems| {
            problems.retain(|(key, _)| *key != field.key);
            problems.push((field.key, why));
        }),
    });
    let id = input_id(new.kind, field);
    let bound = Bound { id: StoredValue::new(id.clone()), field, document, value, on_edit };
    view! {
        <FieldFrame
            id=id
            label=say(field.label)
            help=say(field.help)
            optional=!field.required && !asked
            group=is_group(&field.ty)
            problem=problem
        >
            <ValueInput bound=bound />
            {wording_of(field, value)}
        </FieldFrame>
    }
}

/// The form of a record that is not made yet: what must be filled in and what comes first, then the rest on demand.
#[component]
pub fn NewForm(
    /// The kind of record.
    kind: &'static Kind,
    /// Where it will live.
    document: DocumentId,
    /// The record's id; a client's is also its document's.
    id: RecordId,
    /// Tells drafts of the same kind apart; the document where nothing is said.
    #[prop(optional, into)]
    draft: String,
    /// Values it begins with.
    #[prop(optional)]
    first: Values,
    /// Keys of the fields shown at once; empty: those required, in titles or in columns.
    #[prop(optional)]
    shown: &'static [&'static str],
    /// Called with the record once the device has it.
    #[prop(into)]
    on_saved: Callback<RecordKey>,
) -> impl IntoView {
    let draft = if draft.is_empty() { document.to_string() } else { draft };
    let new = NewRecord::begin(kind, draft, first);
    let toasts = use_toasts();
    let (front, rest): (Vec<_>, Vec<_>) = form::offered(kind).partition(|field| {
        if shown.is_empty() { form::comes_first(field) } else { shown.contains(&field.key) }
    });
    let fields = |fields: Vec<&'static Field>| {
        fields
            .into_iter()
            .map(|field| view! { <NewField new=new document=document field=field /> })
            .collect_view()
    };
    let wrong = RwSignal::new(BTreeSet::<RecordId>::new());
    let summary = Signal::derive(move || {
        let problems = new.problems.get();
        let line =
            |(key, why): (&'static str, String)| Some((input_id(kind, kind.field(key)?), why));
        problems.into_iter().filter_map(line).collect::<Vec<_>>()
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(values) = new.check() else {
            request_animation_frame(|| dom::focus("error-summary"));
            return;
        };
        // What an own field cannot take is said at the field.
        if let Some(field) = wrong.with_untracked(|wrong| wrong.first().copied()) {
            return dom::focus(&own_input_id(field));
        }
        let key = RecordKey::new(kind, id);
        let own = new.beside.with_untracked(|kept| OwnDraft::from_text(kept));
        let mut ops = vec![Op::Create { key, values }];
        ops.extend(own.ops(key, || new.app.new_id()));
        let draft = new.name.get_value();
        spawn_local(async move {
            match new.app.write(document, ops, "create").await {
                // Whoever has left the page meanwhile is not fetched back to the record, but its draft goes all the same.
                Ok(_) if new.name.try_get_value().is_none() => {
                    let forget = new.app.act(|acts| (acts.keep_draft)((draft, String::new())));
                    if let Err(trouble) = forget.await {
                        toasts.trouble(&trouble);
                    }
                }
                Ok(_) => {
                    new.forget();
                    on_saved.run(key);
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <form class="fields" novalidate on:submit=submit>
            <ErrorSummary problems=summary />
            {fields(front)}
            {(kind.key == Assignment::KEY)
                .then(|| {
                    let proposed = Signal::derive(move || new.values.with(|values| from_values(id, values)));
                    view! { <Independence document=document proposed=proposed /> }
                })}
            {(!rest.is_empty())
                .then(|| {
                    view! {
                        <details>
                            <summary class="button quiet flush-start">{t::all_fields()}</summary>
                            <div class="fields">{fields(rest)}</div>
                        </details>
                    }
                })}
            <NewOwnForm kind=kind new=new wrong=wrong />
            <div class="form-foot">
                <button type="submit" class="button firm">
                    {t::save(say(kind.one))}
                </button>
                <KeptLine kept=new.keeping.signal() />
            </div>
        </form>
    }
}
