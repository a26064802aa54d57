//! The risk register of a client: what could harm the relationship or the work, and what happens if it does.

use handbook::{
    Known, Record, Row,
    figures::risks::{is_open, lacks_contingency, review_due, risk_exposure},
    lifecycles::risk::{Level, exposure, level},
    records::{Action, ActionSource, Risk},
};
use leptos::prelude::*;

use super::{
    Entry, Part, Subject,
    actions::{Actions, from_one},
    label, labelled, line, new_of, of, ours, record_of, state,
};
use crate::{
    texts::strategy as t,
    ui::{format, icons::Glyph, section::Empty, state::use_app, steps},
};

#[component]
pub fn RisksSection(subject: Subject) -> impl IntoView {
    let app = use_app();
    let risks = of::<Risk>(subject);
    let actions = of::<Action>(subject);
    let content = move || {
        let today = app.today();
        let risks = risks.get();
        if risks.is_empty() {
            return view! { <Empty text=t::risks_why() /> }.into_any();
        }
        let found = risk_exposure(&risks, today);
        let rows = subject.of_kind(Risk::KEY);
        let unjudged = found.open.iter().filter(|(_, grade)| grade.is_none()).count();
        let mut said = vec![t::exposure(found.sum, found.open.len(), unjudged)];
        if !found.without_contingency.is_empty() {
            said.push(t::without_contingency(found.without_contingency.len()));
        }
        if !found.reviews_overdue.is_empty() {
            said.push(t::reviews_overdue(found.reviews_overdue.len()));
        }
        let open = found.open.iter().filter_map(|(id, _)| risks.iter().find(|one| one.id == *id));
        let open = open
            .map(|risk| view! { <RiskEntry subject=subject risk=risk.clone() rows=rows.clone() actions=actions.get() /> })
            .collect_view();
        let closed: Vec<&Known<Risk>> = risks.iter().filter(|risk| !is_open(risk)).collect();
        let count = closed.len();
        let closed = closed
            .into_iter()
            .map(|risk| {
                view! {
                    <li>
                        <a class="plain-link" href=record_of(subject, Risk::KIND, risk.id)>
                            {risk.description.clone()}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <p class="finding">{said.join(" ")}</p>
            {open}
            {(count > 0)
                .then(|| {
                    view! {
                        <details class="folded">
                            <summary class="support">{t::closed(count)}</summary>
                            <ul class="plain-lines">{closed}</ul>
                        </details>
                    }
                })}
        }
        .into_any()
    };
    view! {
        <Part id="risks" title=t::risks() act=(t::new_risk(), new_of(subject, Risk::KIND, &[]))>
            {content}
        </Part>
    }
}

#[component]
fn RiskEntry(
    subject: Subject,
    risk: Known<Risk>,
    rows: Vec<Row>,
    actions: Vec<Known<Action>>,
) -> impl IntoView {
    let app = use_app();
    let today = app.today();
    let high = level(risk.probability, risk.impact);
    let margin = match (risk.probability, risk.impact) {
        (Some(probability), Some(impact)) => {
            let grade = exposure(risk.probability, risk.impact).unwrap_or_default();
            view! {
                <p class="grade">{grade}</p>
                <p>{level_word(high)}</p>
                <p>{format!("{} × {}", probability.get(), impact.get())}</p>
            }
            .into_any()
        }
        _ => view! { <p>{level_word(None)}</p> }.into_any(),
    };
    let standing = rows.iter().find(|row| row.id == risk.id).and_then(steps::standing);
    let response = if risk.response.is_some() {
        label(risk.response)
    } else {
        t::without_response().to_owned()
    };
    let owner = match ours(&app, risk.owner) {
        name if name.is_empty() => t::without_owner().to_owned(),
        name => name,
    };
    let about = line([standing.unwrap_or_default(), response, owner, label(risk.proximity)]);
    let review = review_due(&risk).map(|due| {
        let day = format::day(due, today);
        if due < today {
            state("late", Glyph::Octagon, t::review_was_due(&day)).into_any()
        } else {
            state("", Glyph::Clock, t::review_by(&day)).into_any()
        }
    });
    let contingency = if risk.contingency.trim().is_empty() {
        let class = if lacks_contingency(&risk) { "late" } else { "soon" };
        state(class, Glyph::Alert, t::no_contingency()).into_any()
    } else {
        labelled(t::contingency(), &risk.contingency).into_any()
    };
    let from = from_one::<Risk>(ActionSource::Risk, risk.id, &risk.description);
    view! {
        <Entry path=record_of(subject, Risk::KIND, risk.id) title=risk.description.clone() margin=margin>
            {about}
            {labelled(t::mitigation(), &risk.mitigation)}
            {contingency}
            {labelled(t::trigger(), &risk.trigger)}
            {review.map(|review| view! { <p>{review}</p> })}
            <Actions subject=subject actions=actions from=from />
        </Entry>
    }
}

fn level_word(level: Option<Level>) -> &'static str {
    match level {
        Some(Level::High) => t::high(),
        Some(Level::Medium) => t::medium(),
        Some(Level::Low) => t::low(),
        None => t::not_judged(),
    }
}
