//! Influence and interest as a table of four quarters.

use handbook::{Record, Row, figures::stakeholders::Quarter, records::Contact};
use leptos::prelude::*;

use super::Subject;
use crate::{
    texts::{relationship as t, say, title_of},
    ui::{format, place, section::Section},
};

#[component]
pub fn Grid(subject: Subject, people: Memo<Vec<Row>>) -> impl IntoView {
    let placed = Memo::new(move |_| {
        people.with(|people| {
            people
                .iter()
                .map(|row| {
                    let read = Contact::from_row(row).unwrap_or_default();
                    (Quarter::of(&read), row.clone(), read)
                })
                .collect::<Vec<_>>()
        })
    });
    let any = Memo::new(move |_| placed.with(|placed| placed.iter().any(|(at, ..)| at.is_some())));
    let quarter = move |quarter: Quarter| {
        let lines = placed.with(|placed| {
            let own = placed.iter().filter(|(at, ..)| *at == Some(quarter));
            own.map(|(_, row, read)| person(subject, row, read)).collect::<Vec<_>>()
        });
        let nobody = lines.is_empty().then(|| view! { <p class="support">{t::nobody()}</p> });
        view! {
            <td>
                <strong class="quarter">{say(quarter.label())}</strong>
                {nobody}
                <ul class="lines">{lines}</ul>
            </td>
        }
    };
    let unplaced = move || {
        let names: Vec<String> = placed.with(|placed| {
            let own = placed.iter().filter(|(at, ..)| at.is_none());
            own.map(|(_, row, _)| title_of(row)).collect()
        });
        (!names.is_empty()).then(|| {
            view! { <p class="quiet-words">{t::not_placed()} " " {format::list(&names)}</p> }
        })
    };
    view! {
        <Show when=move || any.get()>
            <Section title=t::grid()>
                <table class="grid-table">
                    <caption class="unseen">{t::grid_caption()}</caption>
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{t::some_interest()}</th>
                            <th scope="col">{t::much_interest()}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <tr>
                            <th scope="row">{t::much_influence()}</th>
                            {move || quarter(Quarter::KeepSatisfied)}
                            {move || quarter(Quarter::WorkClosely)}
                        </tr>
                        <tr>
                            <th scope="row">{t::some_influence()}</th>
                            {move || quarter(Quarter::Watch)}
                            {move || quarter(Quarter::KeepInformed)}
                        </tr>
                    </tbody>
                </table>
                {unplaced}
            </Section>
        </Show>
    }
}

/// The name, and the two numbers behind the place.
fn person(subject: Subject, row: &Row, read: &Contact) -> impl IntoView + use<> {
    let numbers = read.influence.zip(read.interest);
    let numbers = numbers.map(|(influence, interest)| t::placed(influence.get(), interest.get()));
    view! {
        <li>
            <a class="reach" href=place::record_path(subject.document(), row.key())>{title_of(row)}</a>
            " "
            <span class="support">{numbers}</span>
        </li>
    }
}
