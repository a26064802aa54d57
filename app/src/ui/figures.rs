//! Key figures: a table with the value, its n, and how it is computed; never a tile.

use leptos::prelude::*;

use crate::texts::client as t;

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its name.
    pub name: &'static str,
    /// The value as printed, a dash where there is none.
    pub value: String,
    /// Number of cases behind it.
    pub n: Option<usize>,
    /// How it is computed.
    pub how: String,
}

/// The table.
#[component]
pub fn Figures(figures: Vec<Figure>) -> impl IntoView {
    let rows = figures
        .into_iter()
        .map(|figure| {
            view! {
                <tr>
                    <th scope="row">{figure.name}</th>
                    <td class="value">{figure.value}</td>
                    <td class="n">{figure.n.map_or_else(|| "–".to_owned(), |n| n.to_string())}</td>
                    <td class="support">{figure.how}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table figures folds">
            <thead>
                <tr>
                    <th scope="col">{t::figure()}</th>
                    <th scope="col" class="number">{t::value()}</th>
                    <th scope="col" class="n">"n"</th>
                    <th scope="col">{t::how_computed()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
