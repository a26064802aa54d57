//! Says, where somebody is assigned, that a client sponsor would then also do the client's work (S4.46).

use std::collections::BTreeMap;

use handbook::{
    DocumentId, Known, Record, RecordId, Row, Value,
    figures::sponsor::{Conflict, in_the_way},
    known,
    records::{Assignment, Engagement},
};
use leptos::prelude::*;

use super::{
    icons::{Glyph, Icon},
    state::{AppState, use_app},
    value::name_of,
};
use crate::texts::{inline, say, strategy as t};
use handbook::typed::Choice;

/// What would take the sponsor's independence away if the assignment held as it is in `proposed`; nothing if all is well.
#[component]
pub fn Independence(
    /// The client's document.
    document: DocumentId,
    /// The assignment.
    proposed: Signal<Option<Known<Assignment>>>,
) -> impl IntoView {
    let app = use_app();
    let said = Memo::new(move |_| {
        let Some(proposed) = proposed.get() else { return Vec::new() };
        let rows = app.document(&document).unwrap_or_default();
        let conflicts =
            in_the_way(proposed, &known(&rows), &known::<Engagement>(&rows), app.today());
        conflicts.iter().map(|conflict| sentence(&app, document, conflict)).collect::<Vec<_>>()
    });
    view! {
        <div role="status" class="cautions">
            {move || {
                said.try_get()
                    .unwrap_or_default()
                    .into_iter()
                    .map(|words| {
                        view! {
                            <p class="state late wraps">
                                <Icon glyph=Glyph::Alert small=true />
                                {words}
                            </p>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
}

/// "Ines Marchetti also has the role “Project manager” in “West basin”. A sponsor stands outside the work."
pub fn sentence(app: &AppState, document: DocumentId, conflict: &Conflict) -> String {
    let engagement = conflict.engagement.and_then(|id| name_of(app, document, Engagement::KEY, id));
    t::conflict(
        &app.member_name(conflict.person.bytes()),
        &inline(say(conflict.role.label())),
        &engagement.unwrap_or_default(),
    )
}

/// The assignment that a form would make, as far as it is filled in.
pub fn from_values(
    id: RecordId,
    values: &BTreeMap<&'static str, Value>,
) -> Option<Known<Assignment>> {
    let mut row = Row::empty(Assignment::KIND, id);
    for (field, slot) in Assignment::KIND.fields.iter().zip(&mut row.values) {
        if let Some(value) = values.get(field.key) {
            *slot = value.clone();
        }
    }
    Some(Known::new(id, Assignment::from_row(&row).ok()?))
}
