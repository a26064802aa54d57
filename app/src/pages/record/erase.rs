//! The question before a person is erased: what goes, what stays, what cannot be reached.

use handbook::{DocumentId, RecordKey};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    pages::{
        settings::export::export,
        team::erased::{Withdraw, erasures},
    },
    texts::{erase as t, shell},
    ui::{
        icons::{Glyph, Icon},
        model::{
            Export,
            erase::{Cut, Erasure, ErasurePreview, Piece, Staying},
        },
        place,
        sheet::Dialog,
        state::use_app,
        toast::use_toasts,
    },
};

/// Asks, and erases.
#[component]
pub fn EraseDialog(document: DocumentId, person: RecordKey, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let title = Signal::derive(move || t::question(&app.title(document, person)));
    view! {
        <Dialog id="erase-dialog" title=title open=open>
            <Question document=document person=person open=open />
        </Dialog>
    }
}

/// Says that the person waits to be erased.
#[component]
pub fn Going(
    /// Their record.
    person: RecordKey,
) -> impl IntoView {
    let app = use_app();
    let erasures = erasures();
    let waits = Memo::new(move |_| {
        let waits = |erasures: &Vec<Erasure>| {
            erasures
                .iter()
                .find(|it| it.waits_for(person))
                .map(|it| it.withdrawable.then_some(it.document))
        };
        erasures.with(waits)
    });
    move || {
        waits.get().map(|withdrawable| {
            let lead = match withdrawable {
                None => t::is_going(),
                Some(_) if app.team().owner => t::will_go(),
                Some(_) => t::waits_for_owner(),
            };
            view! {
                <div class="notice soon head-notice">
                    <Icon glyph=Glyph::Alert />
                    <p class="lead">{lead}</p>
                    {withdrawable.map(|document| view! { <Withdraw document=document /> })}
                </div>
            }
        })
    }
}

#[component]
fn Question(document: DocumentId, person: RecordKey, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let found = RwSignal::new(None::<ErasurePreview>);
    let meant = RwSignal::new(false);
    let working = RwSignal::new(false);
    spawn_local(async move {
        match app.act(|acts| (acts.erasure)((document, person))).await {
            Ok(preview) => {
                let _ = found.try_set(Some(preview));
            }
            Err(trouble) => toasts.trouble(&trouble),
        }
    });
    let erase = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        working.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let erased = app.act(|acts| (acts.erase)((document, person))).await;
            let _ = working.try_set(false);
            match erased {
                Ok(()) => {
                    let _ = open.try_set(false);
                    toasts.done(t::asked());
                    if let DocumentId::Client(client) = document {
                        navigate(&place::client_tab(client, "people"), NavigateOptions::default());
                    }
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    let give_out = move |_| {
        if let DocumentId::Client(client) = document {
            export(app, toasts, Export::Person(client, person.id));
        }
    };
    let unready = move || working.get() || !meant.get() || found.with(Option::is_none);
    view! {
        <form class="fields" on:submit=erase>
            <p>{t::lead()}</p>
            {move || match found.get() {
                None => view! { <p class="support">{t::looking()}</p> }.into_any(),
                Some(preview) => view! { <Found preview=preview /> }.into_any(),
            }}
            <div class="erase-part">
                <h3>{t::reach()}</h3>
                <ul class="happens">
                    <li>{t::offline()}</li>
                    <li>{t::in_words()}</li>
                    <li>{t::backups()}</li>
                </ul>
            </div>
            <div class="field">
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=meant
                        on:change=move |event| meant.set(event_target_checked(&event))
                    />
                    <span>{t::understood()}</span>
                </label>
            </div>
            <div class="acts">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {shell::cancel()}
                </button>
                <button type="button" class="button" on:click=give_out>
                    {t::export_first()}
                </button>
                <button type="submit" class="button firm" disabled=unready>
                    {t::for_ever()}
                </button>
            </div>
        </form>
    }
}

#[component]
pub fn Found(
    /// What was found.
    preview: ErasurePreview,
) -> impl IntoView {
    let part = |heading: &'static str, lines: Vec<AnyView>| {
        (!lines.is_empty()).then(|| {
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! {
                <div class="erase-part">
                    <h3>{heading}</h3>
                    <ul class="happens erase-lines" aria-label=heading tabindex="0">
                        {lines}
                    </ul>
                </div>
            }
        })
    };
    let goes = preview.goes.into_iter().map(IntoAny::into_any).collect();
    let stays = preview.stays.into_iter().map(staying).collect();
    view! {
        {part(t::goes(), goes)}
        {part(t::stays(), stays)}
    }
}

/// What a record is, and under it what is cut out of it.
fn staying(record: Staying) -> AnyView {
    let piece = |piece: Piece| match piece.goes {
        true => view! { <del>{piece.text}</del> }.into_any(),
        false => piece.text.into_any(),
    };
    let cut = |cut: Cut| {
        let pieces = cut.pieces.into_iter().map(piece).collect_view();
        view! {
            <p class="support">
                {cut.field}
                ": "
                {pieces}
            </p>
        }
    };
    let cuts = record.cuts.into_iter().map(cut).collect_view();
    view! {
        {record.line}
        {cuts}
    }
    .into_any()
}
