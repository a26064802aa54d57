//! A new complaint: four fields first, the rest later; the clocks run from when it was received.

use handbook::{
    Choice, DocumentId, Op, Record, RecordId, RecordKey, Value, form,
    lifecycles::complaint::{LIFECYCLE, State},
    records::{Client, Complaint, Contact},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::{
    pages::shell::Page,
    platform::dom,
    texts::complaint as t,
    ui::{
        candidates::candidates,
        crumbs::Back,
        draft::Values,
        field::{ErrorSummary, FieldFrame, KeptLine},
        form::{NewField, NewRecord, input_id},
        place,
        state::use_app,
        toast::use_toasts,
    },
};

/// What is asked at the table; everything else can wait.
const FIRST: [&str; 4] = ["complainant", "channel", "description", "remedy"];

#[component]
pub fn NewComplaintPage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let client =
        RwSignal::new(query.with_untracked(|query| query.get("client")?.parse::<RecordId>().ok()));
    view! {
        <Page title=Signal::stored(t::new().to_owned())>
            <Back to="/complaints" words=t::title() />
            <header class="page-head">
                <div>
                    <h1>{t::new()}</h1>
                    <p class="lead">{t::number_follows()}</p>
                </div>
            </header>
            <div class="fields narrow">
                <ClientField client=client />
                {move || {
                    let client = client.get()?;
                    let id = app.new_id();
                    Some(view! { <Form client=client id=id /> })
                }}
            </div>
        </Page>
    }
}

#[component]
fn ClientField(client: RwSignal<Option<RecordId>>) -> impl IntoView {
    let app = use_app();
    let options = move || {
        let chosen = client.get();
        candidates(&app, DocumentId::Firm, Client::KEY)
            .into_iter()
            .map(|(id, name)| view! { <option value=id.to_string() selected=Some(id) == chosen>{name}</option> })
            .collect_view()
    };
    view! {
        <FieldFrame id="complaint-client" label=t::client()>
            <select
                id="complaint-client"
                class="input medium"
                on:change=move |event| client.set(event_target_value(&event).parse().ok())
            >
                <option value="">{t::choose_client()}</option>
                {options}
            </select>
        </FieldFrame>
    }
}

#[component]
fn Form(client: RecordId, id: RecordId) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let document = DocumentId::Client(client);
    let me = app.workspace.with_untracked(|workspace| workspace.member);
    let mut first: Values = [("received", Value::Moment(app.now()))].into();
    first.extend(me.map(|me| ("received_by", Value::Link(me))));
    let new = NewRecord::begin(Complaint::KIND, client.to_string(), first);
    let kind = Complaint::KIND;
    let field = move |key: &'static str| {
        kind.field(key)
            .map(|field| view! { <NewField new=new document=document field=field asked=true /> })
    };
    let rest = form::offered(kind)
        .filter(|field| !FIRST.contains(&field.key) && field.key != "subject")
        .map(|field| view! { <NewField new=new document=document field=field /> })
        .collect_view();
    let summary = Signal::derive(move || {
        let line =
            |(key, why): (&'static str, String)| Some((input_id(kind, kind.field(key)?), why));
        new.problems.get().into_iter().filter_map(line).collect::<Vec<_>>()
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        name_it(&new);
        let Some(values) = new.check() else {
            request_animation_frame(|| dom::focus("error-summary"));
            return;
        };
        let key = RecordKey::new(kind, id);
        let ops = with_first_step(key, values, app.new_id());
        let navigate = navigate.clone();
        spawn_local(async move {
            match app.write(document, ops, "record complaint").await {
                Ok(_) => {
                    new.forget();
                    toasts.done(t::recorded(&app.title(document, key)));
                    navigate(&place::record_path(document, key), NavigateOptions::default());
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <form class="fields" novalidate on:submit=submit>
            <ErrorSummary problems=summary />
            {field("complainant")}
            <p class="support">
                <a class="reach" href=place::new_path(document, Contact::KEY)>
                    {t::new_contact()}
                </a>
            </p>
            {field("channel")}
            {field("description")}
            {field("remedy")}
            {field("subject")}
            <details>
                <summary class="button quiet flush-start">{t::more_fields()}</summary>
                <div class="fields">{rest}</div>
            </details>
            <div class="form-foot">
                <button type="submit" class="button firm">
                    {t::save_complaint()}
                </button>
                <KeptLine kept=new.keeping.signal() />
            </div>
        </form>
    }
}

/// Nobody should have to think of a subject at the table: the first words of what happened will do.
fn name_it(new: &NewRecord) {
    const LONGEST: usize = 60;
    if !new.get("subject").is_empty() {
        return;
    }
    let description = new.get("description");
    let text = description.as_text().unwrap_or_default();
    let sentence = text.split(['.', '\n', '!', '?']).next().unwrap_or_default().trim();
    if sentence.is_empty() {
        return;
    }
    let mut subject = String::new();
    for word in sentence.split_whitespace() {
        if subject.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !subject.is_empty() {
            subject.push(' ');
        }
        subject.push_str(word);
    }
    new.set("subject", Value::Text(subject));
}

/// The record, and its step to *recorded* where nothing is missing for it; else it stays captured.
fn with_first_step(key: RecordKey, values: Vec<(&'static str, Value)>, fact: RecordId) -> Vec<Op> {
    let mut row = handbook::Row::empty(key.kind, key.id);
    for (field, value) in &values {
        if let Some(place) = key.kind.index(field).and_then(|index| row.values.get_mut(index)) {
            *place = value.clone();
        }
    }
    let step = LIFECYCLE.step(&row, State::Recorded.key(), &[], fact);
    std::iter::once(Op::Create { key, values }).chain(step.ok()).collect()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_whole_complaint_is_recorded_at_once() {
        let key = RecordKey::new(Complaint::KIND, RecordId::from_bytes([1; 16]));
        let text = |text: &str| Value::Text(text.into());
        let mut values = vec![
            ("complainant", Value::Link(RecordId::from_bytes([2; 16]))),
            ("channel", Value::Choice("call".into())),
            ("description", text("Two sets in one week")),
        ];
        let steps = |values: &[(&'static str, Value)]| {
            with_first_step(key, values.to_vec(), RecordId::default()).len()
        };
        assert_eq!(steps(&values), 1);
        values.push(("remedy", text("One set")));
        assert_eq!(steps(&values), 2);
    }
}
