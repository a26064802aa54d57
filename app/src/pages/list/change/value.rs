//! The inputs for what a change to many asks: a value, a word, a person.

use handbook::{DocumentId, Field, FieldType, Record, Row, Value, records::Member, text};
use leptos::prelude::*;

use super::Way;
use crate::{
    pages::list::{Head, Listing, filters::options},
    texts::{list as t, record as record_texts, say, title_of},
    ui::{
        field::FieldFrame,
        input::{Bound, Edit, ValueInput},
        state::use_app,
    },
};

/// The input for what a way asks.
#[component]
pub fn NewValue(listing: Listing, way: Way, value: RwSignal<Value>) -> impl IntoView {
    let kind = listing.kind;
    let field = |at: usize| kind.fields.get(at);
    match way {
        Way::Set(at) => {
            field(at).map(|field| view! { <SetValue field=field value=value /> }.into_any())
        }
        Way::Include(at) => field(at).map(|field| {
            view! { <TagValue listing=listing field=field value=value only_known=false /> }
                .into_any()
        }),
        Way::Exclude(at) => field(at).map(|field| {
            view! { <TagValue listing=listing field=field value=value only_known=true /> }
                .into_any()
        }),
        Way::Assign(_) => Some(view! { <PersonValue value=value /> }.into_any()),
        Way::Archive | Way::Delete => None,
    }
}

#[component]
fn SetValue(field: &'static Field, value: RwSignal<Value>) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let on_edit = Callback::new(move |edit| match edit {
        Edit::Typing(new) | Edit::Done(new) => {
            problem.set(None);
            value.set(new);
        }
        Edit::Unreadable(why) => problem.set(Some(why)),
    });
    let id = "change-value".to_owned();
    let bound = Bound {
        id: StoredValue::new(id.clone()),
        field,
        document: DocumentId::Firm,
        value: value.into(),
        on_edit,
    };
    view! {
        <FieldFrame id=id label=t::new_value() problem=problem>
            <ValueInput bound=bound />
        </FieldFrame>
    }
}

#[component]
fn TagValue(
    listing: Listing,
    field: &'static Field,
    value: RwSignal<Value>,
    only_known: bool,
) -> impl IntoView {
    let known = untrack(|| {
        let heads = listing.heads.get();
        let head: Option<Head> = heads.iter().find(|head| head.column.key == field.key).cloned();
        head.map(|head| options(listing, &head)).unwrap_or_default()
    });
    let typed = move |event| {
        let words = event_target_value(&event);
        value.set(text::parse(&FieldType::Line, words.trim()).unwrap_or_default());
    };
    let choices = known
        .into_keys()
        .map(|key| view! { <option value=key.clone()>{key.clone()}</option> })
        .collect_view();
    if only_known {
        return view! {
            <div class="field">
                <label for="change-value">{say(field.label)}</label>
                <select id="change-value" class="input" on:change=typed>
                    <option value="">{record_texts::choose()}</option>
                    {choices}
                </select>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="field">
            <label for="change-value">{say(field.label)}</label>
            <input id="change-value" class="input" autocomplete="off" list="change-known" on:input=typed />
            <datalist id="change-known">{choices}</datalist>
        </div>
    }
    .into_any()
}

#[component]
fn PersonValue(value: RwSignal<Value>) -> impl IntoView {
    let app = use_app();
    let people = move || {
        let members = app.list(Member::KEY);
        let one = |row: &Row| view! { <option value=row.id.to_string()>{title_of(row)}</option> };
        members.iter().map(|placed| one(&placed.row)).collect_view()
    };
    let choose = move |event| {
        value.set(event_target_value(&event).parse().map_or(Value::Empty, Value::Link));
    };
    view! {
        <div class="field">
            <label for="change-value">{say(Member::KIND.one)}</label>
            <select id="change-value" class="input" on:change=choose>
                <option value="">{record_texts::choose()}</option>
                {people}
            </select>
        </div>
    }
}
