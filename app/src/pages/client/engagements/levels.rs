//! Service level agreements with their targets, and what came of each target period by period (S2.15).

use handbook::{
    Choice, Known, Record, RecordKey, Row,
    figures::service_levels::{Levels, levels},
    known,
    records::{Sla, SlaOutcome, SlaResult, SlaTarget},
};
use leptos::prelude::*;

use super::Belonging;
use crate::{
    texts::{engagement as t, inline, say, title_of},
    ui::{
        format,
        icons::{Glyph, Icon},
        place,
        state::use_app,
    },
};

/// So many periods stand in the table; the others with the target's results.
const PERIODS: usize = 4;

#[component]
pub fn Agreements(belonging: Belonging) -> impl IntoView {
    let agreements = Memo::new(move |_| belonging.of_kind(Sla::KEY));
    let list = move || {
        let agreements = agreements.get();
        if agreements.is_empty() {
            return view! { <p class="support">{t::no_agreements()}</p> }.into_any();
        }
        agreements
            .into_iter()
            .map(|row| view! { <Agreement belonging=belonging row=row /> })
            .collect_view()
            .into_any()
    };
    view! {
        <div class="label-head">
            <h3 class="label">{t::agreements()}</h3>
            <a class="button quiet flush-end" href=belonging.new_path(Sla::KEY)>{t::new_agreement()}</a>
        </div>
        {list}
    }
}

#[component]
fn Agreement(belonging: Belonging, row: Row) -> impl IntoView {
    let app = use_app();
    let document = belonging.document();
    let (id, title) = (row.id, title_of(&row));
    let today = app.today();
    let keys = &Sla::KEYS;
    let service = keys.service.raw(&row).as_link().map(|service| {
        app.title(document, RecordKey::new(handbook::records::Service::KIND, service))
    });
    let day = |value: &handbook::Value| value.as_date().map(|day| format::day(day, today));
    let days = t::valid(day(keys.valid_from.raw(&row)), day(keys.valid_until.raw(&row)));
    let paper =
        keys.document.raw(&row).as_text().filter(|text| !text.is_empty()).map(t::written_in);
    let about: Vec<String> = [service, Some(days), paper]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    let found = Memo::new(move |_| {
        belonging.subject.rows.with(|rows| {
            let own = |target: &SlaTarget| target.sla.is_some_and(|sla| sla.id == id);
            let targets: Vec<Known<SlaTarget>> =
                known::<SlaTarget>(rows).into_iter().filter(|target| own(target)).collect();
            (targets, known::<SlaResult>(rows))
        })
    });
    let lines = move || {
        let today = app.today();
        found.with(|(targets, results)| {
            targets
                .iter()
                .map(|target| target_row(belonging, target, &levels(target.id, results, today)))
                .collect_view()
        })
    };
    let new_target = format!("{}?sla={id}", place::new_path(document, SlaTarget::KEY));
    view! {
        <p class="agreement">
            <a class="reach firm-words" href=place::record_path(document, row.key())>{title}</a>
            " "
            <span class="support">{about.join(" · ")}</span>
        </p>
        <Show
            when=move || found.with(|(targets, _)| !targets.is_empty())
            fallback=|| view! { <p class="support">{t::no_targets()}</p> }
        >
            <table class="table folds levels">
                <thead>
                    <tr>
                        <th scope="col">{t::target()}</th>
                        <th scope="col">{t::periods()}</th>
                        <th scope="col" class="number">{t::met()}</th>
                        <th scope="col"><span class="unseen">{t::add_result()}</span></th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </Show>
        <a class="button quiet flush-start" href=new_target>{t::new_target()}</a>
    }
}

fn target_row(
    belonging: Belonging,
    target: &Known<SlaTarget>,
    found: &Levels<'_>,
) -> impl IntoView + use<> {
    let document = belonging.document();
    let agreed: Vec<String> = [
        target.operator.map(|operator| inline(say(operator.label()))),
        Some(target.value.clone()),
        Some(target.unit.clone()),
        target.window.map(|window| format!("({})", inline(say(window.label())))),
    ]
    .into_iter()
    .flatten()
    .filter(|part| !part.is_empty())
    .collect();
    let running = found.is_missed_running().then(|| {
        let words = t::missed_running(found.missed_running);
        view! { <p class="state late"><Icon glyph=Glyph::Octagon small=true />{words}</p> }
    });
    let periods = found.results.iter().take(PERIODS).map(|result| period(belonging, result));
    let periods = if found.results.is_empty() {
        view! { <span class="support">{t::no_results()}</span> }.into_any()
    } else {
        view! { <ul class="periods">{periods.collect_view()}</ul> }.into_any()
    };
    let met = match found.results.len() {
        0 => String::new(),
        of => t::met_of(found.met(), of),
    };
    let add = format!("{}?target={}", place::new_path(document, SlaResult::KEY), target.id);
    view! {
        <tr>
            <th scope="row">
                <a class="reach" href=place::record_path(document, target.key())>{target.metric.clone()}</a>
                <p class="support">{agreed.join(" ")}</p>
                {running}
            </th>
            <td>{periods}</td>
            <td class="number">{met}</td>
            <td class="number">
                <a class="button quiet flush-end" href=add aria-label=t::add_result_of(&target.metric)>{t::add_result()}</a>
            </td>
        </tr>
    }
}

/// "October 2026", whether it was met, and the value measured.
fn period(belonging: Belonging, result: &Known<SlaResult>) -> impl IntoView + use<> {
    let met = result.outcome == Some(SlaOutcome::Met);
    let (class, glyph) =
        if met { ("state kept", Glyph::Check) } else { ("state late", Glyph::Cross) };
    let outcome = result.outcome.map(|outcome| say(outcome.label())).unwrap_or_default();
    let path = place::record_path(belonging.document(), result.key());
    view! {
        <li>
            <a class="plain-link" href=path>{result.period.clone()}</a>
            <span class=class><Icon glyph=glyph small=true />{outcome}</span>
            <span class="support">{result.value.clone()}</span>
        </li>
    }
}
