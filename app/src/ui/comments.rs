//! What colleagues remark on a record, and what somebody pointed out to you.
//!
//! Comments live in the client's document beside the record they are about, so they travel, merge and are found like everything else there. The firm's
//! own records have none.

use std::sync::Arc;

use handbook::{
    DocumentId, Op, Record, RecordId, RecordKey, Row, Value,
    mentions::{asked, mentioned},
    records::{Client, Comment, Member},
    validate::validate,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::{
    chip::Face,
    draft::Values,
    field::KeptLine,
    form::NewRecord,
    format,
    icons::{Glyph, Icon},
    place,
    section::Section,
    state::{AppState, Trouble, use_app},
    toast::use_toasts,
};
use crate::{
    platform::dom,
    texts::{find as t, record as record_texts, tell, title_of},
};

/// The comments on a record, oldest first; reactive.
pub fn comments_on(app: &AppState, document: DocumentId, about: RecordKey) -> Vec<Row> {
    let about = about.to_string();
    let rows = app.document(&document).unwrap_or_default();
    let mut found: Vec<Row> = rows
        .iter()
        .filter(|row| row.kind == Comment::KIND && !row.gone)
        .filter(|row| Comment::KEYS.about.raw(row).as_text() == Some(&about))
        .cloned()
        .collect();
    found.sort_by_key(|row| row.created.at.ms);
    found
}

/// The thread of a record: what was remarked, and a line to add to it.
#[component]
pub fn Comments(
    /// Where the record lives.
    document: DocumentId,
    /// The record.
    about: RecordKey,
) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| comments_on(&app, document, about));
    let count = move || found.with(|found| (!found.is_empty()).then(|| found.len().to_string()));
    let shared = matches!(document, DocumentId::Client(_)) && about.kind != Comment::KIND;
    shared.then(|| {
        view! {
            <Section title=t::comments() aside=count>
                <div class="comments">
                    <Show
                        when=move || found.with(|found| !found.is_empty())
                        fallback=|| view! { <p class="support">{t::no_comments()}</p> }
                    >
                        <ul>
                            {move || {
                                found
                                    .get()
                                    .into_iter()
                                    .map(|row| view! { <Remark document=document row=row /> })
                                    .collect_view()
                            }}
                        </ul>
                    </Show>
                    <NewComment document=document about=about />
                </div>
            </Section>
        }
    })
}

#[component]
fn Remark(document: DocumentId, row: Row) -> impl IntoView {
    let app = use_app();
    let me = app.workspace.with_untracked(|workspace| workspace.member);
    let author = RecordId::from_bytes(row.created.by);
    let name = app.member_name(row.created.by);
    let seen: Vec<String> = Comment::KEYS
        .seen
        .raw(&row)
        .members()
        .iter()
        .filter_map(Value::as_link)
        .map(|id| app.member_name(id.bytes()))
        .filter(|name| !name.is_empty())
        .collect();
    let seen = (!seen.is_empty())
        .then(|| view! { <span class="quiet-words">{t::seen_by(&format::list(&seen))}</span> });
    let own = (me == Some(author)).then(|| {
        view! {
            <a class="icon-button" href=place::form_path(document, row.key()) aria-label=t::edit_comment()>
                <Icon glyph=Glyph::Pen small=true />
            </a>
        }
    });
    let mine =
        awaits(&row, me).then(|| view! { <SeenButton document=document comment=row.key() /> });
    let when = format::when(row.created.at, app.today());
    view! {
        <li class="comment">
            <Face name=name.clone() />
            <div>
                <p>
                    <span class="firm-words">{name}</span>
                    " "
                    <time class="quiet-words">{when}</time>
                </p>
                <p class="told">{title_of(&row)}</p>
                {seen}
            </div>
            <div class="acts">{mine} {own}</div>
        </li>
    }
}

/// Whether a comment names this person, who has not seen it.
fn awaits(row: &Row, me: Option<RecordId>) -> bool {
    let Some(me) = me else { return false };
    let has = |value: &Value| value.members().contains(&Value::Link(me));
    has(Comment::KEYS.mentions.raw(row))
        && !has(Comment::KEYS.seen.raw(row))
        && row.created.by != me.bytes()
}

#[component]
fn SeenButton(document: DocumentId, comment: RecordKey) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let see = move |_| {
        let Some(me) = app.workspace.with_untracked(|workspace| workspace.member) else { return };
        let op =
            Op::Include { key: comment, field: Comment::KEYS.seen.key(), item: Value::Link(me) };
        spawn_local(async move {
            if let Err(trouble) = app.write(document, vec![op], "seen").await {
                toasts.trouble(&trouble);
            }
        });
    };
    view! {
        <button type="button" class="button plain" on:click=see>
            <Icon glyph=Glyph::Check small=true />
            {t::seen()}
        </button>
    }
}

