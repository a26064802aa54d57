//! Who has turned away from us: where each contact stood before, read from their histories once the page is there.

use std::collections::BTreeMap;

use handbook::{
    Choice, Record, RecordId, RecordKey, Row,
    figures::stakeholders::{regressed, stance_before},
    records::{Contact, Stance},
};
use leptos::{prelude::*, task::spawn_local};

use super::Subject;
use crate::ui::state::use_app;

/// The stance before, of those who stand less well to us than they did. Asked again when somebody's stance changes.
pub fn turned(subject: Subject, people: Memo<Vec<Row>>) -> RwSignal<BTreeMap<RecordId, Stance>> {
    let app = use_app();
    let found = RwSignal::new(BTreeMap::new());
    let stances = Memo::new(move |_| {
        let stance =
            |row: &Row| (row.id, Contact::KEYS.stance.raw(row).as_text().map(str::to_owned));
        people.with(|people| people.iter().map(stance).collect::<Vec<_>>())
    });
    Effect::new(move |_| {
        stances.track();
        let people = people.get_untracked();
        spawn_local(async move {
            let mut before = BTreeMap::new();
            for row in people.iter().filter(|row| !Contact::KEYS.stance.raw(row).is_empty()) {
                let key = RecordKey::new(Contact::KIND, row.id);
                // Without its history the page says nothing about what was before.
                let history = app
                    .act(|acts| (acts.history)((subject.document(), key, usize::MAX)))
                    .await
                    .map(|recent| recent.entries)
                    .unwrap_or_default();
                let read = Contact::from_row(row).ok().zip(stance_before(&history));
                if let Some((_, stood)) = read.filter(|(contact, stood)| regressed(contact, *stood))
                {
                    before.insert(row.id, stood);
                }
            }
            let _ = found.try_set(before);
        });
    });
    found
}

/// The word for a stance inside a sentence.
pub fn word(stance: Stance) -> String {
    crate::texts::inline(crate::texts::say(stance.label()))
}
