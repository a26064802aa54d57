//! What is done about a complaint, by whom and until when.

use handbook::{
    Choice, Op, Record, Row, Value,
    records::{Action, ActionState},
};
use leptos::{prelude::*, task::spawn_local};

use super::record::About;
use crate::{
    texts::{complaint as t, title_of, today as today_texts},
    ui::{
        format,
        icons::{Glyph, Icon},
        place,
        section::{Empty, Section},
        state::use_app,
        toast::use_toasts,
    },
};

/// The list, with a way to add to it.
#[component]
pub fn Actions(about: About) -> impl IntoView {
    let app = use_app();
    let keys = &Action::KEYS;
    let found = Memo::new(move |_| {
        let rows = app.document(&about.document).unwrap_or_default();
        let own = |row: &&Row| {
            row.kind.key == Action::KEY
                && !row.gone
                && keys.complaint.raw(row).as_link() == Some(about.key.id)
        };
        let mut found: Vec<Row> = rows.iter().filter(own).cloned().collect();
        found.sort_by_key(|row| (!is_done(row), keys.due.raw(row).as_date()));
        found
    });
    let aside = move || {
        let path =
            format!("{}?complaint={}", place::new_path(about.document, Action::KEY), about.key.id);
        let done = found.with(|found| {
            (!found.is_empty())
                .then(|| t::done_of(found.iter().filter(|row| is_done(row)).count(), found.len()))
        });
        view! {
            {done}
            " "
            <a class="reach" href=path>
                {t::new_action()}
            </a>
        }
    };
    view! {
        <Section title=t::actions() aside=aside>
            <Show when=move || found.with(|found| !found.is_empty()) fallback=|| view! { <Empty text=t::no_actions() /> }>
                <ul class="actions">
                    <For each=move || found.get() key=|row| (row.id, format!("{:?}", row.values)) let:row>
                        <ActionRow about=about row=row />
                    </For>
                </ul>
            </Show>
        </Section>
    }
}

fn is_done(row: &Row) -> bool {
    matches!(
        Action::KEYS.state.get(row),
        Ok(ActionState::Done | ActionState::Transferred | ActionState::Dropped)
    )
}

#[component]
fn ActionRow(about: About, row: Row) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let keys = &Action::KEYS;
    let key = row.key();
    let done = is_done(&row);
    let today = app.today();
    let owner = keys.owner.raw(&row).as_link().map(|id| app.member_name(id.bytes()));
    let day = match (keys.done_on.raw(&row).as_date(), keys.due.raw(&row).as_date()) {
        (Some(day), _) if done => t::done_on(&format::day(day, today)),
        (_, Some(due)) => format::day(due, today),
        _ => String::new(),
    };
    let tick = move |_| {
        let state = if done { ActionState::Open } else { ActionState::Done };
        let on = if done { Value::Empty } else { Value::Date(app.today()) };
        let ops = vec![
            Op::Set { key, field: "state", value: Value::Choice(state.key().to_owned()) },
            Op::Set { key, field: "done_on", value: on },
        ];
        spawn_local(async move {
            if let Err(trouble) = app.write(about.document, ops, "done").await {
                toasts.trouble(&trouble);
            }
        });
    };
    let title = title_of(&row);
    view! {
        <li>
            <button
                type="button"
                class="tick-button"
                class:done=done
                aria-pressed=done.to_string()
                aria-label=format!("{}: {title}", today_texts::done())
                on:click=tick
            >
                <Icon glyph=Glyph::Check />
            </button>
            <a href=place::record_path(about.document, key)>{title.clone()}</a>
            <span>{owner}</span>
            <span>{day}</span>
        </li>
    }
}
