//! Which tool holds what must be known, and who confirmed that it is in use (S0.29 to S0.35).

use handbook::{
    DocumentId, Known, Op, Record, RecordId, RecordKey, Row, Value,
    figures::{
        sponsor::holders,
        tools::{Covered, tools_coverage},
    },
    known,
    records::{Assignment, Role, Tool},
};
use leptos::{prelude::*, task::spawn_local};

use super::Subject;
use crate::{
    texts::{engagement as t, say, tell},
    ui::{
        ask::AskForm,
        format,
        icons::{Glyph, Icon},
        place,
        section::Section,
        sheet::{Dialog, open_while},
        state::{AppState, use_app},
        toast::use_toasts,
    },
};

#[component]
pub fn Tools(subject: Subject) -> impl IntoView {
    let app = use_app();
    let asked = RwSignal::new(None::<RecordId>);
    let tools = Memo::new(move |_| {
        let rows: Vec<Row> = app.list(Tool::KEY).iter().map(|placed| placed.row.clone()).collect();
        known::<Tool>(&rows)
    });
    let lines = move || {
        tools.with(|tools| {
            tools_coverage(tools).iter().map(|one| need(&app, tools, one, asked)).collect_view()
        })
    };
    let new = move || {
        view! { <a class="reach" href=place::new_path(DocumentId::Firm, Tool::KEY)>{t::new_tool()}</a> }
    };
    view! {
        <Section title=t::tools() aside=new>
            <p class="finding support">{t::tools_why()}</p>
            <table class="table folds tools">
                <thead>
                    <tr>
                        <th scope="col">{t::holds()}</th>
                        <th scope="col">{t::tool()}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            <ConfirmDialog subject=subject tools=tools asked=asked />
        </Section>
    }
}

/// What must be known, the tools that hold it, and what to do where none does.
fn need(
    app: &AppState,
    tools: &[Known<Tool>],
    covered: &Covered,
    asked: RwSignal<Option<RecordId>>,
) -> impl IntoView + use<> {
    let all = covered.confirmed.iter().chain(&covered.others);
    let found = all.filter_map(|id| tools.iter().find(|tool| tool.id == *id));
    let lines = found.map(|tool| tool_line(app, tool, asked)).collect_view();
    let advice = covered.advice().map(|advice| {
        view! { <p class="state soon wraps"><Icon glyph=Glyph::ClockAlert small=true />{tell(&advice)}</p> }
    });
    view! {
        <tr>
            <th scope="row">{say(covered.need.label())}</th>
            <td>
                <ul class="lines">{lines}</ul>
                {advice}
            </td>
        </tr>
    }
}

fn tool_line(
    app: &AppState,
    tool: &Known<Tool>,
    asked: RwSignal<Option<RecordId>>,
) -> impl IntoView + use<> {
    let id = tool.id;
    let path = place::record_path(DocumentId::Firm, tool.key());
    let who = [tool.confirmed_by, tool.confirmed_with].into_iter().flatten();
    let who: Vec<String> = who.map(|member| app.member_name(member.id.bytes())).collect();
    let said = match tool.confirmed_on {
        Some(on) => t::confirmed(&format::day(on, app.today()), &format::list(&who)),
        None => t::not_confirmed().to_owned(),
    };
    let label = t::confirm_tool(&tool.name);
    view! {
        <li class="tool">
            <span>
                <a class="reach" href=path>{tool.name.clone()}</a>
                " "
                <span class="support">{said}</span>
            </span>
            <button type="button" class="button quiet" aria-label=label on:click=move |_| asked.set(Some(id))>
                {t::confirm()}
            </button>
        </li>
    }
}

/// Who runs an engagement of the client, and who looks after it: they are proposed.
fn proposed(subject: Subject, app: &AppState) -> (Option<RecordId>, Option<RecordId>) {
    let today = app.today();
    let assignments: Vec<Known<Assignment>> = subject.rows.with(|rows| known(rows));
    let account = holders(&assignments, Role::AccountManager, today).next();
    let runs = |one: &&Known<Assignment>| {
        one.role == Some(Role::EngagementManager)
            && one.from.is_none_or(|from| from <= today)
            && one.until.is_none_or(|until| until >= today)
    };
    let people = assignments.iter().filter(runs).filter_map(|one| Some(one.person?.id));
    (people.clone().find(|one| Some(*one) != account).or_else(|| people.clone().next()), account)
}

#[component]
fn ConfirmDialog(
    subject: Subject,
    tools: Memo<Vec<Known<Tool>>>,
    asked: RwSignal<Option<RecordId>>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let open = open_while(asked);
    let title = Signal::derive(move || {
        let name = |id| {
            tools.with(|tools| tools.iter().find(|tool| tool.id == id).map(|it| it.name.clone()))
        };
        asked.get().and_then(name).map(|name| t::confirm_tool(&name)).unwrap_or_default()
    });
    let form = move || {
        let tool = asked.get()?;
        let keys = &Tool::KEYS;
        let (engagement, account) = untrack(|| proposed(subject, &app));
        let person = |who: Option<RecordId>| who.map_or(Value::Empty, Value::Link);
        let different = account.filter(|account| Some(*account) != engagement);
        let first = vec![
            (keys.confirmed_on.key(), Value::Date(untrack(|| app.today()))),
            (keys.confirmed_by.key(), person(engagement)),
            (keys.confirmed_with.key(), person(different)),
        ];
        let on_submit = Callback::new(move |given: Vec<(&'static str, Value)>| {
            let keys =
                [keys.confirmed_on.field(), keys.confirmed_by.field(), keys.confirmed_with.field()];
            let read = |key: &str| {
                given
                    .iter()
                    .find(|(own, _)| *own == key)
                    .map(|(_, value)| value.clone())
                    .unwrap_or_default()
            };
            let [on, by, with] = keys.map(|field| read(field.key));
            if [&on, &by, &with].iter().any(|value| value.is_empty()) {
                return Some(t::say_both().to_owned());
            }
            if by == with {
                return Some(t::two_people().to_owned());
            }
            let key = RecordKey::new(Tool::KIND, tool);
            let ops = keys.into_iter().zip([on, by, with]).map(|(field, value)| Op::Set {
                key,
                field: field.key,
                value,
            });
            let ops = ops.collect();
            spawn_local(async move {
                if let Err(trouble) = app.write(DocumentId::Firm, ops, "confirm tool").await {
                    toasts.trouble(&trouble);
                }
            });
            None
        });
        Some(view! {
            <p class="support">{t::confirm_who()}</p>
            <AskForm
                document=DocumentId::Firm
                fields=vec![keys.confirmed_on.field(), keys.confirmed_by.field(), keys.confirmed_with.field()]
                first=first
                open=open
                on_submit=on_submit
            />
        })
    };
    view! { <Dialog id="confirm-tool" title=title open=open>{form}</Dialog> }
}
