//! Own fields of a record: what stands in them, their inputs, and the choice between two that were filled in apart.

use std::collections::{BTreeMap, BTreeSet};

use handbook::{
    DocumentId, Kind, Op, Record, RecordId, RecordKey, Row,
    own::{self, Definition, Slot},
    records::{OwnType, OwnValue},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    conflict::Conflicts,
    draft::{escape, unescape},
    field::{FieldFrame, Keeping, Kept},
    form::NewRecord,
    icons::{Glyph, Icon},
    state::{AppState, use_app},
    toast::use_toasts,
};
use crate::{
    pages::list::lines::definitions,
    texts::{self, list as t, record as record_texts},
};

/// The place of an own field in a record; reactive.
fn slot(app: &AppState, document: DocumentId, record: RecordKey, field: RecordId) -> Slot {
    let rows = app.document(&document).unwrap_or_default();
    own::slot(rows.iter(), record, field)
}

fn own_fields(app: AppState, record: RecordKey) -> Memo<Vec<Definition>> {
    Memo::new(move |_| definitions(&app, record.kind))
}

/// What stands in the own fields of a record, in words.
#[component]
pub fn OwnValues(document: DocumentId, record: RecordKey) -> impl IntoView {
    let app = use_app();
    let fields = own_fields(app, record);
    move || {
        let filled: Vec<_> = fields
            .get()
            .into_iter()
            .map(|field| (slot(&app, document, record, field.id), field))
            .filter(|(slot, _)| slot.stands.is_some())
            .collect();
        let parted = filled
            .iter()
            .filter(|(slot, _)| slot.is_parted())
            .map(|(slot, field)| {
                view! { <Parted document=document record=record field=field.clone() parts=slot.clone() /> }
            })
            .collect_view();
        let lines: Vec<_> = filled
            .iter()
            .filter(|(slot, _)| !slot.stored().is_empty())
            .map(|(slot, field)| {
                view! {
                    <div>
                        <dt>{field.label.clone()}</dt>
                        <dd class="told">{field.show(slot.stored(), texts::language())}</dd>
                    </div>
                }
            })
            .collect();
        (!filled.is_empty()).then(|| {
            view! {
                <section aria-label=t::own_fields() class="own-values">
                    <h3 class="firm-words">{t::own_fields()}</h3>
                    {parted}
                    <dl class="values">{lines}</dl>
                </section>
            }
        })
    }
}

