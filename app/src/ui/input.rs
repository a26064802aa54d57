//! One input for every type of field. Forms are made from declarations; nothing here knows a kind.

pub mod choice;
pub mod facts;
pub mod many;
pub mod money;
pub mod pick;
pub mod tags;
pub mod text;

use handbook::{DocumentId, Field, FieldType, Value};
use leptos::prelude::*;

use self::{
    choice::{ChoiceInput, FlagInput, LinkInput},
    facts::FactList,
    many::ManyInput,
    money::MoneyInput,
    text::{Shape, TextInput},
};
use crate::texts::{record as t, say};

/// What a person does to a value.
#[derive(Clone, PartialEq)]
pub enum Edit {
    /// It is being typed; more may follow at once.
    Typing(Value),
    /// It was chosen, or the input was left.
    Done(Value),
    /// What stands there cannot be read; why.
    Unreadable(String),
}

/// What every input needs.
#[derive(Clone, Copy)]
pub struct Bound {
    /// Id of the input element.
    pub id: StoredValue<String>,
    /// The field's declaration.
    pub field: &'static Field,
    /// The document in which the record lives, for links.
    pub document: DocumentId,
    /// The value as it stands.
    pub value: Signal<Value>,
    /// What the person does.
    pub on_edit: Callback<Edit>,
}

impl Bound {
    fn id(&self) -> String {
        self.id.get_value()
    }

    fn described_by(&self) -> Option<String> {
        (!say(self.field.help).is_empty()).then(|| format!("{}-help", self.id()))
    }

    fn done(&self, value: Value) {
        self.on_edit.run(Edit::Done(value));
    }
}

/// Whether the input is a group of controls, named by a legend.
pub fn is_group(ty: &FieldType) -> bool {
    matches!(ty, FieldType::Many(_) | FieldType::Money | FieldType::Facts(_))
}

/// The input of a field.
#[component]
pub fn ValueInput(bound: Bound) -> impl IntoView {
    let foreign = Memo::new(move |_| matches!(bound.value.get(), Value::Foreign(_)));
    move || {
        if foreign.get() {
            let text = bound.value.with(|value| value.as_text().unwrap_or_default().to_owned());
            return view! { <p id=bound.id()>{text}" "<span class="quiet-words">{t::newer()}</span></p> }.into_any();
        }
        input(bound)
    }
}

fn input(bound: Bound) -> AnyView {
    match &bound.field.ty {
        FieldType::Line => view! { <TextInput bound=bound shape=Shape::Line("text") /> }.into_any(),
        FieldType::Email => {
            view! { <TextInput bound=bound shape=Shape::Line("email") /> }.into_any()
        }
        FieldType::Phone => view! { <TextInput bound=bound shape=Shape::Line("tel") /> }.into_any(),
        FieldType::Web => view! { <TextInput bound=bound shape=Shape::Line("url") /> }.into_any(),
        FieldType::Integer { .. } | FieldType::Minutes => {
            view! { <TextInput bound=bound shape=Shape::Number /> }.into_any()
        }
        FieldType::Date => {
            view! { <TextInput bound=bound shape=Shape::Picker("date") /> }.into_any()
        }
        FieldType::Time => {
            view! { <TextInput bound=bound shape=Shape::Picker("time") /> }.into_any()
        }
        FieldType::Moment => {
            view! { <TextInput bound=bound shape=Shape::Picker("datetime-local") /> }.into_any()
        }
        FieldType::Note | FieldType::Prose => {
            view! { <TextInput bound=bound shape=Shape::Area /> }.into_any()
        }
        FieldType::Money => view! { <MoneyInput bound=bound /> }.into_any(),
        FieldType::Flag => view! { <FlagInput bound=bound /> }.into_any(),
        FieldType::Choice(choices) => {
            view! { <ChoiceInput bound=bound choices=choices /> }.into_any()
        }
        FieldType::Link(kind) => view! { <LinkInput bound=bound kind=kind /> }.into_any(),
        FieldType::Many(inner) => view! { <ManyInput bound=bound inner=inner /> }.into_any(),
        FieldType::Facts(fields) => view! { <FactList bound=bound fields=fields /> }.into_any(),
    }
}
