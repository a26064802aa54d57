//! What each function logged last: whoever visits speaks for all of them.

use std::sync::Arc;

use handbook::{
    Choice, Record, RecordKey,
    records::Touchpoint,
    visit_pack::{Lately, VisitPack},
};
use leptos::prelude::*;

use super::Subject;
use crate::{
    texts::{day, log, say, visit as t},
    ui::{
        format, place,
        section::Section,
        state::{AppState, use_app},
    },
};

/// Enough of a note to be reminded; the rest stands in the touchpoint.
const MOST_CHARS: usize = 220;

#[component]
pub fn LastWords(subject: Subject, pack: Arc<VisitPack>) -> impl IntoView {
    let app = use_app();
    let lines = pack.lately.iter().map(|one| line(&app, subject, one)).collect_view();
    view! {
        <Section title=t::last_words()>
            <ul class="pack-lines">{lines}</ul>
        </Section>
    }
}

fn line(app: &AppState, subject: Subject, one: &Lately) -> impl IntoView + use<> {
    let body = match &one.said {
        None => view! { <p class="support">{t::never_logged()}</p> }.into_any(),
        Some(said) => {
            let key = RecordKey::new(Touchpoint::KIND, said.touchpoint);
            let notes = shortened(&said.notes);
            let subject_line = said.subject.clone();
            let head = if subject_line.is_empty() { notes.clone() } else { subject_line };
            let rest = (!said.subject.is_empty() && !notes.is_empty())
                .then(|| view! { <p class="pack-text">{notes}</p> });
            let names: Vec<String> = said
                .members
                .iter()
                .map(|id| app.member_name(id.bytes()))
                .filter(|name| !name.is_empty())
                .collect();
            let by = (!names.is_empty()).then(|| format::list(&names));
            let mood = said.mood.map(log::mood);
            let told: Vec<String> =
                [Some(day::days_ago(said.days)), by, mood].into_iter().flatten().collect();
            view! {
                <p>
                    <a class="plain-link" href=place::record_path(subject.document(), key)>
                        {head}
                    </a>
                </p>
                {rest}
                <p class="support">{told.join(" · ")}</p>
            }
            .into_any()
        }
    };
    view! {
        <li class="pack-line">
            <p class="when">{say(one.function.label())}</p>
            <div>{body}</div>
        </li>
    }
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST_CHARS {
        return line;
    }
    let cut: String = line.chars().take(MOST_CHARS).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn cut_between_words() {
        assert_eq!(shortened("Invoices  come\nlate."), "Invoices come late.");
        let long = shortened(&"word ".repeat(80));
        assert!(long.ends_with("word…") && long.chars().count() <= MOST_CHARS + 1, "{long}");
    }
}
