//! A record that is being made: its values so far, kept on this device until it is saved or not wanted.

use std::collections::BTreeSet;

use handbook::{Kind, Value};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    texts,
    ui::{
        draft::{self, Values},
        field::{Keeping, Kept},
        save::Saver,
        state::{AppState, use_app},
    },
};

/// A record that is not made yet. What is typed is kept on this device until it is saved.
#[derive(Clone, Copy)]
pub struct NewRecord {
    pub(super) app: AppState,
    pub(super) kind: &'static Kind,
    pub(super) name: StoredValue<String>,
    /// Its values so far.
    pub values: RwSignal<Values>,
    /// What is wrong, by field key.
    pub problems: RwSignal<Vec<(&'static str, String)>>,
    /// What is kept with it and is no value of it, such as corrections of what was picked out of a text.
    pub beside: RwSignal<String>,
    /// Whether what was typed is kept.
    pub keeping: Keeping,
    typed: StoredValue<BTreeSet<&'static str>>,
    /// What this device keeps of it, as far as this tab knows.
    kept: StoredValue<String>,
    saver: Saver,
}

impl NewRecord {
    /// Begins one under the current owner, with what was kept of it before and otherwise `first` values.
    /// `name` tells drafts of the same kind apart.
    pub fn begin(kind: &'static Kind, name: String, first: Values) -> Self {
        let app = use_app();
        let name = StoredValue::new(format!("{}/{name}", kind.key));
        let keeping = Keeping::new();
        let kept = StoredValue::new(String::new());
        let keep = Callback::new(move |text: Value| {
            let text = text.as_text().unwrap_or_default().to_owned();
            let Some(name) = name.try_get_value() else { return };
            let begun = keeping.begun();
            kept.set_value(text.clone());
            spawn_local(async move {
                let result = app.act(|acts| (acts.keep_draft)((name, text))).await;
                keeping.ended(
                    begun,
                    match result {
                        Ok(()) => Kept::Saved(app.now()),
                        Err(trouble) => Kept::Failed(trouble.0),
                    },
                );
            });
        });
        let new = Self {
            app,
            kind,
            name,
            values: RwSignal::new(first),
            problems: RwSignal::new(Vec::new()),
            beside: RwSignal::new(String::new()),
            keeping,
            typed: StoredValue::new(BTreeSet::new()),
            kept,
            saver: Saver::new(keep),
        };
        new.read_draft();
        Effect::watch(move || app.erased.track(), move |(), _, _| new.read_again(), false);
        new
    }

    /// Somebody was erased. Where what is kept of this lost something, that is what there is of it now.
    fn read_again(self) {
        let name = self.name.get_value();
        spawn_local(async move {
            let Ok(text) = self.app.act(|acts| (acts.draft)(name)).await else { return };
            if self.kept.try_get_value().is_none_or(|kept| kept == text) {
                return;
            }
            self.saver.drop_pending();
            self.kept.set_value(text.clone());
            self.typed.update_value(BTreeSet::clear);
            self.values.set(draft::from_text(self.kind, &text));
            self.beside.set(draft::beside_from_text(&text));
        });
    }

    fn read_draft(self) {
        let name = self.name.get_value();
        spawn_local(async move {
            let Ok(text) = self.app.act(|acts| (acts.draft)(name)).await else { return };
            if self.kept.try_with_value(String::is_empty) == Some(true) {
                self.kept.set_value(text.clone());
            }
            // What somebody typed while the draft was being read comes first.
            let _ = self.values.try_update(|values| {
                let typed = self.typed.get_value();
                let kept = draft::from_text(self.kind, &text).into_iter();
                values.extend(kept.filter(|(key, _)| !typed.contains(key)));
            });
            let _ = self.beside.try_update(|beside| {
                if beside.is_empty() {
                    *beside = draft::beside_from_text(&text);
                }
            });
        });
    }

    /// The value of a field so far; reactive.
    pub fn get(&self, field: &str) -> Value {
        self.values.with(|values| values.get(field).cloned().unwrap_or_default())
    }

    /// Gives a field a value and keeps it.
    pub fn set(&self, field: &'static str, value: Value) {
        self.typed.update_value(|typed| {
            typed.insert(field);
        });
        self.values.update(|values| {
            values.insert(field, value);
        });
        self.problems.update(|problems| problems.retain(|(key, _)| *key != field));
        self.keep_soon();
    }

    /// Changes what is kept with it.
    pub fn set_beside(&self, text: String) {
        self.beside.set(text);
        self.keep_soon();
    }

    fn keep_soon(&self) {
        self.keeping.typed();
        let values = self.values.with_untracked(|values| draft::to_text(self.kind, values));
        let beside = self.beside.with_untracked(|beside| draft::beside_to_text(beside));
        self.saver.later(Value::Text(values + &beside));
    }

    /// Forgets what was kept: it is written now, or not wanted.
    pub fn forget(&self) {
        self.saver.now(Value::Text(String::new()));
    }

    /// What was filled in; `None` if something speaks against writing it, which the fields then say.
    pub fn check(&self) -> Option<Vec<(&'static str, Value)>> {
        let values: Vec<(&'static str, Value)> = self.values.with_untracked(|values| {
            values
                .iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(key, value)| (*key, value.clone()))
                .collect()
        });
        let problems: Vec<_> = handbook::validate::validate(self.kind, &values)
            .into_iter()
            .map(|problem| (problem.field, problem.sentence.get(texts::language()).to_owned()))
            .collect();
        let fine = problems.is_empty();
        self.problems.set(problems);
        fine.then_some(values)
    }
}