/// The team by name, without those who left.
fn team(app: &AppState) -> Vec<(RecordId, String)> {
    let today = app.today();
    let members = app.list(Member::KEY);
    let here = members.iter().filter(|placed| {
        let until = Member::KEYS.active_until.raw(&placed.row).as_date();
        until.is_none_or(|until| until >= today)
    });
    here.map(|placed| (placed.row.id, title_of(&placed.row))).collect()
}

#[component]
fn NewComment(document: DocumentId, about: RecordKey) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let new = NewRecord::begin(Comment::KIND, about.to_string(), Values::new());
    let text = move || new.get("text").as_text().unwrap_or_default().to_owned();
    let say = move |text: String| {
        new.set("text", if text.is_empty() { Value::Empty } else { Value::Text(text) });
    };
    let team = Memo::new(move |_| team(&app));
    let fitting = Memo::new(move |_| {
        let text = text();
        team.with(|team| {
            let (at, fitting) = asked(&text, team)?;
            Some((at, fitting.into_iter().map(|(_, name)| name.clone()).collect::<Vec<_>>()))
        })
    });
    let id = StoredValue::new(format!("comment-{}", about.id));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = untrack(text).trim().to_owned();
        let named = team.with_untracked(|team| mentioned(&text, team));
        let mut values = vec![
            ("about", Value::Text(about.to_string())),
            ("text", Value::Text(text)),
            ("mentions", Value::Many(named.into_iter().map(Value::Link).collect())),
        ];
        values.retain(|(_, value)| !value.is_empty());
        if let Some(problem) = validate(Comment::KIND, &values).into_iter().next() {
            return toasts.trouble(&Trouble(tell(&problem.sentence)));
        }
        let key = RecordKey::new(Comment::KIND, app.new_id());
        spawn_local(async move {
            match app.write(document, vec![Op::Create { key, values }], "comment").await {
                Ok(_) => {
                    let _ = new.values.try_update(Values::clear);
                    new.forget();
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    let choose = move |at: usize, name: &str| {
        let text = untrack(text);
        say(format!("{}@{name} ", text.get(..at).unwrap_or_default()));
        id.with_value(|id| dom::focus(id));
    };
    let suggestions = move || {
        fitting.get().map(|(at, names)| {
            let names = names
                .into_iter()
                .map(|name| {
                    let own = name.clone();
                    view! {
                        <button type="button" class="chip" on:click=move |_| choose(at, &own)>
                            {name}
                        </button>
                    }
                })
                .collect_view();
            view! { <div class="chips" role="group" aria-label=t::colleagues()>{names}</div> }
        })
    };
    view! {
        <form class="field" novalidate on:submit=submit>
            <label for=id.get_value()>{t::comment()}</label>
            <p class="help" id=format!("{}-help", id.get_value())>{t::comment_help()}</p>
            <input
                id=id.get_value()
                class="input"
                autocomplete="off"
                aria-describedby=format!("{}-help", id.get_value())
                prop:value=text
                on:input=move |event| say(event_target_value(&event))
            />
            {suggestions}
            <div class="comment-foot">
                <button type="submit" class="button" disabled=move || text().trim().is_empty()>
                    {t::add_comment()}
                </button>
                <KeptLine kept=new.keeping.signal() />
            </div>
        </form>
    }
}

/// Where somebody named this person, until they say that they have seen it: a quiet part of Today.
#[component]
pub fn Mentions() -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let me = app.workspace.with(|workspace| workspace.member);
        let all = app.list(Comment::KEY);
        let mut found: Vec<_> =
            all.iter().filter(|placed| awaits(&placed.row, me)).cloned().collect();
        found.sort_by_key(|placed| std::cmp::Reverse(placed.row.created.at.ms));
        Arc::new(found)
    });
    let lines = move || {
        let lines = found
            .get()
            .iter()
            .map(|placed| view! { <MentionLine document=placed.document row=placed.row.clone() /> })
            .collect_view();
        view! { <ul class="mentions">{lines}</ul> }
    };
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <Section title=t::mentions()>{lines}</Section>
        </Show>
    }
}

#[component]
fn MentionLine(document: DocumentId, row: Row) -> impl IntoView {
    let app = use_app();
    let about = Comment::KEYS.about.raw(&row).as_text().and_then(RecordKey::parse);
    let name = app.member_name(row.created.by);
    let client = match document {
        DocumentId::Client(id) => app.title(document, RecordKey::new(Client::KIND, id)),
        DocumentId::Firm => String::new(),
    };
    let title = about.map(|about| app.title(document, about)).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| client.clone());
    let name = if name.is_empty() { record_texts::someone().to_owned() } else { name };
    // Without what it is about, the comment itself is still there to be read.
    let path = about.map_or_else(
        || place::record_path(document, row.key()),
        |about| place::record_path(about.document(document), about),
    );
    view! {
        <li class="due-item">
            <span class="tick">
                <Icon glyph=Glyph::Speech small=true />
            </span>
            <div>
                <a href=path>{title_of(&row)}</a>
                <p>{t::mentioned_by(&name, &title, &client)}</p>
            </div>
            <SeenButton document=document comment=row.key() />
        </li>
    }
}
