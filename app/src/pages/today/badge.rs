//! The number on the icon of the installed app: what this day asks for.

use std::sync::Arc;

use handbook::{RecordId, attention::Severity};
use leptos::prelude::*;

use crate::{
    platform,
    ui::{
        model::{Attention, DueItem, Visit},
        state::AppState,
    },
};

/// Keeps the number on the icon in step with the page. A sample firm asks nobody for anything.
pub(super) fn keep(
    app: AppState,
    reasons: Memo<Arc<Vec<Attention>>>,
    visits: Memo<Arc<Vec<Visit>>>,
    week: Memo<Arc<Vec<DueItem>>>,
) {
    let asked = Memo::new(move |_| {
        let (member, sample) = app.workspace.with(|workspace| (workspace.member, workspace.sample));
        if sample {
            return 0;
        }
        let today = app.today();
        let due = week
            .with(|due| due.iter().filter(|item| item.on == today && is_of(item, member)).count());
        visits.with(|visits| visits.len()) + reasons.with(|reasons| urgent(reasons)) + due
    });
    Effect::new(move |_| platform::badge::show(u32::try_from(asked.get()).unwrap_or(u32::MAX)));
}

fn urgent(reasons: &[Attention]) -> usize {
    reasons.iter().filter(|found| found.reason.severity == Severity::Urgent).count()
}

/// What a person has to deal with; what is nobody's is everybody's. A planned contact of today stands among the visits.
fn is_of(item: &DueItem, member: Option<RecordId>) -> bool {
    item.topic != Some(handbook::agenda::Topic::Schedule)
        && (item.accountable.is_none() || item.accountable == member)
}

#[cfg(test)]
mod tests {
    use handbook::agenda::Topic;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::ui::model::Place;

    #[test]
    fn whose_items_count() {
        let me = RecordId::from_bytes([7; 16]);
        let item = |topic, accountable| DueItem {
            on: "2026-11-12".parse().unwrap(),
            text: String::new(),
            why: String::new(),
            detail: String::new(),
            client: None,
            client_name: String::new(),
            topic: Some(topic),
            accountable,
            place: Place::Path("/".into()),
            done: None,
        };
        let check = |topic, accountable, expected| {
            assert_eq!(is_of(&item(topic, accountable), Some(me)), expected);
        };
        check(Topic::Promises, Some(me), true);
        check(Topic::Promises, None, true);
        check(Topic::Promises, Some(RecordId::from_bytes([8; 16])), false);
        check(Topic::Schedule, Some(me), false);
    }
}
