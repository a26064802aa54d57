//! Who of ours has met whom of theirs, and when last.

use chrono::NaiveDate;
use handbook::{
    Record, RecordId, RecordKey, Row,
    figures::{
        met::{Cell, Met, met},
        touch::Touch,
    },
    records::Contact,
};
use leptos::prelude::*;

use super::Subject;
use crate::{
    texts::{relationship as t, say},
    ui::{
        format, place,
        section::{Empty, Section},
        state::{AppState, use_app},
    },
};

#[component]
pub fn WhoHasMet(
    subject: Subject,
    people: Memo<Vec<Row>>,
    touches: Memo<Vec<Touch>>,
) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let today = app.today();
        let contacts: Vec<RecordId> =
            people.with(|people| people.iter().map(|row| row.id).collect());
        touches.with(|touches| {
            let mut members: Vec<RecordId> =
                touches.iter().flat_map(|it| it.members.clone()).collect();
            members.sort_unstable();
            members.dedup();
            let all = met(&contacts, &members, touches, today);
            without_strangers(all)
        })
    });
    let table = move || {
        let today = app.today();
        found.with(|found| matrix(&app, subject, found, today))
    };
    view! {
        <Section title=t::met()>
            <Show
                when=move || found.with(|found| !found.members.is_empty())
                fallback=|| view! { <Empty text=t::nobody_met() /> }
            >
                <p class="finding">{move || found.with(|found| finding(&app, subject, found))}</p>
                <div class="scroll-wide">{table}</div>
            </Show>
        </Section>
    }
}

/// Only those of us who have met somebody who is still there, whoever knows most of them first.
fn without_strangers(all: Met) -> Met {
    let known = |place: usize| {
        all.lines
            .iter()
            .filter(|line| line.cells.get(place).is_some_and(|it| it.conversations > 0))
            .count()
    };
    let mut places: Vec<usize> = (0..all.members.len()).filter(|place| known(*place) > 0).collect();
    places.sort_by_key(|place| std::cmp::Reverse(known(*place)));
    let pick = |cells: &[Cell]| places.iter().filter_map(|at| cells.get(*at).copied()).collect();
    let lines = all.lines.iter().map(|line| handbook::figures::met::Line {
        contact: line.contact,
        cells: pick(&line.cells),
    });
    Met {
        members: places.iter().filter_map(|at| all.members.get(*at).copied()).collect(),
        lines: lines.collect(),
    }
}

/// Whom only one of us knows.
fn finding(app: &AppState, subject: Subject, found: &Met) -> String {
    let alone = found.lines.iter().filter(|line| line.known_to() == 1).filter_map(|line| {
        let at = line.cells.iter().position(|cell| cell.conversations > 0)?;
        let ours = app.member_name(found.members.get(at)?.bytes());
        Some(t::only_one_met(&ours, &name(app, subject, line.contact)))
    });
    let alone: Vec<String> = alone.collect();
    if alone.is_empty() { t::all_known_twice().to_owned() } else { alone.join(" ") }
}

fn name(app: &AppState, subject: Subject, contact: RecordId) -> String {
    app.title(subject.document(), RecordKey::new(Contact::KIND, contact))
}

fn matrix(
    app: &AppState,
    subject: Subject,
    found: &Met,
    today: NaiveDate,
) -> impl IntoView + use<> {
    let heads = found.members.iter().map(|member| {
        let name = app.member_name(member.bytes());
        view! { <th scope="col" class="number"><abbr title=name.clone()>{format::first_name(&name)}</abbr></th> }
    });
    let lines = found.lines.iter().map(|line| {
        let path = place::record_path(subject.document(), RecordKey::new(Contact::KIND, line.contact));
        let cells = line.cells.iter().map(|one| cell(*one, today)).collect_view();
        view! {
            <tr>
                <th scope="row"><a class="reach" href=path>{name(app, subject, line.contact)}</a></th>
                {cells}
                <td class="number support">{t::of_us(line.known_to())}</td>
            </tr>
        }
    });
    view! {
        <table class="table met">
            <caption class="unseen">{t::met_caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{say(Contact::KIND.one)}</th>
                    {heads.collect_view()}
                    <th scope="col" class="number">{t::known_to()}</th>
                </tr>
            </thead>
            <tbody>{lines.collect_view()}</tbody>
        </table>
    }
}

fn cell(cell: Cell, today: NaiveDate) -> AnyView {
    match cell.last {
        Some(last) => {
            let day = format::day(last, today);
            view! { <td class="number">{cell.conversations} <small>{day}</small></td> }.into_any()
        }
        None => view! { <td class="number support">"–"</td> }.into_any(),
    }
}
