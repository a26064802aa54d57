//! What is done about something: the actions that came from it, and the way to a new one.

use handbook::{
    Known, Record, RecordId,
    records::{Action, ActionSource, ActionState},
    typed::Choice,
};
use leptos::prelude::*;

use super::{Subject, new_of, ours, record_of, small_label};
use crate::{
    texts::strategy as t,
    ui::{
        format,
        icons::{Glyph, Icon},
        state::use_app,
    },
};

/// The record that actions come from.
#[derive(Debug, Clone, PartialEq)]
pub struct From {
    /// The field of an action that names it.
    pub field: &'static str,
    /// What it is.
    pub source: ActionSource,
    /// Which one; the first is named by a new action, the others are earlier versions of it.
    pub ids: Vec<RecordId>,
    /// What people call it, for the name of the link.
    pub name: String,
}

/// The actions, open ones first, each with who and until when.
#[component]
pub fn Actions(subject: Subject, actions: Vec<Known<Action>>, from: From) -> impl IntoView {
    let app = use_app();
    let today = app.today();
    let mut own: Vec<Known<Action>> =
        actions.into_iter().filter(|action| names(action, &from)).collect();
    own.sort_by_key(|action| (!is_open(action), action.due));
    let lines = own
        .iter()
        .map(|action| {
            let open = is_open(action);
            let glyph = if open { Glyph::Arrow } else { Glyph::Check };
            let state = if open { String::new() } else { small_label(action.state) };
            let due = action.due.filter(|_| open).map(|due| format::day(due, today));
            let about = [ours(&app, action.owner), due.unwrap_or_default(), state];
            let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
            view! {
                <li>
                    <Icon glyph=glyph small=true />
                    <span>
                        <a class="plain-link" href=record_of(subject, Action::KIND, action.id)>
                            {action.text.clone()}
                        </a>
                        <span class="support">" "{about.join(", ")}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    let path = from.ids.first().map(|id| {
        let source = from.source.key().to_owned();
        new_of(subject, Action::KIND, &[(from.field, id.to_string()), ("source", source)])
    });
    let plan = path.map(|path| {
        view! {
            <a class="reach support plan" href=path aria-label=format!("{}: {}", t::plan_action(), from.name)>
                {t::plan_action()}
            </a>
        }
    });
    view! {
        <ul class="done-about">{lines}</ul>
        {plan}
    }
}

fn is_open(action: &Action) -> bool {
    matches!(action.state, ActionState::Open | ActionState::UnderWay)
}

fn names(action: &Action, from: &From) -> bool {
    let named = match from.source {
        ActionSource::Swot => action.swot_item.map(|it| it.id),
        ActionSource::Risk => action.risk.map(|it| it.id),
        ActionSource::SalvagePlan => action.salvage_plan.map(|it| it.id),
        ActionSource::SponsorDialogue => action.sponsor_dialogue.map(|it| it.id),
        ActionSource::SwitchingFactor => action.switching_factor.map(|it| it.id),
        _ => None,
    };
    named.is_some_and(|named| from.ids.contains(&named))
}

/// Where a risk's actions come from.
pub fn from_one<R: Record>(source: ActionSource, id: RecordId, name: &str) -> From {
    From { field: R::KEY, source, ids: vec![id], name: name.to_owned() }
}
