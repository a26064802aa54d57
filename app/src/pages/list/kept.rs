//! Kept views of a list: chips above it, made, renamed and deleted.

use handbook::{
    DocumentId, Op, Record, RecordId, RecordKey, Row, Value, records::SavedView, typed::Id,
    views::View,
};
use leptos::{prelude::*, task::spawn_local};

use super::Listing;
use crate::{
    texts::{list as t, title_of},
    ui::{
        chip::RadioChip,
        icons::{Glyph, Icon},
        sheet::{Dialog, DialogFoot, MoreMenu},
        state::{AppState, use_app},
        toast::use_toasts,
    },
};

/// The views of this list that this person may see, by name; reactive.
fn views(app: &AppState, place: &str) -> Vec<Row> {
    let keys = &SavedView::KEYS;
    let me = app.workspace.with(|workspace| workspace.member);
    let mut rows: Vec<Row> = app
        .list(SavedView::KEY)
        .iter()
        .map(|placed| &placed.row)
        .filter(|row| keys.place.raw(row).as_text() == Some(place))
        .filter(|row| keys.owner.raw(row).as_link().is_none_or(|owner| Some(owner) == me))
        .cloned()
        .collect();
    rows.sort_by_cached_key(|row| title_of(row).to_lowercase());
    rows
}

/// The page that a view belongs to. Lists of a kind at different clients are one page.
fn place(path: &str) -> String {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["clients", _, kind] => format!("/clients/*/{kind}"),
        _ => format!("/{}", parts.join("/")),
    }
}

fn query(row: &Row) -> String {
    SavedView::KEYS.query.raw(row).as_text().unwrap_or_default().to_owned()
}

#[component]
pub fn SavedViews(listing: Listing) -> impl IntoView {
    let app = use_app();
    let address = listing.address;
    let found = Memo::new(move |_| views(&app, &place(&address.path.get())));
    let current = Memo::new(move |_| {
        let now = address.query.get();
        found.with(|found| found.iter().find(|row| query(row) == now).cloned())
    });
    let saving = RwSignal::new(false);
    let renaming = RwSignal::new(false);
    let chips = move || {
        let now = current.with(|row| row.as_ref().map(|row| row.id));
        let path = address.path.get();
        let chip = |row: Row| {
            let here = Some(row.id) == now;
            view! {
                <li>
                    <a class="view-chip" href=format!("{path}?{}", query(&row)) aria-current=here.then_some("page")>
                        {title_of(&row)}
                    </a>
                </li>
            }
        };
        found.get().into_iter().map(chip).collect_view()
    };
    let narrowed = Memo::new(move |_| {
        address.view.with(|view| *view != View { page: view.page.clone(), ..View::default() })
    });
    let can_save = Memo::new(move |_| narrowed.get() && current.with(Option::is_none));
    let there = Memo::new(move |_| !found.with(Vec::is_empty) || can_save.get());
    view! {
        <Show when=move || there.get()>
            <nav class="views" aria-label=t::views()>
                <ul>{chips}</ul>
                <Show when=move || can_save.get()>
                    <button type="button" class="button quiet" on:click=move |_| saving.set(true)>
                        <Icon glyph=Glyph::Plus small=true />
                        {t::save_view()}
                    </button>
                </Show>
                {move || current.get().map(|row| view! { <ViewActs listing=listing row=row renaming=renaming /> })}
            </nav>
        </Show>
        <Dialog id="view-dialog" title=Signal::stored(t::save_view().to_owned()) open=saving>
            <SaveView listing=listing open=saving />
        </Dialog>
        <Dialog id="view-name-dialog" title=Signal::stored(t::rename_view().to_owned()) open=renaming>
            {move || current.get().map(|row| view! { <RenameView row=row open=renaming /> })}
        </Dialog>
    }
}

#[component]
fn ViewActs(listing: Listing, row: Row, renaming: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let key = row.key();
    let delete = move |_| {
        spawn_local(async move {
            match app.write(DocumentId::Firm, vec![Op::Delete { key }], "delete view").await {
                Ok(_) => {
                    toasts.done(t::view_deleted());
                    listing.address.show(View::default());
                }
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <MoreMenu label=t::this_view()>
            <button type="button" on:click=move |_| renaming.set(true)>
                {t::rename_view()}
            </button>
            <button type="button" on:click=delete>
                {t::delete_view()}
            </button>
        </MoreMenu>
    }
}

#[component]
fn SaveView(listing: Listing, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let name = RwSignal::new(String::new());
    let shared = RwSignal::new(false);
    let refusal = RwSignal::new(None::<&'static str>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let named = name.get_untracked().trim().to_owned();
        if named.is_empty() {
            return refusal.set(Some(t::name_needed()));
        }
        let me: Option<RecordId> = app.workspace.with_untracked(|workspace| workspace.member);
        let owner = if shared.get_untracked() { None } else { me.map(Id::new) };
        let place = place(&listing.address.path.get_untracked());
        let query = listing.address.view.with_untracked(View::format);
        let op = SavedView { name: named, place, query, owner }.create(app.new_id());
        spawn_local(async move {
            match app.write(DocumentId::Firm, vec![op], "save view").await {
                Ok(_) => open.set(false),
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    let mine = Signal::derive(move || !shared.get());
    view! {
        <form class="fields" novalidate on:submit=submit>
            <NameField name=name refusal=refusal />
            <fieldset class="field">
                <legend>{t::for_whom()}</legend>
                <div class="chips">
                    <RadioChip
                        name="view-for"
                        label=t::for_me()
                        chosen=mine
                        on_choose=Callback::new(move |()| shared.set(false))
                    />
                    <RadioChip
                        name="view-for"
                        label=t::for_all()
                        chosen=shared
                        on_choose=Callback::new(move |()| shared.set(true))
                    />
                </div>
            </fieldset>
            <DialogFoot open=open words=t::save_view() />
        </form>
    }
}

#[component]
fn RenameView(row: Row, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let toasts = use_toasts();
    let key: RecordKey = row.key();
    let name = RwSignal::new(title_of(&row));
    let refusal = RwSignal::new(None::<&'static str>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let named = name.get_untracked().trim().to_owned();
        if named.is_empty() {
            return refusal.set(Some(t::name_needed()));
        }
        let field = SavedView::KEYS.name.key();
        let op = Op::Set { key, field, value: Value::Text(named) };
        spawn_local(async move {
            match app.write(DocumentId::Firm, vec![op], "rename view").await {
                Ok(_) => open.set(false),
                Err(trouble) => toasts.trouble(&trouble),
            }
        });
    };
    view! {
        <form class="fields" novalidate on:submit=submit>
            <NameField name=name refusal=refusal />
            <DialogFoot open=open words=t::rename_view() />
        </form>
    }
}

#[component]
fn NameField(name: RwSignal<String>, refusal: RwSignal<Option<&'static str>>) -> impl IntoView {
    view! {
        <div class="field">
            <label for="view-name">{t::view_name()}</label>
            <input
                id="view-name"
                class="input"
                autocomplete="off"
                prop:value=name
                on:input=move |event| {
                    refusal.set(None);
                    name.set(event_target_value(&event));
                }
            />
            <div role="alert">{move || refusal.get().map(|why| view! { <p class="problem">{why}</p> })}</div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn pages_that_views_belong_to() {
        let check = |path: &str, expected: &str| assert_eq!(place(path), expected);
        check("/clients", "/clients");
        check("/clients/", "/clients");
        check("/firm/tool", "/firm/tool");
        check("/clients/0192ab/risk", "/clients/*/risk");
    }
}
