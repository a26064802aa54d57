//! Forms made from declarations: one for a record that exists, one for a record to be made.

use std::collections::BTreeSet;

use handbook::{
    DocumentId, Field, Kind, Op, Record, RecordKey, Row, Value, form, records::Assignment,
    validate::validate_field,
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    draft::{self, Values},
    field::{ErrorSummary, FieldFrame, Keeping, Kept, KeptLine},
    independence::{Independence, from_values},
    input::{Bound, Edit, ValueInput, is_group},
    past::PastValues,
    save::Saver,
    state::{AppState, use_app},
    toast::use_toasts,
    wording::wording_of,
};
use crate::{
    platform::dom,
    texts::{self, record as t, say},
};

/// The id of a field's input on the page.
pub fn input_id(kind: &Kind, field: &Field) -> String {
    format!("{}-{}", kind.key, field.key)
}

/// One field of a record that exists: saved on its own, as it is typed.
#[component]
pub fn FieldEditor(
    /// Where the record lives.
    document: DocumentId,
    /// The record.
    record: RecordKey,
    /// The field.
    field: &'static Field,
    /// The record as it is now.
    row: Signal<Option<Row>>,
) -> impl IntoView {
    let app = use_app();
    let keeping = Keeping::new();
    let problem = RwSignal::new(None::<String>);
    let value = Signal::derive(move || {
        row.with(|row| row.as_ref().map(|row| row.get(field.key).clone()).unwrap_or_default())
    });
    let save = Callback::new(move |value: Value| {
        // Leaving a field without a change must not write: an equal value would still stand in the history.
        if value
            == row.with_untracked(|row| {
                row.as_ref().map(|row| row.get(field.key).clone()).unwrap_or_default()
            })
        {
            return keeping.untouched();
        }
        let begun = keeping.begun();
        let op = form::step(record, field, value);
        spawn_local(async move {
            let result = app.write(document, vec![op], "edit").await;
            keeping.ended(
                begun,
                match result {
                    Ok(_) => Kept::Saved(app.now()),
                    Err(trouble) => Kept::Failed(trouble.0),
                },
            );
        });
    });
    let saver = Saver::new(save);
    let on_edit = Callback::new(move |edit| {
        let (value, done) = match edit {
            Edit::Unreadable(why) => return problem.set(Some(why)),
            Edit::Typing(value) => (value, false),
            Edit::Done(value) => (value, true),
        };
        let wrong = validate_field(field, &value)
            .map(|found| found.sentence.get(texts::language()).to_owned());
        match wrong {
            // Half an address is no mistake yet: it is judged when the input is left, and kept by nobody until then.
            Some(_) if !done => {
                saver.drop_pending();
                keeping.untouched();
            }
            Some(why) => {
                saver.drop_pending();
                keeping.untouched();
                problem.set(Some(why));
            }
            None if done => {
                problem.set(None);
                saver.now(value);
            }
            None => {
                problem.set(None);
                keeping.typed();
                saver.later(value);
            }
        }
    });
    let id = input_id(record.kind, field);
    let bound = Bound { id: StoredValue::new(id.clone()), field, document, value, on_edit };
    view! {
        <div class="with-past">
            <FieldFrame
                id=id
                label=say(field.label)
                help=say(field.help)
                group=is_group(&field.ty)
                problem=problem
                kept=keeping.signal()
            >
                <ValueInput bound=bound />
                {wording_of(field, value)}
            </FieldFrame>
            <PastValues document=document record=record field=field row=row />
        </div>
    }
}

/// All fields of a record that exists.
#[component]
pub fn EditForm(
    /// Where the record lives.
    document: DocumentId,
    /// The record.
    record: RecordKey,
    /// The record as it is now.
    row: Signal<Option<Row>>,
) -> impl IntoView {
    // A step taken elsewhere may settle a field; otherwise the form stays as it is, and so does what is being typed.
    let keys = Memo::new(move |_| {
        let keys = |row: &Row| form::editable(row).map(|field| field.key).collect::<Vec<_>>();
        row.with(|row| row.as_ref().map(keys)).unwrap_or_default()
    });
    let fields = move || {
        let fields = keys.get().into_iter().filter_map(|key| record.kind.field(key));
        fields
            .map(|field| view! { <FieldEditor document=document record=record field=field row=row /> })
            .collect_view()
    };
    view! { <div class="fields">{fields}</div> }
}

