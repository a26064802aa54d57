//! The 360° heat map: a real table, its numbers printed, its finding said above it.

use chrono::{Datelike, NaiveDate};
use handbook::{
    Choice,
    figures::coverage::{Coverage, Line},
    records::Function,
};
use leptos::prelude::*;

use super::{
    format,
    icons::{Glyph, Icon},
};
use crate::texts::{client as t, day::days_ago, say};

/// Touchpoints of a client by function and month.
#[component]
pub fn HeatMap(
    /// The figures.
    coverage: Coverage,
    /// The day they hold for.
    today: NaiveDate,
) -> impl IntoView {
    let months = || coverage.months.iter().copied();
    let head = months()
        .enumerate()
        .map(|(at, month)| month_head(at, month, coverage.since))
        .collect_view();
    let bracket = months().map(|month| bracket_head(month, coverage.since)).collect_view();
    let lines = coverage.lines.iter().map(|line| line_row(line, &coverage, today)).collect_view();
    view! {
        <p class="finding">{finding(&coverage, today)}</p>
        <table class="heat">
            <caption class="unseen">{t::coverage_caption()}</caption>
            <thead>
                <tr aria-hidden="true">
                    <th class="heat-name"></th>
                    {bracket}
                    <th class="heat-last"></th>
                </tr>
                <tr>
                    <th class="heat-name" scope="col">{t::touchpoints()}</th>
                    {head}
                    <th class="heat-last" scope="col">{t::last_spoke()}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
        <Legend />
    }
}

/// The class of a cell that counts touchpoints, and what it prints.
pub fn cell(count: u32) -> (&'static str, String) {
    let class = match count {
        0 => "cell none",
        1..=2 => "cell heat-1",
        3..=5 => "cell heat-2",
        6..=9 => "cell heat-3",
        _ => "cell heat-4",
    };
    (class, if count == 0 { "–".to_owned() } else { count.to_string() })
}

/// What the colours of the cells stand for.
#[component]
pub fn Legend() -> impl IntoView {
    view! {
        <ul class="heat-legend" aria-hidden="true">
            <li><i class="none"></i>{t::heat_none()}</li>
            <li><i class="heat-1"></i>"1–2"</li>
            <li><i class="heat-2"></i>"3–5"</li>
            <li><i class="heat-3"></i>"6–9"</li>
            <li><i class="heat-4"></i>{t::heat_many()}</li>
        </ul>
    }
}

/// A function's name in the reader's language.
pub fn function_name(key: &str) -> &'static str {
    Function::from_key(key).map_or("", |function| say(function.label()))
}

/// Over the months: the name of the bracket.
fn bracket_head(month: NaiveDate, since: NaiveDate) -> impl IntoView {
    let words = is_month_of(month, since).then(t::last_90_days);
    view! {
        <th class="spanning">
            <span>{words}</span>
        </th>
    }
}

/// A month; under the first of a year, which year.
fn month_head(at: usize, month: NaiveDate, since: NaiveDate) -> impl IntoView {
    let year = (month.month() == 1 && at > 0).then(|| month.year());
    let whole = month > since;
    let partly = is_month_of(month, since);
    view! {
        <th scope="col" class:within=whole class:within-from=partly>
            {format::month_short(month)}
            {year.map(|year| view! { " " <span class="year">{year}</span> })}
        </th>
    }
}

fn is_month_of(month: NaiveDate, day: NaiveDate) -> bool {
    (month.year(), month.month()) == (day.year(), day.month())
}

fn line_row(line: &Line, coverage: &Coverage, today: NaiveDate) -> impl IntoView + use<> {
    let cells = line
        .counts
        .iter()
        .map(|count| {
            let (class, text) = cell(*count);
            view! { <td class=class>{text}</td> }
        })
        .collect_view();
    let ago =
        line.last.map_or_else(|| t::never().to_owned(), |last| days_ago((today - last).num_days()));
    let last = if line.covers(coverage.since) {
        ago.into_any()
    } else {
        view! {
            <span class="state soon">
                <Icon glyph=Glyph::ClockAlert small=true />
                {ago}
            </span>
        }
        .into_any()
    };
    view! {
        <tr>
            <th class="heat-name" scope="row">{function_name(line.function)}</th>
            {cells}
            <td class="heat-last">{last}</td>
        </tr>
    }
}

/// "Finance has been silent since 7 August."
fn finding(coverage: &Coverage, today: NaiveDate) -> AnyView {
    let Some(line) = coverage.most_silent() else {
        return view! { <strong class="firm-words">{t::all_spoke()}</strong> }.into_any();
    };
    let name = function_name(line.function);
    match line.last {
        Some(last) => view! {
            <strong class="firm-words">{t::has_been_silent(name)}</strong>
            {t::since_day(&format::day(last, today))}
        }
        .into_any(),
        None => view! { <strong class="firm-words">{t::never_spoke(name)}</strong> }.into_any(),
    }
}
