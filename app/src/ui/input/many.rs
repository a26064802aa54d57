//! Sets: of choices, of other records, of lines and dates.

use handbook::{Choices, FieldType, RecordId, RecordKey, Value, text};
use leptos::prelude::*;

use super::{
    Bound, Edit,
    pick::Pick,
    tags::{TAGS, TagInput},
};
use crate::{
    texts::{self, record as t, say},
    ui::{
        candidates::{are_many, candidates},
        chip::CheckChip,
        icons::{Glyph, Icon},
        state::use_app,
        value::shown,
    },
};

#[component]
pub fn ManyInput(bound: Bound, inner: &'static FieldType) -> impl IntoView {
    match inner {
        FieldType::Choice(choices) => {
            view! { <ManyChoices bound=bound choices=choices /> }.into_any()
        }
        FieldType::Link(kind) => view! { <ManyLinks bound=bound kind=kind /> }.into_any(),
        FieldType::Line if bound.field.key == TAGS => view! { <TagInput bound=bound /> }.into_any(),
        _ => view! { <ManyLines bound=bound inner=inner /> }.into_any(),
    }
}

/// With or without one member.
pub(super) fn toggled(value: &Value, member: &Value, there: bool) -> Value {
    let mut members: Vec<Value> =
        value.members().iter().filter(|known| *known != member).cloned().collect();
    if there {
        members.push(member.clone());
    }
    Value::Many(members)
}

#[component]
fn ManyChoices(bound: Bound, choices: &'static Choices) -> impl IntoView {
    let chips = choices
        .options
        .iter()
        .map(|option| {
            let member = StoredValue::new(Value::Choice(option.key.to_owned()));
            let chosen = Signal::derive(move || {
                member.with_value(|member| bound.value.get().members().contains(member))
            });
            let choose = Callback::new(move |there| {
                bound.done(toggled(&bound.value.get_untracked(), &member.get_value(), there));
            });
            view! { <CheckChip label=say(option.label) chosen=chosen on_choose=choose /> }
        })
        .collect_view();
    view! { <div class="chips" id=bound.id()>{chips}</div> }
}

#[component]
fn ManyLinks(bound: Bound, kind: &'static str) -> impl IntoView {
    let app = use_app();
    let kind_of = handbook::kind(kind);
    let title = move |id: RecordId| {
        kind_of.map(|kind| app.title(bound.document, RecordKey::new(kind, id))).unwrap_or_default()
    };
    let chips = move || {
        bound
            .value
            .get()
            .members()
            .iter()
            .filter_map(Value::as_link)
            .map(|id| {
                let out = Callback::new(move |_| {
                    bound.done(toggled(&bound.value.get_untracked(), &Value::Link(id), false));
                });
                view! { <CheckChip label=title(id) person=true chosen=true on_choose=out /> }
            })
            .collect_view()
    };
    let others = move || {
        let value = bound.value.get();
        candidates(&app, bound.document, kind)
            .into_iter()
            .filter(|(id, _)| !value.members().contains(&Value::Link(*id)))
            .map(|(id, title)| (id.to_string(), title))
            .collect::<Vec<_>>()
    };
    let add = move |id: String| {
        if let Ok(id) = id.parse::<RecordId>() {
            bound.done(toggled(&bound.value.get_untracked(), &Value::Link(id), true));
        }
    };
    let label = move || format!("{} {}", t::add(), say(bound.field.label));
    let many = Memo::new(move |_| are_many(&app, kind));
    let choice = move || {
        if many.get() {
            return view! {
                <Pick
                    id=bound.id()
                    entries=Callback::new(move |()| others())
                    chosen=Signal::stored(String::new())
                    on_choose=Callback::new(add)
                    label=label()
                    hint=t::add()
                    described_by=bound.described_by()
                />
            }
            .into_any();
        }
        let options = move || {
            let option = |(id, title)| view! { <option value=id>{title}</option> };
            others().into_iter().map(option).collect_view()
        };
        view! {
            <select
                id=bound.id()
                class="input medium"
                aria-label=label()
                prop:value=""
                on:change=move |event| add(event_target_value(&event))
            >
                <option value="">{t::add()}</option>
                {options}
            </select>
        }
        .into_any()
    };
    view! {
        <div class="chips">{chips}</div>
        {choice}
    }
}

#[component]
fn ManyLines(bound: Bound, inner: &'static FieldType) -> impl IntoView {
    let app = use_app();
    let new = RwSignal::new(String::new());
    let lines = move || {
        bound.value
            .get()
            .members()
            .iter()
            .map(|member| {
                let words = shown(&app, bound.document, inner, member);
                let member = member.clone();
                view! {
                    <li class="settings-row">
                        <span>{words.clone()}</span>
                        <button
                            type="button"
                            class="icon-button"
                            aria-label=format!("{} {words}", t::remove())
                            on:click=move |_| bound.done(toggled(&bound.value.get_untracked(), &member, false))
                        >
                            <Icon glyph=Glyph::Cross small=true />
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let add = move || {
        let text = new.get_untracked();
        if text.trim().is_empty() {
            return;
        }
        match text::parse(inner, text.trim()) {
            Ok(member) => {
                new.set(String::new());
                bound.done(toggled(&bound.value.get_untracked(), &member, true));
            }
            Err(why) => bound.on_edit.run(Edit::Unreadable(why.get(texts::language()).to_owned())),
        }
    };
    let kind = match inner {
        FieldType::Email => "email",
        FieldType::Phone => "tel",
        FieldType::Web => "url",
        FieldType::Date => "date",
        _ => "text",
    };
    view! {
        <ul>{lines}</ul>
        <div class="inline-pair">
            <input
                id=bound.id()
                class="input"
                type=kind
                autocomplete="off"
                aria-label=format!("{} {}", t::add(), say(bound.field.label))
                prop:value=new
                on:input=move |event| new.set(event_target_value(&event))
                on:change=move |_| add()
            />
            <button type="button" class="button" on:click=move |_| add()>
                {t::add()}
            </button>
        </div>
    }
}