/// A record that is not made yet. What is typed is kept on this device until it is saved.
#[derive(Clone, Copy)]
pub struct NewRecord {
    app: AppState,
    kind: &'static Kind,
    name: StoredValue<String>,
    /// Its values so far.
    pub values: RwSignal<Values>,
    /// What is wrong, by field key.
    pub problems: RwSignal<Vec<(&'static str, String)>>,
    /// What is kept with it and is no value of it, such as corrections of what was picked out of a text.
    pub beside: RwSignal<String>,
    /// Whether what was typed is kept.
    pub keeping: Keeping,
    typed: StoredValue<BTreeSet<&'static str>>,
    saver: Saver,
}

impl NewRecord {
    /// Begins one under the current owner, with what was kept of it before and otherwise `first` values.
    /// `name` tells drafts of the same kind apart.
    pub fn begin(kind: &'static Kind, name: String, first: Values) -> Self {
        let app = use_app();
        let name = StoredValue::new(format!("{}/{name}", kind.key));
        let keeping = Keeping::new();
        let keep = Callback::new(move |text: Value| {
            let text = text.as_text().unwrap_or_default().to_owned();
            let Some(name) = name.try_get_value() else { return };
            let begun = keeping.begun();
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
            saver: Saver::new(keep),
        };
        new.read_draft();
        new
    }

    fn read_draft(self) {
        let name = self.name.get_value();
        spawn_local(async move {
            let Ok(text) = self.app.act(|acts| (acts.draft)(name)).await else { return };
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

/// One field of a record that is not made yet.
#[component]
pub fn NewField(
    /// The record to be.
    new: NewRecord,
    /// Where it will live, for the links it may hold.
    document: DocumentId,
    /// The field.
    field: &'static Field,
    /// It is asked for, though a record can be saved without it.
    #[prop(optional)]
    asked: bool,
) -> impl IntoView {
    let value = Signal::derive(move || new.get(field.key));
    let problem = Signal::derive(move || {
        new.problems.with(|problems| {
            problems.iter().find(|(key, _)| *key == field.key).map(|(_, why)| why.clone())
        })
    });
    let on_edit = Callback::new(move |edit| match edit {
        Edit::Typing(value) | Edit::Done(value) => new.set(field.key, value),
        Edit::Unreadable(why) => new.problems.update(|problems| {
            problems.retain(|(key, _)| *key != field.key);
            problems.push((field.key, why));
        }),
    });
    let id = input_id(new.kind, field);
    let bound = Bound { id: StoredValue::new(id.clone()), field, document, value, on_edit };
    view! {
        <FieldFrame
            id=id
            label=say(field.label)
            help=say(field.help)
            optional=!field.required && !asked
            group=is_group(&field.ty)
            problem=problem
        >
            <ValueInput bound=bound />
            {wording_of(field, value)}
        </FieldFrame>
    }
}

/// The form of a record that is not made yet: what must be filled in and what comes first, then the rest on demand.
#[component]
pub fn NewForm(
    /// The kind of record.
    kind: &'static Kind,
    /// Where it will live.
    document: DocumentId,
    /// The record's id; a client's is also its document's.
    id: handbook::RecordId,
    /// Tells drafts of the same kind apart; the document where nothing is said.
    #[prop(optional, into)]
    draft: String,
    /// Values it begins with.
    #[prop(optional)]
    first: Values,
    /// Keys of the fields shown at once; empty: those required, in titles or in columns.
    #[prop(optional)]
    shown: &'static [&'static str],
    /// Called with the record once the device has it.
    #[prop(into)]
    on_saved: Callback<RecordKey>,
) -> impl IntoView {
    let draft = if draft.is_empty() { document.to_string() } else { draft };
    let new = NewRecord::begin(kind, draft, first);
    let toasts = use_toasts();
    let (front, rest): (Vec<_>, Vec<_>) = form::offered(kind).partition(|field| {
        if shown.is_empty() { form::comes_first(field) } else { shown.contains(&field.key) }
    });
    let fields = |fields: Vec<&'static Field>| {
        fields
            .into_iter()
            .map(|field| view! { <NewField new=new document=document field=field /> })
            .collect_view()
    };
    let summary = Signal::derive(move || {
        let problems = new.problems.get();
        let line =
            |(key, why): (&'static str, String)| Some((input_id(kind, kind.field(key)?), why));
        problems.into_iter().filter_map(line).collect::<Vec<_>>()
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(values) = new.check() else {
            request_animation_frame(|| dom::focus("error-summary"));
            return;
        };
        let key = RecordKey::new(kind, id);
        let draft = new.name.get_value();
        spawn_local(async move {
            match new.app.write(document, vec![Op::Create { key, values }], "create").await {
                // Whoever has left the page meanwhile is not fetched back to the record, but its draft goes all the same.
                Ok(_) if new.name.try_get_value().is_none() => {
                    let forget = new.app.act(|acts| (acts.keep_draft)((draft, String::new())));
                    if let Err(trouble) = forget.await {
                        toasts.trouble(&trouble);
                    }
                }
                Ok(_) => {
                    new.forget();
                    on_saved.run(key);
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <form class="fields" novalidate on:submit=submit>
            <ErrorSummary problems=summary />
            {fields(front)}
            {(kind.key == Assignment::KEY)
                .then(|| {
                    let proposed = Signal::derive(move || new.values.with(|values| from_values(id, values)));
                    view! { <Independence document=document proposed=proposed /> }
                })}
            {(!rest.is_empty())
                .then(|| {
                    view! {
                        <details>
                            <summary class="button quiet flush-start">{t::all_fields()}</summary>
                            <div class="fields">{fields(rest)}</div>
                        </details>
                    }
                })}
            <div class="form-foot">
                <button type="submit" class="button firm">
                    {t::save(say(kind.one))}
                </button>
                <KeptLine kept=new.keeping.signal() />
            </div>
        </form>
    }
}
