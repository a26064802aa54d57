//! The four corners of an analysis, each item with what shows it and what is done about it.

use handbook::{
    Known, Record, RecordId, RecordKey,
    records::{ActionSource, Complaint, Quadrant, SwotItem, Touchpoint},
    strategy::swot::line_of,
};
use leptos::prelude::*;

use super::{
    super::{
        Subject,
        actions::{Actions, From},
        line, record_of,
    },
    Desk,
};
use crate::{
    texts::strategy as t,
    ui::{ask::AskForm, place, sheet::Dialog, state::AppState, value::name_of},
};

const QUADRANTS: [Quadrant; 4] =
    [Quadrant::Strength, Quadrant::Weakness, Quadrant::Opportunity, Quadrant::Threat];
/// What is asked of a new item.
const ASKED: [&str; 5] = ["text", "weight", "evidence", "touchpoints", "complaints"];

/// The four corners of one analysis.
#[component]
pub fn Quadrants(desk: Desk, swot: RecordId, #[prop(optional)] writing: bool) -> impl IntoView {
    let corner = move |quadrant: Quadrant| {
        let own = Memo::new(move |_| {
            let mut own: Vec<Known<SwotItem>> = desk.items.with(|items| {
                let own = items.iter().filter(|one| one.swot.is_some_and(|of| of.id == swot));
                own.filter(|one| one.quadrant == Some(quadrant)).cloned().collect()
            });
            own.sort_by_key(|one| (std::cmp::Reverse(one.weight), one.id));
            own
        });
        let lines = move || {
            let own = own.get();
            if own.is_empty() {
                return view! { <li class="quiet-words">{t::nothing_here()}</li> }.into_any();
            }
            own.into_iter()
                .map(|item| view! { <Item desk=desk item=item /> })
                .collect_view()
                .into_any()
        };
        let add = writing.then(|| {
            view! {
                <button
                    type="button"
                    class="button quiet flush-start"
                    on:click=move |_| desk.adding.set(Some((swot, quadrant)))
                >
                    {t::add(quadrant)}
                </button>
            }
        });
        view! {
            <section class="quadrant" aria-label=t::quadrant(quadrant)>
                <h4>{t::quadrant(quadrant)}</h4>
                <ul>{lines}</ul>
                {add}
            </section>
        }
    };
    view! { <div class="quadrants">{QUADRANTS.map(corner)}</div> }
}

#[component]
fn Item(desk: Desk, item: Known<SwotItem>) -> impl IntoView {
    let Desk { app, subject, .. } = desk;
    let id = item.id;
    let weight = item.weight.map(|weight| t::weight(weight.get()));
    let name = item.text.clone();
    let links = evidence_links(&app, subject, &item);
    let from = move || From {
        field: SwotItem::KEY,
        source: ActionSource::Swot,
        ids: desk.items.with(|items| line_of(id, items)),
        name: name.clone(),
    };
    view! {
        <li>
            <a class="plain-link" href=record_of(subject, SwotItem::KIND, id)>
                {item.text.clone()}
            </a>
            {line(weight.into_iter().chain([item.evidence.trim().to_owned()]))}
            {(!links.is_empty()).then(|| view! { <p class="support">{t::seen_in()}": "{links}</p> })}
            {move || view! { <Actions subject=subject actions=desk.actions.get() from=from() /> }}
        </li>
    }
}

/// The touchpoints and complaints that show an item, as links.
fn evidence_links(app: &AppState, subject: Subject, item: &SwotItem) -> Vec<AnyView> {
    let link = |kind: &'static handbook::Kind, id: RecordId| {
        let words = name_of(app, subject.document(), kind.key, id)?;
        let path = place::record_path(subject.document(), RecordKey::new(kind, id));
        Some(view! { <a class="reach seen-in" href=path>{words}</a> }.into_any())
    };
    let touches = item.touchpoints.iter().filter_map(|it| link(Touchpoint::KIND, it.id));
    let complaints = item.complaints.iter().filter_map(|it| link(Complaint::KIND, it.id));
    touches.chain(complaints).collect()
}

/// The question for a new item, for whichever quadrant it was asked.
#[component]
pub fn NewItem(desk: Desk) -> impl IntoView {
    let open = RwSignal::new(false);
    // Both follow each other, so each is set only where it differs.
    Effect::new(move |_| {
        let wanted = desk.adding.get().is_some();
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::new(move |_| {
        if !open.get() && desk.adding.get_untracked().is_some() {
            desk.adding.set(None);
        }
    });
    let title = Signal::derive(move || {
        desk.adding.get().map(|(_, quadrant)| t::add(quadrant).to_owned()).unwrap_or_default()
    });
    view! {
        <Dialog id="swot-item" title=title open=open>
            {move || {
                let (swot, quadrant) = desk.adding.get()?;
                let fields =
                    SwotItem::KIND.fields.iter().filter(|field| ASKED.contains(&field.key)).collect();
                let on_submit = Callback::new(move |values| desk.add(swot, quadrant, values));
                Some(view! { <AskForm document=desk.subject.document() fields=fields open=open on_submit=on_submit /> })
            }}
        </Dialog>
    }
}
