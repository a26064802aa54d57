//! What would become of a file, row by row.

use handbook::import::{Fate, Plan, PlannedRow};
use leptos::{prelude::*, task::spawn_local};

use super::Work;
use crate::{
    platform::files,
    texts::{record as record_texts, say, settings as t},
    ui::icons::{Glyph, Icon},
};

/// A dry run lists so many rows; the counts above tell of all.
const LISTED: usize = 200;

#[component]
pub fn DryRun(work: Work, file: String, plan: Plan) -> impl IntoView {
    let count =
        |wanted: fn(&Fate) -> bool| plan.rows.iter().filter(|row| wanted(&row.fate)).count();
    let new = count(|fate| matches!(fate, Fate::New));
    let matched = count(|fate| matches!(fate, Fate::Matches { .. }));
    let bad = count(|fate| matches!(fate, Fate::Bad(_)));
    let something = !plan.writes.is_empty();
    let rows = plan.rows.iter().take(LISTED).map(row_line).collect_view();
    let columns = (!plan.columns.is_empty()).then(|| {
        view! {
            <details>
                <summary class="button quiet flush-start">{t::columns()}</summary>
                <ul>{plan.columns.iter().map(column_line).collect_view()}</ul>
            </details>
        }
    });
    let bad_file = plan.bad_file.map(|rows| {
        let ending = plan.bad_ending;
        let save = move |_| {
            let name = format!("{}.{ending}", t::bad_file());
            files::save(&name, media_type(ending), rows.clone().into_bytes());
        };
        view! {
            <button type="button" class="button" on:click=save>
                {t::download_bad()}
            </button>
        }
    });
    let wait = move || {
        let n = work.waiting.with(std::collections::VecDeque::len);
        (n > 0).then(|| view! { <p class="support">{t::files_wait(n)}</p> })
    };
    view! {
        <div class="dry-run">
            <h3 class="sub-head">{t::dry_run()}": "{t::fates(new, matched, bad)}</h3>
            <p class="support">{file}</p>
            {wait}
            {columns}
            <div class="scroll-wide">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col" class="number">{t::line()}</th>
                            <th scope="col">{t::row()}</th>
                            <th scope="col">{t::fate()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="form-foot">
                {if something {
                    view! {
                        <button
                            type="button"
                            class="button firm"
                            disabled=move || work.doing.get().is_some()
                            on:click=move |_| work.take_in()
                        >
                            {t::take_in()}
                        </button>
                    }
                        .into_any()
                } else {
                    view! { <p class="lead">{t::nothing_to_import()}</p> }.into_any()
                }}
                {bad_file}
                <button type="button" class="button quiet" on:click=move |_| spawn_local(work.next())>
                    {t::forget()}
                </button>
            </div>
        </div>
    }
}

fn media_type(ending: &str) -> &'static str {
    match ending {
        "vcf" => "text/vcard",
        "ics" => "text/calendar",
        "json" => "application/json",
        _ => "text/csv",
    }
}

fn row_line(row: &PlannedRow) -> impl IntoView + use<> {
    let fate = match &row.fate {
        Fate::New => view! { <span class="state kept"><Icon glyph=Glyph::Plus small=true />{t::fate_new()}</span> }.into_any(),
        Fate::Matches { title, fills } => {
            view! { <span class="state"><Icon glyph=Glyph::Check small=true />{t::matches(title, *fills)}</span> }.into_any()
        }
        Fate::Bad(why) => {
            view! { <span class="state late wraps"><Icon glyph=Glyph::Octagon small=true />{why.clone()}</span> }.into_any()
        }
    };
    let why = row.why.clone().map(|why| view! { <p class="quiet-words">{why}</p> });
    view! {
        <tr>
            <td class="number">{row.line}</td>
            <td>{if row.title.is_empty() { record_texts::nothing().to_owned() } else { row.title.clone() }}</td>
            <td>{fate} {why}</td>
        </tr>
    }
}

/// Which field a column of the file was recognised as.
fn column_line(
    (heading, field): &(String, Option<(&'static str, &'static str)>),
) -> impl IntoView + use<> {
    let words = field
        .and_then(|(kind, field)| {
            let kind = handbook::kind(kind)?;
            Some(format!("{}, {}", say(kind.one), say(kind.field(field)?.label)))
        })
        .unwrap_or_else(|| t::left_out().to_owned());
    view! {
        <li class="settings-row">
            <span>{heading.clone()}</span>
            <span class="support">{words}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn bad_rows_are_saved_as_what_they_are() {
        let check = |ending: &str, expected: &str| assert_eq!(media_type(ending), expected);
        check("csv", "text/csv");
        check("vcf", "text/vcard");
        check("ics", "text/calendar");
        check("json", "application/json");
    }
}
