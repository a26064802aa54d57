//! One attachment in a list: its small picture in the margin, what it is, where its bytes are, what can be done.

use std::sync::Arc;

use handbook::{
    DocumentId, Op, Record, RecordKey, Row,
    records::{Attachment, Client},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    standing::{Standing, standing, state_line},
    viewer::{Showing, show},
};
use crate::{
    texts::{attachment as t, title_of},
    ui::{
        format,
        icons::{Glyph, Icon},
        place,
        sheet::MoreMenu,
        state::use_app,
        toast::use_toasts,
    },
};

/// A line of the list.
#[component]
pub fn Item(
    document: DocumentId,
    row: Row,
    named: bool,
    shown: RwSignal<Option<Arc<Showing>>>,
) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let key = row.key();
    let keys = &Attachment::KEYS;
    let text = |value: &handbook::Value| value.as_text().unwrap_or_default().to_owned();
    let name = title_of(&row);
    let (caption, address) = (text(keys.caption.raw(&row)), text(keys.address.raw(&row)));
    let is_picture = text(keys.media_type.raw(&row)).starts_with("image/");
    let small = text(keys.thumbnail.raw(&row));
    // Only what this app made: a record from elsewhere does not get to name an address to load.
    let small = Some(small).filter(|small| small.starts_with("data:image/jpeg;base64,"));
    let size = keys.size.get(&row).ok().flatten().and_then(|size| u64::try_from(size).ok());
    let who = app.member_name(row.created.by);
    let when = format::when(row.created.at, app.today());
    let about = keys.about.raw(&row).as_text().and_then(RecordKey::parse);
    let told = [Some(t::what(is_picture, size.unwrap_or_default())), Some(who.clone()), Some(when)];
    let told: Vec<String> = told.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let bytes = {
        let address = address.clone();
        Memo::new(move |_| app.holdings.with(|holdings| standing(holdings, &address)))
    };
    let is_here =
        move || matches!(bytes.get(), Standing::Here | Standing::OnlyHere | Standing::Sending(_));
    let is_moving = move || matches!(bytes.get(), Standing::Fetching(_));
    let open = move |to_file: bool| {
        spawn_local(async move {
            let opened = app.act(|acts| (acts.open_attachment)((document, key))).await;
            match opened {
                Ok(Some(file)) => match show(file, to_file) {
                    Ok(showing) => {
                        let _ = shown.try_set(showing.map(Arc::new));
                    }
                    Err(trouble) => toasts.trouble(&trouble),
                },
                Ok(None) => {}
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    let fetch = move || {
        spawn_local(async move {
            if let Err(trouble) = app.act(|acts| (acts.fetch_attachment)((document, key))).await {
                toasts.trouble(&trouble);
            }
        });
    };
    let press = move || {
        if is_here() {
            open(!is_picture)
        } else if !is_moving() {
            fetch()
        }
    };
    let remove = move |_| {
        spawn_local(async move {
            if let Err(trouble) = app.write(document, vec![Op::Delete { key }], "delete").await {
                toasts.trouble(&trouble);
            }
        });
    };
    let belongs = about.filter(|about| named && about.kind != Client::KIND).map(|about| {
        let title = move || t::belongs_to(&app.title(document, about));
        let path = place::record_path(about.document(document), about);
        view! {
            <p class="quiet-words">
                <a class="reach" href=path>
                    {title}
                </a>
            </p>
        }
    });
    let picture = match small {
        Some(small) => view! { <img src=small alt="" /> }.into_any(),
        None => view! { <Icon glyph=Glyph::Page /> }.into_any(),
    };
    let state = move || state_line(&bytes.get(), &who);
    let act = move || {
        let words = if is_here() && is_picture {
            t::open()
        } else if is_here() {
            t::save_file()
        } else {
            t::fetch()
        };
        (!is_moving()).then(|| {
            view! {
                <button type="button" class="button plain" on:click=move |_| press()>
                    {words}
                </button>
            }
        })
    };
    let saving = move || {
        (is_here() && is_picture).then(|| {
            view! {
                <button type="button" on:click=move |_| open(true)>
                    {t::save_file()}
                </button>
            }
        })
    };
    let label = t::open_named(&name);
    view! {
        <li class="attachment">
            <button type="button" class="attachment-picture" aria-label=label on:click=move |_| press()>
                {picture}
            </button>
            <div>
                <p class="firm-words attachment-name">{name}</p>
                {(!caption.is_empty()).then(|| view! { <p class="told">{caption}</p> })}
                <p class="quiet-words">{told.join(" · ")}</p>
                {belongs}
                {state}
            </div>
            <div class="acts">
                {act}
                <MoreMenu>
                    {saving}
                    <a href=place::form_path(document, key)>{t::edit()}</a>
                    <button type="button" on:click=remove>
                        {t::remove()}
                    </button>
                </MoreMenu>
            </div>
        </li>
    }
}