/// Two values for one place: made apart, or one record in two versions.
#[component]
fn Parted(
    document: DocumentId,
    record: RecordKey,
    field: Definition,
    parts: Slot,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    if parts.apart.is_empty() {
        let row = Signal::stored(
            parts.stands.unwrap_or_else(|| Row::empty(OwnValue::KIND, RecordId::ONLY)),
        );
        return view! { <Conflicts document=document row=row /> }.into_any();
    }
    let keys = &OwnValue::KEYS;
    let values: Vec<(String, String)> = parts
        .stands
        .iter()
        .chain(&parts.apart)
        .map(|row| {
            let stored = keys.value.raw(row).as_text().unwrap_or_default().to_owned();
            let by = app.member_name(row.created.by);
            (stored, by)
        })
        .collect();
    let whole = StoredValue::new(parts);
    let id = field.id;
    let choices = values
        .into_iter()
        .map(|(stored, by)| {
            let words = field.show(&stored, texts::language());
            let keep = move |_| {
                let ops = whole.with_value(|slot| slot.put(record, id, &stored, app.new_id()));
                spawn_local(async move {
                    if let Err(trouble) = app.write(document, ops, "settle own field").await {
                        toasts.trouble(&trouble);
                    }
                });
            };
            view! {
                <li class="settings-row">
                    <span>
                        {words}
                        <span class="support">{format!(" · {by}")}</span>
                    </span>
                    <button type="button" class="button" on:click=keep>
                        {t::keep()}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="notice soon">
            <Icon glyph=Glyph::Split />
            <div>
                <p>{t::apart(&field.label)}</p>
                <ul>{choices}</ul>
            </div>
        </div>
    }
    .into_any()
}

/// The inputs of the own fields of a record, each kept on its own as it is filled in.
#[component]
pub fn OwnForm(document: DocumentId, record: RecordKey) -> impl IntoView {
    let app = use_app();
    let fields = own_fields(app, record);
    let there = Memo::new(move |_| fields.with(|fields| !fields.is_empty()));
    view! {
        <Show when=move || there.get()>
            <section aria-label=t::own_fields() class="own-values">
                <h3 class="firm-words">{t::own_fields()}</h3>
                <div class="fields">
                    <For each=move || fields.get() key=|field| (field.id, field.label.clone(), field.choices.clone()) let:field>
                        <OwnEditor document=document record=record field=field />
                    </For>
                </div>
            </section>
        </Show>
    }
}

/// What is filled in of a record that is not made yet, by own field, as it is kept beside its values: a line each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnDraft(BTreeMap<RecordId, String>);

impl OwnDraft {
    /// Reads what [`OwnDraft::to_text`] wrote.
    pub fn from_text(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        Self(lines.filter_map(|(id, value)| Some((id.parse().ok()?, unescape(value)))).collect())
    }

    fn to_text(&self) -> String {
        self.0.iter().map(|(id, value)| format!("{id}\t{}\n", escape(value))).collect()
    }

    fn put(&mut self, field: RecordId, stored: String) {
        if stored.is_empty() {
            self.0.remove(&field)
        } else {
            self.0.insert(field, stored)
        };
    }

    /// The steps that write it beside its record.
    pub fn ops(&self, record: RecordKey, mut new: impl FnMut() -> RecordId) -> Vec<Op> {
        let put = |(field, stored): (&RecordId, &String)| {
            Slot::default().put(record, *field, stored, new())
        };
        self.0.iter().flat_map(put).collect()
    }
}

/// The inputs of the own fields of a record that is not made yet. `wrong` holds those whose content fits nowhere.
#[component]
pub fn NewOwnForm(
    kind: &'static Kind,
    new: NewRecord,
    wrong: RwSignal<BTreeSet<RecordId>>,
) -> impl IntoView {
    let app = use_app();
    let fields = Memo::new(move |_| definitions(&app, kind));
    let there = Memo::new(move |_| fields.with(|fields| !fields.is_empty()));
    let input = move |field: Definition| {
        let id = field.id;
        let stored = Memo::new(move |_| {
            new.beside.with(|kept| OwnDraft::from_text(kept).0.remove(&id).unwrap_or_default())
        });
        let put = Callback::new(move |stored: Option<String>| {
            let Some(stored) = stored else {
                wrong.update(|wrong| {
                    wrong.insert(id);
                });
                return;
            };
            wrong.update(|wrong| {
                wrong.remove(&id);
            });
            let mut draft = new.beside.with_untracked(|kept| OwnDraft::from_text(kept));
            draft.put(id, stored);
            new.set_beside(draft.to_text());
        });
        view! { <OwnInput field=field stored=stored put=put /> }
    };
    view! {
        <Show when=move || there.get()>
            <section aria-label=t::own_fields() class="own-values">
                <h3 class="firm-words">{t::own_fields()}</h3>
                <div class="fields">
                    <For
                        each=move || fields.get()
                        key=|field| (field.id, field.label.clone(), field.choices.clone())
                        children=input
                    />
                </div>
            </section>
        </Show>
    }
}

/// An own field of a record that exists: kept as soon as it is filled in.
#[component]
fn OwnEditor(document: DocumentId, record: RecordKey, field: Definition) -> impl IntoView {
    let app = use_app();
    let keeping = Keeping::new();
    let own_id = field.id;
    let place = Memo::new(move |_| slot(&app, document, record, own_id));
    let stored = Memo::new(move |_| place.with(|slot| slot.stored().to_owned()));
    let put = Callback::new(move |stored: Option<String>| {
        let Some(stored) = stored else { return keeping.untouched() };
        let ops: Vec<Op> =
            place.with_untracked(|slot| slot.put(record, own_id, &stored, app.new_id()));
        if ops.is_empty() {
            return keeping.untouched();
        }
        let begun = keeping.begun();
        spawn_local(async move {
            let kept = match app.write(document, ops, "edit own field").await {
                Ok(_) => Kept::Saved(app.now()),
                Err(trouble) => Kept::Failed(trouble.0),
            };
            keeping.ended(begun, kept);
        });
    });
    view! { <OwnInput field=field stored=stored put=put keeping=keeping /> }
}

/// The id of an own field's input on the page.
pub fn input_id(field: RecordId) -> String {
    format!("own-{field}")
}

/// The input of an own field.
#[component]
fn OwnInput(
    field: Definition,
    /// What stands in it, as it is stored.
    #[prop(into)]
    stored: Signal<String>,
    /// Takes what was filled in, as it is stored; `None` for what fits nowhere, which is said here.
    put: Callback<Option<String>>,
    /// Whether it is kept on its own.
    #[prop(optional)]
    keeping: Option<Keeping>,
) -> impl IntoView {
    let kept: Signal<Kept> = keeping.map(|keeping| keeping.signal()).unwrap_or_default();
    let problem = RwSignal::new(None::<String>);
    let id = input_id(field.id);
    let definition = StoredValue::new(field.clone());
    let put = move |typed: String| match definition.with_value(|field| field.write(&typed)) {
        Ok(stored) => {
            problem.set(None);
            put.run(Some(stored));
        }
        Err(why) => {
            problem.set(Some(why.get(texts::language()).to_owned()));
            put.run(None);
        }
    };
    let input = match field.holds {
        OwnType::Pick => {
            let mut choices = field.choices.clone();
            let options = move || {
                let now = stored.get();
                // What was chosen may no longer be offered; it must still be seen.
                if !now.is_empty() && !choices.contains(&now) {
                    choices.push(now.clone());
                }
                let option = |choice: &String| {
                    let selected = *choice == now;
                    view! { <option value=choice.clone() selected=selected>{choice.clone()}</option> }
                };
                choices.iter().map(option).collect_view()
            };
            view! {
                <select id=id.clone() class="input medium" on:change=move |event| put(event_target_value(&event))>
                    <option value="">{record_texts::choose()}</option>
                    {options}
                </select>
            }
            .into_any()
        }
        OwnType::YesNo => view! {
            <span class="tick-box">
                <input
                    id=id.clone()
                    type="checkbox"
                    prop:checked=move || stored.get() == "yes"
                    on:change=move |event| put(if event_target_checked(&event) { "yes" } else { "no" }.to_owned())
                />
                <span aria-hidden="true">
                    {move || if stored.get() == "yes" { record_texts::yes() } else { record_texts::no() }}
                </span>
            </span>
        }
        .into_any(),
        holds => {
            let kind = match holds {
                OwnType::Date => "date",
                OwnType::Number => "number",
                _ => "text",
            };
            view! {
                <input
                    id=id.clone()
                    class="input"
                    class:medium=holds != OwnType::Text
                    type=kind
                    autocomplete="off"
                    prop:value=stored
                    on:input=move |_| {
                        if let Some(keeping) = keeping {
                            keeping.typed();
                        }
                    }
                    on:change=move |event| put(event_target_value(&event))
                />
            }
            .into_any()
        }
    };
    view! {
        <FieldFrame id=id label=field.label help=field.hint problem=problem kept=kept>
            {input}
        </FieldFrame>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use handbook::records::Client;

    use super::*;

    /// Covers: S2.17
    #[test]
    fn what_is_filled_in_before_a_record_is_made_is_kept_and_written_beside_it() {
        let (lorry, ramp) = (RecordId::from_bytes([1; 16]), RecordId::from_bytes([2; 16]));
        let mut draft = OwnDraft::default();
        draft.put(lorry, "tall\tand \\ wide".to_owned());
        draft.put(ramp, "two".to_owned());
        draft.put(ramp, String::new());
        assert_eq!(OwnDraft::from_text(&draft.to_text()), draft);

        let record = RecordKey::new(Client::KIND, RecordId::from_bytes([3; 16]));
        let new = RecordId::from_bytes([4; 16]);
        let value = OwnValue {
            about: record.to_string(),
            field: Some(handbook::typed::Id::new(lorry)),
            value: "tall\tand \\ wide".to_owned(),
        };
        assert_eq!(draft.ops(record, || new), [value.create(new)]);
    }
}
