//! How complete the handbook is about a client; what is missing leads to where it is filled in.

use handbook::{
    Choice, Record, RecordKey,
    figures::completeness::{Missing, Place, completeness},
    records::{Assignment, Client, Contact},
};
use leptos::prelude::*;

use super::Subject;
use crate::{
    texts::{relationship as t, say},
    ui::{
        form::input_id,
        icons::{Glyph, Icon},
        place,
        section::Section,
        state::use_app,
    },
};

#[component]
pub fn WhatWeKnow(subject: Subject) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let today = app.today();
        subject.rows.with(|rows| completeness(rows, today))
    });
    let aside = move || {
        let counts =
            found.with(|found| found.as_ref().map(|found| (found.present.len(), found.required())));
        counts.map(|(known, of)| t::facts_known(known, of))
    };
    let body = move || {
        let found = found.get()?;
        if found.missing.is_empty() {
            return Some(view! { <p class="state kept finding"><Icon glyph=Glyph::CheckCircle small=true />{t::all_known()}</p> }.into_any());
        }
        let links = found
            .missing
            .iter()
            .map(|missing| {
                let path = path(subject, missing);
                view! { <li><a class="button quiet flush-start" href=path>{say(missing.name)}</a></li> }
            })
            .collect_view();
        let percent = t::percent_known(found.percent());
        Some(
            view! {
                <p class="finding">{percent}</p>
                <h3 class="label">{t::still_missing()}</h3>
                <ul class="missing">{links}</ul>
            }
            .into_any(),
        )
    };
    view! { <Section title=t::known_title() aside=aside>{body}</Section> }
}

/// The form in which a missing fact is filled in.
fn path(subject: Subject, missing: &Missing) -> String {
    let document = subject.document();
    match missing.place {
        Place::Client(field) => {
            let at = Client::KIND.field(field).map(|field| input_id(Client::KIND, field));
            let tab = format!("details?edit=yes#{}", at.unwrap_or_default());
            place::client_tab(subject.id, &tab)
        }
        Place::Contact(Some(contact)) => {
            place::form_path(document, RecordKey::new(Contact::KIND, contact))
        }
        Place::Contact(None) => place::new_path(document, Contact::KEY),
        Place::Assignment(role) => {
            format!("{}?role={}", place::new_path(document, Assignment::KEY), role.key())
        }
    }
}
