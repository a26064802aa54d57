//! Two versions of an analysis side by side: what was added, what is gone, what says or weighs otherwise.

use handbook::{
    Known, RecordId,
    records::{Swot, SwotItem},
    strategy::swot::changes,
};
use leptos::prelude::*;

use super::swot::Desk;
use crate::{
    texts::strategy as t,
    ui::icons::{Glyph, Icon},
};

/// A choice of an earlier version, and what differs from it.
#[component]
pub fn Compared(desk: Desk, newer: RecordId, earlier: Memo<Vec<Known<Swot>>>) -> impl IntoView {
    let chosen = RwSignal::new(None::<RecordId>);
    let options = move || {
        earlier
            .get()
            .iter()
            .map(|one| {
                let words = t::made_only(&desk.day(one), &desk.authors(one));
                view! {
                    <option value=one.id.to_string() selected=chosen.get_untracked() == Some(one.id)>
                        {words}
                    </option>
                }
            })
            .collect_view()
    };
    let id = format!("compare-{newer}");
    view! {
        <Show when=move || earlier.with(|earlier| !earlier.is_empty())>
            <div class="compare">
                <label class="support" for=id.clone()>
                    {t::compare_with()}
                </label>
                <select
                    id=id.clone()
                    class="input medium"
                    on:change=move |event| chosen.set(event_target_value(&event).parse().ok())
                >
                    <option value="">{t::no_comparison()}</option>
                    {options}
                </select>
            </div>
            {move || chosen.get().map(|older| view! { <Differences desk=desk older=older newer=newer /> })}
        </Show>
    }
}

/// What differs, as a list.
#[component]
pub fn Differences(desk: Desk, older: RecordId, newer: RecordId) -> impl IntoView {
    move || {
        let found = desk.items.with(|items| changes(older, newer, items));
        let added = found.added.iter().filter_map(|id| desk.item(*id)).map(|item| {
            change(Glyph::Plus, t::added(), view! { <strong>{whole(&item)}</strong> }.into_any())
        });
        let changed = found.changed.iter().filter_map(|(old, new)| {
            let (old, new) = (desk.item(*old)?, desk.item(*new)?);
            let words = view! {
                <s>{whole(&old)}</s>
                " "
                <strong>{whole(&new)}</strong>
            };
            Some(change(Glyph::Arrow, t::changed(), words.into_any()))
        });
        let gone = found.gone.iter().filter_map(|id| desk.item(*id)).map(|item| {
            change(Glyph::Cross, t::gone(), view! { <s>{whole(&item)}</s> }.into_any())
        });
        let lines: Vec<_> = added.chain(changed).chain(gone).collect();
        let same = (found.same > 0)
            .then(|| view! { <li class="quiet-words">{t::the_same(found.same)}</li> });
        let none =
            found.is_empty().then(|| view! { <li class="quiet-words">{t::nothing_differs()}</li> });
        view! { <ul class="differences" aria-label=t::what_differs()>{lines} {none} {same}</ul> }
    }
}

fn change(glyph: Glyph, word: &'static str, words: AnyView) -> AnyView {
    view! {
        <li>
            <span class="state">
                <Icon glyph=glyph small=true />
                {word}
            </span>
            <span>{words}</span>
        </li>
    }
    .into_any()
}

/// "Threats: One buyer for half the output (weight 4 of 5)".
fn whole(item: &SwotItem) -> String {
    let quadrant = item.quadrant.map(t::quadrant).unwrap_or_default();
    let weight =
        item.weight.map(|weight| format!(" ({})", super::inline(&t::weight(weight.get()))));
    format!("{quadrant}: {}{}", item.text, weight.unwrap_or_default())
}
