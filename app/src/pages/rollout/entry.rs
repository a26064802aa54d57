//! One client in the rollout: how willing it is, what was measured, what was decided, and the next step.

use handbook::{
    Choice, DocumentId, Fact, Op, RecordId, Value,
    figures::rollout_gate::Input,
    lifecycles::rollout::{LIFECYCLE, State},
    records::{Client, Decision, Rollout},
    strategy::rollout::{against, step},
    typed::FactBody,
    validate::validate_field,
};
use leptos::{prelude::*, task::spawn_local};

use super::{Taking, willing_words};
use crate::{
    texts::{rollout as t, say, tell, title_of},
    ui::{
        ask::AskForm,
        format,
        icons::{Glyph, Icon},
        place,
        sheet::Dialog,
        state::{AppState, Trouble, use_app},
        steps::told,
        toast::{Toasts, use_toasts},
        value::shown,
    },
};

/// What the dialog of the page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A decision for the log.
    Decision,
    /// What a step wants to know.
    Step(State),
}

#[component]
pub fn RolloutEntry(
    one: Taking,
    gate: Memo<Vec<Input>>,
    asked: RwSignal<Option<(Taking, Asked)>>,
) -> impl IntoView {
    let app = use_app();
    let today = app.today();
    let document = DocumentId::Client(one.client);
    let path = place::record_path(document, one.rollout.key());
    let adoption = Client::KEYS.adoption.get(&one.own).ok().flatten();
    let adoption = adoption.map_or_else(t::adoption_unknown, t::adoption);
    let owner = one.rollout.owner.map(|owner| app.member_name(owner.id.bytes()));
    let time = one.rollout.needs.map(|needs| {
        let value = Value::Integer(i64::from(needs.0));
        t::needs(&shown(&app, document, &Rollout::KEYS.needs.field().ty, &value))
    });
    let about: Vec<String> = [
        Some(willing_words(&one.own)),
        Some(adoption.to_owned()),
        owner,
        time.filter(|_| one.state == State::Candidate),
    ]
    .into_iter()
    .flatten()
    .filter(|part| !part.is_empty())
    .collect();
    let margin = match (one.state, one.rollout.evaluate_on, one.rollout.started_on) {
        (State::Pilot, Some(due), _) if due < today => view! {
            <span class="state wraps late">
                <Icon glyph=Glyph::Octagon small=true />
                {t::evaluation_late(&format::day(due, today))}
            </span>
        }
        .into_any(),
        (State::Pilot, Some(due), _) => t::evaluate_by(&format::day(due, today)).into_any(),
        (State::Candidate, ..) => ().into_any(),
        (_, _, Some(begun)) => t::since(&format::day(begun, today)).into_any(),
        _ => ().into_any(),
    };
    let fit = one.rollout.entry_criteria.trim().to_owned();
    let fit = if fit.is_empty() && one.state == State::Candidate {
        t::no_criteria().to_owned()
    } else {
        labelled(t::fit_because(), &fit)
    };
    let said = [
        fit,
        labelled(t::measured(), one.rollout.metrics.trim()),
        labelled(t::shows(), one.rollout.evidence.trim()),
    ];
    let said: Vec<_> = said
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(|line| view! { <p>{line}</p> })
        .collect();
    view! {
        <article class="entry told-entry">
            <div class="entry-margin">{margin}</div>
            <h3 class="entry-head">
                <a href=path>{title_of(&one.own)}</a>
            </h3>
            <div class="entry-body">
                <p class="support">{about.join(" · ")}</p>
                {said}
                <DecisionLog one=one.clone() />
                <Acts one=one gate=gate asked=asked />
            </div>
        </article>
    }
}

fn labelled(label: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{label}: {text}") }
}

