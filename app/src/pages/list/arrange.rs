//! In which order the lines stand and which columns they show.

use handbook::views::{NAME, Sort};
use leptos::prelude::*;

use super::{Listing, lines::label_of};
use crate::{
    texts::{list as t, say},
    ui::{chip::CheckChip, sheet::Dialog},
};

#[component]
pub fn Arrange(listing: Listing) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <button type="button" class="button" on:click=move |_| open.set(true)>
            {t::arrange()}
        </button>
        <Dialog id="arrange-dialog" title=Signal::stored(t::arrange().to_owned()) open=open>
            <div class="fields">
                <Order listing=listing />
                <Columns listing=listing />
                <div class="acts">
                    <button type="button" class="button firm" on:click=move |_| open.set(false)>
                        {t::done()}
                    </button>
                </div>
            </div>
        </Dialog>
    }
}

#[component]
fn Order(listing: Listing) -> impl IntoView {
    let address = listing.address;
    let sort = move || address.view.with(|view| view.sort.clone());
    let options = move || {
        let now = sort().map(|sort| sort.column).unwrap_or_default();
        listing.heads.with(|heads| {
            let keys = std::iter::once(NAME.to_owned())
                .chain(heads.iter().map(|head| head.column.key.clone()));
            keys.map(|key| {
                let label = label_of(heads, &key, say(listing.kind.one));
                let selected = key == now;
                view! { <option value=key selected=selected>{label}</option> }
            })
            .collect_view()
        })
    };
    let choose = move |event| {
        let column = event_target_value(&event);
        let descending = untrack(sort).is_some_and(|sort| sort.descending);
        address
            .change(|view| view.sort = (!column.is_empty()).then_some(Sort { column, descending }));
    };
    let descending = Signal::derive(move || sort().is_some_and(|sort| sort.descending));
    let turn = Callback::new(move |there: bool| {
        address.change(|view| {
            let sort = view.sort.take();
            let column = sort.map_or_else(|| NAME.to_owned(), |sort| sort.column);
            view.sort = Some(Sort { column, descending: there });
        });
    });
    view! {
        <div class="field">
            <label for="arrange-sort">{t::sort_by()}</label>
            <select id="arrange-sort" class="input medium" on:change=choose>
                <option value="">{t::own_order()}</option>
                {options}
            </select>
        </div>
        <div class="chips">
            <CheckChip label=t::last_first() chosen=descending on_choose=turn />
        </div>
    }
}

#[component]
fn Columns(listing: Listing) -> impl IntoView {
    let address = listing.address;
    let now = move || listing.shown().into_iter().map(|head| head.column.key).collect::<Vec<_>>();
    let chips = move || {
        listing.heads.with(|heads| {
            let chip = |head: &super::Head| {
                let key = StoredValue::new(head.column.key.clone());
                let chosen = Signal::derive(move || key.with_value(|key| now().contains(key)));
                let choose = Callback::new(move |there: bool| {
                    let key = key.get_value();
                    let mut keys: Vec<String> =
                        untrack(now).into_iter().filter(|known| *known != key).collect();
                    if there {
                        keys.push(key);
                    }
                    address.change(|view| view.columns = Some(keys));
                });
                view! { <CheckChip label=head.label.clone() chosen=chosen on_choose=choose /> }
            };
            heads.iter().map(chip).collect_view()
        })
    };
    view! {
        <fieldset class="field">
            <legend>{t::columns()}</legend>
            <div class="chips">{chips}</div>
        </fieldset>
    }
}
