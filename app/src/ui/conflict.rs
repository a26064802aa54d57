//! A field that two people decided differently: both values, who and when, until somebody settles it.

use handbook::{DocumentId, Field, Op, RecordKey, Row, Value, document::Version};
use leptos::{prelude::*, task::spawn_local};

use super::{
    diff::{Run, words},
    format,
    icons::{Glyph, Icon},
    place::record_path,
    sheet::Dialog,
    state::{AppState, use_app},
    toast::use_toasts,
    value::shown,
};
use crate::texts::{record as t, say, title_of};

/// One strip for each field of the record that has two versions.
#[component]
pub fn Conflicts(
    /// Where the record lives.
    document: DocumentId,
    /// The record as it is now.
    #[prop(into)]
    row: Signal<Row>,
    /// Whether the strip names the record; not needed on the record's own page.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let fields = Memo::new(move |_| row.with(|row| row.two_versions.clone()));
    move || {
        let key = row.with_untracked(Row::key);
        fields
            .get()
            .into_iter()
            .filter_map(|index| key.kind.fields.get(index))
            .filter(|field| !field.hidden)
            .map(|field| view! { <Conflict document=document row=row field=field named=named /> })
            .collect_view()
    }
}

#[component]
fn Conflict(
    document: DocumentId,
    row: Signal<Row>,
    field: &'static Field,
    named: bool,
) -> impl IntoView {
    let app = use_app();
    let versions = RwSignal::new(Vec::<Version>::new());
    let joining = RwSignal::new(false);
    let key = row.with_untracked(Row::key);
    // Read again whenever the record changes: a third version may have come, or somebody may have settled it.
    Effect::new(move |_| {
        row.track();
        spawn_local(async move {
            if let Ok(found) = app.act(|acts| (acts.versions)((document, key, field.key))).await {
                let _ = versions.try_set(found);
            }
        });
    });
    let link = named.then(|| {
        let path = record_path(document, key);
        view! { <a class="reach support" href=path>{move || row.with(record_name)}</a> }
    });
    let halves = move || {
        let versions = versions.get();
        let texts: Vec<String> = versions
            .iter()
            .map(|version| shown(&app, document, &field.ty, &version.value))
            .collect();
        versions
            .into_iter()
            .enumerate()
            .map(|(index, version)| {
                let own = texts.get(index).cloned().unwrap_or_default();
                let other = texts.iter().enumerate().find(|(at, _)| *at != index).map_or("", |(_, text)| text);
                let (runs, _) = words(&own, other);
                view! { <Half document=document record=key field=field version=version runs=runs /> }
            })
            .collect_view()
    };
    let can_join = matches!(versions_type(field), Joinable::Text);
    view! {
        <section class="conflict" aria-label=t::has_two_versions(say(field.label))>
            <header class="conflict-head">
                <Icon glyph=Glyph::Split />
                <h2>{t::has_two_versions(say(field.label))}</h2>
                {link}
                {can_join
                    .then(|| {
                        view! {
                            <button type="button" class="button quiet" on:click=move |_| joining.set(true)>
                                {t::join_both()}
                            </button>
                        }
                    })}
            </header>
            <div class="conflict-halves">{halves}</div>
            {can_join
                .then(|| view! { <JoinDialog document=document record=key field=field versions=versions open=joining /> })}
        </section>
    }
}

/// A record's human number, else its title.
pub fn record_name(row: &Row) -> String {
    let number =
        row.kind.number.map(|_| row.get("number").as_text().unwrap_or_default().to_owned());
    number.filter(|number| !number.is_empty()).unwrap_or_else(|| title_of(row))
}

enum Joinable {
    Text,
    No,
}

/// Only texts can be joined; of two dates or owners one must be kept.
fn versions_type(field: &Field) -> Joinable {
    use handbook::FieldType::{Line, Note};
    if matches!(field.ty, Line | Note) { Joinable::Text } else { Joinable::No }
}

