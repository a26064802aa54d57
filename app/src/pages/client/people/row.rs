//! One person in the list.

use std::collections::BTreeMap;

use handbook::{
    Choice, DocumentId, Record, RecordId, RecordKey, Row, Value,
    figures::touch::Touch,
    records::{Client, Contact, Stance},
};
use leptos::prelude::*;

use super::{Subject, turned::word};
use crate::{
    pages::reach::{self, ReachLink, Reached, Way},
    texts::{client as t, day::days_ago, relationship, say, title_of},
    ui::{
        chip::Face,
        format,
        icons::{Glyph, Icon},
        place,
        state::{AppState, use_app},
    },
};

#[component]
pub fn PersonRow(
    subject: Subject,
    row: Row,
    /// The last conversation with each contact.
    last: Memo<BTreeMap<RecordId, Touch>>,
    /// Where those stood before who have turned away from us.
    before: RwSignal<BTreeMap<RecordId, Stance>>,
) -> impl IntoView {
    let app = use_app();
    let keys = &Contact::KEYS;
    let id = row.id;
    let name = title_of(&row);
    let left = keys.left_on.raw(&row).as_date();
    let link = |field: &'static str, by: Way| {
        let address = row.get(field).members().first().and_then(Value::as_text)?.to_owned();
        let reached = Reached { client: subject.id, contact: Some(id), name: name.clone(), by };
        let label = reach::label(by, &name);
        Some(
            view! { <ReachLink address=address reached=reached label=label class="icon-button above" /> },
        )
    };
    let call = link("phones", Way::Call);
    let write = link("emails", Way::Mail);
    let spoke = move || {
        let today = app.today();
        last.with(|last| match last.get(&id) {
            Some(touch) => {
                let ours: Vec<String> =
                    touch.members.iter().map(|member| app.member_name(member.bytes())).collect();
                let ago = days_ago((today - touch.on).num_days());
                relationship::last_spoke(&ago, &format::list(&ours))
            }
            None => relationship::never_spoken().to_owned(),
        })
    };
    let turned = move || {
        let stood = before.with(|before| before.get(&id).copied())?;
        let words = relationship::was_before(&word(stood));
        Some(
            view! { <span class="state soon"><Icon glyph=Glyph::ClockAlert small=true />{words}</span> },
        )
    };
    let leave_alone = (keys.do_not_contact.get(&row) == Ok(true))
        .then(|| view! { <span class="tag late">{relationship::do_not_contact()}</span> });
    let left = left.map(|day| {
        let words = format!("{} {}", t::left(), format::day(day, app.today()));
        view! { <span>{words}</span> }
    });
    view! {
        <li class="person">
            <Face name=name.clone() />
            <div>
                <a class="firm-words row-link" href=place::record_path(subject.document(), row.key())>
                    {name.clone()}
                </a>
                <p class="support">{what_they_are(&row)}</p>
                <p class="person-line">{stance(&row)} {turned} {leave_alone} {left} <span>{spoke}</span></p>
                {elsewhere(&app, subject, &row)}
            </div>
            <div class="acts">{call} {write}</div>
        </li>
    }
}

/// "Site engineer · Project lead".
fn what_they_are(row: &Row) -> String {
    let keys = &Contact::KEYS;
    let text = |value: &Value| value.as_text().unwrap_or_default().to_owned();
    let job = [text(keys.job_title.raw(row)), text(keys.department.raw(row))];
    let job: Vec<String> = job.into_iter().filter(|part| !part.is_empty()).collect();
    let roles: Vec<String> = keys
        .roles
        .get(row)
        .unwrap_or_default()
        .into_iter()
        .map(|role| say(role.label()).to_owned())
        .collect();
    let parts = [job.join(", "), format::list(&roles)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// How they stand to us now, and how we would like them to.
fn stance(row: &Row) -> Option<impl IntoView + use<>> {
    let keys = &Contact::KEYS;
    let now = keys.stance.get(row).ok().flatten();
    let wanted = keys.stance_wanted.get(row).ok().flatten();
    let words = |stance: Stance| say(stance.label());
    if now.is_none() && wanted.is_none() {
        return None;
    }
    let there = now == wanted;
    let wanted = wanted.filter(|_| !there).map(|wanted| {
        view! {
            <Icon glyph=Glyph::Arrow small=true />
            <span class="unseen">{relationship::wanted()}" "</span>
            {words(wanted)}
        }
    });
    Some(view! {
        <span class="stance">
            <span class="unseen">{t::stance()}": "</span>
            {now.map_or("–", words)}
            {wanted}
        </span>
    })
}

/// The same person at another client of ours.
fn elsewhere(app: &AppState, subject: Subject, row: &Row) -> Option<impl IntoView + use<>> {
    let keys = &Contact::KEYS;
    let client = keys.same_person_at.raw(row).as_link()?;
    let there = DocumentId::Client(client);
    let name = app.title(subject.document(), RecordKey::new(Client::KIND, client));
    let path = match keys.same_person.raw(row).as_link() {
        Some(contact) => place::record_path(there, RecordKey::new(Contact::KIND, contact)),
        None => place::client_tab(client, "people"),
    };
    (!name.is_empty()).then(|| {
        view! { <p class="quiet-words"><a class="above reach" href=path>{relationship::same_person_at(&name)}</a></p> }
    })
}
