//! What can be done with a complaint now: the steps that its procedure offers, and recording the response.

use handbook::{
    Op, Record, RecordKey, Value, form, lifecycles::complaint::LIFECYCLE, records::Complaint,
};
use leptos::{prelude::*, task::spawn_local};

use super::record::About;
use crate::{
    texts::{complaint as t, say},
    ui::{
        ask::AskForm,
        icons::{Glyph, Icon},
        place,
        sheet::{Dialog, MoreMenu},
        state::use_app,
        steps::{Living, Parted, StepDialog, told},
        toast::use_toasts,
    },
};

/// The act that comes next as a firm button, the others in the menu.
#[component]
pub fn StepActs(about: About) -> impl IntoView {
    let living = Living::new(about.document, &LIFECYCLE, about.row);
    let responding = RwSignal::new(false);
    let responded = Memo::new(move |_| {
        about.row.with(|row| !Complaint::KEYS.response_sent.raw(row).is_empty())
    });
    // What leads on is firm; what ends it early waits in the menu.
    let next = move || {
        living.offers.with(|offers| {
            let next = offers.0.iter().find(|offer| offer.step.asks.is_empty());
            next.map(|offer| offer.step)
        })
    };
    let firm = move || match next() {
        Some(step) => view! {
            <button type="button" class="button firm" on:click=move |_| living.take(step)>
                {t::take_step(say(step.label), say(Complaint::KIND.one))}
            </button>
        }
        .into_any(),
        None if !responded.get() => view! {
            <button type="button" class="button firm" on:click=move |_| responding.set(true)>
                {t::record_response()}
            </button>
        }
        .into_any(),
        None => ().into_any(),
    };
    let more = move || {
        living.offers.with(|offers| {
            let more = offers.0.iter().filter(|offer| !offer.step.asks.is_empty());
            more.map(|offer| {
                let step = offer.step;
                view! {
                    <button type="button" on:click=move |_| living.take(step)>
                        {say(step.label)}
                    </button>
                }
            })
            .collect_view()
        })
    };
    view! {
        <div class="acts">
            <MoreMenu>
                <a href=place::form_path(about.document, about.key)>{t::edit()}</a>
                <button type="button" on:click=move |_| responding.set(true)>
                    {t::record_response()}
                </button>
                {more}
                <button type="button" on:click=move |_| crate::platform::dom::print()>
                    {crate::texts::client::print()}
                </button>
            </MoreMenu>
            {firm}
        </div>
        <Parted living=living />
        <Missing living=living />
        <StepDialog living=living />
        <Response about=about open=responding />
    }
}

/// What is still missing before the next step.
#[component]
fn Missing(living: Living) -> impl IntoView {
    let missing = move || {
        living.offers.with(|offers| {
            let next = offers.0.iter().find(|offer| offer.step.asks.is_empty())?;
            (!next.missing.is_empty()).then(|| told(&next.missing))
        })
    };
    move || {
        missing().map(|missing| {
            view! {
                <div class="notice">
                    <Icon glyph=Glyph::Alert />
                    <div>
                        <p>{t::captured_note()}</p>
                        <ul>{missing.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                    </div>
                </div>
            }
        })
    }
}

/// Asks what the client was told, and when.
#[component]
fn Response(about: About, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let keys = &Complaint::KEYS;
    let title = Signal::stored(t::response_title().to_owned());
    let on_submit = Callback::new(move |details: Vec<(&'static str, Value)>| {
        let ops = details.into_iter().filter_map(|(key, value)| response_op(about.key, key, value));
        let ops: Vec<Op> = ops.collect();
        spawn_local(async move {
            if let Err(trouble) = app.write(about.document, ops, "record response").await {
                toasts.trouble(&trouble);
            }
        });
        None
    });
    view! {
        <Dialog id="complaint-response" title=title open=open>
            {move || {
                let first = vec![
                    (keys.response.field().key, about.row.with_untracked(|row| keys.response.raw(row).clone())),
                    (keys.response_sent.field().key, Value::Date(app.today())),
                ];
                let fields = vec![keys.response.field(), keys.response_sent.field()];
                view! { <AskForm document=about.document fields=fields first=first open=open on_submit=on_submit /> }
            }}
        </Dialog>
    }
}

fn response_op(key: RecordKey, field: &'static str, value: Value) -> Option<Op> {
    Some(form::step(key, key.kind.field(field)?, value))
}
