//! The firm: its people, and everything else that belongs to no single client.

pub mod coverage;

use handbook::{
    Choice, DocumentId, Home, Record,
    records::{Engagement, Member},
};
use leptos::prelude::*;

use super::{conflicts::ConflictsLink, shell::Page, team::kit::KitHint};
use crate::{
    texts::{
        list as list_texts, record as record_texts, roster as roster_texts, say,
        settings as settings_texts, shell as t, team as team_texts, title_of,
    },
    ui::{
        chip::Face,
        icons::{Glyph, Icon},
        place,
        section::{Empty, Section},
        state::use_app,
        steps,
    },
};

#[component]
pub fn FirmPage() -> impl IntoView {
    let app = use_app();
    let name = move || app.workspace.with(|workspace| workspace.firm.clone());
    view! {
        <Page title=Signal::stored(t::firm().to_owned())>
            <header class="page-head">
                <div>
                    <h1>{name}</h1>
                </div>
                <div class="acts">
                    <a class="button" href="/firm/coverage">
                        {team_texts::coverage()}
                    </a>
                </div>
            </header>
            <ConflictsLink />
            <KitHint />
            <div class="columns">
                <div>
                    <People />
                    <Engagements />
                </div>
                <Section title=record_texts::related()>
                    <Kinds />
                </Section>
            </div>
        </Page>
    }
}

#[component]
fn People() -> impl IntoView {
    let app = use_app();
    let people = move || {
        app.list(Member::KEY)
            .iter()
            .map(|placed| {
                let row = &placed.row;
                let function = Member::KEYS.function.get(row).ok().flatten().map(|function| say(function.label()));
                let job = Member::KEYS.job_title.raw(row).as_text().unwrap_or_default().to_owned();
                let detail: Vec<String> = [job, function.unwrap_or_default().to_owned()]
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect();
                view! {
                    <li class="person">
                        <Face name=title_of(row) />
                        <div>
                            <a class="firm-words row-link" href=place::record_path(DocumentId::Firm, row.key())>
                                {title_of(row)}
                            </a>
                            <p class="support">{detail.join(", ")}</p>
                        </div>
                    </li>
                }
            })
            .collect_view()
    };
    let invite = || view! { <a class="reach" href=super::team::PATH>{roster_texts::title()}</a> };
    view! {
        <Section title=settings_texts::team_list() aside=invite>
            <ul class="people">{people}</ul>
        </Section>
    }
}

/// What runs at all clients.
#[component]
fn Engagements() -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| app.list(Engagement::KEY));
    let lines = move || {
        found
            .get()
            .iter()
            .map(|placed| {
                let row = &placed.row;
                let client = match placed.document {
                    DocumentId::Client(client) => {
                        handbook::kind(handbook::records::CLIENT).map(|kind| {
                            app.title(placed.document, handbook::RecordKey::new(kind, client))
                        })
                    }
                    DocumentId::Firm => None,
                };
                view! {
                    <tr>
                        <th scope="row">
                            <a class="row-link" href=place::record_path(placed.document, row.key())>
                                {title_of(row)}
                            </a>
                        </th>
                        <td class="support">{client}</td>
                        <td class="support">{steps::standing(row)}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <Section title=say(Engagement::KIND.many)>
            <Show
                when=move || found.with(|found| !found.is_empty())
                fallback=|| view! { <Empty text=record_texts::empty_list(say(Engagement::KIND.many), say(Engagement::KIND.help)) /> }
            >
                <table class="table folds">
                    <tbody>{lines}</tbody>
                </table>
            </Show>
        </Section>
    }
}

/// Every other kind that lives in the firm's document; a new one appears by its declaration.
#[component]
fn Kinds() -> impl IntoView {
    let links = handbook::kinds()
        .filter(|kind| kind.home == Home::Firm)
        .map(|kind| {
            let path = if kind.singleton {
                place::edit_path(DocumentId::Firm, handbook::RecordKey::only(kind))
            } else {
                place::list_path(DocumentId::Firm, kind.key)
            };
            view! {
                <li>
                    <a href=path>
                        <span>{say(kind.many)}</span>
                        <Icon glyph=Glyph::ChevronEnd small=true />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="link-list">
            <li>
                <a href="/firm/rollout">
                    <span>{crate::texts::rollout::title()}</span>
                    <Icon glyph=Glyph::ChevronEnd small=true />
                </a>
            </li>
            {links}
            <li>
                <a href="/firm/trash">
                    <span>{list_texts::trash()}</span>
                    <Icon glyph=Glyph::ChevronEnd small=true />
                </a>
            </li>
        </ul>
    }
}
