//! How words may come across, and what of a record the client would read. Hints only: nothing is ever refused or changed.

use handbook::{
    DocumentId, Field, FieldType, Kind, Value,
    visible::{ForClient, for_client},
    wording::{self, Hint},
};
use leptos::prelude::*;

use super::{
    draft::Values,
    format,
    icons::{Glyph, Icon},
    state::use_app,
    value::shown,
};
use crate::texts::{find as t, inline, say};

/// So many hints stand under a text at once: who is angry reads no list.
const AT_ONCE: usize = 2;

/// Hints under a text, as it is typed.
#[component]
pub fn WordingHints(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let hints = Memo::new(move |_| text.with(|text| worded(text)));
    let lines = move || {
        let hints = hints.get();
        (!hints.is_empty()).then(|| {
            let lines = hints
                .into_iter()
                .map(|(what, instead)| {
                    view! {
                        <li>
                            <Icon glyph=Glyph::Speech small=true />
                            <span>{what} " " {t::instead()} ": " {instead} "."</span>
                        </li>
                    }
                })
                .collect_view();
            view! { <ul class="wording" role="status" aria-label=t::wording()>{lines}</ul> }
        })
    };
    view! { <div>{lines}</div> }
}

/// The first hints of a text: what is said of the words, and what to write instead. The same words are named once.
fn worded(text: &str) -> Vec<(String, &'static str)> {
    let mut found: Vec<(String, &'static str)> = Vec::new();
    for Hint { concern, span, instead } in wording::check(text) {
        let words = text.get(span).unwrap_or_default();
        let line = (t::hint(words, say(concern.words())), say(instead));
        if !found.contains(&line) {
            found.push(line);
        }
        if found.len() == AT_ONCE {
            break;
        }
    }
    found
}

/// The hints of a field, if it holds longer text.
pub fn wording_of(field: &'static Field, value: Signal<Value>) -> Option<impl IntoView> {
    matches!(field.ty, FieldType::Note | FieldType::Prose).then(|| {
        let text = Signal::derive(move || {
            value.with(|value| value.as_text().unwrap_or_default().to_owned())
        });
        view! { <WordingHints text=text /> }
    })
}

/// "The client could read this": opens to exactly what a client would see of a record.
#[component]
pub fn ClientView(
    /// The kind of record.
    kind: &'static Kind,
    /// Where it lives, for the names in it.
    document: DocumentId,
    /// Its values.
    #[prop(into)]
    values: Signal<Values>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let seen = move || {
        open.get().then(|| {
            let seen = values.with(|values| {
                for_client(kind, |field| values.get(field.key).cloned().unwrap_or_default())
            });
            view! { <Seen document=document seen=seen /> }
        })
    };
    view! {
        <details class="client-view" on:toggle=move |event| open.set(is_open(&event))>
            <summary>
                <Icon glyph=Glyph::Eye small=true />
                {t::client_could_read()}
            </summary>
            {seen}
        </details>
    }
}

fn is_open(event: &leptos::ev::Event) -> bool {
    event_target::<web_sys::Element>(event).has_attribute("open")
}

#[component]
fn Seen(document: DocumentId, seen: ForClient) -> impl IntoView {
    let app = use_app();
    let nothing =
        seen.fields.is_empty().then(|| view! { <p class="lead">{t::client_sees_nothing()}</p> });
    let lines = seen
        .fields
        .iter()
        .map(|(field, value)| {
            view! {
                <div>
                    <dt>{say(field.label)}</dt>
                    <dd class="client-words">{shown(&app, document, &field.ty, value)}</dd>
                </div>
            }
        })
        .collect_view();
    let kept: Vec<String> = seen.kept.iter().map(|field| inline_label(field)).collect();
    let stays = (!kept.is_empty())
        .then(|| view! { <p class="quiet-words">{t::stays(&format::list(&kept))}</p> });
    let team_only = seen.team_only.then(|| view! { <p class="support">{t::team_only()}</p> });
    view! {
        <section aria-label=t::client_sees()>
            {team_only}
            {nothing}
            <dl class="values">{lines}</dl>
            {stays}
        </section>
    }
}

fn inline_label(field: &Field) -> String {
    inline(say(field.label))
}