#[component]
fn Half(
    document: DocumentId,
    record: RecordKey,
    field: &'static Field,
    version: Version,
    runs: Vec<Run>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let who = version.by.map(|by| app.member_name(by)).filter(|name| !name.is_empty());
    let who = who.unwrap_or_else(|| t::someone().to_owned());
    let who = if version.current { format!("{who}, {}", t::shown_for_now()) } else { who };
    let value = version.value.clone();
    let kept = value.clone();
    let keep = move |_| settle(app, toasts, document, record, field, kept.clone());
    let text = runs
        .into_iter()
        .map(|run| {
            if !run.differs {
                return run.text.into_any();
            }
            // The line under the words ends with them.
            let words = run.text.trim_end().to_owned();
            let space = run.text.ends_with(char::is_whitespace).then_some(" ");
            view! {
                <mark class="differs">{words}</mark>
                {space}
            }
            .into_any()
        })
        .collect_view();
    let label = format!("{}: {}", t::keep_this(), shown(&app, document, &field.ty, &value));
    let voice = if field.client_visible { "client-words" } else { "our-words" };
    view! {
        <div class="conflict-half">
            <div class="conflict-who">
                <div>
                    <p>{who}</p>
                    <p>{format::when_exactly(version.at, app.today())}</p>
                </div>
                <button type="button" class="button" aria-label=label on:click=keep>
                    {t::keep_this()}
                </button>
            </div>
            <p class=voice>{text}</p>
        </div>
    }
}

#[component]
fn JoinDialog(
    document: DocumentId,
    record: RecordKey,
    field: &'static Field,
    versions: RwSignal<Vec<Version>>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let joined = RwSignal::new(String::new());
    Effect::new(move |_| {
        if open.get() {
            let texts: Vec<String> = versions
                .get_untracked()
                .iter()
                .filter_map(|version| version.value.as_text().map(|text| text.trim().to_owned()))
                .collect();
            joined.set(joined_text(&texts));
        }
    });
    let save = move |_| {
        open.set(false);
        settle(
            app,
            toasts,
            document,
            record,
            field,
            Value::Text(joined.get_untracked().trim().to_owned()),
        );
    };
    view! {
        <Dialog id="join-versions" title=Signal::stored(t::join_title().to_owned()) open=open>
            <div class="field">
                <label for="joined-version">{say(field.label)}</label>
                <p class="help">{t::join_help()}</p>
                <textarea
                    id="joined-version"
                    class="input book"
                    rows="5"
                    prop:value=joined
                    on:input=move |event| joined.set(event_target_value(&event))
                ></textarea>
            </div>
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {crate::texts::shell::cancel()}
                </button>
                <button type="button" class="button firm" on:click=save>
                    {t::keep_joined()}
                </button>
            </div>
        </Dialog>
    }
}

/// A first proposal: the first version, and of the others what it lacks.
fn joined_text(versions: &[String]) -> String {
    let mut joined = versions.first().cloned().unwrap_or_default();
    for other in versions.iter().skip(1) {
        let (runs, _) = words(other, &joined);
        let extra: String =
            runs.iter().filter(|run| run.differs).map(|run| run.text.as_str()).collect();
        let extra = extra.trim();
        if !extra.is_empty() {
            joined.push(' ');
            joined.push_str(extra);
        }
    }
    joined
}

fn settle(
    app: AppState,
    toasts: super::toast::Toasts,
    document: DocumentId,
    key: RecordKey,
    field: &'static Field,
    value: Value,
) {
    let op = Op::Settle { key, field: field.key, value };
    spawn_local(async move {
        match app.write(document, vec![op], "settle").await {
            Ok(_) => toasts.done(t::settled(say(field.label))),
            Err(trouble) => toasts.trouble(&trouble),
        }
    });
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_joined_text_lacks_nothing() {
        let check = |versions: &[&str], expected: &str| {
            let versions: Vec<String> = versions.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(joined_text(&versions), expected);
        };
        check(
            &["re-issue the set and pay", "re-issue the set and attend"],
            "re-issue the set and pay attend",
        );
        check(&["same", "same"], "same");
        check(&["one"], "one");
        check(&[], "");
    }
}