#[component]
fn DecisionLog(one: Taking) -> impl IntoView {
    let app = use_app();
    let today = app.today();
    let lines: Vec<_> = one
        .rollout
        .decisions
        .0
        .iter()
        .rev()
        .map(|told| {
            let day = told.at.local().map(|at| format::day(at.date(), today)).unwrap_or_default();
            let who = match app.member_name(told.by) {
                name if name.is_empty() => t::one_of_us().to_owned(),
                name => name,
            };
            let why = told.body.why.trim().to_owned();
            view! {
                <li>
                    <span class="support">{t::decided(&day, &who)}</span>
                    <span>{told.body.what.clone()}</span>
                    {(!why.is_empty()).then(|| view! { <span class="support">{why}</span> })}
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! { <ul class="decisions" aria-label=t::decisions()>{lines}</ul> }
    })
}

/// The steps out of where it stands; a pilot begins only where the gate is open.
#[component]
fn Acts(
    one: Taking,
    gate: Memo<Vec<Input>>,
    asked: RwSignal<Option<(Taking, Asked)>>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let name = title_of(&one.own);
    let shared = StoredValue::new(one.clone());
    let take = move |to: State| match taken(&app, &shared.get_value(), to, &[]) {
        Ok(ops) => write(app, toasts, shared.get_value().client, ops, "rollout step"),
        Err(refusal) => toasts.trouble(&Trouble(refusal)),
    };
    let own_name = name.clone();
    let buttons = move || {
        let against = against(gate.get());
        LIFECYCLE
            .offers(&shared.get_value().row)
            .into_iter()
            .filter_map(|offer| {
                let to = State::from_key(offer.step.to)?;
                let mut missing = offer.missing;
                if to == State::Pilot {
                    missing.extend(against.iter().cloned());
                }
                let asks = !offer.step.asks.is_empty();
                let click = move |_| {
                    if asks {
                        asked.set(Some((shared.get_value(), Asked::Step(to))));
                    } else {
                        take(to);
                    }
                };
                let label = say(offer.step.label);
                Some(button(label, format!("{label}: {own_name}"), &told(&missing), click))
            })
            .collect_view()
    };
    let log = move |_| asked.set(Some((shared.get_value(), Asked::Decision)));
    view! {
        <ul class="step-list">
            {buttons}
            {button(t::log_decision(), format!("{}: {name}", t::log_decision()), &[], log)}
        </ul>
    }
}

/// A button, and under it what stands in its way.
fn button(
    label: &'static str,
    name: String,
    missing: &[String],
    click: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> AnyView {
    let refused = !missing.is_empty();
    let lines: Vec<_> = missing.iter().map(|it| view! { <li>{it.clone()}</li> }).collect();
    view! {
        <li>
            <button type="button" class="button" disabled=refused aria-label=name on:click=click>
                {label}
            </button>
            {refused.then(|| view! { <ul class="support">{lines}</ul> })}
        </li>
    }
    .into_any()
}

/// Asks for a decision, or for what a step wants to know; once for the page.
#[component]
pub fn Question(asked: RwSignal<Option<(Taking, Asked)>>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    // Both follow each other, so each is set only where it differs.
    Effect::new(move |_| {
        let wanted = asked.with(Option::is_some);
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::new(move |_| {
        if !open.get() && asked.with_untracked(Option::is_some) {
            asked.set(None);
        }
    });
    let title = Signal::derive(move || match asked.get() {
        Some((_, Asked::Step(to))) => say(to.label()).to_owned(),
        _ => t::log_decision().to_owned(),
    });
    let form = move || {
        let (one, what) = asked.get()?;
        let document = DocumentId::Client(one.client);
        let fields = match what {
            Asked::Decision => Decision::FIELDS.iter().collect(),
            Asked::Step(to) => {
                let step = LIFECYCLE.steps.iter().find(|step| step.to == to.key())?;
                LIFECYCLE.fact.iter().filter(|field| step.asks.contains(&field.key)).collect()
            }
        };
        let on_submit = Callback::new(move |details: Vec<(&'static str, Value)>| {
            let made = match what {
                Asked::Decision => decision(&app, &one, &details),
                Asked::Step(to) => taken(&app, &one, to, &details),
            };
            match made {
                Ok(ops) => {
                    write(app, toasts, one.client, ops, "rollout");
                    None
                }
                Err(refusal) => Some(refusal),
            }
        });
        Some(view! { <AskForm document=document fields=fields open=open on_submit=on_submit /> })
    };
    view! {
        <Dialog id="rollout-question" title=title open=open>
            {form}
        </Dialog>
    }
}

fn write(app: AppState, toasts: Toasts, client: RecordId, ops: Vec<Op>, what: &'static str) {
    spawn_local(async move {
        if let Err(trouble) = app.write(DocumentId::Client(client), ops, what).await {
            toasts.trouble(&trouble);
        }
    });
}

/// The operations of a step; a sentence if it is refused.
fn taken(
    app: &AppState,
    one: &Taking,
    to: State,
    details: &[(&'static str, Value)],
) -> Result<Vec<Op>, String> {
    step(&one.row, to, details, one.client, app.new_id()).map_err(|why| told(&why).join(" "))
}

/// The operation that logs a decision; a sentence if what must be said is not.
fn decision(
    app: &AppState,
    one: &Taking,
    details: &[(&'static str, Value)],
) -> Result<Vec<Op>, String> {
    let value = |key: &str| {
        let given = details.iter().find(|(own, _)| *own == key);
        given.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let values: Vec<Value> = Decision::FIELDS.iter().map(|field| value(field.key)).collect();
    let wrong: Vec<String> = Decision::FIELDS
        .iter()
        .zip(&values)
        .filter_map(|(field, value)| validate_field(field, value))
        .map(|problem| tell(&problem.sentence))
        .collect();
    if !wrong.is_empty() {
        return Err(wrong.join(" "));
    }
    let (key, fact) = (one.rollout.key(), Fact::new(app.new_id(), values));
    Ok(vec![Op::Append { key, field: Rollout::KEYS.decisions.key(), fact }])
}
