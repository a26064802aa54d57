//! What the relationship needs and the engagement's plan lacks, each with the way to plan it (S4.61).

use handbook::{
    Choice, Known, Record, Row,
    figures::in_planning::in_planning,
    known,
    records::{Engagement, ScheduledContact, ScheduledKind},
};
use leptos::prelude::*;

use super::Belonging;
use crate::texts::{engagement as t, say};

#[component]
pub fn Planning(belonging: Belonging, row: Signal<Row>) -> impl IntoView {
    let missing = Memo::new(move |_| {
        let own: Vec<Known<Engagement>> = row.with(|row| known(std::slice::from_ref(row)));
        let planned: Vec<Known<ScheduledContact>> =
            known(&belonging.of_kind(ScheduledContact::KEY));
        in_planning(&own, &planned).pop().map(|plan| plan.missing)
    });
    let line = move |kind: ScheduledKind| {
        let words = say(kind.label());
        let path = format!(
            "{}&kind={}&subject={words}",
            belonging.new_path(ScheduledContact::KEY),
            kind.key()
        );
        view! {
            <li>
                <a class="reach" href=path aria-label=format!("{}: {words}", t::plan_it())>
                    {words}
                </a>
            </li>
        }
    };
    move || {
        let missing = missing.get().filter(|missing| !missing.is_empty())?;
        let lines: Vec<_> = missing.into_iter().map(line).collect();
        Some(view! {
            <h3 class="label">{t::not_in_plan()}</h3>
            <ul class="in-line">{lines}</ul>
        })
    }
}
