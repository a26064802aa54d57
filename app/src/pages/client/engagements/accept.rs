//! What the client accepted of an engagement, and the act that records another acceptance (S0.4).

use handbook::{Choice, Record};
use handbook::{
    DocumentId, Fact, Op, RecordKey, Row, Value,
    records::{Acceptance, Contact, Engagement},
    typed::FactBody,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    texts::{engagement as t, relationship, say},
    ui::{
        ask::AskForm,
        format,
        icons::{Glyph, Icon},
        sheet::Dialog,
        state::use_app,
        toast::use_toasts,
    },
};

/// What must be said of an acceptance: a field without it counts for nothing.
const NEEDED: [&str; 3] = ["what", "contact", "on"];

#[component]
pub fn Acceptances(document: DocumentId, row: Signal<Row>) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let lines = move || {
        let today = app.today();
        let said = row.with(|row| Engagement::KEYS.acceptances.get(row).unwrap_or_default().0);
        if said.is_empty() {
            return view! { <p class="support">{t::not_accepted()}</p> }.into_any();
        }
        let lines = said.into_iter().map(|entry| {
            let Acceptance { what, contact, on, evidence, of } = entry.body;
            let who = contact
                .map(|contact| app.title(document, RecordKey::new(Contact::KIND, contact.id)))
                .unwrap_or_default();
            let day = on.map(|on| format::day(on, today)).unwrap_or_default();
            let of = of.map(|of| view! { <span class="tag">{say(of.label())}</span> });
            view! {
                <li>
                    <span class="state kept"><Icon glyph=Glyph::CheckCircle small=true />{relationship::accepted_by(&who)}</span>
                    " " <strong class="firm-words">{what}</strong> " " {of} " "
                    <span class="support">{t::by_on(&day, &evidence.0)}</span>
                </li>
            }
        });
        view! { <ul class="lines">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="label-head">
            <h3 class="label">{t::acceptance()}</h3>
            <button type="button" class="button quiet flush-end" on:click=move |_| open.set(true)>
                {t::record_acceptance()}
            </button>
        </div>
        {lines}
        <Show when=move || open.get()>
            <AcceptDialog document=document row=row open=open />
        </Show>
    }
}

#[component]
fn AcceptDialog(document: DocumentId, row: Signal<Row>, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let on_submit = Callback::new(move |given: Vec<(&'static str, Value)>| {
        let read = |key: &str| {
            given
                .iter()
                .find(|(own, _)| *own == key)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        if NEEDED.iter().any(|key| read(key).is_empty()) {
            return Some(t::say_what().to_owned());
        }
        let values = Acceptance::FIELDS.iter().map(|field| read(field.key)).collect();
        let key = row.with_untracked(Row::key);
        let field = Engagement::KEYS.acceptances.key();
        let op = Op::Append { key, field, fact: Fact::new(app.new_id(), values) };
        spawn_local(async move {
            if let Err(trouble) = app.write(document, vec![op], "record acceptance").await {
                toasts.trouble(&trouble);
            }
        });
        None
    });
    let first = vec![("on", Value::Date(untrack(|| app.today())))];
    let first = StoredValue::new(first);
    view! {
        <Dialog id="acceptance" title=Signal::stored(t::record_acceptance().to_owned()) open=open>
            <AskForm
                document=document
                fields=Acceptance::FIELDS.iter().collect()
                first=first.get_value()
                open=open
                on_submit=on_submit
            />
        </Dialog>
    }
}
