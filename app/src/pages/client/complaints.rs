//! A client's complaints, open ones first.

use handbook::{Record, records::Complaint};
use leptos::prelude::*;

use super::{ClientPage, Subject};
use crate::{
    pages::complaints::{ComplaintRow, Desked},
    texts::{client as t, complaint as complaint_texts},
    ui::{section::Empty, state::use_app},
};

#[component]
pub fn ComplaintsPage() -> impl IntoView {
    view! { <ClientPage tab="complaints" view=|subject| view! { <Complaints subject=subject /> }.into_any() /> }
}

#[component]
fn Complaints(subject: Subject) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        let setting = app.setting();
        let name = subject.row.with(handbook::Row::title);
        let mut found: Vec<Desked> = subject
            .of_kind(Complaint::KEY)
            .iter()
            .map(|row| Desked::read(subject.id, &name, row, &setting))
            .collect();
        found.sort_by_key(Desked::order);
        found
    });
    view! {
        <div class="filters">
            <a class="button firm" href=format!("/complaints/new?client={}", subject.id)>
                {complaint_texts::new()}
            </a>
        </div>
        <Show
            when=move || found.with(|found| !found.is_empty())
            fallback=|| view! { <Empty text=t::no_complaints() /> }
        >
            <div class="desk-rows">
                {move || found.get().into_iter().map(|desked| view! { <ComplaintRow desked=desked /> }).collect_view()}
            </div>
        </Show>
    }
}
