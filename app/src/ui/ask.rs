//! A few fields asked for in a dialog, written together.

use handbook::{DocumentId, Field, Value};
use leptos::prelude::*;

use super::{
    field::FieldFrame,
    icons::{Glyph, Icon},
    input::{Bound, Edit, ValueInput},
    sheet::DialogFoot,
};
use crate::texts::{record as t, say};

/// The form inside a dialog. It closes the dialog unless what was filled in is refused.
#[component]
pub fn AskForm(
    /// Where the record lives, for the links that fields may hold.
    document: DocumentId,
    /// What is asked.
    fields: Vec<&'static Field>,
    /// Values it begins with, by field key.
    #[prop(optional)]
    first: Vec<(&'static str, Value)>,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// Takes what was filled in; answers with a sentence if it is refused.
    on_submit: Callback<Vec<(&'static str, Value)>, Option<String>>,
) -> impl IntoView {
    let values = RwSignal::new(first);
    let refusal = RwSignal::new(None::<String>);
    let inputs =
        fields.into_iter().map(|field| input(document, field, values, refusal)).collect_view();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match on_submit.run(values.get_untracked()) {
            Some(why) => refusal.set(Some(why)),
            None => open.set(false),
        }
    };
    view! {
        <form class="fields" novalidate on:submit=submit>
            {inputs}
            <div role="alert">
                {move || {
                    refusal
                        .get()
                        .map(|why| view! { <p class="state late wraps"><Icon glyph=Glyph::Octagon small=true />{why}</p> })
                }}
            </div>
            <DialogFoot open=open words=t::save_step() />
        </form>
    }
}

fn input(
    document: DocumentId,
    field: &'static Field,
    values: RwSignal<Vec<(&'static str, Value)>>,
    refusal: RwSignal<Option<String>>,
) -> impl IntoView + use<> {
    let id = format!("step-{}", field.key);
    let value = Signal::derive(move || {
        values.with(|values| {
            let own = values.iter().find(|(key, _)| *key == field.key);
            own.map(|(_, value)| value.clone()).unwrap_or_default()
        })
    });
    let on_edit = Callback::new(move |edit| match edit {
        Edit::Typing(new) | Edit::Done(new) => {
            refusal.set(None);
            values.update(|values| {
                values.retain(|(key, _)| *key != field.key);
                values.push((field.key, new));
            });
        }
        Edit::Unreadable(why) => refusal.set(Some(why)),
    });
    let bound = Bound { id: StoredValue::new(id.clone()), field, document, value, on_edit };
    view! {
        <FieldFrame id=id label=say(field.label) help=say(field.help)>
            <ValueInput bound=bound />
        </FieldFrame>
    }
}
