//! What can be done with a complaint now: the steps that its procedure offers, and recording the response.

use handbook::{
    DocumentId, Field, Op, Record, RecordKey, Value,
    lifecycles::{Offer, Standing, complaint::LIFECYCLE},
    records::Complaint,
};
use leptos::{prelude::*, task::spawn_local};

use super::record::About;
use crate::{
    texts::{self, complaint as t, record as record_texts, say, shell},
    ui::{
        field::FieldFrame,
        icons::{Glyph, Icon},
        input::{Bound, Edit, ValueInput},
        place,
        sheet::{Dialog, MoreMenu},
        state::{AppState, use_app},
        toast::{Toasts, use_toasts},
    },
};

/// A step waiting for its details, or the response.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Step(&'static str),
    Response,
}

/// The act that comes next as a firm button, the others in the menu.
#[component]
pub fn StepActs(about: About) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let asked = RwSignal::new(None::<Asked>);
    let offers = Memo::new(move |_| Offers(about.row.with(|row| LIFECYCLE.offers(row))));
    let responded = Memo::new(move |_| {
        about.row.with(|row| !Complaint::KEYS.response_sent.raw(row).is_empty())
    });
    let take = move |to: &'static str, asks: bool| {
        if asks {
            asked.set(Some(Asked::Step(to)))
        } else {
            step(app, toasts, about, to, Vec::new())
        }
    };
    // What leads on is firm; what ends it early waits in the menu.
    let next = move || {
        offers.with(|offers| offers.0.iter().find(|offer| offer.step.asks.is_empty()).cloned())
    };
    let firm = move || {
        match next() {
        Some(offer) => {
            let to = offer.step.to;
            view! {
                <button type="button" class="button firm" on:click=move |_| take(to, false)>
                    {t::take_step(say(offer.step.label), say(Complaint::KIND.one))}
                </button>
            }
            .into_any()
        }
        None if !responded.get() => view! {
            <button type="button" class="button firm" on:click=move |_| asked.set(Some(Asked::Response))>
                {t::record_response()}
            </button>
        }
        .into_any(),
        None => ().into_any(),
    }
    };
    let more = move || {
        offers.with(|offers| {
            let more = offers.0.iter().filter(|offer| !offer.step.asks.is_empty());
            more.map(|offer| {
                let to = offer.step.to;
                view! {
                    <button type="button" on:click=move |_| take(to, true)>
                        {say(offer.step.label)}
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
                <button type="button" on:click=move |_| asked.set(Some(Asked::Response))>
                    {t::record_response()}
                </button>
                {more}
                <button type="button" on:click=move |_| crate::platform::dom::print()>
                    {crate::texts::client::print()}
                </button>
            </MoreMenu>
            {firm}
        </div>
        <Missing about=about offers=offers />
        <AskDialog about=about asked=asked offers=offers />
    }
}

/// Offers as a value that a memo can compare: a step by where it leads, and what is missing.
#[derive(Clone)]
struct Offers(Vec<Offer>);

impl PartialEq for Offers {
    fn eq(&self, other: &Self) -> bool {
        let names = |offers: &Self| -> Vec<_> {
            offers.0.iter().map(|offer| (offer.step.to, offer.missing.clone())).collect()
        };
        names(self) == names(other)
    }
}

/// Takes a step of the procedure.
fn step(
    app: AppState,
    toasts: Toasts,
    about: About,
    to: &'static str,
    details: Vec<(&'static str, Value)>,
) {
    let fact = app.new_id();
    let result = about.row.with_untracked(|row| LIFECYCLE.step(row, to, &details, fact));
    match result {
        Ok(op) => write(app, toasts, about.document, vec![op], "step"),
        Err(reasons) => {
            let reasons: Vec<&str> =
                reasons.iter().map(|reason| reason.get(texts::language())).collect();
            toasts.trouble(&crate::ui::state::Trouble(reasons.join(" ")));
        }
    }
}

fn write(app: AppState, toasts: Toasts, document: DocumentId, ops: Vec<Op>, what: &'static str) {
    spawn_local(async move {
        if let Err(trouble) = app.write(document, ops, what).await {
            toasts.trouble(&trouble);
        }
    });
}

/// What is still missing before the next step, and that two devices took different ones.
#[component]
fn Missing(about: About, offers: Memo<Offers>) -> impl IntoView {
    let parted = Memo::new(move |_| {
        about.row.with(|row| matches!(LIFECYCLE.standing(row), Standing::Parted(_)))
    });
    let missing = move || {
        offers.with(|offers| {
            let next = offers.0.iter().find(|offer| offer.step.asks.is_empty())?;
            let missing: Vec<String> = next
                .missing
                .iter()
                .map(|reason| reason.get(texts::language()).to_owned())
                .collect();
            (!missing.is_empty()).then_some(missing)
        })
    };
    view! {
        {move || {
            parted
                .get()
                .then(|| view! { <p class="notice soon"><Icon glyph=Glyph::Split />{t::parted()}</p> })
        }}
        {move || {
            missing()
                .map(|missing| {
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
        }}
    }
}

#[component]
fn AskDialog(about: About, asked: RwSignal<Option<Asked>>, offers: Memo<Offers>) -> impl IntoView {
    let open = RwSignal::new(false);
    // Both follow each other, so each is set only where it differs.
    Effect::new(move |_| {
        let wanted = asked.get().is_some();
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::new(move |_| {
        if !open.get() && asked.get_untracked().is_some() {
            asked.set(None);
        }
    });
    let title = Signal::derive(move || match asked.get() {
        Some(Asked::Step(to)) => offers.with(|offers| {
            let offer = offers.0.iter().find(|offer| offer.step.to == to);
            offer.map(|offer| say(offer.step.label).to_owned()).unwrap_or_default()
        }),
        _ => t::response_title().to_owned(),
    });
    view! {
        <Dialog id="complaint-step" title=title open=open>
            {move || match asked.get() {
                Some(Asked::Step(to)) => {
                    let asks = offers
                        .with_untracked(|offers| {
                            offers.0.iter().find(|offer| offer.step.to == to).map(|offer| offer.step.asks)
                        })
                        .unwrap_or_default();
                    let fields = asks.iter().filter_map(|key| LIFECYCLE.fact.iter().find(|field| field.key == *key)).collect();
                    view! { <Asking about=about fields=fields what=Asked::Step(to) open=open /> }.into_any()
                }
                Some(Asked::Response) => {
                    let keys = &Complaint::KEYS;
                    let fields = vec![keys.response.field(), keys.response_sent.field()];
                    view! { <Asking about=about fields=fields what=Asked::Response open=open /> }.into_any()
                }
                None => ().into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Asking(
    about: About,
    fields: Vec<&'static Field>,
    what: Asked,
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let known = |field: &'static Field| match (what, field.key) {
        (Asked::Response, "response_sent") => Value::Date(app.today()),
        (Asked::Response, key) => about.row.with_untracked(|row| row.get(key).clone()),
        _ => Value::Empty,
    };
    let values =
        RwSignal::new(fields.iter().map(|field| (field.key, known(field))).collect::<Vec<_>>());
    let inputs = fields
        .iter()
        .map(|field| {
            let field: &'static Field = field;
            let id = format!("step-{}", field.key);
            let value = Signal::derive(move || {
                values.with(|values| {
                    values
                        .iter()
                        .find(|(key, _)| *key == field.key)
                        .map(|(_, value)| value.clone())
                        .unwrap_or_default()
                })
            });
            let on_edit = Callback::new(move |edit| {
                if let Edit::Typing(new) | Edit::Done(new) = edit {
                    values.update(|values| {
                        values.retain(|(key, _)| *key != field.key);
                        values.push((field.key, new));
                    });
                }
            });
            let bound = Bound {
                id: StoredValue::new(id.clone()),
                field,
                document: about.document,
                value,
                on_edit,
            };
            view! {
                <FieldFrame id=id label=say(field.label) help=say(field.help)>
                    <ValueInput bound=bound />
                </FieldFrame>
            }
        })
        .collect_view();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        open.set(false);
        let details = values.get_untracked();
        match what {
            Asked::Step(to) => step(app, toasts, about, to, details),
            Asked::Response => {
                let ops = details
                    .into_iter()
                    .filter_map(|(key, value)| response_op(about.key, key, value))
                    .collect();
                write(app, toasts, about.document, ops, "record response");
            }
        }
    };
    view! {
        <form class="fields" on:submit=submit>
            {inputs}
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::cancel()}
                </button>
                <button type="submit" class="button firm">
                    {record_texts::save_step()}
                </button>
            </div>
        </form>
    }
}

fn response_op(key: RecordKey, field: &'static str, value: Value) -> Option<Op> {
    Some(handbook::form::step(key, key.kind.field(field)?, value))
}
