//! The form of a record that exists: each field is saved on its own, as it is typed.

use handbook::{DocumentId, Field, RecordKey, Row, Value, form, validate::validate_field};
use leptos::{prelude::*, task::spawn_local};

use super::input_id;
use crate::{
    texts::{self, say},
    ui::{
        field::{FieldFrame, Keeping, Kept},
        input::{Bound, Edit, ValueInput, is_group},
        past::PastValues,
        save::Saver,
        state::use_app,
        wording::wording_of,
    },
};

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
