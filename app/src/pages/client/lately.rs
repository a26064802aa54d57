//! What was last said with a client, beside its overview.

use chrono::NaiveDate;
use handbook::{Choice, Record, Row, Value, records::Touchpoint};
use leptos::prelude::*;

use super::Subject;
use crate::{
    texts::{client as t, inline, say},
    ui::{
        format, place,
        section::{Empty, Section},
        state::use_app,
    },
};

/// So many touchpoints stand beside the overview.
const LAST: usize = 5;

#[component]
pub fn LastTouchpoints(subject: Subject) -> impl IntoView {
    let app = use_app();
    let last = move || {
        let today = app.today();
        let mut last: Vec<Row> = subject.of_kind(Touchpoint::KEY);
        last.sort_by_key(|row| std::cmp::Reverse(moment_ms(row)));
        let lines = last
            .iter()
            .take(LAST)
            .map(|row| {
                let (when, what) = touch_words(row, today);
                view! {
                    <li>
                        <p class="when">{when}</p>
                        <a href=place::record_path(subject.document(), row.key())>{what}</a>
                    </li>
                }
            })
            .collect_view();
        if last.is_empty() {
            view! { <Empty text=t::no_touchpoints() /> }.into_any()
        } else {
            view! {
                <ul class="margin-list">{lines}</ul>
                <a class="button quiet flush-start" href=place::client_tab(subject.id, "timeline")>
                    {t::open_timeline()}
                </a>
            }
            .into_any()
        }
    };
    view! { <Section title=t::last_touchpoints()>{last}</Section> }
}

/// When a touchpoint was, for sorting.
pub(super) fn moment_ms(row: &Row) -> i64 {
    match Touchpoint::KEYS.at.raw(row) {
        Value::Moment(moment) => moment.ms,
        _ => row.created.at.ms,
    }
}

/// "11 Nov, call, delivery", and what it was about.
pub(super) fn touch_words(row: &Row, today: NaiveDate) -> (String, String) {
    let keys = &Touchpoint::KEYS;
    let day = keys.at.raw(row).as_date().map(|day| format::day(day, today));
    let channel = keys.channel.get(row).ok().flatten().map(|channel| inline(say(channel.label())));
    let function =
        keys.function.get(row).ok().flatten().map(|function| inline(say(function.label())));
    let when: Vec<String> = [day, channel, function].into_iter().flatten().collect();
    let subject = keys.subject.raw(row).as_text().unwrap_or_default();
    let notes = keys.notes.raw(row).as_text().unwrap_or_default();
    let what = if subject.is_empty() { first_sentence(notes) } else { subject.to_owned() };
    let what = if what.is_empty() { say(Touchpoint::KIND.one).to_owned() } else { what };
    (when.join(", "), what)
}

/// Enough of a text to know it again.
fn first_sentence(text: &str) -> String {
    const LONGEST: usize = 140;
    let end = text.find(['.', '\n', '!', '?']).map_or(text.len(), |at| at + 1);
    let sentence = text.get(..end).unwrap_or(text).trim();
    if sentence.chars().count() <= LONGEST {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(LONGEST).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn enough_of_a_text() {
        let check = |given: &str, expected: &str| assert_eq!(first_sentence(given), expected);
        check("Walked the hall. Then more.", "Walked the hall.");
        check("One line\nnext", "One line");
        check("", "");
        check(&"word ".repeat(40), &format!("{}…", "word ".repeat(28).trim_end()));
    }
}
