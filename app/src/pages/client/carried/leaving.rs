//! "If this person leaves": what would go with each of us, and with each key contact.

use handbook::{
    Record, RecordId, RecordKey,
    figures::leaving::{Leaver, Who, leavers},
    known,
    records::{Contact, Promise},
};
use leptos::prelude::*;

use super::{Names, Subject, facts};
use crate::{
    texts::{record as record_texts, relationship as t},
    ui::{
        format, place,
        section::Empty,
        state::{AppState, use_app},
    },
};

/// So many promises are named; the rest is counted.
const NAMED: usize = 3;

#[component]
pub fn Leaving(subject: Subject) -> impl IntoView {
    let app = use_app();
    let names = Names::new(app, subject);
    let found = Memo::new(move |_| {
        let setting = app.setting();
        let promises = subject.rows.with(|rows| known::<Promise>(rows));
        leavers(&facts(subject, &setting), &promises, setting.today)
    });
    let lines = move || {
        found.with(|found| found.iter().map(|one| line(&app, subject, one, names)).collect_view())
    };
    view! {
        <Show
            when=move || found.with(|found| !found.is_empty())
            fallback=|| view! { <Empty text=t::nobody_missed() /> }
        >
            <table class="table folds leaving">
                <thead>
                    <tr>
                        <th scope="col">{t::if_leaves()}</th>
                        <th scope="col">{t::lost_promises()}</th>
                        <th scope="col">{t::lost_contacts()}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </Show>
    }
}

fn line(app: &AppState, subject: Subject, one: &Leaver, names: Names) -> impl IntoView + use<> {
    let document = subject.document();
    let contact_link = |contact: RecordId| {
        let path = place::record_path(document, RecordKey::new(Contact::KIND, contact));
        view! { <a class="reach" href=path>{names.theirs(contact)}</a> }.into_any()
    };
    let (who, others) = match one.who {
        Who::OfUs(member) => {
            let others = one.lost.contacts.iter().copied().map(contact_link).collect();
            (names.ours(member).into_any(), joined(others))
        }
        Who::Contact(contact) => {
            let others: Vec<String> =
                one.lost.contacts.iter().map(|member| names.ours(*member)).collect();
            (contact_link(contact), format::list(&others).into_any())
        }
    };
    let promises = one.lost.promises.iter().take(NAMED).map(|promise| {
        let key = RecordKey::new(Promise::KIND, *promise);
        view! {
            <li>
                <a class="reach" href=place::record_path(document, key)>{app.title(document, key)}</a>
            </li>
        }
    });
    let rest = one.lost.promises.len().saturating_sub(NAMED);
    let rest = (rest > 0).then(|| view! { <li class="support">{t::and_more(rest)}</li> });
    let promises = if one.lost.promises.is_empty() {
        view! { <span class="support">{record_texts::nothing()}</span> }.into_any()
    } else {
        view! { <ul class="lines">{promises.collect_view()} {rest}</ul> }.into_any()
    };
    let others = if one.lost.contacts.is_empty() {
        view! { <span class="support">{record_texts::nothing()}</span> }.into_any()
    } else {
        others
    };
    view! {
        <tr>
            <th scope="row">{who}</th>
            <td data-head=t::lost_promises()>{promises}</td>
            <td data-head=t::lost_contacts()>{others}</td>
        </tr>
    }
}

/// Views one below the other.
fn joined(views: Vec<AnyView>) -> AnyView {
    let lines = views.into_iter().map(|one| view! { <li>{one}</li> }).collect_view();
    view! { <ul class="lines">{lines}</ul> }.into_any()
}
